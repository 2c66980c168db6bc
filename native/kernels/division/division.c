/* Instantiates division.h for the real dtypes. */
#define TEMPLATE "kernels/division/division.h"
#include "kernels/each/integer.h"
#include "kernels/each/float.h"

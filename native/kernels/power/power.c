/* Instantiates power.h for the numeric dtypes. */
#define TEMPLATE "kernels/power/power.h"
#include "kernels/each/integer.h"
#include "kernels/each/float.h"
#include "kernels/each/complex.h"

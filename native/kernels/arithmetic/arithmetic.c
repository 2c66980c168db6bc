/* Instantiates arithmetic.h for the numeric dtypes. */
#define TEMPLATE "kernels/arithmetic/arithmetic.h"
#include "kernels/each/integer.h"
#include "kernels/each/float.h"
#include "kernels/each/complex.h"

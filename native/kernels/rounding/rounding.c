/* Instantiates rounding.h for the floating-point dtypes. */
#define TEMPLATE "kernels/rounding/rounding.h"
#include "kernels/each/float.h"
#include "kernels/each/complex.h"

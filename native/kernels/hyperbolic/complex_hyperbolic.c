/* Instantiates complex_hyperbolic.h for the complex dtypes. */
#define TEMPLATE "kernels/hyperbolic/complex_hyperbolic.h"
#include "kernels/each/complex.h"

/* Instantiates hyperbolic.h for the float dtypes. */
#define TEMPLATE "kernels/hyperbolic/hyperbolic.h"
#include "kernels/each/float.h"

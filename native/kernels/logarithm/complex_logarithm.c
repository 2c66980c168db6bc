/* Instantiates complex_logarithm.h for the complex dtypes. */
#define TEMPLATE "kernels/logarithm/complex_logarithm.h"
#include "kernels/each/complex.h"

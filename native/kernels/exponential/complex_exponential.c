/* Instantiates complex_exponential.h for the complex dtypes. */
#define TEMPLATE "kernels/exponential/complex_exponential.h"
#include "kernels/each/complex.h"

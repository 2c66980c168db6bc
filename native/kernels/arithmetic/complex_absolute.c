/* Instantiates complex_absolute.h for the complex dtypes. */
#define TEMPLATE "kernels/arithmetic/complex_absolute.h"
#include "kernels/each/complex.h"

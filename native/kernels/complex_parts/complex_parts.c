/* Instantiates complex_parts.h for the complex dtypes. */
#define TEMPLATE "kernels/complex_parts/complex_parts.h"
#include "kernels/each/complex.h"

/* Instantiates complex_division.h for the complex dtypes. */
#define TEMPLATE "kernels/division/complex_division.h"
#include "kernels/each/complex.h"

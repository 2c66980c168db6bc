/* Instantiates complex_trigonometric.h for the complex dtypes. */
#define TEMPLATE "kernels/trigonometric/complex_trigonometric.h"
#include "kernels/each/complex.h"

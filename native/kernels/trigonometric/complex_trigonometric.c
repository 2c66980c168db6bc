/* Trigonometric functions, for every complex dtype. The formulas are in complex_trigonometric.h. */
#include "kernels/blocks.h"
#include "kernels/families.h"

#define TEMPLATE "kernels/trigonometric/complex_trigonometric.h"
#include "kernels/each_complex.h"

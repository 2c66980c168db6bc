/* Trigonometric functions, for every complex dtype. The formulas are in complex_trigonometric.h. */
#include "blocks.h"
#include "families.h"

#define TEMPLATE "complex_trigonometric.h"
#include "each_complex.h"

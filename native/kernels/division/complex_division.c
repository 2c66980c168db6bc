/* Division and absolute value of complex numbers. The formulas are in complex.h and quotient.h. */
#include "kernels/quotient.h"

#define TEMPLATE "kernels/division/complex_division.h"
#include "kernels/each_complex.h"

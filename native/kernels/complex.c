/* Division and absolute value of complex numbers. The formulas are in complex.h and quotient.h. */
#include "quotient.h"

#define TEMPLATE "complex.h"
#include "each_complex.h"

/* Rounding, signs, parts and kinds of numbers, for every dtype that has them. The formulas are in rounding.h. */
#include "kernels/blocks.h"
#include "kernels/quotient.h"

#define TEMPLATE "kernels/rounding/rounding.h"
#include "kernels/each_integer.h"
#include "kernels/each_float.h"
#include "kernels/each_complex.h"

/* Arithmetic, for every dtype that has them. The formulas are in arithmetic.h. */
#include "kernels/loops.h"

#define TEMPLATE "kernels/arithmetic/arithmetic.h"
#include "kernels/each_integer.h"
#include "kernels/each_float.h"
#include "kernels/each_complex.h"

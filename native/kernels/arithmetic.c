/* Arithmetic, for every dtype that has them. The formulas are in arithmetic.h. */
#include "loops.h"

#define TEMPLATE "arithmetic.h"
#include "each_integer.h"
#include "each_float.h"
#include "each_complex.h"

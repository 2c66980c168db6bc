/* Rounding, signs, parts and kinds of numbers, for every dtype that has them. The formulas are in rounding.h. */
#include "blocks.h"
#include "quotient.h"

#define TEMPLATE "rounding.h"
#include "each_integer.h"
#include "each_float.h"
#include "each_complex.h"

/* Logarithms and inverse hyperbolic functions, for every float dtype. The formulas are in logarithm.h. */
#include "costly.h"
#include "log_sum.h"
#include "natural.h"

#define TEMPLATE "logarithm.h"
#include "each_float.h"

/* The exponential and the hyperbolic functions, for every float dtype. The formulas are in exponential.h. */
#include "costly.h"
#include "natural.h"

#define TEMPLATE "exponential.h"
#include "each_float.h"

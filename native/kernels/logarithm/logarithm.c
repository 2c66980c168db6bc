/* Logarithms and inverse hyperbolic functions, for every float dtype. The formulas are in logarithm.h. */
#include "kernels/costly.h"
#include "kernels/logarithm/log_sum.h"
#include "kernels/natural.h"

#define TEMPLATE "kernels/logarithm/logarithm.h"
#include "kernels/each_float.h"

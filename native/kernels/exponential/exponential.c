/* The exponential and the hyperbolic functions, for every float dtype. The formulas are in exponential.h. */
#include "kernels/costly.h"
#include "kernels/natural.h"

#define TEMPLATE "kernels/exponential/exponential.h"
#include "kernels/each_float.h"

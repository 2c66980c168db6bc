/* The exponential and the logarithm, with more bits than a result has: what exponential and hyperbolic functions,
 * logarithms and powers are made of. The coefficients are those of near-minimax polynomials, rounded:
 * native/tools/polynomials.py. */
#ifndef RAPTORS_FORMULAS_EXP_LOG_H
#define RAPTORS_FORMULAS_EXP_LOG_H

#include "kernels/formulas/accurate.h"

#include "kernels/each/begin_nested.h"
#define TEMPLATE "kernels/formulas/exp_log_float.h"
#include "kernels/each/float.h"
#include "kernels/each/end_nested.h"

#endif

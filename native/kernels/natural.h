/* The two functions that all the exponential and logarithmic ones are made of, with more digits than a result needs.
 * The coefficients are those of near-minimax polynomials, rounded: native/tools/polynomials.py. */
#ifndef RAPTORS_NATURAL_H
#define RAPTORS_NATURAL_H

#include "kernels/accurate.h"

#pragma push_macro("TEMPLATE")
#undef TEMPLATE
#define TEMPLATE "kernels/natural_float.h"
#include "kernels/each_float.h"
#pragma pop_macro("TEMPLATE")

#endif

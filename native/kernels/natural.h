/* The two functions that all the exponential and logarithmic ones are made of, with more digits than a result needs.
 * The coefficients are those of near-minimax polynomials, rounded: native/tools/polynomials.py. */
#ifndef RAPTORS_NATURAL_H
#define RAPTORS_NATURAL_H

#include "accurate.h"

#pragma push_macro("TEMPLATE")
#undef TEMPLATE
#define TEMPLATE "natural_float.h"
#include "each_float.h"
#pragma pop_macro("TEMPLATE")

#endif

/* Inverse sines, cosines and tangents: the shared parts. The kernels are in trigonometric.h. Coefficients:
 * native/tools/polynomials.py. */
#ifndef RAPTORS_ARCS_H
#define RAPTORS_ARCS_H

#include "accurate.h"

#pragma push_macro("TEMPLATE")
#undef TEMPLATE
#define TEMPLATE "arcs_float.h"
#include "each_float.h"
#pragma pop_macro("TEMPLATE")

#endif

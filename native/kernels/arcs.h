/* Inverse sines, cosines and tangents: the shared parts. The kernels are in trigonometric.h. Coefficients:
 * native/tools/polynomials.py. */
#ifndef RAPTORS_ARCS_H
#define RAPTORS_ARCS_H

#include "kernels/accurate.h"

#pragma push_macro("TEMPLATE")
#undef TEMPLATE
#define TEMPLATE "kernels/arcs_float.h"
#include "kernels/each_float.h"
#pragma pop_macro("TEMPLATE")

#endif

/* Inverse sines, cosines and tangents, and the angle of a point. Coefficients: native/tools/polynomials.py. */
#ifndef RAPTORS_FORMULAS_INVERSE_TRIGONOMETRIC_H
#define RAPTORS_FORMULAS_INVERSE_TRIGONOMETRIC_H

#include "kernels/formulas/accurate.h"

#include "kernels/each/begin_nested.h"
#define TEMPLATE "kernels/formulas/inverse_trigonometric_float.h"
#include "kernels/each/float.h"
#include "kernels/each/end_nested.h"

#endif

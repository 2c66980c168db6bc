/* The arithmetic of accurate formulas: numbers in two parts, fused multiplication, polynomials, powers of two. Here is
 * all that differs between instruction sets with and without fused multiply-add, and no function of the standard.
 *
 * Nothing here branches, so that loops over it vectorise. Names end in the type, as everywhere: two_sum_f64. */
#ifndef RAPTORS_FORMULAS_ACCURATE_H
#define RAPTORS_FORMULAS_ACCURATE_H

#include "kernels/each/names.h"

#if defined(__FMA__) || defined(__aarch64__)
#define HAS_FUSED 1
#else
#define HAS_FUSED 0
#endif

/* c0 + c1 x + c2 x^2 ... */
#define POLYNOMIAL(x, ...) f(polynomial)(x, (const T[]){__VA_ARGS__}, sizeof((const T[]){__VA_ARGS__}) / sizeof(T))

#include "kernels/each/begin_nested.h"
#define TEMPLATE "kernels/formulas/accurate_float.h"
#include "kernels/each/float.h"
#include "kernels/each/end_nested.h"

#endif

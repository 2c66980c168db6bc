/* The vocabulary of accurate formulas: numbers in two parts, fused multiplication, polynomials, powers of two. Here is
 * all that differs between instruction sets with and without fused multiply-add; no function of the standard.
 *
 * Names end in the type, as everywhere: two_sum_f64. All of it is free of branches, so that loops over it vectorise. */
#ifndef RAPTORS_ACCURATE_H
#define RAPTORS_ACCURATE_H

#include "kernels/loops.h"

#if defined(__FMA__) || defined(__aarch64__)
#define HAS_FUSED 1
#else
#define HAS_FUSED 0
#endif

/* c0 + c1 x + c2 x^2 ... */
#define POLYNOMIAL(x, ...) f(polynomial)(x, (const T[]){__VA_ARGS__}, sizeof((const T[]){__VA_ARGS__}) / sizeof(T))

#pragma push_macro("TEMPLATE")
#undef TEMPLATE
#define TEMPLATE "kernels/accurate_float.h"
#include "kernels/each_float.h"
#pragma pop_macro("TEMPLATE")

#endif

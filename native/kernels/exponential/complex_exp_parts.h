/* Exponentials of complex numbers a + bi of two float64 parts: the formulas, of a and the cosine and sine of b. The
 * kernels, and the rules for what is not finite, are in complex_exponential.h. */
#ifndef RAPTORS_COMPLEX_EXP_PARTS_H
#define RAPTORS_COMPLEX_EXP_PARTS_H

#include "kernels/natural.h"
#include "kernels/turns.h"

/* The cosine, the sine and what the cosine is above 1, without cancelation. */
typedef struct {
    f64 cos, sin, above;
} cis;

ALWAYS_INLINE cis cis_of(turned_f64 turned, f64 b) {
    const f64 size = magnitude_f64(b), cosine = cosine_of_f64(turned);
    const pair_f64 part = cosine_part_f64(turned);
    const f64 above = (turned.quarter & 3) == 0 ? (part.hi - 1) + part.lo : cosine - 1;
    return (cis){cosine, size < 0x1p-100 ? b : sine_of_f64(turned), above};
}

/* Beyond these the results are infinite or 0, even times the smallest sine that is not subnormal. */
ALWAYS_INLINE f64 keep_in_wide_range(f64 a) { return at_least_f64(at_most_f64(a, 1418), -800); }

ALWAYS_INLINE c128 exp_of(f64 a, cis b) {
    const reduced_f64 r = reduce_f64(keep_in_wide_range(a));
    const pair_f64 e = exp_parts_f64(r);
    const f64 size = e.hi + e.lo;
    return (c128){scale_f64(size * b.cos, r.n), scale_f64(size * b.sin, r.n)};
}

/* expm1(a) cos b + (cos b - 1) + exp(a) sin b i. */
ALWAYS_INLINE c128 expm1_of(f64 a, cis b) {
    const reduced_f64 r = reduce_f64(keep_in_wide_range(a)), s = reduce_f64(at_least_f64(at_most_f64(a, 40), -50));
    const pair_f64 e = exp_parts_f64(r), one = quick_two_sum_f64(1, -two_to_minus_f64(s.n));
    const pair_f64 parts = expm1_parts_f64(one, s.r, expm1_terms_f64(s.r, s.rest));
    const f64 expm1 = with_sign_f64(scale_f64(parts.hi + parts.lo, s.n), a), exp = e.hi + e.lo;
    const f64 close = fused_f64(expm1, b.cos, b.above) + 0; /* of -0 too it is 0 */
    return (c128){a < 40 ? close : scale_f64(exp * b.cos, r.n), scale_f64(exp * b.sin, r.n)};
}

/* sinh(a) cos b + cosh(a) sin b i and cosh(a) cos b + sinh(a) sin b i */
ALWAYS_INLINE c128 sinh_of(f64 a, cis b) {
    const reduced_f64 r = reduce_f64(keep_in_wide_range(magnitude_f64(a)));
    const f64 s = with_sign_f64(hyperbolic_f64(r, -1), a), c = hyperbolic_f64(r, 1);
    return (c128){scale_f64(s * b.cos, r.n - 1), scale_f64(c * b.sin, r.n - 1)};
}
ALWAYS_INLINE c128 cosh_of(f64 a, cis b) {
    const reduced_f64 r = reduce_f64(keep_in_wide_range(magnitude_f64(a)));
    const f64 s = with_sign_f64(hyperbolic_f64(r, -1), a), c = hyperbolic_f64(r, 1);
    return (c128){scale_f64(c * b.cos, r.n - 1), scale_f64(s * b.sin, r.n - 1)};
}

/* (sinh(a) cosh(a) + sin b cos b i) / (sinh(a)^2 + cos(b)^2), where s and c lack the factor 2^(n - 1). */
ALWAYS_INLINE c128 tanh_of(f64 a, cis b) {
    const reduced_f64 r = reduce_f64(at_most_f64(magnitude_f64(a), 400));
    const pair_f64 s = hyperbolic_parts_f64(r, -1), c = hyperbolic_parts_f64(r, 1);
    const f64 twice = 2 * r.n - 2;
    pair_f64 square = two_product_f64(s.hi, s.hi), product = two_product_f64(s.hi, c.hi);
    square.lo += 2 * s.hi * s.lo;
    product.lo += s.hi * c.lo + s.lo * c.hi;
    const pair_f64 sum = two_sum_f64(square.hi, b.cos * b.cos * two_to_minus_f64(twice));
    const pair_f64 below = {sum.hi, sum.lo + square.lo};
    const pair_f64 both = two_product_f64(b.sin, b.cos), re = ratio_f64(product, below), im = ratio_f64(both, below);
    return (c128){with_sign_f64(re.hi + re.lo, a), with_sign_f64(scale_f64(im.hi + im.lo, -twice), both.hi)};
}

#endif

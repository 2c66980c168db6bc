/* Quotients and absolute values of complex numbers of two float64 parts. */
#ifndef RAPTORS_FORMULAS_COMPLEX_QUOTIENT_H
#define RAPTORS_FORMULAS_COMPLEX_QUOTIENT_H

#include "kernels/each/names.h"

ALWAYS_INLINE int is_finite_f32(f32 re, f32 im) {
    return (__builtin_elementwise_abs(re) < (f32)INFINITY) & (__builtin_elementwise_abs(im) < (f32)INFINITY);
}

/* Squares and products of moderate numbers neither overflow nor lose bits that count. */
ALWAYS_INLINE int is_moderate_f64(f64 re, f64 im) {
    const f64 x = __builtin_elementwise_abs(re), y = __builtin_elementwise_abs(im);
    return (x < 0x1p500) & (y < 0x1p500) & ((x > 0x1p-500) | (y > 0x1p-500));
}

/* (a + bi) / (c + di) by the textbook; where the divisor is on an axis, both parts are divided by it and rounded once.
 */
ALWAYS_INLINE void quotient_f64(f64 *re, f64 *im, f64 a, f64 b, f64 c, f64 d) {
    const f64 p = a * c + b * d, q = b * c - a * d, r = c * c + d * d;
    const f64 upper = d == 0 ? a : c == 0 ? b : p;
    const f64 right = d == 0 ? b : c == 0 ? -a : q;
    const f64 lower = d == 0 ? c : c == 0 ? d : r;
    *re = upper / lower;
    *im = right / lower;
}

/* The same for all numbers: scaled by powers of two; infinities and nan by the rules of C99's annex G. */
static inline void careful_quotient_f64(f64 *re, f64 *im, f64 a, f64 b, f64 c, f64 d) {
    if (c == 0 || d == 0) {
        quotient_f64(re, im, a, b, c, d);
    } else if (isfinite(a) && isfinite(b) && isfinite(c) && isfinite(d)) {
        const int e = ilogb(MAXIMUM(fabs(c), fabs(d))), k = a == 0 && b == 0 ? 0 : ilogb(MAXIMUM(fabs(a), fabs(b)));
        quotient_f64(re, im, scalbn(a, -k), scalbn(b, -k), scalbn(c, -e), scalbn(d, -e));
        *re = scalbn(*re, k - e);
        *im = scalbn(*im, k - e);
    } else if ((isinf(a) || isinf(b)) && isfinite(c) && isfinite(d)) {
        const f64 x = copysign(isinf(a) ? 1 : 0, a), y = copysign(isinf(b) ? 1 : 0, b);
        *re = INFINITY * (x * c + y * d);
        *im = INFINITY * (y * c - x * d);
    } else if ((isinf(c) || isinf(d)) && isfinite(a) && isfinite(b)) {
        const f64 x = copysign(isinf(c) ? 1 : 0, c), y = copysign(isinf(d) ? 1 : 0, d);
        *re = 0 * (a / 2 * x + b / 2 * y); /* halved, so that the sum does not overflow */
        *im = 0 * (b / 2 * x - a / 2 * y);
    } else {
        *re = *im = NAN;
    }
}

/* sqrt(x^2 + y^2), corrected by what its own square misses (C. F. Borges, "An improved algorithm for hypot(a,b)",
 * 2019): within 1 ULP. For moderate numbers, or 0. */
ALWAYS_INLINE f64 hypotenuse_f64(f64 re, f64 im) {
    const f64 a = __builtin_elementwise_abs(re), b = __builtin_elementwise_abs(im);
    const f64 x = a > b ? a : b, y = a > b ? b : a;
    const f64 h = __builtin_elementwise_sqrt(x * x + y * y);
    const f64 d = h - y, e = h - x;
    const f64 steep = x * (2 * d - x) + (d - 2 * (x - y)) * d;
    const f64 flat = 2 * e * (x - 2 * y) + (4 * e - y) * y + e * e;
    const f64 excess = h <= 2 * y ? steep : flat;
    return h - excess / (2 * h);
}

#endif

/* Roots and logarithms of complex numbers a + bi of two float64 parts: the formulas. The kernels, and the rules for
 * zeros, very large parts and what is not finite, are in complex_logarithm.h. */
#ifndef RAPTORS_COMPLEX_LOG_PARTS_H
#define RAPTORS_COMPLEX_LOG_PARTS_H

#include "kernels/arcs.h"
#include "kernels/natural.h"

/* What to multiply numbers with, so that their squares neither overflow nor lose bits; its logarithm is n log 2. */
typedef struct {
    f64 factor, back, root_back, n;
} scaling;

ALWAYS_INLINE scaling moderate(f64 a, f64 b) {
    const f64 x = magnitude_f64(a), y = magnitude_f64(b), large = x < y ? y : x;
    const bool huge = large > 0x1p500, tiny = large < 0x1p-400;
    return (scaling){huge   ? 0x1p-600
                     : tiny ? 0x1p600
                            : 1,
                     huge   ? 0x1p600
                     : tiny ? 0x1p-600
                            : 1,
                     huge   ? 0x1p300
                     : tiny ? 0x1p-300
                            : 1,
                     huge   ? -600.0
                     : tiny ? 600.0
                            : 0.0};
}

/* square + rest - root^2 */
ALWAYS_INLINE f64 missed_by_root(f64 root, f64 square, f64 rest) {
    const f64 product = root * root;
    return (square - product) - product_error_f64(root, root, product) + rest;
}

/* The root of (|a| + |z|) / 2, and |b| over twice that; the larger part is on the side of a. */
ALWAYS_INLINE c128 sqrt_of(f64 a, f64 b) {
    const scaling s = moderate(a, b);
    const f64 x = magnitude_f64(a) * s.factor, y = magnitude_f64(b) * s.factor;
    const f64 size = __builtin_elementwise_sqrt(x * x + y * y);
    const f64 t = __builtin_elementwise_sqrt(0.5 * (x + size)), u = t == 0 ? 0 : y / (2 * t);
    const bool right = a >= 0;
    return (c128){(right ? t : u) * s.root_back, with_sign_f64((right ? u : t) * s.root_back, b)};
}

/* The same with |z|, its root and the quotient corrected by what they miss: right to about 1 ULP. */
ALWAYS_INLINE c128 sharp_sqrt_of(f64 a, f64 b) {
    const scaling s = moderate(a, b);
    const f64 x = magnitude_f64(a) * s.factor, y = magnitude_f64(b) * s.factor;
    const pair_f64 p = two_product_f64(x, x), q = two_product_f64(y, y), square = two_sum_f64(p.hi, q.hi);
    const f64 size = __builtin_elementwise_sqrt(square.hi);
    const f64 size_rest = missed_by_root(size, square.hi, square.lo + (p.lo + q.lo)) / (2 * size);
    const pair_f64 sum = quick_two_sum_f64(size, x);
    const f64 t = __builtin_elementwise_sqrt(0.5 * sum.hi);
    const f64 rest = missed_by_root(t, 0.5 * sum.hi, 0.5 * (sum.lo + size_rest)) / (2 * t);
    const pair_f64 quotient = ratio_f64((pair_f64){y, 0}, (pair_f64){2 * t, 2 * rest});
    const f64 large = size == 0 ? 0 : t + rest, small = size == 0 ? 0 : quotient.hi + quotient.lo;
    const bool right = a >= 0;
    return (c128){(right ? large : small) * s.root_back, with_sign_f64((right ? small : large) * s.root_back, b)};
}

/* log |u + bi|, where u has two parts: half of that of its square, which is computed in two parts. */
ALWAYS_INLINE f64 log_of_size(pair_f64 u, f64 b) {
    const scaling scaled = moderate(u.hi, b);
    const f64 x = u.hi * scaled.factor, y = b * scaled.factor;
    const pair_f64 p = two_product_f64(x, x), q = two_product_f64(y, y), square = two_sum_f64(p.hi, q.hi);
    const f64 rest = square.lo + (p.lo + q.lo + 2 * x * (u.lo * scaled.factor));
    const split_f64 a = split_normal_f64(square.hi);
    const pair_f64 m = two_sum_f64(a.m, rest * two_to_f64(-a.k));
    const log_parts_f64 fraction = log_fraction_f64(m.hi);
    const f64 s = fraction.s, correction = m.lo - 2 * s * m.lo * (1 - s * (1 - s));
    const pair_f64 sum = add_ln2_f64(fused_f64(scaled.n, -2, a.k), fraction.hi, fraction.lo + correction);
    return 0.5 * (sum.hi + sum.lo);
}

/* From -pi to pi, with the sign of b. Operands so small that their quotient means nothing are nearly equal or 0. */
ALWAYS_INLINE f64 angle_of(f64 b, f64 a) {
    const scaling s = moderate(a, b);
    const f64 x = magnitude_f64(a) * s.factor, y = magnitude_f64(b) * s.factor;
    const bool zero = (a == 0) & (b == 0);
    return with_sign_f64(angle_of_point_f64(y, zero ? 1 : x, bits_f64(a) >> 63), b);
}

ALWAYS_INLINE c128 log_of(f64 a, f64 b) { return (c128){log_of_size((pair_f64){a, 0}, b), angle_of(b, a)}; }
ALWAYS_INLINE c128 log1p_of(f64 a, f64 b) {
    const pair_f64 u = two_sum_f64(1, a);
    return (c128){log_of_size(u, b), angle_of(b, u.hi)};
}

/* W. Kahan, "Branch cuts for complex elementary functions", 1987: sums of terms of one sign, from the roots of 1 + z
 * and its kin. For parts below 2^500. */
ALWAYS_INLINE c128 asinh_of(f64 a, f64 b) {
    const c128 p = sharp_sqrt_of(1 + b, -a), q = sharp_sqrt_of(1 - b, a);
    return (c128){asinh_f64(p.re * q.im - p.im * q.re), angle_of(b, p.re * q.re - p.im * q.im)};
}
ALWAYS_INLINE c128 acosh_of(f64 a, f64 b) {
    const c128 p = sharp_sqrt_of(a - 1, b), q = sharp_sqrt_of(a + 1, b);
    return (c128){asinh_f64(p.re * q.re + p.im * q.im), 2 * angle_of(p.im, q.re)};
}
/* log1p(4 |a| / ((1 - |a|)^2 + b^2)) / 4 */
ALWAYS_INLINE c128 atanh_of(f64 a, f64 b) {
    const f64 x = magnitude_f64(a), left = 1 - x;
    const f64 re = 0.25 * log1p_f64(4 * x / (left * left + b * b));
    return (c128){with_sign_f64(re, a), 0.5 * angle_of(2 * b, left * (1 + x) - b * b)};
}

#endif

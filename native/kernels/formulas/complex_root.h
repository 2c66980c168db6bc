/* Square roots of complex numbers a + bi of two float64 parts. */
#ifndef RAPTORS_FORMULAS_COMPLEX_ROOT_H
#define RAPTORS_FORMULAS_COMPLEX_ROOT_H

#include "kernels/formulas/accurate.h"

/* The factor by which numbers are scaled, 2^n, so that their squares neither overflow nor lose bits. Results are
 * multiplied by `back`, square roots by `root_back`. */
typedef struct {
    f64 factor, back, root_back, n;
} scaling;

ALWAYS_INLINE scaling scale_for_squares(f64 a, f64 b) {
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

/* sqrt(z): its larger part t is the root of (|a| + |z|) / 2, its smaller one |b| / (2 t). It is the real part that is
 * the larger one if a >= 0. */
ALWAYS_INLINE c128 sqrt_of(f64 a, f64 b) {
    const scaling s = scale_for_squares(a, b);
    const f64 x = magnitude_f64(a) * s.factor, y = magnitude_f64(b) * s.factor;
    const f64 size = __builtin_elementwise_sqrt(x * x + y * y);
    const f64 t = __builtin_elementwise_sqrt(0.5 * (x + size)), u = t == 0 ? 0 : y / (2 * t);
    const bool right = a >= 0;
    return (c128){(right ? t : u) * s.root_back, with_sign_f64((right ? u : t) * s.root_back, b)};
}

/* The same, within about 1 ULP: |z|, its root and the quotient are corrected by what they miss. */
ALWAYS_INLINE c128 sharp_sqrt_of(f64 a, f64 b) {
    const scaling s = scale_for_squares(a, b);
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

#endif

/* Logarithms and angles of complex numbers a + bi of two float64 parts. Signs that the standard leaves open are plus.
 */
#ifndef RAPTORS_FORMULAS_COMPLEX_LOGARITHM_H
#define RAPTORS_FORMULAS_COMPLEX_LOGARITHM_H

#include "kernels/formulas/complex_root.h"
#include "kernels/formulas/exp_log.h"
#include "kernels/formulas/inverse_trigonometric.h"

/* log |u + bi| = log(u^2 + b^2) / 2, where u and the sum of squares are in two parts. */
ALWAYS_INLINE f64 log_of_size(pair_f64 u, f64 b) {
    const scaling scaled = scale_for_squares(u.hi, b);
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

/* The angle of a + bi: from -pi to pi, with the sign of b; 0 or pi where both are 0. */
ALWAYS_INLINE f64 angle_of(f64 b, f64 a) {
    const scaling s = scale_for_squares(a, b);
    const f64 x = magnitude_f64(a) * s.factor, y = magnitude_f64(b) * s.factor;
    const bool zero = (a == 0) & (b == 0);
    return with_sign_f64(angle_of_point_f64(y, zero ? 1 : x, bits_f64(a) >> 63), b);
}

ALWAYS_INLINE c128 log_of(f64 a, f64 b) { return (c128){log_of_size((pair_f64){a, 0}, b), angle_of(b, a)}; }

/* angle_of for all numbers: an infinite point is on an axis, or on a diagonal. */
static f64 any_angle(f64 b, f64 a) {
    if (isnan(a) || isnan(b)) return NAN;
    if (isinf(a) || isinf(b)) return angle_of(copysign(isinf(b) ? 1 : 0, b), copysign(isinf(a) ? 1 : 0, a));
    return angle_of(b, a);
}

static c128 careful_log(f64 a, f64 b) {
    const f64 infinite = a == 0 && b == 0 ? -INFINITY : INFINITY;
    const bool open = (isnan(a) || isnan(b)) && !isinf(a) && !isinf(b);
    return (c128){open ? NAN : infinite, any_angle(b, a)};
}

#endif

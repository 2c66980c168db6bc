/* The hyperbolic functions of complex numbers a + bi of two float64 parts, and their inverses. careful_* also take what
 * the formulas do not: large parts, and what is not finite, as the standard has it. Where that leaves a sign open, it
 * is plus, or the sign of b; in odd functions the sign of a. */
#ifndef RAPTORS_HYPERBOLIC_COMPLEX_FORMULAS_H
#define RAPTORS_HYPERBOLIC_COMPLEX_FORMULAS_H

#include "kernels/formulas/complex_angle.h"
#include "kernels/formulas/complex_logarithm.h"

/* --- sinh, cosh, tanh --- */

/* sinh(a) cos b + cosh(a) sin b i and cosh(a) cos b + sinh(a) sin b i */
ALWAYS_INLINE c128 sinh_of_cis(f64 a, cis b) {
    const exp_reduced_f64 r = exp_reduce_f64(clamp_wide_exponent(magnitude_f64(a)));
    const f64 s = with_sign_f64(hyperbolic_f64(r, -1), a), c = hyperbolic_f64(r, 1);
    return (c128){scale_f64(s * b.cos, r.n - 1), scale_f64(c * b.sin, r.n - 1)};
}
ALWAYS_INLINE c128 cosh_of_cis(f64 a, cis b) {
    const exp_reduced_f64 r = exp_reduce_f64(clamp_wide_exponent(magnitude_f64(a)));
    const f64 s = with_sign_f64(hyperbolic_f64(r, -1), a), c = hyperbolic_f64(r, 1);
    return (c128){scale_f64(c * b.cos, r.n - 1), scale_f64(s * b.sin, r.n - 1)};
}

/* (sinh(a) cosh(a) + sin b cos b i) / (sinh(a)^2 + cos(b)^2), where s and c lack the factor 2^(n - 1). */
ALWAYS_INLINE c128 tanh_of_cis(f64 a, cis b) {
    const exp_reduced_f64 r = exp_reduce_f64(at_most_f64(magnitude_f64(a), 400));
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

static c128 special_sinh(f64 a, f64 b) {
    if (a == 0) return (c128){a, NAN};
    if (b == 0) return (c128){a, b};
    if (!isinf(a)) return (c128){NAN, NAN};
    if (!isfinite(b)) return (c128){a, NAN};
    const cis direction = far_cis(b);
    return (c128){a * direction.cos, INFINITY * direction.sin};
}

static c128 special_cosh(f64 a, f64 b) {
    if (a == 0) return (c128){NAN, 0};
    if (b == 0) return (c128){fabs(a), isnan(a) ? b : copysign(1, a) * b};
    if (!isinf(a)) return (c128){NAN, NAN};
    if (!isfinite(b)) return (c128){INFINITY, NAN};
    const cis direction = far_cis(b);
    return (c128){INFINITY * direction.cos, a * direction.sin};
}

static c128 special_tanh(f64 a, f64 b) {
    if (isinf(a)) return (c128){copysign(1, a), isfinite(b) ? copysign(0, b) : 0};
    if (a == 0) return (c128){a, NAN};
    return (c128){NAN, b == 0 ? b : NAN};
}

ALWAYS_INLINE c128 sinh_of(f64 a, f64 b) { return sinh_of_cis(a, near_cis(b)); }
ALWAYS_INLINE c128 careful_sinh(f64 a, f64 b) {
    return isfinite(a) && isfinite(b) ? sinh_of_cis(a, far_cis(b)) : special_sinh(a, b);
}
ALWAYS_INLINE c128 cosh_of(f64 a, f64 b) { return cosh_of_cis(a, near_cis(b)); }
ALWAYS_INLINE c128 careful_cosh(f64 a, f64 b) {
    return isfinite(a) && isfinite(b) ? cosh_of_cis(a, far_cis(b)) : special_cosh(a, b);
}
ALWAYS_INLINE c128 tanh_of(f64 a, f64 b) { return tanh_of_cis(a, near_cis(b)); }
ALWAYS_INLINE c128 careful_tanh(f64 a, f64 b) {
    return isfinite(a) && isfinite(b) ? tanh_of_cis(a, far_cis(b)) : special_tanh(a, b);
}

/* --- asinh, acosh, atanh --- */

/* W. Kahan, "Branch cuts for complex elementary functions", 1987: from the roots of 1 + z and 1 - z, and the like, by
 * sums whose terms have one sign. For parts below 2^500. */
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

static const f64 ln2 = 0x1.62e42fefa39efp-1, pi_2 = 0x1.921fb54442d18p+0;

/* The logarithm of twice a large number. */
static c128 log_twice(f64 a, f64 b) {
    const c128 z = log_of(a, b);
    return (c128){z.re + ln2, z.im};
}

static c128 careful_asinh(f64 a, f64 b) {
    if (isfinite(a) && isfinite(b)) {
        const c128 z = log_twice(fabs(a), b);
        return (c128){copysign(z.re, a), z.im};
    }
    if (isnan(a)) return (c128){isinf(b) ? INFINITY : NAN, b == 0 ? b : NAN};
    if (isnan(b)) return (c128){isinf(a) ? a : NAN, NAN};
    return (c128){copysign(INFINITY, a), any_angle(b, fabs(a))};
}

static c128 careful_acosh(f64 a, f64 b) {
    if (isfinite(a) && isfinite(b)) return log_twice(a, b);
    if (a == 0) return (c128){isnan(b) ? NAN : INFINITY, pi_2 * copysign(1, isnan(b) ? 1 : b)};
    return careful_log(a, b);
}

static c128 careful_atanh(f64 a, f64 b) {
    const f64 up = copysign(pi_2, b);
    if (fabs(a) == 1 && b == 0) return (c128){copysign(INFINITY, a), b};
    if (fabs(a) == 1 && fabs(b) < 1) { /* log(2 / |b|) / 2, and an angle next to pi/4 */
        const f64 size = 0.5 * (ln2 - log_of_size((pair_f64){0, 0}, b));
        return (c128){copysign(size, a), 0.5 * up};
    }
    if (isfinite(a) && isfinite(b)) { /* a / |z|^2 */
        const f64 large = MAXIMUM(fabs(a), fabs(b)), x = a / large, y = b / large;
        return (c128){x / (x * x + y * y) / large, up};
    }
    if (isinf(b)) return (c128){isnan(a) ? 0 : copysign(0, a), up};
    if (isinf(a)) return (c128){copysign(0, a), isnan(b) ? NAN : up};
    return (c128){a == 0 ? a : NAN, NAN};
}

#endif

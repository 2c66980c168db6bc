/* exp and expm1 of complex numbers a + bi of two float64 parts. careful_* also take what is not finite, as the standard
 * has it. Where that leaves a sign open, it is plus, or the sign of b. */
#ifndef RAPTORS_EXPONENTIAL_COMPLEX_FORMULAS_H
#define RAPTORS_EXPONENTIAL_COMPLEX_FORMULAS_H

#include "kernels/formulas/complex_angle.h"

ALWAYS_INLINE c128 exp_of_cis(f64 a, cis b) {
    const exp_reduced_f64 r = exp_reduce_f64(clamp_wide_exponent(a));
    const pair_f64 e = exp_parts_f64(r);
    const f64 size = e.hi + e.lo;
    return (c128){scale_f64(size * b.cos, r.n), scale_f64(size * b.sin, r.n)};
}

/* expm1(a) cos b + (cos b - 1) + exp(a) sin b i. */
ALWAYS_INLINE c128 expm1_of_cis(f64 a, cis b) {
    const exp_reduced_f64 r = exp_reduce_f64(clamp_wide_exponent(a)),
                          s = exp_reduce_f64(at_least_f64(at_most_f64(a, 40), -50));
    const pair_f64 e = exp_parts_f64(r), one = quick_two_sum_f64(1, -two_to_minus_f64(s.n));
    const pair_f64 parts = expm1_parts_f64(one, s.r, expm1_terms_f64(s.r, s.rest));
    const f64 expm1 = with_sign_f64(scale_f64(parts.hi + parts.lo, s.n), a), exp = e.hi + e.lo;
    const f64 close = fused_f64(expm1, b.cos, b.cos_less_1) + 0; /* -0 becomes 0 */
    return (c128){a < 40 ? close : scale_f64(exp * b.cos, r.n), scale_f64(exp * b.sin, r.n)};
}

static c128 special_exp(f64 a, f64 b) {
    const cis direction = isfinite(b) ? far_cis(b) : (cis){.cos = 1, .sin = copysign(1, b)};
    if (a == -INFINITY) return (c128){0 * direction.cos, 0 * direction.sin};
    if (b == 0) return (c128){a, b};
    if (a == INFINITY) return (c128){INFINITY * direction.cos, isfinite(b) ? INFINITY * direction.sin : NAN};
    return (c128){NAN, NAN};
}

static c128 special_expm1(f64 a, f64 b) {
    const c128 exp = special_exp(a, b);
    return (c128){a == -INFINITY ? -1 : exp.re, exp.im};
}

ALWAYS_INLINE c128 exp_of(f64 a, f64 b) { return exp_of_cis(a, near_cis(b)); }
ALWAYS_INLINE c128 careful_exp(f64 a, f64 b) {
    return isfinite(a) && isfinite(b) ? exp_of_cis(a, far_cis(b)) : special_exp(a, b);
}
ALWAYS_INLINE c128 expm1_of(f64 a, f64 b) { return expm1_of_cis(a, near_cis(b)); }
ALWAYS_INLINE c128 careful_expm1(f64 a, f64 b) {
    return isfinite(a) && isfinite(b) ? expm1_of_cis(a, far_cis(b)) : special_expm1(a, b);
}

#endif

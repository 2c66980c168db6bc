/* exp and expm1 of one float dtype: template.
 *
 * Formula: x = n ln 2 + r, |r| <= ln 2 / 2; exp(x) = 2^n exp(r), a polynomial in r (formulas/exp_log.h). Largest error
 * in ULP and the argument that has it (without fused operations they may differ in the last digit):
 *
 *            float32                   float64
 *   exp      0.77 at -0x1.5e0718p+6    0.76 at -0x1.626afeda10fd1p+9, a subnormal result; of others 0.75
 *   expm1    0.71 at -0x1.0fb6d8p+4    0.86 at 0x1.75fdbf330cf9ep-2
 *
 * Where registers hold tables, float32 comes from by_tables.h: expm1 0.53 at 0x1.594bfap+6, exp 0.56 where it is
 * normal.
 */
#include "kernels/exponential/by_tables.h"
#include "kernels/formulas/exp_log.h"
#include "kernels/loops/contiguous.h"
#include "kernels/loops/lanes.h"

ALWAYS_INLINE T f(exp)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(f(clamp_exponent)(x));
    const f(pair) e = f(exp_parts)(a);
    return f(scale)(e.hi + e.lo, a.n);
}
ALWAYS_INLINE T f(exp_ordinary)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(x);
    const f(pair) e = f(exp_parts)(a);
    return (e.hi + e.lo) * f(two_to)(a.n);
}

/* 2^n (1 - 2^-n + expm1(r)) */
ALWAYS_INLINE f(pair) f(expm1_of)(f(exp_reduced) a) {
    const f(pair) shift = f(quick_two_sum)(1, -f(two_to_minus)(a.n));
    return f(expm1_parts)(shift, a.r, f(expm1_terms)(a.r, a.rest));
}
ALWAYS_INLINE T f(expm1)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(f(at_least)(f(clamp_exponent)(x), -50));
    const f(pair) e = f(expm1_of)(a);
    return f(with_sign)(f(scale)(e.hi + e.lo, a.n), x);
}
ALWAYS_INLINE T f(expm1_ordinary)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(f(at_least)(x, -50));
    const f(pair) e = f(expm1_of)(a);
    return f(with_sign)((e.hi + e.lo) * f(two_to)(a.n), x);
}

#if WIDTH == 32 && HAS_TABLES
UNARY_BY_LANES(exp, T, f(sign_if_extreme))
UNARY_BY_LANES(expm1, T, f(sign_if_extreme))
#else
UNARY_MOSTLY_ORDINARY(exp, T, f(sign_if_extreme))
UNARY_MOSTLY_ORDINARY(expm1, T, f(sign_if_extreme))
#endif

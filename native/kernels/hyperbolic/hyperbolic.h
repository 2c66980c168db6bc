/* The hyperbolic functions of one float dtype and their inverses: template.
 *
 * Formulas: of exp(|x|) and exp(-|x|), and of log(x + sqrt(x^2 +- 1)), in parts (formulas/exp_log.h). Largest error in
 * ULP and the argument that has it (without fused operations they may differ in the last digit):
 *
 *            float32                  float64
 *   sinh     0.87 at 0x1.650c18p-2    0.95 at 0x1.79ea744a046bbp-2
 *   cosh     0.78 at 0x1.4cc34cp+2    0.79 at 0x1.5721ba62fa168p+7
 *   tanh     0.58 at 0x1.65caf4p-3    0.74 at 0x1.632b59cdccbffp-3
 *   asinh    0.57 at 0x1.67abe6p-2    0.57 at 0x1.6e5eb8b48508bp-2
 *   acosh    0.56 at 0x1.11098ep+0    0.57 at 0x1.0f73c00a3912bp+0
 *   atanh    0.55 at 0x1.75550ap-3    0.55 at 0x1.6eeaebf7008abp-3
 *
 * Where registers hold tables, float32 comes from by_tables.h and tanh_by_tables.h: sinh 0.65 at -0x1.568608p+6, cosh
 * 0.63 at -0x1.5c29f6p+6, tanh 0.54 at 0x1.047e3ep+0. The inverses come from inverses_by_tables.h for both dtypes:
 *
 *   asinh    0.55 at -0x1.fd3b8cp-6   0.54 at -0x1.fdfcabe47333cp-6
 *   acosh    0.53 at 0x1.001e2ep+0    0.53 at 0x1.00121dadc1614p+0
 *   atanh    0.54 at -0x1.fab25ep-7   0.54 at 0x1.fac0fcb9af4f9p-7
 */
#include "kernels/formulas/exp_log.h"
#include "kernels/hyperbolic/by_tables.h"
#include "kernels/hyperbolic/tanh_by_tables.h"
#include "kernels/loops/contiguous.h"
#include "kernels/loops/lanes.h"

ALWAYS_INLINE T f(sinh)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(f(clamp_exponent)(f(magnitude)(x)));
    return f(with_sign)(f(scale)(f(hyperbolic)(a, -1), a.n - 1), x);
}
ALWAYS_INLINE T f(sinh_ordinary)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(f(magnitude)(x));
    return f(with_sign)(f(hyperbolic)(a, -1) * f(two_to)(a.n - 1), x);
}

ALWAYS_INLINE T f(cosh)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(f(clamp_exponent)(f(magnitude)(x)));
    return f(scale)(f(hyperbolic)(a, 1), a.n - 1);
}
ALWAYS_INLINE T f(cosh_ordinary)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(f(magnitude)(x));
    return f(hyperbolic)(a, 1) * f(two_to)(a.n - 1);
}

/* (exp(2 |x|) - 1) / (exp(2 |x|) + 1), both times 2^-n; from 20 on it is 1. */
ALWAYS_INLINE T f(tanh)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(2 * f(at_most)(f(magnitude)(x), 20));
    const T d = f(two_to_minus)(a.n);
    const f(pair) terms = f(expm1_terms)(a.r, a.rest);
    const f(pair) above = f(expm1_parts)(f(quick_two_sum)(1, -d), a.r, terms);
    const f(pair) below = f(expm1_parts)(f(quick_two_sum)(1, d), a.r, terms);
    const f(pair) ratio = f(ratio)(f(quick_two_sum)(above.hi, above.lo), f(quick_two_sum)(below.hi, below.lo));
    return f(with_sign)(ratio.hi + ratio.lo, x);
}

ALWAYS_INLINE T f(acosh)(T x) {
    const T outside = x < 1 ? (T)NAN : x;
    const bool inside = (x >= 1) & (x < (T)INFINITY);
    return inside ? f(inverse_hyperbolic)(x, -1) : outside;
}

#define TINY (WIDTH == 32 ? (T)0x1p-14 : (T)0x1p-30) /* below it atanh(x) and asinh(x) are x */
#define LARGE (WIDTH == 32 ? (T)0x1p60 : (T)0x1p500) /* its square is finite */
/* log((1 + |x|) / (1 - |x|)) / 2 = k ln 2 / 2 + atanh(s), where d = 2^-k is close to (1 - |x|) / (1 + |x|) and
 * s = (d (1 + |x|) - (1 - |x|)) / (d (1 + |x|) + (1 - |x|)). The polynomial of 1 - |x| is close to 1 / (1 + |x|). */
ALWAYS_INLINE T f(atanh)(T a) {
    const T x = f(magnitude)(a), v = 1 - x;
    const T odds = v * POLYNOMIAL(v, (T)0x1.0295fad40a57fp-1, (T)0x1.4afd6a052bf5bp-3, (T)0x1.4afd6a052bf5bp-2);
    const T k = f(split_normal)(odds).k, d = f(two_to)(f(at_least)(k, -100));
    const f(pair) shift = f(quick_two_sum)(-1, d), right = f(two_sum)(x, d * x);
    const f(pair) left = f(quick_two_sum)(1, d), wrong = f(two_sum)(-x, d * x);
    f(pair) above = f(two_sum)(shift.hi, right.hi), below = f(two_sum)(left.hi, wrong.hi);
    above = f(quick_two_sum)(above.hi, above.lo + (shift.lo + right.lo));
    below = f(quick_two_sum)(below.hi, below.lo + (left.lo + wrong.lo));
    const f(pair) sum = f(add_atanh)(-k, f(ratio)(above, below));
    const T result = x < 1 ? (T)0.5 * (sum.hi + sum.lo) : x == 1 ? (T)INFINITY : (T)NAN;
    return x < TINY ? a : f(with_sign)(result, a);
}

#include "kernels/hyperbolic/inverses_by_tables.h"
#if HAS_TABLES
/* Negative unless |x| is below LARGE, x is between 1 and that, |x| is below 1. */
ALWAYS_INLINE SIGNED_T f(sign_if_large)(T x) { return (SIGNED_T)(f(bits)(LARGE) - 1 - f(bits)(f(magnitude)(x))); }
ALWAYS_INLINE SIGNED_T f(sign_if_no_acosh)(T x) {
    return (SIGNED_T)((f(bits)(x) - 1 - f(bits)(1)) | (f(bits)(LARGE) - 1 - f(bits)(x)));
}
ALWAYS_INLINE SIGNED_T f(sign_if_no_atanh)(T x) { return (SIGNED_T)(f(bits)(1) - 1 - f(bits)(f(magnitude)(x))); }
UNARY_BY_LANES(asinh, T, f(sign_if_large))
UNARY_BY_LANES(acosh, T, f(sign_if_no_acosh))
UNARY_BY_LANES(atanh, T, f(sign_if_no_atanh))
#else
UNARY_CONTIGUOUS(asinh, T)
UNARY_CONTIGUOUS(acosh, T)
UNARY_CONTIGUOUS(atanh, T)
#endif

#if WIDTH == 32 && HAS_TABLES
ALWAYS_INLINE SIGNED_T f(sign_if_nan)(T x) { return (SIGNED_T)(f(bits)((T)INFINITY) - f(bits)(f(magnitude)(x))); }
UNARY_BY_LANES(tanh, T, f(sign_if_nan))
UNARY_BY_LANES(sinh, T, f(sign_if_extreme))
UNARY_BY_LANES(cosh, T, f(sign_if_extreme))
#else
UNARY_CONTIGUOUS(tanh, T)
UNARY_MOSTLY_ORDINARY(sinh, T, f(sign_if_extreme))
UNARY_MOSTLY_ORDINARY(cosh, T, f(sign_if_extreme))
#endif

#undef TINY
#undef LARGE

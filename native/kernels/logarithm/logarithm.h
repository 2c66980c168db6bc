/* Logarithms of one float dtype: template.
 *
 * Formula: x = 2^k (1 + m), sqrt(1/2) <= 1 + m < sqrt(2); log(1 + m) = 2 atanh(s), s = m / (2 + m), a polynomial in s
 * (formulas/exp_log.h). logaddexp is computed in float64 (log_sum_exp.h). Largest error in ULP and the argument that
 * has it (without fused operations they may differ in the last digit):
 *
 *                float32                     float64
 *   log          0.71 at 0x1.648a0ep+0       0.71 at 0x1.6948f3ee298ebp-1
 *   log2         0.82 at 0x1.5c6816p+0       0.82 at 0x1.668d98f19524fp+0
 *   log10        0.71 at 0x1.53bafap+0       0.74 at 0x1.54bf2295322d5p+0
 *   log1p        0.71 at 0x1.90f978p-2       0.72 at -0x1.33798023b65b2p-2
 *   logaddexp    0.51, a rounded float64     0.76 at -0x1.15810ca11a81ap-981, -0x1.53f2c7e9cde5p+9
 *
 * On instruction sets with tables they come from by_tables.h:
 *
 *   log          0.53 at 0x1.06e7eap+0       0.52 at 0x1.080096268654bp+0
 *   log2         0.53 at 0x1.06cffp+0        0.54 at 0x1.084f874b64925p+0
 *   log10        0.54 at 0x1.0959bp+0        0.54 at 0x1.078af6aa89e52p+0
 *   log1p        0.67 at 0x1.9ff5bcp-24      0.67 at 0x1.9ffd043eca71ap-53
 */
#include "kernels/formulas/exp_log.h"
#include "kernels/logarithm/log_sum_exp.h"
#include "kernels/loops/contiguous.h"
#include "kernels/loops/lanes.h"

#if WIDTH == 32
#define LN2_HIGH 0x1.62e4p-1f
#define LN2_LOW 0x1.7f7d1cp-20f
#define INVERSE_LN2 0x1.715476p+0f
#define INVERSE_LN2_LOW 0x1.4ae0c0p-26f
#define INVERSE_LN10 0x1.bcb7b2p-2f
#define INVERSE_LN10_LOW -0x1.5b235ep-27f
#define LARGEST_POWER 0x1p127f
#define LOG10_2 0x1.344p-2f
#define LOG10_2_LOW 0x1.3509f8p-18f
#else
#define LN2_HIGH 0x1.62e42fefa3p-1
#define LN2_LOW 0x1.3de6af278ece6p-42
#define INVERSE_LN2 0x1.71547652b82fep+0
#define INVERSE_LN2_LOW 0x1.777d0ffda0d24p-56
#define INVERSE_LN10 0x1.bcb7b1526e50ep-2
#define INVERSE_LN10_LOW 0x1.95355baaafad3p-57
#define LARGEST_POWER 0x1p1023
#define LOG10_2 0x1.34413509f7p-2
#define LOG10_2_LOW 0x1.3fde623e2566bp-43
#endif

ALWAYS_INLINE T f(log_of)(f(split) a) {
    const f(log_parts) fraction = f(log_fraction)(a.m);
    const f(pair) sum = f(add_ln2)(a.k, fraction.hi, fraction.lo);
    return sum.hi + sum.lo;
}
ALWAYS_INLINE T f(log)(T x) { return f(log_domain)(x, f(log_of)(f(split_any)(x))); }
ALWAYS_INLINE T f(log_ordinary)(T x) { return f(log_of)(f(split_normal)(x)); }

ALWAYS_INLINE T f(log2_of)(f(split) a) {
    const f(log_parts) fraction = f(log_fraction)(a.m);
    const f(pair) product = f(two_product)(fraction.hi, INVERSE_LN2), sum = f(quick_two_sum)(a.k, product.hi);
    const T low = f(fused)(fraction.hi, INVERSE_LN2_LOW, product.lo);
    return sum.hi + (sum.lo + f(fused)(fraction.lo, INVERSE_LN2, low));
}
ALWAYS_INLINE T f(log2)(T x) { return f(log_domain)(x, f(log2_of)(f(split_any)(x))); }
ALWAYS_INLINE T f(log2_ordinary)(T x) { return f(log2_of)(f(split_normal)(x)); }

ALWAYS_INLINE T f(log10_of)(f(split) a) {
    const f(log_parts) fraction = f(log_fraction)(a.m);
    const f(pair) product = f(two_product)(fraction.hi, INVERSE_LN10);
    const f(pair) sum = f(quick_two_sum)(a.k * LOG10_2, product.hi);
    const T low = f(fused)(a.k, LOG10_2_LOW, f(fused)(fraction.hi, INVERSE_LN10_LOW, product.lo));
    return sum.hi + (sum.lo + f(fused)(fraction.lo, INVERSE_LN10, low));
}
ALWAYS_INLINE T f(log10)(T x) { return f(log_domain)(x, f(log10_of)(f(split_any)(x))); }
ALWAYS_INLINE T f(log10_ordinary)(T x) { return f(log10_of)(f(split_normal)(x)); }

/* The few results whose terms have cancelled too far are collected and computed again; float32 has bits to lose. */
#if WIDTH == 32
#define LOG_SUM short_log_sum
#define ENOUGH 0x1p12f
#define DEEP 0x1p-38
#else
#define LOG_SUM log_sum
#define ENOUGH 1.25
#define DEEP 0x1p-10
#endif

/* Whether what was added to the larger operand is so large against the result that its error counts. */
ALWAYS_INLINE int f(has_cancelled)(T larger, T result) {
    return f(magnitude)(result - larger) > ENOUGH * f(magnitude)(result);
}

static void f(logaddexp_redo)(T *out, const T *x, const T *y, int dx, int dy, intptr_t count) {
    f64 larger[BLOCK], smaller[BLOCK], again[BLOCK];
    u8 place[BLOCK], deep[BLOCK];
    intptr_t found = 0;
    PLAIN_LOOP
    for (intptr_t i = 0; i < count; i++) {
        const T a = x[i * dx], b = y[i * dy];
        if (!f(has_cancelled)(a < b ? b : a, out[i])) continue;
        larger[found] = a < b ? b : a;
        smaller[found] = a < b ? a : b;
        place[found++] = (u8)i;
    }
    VECTOR_LOOP
    for (intptr_t i = 0; i < found; i++) {
        const excess s = near_excess(larger[i], smaller[i]);
        again[i] = log_of_excess(s);
        deep[i] = magnitude_f64(s.scaled.hi) < DEEP;
    }
    PLAIN_LOOP
    for (intptr_t i = 0; i < found; i++)
        out[place[i]] = (T)(deep[i] ? log_of_excess(deep_excess(larger[i], smaller[i])) : again[i]);
}

ALWAYS_INLINE void f(logaddexp_block)(T *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                      intptr_t count) {
    u32 outside = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) {
        const T a = x[i * dx], b = y[i * dy];
        out[i] = (T)LOG_SUM(a, b);
        outside |= f(has_cancelled)(a < b ? b : a, out[i]);
    }
    if (outside != 0) f(logaddexp_redo)(out, x, y, dx, dy, count);
}
#undef LOG_SUM
#undef ENOUGH
#undef DEEP

#include "kernels/logarithm/by_tables.h"
#if HAS_TABLES
UNARY_BY_LANES(log, T, f(sign_if_unusual))
UNARY_BY_LANES(log2, T, f(sign_if_unusual))
UNARY_BY_LANES(log10, T, f(sign_if_unusual))
/* Negative unless 1 + x, rounded, is positive and below the largest power of 2, whose inverse is a normal number. */
ALWAYS_INLINE SIGNED_T f(sign_if_far)(T x) {
    const UNSIGNED_T bits = f(bits)(1 + x);
    return (SIGNED_T)((bits - 1) | (f(bits)(LARGEST_POWER) - 1 - bits));
}
UNARY_BY_LANES(log1p, T, f(sign_if_far))
#else
UNARY_MOSTLY_ORDINARY(log, T, f(sign_if_unusual))
UNARY_MOSTLY_ORDINARY(log2, T, f(sign_if_unusual))
UNARY_MOSTLY_ORDINARY(log10, T, f(sign_if_unusual))
UNARY_CONTIGUOUS(log1p, T)
#endif
BINARY_BLOCKS(logaddexp, T)

#undef LN2_HIGH
#undef LN2_LOW
#undef LARGEST_POWER
#undef INVERSE_LN2
#undef INVERSE_LN2_LOW
#undef INVERSE_LN10
#undef INVERSE_LN10_LOW
#undef LOG10_2
#undef LOG10_2_LOW

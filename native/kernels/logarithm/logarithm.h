/* log and its kin, of one float dtype: template. x = 2^k (1 + m), sqrt(1/2) <= 1 + m < sqrt(2); polynomials in
 * s = m / (2 + m), as log(1 + m) = 2 atanh(s) (natural_float.h).
 *
 * Largest error in ULP and the argument that has it, of float32 and float64 (v2, without fused operations, may differ
 * in the last digit):
 *   log    0.71 at 0x1.648a0ep+0     0.71 at 0x1.6948f3ee298ebp-1
 *   log2   0.82 at 0x1.5c6816p+0     0.82 at 0x1.668d98f19524fp+0
 *   log10  0.71 at 0x1.53bafap+0     0.74 at 0x1.54bf2295322d5p+0
 *   log1p  0.71 at 0x1.90f978p-2     0.72 at -0x1.33798023b65b2p-2
 *   asinh  0.57 at 0x1.67abe6p-2     0.57 at 0x1.6e5eb8b48508bp-2
 *   acosh  0.56 at 0x1.11098ep+0     0.57 at 0x1.0f73c00a3912bp+0
 *   atanh  0.55 at 0x1.75550ap-3     0.55 at 0x1.6eeaebf7008abp-3
 *   logaddexp  0.51 (rounded float64), 0.76 at -0x1.15810ca11a81ap-981, -0x1.53f2c7e9cde5p+9 */
#if WIDTH == 32
#define INVERSE_LN2 0x1.715476p+0f
#define INVERSE_LN2_LOW 0x1.4ae0c0p-26f
#define INVERSE_LN10 0x1.bcb7b2p-2f
#define INVERSE_LN10_LOW -0x1.5b235ep-27f
#define LOG10_2 0x1.344p-2f
#define LOG10_2_LOW 0x1.3509f8p-18f
#define TINY 0x1p-14f
#else
#define INVERSE_LN2 0x1.71547652b82fep+0
#define INVERSE_LN2_LOW 0x1.777d0ffda0d24p-56
#define INVERSE_LN10 0x1.bcb7b1526e50ep-2
#define INVERSE_LN10_LOW 0x1.95355baaafad3p-57
#define LOG10_2 0x1.34413509f7p-2
#define LOG10_2_LOW 0x1.3fde623e2566bp-43
#define TINY 0x1p-30
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

/* log((1 + x) / (1 - x)) / 2 of |x|: with d = 2^-k close to (1 - x) / (1 + x), s = (d (1 + x) - (1 - x)) / (their sum)
 */
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

ALWAYS_INLINE T f(acosh)(T x) {
    const T outside = x < 1 ? (T)NAN : x;
    const bool inside = (x >= 1) & (x < (T)INFINITY);
    return inside ? f(area)(x, -1) : outside;
}

/* In float64 (log_sum.h). The few results that cancel too much are put together and done again; those of float32 have
 * digits to lose. */
#if WIDTH == 32
#define ENOUGH 0x1p18f
#define DEEP 0x1p-38
#else
#define ENOUGH 1.25
#define DEEP 0x1p-10
#endif

/* Whether what was added to the larger operand, the error in mind, is large against the result. */
ALWAYS_INLINE int f(has_cancelled)(T larger, T result) {
    return f(magnitude)(result - larger) > ENOUGH * f(magnitude)(result);
}

static void f(logaddexp_again)(T *out, const T *x, const T *y, int dx, int dy, intptr_t count) {
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
    u32 doubts = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) {
        const T a = x[i * dx], b = y[i * dy];
        out[i] = (T)log_sum(a, b);
        doubts |= f(has_cancelled)(a < b ? b : a, out[i]);
    }
    if (doubts != 0) f(logaddexp_again)(out, x, y, dx, dy, count);
}
#undef ENOUGH
#undef DEEP

UNARY_MOSTLY_ORDINARY(log, T, f(is_ordinary))
UNARY_MOSTLY_ORDINARY(log2, T, f(is_ordinary))
UNARY_MOSTLY_ORDINARY(log10, T, f(is_ordinary))
UNARY_FORMULA(log1p, T)
UNARY_FORMULA(asinh, T)
UNARY_FORMULA(acosh, T)
UNARY_FORMULA(atanh, T)
BINARY_BLOCKS(logaddexp, T)

#undef INVERSE_LN2
#undef INVERSE_LN2_LOW
#undef INVERSE_LN10
#undef INVERSE_LN10_LOW
#undef LOG10_2
#undef LOG10_2_LOW
#undef TINY

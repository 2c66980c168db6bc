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
 * logaddexp: 0.51 in float32. In float64 0.97 (at -0x1.99c3cb987138p-4, -0x1.f8a89a67ea13p-1) of the ULP of the result
 * or of the larger operand, whichever is larger: where the terms cancel, next to exp(x) + exp(y) = 1, the result has
 * fewer right digits. */
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

#if WIDTH == 32
/* In float64: the parts of float32 have too few digits where the terms cancel. */
ALWAYS_INLINE f64 logaddexp_f64(f64 x, f64 y);
ALWAYS_INLINE T f(logaddexp)(T x, T y) { return (T)logaddexp_f64(x, y); }
#else
/* The larger plus log1p(e), where e = exp(the smaller - the larger): all in parts, because they may cancel. */
ALWAYS_INLINE T f(logaddexp)(T x, T y) {
    const T larger = x < y ? y : x, smaller = x < y ? x : y;
    const f(pair) difference = f(two_sum)(smaller, -larger);
    const f(reduced) a = f(reduce_sum)(f(keep_in_range)(difference.hi), difference.hi > -1000 ? difference.lo : 0);
    const f(pair) raw = f(exp_parts)(a), parts = f(quick_two_sum)(raw.hi, raw.lo);
    const f(pair) e = {f(scale)(parts.hi, a.n), f(scale)(parts.lo, a.n)}, u = f(quick_two_sum)(1, e.hi);
    const f(split) b = f(split_normal)(u.hi);
    const f(log_parts) fraction = f(log_fraction)(b.k == 0 ? e.hi : b.m);
    const T c = b.k == 0 ? e.lo : (T)0.5 * (u.lo + e.lo), s = fraction.s;
    const T correction = c - 2 * s * c * (1 - s * (1 - s));
    const f(pair) logarithm = f(add_ln2)(b.k, fraction.hi, fraction.lo + correction);
    const f(pair) sum = f(two_sum)(larger, logarithm.hi);
    const int infinite = f(magnitude)(larger) == (T)INFINITY, unordered = (x != x) | (y != y);
    return unordered ? (T)NAN : infinite ? larger : sum.hi + (sum.lo + logarithm.lo);
}
#endif

UNARY_MOSTLY_ORDINARY(log, T, f(is_ordinary))
UNARY_MOSTLY_ORDINARY(log2, T, f(is_ordinary))
UNARY_MOSTLY_ORDINARY(log10, T, f(is_ordinary))
UNARY_FORMULA(log1p, T)
UNARY_FORMULA(asinh, T)
UNARY_FORMULA(acosh, T)
UNARY_FORMULA(atanh, T)
BINARY_FORMULA(logaddexp, T)

#undef INVERSE_LN2
#undef INVERSE_LN2_LOW
#undef INVERSE_LN10
#undef INVERSE_LN10_LOW
#undef LOG10_2
#undef LOG10_2_LOW
#undef TINY

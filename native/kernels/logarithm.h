/* log and its kin, of one float dtype: template. x = 2^k (1 + m), sqrt(1/2) <= 1 + m < sqrt(2); polynomials in
 * s = m / (2 + m), as log(1 + m) = 2 atanh(s) (natural_float.h).
 *
 * Largest error in ULP and the argument that has it, of float32 and float64 (v2, without fused operations, may differ
 * in the last digit):
 *   log    0.69 at 0x1.677ec2p+0     0.67 at 0x1.65a7c885450ebp+0
 *   log2   0.79 at 0x1.699e76p+0     0.78 at 0x1.696ec0700adcbp+0
 *   log10  0.68 at 0x1.5335f2p+0     0.70 at 0x1.54b6cac7707f7p+0
 *   log1p  0.68 at 0x1.9545c8p-2     0.69 at 0x1.a09a802f2a7adp-2
 *   asinh  0.55 at -0x1.6dd0b8p-2    0.56 at 0x1.6ce143776636cp-2
 *   acosh  0.54 at 0x1.0bc44ep+0     0.54 at 0x1.12d0812cf2addp+0
 *   atanh  0.54 at 0x1.6a6122p-3     0.55 at -0x1.77d4cea3fab8fp-3
 * logaddexp: 0.51 in float32; in float64 0.7 of the larger operand's ULP, which is more than 1 of the result's where
 * the terms cancel: next to exp(x) + exp(y) = 1. */
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

ALWAYS_INLINE T f(log)(T x) {
    const f(split) a = f(split_any)(x);
    const f(log_parts) fraction = f(log_fraction)(a.m);
    const f(pair) sum = f(add_ln2)(a.k, fraction.hi, fraction.lo);
    return f(log_domain)(x, sum.hi + sum.lo);
}

/* k log_b(2) + log(1 + m) / log(b) */
ALWAYS_INLINE T f(log_base)(T x, T two, T two_low, T inverse, T inverse_low) {
    const f(split) a = f(split_any)(x);
    const f(log_parts) fraction = f(log_fraction)(a.m);
    const f(pair) product = f(two_product)(fraction.hi, inverse);
    const f(pair) sum = f(quick_two_sum)(a.k * two, product.hi);
    const T low =
        f(fused)(fraction.lo, inverse, f(fused)(fraction.hi, inverse_low, f(fused)(a.k, two_low, product.lo)));
    return f(log_domain)(x, sum.hi + (sum.lo + low));
}
ALWAYS_INLINE T f(log2)(T x) { return f(log_base)(x, 1, 0, INVERSE_LN2, INVERSE_LN2_LOW); }
ALWAYS_INLINE T f(log10)(T x) { return f(log_base)(x, LOG10_2, LOG10_2_LOW, INVERSE_LN10, INVERSE_LN10_LOW); }

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

UNARY_FORMULA(log, T)
UNARY_FORMULA(log2, T)
UNARY_FORMULA(log10, T)
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

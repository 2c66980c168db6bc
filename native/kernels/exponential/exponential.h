/* exp and its kin, of one float dtype: template. x = n ln 2 + r, |r| <= ln 2 / 2; polynomials in r (natural_float.h).
 *
 * Largest error in ULP and the argument that has it, of float32 and float64 (v2, without fused operations, may differ
 * in the last digit):
 *   exp    0.77 at -0x1.5e0718p+6    0.76 at -0x1.626afeda10fd1p+9    (results that are subnormal; else 0.75)
 *   expm1  0.71 at -0x1.0fb6d8p+4    0.86 at 0x1.75fdbf330cf9ep-2
 *   sinh   0.87 at 0x1.650c18p-2     0.95 at 0x1.79ea744a046bbp-2
 *   cosh   0.78 at 0x1.4cc34cp+2     0.79 at 0x1.5721ba62fa168p+7
 *   tanh   0.58 at 0x1.65caf4p-3     0.74 at 0x1.632b59cdccbffp-3 */

ALWAYS_INLINE T f(exp)(T x) {
    const f(reduced) a = f(reduce)(f(keep_in_range)(x));
    const f(pair) e = f(exp_parts)(a);
    return f(scale)(e.hi + e.lo, a.n);
}
ALWAYS_INLINE T f(exp_ordinary)(T x) {
    const f(reduced) a = f(reduce)(x);
    const f(pair) e = f(exp_parts)(a);
    return (e.hi + e.lo) * f(two_to)(a.n);
}

/* 2^n (1 - 2^-n + expm1(r)) */
ALWAYS_INLINE f(pair) f(expm1_of)(f(reduced) a) {
    const f(pair) shift = f(quick_two_sum)(1, -f(two_to_minus)(a.n));
    return f(expm1_parts)(shift, a.r, f(expm1_terms)(a.r, a.rest));
}
ALWAYS_INLINE T f(expm1)(T x) {
    const f(reduced) a = f(reduce)(f(at_least)(f(keep_in_range)(x), -50));
    const f(pair) e = f(expm1_of)(a);
    return f(with_sign)(f(scale)(e.hi + e.lo, a.n), x);
}
ALWAYS_INLINE T f(expm1_ordinary)(T x) {
    const f(reduced) a = f(reduce)(f(at_least)(x, -50));
    const f(pair) e = f(expm1_of)(a);
    return f(with_sign)((e.hi + e.lo) * f(two_to)(a.n), x);
}

ALWAYS_INLINE T f(sinh)(T x) {
    const f(reduced) a = f(reduce)(f(keep_in_range)(f(magnitude)(x)));
    return f(with_sign)(f(scale)(f(hyperbolic)(a, -1), a.n - 1), x);
}
ALWAYS_INLINE T f(sinh_ordinary)(T x) {
    const f(reduced) a = f(reduce)(f(magnitude)(x));
    return f(with_sign)(f(hyperbolic)(a, -1) * f(two_to)(a.n - 1), x);
}

ALWAYS_INLINE T f(cosh)(T x) {
    const f(reduced) a = f(reduce)(f(keep_in_range)(f(magnitude)(x)));
    return f(scale)(f(hyperbolic)(a, 1), a.n - 1);
}
ALWAYS_INLINE T f(cosh_ordinary)(T x) {
    const f(reduced) a = f(reduce)(f(magnitude)(x));
    return f(hyperbolic)(a, 1) * f(two_to)(a.n - 1);
}

/* (exp(2x) - 1) / (exp(2x) + 1), both times 2^-n; of |x|, from 20 on 1 */
ALWAYS_INLINE T f(tanh)(T x) {
    const f(reduced) a = f(reduce)(2 * f(at_most)(f(magnitude)(x), 20));
    const T d = f(two_to_minus)(a.n);
    const f(pair) terms = f(expm1_terms)(a.r, a.rest);
    const f(pair) above = f(expm1_parts)(f(quick_two_sum)(1, -d), a.r, terms);
    const f(pair) below = f(expm1_parts)(f(quick_two_sum)(1, d), a.r, terms);
    const f(pair) ratio = f(ratio)(f(quick_two_sum)(above.hi, above.lo), f(quick_two_sum)(below.hi, below.lo));
    return f(with_sign)(ratio.hi + ratio.lo, x);
}

UNARY_MOSTLY_ORDINARY(exp, T, f(is_moderate_exponent))
UNARY_MOSTLY_ORDINARY(expm1, T, f(is_moderate_exponent))
UNARY_MOSTLY_ORDINARY(sinh, T, f(is_moderate_exponent))
UNARY_MOSTLY_ORDINARY(cosh, T, f(is_moderate_exponent))
UNARY_FORMULA(tanh, T)

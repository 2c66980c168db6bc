/* Exponentials and logarithms of one float dtype, in parts: the template of exp_log.h. */
#if WIDTH == 32
#define LN2_HIGH 0x1.62e4p-1f /* has so few bits that its products with integers n are exact */
#define LN2_LOW 0x1.7f7d1cp-20f
#define INVERSE_LN2 0x1.715476p+0f
#define EXP_TAIL 0x1.000000p-1f, 0x1.55548ep-3f, 0x1.55545ep-5f, 0x1.123b54p-7f, 0x1.6db41ep-10f
#define EXP_CUBIC 0x1.555556p-3f, 0x1.555480p-5f, 0x1.11107cp-7f, 0x1.6d9686p-10f, 0x1.a1b80cp-13f
#define SINH_TAIL 0x1.555556p-3f, 0x1.1110b2p-7f, 0x1.a16e58p-13f
#define COSH_TAIL 0x1.000000p-1f, 0x1.555482p-5f, 0x1.6d95c4p-10f
#define ATANH_TAIL 0x1.555554p-1f, 0x1.999b3ap-2f, 0x1.240aa4p-2f, 0x1.e9881cp-3f
#define ONE_BITS 0x3f800000u
#define ROOT_HALF_BITS 0x3f3504f3u
#define FRACTION 23
#define FRACTION_ONE 0x1p23f /* joined with a small integer by `or`, its bits are those of their sum */
#define BIAS 127
#define SMALLEST_NORMAL 0x1p-126f
#define EXP_LARGEST 90      /* exp of larger numbers is infinite, */
#define EXP_SMALLEST -104   /* of smaller ones 0 */
#define ASINH_LARGE 0x1p14f /* for larger x, x^2 + 1 is x^2; */
#define ASINH_TINY 0x1p-14f /* for smaller ones asinh(x) is x */
#else
#define LN2_HIGH 0x1.62e42fefa3p-1
#define LN2_LOW 0x1.3de6af278ece6p-42
#define INVERSE_LN2 0x1.71547652b82fep+0
#define EXP_TAIL                                                                                                   \
    0x1.000000000000bp-1, 0x1.5555555555561p-3, 0x1.5555555550030p-5, 0x1.111111110d643p-7, 0x1.6c16c185a7497p-10, \
        0x1.a01a01badf5ebp-13, 0x1.a0199693d6a93p-16, 0x1.71dddfd19623fp-19, 0x1.28b04901fad0cp-22,                \
        0x1.af857fd92d749p-26
#define EXP_CUBIC                                                                                                   \
    0x1.555555555555cp-3, 0x1.555555555555ep-5, 0x1.111111110ebb3p-7, 0x1.6c16c16c13584p-10, 0x1.a01a01b3bb2a0p-13, \
        0x1.a01a01b4563d8p-16, 0x1.71ddef93b3438p-19, 0x1.27e4bf309630ep-22, 0x1.af6ccd0742cc4p-26,                 \
        0x1.1f9ded82606fdp-29
#define SINH_TAIL \
    0x1.5555555555559p-3, 0x1.111111110f7d1p-7, 0x1.a01a01af7fd25p-13, 0x1.71ddf93acd5edp-19, 0x1.af5d4ba72553cp-26
#define COSH_TAIL                                                                                                    \
    0x1.0000000000000p-1, 0x1.555555555555cp-5, 0x1.6c16c16c140f4p-10, 0x1.a01a01b111509p-16, 0x1.27e4c5c3ca916p-22, \
        0x1.1f94422ce42a3p-29
#define ATANH_TAIL                                                                                                \
    0x1.5555555555553p-1, 0x1.999999999abafp-2, 0x1.2492492333eccp-2, 0x1.c71c735eeda50p-3, 0x1.745c9487be4d9p-3, \
        0x1.3b2c0273a7db3p-3, 0x1.0e75ea5f6eaf9p-3, 0x1.16cf6f625193dp-3
#define ONE_BITS 0x3ff0000000000000u
#define ROOT_HALF_BITS 0x3fe6a09e667f3bcdu
#define FRACTION 52
#define FRACTION_ONE 0x1p52
#define BIAS 1023
#define SMALLEST_NORMAL 0x1p-1022
#define EXP_LARGEST 711
#define EXP_SMALLEST -746
#define ASINH_LARGE 0x1p30
#define ASINH_TINY 0x1p-30
#endif
#define FRACTION_MASK (((UNSIGNED_T)1 << FRACTION) - 1)

/* --- exponentials --- */

/* x = n ln 2 + r + rest: n is an integer, |r| <= ln 2 / 2, |rest| at most half a unit in the last place of r. */
typedef struct {
    T n, r, rest;
} f(exp_reduced);

ALWAYS_INLINE f(exp_reduced) f(exp_reduce)(T x) {
    const T rounder = (T)1.5 * FRACTION_ONE;
    const T n = f(fused)(x, INVERSE_LN2, rounder) - rounder;
    const T high = f(fused)(n, -LN2_HIGH, x), r = f(fused)(n, -LN2_LOW, high);
    return (f(exp_reduced)){n, r, f(fused)(n, -LN2_LOW, high - r)};
}

/* The same for x + rest. */
ALWAYS_INLINE f(exp_reduced) f(exp_reduce_sum)(T x, T rest) {
    const f(exp_reduced) a = f(exp_reduce)(x);
    const f(pair) r = f(two_sum)(a.r, rest);
    return (f(exp_reduced)){a.n, r.hi, a.rest + r.lo};
}

ALWAYS_INLINE T f(clamp_exponent)(T x) { return f(at_least)(f(at_most)(x, EXP_LARGEST), EXP_SMALLEST); }

/* Negative unless exp(x), half of it and 2^n are normal numbers: what a loop can collect by `or`. */
ALWAYS_INLINE SIGNED_T f(sign_if_extreme)(T x) {
    return (SIGNED_T)(f(bits)((T)EXP_LARGEST - 5) - f(bits)(f(magnitude)(x)));
}

/* exp(r + rest) - 1 - r. */
ALWAYS_INLINE T f(exp_rest)(T r, T rest) { return f(fused)(r * r, POLYNOMIAL(r, EXP_TAIL), rest); }

/* exp(x) without its factor 2^n, a number near 1, in two parts; lo is up to 0.07. */
ALWAYS_INLINE f(pair) f(exp_parts)(f(exp_reduced) a) {
    const f(pair) sum = f(quick_two_sum)(1, a.r);
    return (f(pair)){sum.hi, sum.lo + f(exp_rest)(a.r, a.rest)};
}

/* exp(r + rest) - 1 - r in two parts: r^2 / 2, and the further terms. */
ALWAYS_INLINE f(pair) f(expm1_terms)(T r, T rest) {
    const f(pair) square = f(two_product)((T)0.5 * r, r);
    return (f(pair)){square.hi, f(fused)(r * (2 * square.hi), POLYNOMIAL(r, EXP_CUBIC), rest + square.lo)};
}

/* shift + exp(r + rest) - 1 in two parts, where |shift| >= |r|, or shift = 0; lo is up to 0.01. */
ALWAYS_INLINE f(pair) f(expm1_parts)(f(pair) shift, T r, f(pair) terms) {
    const f(pair) first = f(quick_two_sum)(shift.hi, r), second = f(quick_two_sum)(first.hi, terms.hi);
    return (f(pair)){second.hi, first.lo + second.lo + (shift.lo + terms.lo)};
}

/* 2^-n for n >= -100; for n > 60 it is 2^-60, which changes no number near 1 when added. */
ALWAYS_INLINE T f(two_to_minus)(T n) { return f(two_to)(-f(at_most)(n, 60)); }

/* cosh(x) and sinh(x) for 0 <= x, without their factor 2^(n - 1): with d = 4^-n they are
 * (1 + d) cosh(r) + (1 - d) sinh(r) and (1 - d) cosh(r) + (1 + d) sinh(r), whatever the sign of r. */
ALWAYS_INLINE f(pair) f(hyperbolic_sum)(f(exp_reduced) a, T sign) {
    const T d = f(two_to_minus)(2 * a.n), z = a.r * a.r;
    const T c = z * POLYNOMIAL(z, COSH_TAIL), s = f(fused)(a.r * z, POLYNOMIAL(z, SINH_TAIL), a.rest);
    const f(pair) even = f(quick_two_sum)(1, sign * d), odd = f(quick_two_sum)(1, -sign * d);
    const f(pair) linear = f(quick_two_sum)(a.r, -sign * (d * a.r)), sum = f(quick_two_sum)(even.hi, linear.hi);
    const T rest = f(fused)(odd.hi, s, sum.lo + (linear.lo + even.lo)); /* small terms first */
    return (f(pair)){sum.hi, f(fused)(even.hi, c, rest)};
}
ALWAYS_INLINE T f(hyperbolic)(f(exp_reduced) a, T sign) {
    const f(pair) sum = f(hyperbolic_sum)(a, sign);
    return sum.hi + sum.lo;
}
ALWAYS_INLINE f(pair) f(hyperbolic_parts)(f(exp_reduced) a, T sign) {
    const f(pair) sum = f(hyperbolic_sum)(a, sign);
    return f(quick_two_sum)(sum.hi, sum.lo);
}

/* --- logarithms --- */

/* x = 2^k (1 + m), sqrt(1/2) <= 1 + m < sqrt(2): for positive finite normal x. */
typedef struct {
    T k, m;
} f(split);

ALWAYS_INLINE f(split) f(split_normal)(T x) {
    const UNSIGNED_T bits = f(bits)(x) + (ONE_BITS - ROOT_HALF_BITS);
    const T k = f(from_bits)((bits >> FRACTION) | f(bits)(FRACTION_ONE)) - (FRACTION_ONE + BIAS);
    return (f(split)){k, f(from_bits)((bits & FRACTION_MASK) + ROOT_HALF_BITS) - 1};
}
ALWAYS_INLINE f(split) f(split_any)(T x) {
    const bool tiny = x < SMALLEST_NORMAL;
    f(split) a = f(split_normal)(tiny ? x * FRACTION_ONE : x);
    a.k -= tiny ? (T)FRACTION : (T)0;
    return a;
}

/* log(1 + m), with s = m / (2 + m), as m - m^2/2 + s (m^2/2 + 2 (atanh(s) - s) / s). lo is up to 0.02. */
typedef struct {
    T hi, lo, s;
} f(log_parts);

ALWAYS_INLINE f(log_parts) f(log_fraction)(T m) {
    const T s = m / (2 + m), z = s * s, half = (T)0.5 * m * m;
    const f(pair) sum = f(quick_two_sum)(m, -half);
    return (f(log_parts)){sum.hi, f(fused)(s, f(fused)(z, POLYNOMIAL(z, ATANH_TAIL), half), sum.lo), s};
}

/* k ln 2 + hi + lo, in two parts. */
ALWAYS_INLINE f(pair) f(add_ln2)(T k, T hi, T lo) {
    const f(pair) sum = f(quick_two_sum)(k * LN2_HIGH, hi);
    return (f(pair)){sum.hi, f(fused)(k, LN2_LOW, sum.lo + lo)};
}

/* k ln 2 + 2 atanh(s), where |s| < 0.19. */
ALWAYS_INLINE f(pair) f(add_atanh)(T k, f(pair) s) {
    const T z = s.hi * s.hi;
    return f(add_ln2)(k, 2 * s.hi, f(fused)(s.hi * z, POLYNOMIAL(z, ATANH_TAIL), 2 * s.lo));
}

/* Negative unless x is positive, finite and normal: what a loop can collect by `or`. */
ALWAYS_INLINE SIGNED_T f(sign_if_unusual)(T x) {
    return (SIGNED_T)((f(bits)(x) - f(bits)(SMALLEST_NORMAL)) | (f(bits)((T)INFINITY) - 1 - f(bits)(x)));
}

/* `result` for positive finite x; else what every logarithm gives. */
ALWAYS_INLINE T f(log_domain)(T x, T result) {
    const T outside = x == 0 ? -(T)INFINITY : x < 0 ? (T)NAN : x;
    const bool inside = (x > 0) & (x < (T)INFINITY);
    return inside ? result : outside;
}

/* log(1 + x + rest) = log u + c / (1 + m), where u = 2^k (1 + m) is 1 + x rounded, and c is what that misses, scaled.
 * Where k = 0, m is x and c is rest. */
ALWAYS_INLINE f(pair) f(log1p_parts)(T x, T rest) {
    const f(pair) u = f(two_sum)(1, x);
    const f(split) a = f(split_normal)(u.hi);
    const f(log_parts) fraction = f(log_fraction)(a.k == 0 ? x : a.m);
    const T c = a.k == 0 ? rest : (u.lo + rest) * f(two_to)(-f(at_most)(a.k, 100)), s = fraction.s;
    const T correction = c - 2 * s * c * (1 - s * (1 - s));
    return f(add_ln2)(a.k, fraction.hi, fraction.lo + correction);
}
ALWAYS_INLINE T f(log1p)(T x) {
    const f(pair) sum = f(log1p_parts)(x, 0);
    return f(with_sign)(f(log_domain)(1 + x, sum.hi + sum.lo), x);
}

/* asinh(x) for x >= 0 (sign = 1) and acosh(x) for x >= 1 (sign = -1): log(x + sqrt(x^2 + sign)). With x + root = 2^k (1
 * + m) it is k ln 2 + 2 atanh(s), s = m / (2 + m); where k = 0, s is x / (1 + root) for asinh and root / (x + 1) for
 * acosh. */
ALWAYS_INLINE T f(inverse_hyperbolic)(T x, T sign) {
    const bool huge = x > ASINH_LARGE;
    f(pair) square = f(two_product)(x, x);
    const f(pair) under = f(two_sum)(square.hi, sign);
    const T root = huge ? x : __builtin_elementwise_sqrt(under.hi), product = root * root;
    const T miss = (under.hi - product) - f(product_error)(root, root, product) + (under.lo + square.lo);
    const bool exact = huge | (root == 0);
    const T root_rest = exact ? 0 : miss / (2 * root);
    const f(pair) y = f(two_sum)((T)0.5 * x, (T)0.5 * root);
    const f(split) a = f(split_normal)(y.hi);
    const T k = a.k + 1, c = (y.lo + (T)0.5 * root_rest) * f(two_to)(-f(at_most)(a.k, 100));
    const bool near = k == 0;
    const T odd = sign > 0 ? x : root, odd_rest = sign > 0 ? 0 : root_rest;
    const T even = sign > 0 ? root : x, even_rest = sign > 0 ? root_rest : 0;
    const f(pair) one_more = f(two_sum)(1, even), two_more = f(quick_two_sum)(2, a.m);
    const f(pair) above = f(quick_two_sum)(near ? odd : a.m, near ? odd_rest : c);
    const f(pair) below = {near ? one_more.hi : two_more.hi, near ? one_more.lo + even_rest : two_more.lo + c};
    const f(pair) sum = f(add_atanh)(k, f(ratio)(above, below));
    return sum.hi + sum.lo;
}

ALWAYS_INLINE T f(asinh)(T a) {
    const T x = f(magnitude)(a), result = x < (T)INFINITY ? f(inverse_hyperbolic)(x, 1) : x;
    return x < ASINH_TINY ? a : f(with_sign)(result, a);
}

#undef LN2_HIGH
#undef LN2_LOW
#undef INVERSE_LN2
#undef EXP_TAIL
#undef EXP_CUBIC
#undef ATANH_TAIL
#undef ONE_BITS
#undef ROOT_HALF_BITS
#undef FRACTION
#undef FRACTION_ONE
#undef FRACTION_MASK
#undef BIAS
#undef SMALLEST_NORMAL
#undef EXP_LARGEST
#undef EXP_SMALLEST
#undef ASINH_LARGE
#undef ASINH_TINY
#undef SINH_TAIL
#undef COSH_TAIL

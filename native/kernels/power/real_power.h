/* Powers of one float dtype by logarithm and exponential, whatever the exponent: template, a part of power.h.
 *
 * Formula: 2^(y log2 x) in float64 for float32; exp(y log x) with log x in two parts for float64. Largest error in ULP:
 * 0.51 in float32 (at 0x1.1ff984p+3, -0x1.08304ap+4), 0.92 in float64 (at 0x1.6aea58f6d7fcbp-1, 0x1.d70973ee05021p+10).
 * Coefficients: native/tools/polynomials.py. Where registers hold tables and base and power are normal numbers,
 * float32 comes from by_tables.h (0.55 at 0x1.07f066p+0, -0x1.2d9144p+11) and float64 from by_long_tables.h (0.78 at
 * 0x1.b40820e02659fp+1, -0x1.2121bbfed5d5ap+9). */
#include "kernels/formulas/exp_log.h"

#if WIDTH == 32

/* 2^(y log2 x) in float64. */
ALWAYS_INLINE T f(power_of_size)(T x, T y) {
    const split_f64 a = split_normal_f64(x);
    const f64 s = a.m / (2 + a.m), z = s * s;
    const f64 series = polynomial_f64(z,
                                      (const f64[]){0x1.555555577f069p-1, 0x1.999992ee0283ap-2, 0x1.24959aa989525p-2,
                                                    0x1.c5adb61b430a5p-3, 0x1.97e94532f874ep-3},
                                      5);
    const f64 log2 = fused_f64(s * 0x1.71547652b82fep+0, fused_f64(z, series, 2), a.k);
    const f64 infinite = x == 0 ? -INFINITY : (f64)INFINITY;
    const int moderate = (x > 0) & (x < (T)INFINITY);
    const f64 factor = at_least_f64(at_most_f64(y, 0x1p60), -0x1p60);
    const f64 exponent = at_least_f64(at_most_f64(factor * (moderate ? log2 : infinite), 160), -160);
    const f64 n = (exponent + 0x1.8p52) - 0x1.8p52, r = (exponent - n) * 0x1.62e42fefa39efp-1;
    const f64 tail = polynomial_f64(r,
                                    (const f64[]){0x1.00000042ed82cp-1, 0x1.5555559803b21p-3, 0x1.55548054812c6p-5,
                                                  0x1.11107cead42e9p-7, 0x1.6d9685dfdb8ccp-10, 0x1.a1b80b3a6712ap-13},
                                    6);
    return (T)((1 + fused_f64(r * r, tail, r)) * two_to_f64(n));
}

#else

/* log x of a positive finite x, to about 2^-65: s = m / (2 + m), and the large terms of 2 atanh(s) = 2 s + s^3 (2/3 +
 * ...) are computed in two parts, because the error of the logarithm is multiplied by up to 2^10. */
ALWAYS_INLINE f(pair) f(sharp_log)(T x) {
    const f(split) a = f(split_any)(x);
    const f(pair) one_more = f(quick_two_sum)(2, a.m), s = f(ratio)((f(pair)){a.m, 0}, one_more);
    f(pair) z = f(two_product)(s.hi, s.hi);
    z.lo += 2 * s.hi * s.lo;
    const T tail =
        z.hi * POLYNOMIAL(z.hi, 0x1.9999999999b09p-2, 0x1.249249245ba14p-2, 0x1.c71c7228d35f3p-3, 0x1.745ceb4580472p-3,
                          0x1.3b1eb2b61beccp-3, 0x1.0f84a9bd13ed0p-3, 0x1.0e1a1e4eb2a08p-3);
    const f(pair) series = f(quick_two_sum)(0x1.5555555555555p-1, tail);
    f(pair) w = f(two_product)(z.hi, series.hi);
    w.lo += z.hi * (series.lo + (0x1.5555555555555p-55 + 0.4 * z.lo)) + z.lo * series.hi;
    f(pair) cubic = f(two_product)(s.hi, w.hi);
    cubic.lo += s.hi * w.lo + s.lo * w.hi;
    const f(pair) sum = f(quick_two_sum)(2 * s.hi, cubic.hi);
    const f(pair) all = f(add_ln2)(a.k, sum.hi, sum.lo + (cubic.lo + 2 * s.lo));
    return f(quick_two_sum)(all.hi, all.lo);
}

/* exp(y log x). */
ALWAYS_INLINE T f(power_of_size)(T x, T y) {
    const f(pair) logarithm = f(sharp_log)(x);
    const T infinite = x == 0 ? -(T)INFINITY : (T)INFINITY;
    const int moderate = (x > 0) & (x < (T)INFINITY);
    const T factor = f(at_least)(f(at_most)(y, 0x1p70), -0x1p70);
    const f(pair) product = f(two_product)(factor, logarithm.hi);
    const T exponent = moderate ? product.hi : factor * infinite;
    const int fits = (exponent > -800) & (exponent < 800);
    const T rest = fits ? f(fused)(factor, logarithm.lo, product.lo) : 0;
    const f(exp_reduced) a = f(exp_reduce_sum)(f(clamp_exponent)(exponent), rest);
    const f(pair) e = f(exp_parts)(a);
    return f(scale)(e.hi + e.lo, a.n);
}

#endif

/* The sign of a power of size `power`, or nan. Numbers beyond 2^53 are even. */
ALWAYS_INLINE T f(with_base)(T power, T x, T y) {
    const T half = (T)0.5 * y;
    const int whole = __builtin_elementwise_trunc(y) == y, odd = whole & (__builtin_elementwise_trunc(half) != half);
    const T signed_power = odd ? f(with_sign)(power, x) : power;
    const int none = (x < 0) & (x > -(T)INFINITY) & !whole;
    return none ? (T)NAN : signed_power;
}

/* Signs, and where the result is 1 or nan. */
ALWAYS_INLINE T f(real_power)(T x, T y) {
    const T power = f(with_base)(f(power_of_size)(f(magnitude)(x), y), x, y);
    const int one = (y == 0) | (x == 1), none = (x != x) | (y != y);
    return one ? 1 : none ? (T)NAN : power;
}

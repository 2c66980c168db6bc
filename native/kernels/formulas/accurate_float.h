/* Accurate arithmetic of one float dtype: the template of accurate.h. */
#if WIDTH == 32
#define FRACTION 23 /* bits */
#define BIAS 127
#define ROUNDER 0x1.8p23f
#else
#define FRACTION 52
#define BIAS 1023
#define ROUNDER 0x1.8p52
#endif

/* A number hi + lo. |lo| is at most half a unit in the last place of hi, unless said otherwise. */
typedef struct {
    T hi, lo;
} f(pair);

ALWAYS_INLINE UNSIGNED_T f(bits)(T x) {
    UNSIGNED_T bits;
    memcpy(&bits, &x, sizeof x);
    return bits;
}
ALWAYS_INLINE T f(from_bits)(UNSIGNED_T bits) {
    T x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* nan stays nan. */
ALWAYS_INLINE T f(at_most)(T x, T limit) { return limit < x ? limit : x; }
ALWAYS_INLINE T f(at_least)(T x, T limit) { return limit > x ? limit : x; }
ALWAYS_INLINE T f(magnitude)(T x) { return __builtin_elementwise_abs(x); }
ALWAYS_INLINE T f(with_sign)(T x, T sign) { return __builtin_elementwise_copysign(x, sign); }

/* a b + c, rounded once where the instruction set can do that, else twice: for terms whose own error does not count. */
ALWAYS_INLINE T f(fused)(T a, T b, T c) {
#if HAS_FUSED
    return __builtin_elementwise_fma(a, b, c);
#else
    return a * b + c;
#endif
}

/* c[0] + c[1] x + ..., at most 32 of them: neighbours are put together, then their neighbours with x^2, x^4 (G. Estrin,
 * 1960), because the longest chain of dependent operations limits the speed, not their number. */
ALWAYS_INLINE T f(polynomial)(T x, const T *c, int count) {
    T sums[32];
#pragma clang loop unroll(full)
    for (int i = 0; i < count; i++) sums[i] = c[i];
#pragma clang loop unroll(full)
    for (int level = 0; level < 5; level++) {
        const int left = (count + (1 << level) - 1) >> level;
#pragma clang loop unroll(full)
        for (int i = 0; i < left / 2; i++) sums[i] = f(fused)(sums[2 * i + 1], x, sums[2 * i]);
        if (left % 2 == 1) sums[left / 2] = sums[left - 1];
        x *= x;
    }
    return sums[0];
}

/* a + b, exactly. The quick form is for |a| >= |b|, or a = 0. */
ALWAYS_INLINE f(pair) f(two_sum)(T a, T b) {
    const T sum = a + b, part = sum - a;
    return (f(pair)){sum, (a - (sum - part)) + (b - part)};
}
ALWAYS_INLINE f(pair) f(quick_two_sum)(T a, T b) {
    const T sum = a + b;
    return (f(pair)){sum, (a - sum) + b};
}

/* a b - p, exactly, where p is the rounded product, unless the result is subnormal. Without fused operations: float32
 * in float64, float64 split into halves (T. J. Dekker, 1971), for factors below 2^996. */
ALWAYS_INLINE T f(product_error)(T a, T b, T p) {
#if HAS_FUSED
    return __builtin_elementwise_fma(a, b, -p);
#elif WIDTH == 32
    return (f32)((f64)a * b - p);
#else
    const f64 x = 0x1.0000002p27 * a, y = 0x1.0000002p27 * b;
    const f64 ah = x - (x - a), bh = y - (y - b), al = a - ah, bl = b - bh;
    return ((ah * bh - p) + ah * bl + al * bh) + al * bl;
#endif
}
ALWAYS_INLINE f(pair) f(two_product)(T a, T b) {
    const T product = a * b;
    return (f(pair)){product, f(product_error)(a, b, product)};
}

/* a / b of two pairs, with one division. */
ALWAYS_INLINE f(pair) f(ratio)(f(pair) a, f(pair) b) {
    const T inverse = 1 / b.hi, ratio = a.hi * inverse;
#if HAS_FUSED
    const T miss = f(fused)(-ratio, b.hi, a.hi) + f(fused)(-ratio, b.lo, a.lo);
#else
    const T product = ratio * b.hi;
    const T miss = (a.hi - product) - f(product_error)(ratio, b.hi, product) + (a.lo - ratio * b.lo);
#endif
    return (f(pair)){ratio, miss * inverse};
}

/* 2^n for an integer n, where that is a normal number. */
ALWAYS_INLINE T f(two_to)(T n) { return f(from_bits)(f(bits)(n + (ROUNDER + BIAS)) << FRACTION); }

/* x 2^n, rounded once, for an integer n whose size is at most twice the largest exponent. */
ALWAYS_INLINE T f(scale)(T x, T n) {
    const T shifted = f(fused)(n, (T)0.5, ROUNDER + BIAS), half = shifted - (ROUNDER + BIAS);
    return x * f(from_bits)(f(bits)(shifted) << FRACTION) * f(two_to)(n - half);
}

#undef FRACTION
#undef BIAS
#undef ROUNDER

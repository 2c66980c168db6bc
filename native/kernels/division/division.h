/* Division of one real dtype: template. Quotients and reciprocals are rounded once. floor_divide and remainder agree:
 * a = b * floor_divide(a, b) + remainder(a, b), and the remainder has the sign of b. Both are exact, but for the last
 * rounding: of floats the floor of the exact quotient, and the exact remainder. */
#include "kernels/formulas/accurate.h"
#include "kernels/loops/blocks.h"

#if defined(IS_INTEGER)

/* Divided by zero both are 0; the lowest integer divided by -1 wraps to itself, remainder 0. */

#if WIDTH < 64
/* floor((a + 1/2) / b), or - 1/2 where b < 0, in floats, by the reciprocal of b, which is computed once where all
 * elements share b. The half keeps the quotient 1 / (2 |b|) away from all integers, which is more than the two
 * roundings can move it while |a| < 2^22 (2^50 in float64). Divisors 0 and -1 (which may overflow) are left to the
 * integers. */
ALWAYS_INLINE T f(floor_divide)(T a, T b) {
#if WIDTH == 32
    typedef f64 quotient;
    typedef T whole;
#else
    typedef f32 quotient;
    typedef i32 whole;
#endif
#if defined(IS_SIGNED)
    const int exceptional = b == 0 || b == -1;
    const T instead = (T)(0 - (UNSIGNED_T)(b == 0 ? 0 : a));
    const quotient half = b < 0 ? (quotient)-0.5 : (quotient)0.5;
#else
    const int exceptional = b == 0;
    const T instead = 0;
    const quotient half = (quotient)0.5;
#endif
    const quotient reciprocal = 1 / (quotient)(exceptional ? 1 : b);
    const quotient q = ((quotient)a + (exceptional ? 0 : half)) * reciprocal;
    return exceptional ? instead : (T)(whole)__builtin_elementwise_floor(q);
}
ALWAYS_INLINE T f(remainder)(T a, T b) {
    const UNSIGNED_T product = (UNSIGNED_T)f(floor_divide)(a, b) * (1u * (UNSIGNED_T)b);
    return b == 0 ? 0 : (T)((UNSIGNED_T)a - product);
}

BINARY_GATHERED(floor_divide, T)
BINARY_GATHERED(remainder, T)
#else
/* Between -2^49 and 2^49 in float64, as above; elsewhere the processor divides. Integers become floats and floats
 * integers by the bits of 1.5 * 2^52, whose last bit counts ones. */
#define ANCHOR 0x1.8p52
ALWAYS_INLINE f64 f(as_float)(T a) {
    const f64 anchor = ANCHOR;
    u64 bits;
    memcpy(&bits, &anchor, sizeof bits);
    bits += (u64)a;
    f64 sum;
    memcpy(&sum, &bits, sizeof sum);
    return sum - anchor;
}
ALWAYS_INLINE T f(from_float)(f64 a) {
    const f64 anchor = ANCHOR, sum = a + anchor;
    u64 bits, zero;
    memcpy(&bits, &sum, sizeof bits);
    memcpy(&zero, &anchor, sizeof zero);
    return (T)(bits - zero);
}
#undef ANCHOR

ALWAYS_INLINE int f(is_small)(T a) {
#if defined(IS_SIGNED)
    return (u64)a + ((u64)1 << 49) < (u64)1 << 50;
#else
    return a < (u64)1 << 49;
#endif
}
ALWAYS_INLINE f64 f(small_quotient)(f64 x, f64 y) {
    const f64 half = y < 0 ? -0.5 : 0.5;
    return __builtin_elementwise_floor((x + half) * (1 / y));
}
ALWAYS_INLINE void f(floor_divide_fast)(T *out, const T *a, const T *b) {
    const f64 x = f(as_float)(*a), y = f(as_float)(*b == 0 ? 1 : *b);
    const T quotient = f(from_float)(f(small_quotient)(x, y));
    *out = *b == 0 ? 0 : quotient;
}
ALWAYS_INLINE void f(remainder_fast)(T *out, const T *a, const T *b) {
    const f64 x = f(as_float)(*a), y = f(as_float)(*b == 0 ? 1 : *b);
    const T rest = f(from_float)(x - f(small_quotient)(x, y) * y);
    *out = *b == 0 ? 0 : rest;
}

ALWAYS_INLINE void f(floor_divide_careful)(T *out, const T *a, const T *b) {
#if defined(IS_SIGNED)
    const T quotient = *b == 0 ? 0 : *b == -1 ? (T)(0 - (u64)*a) : *a / *b;
    *out = *b != 0 && *b != -1 && quotient * *b != *a && (*a < 0) != (*b < 0) ? quotient - 1 : quotient;
#else
    *out = *b == 0 ? 0 : *a / *b;
#endif
}
ALWAYS_INLINE void f(remainder_careful)(T *out, const T *a, const T *b) {
#if defined(IS_SIGNED)
    const T rest = *b == 0 || *b == -1 ? 0 : *a % *b;
    *out = rest != 0 && (rest < 0) != (*b < 0) ? rest + *b : rest;
#else
    *out = *b == 0 ? 0 : *a % *b;
#endif
}

ALWAYS_INLINE int f(floor_divide_in_range)(const T *a, const T *b) { return f(is_small)(*a) & f(is_small)(*b); }
ALWAYS_INLINE int f(remainder_in_range)(const T *a, const T *b) { return f(is_small)(*a) & f(is_small)(*b); }

BINARY_GUARDED(floor_divide, T)
BINARY_GUARDED(remainder, T)
#endif

#else

ALWAYS_INLINE T f(divide)(T a, T b) { return a / b; }
ALWAYS_INLINE T f(reciprocal)(T a) { return 1 / a; }
BINARY(divide, T)
UNARY(reciprocal, T)

/* For all operands: the exact remainder (fmod), moved to the side of b as Python and NumPy do. */
ALWAYS_INLINE T f(truncated_remainder)(T a, T b) { return sizeof(T) == 4 ? (T)fmodf((f32)a, (f32)b) : (T)fmod(a, b); }

ALWAYS_INLINE void f(remainder_careful)(T *out, const T *a, const T *b) {
    const T rest = f(truncated_remainder)(*a, *b);
    if (rest == 0)
        *out = (T)copysign(0, *b);
    else
        *out = (rest < 0) != (*b < 0) ? rest + *b : rest;
}
/* n, the integer next to the quotient, or n - 1: the sign of a - n * b, which is computed exactly, decides. Quotients
 * beyond 2^24 (2^53) are integers already; those of infinities, zeros and nan are what the standard wants. */
ALWAYS_INLINE void f(floor_divide_careful)(T *out, const T *a, const T *b) {
    const T ratio = *a / *b, digits = sizeof(T) == 4 ? (T)0x1p24 : (T)0x1p53;
    if (!(__builtin_elementwise_abs(ratio) <= digits) || isinf(*b)) {
        *out = ratio;
        return;
    }
    const f64 scale = __builtin_elementwise_abs(*a) < (T)0x1p100 ? 1 : 0x1p-100; /* so that no product overflows */
    const f64 n = rint(ratio), x = *a * scale, y = *b * scale, product = n * y;
    const f64 rest = (x - product) - product_error_f64(n, y, product);
    const T quotient = (T)(rest != 0 && (rest < 0) != (*b < 0) ? n - 1 : n);
    *out = quotient == 0 ? (T)copysign(0, ratio) : quotient;
}

#if WIDTH == 32
/* In float64. A quotient of two float32 below 2^21 that is not an integer is too far from the next one to be rounded to
 * it, and the product of its floor and b is exact. */
ALWAYS_INLINE f64 f(wide_ratio)(const T *a, const T *b) { return (f64)*a / (f64)*b; }
ALWAYS_INLINE void f(floor_divide_fast)(T *out, const T *a, const T *b) {
    *out = (T)__builtin_elementwise_floor(f(wide_ratio)(a, b));
}
ALWAYS_INLINE int f(floor_divide_in_range)(const T *a, const T *b) {
    const f64 size = __builtin_elementwise_abs(f(wide_ratio)(a, b));
    return (size < 0x1p21) | !(size < INFINITY);
}
ALWAYS_INLINE void f(remainder_fast)(T *out, const T *a, const T *b) {
    const f64 rest = *a - __builtin_elementwise_floor(f(wide_ratio)(a, b)) * *b;
    *out = (T)(rest == 0 ? __builtin_copysign(0.0, *b) : rest);
}
ALWAYS_INLINE int f(remainder_in_range)(const T *a, const T *b) {
    return (__builtin_elementwise_abs(f(wide_ratio)(a, b)) < 0x1p21) & (__builtin_elementwise_abs(*b) < INFINITY);
}
#else
/* a - n * b, where n is the integer next to a / b, below 2^24, and b = high + low, of 26 and 27 bits: n * high and n *
 * low are exact, and so are both differences, because a - n * b is at most about b / 2. */
ALWAYS_INLINE f64 f(nearest_remainder)(f64 a, f64 b, f64 n) {
    u64 bits;
    memcpy(&bits, &b, sizeof bits);
    bits &= ~(((u64)1 << 27) - 1);
    f64 high;
    memcpy(&high, &bits, sizeof high);
    return (a - n * high) - n * (b - high);
}
ALWAYS_INLINE void f(floor_divide_fast)(T *out, const T *a, const T *b) {
    const f64 n = __builtin_elementwise_rint(*a / *b), rest = f(nearest_remainder)(*a, *b, n);
    *out = rest != 0 && (rest < 0) != (*b < 0) ? n - 1 : n;
}
ALWAYS_INLINE void f(remainder_fast)(T *out, const T *a, const T *b) {
    const f64 n = __builtin_elementwise_rint(*a / *b), rest = f(nearest_remainder)(*a, *b, n);
    const f64 moved = (rest < 0) != (*b < 0) ? rest + *b : rest;
    *out = rest == 0 ? __builtin_copysign(0.0, *b) : moved;
}
/* n * high may not overflow either. */
ALWAYS_INLINE int f(remainder_in_range)(const T *a, const T *b) {
    const f64 size = __builtin_elementwise_abs(*a / *b);
    return (size < 0x1p24) & (__builtin_elementwise_abs(*a) < 0x1p1022) & (__builtin_elementwise_abs(*b) < INFINITY);
}
ALWAYS_INLINE int f(floor_divide_in_range)(const T *a, const T *b) { return f(remainder_in_range)(a, b); }
#endif

BINARY_GUARDED(floor_divide, T)
BINARY_GUARDED(remainder, T)

#endif

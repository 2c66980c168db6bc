/* Powers of one dtype: template. The power 0 of every base is 1. Those of integers are exact modulo 2^bits; those of
 * real numbers are in real_power.h, of complex ones in complex_power.h, with their errors. */
#include "kernels/formulas/accurate.h"
#include "kernels/loops/blocks.h"
#if defined(IS_FLOAT)
#include "kernels/power/real_power.h"
#elif defined(IS_COMPLEX)
#include "kernels/power/complex_power.h"
#endif

#if defined(IS_INTEGER)

/* By repeated squaring, modulo 2^bits, for a whole block at a time. A negative exponent gives the reciprocal without
 * its fraction: of 1 it is 1, of -1 it is 1 or -1, of all others (0 too) it is 0. */
ALWAYS_INLINE void f(power_block)(T *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                  intptr_t count) {
    UNSIGNED_T base[BLOCK], exponent[BLOCK], power[BLOCK], left = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) {
        const T base_of = x[i * dx], exponent_of = y[i * dy];
        UNSIGNED_T a = (UNSIGNED_T)base_of, b = (UNSIGNED_T)exponent_of;
#if defined(IS_SIGNED)
        const UNSIGNED_T odd = b & 1;
        a = exponent_of >= 0 || base_of == 1 || base_of == -1 ? a : 0;
        b = exponent_of >= 0 ? b : (UNSIGNED_T)(2 - odd);
#endif
        base[i] = a;
        exponent[i] = b;
        power[i] = 1;
        left |= b;
    }
    for (; left != 0; left >>= 1) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) {
            const UNSIGNED_T factor = exponent[i] & 1 ? base[i] : 1;
            power[i] = (UNSIGNED_T)(1u * power[i] * factor);
            base[i] = (UNSIGNED_T)(1u * base[i] * base[i]);
            exponent[i] >>= 1;
        }
    }
    memcpy(out, power, count * sizeof(T));
}

#elif defined(IS_FLOAT)

/* Exponents that need no logarithm: their powers are rounded once, and fast where all elements share the exponent. */
ALWAYS_INLINE T f(square_root)(T a) { return a == -(T)INFINITY ? (T)INFINITY : __builtin_elementwise_sqrt(a + 0); }
ALWAYS_INLINE int f(is_exact)(T b) { return (b == 2) | (b == 1) | (b == (T)0.5) | (b == -1); }
static inline T f(power)(T a, T b) {
    if (b == 2) return a * a;
    if (b == 1) return a;
    if (b == (T)0.5) return f(square_root)(a);
    if (b == -1) return 1 / a;
    return f(real_power)(a, b);
}

static void f(power_redo)(T *out, const T *x, const T *y, int dx, int dy, intptr_t count) {
    PLAIN_LOOP
    for (intptr_t i = 0; i < count; i++)
        if (f(is_exact)(y[i * dy])) out[i] = f(power)(x[i * dx], y[i * dy]);
}

ALWAYS_INLINE void f(power_block)(T *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                  intptr_t count) {
    const T b = *y;
    if (dy == 0 && b == 2) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = x[i * dx] * x[i * dx];
    } else if (dy == 0 && b == (T)0.5) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = f(square_root)(x[i * dx]);
    } else if (dy == 0 && b == -1) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = 1 / x[i * dx];
    } else {
        u32 exact = 0;
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) {
            out[i] = f(real_power)(x[i * dx], y[i * dy]);
            exact += f(is_exact)(y[i * dy]);
        }
        if (exact != 0) f(power_redo)(out, x, y, dx, dy, count);
    }
}

#else

/* In complex128 for both dtypes. Squares have the same bits as those of `square`, which the scalar exponent 2 is given
 * to. */
ALWAYS_INLINE void f(power_block)(T *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                  intptr_t count) {
    PLAIN_LOOP
    for (intptr_t i = 0; i < count; i++) {
        const T *a = x + i * dx, *b = y + i * dy;
        if (b->re == 2 && b->im == 0) {
            const PART re = a->re * a->re - a->im * a->im, im = a->re * a->im + a->im * a->re;
            out[i] = (T){re, im};
            continue;
        }
        const c128 power = complex_power((c128){a->re, a->im}, (c128){b->re, b->im});
        out[i].re = (PART)power.re;
        out[i].im = (PART)power.im;
    }
}

#endif

BINARY_BLOCKS(power, T)

/* Powers of one dtype: template. The power 0 of every base is 1. Those of integers are exact modulo 2^bits; those of
 * real numbers are in real_power.h, of complex ones in complex_power.h, with their errors. */
#include "kernels/formulas/accurate.h"
#include "kernels/loops/blocks.h"
#if defined(IS_FLOAT)
#include "kernels/power/by_long_tables.h"
#include "kernels/power/by_tables.h"
#include "kernels/power/real_power.h"
#elif defined(IS_COMPLEX)
#include "kernels/power/complex_power.h"
#endif

#if defined(IS_INTEGER)

/* out = x^b, if that takes few operations. */
static bool f(short_powers)(T *out, const T *x, T b, intptr_t count) {
    if (b != 2 && b != 3) return false;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) {
        const UNSIGNED_T a = (UNSIGNED_T)x[i], square = (UNSIGNED_T)(1u * a * a);
        out[i] = (T)(b == 2 ? square : (UNSIGNED_T)(1u * square * a));
    }
    return true;
}

/* By repeated squaring, modulo 2^bits, for a whole block at a time. A negative exponent gives the reciprocal without
 * its fraction: of 1 it is 1, of -1 it is 1 or -1, of all others (0 too) it is 0. */
ALWAYS_INLINE void f(power_gathered_block)(T *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                           intptr_t count) {
    if (dy == 0 && dx == 1 && f(short_powers)(out, x, *y, count)) return;
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

/* Exponents that need no logarithm: their powers are rounded once (cubes nearly so), and fast where all elements share
 * the exponent. */
ALWAYS_INLINE T f(square_root)(T a) { return a == -(T)INFINITY ? (T)INFINITY : __builtin_elementwise_sqrt(a + 0); }
#define HAS_CUBE (WIDTH == 32 || HAS_FUSED)
ALWAYS_INLINE T f(cube)(T a) {
#if HAS_FUSED /* what the square misses is added */
    const f(pair) square = f(two_product)(a, a);
    const T most = WIDTH == 32 ? (T)0x1p43 : (T)0x1p342; /* whose cube is infinite */
    return f(magnitude)(a) < most ? f(fused)(square.hi, a, square.lo * a) : square.hi * a;
#else
    return (T)((f64)a * a * a);
#endif
}
ALWAYS_INLINE int f(is_short)(T b) { return (b == 2) | (b == 1) | (HAS_CUBE & (b == 3)) | (b == (T)0.5) | (b == -1); }
static inline T f(power)(T a, T b) {
    if (b == 2) return a * a;
    if (b == 1) return a;
    if (HAS_CUBE && b == 3) return f(cube)(a);
    if (b == (T)0.5) return f(square_root)(a);
    if (b == -1) return 1 / a;
    return f(real_power)(a, b);
}

/* out = x^b, if that takes few operations. */
static bool f(short_powers)(T *out, const T *x, T b, intptr_t count) {
    if (b == 2) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = x[i] * x[i];
    } else if (HAS_CUBE && b == 3) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = f(cube)(x[i]);
    } else if (b == (T)0.5) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = f(square_root)(x[i]);
    } else if (b == -1) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = 1 / x[i];
    } else {
        return false;
    }
    return true;
}

static void f(power_redo)(T *out, const T *x, const T *y, int dx, int dy, intptr_t count) {
    u32 any = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) any |= f(is_short)(y[i * dy]);
    if (any == 0) return;
    PLAIN_LOOP
    for (intptr_t i = 0; i < count; i++)
        if (f(is_short)(y[i * dy])) out[i] = f(power)(x[i * dx], y[i * dy]);
}

#if WIDTH == 32
#define LARGEST 125 /* binary exponent, */
#define LANE_COUNT LANES
#else
#define LARGEST 708 /* natural exponent of a power that is surely a normal number */
#define LANE_COUNT LONG_LANES
#endif

#if HAS_TABLES

/* Negative unless the size of x and that of the result are normal numbers. */
ALWAYS_INLINE SIGNED_T f(sign_if_careful)(T x, T exponent) {
    return f(sign_if_unusual)(f(magnitude)(x)) | (SIGNED_T)(f(bits)(LARGEST) - f(bits)(f(magnitude)(exponent)));
}

/* The powers of one block by tables, and those that are not right so, again by real_power. Of a negative base the power
 * has a sign where the exponent is odd, and is nan where it is not whole. */
ALWAYS_INLINE void f(long_power_block)(T *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                       intptr_t count) {
    T bases[BLOCK], exponents[BLOCK], powers[BLOCK], rests[BLOCK], y_room[BLOCK];
    SIGNED_T careful = 0, negative = 0;
    const bool whole = count == BLOCK;
    if (whole) {
        for (intptr_t i = 0; i < BLOCK; i += LANE_COUNT)
            f(power_exponents)(exponents + i, rests + i, x + i * dx, y + i * dy, dx, dy);
    } else {
        for (intptr_t i = 0; i < count + LANE_COUNT - 1 && i < BLOCK; i++) {
            bases[i] = x[MINIMUM(i, count - 1) * dx];
            y_room[i] = y[MINIMUM(i, count - 1) * dy];
        }
        for (intptr_t i = 0; i < count; i += LANE_COUNT)
            f(power_exponents)(exponents + i, rests + i, bases + i, y_room + i, 1, 1);
    }
    for (intptr_t i = 0; i < count; i += LANE_COUNT)
        f(power_of_exponents)((whole ? out : powers) + i, exponents + i, rests + i);
    if (!whole) memcpy(out, powers, count * sizeof(T));
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) {
        careful |= f(sign_if_careful)(x[i * dx], exponents[i]);
        negative |= (SIGNED_T)f(bits)(x[i * dx]);
    }
    if (careful < 0) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) {
            const T again = f(real_power)(x[i * dx], y[i * dy]);
            out[i] = f(sign_if_careful)(x[i * dx], exponents[i]) < 0 ? again : out[i];
        }
    }
    if (negative < 0) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) {
            const T with_base = f(with_base)(out[i], x[i * dx], y[i * dy]);
            out[i] = f(sign_if_careful)(x[i * dx], exponents[i]) < 0 ? out[i] : with_base;
        }
    }
}

#else

ALWAYS_INLINE void f(long_power_block)(T *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                       intptr_t count) {
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) out[i] = f(real_power)(x[i * dx], y[i * dy]);
}

#endif

#undef LARGEST
#undef LANE_COUNT

ALWAYS_INLINE void f(power_gathered_block)(T *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                           intptr_t count) {
    if (dy == 0 && dx == 1 && f(short_powers)(out, x, *y, count)) return;
    f(long_power_block)(out, x, y, dx, dy, count);
    UNSIGNED_T least = 1; /* of the fractions without their first bit, which all short exponents have 0 */
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) least = MINIMUM(least, f(bits)(y[i * dy]) << (WIDTH == 32 ? 10 : 13));
    if (least == 0) f(power_redo)(out, x, y, dx, dy, count);
}

#undef HAS_CUBE

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

#if defined(IS_COMPLEX)
BINARY_BLOCKS(power, T)
#else

BINARY_BLOCKS(power_gathered, T)

/* Rows that share a short exponent go without blocks. */
void KERNEL(power)(const tile *t) {
    if (t->step[0] != sizeof(T) || t->step[1] != sizeof(T) || t->step[2] != 0) {
        KERNEL(power_gathered)(t);
        return;
    }
    for (intptr_t row = 0; row < t->rows; row++) {
        char *out = t->data[0] + row * t->row_step[0], *x = t->data[1] + row * t->row_step[1];
        char *y = t->data[2] + row * t->row_step[2];
        if (f(short_powers)((T *)out, (const T *)x, *(const T *)y, t->columns)) continue;
        const tile rest = {1, t->columns, {out, x, y}, {0}, {sizeof(T), sizeof(T), 0}};
        KERNEL(power_gathered)(&rest);
    }
}

#endif

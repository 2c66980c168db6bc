/* Comparisons of one dtype: template. nan equals nothing; two complex numbers are equal if both parts are. */
#include "kernels/loops/blocks.h"

#if defined(IS_COMPLEX)
/* For each element two bytes: are the real parts equal, are the imaginary parts? The parts are compared as one row of
 * numbers, which is far faster than element by element. */
ALWAYS_INLINE void f(equal_parts)(u16 *restrict pairs, const T *restrict x, const T *restrict y, int dx, int dy,
                                  intptr_t count) {
    b8 *equal = (b8 *)pairs;
    PART room[2 * BLOCK];
    const PART *p = (const PART *)(dx ? x : y), *q = (const PART *)(dx ? y : x); /* equality is symmetric */
    if (!dx || !dy) {
        const PART re = q[0], im = q[1];
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) {
            room[2 * i] = re;
            room[2 * i + 1] = im;
        }
        q = room;
    }
    const intptr_t parts = dx || dy ? 2 * count : 2;
    VECTOR_LOOP
    for (intptr_t i = 0; i < parts; i++) equal[i] = p[i] == q[i];
    for (intptr_t i = 1; i < count && !dx && !dy; i++) pairs[i] = pairs[0];
}
ALWAYS_INLINE void f(equal_block)(b8 *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                  intptr_t count) {
    u16 pairs[BLOCK];
    f(equal_parts)(pairs, x, y, dx, dy, count);
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) out[i] = (b8)(pairs[i] & pairs[i] >> 8);
}
ALWAYS_INLINE void f(not_equal_block)(b8 *restrict out, const T *restrict x, const T *restrict y, int dx, int dy,
                                      intptr_t count) {
    u16 pairs[BLOCK];
    f(equal_parts)(pairs, x, y, dx, dy, count);
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) out[i] = (b8)(1 - (pairs[i] & pairs[i] >> 8));
}

BINARY_BLOCKS(equal, b8)
BINARY_BLOCKS(not_equal, b8)
#else
#if defined(IS_BOOL)
ALWAYS_INLINE b8 f(number)(T a) { return a != 0; }
#else
ALWAYS_INLINE T f(number)(T a) { return a; }
#endif
ALWAYS_INLINE b8 f(equal)(T a, T b) { return f(number)(a) == f(number)(b); }
ALWAYS_INLINE b8 f(not_equal)(T a, T b) { return f(number)(a) != f(number)(b); }
ALWAYS_INLINE b8 f(less)(T a, T b) { return f(number)(a) < f(number)(b); }
ALWAYS_INLINE b8 f(less_equal)(T a, T b) { return f(number)(a) <= f(number)(b); }

BINARY(equal, b8)
BINARY(not_equal, b8)
BINARY(less, b8)
BINARY(less_equal, b8)
#endif

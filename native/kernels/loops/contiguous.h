/* The loops of long formulas without branches: straight through contiguous operands; all others are gathered in blocks.
 */
#ifndef RAPTORS_LOOPS_CONTIGUOUS_H
#define RAPTORS_LOOPS_CONTIGUOUS_H

#include "kernels/loops/blocks.h"

/* The kernel of NAME from f(NAME)(T) or f(NAME)(T, T). KERNEL(NAME##_gathered) is its part for all other operands. */
#define UNARY_CONTIGUOUS(NAME, OUT)                                                                               \
    ALWAYS_INLINE void f(NAME##_gathered_block)(OUT *restrict out, const T *restrict x, int dx, intptr_t count) { \
        VECTOR_LOOP                                                                                               \
        for (intptr_t i = 0; i < count; i++) out[i] = f(NAME)(x[i * dx]);                                         \
    }                                                                                                             \
    UNARY_BLOCKS(NAME##_gathered, OUT)                                                                            \
    void KERNEL(NAME)(const tile *t) {                                                                            \
        if (t->step[0] != sizeof(OUT) || t->step[1] != sizeof(T)) {                                               \
            KERNEL(NAME##_gathered)(t);                                                                           \
            return;                                                                                               \
        }                                                                                                         \
        for (intptr_t row = 0; row < t->rows; row++) {                                                            \
            OUT *out = (OUT *)(t->data[0] + row * t->row_step[0]);                                                \
            const T *x = (const T *)(t->data[1] + row * t->row_step[1]);                                          \
            VECTOR_LOOP                                                                                           \
            for (intptr_t i = 0; i < t->columns; i++) out[i] = f(NAME)(x[i]);                                     \
        }                                                                                                         \
    }

/* The same for a formula with a shorter form, f(NAME##_ordinary)(T), which gives the same bits for ordinary operands:
 * those for which SIGN is not negative. The short form is used for stretches in which all operands are. */
#define UNARY_MOSTLY_ORDINARY(NAME, OUT, SIGN)                                                                    \
    ALWAYS_INLINE void f(NAME##_gathered_block)(OUT *restrict out, const T *restrict x, int dx, intptr_t count) { \
        VECTOR_LOOP                                                                                               \
        for (intptr_t i = 0; i < count; i++) out[i] = f(NAME)(x[i * dx]);                                         \
    }                                                                                                             \
    UNARY_BLOCKS(NAME##_gathered, OUT)                                                                            \
    static void f(NAME##_stretch)(OUT * out, const T *x, intptr_t count) {                                        \
        SIGNED_T signs = 0;                                                                                       \
        VECTOR_LOOP                                                                                               \
        for (intptr_t i = 0; i < count; i++) signs |= SIGN(x[i]);                                                 \
        if (signs >= 0) {                                                                                         \
            VECTOR_LOOP                                                                                           \
            for (intptr_t i = 0; i < count; i++) out[i] = f(NAME##_ordinary)(x[i]);                               \
        } else {                                                                                                  \
            VECTOR_LOOP                                                                                           \
            for (intptr_t i = 0; i < count; i++) out[i] = f(NAME)(x[i]);                                          \
        }                                                                                                         \
    }                                                                                                             \
    void KERNEL(NAME)(const tile *t) {                                                                            \
        enum { STRETCH = 1024 };                                                                                  \
        if (t->step[0] != sizeof(OUT) || t->step[1] != sizeof(T)) {                                               \
            KERNEL(NAME##_gathered)(t);                                                                           \
            return;                                                                                               \
        }                                                                                                         \
        for (intptr_t row = 0; row < t->rows; row++) {                                                            \
            OUT *out = (OUT *)(t->data[0] + row * t->row_step[0]);                                                \
            const T *x = (const T *)(t->data[1] + row * t->row_step[1]);                                          \
            for (intptr_t i = 0; i < t->columns; i += STRETCH)                                                    \
                f(NAME##_stretch)(out + i, x + i, MINIMUM(STRETCH, t->columns - i));                              \
        }                                                                                                         \
    }

#define BINARY_CONTIGUOUS(NAME, OUT)                                                                                 \
    ALWAYS_INLINE void f(NAME##_gathered_block)(OUT *restrict out, const T *restrict x, const T *restrict y, int dx, \
                                                int dy, intptr_t count) {                                            \
        VECTOR_LOOP                                                                                                  \
        for (intptr_t i = 0; i < count; i++) out[i] = f(NAME)(x[i * dx], y[i * dy]);                                 \
    }                                                                                                                \
    BINARY_BLOCKS(NAME##_gathered, OUT)                                                                              \
    void KERNEL(NAME)(const tile *t) {                                                                               \
        if (t->step[0] != sizeof(OUT) || t->step[1] != sizeof(T) || t->step[2] != sizeof(T)) {                       \
            KERNEL(NAME##_gathered)(t);                                                                              \
            return;                                                                                                  \
        }                                                                                                            \
        for (intptr_t row = 0; row < t->rows; row++) {                                                               \
            OUT *out = (OUT *)(t->data[0] + row * t->row_step[0]);                                                   \
            const T *x = (const T *)(t->data[1] + row * t->row_step[1]);                                             \
            const T *y = (const T *)(t->data[2] + row * t->row_step[2]);                                             \
            VECTOR_LOOP                                                                                              \
            for (intptr_t i = 0; i < t->columns; i++) out[i] = f(NAME)(x[i], y[i]);                                  \
        }                                                                                                            \
    }

#endif

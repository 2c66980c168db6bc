/* The loops of formulas that are long and free of branches: straight through contiguous operands, all others gathered
 * block by block. For short formulas see loops.h, for those with a careful twin blocks.h. */
#ifndef RAPTORS_COSTLY_H
#define RAPTORS_COSTLY_H

#include "blocks.h"

/* The kernel of NAME from f(NAME)(T) or f(NAME)(T, T). KERNEL(NAME##_gathered) is its part for all other operands. */
#define UNARY_FORMULA(NAME, OUT)                                                                                  \
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

#define BINARY_FORMULA(NAME, OUT)                                                                                    \
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

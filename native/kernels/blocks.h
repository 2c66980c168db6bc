/* The loops of costly formulas, which work on a block of elements at a time: what the fast formula cannot do is done
 * again with care, element by element, and operands with any step are gathered first. For formulas that need no more
 * than one element see loops.h. */
#ifndef RAPTORS_BLOCKS_H
#define RAPTORS_BLOCKS_H

#include "loops.h"

enum { BLOCK = 128 };

/* `count` elements of `size` bytes side by side: where they are, or else gathered into `room`. */
ALWAYS_INLINE const void *gather(const char *from, intptr_t step, intptr_t count, intptr_t size, void *room) {
    if (step == size) return from;
    PLAIN_LOOP
    for (intptr_t i = 0; i < count; i++) memcpy((char *)room + i * size, from + i * step, size);
    return room;
}

ALWAYS_INLINE void scatter(const void *room, char *to, intptr_t step, intptr_t count, intptr_t size) {
    if (step == size) {
        memcpy(to, room, count * size);
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < count; i++) memcpy(to + i * step, (const char *)room + i * size, size);
    }
}

/* The kernel of NAME from f(NAME##_block)(OUT *out, const T *x, ..., count), whose operands do not overlap. */
#define UNARY_BLOCKS(NAME, OUT)                                                                              \
    void KERNEL(NAME)(const tile *t) {                                                                       \
        T x_room[BLOCK];                                                                                     \
        OUT out[BLOCK];                                                                                      \
        for (intptr_t row = 0; row < t->rows; row++) {                                                       \
            for (intptr_t i = 0; i < t->columns; i += BLOCK) {                                               \
                const intptr_t count = MINIMUM(BLOCK, t->columns - i);                                       \
                const char *a = t->data[1] + row * t->row_step[1] + i * t->step[1];                          \
                f(NAME##_block)(out, gather(a, t->step[1], count, sizeof(T), x_room), count);                \
                char *o = t->data[0] + row * t->row_step[0] + i * t->step[0];                                \
                scatter(out, o, t->step[0], count, sizeof(OUT));                                             \
            }                                                                                                \
        }                                                                                                    \
    }

#define BINARY_BLOCKS(NAME, OUT)                                                                             \
    void KERNEL(NAME)(const tile *t) {                                                                       \
        T x_room[BLOCK], y_room[BLOCK];                                                                      \
        OUT out[BLOCK];                                                                                      \
        for (intptr_t row = 0; row < t->rows; row++) {                                                       \
            for (intptr_t i = 0; i < t->columns; i += BLOCK) {                                               \
                const intptr_t count = MINIMUM(BLOCK, t->columns - i);                                       \
                const char *a = t->data[1] + row * t->row_step[1] + i * t->step[1];                          \
                const char *b = t->data[2] + row * t->row_step[2] + i * t->step[2];                          \
                const T *x = gather(a, t->step[1], count, sizeof(T), x_room);                                \
                const T *y = gather(b, t->step[2], count, sizeof(T), y_room);                                \
                f(NAME##_block)(out, x, y, count);                                                           \
                char *o = t->data[0] + row * t->row_step[0] + i * t->step[0];                                \
                scatter(out, o, t->step[0], count, sizeof(OUT));                                             \
            }                                                                                                \
        }                                                                                                    \
    }

/* The kernel of NAME from f(NAME##_fast), right where f(NAME##_sure) is not 0, and f(NAME##_careful), right everywhere.
 * All take pointers. Each element goes one way by its own values, whatever stands beside it. */
#define UNARY_GUARDED(NAME, OUT)                                                                             \
    static void f(NAME##_block)(OUT *restrict out, const T *restrict x, intptr_t count) {                    \
        u32 doubts = 0;                                                                                      \
        VECTOR_LOOP                                                                                          \
        for (intptr_t i = 0; i < count; i++) {                                                               \
            f(NAME##_fast)(out + i, x + i);                                                                  \
            doubts += !f(NAME##_sure)(x + i);                                                                \
        }                                                                                                    \
        if (doubts == 0) return;                                                                             \
        PLAIN_LOOP                                                                                           \
        for (intptr_t i = 0; i < count; i++)                                                                 \
            if (!f(NAME##_sure)(x + i)) f(NAME##_careful)(out + i, x + i);                                   \
    }                                                                                                        \
    UNARY_BLOCKS(NAME, OUT)

#define BINARY_GUARDED(NAME, OUT)                                                                            \
    static void f(NAME##_block)(OUT *restrict out, const T *restrict x, const T *restrict y, intptr_t count) { \
        u32 doubts = 0;                                                                                      \
        VECTOR_LOOP                                                                                          \
        for (intptr_t i = 0; i < count; i++) {                                                               \
            f(NAME##_fast)(out + i, x + i, y + i);                                                           \
            doubts += !f(NAME##_sure)(x + i, y + i);                                                         \
        }                                                                                                    \
        if (doubts == 0) return;                                                                             \
        PLAIN_LOOP                                                                                           \
        for (intptr_t i = 0; i < count; i++)                                                                 \
            if (!f(NAME##_sure)(x + i, y + i)) f(NAME##_careful)(out + i, x + i, y + i);                     \
    }                                                                                                        \
    BINARY_BLOCKS(NAME, OUT)

#endif

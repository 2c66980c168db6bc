/* The loops of long formulas, by blocks of elements: operands with any step are gathered first, and results for which
 * the fast formula is not right are computed again with care, element by element. */
#ifndef RAPTORS_LOOPS_BLOCKS_H
#define RAPTORS_LOOPS_BLOCKS_H

#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"

enum { BLOCK = 128 };

/* An operand of a block: where it begins, and whether its elements lie side by side (moves) or it is one element for
 * all. It is gathered into `room` if it has any other step. */
typedef struct {
    const void *first;
    bool moves;
} block_operand;

ALWAYS_INLINE block_operand gather(const char *from, intptr_t step, intptr_t count, intptr_t size, void *room) {
    if (step == size || step == 0) return (block_operand){from, step != 0};
    copy_strided(from, count, step, size, room);
    return (block_operand){room, true};
}

ALWAYS_INLINE void scatter(const void *room, char *to, intptr_t step, intptr_t count, intptr_t size) {
    if (step == size) {
        memcpy(to, room, count * size);
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < count; i++) memcpy(to + i * step, (const char *)room + i * size, size);
    }
}

/* The kernel of NAME from f(NAME##_block)(OUT *out, const T *x, ..., int dx, ..., count), where dx is the step of x in
 * elements, 0 or 1, a constant. `out` overlaps no operand. */
#define UNARY_BLOCKS(NAME, OUT)                                                        \
    void KERNEL(NAME)(const tile *t) {                                                 \
        T room[BLOCK];                                                                 \
        OUT out[BLOCK];                                                                \
        for (intptr_t row = 0; row < t->rows; row++) {                                 \
            for (intptr_t i = 0; i < t->columns; i += BLOCK) {                         \
                const intptr_t count = MINIMUM(BLOCK, t->columns - i);                 \
                const char *a = t->data[1] + row * t->row_step[1] + i * t->step[1];    \
                const block_operand x = gather(a, t->step[1], count, sizeof(T), room); \
                if (x.moves)                                                           \
                    f(NAME##_block)(out, x.first, 1, count);                           \
                else                                                                   \
                    f(NAME##_block)(out, x.first, 0, count);                           \
                char *o = t->data[0] + row * t->row_step[0] + i * t->step[0];          \
                scatter(out, o, t->step[0], count, sizeof(OUT));                       \
            }                                                                          \
        }                                                                              \
    }

#define BINARY_BLOCKS(NAME, OUT)                                                         \
    void KERNEL(NAME)(const tile *t) {                                                   \
        T x_room[BLOCK], y_room[BLOCK];                                                  \
        OUT out[BLOCK];                                                                  \
        for (intptr_t row = 0; row < t->rows; row++) {                                   \
            for (intptr_t i = 0; i < t->columns; i += BLOCK) {                           \
                const intptr_t count = MINIMUM(BLOCK, t->columns - i);                   \
                const char *a = t->data[1] + row * t->row_step[1] + i * t->step[1];      \
                const char *b = t->data[2] + row * t->row_step[2] + i * t->step[2];      \
                const block_operand x = gather(a, t->step[1], count, sizeof(T), x_room); \
                const block_operand y = gather(b, t->step[2], count, sizeof(T), y_room); \
                if (x.moves && y.moves)                                                  \
                    f(NAME##_block)(out, x.first, y.first, 1, 1, count);                 \
                else if (x.moves)                                                        \
                    f(NAME##_block)(out, x.first, y.first, 1, 0, count);                 \
                else if (y.moves)                                                        \
                    f(NAME##_block)(out, x.first, y.first, 0, 1, count);                 \
                else                                                                     \
                    f(NAME##_block)(out, x.first, y.first, 0, 0, count);                 \
                char *o = t->data[0] + row * t->row_step[0] + i * t->step[0];            \
                scatter(out, o, t->step[0], count, sizeof(OUT));                         \
            }                                                                            \
        }                                                                                \
    }

/* The kernel of NAME from its formula, as UNARY_COMPLEX and BINARY of elementwise.h make it, but fast for any steps. */
#define UNARY_GATHERED(NAME, OUT)                                                                        \
    ALWAYS_INLINE void f(NAME##_block)(OUT *restrict out, const T *restrict x, int dx, intptr_t count) { \
        VECTOR_LOOP                                                                                      \
        for (intptr_t i = 0; i < count; i++) POINTER_1(NAME, out + i, x + i * dx);                       \
    }                                                                                                    \
    UNARY_BLOCKS(NAME, OUT)

#define BINARY_GATHERED(NAME, OUT)                                                                                  \
    ALWAYS_INLINE void f(NAME##_block)(OUT *restrict out, const T *restrict x, const T *restrict y, int dx, int dy, \
                                       intptr_t count) {                                                            \
        VECTOR_LOOP                                                                                                 \
        for (intptr_t i = 0; i < count; i++) VALUE_2(NAME, out + i, x + i * dx, y + i * dy);                        \
    }                                                                                                               \
    BINARY_BLOCKS(NAME, OUT)

/* The kernel of NAME from f(NAME##_fast), right where f(NAME##_in_range) is not 0, and f(NAME##_careful), right
 * everywhere. All take pointers. The way of an element depends on its own values alone, not on those beside it. */
#define UNARY_GUARDED(NAME, OUT)                                                                         \
    static void f(NAME##_redo)(OUT * out, const T *x, int dx, intptr_t count) {                          \
        PLAIN_LOOP                                                                                       \
        for (intptr_t i = 0; i < count; i++)                                                             \
            if (!f(NAME##_in_range)(x + i * dx)) f(NAME##_careful)(out + i, x + i * dx);                 \
    }                                                                                                    \
    ALWAYS_INLINE void f(NAME##_block)(OUT *restrict out, const T *restrict x, int dx, intptr_t count) { \
        u32 outside = 0;                                                                                 \
        VECTOR_LOOP                                                                                      \
        for (intptr_t i = 0; i < count; i++) {                                                           \
            f(NAME##_fast)(out + i, x + i * dx);                                                         \
            outside += !f(NAME##_in_range)(x + i * dx);                                                  \
        }                                                                                                \
        if (outside != 0) f(NAME##_redo)(out, x, dx, count);                                             \
    }                                                                                                    \
    UNARY_BLOCKS(NAME, OUT)

#define BINARY_GUARDED(NAME, OUT)                                                                                   \
    static void f(NAME##_redo)(OUT * out, const T *x, const T *y, int dx, int dy, intptr_t count) {                 \
        PLAIN_LOOP                                                                                                  \
        for (intptr_t i = 0; i < count; i++)                                                                        \
            if (!f(NAME##_in_range)(x + i * dx, y + i * dy)) f(NAME##_careful)(out + i, x + i * dx, y + i * dy);    \
    }                                                                                                               \
    ALWAYS_INLINE void f(NAME##_block)(OUT *restrict out, const T *restrict x, const T *restrict y, int dx, int dy, \
                                       intptr_t count) {                                                            \
        u32 outside = 0;                                                                                            \
        VECTOR_LOOP                                                                                                 \
        for (intptr_t i = 0; i < count; i++) {                                                                      \
            f(NAME##_fast)(out + i, x + i * dx, y + i * dy);                                                        \
            outside += !f(NAME##_in_range)(x + i * dx, y + i * dy);                                                 \
        }                                                                                                           \
        if (outside != 0) f(NAME##_redo)(out, x, y, dx, dy, count);                                                 \
    }                                                                                                               \
    BINARY_BLOCKS(NAME, OUT)

#endif

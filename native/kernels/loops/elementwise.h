/* The loops of short formulas: element by element over a tile, with a branch for each layout that is frequent: dense,
 * one for all, and every other element, as in x[::2] and in the parts of complex numbers. The formula is a static
 * inline function of the template, f(NAME); UNARY, BINARY and TERNARY make KERNEL(NAME) of it. Longer formulas are
 * called by the loops of blocks.h and contiguous.h. */
#ifndef RAPTORS_LOOPS_ELEMENTWISE_H
#define RAPTORS_LOOPS_ELEMENTWISE_H

#include "kernels/each/names.h"

/* Overlapping operands overlap exactly (base.h), so no iteration depends on another. The compiler vectorises it, even
 * where its cost model would not; -Wpass-failed says where it cannot. */
#define VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety)")
#define PLAIN_LOOP _Pragma("clang loop vectorize(disable) unroll(disable)")

/* How a formula is called. Formulas with complex operands take pointers: a complex64 passed by value is a pair of
 * floats in one register, which the compiler does not vectorise. */
#define VALUE_1(NAME, o, a) *(o) = f(NAME)(*(a))
#define VALUE_2(NAME, o, a, b) *(o) = f(NAME)(*(a), *(b))
#define VALUE_3(NAME, o, c, a, b) *(o) = f(NAME)(*(c), *(a), *(b))
#define POINTER_1(NAME, o, a) f(NAME)(o, a)
#define POINTER_2(NAME, o, a, b) f(NAME)(o, a, b)

#define UNARY(NAME, OUT) UNARY_LOOPS(NAME, OUT, VALUE_1)
#define UNARY_COMPLEX(NAME, OUT) UNARY_LOOPS(NAME, OUT, POINTER_1)
#define BINARY(NAME, OUT) BINARY_LOOPS(NAME, OUT, VALUE_2)
#define BINARY_COMPLEX(NAME, OUT) BINARY_LOOPS(NAME, OUT, POINTER_2)
#define TERNARY(NAME, OUT) TERNARY_LOOPS(NAME, OUT, VALUE_3)

#define UNARY_LOOPS(NAME, OUT, CALL)                                                                       \
    void KERNEL(NAME)(const tile *t) {                                                                     \
        const intptr_t n = t->columns, so = t->step[0], sa = t->step[1];                                   \
        for (intptr_t row = 0; row < t->rows; row++) {                                                     \
            char *o = t->data[0] + row * t->row_step[0];                                                   \
            const char *a = t->data[1] + row * t->row_step[1];                                             \
            OUT *out = (OUT *)o;                                                                           \
            const T *x = (const T *)a;                                                                     \
            if (so == sizeof(OUT) && sa == sizeof(T)) {                                                    \
                VECTOR_LOOP                                                                                \
                for (intptr_t i = 0; i < n; i++) CALL(NAME, out + i, x + i);                               \
            } else if (so == sizeof(OUT) && sa == 0) {                                                     \
                const T value = *x;                                                                        \
                VECTOR_LOOP                                                                                \
                for (intptr_t i = 0; i < n; i++) CALL(NAME, out + i, &value);                              \
            } else if (so == sizeof(OUT) && sa == 2 * sizeof(T)) {                                         \
                VECTOR_LOOP                                                                                \
                for (intptr_t i = 0; i < n; i++) CALL(NAME, out + i, x + 2 * i);                           \
            } else {                                                                                       \
                PLAIN_LOOP                                                                                 \
                for (intptr_t i = 0; i < n; i++) CALL(NAME, (OUT *)(o + i * so), (const T *)(a + i * sa)); \
            }                                                                                              \
        }                                                                                                  \
    }

#define BINARY_LOOPS(NAME, OUT, CALL)                                                                  \
    void KERNEL(NAME)(const tile *t) {                                                                 \
        const intptr_t n = t->columns, so = t->step[0], sa = t->step[1], sb = t->step[2];              \
        for (intptr_t row = 0; row < t->rows; row++) {                                                 \
            char *o = t->data[0] + row * t->row_step[0];                                               \
            const char *a = t->data[1] + row * t->row_step[1];                                         \
            const char *b = t->data[2] + row * t->row_step[2];                                         \
            OUT *out = (OUT *)o;                                                                       \
            const T *x = (const T *)a, *y = (const T *)b;                                              \
            if (so == sizeof(OUT) && sa == sizeof(T) && sb == sizeof(T)) {                             \
                VECTOR_LOOP                                                                            \
                for (intptr_t i = 0; i < n; i++) CALL(NAME, out + i, x + i, y + i);                    \
            } else if (so == sizeof(OUT) && sa == sizeof(T) && sb == 0) {                              \
                const T value = *y;                                                                    \
                VECTOR_LOOP                                                                            \
                for (intptr_t i = 0; i < n; i++) CALL(NAME, out + i, x + i, &value);                   \
            } else if (so == sizeof(OUT) && sa == 0 && sb == sizeof(T)) {                              \
                const T value = *x;                                                                    \
                VECTOR_LOOP                                                                            \
                for (intptr_t i = 0; i < n; i++) CALL(NAME, out + i, &value, y + i);                   \
            } else if (so == sizeof(OUT) && sa == 2 * sizeof(T) && sb == 2 * sizeof(T)) {              \
                VECTOR_LOOP                                                                            \
                for (intptr_t i = 0; i < n; i++) CALL(NAME, out + i, x + 2 * i, y + 2 * i);            \
            } else {                                                                                   \
                PLAIN_LOOP                                                                             \
                for (intptr_t i = 0; i < n; i++)                                                       \
                    CALL(NAME, (OUT *)(o + i * so), (const T *)(a + i * sa), (const T *)(b + i * sb)); \
            }                                                                                          \
        }                                                                                              \
    }

/* One bool and two of T. The layouts that broadcasting brings have fast loops: a run of conditions that chooses between
 * runs or scalars, and one condition for two whole runs. */
#define TERNARY_LOOPS(NAME, OUT, CALL)                                                                           \
    ALWAYS_INLINE void f(NAME##_run)(OUT * out, const b8 *c, const T *x, const T *y, intptr_t dc, intptr_t dx,   \
                                     intptr_t dy, intptr_t n) {                                                  \
        VECTOR_LOOP                                                                                              \
        for (intptr_t i = 0; i < n; i++) CALL(NAME, out + i, c + i * dc, x + i * dx, y + i * dy);                \
    }                                                                                                            \
    void KERNEL(NAME)(const tile *t) {                                                                           \
        const intptr_t n = t->columns, so = t->step[0], sc = t->step[1], sa = t->step[2], sb = t->step[3];       \
        const bool plain = so == sizeof(OUT) && (sc == sizeof(b8) || sc == 0) && (sa == sizeof(T) || sa == 0) && \
                           (sb == sizeof(T) || sb == 0);                                                         \
        const int form = plain ? (sc != 0) * 4 + (sa != 0) * 2 + (sb != 0) : -1;                                 \
        for (intptr_t row = 0; row < t->rows; row++) {                                                           \
            char *o = t->data[0] + row * t->row_step[0];                                                         \
            const char *first = t->data[1] + row * t->row_step[1];                                               \
            const char *a = t->data[2] + row * t->row_step[2];                                                   \
            const char *b = t->data[3] + row * t->row_step[3];                                                   \
            OUT *out = (OUT *)o;                                                                                 \
            const b8 *c = (const b8 *)first, condition = *c;                                                     \
            const T *x = (const T *)a, *y = (const T *)b, left = *x, right = *y;                                 \
            switch (form) {                                                                                      \
            case 7:                                                                                              \
                f(NAME##_run)(out, c, x, y, 1, 1, 1, n);                                                         \
                break;                                                                                           \
            case 6:                                                                                              \
                f(NAME##_run)(out, c, x, &right, 1, 1, 0, n);                                                    \
                break;                                                                                           \
            case 5:                                                                                              \
                f(NAME##_run)(out, c, &left, y, 1, 0, 1, n);                                                     \
                break;                                                                                           \
            case 4:                                                                                              \
                f(NAME##_run)(out, c, &left, &right, 1, 0, 0, n);                                                \
                break;                                                                                           \
            case 3:                                                                                              \
                f(NAME##_run)(out, &condition, x, y, 0, 1, 1, n);                                                \
                break;                                                                                           \
            default:                                                                                             \
                PLAIN_LOOP                                                                                       \
                for (intptr_t i = 0; i < n; i++)                                                                 \
                    CALL(NAME, (OUT *)(o + i * so), (const b8 *)(first + i * sc), (const T *)(a + i * sa),       \
                         (const T *)(b + i * sb));                                                               \
            }                                                                                                    \
        }                                                                                                        \
    }

#endif

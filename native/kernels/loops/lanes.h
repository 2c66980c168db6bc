/* The loops of formulas that look numbers up in tables which lie in registers (formulas/tables.h): a vector of elements
 * at a time. Such a formula is a function of whole lanes, f(NAME##_lanes)(OUT *out, const T *x); its own loops have
 * OF_VECTOR steps, which the compiler turns into one vector. */
#ifndef RAPTORS_LOOPS_LANES_H
#define RAPTORS_LOOPS_LANES_H

#include "kernels/formulas/tables.h"
#include "kernels/loops/blocks.h"

#if HAS_TABLES

enum { STRETCH = 1024 };

/* The kernel of NAME from f(NAME##_lanes), for ordinary operands (those for which SIGN is not negative), and f(NAME),
 * right for all. The way of an element depends on its own value alone. */
#define UNARY_BY_LANES(NAME, OUT, SIGN)                                                                     \
    ALWAYS_INLINE void f(NAME##_run)(OUT * out, const T *x, intptr_t count) {                               \
        intptr_t i = 0;                                                                                     \
        for (; i + OF_VECTOR <= count; i += OF_VECTOR) f(NAME##_lanes)(out + i, x + i);                     \
        if (i == count) return;                                                                             \
        T room[OF_VECTOR];                                                                                  \
        OUT last[OF_VECTOR];                                                                                \
        for (intptr_t j = 0; j < OF_VECTOR; j++) room[j] = x[MINIMUM(i + j, count - 1)];                    \
        f(NAME##_lanes)(last, room);                                                                        \
        memcpy(out + i, last, (count - i) * sizeof(OUT));                                                   \
    }                                                                                                       \
    static void f(NAME##_stretch)(OUT * out, const T *x, intptr_t count) {                                  \
        SIGNED_T signs = 0;                                                                                 \
        VECTOR_LOOP                                                                                         \
        for (intptr_t i = 0; i < count; i++) signs |= SIGN(x[i]);                                           \
        if (signs >= 0) {                                                                                   \
            f(NAME##_run)(out, x, count);                                                                   \
        } else {                                                                                            \
            OUT ordinary[STRETCH];                                                                          \
            f(NAME##_run)(ordinary, x, count);                                                              \
            VECTOR_LOOP                                                                                     \
            for (intptr_t i = 0; i < count; i++) out[i] = SIGN(x[i]) < 0 ? f(NAME)(x[i]) : ordinary[i];     \
        }                                                                                                   \
    }                                                                                                       \
    void KERNEL(NAME)(const tile *t) {                                                                      \
        for (intptr_t row = 0; row < t->rows; row++) {                                                      \
            char *o = t->data[0] + row * t->row_step[0];                                                    \
            const char *a = t->data[1] + row * t->row_step[1];                                              \
            if (t->step[0] == sizeof(OUT) && t->step[1] == sizeof(T)) {                                     \
                for (intptr_t i = 0; i < t->columns; i += STRETCH)                                          \
                    f(NAME##_stretch)((OUT *)o + i, (const T *)a + i, MINIMUM(STRETCH, t->columns - i));    \
                continue;                                                                                   \
            }                                                                                               \
            for (intptr_t i = 0; i < t->columns; i += BLOCK) {                                              \
                const intptr_t count = MINIMUM(BLOCK, t->columns - i);                                      \
                T room[BLOCK];                                                                              \
                OUT out[BLOCK];                                                                             \
                PLAIN_LOOP                                                                                  \
                for (intptr_t j = 0; j < count; j++) memcpy(room + j, a + (i + j) * t->step[1], sizeof(T)); \
                f(NAME##_stretch)(out, room, count);                                                        \
                scatter(out, o + i * t->step[0], t->step[0], count, sizeof(OUT));                           \
            }                                                                                               \
        }                                                                                                   \
    }

#endif

#endif

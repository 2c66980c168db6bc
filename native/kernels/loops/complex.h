/* The loops of complex functions that are computed in float64, whatever the dtype. */
#ifndef RAPTORS_LOOPS_COMPLEX_H
#define RAPTORS_LOOPS_COMPLEX_H

#include "kernels/loops/blocks.h"

/* The kernel of NAME from NAME##_of(a, b), right where IN_RANGE(x) is not 0, and careful_##NAME(a, b), right for all
 * other operands. Both take the parts of a + bi in float64 and return a c128; IN_RANGE takes a pointer to an element.
 */
#define UNARY_COMPLEX_IN_FLOAT64(NAME, IN_RANGE)                             \
    ALWAYS_INLINE void f(NAME##_fast)(T * out, const T *x) {                 \
        const c128 result = NAME##_of(x->re, x->im);                         \
        out->re = (PART)result.re;                                           \
        out->im = (PART)result.im;                                           \
    }                                                                        \
    ALWAYS_INLINE int f(NAME##_in_range)(const T *x) { return IN_RANGE(x); } \
    static void f(NAME##_careful)(T * out, const T *x) {                     \
        const c128 result = careful_##NAME(x->re, x->im);                    \
        out->re = (PART)result.re;                                           \
        out->im = (PART)result.im;                                           \
    }                                                                        \
    UNARY_GUARDED(NAME, T)

#endif

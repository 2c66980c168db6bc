/* Trigonometric functions of one complex dtype and their inverses: template. They are hyperbolic functions of operands
 * and results that are multiplied by i or -i, as the standard has it: sin(z) = -i sinh(iz). Errors and special cases
 * are those of hyperbolic/complex_hyperbolic.h. */
#include "kernels/declarations.h"
#include "kernels/loops/blocks.h"

/* The kernel of NAME: BEFORE is applied to a block of operands, then the kernel HYPERBOLIC, then AFTER to its results.
 */
#define ROTATED_KERNEL(NAME, HYPERBOLIC, BEFORE, AFTER)                                                \
    ALWAYS_INLINE void f(NAME##_block)(T *restrict out, const T *restrict x, int dx, intptr_t count) { \
        T rotated[BLOCK];                                                                              \
        VECTOR_LOOP                                                                                    \
        for (intptr_t i = 0; i < count; i++) f(BEFORE)(rotated + i, x + i * dx);                       \
        const tile t = {1, count, {(char *)rotated, (char *)rotated}, {0}, {sizeof(T), sizeof(T)}};    \
        KERNEL(HYPERBOLIC)(&t);                                                                        \
        VECTOR_LOOP                                                                                    \
        for (intptr_t i = 0; i < count; i++) f(AFTER)(out + i, rotated + i, x + i * dx);               \
    }                                                                                                  \
    UNARY_BLOCKS(NAME, T)

ALWAYS_INLINE void f(times_i)(T *out, const T *z) { /* iz */
    const PART re = z->re, im = z->im;
    out->re = -im;
    out->im = re;
}
ALWAYS_INLINE void f(same)(T *out, const T *z) { *out = *z; }
ALWAYS_INLINE void f(times_minus_i)(T *out, const T *w, const T *z) { /* -iw */
    (void)z;
    const PART re = w->re, im = w->im;
    out->re = im;
    out->im = -re;
}
ALWAYS_INLINE void f(same_result)(T *out, const T *w, const T *z) {
    (void)z;
    *out = *w;
}
/* acos(z) is -i acosh(z) above the real axis, and i acosh(z) below. */
ALWAYS_INLINE void f(acos_from_acosh)(T *out, const T *w, const T *z) {
    const PART re = w->re, im = w->im, side = z->im;
    out->re = __builtin_elementwise_abs(im);
    out->im = __builtin_elementwise_copysign(re, -side);
}

ROTATED_KERNEL(sin, sinh, times_i, times_minus_i)
ROTATED_KERNEL(cos, cosh, times_i, same_result)
ROTATED_KERNEL(tan, tanh, times_i, times_minus_i)
ROTATED_KERNEL(asin, asinh, times_i, times_minus_i)
ROTATED_KERNEL(acos, acosh, same, acos_from_acosh)
ROTATED_KERNEL(atan, atanh, times_i, times_minus_i)

#undef ROTATED_KERNEL

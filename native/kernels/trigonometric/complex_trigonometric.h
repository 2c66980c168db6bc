/* Trigonometric functions of one complex dtype: template. They are the hyperbolic ones, turned by a quarter, as the
 * standard has it: sin(z) is -i sinh(iz). Errors and special cases are those of complex_exponential.h and
 * complex_logarithm.h. */

/* The kernel of NAME: HYPERBOLIC of a block of operands turned by BEFORE, its results turned by AFTER. */
#define TURNED_KERNEL(NAME, HYPERBOLIC, BEFORE, AFTER)                                                 \
    ALWAYS_INLINE void f(NAME##_block)(T *restrict out, const T *restrict x, int dx, intptr_t count) { \
        T turned[BLOCK];                                                                               \
        VECTOR_LOOP                                                                                    \
        for (intptr_t i = 0; i < count; i++) f(BEFORE)(turned + i, x + i * dx);                        \
        const tile t = {1, count, {(char *)turned, (char *)turned}, {0}, {sizeof(T), sizeof(T)}};      \
        KERNEL(HYPERBOLIC)(&t);                                                                        \
        VECTOR_LOOP                                                                                    \
        for (intptr_t i = 0; i < count; i++) f(AFTER)(out + i, turned + i, x + i * dx);                \
    }                                                                                                  \
    UNARY_BLOCKS(NAME, T)

ALWAYS_INLINE void f(forwards)(T *out, const T *z) { /* iz */
    const PART re = z->re, im = z->im;
    out->re = -im;
    out->im = re;
}
ALWAYS_INLINE void f(stay)(T *out, const T *z) { *out = *z; }
ALWAYS_INLINE void f(backwards)(T *out, const T *w, const T *z) { /* -iw */
    (void)z;
    const PART re = w->re, im = w->im;
    out->re = im;
    out->im = -re;
}
ALWAYS_INLINE void f(keep)(T *out, const T *w, const T *z) {
    (void)z;
    *out = *w;
}
/* acos(z) is -i acosh(z) above the real axis, and i acosh(z) below. */
ALWAYS_INLINE void f(to_right)(T *out, const T *w, const T *z) {
    const PART re = w->re, im = w->im, side = z->im;
    out->re = __builtin_elementwise_abs(im);
    out->im = __builtin_elementwise_copysign(re, -side);
}

TURNED_KERNEL(sin, sinh, forwards, backwards)
TURNED_KERNEL(cos, cosh, forwards, keep)
TURNED_KERNEL(tan, tanh, forwards, backwards)
TURNED_KERNEL(asin, asinh, forwards, backwards)
TURNED_KERNEL(acos, acosh, stay, to_right)
TURNED_KERNEL(atan, atanh, forwards, backwards)

#undef TURNED_KERNEL

/* Division and absolute value of one complex dtype: template. Neither over- nor underflows on the way to a result that
 * does not. A divisor on an axis divides the parts; infinities beat nan, as C99 has it.
 *
 * Largest distance from the exact result, in ULP of its larger part: 0.71 in complex64. In complex128, and where:
 *   absolute    0.75 at 0x0.0000a89cfa741p-1022 - 0x0.e725f059475b4p-1022i
 *   reciprocal  2.9 at -0x1.049e99ffe3099p+6 + 0x1.0b4a7da4b4c9ap+6i
 *   divide      4.9, the quotient's parts next to 1; by theory (sqrt(5) + 3) units of roundoff: 7.5. Products in two
 *               parts would halve that, but take up to twice the time. */
#if WIDTH == 32

/* In float64, whose exponents hold every square of a float32. */
ALWAYS_INLINE void f(divide_fast)(T *out, const T *a, const T *b) {
    f64 re, im;
    quotient_f64(&re, &im, a->re, a->im, b->re, b->im);
    out->re = (f32)re;
    out->im = (f32)im;
}
ALWAYS_INLINE int f(divide_sure)(const T *a, const T *b) {
    return is_finite_f32(a->re, a->im) & is_finite_f32(b->re, b->im);
}
ALWAYS_INLINE void f(divide_careful)(T *out, const T *a, const T *b) {
    f64 re, im;
    careful_quotient_f64(&re, &im, a->re, a->im, b->re, b->im);
    out->re = (f32)re;
    out->im = (f32)im;
}

ALWAYS_INLINE void f(absolute)(f32 *out, const T *a) {
    const f64 re = a->re, im = a->im, size = __builtin_elementwise_sqrt(re * re + im * im);
    const int infinite = (__builtin_elementwise_abs(re) == INFINITY) | (__builtin_elementwise_abs(im) == INFINITY);
    *out = infinite ? INFINITY : (f32)size;
}

UNARY_COSTLY(absolute, f32)

#else

ALWAYS_INLINE void f(divide_fast)(T *out, const T *a, const T *b) {
    f64 re, im;
    quotient_f64(&re, &im, a->re, a->im, b->re, b->im);
    out->re = re;
    out->im = im;
}
ALWAYS_INLINE int f(divide_sure)(const T *a, const T *b) {
    return is_moderate_f64(b->re, b->im) & (is_moderate_f64(a->re, a->im) | ((a->re == 0) & (a->im == 0)));
}
ALWAYS_INLINE void f(divide_careful)(T *out, const T *a, const T *b) {
    f64 re, im;
    careful_quotient_f64(&re, &im, a->re, a->im, b->re, b->im);
    out->re = re;
    out->im = im;
}

ALWAYS_INLINE void f(absolute_fast)(f64 *out, const T *a) { *out = hypotenuse_f64(a->re, a->im); }
ALWAYS_INLINE int f(absolute_sure)(const T *a) { return is_moderate_f64(a->re, a->im); }
ALWAYS_INLINE void f(absolute_careful)(f64 *out, const T *a) {
    const f64 re = fabs(a->re), im = fabs(a->im), larger = MAXIMUM(re, im);
    const f64 scale = larger > 1 ? 0x1p-600 : 0x1p600;
    if (re == INFINITY || im == INFINITY)
        *out = INFINITY;
    else if (re == 0 || im == 0)
        *out = re + im;
    else
        *out = hypotenuse_f64(re * scale, im * scale) / scale;
}

UNARY_GUARDED(absolute, f64)

#endif

ALWAYS_INLINE void f(reciprocal_fast)(T *out, const T *a) { f(divide_fast)(out, &(const T){.re = 1}, a); }
ALWAYS_INLINE int f(reciprocal_sure)(const T *a) { return f(divide_sure)(&(const T){.re = 1}, a); }
ALWAYS_INLINE void f(reciprocal_careful)(T *out, const T *a) { f(divide_careful)(out, &(const T){.re = 1}, a); }

BINARY_GUARDED(divide, T)
UNARY_GUARDED(reciprocal, T)

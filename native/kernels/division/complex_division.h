/* Division of one complex dtype: template. Nothing overflows or underflows on the way to a result that does not. A
 * divisor on an axis divides both parts. As C99's annex G has it, infinity divided by a finite number is infinite, even
 * where the other part is nan.
 *
 * Formula: (a + bi) / (c + di) = (ac + bd + (bc - ad)i) / (c^2 + d^2), in float64 for both dtypes (complex_quotient.h).
 * Largest error in ULP of the larger part: 0.71 in complex64; in complex128, and where:
 *   reciprocal  2.9 at -0x1.049e99ffe3099p+6 + 0x1.0b4a7da4b4c9ap+6i
 *   divide      4.9 found, where the parts of the quotient are just below a power of two. The bound by theory is
 *               sqrt(5) + 3 units of roundoff, which is 7.5 ULP. Products in two parts would halve the error, but take
 *               up to twice the time. */
#include "kernels/formulas/complex_quotient.h"
#include "kernels/loops/blocks.h"

ALWAYS_INLINE void f(divide_fast)(T *out, const T *a, const T *b) {
    f64 re, im;
    quotient_f64(&re, &im, a->re, a->im, b->re, b->im);
    out->re = (PART)re;
    out->im = (PART)im;
}
ALWAYS_INLINE int f(divide_in_range)(const T *a, const T *b) {
#if WIDTH == 32
    return is_finite_f32(a->re, a->im) & is_finite_f32(b->re, b->im);
#else
    return is_moderate_f64(b->re, b->im) & (is_moderate_f64(a->re, a->im) | ((a->re == 0) & (a->im == 0)));
#endif
}
ALWAYS_INLINE void f(divide_careful)(T *out, const T *a, const T *b) {
    f64 re, im;
    careful_quotient_f64(&re, &im, a->re, a->im, b->re, b->im);
    out->re = (PART)re;
    out->im = (PART)im;
}

ALWAYS_INLINE void f(reciprocal_fast)(T *out, const T *a) { f(divide_fast)(out, &(const T){.re = 1}, a); }
ALWAYS_INLINE int f(reciprocal_in_range)(const T *a) { return f(divide_in_range)(&(const T){.re = 1}, a); }
ALWAYS_INLINE void f(reciprocal_careful)(T *out, const T *a) { f(divide_careful)(out, &(const T){.re = 1}, a); }

BINARY_GUARDED(divide, T)
UNARY_GUARDED(reciprocal, T)

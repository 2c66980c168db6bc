/* The absolute value of one complex dtype: template. Nothing overflows or underflows on the way to a result that does
 * not; of an infinite part it is infinite, whatever the other.
 *
 * Formula: sqrt(re^2 + im^2); of complex64 in float64, whose exponents hold every square of a float32. That of
 * complex128 is corrected by what its square misses (hypotenuse_f64). Largest error in ULP: 0.50 in complex64, 0.75 in
 * complex128 at 0x0.0000a89cfa741p-1022 - 0x0.e725f059475b4p-1022i. */
#include "kernels/formulas/complex_quotient.h"
#include "kernels/loops/blocks.h"

#if WIDTH == 32

ALWAYS_INLINE void f(absolute)(f32 *out, const T *a) {
    const f64 re = a->re, im = a->im, size = __builtin_elementwise_sqrt(re * re + im * im);
    const int infinite = (__builtin_elementwise_abs(re) == INFINITY) | (__builtin_elementwise_abs(im) == INFINITY);
    *out = infinite ? INFINITY : (f32)size;
}

UNARY_GATHERED(absolute, f32)

#else

ALWAYS_INLINE void f(absolute_fast)(f64 *out, const T *a) { *out = hypotenuse_f64(a->re, a->im); }
ALWAYS_INLINE int f(absolute_in_range)(const T *a) { return is_moderate_f64(a->re, a->im); }
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

/* Logarithms of one complex dtype, in float64: template.
 *
 * Formula: log(a + bi) = log(a^2 + b^2) / 2 + atan2(b, a) i, with a^2 + b^2 in two parts. Largest error in ULP of the
 * larger part: 0.71 in complex64; in complex128, and where:
 *   log    0.8 at 0x1.6c9c187eaf038p+0 - 0x1.344e045ebf2p-1i
 *   log2   1.6 at -0x1.b0d466d2dbd64p+1 - 0x1.d2cd1eb9799a6p+1i
 *   log10  2.0 at 0x1.7a79c312b1354p+0 + 0x1.27bb8c22ff296p+1i
 *   log1p  1.4 at 0x1.b36670797e116p-9 + 0x1.df24c628f643bp-4i */
#include "kernels/logarithm/complex_formulas.h"
#include "kernels/loops/complex.h"

ALWAYS_INLINE int f(log_is_finite)(const T *x) {
    const f64 a = magnitude_f64(x->re), b = magnitude_f64(x->im);
    return (a < (f64)INFINITY) & (b < (f64)INFINITY) & (a + b > 0);
}
ALWAYS_INLINE int f(log1p_is_finite)(const T *x) {
    const f64 a = magnitude_f64(x->re), b = magnitude_f64(x->im);
    return (a < (f64)INFINITY) & (b < (f64)INFINITY) & ((x->re != -1) | (b > 0));
}

UNARY_COMPLEX_IN_FLOAT64(log, f(log_is_finite))
UNARY_COMPLEX_IN_FLOAT64(log2, f(log_is_finite))
UNARY_COMPLEX_IN_FLOAT64(log10, f(log_is_finite))
UNARY_COMPLEX_IN_FLOAT64(log1p, f(log1p_is_finite))

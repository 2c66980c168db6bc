/* The hyperbolic functions of one complex dtype and their inverses, in float64: template.
 *
 * Formulas: sinh(a + bi) = sinh(a) cos b + cosh(a) sin b i and its kin; the inverses by Kahan's formulas
 * (complex_formulas.h). Largest error in ULP of the larger part: 0.71 in complex64; in complex128, and where:
 *   sinh   2.4 at 0x1.5fe9177b72e4p+9 + 0x1.17b1d9ed2048p+11i
 *   cosh   2.3 at -0x1.a8ae6ecaa2907p+6 - 0x1.30f90b11f539ap+27i
 *   tanh   2.8 at 0x0p+0 + 0x1.14be586efc865p+3i
 *   asinh  3.0 at 0x1.db072ff4ba48bp-10 - 0x1.b8f8b59057b7dp-10i
 *   acosh  3.1 at 0x1.fff54b528eb73p-1 + 0x1.a2cda4893f3ebp-7i
 *   atanh  3.0 at -0x1.fc3f00d2d69c7p-8 - 0x1.be445f0ad6121p-8i */
#include "kernels/hyperbolic/complex_formulas.h"
#include "kernels/loops/complex.h"

ALWAYS_INLINE int f(is_near)(const T *x) {
    const PART a = __builtin_elementwise_abs(x->re), b = __builtin_elementwise_abs(x->im);
    return (a < (PART)INFINITY) & (b < (PART)0x1p20);
}
ALWAYS_INLINE int f(is_moderate)(const T *x) {
    const f64 a = magnitude_f64(x->re), b = magnitude_f64(x->im);
    return (a < 0x1p500) & (b < 0x1p500);
}
/* And not so close to the poles that the fast formula loses all digits. */
ALWAYS_INLINE int f(atanh_is_moderate)(const T *x) {
    const f64 a = magnitude_f64(x->re), b = magnitude_f64(x->im);
    return (a < 0x1p500) & (b < 0x1p500) & ((a != 1) | (b > 0x1p-500));
}

UNARY_COMPLEX_IN_FLOAT64(sinh, f(is_near))
UNARY_COMPLEX_IN_FLOAT64(cosh, f(is_near))
UNARY_COMPLEX_IN_FLOAT64(tanh, f(is_near))
UNARY_COMPLEX_IN_FLOAT64(asinh, f(is_moderate))
UNARY_COMPLEX_IN_FLOAT64(acosh, f(is_moderate))
UNARY_COMPLEX_IN_FLOAT64(atanh, f(atanh_is_moderate))

/* exp and expm1 of one complex dtype, in float64: template.
 *
 * Formula: exp(a + bi) = exp(a) cos b + exp(a) sin b i. Largest error in ULP of the larger part: 0.71 in complex64; in
 * complex128, and where:
 *   exp    2.3 at -0x1.b71166d905cfp-2 + 0x1.2db8f0dd7bfb8p+1i
 *   expm1  2.6 at 0x1.ea77cdc7d53fdp-4 - 0x1.59341902c1fc2p-4i */
#include "kernels/exponential/complex_formulas.h"
#include "kernels/loops/complex.h"

ALWAYS_INLINE int f(is_near)(const T *x) {
    const PART a = __builtin_elementwise_abs(x->re), b = __builtin_elementwise_abs(x->im);
    return (a < (PART)INFINITY) & (b < (PART)0x1p20);
}

UNARY_COMPLEX_IN_FLOAT64(exp, f(is_near))
UNARY_COMPLEX_IN_FLOAT64(expm1, f(is_near))

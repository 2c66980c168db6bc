/* Square roots of one complex dtype, in float64: template. Largest error in ULP of the larger part: 0.71 in
 * complex64, 2.2 in complex128 at 0x1.fa653e63531c3p-7 + 0x1.00000c0a902d8p+0i. */
#include "kernels/loops/complex.h"
#include "kernels/root/complex_formulas.h"

ALWAYS_INLINE int f(is_finite)(const T *x) {
    const f64 a = magnitude_f64(x->re), b = magnitude_f64(x->im);
    return (a < (f64)INFINITY) & (b < (f64)INFINITY);
}

UNARY_COMPLEX_IN_FLOAT64(sqrt, f(is_finite))

/* Powers of complex numbers of two float64 parts. */
#ifndef RAPTORS_POWER_COMPLEX_POWER_H
#define RAPTORS_POWER_COMPLEX_POWER_H

#include <complex.h>
#include <stdlib.h>

#include "kernels/formulas/complex_quotient.h"

ALWAYS_INLINE c128 complex_product(c128 a, c128 b) {
    return (c128){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/* By repeated squaring: exact where the result is a number of float64. */
static c128 integer_power(c128 a, int n) {
    c128 power = {1, 0};
    for (; n != 0; n >>= 1) {
        if (n & 1) power = complex_product(power, a);
        if (n > 1) a = complex_product(a, a);
    }
    return power;
}

/* Formula: exp(b * log(a)), where log(0) is -infinity: a power of 0 is 0 if b is to the right of the imaginary axis.
 * Powers by a small integer are products, unless one of them leaves the range of the numbers. Largest error: about 4 |b
 * log(a)| ULP of the larger part; 160 was found at -0x1.cec8d92de5946p+3 + 0x1.81507b8a5f6a5p-2i, -0x1.e19fa50882828p+3
 * - 0x1.023782d474537p+3i. */
static c128 complex_power(c128 a, c128 b) {
    if (b.im == 0 && b.re > -100 && b.re < 100 && b.re == __builtin_elementwise_trunc(b.re)) {
        c128 power = integer_power(a, abs((int)b.re));
        if (b.re >= 0 && isfinite(power.re) && isfinite(power.im)) return power;
        if (b.re < 0 && is_moderate_f64(power.re, power.im)) {
            careful_quotient_f64(&power.re, &power.im, 1, 0, power.re, power.im);
            return power;
        }
    }
    if (a.re == 0 && a.im == 0) {
        if (b.re > 0) return (c128){0, 0};
        return (c128){b.re < 0 ? INFINITY : NAN, NAN};
    }
    const double complex logarithm = clog(CMPLX(a.re, a.im));
    const c128 l = {creal(logarithm), cimag(logarithm)};
    const c128 exponent = b.im == 0 ? (c128){b.re * l.re, b.re * l.im} : complex_product(b, l);
    const double complex power = cexp(CMPLX(exponent.re, exponent.im));
    return (c128){creal(power), cimag(power)};
}

#endif

/* The scalar reference of powers. */
#ifndef RAPTORS_POWER_REFERENCE_H
#define RAPTORS_POWER_REFERENCE_H

#include <complex.h>

#include "kernels/reference.h"

/* By squaring, from the highest bit of the exponent down. */
static __int128 integer_power_of(enum operation_code operation, enum dtype_code dtype, __int128 a, __int128 b) {
    (void)operation, (void)dtype;
    if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
    u64 power = 1;
    for (int bit = 63; bit >= 0; bit--) {
        power *= power;
        if ((u64)b >> bit & 1) power *= (u64)a;
    }
    return (__int128)power;
}

/* Not powl, which gives infinity for -infinity to the power of -2^63. */
static long double float_power(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    (void)operation, (void)dtype;
    return pow(a, b);
}

/* b * log(a), by hand: the compiler's product of long double complex numbers writes beyond its result. */
static long double complex complex_exponent(enum dtype_code dtype, const void *const in[]) {
    const long double complex logarithm = clogl(CMPLXL(load_part(dtype, in[0], 0), load_part(dtype, in[0], 1)));
    const long double re = creall(logarithm), im = cimagl(logarithm);
    const long double b = load_part(dtype, in[1], 0), c = load_part(dtype, in[1], 1);
    return CMPLXL(b * re - c * im, b * im + c * re);
}

static bool power_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    if (is_integer(dtype)) return by_integers(integer_power_of, operation, dtype, in, out);
    if (!is_complex(dtype)) return by_floats(float_power, operation, dtype, in, out);
    const bool is_one = load_part(dtype, in[1], 0) == 0 && load_part(dtype, in[1], 1) == 0;
    const long double complex power = is_one ? 1 : cexpl(complex_exponent(dtype, in));
    store_part(dtype, out, 0, creall(power));
    store_part(dtype, out, 1, cimagl(power));
    return true;
}

#endif

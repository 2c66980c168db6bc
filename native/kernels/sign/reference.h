/* The scalar reference of signs; that of complex numbers is measured by tests/kernels/ulp.py. */
#ifndef RAPTORS_SIGN_REFERENCE_H
#define RAPTORS_SIGN_REFERENCE_H

#include "kernels/reference.h"

static __int128 integer_sign(enum operation_code operation, enum dtype_code dtype, __int128 a, __int128 b) {
    (void)operation, (void)dtype, (void)b;
    return (a > 0) - (a < 0);
}

static long double float_sign(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    (void)dtype;
    if (operation == OPERATION_copysign) return copysign(a, b);
    return isnan(a) ? a : (a > 0) - (a < 0);
}

static bool sign_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    if (is_integer(dtype)) return by_integers(integer_sign, operation, dtype, in, out);
    if (is_complex(dtype)) return false;
    if (operation != OPERATION_signbit) return by_floats(float_sign, operation, dtype, in, out);
    *(b8 *)out = signbit(load_part(dtype, in[0], 0)) != 0;
    return true;
}

#endif

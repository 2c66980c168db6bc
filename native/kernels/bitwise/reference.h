/* The scalar reference of operations on bits. */
#ifndef RAPTORS_BITWISE_REFERENCE_H
#define RAPTORS_BITWISE_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

static __int128 shifted_left(__int128 a, __int128 b, int width) {
    return b < 0 || b >= width ? 0 : (__int128)((unsigned __int128)a << b);
}

/* The floor of the quotient by a power of two. */
static __int128 shifted_right(__int128 a, __int128 b, int width) {
    const __int128 divisor = (__int128)1 << (b < 0 || b >= width ? width : b);
    return (a - (a % divisor + divisor) % divisor) / divisor;
}

static __int128 integer_bits(enum operation_code operation, enum dtype_code dtype, __int128 a, __int128 b) {
    switch (operation) {
    case OPERATION_bitwise_and:
        return a & b;
    case OPERATION_bitwise_or:
        return a | b;
    case OPERATION_bitwise_xor:
        return a ^ b;
    case OPERATION_bitwise_invert:
        return dtype == CODE_b8 ? !a : -a - 1;
    case OPERATION_bitwise_left_shift:
        return shifted_left(a, b, bits_of(dtype));
    case OPERATION_bitwise_right_shift:
        return shifted_right(a, b, bits_of(dtype));
    default:
        abort();
    }
}

static bool bitwise_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    return by_integers(integer_bits, operation, dtype, in, out);
}

#endif

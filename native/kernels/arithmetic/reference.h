/* The scalar reference of sums, products and absolute values. */
#ifndef RAPTORS_ARITHMETIC_REFERENCE_H
#define RAPTORS_ARITHMETIC_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

static __int128 integer_arithmetic(enum operation_code operation, enum dtype_code dtype, __int128 a, __int128 b) {
    (void)dtype;
    switch (operation) {
    case OPERATION_add:
        return a + b;
    case OPERATION_subtract:
        return a - b;
    case OPERATION_multiply:
        return (__int128)((unsigned __int128)a * (unsigned __int128)b);
    case OPERATION_maximum:
        return a > b ? a : b;
    case OPERATION_minimum:
        return a < b ? a : b;
    case OPERATION_negative:
        return -a;
    case OPERATION_absolute:
        return a < 0 ? -a : a;
    case OPERATION_square:
        return (__int128)((unsigned __int128)a * (unsigned __int128)a);
    default:
        abort();
    }
}

static long double float_arithmetic(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    (void)dtype;
    switch (operation) {
    case OPERATION_add:
        return a + b;
    case OPERATION_subtract:
        return a - b;
    case OPERATION_multiply:
        return a * b;
    case OPERATION_maximum:
        return isnan(a) ? a : isnan(b) ? b : a > b ? a : b;
    case OPERATION_minimum:
        return isnan(a) ? a : isnan(b) ? b : a < b ? a : b;
    case OPERATION_negative:
        return signbit(a) ? fabs(a) : -fabs(a);
    case OPERATION_absolute:
        return fabs(a);
    case OPERATION_square:
        return a * a;
    default:
        abort();
    }
}

/* By the textbook: every operation is rounded. */
static bool complex_arithmetic(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                               void *out) {
    const f64 a = (f64)load_part(dtype, in[0], 0), b = (f64)load_part(dtype, in[0], 1);
    const void *second = operation == OPERATION_square ? in[0] : in[1];
    const f64 c = (f64)load_part(dtype, second, 0), d = (f64)load_part(dtype, second, 1);
    f64 re = 0, im = 0;
    switch (operation) {
    case OPERATION_add:
        re = a + c, im = b + d;
        break;
    case OPERATION_subtract:
        re = a - c, im = b - d;
        break;
    case OPERATION_multiply:
    case OPERATION_square:
        re = rounded(dtype, a * c) - rounded(dtype, b * d), im = rounded(dtype, a * d) + rounded(dtype, b * c);
        break;
    case OPERATION_negative:
        re = -a, im = -b;
        break;
    case OPERATION_absolute:
        store_part(dtype, out, 0, hypotl(a, b));
        return true;
    default:
        abort();
    }
    store_part(dtype, out, 0, re);
    store_part(dtype, out, 1, im);
    return true;
}

static bool arithmetic_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                                 void *out) {
    if (is_integer(dtype)) return by_integers(integer_arithmetic, operation, dtype, in, out);
    if (is_complex(dtype)) return complex_arithmetic(operation, dtype, in, out);
    return by_floats(float_arithmetic, operation, dtype, in, out);
}

#endif

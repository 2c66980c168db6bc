/* The scalar reference of trigonometric functions, in long double; the accuracy of these, and of complex numbers, is
 * measured by tests/kernels/ulp.py. */
#ifndef RAPTORS_TRIGONOMETRIC_REFERENCE_H
#define RAPTORS_TRIGONOMETRIC_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

static long double float_trigonometric(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    (void)dtype;
    switch (operation) {
    case OPERATION_sin:
        return sinl(a);
    case OPERATION_cos:
        return cosl(a);
    case OPERATION_tan:
        return tanl(a);
    case OPERATION_asin:
        return asinl(a);
    case OPERATION_acos:
        return acosl(a);
    case OPERATION_atan:
        return atanl(a);
    case OPERATION_atan2:
        return atan2l(a, b);
    default:
        abort();
    }
}

static bool trigonometric_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                                    void *out) {
    if (is_complex(dtype)) return false;
    return by_floats(float_trigonometric, operation, dtype, in, out);
}

#endif

/* The scalar reference of hyperbolic functions, in long double; the accuracy of these, and of complex numbers, is
 * measured by tests/kernels/ulp.py. */
#ifndef RAPTORS_HYPERBOLIC_REFERENCE_H
#define RAPTORS_HYPERBOLIC_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

static long double float_hyperbolic(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    (void)dtype, (void)b;
    switch (operation) {
    case OPERATION_sinh:
        return sinhl(a);
    case OPERATION_cosh:
        return coshl(a);
    case OPERATION_tanh:
        return tanhl(a);
    case OPERATION_asinh:
        return asinhl(a);
    case OPERATION_acosh:
        return acoshl(a);
    case OPERATION_atanh:
        return atanhl(a);
    default:
        abort();
    }
}

static bool hyperbolic_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                                 void *out) {
    if (is_complex(dtype)) return false;
    return by_floats(float_hyperbolic, operation, dtype, in, out);
}

#endif

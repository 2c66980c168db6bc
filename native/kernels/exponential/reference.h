/* The scalar reference of the exponential, in long double; the accuracy of these, and of complex numbers, is measured
 * by tests/kernels/ulp.py. */
#ifndef RAPTORS_EXPONENTIAL_REFERENCE_H
#define RAPTORS_EXPONENTIAL_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

static long double float_exponential(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    (void)dtype, (void)b;
    switch (operation) {
    case OPERATION_exp:
        return expl(a);
    case OPERATION_expm1:
        return expm1l(a);
    default:
        abort();
    }
}

static bool exponential_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                                  void *out) {
    if (is_complex(dtype)) return false;
    return by_floats(float_exponential, operation, dtype, in, out);
}

#endif

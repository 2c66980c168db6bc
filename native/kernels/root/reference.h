/* The scalar reference of square roots, which are rounded once, and of hypotenuses, in long double. Those of complex
 * numbers are measured by tests/kernels/ulp.py. */
#ifndef RAPTORS_ROOT_REFERENCE_H
#define RAPTORS_ROOT_REFERENCE_H

#include "kernels/reference.h"

static long double float_root(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    (void)dtype;
    return operation == OPERATION_sqrt ? (long double)sqrt(a) : hypotl(a, b);
}

static bool root_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    if (is_complex(dtype)) return false;
    return by_floats(float_root, operation, dtype, in, out);
}

#endif

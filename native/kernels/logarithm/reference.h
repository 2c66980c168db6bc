/* The scalar reference of logarithms, in long double; the accuracy of these, and of complex numbers, is measured by
 * tests/kernels/ulp.py. */
#ifndef RAPTORS_LOGARITHM_REFERENCE_H
#define RAPTORS_LOGARITHM_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

static long double log_sum_of(long double a, long double b) {
    const long double larger = fmaxl(a, b), smaller = fminl(a, b);
    if (isnan(a) || isnan(b)) return isnan(a) ? a : b;
    return isinf(larger) ? larger : larger + log1pl(expl(smaller - larger));
}

static long double float_logarithm(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    (void)dtype;
    switch (operation) {
    case OPERATION_log:
        return logl(a);
    case OPERATION_log2:
        return log2l(a);
    case OPERATION_log10:
        return log10l(a);
    case OPERATION_log1p:
        return log1pl(a);
    case OPERATION_logaddexp:
        return log_sum_of(a, b);
    default:
        abort();
    }
}

static bool logarithm_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                                void *out) {
    if (is_complex(dtype)) return false;
    return by_floats(float_logarithm, operation, dtype, in, out);
}

#endif

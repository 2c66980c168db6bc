/* The scalar reference of rounding, and of the next number after another. */
#ifndef RAPTORS_ROUNDING_REFERENCE_H
#define RAPTORS_ROUNDING_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

static long double float_rounding(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    switch (operation) {
    case OPERATION_floor:
        return floor(a);
    case OPERATION_ceil:
        return ceil(a);
    case OPERATION_trunc:
        return trunc(a);
    case OPERATION_round:
        return rint(a);
    case OPERATION_nextafter:
        return is_single(dtype) ? (f64)nextafterf((f32)a, (f32)b) : nextafter(a, b);
    default:
        abort();
    }
}

static bool rounding_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                               void *out) {
    if (!is_complex(dtype)) return by_floats(float_rounding, operation, dtype, in, out);
    for (int part = 0; part < 2; part++) store_part(dtype, out, part, rint((f64)load_part(dtype, in[0], part)));
    return true;
}

#endif

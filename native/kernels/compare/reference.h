/* The scalar reference of comparisons. */
#ifndef RAPTORS_COMPARE_REFERENCE_H
#define RAPTORS_COMPARE_REFERENCE_H

#include "kernels/reference.h"

static bool compare_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    bool less = false, equal = false;
    if (dtype < CODE_f32) {
        const __int128 a = load_integer(dtype, in[0]), b = load_integer(dtype, in[1]);
        less = a < b, equal = a == b;
    } else {
        const long double a = load_part(dtype, in[0], 0), b = load_part(dtype, in[1], 0);
        less = a < b, equal = a == b;
        if (is_complex(dtype)) equal = equal && load_part(dtype, in[0], 1) == load_part(dtype, in[1], 1);
    }
    *(b8 *)out = operation == OPERATION_equal       ? equal
                 : operation == OPERATION_not_equal ? !equal
                 : operation == OPERATION_less      ? less
                                                    : less || equal;
    return true;
}

#endif

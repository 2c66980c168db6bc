/* The scalar reference of what kind a number is. */
#ifndef RAPTORS_CLASSIFY_REFERENCE_H
#define RAPTORS_CLASSIFY_REFERENCE_H

#include "kernels/reference.h"

static bool classify_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                               void *out) {
    bool any_nan = false, any_infinite = false;
    for (int part = 0; part <= is_complex(dtype); part++) {
        const long double x = load_part(dtype, in[0], part);
        any_nan |= isnan(x) != 0;
        any_infinite |= isinf(x) != 0;
    }
    *(b8 *)out = operation == OPERATION_isnan   ? any_nan
                 : operation == OPERATION_isinf ? any_infinite
                                                : !any_nan && !any_infinite;
    return true;
}

#endif

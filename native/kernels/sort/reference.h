/* The order of two elements, as sort and searchsorted have it: nan comes last, and all nan are equal. */
#ifndef RAPTORS_SORT_REFERENCE_H
#define RAPTORS_SORT_REFERENCE_H

#include "kernels/reference.h"

/* -1, 0 or 1. */
static inline int order_of(enum dtype_code dtype, const void *a, const void *b) {
    if (dtype < CODE_f32) {
        const __int128 x = load_integer(dtype, a), y = load_integer(dtype, b);
        return (x > y) - (x < y);
    }
    const long double x = load_part(dtype, a, 0), y = load_part(dtype, b, 0);
    if (isnan(x) || isnan(y)) return (isnan(x) != 0) - (isnan(y) != 0);
    return (x > y) - (x < y);
}

#endif

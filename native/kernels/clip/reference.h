/* The scalar reference of clipping: min(max(x, low), high), or nan if one of them is. 0 is larger than -0. */
#ifndef RAPTORS_CLIP_REFERENCE_H
#define RAPTORS_CLIP_REFERENCE_H

#include "kernels/reference.h"

static bool clip_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    (void)operation;
    if (is_integer(dtype)) {
        const __int128 x = load_integer(dtype, in[0]), low = load_integer(dtype, in[1]);
        const __int128 high = load_integer(dtype, in[2]), raised = x > low ? x : low;
        store_integer(dtype, out, raised < high ? raised : high);
        return true;
    }
    const long double x = load_part(dtype, in[0], 0), low = load_part(dtype, in[1], 0);
    const long double high = load_part(dtype, in[2], 0);
    long double result = x > low || (x == low && !signbit(x)) ? x : low;
    if (high < result || (high == result && signbit(high))) result = high;
    store_part(dtype, out, 0, isnan(x) || isnan(low) || isnan(high) ? NAN : result);
    return true;
}

#endif

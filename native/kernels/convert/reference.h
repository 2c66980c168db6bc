/* The scalar reference of conversions, through numbers that hold those of every dtype. */
#ifndef RAPTORS_CONVERT_REFERENCE_H
#define RAPTORS_CONVERT_REFERENCE_H

#include "kernels/reference.h"

static __int128 float_to_integer(enum dtype_code to, long double x) {
    const int width = bits_of(to);
    if (width < 32) return float_to_integer(CODE_i32, x); /* its low bits are taken */
    const long double low = -ldexpl(1, width - 1), high = is_signed(to) ? -low : ldexpl(1, width);
    const long double whole = truncl(x);
    if (isnan(x) || whole < low || whole >= high) return (__int128)1 << (width - 1);
    return (__int128)whole;
}

static void convert_integer(__int128 value, enum dtype_code to, void *out) {
    if (to == CODE_b8) {
        *(b8 *)out = value != 0;
    } else if (is_integer(to)) {
        store_integer(to, out, value);
    } else { /* every integer of 64 bits is a long double: it is rounded once */
        store_part(to, out, 0, (long double)value);
        if (is_complex(to)) store_part(to, out, 1, 0);
    }
}

static bool convert_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    const enum dtype_code to = (enum dtype_code)(operation - OPERATION_to_b8);
    if (dtype < CODE_f32) {
        convert_integer(load_integer(dtype, in[0]), to, out);
        return true;
    }
    const long double re = load_part(dtype, in[0], 0), im = is_complex(dtype) ? load_part(dtype, in[0], 1) : 0;
    if (to == CODE_b8) {
        *(b8 *)out = !(re == 0 && im == 0);
    } else if (is_integer(to)) {
        store_integer(to, out, float_to_integer(to, re));
    } else {
        store_part(to, out, 0, re);
        if (is_complex(to)) store_part(to, out, 1, im);
    }
    return true;
}

#endif

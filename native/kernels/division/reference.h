/* The scalar reference of quotients and remainders. */
#ifndef RAPTORS_DIVISION_REFERENCE_H
#define RAPTORS_DIVISION_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

static __int128 floor_quotient(__int128 a, __int128 b) {
    if (b == 0) return 0;
    const __int128 quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static __int128 integer_division(enum operation_code operation, enum dtype_code dtype, __int128 a, __int128 b) {
    (void)dtype;
    if (operation == OPERATION_floor_divide) return floor_quotient(a, b);
    return b == 0 ? 0 : a - b * floor_quotient(a, b);
}

/* The floor of the exact quotient, by the exact remainder; the rounded quotient where that has no bits for a fraction;
 * and the cases that the standard lists. */
static f64 float_floor_quotient(enum dtype_code dtype, f64 a, f64 b) {
    if (isnan(a) || isnan(b) || (isinf(a) && isinf(b)) || (a == 0 && b == 0)) return NAN;
    const bool negative = !signbit(a) != !signbit(b);
    if (isinf(a) || b == 0) return negative ? -INFINITY : INFINITY;
    if (isinf(b) || a == 0) return negative ? -0.0 : 0.0;
    const f64 ratio = rounded(dtype, a / b);
    if (fabs(ratio) > (is_single(dtype) ? 0x1p24 : 0x1p53)) return ratio;
    const f64 rest = fmod(a, b);
    f64 quotient = rounded(dtype, (f64)roundl(((long double)a - rest) / b));
    if (rest != 0 && (b < 0) != (rest < 0)) quotient -= 1;
    return quotient == 0 ? negative ? -0.0 : 0.0 : quotient;
}

/* With the sign of b, as in Python. */
static f64 float_remainder(enum dtype_code dtype, f64 a, f64 b) {
    if (isnan(a) || isnan(b) || isinf(a) || b == 0) return NAN;
    const f64 rest = fmod(a, b);
    if (rest == 0) return copysign(0, b);
    return (b < 0) != (rest < 0) ? rounded(dtype, rest + b) : rest;
}

static long double float_division(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    switch (operation) {
    case OPERATION_divide:
        return a / b;
    case OPERATION_reciprocal:
        return 1 / a;
    case OPERATION_floor_divide:
        return float_floor_quotient(dtype, a, b);
    case OPERATION_remainder:
        return float_remainder(dtype, a, b);
    default:
        abort();
    }
}

/* (a + bi) / (c + ei) in long double. */
static void complex_quotient(long double a, long double b, long double c, long double e, long double *out) {
    const bool above_finite = isfinite(a) && isfinite(b), below_finite = isfinite(c) && isfinite(e);
    if (e == 0) {
        out[0] = a / c, out[1] = b / c;
    } else if (c == 0) {
        out[0] = b / e, out[1] = -a / e;
    } else if (above_finite && below_finite) {
        int above, below;
        frexpl(fmaxl(fabsl(a), fabsl(b)), &above);
        frexpl(fmaxl(fabsl(c), fabsl(e)), &below);
        const long double x = ldexpl(a, -above), y = ldexpl(b, -above), u = ldexpl(c, -below), v = ldexpl(e, -below);
        const long double square = u * u + v * v;
        out[0] = ldexpl((x * u + y * v) / square, above - below);
        out[1] = ldexpl((y * u - x * v) / square, above - below);
    } else if (below_finite && (isinf(a) || isinf(b))) { /* C99, annex G */
        const long double x = copysignl(isinf(a) ? 1 : 0, a), y = copysignl(isinf(b) ? 1 : 0, b);
        out[0] = (long double)INFINITY * (x * c + y * e), out[1] = (long double)INFINITY * (y * c - x * e);
    } else if (above_finite && (isinf(c) || isinf(e))) {
        const long double u = copysignl(isinf(c) ? 1 : 0, c), v = copysignl(isinf(e) ? 1 : 0, e);
        out[0] = 0 * (a * u + b * v), out[1] = 0 * (b * u - a * v);
    } else {
        out[0] = out[1] = NAN;
    }
}

static bool complex_division(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    const bool divides = operation == OPERATION_divide;
    const void *above = in[0], *below = divides ? in[1] : in[0];
    long double quotient[2];
    complex_quotient(divides ? load_part(dtype, above, 0) : 1, divides ? load_part(dtype, above, 1) : 0,
                     load_part(dtype, below, 0), load_part(dtype, below, 1), quotient);
    store_part(dtype, out, 0, quotient[0]);
    store_part(dtype, out, 1, quotient[1]);
    return true;
}

static bool division_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                               void *out) {
    if (is_integer(dtype)) return by_integers(integer_division, operation, dtype, in, out);
    if (is_complex(dtype)) return complex_division(operation, dtype, in, out);
    return by_floats(float_division, operation, dtype, in, out);
}

#endif

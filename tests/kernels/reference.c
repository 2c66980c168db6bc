/* Which reference an elementwise operation has, and how far its kernels may be from it. The references themselves are
 * beside the formulas, in native/kernels/<family>/reference.h. */
#include <complex.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "kernels/arithmetic/reference.h"
#include "kernels/division/reference.h"
#include "kernels/power/reference.h"
#include "kernels/compare/reference.h"
#include "kernels/bitwise/reference.h"
#include "kernels/convert/reference.h"
#include "kernels/where/reference.h"
#include "kernels/clip/reference.h"
#include "kernels/rounding/reference.h"
#include "kernels/sign/reference.h"
#include "kernels/classify/reference.h"
#include "kernels/complex_parts/reference.h"
#include "kernels/exponential/reference.h"
#include "kernels/logarithm/reference.h"
#include "kernels/hyperbolic/reference.h"
#include "kernels/special/reference.h"
#include "kernels/trigonometric/reference.h"
#include "kernels/root/reference.h"

/* Of every line of a family, the family's. */
static elementwise_reference *const references[OPERATION_COUNT] = {
#define COST(...)
#define BOUND(...)
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = arithmetic_reference,
#include "kernels/arithmetic/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = division_reference,
#include "kernels/division/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = power_reference,
#include "kernels/power/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = compare_reference,
#include "kernels/compare/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = bitwise_reference,
#include "kernels/bitwise/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = convert_reference,
#include "kernels/convert/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = where_reference,
#include "kernels/where/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = clip_reference,
#include "kernels/clip/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = rounding_reference,
#include "kernels/rounding/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = sign_reference,
#include "kernels/sign/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = classify_reference,
#include "kernels/classify/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = complex_parts_reference,
#include "kernels/complex_parts/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = exponential_reference,
#include "kernels/exponential/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = logarithm_reference,
#include "kernels/logarithm/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = special_reference,
#include "kernels/special/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = hyperbolic_reference,
#include "kernels/hyperbolic/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = trigonometric_reference,
#include "kernels/trigonometric/operations.inc"
#undef OPERATION
#define OPERATION(name, form, dtypes, result, integers) [OPERATION_##name] = root_reference,
#include "kernels/root/operations.inc"
#undef OPERATION
#undef COST
#undef BOUND
};

bool reference(const subject *s, const void *const in[], void *out) {
    elementwise_reference *const function = references[s->operation];
    return function != NULL && function(s->operation, s->dtype, in, out);
}

bool has_reference(const subject *s) {
    const _Alignas(16) char zeros[16] = {0};
    const void *const in[3] = {zeros, zeros, zeros};
    char out[16];
    return reference(s, in, out);
}

const char *text(enum dtype_code dtype, const void *element) {
    static char buffers[8][64];
    static unsigned turn;
    char *buffer = buffers[turn++ % 8];
    if (dtype == CODE_b8 || is_integer(dtype)) {
        const __int128 value = load_integer(dtype, element);
        if (value < 0)
            snprintf(buffer, 64, "%lld", (long long)value);
        else
            snprintf(buffer, 64, "%llu", (unsigned long long)value);
    } else if (is_complex(dtype)) {
        snprintf(buffer, 64, "(%.17Lg, %.17Lg)", load_part(dtype, element, 0), load_part(dtype, element, 1));
    } else {
        snprintf(buffer, 64, "%.17Lg", load_part(dtype, element, 0));
    }
    return buffer;
}

/* --- equal, or close --- */

bool is_same(enum dtype_code dtype, const void *a, const void *b) {
    if (memcmp(a, b, (size_t)dtype_facts[dtype].size) == 0) return true;
    if (dtype < CODE_f32) return false;
    for (int part = 0; part <= is_complex(dtype); part++) {
        const long double x = load_part(dtype, a, part), y = load_part(dtype, b, part);
        if (!(isnan(x) && isnan(y)) && !(x == y && signbit(x) == signbit(y))) return false;
    }
    return true;
}

/* What the manifest promises of float32 and float64, in ULP. */
static const double float_bounds[OPERATION_COUNT][2] = {
#define BOUND(name, f32, f64, c64, c128) [OPERATION_##name] = {f32, f64},
#include "kernels/manifest.inc"
};

/* Formulas that use a fused operation where there is one: other bits, the same error. What is rounded once has one
 * result.
 */
bool is_elementary(const subject *s) {
    if (s->dtype != CODE_f32 && s->dtype != CODE_f64) return false;
    return float_bounds[s->operation][s->dtype - CODE_f32] > 0.5;
}

bool has_one_answer(const subject *s) {
    if (!has_reference(s)) return false;
    if (is_elementary(s)) return false;
    if (!is_complex(s->dtype)) return true;
    return s->operation != OPERATION_power && s->operation != OPERATION_divide &&
           s->operation != OPERATION_reciprocal && s->operation != OPERATION_absolute;
}

/* How many units of roundoff the result of a complex operation may be away, in relation to its size. */
static long double complex_tolerance(const subject *s, const void *const in[]) {
    if (s->operation != OPERATION_power) return 8;
    return 300 + 8 * cabsl(complex_exponent(s->dtype, in)); /* up to 100 factors, or the error of an exponent */
}

bool is_close(const subject *s, const void *const in[], const void *expected, const void *got) {
    if (is_same(s->result, expected, got)) return true;
    const long double x = load_part(s->result, expected, 0), y = load_part(s->result, got, 0);
    const long double tiny = is_single(s->result) ? 0x1p-149L : 0x1p-1074L;
    const long double largest = is_single(s->result) ? (long double)FLT_MAX : (long double)DBL_MAX;
    const long double u = unit_roundoff(s->result);
    if (!is_complex(s->dtype)) { /* 1 ULP; at a power of two that of the larger side */
        long double error = 0;   /* of the reference: its terms cancel where exp(a) + exp(b) is near 1 */
        if (s->operation == OPERATION_logaddexp)
            error = 0x1p-62L * fabsl(fmaxl(load_part(s->dtype, in[0], 0), load_part(s->dtype, in[1], 0)));
        const long double allowed = fmaxl(2 * u * fabsl(x), tiny) + error;
        return isfinite(x) && isfinite(y) ? fabsl(x - y) <= allowed : isnan(x) && isnan(y);
    }
    if (!is_complex(s->result)) return isfinite(x) && isfinite(y) && fabsl(x - y) <= fmaxl(2 * u * fabsl(x), tiny);
    const long double v = load_part(s->result, expected, 1), w = load_part(s->result, got, 1);
    bool finite = true;
    for (int i = 0; i < s->inputs; i++)
        finite &= isfinite(load_part(s->dtype, in[i], 0)) && isfinite(load_part(s->dtype, in[i], 1));
    /* Infinities, powers next to them, and angles without a correct digit depend on how they are computed. */
    if (s->operation == OPERATION_power &&
        (!finite || !(hypotl(x, v) < largest * 1e-10L) || complex_tolerance(s, in) * u > 1))
        return true;
    if (finite && (isinf(x) || isinf(v))) return !isnan(y) || isnan(x); /* an overflow hides the error */
    const long double size = hypotl(isfinite(x) ? x : 0, isfinite(v) ? v : 0);
    const long double allowed = fmaxl(complex_tolerance(s, in) * u * size, 2 * tiny);
    const bool close_re = x == y || (isnan(x) && isnan(y)) || fabsl(x - y) <= allowed;
    const bool close_im = v == w || (isnan(v) && isnan(w)) || fabsl(v - w) <= allowed;
    return close_re && close_im;
}

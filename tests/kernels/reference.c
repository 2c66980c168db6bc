/* The references of the elementwise kernels: one element at a time, integers in 128 bits, conversions through numbers
 * that hold every dtype. And what "equal" means. */
#include "check.h"

#include <complex.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

bool is_complex(enum dtype_code dtype) { return dtype == CODE_c64 || dtype == CODE_c128; }
bool is_integer(enum dtype_code dtype) { return dtype_facts[dtype].kind == 'i' || dtype_facts[dtype].kind == 'u'; }
bool is_signed(enum dtype_code dtype) { return dtype_facts[dtype].kind == 'i'; }
static bool is_single(enum dtype_code dtype) { return dtype == CODE_f32 || dtype == CODE_c64; }
long double unit_roundoff(enum dtype_code dtype) { return is_single(dtype) ? 0x1p-24L : 0x1p-53L; }

__int128 load_integer(enum dtype_code dtype, const void *from) {
    if (dtype == CODE_b8) return *(const byte *)from != 0;
    uint64_t bits = 0;
    memcpy(&bits, from, (size_t)dtype_facts[dtype].size);
    const int width = 8 * (int)dtype_facts[dtype].size;
    if (is_signed(dtype) && bits >> (width - 1)) return (__int128)bits - ((__int128)1 << width);
    return bits;
}

void store_integer(enum dtype_code dtype, void *to, __int128 value) {
    const uint64_t bits = (uint64_t)value;
    memcpy(to, &bits, (size_t)dtype_facts[dtype].size);
}

long double load_part(enum dtype_code dtype, const void *from, int part) {
    if (!is_single(dtype)) {
        f64 value;
        memcpy(&value, (const char *)from + part * 8, 8);
        return value;
    }
    f32 value;
    memcpy(&value, (const char *)from + part * 4, 4);
    return value;
}

void store_part(enum dtype_code dtype, void *to, int part, long double value) {
    const f64 wide = (f64)value;
    const f32 narrow = (f32)value;
    if (is_single(dtype))
        memcpy((char *)to + part * 4, &narrow, 4);
    else
        memcpy((char *)to + part * 8, &wide, 8);
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

#define T f32
#include "reference_float.h"
#undef T
#define T f64
#include "reference_float.h"
#undef T

/* --- integers and bool --- */

static __int128 floor_quotient(__int128 a, __int128 b) {
    if (b == 0) return 0;
    const __int128 quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static __int128 integer_power(__int128 a, __int128 b) {
    if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
    uint64_t power = 1;
    for (int bit = 63; bit >= 0; bit--) {
        power *= power;
        if ((uint64_t)b >> bit & 1) power *= (uint64_t)a;
    }
    return power;
}

static __int128 shift_right(__int128 a, __int128 b, int width) {
    if (b < 0 || b >= width) return a < 0 ? -1 : 0;
    return floor_quotient(a, (__int128)1 << b);
}

static __int128 integer_reference(enum operation_code operation, enum dtype_code dtype, __int128 a, __int128 b) {
    const int width = 8 * (int)dtype_facts[dtype].size;
    switch (operation) {
    case OPERATION_add:
        return a + b;
    case OPERATION_subtract:
        return a - b;
    case OPERATION_multiply:
        return (__int128)((unsigned __int128)a * (unsigned __int128)b);
    case OPERATION_floor_divide:
        return floor_quotient(a, b);
    case OPERATION_remainder:
        return b == 0 ? 0 : a - b * floor_quotient(a, b);
    case OPERATION_maximum:
        return a > b ? a : b;
    case OPERATION_minimum:
        return a < b ? a : b;
    case OPERATION_power:
        return integer_power(a, b);
    case OPERATION_negative:
        return -a;
    case OPERATION_absolute:
        return a < 0 ? -a : a;
    case OPERATION_square:
        return (__int128)((unsigned __int128)a * (unsigned __int128)a);
    case OPERATION_sign:
        return a > 0 ? 1 : a < 0 ? -1 : 0;
    case OPERATION_equal:
        return a == b;
    case OPERATION_not_equal:
        return a != b;
    case OPERATION_less:
        return a < b;
    case OPERATION_less_equal:
        return a <= b;
    case OPERATION_bitwise_and:
        return a & b;
    case OPERATION_bitwise_or:
        return a | b;
    case OPERATION_bitwise_xor:
        return a ^ b;
    case OPERATION_bitwise_invert:
        return dtype == CODE_b8 ? !a : -a - 1;
    case OPERATION_bitwise_left_shift:
        return b < 0 || b >= width ? 0 : (__int128)((unsigned __int128)a * ((unsigned __int128)1 << b));
    case OPERATION_bitwise_right_shift:
        return shift_right(a, b, width);
    default:
        abort();
    }
}

/* --- conversions --- */

static __int128 float_to_integer(enum dtype_code to, long double x) {
    const int width = 8 * (int)dtype_facts[to].size;
    if (width < 32) return float_to_integer(CODE_i32, x); /* the low bits of it */
    const long double low = -ldexpl(1, width - 1), high = is_signed(to) ? -low : ldexpl(1, width);
    const long double whole = truncl(x);
    if (isnan(x) || whole < low || whole >= high) return (__int128)1 << (width - 1);
    return (__int128)whole;
}

static void convert(enum dtype_code from, const void *in, enum dtype_code to, void *out) {
    if (from == CODE_b8 || is_integer(from)) {
        const __int128 value = load_integer(from, in);
        if (to == CODE_b8) {
            *(byte *)out = value != 0;
        } else if (is_integer(to)) {
            store_integer(to, out, value);
        } else if (is_single(to)) { /* rounded once */
            const f32 re = value < 0 ? (f32)(int64_t)value : (f32)(uint64_t)value, im = 0;
            memcpy(out, &re, 4);
            if (is_complex(to)) memcpy((char *)out + 4, &im, 4);
        } else {
            const f64 re = value < 0 ? (f64)(int64_t)value : (f64)(uint64_t)value, im = 0;
            memcpy(out, &re, 8);
            if (is_complex(to)) memcpy((char *)out + 8, &im, 8);
        }
        return;
    }
    const long double re = load_part(from, in, 0), im = is_complex(from) ? load_part(from, in, 1) : 0;
    if (to == CODE_b8) {
        *(byte *)out = !(re == 0 && im == 0);
    } else if (is_integer(to)) {
        store_integer(to, out, float_to_integer(to, re));
    } else {
        store_part(to, out, 0, re);
        if (is_complex(to)) store_part(to, out, 1, im);
    }
}

/* --- complex division and power, in long double --- */

static void complex_quotient(const long double *n, const long double *d, long double *out) {
    const long double a = n[0], b = n[1], c = d[0], e = d[1];
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

/* b * log(a), by hand: the compiler's product of long double complex numbers writes beyond its result. */
static long double complex complex_exponent(const long double *a, const long double *b) {
    const long double complex logarithm = clogl(CMPLXL(a[0], a[1]));
    const long double re = creall(logarithm), im = cimagl(logarithm);
    return CMPLXL(b[0] * re - b[1] * im, b[0] * im + b[1] * re);
}

static void complex_power(const long double *a, const long double *b, long double *out) {
    out[0] = 1, out[1] = 0;
    if (b[0] == 0 && b[1] == 0) return;
    const long double complex power = cexpl(complex_exponent(a, b));
    out[0] = creall(power), out[1] = cimagl(power);
}

static void complex_reference(const subject *s, const void *const in[], void *out) {
    const bool divides = s->operation == OPERATION_divide || s->operation == OPERATION_reciprocal;
    if (divides || s->operation == OPERATION_power) {
        const long double one[2] = {1, 0}, first[2] = {load_part(s->dtype, in[0], 0), load_part(s->dtype, in[0], 1)};
        long double second[2] = {0, 0}, result[2];
        if (s->inputs == 2) second[0] = load_part(s->dtype, in[1], 0), second[1] = load_part(s->dtype, in[1], 1);
        if (s->operation == OPERATION_power)
            complex_power(first, second, result);
        else if (s->inputs == 2)
            complex_quotient(first, second, result);
        else
            complex_quotient(one, first, result);
        store_part(s->dtype, out, 0, result[0]);
        store_part(s->dtype, out, 1, result[1]);
    } else if (s->dtype == CODE_c64) {
        complex_reference_f32(s->operation, in[0], s->inputs == 2 ? in[1] : NULL, out);
    } else {
        complex_reference_f64(s->operation, in[0], s->inputs == 2 ? in[1] : NULL, out);
    }
}

/* min(max(x, low), high); nan if one of them is. */
static void clip(enum dtype_code dtype, const void *const in[], void *out) {
    if (is_integer(dtype)) {
        const __int128 x = load_integer(dtype, in[0]), low = load_integer(dtype, in[1]);
        const __int128 high = load_integer(dtype, in[2]), raised = x > low ? x : low;
        store_integer(dtype, out, raised < high ? raised : high);
        return;
    }
    const long double x = load_part(dtype, in[0], 0), low = load_part(dtype, in[1], 0),
                      high = load_part(dtype, in[2], 0);
    const bool no_number = isnan(x) || isnan(low) || isnan(high);
    long double result = x > low || (x == low && !signbit(x)) ? x : low;
    if (high < result || (high == result && signbit(high))) result = high;
    store_part(dtype, out, 0, no_number ? NAN : result);
}

void reference(const subject *s, const void *const in[], void *out) {
    if (s->operation >= OPERATION_to_b8 && s->operation <= OPERATION_to_c128) {
        convert(s->dtype, in[0], s->result, out);
    } else if (s->operation == OPERATION_where) {
        memcpy(out, load_integer(CODE_b8, in[0]) ? in[1] : in[2], (size_t)dtype_facts[s->dtype].size);
    } else if (s->operation == OPERATION_clip) {
        clip(s->dtype, in, out);
    } else if (is_complex(s->dtype)) {
        complex_reference(s, in, out);
    } else if (s->dtype == CODE_f32) {
        reference_f32(s->operation, in[0], s->inputs == 2 ? in[1] : NULL, out);
    } else if (s->dtype == CODE_f64) {
        reference_f64(s->operation, in[0], s->inputs == 2 ? in[1] : NULL, out);
    } else {
        const __int128 a = load_integer(s->dtype, in[0]), b = s->inputs == 2 ? load_integer(s->dtype, in[1]) : 0;
        store_integer(s->result, out, integer_reference(s->operation, s->dtype, a, b));
    }
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

/* Formulas that use a fused operation where there is one: other bits, the same error. */
bool is_elementary(const subject *s) {
    if (is_complex(s->dtype) || s->dtype < CODE_f32) return false;
    return s->operation == OPERATION_power || (s->operation >= OPERATION_exp && s->operation <= OPERATION_hypot) ||
           (s->operation >= OPERATION_sin && s->operation <= OPERATION_atan2);
}

bool has_reference(const subject *s) {
    if (is_elementary(s)) return true;
    if (s->operation >= OPERATION_to_b8 && s->operation <= OPERATION_to_c128) return true;
    if (s->operation >= OPERATION_floor && s->operation <= OPERATION_isfinite) return !is_complex(s->dtype);
    switch (s->operation) {
    case OPERATION_add:
    case OPERATION_subtract:
    case OPERATION_multiply:
    case OPERATION_divide:
    case OPERATION_floor_divide:
    case OPERATION_remainder:
    case OPERATION_maximum:
    case OPERATION_minimum:
    case OPERATION_power:
    case OPERATION_negative:
    case OPERATION_absolute:
    case OPERATION_square:
    case OPERATION_reciprocal:
    case OPERATION_equal:
    case OPERATION_not_equal:
    case OPERATION_less:
    case OPERATION_less_equal:
    case OPERATION_bitwise_and:
    case OPERATION_bitwise_or:
    case OPERATION_bitwise_xor:
    case OPERATION_bitwise_invert:
    case OPERATION_bitwise_left_shift:
    case OPERATION_bitwise_right_shift:
    case OPERATION_where:
    case OPERATION_clip:
        return true;
    default:
        return false;
    }
}

bool has_one_answer(const subject *s) {
    if (!has_reference(s)) return false;
    if (is_elementary(s)) return s->operation == OPERATION_sqrt;
    if (s->operation == OPERATION_power) return s->dtype < CODE_f32;
    if (!is_complex(s->dtype)) return true;
    return s->operation != OPERATION_divide && s->operation != OPERATION_reciprocal &&
           s->operation != OPERATION_absolute;
}

/* How many units of roundoff the result of a complex operation may be away, in relation to its size. */
static long double complex_tolerance(const subject *s, const void *const in[]) {
    if (s->operation != OPERATION_power) return 8;
    const long double a[2] = {load_part(s->dtype, in[0], 0), load_part(s->dtype, in[0], 1)};
    const long double b[2] = {load_part(s->dtype, in[1], 0), load_part(s->dtype, in[1], 1)};
    return 300 + 8 * cabsl(complex_exponent(a, b)); /* up to 100 factors, or the error of an exponent */
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
    /* Infinities, powers next to them, and angles of no known digit depend on the way that it is computed. */
    if (s->operation == OPERATION_power &&
        (!finite || !(hypotl(x, v) < largest * 1e-10L) || complex_tolerance(s, in) * u > 1))
        return true;
    if (finite && (isinf(x) || isinf(v))) return !isnan(y) || isnan(x); /* errors are in relation to what overflowed */
    const long double size = hypotl(isfinite(x) ? x : 0, isfinite(v) ? v : 0);
    const long double allowed = fmaxl(complex_tolerance(s, in) * u * size, 2 * tiny);
    const bool close_re = x == y || (isnan(x) && isnan(y)) || fabsl(x - y) <= allowed;
    const bool close_im = v == w || (isnan(v) && isnan(w)) || fabsl(v - w) <= allowed;
    return close_re && close_im;
}

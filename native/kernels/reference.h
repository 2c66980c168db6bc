/* What the scalar references of the families share. A reference computes one element by other means than the kernel:
 * integers in 128 bits, float32 in float64, elementary functions in long double. The check program includes them all
 * (tests/kernels/reference.c); nothing of the library does. */
#ifndef RAPTORS_KERNELS_REFERENCE_H
#define RAPTORS_KERNELS_REFERENCE_H

#include <math.h>

#include "kernels/table.h"

/* The result of an elementwise operation on operands of `dtype`. False if there is no reference for that. */
typedef bool elementwise_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                                   void *out);

/* --- elements of any dtype --- */

static inline bool is_integer(enum dtype_code dtype) {
    return dtype_facts[dtype].kind == 'i' || dtype_facts[dtype].kind == 'u';
}
static inline bool is_signed(enum dtype_code dtype) { return dtype_facts[dtype].kind == 'i'; }
static inline bool is_complex(enum dtype_code dtype) { return dtype_facts[dtype].kind == 'c'; }
static inline bool is_single(enum dtype_code dtype) { return dtype == CODE_f32 || dtype == CODE_c64; }
static inline int bits_of(enum dtype_code dtype) { return 8 * (int)dtype_facts[dtype].size; }
static inline long double unit_roundoff(enum dtype_code dtype) { return is_single(dtype) ? 0x1p-24L : 0x1p-53L; }

/* Of a bool: 0 or 1. */
static inline __int128 load_integer(enum dtype_code dtype, const void *from) {
    if (dtype == CODE_b8) return *(const u8 *)from != 0;
    u64 bits = 0;
    memcpy(&bits, from, (size_t)dtype_facts[dtype].size);
    if (is_signed(dtype) && bits >> (bits_of(dtype) - 1)) return (__int128)bits - ((__int128)1 << bits_of(dtype));
    return bits;
}

/* Modulo 2^bits. */
static inline void store_integer(enum dtype_code dtype, void *to, __int128 value) {
    const u64 bits = (u64)value;
    memcpy(to, &bits, (size_t)dtype_facts[dtype].size);
}

/* A part (0 or 1) of a float or complex number. */
static inline long double load_part(enum dtype_code dtype, const void *from, int part) {
    if (!is_single(dtype)) {
        f64 value;
        memcpy(&value, (const char *)from + part * 8, 8);
        return value;
    }
    f32 value;
    memcpy(&value, (const char *)from + part * 4, 4);
    return value;
}

static inline void store_part(enum dtype_code dtype, void *to, int part, long double value) {
    const f64 wide = (f64)value;
    const f32 narrow = (f32)value;
    if (is_single(dtype))
        memcpy((char *)to + part * 4, &narrow, 4);
    else
        memcpy((char *)to + part * 8, &wide, 8);
}

/* --- one operation on elements of one kind --- */

typedef __int128 integer_function(enum operation_code operation, enum dtype_code dtype, __int128 a, __int128 b);
typedef long double float_function(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b);

static inline bool by_integers(integer_function *function, enum operation_code operation, enum dtype_code dtype,
                               const void *const in[], void *out) {
    store_integer(dtype, out, function(operation, dtype, load_integer(dtype, in[0]), load_integer(dtype, in[1])));
    return true;
}

/* float32 in float64: the result is rounded twice, which for sums, products, quotients and roots is the same as once.
 */
static inline bool by_floats(float_function *function, enum operation_code operation, enum dtype_code dtype,
                             const void *const in[], void *out) {
    const f64 a = (f64)load_part(dtype, in[0], 0), b = (f64)load_part(dtype, in[1], 0);
    store_part(dtype, out, 0, function(operation, dtype, a, b));
    return true;
}

/* Rounded to the dtype, or to that of its parts. */
static inline f64 rounded(enum dtype_code dtype, f64 value) { return is_single(dtype) ? (f64)(f32)value : value; }

#endif

/* Inputs of the kernel check: values for which formulas are likely to go wrong, and others between them. No results. */
#include "check.h"

#include <float.h>
#include <math.h>

uint64_t random_bits(void) { /* splitmix64: the same numbers in every run */
    static uint64_t state = 1;
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static const double special_floats[] = {
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    2.0,
    -2.0,
    1.5,
    3.0,
    -7.0,
    10.0,
    0.1,
    -0.3,
    100.0,
    127.0,
    128.0,
    -128.0,
    -129.0,
    255.0,
    256.0,
    32767.0,
    32768.0,
    -32769.0,
    65535.0,
    65536.0,
    16777215.0,
    16777217.0,
    2147483520.0,
    2147483647.0,
    2147483648.0,
    -2147483648.0,
    -2147483649.0,
    4294967295.0,
    4294967296.0,
    9007199254740991.0,
    9007199254740993.0,
    9223372036854774784.0,
    9223372036854775808.0,
    -9223372036854775808.0,
    -9223372036854777856.0,
    18446744073709549568.0,
    18446744073709551616.0,
    1e-5,
    1e10,
    1e20,
    -1e30,
    1e-30,
    1e38,
    1e-38,
    FLT_MAX,
    -FLT_MAX,
    FLT_MIN,
    1.4e-45,
    -1e-40,
    1e150,
    -1e160,
    1e-150,
    1e-170,
    1e300,
    1e-300,
    DBL_MAX,
    -DBL_MAX,
    DBL_MIN,
    -1e-310,
    4.9e-324,
    INFINITY,
    -INFINITY,
    NAN,
    0.9999999999999999,
    1.0000000000000002,
    0.99999994,
    1.0000001,
};
enum { FLOATS = sizeof special_floats / sizeof *special_floats };

static int fill_special_integers(enum dtype_code dtype, char *to) {
    static const int small[] = {0, 1, 2, 3, 7, 8, 10, 15, 16, 31, 32, 33, 63, 64, 65, 100, 120, 127};
    const int size = (int)dtype_facts[dtype].size, width = 8 * size;
    int count = 0;
    for (unsigned i = 0; i < sizeof small / sizeof *small; i++) {
        for (int sign = -1; sign <= 1; sign += 2) store_integer(dtype, to + count++ * size, sign * small[i]);
    }
    for (int bit = 7; bit < width; bit++) {
        if (bit % 8 > 0 && bit % 8 < 7 && bit != 50 && bit != 51 && bit != 52 && bit != 53) continue;
        for (int nudge = -1; nudge <= 1; nudge++) {
            store_integer(dtype, to + count++ * size, ((__int128)1 << bit) + nudge);
            store_integer(dtype, to + count++ * size, -((__int128)1 << bit) + nudge);
        }
    }
    return count;
}

int fill_specials(enum dtype_code dtype, void *to) {
    char *at = to;
    const intptr_t size = dtype_facts[dtype].size;
    if (dtype == CODE_b8) { /* foreign memory may hold any byte */
        memcpy(at, (const u8[]){0, 1, 0, 1, 1, 0, 2, 255}, 8);
        return 8;
    }
    if (is_integer(dtype)) return fill_special_integers(dtype, at);
    if (!is_complex(dtype)) {
        for (int i = 0; i < FLOATS; i++) store_part(dtype, at + i * size, 0, special_floats[i]);
        return FLOATS;
    }
    int count = 0;
    for (int i = 0; i < FLOATS; i++) { /* each with a few others: all pairs of all pairs are too many */
        const int partners[] = {0, 2, (i * 7 + 3) % FLOATS, (i * 5 + 66) % FLOATS, i};
        for (int k = 0; k < 5; k++) {
            store_part(dtype, at + count * size, 0, special_floats[k % 2 ? partners[k] : i]);
            store_part(dtype, at + count++ * size, 1, special_floats[k % 2 ? i : partners[k]]);
        }
    }
    return count;
}

static long double random_moderate(void) {
    const uint64_t bits = random_bits();
    const long double size = ldexpl((long double)(bits >> 11), -53) * (bits & 1 ? 1 : 100);
    return bits & 2 ? -size : size;
}

void fill_moderate(enum dtype_code dtype, void *to, intptr_t count) {
    const intptr_t size = dtype_facts[dtype].size;
    for (intptr_t i = 0; i < count; i++) {
        char *at = (char *)to + i * size;
        if (dtype == CODE_b8) {
            *at = (char)(random_bits() & 1);
        } else if (is_integer(dtype)) {
            store_integer(dtype, at, (__int128)(random_bits() % 41) - (is_signed(dtype) ? 20 : 0));
        } else {
            for (int part = 0; part <= is_complex(dtype); part++) store_part(dtype, at, part, random_moderate());
        }
    }
}

void fill_mixed(enum dtype_code dtype, void *to, intptr_t count) {
    _Alignas(16) char specials[SPECIALS_MAX * 16];
    const int special_count = fill_specials(dtype, specials);
    const intptr_t size = dtype_facts[dtype].size;
    for (intptr_t i = 0; i < count; i++) {
        char *at = (char *)to + i * size;
        const uint64_t bits = random_bits();
        if (bits % 8 < 4 || dtype == CODE_b8) {
            memcpy(at, specials + (intptr_t)((bits >> 8) % (unsigned)special_count) * size, (size_t)size);
        } else if (bits % 8 < 7) {
            fill_moderate(dtype, at, 1);
        } else {
            for (intptr_t k = 0; k < size; k++) at[k] = (char)(random_bits() >> 17);
        }
    }
}

void fill_near_multiples(enum dtype_code dtype, void *a, void *b, intptr_t count) {
    const intptr_t size = dtype_facts[dtype].size;
    for (intptr_t i = 0; i < count; i++) {
        char *x = (char *)a + i * size, *y = (char *)b + i * size;
        const int n_bits = (int)(random_bits() % 31), nudge = (int)(random_bits() % 3) - 1;
        const int64_t n = (int64_t)(random_bits() & ((1ull << n_bits) - 1)) * (random_bits() & 1 ? 1 : -1);
        if (is_integer(dtype)) {
            store_integer(dtype, y, (__int128)random_bits() >> random_bits() % 64);
            store_integer(dtype, x, load_integer(dtype, y) * n + nudge);
        } else {
            const int precision = dtype == CODE_f32 ? 24 : 53;
            const int bits = 1 + (int)(random_bits() % (unsigned)precision);
            const int exponent = (int)(random_bits() % 60) - 30;
            const long double divisor = ldexpl((long double)(random_bits() >> (64 - bits)) + 1, exponent);
            store_part(dtype, y, 0, random_bits() & 1 ? divisor : -divisor);
            store_part(dtype, x, 0, divisor * (long double)n);
            if (dtype == CODE_f32) {
                f32 value;
                memcpy(&value, x, 4);
                value = nudge == 0 ? value : nextafterf(value, nudge * INFINITY);
                memcpy(x, &value, 4);
            } else {
                f64 value;
                memcpy(&value, x, 8);
                value = nudge == 0 ? value : nextafter(value, nudge * INFINITY);
                memcpy(x, &value, 8);
            }
        }
    }
}

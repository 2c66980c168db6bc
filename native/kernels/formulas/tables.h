/* Exponentials and logarithms of float32 by tables of 16 numbers, which lie in registers: the pieces that functions
 * `by lanes` (loops/lanes.h) are made of. For instruction sets that can permute so many numbers; others have the
 * formulas of exp_log.h. Tables and coefficients: native/tools/tables.py.
 *
 * Logarithms: x = 2^k z, OFFSET <= z < 2 OFFSET, and c is the number of the table for the sixteenth in which z lies:
 * log x = k ln 2 - log c + log1p(r), r = z c - 1. c has so few bits that r is exact, and is 1 around x = 1, so that the
 * result is as good as r there. |r| < 0.035.
 * Exponentials: x = n ln 2 / 16 + r, exp x = 2^floor(n / 16) 2^(n % 16 / 16) exp r. |r| <= ln 2 / 32. */
#ifndef RAPTORS_FORMULAS_TABLES_H
#define RAPTORS_FORMULAS_TABLES_H

#include "kernels/formulas/accurate.h"

#if defined(__AVX2__)
#define HAS_TABLES 1
#else
#define HAS_TABLES 0
#endif

#if HAS_TABLES
#include <immintrin.h>

enum { LANES = 16 };
/* A loop over lanes becomes one vector, if it is not unrolled before. */
#define EACH_LANE \
    _Pragma("clang loop vectorize(assume_safety) vectorize_width(16) unroll(disable)") for (int i = 0; i < LANES; i++)

/* out[i] = table[index[i] % 16] */
ALWAYS_INLINE void look_up(void *out, const u32 *index, const void *table) {
#if defined(__AVX512F__)
    _mm512_storeu_si512(out, _mm512_permutexvar_epi32(_mm512_loadu_si512(index), _mm512_loadu_si512(table)));
#else
    const __m256 first = _mm256_loadu_ps(table), second = _mm256_loadu_ps((const f32 *)table + 8);
    for (int i = 0; i < LANES; i += 8) {
        const __m256i at = _mm256_loadu_si256((const __m256i *)(index + i));
        const __m256 low = _mm256_permutevar8x32_ps(first, at), high = _mm256_permutevar8x32_ps(second, at);
        const __m256 is_high = _mm256_castsi256_ps(_mm256_slli_epi32(at, 28)); /* its sign bit */
        _mm256_storeu_ps((f32 *)out + i, _mm256_blendv_ps(low, high, is_high));
    }
#endif
}

/* The same of 64-bit numbers, half as many lanes; the narrower registers hold too few of them, and memory is read. */
enum { LONG_LANES = 8 };
#define EACH_LONG_LANE                                                                                                \
    _Pragma("clang loop vectorize(assume_safety) vectorize_width(8) unroll(disable)") for (int i = 0; i < LONG_LANES; \
                                                                                           i++)

ALWAYS_INLINE void look_up_long(void *out, const u64 *index, const void *table) {
#if defined(__AVX512F__)
    const __m512i first = _mm512_loadu_si512(table), second = _mm512_loadu_si512((const u64 *)table + LONG_LANES);
    _mm512_storeu_si512(out, _mm512_permutex2var_epi64(first, _mm512_loadu_si512(index), second));
#else
    for (int i = 0; i < LONG_LANES; i += 4) {
        const __m256i at = _mm256_loadu_si256((const __m256i *)(index + i));
        const __m256d found = _mm256_i64gather_pd(table, _mm256_and_si256(at, _mm256_set1_epi64x(15)), 8);
        _mm256_storeu_pd((f64 *)out + i, found);
    }
#endif
}

/* --- logarithms --- */

#define LOG_OFFSET 0x3f340000u /* the bits of OFFSET */

static const f32 log_factors[LANES] = {
    0x1.600000p+0f, 0x1.580000p+0f, 0x1.480000p+0f, 0x1.380000p+0f, 0x1.300000p+0f, 0x1.280000p+0f,
    0x1.180000p+0f, 0x1.100000p+0f, 0x1.080000p+0f, 0x1.000000p+0f, 0x1.e00000p-1f, 0x1.c80000p-1f,
    0x1.b00000p-1f, 0x1.980000p-1f, 0x1.880000p-1f, 0x1.700000p-1f,
};

/* -log c and -log2 c as a number of 17 bits after the point, whose sum with k times the logarithm of 2 is exact, and a
 * rest. */
#define TABLE_LN2_HIGH 0x1.62e4p-1f
#define TABLE_LN2_LOW 0x1.7f7d1cp-20f
static const f32 ln_highs[LANES] = {
    -0x1.461800p-2f, -0x1.2e8e00p-2f, -0x1.fb9000p-3f, -0x1.952400p-3f, -0x1.5ff400p-3f,
    -0x1.295400p-3f, -0x1.6f1000p-4f, -0x1.f0a000p-5f, -0x1.f82000p-6f, 0,
    0x1.085800p-4f,  0x1.da7000p-4f,  0x1.5bf400p-3f,  0x1.d10400p-3f,  0x1.117800p-2f,
    0x1.522a00p-2f,
};
static const f32 ln_lows[LANES] = {
    -0x1.78438cp-19f, -0x1.5d708ep-21f, -0x1.86d5e4p-19f, -0x1.a9cf46p-19f, 0x1.f1eb0ep-20f,
    -0x1.2f8200p-19f, 0x1.6ba8d4p-19f,  -0x1.86008cp-20f, -0x1.361cf0p-19f, 0,
    0x1.8b59e4p-20f,  0x1.3b1c22p-19f,  0x1.ad50f6p-25f,  -0x1.01b354p-20f, 0x1.d044fcp-19f,
    0x1.c0e714p-19f,
};
static const f32 log2_highs[LANES] = {
    -0x1.d67600p-2f, -0x1.b47e00p-2f, -0x1.6e2200p-2f, -0x1.244000p-2f, -0x1.fbc000p-3f,
    -0x1.acf400p-3f, -0x1.08c400p-3f, -0x1.664000p-4f, -0x1.6bb000p-5f, 0,
    0x1.7d6000p-4f,  0x1.563c00p-3f,  0x1.f5fc00p-3f,  0x1.4f7000p-2f,  0x1.8a8a00p-2f,
    0x1.e7e000p-2f,
};
static const f32 log2_lows[LANES] = {
    0x1.83f9a2p-19f,  -0x1.7ee710p-19f, -0x1.cd9d0cp-22f, -0x1.eac382p-20f, -0x1.6b9026p-19f,
    -0x1.e2db4ep-19f, -0x1.88cda8p-19f, 0x1.20a6dep-21f,  0x1.645388p-20f,  0,
    0x1.25b3eep-22f,  0x1.c29ffap-19f,  0x1.8a9064p-19f,  -0x1.134c4ep-20f, -0x1.fd5010p-20f,
    -0x1.40358ep-19f,
};

/* shrink is 2^-k. */
typedef struct {
    f32 k, z, shrink;
} table_split;

ALWAYS_INLINE u32 log_place(f32 x) { return (bits_f32(x) - LOG_OFFSET) >> 19; }
ALWAYS_INLINE table_split split_by_table(f32 x) {
    const u32 distance = bits_f32(x) - LOG_OFFSET;
    const f32 z = from_bits_f32((distance & 0x7fffff) + LOG_OFFSET);
    return (table_split){(f32)((i32)distance >> 23), z, from_bits_f32(0x3f800000u - (distance & 0xff800000u))};
}

/* (log1p(r) - r) / r^2 */
ALWAYS_INLINE f32 log1p_rest(f32 r) {
    return fused_f32(fused_f32(fused_f32(0x1.9a2afcp-3f, r, -0x1.003fa0p-2f), r, 0x1.55554cp-2f), r, -0x1.fffffcp-2f);
}

/* Of each lane's X: the factor, and the logarithm of that. */
#define LOG_LANES(X, HIGHS, LOWS)               \
    u32 place[LANES];                           \
    f32 factor[LANES], high[LANES], low[LANES]; \
    EACH_LANE place[i] = log_place(X);          \
    look_up(factor, place, log_factors);        \
    look_up(high, place, HIGHS);                \
    look_up(low, place, LOWS);

/* log(high + low) = log high + low / high; 1 / high = 2^-k c / (1 + r), about 2^-k c (1 - r + r^2).
 * For high below 2^127. */
ALWAYS_INLINE void log_of_pairs(f32 *out, const f32 *x, const f32 *x_low) {
    LOG_LANES(x[i], ln_highs, ln_lows)
    EACH_LANE {
        const table_split a = split_by_table(x[i]);
        const f32 r = fused_f32(a.z, factor[i], -1), missed = x_low[i] * a.shrink * factor[i];
        const pair_f32 sum = quick_two_sum_f32(fused_f32(a.k, TABLE_LN2_HIGH, high[i]), r);
        const f32 rest = fused_f32(fused_f32(r, r, -r), missed, missed) + fused_f32(a.k, TABLE_LN2_LOW, low[i]);
        out[i] = sum.hi + (sum.lo + fused_f32(r * r, log1p_rest(r), rest));
    }
}

/* --- exponentials --- */

/* 2^(n / 16) for 0 <= n < 16: its bits less n * 2^19. With the bits of any n, shifted so, added, they are those of the
 * power for that n. */
static const u32 exp_roots[LANES] = {
    0x3f800000, 0x3f7daac3, 0x3f7b95c2, 0x3f79c3d3, 0x3f7837f0, 0x3f76f532, 0x3f75fed7, 0x3f75583f,
    0x3f7504f3, 0x3f7508a4, 0x3f75672a, 0x3f76248c, 0x3f7744fd, 0x3f78ccdf, 0x3f7ac0c7, 0x3f7d257d,
};
static const f32 exp_misses[LANES] = {
    /* what the powers miss, as a part of them */
    0,
    0x1.8d96d4p-25f,
    -0x1.9c0c22p-27f,
    0x1.964904p-25f,
    0x1.125002p-25f,
    0x1.370be4p-25f,
    -0x1.0a3550p-25f,
    -0x1.00d8acp-27f,
    0x1.26055cp-26f,
    -0x1.05cb44p-25f,
    0x1.67a1cap-28f,
    0x1.a3b5e4p-28f,
    -0x1.f9c304p-27f,
    -0x1.6961b4p-28f,
    -0x1.a5217cp-28f,
    0x1.61428ep-28f,
};

/* x = n ln 2 / 16 + r + rest; the last bits of `place` are those of n. */
typedef struct {
    f32 r, rest;
    u32 place;
} exp_parted;

/* With `less`, n in `place` is that much less than it is. The first product leaves an exact number. */
ALWAYS_INLINE exp_parted part_exponent(f32 x, f32 less) {
    const f32 rounder = 0x1.8p23f - less, sum = fused_f32(x, 0x1.715476p+4f, rounder), n = sum - rounder;
    const f32 high = fused_f32(n, -0x1.62e430p-5f, x), r = fused_f32(n, 0x1.05c610p-33f, high);
    return (exp_parted){r, fused_f32(n, 0x1.05c610p-33f, high - r), bits_f32(sum)};
}

ALWAYS_INLINE f32 exp_power(u32 root, u32 place) { return from_bits_f32(root + (place << 19)); }

#endif

#endif

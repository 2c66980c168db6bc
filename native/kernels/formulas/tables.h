/* Exponentials and logarithms of float32 by tables of 16 numbers, which lie in registers: the pieces that functions
 * `by lanes` (loops/lanes.h) are made of. For instruction sets that can permute so many numbers; others have the
 * formulas of exp_log.h. Logarithms are for both dtypes (log_tables_float.h). Tables and coefficients:
 * native/tools/tables.py.
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
    const f64 *numbers = table;
    for (int i = 0; i < LONG_LANES; i += 4) { /* single reads, because gathers take longer */
        const __m256d found = _mm256_setr_pd(numbers[index[i] % 16], numbers[index[i + 1] % 16],
                                             numbers[index[i + 2] % 16], numbers[index[i + 3] % 16]);
        _mm256_storeu_pd((f64 *)out + i, found);
    }
#endif
}

/* --- logarithms --- */

/* In templates: how many numbers of this dtype a vector has, and a loop over them. */
#define OF_VECTOR ((int)(VECTOR_BYTES / sizeof(T)))
#define EACH_OF_VECTOR                                                                                        \
    _Pragma("clang loop vectorize(assume_safety) vectorize_width(OF_VECTOR) unroll(disable)") for (int i = 0; \
                                                                                                   i < OF_VECTOR; i++)

#include "kernels/each/begin_nested.h"
#define TEMPLATE "kernels/formulas/log_tables_float.h"
#include "kernels/each/float.h"
#include "kernels/each/end_nested.h"

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

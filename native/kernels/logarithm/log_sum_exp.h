/* log(exp(x) + exp(y)) of two float64 numbers, in four ways, each for operands that are too hard for the one before:
 *
 *   short_log_sum  of float32 operands: as log_sum, but that logarithm is right to 2^-42 of its size.
 *   log_sum        the larger operand plus log1p(exp(smaller - larger)). That logarithm is right to 2^-54.5 of its
 *                  size, so the sum is within 1 ULP, unless its two terms cancel to less than that.
 *   near_excess    s = exp(x) + exp(y) - 1, then log1p(s). Both terms of s are right to 2^-68.
 *   deep_excess    the same in fixed point, right to 2^-230.
 *
 * Is that enough? How small can s be, relative to exp(y)? The number y that is closest to log(1 - exp(x)) differs from
 * it by up to 2^-54 |y|. If that difference is taken for random, the smallest of the 2^52 differences for the x of one
 * exponent is about 2^-106, and the chance that any is below 2^-170 is 2^-60. For float32 all pairs were tried: the
 * smallest s is 2^-55.8, at -0x1.44e756p-1, -0x1.82beccp-1. s is never 0: exp(x) + exp(y) is not 1 for algebraic x and
 * y (Lindemann, Weierstrass). */
#ifndef RAPTORS_LOGARITHM_LOG_SUM_EXP_H
#define RAPTORS_LOGARITHM_LOG_SUM_EXP_H

#include "kernels/formulas/exp_log.h"

/* The larger operand plus log1p(e), where e = exp(smaller - larger), for operands and a result that are float32
 * numbers: log1p(e) = 2 atanh(s), s = e / (2 + e). */
ALWAYS_INLINE f64 short_log_sum(f64 x, f64 y) {
    const f64 larger = x < y ? y : x, distance = x == y ? 0 : -magnitude_f64(x - y); /* of equal infinities too */
    const f64 d = at_least_f64(distance, -200);
    const f64 n = fused_f64(d, 0x1.71547652b82fep+0, 0x1.8p52) - 0x1.8p52, r = fused_f64(n, -0x1.62e42fefa39efp-1, d);
    const f64 terms[] = {
        0x1.ffffffffee990p-2,  0x1.555555554c930p-3,  0x1.55555581a06fcp-5,  0x1.1111112fa6408p-7,
        0x1.6c1635c0c5f96p-10, 0x1.a0196e3353827p-13, 0x1.a1748d7b5f7fcp-16, 0x1.7307cd516e6cdp-19,
    };
    const f64 expm1 = fused_f64(r * r, polynomial_f64(r, terms, sizeof terms / sizeof *terms), r);
    const f64 two = two_to_f64(n), e = fused_f64(two, expm1, two), s = e / (2 + e), z = s * s;
    const f64 odd_terms[] = {
        0x1.555555563509cp-1, 0x1.9999980ae5309p-2, 0x1.2492c0bc1a556p-2, 0x1.c6fa9ae43c3fap-3,
        0x1.76e7535443988p-3, 0x1.20abdb00964d4p-3, 0x1.99d2476749b42p-3,
    };
    const f64 series = polynomial_f64(z, odd_terms, sizeof odd_terms / sizeof *odd_terms);
    return fused_f64(s, fused_f64(z, series, 2), larger);
}

/* The larger operand plus log1p(e), where e = exp(smaller - larger): all in two parts. */
ALWAYS_INLINE f64 log_sum(f64 x, f64 y) {
    const f64 larger = x < y ? y : x, smaller = x < y ? x : y;
    const pair_f64 difference = two_sum_f64(smaller, -larger);
    const exp_reduced_f64 a =
        exp_reduce_sum_f64(clamp_exponent_f64(difference.hi), difference.hi > -1000 ? difference.lo : 0);
    const pair_f64 raw = expm1_parts_f64((pair_f64){1, 0}, a.r, expm1_terms_f64(a.r, a.rest));
    const pair_f64 parts = quick_two_sum_f64(raw.hi, raw.lo);
    const pair_f64 e = {scale_f64(parts.hi, a.n), scale_f64(parts.lo, a.n)}, u = quick_two_sum_f64(1, e.hi);
    const split_f64 b = split_normal_f64(u.hi);
    const log_parts_f64 fraction = log_fraction_f64(b.k == 0 ? e.hi : b.m);
    const f64 c = b.k == 0 ? e.lo : 0.5 * (u.lo + e.lo), s = fraction.s;
    const f64 correction = c - 2 * s * c * (1 - s * (1 - s));
    const pair_f64 logarithm = add_ln2_f64(b.k, fraction.hi, fraction.lo + correction);
    const pair_f64 sum = two_sum_f64(larger, logarithm.hi);
    const int infinite = magnitude_f64(larger) == INFINITY, unordered = (x != x) | (y != y);
    return unordered ? NAN : infinite ? larger : sum.hi + (sum.lo + logarithm.lo);
}

/* s as scaled * 2^n, where n is an integer. */
typedef struct {
    pair_f64 scaled;
    f64 n;
} excess;

ALWAYS_INLINE f64 log_of_excess(excess s) {
    const pair_f64 result = log1p_parts_f64(scale_f64(s.scaled.hi, s.n), scale_f64(s.scaled.lo, s.n));
    return with_sign_f64(result.hi + result.lo, s.scaled.hi);
}

/* --- near --- */

/* c + c_lo + r s */
ALWAYS_INLINE pair_f64 next_term(f64 c, f64 c_lo, f64 r, pair_f64 s) {
    const pair_f64 product = two_product_f64(r, s.hi), sum = quick_two_sum_f64(c, product.hi);
    return (pair_f64){sum.hi, sum.lo + (fused_f64(r, s.lo, product.lo) + c_lo)};
}

/* exp(r + rest) - 1, |r| <= ln 2 / 2: the series 1/1! + r/2! + ... times r, from 1/6! on in one part. */
ALWAYS_INLINE pair_f64 near_expm1(f64 r, f64 rest) {
    static const f64 small[] = {0x1.6c16c16c16c17p-10, 0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-16,
                                0x1.71de3a556c734p-19, 0x1.27e4fb7789f5cp-22, 0x1.ae64567f544e4p-26,
                                0x1.1eed8eff8d898p-29, 0x1.6124613a86d09p-33, 0x1.93974a8c07c9dp-37,
                                0x1.ae7f3e733b81fp-41, 0x1.ae7f3e733b81fp-45};
    pair_f64 sum = {polynomial_f64(r, small, sizeof small / sizeof *small), 0};
    sum = next_term(0x1.1111111111111p-7, 0x1.1111111111111p-63, r, sum);
    sum = next_term(0x1.5555555555555p-5, 0x1.5555555555555p-59, r, sum);
    sum = next_term(0x1.5555555555555p-3, 0x1.5555555555555p-57, r, sum);
    sum = next_term(0.5, 0, r, sum);
    sum = next_term(1, 0, r, sum);
    const pair_f64 product = two_product_f64(r, sum.hi);
    return (pair_f64){product.hi, product.lo + (fused_f64(r, sum.lo, rest) + rest * product.hi)};
}

/* For y <= x, -2 < x < 0. */
ALWAYS_INLINE excess near_excess(f64 x, f64 y) {
    const exp_reduced_f64 a = exp_reduce_f64(x), b = exp_reduce_f64(y);
    const pair_f64 p = near_expm1(a.r, a.rest), q = near_expm1(b.r, b.rest), power = quick_two_sum_f64(1, q.hi);
    const f64 two = two_to_f64(a.n);
    const pair_f64 expm1 = two_sum_f64(two - 1, two * p.hi);
    const f64 low = scale_f64(expm1.lo + two * p.lo, -b.n) + (power.lo + q.lo);
    const pair_f64 sum = two_sum_f64(scale_f64(expm1.hi, -b.n), power.hi);
    return (excess){quick_two_sum_f64(sum.hi, sum.lo + low), b.n};
}

/* --- deep --- */

/* A number of two bits before the point and 254 after it; the lowest word comes first. */
typedef struct {
    u64 word[4];
} fixed;
typedef unsigned __int128 u128;

/* a - b modulo 4. */
ALWAYS_INLINE fixed minus(fixed a, fixed b) {
    unsigned long long borrow = 0;
    for (int i = 0; i < 4; i++) a.word[i] = __builtin_subcll(a.word[i], b.word[i], borrow, &borrow);
    return a;
}
ALWAYS_INLINE bool is_less(fixed a, fixed b) {
    for (int i = 3; i > 0; i--)
        if (a.word[i] != b.word[i]) return a.word[i] < b.word[i];
    return a.word[0] < b.word[0];
}

ALWAYS_INLINE fixed shift_left(fixed a, int bits) { /* fewer than 64 */
    fixed result;
    for (int i = 0; i < 4; i++) result.word[i] = a.word[i] << bits | (i == 0 ? 0 : a.word[i - 1] >> 1 >> (63 - bits));
    return result;
}
ALWAYS_INLINE fixed shift_right(fixed a, int bits) {
    for (; bits >= 64; bits -= 64) a = (fixed){{a.word[1], a.word[2], a.word[3], 0}};
    for (int i = 0; i < 4; i++) a.word[i] = a.word[i] >> bits | (i == 3 ? 0 : a.word[i + 1] << 1 << (63 - bits));
    return a;
}

ALWAYS_INLINE fixed times_word(fixed a, u64 b) { /* b is the first word of a fixed number, the others are 0 */
    u128 carry = (u128)a.word[0] * b >> 64;
    fixed product;
    for (int i = 0; i < 4; i++) {
        if (i < 3) carry += (u128)a.word[i + 1] * b;
        product.word[i] = (u64)carry;
        carry >>= 64;
    }
    return shift_left(product, 2);
}
static fixed times(fixed a, fixed b) {
    u64 sums[8] = {0};
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
            const u128 sum = (u128)a.word[i] * b.word[j] + sums[i + j] + sums[i + 4];
            sums[i + j] = (u64)sum;
            sums[i + 4] = (u64)(sum >> 64);
        }
    }
    fixed product = shift_left((fixed){{sums[4], sums[5], sums[6], sums[7]}}, 2);
    product.word[0] |= sums[3] >> 62;
    return product;
}

/* value 2^-shift */
typedef struct {
    fixed value;
    int shift;
} floating;

static const fixed fixed_one = {{0, 0, 0, (u64)1 << 62}};

/* 1 - exp(-a) for a = m 2^-62 2^-shift below 2^-7, 2^62 <= m: a - a^2/2! + a^3/3! - ... */
static floating small_expm1(u64 m, int shift) {
    static const fixed inverse_factorials[] = {
        {{0, 0, 0, 0x2000000000000000}},
        {{0xaaaaaaaaaaaaaaab, 0xaaaaaaaaaaaaaaaa, 0xaaaaaaaaaaaaaaaa, 0xaaaaaaaaaaaaaaa}},
        {{0xaaaaaaaaaaaaaaab, 0xaaaaaaaaaaaaaaaa, 0xaaaaaaaaaaaaaaaa, 0x2aaaaaaaaaaaaaa}},
        {{0x8888888888888889, 0x8888888888888888, 0x8888888888888888, 0x88888888888888}},
        {{0x6c16c16c16c16c17, 0x16c16c16c16c16c1, 0xc16c16c16c16c16c, 0x16c16c16c16c16}},
        {{0x3403403403403403, 0x340340340340340, 0x4034034034034034, 0x3403403403403}},
        {{0x680680680680680, 0x8068068068068068, 0x6806806806806806, 0x680680680680}},
        {{0x560e4472800b8ef2, 0xb8ef1d2ab6399c7d, 0x99c7d560e4472800, 0xb8ef1d2ab63}},
        {{0x5567d3a50ccdf4b2, 0x78e4b61ddf05c2d9, 0xf5c72ef016d3ea66, 0x127e4fb7789}},
        {{0xaaac590f0129fef9, 0xdc71e202b72f11b6, 0x44e38fe747e4b837, 0x1ae64567f5}},
        {{0x38e3b216956e2a95, 0xfd097d8039ee96cf, 0x1b12f6a89b530f59, 0x23ddb1dff}},
        {{0x8e38e65081a60347, 0x75ed09a766eaf7e8, 0x50da12f9470663a4, 0x2c248c27}},
        {{0x2ebaebe12dd5003c, 0xbf47c9d519a311b5, 0x180f93a4175be28b, 0x3272e95}},
        {{0xe0fb650f030e3337, 0x1dd195fd23d7abd8, 0xce67703e23b0cad6, 0x35cfe7}},
        {{0x8e0fb650f030e333, 0x61dd195fd23d7abd, 0x7ce67703e23b0cad, 0x35cfe}},
        {{0x35887422e0f3d121, 0x32eee35ffd4ee91a, 0x8ee0615a94d64c0a, 0x32a5}},
        {{0x3bdcea01f00d8b9e, 0x910d4585552f0cf3, 0x4f0c772fb2ef7600, 0x2d0}},
        {{0xe8340c50f1afdeed, 0x3d876f72ce96afd6, 0xe9368d0282ae4994, 0x25}},
        {{0xf2029a373f48cb25, 0x9cad2bf8f0babbfd, 0xe542ba402022507a, 0x1}},
        {{0x487a0757f6d2b457, 0xef146fcee6e45218, 0x171b8ef6dcf5718b, 0}},
        {{0x77a874b28b381f78, 0x450c90b7f338ec75, 0x10ce396db7f8529, 0}},
        {{0xc26b7f82329322c2, 0xecbdc3826ebfb13c, 0xbb0da098b1c0c, 0}},
        {{0x8819cffac21b76c8, 0xdf3292d019f2a762, 0x7cb3c065cbd5, 0}},
    };
    enum { LAST = sizeof inverse_factorials / sizeof *inverse_factorials };
    fixed sum = {0};
    for (int k = MINIMUM(LAST, 256 / (shift - 1) + 1); k > 0; k--)
        sum = minus(inverse_factorials[k - 1], shift_right(times_word(sum, m), shift));
    const fixed square = times_word(shift_right(times_word(sum, m), shift), m);
    return (floating){minus((fixed){{0, 0, 0, m}}, square), shift};
}

/* size = 2^halvings a, where a = m 2^-62 2^-shift is below 2^-7. */
typedef struct {
    u64 m;
    int shift, halvings;
} halved;

static halved halve(f64 size) {
    int exponent;
    const f64 fraction = frexp(size, &exponent);
    const int shift = MAXIMUM(8, 1 - exponent);
    return (halved){(u64)(fraction * 0x1p63), shift, shift + exponent - 1};
}

/* 1 - exp(-size), doubled from that of a small number: 1 - exp(-2a) = (1 - exp(-a)) (2 - (1 - exp(-a))). */
static floating deep_expm1(f64 size) {
    const halved a = halve(size);
    floating result = small_expm1(a.m, a.shift);
    for (int i = 0; i < a.halvings; i++, result.shift--)
        result.value = times(result.value, minus(fixed_one, shift_right(result.value, result.shift + 1)));
    return result;
}

/* exp(-size), squared from that of a small number. */
static floating deep_exp(f64 size) {
    const halved a = halve(size);
    const floating small = small_expm1(a.m, a.shift);
    floating result = {shift_left(minus(fixed_one, shift_right(small.value, small.shift)), 1), 1};
    for (int i = 0; i < a.halvings; i++) {
        result = (floating){times(result.value, result.value), 2 * result.shift};
        if (result.value.word[3] >> 63) result = (floating){shift_right(result.value, 1), result.shift - 1};
    }
    return result;
}

/* The same as near_excess, for terms that are nearly equal. */
static excess deep_excess(f64 x, f64 y) {
    const floating p = deep_exp(-y), q = deep_expm1(-x);
    const int more = p.shift - q.shift;
    const fixed left = more < 0 ? shift_left(p.value, -more) : shift_right(p.value, more);
    const bool negative = is_less(left, q.value);
    fixed rest = negative ? minus(q.value, left) : minus(left, q.value);
    int zeros = 0;
    for (; rest.word[3] == 0 && zeros < 192; zeros += 64) rest = (fixed){{0, rest.word[0], rest.word[1], rest.word[2]}};
    const int more_zeros = __builtin_clzll(rest.word[3] | 1);
    rest = shift_left(rest, more_zeros);
    /* The first 128 bits, in parts that are exact. */
    const f64 sign = negative ? -1 : 1, high = sign * (f64)(rest.word[3] >> 11);
    const f64 low = sign * ((f64)(rest.word[3] & 2047) * 0x1p-11 + (f64)(rest.word[2] >> 11) * 0x1p-64);
    return (excess){quick_two_sum_f64(high, low), -51 - zeros - more_zeros - q.shift};
}

#endif

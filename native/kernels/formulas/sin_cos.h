/* Sines, cosines and tangents: angles reduced to at most pi/4, and the polynomials of those. Coefficients:
 * native/tools/polynomials.py. */
#ifndef RAPTORS_FORMULAS_SIN_COS_H
#define RAPTORS_FORMULAS_SIN_COS_H

#include "kernels/formulas/accurate.h"

#define PI_2_A_f64 0x1.921fb54442d18p+0 /* pi/2 = A + B + C, of 53 bits each */
#define PI_2_B_f64 0x1.1a62633145c07p-54
#define PI_2_C_f64 -0x1.f1976b7ed8fbcp-110

#include "kernels/each/begin_nested.h"
#define TEMPLATE "kernels/formulas/sin_cos_float.h"
#include "kernels/each/float.h"
#include "kernels/each/end_nested.h"

/* 64 zeros, and the first 1280 bits of 2/pi after the point, the most significant first. */
static const u64 two_over_pi[21] = {
    0,
    0xa2f9836e4e441529,
    0xfc2757d1f534ddc0,
    0xdb6295993c439041,
    0xfe5163abdebbc561,
    0xb7246e3a424dd2e0,
    0x06492eea09d1921c,
    0xfe1deb1cb129a73e,
    0xe88235f52ebb4484,
    0xe99c7026b45f7e41,
    0x3991d639835339f4,
    0x9c845f8bbdf9283b,
    0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f,
    0x6d367ecf27cb09b7,
    0x4f463f669e5fea2d,
    0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea,
    0x6bfb5fb11f8d5d08,
    0x56033046fc7b6bab,
    0xf0cfbc209af4361d,
};

/* The reduction of an angle x = m 2^e of at least 2^10 (M. Payne and R. Hanek, 1983): m is multiplied by those 192 bits
 * of 2/pi alone that neither give multiples of 2 pi nor are too small to count. */
static reduced_angle_f64 reduce_far_angle_f64(f64 x) {
    typedef unsigned __int128 u128;
    const u64 bits = bits_f64(x), m = (bits & (((u64)1 << 52) - 1)) | (u64)1 << 52;
    const int e = (int)(bits >> 52 & 2047) - 1075, word = (e + 62) / 64, shift = (e + 62) % 64;
    u64 window[3];
    for (int i = 0; i < 3; i++) {
        const u64 next = two_over_pi[word + i + 1];
        window[i] = two_over_pi[word + i] << shift | (shift == 0 ? 0 : next >> (64 - shift));
    }
    /* The product modulo 2^192 is x 2/pi modulo 4: two bits, the point, 126 bits in `fraction` and 64 in `rest`. */
    const u128 low = (u128)m * window[2], middle = (u128)m * window[1] + (u64)(low >> 64);
    u128 fraction = (u128)(m * window[0] + (u64)(middle >> 64)) << 64 | (u64)middle;
    u64 rest = (u64)low, quadrant = (u64)(fraction >> 126);
    fraction = fraction << 2 | rest >> 62;
    rest <<= 2;
    const bool up = fraction >> 127; /* the next multiple of pi/2 is nearer: take the distance from that */
    if (up) {
        quadrant++;
        rest = 0 - rest;
        fraction = ~fraction + (rest == 0);
    }
    /* Normalised. No angle is so close to a multiple of pi/2 that there are 128 leading zeros. */
    const u64 top = (u64)(fraction >> 64);
    const int zeros = top != 0 ? __builtin_clzll(top) : 64 + __builtin_clzll((u64)fraction | 1), left = zeros % 64;
    if (top == 0) {
        fraction = fraction << 64 | rest;
        rest = 0;
    }
    if (left != 0) fraction = fraction << left | rest >> (64 - left);
    const f64 unit = two_to_f64(-zeros), size = (f64)(u64)(fraction >> 75) * (0x1p-53 * unit);
    const f64 after = (f64)(u64)(fraction >> 11) * (0x1p-117 * unit);
    /* Times pi/2. */
    const f64 product = size * PI_2_A_f64, error = product_error_f64(size, PI_2_A_f64, product);
    const pair_f64 angle = quick_two_sum_f64(product, fused_f64(after, PI_2_A_f64, fused_f64(size, PI_2_B_f64, error)));
    const bool backwards = bits >> 63;
    const f64 sign = up != backwards ? -1 : 1;
    return (reduced_angle_f64){sign * angle.hi, sign * angle.lo, backwards ? 0 - quadrant : quadrant};
}

#endif

/* Powers of float64 by tables (formulas/tables.h says how): exp(y log x), with log x to 2^-64 in two parts. Right for
 * positive normal x where the result is a normal number. */
#ifndef RAPTORS_POWER_BY_LONG_TABLES_H
#define RAPTORS_POWER_BY_LONG_TABLES_H

#include "kernels/formulas/tables.h"

#if HAS_TABLES

static const u64 exp_roots_f64[16] = {
    0x3ff0000000000000, 0x3fefb5586cf9890f, 0x3fef72b83c7d517b, 0x3fef387a6e756238,
    0x3fef06fe0a31b715, 0x3feedea64c123422, 0x3feebfdad5362a27, 0x3feeab07dd485429,
    0x3feea09e667f3bcd, 0x3feea11473eb0187, 0x3feeace5422aa0db, 0x3feec49182a3f090,
    0x3feee89f995ad3ad, 0x3fef199bdd85529c, 0x3fef5818dcfba487, 0x3fefa4afa2a490da,
};
static const f64 exp_misses_f64[16] = {
    0,
    0x1.79aa65d837b6dp-54,
    -0x1.01b15eaa59348p-55,
    0x1.68efde3a8a894p-54,
    0x1.34d754db0abb6p-55,
    0x1.59f48a72a4c6dp-55,
    0x1.690cebb7aafb0p-56,
    0x1.063e1e21c5409p-54,
    -0x1.3b3efbf5e2228p-54,
    -0x1.b32dcb94da51dp-56,
    0x1.db72fc1f0eab4p-55,
    0x1.1affc2b91ce27p-56,
    0x1.c1a7792cb3387p-55,
    0x1.36eae30af0cb3p-56,
    0x1.4a385a63d07a7p-56,
    -0x1.ff7128fd391f0p-55,
};

/* log of x = 2^k z, where high + low is that of 1 / c: log(1 + r) = r + v + s (-2/3 + r p(r)) with v = -r^2 / 2 and
 * s = v r; all but the last term in two parts. */
ALWAYS_INLINE pair_f64 sharp_log_by_tables(f64 k, f64 r, f64 high, f64 low) {
    static const f64 terms[] = {
        0x1.ffffffffffcbdp-2, -0x1.9999999998dbbp-2, 0x1.5555555a3ea06p-2, -0x1.2492492e56fadp-2,
        0x1.ffffaee20e756p-3, -0x1.c71bff47df650p-3, 0x1.9ab0641cce5c1p-3, -0x1.7592a3e3c0ca4p-3,
    };
    const f64 third = -0x1.5555555555555p-1, third_low = -0x1.5555555555555p-55;
    const pair_f64 v = two_product_f64(r, -0.5 * r), s = two_product_f64(v.hi, r), cubic = two_product_f64(s.hi, third);
    const f64 p = polynomial_f64(r, terms, sizeof terms / sizeof *terms);
    const f64 small = fused_f64(s.hi * r, p, fused_f64(s.hi, third_low, fused_f64(s.lo, third, cubic.lo)));
    const pair_f64 first = quick_two_sum_f64(fused_f64(k, 0x1.62e42fefa3p-1, high), r);
    const pair_f64 second = quick_two_sum_f64(first.hi, v.hi);
    const f64 rest = fused_f64(k, 0x1.3de6af278ece6p-42, low) + (fused_f64(v.lo, r * third, v.lo) + small);
    return quick_two_sum_f64(second.hi, (first.lo + second.lo) + (cubic.hi + rest));
}

/* y log x in two parts. */
ALWAYS_INLINE void power_exponents_f64(f64 *exponent, f64 *rest, const f64 *x, const f64 *y, int dx, int dy) {
    f64 size[LONG_LANES], factor[LONG_LANES], high[LONG_LANES], low[LONG_LANES];
    EACH_LONG_LANE size[i] = magnitude_f64(x[i * dx]);
    look_up_logs_f64(factor, high, low, size, ln_highs_f64, ln_lows_f64);
    EACH_LONG_LANE {
        const table_split_f64 a = split_by_table_f64(size[i]);
        const pair_f64 log = sharp_log_by_tables(a.k, fused_f64(a.z, factor[i], -1), high[i], low[i]);
        const pair_f64 product = two_product_f64(log.hi, y[i * dy]);
        exponent[i] = product.hi;
        rest[i] = fused_f64(log.lo, y[i * dy], product.lo);
    }
}

/* exp(exponent + rest) */
ALWAYS_INLINE void power_of_exponents_f64(f64 *out, const f64 *exponent, const f64 *rest) {
    static const f64 terms[] = {
        0x1.0000000000004p-1, 0x1.5555555555559p-3,  0x1.55555554801a3p-5,
        0x1.111111107deddp-7, 0x1.6c1840fe91d2bp-10, 0x1.a01b9e30db5eep-13,
    };
    u64 place[LONG_LANES], root[LONG_LANES];
    f64 missed[LONG_LANES];
    EACH_LONG_LANE place[i] = bits_f64(fused_f64(exponent[i], 0x1.71547652b82fep+4, 0x1.8p52));
    look_up_long(root, place, exp_roots_f64);
    look_up_long(missed, place, exp_misses_f64);
    EACH_LONG_LANE {
        const f64 n = fused_f64(exponent[i], 0x1.71547652b82fep+4, 0x1.8p52) - 0x1.8p52;
        const f64 left = fused_f64(n, -0x1.62e42fefa38p-5, exponent[i]);
        const f64 r = left + fused_f64(n, -0x1.ef35793c76730p-49, rest[i]);
        const f64 power = from_bits_f64(root[i] + (place[i] << 48));
        const f64 expm1 = fused_f64(r * r, polynomial_f64(r, terms, sizeof terms / sizeof *terms), r);
        out[i] = fused_f64(power, expm1 + missed[i], power);
    }
}

#endif

#endif

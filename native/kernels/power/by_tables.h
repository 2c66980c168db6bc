/* Powers of float32 by tables (formulas/tables.h says how): 2^(y log2 x), with log2 x to 2^-34 in two parts. Right for
 * positive normal x where the result is a normal number. */
#ifndef RAPTORS_POWER_BY_TABLES_H
#define RAPTORS_POWER_BY_TABLES_H

#include "kernels/formulas/exp_log.h"
#include "kernels/formulas/tables.h"

#if HAS_TABLES

/* log2 of x = 2^k z, where high + low is that of 1 / c: log2(1 + r) = t + v + v r p(r) with t = r / ln 2, v = -t r / 2.
 */
ALWAYS_INLINE pair_f32 sharp_log2(f32 k, f32 r, f32 high, f32 low) {
    const pair_f32 t = two_product_f32(r, 0x1.715476p+0f), v = two_product_f32(t.hi, -0.5f * r);
    const f32 p =
        fused_f32(fused_f32(fused_f32(0x1.55daa8p-2f, r, -0x1.9a1394p-2f), r, 0x1.fffff0p-2f), r, -0x1.555550p-1f);
    const f32 t_low = fused_f32(r, 0x1.4ae0c0p-26f, t.lo), slope = r * p;
    const f32 further = fused_f32(v.hi, slope, fused_f32(v.lo, slope, v.lo));
    const pair_f32 first = quick_two_sum_f32(k + high, t.hi), second = quick_two_sum_f32(first.hi, v.hi);
    const f32 rest = fused_f32(t_low, -0.5f * r, further) + (t_low + low);
    return quick_two_sum_f32(second.hi, (first.lo + second.lo) + rest);
}

/* y log2 x in two parts. */
ALWAYS_INLINE void power_exponents_f32(f32 *exponent, f32 *rest, const f32 *x, const f32 *y, int dx, int dy) {
    f32 size[LANES], factor[LANES], high[LANES], low[LANES];
    EACH_LANE size[i] = magnitude_f32(x[i * dx]);
    look_up_logs_f32(factor, high, low, size, log2_highs_f32, log2_lows_f32);
    EACH_LANE {
        const table_split_f32 a = split_by_table_f32(size[i]);
        const pair_f32 log2 = sharp_log2(a.k, fused_f32(a.z, factor[i], -1), high[i], low[i]);
        const pair_f32 product = two_product_f32(log2.hi, y[i * dy]);
        exponent[i] = product.hi;
        rest[i] = fused_f32(log2.lo, y[i * dy], product.lo);
    }
}

/* 2^(exponent + rest) */
ALWAYS_INLINE void power_of_exponents_f32(f32 *out, const f32 *exponent, const f32 *rest) {
    u32 place[LANES], root[LANES];
    f32 missed[LANES];
    EACH_LANE place[i] = bits_f32(fused_f32(exponent[i], 16, 0x1.8p23f));
    look_up(root, place, exp_roots);
    look_up(missed, place, exp_misses);
    EACH_LANE {
        const f32 n = fused_f32(exponent[i], 16, 0x1.8p23f) - 0x1.8p23f;
        const f32 e = fused_f32(n, -0.0625f, exponent[i]) + rest[i], power = exp_power(root[i], place[i]);
        const f32 series = fused_f32(fused_f32(0x1.3b2ccep-7f, e, 0x1.c6b3f0p-5f), e, 0x1.ebfbe0p-3f);
        out[i] = fused_f32(power, fused_f32(e, fused_f32(series, e, 0x1.62e430p-1f), missed[i]), power);
    }
}

#endif

#endif

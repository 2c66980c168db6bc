/* Logarithms of float32 by tables (formulas/tables.h says how), for the loops of loops/lanes.h. */
#ifndef RAPTORS_LOGARITHM_BY_TABLES_H
#define RAPTORS_LOGARITHM_BY_TABLES_H

#include "kernels/formulas/tables.h"

#if HAS_TABLES

static const f32 log10_highs[LANES] = {
    -0x1.1b4000p-3f, -0x1.06cc00p-3f, -0x1.b8e000p-4f, -0x1.5fe800p-4f, -0x1.31b000p-4f,
    -0x1.024000p-4f, -0x1.3ed000p-5f, -0x1.af6000p-6f, -0x1.b60000p-7f, 0,
    0x1.cb4000p-6f,  0x1.9c2000p-5f,  0x1.2e3800p-4f,  0x1.93e800p-4f,  0x1.db1000p-4f,
    0x1.25bc00p-3f,
};
static const f32 log10_lows[LANES] = {
    0x1.8e136cp-19f,  0x1.4c2c9ep-22f,  0x1.b2c54cp-20f, -0x1.222bd4p-26f, -0x1.82ae24p-19f,
    -0x1.460f84p-19f, -0x1.199a5ep-21f, 0x1.b53fc6p-24f, 0x1.6f714ep-19f,  0,
    -0x1.c0cc9ep-20f, -0x1.a15040p-19f, 0x1.3a05bcp-19f, -0x1.0f81e0p-23f, 0x1.ed766ap-20f,
    -0x1.7dea50p-19f,
};

ALWAYS_INLINE void log_lanes_f32(f32 *out, const f32 *x) {
    LOG_LANES(x[i], ln_highs, ln_lows)
    EACH_LANE {
        const table_split a = split_by_table(x[i]);
        const f32 r = fused_f32(a.z, factor[i], -1);
        const pair_f32 sum = quick_two_sum_f32(fused_f32(a.k, TABLE_LN2_HIGH, high[i]), r);
        out[i] = sum.hi + (sum.lo + fused_f32(r * r, log1p_rest(r), fused_f32(a.k, TABLE_LN2_LOW, low[i])));
    }
}

ALWAYS_INLINE void log2_lanes_f32(f32 *out, const f32 *x) {
    LOG_LANES(x[i], log2_highs, log2_lows)
    EACH_LANE {
        const table_split a = split_by_table(x[i]);
        const f32 r = fused_f32(a.z, factor[i], -1);
        const pair_f32 product = two_product_f32(r, 0x1.715476p+0f);
        const pair_f32 sum = quick_two_sum_f32(a.k + high[i], product.hi);
        const f32 rest = fused_f32(r, 0x1.4ae0c0p-26f, product.lo) + low[i];
        out[i] = sum.hi + (sum.lo + fused_f32(r * product.hi, log1p_rest(r), rest));
    }
}

ALWAYS_INLINE void log10_lanes_f32(f32 *out, const f32 *x) {
    LOG_LANES(x[i], log10_highs, log10_lows)
    EACH_LANE {
        const table_split a = split_by_table(x[i]);
        const f32 r = fused_f32(a.z, factor[i], -1);
        const pair_f32 product = two_product_f32(r, 0x1.bcb7b2p-2f);
        const pair_f32 sum = quick_two_sum_f32(fused_f32(a.k, 0x1.344p-2f, high[i]), product.hi);
        const f32 rest = fused_f32(r, -0x1.5b235ep-27f, product.lo) + fused_f32(a.k, 0x1.3509f8p-18f, low[i]);
        out[i] = sum.hi + (sum.lo + fused_f32(r * product.hi, log1p_rest(r), rest));
    }
}

ALWAYS_INLINE void log1p_lanes_f32(f32 *out, const f32 *x) {
    f32 high[LANES], low[LANES], result[LANES];
    EACH_LANE {
        const pair_f32 sum = two_sum_f32(1, x[i]);
        high[i] = sum.hi;
        low[i] = sum.lo;
    }
    log_of_pairs(result, high, low);
    EACH_LANE out[i] = with_sign_f32(result[i], x[i]);
}

#endif

#endif

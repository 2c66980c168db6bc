/* exp and expm1 of float32 by tables (formulas/tables.h says how), for the loops of loops/lanes.h. */
#ifndef RAPTORS_EXPONENTIAL_BY_TABLES_H
#define RAPTORS_EXPONENTIAL_BY_TABLES_H

#include "kernels/formulas/tables.h"

#if HAS_TABLES

/* Of each lane: the root next to exp(x), and what that misses. */
#define EXP_LANES                                      \
    u32 place[LANES], root[LANES];                     \
    f32 missed[LANES];                                 \
    EACH_LANE place[i] = part_exponent(x[i], 0).place; \
    look_up(root, place, exp_roots);                   \
    look_up(missed, place, exp_misses);

ALWAYS_INLINE void exp_lanes_f32(f32 *out, const f32 *x) {
    EXP_LANES
    EACH_LANE {
        const f32 r = part_exponent(x[i], 0).r, power = exp_power(root[i], place[i]);
        const f32 expm1 = fused_f32(r * r, fused_f32(0x1.555762p-3f, r, 0x1.000220p-1f), r);
        out[i] = fused_f32(power, expm1 + missed[i], power);
    }
}

/* (power - 1) + power (exp(r) - 1), with the large terms in two parts. */
ALWAYS_INLINE void expm1_lanes_f32(f32 *out, const f32 *x) {
    EXP_LANES
    EACH_LANE {
        const exp_parted a = part_exponent(x[i], 0);
        const f32 r = a.r, power = exp_power(root[i], place[i]), rest = fused_f32(missed[i], r, missed[i]) + a.rest;
        const f32 series = fused_f32(fused_f32(0x1.55574ap-5f, r, 0x1.555708p-3f), r, 0x1p-1f);
        const pair_f32 shift = two_sum_f32(-1, power), product = two_product_f32(power, r);
        const pair_f32 sum = quick_two_sum_f32(shift.hi, product.hi);
        const f32 low = fused_f32(power, fused_f32(r * r, series, rest), shift.lo + product.lo);
        out[i] = with_sign_f32(sum.hi + (sum.lo + low), x[i]);
    }
}
#undef EXP_LANES

#endif

#endif

/* sinh and cosh of float32 by tables (formulas/tables.h says how), for the loops of loops/lanes.h. With t and u, half
 * of the powers of 2 next to exp(|x|) and exp(-|x|), cosh(x) is (t + u) cosh(r) + (t - u) sinh(r), and sinh(x) is (t -
 * u) cosh(r) + (t + u) sinh(r). */
#ifndef RAPTORS_HYPERBOLIC_BY_TABLES_H
#define RAPTORS_HYPERBOLIC_BY_TABLES_H

#include "kernels/formulas/tables.h"

#if HAS_TABLES

/* Of each lane: what t and u are made of. 16 less in the place is half of the power. */
#define HYPERBOLIC_LANES                                            \
    u32 place[LANES], opposite[LANES], root[LANES], inverse[LANES]; \
    f32 missed[LANES], inverse_missed[LANES];                       \
    EACH_LANE {                                                     \
        place[i] = part_exponent(magnitude_f32(x[i]), 16).place;    \
        opposite[i] = -32 - place[i];                               \
    }                                                               \
    look_up(root, place, exp_roots);                                \
    look_up(missed, place, exp_misses);                             \
    look_up(inverse, opposite, exp_roots);                          \
    look_up(inverse_missed, opposite, exp_misses);

/* cosh(r) - 1 and sinh(r) - r, for z = r^2 */
#define SMALL_COSH(z) (0x1.000220p-1f * z)
#define SMALL_SINH(z) (0x1.555708p-3f * z) /* times r */

ALWAYS_INLINE void cosh_lanes_f32(f32 *out, const f32 *x) {
    HYPERBOLIC_LANES
    EACH_LANE {
        const f32 r = part_exponent(magnitude_f32(x[i]), 16).r, z = r * r;
        const f32 t = exp_power(root[i], place[i]), u = exp_power(inverse[i], opposite[i]);
        const pair_f32 sum = quick_two_sum_f32(t, u);
        const f32 low = fused_f32(t, missed[i], fused_f32(u, inverse_missed[i], sum.lo));
        const f32 even = fused_f32(sum.hi, SMALL_COSH(z), low);
        out[i] = sum.hi + fused_f32(t - u, fused_f32(r, SMALL_SINH(z), r), even);
    }
}

ALWAYS_INLINE void sinh_lanes_f32(f32 *out, const f32 *x) {
    HYPERBOLIC_LANES
    EACH_LANE {
        const exp_parted a = part_exponent(magnitude_f32(x[i]), 16);
        const f32 z = a.r * a.r, t = exp_power(root[i], place[i]), u = exp_power(inverse[i], opposite[i]);
        const pair_f32 difference = quick_two_sum_f32(t, -u), product = two_product_f32(t + u, a.r);
        const pair_f32 sum = quick_two_sum_f32(difference.hi, product.hi);
        const f32 low = fused_f32(t, missed[i], fused_f32(-u, inverse_missed[i], difference.lo + product.lo));
        const f32 even = fused_f32(difference.hi, SMALL_COSH(z), low);
        const f32 rest = fused_f32(t + u, fused_f32(a.r, SMALL_SINH(z), a.rest), even);
        out[i] = with_sign_f32(sum.hi + (sum.lo + rest), x[i]);
    }
}

/* sqrt(square + shift) in two parts, for a sum that is not 0. */
ALWAYS_INLINE pair_f32 sharp_root(pair_f32 sum, f32 square_low) {
    const f32 root = __builtin_elementwise_sqrt(sum.hi), miss = fused_f32(-root, root, sum.hi) + (sum.lo + square_low);
    return (pair_f32){root, miss * (0.5f / root)};
}

/* log(|x| + sqrt(x^2 + 1)), for |x| < 2^60; a tiny x is its own result. */
ALWAYS_INLINE void asinh_lanes_f32(f32 *out, const f32 *x) {
    f32 high[LANES], low[LANES], result[LANES];
    EACH_LANE {
        const f32 size = magnitude_f32(x[i]);
        const pair_f32 square = two_product_f32(size, size);
        const pair_f32 root = sharp_root(two_sum_f32(1, square.hi), square.lo), sum = quick_two_sum_f32(root.hi, size);
        high[i] = sum.hi;
        low[i] = sum.lo + root.lo;
    }
    log_of_pairs(result, high, low);
    EACH_LANE out[i] = magnitude_f32(x[i]) < 0x1p-14f ? x[i] : with_sign_f32(result[i], x[i]);
}

/* log(x + sqrt(x^2 - 1)), for 1 < x < 2^60. */
ALWAYS_INLINE void acosh_lanes_f32(f32 *out, const f32 *x) {
    f32 high[LANES], low[LANES];
    EACH_LANE {
        const pair_f32 square = two_product_f32(x[i], x[i]);
        const pair_f32 root = sharp_root(quick_two_sum_f32(square.hi, -1), square.lo);
        const pair_f32 sum = quick_two_sum_f32(x[i], root.hi);
        high[i] = sum.hi;
        low[i] = sum.lo + root.lo;
    }
    log_of_pairs(out, high, low);
}

/* log((1 + |x|) / (1 - |x|)) / 2, for |x| < 1; a tiny x is its own result. */
ALWAYS_INLINE void atanh_lanes_f32(f32 *out, const f32 *x) {
    f32 high[LANES], low[LANES], result[LANES];
    EACH_LANE {
        const f32 size = magnitude_f32(x[i]);
        const pair_f32 ratio = ratio_f32(quick_two_sum_f32(1, size), quick_two_sum_f32(1, -size));
        high[i] = ratio.hi;
        low[i] = ratio.lo;
    }
    log_of_pairs(result, high, low);
    EACH_LANE out[i] = magnitude_f32(x[i]) < 0x1p-14f ? x[i] : with_sign_f32(0.5f * result[i], x[i]);
}

#undef HYPERBOLIC_LANES
#undef SMALL_COSH
#undef SMALL_SINH

#endif

#endif

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

#undef HYPERBOLIC_LANES
#undef SMALL_COSH
#undef SMALL_SINH

#endif

#endif

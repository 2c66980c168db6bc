/* tanh of float32 by tables (formulas/tables.h says where they lie), for the loops of loops/lanes.h. Of every power of
 * 2 from 2^-4 to 2^3 there are two intervals, and one of all below. In each, with its centre c, t = |x| - c is exact,
 * and
 *
 *   tanh(c + t) = tanh(c) + s t + t p(t)
 *
 * where c is so chosen that tanh(c) is almost a float32 number, s is near the slope and has three bits, so that s t is
 * exact, and p is a polynomial. */
#ifndef RAPTORS_HYPERBOLIC_TANH_BY_TABLES_H
#define RAPTORS_HYPERBOLIC_TANH_BY_TABLES_H

#include "kernels/formulas/tables.h"

#if HAS_TABLES

enum { TANH_TERMS = 8 };

static const f32 tanh_centres[LANES] = {
    0,
    0x1.3ff684p-4f,
    0x1.bff782p-4f,
    0x1.400ba8p-3f,
    0x1.bffda6p-3f,
    0x1.400624p-2f,
    0x1.c0023cp-2f,
    0x1.4003d8p-1f,
    0x1.c00810p-1f,
    0x1.40015ep+0f,
    0x1.c003c0p+0f,
    0x1.3ff6bcp+1f,
    0x1.bffdc0p+1f,
    0x1.3ffc3cp+2f,
    0x1.b47938p+2f,
    0x1.0a2aecp+3f,
};
static const f32 tanh_values[LANES] = {
    0,
    0x1.3f5050p-4f,
    0x1.be3074p-4f,
    0x1.3d7728p-3f,
    0x1.b8fac6p-3f,
    0x1.35ff1ep-2f,
    0x1.a5747ap-2f,
    0x1.1bf728p-1f,
    0x1.686a62p-1f,
    0x1.b25300p-1f,
    0x1.e1fcd4p-1f,
    0x1.f92486p-1f,
    0x1.ff1124p-1f,
    0x1.fff418p-1f,
    0x1.ffffb0p-1f,
    0x1.fffffcp-1f,
};
static const f32 tanh_slopes[LANES] = {
    0x1.000000p+0f,
    0x1.000000p+0f,
    0x1.000000p+0f,
    0x1.000000p+0f,
    0x1.000000p+0f,
    0x1.c00000p-1f,
    0x1.c00000p-1f,
    0x1.800000p-1f,
    0x1.000000p-1f,
    0x1.000000p-2f,
    0x1.000000p-3f,
    0,
    0,
    0,
    0,
    0,
};
static const f32 tanh_rest[8][LANES] = {
    {-0x1.652d7cp-45f, -0x1.8e4940p-8f, -0x1.84d66ep-7f, -0x1.89b050p-6f, -0x1.7bcf80p-5f, 0x1.113c46p-5f,
     -0x1.6bb09cp-5f, -0x1.d7e308p-5f, 0x1.25280ap-8f, 0x1.f22792p-6f, -0x1.6f01ccp-7f, 0x1.b3ee22p-6f, 0x1.dd4890p-9f,
     0x1.7cfb02p-13f, 0x1.40047ep-18f, 0x1.000208p-22f},
    {-0x0.0p+0f, -0x1.3d5f18p-4f, -0x1.b8e522p-4f, -0x1.35d65ep-3f, -0x1.a488c2p-3f, -0x1.19962cp-2f, -0x1.5e0ff4p-2f,
     -0x1.893bc2p-2f, -0x1.6ba3d8p-2f, -0x1.e72588p-3f, -0x1.b6cd04p-4f, -0x1.ae177ap-6f, -0x1.dc69e4p-9f,
     -0x1.7cf2a8p-13f, -0x1.400570p-18f, -0x1.00fd56p-22f},
    {-0x1.555556p-2f, -0x1.4d12bep-2f, -0x1.4546aap-2f, -0x1.351dfcp-2f, -0x1.183b96p-2f, -0x1.c19cecp-3f,
     -0x1.16dedcp-3f, -0x1.23e2f8p-6f, 0x1.4f24dap-4f, 0x1.bba30ep-4f, 0x1.01b45cp-4f, 0x1.1704eap-6f, 0x1.3c73a4p-9f,
     0x1.fbfa8cp-14f, 0x1.aa4df0p-19f, 0x1.57918cp-23f},
    {0x0.0p+0f, 0x1.5eccd4p-5f, 0x1.29b83cp-4f, 0x1.90e54ap-4f, 0x1.05074ap-3f, 0x1.43eb56p-3f, 0x1.5c266cp-3f,
     0x1.1a62a6p-3f, 0x1.f1f208p-5f, -0x1.9c915ep-7f, -0x1.8155a0p-6f, -0x1.07d6e4p-7f, -0x1.3a245cp-10f,
     -0x1.fbb3fap-15f, -0x1.a9c886p-20f, -0x1.02a5dap-24f},
    {0x1.1110dap-3f, 0x1.fa0a52p-4f, 0x1.ef1156p-4f, 0x1.b6ad84p-4f, 0x1.5c1f9cp-4f, 0x1.74af88p-5f, -0x1.9106fep-8f,
     -0x1.c3c37ep-5f, -0x1.e21132p-5f, -0x1.3a951cp-6f, 0x1.e4a716p-9f, 0x1.7701ecp-9f, 0x1.ef22d4p-12f,
     0x1.930a26p-16f, 0x1.58b3f2p-21f, -0x1.1d84fap-28f},
    {-0x0.0p+0f, 0x1.b636c2p+5f, -0x1.cf2942p+3f, -0x1.1ec694p+0f, -0x1.9c08dap-3f, -0x1.6d6686p-4f, -0x1.f74c7ep-5f,
     -0x1.82c860p-6f, 0x1.9290a4p-7f, 0x1.f288ccp-7f, 0x1.05211cp-9f, -0x1.79d2f8p-11f, -0x1.403ee6p-13f,
     -0x1.0d1ec0p-17f, -0x1.daee32p-23f, -0x1.b7065cp-24f},
    {-0x1.b8b61ap-5f, 0x1.02527ep+3f, -0x1.f5d784p+0f, 0x1.f299e4p-5f, -0x1.973088p-6f, 0x1.7370eap-12f, 0x1.7199dap-6f,
     0x1.e3a1acp-6f, 0x1.6bbc6ep-7f, -0x1.246a36p-8f, -0x1.012c66p-9f, 0x1.08847ep-14f, 0x1.5dc290p-15f,
     0x1.570cdcp-19f, 0x1.f65400p-25f, 0x1.2906b8p-22f},
    {0x0.0p+0f, -0x1.b671f0p+16f, 0x1.cdea7ep+14f, 0x1.1160b0p+9f, 0x1.1660d2p+6f, 0x1.13e05cp+1f, -0x1.7f0f3ap-6f,
     -0x1.d177ecp-7f, 0x1.61a2b8p-6f, -0x1.2780d4p-10f, 0x1.8dbaf4p-11f, 0x1.78dea8p-15f, -0x1.30cd08p-17f,
     -0x1.4cee0ap-21f, -0x1.0dd20ep-27f, -0x1.7f444ep-23f},
};

ALWAYS_INLINE void tanh_lanes_f32(f32 *out, const f32 *x) {
    u32 place[LANES];
    f32 centre[LANES], value[LANES], slope[LANES], rest[TANH_TERMS][LANES];
    EACH_LANE {
        /* From 9.02 on it is 1; nan is kept out by the kernel. */
        const i32 half_octave =
            (i32)(bits_f32(at_most_f32(magnitude_f32(x[i]), 9.02f)) >> 22) - (0x41000000 >> 22) + 15;
        place[i] = (u32)MAXIMUM(half_octave, 0);
    }
    look_up(centre, place, tanh_centres);
    look_up(value, place, tanh_values);
    look_up(slope, place, tanh_slopes);
    for (int k = 0; k < TANH_TERMS; k++) look_up(rest[k], place, tanh_rest[k]);
    EACH_LANE {
        const f32 t = at_most_f32(magnitude_f32(x[i]), 9.02f) - centre[i];
        f32 p = rest[TANH_TERMS - 1][i];
#pragma clang loop unroll(full)
        for (int k = TANH_TERMS - 2; k >= 0; k--) p = fused_f32(p, t, rest[k][i]);
        const pair_f32 sum = quick_two_sum_f32(value[i], slope[i] * t);
        out[i] = with_sign_f32(sum.hi + fused_f32(t, p, sum.lo), x[i]);
    }
}

#endif

#endif

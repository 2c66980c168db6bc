/* Logarithms of one float dtype by tables: the template of tables.h, which says how. */

#if WIDTH == 32

#define LOG_OFFSET 0x3f340000u /* the bits of OFFSET */
#define LOG_FRACTION 23        /* bits */
#define LOG_ONE 0x3f800000u    /* the bits of 1 */

static const f32 log_factors_f32[16] = {
    0x1.600000p+0f, 0x1.580000p+0f, 0x1.480000p+0f, 0x1.380000p+0f, 0x1.300000p+0f, 0x1.280000p+0f,
    0x1.180000p+0f, 0x1.100000p+0f, 0x1.080000p+0f, 0x1.000000p+0f, 0x1.e00000p-1f, 0x1.c80000p-1f,
    0x1.b00000p-1f, 0x1.980000p-1f, 0x1.880000p-1f, 0x1.700000p-1f,
};

/* -log c, -log2 c and -log10 c as a number of 17 bits after the point (float64: 42), whose sum with k times the
 * logarithm of 2 is exact, and a rest. */
#define TABLE_LN2_HIGH 0x1.62e4p-1f
#define TABLE_LN2_LOW 0x1.7f7d1cp-20f
static const f32 ln_highs_f32[16] = {
    -0x1.461800p-2f, -0x1.2e8e00p-2f, -0x1.fb9000p-3f, -0x1.952400p-3f, -0x1.5ff400p-3f,
    -0x1.295400p-3f, -0x1.6f1000p-4f, -0x1.f0a000p-5f, -0x1.f82000p-6f, 0,
    0x1.085800p-4f,  0x1.da7000p-4f,  0x1.5bf400p-3f,  0x1.d10400p-3f,  0x1.117800p-2f,
    0x1.522a00p-2f,
};
static const f32 ln_lows_f32[16] = {
    -0x1.78438cp-19f, -0x1.5d708ep-21f, -0x1.86d5e4p-19f, -0x1.a9cf46p-19f, 0x1.f1eb0ep-20f,
    -0x1.2f8200p-19f, 0x1.6ba8d4p-19f,  -0x1.86008cp-20f, -0x1.361cf0p-19f, 0,
    0x1.8b59e4p-20f,  0x1.3b1c22p-19f,  0x1.ad50f6p-25f,  -0x1.01b354p-20f, 0x1.d044fcp-19f,
    0x1.c0e714p-19f,
};
static const f32 log2_highs_f32[16] = {
    -0x1.d67600p-2f, -0x1.b47e00p-2f, -0x1.6e2200p-2f, -0x1.244000p-2f, -0x1.fbc000p-3f,
    -0x1.acf400p-3f, -0x1.08c400p-3f, -0x1.664000p-4f, -0x1.6bb000p-5f, 0,
    0x1.7d6000p-4f,  0x1.563c00p-3f,  0x1.f5fc00p-3f,  0x1.4f7000p-2f,  0x1.8a8a00p-2f,
    0x1.e7e000p-2f,
};
static const f32 log2_lows_f32[16] = {
    0x1.83f9a2p-19f,  -0x1.7ee710p-19f, -0x1.cd9d0cp-22f, -0x1.eac382p-20f, -0x1.6b9026p-19f,
    -0x1.e2db4ep-19f, -0x1.88cda8p-19f, 0x1.20a6dep-21f,  0x1.645388p-20f,  0,
    0x1.25b3eep-22f,  0x1.c29ffap-19f,  0x1.8a9064p-19f,  -0x1.134c4ep-20f, -0x1.fd5010p-20f,
    -0x1.40358ep-19f,
};
static const f32 log10_highs_f32[16] = {
    -0x1.1b4000p-3f, -0x1.06cc00p-3f, -0x1.b8e000p-4f, -0x1.5fe800p-4f, -0x1.31b000p-4f,
    -0x1.024000p-4f, -0x1.3ed000p-5f, -0x1.af6000p-6f, -0x1.b60000p-7f, 0,
    0x1.cb4000p-6f,  0x1.9c2000p-5f,  0x1.2e3800p-4f,  0x1.93e800p-4f,  0x1.db1000p-4f,
    0x1.25bc00p-3f,
};
static const f32 log10_lows_f32[16] = {
    0x1.8e136cp-19f,  0x1.4c2c9ep-22f,  0x1.b2c54cp-20f, -0x1.222bd4p-26f, -0x1.82ae24p-19f,
    -0x1.460f84p-19f, -0x1.199a5ep-21f, 0x1.b53fc6p-24f, 0x1.6f714ep-19f,  0,
    -0x1.c0cc9ep-20f, -0x1.a15040p-19f, 0x1.3a05bcp-19f, -0x1.0f81e0p-23f, 0x1.ed766ap-20f,
    -0x1.7dea50p-19f,
};

#define LOG1P_REST -0x1.fffffcp-2f, 0x1.55554cp-2f, -0x1.003fa0p-2f, 0x1.9a2afcp-3f
#define LOOK_UP look_up

#else

#define LOG_OFFSET 0x3fe6800000000000u
#define LOG_FRACTION 52
#define LOG_ONE 0x3ff0000000000000u

static const f64 log_factors_f64[16] = {
    0x1.6000000000000p+0, 0x1.5800000000000p+0, 0x1.4800000000000p+0, 0x1.3800000000000p+0, 0x1.3000000000000p+0,
    0x1.2800000000000p+0, 0x1.1800000000000p+0, 0x1.1000000000000p+0, 0x1.0800000000000p+0, 0x1p+0,
    0x1.e000000000000p-1, 0x1.c800000000000p-1, 0x1.b000000000000p-1, 0x1.9800000000000p-1, 0x1.8800000000000p-1,
    0x1.7000000000000p-1,
};

#define TABLE_LN2_HIGH 0x1.62e42fefa3p-1
#define TABLE_LN2_LOW 0x1.3de6af278ece6p-42
static const f64 ln_highs_f64[16] = {
    -0x1.4618bc21c6000p-2, -0x1.2e8e2bae12000p-2, -0x1.fb9186d5e4000p-3, -0x1.9525a9cf46000p-3, -0x1.5ff3070a7a000p-3,
    -0x1.29552f8200000p-3, -0x1.6f0d28ae58000p-4, -0x1.f0a30c0118000p-5, -0x1.f829b0e780000p-6, 0,
    0x1.08598b59e4000p-4,  0x1.da72763844000p-4,  0x1.5bf406b544000p-3,  0x1.d1037f2656000p-3,  0x1.1178e8227e000p-2,
    0x1.522ae0738a000p-2,
};
static const f64 ln_lows_f64[16] = {
    0x1.3d82f484c84ccp-46,  0x1.67b1e99b72bd8p-45,
    0x1.d572aab993c87p-47,  0x1.297137d9f158fp-44,
    0x1.8586f183bebf2p-44,  0x1.5b967f4471dfcp-44,
    0x1.4b4641b664613p-44,  0x1.d599e83368e91p-45,
    -0x1.980267c7e09e4p-45, 0,
    -0x1.7e5dd7009902cp-46, 0x1.a89401fa71733p-46,
    -0x1.27023eb68981cp-46, -0x1.84a7e75b6f6e4p-47,
    0x1.1ef78ce2d07f2p-44,  0x1.ebe708164c759p-45,
};
static const f64 log2_highs_f64[16] = {
    -0x1.d6753e032f000p-2, -0x1.b47ebf7388000p-2, -0x1.6e221cd9d1000p-2, -0x1.24407ab0e0000p-2, -0x1.fbc16b9026000p-3,
    -0x1.acf5e2db4e000p-3, -0x1.08c588cda8000p-3, -0x1.663f6fac90000p-4, -0x1.6bad3758f0000p-5, 0,
    0x1.7d60496cfc000p-4,  0x1.563dc29ffa000p-3,  0x1.f5fd8a9064000p-3,  0x1.4f6fbb2cec000p-2,  0x1.8a8980abfc000p-2,
    0x1.e7df5fe539000p-2,
};
static const f64 log2_lows_f64[16] = {
    0x1.7c407050799bfp-44,  -0x1.50520a377c7ecp-45,
    0x1.90d43956fa5d8p-45,  -0x1.ce60916e52e91p-44,
    -0x1.0144751b3314fp-44, -0x1.927dfc23d9780p-44,
    0x1.871a7610e40bdp-45,  -0x1.3167ccc538261p-44,
    0x1.3c6764fc87b4ap-48,  0,
    -0x1.2ce6312ebb81dp-46, 0x1.964190e41bca7p-44,
    -0x1.cb6f70109b0f1p-47, 0x1.661e393a16b95p-44,
    -0x1.66cccab240e90p-45, -0x1.532c412ba94dbp-44,
};
static const f64 log10_highs_f64[16] = {
    -0x1.1b3e71ec94000p-3, -0x1.06cbd67a6c000p-3, -0x1.b8de4d3ab4000p-4, -0x1.5fe80488b0000p-4, -0x1.31b3055c48000p-4,
    -0x1.02428c1f08000p-4, -0x1.3ed1199a60000p-5, -0x1.af5f92b010000p-6, -0x1.b5e908eb20000p-7, 0,
    0x1.cb38fccd90000p-6,  0x1.9c197abf00000p-5,  0x1.2e3a740b78000p-4,  0x1.93e7de0fc4000p-4,  0x1.db11ed766c000p-4,
    0x1.25ba8215b0000p-3,
};
static const f64 log10_lows_f64[16] = {
    -0x1.ef57776664942p-44, -0x1.db2a2c6287ec0p-46,
    0x1.340511b402e0ap-47,  0x1.606adb567e739p-45,
    0x1.dcffc97be8c9cp-45,  -0x1.5ea6bc2bc8c2cp-52,
    0x1.bdafc8ad828b8p-45,  0x1.9f05921f59258p-46,
    0x1.90dfe0d1601cap-44,  0,
    -0x1.00925a535ae72p-44, 0x1.badcf3d6e4566p-46,
    0x1.d288560689912p-53,  -0x1.80743406505e6p-48,
    -0x1.40bcd23c3e44cp-44, -0x1.007bf2d8bf07ap-44,
};

#define LOG1P_REST                                                                                                   \
    -0x1.0000000000000p-1, 0x1.5555555555481p-2, -0x1.ffffffffff9c8p-3, 0x1.9999999cff141p-3, -0x1.5555555c38f17p-3, \
        0x1.249226ce94fb8p-3, -0x1.ffff9e433fc0dp-4, 0x1.c82d2b3dbc297p-4, -0x1.9ac83d24aee62p-4
#define LOOK_UP look_up_long

#endif

/* shrink is 2^-k. */
typedef struct {
    T k, z, shrink;
} f(table_split);

ALWAYS_INLINE UNSIGNED_T f(log_place)(T x) { return (f(bits)(x) - LOG_OFFSET) >> (LOG_FRACTION - 4); }
ALWAYS_INLINE f(table_split) f(split_by_table)(T x) {
    const UNSIGNED_T distance = f(bits)(x) - LOG_OFFSET, fraction = distance & (((UNSIGNED_T)1 << LOG_FRACTION) - 1);
#if WIDTH == 32 || defined(__AVX512DQ__)
    const T k = (T)((SIGNED_T)distance >> LOG_FRACTION);
#else /* no instruction converts such integers: they become the fraction of a number */
    const UNSIGNED_T power = (distance + LOG_ONE) >> LOG_FRACTION;
    const T k = f(from_bits)(power | f(bits)(0x1p52)) - (0x1p52 + 1023);
#endif
    return (f(table_split)){k, f(from_bits)(fraction + LOG_OFFSET), f(from_bits)(LOG_ONE - (distance - fraction))};
}

/* (log1p(r) - r) / r^2, times a constant */
ALWAYS_INLINE T f(log1p_rest)(T r, T factor) {
    T terms[] = {LOG1P_REST};
    enum { COUNT = sizeof terms / sizeof *terms };
#pragma clang loop unroll(full)
    for (int i = 0; i < COUNT; i++) terms[i] *= factor;
    return f(polynomial)(r, terms, COUNT);
}

/* a b + c in two parts, where c is 0 or larger than a b: c less the sum is exact. */
ALWAYS_INLINE f(pair) f(quick_fused)(T a, T b, T c) {
    const T sum = f(fused)(a, b, c);
    return (f(pair)){sum, f(fused)(a, b, c - sum)};
}

/* Of each lane's place: the factor, and the logarithm of that. */
ALWAYS_INLINE void f(look_up_logs)(T *factor, T *high, T *low, const T *x, const T *highs, const T *lows) {
    UNSIGNED_T place[OF_VECTOR];
    EACH_OF_VECTOR place[i] = f(log_place)(x[i]);
    LOOK_UP(factor, place, f(log_factors));
    LOOK_UP(high, place, highs);
    LOOK_UP(low, place, lows);
}

/* log(high + low) = log high + low / high; 1 / high = 2^-k c / (1 + r), about 2^-k c (1 - r + r^2). For high below half
 * of the power of 2 that is infinite. */
ALWAYS_INLINE void f(log_of_pairs)(T *out, const T *x, const T *x_low) {
    T factor[OF_VECTOR], high[OF_VECTOR], low[OF_VECTOR];
    f(look_up_logs)(factor, high, low, x, f(ln_highs), f(ln_lows));
    EACH_OF_VECTOR {
        const f(table_split) a = f(split_by_table)(x[i]);
        const T r = f(fused)(a.z, factor[i], -1), missed = x_low[i] * a.shrink * factor[i];
        const f(pair) sum = f(quick_two_sum)(f(fused)(a.k, TABLE_LN2_HIGH, high[i]), r);
        const T rest = f(fused)(f(fused)(r, r, -r), missed, missed) + f(fused)(a.k, TABLE_LN2_LOW, low[i]);
        out[i] = sum.hi + (sum.lo + f(fused)(r * r, f(log1p_rest)(r, 1), rest));
    }
}

#undef LOG_OFFSET
#undef LOG_FRACTION
#undef LOG_ONE
#undef TABLE_LN2_HIGH
#undef TABLE_LN2_LOW
#undef LOG1P_REST
#undef LOOK_UP

/* Powers of one dtype: template. Whatever the base, the power 0 is 1. */
#if defined(IS_INTEGER)

/* By repeated squaring, modulo 2^bits, all lanes in step. A negative exponent gives the reciprocal without its fraction:
 * that of 1 is 1, those of -1 are 1 and -1, all others (that of 0 too) are 0. */
static void f(power_block)(T *restrict out, const T *restrict x, const T *restrict y, intptr_t count) {
    UNSIGNED_T base[BLOCK], exponent[BLOCK], power[BLOCK], left = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) {
        UNSIGNED_T a = (UNSIGNED_T)x[i], b = (UNSIGNED_T)y[i];
#if defined(IS_SIGNED)
        const UNSIGNED_T odd = b & 1;
        a = y[i] >= 0 || x[i] == 1 || x[i] == -1 ? a : 0;
        b = y[i] >= 0 ? b : (UNSIGNED_T)(2 - odd);
#endif
        base[i] = a;
        exponent[i] = b;
        power[i] = 1;
        left |= b;
    }
    for (; left != 0; left >>= 1) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) {
            const UNSIGNED_T factor = exponent[i] & 1 ? base[i] : 1;
            power[i] = (UNSIGNED_T)(1u * power[i] * factor);
            base[i] = (UNSIGNED_T)(1u * base[i] * base[i]);
            exponent[i] >>= 1;
        }
    }
    memcpy(out, power, count * sizeof(T));
}

#elif defined(IS_FLOAT)

/* The exponents that need no logarithm are exact to the last bit, and quick where all elements share one. */
ALWAYS_INLINE T f(square_root)(T a) { return a == -(T)INFINITY ? (T)INFINITY : __builtin_elementwise_sqrt(a + 0); }
static inline T f(power)(T a, T b) {
    if (b == 2) return a * a;
    if (b == 1) return a;
    if (b == (T)0.5) return f(square_root)(a);
    if (b == -1) return 1 / a;
    return sizeof(T) == 4 ? (T)powf((f32)a, (f32)b) : (T)pow(a, b);
}

static void f(power_block)(T *restrict out, const T *restrict x, const T *restrict y, intptr_t count) {
    const T b = y[0];
    u32 different = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) different += y[i] != b;
    if (different == 0 && b == 2) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = x[i] * x[i];
    } else if (different == 0 && b == (T)0.5) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = f(square_root)(x[i]);
    } else if (different == 0 && b == -1) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = 1 / x[i];
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < count; i++) out[i] = f(power)(x[i], y[i]);
    }
}

#else

/* In complex128 for both. */
static void f(power_block)(T *restrict out, const T *restrict x, const T *restrict y, intptr_t count) {
    PLAIN_LOOP
    for (intptr_t i = 0; i < count; i++) {
        const c128 power = power_parts((c128){x[i].re, x[i].im}, (c128){y[i].re, y[i].im});
        out[i].re = (PART)power.re;
        out[i].im = (PART)power.im;
    }
}

#endif

BINARY_BLOCKS(power, T)

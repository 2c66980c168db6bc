/* Sines, cosines and tangents of one float dtype: the template of sin_cos.h. */
#if WIDTH == 32
#define PI_2_A 0x1.921fb6p+0f
#define PI_2_B -0x1.777a5cp-25f
#define PI_2_C -0x1.ee59dap-50f
#define TWO_OVER_PI 0x1.45f306p-1f /* 2 / pi */
#define ROUNDER 0x1.8p23f          /* adding and subtracting it rounds to an integer */
#define NEAR_ANGLES 0x1p16f
#define SIN_TAIL -0x1.555544p-3f, 0x1.110728p-7f, -0x1.993d0ep-13f
#define COS_TAIL 0x1.55554ap-5f, -0x1.6c0c1ep-10f, 0x1.99e560p-16f
#else
#define PI_2_A PI_2_A_f64
#define PI_2_A_HIGH 0x1.921fb54p+0 /* A and B in two parts each: all products with n are exact, but that with B_LOW */
#define PI_2_A_LOW 0x1.10b46p-30
#define PI_2_B_HIGH 0x1.1a626331p-54
#define PI_2_B_LOW 0x1.1701b839a2520p-88
#define TWO_OVER_PI 0x1.45f306dc9c883p-1
#define ROUNDER 0x1.8p52
#define NEAR_ANGLES 0x1p20
#define SIN_TAIL                                                                                \
    -0x1.5555555555548p-3, 0x1.111111110f750p-7, -0x1.a01a019bed585p-13, 0x1.71de3558f2372p-19, \
        -0x1.ae5e4e8f2f8a1p-26, 0x1.5d8c3d70e473fp-33
#define COS_TAIL                                                                                 \
    0x1.555555555554ap-5, -0x1.6c16c16c14f00p-10, 0x1.a01a019c75bd2p-16, -0x1.27e4f7dffaf17p-22, \
        0x1.1ee9d033e2655p-29, -0x1.8fa0a19b00cc8p-37
#define TAN_TAIL                                                                                                     \
    0x1.5555555555575p-4, 0x1.111111110d0dep-7, 0x1.ba1ba1bfae46fp-11, 0x1.664f469dd99a8p-14, 0x1.226e9261b5538p-17, \
        0x1.d6be57d943b24p-21, 0x1.7f27e271683ebp-24, 0x1.24ffd237ca0fap-27, 0x1.5921ba3272a1bp-30
#endif

/* An angle x = quadrant * pi/2 + hi + lo, where |hi| is at most little more than pi/4. The last two bits of quadrant
 * count.
 */
typedef struct {
    T hi, lo;
    UNSIGNED_T quadrant;
} f(reduced_angle);

/* Whether reduce_angle is right, as it is for infinity and nan; else reduce_far_angle_f64 is. */
ALWAYS_INLINE int f(is_near_angle)(T x) {
    const T size = f(magnitude)(x);
    return !(size >= NEAR_ANGLES) | (size == (T)INFINITY);
}
/* Negative if x >= 0 is at least NEAR_ANGLES, infinite or nan: what a loop can collect by `or`. */
ALWAYS_INLINE SIGNED_T f(sign_if_far)(T x) { return (SIGNED_T)(f(bits)(NEAR_ANGLES) - 1 - f(bits)(x)); }

/* x - n pi/2, where n is the integer next to x 2/pi and pi/2 = A + B + C. x - n A is exact, because it is below 1 and a
 * multiple of the last bit of A. */
ALWAYS_INLINE f(reduced_angle) f(reduce_angle)(T x) {
#if HAS_FUSED || WIDTH == 64
    const T sum = f(fused)(x, TWO_OVER_PI, ROUNDER), n = sum - ROUNDER;
#if WIDTH == 32
    const T left = f(fused)(-n, PI_2_A, x), product = n * PI_2_B, hi = left - product;
    const T lo = ((left - hi) - product) - f(fused)(n, PI_2_C, f(fused)(n, PI_2_B, -product));
#else
#if HAS_FUSED
    const T left = f(fused)(-n, PI_2_A, x), product = n * PI_2_B_HIGH, hi = left - product;
#else
    const T left = (x - n * PI_2_A_HIGH) - n * PI_2_A_LOW, product = n * PI_2_B_HIGH, hi = left - product;
#endif
    const T lo = f(fused)(-n, PI_2_B_LOW, (left - hi) - product);
#endif
    return (f(reduced_angle)){hi, lo, f(bits)(sum)};
#else
    /* In float64: 29 bits of pi/2 times n are exact. */
    const f64 sum = x * 0x1.45f306dc9c883p-1 + 0x1.8p52, n = sum - 0x1.8p52;
    const f64 left = (x - n * 0x1.921fb54p+0) - n * 0x1.10b4611a62633p-30;
    u64 bits;
    memcpy(&bits, &sum, sizeof bits);
    return (f(reduced_angle)){(f32)left, (f32)(left - (f32)left), (u32)bits};
#endif
}

/* sin(hi + lo) and cos(hi + lo) in two parts, whose sum rounds the result. */
ALWAYS_INLINE f(pair) f(sine_part)(f(reduced_angle) a) {
    const T z = a.hi * a.hi;
    return (f(pair)){a.hi, f(fused)(a.hi * z, POLYNOMIAL(z, SIN_TAIL), a.lo * (1 - (T)0.5 * z))};
}
ALWAYS_INLINE f(pair) f(cosine_part)(f(reduced_angle) a) {
    const T z = a.hi * a.hi, half = (T)0.5 * z, hi = 1 - half;
#if HAS_FUSED
    const T missed = f(fused)(a.hi, a.lo, (T)0.5 * f(fused)(a.hi, a.hi, -z));
#else
    const T missed = a.hi * a.lo;
#endif
    return (f(pair)){hi, ((1 - hi) - half) + f(fused)(z * z, POLYNOMIAL(z, COS_TAIL), -missed)};
}

/* The sine of the whole angle is sin, cos, -sin or -cos of the reduced one, by its quadrant; the cosine is what the
 * sine is in the next quadrant. */
ALWAYS_INLINE T f(signed_by_quadrant)(T size, UNSIGNED_T quadrant) {
    return f(from_bits)(f(bits)(size) ^ (quadrant & 2) << (WIDTH - 2));
}
ALWAYS_INLINE T f(sine_of)(f(reduced_angle) a) {
    const f(pair) s = f(sine_part)(a), c = f(cosine_part)(a);
    return f(signed_by_quadrant)(a.quadrant & 1 ? c.hi + c.lo : s.hi + s.lo, a.quadrant);
}
ALWAYS_INLINE T f(cosine_of)(f(reduced_angle) a) {
    const f(pair) s = f(sine_part)(a), c = f(cosine_part)(a);
    return f(signed_by_quadrant)(a.quadrant & 1 ? s.hi + s.lo : c.hi + c.lo, a.quadrant + 1);
}

#if WIDTH == 32
/* In float64, by a quotient of polynomials that is right to 2^-33: r (1 + ...) / (1 + ...), or -1 / that in odd
 * quadrants. The products of n and the first 27 bits of pi/2 are exact. */
ALWAYS_INLINE T f(tangent)(T angle) {
    const f64 x = angle, sum = fused_f64(x, 0x1.45f306dc9c883p-1, 0x1.8p52), n = sum - 0x1.8p52;
    const f64 r = fused_f64(-n, 0x1.10b4611a62633p-30, fused_f64(-n, 0x1.921fb54p+0, x)), z = r * r;
    const f64 above = r * fused_f64(fused_f64(0x1.18e69bd6ab105p-10, z, -0x1.c7ec1d7dcf4a0p-4), z, 1);
    const f64 below = fused_f64(fused_f64(0x1.055d1e5c5d95cp-6, z, -0x1.c7505cb2bbbc8p-2), z, 1);
    u64 quadrant;
    memcpy(&quadrant, &sum, sizeof quadrant);
    return (T)(quadrant & 1 ? -below / above : above / below);
}
#else
/* t is twice the tangent of half the reduced angle, so that its tangent is 4 t / (4 - t^2); -1 / that in odd quadrants.
 */
ALWAYS_INLINE T f(tangent_of)(f(reduced_angle) a) {
    const T z = a.hi * a.hi, rest = f(fused)(a.lo, (T)0.25 * z, a.lo);
    const f(pair) t = f(quick_two_sum)(a.hi, f(fused)(a.hi * z, POLYNOMIAL(z, TAN_TAIL), rest));
    const T square = t.hi * t.hi, error = f(product_error)(t.hi, t.hi, square), hi = 4 - square;
    const T lo = ((4 - hi) - square) - f(fused)(t.hi, t.lo + t.lo, error);
    const bool odd = a.quadrant & 1;
    const f(pair) above = {odd ? hi : t.hi, odd ? lo : t.lo}, below = {odd ? t.hi : hi, odd ? t.lo : lo};
    const f(pair) ratio = f(ratio)(above, below);
    return (ratio.hi + ratio.lo) * (odd ? (T)-0.25 : (T)4);
}
ALWAYS_INLINE T f(tangent)(T x) {
    const T result = f(tangent_of)(f(reduce_angle)(x));
    return f(magnitude)(x) < 0x1p-100 ? x : result;
}
#endif

/* Zeros and very small angles are their own sine. */
ALWAYS_INLINE T f(sine)(T x) {
    const T result = f(sine_of)(f(reduce_angle)(x));
    return f(magnitude)(x) < (T)0x1p-100 ? x : result;
}
ALWAYS_INLINE T f(cosine)(T x) { return f(cosine_of)(f(reduce_angle)(x)); }

#undef PI_2_A
#undef PI_2_B
#undef PI_2_C
#undef PI_2_A_HIGH
#undef PI_2_A_LOW
#undef PI_2_B_HIGH
#undef PI_2_B_LOW
#undef TWO_OVER_PI
#undef ROUNDER
#undef NEAR_ANGLES
#undef SIN_TAIL
#undef COS_TAIL
#undef TAN_TAIL

/* Inverse trigonometric functions of one float dtype: the template of inverse_trigonometric.h. */
#if WIDTH == 32
#define PI_4_HIGH 0x1.921fbp-1f /* has so few bits that 3 times it is exact */
#define PI_4_LOW 0x1.5110b4p-23f
#define INVERSE_GUESS 0x7ef311c7u
#define ASIN_TAIL 0x1.5555c8p-3f, 0x1.3301e4p-4f, 0x1.747e4ap-5f, 0x1.8c282ep-6f, 0x1.596d38p-5f
#define ATAN_TAIL -0x1.555512p-2f, 0x1.997b54p-3f, -0x1.224de0p-3f, 0x1.a02778p-4f, -0x1.a4765cp-5f
#else
#define PI_4_HIGH 0x1.921fb54442d18p-1
#define PI_4_LOW 0x1.1a62633145c07p-55
#define INVERSE_GUESS 0x7fde623822fc16e6u
#define ASIN_TAIL                                                                                                     \
    0x1.5555555555577p-3, 0x1.333333332e103p-4, 0x1.6db6db721412bp-5, 0x1.f1c71a946e2fap-6, 0x1.6e8bdeecd6434p-6,     \
        0x1.1c49ef94f8477p-6, 0x1.ca1f9e4c44745p-7, 0x1.75850bb687461p-7, 0x1.613f179f0c481p-7, 0x1.e5d1cbd888482p-9, \
        0x1.63a69db8b2212p-6, -0x1.580b058e1966bp-6, 0x1.0b4abd1c08af5p-5
#define ATAN_TAIL                                                                                                    \
    -0x1.5555555555516p-2, 0x1.999999999114ep-3, -0x1.249249215e18bp-3, 0x1.c71c7090f7d58p-4, -0x1.745cf4cc76b1cp-4, \
        0x1.3b113dd214d7bp-4, -0x1.10f31fb3bfcc9p-4, 0x1.dfe97ecedb29ep-5, -0x1.a39880e11dcfcp-5,                    \
        0x1.56f6071a20430p-5, -0x1.c180863e286abp-6, 0x1.4b84e77493192p-7
#endif

/* asin of |x| in two parts; where |x| > 1/2 that of s = sqrt((1 - |x|) / 2), because asin(x) = pi/2 - 2 asin(s). */
typedef struct {
    f(pair) parts;
    bool complement;
} f(reduced_arcsine);

ALWAYS_INLINE f(reduced_arcsine) f(reduce_arcsine)(T size) {
    const bool complement = size > (T)0.5;
    const T half = (T)0.5 - (T)0.5 * size, z = complement ? half : size * size, root = __builtin_elementwise_sqrt(half);
    const T s = complement ? root : size;
    /* What the root misses: (half - root^2) / (2 root). 1 / root is guessed to an eighth, and improved once. */
    const T square = root * root, miss = (half - square) - f(product_error)(root, root, square);
    const T guess = f(from_bits)(INVERSE_GUESS - f(bits)(root));
    const T missed = miss * (T)0.5 * guess * f(fused)(-root, guess, 2);
    const T tail = f(fused)(s * z, POLYNOMIAL(z, ASIN_TAIL), complement ? missed : (T)0);
    return (f(reduced_arcsine)){{s, tail}, complement};
}

/* base + base_lo + x + lo, where |base| >= |x|, or base is 0. */
ALWAYS_INLINE T f(sum_of_parts)(T base, T base_lo, T x, T lo) {
    const f(pair) sum = f(quick_two_sum)(base, x);
    return sum.hi + (sum.lo + (base_lo + lo));
}

ALWAYS_INLINE T f(arcsine)(T x) {
    const f(reduced_arcsine) a = f(reduce_arcsine)(f(magnitude)(x));
    const T factor = a.complement ? (T)-2 : (T)1, base = a.complement ? 2 * PI_4_HIGH : 0,
            rest = a.complement ? 2 * PI_4_LOW : 0;
    return f(with_sign)(f(sum_of_parts)(base, rest, factor * a.parts.hi, factor * a.parts.lo), x);
}

/* pi/2 - asin(x) for |x| <= 1/2; else 2 asin(s), or pi - 2 asin(s) if x < 0. */
ALWAYS_INLINE T f(arccosine)(T x) {
    const f(reduced_arcsine) a = f(reduce_arcsine)(f(magnitude)(x));
    const bool negative = x < 0;
    const T factor = a.complement ? (negative ? (T)-2 : (T)2) : (negative ? (T)1 : (T)-1);
    const T quarters = a.complement ? (negative ? (T)4 : (T)0) : (T)2;
    return f(sum_of_parts)(quarters * PI_4_HIGH, quarters * PI_4_LOW, factor * a.parts.hi, factor * a.parts.lo);
}

/* base + base_lo + atan(n / (d + d_lo)), for a quotient of at most 1/2. The slope of atan is 1 / (1 + z), about 1 - 0.8
 * z. */
ALWAYS_INLINE T f(arctangent_of_quotient)(T base, T base_lo, T n, T d, T d_lo) {
    const f(pair) ratio = f(ratio)((f(pair)){n, 0}, (f(pair)){d, d_lo});
    const T z = ratio.hi * ratio.hi, missed = f(fused)(z * (T)-0.8, ratio.lo, ratio.lo);
    return f(sum_of_parts)(base, base_lo, ratio.hi, f(fused)(ratio.hi * z, POLYNOMIAL(z, ATAN_TAIL), missed));
}

/* For 0 <= x <= 2^60: atan(x) is pi/4 + atan((x - 1) / (x + 1)) around 1, and pi/2 + atan(-1 / x) for larger x. */
ALWAYS_INLINE T f(arctangent)(T x) {
    const bool around = x > (T)0.5, beyond = x > 2;
    const T sum = x + 1, missed = x - (sum - 1);
    const T n = beyond ? (T)-1 : around ? x - 1 : x, d = beyond ? x : around ? sum : (T)1;
    const T eighths = beyond ? (T)2 : around ? (T)1 : (T)0;
    return f(arctangent_of_quotient)(eighths * PI_4_HIGH, eighths * PI_4_LOW, n, d, around && !beyond ? missed : 0);
}

/* The angle, from 0 to pi, of a point that lies y >= 0 above the origin and x >= 0 to its right, or to its left. */
ALWAYS_INLINE T f(angle_of_point)(T y, T x, bool left) {
    const T large = y > x ? y : x, small = y > x ? x : y, sum = large + small, missed = (large - sum) + small;
    const bool around = small + small > large, beyond = !around && y > x;
    const T n = beyond ? -x : around ? y - x : y, d = around ? sum : large;
    const T eighths = beyond ? (T)2 : around ? (T)1 : (T)0, count = left ? 4 - eighths : eighths;
    return f(arctangent_of_quotient)(count * PI_4_HIGH, count * PI_4_LOW, left ? -n : n, d, around ? missed : 0);
}

#undef PI_4_HIGH
#undef PI_4_LOW
#undef INVERSE_GUESS
#undef ASIN_TAIL
#undef ATAN_TAIL

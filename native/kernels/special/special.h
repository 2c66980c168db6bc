/* Special functions of one float dtype: template. Those of SciPy, with its answers where a formula has none.
 *
 * Formulas, with exponentials and logarithms in parts (formulas/exp_log.h):
 *   expit      1 / (1 + exp(-x)), for x < 0 exp(x) / (1 + exp(x))
 *   logit      -+log1p(|1 - 2 x| / t), t = min(x, 1 - x)
 *   log_expit  min(x, 0) - log1p(exp(-|x|))
 *   softplus   max(x, 0) + log1p(exp(-|x|))
 *   entr       -x log x
 *   xlogy      x log y, 0 where x = 0
 *   xlog1py    x log1p(y), 0 where x = 0
 *   rel_entr   x log(x / y): of x = 2^j (1 + m), y = 2^k (1 + n), (j - k) ln 2 + log1p((m - n) / (1 + n))
 *   erf        x + x p(x^2) for |x| < 3/4, else 1 - erfc(|x|)
 *   erfc       exp(-x^2) p(t) / (1 + 2 x), t = (x - 4) / (x + 4), for x >= 0 (M. M. Shepherd, J. G. Laframboise, 1981);
 *              1 - erf(x) for |x| < 0.65
 * The polynomials p are near-minimax ones: native/tools/polynomials.py. Largest error in ULP and the argument that has
 * it (without fused operations they may differ in the last digit):
 *
 *                float32                     float64
 *   expit        0.77 at -0x1.5f081cp+6      0.76 at -0x1.6264244c38952p+9
 *   logit        0.68 at 0x1.2be57p-1        0.67 at 0x1.aac5966781e32p-2
 *   log_expit    0.78 at 0x1.587974p+6       0.77 at 0x1.61a6b0403f986p+9
 *   softplus     0.81 at -0x1.5875cep+6      0.77 at -0x1.6258f6994f8b7p+9
 *   entr         0.97 at 0x1.14ap-132        0.996 at 0x0.00b35d44dfdep-1022
 *   erf          0.70 at -0x1.aaa648p-6      0.81 at 0x1.b275420aececp-5
 *   erfc         0.81 at 0x1.51f504p-1       0.98 at 0x1.9031171806281p+4
 *   xlogy        0.83 at -0x1.48dc1p-129, 0x1.b2aa54p-17       0.69 at 0x1.8a14482e1876cp+2, 0x1.5fcd84dcde346p+0
 *   xlog1py      0.94 at 0x1.0d897ep-115, -0x1.c0089cp-11      0.89 at 0x1.12622330a6a46p-974, 0x1.24c0a75c41c05p-48
 *   rel_entr     0.995 at 0x1.ffaf8p-129, 0x1.c4fp-136         0.98 at 0x0.1007faea85df6p-1022, 0x0.000000000635bp-1022
 * The largest of entr, xlogy and rel_entr are subnormal results. Without fused operations erf has 0.87 in float64,
 * log_expit 0.82 in float32.
 */
#include "kernels/formulas/exp_log.h"
#include "kernels/loops/contiguous.h"

#if WIDTH == 32
#define TOO_SMALL 0x1p-100f /* the inverse of smaller numbers might be infinite: they are multiplied by ... */
#define ENLARGED 0x1p30f
#define LOG_ENLARGED_HIGH 0x1.4cb5ecp+4f /* ... whose logarithm is in two parts here */
#define LOG_ENLARGED_LOW 0x1.e152cap-21f
#define LARGE 0x1p30f  /* log(x + half a unit) of larger x is log(x) */
#define SMALL 0x1p-80f /* without fused operations, smaller products are computed with a factor multiplied by ... */
#define SCALE 0x1p40f
#define BIG 0x1p100f /* larger factors are divided for that */
#define ERF_TAIL \
    0x1.06eba8p-3f, -0x1.812746p-2f, 0x1.ce2efep-4f, -0x1.b826e6p-6f, 0x1.55e188p-8f, -0x1.b60fd2p-11f, 0x1.8cd582p-14f
#define ERFC_HIGH 0x1.3ba592p+0f
#define ERFC_LOW -0x1.204066p-25f
#define ERFC_TAIL                                                                                                    \
    -0x1.1df1bp-3f, 0x1.f7f57p-7f, 0x1.16edcep-4f, -0x1.9dd90ap-4f, 0x1.7fe246p-4f, -0x1.0fd022p-4f, 0x1.30d824p-5f, \
        -0x1.0662d8p-6f, 0x1.4cd0f6p-8f, -0x1.21f35cp-10f, -0x1.4bdf3ap-11f
#define ERFC_ZERO 10.5f /* erfc of this is 0 */
#else
#define TOO_SMALL 0x1p-900
#define ENLARGED 0x1p200
#define LOG_ENLARGED_HIGH 0x1.1542457337d43p+7
#define LOG_ENLARGED_LOW -0x1.e3948c376279dp-49
#define LARGE 0x1p60
#define SMALL 0x1p-960
#define SCALE 0x1p120
#define BIG 0x1p900
#define ERF_TAIL                                                                                                    \
    0x1.06eba8214db69p-3, -0x1.812746b0379e7p-2, 0x1.ce2f21a042bc5p-4, -0x1.b82ce31287c52p-6, 0x1.565bcd0e2a5d5p-8, \
        -0x1.c02db3ec1949p-11, 0x1.f9a322f13f29ep-14, -0x1.f4d1d3ec6f7bcp-17, 0x1.b9dabe687a364p-20,                \
        -0x1.5ebf4fe207247p-23, 0x1.ef2f21f46f04cp-27, -0x1.05061d68e7052p-30
#define ERFC_HIGH 0x1.3ba5916e9fd7fp+0
#define ERFC_LOW -0x1.a32525b821305p-55
#define ERFC_TAIL                                                                                                   \
    -0x1.1df1ad154a29cp-3, 0x1.f7f5df66fd71ep-7, 0x1.16ecefcfa6043p-4, -0x1.9ddb23c3e8a4dp-4, 0x1.7fee004df6ac2p-4, \
        -0x1.0fb06dfe58cc1p-4, 0x1.3079edf9f9aa2p-5, -0x1.09623880774cbp-6, 0x1.49c67191a9b8fp-8,                   \
        -0x1.8d4a9fef01cf7p-11, -0x1.a1de83d0750e9p-13, 0x1.3be0d2ddca02ap-13, -0x1.9969d5eb655c4p-16,              \
        -0x1.78a8728d75abdp-17, 0x1.7fae623c12ff3p-18, 0x1.443925ea1881p-22, -0x1.bfe11ea785f29p-21,                \
        0x1.0bf5928e76048p-24, 0x1.ec096fc0c915fp-24, -0x1.0b48250b15b7p-27, -0x1.cbf2a69078bd5p-27,                \
        -0x1.d82240127bdd5p-30
#define ERFC_ZERO 28
#endif

/* exp(-|x|) = 2^n (hi + lo). */
typedef struct {
    T n, hi, lo;
} f(decay);

ALWAYS_INLINE f(decay) f(decay_of)(T x) {
    const f(exp_reduced) a = f(exp_reduce)(f(clamp_exponent)(-f(magnitude)(x)));
    const f(pair) parts = f(exp_parts)(a), e = f(quick_two_sum)(parts.hi, parts.lo);
    return (f(decay)){a.n, e.hi, e.lo};
}

ALWAYS_INLINE T f(expit)(T x) {
    const f(decay) e = f(decay_of)(x);
    const T small = f(two_to_minus)(-e.n);
    const f(pair) below = f(quick_two_sum)(1, small * e.hi);
    const f(pair) above = {x < 0 ? e.hi : 1, x < 0 ? e.lo : 0};
    const f(pair) ratio = f(ratio)(above, (f(pair)){below.hi, below.lo + small * e.lo});
    return f(scale)(ratio.hi + ratio.lo, x < 0 ? e.n : 0);
}

/* log1p(exp(-|x|)) */
ALWAYS_INLINE f(pair) f(log1p_decay)(T x) {
    const f(decay) e = f(decay_of)(x);
    return f(log1p_parts)(f(scale)(e.hi, e.n), f(scale)(e.lo, e.n));
}
ALWAYS_INLINE T f(log_expit)(T x) {
    const f(pair) part = f(log1p_decay)(x), sum = f(two_sum)(f(at_most)(x, 0), -part.hi);
    const T result = f(with_sign)(sum.hi + (sum.lo - part.lo), -1);
    return x == -(T)INFINITY ? x : result;
}
ALWAYS_INLINE T f(softplus)(T x) {
    const f(pair) part = f(log1p_decay)(x), sum = f(two_sum)(f(at_least)(x, 0), part.hi);
    const T result = sum.hi + (sum.lo + part.lo);
    return x == (T)INFINITY ? x : result;
}

ALWAYS_INLINE T f(logit)(T x) {
    const bool low = x < (T)0.5;
    const T less = low ? x : 1 - x;
    const bool tiny = less < TOO_SMALL;
    const f(pair) miss = f(two_sum)(1, -2 * x);
    const f(pair) above = {low ? miss.hi : -miss.hi, low ? miss.lo : -miss.lo};
    const f(pair) odds = f(ratio)(above, (f(pair)){tiny ? less * ENLARGED : less, 0});
    const f(pair) log = f(log1p_parts)(odds.hi, odds.hi < LARGE ? odds.lo : 0);
    const f(pair) sum = f(quick_two_sum)(log.hi, tiny ? LOG_ENLARGED_HIGH : 0);
    const T low_part = log.lo + (tiny ? LOG_ENLARGED_LOW : 0);
    const T size = sum.hi + (sum.lo + low_part), result = low ? -size : size;
    const T outside = x == 0 ? -(T)INFINITY : x == 1 ? (T)INFINITY : x - x == 0 ? (T)NAN : x - x;
    const bool inside = (x > 0) & (x < 1);
    return inside ? result : outside;
}

/* factor (log.hi + log.lo), where `whole` is that logarithm in one part, or what a logarithm has outside its domain. */
ALWAYS_INLINE T f(times_log)(T factor, f(pair) log, T whole) {
    const f(pair) parts = f(quick_two_sum)(log.hi, log.lo);
    const T size = f(magnitude)(whole), weight = f(magnitude)(factor), larger = size < weight ? weight : size;
#if HAS_FUSED
    const T result = f(fused)(factor, parts.hi, factor * parts.lo);
#else
    /* The halves of larger factors would be infinite, what is left over of smaller products would be rounded. */
    const T about = weight < BIG / SCALE ? weight * size : 1;
    const T scale = weight > BIG ? (T)0x1p-60 : about < SMALL ? (T)SCALE : (T)1;
    const f(pair) product = f(two_product)(factor * scale, parts.hi);
    const T result = (product.hi + f(fused)(factor * scale, parts.lo, product.lo)) / scale;
#endif
    const bool is_result = (larger < (T)INFINITY) & (result != 0);
    return is_result ? result : factor * whole;
}
ALWAYS_INLINE f(pair) f(log_pair)(T x) {
    const f(split) a = f(split_any)(x);
    const f(log_parts) fraction = f(log_fraction)(a.m);
    return f(add_ln2)(a.k, fraction.hi, fraction.lo);
}
ALWAYS_INLINE T f(entr)(T x) {
    const f(pair) log = f(log_pair)(x);
    const T result = f(times_log)(-x, log, f(log_domain)(x, log.hi + log.lo));
    const T outside = x == 0 ? 0 : x < 0 ? -(T)INFINITY : x;
    return x > 0 ? result : outside;
}
ALWAYS_INLINE T f(xlogy)(T x, T y) {
    const f(pair) log = f(log_pair)(y);
    const T product = f(times_log)(x, log, f(log_domain)(y, log.hi + log.lo));
    const bool is_nothing = (x == 0) & (y == y);
    return is_nothing ? 0 : product;
}
ALWAYS_INLINE T f(xlog1py)(T x, T y) {
    const f(pair) log = f(log1p_parts)(y, 0);
    const T product = f(times_log)(x, log, f(with_sign)(f(log_domain)(1 + y, log.hi + log.lo), y));
    const bool is_nothing = (x == 0) & (y == y);
    return is_nothing ? 0 : product;
}

ALWAYS_INLINE T f(rel_entr)(T x, T y) {
    const f(split) a = f(split_any)(x), b = f(split_any)(y);
    const T more = a.k - b.k, near = f(magnitude)(more) <= 1 ? more : 0;
    const T size = f(two_to)(near);
    /* 2^near (1 + m) - (1 + n), and 1 + n */
    const T first = size * (1 + a.m), second = 1 + b.m;
    const f(pair) ratio = f(ratio)(f(two_sum)(first, -second), (f(pair)){second, 0});
    const f(pair) part = f(log1p_parts)(ratio.hi, ratio.lo), log = f(add_ln2)(more - near, part.hi, part.lo);
    const T product = f(times_log)(x, log, log.hi + log.lo);
    const T beyond = x - y == 0 ? 0 : x < y ? -(T)INFINITY : x > y ? (T)INFINITY : (T)NAN; /* of infinite x or y */
    const bool finite = (x < (T)INFINITY) & (y < (T)INFINITY), nothing = (x == 0) & (y >= 0);
    const bool inside = (x > 0) & (y > 0), is_nan = (x != x) | (y != y);
    const T positive = finite ? product : beyond, outside = nothing ? 0 : (T)INFINITY;
    return is_nan ? x + y : inside ? positive : outside;
}

/* erfc(x) for x >= 0, as a factor and a power of two. */
ALWAYS_INLINE f(decay) f(erfc_parts)(T size) {
    const T x = f(at_most)(size, ERFC_ZERO), t = (x - 4) / (x + 4);
    const f(pair) square = f(two_product)(x, x);
    const f(exp_reduced) a = f(exp_reduce_sum)(-square.hi, -square.lo);
    const f(pair) parts = f(exp_parts)(a), e = f(quick_two_sum)(parts.hi, parts.lo);
    const f(pair) sum = f(quick_two_sum)(ERFC_HIGH, t * POLYNOMIAL(t, ERFC_TAIL));
    const f(pair) r = f(ratio)((f(pair)){sum.hi, sum.lo + ERFC_LOW}, f(two_sum)(1, 2 * x));
    const f(pair) product = f(two_product)(e.hi, r.hi);
    return (f(decay)){a.n, product.hi, f(fused)(e.hi, r.lo, f(fused)(e.lo, r.hi, product.lo))};
}
ALWAYS_INLINE T f(erfc)(T x) {
    const f(decay) e = f(erfc_parts)(f(magnitude)(x));
    const T small = f(two_to_minus)(-e.n), tail = x * POLYNOMIAL(x * x, ERF_TAIL);
    const f(pair) rest = f(quick_two_sum)(2, -small * e.hi), near = f(quick_two_sum)(1, -x);
    const T far = x < 0 ? rest.hi + (rest.lo - small * e.lo) : f(scale)(e.hi + e.lo, e.n);
    return f(magnitude)(x) < (T)0.65 ? near.hi + (near.lo - tail) : far;
}
ALWAYS_INLINE T f(erf)(T x) {
    const T size = f(magnitude)(x), z = x * x;
    const f(decay) e = f(erfc_parts)(size);
    const T small = f(two_to_minus)(-e.n);
    const f(pair) rest = f(quick_two_sum)(1, -small * e.hi);
    const T far = rest.hi + (rest.lo - small * e.lo), near = f(fused)(x, POLYNOMIAL(z, ERF_TAIL), x);
    return size < (T)0.75 ? near : f(with_sign)(far, x);
}

UNARY_CONTIGUOUS(expit, T)
UNARY_CONTIGUOUS(logit, T)
UNARY_CONTIGUOUS(log_expit, T)
UNARY_CONTIGUOUS(softplus, T)
UNARY_CONTIGUOUS(entr, T)
UNARY_CONTIGUOUS(erf, T)
UNARY_CONTIGUOUS(erfc, T)
BINARY_CONTIGUOUS(xlogy, T)
BINARY_CONTIGUOUS(xlog1py, T)
BINARY_CONTIGUOUS(rel_entr, T)

#undef TOO_SMALL
#undef ENLARGED
#undef SMALL
#undef SCALE
#undef BIG
#undef LARGE
#undef LOG_ENLARGED_HIGH
#undef LOG_ENLARGED_LOW
#undef ERF_TAIL
#undef ERFC_HIGH
#undef ERFC_LOW
#undef ERFC_TAIL
#undef ERFC_ZERO

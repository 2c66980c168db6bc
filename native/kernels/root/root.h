/* Square roots and hypotenuses of one float dtype: template.
 *
 * sqrt is rounded once. hypot: sqrt(x^2 + y^2), of float32 in float64, of float64 with the square in two parts. Its
 * largest error is 0.501 ULP; 0.75 in float64 where both operands are subnormal, at -0x0.a2cc8da72d935p-1022,
 * -0x0.00000e787faf4p-1022. */
#include "kernels/formulas/accurate.h"
#include "kernels/loops/contiguous.h"

ALWAYS_INLINE T f(sqrt)(T x) { return __builtin_elementwise_sqrt(x); }

#if WIDTH == 32
/* In float64, whose exponents hold every square of a float32. */
ALWAYS_INLINE T f(hypot)(T x, T y) {
    const f64 a = x, b = y;
    const T root = (T)__builtin_elementwise_sqrt(a * a + b * b), x_size = f(magnitude)(x), y_size = f(magnitude)(y);
    const int infinite = (x_size == (T)INFINITY) | (y_size == (T)INFINITY);
    return infinite ? (T)INFINITY : root;
}
#else
/* The root of the rounded sum of squares, corrected by what its square misses; both scaled, if large or small. */
ALWAYS_INLINE T f(hypot)(T x, T y) {
    const T a = f(magnitude)(x), b = f(magnitude)(y), large = a < b ? b : a;
    const T factor = large > 0x1p500 ? 0x1p-600 : large < 0x1p-400 ? 0x1p600 : 1;
    const T back = large > 0x1p500 ? 0x1p600 : large < 0x1p-400 ? 0x1p-600 : 1;
    const f(pair) p = f(two_product)(a * factor, a * factor), q = f(two_product)(b * factor, b * factor);
    const f(pair) sum = f(two_sum)(p.hi, q.hi);
    const T root = __builtin_elementwise_sqrt(sum.hi), square = root * root;
    const T miss = (sum.hi - square) - f(product_error)(root, root, square) + (sum.lo + (p.lo + q.lo));
    const T result = (root + miss / (2 * root)) * back;
    const int infinite = (a == (T)INFINITY) | (b == (T)INFINITY), plain = (large < (T)INFINITY) & (a > 0) & (b > 0);
    return plain ? result : infinite ? (T)INFINITY : a + b;
}
#endif

UNARY_CONTIGUOUS(sqrt, T)
BINARY_CONTIGUOUS(hypot, T)

/* The inverses of hyperbolic functions of one float dtype by tables of logarithms (formulas/tables.h says how), for the
 * loops of loops/lanes.h: template, a part of hyperbolic.h. */
#include "kernels/formulas/tables.h"

#if HAS_TABLES

/* sqrt(square + shift) in two parts, for a sum that is not 0. */
ALWAYS_INLINE f(pair) f(sharp_root)(f(pair) sum, T square_low) {
    const T root = __builtin_elementwise_sqrt(sum.hi), miss = f(fused)(-root, root, sum.hi) + (sum.lo + square_low);
    return (f(pair)){root, miss * ((T)0.5 / root)};
}

/* log(|x| + sqrt(x^2 + 1)), for |x| below LARGE; a tiny x is its own result. */
ALWAYS_INLINE void f(asinh_lanes)(T *out, const T *x) {
    T high[OF_VECTOR], low[OF_VECTOR], result[OF_VECTOR];
    EACH_OF_VECTOR {
        const T size = f(magnitude)(x[i]);
        const f(pair) square = f(two_product)(size, size);
        const f(pair) root = f(sharp_root)(f(two_sum)(1, square.hi), square.lo), sum = f(quick_two_sum)(root.hi, size);
        high[i] = sum.hi;
        low[i] = sum.lo + root.lo;
    }
    f(log_of_pairs)(result, high, low);
    EACH_OF_VECTOR out[i] = f(magnitude)(x[i]) < TINY ? x[i] : f(with_sign)(result[i], x[i]);
}

/* log(x + sqrt(x^2 - 1)), for 1 < x below LARGE. */
ALWAYS_INLINE void f(acosh_lanes)(T *out, const T *x) {
    T high[OF_VECTOR], low[OF_VECTOR];
    EACH_OF_VECTOR {
        const f(pair) square = f(two_product)(x[i], x[i]);
        const f(pair) root = f(sharp_root)(f(quick_two_sum)(square.hi, -1), square.lo);
        const f(pair) sum = f(quick_two_sum)(x[i], root.hi);
        high[i] = sum.hi;
        low[i] = sum.lo + root.lo;
    }
    f(log_of_pairs)(out, high, low);
}

/* log((1 + |x|) / (1 - |x|)) / 2, for |x| < 1; a tiny x is its own result. */
ALWAYS_INLINE void f(atanh_lanes)(T *out, const T *x) {
    T high[OF_VECTOR], low[OF_VECTOR], result[OF_VECTOR];
    EACH_OF_VECTOR {
        const T size = f(magnitude)(x[i]);
        const f(pair) ratio = f(ratio)(f(quick_two_sum)(1, size), f(quick_two_sum)(1, -size));
        high[i] = ratio.hi;
        low[i] = ratio.lo;
    }
    f(log_of_pairs)(result, high, low);
    EACH_OF_VECTOR out[i] = f(magnitude)(x[i]) < TINY ? x[i] : f(with_sign)((T)0.5 * result[i], x[i]);
}

#endif

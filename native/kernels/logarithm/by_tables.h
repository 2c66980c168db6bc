/* Logarithms of one float dtype by tables (formulas/tables.h says how), for the loops of loops/lanes.h: template, a
 * part of logarithm.h. */
#include "kernels/formulas/tables.h"

#if HAS_TABLES

ALWAYS_INLINE void f(log_lanes)(T *out, const T *x) {
    T factor[OF_VECTOR], high[OF_VECTOR], low[OF_VECTOR];
    f(look_up_logs)(factor, high, low, x, f(ln_highs), f(ln_lows));
    EACH_OF_VECTOR {
        const f(table_split) a = f(split_by_table)(x[i]);
        const T r = f(fused)(a.z, factor[i], -1);
        const f(pair) sum = f(quick_two_sum)(f(fused)(a.k, LN2_HIGH, high[i]), r);
        out[i] = sum.hi + (sum.lo + f(fused)(r * r, f(log1p_rest)(r, 1), f(fused)(a.k, LN2_LOW, low[i])));
    }
}

ALWAYS_INLINE void f(log2_lanes)(T *out, const T *x) {
    T factor[OF_VECTOR], high[OF_VECTOR], low[OF_VECTOR];
    f(look_up_logs)(factor, high, low, x, f(log2_highs), f(log2_lows));
    EACH_OF_VECTOR {
        const f(table_split) a = f(split_by_table)(x[i]);
        const T r = f(fused)(a.z, factor[i], -1);
        const f(pair) sum = f(quick_fused)(r, INVERSE_LN2, a.k + high[i]);
        const T rest = f(fused)(r, INVERSE_LN2_LOW, low[i]);
        out[i] = sum.hi + (sum.lo + f(fused)(r * r, f(log1p_rest)(r, INVERSE_LN2), rest));
    }
}

ALWAYS_INLINE void f(log10_lanes)(T *out, const T *x) {
    T factor[OF_VECTOR], high[OF_VECTOR], low[OF_VECTOR];
    f(look_up_logs)(factor, high, low, x, f(log10_highs), f(log10_lows));
    EACH_OF_VECTOR {
        const f(table_split) a = f(split_by_table)(x[i]);
        const T r = f(fused)(a.z, factor[i], -1);
        const f(pair) sum = f(quick_fused)(r, INVERSE_LN10, f(fused)(a.k, LOG10_2, high[i]));
        const T rest = f(fused)(r, INVERSE_LN10_LOW, f(fused)(a.k, LOG10_2_LOW, low[i]));
        out[i] = sum.hi + (sum.lo + f(fused)(r * r, f(log1p_rest)(r, INVERSE_LN10), rest));
    }
}

ALWAYS_INLINE void f(log1p_lanes)(T *out, const T *x) {
    T high[OF_VECTOR], low[OF_VECTOR], result[OF_VECTOR];
    EACH_OF_VECTOR {
        const f(pair) sum = f(two_sum)(1, x[i]);
        high[i] = sum.hi;
        low[i] = sum.lo;
    }
    f(log_of_pairs)(result, high, low);
    EACH_OF_VECTOR out[i] = f(with_sign)(result[i], x[i]);
}

#endif

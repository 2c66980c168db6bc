/* Logarithms, inverse hyperbolic functions and roots of one complex dtype, in float64: template. Zeros, parts that are
 * very large, and the standard's rules for infinities and nan are done with care, element by element.
 *
 * Largest error in relation to the size of the result, in ULP: 0.51 in complex64; in complex128 0.5 (log), 0.8 (log1p),
 * 0.9 (log2, log10, sqrt), 1.2 (atanh), 1.4 (acosh) and 1.5 (asinh). */

#define COMPLEX_FUNCTION(NAME, OF, SURE, CAREFUL)                     \
    ALWAYS_INLINE void f(NAME##_fast)(T * out, const T *x) {          \
        const c128 result = OF(x->re, x->im);                         \
        out->re = (PART)result.re;                                    \
        out->im = (PART)result.im;                                    \
    }                                                                 \
    ALWAYS_INLINE int f(NAME##_sure)(const T *x) {                    \
        const f64 a = magnitude_f64(x->re), b = magnitude_f64(x->im); \
        return SURE;                                                  \
    }                                                                 \
    static void f(NAME##_careful)(T * out, const T *x) {              \
        const c128 result = CAREFUL(x->re, x->im);                    \
        out->re = (PART)result.re;                                    \
        out->im = (PART)result.im;                                    \
    }                                                                 \
    UNARY_GUARDED(NAME, T)

#define FINITE ((a < (f64)INFINITY) & (b < (f64)INFINITY))
#define MODERATE ((a < 0x1p500) & (b < 0x1p500))

COMPLEX_FUNCTION(sqrt, sqrt_of, FINITE, special_sqrt)
COMPLEX_FUNCTION(log, log_of, FINITE &(a + b > 0), careful_log)
COMPLEX_FUNCTION(log2, log2_of, FINITE &(a + b > 0), careful_log2)
COMPLEX_FUNCTION(log10, log10_of, FINITE &(a + b > 0), careful_log10)
COMPLEX_FUNCTION(log1p, log1p_of, FINITE &((a != 1) | (b > 0)), careful_log1p)
COMPLEX_FUNCTION(asinh, asinh_of, MODERATE, careful_asinh)
COMPLEX_FUNCTION(acosh, acosh_of, MODERATE, careful_acosh)
COMPLEX_FUNCTION(atanh, atanh_of, MODERATE &((a != 1) | (b > 0x1p-500)), careful_atanh)

#undef COMPLEX_FUNCTION
#undef FINITE
#undef MODERATE

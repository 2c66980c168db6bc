/* Logarithms, inverse hyperbolic functions and roots of one complex dtype, in float64: template. Zeros, parts that are
 * very large, and the standard's rules for infinities and nan are done with care, element by element.
 *
 * Largest distance from the exact result, in ULP of its larger part: 0.71 in complex64. In complex128, and where:
 *   sqrt   2.2 at 0x1.fa653e63531c3p-7 + 0x1.00000c0a902d8p+0i
 *   log    0.8 at 0x1.6c9c187eaf038p+0 - 0x1.344e045ebf2p-1i
 *   log2   1.6 at -0x1.b0d466d2dbd64p+1 - 0x1.d2cd1eb9799a6p+1i
 *   log10  2.0 at 0x1.7a79c312b1354p+0 + 0x1.27bb8c22ff296p+1i
 *   log1p  1.4 at 0x1.b36670797e116p-9 + 0x1.df24c628f643bp-4i
 *   asinh  3.0 at 0x1.db072ff4ba48bp-10 - 0x1.b8f8b59057b7dp-10i
 *   acosh  3.1 at 0x1.fff54b528eb73p-1 + 0x1.a2cda4893f3ebp-7i
 *   atanh  3.0 at -0x1.fc3f00d2d69c7p-8 - 0x1.be445f0ad6121p-8i */

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
COMPLEX_FUNCTION(log1p, log1p_of, FINITE &((x->re != -1) | (b > 0)), careful_log1p)
COMPLEX_FUNCTION(asinh, asinh_of, MODERATE, careful_asinh)
COMPLEX_FUNCTION(acosh, acosh_of, MODERATE, careful_acosh)
COMPLEX_FUNCTION(atanh, atanh_of, MODERATE &((a != 1) | (b > 0x1p-500)), careful_atanh)

#undef COMPLEX_FUNCTION
#undef FINITE
#undef MODERATE

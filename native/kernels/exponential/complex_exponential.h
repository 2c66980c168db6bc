/* exp and its kin, of one complex dtype, in float64: template. Large angles, and the standard's rules for infinities
 * and nan, are done with care, element by element.
 *
 * Largest distance from the exact result, in ULP of its larger part: 0.71 in complex64. In complex128, and where:
 *   exp    2.3 at -0x1.b71166d905cfp-2 + 0x1.2db8f0dd7bfb8p+1i
 *   expm1  2.6 at 0x1.ea77cdc7d53fdp-4 - 0x1.59341902c1fc2p-4i
 *   sinh   2.4 at 0x1.5fe9177b72e4p+9 + 0x1.17b1d9ed2048p+11i
 *   cosh   2.3 at -0x1.a8ae6ecaa2907p+6 - 0x1.30f90b11f539ap+27i
 *   tanh   2.8 at 0x0p+0 + 0x1.14be586efc865p+3i */

/* What is common to them: the formula OF takes a, and the cosine and sine of b; SPECIAL(a, b) does what is not finite.
 */
#define COMPLEX_EXPONENTIAL(NAME, OF, SPECIAL)                                                 \
    ALWAYS_INLINE void f(NAME##_fast)(T * out, const T *x) {                                   \
        const f64 a = x->re, b = x->im;                                                        \
        const c128 result = OF(a, cis_of(turn_f64(b), b));                                     \
        out->re = (PART)result.re;                                                             \
        out->im = (PART)result.im;                                                             \
    }                                                                                          \
    ALWAYS_INLINE int f(NAME##_sure)(const T *x) {                                             \
        const PART a = __builtin_elementwise_abs(x->re), b = __builtin_elementwise_abs(x->im); \
        return (a < (PART)INFINITY) & (b < (PART)0x1p20);                                      \
    }                                                                                          \
    static void f(NAME##_careful)(T * out, const T *x) {                                       \
        const f64 a = x->re, b = x->im;                                                        \
        const bool finite = isfinite(a) && isfinite(b);                                        \
        const c128 result = finite ? OF(a, far_cis(b)) : SPECIAL(a, b);                        \
        out->re = (PART)result.re;                                                             \
        out->im = (PART)result.im;                                                             \
    }                                                                                          \
    UNARY_GUARDED(NAME, T)

COMPLEX_EXPONENTIAL(exp, exp_of, special_exp)
COMPLEX_EXPONENTIAL(expm1, expm1_of, special_expm1)
COMPLEX_EXPONENTIAL(sinh, sinh_of, special_sinh)
COMPLEX_EXPONENTIAL(cosh, cosh_of, special_cosh)
COMPLEX_EXPONENTIAL(tanh, tanh_of, special_tanh)

#undef COMPLEX_EXPONENTIAL

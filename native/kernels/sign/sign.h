/* Signs of one numeric dtype: template. Those of real numbers are exact; nan is its own sign.
 *
 * That of a complex number is a / |a|, both parts divided by a real number; 0 is its own sign, and nan in one part
 * makes both nan, whatever the other. Largest error in ULP of the larger part: 0.71 in complex64, 1.6 in complex128 at
 * 0x1.3cad9f4006f7p+0 - 0x1.95d73b1afb40cp+0i. */
#include "kernels/formulas/accurate.h"
#include "kernels/formulas/complex_quotient.h"
#include "kernels/loops/blocks.h"
#include "kernels/loops/elementwise.h"

#if defined(IS_INTEGER)

#if defined(IS_SIGNED)
ALWAYS_INLINE T f(sign)(T a) { return (T)((a > 0) - (a < 0)); }
#else
ALWAYS_INLINE T f(sign)(T a) { return a != 0; }
#endif
UNARY(sign, T)

#elif defined(IS_FLOAT)

ALWAYS_INLINE T f(sign)(T a) {
    const T sign = a > 0 ? (T)1 : a < 0 ? (T)-1 : (T)0;
    return a != a ? a : sign;
}
ALWAYS_INLINE b8 f(signbit)(T a) { return (SIGNED_T)f(bits)(a) < 0; }
ALWAYS_INLINE T f(copysign)(T a, T b) { return __builtin_elementwise_copysign(a, b); }

UNARY(sign, T)
UNARY(signbit, b8)
BINARY(copysign, T)

#else

ALWAYS_INLINE void f(sign_by)(T *out, const T *a, f64 re, f64 im, f64 size) {
    const bool is_zero = size == 0, is_nan = (a->re != a->re) | (a->im != a->im);
    const f64 divisor = is_nan ? NAN : is_zero ? 1 : size;
    out->re = (PART)((is_zero ? 0 : re) / divisor);
    out->im = (PART)((is_zero ? 0 : im) / divisor);
}
#if WIDTH == 32
/* In float64, whose exponents hold every square of a float32. */
ALWAYS_INLINE void f(sign)(T *out, const T *a) {
    const f64 re = a->re, im = a->im;
    f(sign_by)(out, a, re, im, __builtin_elementwise_sqrt(re * re + im * im));
}
UNARY_GATHERED(sign, T)
#else
ALWAYS_INLINE void f(sign_fast)(T *out, const T *a) { f(sign_by)(out, a, a->re, a->im, hypotenuse_f64(a->re, a->im)); }
ALWAYS_INLINE int f(sign_in_range)(const T *a) { return is_moderate_f64(a->re, a->im); }
/* Small numbers are scaled up. Of large ones only the size is scaled: scaled down, the smaller part might lose bits. */
static void f(sign_careful)(T *out, const T *a) {
    const f64 larger = fabs(a->re) < fabs(a->im) ? fabs(a->im) : fabs(a->re), scale = larger > 1 ? 0x1p-600 : 0x1p600;
    const f64 re = a->re * scale, im = a->im * scale;
    if (re == 0 || im == 0 || larger == INFINITY) {
        f(sign_by)(out, a, a->re, a->im, larger);
    } else if (larger > 1) {
        f(sign_by)(out, a, a->re, a->im, hypotenuse_f64(re, im));
        out->re *= scale;
        out->im *= scale;
    } else {
        f(sign_by)(out, a, re, im, hypotenuse_f64(re, im));
    }
}
UNARY_GUARDED(sign, T)
#endif

#endif

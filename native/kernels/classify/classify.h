/* What kind of number an element of one floating-point dtype is: template. A complex number is nan or infinite if one
 * of its parts is, and finite if both are. */
#include "kernels/loops/elementwise.h"

#if defined(IS_FLOAT)

ALWAYS_INLINE b8 f(isnan)(T a) { return a != a; }
ALWAYS_INLINE b8 f(isinf)(T a) { return __builtin_elementwise_abs(a) == (T)INFINITY; }
ALWAYS_INLINE b8 f(isfinite)(T a) { return __builtin_elementwise_abs(a) < (T)INFINITY; }

UNARY(isnan, b8)
UNARY(isinf, b8)
UNARY(isfinite, b8)

#else

ALWAYS_INLINE void f(isnan)(b8 *out, const T *a) { *out = (a->re != a->re) | (a->im != a->im); }
ALWAYS_INLINE void f(isinf)(b8 *out, const T *a) {
    const PART re = __builtin_elementwise_abs(a->re), im = __builtin_elementwise_abs(a->im);
    *out = (re == (PART)INFINITY) | (im == (PART)INFINITY);
}
ALWAYS_INLINE void f(isfinite)(b8 *out, const T *a) {
    const PART re = __builtin_elementwise_abs(a->re), im = __builtin_elementwise_abs(a->im);
    *out = (re < (PART)INFINITY) & (im < (PART)INFINITY);
}

UNARY_COMPLEX(isnan, b8)
UNARY_COMPLEX(isinf, b8)
UNARY_COMPLEX(isfinite, b8)

#endif

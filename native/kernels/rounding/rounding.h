/* Rounding of one floating-point dtype, and the next number after another: template. All results are exact. round takes
 * halves to the even neighbour; of a complex number it rounds both parts. */
#include "kernels/formulas/accurate.h"
#include "kernels/loops/elementwise.h"

#if defined(IS_FLOAT)

ALWAYS_INLINE T f(floor)(T a) { return __builtin_elementwise_floor(a); }
ALWAYS_INLINE T f(ceil)(T a) { return __builtin_elementwise_ceil(a); }
ALWAYS_INLINE T f(trunc)(T a) { return __builtin_elementwise_trunc(a); }
ALWAYS_INLINE T f(round)(T a) { return __builtin_elementwise_roundeven(a); }

/* As integers neighbours differ by 1, away from 0; after 0 comes the smallest number with the sign of b. */
ALWAYS_INLINE T f(nextafter)(T a, T b) {
    const UNSIGNED_T bits = f(bits)(a), step = (a < b) == (a > 0) ? 1 : -1;
    const T smallest = __builtin_elementwise_copysign(f(from_bits)(1), b);
    const T next = a == 0 ? smallest : f(from_bits)(bits + step);
    const T unordered = a + b;
    return a != a || b != b ? unordered : a == b ? b : next;
}

UNARY(floor, T)
UNARY(ceil, T)
UNARY(trunc, T)
UNARY(round, T)
BINARY(nextafter, T)

#else

ALWAYS_INLINE void f(round)(T *out, const T *a) {
    const PART re = __builtin_elementwise_roundeven(a->re), im = __builtin_elementwise_roundeven(a->im);
    out->re = re;
    out->im = im;
}

UNARY_COMPLEX(round, T)

#endif

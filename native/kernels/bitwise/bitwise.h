/* Operations on the bits of one dtype: template. On bool they are the logical functions. */
#include "kernels/loops/elementwise.h"

#if defined(IS_BOOL)
ALWAYS_INLINE T f(bitwise_and)(T a, T b) { return (a != 0) & (b != 0); }
ALWAYS_INLINE T f(bitwise_or)(T a, T b) { return (a | b) != 0; }
ALWAYS_INLINE T f(bitwise_xor)(T a, T b) { return (a != 0) ^ (b != 0); }
ALWAYS_INLINE T f(bitwise_invert)(T a) { return a == 0; }
#else
ALWAYS_INLINE T f(bitwise_and)(T a, T b) { return a & b; }
ALWAYS_INLINE T f(bitwise_or)(T a, T b) { return a | b; }
ALWAYS_INLINE T f(bitwise_xor)(T a, T b) { return a ^ b; }
ALWAYS_INLINE T f(bitwise_invert)(T a) { return (T)~a; }

/* Shifts by the width or more leave zeros, or copies of the sign. A negative count is taken for a very large one. */
ALWAYS_INLINE T f(bitwise_left_shift)(T a, T b) {
    const UNSIGNED_T width = 8 * sizeof(T), count = (UNSIGNED_T)b;
    const UNSIGNED_T shifted = (UNSIGNED_T)((UNSIGNED_T)a << (count & (width - 1)));
    return (T)(count < width ? shifted : 0);
}
ALWAYS_INLINE T f(bitwise_right_shift)(T a, T b) {
    const UNSIGNED_T width = 8 * sizeof(T), count = (UNSIGNED_T)b;
#if defined(IS_SIGNED)
    return (T)(a >> (count < width ? count : width - 1));
#else
    const T shifted = (T)(a >> (count & (width - 1)));
    return (T)(count < width ? shifted : 0);
#endif
}
#endif

BINARY(bitwise_and, T)
BINARY(bitwise_or, T)
BINARY(bitwise_xor, T)
UNARY(bitwise_invert, T)
#if defined(IS_INTEGER)
BINARY(bitwise_left_shift, T)
BINARY(bitwise_right_shift, T)
#endif

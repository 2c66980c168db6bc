/* Arithmetic of one dtype: template. Integers wrap around: they are computed as unsigned ones. Real results are rounded
 * once. Products of complex numbers are the textbook's: their error is at most sqrt(5) units of roundoff of their size,
 * which is 3.2 ULP of the larger part; of squares 2.7 ULP. 1.7 were found for both (docs/accuracy.md). */
#include "kernels/loops/elementwise.h"

#if defined(IS_INTEGER)

ALWAYS_INLINE T f(add)(T a, T b) { return (T)((UNSIGNED_T)a + (UNSIGNED_T)b); }
ALWAYS_INLINE T f(subtract)(T a, T b) { return (T)((UNSIGNED_T)a - (UNSIGNED_T)b); }
/* 1u, because two uint16 would be promoted to int, which may overflow. */
ALWAYS_INLINE T f(multiply)(T a, T b) { return (T)((UNSIGNED_T)a * (1u * (UNSIGNED_T)b)); }
ALWAYS_INLINE T f(square)(T a) { return f(multiply)(a, a); }
ALWAYS_INLINE T f(negative)(T a) { return (T)(0 - (UNSIGNED_T)a); }
ALWAYS_INLINE T f(maximum)(T a, T b) { return a > b ? a : b; }
ALWAYS_INLINE T f(minimum)(T a, T b) { return a < b ? a : b; }
#if defined(IS_SIGNED)
ALWAYS_INLINE T f(absolute)(T a) { return __builtin_elementwise_abs(a); } /* of the lowest integer it is itself */
#else
ALWAYS_INLINE T f(absolute)(T a) { return a; }
#endif

#elif defined(IS_FLOAT)

ALWAYS_INLINE T f(add)(T a, T b) { return a + b; }
ALWAYS_INLINE T f(subtract)(T a, T b) { return a - b; }
ALWAYS_INLINE T f(multiply)(T a, T b) { return a * b; }
ALWAYS_INLINE T f(square)(T a) { return a * a; }
ALWAYS_INLINE T f(negative)(T a) { return -a; }
ALWAYS_INLINE T f(absolute)(T a) { return __builtin_elementwise_abs(a); }
/* Where one is nan the comparison is false and gives b, so that only a has to be tested. */
ALWAYS_INLINE T f(maximum)(T a, T b) {
    const T larger = a > b ? a : b;
    return a != a ? a : larger;
}
ALWAYS_INLINE T f(minimum)(T a, T b) {
    const T smaller = a < b ? a : b;
    return a != a ? a : smaller;
}

#else

ALWAYS_INLINE void f(add)(T *out, const T *a, const T *b) {
    const PART re = a->re + b->re, im = a->im + b->im;
    out->re = re;
    out->im = im;
}
ALWAYS_INLINE void f(subtract)(T *out, const T *a, const T *b) {
    const PART re = a->re - b->re, im = a->im - b->im;
    out->re = re;
    out->im = im;
}
ALWAYS_INLINE void f(multiply)(T *out, const T *a, const T *b) {
    const PART re = a->re * b->re - a->im * b->im, im = a->re * b->im + a->im * b->re;
    out->re = re;
    out->im = im;
}
ALWAYS_INLINE void f(square)(T *out, const T *a) { f(multiply)(out, a, a); }
ALWAYS_INLINE void f(negative)(T *out, const T *a) {
    const PART re = -a->re, im = -a->im;
    out->re = re;
    out->im = im;
}

#endif

#if defined(IS_COMPLEX)
BINARY_COMPLEX(add, T)
BINARY_COMPLEX(subtract, T)
BINARY_COMPLEX(multiply, T)
UNARY_COMPLEX(square, T)
UNARY_COMPLEX(negative, T)
#else
BINARY(add, T)
BINARY(subtract, T)
BINARY(multiply, T)
BINARY(maximum, T)
BINARY(minimum, T)
UNARY(square, T)
UNARY(negative, T)
UNARY(absolute, T)
#endif

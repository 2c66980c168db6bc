/* Comparisons of one dtype: template. NaN equals nothing; a complex number equals another in both parts. */
#if defined(IS_COMPLEX)
ALWAYS_INLINE void f(equal)(b8 *out, const T *a, const T *b) { *out = (a->re == b->re) & (a->im == b->im); }
ALWAYS_INLINE void f(not_equal)(b8 *out, const T *a, const T *b) { *out = (a->re != b->re) | (a->im != b->im); }

BINARY_COMPLEX(equal, b8)
BINARY_COMPLEX(not_equal, b8)
#else
#if defined(IS_BOOL)
/* Foreign memory may hold another byte for true. */
ALWAYS_INLINE b8 f(truth)(T a) { return a != 0; }
#else
ALWAYS_INLINE T f(truth)(T a) { return a; }
#endif
ALWAYS_INLINE b8 f(equal)(T a, T b) { return f(truth)(a) == f(truth)(b); }
ALWAYS_INLINE b8 f(not_equal)(T a, T b) { return f(truth)(a) != f(truth)(b); }
ALWAYS_INLINE b8 f(less)(T a, T b) { return f(truth)(a) < f(truth)(b); }
ALWAYS_INLINE b8 f(less_equal)(T a, T b) { return f(truth)(a) <= f(truth)(b); }

BINARY(equal, b8)
BINARY(not_equal, b8)
BINARY(less, b8)
BINARY(less_equal, b8)
#endif

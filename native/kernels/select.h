/* Choice between elements of one dtype: template. */
#if defined(IS_COMPLEX)
ALWAYS_INLINE void f(where)(T *out, const b8 *condition, const T *a, const T *b) {
    const PART re = *condition ? a->re : b->re, im = *condition ? a->im : b->im;
    out->re = re;
    out->im = im;
}

TERNARY_COMPLEX(where, T)
#else
ALWAYS_INLINE T f(where)(b8 condition, T a, T b) { return condition ? a : b; }

TERNARY(where, T)
#endif

/* Rounding, signs, parts and kinds of numbers of one dtype: template. All results are exact, but for the sign of a
 * complex number. */
#if defined(IS_INTEGER)

#if defined(IS_SIGNED)
ALWAYS_INLINE T f(sign)(T a) { return (T)((a > 0) - (a < 0)); }
#else
ALWAYS_INLINE T f(sign)(T a) { return a != 0; }
#endif
UNARY(sign, T)

#elif defined(IS_FLOAT)

ALWAYS_INLINE T f(floor)(T a) { return __builtin_elementwise_floor(a); }
ALWAYS_INLINE T f(ceil)(T a) { return __builtin_elementwise_ceil(a); }
ALWAYS_INLINE T f(trunc)(T a) { return __builtin_elementwise_trunc(a); }
ALWAYS_INLINE T f(round)(T a) { return __builtin_elementwise_roundeven(a); }

ALWAYS_INLINE SIGNED_T f(pattern)(T a) {
    SIGNED_T bits;
    memcpy(&bits, &a, sizeof bits);
    return bits;
}
ALWAYS_INLINE T f(from_pattern)(SIGNED_T bits) {
    T a;
    memcpy(&a, &bits, sizeof a);
    return a;
}

ALWAYS_INLINE T f(sign)(T a) {
    const T sign = a > 0 ? (T)1 : a < 0 ? (T)-1 : (T)0;
    return a != a ? a : sign;
}
ALWAYS_INLINE b8 f(signbit)(T a) { return f(pattern)(a) < 0; }
ALWAYS_INLINE T f(copysign)(T a, T b) { return __builtin_elementwise_copysign(a, b); }

/* Neighbours differ by 1 as integers, away from 0; next to 0 is the smallest number with the sign of b. */
ALWAYS_INLINE T f(nextafter)(T a, T b) {
    const SIGNED_T bits = f(pattern)(a), step = (a < b) == (a > 0) ? 1 : -1;
    const T smallest = __builtin_elementwise_copysign(f(from_pattern)(1), b);
    const T next = a == 0 ? smallest : f(from_pattern)(bits + step);
    const T unordered = a + b;
    return a != a || b != b ? unordered : a == b ? b : next;
}

ALWAYS_INLINE b8 f(isnan)(T a) { return a != a; }
ALWAYS_INLINE b8 f(isinf)(T a) { return __builtin_elementwise_abs(a) == (T)INFINITY; }
ALWAYS_INLINE b8 f(isfinite)(T a) { return __builtin_elementwise_abs(a) < (T)INFINITY; }

UNARY(floor, T)
UNARY(ceil, T)
UNARY(trunc, T)
UNARY(round, T)
UNARY(sign, T)
UNARY(signbit, b8)
BINARY(copysign, T)
BINARY(nextafter, T)
UNARY(isnan, b8)
UNARY(isinf, b8)
UNARY(isfinite, b8)

#else

ALWAYS_INLINE void f(round)(T *out, const T *a) {
    const PART re = __builtin_elementwise_roundeven(a->re), im = __builtin_elementwise_roundeven(a->im);
    out->re = re;
    out->im = im;
}
ALWAYS_INLINE void f(real)(PART *out, const T *a) { *out = a->re; }
ALWAYS_INLINE void f(imag)(PART *out, const T *a) { *out = a->im; }
ALWAYS_INLINE void f(conj)(T *out, const T *a) {
    const PART re = a->re, im = -a->im;
    out->re = re;
    out->im = im;
}
ALWAYS_INLINE void f(isnan)(b8 *out, const T *a) { *out = (a->re != a->re) | (a->im != a->im); }
ALWAYS_INLINE void f(isinf)(b8 *out, const T *a) {
    const PART re = __builtin_elementwise_abs(a->re), im = __builtin_elementwise_abs(a->im);
    *out = (re == (PART)INFINITY) | (im == (PART)INFINITY);
}
ALWAYS_INLINE void f(isfinite)(b8 *out, const T *a) {
    const PART re = __builtin_elementwise_abs(a->re), im = __builtin_elementwise_abs(a->im);
    *out = (re < (PART)INFINITY) & (im < (PART)INFINITY);
}

/* a / |a|. The quotient of the parts by a real number; nan wins over infinity. At most 1.6 ULP of the larger part away
 * (complex128, at 0x1.3cad9f4006f7p+0 - 0x1.95d73b1afb40cp+0i). */
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
UNARY_COSTLY(sign, T)
#else
ALWAYS_INLINE void f(sign_fast)(T *out, const T *a) { f(sign_by)(out, a, a->re, a->im, hypotenuse_f64(a->re, a->im)); }
ALWAYS_INLINE int f(sign_sure)(const T *a) { return is_moderate_f64(a->re, a->im); }
/* Small numbers are scaled; of large ones only the size is, because scaling might take bits from the smaller part. */
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

UNARY_COMPLEX(round, T)
UNARY_COMPLEX(real, PART)
UNARY_COMPLEX(imag, PART)
UNARY_COMPLEX(conj, T)
UNARY_COMPLEX(isnan, b8)
UNARY_COMPLEX(isinf, b8)
UNARY_COMPLEX(isfinite, b8)

#endif

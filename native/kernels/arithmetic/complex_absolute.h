/* The absolute value of one complex dtype: template. Nothing overflows or underflows on the way to a result that does
 * not; of an infinite part it is infinite, whatever the other.
 *
 * Formula: sqrt(re^2 + im^2); of complex64 in float64, whose exponents hold every square of a float32. That of
 * complex128 is corrected by what its square misses (hypotenuse_f64). Largest error in ULP: 0.50 in complex64, 0.75 in
 * complex128 at 0x0.0000a89cfa741p-1022 - 0x0.e725f059475b4p-1022i. */
#include "kernels/formulas/accurate.h"
#include "kernels/formulas/complex_quotient.h"
#include "kernels/loops/blocks.h"

#if WIDTH == 32

ALWAYS_INLINE void f(absolute)(f32 *out, const T *a) {
    const f64 re = a->re, im = a->im, size = __builtin_elementwise_sqrt(re * re + im * im);
    const int infinite = (__builtin_elementwise_abs(re) == INFINITY) | (__builtin_elementwise_abs(im) == INFINITY);
    *out = infinite ? INFINITY : (f32)size;
}

#if HAS_FUSED

/* The same in float32, with squares and root in two parts each: half as many roots of vectors, and shorter ones. */
ALWAYS_INLINE f32 f(quick_absolute)(f32 re, f32 im) {
    const pair_f32 a = two_product_f32(re, re), b = two_product_f32(im, im);
    const pair_f32 sum = quick_two_sum_f32(a.hi > b.hi ? a.hi : b.hi, a.hi > b.hi ? b.hi : a.hi);
    const f32 root = __builtin_elementwise_sqrt(sum.hi), low = sum.lo + (a.lo + b.lo);
    const f32 miss = fused_f32(-root, root, sum.hi) + low;
    /* 1 / root, guessed to an eighth and improved twice, to 2^-12: a division takes longer. Of 0 it is finite. */
    const f32 size = at_least_f32(root, 0x1p-60f), guess = from_bits_f32(0x7ef311c7u - bits_f32(size));
    const f32 better = guess * fused_f32(-size, guess, 2);
    return fused_f32(miss * 0.5f, better * fused_f32(-size, better, 2), root);
}

/* Negative unless both parts are 0, or the larger is between 2^-50 and 2^60: what a loop can collect by `or`. */
ALWAYS_INLINE i32 f(sign_if_careful)(f32 re, f32 im) {
    const u32 a = bits_f32(magnitude_f32(re)), b = bits_f32(magnitude_f32(im)), size = a > b ? a : b;
    return (i32)((size == 0 ? 0 : size - bits_f32(0x1p-50f)) | (bits_f32(0x1p60f) - size));
}

ALWAYS_INLINE void f(absolute_block)(f32 *restrict out, const T *restrict x, int dx, intptr_t count) {
    i32 signs = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) {
        out[i] = f(quick_absolute)(x[i * dx].re, x[i * dx].im);
        signs |= f(sign_if_careful)(x[i * dx].re, x[i * dx].im);
    }
    if (signs >= 0) return;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) {
        f32 again;
        f(absolute)(&again, x + i * dx);
        out[i] = f(sign_if_careful)(x[i * dx].re, x[i * dx].im) < 0 ? again : out[i];
    }
}
UNARY_BLOCKS(absolute, f32)

#else

UNARY_GATHERED(absolute, f32)

#endif

#else

ALWAYS_INLINE void f(absolute_fast)(f64 *out, const T *a) { *out = hypotenuse_f64(a->re, a->im); }
ALWAYS_INLINE int f(absolute_in_range)(const T *a) { return is_moderate_f64(a->re, a->im); }
ALWAYS_INLINE void f(absolute_careful)(f64 *out, const T *a) {
    const f64 re = fabs(a->re), im = fabs(a->im), larger = MAXIMUM(re, im);
    const f64 scale = larger > 1 ? 0x1p-600 : 0x1p600;
    if (re == INFINITY || im == INFINITY)
        *out = INFINITY;
    else if (re == 0 || im == 0)
        *out = re + im;
    else
        *out = hypotenuse_f64(re * scale, im * scale) / scale;
}

UNARY_GUARDED(absolute, f64)

#endif

/* Trigonometric functions of one float dtype and their inverses: template.
 *
 * Formulas: polynomials of the angle less a multiple of pi/2 (formulas/sin_cos.h); polynomials of the argument, or of
 * the root or quotient that it is reduced to (formulas/inverse_trigonometric.h). Largest error in ULP without fused
 * operations, the argument that has it, and the largest error with fused operations:
 *
 *            float32                                         float64
 *   sin      0.82 at -0x1.564794p+6, 0.79                    0.84 at -0x1.f3e01dcc6f544p+1, 0.77
 *   cos      0.83 at -0x1.ae7fd2p-1, 0.79                    0.83 at 0x1.d554326427fc1p+25, 0.80
 *   tan      0.51 at -0x1.505884p+6, 0.51                    0.81 at -0x1.b15d1613085d9p+22, 0.77
 *   asin     0.70 at 0x1.12e274p-1, 0.69                     0.70 at 0x1.00003a0e1b85fp-1, 0.67
 *   acos     0.67 at 0x1.18805ap-1, 0.67                     0.64 at 0x1.18c16c2de3926p-1, 0.61
 *   atan     0.80 at 0x1.f6af6ap-2, 0.80                     0.79 at 0x1.f765fc5e494p-2, 0.79
 *   atan2    0.82 at -0x1.ae4466p-2, 0x1.bf1936p-1, 0.79     0.83 at -0x1.d0b2cd505e128p-2, 0x1.dc75c7d29b27cp-1, 0.81
 */
#include "kernels/formulas/inverse_trigonometric.h"
#include "kernels/formulas/sin_cos.h"
#include "kernels/loops/contiguous.h"

/* The kernel of NAME from f(FORMULA), which is right for angles that are near 0. Blocks of others, and operands with
 * any steps, are for KERNEL(NAME##_gathered): angles that are not near are reduced one by one, in float64. */
#define ANGLE_KERNEL(NAME, FORMULA)                                                                                    \
    static void f(NAME##_redo)(T * out, const T *x, int dx, intptr_t count) {                                          \
        PLAIN_LOOP                                                                                                     \
        for (intptr_t i = 0; i < count; i++)                                                                           \
            if (!f(is_near_angle)(x[i * dx])) out[i] = (T)FORMULA##_of_f64(reduce_far_angle_f64(x[i * dx]));           \
    }                                                                                                                  \
    ALWAYS_INLINE void f(NAME##_gathered_block)(T *restrict out, const T *restrict x, int dx, intptr_t count) {        \
        VECTOR_LOOP                                                                                                    \
        for (intptr_t i = 0; i < count; i++) out[i] = f(FORMULA)(x[i * dx]);                                           \
        if (f(sign_of_angles)(x, dx, count) < 0) f(NAME##_redo)(out, x, dx, count);                                    \
    }                                                                                                                  \
    UNARY_BLOCKS(NAME##_gathered, T)                                                                                   \
    void KERNEL(NAME)(const tile *t) {                                                                                 \
        enum { STRETCH = 1024 };                                                                                       \
        if (t->step[0] != sizeof(T) || t->step[1] != sizeof(T)) {                                                      \
            KERNEL(NAME##_gathered)(t);                                                                                \
            return;                                                                                                    \
        }                                                                                                              \
        for (intptr_t row = 0; row < t->rows; row++) {                                                                 \
            for (intptr_t first = 0; first < t->columns; first += STRETCH) {                                           \
                T *out = (T *)(t->data[0] + row * t->row_step[0]) + first;                                             \
                const T *x = (const T *)(t->data[1] + row * t->row_step[1]) + first;                                   \
                const intptr_t count = MINIMUM(STRETCH, t->columns - first);                                           \
                if (f(sign_of_angles)(x, 1, count) < 0) {                                                              \
                    KERNEL(NAME##_gathered)(&(tile){1, count, {(char *)out, (char *)x}, {0}, {sizeof(T), sizeof(T)}}); \
                    continue;                                                                                          \
                }                                                                                                      \
                VECTOR_LOOP                                                                                            \
                for (intptr_t i = 0; i < count; i++) out[i] = f(FORMULA)(x[i]);                                        \
            }                                                                                                          \
        }                                                                                                              \
    }

/* Negative unless all angles are near 0. */
ALWAYS_INLINE SIGNED_T f(sign_of_angles)(const T *x, int dx, intptr_t count) {
    SIGNED_T signs = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count; i++) signs |= f(sign_if_far)(f(magnitude)(x[i * dx]));
    return signs;
}

ANGLE_KERNEL(sin, sine)
ANGLE_KERNEL(cos, cosine)
ANGLE_KERNEL(tan, tangent)
#undef ANGLE_KERNEL

ALWAYS_INLINE T f(asin)(T x) { return f(arcsine)(x); }
ALWAYS_INLINE T f(acos)(T x) { return f(arccosine)(x); }
ALWAYS_INLINE T f(atan)(T x) { /* from 2^60 on it is pi/2; an infinite operand would give a nan */
    return f(with_sign)(f(arctangent)(f(at_most)(f(magnitude)(x), (T)0x1p60)), x);
}
UNARY_CONTIGUOUS(asin, T)
UNARY_CONTIGUOUS(acos, T)
UNARY_CONTIGUOUS(atan, T)

/* Unless an operand is so large or so small that the quotient, or its error, may leave the range of normal numbers. */
ALWAYS_INLINE int f(atan2_in_range)(const T *y, const T *x) {
    const T a = f(magnitude)(*y), b = f(magnitude)(*x), large = a > b ? a : b, small = a > b ? b : a;
    const T most = sizeof(T) == 4 ? (T)0x1p60 : (T)0x1p500, least = 1 / most;
    return !((large > most) | (large < least) | ((small < least) & (small > 0)));
}
ALWAYS_INLINE void f(atan2_fast)(T *out, const T *y, const T *x) {
    *out = f(with_sign)(f(angle_of_point)(f(magnitude)(*y), f(magnitude)(*x), signbit(*x)), *y);
}
static void f(atan2_careful)(T *out, const T *y, const T *x) {
    f64 a = magnitude_f64(*y), b = magnitude_f64(*x);
    const bool left = signbit(*x);
    if (isnan(a) || isnan(b)) {
        *out = (T)NAN;
        return;
    }
    if (isinf(a) || isinf(b)) {
        a = isinf(a);
        b = isinf(b);
    } else if (b == 0 && a == 0) {
        b = 1;
    } else if (!left && a < b * 0x1p-60) { /* the quotient is the angle, and may be subnormal */
        *out = f(with_sign)((T)(a / b), *y);
        return;
    } else { /* what underflows when scaled does not count */
        const f64 scale = (a < b ? b : a) > 1 ? 0x1p-600 : 0x1p600;
        a *= scale;
        b *= scale;
    }
    *out = f(with_sign)((T)angle_of_point_f64(a, b, left), *y);
}
BINARY_GUARDED(atan2, T)

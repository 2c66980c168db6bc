/* Conversions from one dtype to all of them: template.
 *
 *   to bool              is it not zero? (nan is not)
 *   between integers     modulo 2^bits
 *   real to complex      it becomes the real part
 *   complex to real      the real part is taken
 *   float to integer     truncated; where that does not fit, the same on every instruction set, as on x86 and in NumPy:
 *     int32, int64       out of range, nan: the lowest integer
 *     uint32, uint64     down to -2^31 or -2^63: modulo 2^bits; lower, too large, nan: 2^31 or 2^63
 *     8 and 16 bits      the low bits of the int32
 */
#include "kernels/loops/elementwise.h"

#if defined(IS_COMPLEX)

#define FROM_REAL_PART(OUT) \
    ALWAYS_INLINE void f(to_##OUT)(OUT * out, const T *x) { *out = PASTE(to_##OUT##_, PART)(x->re); }
FROM_REAL_PART(i8)
FROM_REAL_PART(i16)
FROM_REAL_PART(i32)
FROM_REAL_PART(i64)
FROM_REAL_PART(u8)
FROM_REAL_PART(u16)
FROM_REAL_PART(u32)
FROM_REAL_PART(u64)
FROM_REAL_PART(f32)
FROM_REAL_PART(f64)
#undef FROM_REAL_PART

ALWAYS_INLINE void f(to_b8)(b8 *out, const T *x) { *out = (x->re != 0) | (x->im != 0); }
ALWAYS_INLINE void f(to_c64)(c64 *out, const T *x) {
    const f32 re = (f32)x->re, im = (f32)x->im;
    out->re = re;
    out->im = im;
}
ALWAYS_INLINE void f(to_c128)(c128 *out, const T *x) {
    const f64 re = x->re, im = x->im;
    out->re = re;
    out->im = im;
}

#else

#if defined(IS_FLOAT)
ALWAYS_INLINE i32 f(to_i32)(T x) {
    const T lowest = -0x1p31f;
    return (i32)(x >= lowest && x < -lowest ? x : lowest);
}
ALWAYS_INLINE i64 f(to_i64)(T x) {
    const T lowest = -0x1p63f;
    return (i64)(x >= lowest && x < -lowest ? x : lowest);
}
/* Numbers in the upper half of the unsigned range are converted as signed ones, less that half; too large ones as 0. */
ALWAYS_INLINE u32 f(to_u32)(T x) {
    const T half = 0x1p31f;
    const u32 upper = x >= half ? 0x80000000u : 0;
    return (u32)f(to_i32)(x >= half ? (x < 2 * half ? x - half : 0) : x) ^ upper;
}
ALWAYS_INLINE u64 f(to_u64)(T x) {
    const T half = 0x1p63f;
    const u64 upper = x >= half ? 0x8000000000000000u : 0;
    return (u64)f(to_i64)(x >= half ? (x < 2 * half ? x - half : 0) : x) ^ upper;
}
ALWAYS_INLINE i8 f(to_i8)(T x) { return (i8)f(to_i32)(x); }
ALWAYS_INLINE i16 f(to_i16)(T x) { return (i16)f(to_i32)(x); }
ALWAYS_INLINE u8 f(to_u8)(T x) { return (u8)f(to_i32)(x); }
ALWAYS_INLINE u16 f(to_u16)(T x) { return (u16)f(to_i32)(x); }
ALWAYS_INLINE T f(number)(T x) { return x; }
#else
#if defined(IS_BOOL)
ALWAYS_INLINE T f(number)(T x) { return x != 0; }
#else
ALWAYS_INLINE T f(number)(T x) { return x; }
#endif
ALWAYS_INLINE i8 f(to_i8)(T x) { return (i8)f(number)(x); }
ALWAYS_INLINE i16 f(to_i16)(T x) { return (i16)f(number)(x); }
ALWAYS_INLINE i32 f(to_i32)(T x) { return (i32)f(number)(x); }
ALWAYS_INLINE i64 f(to_i64)(T x) { return (i64)f(number)(x); }
ALWAYS_INLINE u8 f(to_u8)(T x) { return (u8)f(number)(x); }
ALWAYS_INLINE u16 f(to_u16)(T x) { return (u16)f(number)(x); }
ALWAYS_INLINE u32 f(to_u32)(T x) { return (u32)f(number)(x); }
ALWAYS_INLINE u64 f(to_u64)(T x) { return (u64)f(number)(x); }
#endif

ALWAYS_INLINE b8 f(to_b8)(T x) { return x != 0; }
ALWAYS_INLINE f32 f(to_f32)(T x) { return (f32)f(number)(x); }
ALWAYS_INLINE f64 f(to_f64)(T x) { return (f64)f(number)(x); }
ALWAYS_INLINE void f(to_c64)(c64 *out, const T *x) {
    const f32 re = f(to_f32)(*x);
    out->re = re;
    out->im = 0;
}
ALWAYS_INLINE void f(to_c128)(c128 *out, const T *x) {
    const f64 re = f(to_f64)(*x);
    out->re = re;
    out->im = 0;
}

#endif

#if defined(IS_COMPLEX)
#define CONVERT(OUT) UNARY_COMPLEX(to_##OUT, OUT)
#else
#define CONVERT(OUT) UNARY(to_##OUT, OUT)
#endif
CONVERT(b8)
CONVERT(i8)
CONVERT(i16)
CONVERT(i32)
CONVERT(i64)
CONVERT(u8)
CONVERT(u16)
CONVERT(u32)
CONVERT(u64)
CONVERT(f32)
CONVERT(f64)
UNARY_COMPLEX(to_c64, c64)
UNARY_COMPLEX(to_c128, c128)
#undef CONVERT

/* The reductions of one dtype: template. Each is a block of parameters, which reduction.h explains, before
 * by_vectors.h, extremes.h, complex_product.h or in_order.h.
 *
 * A sum of n floats is off by at most 22 + log2(n / 1024) units of roundoff (22 for few) of the sum of their sizes, a
 * product by n - 1 units of roundoff. */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/loops/transposed.h"

TRANSPOSE

#if defined(IS_FLOAT)

#define NAME sum
#define COMBINE(a, b) ((a) + (b))
#define NEUTRAL ((T) - 0.0)
#define EMPTY ((T)0)
#include "kernels/reduce/by_vectors.h"

#define NAME prod
#define COMBINE(a, b) ((a) * (b))
#define NEUTRAL ((T)1)
#include "kernels/reduce/by_vectors.h"

#define NAME max
#define COMBINE(a, b) __builtin_elementwise_maximum(a, b)
#define NEUTRAL ((T) - __builtin_inf())
#define GOES_BEFORE(a, b) ((a) > (b))
#define FIRST_ZERO ((T)0.0)
#include "kernels/reduce/extremes.h"

#define NAME min
#define COMBINE(a, b) __builtin_elementwise_minimum(a, b)
#define NEUTRAL ((T)__builtin_inf())
#define GOES_BEFORE(a, b) ((a) < (b))
#define FIRST_ZERO ((T) - 0.0)
#include "kernels/reduce/extremes.h"

/* sum / count, divided in float64 so that a float32 mean is rounded once. */
static void f(mean_finish)(const void *accumulators, intptr_t n, intptr_t count, char *out, intptr_t step) {
    const T *from = accumulators;
    for (intptr_t j = 0; j < n; j++) *(T *)(out + j * step) = (T)((f64)from[j] / (f64)count);
}

#elif defined(IS_COMPLEX)

static inline T f(plus)(T a, T b) { return (T){a.re + b.re, a.im + b.im}; }
static inline T f(times)(T a, T b) { return (T){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }

#define NAME sum
#define COMBINE(a, b) f(plus)(a, b)
#define NEUTRAL ((T){(PART) - 0.0, (PART) - 0.0})
#define EMPTY ((T){0, 0})
#include "kernels/reduce/by_vectors.h"

#define NAME prod
#define COMBINE(a, b) f(times)(a, b)
#define EMPTY ((T){1, 0})
#include "kernels/reduce/complex_product.h"

static void f(mean_finish)(const void *accumulators, intptr_t n, intptr_t count, char *out, intptr_t step) {
    const T *from = accumulators;
    for (intptr_t j = 0; j < n; j++)
        *(T *)(out + j * step) = (T){(PART)((f64)from[j].re / (f64)count), (PART)((f64)from[j].im / (f64)count)};
}

#else /* integers and bool: any order gives the same bits */

ALWAYS_INLINE T f(number)(T x) {
#if defined(IS_BOOL)
    return x != 0;
#else
    return x;
#endif
}
#if defined(IS_UNSIGNED)
#define WIDE u64
#else
#define WIDE i64
#endif

#define NAME sum
#define ACCUMULATOR WIDE
#define ELEMENT(x) ((WIDE)f(number)(x))
#define COMBINE(a, b) ((WIDE)((u64)(a) + (u64)(b)))
#define NEUTRAL ((WIDE)0)
#include "kernels/reduce/in_order.h"

#define NAME prod
#define ACCUMULATOR WIDE
#define ELEMENT(x) ((WIDE)f(number)(x))
#define COMBINE(a, b) ((WIDE)((u64)(a) * (u64)(b)))
#define NEUTRAL ((WIDE)1)
#include "kernels/reduce/in_order.h"

#if defined(IS_SIGNED)
#define LOWEST ((T)((UNSIGNED_T)1 << (8 * sizeof(T) - 1)))
#define HIGHEST ((T)~LOWEST)
#define LARGER(a, b) MAXIMUM(a, b)
#define SMALLER(a, b) MINIMUM(a, b)
#elif defined(IS_BOOL)
#define LOWEST ((T)0)
#define HIGHEST ((T)1)
#define LARGER(a, b) ((T)((a) | (b)))
#define SMALLER(a, b) ((T)((a) & (b)))
#else
#define LARGER(a, b) MAXIMUM(a, b)
#define SMALLER(a, b) MINIMUM(a, b)
#define LOWEST ((T)0)
#define HIGHEST ((T) ~(T)0)
#endif

#define NAME max
#define ELEMENT(x) f(number)(x)
#define COMBINE(a, b) LARGER(a, b)
#define NEUTRAL LOWEST
#if defined(IS_BOOL)
#define STOP_AT HIGHEST
#endif
#include "kernels/reduce/in_order.h"

#define NAME min
#define ELEMENT(x) f(number)(x)
#define COMBINE(a, b) SMALLER(a, b)
#define NEUTRAL HIGHEST
#if defined(IS_BOOL)
#define STOP_AT LOWEST
#endif
#include "kernels/reduce/in_order.h"

#undef WIDE
#undef LOWEST
#undef HIGHEST
#undef LARGER
#undef SMALLER

#endif

#if defined(IS_COMPLEX)
#define IS_TRUE(x) (((x).re != 0) | ((x).im != 0))
#define MORE_IS_THERE

/* Two parts of 32 bits or one of 64; 0 if they are zeros of any sign. */
typedef u64 f(word) __attribute__((aligned(4), may_alias));
#define WORDS (sizeof(T) / sizeof(f(word)))
#define UNSIGNED_BITS (WORDS == 1 ? 0x7fffffff7fffffff : 0x7fffffffffffffff)

ALWAYS_INLINE b8 f(any_more)(b8 total, const T *in, intptr_t n) {
    const f(word) *words = (const f(word) *)in;
    u64 bits = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < n * (intptr_t)WORDS; i++) bits |= words[i] & UNSIGNED_BITS;
    return total | (bits != 0);
}

ALWAYS_INLINE b8 f(all_more)(b8 total, const T *in, intptr_t n) {
    const f(word) *words = (const f(word) *)in;
    u64 zeros = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < n; i++) zeros += ((words[WORDS * i] | words[WORDS * (i + 1) - 1]) & UNSIGNED_BITS) == 0;
    return total & (zeros == 0);
}

#undef WORDS
#undef UNSIGNED_BITS
#else
#define IS_TRUE(x) ((x) != 0)
#endif

#define NAME any
#define ACCUMULATOR b8
#define ELEMENT(x) ((b8)IS_TRUE(x))
#define COMBINE(a, b) ((b8)((a) | (b)))
#define NEUTRAL 0
#define STOP_AT 1
#include "kernels/reduce/in_order.h"

#define NAME all
#define ACCUMULATOR b8
#define ELEMENT(x) ((b8)IS_TRUE(x))
#define COMBINE(a, b) ((b8)((a) & (b)))
#define NEUTRAL 1
#define STOP_AT 0
#include "kernels/reduce/in_order.h"

#undef IS_TRUE
#undef MORE_IS_THERE

#if defined(IS_FLOAT) || defined(IS_COMPLEX)
const reduce_kernels KERNEL(mean) = {
    sizeof(T), f(sum_run), f(sum_across), f(sum_lines), f(sum_short_line), f(sum_merge), f(mean_finish), NULL,
};
#endif

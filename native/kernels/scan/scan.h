/* The running sums and products of one dtype: template. Integers are accumulated in 64 bits, as sum and prod do.
 *
 * Sums of real numbers are computed by vectors of 64 bytes on every instruction set: the prefixes within a vector
 * (three or four additions), then the sum of the vectors before it in its block is added, then the sum of the blocks
 * before. A block whose sum is not finite is added again element by element, so that infinities and nan come where
 * successive additions have them. Lines of no more than one vector and all other scans are computed in order. */
#include "kernels/loops/elementwise.h"

#if defined(IS_FLOAT) || defined(IS_COMPLEX)
#define ACCUMULATOR T
#elif defined(IS_UNSIGNED)
#define ACCUMULATOR u64
#else
#define ACCUMULATOR i64
#endif

#if defined(IS_COMPLEX)
static inline ACCUMULATOR f(scan_element)(T x) { return x; }
static inline ACCUMULATOR f(scan_add)(ACCUMULATOR a, T b) { return (ACCUMULATOR){a.re + b.re, a.im + b.im}; }
static inline ACCUMULATOR f(scan_multiply)(ACCUMULATOR a, T b) {
    return (ACCUMULATOR){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
static const ACCUMULATOR f(scan_neutral) = {(PART)-0.0, (PART)-0.0}, f(scan_zero) = {0, 0}, f(scan_one) = {1, 0};
#else
#if defined(IS_FLOAT)
static inline ACCUMULATOR f(scan_element)(T x) { return x; }
static inline ACCUMULATOR f(scan_plus)(ACCUMULATOR a, ACCUMULATOR b) { return a + b; }
static inline ACCUMULATOR f(scan_times)(ACCUMULATOR a, ACCUMULATOR b) { return a * b; }
static const ACCUMULATOR f(scan_neutral) = (T)-0.0;
#else
#if defined(IS_BOOL)
static inline ACCUMULATOR f(scan_element)(T x) { return x != 0; }
#else
static inline ACCUMULATOR f(scan_element)(T x) { return x; }
#endif
static inline ACCUMULATOR f(scan_plus)(ACCUMULATOR a, ACCUMULATOR b) { return (ACCUMULATOR)((u64)a + (u64)b); }
static inline ACCUMULATOR f(scan_times)(ACCUMULATOR a, ACCUMULATOR b) { return (ACCUMULATOR)((u64)a * (u64)b); }
static const ACCUMULATOR f(scan_neutral) = 0;
#endif
static inline ACCUMULATOR f(scan_add)(ACCUMULATOR a, T b) { return f(scan_plus)(a, f(scan_element)(b)); }
static inline ACCUMULATOR f(scan_multiply)(ACCUMULATOR a, T b) { return f(scan_times)(a, f(scan_element)(b)); }
static const ACCUMULATOR f(scan_zero) = 0, f(scan_one) = 1;
#endif

/* --- in order ---------------------------------------------------------------------------------------------------- */

#if defined(IS_FLOAT) || defined(IS_COMPLEX)
static void f(sum_in_order)(const char *in, intptr_t n, intptr_t step, const void *before, char *out) {
    ACCUMULATOR total = before == NULL ? f(scan_neutral) : *(const ACCUMULATOR *)before;
    for (intptr_t i = 0; i < n; i++) ((ACCUMULATOR *)out)[i] = total = f(scan_add)(total, *(const T *)(in + i * step));
}
#endif

/* The first element is its own product: multiplied by 1, an infinite complex number may become another one. */
static void f(product_in_order)(const char *in, intptr_t n, intptr_t step, const void *before, char *out) {
    ACCUMULATOR total = before == NULL ? f(scan_element)(*(const T *)in) : *(const ACCUMULATOR *)before;
    const intptr_t first = before == NULL;
    *(ACCUMULATOR *)out = total;
    for (intptr_t i = first; i < n; i++)
        ((ACCUMULATOR *)out)[i] = total = f(scan_multiply)(total, *(const T *)(in + i * step));
}

/* --- across rows ------------------------------------------------------------------------------------------------- */

static void f(first_row)(const char *in, intptr_t n, intptr_t step, char *out) {
    PLAIN_LOOP
    for (intptr_t j = 0; j < n; j++) ((ACCUMULATOR *)out)[j] = f(scan_element)(*(const T *)(in + j * step));
}

#define ACROSS_ROWS(NAME, JOIN)                                                                     \
    static void f(NAME)(const char *in, intptr_t n, intptr_t step, const char *before, char *out) { \
        ACCUMULATOR *to = (ACCUMULATOR *)out;                                                       \
        const ACCUMULATOR *from = (const ACCUMULATOR *)before;                                      \
        if (from == NULL) {                                                                         \
            f(first_row)(in, n, step, out);                                                         \
        } else if (step == sizeof(T)) {                                                             \
            VECTOR_LOOP                                                                             \
            for (intptr_t j = 0; j < n; j++) to[j] = f(JOIN)(from[j], ((const T *)in)[j]);          \
        } else {                                                                                    \
            PLAIN_LOOP                                                                              \
            for (intptr_t j = 0; j < n; j++) to[j] = f(JOIN)(from[j], *(const T *)(in + j * step)); \
        }                                                                                           \
    }
ACROSS_ROWS(sum_across_rows, scan_add)
ACROSS_ROWS(product_across_rows, scan_multiply)
#undef ACROSS_ROWS

/* --- by vectors -------------------------------------------------------------------------------------------------- */

#if !defined(IS_COMPLEX)

#if defined(IS_FLOAT) && WIDTH == 32
#define LANES 16
#define SHIFT_1 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
#define SHIFT_2 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29
#define SHIFT_4 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27
#define SHIFT_8 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23
#define ALL_LAST 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15
#else
#define LANES 8
#define SHIFT_1 7, 8, 9, 10, 11, 12, 13, 14
#define SHIFT_2 6, 7, 8, 9, 10, 11, 12, 13
#define SHIFT_4 4, 5, 6, 7, 8, 9, 10, 11
#define ALL_LAST 7, 7, 7, 7, 7, 7, 7, 7
#endif

typedef ACCUMULATOR f(scan_vector) __attribute__((ext_vector_type(LANES), aligned(sizeof(ACCUMULATOR))));

ALWAYS_INLINE f(scan_vector) f(scan_fill)(const char *in, intptr_t count, intptr_t step) {
    f(scan_vector) v = f(scan_neutral);
    for (intptr_t i = 0; i < count; i++) v[i] = f(scan_element)(*(const T *)(in + i * step));
    return v;
}

ALWAYS_INLINE f(scan_vector) f(scan_take)(const char *in, intptr_t step) {
    if (step == sizeof(T)) {
#if defined(IS_BOOL)
        typedef u8 narrow __attribute__((ext_vector_type(LANES), aligned(1)));
        return __builtin_convertvector(*(const narrow *)in, f(scan_vector)) != 0 ? (f(scan_vector))1 : 0;
#else
        typedef T narrow __attribute__((ext_vector_type(LANES), aligned(sizeof(T))));
        return __builtin_convertvector(*(const narrow *)in, f(scan_vector));
#endif
    }
    return f(scan_fill)(in, LANES, step);
}

ALWAYS_INLINE f(scan_vector) f(scan_prefixes)(f(scan_vector) v) {
    const f(scan_vector) none = f(scan_neutral);
    v = v + __builtin_shufflevector(none, v, SHIFT_1);
    v = v + __builtin_shufflevector(none, v, SHIFT_2);
    v = v + __builtin_shufflevector(none, v, SHIFT_4);
#if LANES == 16
    v = v + __builtin_shufflevector(none, v, SHIFT_8);
#endif
    return v;
}

/* The sum of a block; where `out` is given its running sums too, each added to `before`. *finite: all sums are. */
ALWAYS_INLINE ACCUMULATOR f(scan_block)(const char *in, intptr_t n, intptr_t step, ACCUMULATOR before, ACCUMULATOR *out,
                                        bool *finite) {
    f(scan_vector) carry = f(scan_neutral), v = f(scan_neutral), not_finite = 0; /* nan where a sum is not */
    intptr_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        v = f(scan_prefixes)(f(scan_take)(in + i * step, step));
        const f(scan_vector) sums = carry + v;
        not_finite += sums - sums;
        if (out != NULL) *(f(scan_vector) *)(out + i) = (f(scan_vector))before + sums;
        carry = carry + __builtin_shufflevector(v, v, ALL_LAST);
    }
    ACCUMULATOR sum = carry[0];
    if (i < n) {
        const f(scan_vector) sums = carry + f(scan_prefixes)(f(scan_fill)(in + i * step, n - i, step));
        const f(scan_vector) last = (f(scan_vector))before + sums;
        not_finite += sums - sums;
        for (intptr_t j = 0; j < n - i && out != NULL; j++) out[i + j] = last[j];
        sum = sums[n - i - 1];
    }
    *finite = true;
    for (int lane = 0; lane < LANES; lane++) *finite &= not_finite[lane] == 0;
    return sum;
}

static bool f(sum_total)(const char *in, intptr_t n, intptr_t step, void *total) {
    bool finite;
#if defined(IS_FLOAT)
    if (n <= LANES) { /* as sum_along */
        ACCUMULATOR sums[LANES];
        f(sum_in_order)(in, n, step, NULL, (char *)sums);
        *(ACCUMULATOR *)total = sums[n - 1];
        return sums[n - 1] - sums[n - 1] == 0;
    }
#endif
    *(ACCUMULATOR *)total = step == sizeof(T) ? f(scan_block)(in, n, sizeof(T), f(scan_neutral), NULL, &finite)
                                              : f(scan_block)(in, n, step, f(scan_neutral), NULL, &finite);
    return finite;
}

static void f(sum_join)(const void *before, void *total) {
    *(ACCUMULATOR *)total = f(scan_plus)(*(const ACCUMULATOR *)before, *(ACCUMULATOR *)total);
}

static void f(sum_along)(const char *in, intptr_t n, intptr_t step, const void *before, char *out) {
    const ACCUMULATOR start = before == NULL ? f(scan_neutral) : *(const ACCUMULATOR *)before;
    bool finite;
#if defined(IS_FLOAT)
    if (before == NULL && n <= LANES) { /* as across rows */
        f(sum_in_order)(in, n, step, NULL, out);
        return;
    }
#endif
    if (step == sizeof(T))
        f(scan_block)(in, n, sizeof(T), start, (ACCUMULATOR *)out, &finite);
    else
        f(scan_block)(in, n, step, start, (ACCUMULATOR *)out, &finite);
#if defined(IS_FLOAT)
    if (!finite) f(sum_in_order)(in, n, step, &start, out);
#endif
}

const scan_kernels KERNEL(cumulative_sum) = {
    sizeof(ACCUMULATOR), 1 << 15, f(sum_total), f(sum_along), f(sum_across_rows), f(sum_join), &f(scan_zero),
};

#undef LANES
#undef SHIFT_1
#undef SHIFT_2
#undef SHIFT_4
#undef SHIFT_8
#undef ALL_LAST

#else

const scan_kernels KERNEL(cumulative_sum) = {
    sizeof(ACCUMULATOR), 0, NULL, f(sum_in_order), f(sum_across_rows), NULL, &f(scan_zero),
};

#endif

const scan_kernels KERNEL(cumulative_prod) = {
    sizeof(ACCUMULATOR), 0, NULL, f(product_in_order), f(product_across_rows), NULL, &f(scan_one),
};

#undef ACCUMULATOR

/* Dot products of contiguous vectors of one dtype: template, a part of vecdot.h and matmul.h.
 *
 * Four 64-byte vectors of sums side by side, lanes pairwise at the end, and no fused multiplication: the same bits on
 * every instruction set. At most STRETCH products are added to a sum in a row, then the sums of stretches, so that the
 * error grows with the number of stretches, not of products. */
#include "kernels/loops/elementwise.h"
#include "kernels/products/registers.h"

#define STRETCH 256 /* steps of the four sums */

#if defined(IS_INTEGER)

#define WRAPPED u64
#if WIDTH <= 32
#undef WRAPPED
#define WRAPPED u32
#endif

static void f(dot)(const T *a, const T *b, intptr_t n, bool conjugates, T *out) {
    (void)conjugates;
    WRAPPED total = 0;
    for (intptr_t i = 0; i < n; i++) total += (WRAPPED)a[i] * (WRAPPED)b[i];
    *out = (T)total;
}

#undef WRAPPED

#else

#define LANES (VECTOR_BYTES / (intptr_t)sizeof(PART))
#define ELEMENTS (VECTOR_BYTES / (intptr_t)sizeof(T)) /* of a vector */

typedef PART f(dots) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(PART)), aligned(sizeof(PART))));

/* With the parts of every element exchanged. */
#if defined(IS_COMPLEX)
ALWAYS_INLINE f(dots) f(swap_parts_of_dots)(f(dots) v) {
#if WIDTH == 32
    return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
#else
    return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
#endif
}
#endif

/* `count` elements, at most a vector; the others are 0. */
ALWAYS_INLINE f(dots) f(load_dots)(const T *from, intptr_t count) {
    if (count >= ELEMENTS) return *(const f(dots) *)from;
#if defined(MASKED)
    typedef PASTE(i, WIDTH) places __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(PART))));
    typedef _Bool mask __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(PART))));
    places place;
    for (int i = 0; i < LANES; i++) place[i] = i;
    const PASTE(i, WIDTH) lanes = (PASTE(i, WIDTH))(count * (LANES / ELEMENTS));
    return __builtin_masked_load(__builtin_convertvector(place < lanes, mask), (const PART *)from, (f(dots))0);
#else
    f(dots) loaded = 0;
    memcpy(&loaded, from, (size_t)count * sizeof(T));
    return loaded;
#endif
}

/* Adds products of the elements to *sum, and products with the parts of y exchanged to *swapped. */
ALWAYS_INLINE void f(add_products)(f(dots) x, f(dots) y, f(dots) * sum, f(dots) * swapped) {
    *sum += x * y;
#if defined(IS_COMPLEX)
    *swapped += x * f(swap_parts_of_dots)(y);
#else
    (void)swapped;
#endif
}

typedef PART f(pair) __attribute__((ext_vector_type(2)));

/* The sum of all lanes, pairwise: each half is added to the other until two are left, the parts of a complex number. */
ALWAYS_INLINE f(pair) f(halve)(f(dots) v) {
    typedef PART half __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(PART) / 2)));
    typedef PART quarter __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(PART) / 4)));
#if WIDTH == 32
    const half h = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
                   __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    const quarter q = __builtin_shufflevector(h, h, 0, 1, 2, 3) + __builtin_shufflevector(h, h, 4, 5, 6, 7);
    return __builtin_shufflevector(q, q, 0, 1) + __builtin_shufflevector(q, q, 2, 3);
#else
    const half h = __builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7);
    const quarter q = __builtin_shufflevector(h, h, 0, 1) + __builtin_shufflevector(h, h, 2, 3);
    return q;
#endif
}

ALWAYS_INLINE T f(join_lanes)(f(dots) total, f(dots) swapped, bool conjugates) {
    const f(pair) sums = f(halve)(total);
#if defined(IS_COMPLEX)
    const f(pair) others = f(halve)(swapped);
    /* sums: re * re, im * im; others: re * im, im * re */
    return conjugates ? (T){sums[0] + sums[1], others[0] - others[1]} : (T){sums[0] - sums[1], others[0] + others[1]};
#else
    (void)conjugates, (void)swapped;
    return sums[0] + sums[1];
#endif
}

static void f(dot)(const T *a, const T *b, intptr_t n, bool conjugates, T *out) {
    f(dots) total = 0, total_swapped = 0;
    for (intptr_t start = 0; start < n; start += STRETCH * 4 * ELEMENTS) {
        const intptr_t end = MINIMUM(n, start + STRETCH * 4 * ELEMENTS);
        f(dots) sums[4] = {0, 0, 0, 0}, swapped[4] = {0, 0, 0, 0};
        intptr_t i = start;
        for (; i + 4 * ELEMENTS <= end; i += 4 * ELEMENTS) {
            for (int k = 0; k < 4; k++)
                f(add_products)(*(const f(dots) *)(a + i + k * ELEMENTS), *(const f(dots) *)(b + i + k * ELEMENTS),
                                &sums[k], &swapped[k]);
        }
        for (int k = 0; k < 4 && i < end; k++, i += ELEMENTS)
            f(add_products)(f(load_dots)(a + i, end - i), f(load_dots)(b + i, end - i), &sums[k], &swapped[k]);
        total += (sums[0] + sums[1]) + (sums[2] + sums[3]);
        total_swapped += (swapped[0] + swapped[1]) + (swapped[2] + swapped[3]);
    }
    *out = f(join_lanes)(total, total_swapped, conjugates);
}

#undef LANES
#undef ELEMENTS

#endif

ALWAYS_INLINE void f(add_to)(T *total, const T *x) {
#if defined(IS_COMPLEX)
    total->re += x->re;
    total->im += x->im;
#elif defined(IS_INTEGER)
    *total = (T)((u64)*total + (u64)*x);
#else
    *total += *x;
#endif
}

#undef STRETCH

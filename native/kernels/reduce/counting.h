/* How many elements of one dtype are not zero: template. nan is not; a complex number is zero if both parts are.
 *
 * Elements are counted in lanes that are as wide as they are, and emptied before they overflow. */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/loops/transposed.h"

TRANSPOSE

ALWAYS_INLINE bool f(is_true)(const T *x) {
#if defined(IS_COMPLEX)
    return (x->re != 0) | (x->im != 0);
#else
    return *x != 0;
#endif
}

#if defined(IS_COMPLEX)
static i64 f(count_block)(const T *in, intptr_t n) {
    i64 count = 0;
    VECTOR_LOOP
    for (intptr_t i = 0; i < n; i++) count += f(is_true)(in + i);
    return count;
}
#else
enum { f(LANES) = VECTOR_BYTES / sizeof(T) };
typedef T f(vector) __attribute__((ext_vector_type(f(LANES)), aligned(sizeof(T))));
typedef __typeof__((f(vector)){0} != 0) f(truths); /* 0 or -1 */

/* How often -1 has been added to lanes; 254 times at most, to each. */
ALWAYS_INLINE i64 f(count_lanes)(f(truths) sums) {
    if (sizeof(T) > 1) return -(i64)__builtin_reduce_add(sums);
    typedef u8 bytes __attribute__((ext_vector_type(VECTOR_BYTES)));
    typedef u32 wide __attribute__((ext_vector_type(VECTOR_BYTES)));
    bytes counts;
    sums = -sums;
    memcpy(&counts, &sums, sizeof counts);
    return (i64)__builtin_reduce_add(__builtin_convertvector(counts, wide));
}

static i64 f(count_block)(const T *in, intptr_t n) {
    enum { LANES = f(LANES), MOST = 126 };
    i64 count = 0;
    intptr_t i = 0;
    f(truths) numbers;
    for (int lane = 0; lane < LANES; lane++) numbers[lane] = lane;
    while (i < n && n >= LANES) {
        f(truths) a = 0, b = 0;
        for (int pass = 0; pass < MOST && i + 2 * LANES <= n; pass++, i += 2 * LANES) {
            a += *(const f(vector) *)(in + i) != 0;
            b += *(const f(vector) *)(in + i + LANES) != 0;
        }
        if (i + 2 * LANES > n) {
            if (i + LANES <= n) {
                a += *(const f(vector) *)(in + i) != 0;
                i += LANES;
            }
            /* The last vector, without what has been counted of it. */
            const f(truths) last = *(const f(vector) *)(in + n - LANES) != 0;
            b += last & (numbers >= (f(truths))(LANES - (n - i)));
            i = n;
        }
        count += f(count_lanes)(a + b);
    }
    for (; i < n; i++) count += f(is_true)(in + i);
    return count;
}
#endif

static void f(count_run)(const char *in, intptr_t n, intptr_t step, void *accumulator) {
    i64 count = 0;
    if (step == sizeof(T)) {
        count = f(count_block)((const T *)in, n);
    } else {
        T gathered[4096 / sizeof(T)];
        const intptr_t most = sizeof gathered / sizeof(T);
        for (intptr_t start = 0; start < n; start += most) {
            const intptr_t some = MINIMUM(most, n - start);
            copy_strided(in + start * step, some, step, sizeof(T), gathered);
            count += f(count_block)(gathered, some);
        }
    }
    *(i64 *)accumulator = count;
}

static void f(count_across)(const char *in, intptr_t rows, intptr_t row_step, intptr_t n, intptr_t step,
                            void *accumulators) {
    i64 *total = accumulators;
    for (intptr_t j = 0; j < n; j++) total[j] = 0;
    enum { GROUP = 64 };
    for (intptr_t first = 0; first < n; first += GROUP) {
        const intptr_t width = MINIMUM(GROUP, n - first);
        for (intptr_t begin = 0; begin < rows; begin += 255) { /* as far as a byte can count */
            const intptr_t end = MINIMUM(rows, begin + 255);
            u8 counts[GROUP] = {0};
            for (intptr_t row = begin; row < end; row++) {
                const char *x = in + row * row_step + first * step;
                if (step == sizeof(T) && width == GROUP) {
                    VECTOR_LOOP
                    for (intptr_t j = 0; j < GROUP; j++) counts[j] = (u8)(counts[j] + f(is_true)((const T *)x + j));
                } else {
                    for (intptr_t j = 0; j < width; j++)
                        counts[j] = (u8)(counts[j] + f(is_true)((const T *)(x + j * step)));
                }
            }
            for (intptr_t j = 0; j < width; j++) total[first + j] += counts[j];
        }
    }
}

LINES_ACROSS(f(count_lines), f(count_across), i64)

static void f(count_merge)(void *into, const void *from, intptr_t n) {
    i64 *total = into;
    const i64 *more = from;
    for (intptr_t j = 0; j < n; j++) total[j] += more[j];
}

static void f(count_finish)(const void *accumulators, intptr_t n, intptr_t count, char *out, intptr_t step) {
    (void)count;
    const i64 *from = accumulators;
    for (intptr_t j = 0; j < n; j++) *(i64 *)(out + j * step) = from[j];
}

const reduce_kernels KERNEL(count_nonzero) = {
    sizeof(i64), f(count_run), f(count_across), f(count_lines), SHORT_LINE, f(count_merge), f(count_finish), NULL,
};

/* The sum of squared deviations from the mean, for variances of one dtype, in float64: template.
 *
 * A leaf of elements is passed over twice: for the mean, then for the sum of the squared differences from it, and for
 * the sum of the differences, which corrects the rounding of the mean. Leaves are merged pairwise: of two groups of a
 * and b elements whose means are d apart, the sums of squares add up, and d * d * a * b / (a + b) (T. F. Chan, G. H.
 * Golub, R. J. LeVeque, 1979). Sums are computed in eight lanes on every instruction set. */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/loops/transposed.h"

TRANSPOSE

typedef struct {
    f64 count, mean, rest,
        squares; /* the mean is mean + rest, because means far from zero may differ by less than the last bit of mean */
} f(moments);

typedef f64 f(eight) __attribute__((ext_vector_type(8)));

enum { f(MOMENTS_LEAF) = 512, f(MOMENTS_STRIP) = 256 };

ALWAYS_INLINE f64 f(number)(T x) {
#if defined(IS_BOOL)
    return x != 0;
#else
    return x;
#endif
}

ALWAYS_INLINE f(moments) f(moments_join)(f(moments) a, f(moments) b) {
    const f64 count = a.count + b.count, share = b.count / count;
    const f64 difference = (b.mean - a.mean) + (b.rest - a.rest), step = a.rest + difference * share;
    const f64 mean = a.mean + step, taken = mean - a.mean;
    return (f(moments)){count, mean, (a.mean - (mean - taken)) + (step - taken),
                        (a.squares + b.squares) + difference * difference * (a.count * share)};
}

ALWAYS_INLINE f64 f(moments_lanes)(const f64 *lanes) {
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

/* Of n <= MOMENTS_LEAF numbers, in room for whole vectors of eight. */
ALWAYS_INLINE f(moments) f(moments_leaf)(const f64 *x, intptr_t n) {
    typedef f(eight) eight;
    const eight *v = (const eight *)x;
    const intptr_t whole = n / 8, rest = n % 8;
    eight sum[4] = {0, 0, 0, 0}, square[4] = {0, 0, 0, 0}, error[4] = {0, 0, 0, 0};
    intptr_t i = 0;
    for (; i + 4 <= whole; i += 4) {
        for (int k = 0; k < 4; k++) sum[k] += v[i + k];
    }
    for (; i < whole; i++) sum[i & 3] += v[i];
    eight total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    for (intptr_t k = 0; k < rest; k++) total[k] += v[whole][k];
    const f64 mean = f(moments_lanes)((const f64 *)&total) / (f64)n;
    for (i = 0; i + 4 <= whole; i += 4) {
        for (int k = 0; k < 4; k++) {
            const eight d = v[i + k] - mean;
            square[k] += d * d;
            error[k] += d;
        }
    }
    for (; i < whole; i++) {
        const eight d = v[i] - mean;
        square[i & 3] += d * d;
        error[i & 3] += d;
    }
    eight squares = (square[0] + square[1]) + (square[2] + square[3]);
    eight errors = (error[0] + error[1]) + (error[2] + error[3]);
    for (intptr_t k = 0; k < rest; k++) {
        const f64 d = v[whole][k] - mean;
        squares[k] += d * d;
        errors[k] += d;
    }
    const f64 off = f(moments_lanes)((const f64 *)&errors);
    const f64 sum_of_squares = f(moments_lanes)((const f64 *)&squares) - off * off / (f64)n;
    return (f(moments)){(f64)n, mean, off / (f64)n, sum_of_squares < 0 ? 0 : sum_of_squares};
}

static void f(moments_run)(const char *in, intptr_t n, intptr_t step, void *accumulator) {
    _Alignas(VECTOR_BYTES) f64 x[f(MOMENTS_LEAF)];
    f(moments) waiting[56]; /* as in a binary counter: one for each bit that is set in the number of leaves so far */
    int depth = 0;
    for (intptr_t start = 0, leaves = 0; start < n; start += f(MOMENTS_LEAF), leaves++) {
        const intptr_t count = MINIMUM(f(MOMENTS_LEAF), n - start);
        if (step == sizeof(T)) {
            const T *from = (const T *)(in + start * step);
            VECTOR_LOOP
            for (intptr_t i = 0; i < count; i++) x[i] = f(number)(from[i]);
        } else {
            T gathered[f(MOMENTS_LEAF)];
            copy_strided(in + start * step, count, step, sizeof(T), gathered);
            VECTOR_LOOP
            for (intptr_t i = 0; i < count; i++) x[i] = f(number)(gathered[i]);
        }
        f(moments) leaf = f(moments_leaf)(x, count);
        for (intptr_t bits = leaves; bits & 1; bits >>= 1) leaf = f(moments_join)(waiting[--depth], leaf);
        waiting[depth++] = leaf;
    }
    f(moments) total = {0, 0, 0, 0};
    if (depth > 0) total = waiting[--depth];
    while (depth > 0) total = f(moments_join)(waiting[--depth], total);
    *(f(moments) *)accumulator = total;
}

static void f(moments_across)(const char *in, intptr_t rows, intptr_t row_step, intptr_t n, intptr_t step,
                              void *accumulators) {
    f(moments) *out = accumulators;
    f64 mean[f(MOMENTS_STRIP)], squares[f(MOMENTS_STRIP)], errors[f(MOMENTS_STRIP)];
    for (intptr_t first = 0; first < n; first += f(MOMENTS_STRIP)) {
        const intptr_t width = MINIMUM(f(MOMENTS_STRIP), n - first);
        for (intptr_t j = 0; j < width; j++) mean[j] = squares[j] = errors[j] = 0;
        for (intptr_t row = 0; row < rows; row++) {
            const char *x = in + row * row_step + first * step;
            if (step == sizeof(T)) {
                VECTOR_LOOP
                for (intptr_t j = 0; j < width; j++) mean[j] += f(number)(((const T *)x)[j]);
            } else {
                PLAIN_LOOP
                for (intptr_t j = 0; j < width; j++) mean[j] += f(number)(*(const T *)(x + j * step));
            }
        }
        const f64 count = (f64)rows;
        VECTOR_LOOP
        for (intptr_t j = 0; j < width; j++) mean[j] /= count;
        for (intptr_t row = 0; row < rows; row++) {
            const char *x = in + row * row_step + first * step;
            if (step == sizeof(T)) {
                VECTOR_LOOP
                for (intptr_t j = 0; j < width; j++) {
                    const f64 d = f(number)(((const T *)x)[j]) - mean[j];
                    squares[j] += d * d;
                    errors[j] += d;
                }
            } else {
                PLAIN_LOOP
                for (intptr_t j = 0; j < width; j++) {
                    const f64 d = f(number)(*(const T *)(x + j * step)) - mean[j];
                    squares[j] += d * d;
                    errors[j] += d;
                }
            }
        }
        for (intptr_t j = 0; j < width; j++) {
            const f64 sum_of_squares = squares[j] - errors[j] * errors[j] / count;
            out[first + j] = (f(moments)){count, mean[j], errors[j] / count, sum_of_squares < 0 ? 0 : sum_of_squares};
        }
    }
}

/* The sum that moments_leaf makes of n <= 32 terms, for eight lines side by side: of x (`power` 0), of x - mean (1), of
 * its square (2). */
ALWAYS_INLINE f(eight) f(moments_sum)(const f64 *x, intptr_t n, intptr_t width, f(eight) mean, int power) {
    const intptr_t whole = n / 8;
    f(eight) lane[8];
    for (intptr_t k = 0; k < 8; k++) {
        f(eight) sum[5] = {0, 0, 0, 0, 0};
        for (intptr_t i = 0; i <= whole && 8 * i + k < n; i++) {
            const f(eight) term = *(const f(eight) *)(x + (8 * i + k) * width) - mean;
            sum[i < whole ? i : 4] = power == 2 ? term * term : term;
        }
        lane[k] = ((sum[0] + sum[1]) + (sum[2] + sum[3])) + sum[4];
    }
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

static void f(moments_lines)(const char *in, intptr_t count, intptr_t line_step, intptr_t n, intptr_t step,
                             void *accumulators) {
    enum { BESIDE = TRANSPOSED_BYTES / sizeof(f64) / SHORT_LINE };
    _Alignas(VECTOR_BYTES) f64 x[BESIDE * SHORT_LINE];
    T transposed[BESIDE * SHORT_LINE];
    f(moments) *out = accumulators;
    for (intptr_t first = 0; first < count; first += BESIDE) {
        const intptr_t some = MINIMUM(BESIDE, count - first);
        f(transpose)(in + first * line_step, some, line_step, n, step, BESIDE, transposed);
        VECTOR_LOOP
        for (intptr_t i = 0; i < n * BESIDE; i++) x[i] = f(number)(transposed[i]);
        for (intptr_t line = 0; line < some; line += 8) {
            const f(eight) mean = f(moments_sum)(x + line, n, BESIDE, (f(eight)){0}, 0) / (f64)n;
            const f(eight) off = f(moments_sum)(x + line, n, BESIDE, mean, 1), rest = off / (f64)n;
            const f(eight) squares = f(moments_sum)(x + line, n, BESIDE, mean, 2) - off * off / (f64)n;
            for (intptr_t k = 0; k < MINIMUM(8, some - line); k++)
                out[first + line + k] = (f(moments)){(f64)n, mean[k], rest[k], squares[k] < 0 ? 0 : squares[k]};
        }
    }
}

static void f(moments_merge)(void *into, const void *from, intptr_t n) {
    f(moments) *total = into;
    const f(moments) *more = from;
    for (intptr_t j = 0; j < n; j++) total[j] = f(moments_join)(total[j], more[j]);
}

static void f(moments_finish)(const void *accumulators, intptr_t n, intptr_t count, char *out, intptr_t step) {
    (void)count;
    const f(moments) *from = accumulators;
    for (intptr_t j = 0; j < n; j++) *(f64 *)(out + j * step) = from[j].squares;
}

const reduce_kernels KERNEL(squared_deviations) = {
    sizeof(f(moments)), f(moments_run),   f(moments_across), f(moments_lines),
    SHORT_LINE,         f(moments_merge), f(moments_finish), NULL,
};

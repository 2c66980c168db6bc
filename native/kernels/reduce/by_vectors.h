/* One reduction of one floating-point dtype, by a tree of vectors: a part of reduce.h. The parameters are those of
 * reduction.h; COMBINE also combines vectors of floats, element by element.
 *
 * Vectors are of 64 bytes on every instruction set, four side by side over a leaf of 64 vectors; leaves are combined
 * pairwise, the lanes of the last vector at the end. So an element goes through at most 16 operations in a row, then
 * 2 + log2(leaves) + log2(lanes): of sums fewer than in NumPy's pairwise sum. What does not fill a vector is padded
 * with the neutral element. */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/loops/transposed.h"
#include "kernels/reduce/parameters.h"

#define LANES (VECTOR_BYTES / (intptr_t)sizeof(PART))
#define LEAF (64 * LANES / PARTS_OF)
#define PARTS_OF ((intptr_t)(sizeof(T) / sizeof(PART)))
#define VECTOR OWN(vector)
#if defined(IS_COMPLEX)
#define COMBINE_VECTORS(a, b) ((a) + (b))
#define NEUTRAL_PART ((PART) - 0.0)
#else
#define COMBINE_VECTORS(a, b) COMBINE(a, b)
#define NEUTRAL_PART NEUTRAL
#endif

typedef PART VECTOR __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(PART)), aligned(sizeof(PART))));

/* The vector of n <= LEAF contiguous elements. */
ALWAYS_INLINE VECTOR OWN(leaf)(const T *elements, intptr_t n) {
    const PART *in = (const PART *)elements;
    n *= PARTS_OF;
    VECTOR sums[4];
    for (int k = 0; k < 4; k++) sums[k] = NEUTRAL_PART;
    intptr_t i = 0;
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        for (int k = 0; k < 4; k++) sums[k] = COMBINE_VECTORS(sums[k], *(const VECTOR *)(in + i + k * LANES));
    }
    for (int k = 0; k < 3; k++) {
        if (i + LANES > n) break;
        sums[k] = COMBINE_VECTORS(sums[k], *(const VECTOR *)(in + i));
        i += LANES;
    }
    if (i < n) {
        VECTOR last = NEUTRAL_PART;
        PART *lanes = (PART *)&last;
        for (intptr_t k = 0; k < n - i; k++) lanes[k] = in[i + k];
        sums[3] = COMBINE_VECTORS(sums[3], last);
    }
    const VECTOR low = COMBINE_VECTORS(sums[0], sums[1]), high = COMBINE_VECTORS(sums[2], sums[3]);
    return COMBINE_VECTORS(low, high);
}

static void OWN(run)(const char *in, intptr_t n, intptr_t step, void *accumulator) {
    if (n == 0) {
        *(ACCUMULATOR *)accumulator = EMPTY;
        return;
    }
    VECTOR waiting[56]; /* the leaves so far, as a binary counter: one vector for each bit that is set */
    T gathered[LEAF];
    int depth = 0;
    intptr_t leaves = 0;
    for (intptr_t start = 0; start < n; start += LEAF, leaves++) {
        const intptr_t count = MINIMUM(LEAF, n - start);
        const T *elements = (const T *)(in + start * step);
        if (step != sizeof(T)) {
            copy_strided(in + start * step, count, step, sizeof(T), gathered);
            elements = gathered;
        }
        VECTOR leaf = OWN(leaf)(elements, count);
        for (intptr_t bits = leaves; bits & 1; bits >>= 1) {
            depth--;
            leaf = COMBINE_VECTORS(waiting[depth], leaf);
        }
        waiting[depth++] = leaf;
    }
    VECTOR total = waiting[--depth];
    while (depth > 0) {
        depth--;
        total = COMBINE_VECTORS(waiting[depth], total);
    }
    PART lanes[VECTOR_BYTES / sizeof(PART)];
    *(VECTOR *)lanes = total;
    for (intptr_t half = LANES / 2; half >= PARTS_OF; half /= 2) {
        for (intptr_t k = 0; k < half; k++) lanes[k] = COMBINE_VECTORS(lanes[k], lanes[k + half]);
    }
    *(ACCUMULATOR *)accumulator = *(const ACCUMULATOR *)lanes;
}

/* rows[first + k] op= rows[second + k], for k < count. */
ALWAYS_INLINE void OWN(combine_rows)(PART *rows, intptr_t width, intptr_t first, intptr_t second, intptr_t count) {
    PART *to = rows + first * width;
    const PART *from = rows + second * width;
    VECTOR_LOOP
    for (intptr_t i = 0; i < count * width; i++) to[i] = COMBINE_VECTORS(to[i], from[i]);
}

/* The operations of run, each for the same element of all lines: what a row is here is a lane there. */
static void OWN(lines)(const char *in, intptr_t count, intptr_t line_step, intptr_t n, intptr_t step,
                       void *accumulators) {
    T transposed[TRANSPOSED_BYTES / sizeof(T)];
    PART *rows = (PART *)transposed;
    const intptr_t most = transposed_lines(n, sizeof(T)), lanes = LANES / PARTS_OF;
    for (intptr_t first = 0; first < count; first += most) {
        const intptr_t some = MINIMUM(most, count - first), width = some * PARTS_OF;
        f(transpose)(in + first * line_step, some, line_step, n, step, some, transposed);
        OWN(combine_rows)(rows, width, 0, lanes, MINIMUM(lanes, n - lanes));
        OWN(combine_rows)(rows, width, 2 * lanes, 3 * lanes, n - 3 * lanes);
        OWN(combine_rows)(rows, width, 0, 2 * lanes, MINIMUM(lanes, n - 2 * lanes));
        for (intptr_t half = lanes / 2; half >= 1; half /= 2)
            OWN(combine_rows)(rows, width, 0, half, MINIMUM(half, n - half));
        memcpy((ACCUMULATOR *)accumulators + first, transposed, (size_t)some * sizeof(T));
    }
}

enum { OWN(short_line) = MINIMUM(SHORT_LINE, 4 * LANES / PARTS_OF) };
#define LINES_ARE_THERE

#undef LANES
#undef LEAF
#undef PARTS_OF
#undef VECTOR
#undef NEUTRAL_PART

#include "kernels/reduce/reduction.h"

#undef COMBINE_VECTORS
#undef LINES_ARE_THERE

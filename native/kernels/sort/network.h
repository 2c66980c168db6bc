/* Sorting of few keys in vectors, without a jump that depends on a key. Included by keys.h once for each kind of key
 * (KEY, KEY_BYTES).
 *
 * The keys lie in rows of eight lanes. A network of minima and maxima (Batcher's odd-even mergesort) sorts each column;
 * then columns, pairs of columns and halves are merged bitonically: of two sorted runs, one turned round, the smaller
 * key of each pair belongs to the first half of the result. Last, the columns become the rows. */
#include "kernels/sort/lanes.h"

static const KEY keyed(LEAST) = KEY_BYTES == 4 ? INT32_MIN : (KEY)INT64_MIN;
static const KEY keyed(MOST) = KEY_BYTES == 4 ? INT32_MAX : (KEY)INT64_MAX;

typedef KEY keyed(row) __attribute__((vector_size(LANES * sizeof(KEY))));
typedef KEY keyed(memory_row) __attribute__((vector_size(LANES * sizeof(KEY)), aligned(sizeof(KEY))));

#define UNROLL _Pragma("clang loop unroll(full)")
#define ROW keyed(row)
#define LEAST_OF(a, b) __builtin_elementwise_min(a, b)
#define MOST_OF(a, b) __builtin_elementwise_max(a, b)

ALWAYS_INLINE void keyed(order)(ROW *a, ROW *b) {
    const ROW least = LEAST_OF(*a, *b), most = MOST_OF(*a, *b);
    *a = least;
    *b = most;
}

ALWAYS_INLINE void keyed(sort_columns)(ROW *x, int rows) {
    UNROLL for (int run = 1; run < rows; run *= 2) {
        UNROLL for (int distance = run; distance > 0; distance /= 2) {
            UNROLL for (int i = 0; i < rows - distance; i++) {
                const int from = distance % run;
                const bool pairs = i >= from && (i - from) / distance % 2 == 0;
                if (pairs && i / (2 * run) == (i + distance) / (2 * run)) keyed(order)(&x[i], &x[i + distance]);
            }
        }
    }
}

/* Bitonic columns become sorted ones. */
ALWAYS_INLINE void keyed(merge_rows)(ROW *x, int rows) {
    UNROLL for (int distance = rows / 2; distance > 0; distance /= 2) {
        UNROLL for (int i = 0; i < rows; i++) {
            if ((i & distance) == 0) keyed(order)(&x[i], &x[i + distance]);
        }
    }
}

/* The first step of a merge of runs: each row meets the row that lies as far from the other end. */
#define MEET(TURN, JOIN)                                                     \
    UNROLL for (int i = 0; i < rows / 2; i++) {                              \
        const ROW a = x[i], b = x[rows - 1 - i];                             \
        const ROW turned_a = TURN(a), turned_b = TURN(b);                    \
        x[i] = JOIN(LEAST_OF(a, turned_b), MOST_OF(a, turned_b));            \
        x[rows - 1 - i] = JOIN(LEAST_OF(b, turned_a), MOST_OF(b, turned_a)); \
    }
/* A further step: lanes of the same row. */
#define EXCHANGE(SWAP, JOIN)                                          \
    UNROLL for (int i = 0; i < rows; i++) {                           \
        const ROW swapped = SWAP(x[i]);                               \
        x[i] = JOIN(LEAST_OF(x[i], swapped), MOST_OF(x[i], swapped)); \
    }

ALWAYS_INLINE void keyed(merge_columns)(ROW *x, int rows) {
    MEET(SWAP_1, JOIN_1)
    keyed(merge_rows)(x, rows);
    MEET(TURN_4, JOIN_2)
    EXCHANGE(SWAP_1, JOIN_1)
    keyed(merge_rows)(x, rows);
    MEET(TURN_8, JOIN_4)
    EXCHANGE(SWAP_2, JOIN_2)
    EXCHANGE(SWAP_1, JOIN_1)
    keyed(merge_rows)(x, rows);
}

/* Columns to rows: three times, what stands at even places comes before what stands at odd ones. */
ALWAYS_INLINE void keyed(turn)(ROW *x, int rows) {
    UNROLL for (int bit = 0; bit < 3; bit++) {
        ROW next[16];
        UNROLL for (int i = 0; i < rows / 2; i++) {
            next[i] = EVEN(x[2 * i], x[2 * i + 1]);
            next[i + rows / 2] = ODD(x[2 * i], x[2 * i + 1]);
        }
        UNROLL for (int i = 0; i < rows; i++) x[i] = next[i];
    }
}

/* Sorts n keys, LANES < n <= rows * LANES, to `to`, which may be where they are. */
ALWAYS_INLINE void keyed(sort_rows)(const KEY *keys, intptr_t n, KEY *to, int rows) {
    const keyed(row) numbers = {0, 1, 2, 3, 4, 5, 6, 7};
    const intptr_t full = n / LANES, rest = n % LANES;
    const ROW none = (ROW){} + keyed(MOST);
    ROW x[16];
    /* The last keys come with some that are there already; those become the greatest, like the rows that are missing.
     */
    const ROW last = *(const keyed(memory_row) *)(keys + n - LANES);
    const ROW again = (ROW)(numbers < (KEY)(LANES - rest)), tail = (last & ~again) | (none & again);
    UNROLL for (int i = 0; i < rows; i++) x[i] = i < full    ? *(const keyed(memory_row) *)(keys + i * LANES)
                                                 : i == full ? tail
                                                             : none;
    keyed(sort_columns)(x, rows);
    keyed(merge_columns)(x, rows);
    keyed(turn)(x, rows);
    KEY ends[2 * LANES];
    UNROLL for (int i = 0; i < rows; i++) {
        if (i < full) *(keyed(memory_row) *)(to + i * LANES) = x[i];
        if (i == full - 1) *(keyed(memory_row) *)ends = x[i];
        if (i == full) *(keyed(memory_row) *)(ends + LANES) = x[i];
    }
    if (rest > 0) *(keyed(memory_row) *)(to + n - LANES) = *(keyed(memory_row) *)(ends + rest);
}

static void keyed(insert)(KEY *keys, intptr_t n) {
    for (intptr_t i = 1; i < n; i++) {
        const KEY key = keys[i];
        intptr_t j = i;
        for (; j > 0 && key < keys[j - 1]; j--) keys[j] = keys[j - 1];
        keys[j] = key;
    }
}

/* As many keys as fit into the registers. */
enum { keyed(FEW) = MINIMUM(16 * LANES, REGISTERS_BYTES / KEY_BYTES) };

/* Sorts n <= FEW keys to `to`, which may be where they are. */
static void keyed(sort_few)(const KEY *keys, intptr_t n, KEY *to) {
    if (n <= LANES) {
        if (to != keys) memcpy(to, keys, (size_t)n * sizeof(KEY));
        keyed(insert)(to, n);
    } else if (n <= 2 * LANES) {
        keyed(sort_rows)(keys, n, to, 2);
    } else if (n <= 4 * LANES) {
        keyed(sort_rows)(keys, n, to, 4);
#if REGISTERS_BYTES / KEY_BYTES > 4 * LANES
    } else if (n <= 8 * LANES) {
        keyed(sort_rows)(keys, n, to, 8);
#endif
#if REGISTERS_BYTES / KEY_BYTES > 8 * LANES
    } else {
        keyed(sort_rows)(keys, n, to, 16);
#endif
    }
}

#undef UNROLL
#undef ROW
#undef LEAST_OF
#undef MOST_OF
#undef MEET
#undef EXCHANGE

/* Elements chosen by masks: moved by size, whatever their dtype; pieces and threads. No arithmetic on elements.
 *
 * The true elements of every piece are counted first; then each piece knows where its own ones go. Truth values are
 * looked at eight at a time; where they differ, no jump depends on them.
 *
 * Another thread may change the mask after it was counted: all loops end with the mask and with what was counted, and
 * what is then missing is 0. */
#include "walks/masks.h"

#include "pool.h"
#include "walks/odometer.h"
#include "walks/sizes.h"

enum {
    PIECE = 1 << 15, /* truth values */
    LOOK_ROWS = 64,  /* between looks whether to stop */
};

static intptr_t count_true(const char *mask, intptr_t n) {
    intptr_t count = 0;
    for (intptr_t first = 0; first < n; first += 1 << 14) {
        const intptr_t last = MINIMUM(first + (1 << 14), n);
        u32 some = 0;
        _Pragma("clang loop vectorize(enable)") for (intptr_t i = first; i < last; i++) some += mask[i] != 0;
        count += some;
    }
    return count;
}

/* Eight truth values at once, as the number of true ones; they lie in memory in either byte order. */
static int eight_true(const char *mask) {
    u64 bytes;
    memcpy(&bytes, mask, 8);
    const u64 low = 0x7f7f7f7f7f7f7f7f, high = 0x8080808080808080;
    return __builtin_popcountll((((bytes & low) + low) | bytes) & high);
}

/* Are the next 64 all false? */
static bool none_true(const char *mask) {
    u64 words[8];
    memcpy(words, mask, sizeof words);
    return ((words[0] | words[1]) | (words[2] | words[3]) | (words[4] | words[5]) | (words[6] | words[7])) == 0;
}

/* An element is written whether it is wanted or not, and the place moves on if it is: no jump depends on the mask, but
 * for stretches that are all true or all false. The last `count` - 8 places are left to a careful loop, as nothing may
 * be written behind the result. */
#define MASK_READ(T)                                                                                \
    static void read_##T(const char *mask, intptr_t n, const char *in, char *out, intptr_t count) { \
        const T *from = (const T *)in;                                                              \
        T *to = (T *)out, *const end = to + count;                                                  \
        intptr_t i = 0;                                                                             \
        for (; i + 8 <= n && end - to >= 8; i += 8) {                                               \
            const int some = eight_true(mask + i);                                                  \
            if (some == 0) continue;                                                                \
            if (some == 8) {                                                                        \
                memcpy(to, from + i, 8 * sizeof(T));                                                \
                to += 8;                                                                            \
                continue;                                                                           \
            }                                                                                       \
            for (int k = 0; k < 8; k++) {                                                           \
                *to = from[i + k];                                                                  \
                to += mask[i + k] != 0;                                                             \
            }                                                                                       \
        }                                                                                           \
        for (; to < end && i < n; i++) {                                                            \
            if (mask[i] != 0) *to++ = from[i];                                                      \
        }                                                                                           \
        while (to < end) *to++ = (T){0};                                                            \
    }
/* What is not wanted is written with itself; a value is read only while there are eight more. */
#define MASK_WRITE(T)                                                                                    \
    static void write_##T(const char *mask, intptr_t n, const char *values, intptr_t count, char *out) { \
        const T *from = (const T *)values, *const end = from + count;                                    \
        T *to = (T *)out;                                                                                \
        intptr_t i = 0;                                                                                  \
        for (; i + 8 <= n && end - from >= 8; i += 8) {                                                  \
            if (eight_true(mask + i) == 0) continue;                                                     \
            for (int k = 0; k < 8; k++) {                                                                \
                to[i + k] = *(mask[i + k] != 0 ? from : &to[i + k]);                                     \
                from += mask[i + k] != 0;                                                                \
            }                                                                                            \
        }                                                                                                \
        for (; from < end && i < n; i++) {                                                               \
            if (mask[i] != 0) to[i] = *from++;                                                           \
        }                                                                                                \
    }
SIZES(MASK_READ)
SIZES(MASK_WRITE)

/* --- pieces ------------------------------------------------------------------------------------------------------ */

static intptr_t pieces_of(const mask_walk *w) { return ceiling_divide(w->n, PIECE); }
static intptr_t piece_length(const mask_walk *w, intptr_t piece) { return MINIMUM(PIECE, w->n - piece * PIECE); }

static void count_piece(void *context, intptr_t piece) {
    const mask_walk *w = context;
    w->before[piece + 1] = count_true(w->mask + piece * PIECE, piece_length(w, piece));
}

static void read_piece(void *context, intptr_t piece) {
    const mask_walk *w = context;
    const intptr_t first = piece * PIECE, before = w->before[piece];
    CALL_BY_SIZE(w->itemsize, read, w->mask + first, piece_length(w, piece), w->data + first * w->itemsize,
                 w->packed + before * w->itemsize, w->before[piece + 1] - before);
}

static void write_piece(void *context, intptr_t piece) {
    const mask_walk *w = context;
    const intptr_t first = piece * PIECE, before = w->before[piece];
    CALL_BY_SIZE(w->itemsize, write, w->mask + first, piece_length(w, piece), w->packed + before * w->itemsize,
                 w->before[piece + 1] - before, w->data + first * w->itemsize);
}

size_t mask_scratch(const mask_walk *w) { return (size_t)(pieces_of(w) + 1) * sizeof(intptr_t); }

intptr_t mask_count(const mask_walk *w) {
    const intptr_t pieces = pieces_of(w);
    w->before[0] = 0;
    pool_run(count_piece, (void *)w, pieces, mask_count_cost(w));
    for (intptr_t piece = 0; piece < pieces; piece++) w->before[piece + 1] += w->before[piece];
    return w->before[pieces];
}

double mask_count_cost(const mask_walk *w) { return (double)w->n * BYTE_COST; }
double mask_cost(const mask_walk *w) { return move_cost((double)w->n, (double)w->itemsize); }

void mask_read(const mask_walk *w) { pool_run(read_piece, (void *)w, pieces_of(w), mask_cost(w)); }
void mask_write(const mask_walk *w) { pool_run(write_piece, (void *)w, pieces_of(w), mask_cost(w)); }

/* --- places ------------------------------------------------------------------------------------------------------ */

/* For each set of eight bits the numbers of those in it, a byte each, lowest first. */
#define NUMBER(set, k) ((u64)((set) >> (k) & 1) * (k) << 8 * __builtin_popcount((set) & ((1 << (k)) - 1)))
#define NUMBERS(s) \
    NUMBER(s, 1) | NUMBER(s, 2) | NUMBER(s, 3) | NUMBER(s, 4) | NUMBER(s, 5) | NUMBER(s, 6) | NUMBER(s, 7)
#define FOUR(s) NUMBERS(s), NUMBERS((s) + 1), NUMBERS((s) + 2), NUMBERS((s) + 3)
#define SIXTEEN(s) FOUR(s), FOUR((s) + 4), FOUR((s) + 8), FOUR((s) + 12)
#define SIXTY_FOUR(s) SIXTEEN(s), SIXTEEN((s) + 16), SIXTEEN((s) + 32), SIXTEEN((s) + 48)
static const u64 numbers[256] = {SIXTY_FOUR(0), SIXTY_FOUR(64), SIXTY_FOUR(128), SIXTY_FOUR(192)};

/* Which of eight truth values are true, the first as the lowest bit. */
static int set_of_true(const char *mask) {
    const u64 low = 0x7f7f7f7f7f7f7f7f;
    u64 bytes;
    memcpy(&bytes, mask, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    return (int)(((((((bytes & low) + low) | bytes) & ~low) >> 7) * 0x0102040810204080) >> 56);
}

/* The columns of the true elements of one row, of which there are at most `count`, counted from `first`; returns how
 * many. Eight are written at a time, and those that are none are written over. */
static intptr_t find_columns(const char *mask, intptr_t row, intptr_t first, intptr_t count, i64 *columns) {
    intptr_t done = 0, j = 0;
    for (; j + 8 <= row && count - done >= 8; j += 8) {
        const int set = set_of_true(mask + j);
        if (set == 0) {
            if (j + 64 <= row && none_true(mask + j)) j += 56;
            continue;
        }
        typedef u8 bytes __attribute__((ext_vector_type(8), aligned(8)));
        typedef i64 eight __attribute__((ext_vector_type(8), aligned(8)));
        *(eight *)(columns + done) = __builtin_convertvector(*(const bytes *)&numbers[set], eight) + (first + j);
        done += __builtin_popcount((unsigned)set);
    }
    for (; j < row && done < count; j++) {
        if (mask[j] != 0) columns[done++] = first + j;
    }
    return done;
}

typedef struct {
    const mask_walk *walk;
    i64 *columns;
} places_job;

static void place_piece(void *context, intptr_t piece) {
    const places_job *job = context;
    const intptr_t *before = job->walk->before, first = piece * PIECE, count = before[piece + 1] - before[piece];
    i64 *columns = job->columns + before[piece];
    const intptr_t done = find_columns(job->walk->mask + first, piece_length(job->walk, piece), first, count, columns);
    memset(columns + done, 0, (size_t)(count - done) * sizeof(i64));
}

void mask_places(const mask_walk *w, int rank, const intptr_t *shape, i64 *const *out) {
    if (rank == 1) {
        pool_run(place_piece, &(places_job){w, out[0]}, pieces_of(w), mask_cost(w));
        return;
    }
    const intptr_t row = shape[rank - 1], rows = count_elements(rank - 1, shape), count = w->before[pieces_of(w)];
    odometer at; /* of the row */
    at.rank = rank - 1;
    at.operands = 0;
    at.shape = shape;
    odometer_set(&at, 0);
    intptr_t done = 0;
    for (intptr_t r = 0; r < rows && done < count; r++, odometer_advance(&at)) {
        if (r % LOOK_ROWS == 0 && pool_is_stopped()) return;
        const intptr_t before = done;
        done += find_columns(w->mask + r * row, row, 0, count - done, out[rank - 1] + done);
        for (int axis = 0; axis < rank - 1; axis++) {
            for (intptr_t i = before; i < done; i++) out[axis][i] = at.index[axis];
        }
    }
    for (int axis = 0; axis < rank; axis++) memset(out[axis] + done, 0, (size_t)(count - done) * sizeof(i64));
}

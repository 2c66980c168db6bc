/* Elements chosen by index arrays, read and written: moved by size, whatever their dtype. No arithmetic on elements.
 *
 * Positions go by chunks: their byte offsets first, with the check of the indices, then the elements, for every index
 * of the outer dimensions. Reading is shared among threads; writing is not, since positions may meet. */
#include "walks/gather.h"

#include <stdatomic.h>

#include "dtypes.h"
#include "pool.h"
#include "walks/odometer.h"
#include "walks/sizes.h"

enum {
    CHUNK = 1024,        /* positions */
    PUT_CHUNK = 1 << 16, /* the same, between looks whether to stop */
};
static const index_fault NO_FAULT = {-1, 0, false};

/* --- offsets ----------------------------------------------------------------------------------------------------- */

/* Another thread may change indices while they are read. So every index is read once, into memory that no other thread
 * knows, and what is checked there is what is used. */

/* Indices a step apart, as i64. What does not fit, in u64, is beyond every axis, and stays so. */
#define READ_INDICES(A, T)                                                                     \
    static void read_##T(const char *data, intptr_t step, intptr_t count, i64 *to) {           \
        for (intptr_t i = 0; i < count; i++) {                                                 \
            const T index = *(const T *)(data + i * step);                                     \
            to[i] = (T) - 1 > 0 && sizeof(T) == 8 && (i64)index < 0 ? INTPTR_MAX : (i64)index; \
        }                                                                                      \
    }
INTEGER(READ_INDICES, )

static void read_indices(const index_array *p, const char *data, intptr_t step, intptr_t count, i64 *to) {
    switch (p->code) {
#define READ_CASE(A, T)                  \
    case CODE_##T:                       \
        read_##T(data, step, count, to); \
        break;
        INTEGER(READ_CASE, )
    }
    atomic_signal_fence(memory_order_acq_rel); /* the compiler must not read them again */
}

/* Adds what indices mean in bytes; the place of the first that is out of range, or -1. */
static intptr_t add_offsets(const index_array *p, const i64 *indices, intptr_t count, intptr_t *offsets) {
    const intptr_t size = p->size, stride = p->stride;
    bool bad = false;
    for (intptr_t i = 0; i < count; i++) {
        const intptr_t place = indices[i] + (indices[i] < 0 ? size : 0);
        bad |= (uintptr_t)place >= (uintptr_t)size;
        offsets[i] = (intptr_t)((uintptr_t)offsets[i] + (uintptr_t)place * (uintptr_t)stride); /* of any index */
    }
    for (intptr_t i = 0; bad && i < count; i++) {
        if (indices[i] >= size || indices[i] < -size) return i;
    }
    return -1;
}

/* The position `first`, and how many of `count` from there on lie in one row, along the last axis. */
typedef struct {
    intptr_t above, column, count;
} run;

static run find_run(const gather_walk *w, intptr_t first, intptr_t count) {
    const intptr_t row = w->rank == 0 ? 1 : w->shape[w->rank - 1];
    return (run){first / row, first % row, MINIMUM(row - first % row, count)};
}

/* Bytes to the beginning of a run, by strides of the positions, and from there to the next position. */
static intptr_t run_offset(const gather_walk *w, run r, const intptr_t *strides) {
    return w->rank == 0 ? 0 : offset_of(w->rank - 1, w->shape, strides, r.above) + r.column * strides[w->rank - 1];
}

static intptr_t run_step(const gather_walk *w, const intptr_t *strides) {
    return w->rank == 0 ? 0 : strides[w->rank - 1];
}

/* The offsets of positions first .. first + count - 1; at most CHUNK. */
static index_fault find_offsets(const gather_walk *w, intptr_t first, intptr_t count, intptr_t *offsets) {
    i64 indices[CHUNK];
    for (intptr_t done = 0; done < count;) {
        const run r = find_run(w, first + done, count - done);
        const intptr_t own = run_offset(w, r, w->strides), own_step = run_step(w, w->strides);
        for (intptr_t i = 0; i < r.count; i++) offsets[done + i] = own + i * own_step;
        for (int k = 0; k < w->count; k++) {
            const index_array *array = &w->arrays[k];
            const intptr_t step = run_step(w, array->strides);
            const char *data = array->data + run_offset(w, r, array->strides);
            read_indices(array, data, step, r.count, indices);
            const intptr_t bad = add_offsets(array, indices, r.count, offsets + done);
            if (bad < 0) continue;
            if (array->code != CODE_u64) return (index_fault){k, indices[bad], false};
            return (index_fault){k, READ_ONCE(*(const i64 *)(data + bad * step)), true};
        }
        done += r.count;
    }
    return NO_FAULT;
}

/* --- elements ---------------------------------------------------------------------------------------------------- */

#define COPY(T) \
    static inline void copy_##T(char *out, const char *in) { memcpy(out, in, sizeof(T)); }
SIZES(COPY)

/* A strided block of elements, from or to one with other strides. */
static void copy_block(int rank, const intptr_t *shape, char *out, const intptr_t *out_strides, const char *in,
                       const intptr_t *in_strides, intptr_t size) {
    if (rank == 0) {
        CALL_BY_SIZE(size, copy, out, in);
        return;
    }
    if (rank == 1) {
        if (in_strides[0] == size && out_strides[0] == size) {
            memcpy(out, in, (size_t)(shape[0] * size));
            return;
        }
        for (intptr_t i = 0; i < shape[0]; i++)
            CALL_BY_SIZE(size, copy, out + i * out_strides[0], in + i * in_strides[0]);
        return;
    }
    for (intptr_t i = 0; i < shape[0]; i++)
        copy_block(rank - 1, shape + 1, out + i * out_strides[0], out_strides + 1, in + i * in_strides[0],
                   in_strides + 1, size);
}

static bool is_contiguous(int rank, const intptr_t *shape, const intptr_t *strides, intptr_t size) {
    for (int i = rank - 1; i >= 0; i--) {
        if (shape[i] != 1 && strides[i] != size) return false;
        size *= shape[i];
    }
    return true;
}

#define GATHER(T)                                                                                  \
    static void gather_##T(const char *base, const intptr_t *offsets, intptr_t count, char *out) { \
        T *to = (T *)out;                                                                          \
        for (intptr_t i = 0; i < count; i++) to[i] = *(const T *)(base + offsets[i]);              \
    }
SIZES(GATHER)

static void gather_blocks(const char *base, const intptr_t *offsets, intptr_t count, intptr_t size, char *out) {
    if (size == 1 || size == 2 || size == 4 || size == 8 || size == 16) {
        CALL_BY_SIZE(size, gather, base, offsets, count, out);
        return;
    }
    for (intptr_t i = 0; i < count; i++) memcpy(out + i * size, base + offsets[i], (size_t)size);
}

#define SCATTER(T)                                                                                                    \
    static void scatter_##T(char *base, const intptr_t *offsets, intptr_t count, const char *values, intptr_t step) { \
        for (intptr_t i = 0; i < count; i++) memcpy(base + offsets[i], values + i * step, sizeof(T));                 \
    }
SIZES(SCATTER)

/* --- the most frequent: one index array of i64, one element for each position ------------------------------------ */

enum { LINE = 512 /* indices that are read and checked at a time: 4 KiB */ };

/* Places along the axis, from indices that are read once; false if one is out of range. */
static bool read_places(const i64 *indices, intptr_t count, intptr_t size, i64 *places) {
    i64 bad = 0;
    memcpy(places, indices, (size_t)count * sizeof *places);
    atomic_signal_fence(memory_order_acq_rel); /* the compiler must not read them again */
    for (intptr_t i = 0; i < count; i++) {
        const i64 place = places[i] + (places[i] < 0 ? size : 0);
        bad |= place | (size - 1 - place); /* is one of them negative? */
        places[i] = place;
    }
    return bad >= 0;
}

/* False where an index is out of range; what follows it is not read. */
#define TAKE(T)                                                                                                \
    static bool take_##T(const char *base, intptr_t size, intptr_t stride, const i64 *indices, intptr_t count, \
                         char *out) {                                                                          \
        i64 places[LINE];                                                                                      \
        for (intptr_t first = 0; first < count; first += LINE) {                                               \
            const intptr_t n = MINIMUM(LINE, count - first);                                                   \
            if (!read_places(indices + first, n, size, places)) return false;                                  \
            T *to = (T *)out + first;                                                                          \
            for (intptr_t i = 0; i < n; i++) to[i] = *(const T *)(base + places[i] * stride);                  \
        }                                                                                                      \
        return true;                                                                                           \
    }
SIZES(TAKE)

/* Writes. The indices have been checked; what another thread has put out of range since is left out. Not inlined: in
 * the caller's loop it takes 6 % longer. */
#define PUT(T)                                                                                                       \
    static __attribute__((noinline)) void put_##T(char *base, intptr_t size, intptr_t stride, const i64 *indices,    \
                                                  intptr_t count, const char *values, intptr_t step) {               \
        for (intptr_t i = 0; i < count; i++) {                                                                       \
            intptr_t place = READ_ONCE(indices[i]);                                                                  \
            place += place < 0 ? size : 0;                                                                           \
            if ((uintptr_t)place < (uintptr_t)size) *(T *)(base + place * stride) = *(const T *)(values + i * step); \
        }                                                                                                            \
    }
SIZES(PUT)

static bool is_simple(const gather_walk *w) {
    const index_array *array = &w->arrays[0];
    return w->count == 1 && w->rank == 1 && w->outer_rank == 0 && w->block_rank == 0 && array->code == CODE_i64 &&
           array->strides[0] == sizeof(i64) && w->strides[0] == 0 && array->size > 0;
}

/* The first index of `count` that is out of range. */
static index_fault find_outside(const i64 *indices, intptr_t count, intptr_t size) {
    for (intptr_t first = 0; first < count; first += CHUNK) {
        const intptr_t last = MINIMUM(first + CHUNK, count);
        bool bad = false;
        for (intptr_t i = first; i < last; i++) bad |= (indices[i] >= size) | (indices[i] < -size);
        for (intptr_t i = first; bad && i < last; i++) {
            const i64 index = READ_ONCE(indices[i]);
            if (index >= size || index < -size) return (index_fault){0, index, false};
        }
    }
    return NO_FAULT;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

enum { CHUNK_BYTES = 64 << 10 /* of the result, about */ };

typedef struct {
    const gather_walk *walk;
    char *out;
    intptr_t positions, outer, block_bytes, chunk, pieces, outer_chunk;
    bool plain; /* a block is one run of bytes */
    _Atomic bool has_fault;
    index_fault fault;
} reading;

/* One of the faults will do. */
static void report(reading *r, index_fault fault) {
    if (!atomic_exchange(&r->has_fault, true)) r->fault = fault;
}

static void read_simple_chunk(void *context, intptr_t number) {
    reading *r = context;
    const gather_walk *w = r->walk;
    const index_array *array = &w->arrays[0];
    const intptr_t first = number * r->chunk, count = MINIMUM(r->chunk, r->positions - first);
    const i64 *indices = (const i64 *)array->data + first;
    char *out = r->out + first * w->itemsize;
    while (!CALL_BY_SIZE(w->itemsize, take, w->base, array->size, array->stride, indices, count, out)) {
        const index_fault fault = find_outside(indices, count, array->size);
        if (fault.array < 0) continue; /* another thread has changed it since */
        report(r, fault);
        return;
    }
}

static void read_chunk(void *context, intptr_t number) {
    reading *r = context;
    const gather_walk *w = r->walk;
    intptr_t offsets[CHUNK], strides[RANK_MAX];
    const intptr_t first = number % r->pieces * r->chunk, count = MINIMUM(r->chunk, r->positions - first);
    const index_fault fault = find_offsets(w, first, count, offsets);
    if (fault.array >= 0) {
        report(r, fault);
        return;
    }
    contiguous_strides(w->block_rank, w->block, w->itemsize, strides);
    const intptr_t begin = number / r->pieces * r->outer_chunk, end = MINIMUM(begin + r->outer_chunk, r->outer);
    for (intptr_t outer = begin; outer < end; outer++) {
        const char *base = w->base + offset_of(w->outer_rank, w->outer, w->outer_strides, outer);
        char *out = r->out + (outer * r->positions + first) * r->block_bytes;
        if (r->plain) {
            gather_blocks(base, offsets, count, r->block_bytes, out);
            continue;
        }
        for (intptr_t i = 0; i < count; i++)
            copy_block(w->block_rank, w->block, out + i * r->block_bytes, strides, base + offsets[i], w->block_strides,
                       w->itemsize);
    }
}

double gather_cost(const gather_walk *w) {
    const intptr_t outer = count_elements(w->outer_rank, w->outer);
    const double blocks = (double)count_elements(w->rank, w->shape) * (double)MAXIMUM(1, outer); /* all are checked */
    return move_cost(blocks, (double)(count_elements(w->block_rank, w->block) * w->itemsize));
}

index_fault gather_run(const gather_walk *w, char *out) {
    reading r = {.walk = w, .out = out, .fault = NO_FAULT};
    r.positions = count_elements(w->rank, w->shape);
    r.outer = count_elements(w->outer_rank, w->outer);
    r.block_bytes = count_elements(w->block_rank, w->block) * w->itemsize;
    r.plain = is_contiguous(w->block_rank, w->block, w->block_strides, w->itemsize);
    if (r.positions == 0) return r.fault;
    if (r.block_bytes == 0) r.outer = 0; /* nothing to move, indices to check */
    const bool simple = is_simple(w);
    pool_task *task = simple ? read_simple_chunk : read_chunk;
    r.chunk = MAXIMUM(1, MINIMUM(simple ? 8 * CHUNK : CHUNK, CHUNK_BYTES / MAXIMUM(1, r.block_bytes)));
    r.pieces = ceiling_divide(r.positions, r.chunk);
    r.outer_chunk = MAXIMUM(1, CHUNK_BYTES / MAXIMUM(1, r.chunk * r.block_bytes));
    const intptr_t chunks = r.pieces * MAXIMUM(1, ceiling_divide(r.outer, r.outer_chunk));
    if (chunks == 1)
        task(&r, 0);
    else
        pool_run(task, &r, chunks, gather_cost(w));
    return r.fault;
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

static index_fault write_simple(const gather_walk *w, const char *values, intptr_t step) {
    const index_array *array = &w->arrays[0];
    const i64 *indices = (const i64 *)array->data;
    const index_fault fault = find_outside(indices, w->shape[0], array->size);
    if (fault.array >= 0) return fault;
    for (intptr_t first = 0; first < w->shape[0] && !pool_is_stopped(); first += PUT_CHUNK)
        CALL_BY_SIZE(w->itemsize, put, w->base, array->size, array->stride, indices + first,
                     MINIMUM(PUT_CHUNK, w->shape[0] - first), values + first * step, step);
    return fault;
}

/* Writes at positions first .. first + count - 1, whose offsets have been found, for one index of the outer dimensions:
 * `base` and `values` point there. */
static void write_positions(const gather_walk *w, intptr_t first, intptr_t count, const intptr_t *offsets, char *base,
                            const char *values, const intptr_t *strides) {
    const intptr_t *block_strides = strides + w->rank, step = run_step(w, strides);
    for (intptr_t done = 0; done < count;) {
        const run r = find_run(w, first + done, count - done);
        const char *source = values + run_offset(w, r, strides);
        if (w->block_rank == 0) {
            CALL_BY_SIZE(w->itemsize, scatter, base, offsets + done, r.count, source, step);
        } else {
            for (intptr_t i = 0; i < r.count; i++)
                copy_block(w->block_rank, w->block, base + offsets[done + i], w->block_strides, source + i * step,
                           block_strides, w->itemsize);
        }
        done += r.count;
    }
}

index_fault scatter_run(const gather_walk *w, const char *values, const intptr_t *strides) {
    intptr_t offsets[CHUNK];
    if (is_simple(w)) return write_simple(w, values, strides[0]);
    const intptr_t positions = count_elements(w->rank, w->shape), outer = count_elements(w->outer_rank, w->outer);
    for (intptr_t first = 0; first < positions && !pool_is_stopped(); first += CHUNK) { /* all, before any is written */
        const index_fault fault = find_offsets(w, first, MINIMUM(CHUNK, positions - first), offsets);
        if (fault.array >= 0) return fault;
    }
    if (count_elements(w->block_rank, w->block) == 0) return NO_FAULT;
    for (intptr_t first = 0; first < positions && !pool_is_stopped(); first += CHUNK) {
        const intptr_t count = MINIMUM(CHUNK, positions - first);
        if (positions > CHUNK) { /* once more: another thread may have changed them */
            const index_fault fault = find_offsets(w, first, count, offsets);
            if (fault.array >= 0) return fault;
        }
        for (intptr_t index = 0; index < outer; index++) {
            char *base = w->base + offset_of(w->outer_rank, w->outer, w->outer_strides, index);
            const char *from = values + offset_of(w->outer_rank, w->outer, strides, index);
            write_positions(w, first, count, offsets, base, from, strides + w->outer_rank);
        }
    }
    return NO_FAULT;
}

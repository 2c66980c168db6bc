/* Elements picked by index arrays: moved by size, whatever their dtype. No Python.h, no arithmetic.
 *
 * Positions go by chunks: their byte offsets first, with the check of the indices, then the elements, for every index
 * of the outer dimensions. Reading is shared among threads; writing is not, since positions may meet. */
#include "picks.h"

#include <stdatomic.h>

#include "dtypes.h"
#include "pool.h"

enum { CHUNK = 1024 /* positions */ };

static intptr_t product(int rank, const intptr_t *shape) {
    intptr_t total = 1;
    for (int i = 0; i < rank; i++) total *= shape[i];
    return total;
}

static intptr_t ceiling(intptr_t a, intptr_t b) { return (a + b - 1) / b; }

/* --- offsets ----------------------------------------------------------------------------------------------------- */

/* Adds what `count` indices, a step apart, mean in bytes; the place of the first that is out of range, or -1. */
#define ADD_OFFSETS(T)                                                                                           \
    static intptr_t add_##T(const char *data, intptr_t step, intptr_t count, const pick *p, intptr_t *offsets) { \
        const intptr_t size = p->size, stride = p->stride;                                                       \
        bool bad = false;                                                                                        \
        for (intptr_t i = 0; i < count; i++) {                                                                   \
            const T index = *(const T *)(data + i * step);                                                       \
            const intptr_t place = (intptr_t)index + ((T) - 1 < 0 && index < 0 ? size : 0);                      \
            bad |= (uintptr_t)place >= (uintptr_t)size;                                                          \
            offsets[i] += place * stride;                                                                        \
        }                                                                                                        \
        for (intptr_t i = 0; bad && i < count; i++) {                                                            \
            const T index = *(const T *)(data + i * step);                                                       \
            const intptr_t place = (intptr_t)index + ((T) - 1 < 0 && index < 0 ? size : 0);                      \
            if ((uintptr_t)place >= (uintptr_t)size) return i;                                                   \
        }                                                                                                        \
        return -1;                                                                                               \
    }
#define ADD_OFFSETS_OF(A, T) ADD_OFFSETS(T)
INTEGER(ADD_OFFSETS_OF, )

static i64 index_at(const pick *p, const char *data) {
    switch (p->code) {
#define INDEX_AT(A, T) \
    case CODE_##T:     \
        return (i64) * (const T *)data;
        INTEGER(INDEX_AT, )
    }
    return 0;
}

static intptr_t add_offsets(const pick *p, const char *data, intptr_t step, intptr_t count, intptr_t *offsets) {
    switch (p->code) {
#define ADD_CASE(A, T) \
    case CODE_##T:     \
        return add_##T(data, step, count, p, offsets);
        INTEGER(ADD_CASE, )
    }
    return -1;
}

/* The offsets of positions first .. first + count - 1. */
static picks_fault find_offsets(const picks *p, intptr_t first, intptr_t count, intptr_t *offsets) {
    const intptr_t row = p->rank == 0 ? 1 : p->shape[p->rank - 1];
    for (intptr_t done = 0; done < count;) { /* by runs along the last axis */
        const intptr_t at = first + done, column = at % row, run = MINIMUM(row - column, count - done);
        const intptr_t own_step = p->rank == 0 ? 0 : p->strides[p->rank - 1];
        intptr_t own = column * own_step, above = at / row;
        for (int i = p->rank - 2; i >= 0; i--) {
            own += above % p->shape[i] * p->strides[i];
            above /= p->shape[i];
        }
        for (intptr_t i = 0; i < run; i++) offsets[done + i] = own + i * own_step;
        for (int k = 0; k < p->count; k++) {
            const pick *each = &p->picks[k];
            const intptr_t step = p->rank == 0 ? 0 : each->strides[p->rank - 1];
            const char *data = each->data + column * step;
            intptr_t index = at / row;
            for (int i = p->rank - 2; i >= 0; i--) {
                data += index % p->shape[i] * each->strides[i];
                index /= p->shape[i];
            }
            const intptr_t bad = add_offsets(each, data, step, run, offsets + done);
            if (bad >= 0) return (picks_fault){k, index_at(each, data + bad * step)};
        }
        done += run;
    }
    return (picks_fault){-1, 0};
}

/* --- elements ---------------------------------------------------------------------------------------------------- */

typedef struct {
    u64 low, high;
} b128;

static void copy_element(char *out, const char *in, intptr_t size) {
    switch (size) {
    case 1:
        *out = *in;
        break;
    case 2:
        memcpy(out, in, 2);
        break;
    case 4:
        memcpy(out, in, 4);
        break;
    case 8:
        memcpy(out, in, 8);
        break;
    default:
        memcpy(out, in, 16);
    }
}

/* A strided block of elements, from or to one with other strides. */
static void copy_block(int rank, const intptr_t *shape, char *out, const intptr_t *out_strides, const char *in,
                       const intptr_t *in_strides, intptr_t size) {
    if (rank == 0) {
        copy_element(out, in, size);
        return;
    }
    if (rank == 1) {
        if (in_strides[0] == size && out_strides[0] == size) {
            memcpy(out, in, (size_t)(shape[0] * size));
            return;
        }
        for (intptr_t i = 0; i < shape[0]; i++) copy_element(out + i * out_strides[0], in + i * in_strides[0], size);
        return;
    }
    for (intptr_t i = 0; i < shape[0]; i++)
        copy_block(rank - 1, shape + 1, out + i * out_strides[0], out_strides + 1, in + i * in_strides[0],
                   in_strides + 1, size);
}

static void contiguous(int rank, const intptr_t *shape, intptr_t size, intptr_t *strides) {
    for (int i = rank - 1; i >= 0; i--) {
        strides[i] = size;
        size *= shape[i];
    }
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
GATHER(u8)
GATHER(u16)
GATHER(u32)
GATHER(u64)
GATHER(b128)

static void gather(const char *base, const intptr_t *offsets, intptr_t count, intptr_t size, char *out) {
    switch (size) {
    case 1:
        gather_u8(base, offsets, count, out);
        break;
    case 2:
        gather_u16(base, offsets, count, out);
        break;
    case 4:
        gather_u32(base, offsets, count, out);
        break;
    case 8:
        gather_u64(base, offsets, count, out);
        break;
    case 16:
        gather_b128(base, offsets, count, out);
        break;
    default:
        for (intptr_t i = 0; i < count; i++) memcpy(out + i * size, base + offsets[i], (size_t)size);
    }
}

/* --- the most frequent: one index array of i64, one element for each position ------------------------------------ */

/* Reads while it checks: what is out of range reads the first element. True if nothing was. */
#define TAKE(T)                                                                                                \
    static bool take_##T(const char *base, intptr_t size, intptr_t stride, const i64 *indices, intptr_t count, \
                         char *out) {                                                                          \
        T *to = (T *)out;                                                                                      \
        bool bad = false;                                                                                      \
        for (intptr_t i = 0; i < count; i++) {                                                                 \
            intptr_t place = indices[i];                                                                       \
            place += place < 0 ? size : 0;                                                                     \
            const bool outside = (uintptr_t)place >= (uintptr_t)size;                                          \
            bad |= outside;                                                                                    \
            place = outside ? 0 : place;                                                                       \
            to[i] = *(const T *)(base + place * stride);                                                       \
        }                                                                                                      \
        return !bad;                                                                                           \
    }
TAKE(u8)
TAKE(u16)
TAKE(u32)
TAKE(u64)
TAKE(b128)

static bool take(const char *base, intptr_t size, intptr_t stride, const i64 *indices, intptr_t count,
                 intptr_t itemsize, char *out) {
    switch (itemsize) {
    case 1:
        return take_u8(base, size, stride, indices, count, out);
    case 2:
        return take_u16(base, size, stride, indices, count, out);
    case 4:
        return take_u32(base, size, stride, indices, count, out);
    case 8:
        return take_u64(base, size, stride, indices, count, out);
    default:
        return take_b128(base, size, stride, indices, count, out);
    }
}

/* Writes; the indices have been checked. */
#define PUT(T)                                                                                          \
    static void put_##T(char *base, intptr_t size, intptr_t stride, const i64 *indices, intptr_t count, \
                        const char *values, intptr_t step) {                                            \
        for (intptr_t i = 0; i < count; i++) {                                                          \
            const intptr_t place = indices[i] + (indices[i] < 0 ? size : 0);                            \
            *(T *)(base + place * stride) = *(const T *)(values + i * step);                            \
        }                                                                                               \
    }
PUT(u8)
PUT(u16)
PUT(u32)
PUT(u64)
PUT(b128)

static void put(char *base, intptr_t size, intptr_t stride, const i64 *indices, intptr_t count, const char *values,
                intptr_t step, intptr_t itemsize) {
    switch (itemsize) {
    case 1:
        put_u8(base, size, stride, indices, count, values, step);
        break;
    case 2:
        put_u16(base, size, stride, indices, count, values, step);
        break;
    case 4:
        put_u32(base, size, stride, indices, count, values, step);
        break;
    case 8:
        put_u64(base, size, stride, indices, count, values, step);
        break;
    default:
        put_b128(base, size, stride, indices, count, values, step);
    }
}

static bool is_simple(const picks *p) {
    return p->count == 1 && p->rank == 1 && p->outer_rank == 0 && p->block_rank == 0 && p->picks[0].code == CODE_i64 &&
           p->picks[0].strides[0] == sizeof(i64) && p->strides[0] == 0 && p->picks[0].size > 0;
}

/* The first index of `count` that is out of range; -1 if none is. */
static intptr_t find_outside(const i64 *indices, intptr_t count, intptr_t size) {
    for (intptr_t first = 0; first < count; first += CHUNK) {
        const intptr_t last = MINIMUM(first + CHUNK, count);
        bool bad = false;
        for (intptr_t i = first; i < last; i++) bad |= (indices[i] >= size) | (indices[i] < -size);
        for (intptr_t i = first; bad && i < last; i++) {
            if (indices[i] >= size || indices[i] < -size) return i;
        }
    }
    return -1;
}

/* --- reading and writing ----------------------------------------------------------------------------------------- */

typedef struct {
    const picks *picks;
    char *out;
    intptr_t positions, outer, block_bytes, chunk, pieces, outer_chunk;
    bool plain; /* a block is one run of bytes */
    bool simple;
    _Atomic bool has_fault;
    picks_fault fault;
} reading;

static intptr_t outer_offset(const picks *p, intptr_t index, const intptr_t *strides) {
    intptr_t offset = 0;
    for (int i = p->outer_rank - 1; i >= 0; i--) {
        offset += index % p->outer[i] * strides[i];
        index /= p->outer[i];
    }
    return offset;
}

static void read_chunk(void *context, intptr_t number) {
    reading *r = context;
    const picks *p = r->picks;
    intptr_t offsets[CHUNK], strides[RANK_MAX];
    const intptr_t first = number % r->pieces * r->chunk, count = MINIMUM(r->chunk, r->positions - first);
    if (r->simple) {
        const i64 *indices = (const i64 *)p->picks[0].data + first;
        if (take(p->base, p->picks[0].size, p->picks[0].stride, indices, count, p->itemsize,
                 r->out + first * p->itemsize))
            return;
        const picks_fault outside = {0, indices[find_outside(indices, count, p->picks[0].size)]};
        if (!atomic_exchange(&r->has_fault, true)) r->fault = outside;
        return;
    }
    const picks_fault fault = find_offsets(p, first, count, offsets);
    if (fault.pick >= 0) {
        if (!atomic_exchange(&r->has_fault, true)) r->fault = fault; /* one of them will do */
        return;
    }
    contiguous(p->block_rank, p->block, p->itemsize, strides);
    const intptr_t begin = number / r->pieces * r->outer_chunk, end = MINIMUM(begin + r->outer_chunk, r->outer);
    for (intptr_t outer = begin; outer < end; outer++) {
        const char *base = p->base + outer_offset(p, outer, p->outer_strides);
        char *out = r->out + (outer * r->positions + first) * r->block_bytes;
        if (r->plain) {
            gather(base, offsets, count, r->block_bytes, out);
        } else {
            for (intptr_t i = 0; i < count; i++)
                copy_block(p->block_rank, p->block, out + i * r->block_bytes, strides, base + offsets[i],
                           p->block_strides, p->itemsize);
        }
    }
}

double picks_microseconds(const picks *p) {
    const intptr_t positions = product(p->rank, p->shape);
    const double moved = (double)positions * (double)product(p->outer_rank, p->outer);
    return moved * (0.001 + (double)(product(p->block_rank, p->block) * p->itemsize) / 15000.0);
}

picks_fault picks_read(const picks *p, char *out) {
    reading r = {.picks = p, .out = out, .fault = {-1, 0}};
    r.positions = product(p->rank, p->shape);
    r.outer = product(p->outer_rank, p->outer);
    r.block_bytes = product(p->block_rank, p->block) * p->itemsize;
    r.plain = is_contiguous(p->block_rank, p->block, p->block_strides, p->itemsize);
    if (r.positions == 0) return r.fault;
    if (r.block_bytes == 0 || r.outer == 0) { /* nothing to move, indices to check */
        r.outer = 0;
    }
    /* About 64 KiB of result a chunk. */
    r.simple = is_simple(p);
    r.chunk = MAXIMUM(1, MINIMUM(r.simple ? 8 * CHUNK : CHUNK, (64 << 10) / MAXIMUM(1, r.block_bytes)));
    r.pieces = ceiling(r.positions, r.chunk);
    r.outer_chunk = MAXIMUM(1, (64 << 10) / MAXIMUM(1, r.chunk * r.block_bytes));
    const intptr_t chunks = r.pieces * MAXIMUM(1, ceiling(r.outer, r.outer_chunk));
    if (chunks == 1)
        read_chunk(&r, 0);
    else
        pool_run(read_chunk, &r, chunks, picks_microseconds(p));
    return r.fault;
}

picks_fault picks_write(const picks *p, const char *values, const intptr_t *strides) {
    intptr_t offsets[CHUNK];
    const intptr_t positions = product(p->rank, p->shape), outer = product(p->outer_rank, p->outer);
    if (is_simple(p)) {
        const i64 *indices = (const i64 *)p->picks[0].data;
        const intptr_t outside = find_outside(indices, positions, p->picks[0].size);
        if (outside >= 0) return (picks_fault){0, indices[outside]};
        put(p->base, p->picks[0].size, p->picks[0].stride, indices, positions, values, strides[0], p->itemsize);
        return (picks_fault){-1, 0};
    }
    for (intptr_t first = 0; first < positions; first += CHUNK) { /* all indices, before anything is written */
        const picks_fault fault = find_offsets(p, first, MINIMUM(CHUNK, positions - first), offsets);
        if (fault.pick >= 0) return fault;
    }
    const intptr_t *position_strides = strides + p->outer_rank, *block_strides = position_strides + p->rank;
    if (product(p->block_rank, p->block) == 0) return (picks_fault){-1, 0};
    for (intptr_t first = 0; first < positions; first += CHUNK) {
        const intptr_t count = MINIMUM(CHUNK, positions - first);
        if (positions > CHUNK) find_offsets(p, first, count, offsets);
        for (intptr_t index = 0; index < outer; index++) {
            char *base = p->base + outer_offset(p, index, p->outer_strides);
            const char *from = values + outer_offset(p, index, strides);
            for (intptr_t i = 0; i < count;) {
                const intptr_t row = p->rank == 0 ? 1 : p->shape[p->rank - 1];
                const intptr_t column = (first + i) % row, run = MINIMUM(row - column, count - i);
                const intptr_t step = p->rank == 0 ? 0 : position_strides[p->rank - 1];
                const char *source = from + column * step;
                intptr_t above = (first + i) / row;
                for (int k = p->rank - 2; k >= 0; k--) {
                    source += above % p->shape[k] * position_strides[k];
                    above /= p->shape[k];
                }
                if (p->block_rank == 0 && p->itemsize == 8) {
                    for (intptr_t j = 0; j < run; j++) memcpy(base + offsets[i + j], source + j * step, 8);
                } else if (p->block_rank == 0 && p->itemsize == 4) {
                    for (intptr_t j = 0; j < run; j++) memcpy(base + offsets[i + j], source + j * step, 4);
                } else {
                    for (intptr_t j = 0; j < run; j++)
                        copy_block(p->block_rank, p->block, base + offsets[i + j], p->block_strides, source + j * step,
                                   block_strides, p->itemsize);
                }
                i += run;
            }
        }
    }
    return (picks_fault){-1, 0};
}

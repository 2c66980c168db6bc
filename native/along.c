/* Running sums and products, and searches for extremes, along an axis; chunks and threads. No arithmetic on elements
 * here.
 *
 * A chunk is some lines, or a strip of columns of a line, or, of a long line of one column, a piece of it. Where chunks
 * begin depends on the sizes alone, and so do the bits. */
#include "along.h"

#include "pool.h"

enum {
    CHUNK = 1 << 15, /* elements a chunk, about */
    STRIP = 1 << 9,  /* columns of a strip */
};

static intptr_t ceiling(intptr_t a, intptr_t b) { return (a + b - 1) / b; }

double along_microseconds(const lines *l, intptr_t columns, intptr_t size) {
    return (double)(lines_count(l) * l->n * columns * size) / 8000.0; /* at 8 GB/s */
}

/* --- running sums and products ------------------------------------------------------------------------------------ */

/* Room for the sum of every block of a line. */
size_t scan_scratch(const scan *s) {
    if (s->columns != 1 || s->kernels->block == 0) return 0;
    return (size_t)ceiling(s->lines.n, s->kernels->block) * (size_t)s->kernels->size;
}

/* A whole line of one column, or with `columns` a strip of it. */
static void scan_line(const scan *s, const char *in, char *out, intptr_t first, intptr_t columns) {
    const scan_kernels *k = s->kernels;
    const lines *l = &s->lines;
    if (s->columns == 1) {
        if (s->has_initial) {
            memcpy(out, k->initial, (size_t)k->size);
            out += k->size;
        }
        const intptr_t block = k->block == 0 ? l->n : k->block;
        const void *before = NULL;
        for (intptr_t i = 0; i < l->n; i += block) {
            const intptr_t count = MINIMUM(block, l->n - i);
            k->along(in + i * l->in_step, count, l->in_step, before, out + i * k->size);
            before = out + (i + count - 1) * k->size;
        }
        return;
    }
    const intptr_t row = s->columns * k->size;
    in += first * s->in_size;
    out += first * k->size;
    if (s->has_initial) {
        for (intptr_t j = 0; j < columns; j++) memcpy(out + j * k->size, k->initial, (size_t)k->size);
        out += row;
    }
    if (l->n == 0) return;
    k->across(in, columns, s->in_size, NULL, out);
    for (intptr_t i = 1; i < l->n; i++)
        k->across(in + i * l->in_step, columns, s->in_size, out + (i - 1) * row, out + i * row);
}

static intptr_t strips_of(intptr_t columns) { return ceiling(columns, STRIP); }

static intptr_t lines_a_chunk(const lines *l, intptr_t columns) {
    return MAXIMUM(1, CHUNK / MAXIMUM(1, l->n * MINIMUM(columns, STRIP)));
}

static void run_scan_chunk(void *context, intptr_t chunk) {
    const scan *s = context;
    const intptr_t strips = strips_of(s->columns), step = lines_a_chunk(&s->lines, s->columns);
    const intptr_t last = MINIMUM((chunk + 1) * step, lines_count(&s->lines) * strips);
    for (intptr_t number = chunk * step; number < last; number++) {
        const char *in;
        char *out;
        lines_find(&s->lines, number / strips, &in, &out);
        const intptr_t first = number % strips * STRIP;
        scan_line(s, in, out, first, MINIMUM(STRIP, s->columns - first));
    }
}

typedef struct {
    const scan *scan;
    const char *in;
    char *out, *sums; /* of the blocks; then of all blocks before */
    bool *finite;
} scan_blocks;

static void sum_block(void *context, intptr_t chunk) {
    const scan_blocks *b = context;
    const lines *l = &b->scan->lines;
    const scan_kernels *k = b->scan->kernels;
    const intptr_t first = chunk * k->block;
    if (!k->total(b->in + first * l->in_step, MINIMUM(k->block, l->n - first), l->in_step, b->sums + chunk * k->size))
        __atomic_store_n(b->finite, false, __ATOMIC_RELAXED);
}

static void scan_block(void *context, intptr_t chunk) {
    const scan_blocks *b = context;
    const lines *l = &b->scan->lines;
    const scan_kernels *k = b->scan->kernels;
    const intptr_t first = chunk * k->block;
    k->along(b->in + first * l->in_step, MINIMUM(k->block, l->n - first), l->in_step,
             chunk == 0 ? NULL : b->sums + (chunk - 1) * k->size, b->out + first * k->size);
}

/* On several threads the blocks are summed first; what is written then has the bits that scan_line gives it. */
static void scan_long_line(const scan *s, const char *in, char *out, char *sums) {
    const scan_kernels *k = s->kernels;
    const intptr_t blocks = ceiling(s->lines.n, k->block);
    const double microseconds = along_microseconds(&s->lines, 1, s->in_size) / (double)lines_count(&s->lines);
    bool finite = true;
    scan_blocks b = {.scan = s, .in = in, .out = out, .sums = sums, .finite = &finite};
    if (s->has_initial) b.out += k->size;
    pool_run(sum_block, &b, blocks, microseconds / 2);
    if (!finite) {
        scan_line(s, in, out, 0, 1);
        return;
    }
    for (intptr_t i = 1; i < blocks; i++) k->join(sums + (i - 1) * k->size, sums + i * k->size);
    if (s->has_initial) memcpy(out, k->initial, (size_t)k->size);
    pool_run(scan_block, &b, blocks, microseconds);
}

void scan_run(const scan *s, char *scratch) {
    const lines *l = &s->lines;
    const intptr_t count = lines_count(l) * strips_of(s->columns), step = lines_a_chunk(l, s->columns);
    if (count == 0) return;
    if (scratch != NULL && pool_threads() > 2 && count < pool_threads() && l->n >= 8 * s->kernels->block) {
        for (intptr_t number = 0; number < count; number++) {
            const char *in;
            char *out;
            lines_find(l, number, &in, &out);
            scan_long_line(s, in, out, scratch);
        }
        return;
    }
    pool_run(run_scan_chunk, (void *)s, ceiling(count, step), along_microseconds(l, s->columns, s->in_size));
}

/* --- extremes ---------------------------------------------------------------------------------------------------- */

static bool is_cut(const extreme *e) { return e->columns == 1 && e->lines.n >= 2 * CHUNK; }

/* Room for the extremes of the pieces of all lines, or of a strip of columns for every thread (in fact for every one).
 */
size_t extreme_scratch(const extreme *e) {
    const size_t size = (size_t)e->kernels->size;
    if (is_cut(e))
        return (size_t)(lines_count(&e->lines) * ceiling(e->lines.n, CHUNK)) * (sizeof(i64) + CACHE_LINE / 4);
    return e->columns == 1 ? 0 : (size_t)(lines_count(&e->lines) * e->columns) * size;
}

typedef struct {
    const extreme *extreme;
    char *scratch;
    intptr_t pieces;
} extreme_job;

static void find_in_lines(void *context, intptr_t chunk) {
    const extreme_job *job = context;
    const extreme *e = job->extreme;
    const lines *l = &e->lines;
    const intptr_t strips = strips_of(e->columns), step = lines_a_chunk(l, e->columns);
    const intptr_t last = MINIMUM((chunk + 1) * step, lines_count(l) * strips);
    for (intptr_t number = chunk * step; number < last; number++) {
        const char *in;
        char *out;
        lines_find(l, number / strips, &in, &out);
        if (e->columns == 1) {
            _Alignas(CACHE_LINE) char found[CACHE_LINE];
            e->kernels->along(in, l->n, l->in_step, found, (i64 *)out);
            continue;
        }
        const intptr_t first = number % strips * STRIP;
        char *extremes = job->scratch + (number / strips * e->columns + first) * e->kernels->size;
        for (intptr_t row = 0; row < l->n; row++)
            e->kernels->across(in + row * l->in_step + first * e->in_size, MINIMUM(STRIP, e->columns - first), row,
                               extremes, (i64 *)out + first);
    }
}

enum { FOUND = CACHE_LINE / 4 }; /* bytes of an extreme, before its index */

static void find_in_piece(void *context, intptr_t chunk) {
    const extreme_job *job = context;
    const lines *l = &job->extreme->lines;
    const intptr_t first = chunk % job->pieces * CHUNK;
    const char *in;
    char *out, *found = job->scratch + chunk * (intptr_t)(FOUND + sizeof(i64));
    lines_find(l, chunk / job->pieces, &in, &out);
    i64 index;
    job->extreme->kernels->along(in + first * l->in_step, MINIMUM(CHUNK, l->n - first), l->in_step, found, &index);
    index += first;
    memcpy(found + FOUND, &index, sizeof index);
}

void extreme_run(const extreme *e, char *scratch) {
    const lines *l = &e->lines;
    extreme_job job = {.extreme = e, .scratch = scratch, .pieces = ceiling(l->n, CHUNK)};
    const intptr_t count = lines_count(l);
    const double microseconds = along_microseconds(l, e->columns, e->in_size) / 3;
    if (count == 0 || e->columns == 0) return;
    if (!is_cut(e)) {
        const intptr_t chunks = ceiling(count * strips_of(e->columns), lines_a_chunk(l, e->columns));
        if (chunks == 1)
            find_in_lines(&job, 0);
        else
            pool_run(find_in_lines, &job, chunks, microseconds);
        return;
    }
    pool_run(find_in_piece, &job, count * job.pieces, microseconds);
    for (intptr_t number = 0; number < count; number++) {
        const intptr_t size = (intptr_t)(FOUND + sizeof(i64));
        const char *best = scratch + number * job.pieces * size, *end = best + job.pieces * size;
        for (const char *found = best + size; found < end; found += size) {
            if (e->kernels->is_better(found, best)) best = found;
        }
        const char *in;
        char *out;
        lines_find(l, number, &in, &out);
        memcpy(out, best + FOUND, sizeof(i64));
    }
}

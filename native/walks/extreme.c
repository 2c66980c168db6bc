/* Where the largest or the smallest elements along an axis are; chunks and threads. No arithmetic on elements here.
 *
 * A chunk is some strips of columns (strips.h), or, of a long line of one column, a piece of it; the extremes of pieces
 * are compared at the end. */
#include "walks/extreme.h"

#include "pool.h"

enum {
    PIECE = STRIPS_CHUNK,
    WIDE = 8, /* columns that are worth it */
};

void extreme_arrange(extreme_walk *w) {
    lines *l = &w->lines;
    w->column_step = w->in_size;
    if (w->columns != 1) return;
    while (l->rank > 1 && l->in_strides[l->rank - 2] == l->in_strides[l->rank - 1] * l->shape[l->rank - 1]) {
        l->rank--;
        l->shape[l->rank - 1] *= l->shape[l->rank];
        l->in_strides[l->rank - 1] = l->in_strides[l->rank];
        l->out_strides[l->rank - 1] = l->out_strides[l->rank];
    }
    if (l->rank == 0) return;
    const intptr_t last = l->rank - 1, step = l->in_strides[last];
    const bool across = step == w->in_size && magnitude(l->in_step) > step;
    if (l->shape[last] < WIDE || !(across || l->n <= SHORT_LINE)) return;
    w->columns = l->shape[last];
    w->column_step = step;
    l->rank--;
}

static bool is_cut(const extreme_walk *w) { return w->columns == 1 && w->lines.n >= 2 * PIECE; }

/* Room for the extremes of the pieces of all lines, or of a strip of columns for every thread (in fact for every one).
 */
size_t extreme_scratch(const extreme_walk *w) {
    const size_t size = (size_t)w->kernels->size;
    if (is_cut(w))
        return (size_t)(lines_count(&w->lines) * ceiling_divide(w->lines.n, PIECE)) * (sizeof(i64) + CACHE_LINE / 4);
    return w->columns == 1 || w->column_step != w->in_size ? 0 : (size_t)(lines_count(&w->lines) * w->columns) * size;
}

typedef struct {
    const extreme_walk *walk;
    char *scratch;
    intptr_t pieces;
} extreme_job;

static void find_in_strips(void *context, intptr_t chunk) {
    const extreme_job *job = context;
    const extreme_walk *w = job->walk;
    const lines *l = &w->lines;
    const intptr_t step = strips_a_chunk(l, w->columns), number = chunk * step;
    const intptr_t last = MINIMUM(number + step, strips_count(l, w->columns));
    strip at;
    strip_set(&at, l, w->columns, number);
    for (intptr_t done = number; done < last; done++, strip_advance(&at, w->columns)) {
        const char *in = line_in(l, &at.line_at);
        i64 *out = (i64 *)line_out(l, &at.line_at);
        if (w->columns == 1) {
            _Alignas(CACHE_LINE) char found[CACHE_LINE];
            w->kernels->along(in, l->n, l->in_step, found, out);
            continue;
        }
        in += at.first * w->column_step;
        if (w->column_step != w->in_size) {
            w->kernels->lines(in, at.width, w->column_step, l->n, l->in_step, out + at.first);
            continue;
        }
        char *extremes = job->scratch + (at.line * w->columns + at.first) * w->kernels->size;
        for (intptr_t row = 0; row < l->n; row++) {
            if (row % STRIPS_LOOK == 0 && pool_is_stopped()) return;
            w->kernels->across(in + row * l->in_step, at.width, row, extremes, out + at.first);
        }
    }
}

enum { FOUND = CACHE_LINE / 4 }; /* bytes of an extreme, before its index */

static void find_in_piece(void *context, intptr_t chunk) {
    const extreme_job *job = context;
    const lines *l = &job->walk->lines;
    const intptr_t first = chunk % job->pieces * PIECE;
    const odometer at = lines_at(l, chunk / job->pieces);
    char *found = job->scratch + chunk * (intptr_t)(FOUND + sizeof(i64));
    i64 index;
    job->walk->kernels->along(line_in(l, &at) + first * l->in_step, MINIMUM(PIECE, l->n - first), l->in_step, found,
                              &index);
    index += first;
    memcpy(found + FOUND, &index, sizeof index);
}

double extreme_cost(const extreme_walk *w) { return strips_cost(&w->lines, w->lines.n, w->columns, w->cost); }

/* The best of the extremes of each line's pieces. */
static void join_pieces(const extreme_job *job, intptr_t count) {
    const lines *l = &job->walk->lines;
    const intptr_t size = (intptr_t)(FOUND + sizeof(i64));
    odometer at = lines_at(l, 0);
    for (intptr_t number = 0; number < count; number++, odometer_advance(&at)) {
        const char *best = job->scratch + number * job->pieces * size, *end = best + job->pieces * size;
        for (const char *found = best + size; found < end; found += size) {
            if (job->walk->kernels->is_better(found, best)) best = found;
        }
        memcpy(line_out(l, &at), best + FOUND, sizeof(i64));
    }
}

void extreme_run(const extreme_walk *w, char *scratch) {
    const lines *l = &w->lines;
    extreme_job job = {.walk = w, .scratch = scratch, .pieces = ceiling_divide(l->n, PIECE)};
    const intptr_t count = lines_count(l);
    if (count == 0 || w->columns == 0) return;
    if (is_cut(w)) {
        pool_run(find_in_piece, &job, count * job.pieces, extreme_cost(w));
        join_pieces(&job, count);
        return;
    }
    const intptr_t chunks = ceiling_divide(strips_count(l, w->columns), strips_a_chunk(l, w->columns));
    if (chunks == 1)
        find_in_strips(&job, 0);
    else
        pool_run(find_in_strips, &job, chunks, extreme_cost(w));
}

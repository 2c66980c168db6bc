/* Running sums and products along an axis; chunks and threads. No arithmetic on elements here.
 *
 * A chunk is some strips of columns (strips.h), or, of a long line of one column, a block of it. */
#include "walks/scan.h"

#include "pool.h"

enum { SERIAL_BLOCK = 1 << 16 /* elements between looks whether to stop, where no blocks are needed */ };

double scan_cost(const scan_walk *w) {
    return strips_cost(&w->lines, w->lines.n + w->has_initial, w->columns, w->cost);
}

/* Room for the sum of every block of a line. */
size_t scan_scratch(const scan_walk *w) {
    if (w->columns != 1 || w->kernels->block == 0) return 0;
    return (size_t)ceiling_divide(w->lines.n, w->kernels->block) * (size_t)w->kernels->size;
}

/* A whole line of one column, or with `columns` a strip of it. */
static void scan_strip(const scan_walk *w, const char *in, char *out, intptr_t first, intptr_t columns) {
    const scan_kernels *k = w->kernels;
    const lines *l = &w->lines;
    if (w->columns == 1) {
        if (w->has_initial) {
            memcpy(out, k->initial, (size_t)k->size);
            out += k->size;
        }
        const intptr_t block = k->block == 0 ? SERIAL_BLOCK : k->block;
        const void *before = NULL;
        for (intptr_t i = 0; i < l->n && !pool_is_stopped(); i += block) {
            const intptr_t count = MINIMUM(block, l->n - i);
            k->along(in + i * l->in_step, count, l->in_step, before, out + i * k->size);
            before = out + (i + count - 1) * k->size;
        }
        return;
    }
    const intptr_t row = w->columns * k->size;
    in += first * w->in_size;
    out += first * k->size;
    if (w->has_initial) {
        for (intptr_t j = 0; j < columns; j++) memcpy(out + j * k->size, k->initial, (size_t)k->size);
        out += row;
    }
    if (l->n == 0) return;
    k->across(in, columns, w->in_size, NULL, out);
    for (intptr_t i = 1; i < l->n; i++) {
        if (i % STRIPS_LOOK == 0 && pool_is_stopped()) return;
        k->across(in + i * l->in_step, columns, w->in_size, out + (i - 1) * row, out + i * row);
    }
}

static void run_strips(void *context, intptr_t chunk) {
    const scan_walk *w = context;
    const intptr_t step = strips_a_chunk(&w->lines, w->columns), number = chunk * step;
    const intptr_t last = MINIMUM(number + step, strips_count(&w->lines, w->columns));
    strip at;
    strip_set(&at, &w->lines, w->columns, number);
    for (intptr_t done = number; done < last; done++, strip_advance(&at, w->columns))
        scan_strip(w, line_in(&w->lines, &at.line_at), line_out(&w->lines, &at.line_at), at.first, at.width);
}

typedef struct {
    const scan_walk *walk;
    const char *in;
    char *out, *sums; /* of the blocks; then of all blocks before */
    bool *finite;
} scan_blocks;

static void sum_block(void *context, intptr_t chunk) {
    const scan_blocks *b = context;
    const lines *l = &b->walk->lines;
    const scan_kernels *k = b->walk->kernels;
    const intptr_t first = chunk * k->block;
    if (!k->total(b->in + first * l->in_step, MINIMUM(k->block, l->n - first), l->in_step, b->sums + chunk * k->size))
        __atomic_store_n(b->finite, false, __ATOMIC_RELAXED);
}

static void scan_block(void *context, intptr_t chunk) {
    const scan_blocks *b = context;
    const lines *l = &b->walk->lines;
    const scan_kernels *k = b->walk->kernels;
    const intptr_t first = chunk * k->block;
    k->along(b->in + first * l->in_step, MINIMUM(k->block, l->n - first), l->in_step,
             chunk == 0 ? NULL : b->sums + (chunk - 1) * k->size, b->out + first * k->size);
}

/* On several threads the blocks are summed first; what is written then has the bits that scan_line gives it. */
static void scan_long_line(const scan_walk *w, const char *in, char *out, char *sums) {
    const scan_kernels *k = w->kernels;
    const intptr_t blocks = ceiling_divide(w->lines.n, k->block);
    const double cost = scan_cost(w) / (double)lines_count(&w->lines);
    bool finite = true;
    scan_blocks b = {.walk = w, .in = in, .out = out, .sums = sums, .finite = &finite};
    if (w->has_initial) b.out += k->size;
    pool_run(sum_block, &b, blocks, cost / 2);
    if (!finite) {
        scan_strip(w, in, out, 0, 1);
        return;
    }
    for (intptr_t i = 1; i < blocks; i++) k->join(sums + (i - 1) * k->size, sums + i * k->size);
    if (w->has_initial) memcpy(out, k->initial, (size_t)k->size);
    pool_run(scan_block, &b, blocks, cost);
}

void scan_run(const scan_walk *w, char *scratch) {
    const lines *l = &w->lines;
    const intptr_t count = strips_count(l, w->columns);
    if (count == 0 || (l->n == 0 && !w->has_initial)) return; /* lines of nothing may be without number */
    if (scratch != NULL && pool_threads() > 2 && count < pool_threads() && l->n >= 8 * w->kernels->block) {
        odometer at = lines_at(l, 0);
        for (intptr_t number = 0; number < count; number++, odometer_advance(&at))
            scan_long_line(w, line_in(l, &at), line_out(l, &at), scratch);
        return;
    }
    pool_run(run_strips, (void *)w, ceiling_divide(count, strips_a_chunk(l, w->columns)), scan_cost(w));
}

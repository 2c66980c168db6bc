/* Elementwise operations over any strides: the outer dimensions, the chunks and the threads. No arithmetic here.
 *
 * The loop nest is cut into chunks of whole rows, or of pieces of rows where a row is longer than a chunk. Where chunks
 * begin depends on the sizes alone. */
#include "walks/elementwise.h"

#include "pool.h"
#include "workspace.h"
#include "walks/moves.h"
#include "walks/odometer.h"

enum {
    SCRATCH_BYTES = 16 << 10, /* an operand's share of the first-level cache, for conversion */
    TRANSPOSED_BLOCK = 64,    /* rows and columns of a block when an operand runs across the others: whole cache lines
                               * of every dtype, and few enough for the first-level cache */
    TRANSPOSED_LEAST = 16,    /* with fewer, blocks do not pay */
};

static void run_converted(const elementwise_walk *w, const tile *t) {
    char (*scratch)[SCRATCH_BYTES] = workspace_take();
    intptr_t width = SCRATCH_BYTES;
    for (int k = 0; k < w->operands; k++) width = MINIMUM(width, SCRATCH_BYTES / w->size[k]);
    for (intptr_t row = 0; row < t->rows; row++) {
        for (intptr_t column = 0; column < t->columns; column += width) {
            tile part = {.rows = 1, .columns = MINIMUM(width, t->columns - column)};
            for (int k = 0; k < w->operands; k++) {
                char *data = t->data[k] + row * t->row_step[k] + column * t->step[k];
                part.data[k] = data;
                part.step[k] = t->step[k];
                if (w->convert[k] == NULL) continue;
                const intptr_t count = t->step[k] == 0 ? 1 : part.columns;
                const tile conversion = {
                    .rows = 1, .columns = count, .data = {scratch[k], data}, .step = {w->size[k], t->step[k]}};
                w->convert[k](&conversion);
                part.data[k] = scratch[k];
                part.step[k] = t->step[k] == 0 ? 0 : w->size[k];
            }
            w->kernel(&part);
        }
    }
    workspace_give(scratch);
}

static void run_tile(const elementwise_walk *w, const tile *t) {
    for (int k = 1; k < w->operands; k++) {
        if (w->convert[k] != NULL) {
            run_converted(w, t);
            return;
        }
    }
    w->kernel(t);
}

/* The bytes of an element, if the kernel copies elements as they are; 0 if not. A bool may be made of another number.
 */
static intptr_t copied_size(const elementwise_walk *w) {
    if (w->operands != 2 || w->convert[1] != NULL || w->size[0] != w->size[1]) return 0;
    for (int dtype = CODE_b8 + 1; dtype < DTYPE_COUNT; dtype++) {
        if (dtype_facts[dtype].size != w->size[0]) continue;
        if (w->kernel == table_find(OPERATION_to_b8 + dtype, dtype)->elementwise) return dtype_facts[dtype].size;
    }
    return 0;
}

/* `copied`: what copied_size() says. Kernels are as fast where an operand is contiguous, or a scalar for long rows. */
static void run_block(const elementwise_walk *w, const tile *t, intptr_t copied) {
    if (copied != 0 && repeat_fits(t, copied)) {
        repeat(t, copied);
    } else if (copied == 0 || (t->step[0] == copied && (t->step[1] == copied || t->step[1] == 0))) {
        run_tile(w, t);
    } else if (t->rows > 1 && transpose_fits(t, copied)) {
        transpose(t, copied);
    } else {
        for (intptr_t row = 0; row < t->rows; row++)
            move_row(copied, t->columns, t->data[0] + row * t->row_step[0], t->step[0],
                     t->data[1] + row * t->row_step[1], t->step[1]);
    }
}

/* Does some operand run along the columns faster than along the rows? Then whole rows would use one element a cache
 * line. */
static bool is_transposed(const elementwise_walk *w, const tile *t) {
    if (t->rows < TRANSPOSED_LEAST || t->columns < TRANSPOSED_LEAST) return false;
    for (int k = 0; k < w->operands; k++) {
        if (t->row_step[k] != 0 && magnitude(t->row_step[k]) < magnitude(t->step[k])) return true;
    }
    return false;
}

static void run_blocks(const elementwise_walk *w, const tile *t, intptr_t copied) {
    if (!is_transposed(w, t)) {
        run_block(w, t, copied);
        return;
    }
    for (intptr_t row = 0; row < t->rows; row += TRANSPOSED_BLOCK) {
        for (intptr_t column = 0; column < t->columns; column += TRANSPOSED_BLOCK) {
            tile block = *t;
            block.rows = MINIMUM(TRANSPOSED_BLOCK, t->rows - row);
            block.columns = MINIMUM(TRANSPOSED_BLOCK, t->columns - column);
            for (int k = 0; k < w->operands; k++) block.data[k] += row * t->row_step[k] + column * t->step[k];
            run_block(w, &block, copied);
        }
    }
}

/* Rows first .. last - 1 (all dimensions but the last, flattened), and in each the columns begin .. end - 1. A tile is
 * what of them lies in one index of the outer dimensions. */
static void run_rows(const elementwise_walk *w, intptr_t first, intptr_t last, intptr_t begin, intptr_t end) {
    const int inner = w->rank - 1, middle = w->rank - 2;
    const intptr_t height = middle < 0 ? 1 : w->shape[middle];
    const intptr_t copied = copied_size(w);
    tile t = {.columns = end - begin};
    odometer outer; /* not initialised: its arrays are large */
    outer.rank = MAXIMUM(middle, 0);
    outer.operands = w->operands;
    outer.shape = w->shape;
    for (int k = 0; k < w->operands; k++) {
        outer.strides[k] = w->strides[k];
        t.step[k] = w->strides[k][inner];
        t.row_step[k] = middle < 0 ? 0 : w->strides[k][middle];
    }
    odometer_set(&outer, first / height);
    for (intptr_t row = first % height; first < last; row = 0) {
        t.rows = MINIMUM(height - row, last - first);
        for (int k = 0; k < w->operands; k++)
            t.data[k] = w->data[k] + outer.offset[k] + row * t.row_step[k] + begin * t.step[k];
        run_blocks(w, &t, copied);
        first += t.rows;
        odometer_advance(&outer);
    }
}

typedef struct {
    const elementwise_walk *walk;
    intptr_t rows, row_chunk, column_chunk, columns, pieces;
} cut;

static void run_chunk(void *context, intptr_t chunk) {
    const cut *c = context;
    const intptr_t row = chunk / c->pieces * c->row_chunk, column = chunk % c->pieces * c->column_chunk;
    run_rows(c->walk, row, MINIMUM(row + c->row_chunk, c->rows), column, MINIMUM(column + c->column_chunk, c->columns));
}

/* Where an operand runs across the others, chunks are blocks too: of whole rows there would be few in a chunk. */
static bool is_cut_in_blocks(const elementwise_walk *w) {
    if (w->rank < 2) return false;
    tile t = {.rows = w->shape[w->rank - 2], .columns = w->shape[w->rank - 1]};
    for (int k = 0; k < w->operands; k++) {
        t.step[k] = w->strides[k][w->rank - 1];
        t.row_step[k] = w->strides[k][w->rank - 2];
    }
    return is_transposed(w, &t);
}

double elementwise_cost(const elementwise_walk *w) {
    return (double)w->cost * (double)count_elements(w->rank, w->shape);
}

void elementwise_run(const elementwise_walk *w) {
    const intptr_t elements = count_elements(w->rank, w->shape);
    if (elements == 0) return;
    cut c = {.walk = w, .columns = w->shape[w->rank - 1]};
    c.rows = elements / c.columns;
    c.column_chunk = c.columns;
    c.row_chunk = c.rows;
    c.pieces = 1;
    if (w->grain > 0 && elements > w->grain) {
        if (is_cut_in_blocks(w)) {
            c.row_chunk = TRANSPOSED_BLOCK;
            c.column_chunk = MAXIMUM(w->grain / (TRANSPOSED_BLOCK * TRANSPOSED_BLOCK), 1) * TRANSPOSED_BLOCK;
            c.pieces = ceiling_divide(c.columns, c.column_chunk);
        } else if (c.columns > w->grain) {
            c.row_chunk = 1;
            c.pieces = ceiling_divide(c.columns, w->grain);
            c.column_chunk = w->grain;
        } else {
            c.row_chunk = w->grain / c.columns;
        }
    }
    const intptr_t chunks = ceiling_divide(c.rows, c.row_chunk) * c.pieces;
    if (chunks == 1)
        run_rows(w, 0, c.rows, 0, c.columns);
    else
        pool_run(run_chunk, &c, chunks, elementwise_cost(w));
}

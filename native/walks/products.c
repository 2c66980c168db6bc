/* Sums of products over batches: matrix products and dot products; chunks and threads. No arithmetic on elements here.
 *
 * Where chunks begin depends on the sizes alone. Only the dot products of long vectors are cut along the sum; their
 * pieces are joined pairwise, in one order, so the bits do not depend on the threads. */
#include "walks/products.h"

#include "pool.h"
#include "walks/odometer.h"

enum {
    CHUNK_WORK = 1 << 18, /* multiplications a chunk, about */
    CHUNK_ROWS = 96,     /* rows a chunk, where there are so many: a block of the kernel, which packs it once a chunk */
    TILE_ROWS = 24,      /* what the kernels' tiles divide */
    CHUNK_COLUMNS = 512, /* columns a chunk at least, so that packing pays */
    STRIPE = 64,         /* the same where there are few rows, and nothing is packed */
    FEW_ROWS = 8,
    PIECE = 1 << 15, /* elements of a long dot product that are summed apart */
    FEW_DOTS = 16,   /* so many long dot products are cut into pieces */
};

/* How a product is cut. */
typedef struct {
    const product_walk *walk;
    intptr_t matrices, group; /* matrices a chunk */
    intptr_t block, blocks;   /* rows a chunk, such blocks a matrix */
    intptr_t span, spans;     /* columns a chunk, such spans a matrix */
} matmul_plan;

static intptr_t results_of(const product_walk *w) { return count_elements(w->rank, w->batch); }

/* Both operands at one index of the first `rank` dimensions of the batch. */
static odometer operands_at(const product_walk *w, int rank, intptr_t number) {
    odometer at;
    at.rank = rank;
    at.operands = 2;
    at.shape = w->batch;
    at.strides[0] = w->a_strides;
    at.strides[1] = w->b_strides;
    odometer_set(&at, number);
    return at;
}

/* --- matmul: a chunk is some matrices, or some rows of one -------------------------------------------------------- */

static void run_matrices(void *context, intptr_t chunk) {
    const matmul_plan *p = context;
    const product_walk *w = p->walk;
    const intptr_t first = chunk * p->group, last = MINIMUM(first + p->group, p->matrices);
    const intptr_t row = w->columns * w->size;
    const intptr_t *a_steps = w->a_strides + w->rank, *b_steps = w->b_strides + w->rank;
    odometer at = operands_at(w, w->rank, first);
    for (intptr_t matrix = first; matrix < last; matrix++, odometer_advance(&at))
        w->kernel(w->rows, w->inner, w->columns, w->a + at.offset[0], a_steps[0], a_steps[1], w->b + at.offset[1],
                  b_steps[0], b_steps[1], w->out + matrix * w->rows * row, row);
}

static void run_block(void *context, intptr_t chunk) {
    const matmul_plan *p = context;
    const product_walk *w = p->walk;
    const intptr_t column = chunk % p->spans * p->span, first = chunk / p->spans % p->blocks * p->block;
    const intptr_t matrix = chunk / p->spans / p->blocks, row = w->columns * w->size;
    const intptr_t *a_steps = w->a_strides + w->rank, *b_steps = w->b_strides + w->rank;
    const odometer at = operands_at(w, w->rank, matrix);
    w->kernel(MINIMUM(p->block, w->rows - first), w->inner, MINIMUM(p->span, w->columns - column),
              w->a + at.offset[0] + first * a_steps[0], a_steps[0], a_steps[1],
              w->b + at.offset[1] + column * b_steps[1], b_steps[0], b_steps[1],
              w->out + (matrix * w->rows + first) * row + column * w->size, row);
}

/* Cuts a matrix into blocks of rows and spans of columns. */
static void cut(matmul_plan *p) {
    const product_walk *w = p->walk;
    const intptr_t row_work = MAXIMUM(1, w->inner * w->columns);
    /* Quarters at least, so that few threads share evenly. */
    const intptr_t even = MINIMUM(CHUNK_ROWS, ceiling_divide(w->rows, 4)), worth = ceiling_divide(CHUNK_WORK, row_work);
    p->block = MINIMUM(w->rows, ceiling_divide(MAXIMUM(even, worth), TILE_ROWS) * TILE_ROWS);
    const intptr_t least = w->rows <= FEW_ROWS ? STRIPE : CHUNK_COLUMNS;
    const intptr_t width = MAXIMUM(least, CHUNK_WORK / MAXIMUM(1, p->block * w->inner));
    p->span = MINIMUM(w->columns, ceiling_divide(width, STRIPE) * STRIPE);
    p->blocks = ceiling_divide(w->rows, p->block);
    p->spans = ceiling_divide(w->columns, p->span);
}

double matmul_cost(const product_walk *w) {
    return (double)w->cost * (double)results_of(w) * (double)w->rows * (double)w->columns * (double)w->inner;
}

void matmul_run(const product_walk *w) {
    matmul_plan p = {.walk = w, .matrices = results_of(w)};
    if (p.matrices == 0 || w->rows == 0 || w->columns == 0) return;
    const intptr_t work = MAXIMUM(1, w->inner * w->columns * w->rows);
    if (work <= CHUNK_WORK) {
        p.group = MINIMUM(p.matrices, CHUNK_WORK / work);
        pool_run(run_matrices, &p, ceiling_divide(p.matrices, p.group), matmul_cost(w));
    } else {
        cut(&p);
        pool_run(run_block, &p, p.matrices * p.blocks * p.spans, matmul_cost(w));
    }
}

/* --- vecdot: the last dimension of the batch is the kernel's rows ------------------------------------------------- */

typedef struct {
    const product_walk *walk;
    char *out;
    int rank;                /* of the dimensions before */
    intptr_t lines, rows;    /* rows: dots a line */
    intptr_t a_row, b_row;   /* from one dot's vectors to the next's */
    intptr_t a_step, b_step; /* along the vectors */
    intptr_t block, blocks;  /* dots a chunk, or elements of a piece; such blocks a line */
} vecdot_plan;

static vecdot_plan plan_dots(const product_walk *w) {
    vecdot_plan p = {.walk = w, .rows = 1};
    if (w->rank > 0) { /* else it is one dot: a line of one */
        p.rank = w->rank - 1;
        p.rows = w->batch[p.rank];
        p.a_row = w->a_strides[p.rank];
        p.b_row = w->b_strides[p.rank];
    }
    p.lines = count_elements(p.rank, w->batch);
    p.a_step = w->a_strides[w->rank];
    p.b_step = w->b_strides[w->rank];
    return p;
}

/* Some dots of one line. */
static void run_dots(void *context, intptr_t chunk) {
    const vecdot_plan *p = context;
    const product_walk *w = p->walk;
    const intptr_t line = chunk / p->blocks, first = chunk % p->blocks * p->block;
    const odometer at = operands_at(w, p->rank, line);
    w->kernel(MINIMUM(p->block, p->rows - first), w->inner, 1, w->a + at.offset[0] + first * p->a_row, p->a_row,
              p->a_step, w->b + at.offset[1] + first * p->b_row, p->b_row, p->b_step,
              p->out + (line * p->rows + first) * w->size, w->size);
}

/* One piece of all the dots of a line: partial sums, a row of them for every piece. */
static void run_piece(void *context, intptr_t chunk) {
    const vecdot_plan *p = context;
    const product_walk *w = p->walk;
    const intptr_t piece = chunk % p->blocks, line = chunk / p->blocks, first = piece * p->block;
    const odometer at = operands_at(w, p->rank, line);
    w->kernel(p->rows, MINIMUM(p->block, w->inner - first), 1, w->a + at.offset[0] + first * p->a_step, p->a_row,
              p->a_step, w->b + at.offset[1] + first * p->b_step, p->b_row, p->b_step,
              p->out + (piece * p->lines + line) * p->rows * w->size, w->size);
}

/* Adds the rows of partial sums pairwise into the first. */
static void join_pieces(const vecdot_plan *p) {
    const product_walk *w = p->walk;
    const intptr_t results = p->lines * p->rows, row = results * w->size;
    for (intptr_t distance = 1; distance < p->blocks; distance *= 2) {
        for (intptr_t piece = 0; piece + distance < p->blocks; piece += 2 * distance) {
            char *into = p->out + piece * row;
            const tile t = {.rows = 1,
                            .columns = results,
                            .data = {into, into, into + distance * row},
                            .step = {w->size, w->size, w->size}};
            w->add(&t);
        }
    }
}

static bool is_cut(const product_walk *w) { return w->inner > 2 * PIECE && results_of(w) <= FEW_DOTS; }

size_t vecdot_scratch(const product_walk *w) {
    return is_cut(w) ? (size_t)(ceiling_divide(w->inner, PIECE) * results_of(w) * w->size) : 0;
}

double vecdot_cost(const product_walk *w) { return (double)w->cost * (double)results_of(w) * (double)w->inner; }

void vecdot_run(const product_walk *w, char *scratch) {
    if (results_of(w) == 0) return;
    vecdot_plan p = plan_dots(w);
    if (is_cut(w)) {
        p.out = scratch;
        p.block = PIECE;
        p.blocks = ceiling_divide(w->inner, p.block);
        pool_run(run_piece, &p, p.lines * p.blocks, vecdot_cost(w));
        join_pieces(&p);
        memcpy(w->out, p.out, (size_t)(results_of(w) * w->size));
        return;
    }
    p.out = w->out;
    p.block = MINIMUM(p.rows, MAXIMUM(1, PIECE / MAXIMUM(1, w->inner)));
    p.blocks = ceiling_divide(p.rows, p.block);
    pool_run(run_dots, &p, p.lines * p.blocks, vecdot_cost(w));
}

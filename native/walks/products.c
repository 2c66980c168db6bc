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
    STRIPE = 64,         /* columns are cut at multiples of that */
    STRIPE_BYTES = 4096, /* of a row of b a chunk, where there are few rows and nothing is packed: a page is read on */
    FEW_ROWS = 8,
    ROW_PIECES = 16, /* of the sums of a single row, at most */
    ROW_PIECE = 64,  /* products of each sum in them, at least */
    PIECE = 1 << 13, /* elements of a long dot product that are summed apart: some microseconds */
    FEW_DOTS = 16,   /* so many long dot products are cut into pieces */

    TILE_WORK = 1 << 18,  /* multiplications a tile of BLAS at least: below, OpenBLAS would use one thread too */
    ROW_BALANCE = 60,     /* for count_pieces: b is read again in about the time of 14 rows' products, */
    COLUMN_BALANCE = 240, /* a in that of 70 columns', */
    SQUARE_BALANCE = 120, /* and tiles of half the work read both */
    WIDE = 4,             /* columns are cut where they are so many times as many as rows */
    DEEP = 8,             /* and sums where they are so many times as long as both sides */
    MANY_MATRICES = 16,   /* a stack of so many is shared without cutting them */
};

#define TILE_MOST 0x1p32 /* multiplications a tile of BLAS, which cannot be interrupted */

/* How a product is cut. */
typedef struct {
    const product_walk *walk;
    intptr_t matrices, group; /* matrices a chunk */
    intptr_t block, blocks;   /* rows a chunk, such blocks a matrix */
    intptr_t span, spans;     /* columns a chunk, such spans a matrix */
} matmul_plan;

/* The same of a row times a matrix. */
typedef struct {
    const product_walk *walk;
    intptr_t pieces;
    char *out; /* of the pieces, one after another */
} row_plan;

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

/* Adds rows of partial sums pairwise into the first. */
static void join_rows(const product_walk *w, char *sums, intptr_t rows, intptr_t results) {
    const intptr_t row = results * w->size;
    for (intptr_t distance = 1; distance < rows; distance *= 2) {
        for (intptr_t piece = 0; piece + distance < rows; piece += 2 * distance) {
            char *into = sums + piece * row;
            const tile t = {.rows = 1,
                            .columns = results,
                            .data = {into, into, into + distance * row},
                            .step = {w->size, w->size, w->size}};
            w->add(&t);
        }
    }
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
    const intptr_t least = w->rows <= FEW_ROWS ? STRIPE_BYTES / w->size : CHUNK_COLUMNS;
    const intptr_t width = MAXIMUM(least, CHUNK_WORK / MAXIMUM(1, p->block * w->inner));
    p->span = MINIMUM(w->columns, ceiling_divide(width, STRIPE) * STRIPE);
    p->blocks = ceiling_divide(w->rows, p->block);
    p->spans = ceiling_divide(w->columns, p->span);
}

double matmul_cost(const product_walk *w) {
    return (double)w->cost * (double)results_of(w) * (double)w->rows * (double)w->columns * (double)w->inner;
}

/* A row times a matrix of many rows, which is read in the order of memory: pieces of the sums. */
static intptr_t count_row_pieces(const product_walk *w) {
    if (w->rows > 1 || results_of(w) > 1 || w->b_strides[w->rank + 1] != w->size) return 1;
    const double chunks = (double)w->inner * (double)w->columns / CHUNK_WORK;
    return MAXIMUM(1, (intptr_t)MINIMUM(MINIMUM(ROW_PIECES, chunks), (double)(w->inner / ROW_PIECE)));
}

/* Where piece `number` of `count` begins: side * number / count, whose product might not fit. */
static intptr_t piece_start(intptr_t side, intptr_t count, intptr_t number) {
    return side / count * number + side % count * number / count;
}

static void run_row_piece(void *context, intptr_t chunk) {
    const row_plan *p = context;
    const product_walk *w = p->walk;
    const intptr_t *a_steps = w->a_strides + w->rank, *b_steps = w->b_strides + w->rank;
    const intptr_t first = piece_start(w->inner, p->pieces, chunk), last = piece_start(w->inner, p->pieces, chunk + 1);
    w->kernel(1, last - first, w->columns, w->a + first * a_steps[1], a_steps[0], a_steps[1], w->b + first * b_steps[0],
              b_steps[0], b_steps[1], p->out + chunk * w->columns * w->size, w->columns * w->size);
}

static void run_row(const product_walk *w, char *scratch, intptr_t pieces) {
    row_plan p = {.walk = w, .pieces = pieces, .out = scratch};
    pool_run(run_row_piece, &p, pieces, matmul_cost(w));
    join_rows(w, scratch, pieces, w->columns);
    memcpy(w->out, scratch, (size_t)(w->columns * w->size));
}

static void run_kernel(const product_walk *w) {
    matmul_plan p = {.walk = w, .matrices = results_of(w)};
    const intptr_t work = MAXIMUM(1, w->inner * w->columns * w->rows);
    if (work <= CHUNK_WORK) {
        p.group = MINIMUM(p.matrices, CHUNK_WORK / work);
        pool_run(run_matrices, &p, ceiling_divide(p.matrices, p.group), matmul_cost(w));
    } else {
        cut(&p);
        pool_run(run_block, &p, p.matrices * p.blocks * p.spans, matmul_cost(w));
    }
}

/* --- matmul by BLAS: a chunk is a tile of one matrix, or a piece of its sums -------------------------------------- */

typedef struct {
    const product_walk *walk;
    bool square; /* a @ a.T: tiles above the diagonal, which are mirrored, and on it */
    intptr_t matrices;
    intptr_t row_cuts, column_cuts, inner_cuts; /* pieces of a matrix */
    intptr_t tiles;                             /* of a matrix */
    char *out;                                  /* of the pieces of sums, one after another */
} blas_plan;

/* Into how many pieces to cut a side. BLAS reads the other operand again for each: the relative time of that grows with
 * pieces / side, that of threads which wait at the end falls with 1 / pieces. So there are twice as many pieces for a
 * side four times as long. Two pay from twice TILE_WORK on. */
static intptr_t count_pieces(intptr_t side, intptr_t balance, double work) {
    intptr_t pieces = 1;
    while (2 * pieces <= side && work >= 2.0 * TILE_WORK * (double)pieces &&
           (pieces == 1 || side / (4 * balance * pieces) >= pieces))
        pieces *= 2;
    return pieces;
}

/* Is it a product with its own transpose? The operands say so by where they lie. */
static bool is_square(const product_walk *w) {
    const intptr_t *a_steps = w->a_strides, *b_steps = w->b_strides;
    bool same = w->a == w->b && w->rows == w->columns && a_steps[w->rank] == b_steps[w->rank + 1] &&
                a_steps[w->rank + 1] == b_steps[w->rank];
    for (int i = 0; i < w->rank; i++) same = same && (w->batch[i] == 1 || a_steps[i] == b_steps[i]);
    return same;
}

/* Cuts a matrix further, until no tile is so long that nobody could interrupt it. */
static void cut_for_signals(blas_plan *p, double work) {
    const product_walk *w = p->walk;
    while (work > TILE_MOST * (double)p->row_cuts * (double)p->column_cuts) {
        const intptr_t rows = w->rows / p->row_cuts, columns = w->columns / p->column_cuts;
        if (MAXIMUM(rows, columns) < 2) return;
        if (p->square || rows >= columns) p->row_cuts *= 2;
        if (p->square || rows < columns) p->column_cuts *= 2;
    }
}

static blas_plan plan_blas(const product_walk *w) {
    blas_plan p = {.walk = w, .square = is_square(w), .matrices = results_of(w), .out = w->out};
    p.row_cuts = p.column_cuts = p.inner_cuts = 1;
    const double work = (double)w->rows * (double)w->inner * (double)w->columns;
    const intptr_t longer = MAXIMUM(w->rows, w->columns);
    const bool is_shared = p.matrices >= MANY_MATRICES; /* without cutting any */
    if (w->inner >= DEEP * longer && p.matrices == 1) {
        p.inner_cuts = count_pieces(w->inner / (DEEP / 2 * longer), 1, work);
    } else if (p.square && !is_shared) {
        if (w->rows >= 2 * SQUARE_BALANCE) p.row_cuts = count_pieces(w->rows, SQUARE_BALANCE, work);
        p.column_cuts = p.row_cuts;
    } else if (w->rows >= w->columns / WIDE && !is_shared) {
        p.row_cuts = count_pieces(w->rows, ROW_BALANCE, work);
    } else if (!is_shared) {
        p.column_cuts = count_pieces(w->columns, COLUMN_BALANCE, work);
    }
    if (work > TILE_MOST * (double)p.inner_cuts) p.inner_cuts = 1;
    if (p.inner_cuts == 1) cut_for_signals(&p, work);
    p.tiles = p.square ? p.row_cuts * (p.row_cuts + 1) / 2 : p.row_cuts * p.column_cuts;
    return p;
}

/* Row and column of a tile. Of a square those above the diagonal come first: they are twice the work. */
static void place_tile(const blas_plan *p, intptr_t tile, intptr_t *row, intptr_t *column) {
    *row = tile / p->column_cuts, *column = tile % p->column_cuts;
    if (!p->square) return;
    for (*row = 0; *row < p->row_cuts; tile -= p->row_cuts - ++*row) {
        *column = *row + 1 + tile;
        if (*column < p->column_cuts) return;
    }
    *row = *column = tile;
}

static void run_tile(void *context, intptr_t chunk) {
    const blas_plan *p = context;
    const product_walk *w = p->walk;
    const intptr_t matrix = chunk / p->tiles, size = w->size, out_row = w->columns * size;
    const intptr_t *a_steps = w->a_strides + w->rank, *b_steps = w->b_strides + w->rank;
    const odometer at = operands_at(w, w->rank, matrix);
    intptr_t i, j;
    place_tile(p, chunk % p->tiles, &i, &j);
    const intptr_t row = piece_start(w->rows, p->row_cuts, i), column = piece_start(w->columns, p->column_cuts, j);
    const intptr_t rows = piece_start(w->rows, p->row_cuts, i + 1) - row;
    const intptr_t columns = piece_start(w->columns, p->column_cuts, j + 1) - column;
    const char *a = w->a + at.offset[0] + row * a_steps[0], *b = w->b + at.offset[1] + column * b_steps[1];
    char *matrix_out = w->out + matrix * w->rows * out_row, *out = matrix_out + row * out_row + column * size;
    if (p->square && i == j) {
        blas_square(w->dtype, rows, w->inner, a, w->a_layout, out, out_row);
        return;
    }
    blas_product(w->dtype, rows, w->inner, columns, a, w->a_layout, b, w->b_layout, out, out_row);
    if (p->square) blas_mirror(w->dtype, rows, columns, out, matrix_out + column * out_row + row * size, out_row);
}

/* The whole matrix, from some of the products: the others are added by join_rows. */
static void run_sums(void *context, intptr_t chunk) {
    const blas_plan *p = context;
    const product_walk *w = p->walk;
    const intptr_t out_row = w->columns * w->size, first = piece_start(w->inner, p->inner_cuts, chunk);
    const intptr_t inner = piece_start(w->inner, p->inner_cuts, chunk + 1) - first;
    const char *a = w->a + first * w->a_strides[w->rank + 1], *b = w->b + first * w->b_strides[w->rank];
    char *out = p->out + chunk * w->rows * out_row;
    if (p->square)
        blas_square(w->dtype, w->rows, inner, a, w->a_layout, out, out_row);
    else
        blas_product(w->dtype, w->rows, inner, w->columns, a, w->a_layout, b, w->b_layout, out, out_row);
}

size_t matmul_scratch(const product_walk *w) {
    if (!w->by_blas) {
        const intptr_t pieces = count_row_pieces(w);
        return pieces == 1 ? 0 : (size_t)(pieces * w->columns * w->size);
    }
    const blas_plan p = plan_blas(w);
    return p.inner_cuts == 1 ? 0 : (size_t)(p.inner_cuts * w->rows * w->columns * w->size);
}

static void run_blas(const product_walk *w, char *scratch) {
    blas_plan p = plan_blas(w);
    if (p.inner_cuts == 1) {
        pool_run(run_tile, &p, p.matrices * p.tiles, matmul_cost(w));
        return;
    }
    p.out = scratch;
    pool_run(run_sums, &p, p.inner_cuts, matmul_cost(w));
    join_rows(w, scratch, p.inner_cuts, w->rows * w->columns);
    memcpy(w->out, scratch, (size_t)(w->rows * w->columns * w->size));
}

void matmul_run(const product_walk *w, char *scratch) {
    if (results_of(w) == 0 || w->rows == 0 || w->columns == 0) return;
    if (w->by_blas)
        run_blas(w, scratch);
    else if (count_row_pieces(w) > 1)
        run_row(w, scratch, count_row_pieces(w));
    else
        run_kernel(w);
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
        join_rows(w, p.out, p.blocks, results_of(w));
        memcpy(w->out, p.out, (size_t)(results_of(w) * w->size));
        return;
    }
    p.out = w->out;
    p.block = MINIMUM(p.rows, MAXIMUM(1, PIECE / MAXIMUM(1, w->inner)));
    p.blocks = ceiling_divide(p.rows, p.block);
    pool_run(run_dots, &p, p.lines * p.blocks, vecdot_cost(w));
}

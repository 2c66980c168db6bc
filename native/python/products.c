/* The module's functions for sums of products, matmul and vecdot: batches, chunks and threads. No arithmetic here. */
#include "../memory.h"
#include "../pool.h"
#include "kernels/table.h"
#include "compute.h"
#include "elements.h"

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

/* Two operands with the same leading dimensions, and their own steps through them. */
typedef struct {
    matrix_kernel *kernel;
    int rank; /* of the batch */
    intptr_t batch[RANK_MAX], rows, inner, columns, size;
    const char *a, *b;
    intptr_t a_strides[RANK_MAX], b_strides[RANK_MAX]; /* the batch's, then the matrix's or the vector's */
    char *out;
    intptr_t matrices, group; /* matrices a chunk */
    intptr_t block, blocks;   /* rows a chunk, such blocks a matrix */
    intptr_t span, spans;     /* columns a chunk, such spans a matrix */
    const table_entry *add;
} product;

static intptr_t ceiling(intptr_t a, intptr_t b) { return (a + b - 1) / b; }

/* a and b at one index of the batch, to be moved on from there. */
typedef struct {
    intptr_t index[RANK_MAX];
    const char *a, *b;
} place;

static place find_place(const product *p, intptr_t number) {
    place at;
    at.a = p->a;
    at.b = p->b;
    for (int i = p->rank - 1; i >= 0; i--) {
        at.index[i] = number % p->batch[i];
        at.a += at.index[i] * p->a_strides[i];
        at.b += at.index[i] * p->b_strides[i];
        number /= p->batch[i];
    }
    return at;
}

static void move_on(const product *p, place *at) {
    for (int i = p->rank - 1; i >= 0; i--) {
        at->a += p->a_strides[i];
        at->b += p->b_strides[i];
        if (++at->index[i] < p->batch[i]) return;
        at->index[i] = 0;
        at->a -= p->batch[i] * p->a_strides[i];
        at->b -= p->batch[i] * p->b_strides[i];
    }
}

/* --- arguments ---------------------------------------------------------------------------------------------------- */

/* Reads (memory, offset, strides) of one operand, whose strides are the batch's and `own` more. */
static const char *read_operand(const product *p, PyObject *const *arguments, int own, const intptr_t *shape,
                                intptr_t *strides) {
    const memory_object *memory = as_memory(arguments[0]);
    intptr_t offset;
    if (memory == NULL || !as_count(arguments[1], &offset)) return NULL;
    const int rank = as_counts(arguments[2], strides);
    if (rank < 0) return NULL;
    if (rank != p->rank + own) {
        PyErr_Format(PyExc_ValueError, "_native: %d strides of an operand, not %d", rank, p->rank + own);
        return NULL;
    }
    if (!check_extent(memory, offset, rank, shape, strides, p->size)) return NULL;
    return memory->data + offset;
}

/* Reads the dtype and the batch, and finds the kernel. */
static bool read_batch(product *p, long operation, PyObject *dtype, PyObject *batch, int own) {
    int code;
    if (!as_dtype(dtype, &code)) return false;
    const table_entry *entry = table_find(operation, code);
    p->rank = as_counts(batch, p->batch);
    if (p->rank < 0) return false;
    if (entry == NULL || p->rank + own > RANK_MAX) {
        PyErr_SetString(PyExc_ValueError, "_native: wants a numeric dtype, and a batch of fewer dimensions");
        return false;
    }
    p->kernel = entry->matrix;
    p->size = dtype_facts[code].size;
    p->add = table_find(OPERATION_add, code);
    p->matrices = 1;
    for (int i = 0; i < p->rank; i++) {
        if (__builtin_mul_overflow(p->matrices, p->batch[i], &p->matrices)) p->matrices = -1;
    }
    return true;
}

static void run(pool_task *task, product *p, intptr_t chunks, double multiplications) {
    const double microseconds = multiplications * (double)p->size / 64000.0;
    if (microseconds < RELEASE_FROM) {
        pool_run(task, p, chunks, microseconds);
        return;
    }
    Py_BEGIN_ALLOW_THREADS pool_run(task, p, chunks, microseconds);
    Py_END_ALLOW_THREADS
}

/* --- matmul: a chunk is some matrices, or some rows of one -------------------------------------------------------- */

static void run_matrices(void *context, intptr_t chunk) {
    const product *p = context;
    const intptr_t first = chunk * p->group, last = MINIMUM(first + p->group, p->matrices);
    const intptr_t row = p->columns * p->size;
    const intptr_t *a_steps = p->a_strides + p->rank, *b_steps = p->b_strides + p->rank;
    place at = find_place(p, first);
    for (intptr_t matrix = first; matrix < last; matrix++) {
        p->kernel(p->rows, p->inner, p->columns, at.a, a_steps[0], a_steps[1], at.b, b_steps[0], b_steps[1],
                  p->out + matrix * p->rows * row, row);
        move_on(p, &at);
    }
}

static void run_block(void *context, intptr_t chunk) {
    const product *p = context;
    const intptr_t column = chunk % p->spans * p->span, first = chunk / p->spans % p->blocks * p->block;
    const intptr_t matrix = chunk / p->spans / p->blocks, row = p->columns * p->size;
    const intptr_t *a_steps = p->a_strides + p->rank, *b_steps = p->b_strides + p->rank;
    const place at = find_place(p, matrix);
    p->kernel(MINIMUM(p->block, p->rows - first), p->inner, MINIMUM(p->span, p->columns - column),
              at.a + first * a_steps[0], a_steps[0], a_steps[1], at.b + column * b_steps[1], b_steps[0], b_steps[1],
              p->out + (matrix * p->rows + first) * row + column * p->size, row);
}

/* Cuts a matrix into blocks of rows and spans of columns. */
static void cut(product *p) {
    const intptr_t row_work = MAXIMUM(1, p->inner * p->columns);
    /* Quarters at least, so that few threads share evenly. */
    const intptr_t even = MINIMUM(CHUNK_ROWS, ceiling(p->rows, 4)), worth = ceiling(CHUNK_WORK, row_work);
    p->block = MINIMUM(p->rows, ceiling(MAXIMUM(even, worth), TILE_ROWS) * TILE_ROWS);
    const intptr_t least = p->rows <= FEW_ROWS ? STRIPE : CHUNK_COLUMNS;
    p->span =
        MINIMUM(p->columns, ceiling(MAXIMUM(least, CHUNK_WORK / MAXIMUM(1, p->block * p->inner)), STRIPE) * STRIPE);
    p->blocks = ceiling(p->rows, p->block);
    p->spans = ceiling(p->columns, p->span);
}

PyObject *native_matmul(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    product p;
    if (!check_arguments("matmul", count, 11) || !read_batch(&p, OPERATION_matmul, arguments[0], arguments[1], 2) ||
        !as_count(arguments[2], &p.rows) || !as_count(arguments[3], &p.inner) || !as_count(arguments[4], &p.columns))
        return NULL;
    intptr_t shape[RANK_MAX], results;
    memcpy(shape, p.batch, sizeof(intptr_t) * (size_t)p.rank);
    shape[p.rank] = p.rows;
    shape[p.rank + 1] = p.inner;
    p.a = read_operand(&p, arguments + 5, 2, shape, p.a_strides);
    if (p.a == NULL) return NULL;
    shape[p.rank] = p.inner;
    shape[p.rank + 1] = p.columns;
    p.b = read_operand(&p, arguments + 8, 2, shape, p.b_strides);
    if (p.b == NULL) return NULL;
    if (__builtin_mul_overflow(p.rows, p.columns, &results) || __builtin_mul_overflow(results, p.matrices, &results))
        results = -1;
    memory_object *out = memory_new_array(results, p.size);
    if (out == NULL || results == 0) return (PyObject *)out;
    p.out = out->data;
    const intptr_t work = MAXIMUM(1, p.inner * p.columns * p.rows);
    if (work <= CHUNK_WORK) {
        p.group = MINIMUM(p.matrices, CHUNK_WORK / work);
        run(run_matrices, &p, ceiling(p.matrices, p.group), (double)results * (double)p.inner);
    } else {
        cut(&p);
        run(run_block, &p, p.matrices * p.blocks * p.spans, (double)results * (double)p.inner);
    }
    return (PyObject *)out;
}

/* --- vecdot: the last dimension of the batch is the kernel's rows ------------------------------------------------- */

/* Some dots of one line. */
static void run_dots(void *context, intptr_t chunk) {
    const product *p = context;
    const intptr_t line = chunk / p->blocks, first = chunk % p->blocks * p->block;
    const int last = p->rank; /* beyond the dimensions of find_place: the line's own */
    const place at = find_place(p, line);
    p->kernel(MINIMUM(p->block, p->rows - first), p->inner, 1, at.a + first * p->a_strides[last], p->a_strides[last],
              p->a_strides[last + 1], at.b + first * p->b_strides[last], p->b_strides[last], p->b_strides[last + 1],
              p->out + (line * p->rows + first) * p->size, p->size);
}

/* One piece of all the dots of a line: partial sums, a row of them for every piece. */
static void run_piece(void *context, intptr_t chunk) {
    const product *p = context;
    const intptr_t piece = chunk % p->blocks, line = chunk / p->blocks, first = piece * PIECE;
    const int last = p->rank;
    const place at = find_place(p, line);
    p->kernel(p->rows, MINIMUM(PIECE, p->inner - first), 1, at.a + first * p->a_strides[last + 1], p->a_strides[last],
              p->a_strides[last + 1], at.b + first * p->b_strides[last + 1], p->b_strides[last], p->b_strides[last + 1],
              p->out + (piece * p->matrices + line) * p->rows * p->size, p->size);
}

/* Adds the rows of partial sums pairwise into the first. */
static void join_pieces(const product *p) {
    const intptr_t results = p->matrices * p->rows, row = results * p->size;
    for (intptr_t distance = 1; distance < p->blocks; distance *= 2) {
        for (intptr_t piece = 0; piece + distance < p->blocks; piece += 2 * distance) {
            char *into = p->out + piece * row;
            const tile t = {.rows = 1,
                            .columns = results,
                            .data = {into, into, into + distance * row},
                            .step = {p->size, p->size, p->size}};
            p->add->elementwise(&t);
        }
    }
}

PyObject *native_vecdot(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    product p;
    if (!check_arguments("vecdot", count, 9) || !read_batch(&p, OPERATION_vecdot, arguments[0], arguments[1], 1) ||
        !as_count(arguments[2], &p.inner))
        return NULL;
    intptr_t shape[RANK_MAX];
    memcpy(shape, p.batch, sizeof(intptr_t) * (size_t)p.rank);
    shape[p.rank] = p.inner;
    p.a = read_operand(&p, arguments + 3, 1, shape, p.a_strides);
    if (p.a == NULL) return NULL;
    p.b = read_operand(&p, arguments + 6, 1, shape, p.b_strides);
    if (p.b == NULL) return NULL;
    const intptr_t results = p.matrices;
    memory_object *out = memory_new_array(results, p.size);
    if (out == NULL || results == 0) return (PyObject *)out;
    if (p.rank == 0) { /* one dot: a line of one */
        p.a_strides[1] = p.a_strides[0];
        p.b_strides[1] = p.b_strides[0];
        p.a_strides[0] = p.b_strides[0] = 0;
        p.rows = 1;
    } else {
        p.rank--;
        p.rows = p.batch[p.rank];
    }
    p.matrices = results / p.rows;
    const double work = (double)results * (double)p.inner;
    if (results <= FEW_DOTS && p.inner > 2 * PIECE) {
        p.blocks = ceiling(p.inner, PIECE);
        size_t capacity = 0;
        p.out = memory_allocate((size_t)(p.blocks * results * p.size), &capacity);
        if (p.out == NULL) {
            Py_DECREF(out);
            return PyErr_NoMemory();
        }
        run(run_piece, &p, p.matrices * p.blocks, work);
        join_pieces(&p);
        memcpy(out->data, p.out, (size_t)(results * p.size));
        memory_release(p.out, capacity);
        return (PyObject *)out;
    }
    p.out = out->data;
    p.block = MINIMUM(p.rows, MAXIMUM(1, PIECE / MAXIMUM(1, p.inner)));
    p.blocks = ceiling(p.rows, p.block);
    run(run_dots, &p, p.matrices * p.blocks, work);
    return (PyObject *)out;
}

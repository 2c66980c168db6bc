/* Evenly spaced numbers: blocks that stay in the first-level cache go from kernel to kernel, and only the last one
 * writes to the result. What an element is depends on its position alone, not on blocks and threads. */
#include "walks/ranges.h"

#include "dtypes.h"
#include "pool.h"
#include "workspace.h"
#include "kernels/table.h"

enum { BLOCK = 512 /* elements: two blocks of the largest are 16 KiB */ };

typedef struct {
    const range_walk *walk;
    intptr_t size, out_size, chunk; /* chunk: elements, whole blocks */
    elementwise_kernel *add, *multiply, *convert;
    bool is_stepped, is_converted;
    bool is_counted; /* the elements are their positions, and fill one block at most */
    bool is_exact; /* no product or sum is rounded: the multiples of one block, and a number added, are those of all */
} range_job;

static elementwise_kernel *kernel_of(long operation, int dtype) { return table_find(operation, dtype)->elementwise; }

/* out = a op *b */
static void apply(elementwise_kernel *kernel, intptr_t n, intptr_t size, void *out, const void *a, const void *b) {
    const tile t = {.rows = 1, .columns = n, .data = {out, (char *)a, (char *)b}, .step = {size, size, 0}};
    kernel(&t);
}

/* A position as an element. */
static void store_position(int dtype, intptr_t position, void *out) {
    switch (dtype) {
#define STORE(A, T)              \
    case CODE_##T:               \
        *(T *)out = (T)position; \
        break;
        INTEGER(STORE, )
    case CODE_f64:
        *(f64 *)out = (f64)position;
        break;
    default:
        *(c128 *)out = (c128){(f64)position, 0};
    }
}

static void number_positions(int dtype, intptr_t first, intptr_t count, void *out) {
    switch (dtype) {
#define NUMBER(A, T)                                                               \
    case CODE_##T:                                                                 \
        for (i32 i = 0; i < (i32)count; i++) ((T *)out)[i] = (T)((T)first + (T)i); \
        break;
        INTEGER(NUMBER, )
    case CODE_f64:
        for (i32 i = 0; i < (i32)count; i++) ((f64 *)out)[i] = (f64)first + (f64)i;
        break;
    default:
        for (i32 i = 0; i < (i32)count; i++) ((c128 *)out)[i] = (c128){(f64)first + (f64)i, 0};
    }
}

/* Numbers that have been computed, to the result. */
static void convert_block(const range_job *job, intptr_t n, const char *numbers, char *out) {
    if (!job->is_converted) return;
    const tile t = {.rows = 1, .columns = n, .data = {out, (char *)numbers}, .step = {job->out_size, job->size}};
    job->convert(&t);
}

/* Elements first .. last - 1 as the multiples of one block, plus the number where each block begins. */
static void write_exact(const range_job *job, intptr_t first, intptr_t last, char *multiples, char *scratch) {
    const range_walk *w = job->walk;
    if (job->is_counted) { /* a short range from 0 by 1 */
        char *numbers = job->is_converted ? scratch : w->out;
        number_positions(w->compute, 0, last, numbers);
        convert_block(job, last, numbers, w->out);
        return;
    }
    _Alignas(16) char origin[ELEMENT_MAX];
    number_positions(w->compute, 0, MINIMUM(BLOCK, last - first), multiples);
    if (job->is_stepped) apply(job->multiply, MINIMUM(BLOCK, last - first), job->size, multiples, multiples, w->step);
    for (intptr_t place = first; place < last; place += BLOCK) {
        const intptr_t n = MINIMUM(BLOCK, last - place);
        char *out = w->out + place * job->out_size, *numbers = job->is_converted ? scratch : out;
        store_position(w->compute, place, origin);
        apply(job->multiply, 1, job->size, origin, origin, w->step);
        apply(job->add, 1, job->size, origin, origin, w->start);
        apply(job->add, n, job->size, numbers, multiples, origin);
        convert_block(job, n, numbers, out);
    }
}

/* Elements first .. last - 1, each from its own position. */
static void write_rounded(const range_job *job, intptr_t first, intptr_t last, char *positions, char *scratch) {
    const range_walk *w = job->walk;
    _Alignas(16) char block[ELEMENT_MAX];
    store_position(w->compute, BLOCK, block);
    number_positions(w->compute, first, MINIMUM(BLOCK, last - first), positions);
    for (intptr_t place = first; place < last; place += BLOCK) {
        const intptr_t n = MINIMUM(BLOCK, last - place);
        char *out = w->out + place * job->out_size, *numbers = job->is_converted ? scratch : out;
        if (place > first) apply(job->add, n, job->size, positions, positions, block);
        apply(job->multiply, n, job->size, numbers, positions, w->step);
        apply(job->add, n, job->size, numbers, numbers, w->start);
        convert_block(job, n, numbers, out);
    }
}

static void run_chunk(void *context, intptr_t number) {
    const range_job *job = context;
    const intptr_t first = number * job->chunk, last = MINIMUM(first + job->chunk, job->walk->count);
    char *block = workspace_take();
    (job->is_exact ? write_exact : write_rounded)(job, first, last, block, block + BLOCK * sizeof(c128));
    workspace_give(block);
}

static double element_cost(const range_walk *w) {
    return table_find(OPERATION_add, w->compute)->cost + table_find(OPERATION_multiply, w->compute)->cost +
           table_find(OPERATION_to_b8 + w->dtype, w->compute)->cost;
}

double range_cost(const range_walk *w) { return element_cost(w) * (double)w->count; }

static bool is_whole(f64 x) {
    const f64 limit = 0x1p53;
    return x > -limit && x < limit && x == (f64)(i64)x;
}

/* Integers wrap around; floats are whole numbers, and no multiple and no sum has more than 53 bits. */
static bool is_exact(const range_walk *w) {
    if (w->compute == CODE_c128) return false;
    if (w->compute != CODE_f64) return true;
    const f64 start = *(const f64 *)w->start, step = *(const f64 *)w->step;
    return is_whole(start) && is_whole(step) && __builtin_fabs(start) + (f64)w->count * __builtin_fabs(step) < 0x1p53;
}

/* Also not -0.0, though a sum with it would be the same. */
static bool is_zero(const char *element, intptr_t size) {
    static const char zero[ELEMENT_MAX];
    return memcmp(element, zero, (size_t)size) == 0;
}

void range_run(const range_walk *w) {
    if (w->count == 0) return;
    range_job job = {.walk = w, .size = dtype_facts[w->compute].size, .out_size = dtype_facts[w->dtype].size};
    job.add = kernel_of(OPERATION_add, w->compute);
    job.multiply = kernel_of(OPERATION_multiply, w->compute);
    job.convert = kernel_of(OPERATION_to_b8 + w->dtype, w->compute);
    job.is_converted = w->dtype != w->compute;
    job.is_exact = is_exact(w);
    _Alignas(16) char one[ELEMENT_MAX];
    store_position(w->compute, 1, one);
    job.is_stepped = memcmp(one, w->step, (size_t)job.size) != 0;
    job.is_counted = w->count <= BLOCK && job.is_exact && !job.is_stepped && is_zero(w->start, job.size);
    job.chunk = MAXIMUM(chunk_elements(element_cost(w)) / BLOCK, 1) * BLOCK;
    const intptr_t chunks = ceiling_divide(w->count, job.chunk);
    if (chunks == 1)
        run_chunk(&job, 0);
    else
        pool_run(run_chunk, &job, chunks, range_cost(w));
}

/* Walks of Fourier transforms: how many lines make a block, which are shared among threads, and long lines in two
 * halves. No arithmetic here.
 *
 * Lines of up to BLOCK_LENGTH_MAX elements are transformed within blocks (kernels/fourier). Longer ones, and few short
 * ones, are matrices: their columns are transformed, multiplied by roots, and then their rows, each a batch of lines.
 * The choice follows from the sizes alone, and every line is computed for itself: threads change no bits. */
#include "walks/fourier.h"

#include "pool.h"
#include "workspace.h"

enum { GROUP_BYTES = 4 << 20 }; /* between the transforms of columns and those of rows */
enum { FEW_ELEMENTS = 128 };    /* of a line that is not worth two transforms */

static intptr_t lines_of(const transform_walk *w) { return VECTOR_BYTES / dtype_facts[w->dtype].size; }
static intptr_t half_of(const transform_walk *w) { return w->n / 2 + 1; }

intptr_t fourier_length(const transform_walk *w) { return w->mode == TRANSFORM_to_half ? half_of(w) : w->n; }

static bool is_along_inner(const transform_walk *w) {
    return w->inner > 1 && (w->inner >= lines_of(w) || w->inner >= w->outer);
}

/* Is a line taken apart into two lengths? */
static bool is_divided(const transform_walk *w) {
    intptr_t rows, columns;
    if (w->n > BLOCK_LENGTH_MAX) return true;
    const intptr_t lines = is_along_inner(w) ? w->inner : w->outer;
    if (w->n < FEW_ELEMENTS || 2 * lines > lines_of(w)) return false;
    return plan_divide(w->n, &rows, &columns) && 4 * rows >= lines_of(w);
}

/* The length of what is transformed in a block: of an even number of real elements, pairs. */
static intptr_t block_length(const transform_walk *w) {
    return w->mode >= TRANSFORM_to_half && w->n % 2 == 0 ? w->n / 2 : w->n;
}

bool fourier_take(transform_walk *w) {
    w->first = w->second = w->two = w->half = NULL;
    if (is_divided(w)) {
        w->two = plan_take(PLAN_two, w->dtype, w->n);
        if (w->two == NULL) return false;
        w->first = plan_take(PLAN_block, w->dtype, w->two->rows);
        w->second = plan_take(PLAN_block, w->dtype, w->two->columns);
        return w->first != NULL && w->second != NULL;
    }
    const intptr_t length = block_length(w);
    w->first = plan_take(PLAN_block, w->dtype, length);
    if (length != w->n) w->half = plan_take(PLAN_half, w->dtype, w->n);
    return w->first != NULL && (length == w->n || w->half != NULL);
}

void fourier_give(transform_walk *w) {
    transform_plan *const plans[] = {w->first, w->second, w->two, w->half};
    for (int i = 0; i < 4; i++) {
        if (plans[i] != NULL) plan_give(plans[i]);
    }
}

double fourier_cost(const transform_walk *w) {
    const double lines = (double)w->outer * (double)w->inner;
    const double weight = w->two != NULL ? w->first->weight + w->second->weight + 6 : w->first->weight + 3;
    return lines * (double)(w->two != NULL ? w->n : w->first->n) * weight * w->cost;
}

/* All steps of a transform; returns where the result is, one of the two blocks. */
static char *run_steps(const transform_kernels *kernel, const transform_plan *plan, char *block, char *other) {
    intptr_t stride = 1, rest = plan->n;
    for (int step = 0; step < plan->steps; step++) {
        const intptr_t radix = plan->radices[step];
        rest /= radix;
        kernel->pass(other, block, radix, rest, stride, plan->roots);
        stride *= radix;
        char *const swapped = block;
        block = other, other = swapped;
    }
    return block;
}

/* Takes two blocks, with room for an element more than the longest line has. */
static char *take_blocks(char **other) {
    char *block = workspace_take();
    *other = block + (BLOCK_LENGTH_MAX + 1) * 2 * VECTOR_BYTES;
    return block;
}
_Static_assert(2 * (BLOCK_LENGTH_MAX + 1) * 2 * VECTOR_BYTES <= WORKSPACE_BYTES, "a workspace holds two blocks");

/* --- lines within blocks ------------------------------------------------------------------------------------------ */

typedef struct {
    const transform_walk *walk;
    bool along_inner;
    intptr_t blocks, lines, chunk; /* blocks beside one another, of so many lines in all; blocks a chunk */
} block_job;

/* Zeros for what the input lacks. */
static void pad_block(char *block, intptr_t loaded, intptr_t wanted) {
    if (loaded < wanted) memset(block + loaded * 2 * VECTOR_BYTES, 0, (size_t)((wanted - loaded) * 2 * VECTOR_BYTES));
}

static void load_block(const transform_walk *w, const char *in, intptr_t step, intptr_t line_step, intptr_t lines,
                       char *block) {
    const intptr_t size = dtype_facts[w->dtype].size;
    const intptr_t wanted = w->mode == TRANSFORM_from_half ? half_of(w) : w->n;
    const intptr_t count = MINIMUM(w->own, wanted);
    const char *const other = w->is_real ? NULL : in + size;
    if (w->mode == TRANSFORM_to_half && w->half != NULL) { /* pairs; of an odd number the last has one element */
        w->kernel->load(block, in, in + step, 2 * step, line_step, count / 2, lines);
        if (count % 2 == 1)
            w->kernel->load(block + count / 2 * 2 * VECTOR_BYTES, in + (count - 1) * step, NULL, step, line_step, 1,
                            lines);
        pad_block(block, ceiling_divide(count, 2), wanted / 2);
        return;
    }
    if (w->mode == TRANSFORM_backward)
        w->kernel->load(block, other, in, step, line_step, count, lines);
    else
        w->kernel->load(block, in, other, step, line_step, count, lines);
    pad_block(block, count, wanted);
    if (w->mode == TRANSFORM_from_half) {
        if (w->half != NULL)
            w->kernel->join(block, w->n / 2, w->half->roots);
        else
            w->kernel->mirror(block, w->n);
    }
}

static void store_block(const transform_walk *w, char *block, char *out, intptr_t step, intptr_t line_step,
                        intptr_t lines) {
    const intptr_t size = dtype_facts[w->dtype].size;
    const transform_kernels *k = w->kernel;
    if (w->mode == TRANSFORM_from_half && w->half != NULL)
        k->store(block, out + step, out, 2 * step, line_step, w->n / 2, lines, w->factor);
    else if (w->mode == TRANSFORM_from_half)
        k->store(block, out, NULL, step, line_step, w->n, lines, w->factor);
    else if (w->mode == TRANSFORM_backward)
        k->store(block, out + size, out, step, line_step, w->n, lines, w->factor);
    else {
        if (w->half != NULL) k->split(block, w->n / 2, w->half->roots);
        k->store(block, out, out + size, step, line_step, fourier_length(w), lines, w->factor);
    }
}

/* Bytes of an element of the input and of the result. */
static intptr_t in_size(const transform_walk *w) { return dtype_facts[w->dtype].size * (w->is_real ? 1 : 2); }
static intptr_t out_size(const transform_walk *w) {
    return dtype_facts[w->dtype].size * (w->mode == TRANSFORM_from_half ? 1 : 2);
}

static void run_blocks(void *context, intptr_t chunk) {
    const block_job *job = context;
    const transform_walk *w = job->walk;
    const intptr_t most = lines_of(w), steps[2] = {w->inner * in_size(w), w->inner * out_size(w)};
    const intptr_t rows[2] = {w->own * steps[0], fourier_length(w) * steps[1]};
    const intptr_t total = job->blocks * (job->along_inner ? w->outer : w->inner);
    char *other, *block = take_blocks(&other);
    for (intptr_t i = chunk * job->chunk; i < MINIMUM(total, (chunk + 1) * job->chunk); i++) {
        const intptr_t first = i % job->blocks * most, place = i / job->blocks;
        const intptr_t row = job->along_inner ? place : first, column = job->along_inner ? first : place;
        const intptr_t lines = MINIMUM(most, job->lines - first);
        const char *in = w->in + row * rows[0] + column * in_size(w);
        char *out = w->out + row * rows[1] + column * out_size(w);
        load_block(w, in, steps[0], job->along_inner ? in_size(w) : rows[0], lines, block);
        char *done = run_steps(w->kernel, w->first, block, other);
        store_block(w, done, out, steps[1], job->along_inner ? out_size(w) : rows[1], lines);
    }
    workspace_give(block);
}

static void run_short(const transform_walk *w) {
    const bool along_inner = is_along_inner(w);
    const intptr_t lines = along_inner ? w->inner : w->outer, blocks = ceiling_divide(lines, lines_of(w));
    const intptr_t total = blocks * (along_inner ? w->outer : w->inner);
    const double cost = fourier_cost(w);
    const intptr_t chunk = MAXIMUM(1, (intptr_t)(CHUNK_COST / (cost / (double)total)));
    block_job job = {w, along_inner, blocks, lines, chunk};
    pool_run(run_blocks, &job, ceiling_divide(total, chunk), cost);
}

/* --- lines in two lengths ----------------------------------------------------------------------------------------- */

/* Does a line of the input lack elements, or is it the half of one? */
static bool is_completed(const transform_walk *w) { return w->mode == TRANSFORM_from_half || w->own < w->n; }

/* A group of lines whose columns are done; behind it, complex and dense, those that have to be completed first. */
size_t fourier_scratch(transform_walk *w) {
    const intptr_t size = 2 * dtype_facts[w->dtype].size;
    if (w->two == NULL) return 0;
    w->group = MAXIMUM(1, MINIMUM(w->outer * w->inner, GROUP_BYTES / (w->n * size)));
    return (size_t)(w->group * w->n * size) * (is_completed(w) ? 2 : 1);
}

typedef struct {
    const transform_walk *walk;
    intptr_t first;  /* the group's first line */
    intptr_t blocks; /* of a line */
    char *whole, *between;
} group_job;

static const char *input_line(const transform_walk *w, intptr_t line) {
    return w->in + (line / w->inner * w->own * w->inner + line % w->inner) * in_size(w);
}

/* Copies a line, conjugated where it is the half of one, and adds what is missing. */
static void complete_line(void *context, intptr_t line) {
    const group_job *job = context;
    const transform_walk *w = job->walk;
    const intptr_t size = dtype_facts[w->dtype].size, step = w->inner * in_size(w), whole = 2 * size;
    const bool is_half = w->mode == TRANSFORM_from_half;
    const intptr_t count = MINIMUM(w->own, is_half ? half_of(w) : w->n);
    const char *in = input_line(w, job->first + line);
    char *to = job->whole + line * w->n * whole;
    memset(to, 0, (size_t)(w->n * whole));
    for (intptr_t i = 0; i < count; i++) memcpy(to + i * whole, in + i * step, (size_t)in_size(w));
    if (!is_half) return;
    memset(to + size, 0, (size_t)size);
    for (intptr_t i = 1; i < count; i++) {
        char *near = to + i * whole, *far = to + (w->n - i) * whole;
        memcpy(far, near, (size_t)whole);
        if (near == far)
            memset(near + size, 0, (size_t)size);
        else
            near[whole - 1] ^= (char)0x80; /* the sign of the imaginary part: little-endian machines */
    }
}

/* A block of columns of a line. */
static void run_columns(void *context, intptr_t chunk) {
    const group_job *job = context;
    const transform_walk *w = job->walk;
    const transform_plan *plan = w->two;
    const intptr_t size = dtype_facts[w->dtype].size, line = chunk / job->blocks, block_number = chunk % job->blocks;
    const intptr_t column = block_number * lines_of(w), lines = MINIMUM(lines_of(w), plan->columns - column);
    const bool is_real = w->is_real && job->whole == NULL;
    const intptr_t step = job->whole != NULL ? 2 * size : w->inner * in_size(w);
    const char *in = job->whole != NULL ? job->whole + line * w->n * 2 * size : input_line(w, job->first + line);
    in += column * step;
    const char *const im = is_real ? NULL : in + size;
    const bool is_backward = w->mode == TRANSFORM_backward;
    char *other, *block = take_blocks(&other);
    w->kernel->load(block, is_backward ? im : in, is_backward ? in : im, plan->columns * step, step, plan->rows, lines);
    char *done = run_steps(w->kernel, w->first, block, other);
    w->kernel->twist(done, plan->rows, plan->roots + block_number * plan->rows * 2 * size, plan->line_roots);
    char *out = job->between + (line * w->n + column * plan->rows) * 2 * size;
    w->kernel->store(done, out, out + size, 2 * size, plan->rows * 2 * size, plan->rows, lines, 1);
    workspace_give(block);
}

/* A block of rows of a line: row i is what is left of every rowth result. */
static void run_rows(void *context, intptr_t chunk) {
    const group_job *job = context;
    const transform_walk *w = job->walk;
    const transform_plan *plan = w->two;
    const intptr_t size = dtype_facts[w->dtype].size, line = chunk / job->blocks,
                   row = chunk % job->blocks * lines_of(w);
    const intptr_t lines = MINIMUM(lines_of(w), plan->rows - row), place = job->first + line;
    const char *in = job->between + (line * w->n + row) * 2 * size;
    const intptr_t step = w->inner * out_size(w);
    char *out = w->out + (place / w->inner * fourier_length(w) * w->inner + place % w->inner) * out_size(w);
    char *other, *block = take_blocks(&other);
    w->kernel->load(block, in, in + size, plan->rows * 2 * size, 2 * size, plan->columns, lines);
    const char *done = run_steps(w->kernel, w->second, block, other);
    const bool is_backward = w->mode == TRANSFORM_backward;
    char *re = out + row * step, *im = w->mode == TRANSFORM_from_half ? NULL : re + size;
    const intptr_t length = fourier_length(w), whole = length / plan->rows;
    w->kernel->store(done, is_backward ? im : re, is_backward ? re : im, plan->rows * step, step, whole, lines,
                     w->factor);
    const intptr_t rest = MINIMUM(lines, length - whole * plan->rows - row); /* of half a spectrum */
    if (rest > 0)
        w->kernel->store(done + whole * 2 * VECTOR_BYTES, re + whole * plan->rows * step,
                         im + whole * plan->rows * step, plan->rows * step, step, 1, rest, w->factor);
    workspace_give(block);
}

/* Frequency 0 and the highest one of an even number of real elements are real: what rounding left is taken away. */
static void clear_ends(const transform_walk *w) {
    const intptr_t size = out_size(w), step = w->inner * size, length = fourier_length(w);
    for (intptr_t line = 0; line < w->outer * w->inner; line++) {
        char *im = w->out + (line / w->inner * length * w->inner + line % w->inner) * size + size / 2;
        memset(im, 0, (size_t)size / 2);
        if (w->n % 2 == 0) memset(im + (length - 1) * step, 0, (size_t)size / 2);
    }
}

static void run_long(const transform_walk *w) {
    const intptr_t total = w->outer * w->inner, bytes = w->group * w->n * 2 * dtype_facts[w->dtype].size;
    const double cost = fourier_cost(w) / 2 / (double)total;
    group_job job = {.walk = w, .between = w->between};
    if (is_completed(w)) job.whole = w->between + bytes;
    for (job.first = 0; job.first < total; job.first += w->group) {
        const intptr_t lines = MINIMUM(w->group, total - job.first);
        if (job.whole != NULL) pool_run(complete_line, &job, lines, w->cost * (double)(lines * w->n));
        job.blocks = ceiling_divide(w->two->columns, lines_of(w));
        pool_run(run_columns, &job, lines * job.blocks, cost * (double)lines);
        job.blocks = ceiling_divide(w->two->rows, lines_of(w));
        pool_run(run_rows, &job, lines * job.blocks, cost * (double)lines);
    }
    if (w->mode == TRANSFORM_to_half) clear_ends(w);
}

void fourier_run(transform_walk *w) {
    if (w->two != NULL)
        run_long(w);
    else
        run_short(w);
}

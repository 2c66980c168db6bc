/* Plans of Fourier transforms: factors, roots of unity, and the plans that are kept. No transforms here. */
#include "walks/plans.h"

#include <stdlib.h>

#include "kernels/table.h"

/* A longer prime factor takes more than the transforms of twice its length that NumPy makes of it. */
enum { RADIX_MAX = 64, KEPT = 16, ROOTS_BLOCK = 128 };

static intptr_t lines_of(int dtype) { return VECTOR_BYTES / dtype_facts[dtype].size; }

/* --- lengths ------------------------------------------------------------------------------------------------------ */

static intptr_t largest_factor(intptr_t n) {
    intptr_t largest = 1;
    for (intptr_t factor = 2; factor * factor <= n; factor++) {
        for (; n % factor == 0; n /= factor) largest = factor;
    }
    return MAXIMUM(largest, n);
}

bool plan_divide(intptr_t n, intptr_t *rows, intptr_t *columns) {
    const intptr_t limit = (intptr_t)BLOCK_LENGTH_MAX * BLOCK_LENGTH_MAX;
    if (n > limit || largest_factor(n) > RADIX_MAX) return false;
    *rows = 0;
    for (intptr_t factor = 2; factor * factor <= n; factor++) {
        if (n % factor == 0) *rows = factor;
    }
    *columns = *rows == 0 ? 0 : n / *rows;
    return *rows > 0 && *columns <= BLOCK_LENGTH_MAX;
}

bool plan_exists(intptr_t n) {
    intptr_t rows, columns;
    return n <= BLOCK_LENGTH_MAX ? largest_factor(n) <= RADIX_MAX : plan_divide(n, &rows, &columns);
}

/* Fours first: they take the fewest operations. An odd radix r costs as r / 8 steps of radix 4. */
static void find_steps(transform_plan *plan) {
    intptr_t rest = plan->n;
    for (intptr_t radix = 4; rest > 1; radix = radix == 4 ? 2 : radix == 3 ? 5 : radix + 1) {
        for (; rest % radix == 0; rest /= radix) {
            plan->radices[plan->steps++] = radix;
            plan->weight += radix <= 5 ? 1 : (double)radix / 4;
        }
    }
}

/* --- roots of unity ----------------------------------------------------------------------------------------------- */

static void run_kernel(enum operation_code operation, f64 *to, const f64 *from, intptr_t n) {
    const tile t = {.rows = 1, .columns = n, .data = {(char *)to, (char *)from}, .step = {sizeof(f64), sizeof(f64)}};
    table_find(operation, CODE_f64)->elementwise(&t);
}

/* Writes exp(-2 pi i (first + k step) / n) for k < count, from angles of an eighth of a turn at most. */
static void fill_roots(int dtype, char *to, intptr_t n, intptr_t first, intptr_t step, intptr_t count, intptr_t to_step,
                       intptr_t part_step) {
    f64 angles[ROOTS_BLOCK], sines[ROOTS_BLOCK], cosines[ROOTS_BLOCK];
    int turns[ROOTS_BLOCK]; /* quarters of a turn, and 4 where the angle is that to the next one */
    for (intptr_t start = 0; start < count; start += ROOTS_BLOCK) {
        const intptr_t block = MINIMUM((intptr_t)ROOTS_BLOCK, count - start);
        for (intptr_t k = 0; k < block; k++) {
            const intptr_t position = (first + (start + k) * step) % n * 4, rest = position % n;
            const bool is_far = 2 * rest > n;
            turns[k] = (int)(position / n) + (is_far ? 4 : 0);
            angles[k] = (is_far ? n - rest : rest) * (1.57079632679489661923 / (f64)n);
        }
        run_kernel(OPERATION_sin, sines, angles, block);
        run_kernel(OPERATION_cos, cosines, angles, block);
        for (intptr_t k = 0; k < block; k++, to += to_step) {
            const f64 c = turns[k] < 4 ? cosines[k] : sines[k], s = turns[k] < 4 ? sines[k] : cosines[k];
            const f64 re[4] = {c, -s, -c, s}, im[4] = {-s, -c, s, c};
            const int quarter = turns[k] % 4;
            if (dtype == CODE_f32)
                *(f32 *)to = (f32)re[quarter], *(f32 *)(to + part_step) = (f32)im[quarter];
            else
                *(f64 *)to = re[quarter], *(f64 *)(to + part_step) = im[quarter];
        }
    }
}

static void fill_tables(transform_plan *plan) {
    const intptr_t size = dtype_facts[plan->dtype].size, lines = lines_of(plan->dtype), n = plan->n;
    if (plan->kind != PLAN_two) {
        fill_roots(plan->dtype, plan->roots, n, 0, 1, plan->kind == PLAN_block ? n : n / 4 + 1, 2 * size, size);
        return;
    }
    char *to = plan->roots;
    for (intptr_t column = 0; column < plan->columns; column += lines, to += plan->rows * 2 * size)
        fill_roots(plan->dtype, to, n, 0, column, plan->rows, 2 * size, size);
    to = plan->line_roots;
    for (intptr_t row = 0; row < plan->rows; row++, to += 2 * VECTOR_BYTES)
        fill_roots(plan->dtype, to, n, 0, row, lines, size, VECTOR_BYTES);
}

static transform_plan *make_plan(enum plan_kind kind, int dtype, intptr_t n) {
    const intptr_t size = dtype_facts[dtype].size, lines = lines_of(dtype);
    intptr_t rows = 0, columns = 0, first = 0, roots = kind == PLAN_block ? n : n / 4 + 1;
    if (kind == PLAN_two) {
        if (!plan_divide(n, &rows, &columns)) return NULL;
        first = rows * 2 * VECTOR_BYTES;
        roots = ceiling_divide(columns, lines) * rows;
    }
    const intptr_t head = ceiling_divide(sizeof(transform_plan), CACHE_LINE) * CACHE_LINE;
    const intptr_t bytes = ceiling_divide(head + first + roots * 2 * size, CACHE_LINE) * CACHE_LINE;
    transform_plan *plan = aligned_alloc(CACHE_LINE, (size_t)bytes);
    if (plan == NULL) return NULL;
    *plan = (transform_plan){.kind = kind, .dtype = dtype, .n = n, .users = 1, .rows = rows, .columns = columns};
    plan->line_roots = (char *)plan + head;
    plan->roots = plan->line_roots + first;
    if (kind == PLAN_block) find_steps(plan);
    fill_tables(plan);
    return plan;
}

/* --- the plans that are kept, the last one in front --------------------------------------------------------------- */

static transform_plan *kept[KEPT];

transform_plan *plan_take(enum plan_kind kind, int dtype, intptr_t n) {
    int place = 0;
    while (place < KEPT - 1 && kept[place] != NULL &&
           (kept[place]->kind != kind || kept[place]->dtype != dtype || kept[place]->n != n))
        place++;
    transform_plan *plan = kept[place];
    if (plan == NULL || plan->kind != kind || plan->dtype != dtype || plan->n != n) {
        plan = make_plan(kind, dtype, n);
        if (plan == NULL) return NULL;
        if (kept[place] != NULL) plan_give(kept[place]);
    }
    memmove(kept + 1, kept, sizeof *kept * (size_t)place);
    kept[0] = plan;
    plan->users++;
    return plan;
}

void plan_give(transform_plan *plan) {
    if (--plan->users == 0) free(plan);
}

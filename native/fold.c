/* Reductions over any dimensions and strides: groups, chunks, threads, and the tree that joins them. No arithmetic
 * here.
 *
 * The reduced elements of one result are cut into units: stretches of the innermost reduced dimension ("along"), or
 * blocks of its rows, for a whole strip of results at once, where the kept dimension is the contiguous one ("across").
 *
 *      along:  result = [....][....][..]        across:  results  r r r r r r
 *                        unit  unit  unit                 unit    . . . . . .
 *                                                                 . . . . . .
 *                                                         unit    . . . . . .
 *
 * Consecutive units form a group, which one thread reduces, joining units pairwise; the groups of a result are joined
 * pairwise at the end. Units and groups depend on the sizes alone, so the bits do not depend on the threads. */
#include "fold.h"

#include "pool.h"

enum {
    GROUP = 1 << 15,        /* elements a group, about */
    BLOCK_ROWS = 32,        /* rows a unit when reducing across */
    STRIP_BYTES = 16 << 10, /* of accumulators: a third of a first-level cache */
    ACCUMULATOR_MAX = 32,
    LEVELS = 48, /* of the binary counter that joins the units of a group */
};

typedef struct {
    const fold *fold;
    bool across;
    intptr_t lines;   /* results, or strips of results when reducing across */
    intptr_t width;   /* results a line: 1 along */
    intptr_t strips;  /* a row of results, across */
    intptr_t outer;   /* reduced indices but for the innermost dimension */
    intptr_t inner;   /* elements of the innermost reduced dimension */
    intptr_t stretch; /* of those in a unit */
    intptr_t pieces;  /* units an outer index */
    intptr_t group_units;
    intptr_t groups;      /* a line */
    intptr_t chunk_lines; /* lines a chunk, where a line is one group */
    char *partial;        /* [groups][results] accumulators, where a line has several */
    intptr_t results;
} plan;

static intptr_t count_of(const fold_dimensions *d) {
    intptr_t count = 1;
    for (int i = 0; i < d->rank; i++) count *= d->shape[i];
    return count;
}

static intptr_t magnitude(intptr_t value) { return value < 0 ? -value : value; }
static intptr_t ceiling(intptr_t a, intptr_t b) { return (a + b - 1) / b; }

/* The last kept dimension is the contiguous one, and wide enough to be worth a strip. */
static bool goes_across(const fold *f) {
    if (f->kept.rank == 0 || f->reduced.rank == 0) return false;
    const intptr_t kept = magnitude(f->kept.strides[f->kept.rank - 1]);
    const intptr_t reduced = magnitude(f->reduced.strides[f->reduced.rank - 1]);
    return kept < reduced || (kept == reduced && f->reduced.shape[f->reduced.rank - 1] < 8);
}

static plan make_plan(const fold *f) {
    plan p = {.fold = f, .across = goes_across(f), .results = count_of(&f->kept), .outer = 1, .inner = 1};
    for (int i = 0; i < f->reduced.rank - 1; i++) p.outer *= f->reduced.shape[i];
    if (f->reduced.rank > 0) p.inner = f->reduced.shape[f->reduced.rank - 1];
    const intptr_t reduced = p.outer * p.inner;
    intptr_t unit;
    if (p.across) {
        const intptr_t row = f->kept.shape[f->kept.rank - 1];
        const intptr_t strip = STRIP_BYTES / MAXIMUM(f->kernels->size, f->in_size);
        p.strips = ceiling(row, strip);
        p.width = ceiling(row, p.strips);
        p.lines = p.results / row * p.strips;
        p.stretch = BLOCK_ROWS;
        unit = MINIMUM(p.inner, p.stretch) * p.width;
    } else {
        p.strips = 1;
        p.width = 1;
        p.lines = p.results;
        p.stretch = GROUP;
        unit = MINIMUM(p.inner, p.stretch);
    }
    p.pieces = ceiling(p.inner, p.stretch);
    p.group_units = MAXIMUM(1, GROUP / MAXIMUM(1, unit));
    p.groups = ceiling(p.outer * p.pieces, p.group_units);
    p.chunk_lines = MAXIMUM(1, GROUP / MAXIMUM(1, reduced * p.width));
    return p;
}

static const char *address(const char *data, const fold_dimensions *d, int rank, intptr_t index) {
    for (int i = rank - 1; i >= 0 && index > 0; i--) {
        data += index % d->shape[i] * d->strides[i];
        index /= d->shape[i];
    }
    return data;
}

/* Where a line begins: its input, its output and how many results it has. */
typedef struct {
    const char *in;
    char *out;
    intptr_t first, width; /* results */
} line;

static line find_line(const plan *p, intptr_t number) {
    const fold *f = p->fold;
    line found = {.in = f->in, .out = f->out, .first = number, .width = 1};
    int rank = f->kept.rank;
    intptr_t index = number;
    if (p->across) {
        const intptr_t row = f->kept.shape[rank - 1];
        const intptr_t column = number % p->strips * p->width;
        index = number / p->strips;
        rank--;
        found.first = index * row + column;
        found.width = MINIMUM(p->width, row - column);
        found.in += column * f->kept.strides[rank];
        found.out += column * f->out_strides[rank];
    }
    for (int i = rank - 1; i >= 0 && index > 0; i--) {
        const intptr_t at = index % f->kept.shape[i];
        found.in += at * f->kept.strides[i];
        found.out += at * f->out_strides[i];
        index /= f->kept.shape[i];
    }
    return found;
}

static intptr_t unit_step(const plan *p) {
    return p->fold->reduced.rank == 0 ? p->fold->in_size : p->fold->reduced.strides[p->fold->reduced.rank - 1];
}

/* Reduces one group of a line into `accumulators`: several units are joined pairwise, as a binary counter adds. */
static void run_along(const plan *p, const line *l, intptr_t first, intptr_t last, char *accumulator) {
    const fold *f = p->fold;
    const fold_kernels *k = f->kernels;
    const intptr_t step = unit_step(p);
    _Alignas(VECTOR_BYTES) char waiting[LEVELS][ACCUMULATOR_MAX];
    int depth = 0;
    intptr_t done = 0;
    for (intptr_t unit = first; unit < last; unit++, done++) {
        const intptr_t begin = unit % p->pieces * p->stretch;
        const char *in = address(l->in, &f->reduced, f->reduced.rank - 1, unit / p->pieces) + begin * step;
        char *into = waiting[depth];
        k->run(in, MINIMUM(p->stretch, p->inner - begin), step, into);
        for (intptr_t bits = done; bits & 1; bits >>= 1) {
            k->merge(waiting[depth - 1], waiting[depth], 1);
            depth--;
        }
        depth++;
    }
    while (--depth > 0) k->merge(waiting[depth - 1], waiting[depth], 1);
    memcpy(accumulator, waiting[0], (size_t)k->size);
}

/* As run_along, for a strip. A group has few units unless the strip is narrow; then they are joined in two levels. */
static void run_across(const plan *p, const line *l, intptr_t first, intptr_t last, char *accumulators) {
    const fold *f = p->fold;
    const fold_kernels *k = f->kernels;
    const intptr_t row_step = unit_step(p), step = f->kept.strides[f->kept.rank - 1];
    _Alignas(VECTOR_BYTES) char unit_total[STRIP_BYTES], many_total[STRIP_BYTES];
    enum { MANY = 32 }; /* units added one after the other before their sum is added to the group's */
    bool group_begun = false;
    for (intptr_t unit = first; unit < last;) {
        const intptr_t stop = MINIMUM(last, unit + MANY);
        char *many = group_begun ? many_total : accumulators;
        bool many_begun = false;
        for (; unit < stop; unit++) {
            const intptr_t begin = unit % p->pieces * p->stretch;
            const char *in = address(l->in, &f->reduced, f->reduced.rank - 1, unit / p->pieces) + begin * row_step;
            char *into = many_begun ? unit_total : many;
            k->across(in, MINIMUM(p->stretch, p->inner - begin), row_step, l->width, step, into);
            if (many_begun) k->merge(many, unit_total, l->width);
            many_begun = true;
        }
        if (group_begun) k->merge(accumulators, many_total, l->width);
        group_begun = true;
    }
}

static void run_group(const plan *p, const line *l, intptr_t group, char *accumulators) {
    const intptr_t first = group * p->group_units, last = MINIMUM(first + p->group_units, p->outer * p->pieces);
    if (p->across)
        run_across(p, l, first, last, accumulators);
    else
        run_along(p, l, first, last, accumulators);
}

static intptr_t finish_step(const plan *p) {
    return p->across ? p->fold->out_strides[p->fold->kept.rank - 1] : p->fold->out_size;
}

/* A chunk where lines have one group: some whole lines. */
static void run_lines(void *context, intptr_t chunk) {
    const plan *p = context;
    const fold *f = p->fold;
    _Alignas(VECTOR_BYTES) char accumulators[STRIP_BYTES];
    const intptr_t last = MINIMUM((chunk + 1) * p->chunk_lines, p->lines);
    for (intptr_t number = chunk * p->chunk_lines; number < last; number++) {
        const line l = find_line(p, number);
        run_group(p, &l, 0, accumulators);
        f->kernels->finish(accumulators, l.width, p->outer * p->inner, l.out, finish_step(p));
    }
}

/* A chunk where lines have several groups: one of them. */
static void run_partial(void *context, intptr_t chunk) {
    const plan *p = context;
    const intptr_t group = chunk % p->groups;
    const line l = find_line(p, chunk / p->groups);
    run_group(p, &l, group, p->partial + (group * p->results + l.first) * p->fold->kernels->size);
}

/* Joins the groups of all results, pairwise, and writes the results. */
static void join_groups(const plan *p) {
    const fold *f = p->fold;
    const fold_kernels *k = f->kernels;
    const intptr_t row = p->results * k->size;
    for (intptr_t distance = 1; distance < p->groups; distance *= 2) {
        for (intptr_t group = 0; group + distance < p->groups; group += 2 * distance)
            k->merge(p->partial + group * row, p->partial + (group + distance) * row, p->results);
    }
    for (intptr_t number = 0; number < p->lines; number++) {
        const line l = find_line(p, number);
        k->finish(p->partial + l.first * k->size, l.width, p->outer * p->inner, l.out, finish_step(p));
    }
}

/* Nothing to reduce: every result is that of no elements. */
static void run_empty(const plan *p) {
    _Alignas(VECTOR_BYTES) char accumulator[ACCUMULATOR_MAX];
    p->fold->kernels->run(p->fold->in, 0, p->fold->in_size, accumulator);
    for (intptr_t number = 0; number < p->lines; number++) {
        const line l = find_line(p, number);
        for (intptr_t j = 0; j < l.width; j++)
            p->fold->kernels->finish(accumulator, 1, 0, l.out + j * finish_step(p), finish_step(p));
    }
}

size_t fold_scratch(const fold *f) {
    const plan p = make_plan(f);
    return p.groups > 1 ? (size_t)(p.groups * p.results * f->kernels->size) : 0;
}

double fold_microseconds(const fold *f) {
    return (double)(count_of(&f->kept) * count_of(&f->reduced) * f->in_size) / 20000.0; /* at 20 GB/s */
}

void fold_run(const fold *f, char *scratch) {
    plan p = make_plan(f);
    p.partial = scratch;
    if (p.results == 0) return;
    if (p.outer * p.inner == 0) {
        run_empty(&p);
    } else if (p.groups == 1) {
        const intptr_t chunks = ceiling(p.lines, p.chunk_lines);
        if (chunks == 1)
            run_lines(&p, 0);
        else
            pool_run(run_lines, &p, chunks, fold_microseconds(f));
    } else {
        pool_run(run_partial, &p, p.lines * p.groups, fold_microseconds(f));
        join_groups(&p);
    }
}

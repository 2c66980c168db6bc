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
 * Where the elements of a result are so few that a call of the kernel would cost more than they do, one call reduces a
 * strip of results side by side, each by the operations of `along`.
 *
 * Consecutive units form a group, which one thread reduces, joining units pairwise; the groups of a result are joined
 * pairwise at the end. Units and groups depend on the sizes alone, so the bits do not depend on the threads. */
#include "walks/reduce.h"

#include "pool.h"
#include "walks/odometer.h"
#include "workspace.h"

enum {
    GROUP = REDUCE_SMALL,   /* elements a group, about */
    BLOCK_ROWS = 32,        /* rows a unit when reducing across */
    STRIP_BYTES = 16 << 10, /* of accumulators: a third of a first-level cache */
    ACCUMULATOR_MAX = 32,
    FEW = 8,     /* results that are not worth a kernel for many */
    LEVELS = 48, /* of the binary counter that joins the units of a group */
};

/* How the elements of a result lie in memory, and those of its neighbours. */
enum way {
    ALONG,        /* by itself */
    ACROSS,       /* with neighbours that are closer than its own elements */
    SIDE_BY_SIDE, /* short, with neighbours */
};

/* Accumulators of a strip, of which a stack may have no room for three. */
typedef struct {
    _Alignas(VECTOR_BYTES) char unit[STRIP_BYTES], many[STRIP_BYTES], group[STRIP_BYTES];
} totals;

typedef struct {
    const reduce_walk *walk;
    enum way way;
    intptr_t lines;   /* results, or strips of results unless reducing along */
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

static intptr_t count_of(const reduce_dimensions *d) { return count_elements(d->rank, d->shape); }

/* The last kept dimension is the contiguous one, and wide enough to be worth a strip. */
static bool goes_across(const reduce_walk *w) {
    if (w->kept.rank == 0 || w->reduced.rank == 0 || w->kept.shape[w->kept.rank - 1] == 1) return false;
    const intptr_t kept = magnitude(w->kept.strides[w->kept.rank - 1]);
    const intptr_t reduced = magnitude(w->reduced.strides[w->reduced.rank - 1]);
    return kept < reduced || (kept == reduced && w->reduced.shape[w->reduced.rank - 1] < 8);
}

static enum way choose_way(const reduce_walk *w) {
    if (goes_across(w)) return ACROSS;
    const bool is_short = w->reduced.rank == 1 && w->reduced.shape[0] <= w->kernels->short_line;
    return is_short && w->kept.rank > 0 && w->kept.shape[w->kept.rank - 1] >= FEW ? SIDE_BY_SIDE : ALONG;
}

static plan make_plan(const reduce_walk *w) {
    plan p = {.walk = w, .way = choose_way(w), .results = count_of(&w->kept), .outer = 1, .inner = 1};
    for (int i = 0; i < w->reduced.rank - 1; i++) p.outer *= w->reduced.shape[i];
    if (w->reduced.rank > 0) p.inner = w->reduced.shape[w->reduced.rank - 1];
    const intptr_t reduced = p.outer * p.inner;
    intptr_t unit;
    if (p.way != ALONG) {
        const intptr_t row = w->kept.shape[w->kept.rank - 1];
        const intptr_t strip = STRIP_BYTES / MAXIMUM(w->kernels->size, w->in_size);
        p.strips = ceiling_divide(row, strip);
        p.width = ceiling_divide(row, p.strips);
        p.lines = p.results / row * p.strips;
        p.stretch = p.way == ACROSS ? BLOCK_ROWS : p.inner;
        unit = MINIMUM(p.inner, p.stretch) * p.width;
    } else {
        p.strips = 1;
        p.width = 1;
        p.lines = p.results;
        p.stretch = GROUP;
        unit = MINIMUM(p.inner, p.stretch);
    }
    p.pieces = ceiling_divide(p.inner, p.stretch);
    p.group_units = MAXIMUM(1, GROUP / MAXIMUM(1, unit));
    p.groups = ceiling_divide(p.outer * p.pieces, p.group_units);
    p.chunk_lines = MAXIMUM(1, GROUP / MAXIMUM(1, reduced * p.width));
    return p;
}

/* Where a line begins: its input, its output and how many results it has. */
typedef struct {
    const char *in;
    char *out;
    intptr_t first, width; /* results */
} line;

/* Lines one after the other, without a division for each. */
typedef struct {
    odometer at; /* of the line; across, of the row of results that the line is a strip of */
    intptr_t number, strip;
} line_counter;

static void set_line(const plan *p, line_counter *c, intptr_t number) {
    const reduce_walk *w = p->walk;
    c->at.rank = w->kept.rank - (p->way == ALONG ? 0 : 1);
    c->at.operands = 2;
    c->at.shape = w->kept.shape;
    c->at.strides[0] = w->kept.strides;
    c->at.strides[1] = w->out_strides;
    odometer_set(&c->at, number / p->strips);
    c->number = number;
    c->strip = number % p->strips;
}

static void advance_line(const plan *p, line_counter *c) {
    c->number++;
    if (++c->strip < p->strips) return;
    c->strip = 0;
    odometer_advance(&c->at);
}

static line get_line(const plan *p, const line_counter *c) {
    const reduce_walk *w = p->walk;
    line found = {w->in + c->at.offset[0], w->out + c->at.offset[1], .first = c->number, .width = 1};
    if (p->way != ALONG) {
        const int last = w->kept.rank - 1;
        const intptr_t row = w->kept.shape[last], column = c->strip * p->width;
        found.first = c->number / p->strips * row + column;
        found.width = MINIMUM(p->width, row - column);
        found.in += column * w->kept.strides[last];
        found.out += column * w->out_strides[last];
    }
    return found;
}

static intptr_t unit_step(const plan *p) {
    return p->walk->reduced.rank == 0 ? p->walk->in_size : p->walk->reduced.strides[p->walk->reduced.rank - 1];
}

/* Where a unit of a line begins; `begin` is its place in the innermost reduced dimension. */
static const char *find_unit(const plan *p, const line *l, intptr_t unit, intptr_t begin) {
    const reduce_dimensions *reduced = &p->walk->reduced;
    const intptr_t outer = offset_of(reduced->rank - 1, reduced->shape, reduced->strides, unit / p->pieces);
    return l->in + outer + begin * unit_step(p);
}

static void run_unit(const plan *p, const line *l, intptr_t unit, char *accumulator) {
    const intptr_t begin = unit % p->pieces * p->stretch;
    p->walk->kernels->run(find_unit(p, l, unit, begin), MINIMUM(p->stretch, p->inner - begin), unit_step(p),
                          accumulator);
}

/* Reduces one group of a line into `accumulator`: several units are joined pairwise, as a binary counter adds. */
static void run_along(const plan *p, const line *l, intptr_t first, intptr_t last, char *accumulator) {
    const reduce_kernels *k = p->walk->kernels;
    if (last - first == 1) {
        run_unit(p, l, first, accumulator);
        return;
    }
    _Alignas(VECTOR_BYTES) char waiting[LEVELS][ACCUMULATOR_MAX];
    int depth = 0;
    intptr_t done = 0;
    for (intptr_t unit = first; unit < last; unit++, done++) {
        run_unit(p, l, unit, waiting[depth]);
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
static void run_across(const plan *p, const line *l, intptr_t first, intptr_t last, char *accumulators, totals *room) {
    const reduce_walk *w = p->walk;
    const reduce_kernels *k = w->kernels;
    const intptr_t row_step = unit_step(p), step = w->kept.strides[w->kept.rank - 1];
    enum { MANY = 32 }; /* units added one after the other before their sum is added to the group's */
    bool group_begun = false;
    for (intptr_t unit = first; unit < last;) {
        const intptr_t stop = MINIMUM(last, unit + MANY);
        char *many = group_begun ? room->many : accumulators;
        bool many_begun = false;
        for (; unit < stop; unit++) {
            const intptr_t begin = unit % p->pieces * p->stretch;
            const char *in = find_unit(p, l, unit, begin);
            char *into = many_begun ? room->unit : many;
            k->across(in, MINIMUM(p->stretch, p->inner - begin), row_step, l->width, step, into);
            if (many_begun) k->merge(many, room->unit, l->width);
            many_begun = true;
        }
        if (group_begun) k->merge(accumulators, room->many, l->width);
        group_begun = true;
    }
}

static void run_group(const plan *p, const line *l, intptr_t group, char *accumulators, totals *room) {
    const intptr_t first = group * p->group_units, last = MINIMUM(first + p->group_units, p->outer * p->pieces);
    if (p->way == SIDE_BY_SIDE)
        p->walk->kernels->lines(l->in, l->width, p->walk->kept.strides[p->walk->kept.rank - 1], p->inner, unit_step(p),
                                accumulators);
    else if (p->way == ACROSS)
        run_across(p, l, first, last, accumulators, room);
    else
        run_along(p, l, first, last, accumulators);
}

static intptr_t finish_step(const plan *p) {
    return p->way == ALONG ? p->walk->out_size : p->walk->out_strides[p->walk->kept.rank - 1];
}

/* A chunk where lines have one group: some whole lines. */
static void run_lines(void *context, intptr_t chunk) {
    const plan *p = context;
    const reduce_walk *w = p->walk;
    totals *room = workspace_take();
    const intptr_t last = MINIMUM((chunk + 1) * p->chunk_lines, p->lines);
    line_counter at; /* not initialised: its arrays are large */
    for (set_line(p, &at, chunk * p->chunk_lines); at.number < last; advance_line(p, &at)) {
        const line l = get_line(p, &at);
        run_group(p, &l, 0, room->group, room);
        w->kernels->finish(room->group, l.width, p->outer * p->inner, l.out, finish_step(p));
    }
    workspace_give(room);
}

/* A chunk where lines have several groups: one of them. */
static void run_partial(void *context, intptr_t chunk) {
    const plan *p = context;
    const intptr_t group = chunk % p->groups;
    line_counter at;
    set_line(p, &at, chunk / p->groups);
    const line l = get_line(p, &at);
    totals *room = workspace_take();
    run_group(p, &l, group, p->partial + (group * p->results + l.first) * p->walk->kernels->size, room);
    workspace_give(room);
}

/* Joins the groups of all results, pairwise, and writes the results. */
static void join_groups(const plan *p) {
    const reduce_walk *w = p->walk;
    const reduce_kernels *k = w->kernels;
    const intptr_t row = p->results * k->size;
    for (intptr_t distance = 1; distance < p->groups; distance *= 2) {
        for (intptr_t group = 0; group + distance < p->groups; group += 2 * distance)
            k->merge(p->partial + group * row, p->partial + (group + distance) * row, p->results);
    }
    line_counter at;
    for (set_line(p, &at, 0); at.number < p->lines; advance_line(p, &at)) {
        const line l = get_line(p, &at);
        k->finish(p->partial + l.first * k->size, l.width, p->outer * p->inner, l.out, finish_step(p));
    }
}

/* Where nothing changes what the first group of each line gives, the first groups are all. */
static bool ends_early(plan *p) {
    const reduce_kernels *k = p->walk->kernels;
    if (k->is_final == NULL || p->way != ALONG) return false;
    for (intptr_t number = 0; number < p->lines; number++) {
        run_partial(p, number * p->groups);
        if (!k->is_final(p->partial + number * k->size)) return false;
    }
    p->groups = 1;
    return true;
}

/* Nothing to reduce: every result is that of no elements. */
static void run_empty(const plan *p) {
    _Alignas(VECTOR_BYTES) char accumulator[ACCUMULATOR_MAX];
    p->walk->kernels->run(p->walk->in, 0, p->walk->in_size, accumulator);
    line_counter at;
    for (set_line(p, &at, 0); at.number < p->lines; advance_line(p, &at)) {
        const line l = get_line(p, &at);
        for (intptr_t j = 0; j < l.width; j++)
            p->walk->kernels->finish(accumulator, 1, 0, l.out + j * finish_step(p), finish_step(p));
    }
}

void reduce_small(const reduce_kernels *kernels, const char *in, intptr_t count, intptr_t step, char *out,
                  intptr_t out_size) {
    _Alignas(VECTOR_BYTES) char accumulator[ACCUMULATOR_MAX];
    kernels->run(in, count, step, accumulator);
    kernels->finish(accumulator, 1, count, out, out_size);
}

size_t reduce_scratch(const reduce_walk *w) {
    const plan p = make_plan(w);
    return p.groups > 1 ? (size_t)(p.groups * p.results * w->kernels->size) : 0;
}

double reduce_cost(const reduce_walk *w) {
    return (double)w->cost * (double)count_of(&w->kept) * (double)count_of(&w->reduced);
}

void reduce_run(const reduce_walk *w, char *scratch) {
    plan p = make_plan(w);
    p.partial = scratch;
    if (p.results == 0) return;
    if (p.outer * p.inner == 0) {
        run_empty(&p);
    } else if (p.groups == 1) {
        const intptr_t chunks = ceiling_divide(p.lines, p.chunk_lines);
        if (chunks == 1)
            run_lines(&p, 0);
        else
            pool_run(run_lines, &p, chunks, reduce_cost(w));
    } else {
        if (!ends_early(&p)) pool_run(run_partial, &p, p.lines * p.groups, reduce_cost(w));
        join_groups(&p);
    }
}

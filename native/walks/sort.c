/* Sorting along an axis: values, or ranks (the indices that sort); lines, pieces of long lines, and threads. How keys
 * are made and sorted is in kernels/.
 *
 * A line of at most PIECE elements is sorted by one thread. A longer one is sorted digit by digit, least significant
 * digit first: each pass counts the digits of every piece, and then moves every piece's keys to their places. What
 * comes out is determined: a sorted order, or the one stable permutation. */
#include "walks/sort.h"

#include <stdatomic.h>

#include "pool.h"

enum {
    PIECE = 1 << 17,
    DIGIT = 11 /* bits */,
    CHUNK = 1 << 13 /* elements of short lines that one thread sorts in a row */
};

static const key_kernels *keys_of(const sort_walk *w) { return w->ranks ? w->kernels->ranked : w->kernels->values; }

/* Values whose keys are as large as themselves are sorted where they are to lie. */
static bool in_place(const sort_walk *w) {
    return !w->ranks && w->lines.out_step == w->in_size && keys_of(w)->size == w->in_size;
}

static bool is_long(const sort_walk *w) { return w->lines.n > PIECE; }

static intptr_t chunk_lines(const sort_walk *w) { return MAXIMUM(1, CHUNK / MAXIMUM(1, w->lines.n)); }

/* What a line needs: room for its keys and for as many again. */
static size_t line_scratch(const sort_walk *w) {
    const size_t room = (size_t)w->lines.n * (size_t)keys_of(w)->size;
    return (room + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE * 2;
}

static intptr_t slots_of(const sort_walk *w) {
    if (is_long(w)) return 1;
    return MINIMUM(ceiling_divide(lines_count(&w->lines), chunk_lines(w)), pool_threads());
}

size_t sort_scratch(sort_walk *w) {
    w->slots = slots_of(w);
    size_t bytes = (size_t)w->slots * (line_scratch(w) + CACHE_LINE);
    if (is_long(w)) bytes += (size_t)ceiling_divide(w->lines.n, PIECE) * (sizeof(u64) + (sizeof(intptr_t) << DIGIT));
    return bytes;
}

/* Keys with an index are larger, and cost as much more to move. */
static double element_cost(const sort_walk *w) {
    return (double)w->cost * (double)keys_of(w)->size / (double)w->kernels->values->size;
}

double sort_cost(const sort_walk *w) { return element_cost(w) * (double)lines_count(&w->lines) * (double)w->lines.n; }

static void load(const sort_walk *w, const char *in, intptr_t first, intptr_t n, char *keys) {
    const lines *l = &w->lines;
    if (w->ranks)
        w->kernels->load_ranked(in + first * l->in_step, n, l->in_step, w->descending, first, keys);
    else
        w->kernels->load(in + first * l->in_step, n, l->in_step, w->descending, keys);
}

static void store(const sort_walk *w, const char *keys, intptr_t first, intptr_t n, char *out) {
    const lines *l = &w->lines;
    if (w->ranks)
        keys_of(w)->ranks(keys, n, out + first * l->out_step, l->out_step);
    else
        w->kernels->store(keys, n, w->descending, out + first * l->out_step, l->out_step);
}

static int low_bit(const sort_walk *w) { return w->ranks ? w->kernels->index_bits : 0; }

static void sort_keys(const sort_walk *w, char *keys, char *room, intptr_t n) {
    keys_of(w)->sort(keys, room, n, low_bit(w), w->kernels->bits);
}

static void sort_line(const sort_walk *w, const char *in, char *out, char *scratch) {
    const lines *l = &w->lines;
    if (!w->ranks && w->kernels->count != NULL &&
        w->kernels->count(in, l->n, l->in_step, w->descending, out, l->out_step))
        return;
    char *keys = in_place(w) ? out : scratch;
    load(w, in, 0, l->n, keys);
    sort_keys(w, keys, scratch + line_scratch(w) / 2, l->n);
    store(w, keys, 0, l->n, out);
    if (!w->ranks && w->kernels->restore != NULL)
        w->kernels->restore(in, l->n, l->in_step, w->descending, out, l->out_step);
}

/* --- many lines -------------------------------------------------------------------------------------------------- */

typedef struct {
    const sort_walk *walk;
    char *scratch;
    _Atomic bool *taken; /* of the slots: one byte a cache line, after the slots' memory */
    intptr_t slots;
} batch;

static void run_lines(void *context, intptr_t chunk) {
    const batch *b = context;
    const sort_walk *w = b->walk;
    const intptr_t first = chunk * chunk_lines(w), last = MINIMUM(first + chunk_lines(w), lines_count(&w->lines));
    intptr_t slot = 0; /* no more chunks run at a time than there are slots */
    while (atomic_exchange_explicit(&b->taken[slot * CACHE_LINE], true, memory_order_acquire))
        slot = (slot + 1) % b->slots;
    odometer at = lines_at(&w->lines, first);
    for (intptr_t number = first; number < last; number++, odometer_advance(&at))
        sort_line(w, line_in(&w->lines, &at), line_out(&w->lines, &at), b->scratch + (size_t)slot * line_scratch(w));
    atomic_store_explicit(&b->taken[slot * CACHE_LINE], false, memory_order_release);
}

/* --- one long line ----------------------------------------------------------------------------------------------- */

typedef struct {
    const sort_walk *walk;
    const char *in;
    char *out, *from, *to;
    u64 *differences; /* of every piece */
    intptr_t *counts; /* of every piece: how often each digit comes, then where its next key goes */
    int shift;
} long_line;

static intptr_t piece_length(const sort_walk *w, intptr_t chunk) { return MINIMUM(PIECE, w->lines.n - chunk * PIECE); }

static void load_piece(void *context, intptr_t chunk) {
    const long_line *line = context;
    const sort_walk *w = line->walk;
    _Alignas(16) char reference[16];
    char *keys = line->from + chunk * PIECE * keys_of(w)->size;
    load(w, line->in, 0, 1, reference);
    load(w, line->in, chunk * PIECE, piece_length(w, chunk), keys);
    line->differences[chunk] = keys_of(w)->differences(keys, piece_length(w, chunk), reference, low_bit(w));
}

static void count_piece(void *context, intptr_t chunk) {
    const long_line *line = context;
    const key_kernels *k = keys_of(line->walk);
    k->count(line->from + chunk * PIECE * k->size, piece_length(line->walk, chunk), line->shift, DIGIT,
             line->counts + (chunk << DIGIT));
}

static void move_piece(void *context, intptr_t chunk) {
    const long_line *line = context;
    const key_kernels *k = keys_of(line->walk);
    k->move(line->from + chunk * PIECE * k->size, piece_length(line->walk, chunk), line->shift, DIGIT,
            line->counts + (chunk << DIGIT), line->to);
}

/* Counts to places: all keys with a smaller digit come before, then those of earlier pieces. */
static void find_places(const long_line *line, intptr_t pieces) {
    intptr_t place = 0;
    for (intptr_t digit = 0; digit < 1 << DIGIT; digit++) {
        for (intptr_t piece = 0; piece < pieces; piece++) {
            intptr_t *count = &line->counts[(piece << DIGIT) + digit];
            const intptr_t next = place + *count;
            *count = place;
            place = next;
        }
    }
}

static void store_piece(void *context, intptr_t chunk) {
    const long_line *line = context;
    const intptr_t first = chunk * PIECE;
    store(line->walk, line->from + first * keys_of(line->walk)->size, first, piece_length(line->walk, chunk),
          line->out);
}

static void sort_long_line(const sort_walk *w, const char *in, char *out, char *scratch) {
    const lines *l = &w->lines;
    if (!w->ranks && w->kernels->count != NULL &&
        w->kernels->count(in, l->n, l->in_step, w->descending, out, l->out_step))
        return;
    const intptr_t pieces = ceiling_divide(l->n, PIECE);
    const int passes = 2 + 2 * (int)ceiling_divide(w->kernels->bits, DIGIT); /* load and store; count and move */
    const double cost = element_cost(w) * (double)l->n / passes;
    long_line line = {.walk = w, .in = in, .out = out, .from = scratch};
    line.to = in_place(w) ? out : scratch + line_scratch(w) / 2;
    line.differences = (u64 *)(scratch + line_scratch(w));
    line.counts = (intptr_t *)(line.differences + pieces);
    pool_run(load_piece, &line, pieces, cost);
    if (pool_is_stopped()) return;
    u64 differences = 0;
    for (intptr_t piece = 0; piece < pieces; piece++) differences |= line.differences[piece];
    if (!keys_of(w)->is_ordered(line.from, l->n)) {
        for (int bit = 0; bit < w->kernels->bits; bit += DIGIT) {
            if ((differences >> bit & ((1 << DIGIT) - 1)) == 0) continue;
            line.shift = low_bit(w) + bit;
            pool_run(count_piece, &line, pieces, cost);
            if (pool_is_stopped()) return;
            find_places(&line, pieces);
            pool_run(move_piece, &line, pieces, cost);
            char *other = line.from;
            line.from = line.to;
            line.to = other;
        }
    }
    pool_run(store_piece, &line, pieces, cost);
    if (pool_is_stopped()) return;
    if (!w->ranks && w->kernels->restore != NULL)
        w->kernels->restore(in, l->n, l->in_step, w->descending, out, l->out_step);
}

void sort_run(const sort_walk *w, char *scratch) {
    const intptr_t count = lines_count(&w->lines);
    if (count == 0 || w->lines.n == 0) return;
    if (is_long(w)) {
        odometer at = lines_at(&w->lines, 0);
        for (intptr_t number = 0; number < count; number++, odometer_advance(&at))
            sort_long_line(w, line_in(&w->lines, &at), line_out(&w->lines, &at), scratch);
        return;
    }
    batch b = {.walk = w, .scratch = scratch, .slots = w->slots};
    b.taken = (_Atomic bool *)(scratch + (size_t)b.slots * line_scratch(w));
    for (intptr_t slot = 0; slot < b.slots; slot++) atomic_init(&b.taken[slot * CACHE_LINE], false);
    const intptr_t chunks = ceiling_divide(count, chunk_lines(w));
    if (chunks == 1)
        run_lines(&b, 0);
    else
        pool_run(run_lines, &b, chunks, sort_cost(w));
}

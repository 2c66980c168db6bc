/* Sorting along an axis: values, or ranks (the indices that sort); lines, pieces of long lines, and threads. How keys
 * are made and sorted is in kernels/.
 *
 * A line of at most PIECE elements is sorted by one thread. A longer one is sorted digit by digit, least significant
 * digit first: each pass counts the digits of every piece, and then moves every piece's keys to their places. What
 * comes out is determined: a sorted order, or the one stable permutation. */
#include "order.h"

#include <stdatomic.h>

#include "pool.h"

enum {
    PIECE = 1 << 17,
    DIGIT = 11 /* bits */,
    CHUNK = 1 << 13 /* elements of short lines that one thread sorts in a row */
};

static const key_kernels *keys_of(const order *o) { return o->ranks ? o->kernels->ranked : o->kernels->values; }

static intptr_t ceiling(intptr_t a, intptr_t b) { return (a + b - 1) / b; }

/* Values whose keys are as large as themselves are sorted where they are to lie. */
static bool in_place(const order *o) {
    return !o->ranks && o->lines.out_step == o->in_size && keys_of(o)->size == o->in_size;
}

static bool is_long(const order *o) { return o->lines.n > PIECE; }

static intptr_t chunk_lines(const order *o) { return MAXIMUM(1, CHUNK / MAXIMUM(1, o->lines.n)); }

/* What a line needs: room for its keys and for as many again. */
static size_t line_scratch(const order *o) {
    const size_t room = (size_t)o->lines.n * (size_t)keys_of(o)->size;
    return (room + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE * 2;
}

static intptr_t slots_of(const order *o) {
    if (is_long(o)) return 1;
    return MINIMUM(ceiling(lines_count(&o->lines), chunk_lines(o)), pool_threads());
}

size_t order_scratch(order *o) {
    o->slots = slots_of(o);
    size_t bytes = (size_t)o->slots * (line_scratch(o) + CACHE_LINE);
    if (is_long(o)) bytes += (size_t)ceiling(o->lines.n, PIECE) * (sizeof(u64) + (sizeof(intptr_t) << DIGIT));
    return bytes;
}

double order_microseconds(const order *o) {
    return (double)(lines_count(&o->lines) * o->lines.n) * (o->ranks ? 0.015 : 0.008);
}

static void load(const order *o, const char *in, intptr_t first, intptr_t n, char *keys) {
    const lines *l = &o->lines;
    if (o->ranks)
        o->kernels->load_ranked(in + first * l->in_step, n, l->in_step, o->descending, first, keys);
    else
        o->kernels->load(in + first * l->in_step, n, l->in_step, o->descending, keys);
}

static void store(const order *o, const char *keys, intptr_t first, intptr_t n, char *out) {
    const lines *l = &o->lines;
    if (o->ranks)
        keys_of(o)->ranks(keys, n, out + first * l->out_step, l->out_step);
    else
        o->kernels->store(keys, n, o->descending, out + first * l->out_step, l->out_step);
}

static int low_bit(const order *o) { return o->ranks ? o->kernels->index_bits : 0; }

static void sort_keys(const order *o, char *keys, char *room, intptr_t n) {
    keys_of(o)->sort(keys, room, n, low_bit(o), o->kernels->bits);
}

static void sort_line(const order *o, const char *in, char *out, char *scratch) {
    const lines *l = &o->lines;
    if (!o->ranks && o->kernels->count != NULL &&
        o->kernels->count(in, l->n, l->in_step, o->descending, out, l->out_step))
        return;
    char *keys = in_place(o) ? out : scratch;
    load(o, in, 0, l->n, keys);
    sort_keys(o, keys, scratch + line_scratch(o) / 2, l->n);
    store(o, keys, 0, l->n, out);
    if (!o->ranks && o->kernels->restore != NULL)
        o->kernels->restore(in, l->n, l->in_step, o->descending, out, l->out_step);
}

/* --- many lines -------------------------------------------------------------------------------------------------- */

typedef struct {
    const order *order;
    char *scratch;
    _Atomic bool *taken; /* of the slots: one byte a cache line, after the slots' memory */
    intptr_t slots;
} batch;

static void run_lines(void *context, intptr_t chunk) {
    const batch *b = context;
    const order *o = b->order;
    const intptr_t first = chunk * chunk_lines(o), last = MINIMUM(first + chunk_lines(o), lines_count(&o->lines));
    intptr_t slot = 0; /* no more chunks run at a time than there are slots */
    while (atomic_exchange_explicit(&b->taken[slot * CACHE_LINE], true, memory_order_acquire))
        slot = (slot + 1) % b->slots;
    for (intptr_t number = first; number < last; number++) {
        const char *in;
        char *out;
        lines_find(&o->lines, number, &in, &out);
        sort_line(o, in, out, b->scratch + (size_t)slot * line_scratch(o));
    }
    atomic_store_explicit(&b->taken[slot * CACHE_LINE], false, memory_order_release);
}

/* --- one long line ----------------------------------------------------------------------------------------------- */

typedef struct {
    const order *order;
    const char *in;
    char *out, *from, *to;
    u64 *differences; /* of every piece */
    intptr_t *counts; /* of every piece: how often each digit comes, then where its next key goes */
    int shift;
} long_line;

static intptr_t piece_length(const order *o, intptr_t chunk) { return MINIMUM(PIECE, o->lines.n - chunk * PIECE); }

static void load_piece(void *context, intptr_t chunk) {
    const long_line *line = context;
    const order *o = line->order;
    _Alignas(16) char reference[16];
    char *keys = line->from + chunk * PIECE * keys_of(o)->size;
    load(o, line->in, 0, 1, reference);
    load(o, line->in, chunk * PIECE, piece_length(o, chunk), keys);
    line->differences[chunk] = keys_of(o)->differences(keys, piece_length(o, chunk), reference, low_bit(o));
}

static void count_piece(void *context, intptr_t chunk) {
    const long_line *line = context;
    const key_kernels *k = keys_of(line->order);
    k->count(line->from + chunk * PIECE * k->size, piece_length(line->order, chunk), line->shift, DIGIT,
             line->counts + (chunk << DIGIT));
}

static void move_piece(void *context, intptr_t chunk) {
    const long_line *line = context;
    const key_kernels *k = keys_of(line->order);
    k->move(line->from + chunk * PIECE * k->size, piece_length(line->order, chunk), line->shift, DIGIT,
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
    store(line->order, line->from + first * keys_of(line->order)->size, first, piece_length(line->order, chunk),
          line->out);
}

static void sort_long_line(const order *o, const char *in, char *out, char *scratch) {
    const lines *l = &o->lines;
    if (!o->ranks && o->kernels->count != NULL &&
        o->kernels->count(in, l->n, l->in_step, o->descending, out, l->out_step))
        return;
    const intptr_t pieces = ceiling(l->n, PIECE);
    const double microseconds = order_microseconds(o) / (double)lines_count(l) / 8;
    long_line line = {.order = o, .in = in, .out = out, .from = scratch};
    line.to = in_place(o) ? out : scratch + line_scratch(o) / 2;
    line.differences = (u64 *)(scratch + line_scratch(o));
    line.counts = (intptr_t *)(line.differences + pieces);
    pool_run(load_piece, &line, pieces, microseconds);
    u64 differences = 0;
    for (intptr_t piece = 0; piece < pieces; piece++) differences |= line.differences[piece];
    if (!keys_of(o)->is_ordered(line.from, l->n)) {
        for (int bit = 0; bit < o->kernels->bits; bit += DIGIT) {
            if ((differences >> bit & ((1 << DIGIT) - 1)) == 0) continue;
            line.shift = low_bit(o) + bit;
            pool_run(count_piece, &line, pieces, microseconds);
            find_places(&line, pieces);
            pool_run(move_piece, &line, pieces, microseconds);
            char *other = line.from;
            line.from = line.to;
            line.to = other;
        }
    }
    pool_run(store_piece, &line, pieces, microseconds);
    if (!o->ranks && o->kernels->restore != NULL)
        o->kernels->restore(in, l->n, l->in_step, o->descending, out, l->out_step);
}

void order_run(const order *o, char *scratch) {
    const intptr_t count = lines_count(&o->lines);
    if (count == 0 || o->lines.n == 0) return;
    if (is_long(o)) {
        for (intptr_t number = 0; number < count; number++) {
            const char *in;
            char *out;
            lines_find(&o->lines, number, &in, &out);
            sort_long_line(o, in, out, scratch);
        }
        return;
    }
    batch b = {.order = o, .scratch = scratch, .slots = o->slots};
    b.taken = (_Atomic bool *)(scratch + (size_t)b.slots * line_scratch(o));
    for (intptr_t slot = 0; slot < b.slots; slot++) atomic_init(&b.taken[slot * CACHE_LINE], false);
    const intptr_t chunks = ceiling(count, chunk_lines(o));
    if (chunks == 1)
        run_lines(&b, 0);
    else
        pool_run(run_lines, &b, chunks, order_microseconds(o));
}

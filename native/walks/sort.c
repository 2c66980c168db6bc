/* Sorting along an axis: values, or ranks (the indices that sort); lines, pieces of long lines, and threads. How keys
 * are made and sorted is in kernels/.
 *
 * A line of at most LONG elements is sorted by one thread. A longer one is cut into pieces that a second-level cache
 * holds. Some of its keys, sorted, give the bounds of parts; each piece is split into these parts, all pieces' shares
 * of a part are brought together, and each part is sorted by itself. What comes out is determined: a sorted order, or
 * the one stable permutation. */
#include "walks/sort.h"

#include <stdatomic.h>

#include "pool.h"
#include "walks/moves.h"

enum {
    PIECE = 1 << 14,
    LONG = 2 * PIECE,
    PIECES_MAX = 1 << 10, /* pieces are longer where there would be more */
    PARTS_MAX = 1 << 9,
    SAMPLES = 16,         /* keys looked at for each part */
    BYTES_FROM = 128,     /* elements of a line whose ranks are counted, where elements have one byte */
    BYTE_COUNTS = 1 << 8, /* values of a byte */
    CHUNK = 1 << 13       /* elements of short lines that one thread sorts in a row */
};

static const key_kernels *keys_of(const sort_walk *w) { return w->ranks ? w->kernels->ranked : w->kernels->values; }

/* Values whose keys are as large as themselves are sorted where they are to lie. */
static bool in_place(const sort_walk *w) {
    return !w->ranks && w->lines.out_step == w->in_size && keys_of(w)->size == w->in_size;
}

static bool is_long(const sort_walk *w) { return w->lines.n > LONG; }

static bool is_counted(const sort_walk *w) {
    return w->ranks && w->kernels->count_bytes != NULL && w->lines.n >= BYTES_FROM;
}

static intptr_t out_size(const sort_walk *w) { return w->ranks ? (intptr_t)sizeof(i64) : w->in_size; }

/* Lines that lie side by side share the cache lines of each row: sorted one by one they would read a row as often. So
 * as many are copied together as some cache lines hold, and a second-level cache. 1 where lines do not lie so. */
static intptr_t group_lines(const sort_walk *w) {
    const lines *l = &w->lines;
    const int last = l->rank - 1;
    if (last < 0 || l->in_step == w->in_size || is_long(w)) return 1;
    if (l->in_strides[last] != w->in_size || l->out_strides[last] != out_size(w)) return 1;
    return MINIMUM(8 * CACHE_LINE / w->in_size, LONG / MAXIMUM(1, l->n));
}

static intptr_t chunk_lines(const sort_walk *w) { return MAXIMUM(group_lines(w), CHUNK / MAXIMUM(1, w->lines.n)); }

static intptr_t pieces_of(intptr_t n) { return MINIMUM(PIECES_MAX, ceiling_divide(n, PIECE)); }
static intptr_t piece_length(intptr_t n) { return ceiling_divide(n, pieces_of(n)); }

static intptr_t parts_of(intptr_t n) {
    intptr_t parts = 2;
    while (parts < PARTS_MAX && parts * PIECE < 2 * n) parts *= 2;
    return parts;
}

/* Room for the keys of a line, or for as many again. */
static size_t keys_room(const sort_walk *w) {
    const size_t room = (size_t)w->lines.n * (size_t)keys_of(w)->size;
    return (room + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

/* Bytes from a line of a group to the next: whole cache lines, and an odd number of them, so that elements of the same
 * place do not all fall into the same few lines of a cache. */
static intptr_t group_pitch(const sort_walk *w, intptr_t size) {
    return (ceiling_divide(w->lines.n * size, CACHE_LINE) | 1) * CACHE_LINE;
}

/* What a group of lines needs, its elements and its results. */
static size_t group_room(const sort_walk *w) {
    const intptr_t lines = group_lines(w) > 1 ? group_lines(w) : 0;
    return (size_t)(lines * (group_pitch(w, w->in_size) + group_pitch(w, out_size(w))));
}

static size_t line_scratch(const sort_walk *w) { return 2 * keys_room(w) + group_room(w); }

static intptr_t slots_of(const sort_walk *w) {
    if (is_long(w)) return 1;
    return MINIMUM(ceiling_divide(lines_count(&w->lines), chunk_lines(w)), pool_threads());
}

size_t sort_scratch(sort_walk *w) {
    w->slots = slots_of(w);
    const size_t bytes = (size_t)w->slots * (line_scratch(w) + CACHE_LINE);
    if (!is_long(w)) return bytes;
    const intptr_t parts = MAXIMUM(BYTE_COUNTS, parts_of(w->lines.n));
    return bytes + sizeof(u64) * (size_t)(parts + pieces_of(w->lines.n) * parts);
}

/* Keys with an index are larger, and cost as much more to move. */
static double element_cost(const sort_walk *w) {
    return (double)w->cost * (double)keys_of(w)->size / (double)w->kernels->values->size;
}

double sort_cost(const sort_walk *w) { return element_cost(w) * (double)lines_count(&w->lines) * (double)w->lines.n; }

/* True if there is a -0.0 among values. */
static bool load(const sort_walk *w, const char *in, rank_code code, intptr_t first, intptr_t n, char *keys) {
    const lines *l = &w->lines;
    const char *from = in + first * l->in_step;
    if (!w->ranks) return w->kernels->load(from, n, l->in_step, w->descending, keys);
    w->kernels->load_ranked(from, n, l->in_step, w->descending, code, first, (i64 *)keys);
    return false;
}

/* Keys from place `first` on, sorted, to the result; `other` is room for as many. */
static void store(const sort_walk *w, const char *in, rank_code code, char *keys, char *other, intptr_t first,
                  intptr_t n, char *out) {
    const lines *l = &w->lines;
    char *to = out + first * l->out_step;
    if (w->ranks)
        w->kernels->store_ranks(in, l->in_step, w->descending, code, (i64 *)keys, (i64 *)other, n, to, l->out_step);
    else
        w->kernels->store(keys, n, w->descending, to, l->out_step);
}

static rank_code code_of(const sort_walk *w, const char *in) {
    if (!w->ranks) return (rank_code){0, 0, 0};
    return w->kernels->find_code(in, w->lines.n, w->lines.in_step, w->descending);
}

/* Sorts values by counting them, where there are few kinds. */
static bool count_values(const sort_walk *w, const char *in, char *out) {
    const lines *l = &w->lines;
    return !w->ranks && w->kernels->count != NULL &&
           w->kernels->count(in, l->n, l->in_step, w->descending, out, l->out_step);
}

static void restore(const sort_walk *w, const char *in, char *out) {
    const lines *l = &w->lines;
    if (!w->ranks && w->kernels->restore != NULL)
        w->kernels->restore(in, l->n, l->in_step, w->descending, out, l->out_step);
}

/* Counts to places: all with a smaller digit come before, then those of earlier pieces. */
static void find_places(intptr_t *counts, intptr_t pieces, intptr_t digits) {
    intptr_t place = 0;
    for (intptr_t digit = 0; digit < digits; digit++) {
        for (intptr_t piece = 0; piece < pieces; piece++) {
            intptr_t *count = &counts[piece * digits + digit];
            const intptr_t next = place + *count;
            *count = place;
            place = next;
        }
    }
}

static void sort_line(const sort_walk *w, const char *in, char *out, char *scratch) {
    const lines *l = &w->lines;
    if (count_values(w, in, out)) return;
    if (is_counted(w)) {
        intptr_t counts[BYTE_COUNTS];
        w->kernels->count_bytes(in, l->n, l->in_step, w->descending, (u8 *)scratch, counts);
        find_places(counts, 1, BYTE_COUNTS);
        w->kernels->place_bytes((u8 *)scratch, l->n, 0, counts, out, l->out_step);
        return;
    }
    const rank_code code = code_of(w, in);
    char *keys = in_place(w) ? out : scratch, *other = scratch + keys_room(w);
    const bool has_minus_zero = load(w, in, code, 0, l->n, keys);
    keys_of(w)->sort(keys, other, l->n, false);
    store(w, in, code, keys, other, 0, l->n, out);
    if (has_minus_zero) restore(w, in, out);
}

/* --- many lines -------------------------------------------------------------------------------------------------- */

/* to[i][j] = from[i][j] for i < n and j < count, where the elements of one of them lie side by side along i. A few rows
 * at a time, so that each is read or written at once: with a step of some power of 2, a cache holds few of them. */
static void copy_lines(intptr_t size, intptr_t n, intptr_t count, const char *from, intptr_t from_step,
                       intptr_t from_line, char *to, intptr_t to_step, intptr_t to_line) {
    const intptr_t some = 4 * ELEMENT_MAX / size;
    for (intptr_t row = 0; row < n; row += some) {
        const tile t = {.rows = MINIMUM(some, n - row),
                        .columns = count,
                        .data = {to + row * to_step, (char *)from + row * from_step},
                        .row_step = {to_step, from_step},
                        .step = {to_line, from_line}};
        transpose(&t, size);
    }
}

static void sort_group(const sort_walk *w, intptr_t count, const char *in, char *out, char *scratch) {
    const lines *l = &w->lines;
    const intptr_t size = out_size(w), line = group_pitch(w, w->in_size), out_line = group_pitch(w, size);
    char *sorted = scratch + 2 * keys_room(w), *copied = sorted + group_lines(w) * out_line;
    sort_walk inner = *w;
    inner.lines.in_step = w->in_size;
    inner.lines.out_step = size;
    copy_lines(w->in_size, l->n, count, in, l->in_step, w->in_size, copied, w->in_size, line);
    for (intptr_t i = 0; i < count; i++) sort_line(&inner, copied + i * line, sorted + i * out_line, scratch);
    copy_lines(size, l->n, count, sorted, size, out_line, out, l->out_step, size);
}

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
    const intptr_t together = group_lines(w);
    const int fastest = w->lines.rank - 1;
    char *scratch = b->scratch + (size_t)slot * line_scratch(w);
    odometer at = lines_at(&w->lines, first);
    for (intptr_t number = first, count; number < last; number += count) {
        const char *in = line_in(&w->lines, &at);
        char *out = line_out(&w->lines, &at);
        count = together == 1 ? 1 : MINIMUM(together, w->lines.shape[fastest] - at.index[fastest]);
        count = MINIMUM(count, last - number);
        if (count > 1)
            sort_group(w, count, in, out, scratch);
        else
            sort_line(w, in, out, scratch);
        for (intptr_t i = 0; i < count; i++) odometer_advance(&at);
    }
    atomic_store_explicit(&b->taken[slot * CACHE_LINE], false, memory_order_release);
}

/* --- one long line ----------------------------------------------------------------------------------------------- */

typedef struct {
    const sort_walk *walk;
    const char *in;
    char *out, *keys, *other;
    rank_code code;
    intptr_t n, piece, pieces, parts; /* elements; of a piece */
    char *bounds;                     /* of the parts: a key each, but for the first */
    intptr_t *counts;                 /* of every piece: elements in each part, then where the next one goes */
    bool is_loaded;
} long_line;

static intptr_t length_of(const long_line *line, intptr_t piece) {
    return MINIMUM(line->piece, line->n - piece * line->piece);
}

static void load_piece(void *context, intptr_t piece) {
    const long_line *line = context;
    const intptr_t first = piece * line->piece;
    load(line->walk, line->in, line->code, first, length_of(line, piece),
         line->keys + first * keys_of(line->walk)->size);
}

static void store_piece(void *context, intptr_t piece) {
    const long_line *line = context;
    const intptr_t first = piece * line->piece, at = first * keys_of(line->walk)->size;
    store(line->walk, line->in, line->code, line->keys + at, line->other + at, first, length_of(line, piece),
          line->out);
}

static void split_piece(void *context, intptr_t piece) {
    const long_line *line = context;
    const key_kernels *k = keys_of(line->walk);
    const intptr_t at = piece * line->piece * k->size;
    if (!line->is_loaded) load_piece(context, piece);
    k->split(line->keys + at, line->other + at, length_of(line, piece), line->bounds, line->parts,
             line->counts + piece * line->parts);
}

/* Where what a piece has of a part goes, or what comes after that. */
static intptr_t place_of(const long_line *line, intptr_t piece, intptr_t part) {
    if (piece == line->pieces) return place_of(line, 0, part + 1);
    return part == line->parts ? line->n : line->counts[piece * line->parts + part];
}

static void move_piece(void *context, intptr_t piece) {
    const long_line *line = context;
    const intptr_t size = keys_of(line->walk)->size;
    const char *from = line->keys + piece * line->piece * size;
    for (intptr_t part = 0; part < line->parts; part++) {
        const intptr_t place = place_of(line, piece, part), bytes = (place_of(line, piece + 1, part) - place) * size;
        memcpy(line->other + place * size, from, (size_t)bytes);
        from += bytes;
    }
}

static void sort_part(void *context, intptr_t part) {
    const long_line *line = context;
    const sort_walk *w = line->walk;
    const intptr_t first = place_of(line, 0, part), n = place_of(line, 0, part + 1) - first;
    char *keys = line->keys + first * keys_of(w)->size, *other = line->other + first * keys_of(w)->size;
    const bool to_other = in_place(w) && line->other == line->out;
    keys_of(w)->sort(keys, other, n, to_other);
    store(w, line->in, line->code, to_other ? other : keys, to_other ? keys : other, first, n, line->out);
}

static void exchange_keys(long_line *line) {
    char *keys = line->keys;
    line->keys = line->other;
    line->other = keys;
}

/* Sorts some of the keys and takes every SAMPLES-th for a bound. True if they came in order, as all keys may then.
 * Elements whose codes differ in the index alone may be out of order all the same, and must come to one part. */
static bool find_bounds(long_line *line) {
    const key_kernels *k = keys_of(line->walk);
    const intptr_t samples = line->parts * SAMPLES, step = line->n / samples;
    for (intptr_t i = 0; i < samples; i++) {
        const u64 random = (u64)i * 0x9e3779b97f4a7c15u >> 32; /* else a period might hide keys */
        load(line->walk, line->in, line->code, i * step + (intptr_t)(random % (u64)step), 1, line->keys + i * k->size);
    }
    const bool has_runs = line->walk->ranks && line->code.shift > 0;
    const bool is_ordered = k->is_ordered(line->keys, samples) && !has_runs;
    k->sort(line->keys, line->other, samples, false);
    for (intptr_t part = 1; part < line->parts; part++) {
        char *bound = line->bounds + (part - 1) * k->size;
        memcpy(bound, line->keys + part * SAMPLES * k->size, (size_t)k->size);
        if (has_runs) *(i64 *)bound &= -((i64)1 << line->code.index_bits);
    }
    return is_ordered;
}

static void sort_pieces(long_line *line, double cost) {
    pool_run(split_piece, line, line->pieces, cost / 2);
    if (pool_is_stopped()) return;
    for (intptr_t parts = line->parts; parts > 1; parts /= 2) exchange_keys(line);
    find_places(line->counts, line->pieces, line->parts);
    pool_run(move_piece, line, line->pieces, cost / 8);
    if (pool_is_stopped()) return;
    exchange_keys(line);
    pool_run(sort_part, line, line->parts, cost / 2);
}

static void count_piece(void *context, intptr_t piece) {
    const long_line *line = context;
    const sort_walk *w = line->walk;
    const intptr_t first = piece * line->piece, step = w->lines.in_step;
    w->kernels->count_bytes(line->in + first * step, length_of(line, piece), step, w->descending,
                            (u8 *)line->keys + first, line->counts + piece * BYTE_COUNTS);
}

static void place_piece(void *context, intptr_t piece) {
    const long_line *line = context;
    const intptr_t first = piece * line->piece;
    line->walk->kernels->place_bytes((u8 *)line->keys + first, length_of(line, piece), first,
                                     line->counts + piece * BYTE_COUNTS, line->out, line->walk->lines.out_step);
}

static void sort_long_line(const sort_walk *w, const char *in, char *out, char *scratch) {
    const intptr_t n = w->lines.n;
    if (count_values(w, in, out)) return;
    const double cost = element_cost(w) * (double)n;
    long_line line = {.walk = w, .in = in, .out = out, .keys = scratch, .n = n};
    line.other = in_place(w) ? out : scratch + keys_room(w);
    line.pieces = pieces_of(n);
    line.piece = piece_length(n);
    line.parts = parts_of(n);
    line.bounds = scratch + line_scratch(w);
    line.counts = (intptr_t *)line.bounds + line.parts;
    if (is_counted(w)) {
        pool_run(count_piece, &line, line.pieces, cost / 4);
        if (pool_is_stopped()) return;
        find_places(line.counts, line.pieces, BYTE_COUNTS);
        pool_run(place_piece, &line, line.pieces, cost / 4);
        return;
    }
    line.code = code_of(w, in);
    if (find_bounds(&line)) {
        line.is_loaded = true;
        pool_run(load_piece, &line, line.pieces, cost / 8);
        if (pool_is_stopped()) return;
    }
    if (line.is_loaded && keys_of(w)->is_ordered(line.keys, n))
        pool_run(store_piece, &line, line.pieces, cost / 8);
    else
        sort_pieces(&line, cost);
    if (!pool_is_stopped()) restore(w, in, out);
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

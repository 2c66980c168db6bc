/* Lines of rows for scans and extremes: `n` rows of `columns` elements that follow one another in memory, in strips of
 * columns, some of which make a chunk. The result has no gaps. A line of a single column has any steps in. Where chunks
 * begin depends on the sizes alone, and so do the bits. */
#ifndef RAPTORS_STRIPS_H
#define RAPTORS_STRIPS_H

#include "walks/lines.h"

enum {
    STRIP = 1 << 9,         /* columns of a strip */
    STRIPS_CHUNK = 1 << 15, /* elements a chunk, about */
    STRIPS_LOOK = 256,      /* rows between looks whether to stop */
};

static inline intptr_t strips_a_line(intptr_t columns) { return ceiling_divide(columns, STRIP); }

static inline intptr_t strips_a_chunk(const lines *l, intptr_t columns) {
    if (l->n >= STRIPS_CHUNK) return 1;
    return MAXIMUM(1, STRIPS_CHUNK / MAXIMUM(1, l->n * MINIMUM(columns, STRIP)));
}

static inline intptr_t strips_count(const lines *l, intptr_t columns) {
    return lines_count(l) * strips_a_line(columns);
}

/* Of so many rows of results. */
static inline double strips_cost(const lines *l, intptr_t rows, intptr_t columns, intptr_t cost) {
    return (double)cost * (double)lines_count(l) * (double)rows * (double)columns;
}

/* Where a strip lies. `first` and `width` are its columns, `line` is the number of its line. */
typedef struct {
    odometer line_at;
    intptr_t line, first, width;
} strip;

static inline void strip_set(strip *s, const lines *l, intptr_t columns, intptr_t number) {
    s->line = number / strips_a_line(columns);
    s->line_at = lines_at(l, s->line);
    s->first = number % strips_a_line(columns) * STRIP;
    s->width = MINIMUM(STRIP, columns - s->first);
}

static inline void strip_advance(strip *s, intptr_t columns) {
    s->first += STRIP;
    if (s->first >= columns) {
        s->first = 0;
        s->line++;
        odometer_advance(&s->line_at);
    }
    s->width = MINIMUM(STRIP, columns - s->first);
}

#endif

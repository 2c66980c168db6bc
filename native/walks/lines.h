/* Operations along one axis: the lines that the other axes make, and where each begins. No arithmetic on elements. */
#ifndef RAPTORS_LINES_H
#define RAPTORS_LINES_H

#include "walks/odometer.h"

typedef struct {
    int rank; /* of the other axes */
    intptr_t shape[RANK_MAX], in_strides[RANK_MAX], out_strides[RANK_MAX];
    intptr_t n, in_step, out_step; /* of the axis */
    const char *in;
    char *out;
} lines;

static inline intptr_t lines_count(const lines *l) { return count_elements(l->rank, l->shape); }

/* Line `number`; odometer_advance moves on to the next. */
static inline odometer lines_at(const lines *l, intptr_t number) {
    odometer at;
    at.rank = l->rank;
    at.operands = 2;
    at.shape = l->shape;
    at.strides[0] = l->in_strides;
    at.strides[1] = l->out_strides;
    odometer_set(&at, number);
    return at;
}

static inline const char *line_in(const lines *l, const odometer *at) { return l->in + at->offset[0]; }
static inline char *line_out(const lines *l, const odometer *at) { return l->out + at->offset[1]; }

#endif

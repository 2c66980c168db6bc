/* Operations along one axis: the lines that the other axes make, and where each begins. No arithmetic on elements. */
#ifndef RAPTORS_LINES_H
#define RAPTORS_LINES_H

#include "base.h"

typedef struct {
    int rank; /* of the other axes */
    intptr_t shape[RANK_MAX], in_strides[RANK_MAX], out_strides[RANK_MAX];
    intptr_t n, in_step, out_step; /* of the axis */
    const char *in;
    char *out;
} lines;

static inline intptr_t lines_count(const lines *l) {
    intptr_t count = 1;
    for (int i = 0; i < l->rank; i++) count *= l->shape[i];
    return count;
}

static inline void lines_find(const lines *l, intptr_t number, const char **in, char **out) {
    *in = l->in;
    *out = l->out;
    for (int i = l->rank - 1; i >= 0 && number > 0; i--) {
        const intptr_t at = number % l->shape[i];
        *in += at * l->in_strides[i];
        *out += at * l->out_strides[i];
        number /= l->shape[i];
    }
}

#endif

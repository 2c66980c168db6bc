/* Evenly spaced numbers, a block in the first-level cache at a time, shared among threads. */
#ifndef RAPTORS_RANGES_WALK_H
#define RAPTORS_RANGES_WALK_H

#include "base.h"

typedef struct {
    int compute, dtype; /* dtype codes: computed in an integer dtype, f64 or c128, then converted */
    intptr_t count;
    _Alignas(16) char start[ELEMENT_MAX]; /* elements of `compute` */
    _Alignas(16) char step[ELEMENT_MAX];
    char *out;
} range_walk;

/* out[i] = start + i * step: integers wrap around, of f64 and c128 the product is rounded, and the sum. */
void range_run(const range_walk *w);
double range_cost(const range_walk *w);

#endif

/* Reductions over any dimensions and strides: groups, chunks, threads, and the tree that joins them. */
#ifndef RAPTORS_REDUCE_WALK_H
#define RAPTORS_REDUCE_WALK_H

#include "kernels/table.h"

typedef struct {
    int rank;
    intptr_t shape[RANK_MAX], strides[RANK_MAX];
} reduce_dimensions;

typedef struct {
    const reduce_kernels *kernels;
    reduce_dimensions kept, reduced; /* collapsed; the reduced ones largest stride first */
    intptr_t out_strides[RANK_MAX];
    const char *in;
    char *out;
    intptr_t in_size, out_size, cost; /* of an element */
} reduce_walk;

/* So many elements with one step between them are one unit, and one group: one call of the kernel. */
enum { REDUCE_SMALL = 1 << 15 };
void reduce_small(const reduce_kernels *kernels, const char *in, intptr_t count, intptr_t step, char *out,
                  intptr_t out_size);

/* Bytes of scratch memory that reduce_run wants. */
size_t reduce_scratch(const reduce_walk *w);
/* Runs it. Takes no lock and allocates nothing: call it without the GIL when reduce_cost() is large. */
void reduce_run(const reduce_walk *w, char *scratch);
double reduce_cost(const reduce_walk *w);

#endif

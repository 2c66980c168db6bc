/* Reductions over any dimensions and strides: groups, chunks, threads, and the tree that joins them. */
#ifndef RAPTORS_FOLD_H
#define RAPTORS_FOLD_H

#include "kernels/table.h"

typedef struct {
    int rank;
    intptr_t shape[RANK_MAX], strides[RANK_MAX];
} fold_dimensions;

typedef struct {
    const fold_kernels *kernels;
    fold_dimensions kept, reduced; /* collapsed; the reduced ones largest stride first */
    intptr_t out_strides[RANK_MAX];
    const char *in;
    char *out;
    intptr_t in_size, out_size; /* of an element */
} fold;

/* Bytes of scratch memory that fold_run wants. */
size_t fold_scratch(const fold *f);
/* Runs it. Takes no lock and allocates nothing: call it without the GIL when fold_microseconds() is large. */
void fold_run(const fold *f, char *scratch);
double fold_microseconds(const fold *f);

#endif

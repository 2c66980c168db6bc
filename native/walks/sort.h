/* Sorting along an axis: values, or ranks (the indices that sort); lines, pieces of long lines, and threads. */
#ifndef RAPTORS_SORT_WALK_H
#define RAPTORS_SORT_WALK_H

#include "walks/lines.h"

typedef struct {
    const sort_kernels *kernels;
    lines lines;
    bool ranks, descending;
    intptr_t in_size;
    intptr_t cost;  /* of an element */
    intptr_t slots; /* lines that may be sorted at a time; sort_scratch sets it */
} sort_walk;

/* Bytes of scratch memory that sort_run wants. */
size_t sort_scratch(sort_walk *w);
/* Runs it. Takes no lock and allocates nothing: call it without the GIL when sort_cost() is large. */
void sort_run(const sort_walk *w, char *scratch);
double sort_cost(const sort_walk *w);

#endif

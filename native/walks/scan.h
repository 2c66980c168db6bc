/* Running sums and products along an axis; chunks and threads. */
#ifndef RAPTORS_SCAN_WALK_H
#define RAPTORS_SCAN_WALK_H

#include "walks/strips.h"

typedef struct {
    const scan_kernels *kernels;
    lines lines;
    intptr_t columns, in_size;
    intptr_t cost;    /* of an element */
    bool has_initial; /* the result begins with the initial value, one row more */
} scan_walk;

/* Bytes of scratch memory that scan_run wants. */
size_t scan_scratch(const scan_walk *w);
/* Runs it. Takes no lock and allocates nothing: call it without the GIL when scan_cost() is large. */
void scan_run(const scan_walk *w, char *scratch);
double scan_cost(const scan_walk *w);

#endif

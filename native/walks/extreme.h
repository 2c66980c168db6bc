/* Where the largest or the smallest elements along an axis are; chunks and threads. */
#ifndef RAPTORS_EXTREME_WALK_H
#define RAPTORS_EXTREME_WALK_H

#include "walks/strips.h"

typedef struct {
    const extreme_kernels *kernels;
    lines lines;
    intptr_t columns, column_step; /* lines side by side; 1 and anything, but after extreme_arrange */
    intptr_t in_size;
    intptr_t cost; /* of an element */
} extreme_walk;

/* Makes columns of the last of the other axes where that is the better way through memory. The lines know their way out
 * already. */
void extreme_arrange(extreme_walk *w);

/* Bytes of scratch memory that extreme_run wants. */
size_t extreme_scratch(const extreme_walk *w);
/* Runs it. Takes no lock and allocates nothing: call it without the GIL when extreme_cost() is large. */
void extreme_run(const extreme_walk *w, char *scratch);
double extreme_cost(const extreme_walk *w);

#endif

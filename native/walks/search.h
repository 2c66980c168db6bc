/* Where values belong among sorted elements; blocks of values and threads. */
#ifndef RAPTORS_SEARCH_WALK_H
#define RAPTORS_SEARCH_WALK_H

#include "base.h"

/* All arrays are contiguous. */
typedef struct {
    search_kernel *kernel;
    const char *sorted, *values;
    const i64 *sorter; /* NULL, or where the elements of `sorted` are in ascending order */
    intptr_t n, count; /* of the sorted elements, of the values */
    intptr_t size;     /* of an element */
    intptr_t cost;     /* of a value, for each time that the sorted elements are halved */
    bool right;
    i64 *out;
} search_walk;

/* Runs it; false if the sorter points outside of `sorted`. Takes no lock and allocates nothing: call it without the GIL
 * when search_cost() is large. */
bool search_run(const search_walk *w);
double search_cost(const search_walk *w);

#endif

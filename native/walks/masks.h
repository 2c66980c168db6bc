/* Elements chosen by masks: moved by size, whatever their dtype; pieces and threads. */
#ifndef RAPTORS_MASKS_WALK_H
#define RAPTORS_MASKS_WALK_H

#include "base.h"

/* A mask is n bytes, true unless 0. `data` are the n elements it chooses from, `packed` the chosen ones side by side;
 * both are contiguous. */
typedef struct {
    const char *mask;
    intptr_t n, itemsize;
    char *data, *packed;
    intptr_t *before; /* scratch memory: of every piece, how many elements are true before it; and of all */
} mask_walk;

/* All take no lock and allocate nothing: call them without the GIL when their cost is large. */
size_t mask_scratch(const mask_walk *w); /* bytes that `before` wants */
intptr_t mask_count(const mask_walk *w); /* how many are true; fills `before`, for what follows */
double mask_count_cost(const mask_walk *w);
void mask_read(const mask_walk *w);  /* packed = the chosen elements of data */
void mask_write(const mask_walk *w); /* the chosen elements of data = packed */
double mask_cost(const mask_walk *w);

/* After mask_count: the index of each of the true elements along each of the axes of `shape`. */
void mask_places(const mask_walk *w, int rank, const intptr_t *shape, i64 *const *out);

#endif

/* Elements chosen by index arrays, read (gather) and written (scatter): moved by size, whatever their dtype. */
#ifndef RAPTORS_GATHER_WALK_H
#define RAPTORS_GATHER_WALK_H

#include "base.h"

enum { INDEX_ARRAYS_MAX = RANK_MAX };

/* For every position an index along an axis of `size` elements, `stride` bytes apart. */
typedef struct {
    const char *data;
    intptr_t strides[RANK_MAX]; /* along the axes of the positions */
    intptr_t size, stride;
    int code; /* of an integer dtype */
} index_array;

/* A block of elements for every position, and that for every index of the outer dimensions:
 * result[outer][position][block], without gaps. */
typedef struct {
    intptr_t itemsize;
    int count, rank, outer_rank, block_rank;
    index_array *arrays;
    intptr_t shape[RANK_MAX], strides[RANK_MAX]; /* of the positions; bytes that each adds besides the indices */
    intptr_t outer[RANK_MAX], outer_strides[RANK_MAX];
    intptr_t block[RANK_MAX], block_strides[RANK_MAX];
    char *base;
} gather_walk;

typedef struct {
    int array;        /* the index array with an index that is out of range; -1: none has */
    i64 index;        /* that */
    bool is_unsigned; /* its bits are those of a u64 */
} index_fault;

/* Both take no lock and allocate nothing: call them without the GIL when gather_cost() is large. */
/* Reads the elements. Nothing is undefined where there is a fault: some of the result is not written. */
index_fault gather_run(const gather_walk *w, char *out);
/* Writes elements there, the last one where positions meet; `strides` are those of the values along outer, positions
 * and block. Nothing is written where there is a fault, unless another thread changes the indices meanwhile. */
index_fault scatter_run(const gather_walk *w, const char *values, const intptr_t *strides);
double gather_cost(const gather_walk *w);

#endif

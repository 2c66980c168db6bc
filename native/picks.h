/* Elements picked by index arrays: moved by size, whatever their dtype. */
#ifndef RAPTORS_PICKS_H
#define RAPTORS_PICKS_H

#include "base.h"

enum { PICKS_MAX = RANK_MAX /* index arrays */ };

/* One index array: for every position of the picks an index along an axis of `size` elements, `stride` bytes apart. */
typedef struct {
    const char *data;
    intptr_t strides[RANK_MAX]; /* along the axes of the positions */
    intptr_t size, stride;
    int code; /* integers */
} pick;

/* A block of elements for every position, and that for every index of the outer dimensions:
 * result[outer][position][block], without gaps. */
typedef struct {
    intptr_t itemsize;
    int count, rank, outer_rank, block_rank;
    pick picks[PICKS_MAX];
    intptr_t shape[RANK_MAX], strides[RANK_MAX]; /* of the positions; bytes that each adds besides the indices */
    intptr_t outer[RANK_MAX], outer_strides[RANK_MAX];
    intptr_t block[RANK_MAX], block_strides[RANK_MAX];
    char *base;
} picks;

typedef struct {
    int pick; /* the index array with an index that is out of range; -1: none has */
    i64 index;
} picks_fault;

/* Reads the elements picked. Nothing is undefined where there is a fault: some of the result is not written. */
picks_fault picks_read(const picks *p, char *out);
/* Writes elements there, the last one where positions meet; `strides` are those of the values along outer, positions
 * and block. Nothing is written where there is a fault. */
picks_fault picks_write(const picks *p, const char *values, const intptr_t *strides);
double picks_microseconds(const picks *p);

#endif

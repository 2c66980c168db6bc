/* Counting through several dimensions: how many elements they have, where the element with a given number lies, and how
 * to get from one to the next without a division. Numbers are those of C order: the last dimension runs fastest.
 * Strides and offsets are bytes. No element is read or written here. */
#ifndef RAPTORS_ODOMETER_H
#define RAPTORS_ODOMETER_H

#include "base.h"

/* How long a stride is, whichever way it goes. */
static inline intptr_t magnitude(intptr_t stride) { return stride < 0 ? -stride : stride; }

static inline intptr_t count_elements(int rank, const intptr_t *shape) {
    intptr_t count = 1;
    for (int d = 0; d < rank; d++) count *= shape[d];
    return count;
}

/* The same of a shape that a caller gave; -1 if it has a negative size or too many elements. There sizes of 0 count as
 * 1, as they do for contiguous_strides. */
static inline intptr_t count_checked(int rank, const intptr_t *shape) {
    intptr_t count = 1, most = 1;
    for (int d = 0; d < rank; d++) {
        if (shape[d] < 0 || __builtin_mul_overflow(most, MAXIMUM(1, shape[d]), &most)) return -1;
        count *= shape[d];
    }
    return count;
}

/* Strides of elements that follow one another. Sizes of 0 count as 1: no element is where they say. Where no memory is
 * large enough for the elements, nor are the strides right. */
static inline void contiguous_strides(int rank, const intptr_t *shape, intptr_t size, intptr_t *strides) {
    for (int d = rank - 1; d >= 0; d--) {
        strides[d] = size;
        size = (intptr_t)((uintptr_t)size * (uintptr_t)MAXIMUM(1, shape[d]));
    }
}

/* From the first element to the one with this number. */
static inline intptr_t offset_of(int rank, const intptr_t *shape, const intptr_t *strides, intptr_t number) {
    intptr_t offset = 0;
    for (int d = rank - 1; d >= 0 && number > 0; d--) {
        offset += number % shape[d] * strides[d];
        number /= shape[d];
    }
    return offset;
}

/* One place in a loop nest, as an index for each dimension and an offset for each of some operands. */
typedef struct {
    int rank, operands;
    const intptr_t *shape, *strides[OPERANDS_MAX];
    intptr_t index[RANK_MAX], offset[OPERANDS_MAX];
} odometer;

static inline void odometer_set(odometer *o, intptr_t number) {
    for (int k = 0; k < o->operands; k++) o->offset[k] = 0;
    for (int d = o->rank - 1; d >= 0; d--) {
        o->index[d] = 0;
        if (number == 0) continue;
        o->index[d] = number % o->shape[d];
        number /= o->shape[d];
        for (int k = 0; k < o->operands; k++) o->offset[k] += o->index[d] * o->strides[k][d];
    }
}

/* To the next place; from the last one back to the first. */
static inline void odometer_advance(odometer *o) {
    for (int d = o->rank - 1; d >= 0; d--) {
        o->index[d]++;
        for (int k = 0; k < o->operands; k++) o->offset[k] += o->strides[k][d];
        if (o->index[d] < o->shape[d]) return;
        for (int k = 0; k < o->operands; k++) o->offset[k] -= o->index[d] * o->strides[k][d];
        o->index[d] = 0;
    }
}

#endif

/* The bytes that borrowed elements cover. */
#ifndef RAPTORS_EXTENT_H
#define RAPTORS_EXTENT_H

#include "base.h"

/* The bytes that the elements cover begin `before` bytes ahead of the first element and are `covered` bytes long. */
static inline void find_extent(int rank, const intptr_t *shape, const intptr_t *strides, intptr_t size,
                               intptr_t *before, intptr_t *covered) {
    intptr_t low = 0, high = size;
    for (int i = 0; i < rank; i++) {
        if (shape[i] == 0) {
            *before = *covered = 0;
            return;
        }
        const intptr_t reach = (shape[i] - 1) * strides[i];
        if (reach < 0)
            low += reach;
        else
            high += reach;
    }
    *before = -low;
    *covered = high - low;
}

#endif

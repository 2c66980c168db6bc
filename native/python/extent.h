/* The bytes that elements cover: of borrowed ones, and whether those of two operands meet. */
#ifndef RAPTORS_EXTENT_H
#define RAPTORS_EXTENT_H

#include "walks/odometer.h"

/* The bytes that the elements cover begin `before` bytes ahead of the first element and are `covered` bytes long.
 * False if no memory has so many, or a size is negative. */
static inline bool find_extent(int rank, const intptr_t *shape, const intptr_t *strides, intptr_t size,
                               intptr_t *before, intptr_t *covered) {
    const intptr_t count = count_checked(rank, shape);
    intptr_t low = 0, high = size;
    bool overflows = count < 0 || size < 0;
    for (int i = 0; count > 0 && i < rank; i++) {
        intptr_t reach;
        overflows |= __builtin_mul_overflow(shape[i] - 1, strides[i], &reach);
        overflows |= reach < 0 ? __builtin_add_overflow(low, reach, &low) : __builtin_add_overflow(high, reach, &high);
    }
    if (count == 0) high = 0;
    overflows |= __builtin_sub_overflow(0, low, before);
    return !__builtin_sub_overflow(high, low, covered) && !overflows;
}

static inline bool bytes_meet(const char *first, size_t first_bytes, const char *second, size_t second_bytes) {
    const uintptr_t a = (uintptr_t)first, b = (uintptr_t)second;
    return a < b + second_bytes && b < a + first_bytes;
}

/* Would writing n elements at `out` change what is read at `in` before it is read? */
static inline bool is_overlapping(const char *out, intptr_t out_size, const char *in, intptr_t in_size, intptr_t n) {
    if (out == in && out_size == in_size) return false;
    return bytes_meet(out, (size_t)n * (size_t)out_size, in, (size_t)n * (size_t)in_size);
}

#endif

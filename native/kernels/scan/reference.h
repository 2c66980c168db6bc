/* The scalar reference of running sums and products, one more element at a time. */
#ifndef RAPTORS_SCAN_REFERENCE_H
#define RAPTORS_SCAN_REFERENCE_H

#include "kernels/reference.h"

typedef struct {
    __int128 integer;
    long double part[2],
        size; /* what the error is in proportion to; infinite after a total beyond the range of the dtype */
    intptr_t count;
} running_total;

/* The total with one more element; integers modulo 2^64. */
static running_total scan_reference(enum operation_code operation, enum dtype_code dtype, running_total total,
                                    const void *element) {
    const bool adds = operation == OPERATION_cumulative_sum;
    const intptr_t count = total.count + 1;
    if (dtype < CODE_f32) {
        const __int128 x = load_integer(dtype, element);
        if (count == 1) return (running_total){.integer = x, .count = 1};
        const u64 product = (u64)total.integer * (u64)x;
        return (running_total){.integer = adds ? total.integer + x : (__int128)product, .count = count};
    }
    const long double re = load_part(dtype, element, 0), im = is_complex(dtype) ? load_part(dtype, element, 1) : 0;
    const long double size = hypotl(re, im), a = total.part[0], b = total.part[1];
    if (count == 1) return (running_total){.part = {re, im}, .size = size, .count = 1};
    if (adds) return (running_total){.part = {a + re, b + im}, .size = total.size + size, .count = count};
    const long double limit = is_single(dtype) ? 0x1p100L : 0x1p1000L, next = total.size * size;
    const bool stays = total.size < limit && next < limit && next > 1 / limit;
    return (running_total){0, {a * re - b * im, a * im + b * re}, stays ? next : INFINITY, count};
}

#endif

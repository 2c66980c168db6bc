/* The scalar reference of sums of products, in long double or 128 bits, and how far kernels may be from it. */
#ifndef RAPTORS_PRODUCTS_REFERENCE_H
#define RAPTORS_PRODUCTS_REFERENCE_H

#include "kernels/reference.h"

typedef struct {
    __int128 integer;
    long double part[2], allowed; /* the error allowed in each part */
} sum_of_products;

static sum_of_products products_reference(enum operation_code operation, enum dtype_code dtype, intptr_t n,
                                          const char *a, intptr_t a_step, const char *b, intptr_t b_step) {
    const long double sign = operation == OPERATION_vecdot ? -1 : 1; /* which takes the conjugate of a */
    unsigned __int128 integer = 0;
    long double re = 0, im = 0, sizes = 0;
    for (intptr_t k = 0; k < n; k++, a += a_step, b += b_step) {
        if (is_integer(dtype)) {
            integer += (unsigned __int128)load_integer(dtype, a) * (unsigned __int128)load_integer(dtype, b);
            continue;
        }
        const long double p = load_part(dtype, a, 0), v = is_complex(dtype) ? sign * load_part(dtype, a, 1) : 0;
        const long double q = load_part(dtype, b, 0), w = is_complex(dtype) ? load_part(dtype, b, 1) : 0;
        re += p * q - v * w, im += p * w + v * q;
        sizes += hypotl(p, v) * hypotl(q, w);
    }
    const long double allowed = 2 * (long double)(n + 2) * unit_roundoff(dtype) * sizes;
    return (sum_of_products){(__int128)integer, {re, im}, allowed};
}

#endif

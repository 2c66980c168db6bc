/* The scalar reference of reductions, element by element in long double or 128 bits, and how far kernels may be from
 * it. */
#ifndef RAPTORS_REDUCE_REFERENCE_H
#define RAPTORS_REDUCE_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

typedef struct {
    __int128 integer;
    long double part[2], allowed[2]; /* the error allowed in each part; negative: not to be compared */
} reduction;

static bool is_nonzero(enum dtype_code dtype, const char *element) {
    if (dtype < CODE_f32) return load_integer(dtype, element) != 0;
    return load_part(dtype, element, 0) != 0 || (is_complex(dtype) && load_part(dtype, element, 1) != 0);
}

/* The results that are integers or bool. */
static reduction reduce_to_integer(enum operation_code operation, enum dtype_code dtype, const char *in, intptr_t n,
                                   intptr_t step) {
    __int128 total = operation == OPERATION_prod || operation == OPERATION_all;
    for (intptr_t i = 0; i < n; i++) {
        const __int128 x = dtype < CODE_f32 ? load_integer(dtype, in + i * step) : 0;
        const bool truth = is_nonzero(dtype, in + i * step);
        switch (operation) {
        case OPERATION_sum:
            total += x;
            break;
        case OPERATION_prod:
            total = (__int128)((unsigned __int128)(u64)total * (u64)x);
            break;
        case OPERATION_max:
            total = i == 0 || x > total ? x : total;
            break;
        case OPERATION_min:
            total = i == 0 || x < total ? x : total;
            break;
        case OPERATION_any:
            total |= truth;
            break;
        case OPERATION_all:
            total &= truth;
            break;
        case OPERATION_count_nonzero:
            total += truth;
            break;
        default:
            abort();
        }
    }
    return (reduction){.integer = total};
}

/* sum and mean: the error of a sum is in proportion to the sizes of its terms. */
static reduction reduce_sum(enum operation_code operation, enum dtype_code dtype, const char *in, intptr_t n,
                            intptr_t step) {
    reduction r = {.part = {0, 0}};
    const long double divisor = operation == OPERATION_mean ? n : 1;
    for (int part = 0; part <= is_complex(dtype); part++) {
        long double size = 0;
        for (intptr_t i = 0; i < n; i++) {
            const long double x = load_part(dtype, in + i * step, part);
            r.part[part] += x;
            size += fabsl(x);
        }
        r.part[part] /= divisor;
        r.allowed[part] = 24 * unit_roundoff(dtype) * size / divisor;
    }
    return r;
}

/* The error of a product is in proportion to its own size, unless it has left the range of the dtype on the way. */
static reduction reduce_product(enum dtype_code dtype, const char *in, intptr_t n, intptr_t step) {
    reduction r = {.part = {1, 0}};
    for (intptr_t i = 0; i < n; i++) {
        const long double re = load_part(dtype, in + i * step, 0), old = r.part[0];
        const long double im = is_complex(dtype) ? load_part(dtype, in + i * step, 1) : 0;
        r.part[0] = is_complex(dtype) ? old * re - r.part[1] * im : old * re;
        r.part[1] = is_complex(dtype) ? old * im + r.part[1] * re : 0;
        if (isnan(old)) r.part[0] = old;
    }
    const long double size = hypotl(r.part[0], r.part[1]), limit = ldexpl(1, is_single(dtype) ? 40 : 500);
    for (int part = 0; part < 2; part++) {
        r.allowed[part] = size < limit && size > 1 / limit ? 4 * (long double)n * unit_roundoff(dtype) * size : -1;
        if (size == 0 && n <= 4) r.allowed[part] = 0; /* with more factors, infinity may have been multiplied by zero */
    }
    return r;
}

static reduction reduce_extreme(enum operation_code operation, enum dtype_code dtype, const char *in, intptr_t n,
                                intptr_t step) {
    reduction r = {.part = {0, 0}};
    for (intptr_t i = 0; i < n; i++) {
        const long double x = load_part(dtype, in + i * step, 0), old = r.part[0];
        const bool is_better = isnan(x) || (operation == OPERATION_max ? x > old : x < old);
        if (i == 0 || (!isnan(old) && is_better)) r.part[0] = x;
    }
    return r;
}

/* Each difference has the rounding of an element of 64 bits to float64, and that of the mean. */
static reduction reduce_squared_deviations(enum dtype_code dtype, const char *in, intptr_t n, intptr_t step) {
    long double mean = 0, largest = 0, squares = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (intptr_t i = 0; i < n; i++) {
            const char *at = in + i * step;
            const long double x = dtype < CODE_f32 ? (long double)load_integer(dtype, at) : load_part(dtype, at, 0);
            if (pass == 0) mean += x / n, largest = fmaxl(largest, fabsl(x));
            if (pass == 1) squares += (x - mean) * (x - mean);
        }
    }
    const long double u = unit_roundoff(CODE_f64), off = 4 * u * largest;
    return (reduction){.part = {squares}, .allowed = {24 * u * squares + n * off * off + 2 * off * sqrtl(n * squares)}};
}

static reduction reduce_reference(enum operation_code operation, enum dtype_code dtype, const char *in, intptr_t n,
                                  intptr_t step) {
    if (operation == OPERATION_squared_deviations) return reduce_squared_deviations(dtype, in, n, step);
    if (table_find(operation, dtype)->result < CODE_f32) return reduce_to_integer(operation, dtype, in, n, step);
    if (operation == OPERATION_prod) return reduce_product(dtype, in, n, step);
    if (operation == OPERATION_sum || operation == OPERATION_mean) return reduce_sum(operation, dtype, in, n, step);
    return reduce_extreme(operation, dtype, in, n, step);
}

#endif

/* The scalar reference of the parts of complex numbers. */
#ifndef RAPTORS_COMPLEX_PARTS_REFERENCE_H
#define RAPTORS_COMPLEX_PARTS_REFERENCE_H

#include "kernels/reference.h"

static bool complex_parts_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[],
                                    void *out) {
    store_part(dtype, out, 0, load_part(dtype, in[0], operation == OPERATION_imag));
    if (operation == OPERATION_conj) store_part(dtype, out, 1, -load_part(dtype, in[0], 1));
    return true;
}

#endif

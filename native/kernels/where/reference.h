/* The scalar reference of choices. */
#ifndef RAPTORS_WHERE_REFERENCE_H
#define RAPTORS_WHERE_REFERENCE_H

#include "kernels/reference.h"

static bool where_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    (void)operation;
    memcpy(out, load_integer(CODE_b8, in[0]) ? in[1] : in[2], (size_t)dtype_facts[dtype].size);
    return true;
}

#endif

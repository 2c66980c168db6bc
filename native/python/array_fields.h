/* The fields of an Array, as its method _export gives them. */
#ifndef RAPTORS_ARRAY_FIELDS_H
#define RAPTORS_ARRAY_FIELDS_H

#include "python/memory_object.h"

typedef struct {
    memory_object *memory; /* its elements are within it; the caller holds a reference */
    intptr_t offset, shape[RANK_MAX], strides[RANK_MAX];
    int dtype, rank;
} array_fields;

/* False with an exception. */
bool read_fields(PyObject *array, array_fields *fields);

#endif

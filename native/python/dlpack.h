/* Managed tensors of DLPack, whichever way they are handed over. */
#ifndef RAPTORS_DLPACK_H
#define RAPTORS_DLPACK_H

#include "python/array_fields.h"
#include "python/dlpack_abi.h"

/* (memory, dtype, shape, strides, offset) of a managed tensor, which the memory deletes at its end. NULL with an
 * exception; then it is still the caller's. */
PyObject *import_managed(void *source, bool versioned);

/* A managed tensor over the memory of an array, to be deleted by its deleter; NULL with an exception. */
void *export_managed(const array_fields *fields, bool versioned, bool copied);

/* The code of a dtype that we have; -1 for others. */
int dtype_from_dlpack(dlpack_dtype dtype);

#endif

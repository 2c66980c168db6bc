/* Python scalars to elements and back. */
#ifndef RAPTORS_ELEMENTS_H
#define RAPTORS_ELEMENTS_H

#include "memory_object.h"

enum { ELEMENT_MAX = 16 }; /* bytes of the largest element */

/* Stores a Python scalar as one element of `dtype`: OverflowError if an int does not fit, TypeError for a higher kind.
 */
bool element_store(int dtype, PyObject *value, void *out);
PyObject *element_load(int dtype, const void *in);

/* Arguments as C numbers; false with an exception. */
bool as_count(PyObject *object, intptr_t *value);
bool as_dtype(PyObject *object, int *dtype);
/* A tuple of at most RANK_MAX ints; -1 with an exception. */
int as_counts(PyObject *object, intptr_t *values);
/* Would reading or writing these elements stay inside the memory? Raises IndexError if not. */
bool check_extent(const memory_object *memory, intptr_t offset, int rank, const intptr_t *shape,
                  const intptr_t *strides, intptr_t size);

PyObject *native_item(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_set_item(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_to_list(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_pack(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

bool check_arguments(const char *function, Py_ssize_t count, Py_ssize_t wanted);

#endif

/* Instances of class Array, by the places of their fields: made, freed and read without Python. */
#ifndef RAPTORS_ARRAY_CLASS_H
#define RAPTORS_ARRAY_CLASS_H

#include "python/memory_object.h"

enum { UNSHARED = 256 }; /* elements that are too few to be shared among threads, as in chunks.py */

/* Is it an Array whose fields are known where they are? Of the interpreted class they are not. */
bool is_known_array(PyObject *object);

/* What an Array says of itself; its references are borrowed. */
typedef struct {
    memory_object *memory;
    PyObject *dtype, *shape, *strides;
    intptr_t offset;
    int code; /* of the dtype */
    bool contiguous;
} instance;

/* Reads a known array; false, without an exception, where a field is none that it should be. */
bool read_instance(PyObject *array, instance *fields);

/* A new Array of these fields; takes the references to memory, shape and strides, any of which may be NULL: NULL then,
 * with the exception of whoever failed to make it. */
PyObject *make_instance(memory_object *memory, intptr_t offset, PyObject *dtype, PyObject *shape, PyObject *strides,
                        intptr_t size, bool contiguous);

/* x[key] and x[key] = value of class Array as Python does them, for what native code leaves to it (subscripts.c). */
extern binaryfunc python_subscript;
extern objobjargproc python_assign_subscript;
PyObject *array_subscript(PyObject *x, PyObject *key);
int array_assign_subscript(PyObject *x, PyObject *key, PyObject *value);

#endif

/* Arguments of the module's functions as C values; false, NULL or -1 with an exception where they are not. No kernels
 * here. */
#ifndef RAPTORS_ARGUMENTS_H
#define RAPTORS_ARGUMENTS_H

#include "python/memory_object.h"
#include "kernels/table.h"

bool check_arguments(const char *function, Py_ssize_t count, Py_ssize_t wanted);

bool as_any_count(PyObject *object, intptr_t *value);
/* An int; nearly all are small, and read without a call. */
static inline bool as_count(PyObject *object, intptr_t *value) {
#if PY_VERSION_HEX >= 0x030C0000
    if (PyLong_CheckExact(object) && PyUnstable_Long_IsCompact((PyLongObject *)object)) {
        *value = PyUnstable_Long_CompactValue((PyLongObject *)object);
        return true;
    }
#else
    if (PyLong_CheckExact(object) && Py_SIZE(object) >= -1 && Py_SIZE(object) <= 1) {
        *value = Py_SIZE(object) * (intptr_t)((PyLongObject *)object)->ob_digit[0];
        return true;
    }
#endif
    return as_any_count(object, value);
}
bool as_flag(PyObject *object, bool *value);
bool as_dtype(PyObject *object, int *dtype);
/* Bytes of an element that is moved and not computed with. */
bool as_itemsize(PyObject *object, intptr_t *itemsize);
/* A tuple of at most RANK_MAX ints; returns how many. */
int as_counts(PyObject *object, intptr_t *values);
/* A shape: such a tuple of sizes, with no more elements than can be counted. */
int as_shape(PyObject *object, intptr_t *sizes);
/* Two tuples, a shape and strides for it; returns the rank. */
int as_dimensions(PyObject *shape, PyObject *strides, intptr_t *sizes, intptr_t *steps);
/* Strides for `rank` dimensions that are known. */
bool as_strides(PyObject *strides, int rank, intptr_t *steps);
/* The kernel of an operation on a dtype, of one of the forms least .. most. */
const table_entry *as_kernel(PyObject *operation, PyObject *dtype, enum operation_form least, enum operation_form most,
                             int *code);
/* The same by one number, operation * DTYPE_COUNT + dtype: for small calls one argument less. */
const table_entry *as_kernel_number(PyObject *number, enum operation_form least, enum operation_form most, int *code);

/* Would reading or writing these elements stay inside of so many bytes? Raises IndexError if not. */
bool check_extent(size_t nbytes, intptr_t offset, int rank, const intptr_t *shape, const intptr_t *strides,
                  intptr_t size);
/* The first of these elements, once it is known that all lie inside the memory. */
char *as_elements(PyObject *memory, PyObject *offset, int rank, const intptr_t *shape, const intptr_t *strides,
                  intptr_t size);
/* The same where they will be written: ValueError if the memory is read-only. */
char *as_writable_elements(PyObject *memory, PyObject *offset, int rank, const intptr_t *shape, const intptr_t *strides,
                           intptr_t size);
bool check_writable(const memory_object *memory);
/* Elements that follow one another. */
char *as_contiguous_elements(PyObject *memory, PyObject *offset, intptr_t count, intptr_t size);

/* A tuple of ints: the way back. */
PyObject *counts_tuple(int rank, const intptr_t *values);

#endif

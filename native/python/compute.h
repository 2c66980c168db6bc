/* The module's functions that run kernels. */
#ifndef RAPTORS_COMPUTE_H
#define RAPTORS_COMPUTE_H

#include "kernels/table.h"
#include "memory_object.h"

/* Work of at least so many microseconds runs without the GIL: taking it back costs most when others want it. */
#define RELEASE_FROM 30.0

/* The kernel of an operation on a dtype, of one of the forms least .. most; NULL with ValueError. */
const table_entry *find_kernel(PyObject *operation, PyObject *dtype, enum operation_form least,
                               enum operation_form most, int *code);

PyObject *native_flat(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_strided(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_fold_flat(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_fold(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_matmul(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_vecdot(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_result_dtype(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_stream(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

#endif

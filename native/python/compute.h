/* The module's functions that run kernels. */
#ifndef RAPTORS_COMPUTE_H
#define RAPTORS_COMPUTE_H

#include "memory_object.h"

PyObject *native_flat(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_strided(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_fold_flat(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_fold(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_matmul(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_result_dtype(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_stream(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

#endif

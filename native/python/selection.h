/* The module's functions that pick elements by masks and by index arrays. */
#ifndef RAPTORS_SELECTION_H
#define RAPTORS_SELECTION_H

#include "memory_object.h"

PyObject *native_gather(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_scatter(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_nonzero(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_mask_read(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_mask_write(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

#endif

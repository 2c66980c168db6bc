/* The module's functions that work along one axis, or in sorted elements. */
#ifndef RAPTORS_AXIS_H
#define RAPTORS_AXIS_H

#include "memory_object.h"

PyObject *native_sort(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_scan(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_extreme(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_search(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

#endif

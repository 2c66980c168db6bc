/* Memory from and for others: the buffer protocol and DLPack. */
#ifndef RAPTORS_INTERCHANGE_H
#define RAPTORS_INTERCHANGE_H

#include "memory_object.h"

PyObject *native_borrow(PyObject *module, PyObject *exporter);
PyObject *native_from_capsule(PyObject *module, PyObject *capsule);
PyObject *native_to_capsule(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
PyObject *native_adopt(PyObject *module, PyObject *type);

#endif

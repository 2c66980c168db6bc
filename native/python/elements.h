/* Python scalars to elements and back. */
#ifndef RAPTORS_ELEMENTS_H
#define RAPTORS_ELEMENTS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base.h"

/* Stores a Python scalar as one element of `dtype`: OverflowError if an int does not fit, TypeError for a higher kind.
 */
bool element_store(int dtype, PyObject *value, void *out);
PyObject *element_load(int dtype, const void *in);

#endif

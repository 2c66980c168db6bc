/* Elements chosen by an index array, for class Array itself. */
#ifndef RAPTORS_PYTHON_GATHER_H
#define RAPTORS_PYTHON_GATHER_H

#include "python/array_class.h"

/* x[key] of known arrays, where both have one axis and the indices are few and follow one another. NULL, perhaps with
 * an exception, which does not matter there, where that is left to Python: it also says what is wrong. */
PyObject *take_few(PyObject *x, PyObject *key);

#endif

/* What every walk that Python starts is run with: the GIL, or not, and scratch memory. */
#ifndef RAPTORS_RUNNING_H
#define RAPTORS_RUNNING_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "pool.h"

/* Lets other threads of Python run during work of such a cost, if it is large; what it returns is for take_gil(),
 * afterwards. */
static inline PyThreadState *release_gil(double cost) { return cost < RELEASE_COST ? NULL : PyEval_SaveThread(); }

static inline void take_gil(PyThreadState *released) {
    if (released != NULL) PyEval_RestoreThread(released);
}

/* A block of the recycler for the time of one call. */
typedef struct {
    char *data; /* NULL where none was wanted */
    size_t capacity;
} scratch;

/* False with MemoryError. */
bool take_scratch(size_t bytes, scratch *taken);
void give_scratch(scratch taken);

#endif

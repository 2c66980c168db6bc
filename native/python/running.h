/* What every walk that Python starts is run with: the GIL, or not, and scratch memory. */
#ifndef RAPTORS_RUNNING_H
#define RAPTORS_RUNNING_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "pool.h"

/* From here on the work is stopped by a signal whose handler raises an exception, as Ctrl-C does. */
void look_for_signals(PyThreadState *released);

/* Ends that; false with an exception if one was raised, then or now. */
bool end_looks(void);

/* Lets other threads of Python run during work of such a cost, if it is large; what it returns is for take_gil(),
 * afterwards. */
static inline PyThreadState *release_gil(double cost) {
    if (cost < RELEASE_COST) return NULL;
    PyThreadState *released = PyEval_SaveThread();
    if (cost >= LOOK_COST) look_for_signals(released);
    return released;
}

/* False with an exception if the handler of a signal has raised one: what was to be computed is unfinished. */
static inline bool take_gil(PyThreadState *released) {
    if (released == NULL) return true;
    PyEval_RestoreThread(released);
    return end_looks();
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

/* Buffers in: memory that others lend through the buffer protocol. No element is read or written here. */
#include "python/arguments.h"
#include "python/extent.h"
#include "python/functions.h"
#include "walks/odometer.h"

static void release_buffer(void *source) {
    PyBuffer_Release(source);
    PyMem_Free(source);
}

PyObject *native_borrow(PyObject *module, PyObject *argument) {
    (void)module;
    Py_buffer *view = PyMem_Malloc(sizeof *view);
    if (view == NULL) return PyErr_NoMemory();
    if (PyObject_GetBuffer(argument, view, PyBUF_FULL) < 0) {
        PyErr_Clear();
        if (PyObject_GetBuffer(argument, view, PyBUF_FULL_RO) < 0) {
            PyMem_Free(view);
            return NULL;
        }
    }
    if (view->suboffsets != NULL || view->ndim > RANK_MAX) {
        PyErr_Format(PyExc_BufferError,
                     "raptors_xp: cannot use the buffer of %R: it has suboffsets or more than %d "
                     "dimensions; make a contiguous copy",
                     argument, RANK_MAX);
        release_buffer(view);
        return NULL;
    }
    intptr_t strides[RANK_MAX], before, covered;
    if (view->strides != NULL)
        memcpy(strides, view->strides, sizeof(intptr_t) * (size_t)view->ndim);
    else
        contiguous_strides(view->ndim, view->shape, view->itemsize, strides);
    find_extent(view->ndim, view->shape, strides, view->itemsize, &before, &covered);
    PyObject *format = PyUnicode_FromString(view->format == NULL ? "B" : view->format);
    PyObject *shape = counts_tuple(view->ndim, view->shape), *steps = counts_tuple(view->ndim, strides);
    const Py_ssize_t itemsize = view->itemsize;
    memory_object *memory =
        memory_borrow((char *)view->buf - before, (size_t)covered, view->readonly, release_buffer, view);
    if (memory == NULL) release_buffer(view);
    if (format == NULL || shape == NULL || steps == NULL || memory == NULL) {
        Py_XDECREF(format);
        Py_XDECREF(shape);
        Py_XDECREF(steps);
        Py_XDECREF(memory);
        return NULL;
    }
    return Py_BuildValue("(NNnNNn)", memory, format, itemsize, shape, steps, (Py_ssize_t)before);
}

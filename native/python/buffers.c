/* Buffers in: memory that others lend through the buffer protocol. No element is read or written here. */
#include "python/arguments.h"
#include "python/extent.h"
#include "python/functions.h"
#include "walks/odometer.h"

static void release_buffer(void *source) {
    PyBuffer_Release(source);
    PyMem_Free(source);
}

/* Byte strides, and the bytes that the elements cover (extent.h); what is wrong with them, or NULL. */
static const char *read_strides(const Py_buffer *view, intptr_t *strides, intptr_t *before, intptr_t *covered) {
    if (view->suboffsets != NULL) return "it has suboffsets";
    if (view->ndim < 0 || view->ndim > RANK_MAX) return "it has more dimensions than an array can have";
    if (view->ndim > 0 && view->shape == NULL) return "it has no shape";
    if (view->itemsize < 0 || count_checked(view->ndim, view->shape) < 0) return "its shape cannot be";
    if (view->strides != NULL)
        memcpy(strides, view->strides, sizeof(intptr_t) * (size_t)view->ndim);
    else
        contiguous_strides(view->ndim, view->shape, view->itemsize, strides);
    return find_extent(view->ndim, view->shape, strides, view->itemsize, before, covered) ? NULL
                                                                                          : "its strides cannot be";
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
    intptr_t strides[RANK_MAX], before, covered;
    const char *refusal = read_strides(view, strides, &before, &covered);
    if (refusal != NULL) {
        PyErr_Format(PyExc_BufferError, "raptors_xp: cannot use the buffer of %R: %s; make a contiguous copy", argument,
                     refusal);
        release_buffer(view);
        return NULL;
    }
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

/* Elements chosen by masks: reads the arguments, allocates the results, walks. No element is moved here. */
#include "walks/masks.h"

#include "python/arguments.h"
#include "python/functions.h"
#include "python/running.h"
#include "walks/odometer.h"

/* Counts the true elements, for which it takes scratch memory; -1 with an exception. */
static intptr_t count_mask(mask_walk *w, scratch *room) {
    if (!take_scratch(mask_scratch(w), room)) return -1;
    w->before = (intptr_t *)room->data;
    PyThreadState *released = release_gil(mask_count_cost(w));
    const intptr_t count = mask_count(w);
    if (take_gil(released)) return count;
    give_scratch(*room);
    return -1;
}

static bool move(void (*run)(const mask_walk *), const mask_walk *w) {
    PyThreadState *released = release_gil(mask_cost(w));
    run(w);
    return take_gil(released);
}

PyObject *native_mask_read(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    mask_walk w;
    if (!check_arguments("mask_read", count, 6) || !as_itemsize(arguments[0], &w.itemsize) ||
        !as_count(arguments[1], &w.n))
        return NULL;
    w.mask = as_contiguous_elements(arguments[2], arguments[3], w.n, 1);
    if (w.mask == NULL) return NULL;
    w.data = as_contiguous_elements(arguments[4], arguments[5], w.n, w.itemsize);
    if (w.data == NULL) return NULL;
    scratch room;
    const intptr_t chosen = count_mask(&w, &room);
    if (chosen < 0) return NULL;
    memory_object *out = memory_new_array(chosen, w.itemsize);
    if (out != NULL) {
        w.packed = memory_bytes(out);
        if (!move(mask_read, &w)) Py_CLEAR(out);
    }
    give_scratch(room);
    return (PyObject *)out;
}

PyObject *native_mask_write(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    mask_walk w;
    intptr_t values;
    if (!check_arguments("mask_write", count, 9) || !as_itemsize(arguments[0], &w.itemsize) ||
        !as_count(arguments[1], &w.n) || !as_count(arguments[6], &values))
        return NULL;
    w.mask = as_contiguous_elements(arguments[2], arguments[3], w.n, 1);
    if (w.mask == NULL) return NULL;
    w.data = as_contiguous_elements(arguments[4], arguments[5], w.n, w.itemsize);
    if (w.data == NULL || !check_writable((memory_object *)arguments[4])) return NULL;
    w.packed = as_contiguous_elements(arguments[7], arguments[8], values, w.itemsize);
    if (w.packed == NULL) return NULL;
    scratch room;
    const intptr_t wanted = count_mask(&w, &room);
    if (wanted < 0) return NULL;
    const bool finished = wanted != values || move(mask_write, &w);
    give_scratch(room);
    return finished ? PyLong_FromSsize_t(wanted) : NULL;
}

/* A tuple of int64 memory of `count` elements for each of `rank` axes. */
static PyObject *new_indices(int rank, intptr_t count, i64 **data) {
    PyObject *result = PyTuple_New(rank);
    for (int axis = 0; result != NULL && axis < rank; axis++) {
        memory_object *memory = memory_new_array(count, sizeof(i64));
        if (memory == NULL) {
            Py_CLEAR(result);
        } else {
            data[axis] = (i64 *)memory_bytes(memory);
            PyTuple_SET_ITEM(result, axis, (PyObject *)memory);
        }
    }
    return result;
}

PyObject *native_nonzero(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("nonzero", count, 3)) return NULL;
    intptr_t shape[RANK_MAX];
    const int rank = as_shape(arguments[0], shape);
    if (rank < 0) return NULL;
    mask_walk w = {.n = count_checked(rank, shape), .itemsize = sizeof(i64)};
    if (rank == 0 || w.n < 0) {
        PyErr_SetString(PyExc_ValueError, "_native.nonzero: expected a shape of at least one dimension");
        return NULL;
    }
    w.mask = as_contiguous_elements(arguments[1], arguments[2], w.n, 1);
    if (w.mask == NULL) return NULL;
    scratch room;
    const intptr_t chosen = count_mask(&w, &room);
    if (chosen < 0) return NULL;
    i64 *indices[RANK_MAX];
    PyObject *result = new_indices(rank, chosen, indices);
    if (result != NULL) {
        PyThreadState *released = release_gil(mask_cost(&w));
        mask_places(&w, rank, shape, indices);
        if (!take_gil(released)) Py_CLEAR(result);
    }
    give_scratch(room);
    return result;
}

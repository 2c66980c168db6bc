/* Fourier transforms: reads the arguments, allocates the result, walks. No arithmetic on elements. */
#include "walks/fourier.h"

#include "python/arguments.h"
#include "python/functions.h"
#include "python/running.h"
#include "walks/odometer.h"

static bool read_arguments(PyObject *const *arguments, transform_walk *w) {
    intptr_t mode;
    int dtype;
    if (!as_count(arguments[0], &mode) || !as_dtype(arguments[1], &dtype) || !as_count(arguments[4], &w->outer) ||
        !as_count(arguments[5], &w->own) || !as_count(arguments[6], &w->inner) || !as_count(arguments[7], &w->n))
        return false;
    w->factor = PyFloat_AsDouble(arguments[8]);
    if (w->factor == -1.0 && PyErr_Occurred()) return false;
    w->is_real = dtype == CODE_f32 || dtype == CODE_f64;
    w->dtype = dtype == CODE_c64 ? CODE_f32 : dtype == CODE_c128 ? CODE_f64 : dtype;
    const table_entry *entry = table_find(OPERATION_fourier, w->dtype);
    if (entry == NULL || mode < 0 || mode >= TRANSFORM_MODES || w->own < 1 ||
        !fourier_exists((enum transform_mode)mode, w->n) || (mode == TRANSFORM_to_half) > w->is_real ||
        (mode == TRANSFORM_from_half && w->is_real)) {
        PyErr_SetString(PyExc_ValueError, "_native: no Fourier transform of this mode, dtype or length");
        return false;
    }
    w->mode = (enum transform_mode)mode;
    w->kernel = entry->transform;
    w->cost = entry->cost;
    const intptr_t shape[3] = {w->outer, w->own, w->inner}, size = dtype_facts[dtype].size;
    const intptr_t count = count_checked(3, shape);
    if (count < 0) {
        PyErr_SetString(PyExc_ValueError, "_native: too many elements");
        return false;
    }
    w->in = as_contiguous_elements(arguments[2], arguments[3], count, size);
    return w->in != NULL;
}

PyObject *native_has_transform(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    intptr_t mode, n;
    if (!check_arguments("has_transform", count, 2) || !as_count(arguments[0], &mode) || !as_count(arguments[1], &n))
        return NULL;
    return PyBool_FromLong(mode >= 0 && mode < TRANSFORM_MODES && fourier_exists((enum transform_mode)mode, n));
}

PyObject *native_fourier(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    transform_walk w = {0};
    if (!check_arguments("fourier", count, 9) || !read_arguments(arguments, &w)) return NULL;
    const intptr_t shape[3] = {w.outer, fourier_length(&w), w.inner};
    const intptr_t size = dtype_facts[w.dtype].size * (w.mode == TRANSFORM_from_half ? 1 : 2);
    memory_object *out = memory_new_array(count_checked(3, shape), size);
    if (out == NULL) return NULL;
    w.out = memory_bytes(out);
    scratch room = {0};
    if (w.outer == 0 || w.inner == 0) return (PyObject *)out;
    if (!fourier_take(&w)) {
        PyErr_NoMemory();
        Py_CLEAR(out);
    } else if (!take_scratch(fourier_scratch(&w), &room)) {
        Py_CLEAR(out);
    } else {
        w.between = room.data;
        PyThreadState *released = release_gil(fourier_cost(&w));
        fourier_run(&w);
        if (!take_gil(released)) Py_CLEAR(out);
        give_scratch(room);
    }
    fourier_give(&w);
    return (PyObject *)out;
}

/* Sorting along an axis: reads the arguments, allocates the result, walks. No comparison here. */
#include "walks/sort.h"

#include "python/arguments.h"
#include "python/functions.h"
#include "python/lines.h"
#include "python/running.h"

/* Reads the kernel, ranks and descending. */
static bool read_order(PyObject *const *arguments, sort_walk *w, int *dtype) {
    if (!as_dtype(arguments[0], dtype) || !as_flag(arguments[1], &w->ranks) || !as_flag(arguments[2], &w->descending))
        return false;
    const table_entry *entry = table_find(OPERATION_sort, *dtype);
    if (entry == NULL) {
        PyErr_Format(PyExc_ValueError, "_native.sort: elements of dtype %s have no order", dtype_facts[*dtype].name);
        return false;
    }
    w->kernels = entry->sort;
    w->in_size = dtype_facts[*dtype].size;
    w->cost = entry->cost;
    return true;
}

/* Fresh memory for results of `size` bytes, where out_step and out_strides say. */
static memory_object *new_sorted(PyObject *out_step, PyObject *out_strides, intptr_t size, lines *l) {
    intptr_t shape[RANK_MAX + 1], strides[RANK_MAX + 1], results = l->n;
    if (!as_strides(out_strides, l->rank, l->out_strides) || !as_count(out_step, &l->out_step)) return NULL;
    for (int i = 0; i < l->rank; i++) {
        shape[i] = l->shape[i];
        strides[i] = l->out_strides[i];
        if (__builtin_mul_overflow(results, l->shape[i], &results)) results = -1;
    }
    shape[l->rank] = l->n;
    strides[l->rank] = l->out_step;
    memory_object *out = memory_new_array(results, size);
    if (out == NULL) return NULL;
    if (!check_extent(out->nbytes, 0, l->rank + 1, shape, strides, size)) Py_CLEAR(out);
    if (out != NULL) l->out = memory_bytes(out);
    return out;
}

PyObject *native_sort(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    sort_walk w;
    int dtype;
    if (!check_arguments("sort", count, 11) || !read_order(arguments, &w, &dtype) ||
        !as_lines(arguments + 3, 1, w.in_size, &w.lines))
        return NULL;
    memory_object *out = new_sorted(arguments[9], arguments[10], w.ranks ? (intptr_t)sizeof(i64) : w.in_size, &w.lines);
    if (out == NULL) return NULL;
    scratch room;
    if (!take_scratch(sort_scratch(&w), &room)) {
        Py_DECREF(out);
        return NULL;
    }
    PyThreadState *released = release_gil(sort_cost(&w));
    sort_run(&w, room.data);
    if (!take_gil(released)) Py_CLEAR(out);
    give_scratch(room);
    return (PyObject *)out;
}

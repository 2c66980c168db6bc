/* Searches among sorted elements: reads the arguments, allocates the result, walks. No comparison here. */
#include "walks/search.h"

#include "python/arguments.h"
#include "python/functions.h"
#include "python/running.h"

static bool read_arguments(PyObject *const *arguments, search_walk *w) {
    int dtype;
    if (!as_dtype(arguments[0], &dtype) || !as_flag(arguments[1], &w->right) || !as_count(arguments[2], &w->n) ||
        !as_count(arguments[5], &w->count))
        return false;
    const table_entry *entry = table_find(OPERATION_searchsorted, dtype);
    if (entry == NULL) {
        PyErr_Format(PyExc_ValueError, "_native.search: elements of dtype %s have no order", dtype_facts[dtype].name);
        return false;
    }
    w->kernel = entry->search;
    w->size = dtype_facts[dtype].size;
    w->cost = entry->cost;
    w->sorted = as_contiguous_elements(arguments[3], arguments[4], w->n, w->size);
    if (w->sorted == NULL) return false;
    w->values = as_contiguous_elements(arguments[6], arguments[7], w->count, w->size);
    if (w->values == NULL) return false;
    w->sorter = NULL;
    if (arguments[8] == Py_None) return true;
    w->sorter = (const i64 *)as_contiguous_elements(arguments[8], arguments[9], w->n, sizeof(i64));
    return w->sorter != NULL;
}

PyObject *native_search(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    search_walk w;
    if (!check_arguments("search", count, 10) || !read_arguments(arguments, &w)) return NULL;
    memory_object *out = memory_new_array(w.count, sizeof(i64));
    if (out == NULL) return NULL;
    w.out = (i64 *)memory_bytes(out);
    PyThreadState *released = release_gil(search_cost(&w));
    const bool found = search_run(&w);
    const bool finished = take_gil(released);
    if (found && finished) return (PyObject *)out;
    Py_DECREF(out);
    if (!finished) return NULL;
    PyErr_Format(PyExc_IndexError,
                 "searchsorted: sorter points outside of x1, which has %zd elements; give the result of argsort",
                 (Py_ssize_t)w.n);
    return NULL;
}

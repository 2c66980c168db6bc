/* Where extremes along an axis are: reads the arguments, allocates the result, walks. No comparison here. */
#include "walks/extreme.h"

#include "python/arguments.h"
#include "python/functions.h"
#include "python/lines.h"
#include "python/running.h"

PyObject *native_extreme(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("extreme", count, 9)) return NULL;
    int dtype;
    extreme_walk w;
    const table_entry *entry = as_kernel(arguments[0], arguments[1], FORM_extreme, FORM_extreme, &dtype);
    if (entry == NULL || !as_count(arguments[2], &w.columns)) return NULL;
    w.kernels = entry->extreme;
    w.in_size = dtype_facts[dtype].size;
    w.cost = entry->cost;
    if (!as_lines(arguments + 3, w.columns, w.in_size, &w.lines)) return NULL;
    memory_object *out = new_results(&w.lines, 1, w.columns, sizeof(i64));
    if (out == NULL || out->nbytes == 0) return (PyObject *)out;
    extreme_arrange(&w);
    scratch room;
    if (w.lines.n == 0) PyErr_SetString(PyExc_ValueError, "_native.extreme: there is nothing to choose from");
    if (w.lines.n == 0 || !take_scratch(extreme_scratch(&w), &room)) {
        Py_DECREF(out);
        return NULL;
    }
    PyThreadState *released = release_gil(extreme_cost(&w));
    extreme_run(&w, room.data);
    if (!take_gil(released)) Py_CLEAR(out);
    give_scratch(room);
    return (PyObject *)out;
}

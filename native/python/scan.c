/* Running sums and products: reads the arguments, allocates the result, walks. No arithmetic on elements. */
#include "walks/scan.h"

#include "python/arguments.h"
#include "python/functions.h"
#include "python/lines.h"
#include "python/running.h"

PyObject *native_scan(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("scan", count, 10)) return NULL;
    int dtype;
    scan_walk w;
    const table_entry *entry = as_kernel(arguments[0], arguments[1], FORM_scan, FORM_scan, &dtype);
    if (entry == NULL || !as_flag(arguments[2], &w.has_initial) || !as_count(arguments[3], &w.columns)) return NULL;
    w.kernels = entry->scan;
    w.in_size = dtype_facts[dtype].size;
    w.cost = entry->cost;
    if (!as_lines(arguments + 4, w.columns, w.in_size, &w.lines)) return NULL;
    memory_object *out =
        new_results(&w.lines, (intptr_t)((uintptr_t)w.lines.n + w.has_initial), w.columns, w.kernels->size);
    if (out == NULL) return NULL;
    scratch room;
    if (!take_scratch(scan_scratch(&w), &room)) {
        Py_DECREF(out);
        return NULL;
    }
    PyThreadState *released = release_gil(scan_cost(&w));
    scan_run(&w, room.data);
    if (!take_gil(released)) Py_CLEAR(out);
    give_scratch(room);
    return (PyObject *)out;
}

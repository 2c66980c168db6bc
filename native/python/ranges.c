/* Evenly spaced numbers: reads the arguments, allocates the result, walks. */
#include "walks/ranges.h"

#include "python/arguments.h"
#include "python/elements.h"
#include "python/functions.h"
#include "python/running.h"

PyObject *native_spaced(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    range_walk w;
    if (!check_arguments("spaced", count, 5) || !as_dtype(arguments[0], &w.compute) ||
        !as_dtype(arguments[1], &w.dtype) || !as_count(arguments[2], &w.count))
        return NULL;
    const char kind = dtype_facts[w.compute].kind;
    if (kind != 'i' && kind != 'u' && w.compute != CODE_f64 && w.compute != CODE_c128) {
        PyErr_Format(PyExc_ValueError, "_native.spaced: nothing is computed in %s", dtype_facts[w.compute].name);
        return NULL;
    }
    if (!element_store(w.compute, arguments[3], w.start) || !element_store(w.compute, arguments[4], w.step))
        return NULL;
    memory_object *out = memory_new_array(w.count, dtype_facts[w.dtype].size);
    if (out == NULL) return NULL;
    w.out = memory_bytes(out);
    PyThreadState *released = release_gil(range_cost(&w));
    range_run(&w);
    if (!take_gil(released)) Py_CLEAR(out);
    return (PyObject *)out;
}

/* What Python asks of the manifest: results, costs, integers; and the names of the operations. No kernel runs here. */
#include "kernels/table.h"
#include "pool.h"
#include "python/arguments.h"
#include "python/functions.h"

/* The entry of an operation and a dtype, NULL where there is no kernel; false with an exception. */
static bool find_entry(PyObject *const *arguments, const table_entry **entry) {
    int dtype;
    const long operation = PyLong_AsLong(arguments[0]);
    if ((operation == -1 && PyErr_Occurred()) || !as_dtype(arguments[1], &dtype)) return false;
    *entry = table_find(operation, dtype);
    return true;
}

PyObject *native_result_dtype(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    const table_entry *entry;
    if (!check_arguments("result_dtype", count, 2) || !find_entry(arguments, &entry)) return NULL;
    return PyLong_FromLong(entry == NULL ? -1 : (long)entry->result);
}

PyObject *native_cost(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    const table_entry *entry;
    if (!check_arguments("cost", count, 2) || !find_entry(arguments, &entry)) return NULL;
    return PyLong_FromLong(entry == NULL ? 0 : (long)entry->cost);
}

PyObject *native_integers(PyObject *module, PyObject *argument) {
    (void)module;
    const long operation = PyLong_AsLong(argument);
    if (operation == -1 && PyErr_Occurred()) return NULL;
    if (operation < 0 || operation >= OPERATION_COUNT) {
        PyErr_Format(PyExc_ValueError, "_native.integers: %ld is not an operation code", operation);
        return NULL;
    }
    return PyLong_FromLong(table_integers((enum operation_code)operation));
}

PyObject *native_cost_limits(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    return Py_BuildValue("{s:n,s:n,s:n,s:n}", "chunk", (Py_ssize_t)CHUNK_COST, "share", (Py_ssize_t)SHARE_COST,
                         "release", (Py_ssize_t)RELEASE_COST, "wake", (Py_ssize_t)WAKE_COST);
}

bool add_operations(PyObject *module) {
    for (int i = 0; i < OPERATION_COUNT; i++) {
        char name[64];
        int length = 0;
        for (const char *c = operation_names[i]; *c != '\0'; c++) {
            name[length++] = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
        }
        name[length] = '\0';
        if (PyModule_AddIntConstant(module, name, i) < 0) return false;
    }
    return true;
}

/* The module's functions about the machine: instruction sets, threads, memory. */
#include "cpu.h"
#include "memory.h"
#include "walks/stream.h"
#include "python/arguments.h"
#include "python/functions.h"
#include "python/running.h"
#include "kernels/table.h"

/* A number of bytes; one that is too large becomes -1, which no memory has. */
static bool as_bytes(PyObject *object, intptr_t *nbytes) {
    if (as_count(object, nbytes)) return true;
    if (!PyErr_ExceptionMatches(PyExc_OverflowError)) return false;
    PyErr_Clear();
    *nbytes = -1;
    return true;
}

PyObject *native_allocate(PyObject *module, PyObject *argument) {
    (void)module;
    intptr_t nbytes;
    return as_bytes(argument, &nbytes) ? (PyObject *)memory_new_array(nbytes, 1) : NULL;
}

PyObject *native_zeroed(PyObject *module, PyObject *argument) {
    (void)module;
    intptr_t nbytes;
    bool is_zero;
    if (!as_bytes(argument, &nbytes)) return NULL;
    memory_object *memory = memory_new_clear(nbytes, &is_zero);
    if (memory == NULL || is_zero) return (PyObject *)memory;
    PyThreadState *released = release_gil(stream_clear_cost(nbytes));
    stream_clear(memory_bytes(memory), nbytes);
    if (!take_gil(released)) Py_CLEAR(memory);
    return (PyObject *)memory;
}

PyObject *native_isa(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    return PyUnicode_FromString(isa_names[table_isa()]);
}

PyObject *native_isas(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    const int count = cpu_isa_supported();
    PyObject *names = PyTuple_New(count);
    for (int i = 0; names != NULL && i < count; i++) {
        PyObject *name = PyUnicode_FromString(isa_names[i]);
        if (name == NULL)
            Py_CLEAR(names);
        else
            PyTuple_SET_ITEM(names, i, name);
    }
    return names;
}

PyObject *native_compiler(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    return PyUnicode_FromString(__VERSION__);
}

PyObject *native_threads(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    return PyLong_FromLong(pool_threads());
}

PyObject *native_set_threads(PyObject *module, PyObject *argument) {
    (void)module;
    intptr_t count;
    if (!as_count(argument, &count)) return NULL;
    if (count < 1 || count > POOL_THREADS_MAX) {
        PyErr_Format(PyExc_ValueError, "set_threads: count must be from 1 to %d, not %zd", POOL_THREADS_MAX,
                     (Py_ssize_t)count);
        return NULL;
    }
    pool_set_threads((int)count);
    Py_RETURN_NONE;
}

PyObject *native_machine_threads(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    const cpu_threads found = cpu_count_threads();
    return Py_BuildValue("{s:i,s:i,s:i,s:i}", "affinity", found.affinity, "cgroup", found.cgroup, "RAPTORS_NUM_THREADS",
                         found.raptors, "OMP_NUM_THREADS", found.openmp);
}

PyObject *native_memory_info(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    const memory_counts counts = memory_count();
    return Py_BuildValue("{s:n,s:n,s:n,s:n,s:K,s:K}", "in_use", (Py_ssize_t)counts.in_use, "cached",
                         (Py_ssize_t)counts.cached, "cache_limit", (Py_ssize_t)counts.cache_limit, "peak",
                         (Py_ssize_t)counts.peak, "recycled", (unsigned long long)counts.recycled, "fresh",
                         (unsigned long long)counts.fresh);
}

PyObject *native_trim(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    memory_trim();
    Py_RETURN_NONE;
}

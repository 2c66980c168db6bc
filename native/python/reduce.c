/* Reductions: reads the arguments, allocates the result, walks. No arithmetic on elements. */
#include "walks/reduce.h"

#include "python/arguments.h"
#include "python/functions.h"
#include "python/running.h"
#include "walks/odometer.h"

/* Reduces into fresh memory of `results` elements. */
static PyObject *run_walk(reduce_walk *w, intptr_t results) {
    memory_object *out = memory_new_array(results, w->out_size);
    if (out == NULL || results == 0) return (PyObject *)out;
    w->out = memory_bytes(out);
    scratch room;
    if (!take_scratch(reduce_scratch(w), &room)) {
        Py_DECREF(out);
        return NULL;
    }
    PyThreadState *released = release_gil(reduce_cost(w));
    reduce_run(w, room.data);
    if (!take_gil(released)) Py_CLEAR(out);
    give_scratch(room);
    return (PyObject *)out;
}

static void set_kernel(reduce_walk *w, const table_entry *entry, int dtype) {
    w->kernels = entry->reduce;
    w->in_size = dtype_facts[dtype].size;
    w->out_size = dtype_facts[entry->result].size;
    w->cost = entry->cost;
}

/* What is too little to be cut is one call of the kernel. */
static PyObject *run_small(const table_entry *entry, const char *in, intptr_t count, intptr_t step) {
    const intptr_t out_size = dtype_facts[entry->result].size;
    memory_object *out = memory_new_array(1, out_size);
    if (out != NULL) reduce_small(entry->reduce, in, count, step, memory_bytes(out), out_size);
    return (PyObject *)out;
}

PyObject *native_reduce_flat(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    intptr_t elements;
    if (!check_arguments("reduce_flat", count, 4)) return NULL;
    const table_entry *entry = as_kernel_number(arguments[0], FORM_reduce, FORM_reduce, &dtype);
    if (entry == NULL || !as_count(arguments[1], &elements)) return NULL;
    const intptr_t size = dtype_facts[dtype].size;
    const char *in = as_contiguous_elements(arguments[2], arguments[3], elements, size);
    if (in == NULL) return NULL;
    if (elements <= REDUCE_SMALL) return run_small(entry, in, elements, size);
    reduce_walk w; /* not initialised: its arrays are large */
    set_kernel(&w, entry, dtype);
    w.reduced.shape[0] = elements;
    w.kept.rank = 0;
    w.reduced.rank = 1;
    w.reduced.strides[0] = w.in_size;
    w.in = in;
    return run_walk(&w, 1);
}

/* The dimensions of a reduction of all elements, collapsed as _core/planning.py collapses those of others: steps down
 * are turned round, dimensions ordered by falling stride, and merged where one goes on where the other ends. */
static void collapse(reduce_dimensions *d, const char **in) {
    int rank = 0;
    for (int i = 0; i < d->rank; i++) {
        const intptr_t size = d->shape[i], stride = d->strides[i];
        if (size == 1) continue;
        if (stride < 0) *in += stride * (size - 1);
        int place = rank++;
        for (; place > 0 && d->strides[place - 1] != 0 && d->strides[place - 1] < magnitude(stride); place--) {
            d->shape[place] = d->shape[place - 1];
            d->strides[place] = d->strides[place - 1];
        }
        d->shape[place] = size;
        d->strides[place] = magnitude(stride);
    }
    d->rank = 0;
    for (int i = 0; i < rank; i++) {
        const int last = d->rank - 1;
        const bool goes_on = last >= 0 && d->strides[last] == d->strides[i] * d->shape[i];
        const int place = goes_on ? last : d->rank++;
        d->shape[place] = goes_on ? d->shape[place] * d->shape[i] : d->shape[i];
        d->strides[place] = d->strides[i];
    }
}

PyObject *native_reduce_all(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    reduce_walk w; /* not initialised: its arrays are large */
    int dtype;
    if (!check_arguments("reduce_all", count, 5)) return NULL;
    const table_entry *entry = as_kernel_number(arguments[0], FORM_reduce, FORM_reduce, &dtype);
    if (entry == NULL) return NULL;
    set_kernel(&w, entry, dtype);
    w.kept.rank = 0;
    w.reduced.rank = as_dimensions(arguments[1], arguments[2], w.reduced.shape, w.reduced.strides);
    if (w.reduced.rank < 0) return NULL;
    w.in = as_elements(arguments[3], arguments[4], w.reduced.rank, w.reduced.shape, w.reduced.strides, w.in_size);
    if (w.in == NULL) return NULL;
    const intptr_t elements = count_checked(w.reduced.rank, w.reduced.shape);
    if (elements <= 0) {
        PyErr_Format(PyExc_ValueError, "_native.reduce_all: %zd elements cannot be reduced", (Py_ssize_t)elements);
        return NULL;
    }
    collapse(&w.reduced, &w.in);
    if (w.reduced.rank == 0) return run_small(entry, w.in, 1, w.in_size);
    if (w.reduced.rank == 1 && elements <= REDUCE_SMALL) return run_small(entry, w.in, elements, w.reduced.strides[0]);
    return run_walk(&w, 1);
}

PyObject *native_reduce(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    reduce_walk w;
    int dtype;
    if (!check_arguments("reduce", count, 9)) return NULL;
    const table_entry *entry = as_kernel(arguments[0], arguments[1], FORM_reduce, FORM_reduce, &dtype);
    if (entry == NULL) return NULL;
    set_kernel(&w, entry, dtype);
    reduce_dimensions *kept = &w.kept, *reduced = &w.reduced;
    kept->rank = as_dimensions(arguments[2], arguments[3], kept->shape, kept->strides);
    if (kept->rank < 0 || !as_strides(arguments[4], kept->rank, w.out_strides)) return NULL;
    reduced->rank = as_dimensions(arguments[5], arguments[6], reduced->shape, reduced->strides);
    if (reduced->rank < 0) return NULL;
    intptr_t shape[2 * RANK_MAX], strides[2 * RANK_MAX];
    memcpy(shape, kept->shape, sizeof(intptr_t) * (size_t)kept->rank);
    memcpy(strides, kept->strides, sizeof(intptr_t) * (size_t)kept->rank);
    memcpy(shape + kept->rank, reduced->shape, sizeof(intptr_t) * (size_t)reduced->rank);
    memcpy(strides + kept->rank, reduced->strides, sizeof(intptr_t) * (size_t)reduced->rank);
    w.in = as_elements(arguments[7], arguments[8], kept->rank + reduced->rank, shape, strides, w.in_size);
    if (w.in == NULL) return NULL;
    if (count_checked(kept->rank + reduced->rank, shape) < 0) {
        PyErr_SetString(PyExc_ValueError, "_native.reduce: there are more elements than can be counted");
        return NULL;
    }
    const intptr_t results = count_checked(kept->rank, kept->shape);
    const size_t room = results < 0 ? 0 : (size_t)results * (size_t)w.out_size;
    if (!check_extent(room, 0, kept->rank, kept->shape, w.out_strides, w.out_size)) return NULL;
    return run_walk(&w, results);
}

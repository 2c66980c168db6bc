/* Reductions: reads the arguments, allocates the result, walks. No arithmetic on elements. */
#include "walks/reduce.h"

#include "python/arguments.h"
#include "python/functions.h"
#include "python/running.h"
#include "walks/odometer.h"

/* Reduces into fresh memory of `results` elements. */
static PyObject *run_walk(reduce_walk *w, intptr_t results) {
    memory_object *out = memory_new_array(results, w->out_size);
    if (out == NULL) return NULL;
    w->out = memory_bytes(out);
    scratch room;
    if (!take_scratch(reduce_scratch(w), &room)) {
        Py_DECREF(out);
        return NULL;
    }
    PyThreadState *released = release_gil(reduce_cost(w));
    reduce_run(w, room.data);
    take_gil(released);
    give_scratch(room);
    return (PyObject *)out;
}

static bool read_kernel(PyObject *const *arguments, reduce_walk *w) {
    int dtype;
    const table_entry *entry = as_kernel(arguments[0], arguments[1], FORM_fold, FORM_fold, &dtype);
    if (entry == NULL) return false;
    w->kernels = entry->fold;
    w->in_size = dtype_facts[dtype].size;
    w->out_size = dtype_facts[entry->result].size;
    w->cost = entry->cost;
    return true;
}

PyObject *native_fold_flat(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    reduce_walk w; /* not initialised: its arrays are large */
    if (!check_arguments("fold_flat", count, 5) || !read_kernel(arguments, &w) ||
        !as_count(arguments[2], &w.reduced.shape[0]))
        return NULL;
    w.kept.rank = 0;
    w.reduced.rank = 1;
    w.reduced.strides[0] = w.in_size;
    w.in = as_contiguous_elements(arguments[3], arguments[4], w.reduced.shape[0], w.in_size);
    return w.in == NULL ? NULL : run_walk(&w, 1);
}

PyObject *native_fold(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    reduce_walk w;
    if (!check_arguments("fold", count, 9) || !read_kernel(arguments, &w)) return NULL;
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
    const intptr_t results = count_checked(kept->rank, kept->shape);
    const size_t room = results < 0 ? 0 : (size_t)results * (size_t)w.out_size;
    if (!check_extent(room, 0, kept->rank, kept->shape, w.out_strides, w.out_size)) return NULL;
    return run_walk(&w, results);
}

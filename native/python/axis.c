/* The module's functions that work along one axis, or in sorted elements: reads the arguments, allocates, drops the
 * GIL. */
#include "axis.h"

#include "../along.h"
#include "../memory.h"
#include "../order.h"
#include "../pool.h"
#include "compute.h"
#include "elements.h"

/* Scratch memory from the recycler; a NULL pointer and true if none is wanted. */
static bool take_scratch(size_t bytes, char **scratch, size_t *capacity) {
    *scratch = NULL;
    *capacity = 0;
    if (bytes == 0) return true;
    *scratch = memory_allocate(bytes, capacity);
    if (*scratch != NULL) return true;
    PyErr_NoMemory();
    return false;
}

static void give_scratch(char *scratch, size_t capacity) {
    if (scratch != NULL) memory_release(scratch, capacity);
}

/* Reads n, the step in, shape and strides in of the other axes, memory and offset; `columns` contiguous elements lie at
 * every place. */
static bool read_lines(PyObject *const *arguments, intptr_t columns, intptr_t size, lines *l) {
    intptr_t offset, shape[RANK_MAX + 2], strides[RANK_MAX + 2];
    const memory_object *memory = as_memory(arguments[4]);
    if (memory == NULL || !as_count(arguments[0], &l->n) || !as_count(arguments[1], &l->in_step) ||
        !as_count(arguments[5], &offset))
        return false;
    l->rank = as_counts(arguments[2], l->shape);
    if (l->rank < 0) return false;
    const int rank = as_counts(arguments[3], l->in_strides);
    if (rank < 0) return false;
    if (rank != l->rank || l->n < 0 || columns < 0) {
        PyErr_SetString(PyExc_ValueError, "_native: as many strides as dimensions, please");
        return false;
    }
    memcpy(shape, l->shape, sizeof l->shape);
    memcpy(strides, l->in_strides, sizeof l->in_strides);
    shape[rank] = l->n;
    strides[rank] = l->in_step;
    shape[rank + 1] = columns;
    strides[rank + 1] = size;
    if (!check_extent(memory, offset, rank + 2, shape, strides, size)) return false;
    l->in = memory->data + offset;
    return true;
}

/* How many results lines x n x columns are; -1 if too many. Sets the strides of a result in that order. */
static intptr_t lay_out(lines *l, intptr_t n, intptr_t columns, intptr_t size) {
    intptr_t total;
    if (__builtin_mul_overflow(n, columns, &total)) return -1;
    l->out_step = columns * size;
    for (int i = l->rank - 1; i >= 0; i--) {
        if (__builtin_mul_overflow(total, size, &l->out_strides[i])) return -1;
        if (__builtin_mul_overflow(total, l->shape[i], &total)) return -1;
    }
    return total;
}

PyObject *native_sort(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("sort", count, 11)) return NULL;
    order o;
    const int ranks = PyObject_IsTrue(arguments[1]), descending = PyObject_IsTrue(arguments[2]);
    int dtype;
    if (ranks < 0 || descending < 0 || !as_dtype(arguments[0], &dtype)) return NULL;
    const table_entry *entry = table_find(OPERATION_sort, dtype);
    if (entry == NULL) {
        PyErr_SetString(PyExc_ValueError, "_native.sort: wants an ordered dtype");
        return NULL;
    }
    o.kernels = entry->sort;
    o.ranks = ranks;
    o.descending = descending;
    o.in_size = dtype_facts[dtype].size;
    if (!read_lines(arguments + 3, 1, o.in_size, &o.lines)) return NULL;
    const intptr_t size = o.ranks ? (intptr_t)sizeof(i64) : o.in_size;
    const int rank = as_counts(arguments[10], o.lines.out_strides);
    if (rank < 0 || !as_count(arguments[9], &o.lines.out_step)) return NULL;
    intptr_t shape[RANK_MAX + 1], strides[RANK_MAX + 1], results = o.lines.n;
    for (int i = 0; i < o.lines.rank; i++) {
        if (__builtin_mul_overflow(results, o.lines.shape[i], &results)) results = -1;
    }
    if (o.ranks && o.kernels->index_bits == 32 && o.lines.n > UINT32_MAX) {
        PyErr_Format(PyExc_ValueError, "argsort: %zd elements of dtype %s are more than it can sort; convert to int64",
                     (Py_ssize_t)o.lines.n, dtype_facts[dtype].name);
        return NULL;
    }
    memory_object *out = memory_new_array(results, size);
    if (out == NULL) return NULL;
    memcpy(shape, o.lines.shape, sizeof o.lines.shape);
    memcpy(strides, o.lines.out_strides, sizeof o.lines.out_strides);
    shape[o.lines.rank] = o.lines.n;
    strides[o.lines.rank] = o.lines.out_step;
    if (rank != o.lines.rank || !check_extent(out, 0, rank + 1, shape, strides, size)) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "_native.sort: as many strides as dimensions, please");
        Py_DECREF(out);
        return NULL;
    }
    o.lines.out = out->data;
    char *scratch;
    size_t capacity;
    if (!take_scratch(order_scratch(&o), &scratch, &capacity)) {
        Py_DECREF(out);
        return NULL;
    }
    if (order_microseconds(&o) < RELEASE_FROM) {
        order_run(&o, scratch);
    } else {
        Py_BEGIN_ALLOW_THREADS order_run(&o, scratch);
        Py_END_ALLOW_THREADS
    }
    give_scratch(scratch, capacity);
    return (PyObject *)out;
}

PyObject *native_scan(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("scan", count, 10)) return NULL;
    int dtype;
    scan s;
    const table_entry *entry = find_kernel(arguments[0], arguments[1], FORM_scan, FORM_scan, &dtype);
    const int has_initial = PyObject_IsTrue(arguments[2]);
    if (entry == NULL || has_initial < 0 || !as_count(arguments[3], &s.columns)) return NULL;
    s.kernels = entry->scan;
    s.has_initial = has_initial;
    s.in_size = dtype_facts[dtype].size;
    if (!read_lines(arguments + 4, s.columns, s.in_size, &s.lines)) return NULL;
    memory_object *out =
        memory_new_array(lay_out(&s.lines, s.lines.n + has_initial, s.columns, s.kernels->size), s.kernels->size);
    if (out == NULL) return NULL;
    s.lines.out = out->data;
    char *scratch;
    size_t capacity;
    if (!take_scratch(scan_scratch(&s), &scratch, &capacity)) {
        Py_DECREF(out);
        return NULL;
    }
    if (along_microseconds(&s.lines, s.columns, s.in_size) < RELEASE_FROM) {
        scan_run(&s, scratch);
    } else {
        Py_BEGIN_ALLOW_THREADS scan_run(&s, scratch);
        Py_END_ALLOW_THREADS
    }
    give_scratch(scratch, capacity);
    return (PyObject *)out;
}

PyObject *native_extreme(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("extreme", count, 9)) return NULL;
    int dtype;
    extreme e;
    const table_entry *entry = find_kernel(arguments[0], arguments[1], FORM_extreme, FORM_extreme, &dtype);
    if (entry == NULL || !as_count(arguments[2], &e.columns)) return NULL;
    e.kernels = entry->extreme;
    e.in_size = dtype_facts[dtype].size;
    if (!read_lines(arguments + 3, e.columns, e.in_size, &e.lines)) return NULL;
    const intptr_t results = lay_out(&e.lines, 1, e.columns, sizeof(i64));
    if (e.lines.n == 0 && results != 0) {
        PyErr_SetString(PyExc_ValueError, "_native.extreme: there is nothing to choose from");
        return NULL;
    }
    memory_object *out = memory_new_array(results, sizeof(i64));
    if (out == NULL || results == 0) return (PyObject *)out;
    e.lines.out = out->data;
    char *scratch;
    size_t capacity;
    if (!take_scratch(extreme_scratch(&e), &scratch, &capacity)) {
        Py_DECREF(out);
        return NULL;
    }
    if (along_microseconds(&e.lines, e.columns, e.in_size) < RELEASE_FROM) {
        extreme_run(&e, scratch);
    } else {
        Py_BEGIN_ALLOW_THREADS extreme_run(&e, scratch);
        Py_END_ALLOW_THREADS
    }
    give_scratch(scratch, capacity);
    return (PyObject *)out;
}

/* --- search: blocks of values over the pool ---------------------------------------------------------------------- */

enum { SEARCH_CHUNK = 4096 /* values */ };

typedef struct {
    search_kernel *kernel;
    const char *sorted, *values;
    const i64 *sorter;
    intptr_t n, count, size;
    bool right;
    i64 *out;
    bool failed;
} search_job;

static void search_chunk(void *context, intptr_t chunk) {
    search_job *job = context;
    const intptr_t first = chunk * SEARCH_CHUNK;
    if (!job->kernel(job->sorted, job->n, job->sorter, job->values + first * job->size,
                     MINIMUM(SEARCH_CHUNK, job->count - first), job->right, job->out + first))
        __atomic_store_n(&job->failed, true, __ATOMIC_RELAXED);
}

static const char *read_run(PyObject *memory_argument, PyObject *offset_argument, intptr_t n, intptr_t size) {
    const memory_object *memory = as_memory(memory_argument);
    intptr_t offset;
    if (memory == NULL || !as_count(offset_argument, &offset) || !check_extent(memory, offset, 1, &n, &size, size))
        return NULL;
    return memory->data + offset;
}

PyObject *native_search(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("search", count, 10)) return NULL;
    int dtype;
    search_job job = {.failed = false};
    if (!as_dtype(arguments[0], &dtype)) return NULL;
    const table_entry *entry = table_find(OPERATION_searchsorted, dtype);
    const int right = PyObject_IsTrue(arguments[1]);
    if (entry == NULL && !PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "_native.search: wants an ordered dtype");
    if (entry == NULL || right < 0 || !as_count(arguments[2], &job.n) || !as_count(arguments[5], &job.count))
        return NULL;
    job.kernel = entry->search;
    job.right = right;
    job.size = dtype_facts[dtype].size;
    job.sorted = read_run(arguments[3], arguments[4], job.n, job.size);
    if (job.sorted == NULL) return NULL;
    job.values = read_run(arguments[6], arguments[7], job.count, job.size);
    if (job.values == NULL) return NULL;
    if (arguments[8] != Py_None) {
        job.sorter = (const i64 *)read_run(arguments[8], arguments[9], job.n, sizeof(i64));
        if (job.sorter == NULL) return NULL;
    }
    memory_object *out = memory_new_array(job.count, sizeof(i64));
    if (out == NULL) return NULL;
    job.out = (i64 *)out->data;
    const intptr_t chunks = (job.count + SEARCH_CHUNK - 1) / SEARCH_CHUNK;
    double steps = 1;
    for (intptr_t n = job.n; n > 1; n /= 2) steps++;
    const double microseconds = (double)job.count * steps * 0.0015;
    if (microseconds < RELEASE_FROM) {
        pool_run(search_chunk, &job, chunks, microseconds);
    } else {
        Py_BEGIN_ALLOW_THREADS pool_run(search_chunk, &job, chunks, microseconds);
        Py_END_ALLOW_THREADS
    }
    if (!job.failed) return (PyObject *)out;
    Py_DECREF(out);
    PyErr_Format(PyExc_IndexError,
                 "searchsorted: sorter points outside of x1, which has %zd elements; give the result of argsort",
                 (Py_ssize_t)job.n);
    return NULL;
}

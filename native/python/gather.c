/* Elements chosen by index arrays: reads the arguments, allocates the result, walks. No element is moved here. */
#include "walks/gather.h"

#include "python/arguments.h"
#include "python/elements.h"
#include "python/functions.h"
#include "python/gather.h"
#include "python/running.h"
#include "walks/odometer.h"

/* (memory, dtype, offset, strides, size, stride) */
static bool read_index_array(PyObject *tuple, const gather_walk *w, index_array *to) {
    if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) != 6) {
        PyErr_SetString(PyExc_TypeError, "_native: an index array is (memory, dtype, offset, strides, size, stride)");
        return false;
    }
    PyObject *const *parts = &PyTuple_GET_ITEM(tuple, 0);
    if (!as_dtype(parts[1], &to->code) || !as_strides(parts[3], w->rank, to->strides) ||
        !as_count(parts[4], &to->size) || !as_count(parts[5], &to->stride))
        return false;
    if (to->code < CODE_i8 || to->code > CODE_u64 || to->size < 0) {
        PyErr_Format(PyExc_ValueError, "_native: no index array of dtype %s for an axis of %zd elements",
                     dtype_facts[to->code].name, (Py_ssize_t)to->size);
        return false;
    }
    to->data = as_elements(parts[0], parts[2], w->rank, w->shape, to->strides, dtype_facts[to->code].size);
    return to->data != NULL;
}

enum { FEW_ARRAYS = 4 }; /* on the stack, which may be small */

/* The dimensions of everything that the walk can reach. */
typedef struct {
    int rank;
    intptr_t shape[3 * RANK_MAX + INDEX_ARRAYS_MAX], strides[3 * RANK_MAX + INDEX_ARRAYS_MAX];
} reach;

static void extend(reach *r, int rank, const intptr_t *shape, const intptr_t *strides) {
    for (int i = 0; i < rank; i++, r->rank++) {
        r->shape[r->rank] = shape[i];
        r->strides[r->rank] = strides[i];
    }
}

static bool is_empty(const reach *r) {
    for (int i = 0; i < r->rank; i++) {
        if (r->shape[i] == 0) return true;
    }
    return false;
}

/* itemsize, memory, offset, outer, outer strides, positions, their strides, index arrays, block, block strides.
 * w->arrays is room for FEW_ARRAYS; where there are more, it becomes one that is to be freed. */
static bool read_walk(PyObject *const *arguments, gather_walk *w) {
    if (!as_itemsize(arguments[0], &w->itemsize)) return false;
    w->outer_rank = as_dimensions(arguments[3], arguments[4], w->outer, w->outer_strides);
    if (w->outer_rank < 0) return false;
    w->rank = as_dimensions(arguments[5], arguments[6], w->shape, w->strides);
    if (w->rank < 0) return false;
    w->block_rank = as_dimensions(arguments[8], arguments[9], w->block, w->block_strides);
    if (w->block_rank < 0) return false;
    if (!PyTuple_Check(arguments[7]) || PyTuple_GET_SIZE(arguments[7]) > INDEX_ARRAYS_MAX) {
        PyErr_Format(PyExc_ValueError, "_native: expected a tuple of at most %d index arrays", INDEX_ARRAYS_MAX);
        return false;
    }
    w->count = (int)PyTuple_GET_SIZE(arguments[7]);
    if (w->count > FEW_ARRAYS) {
        w->arrays = PyMem_Malloc((size_t)w->count * sizeof *w->arrays);
        if (w->arrays == NULL) {
            PyErr_NoMemory();
            return false;
        }
    }
    reach r;
    r.rank = 0;
    extend(&r, w->outer_rank, w->outer, w->outer_strides);
    extend(&r, w->block_rank, w->block, w->block_strides);
    extend(&r, w->rank, w->shape, w->strides);
    for (int k = 0; k < w->count; k++) {
        index_array *array = &w->arrays[k];
        if (!read_index_array(PyTuple_GET_ITEM(arguments[7], k), w, array)) return false;
        extend(&r, 1, &array->size, &array->stride);
    }
    w->base = as_elements(arguments[1], arguments[2], r.rank, r.shape, r.strides, w->itemsize);
    /* Where nothing can be reached, nobody has looked at the strides: indices are checked, and their offsets not used.
     */
    if (is_empty(&r)) memset(w->strides, 0, sizeof w->strides);
    return w->base != NULL;
}

/* The shape of the results: outer, positions, block. */
static int result_shape(const gather_walk *w, intptr_t *shape) {
    memcpy(shape, w->outer, sizeof(intptr_t) * (size_t)w->outer_rank);
    memcpy(shape + w->outer_rank, w->shape, sizeof(intptr_t) * (size_t)w->rank);
    memcpy(shape + w->outer_rank + w->rank, w->block, sizeof(intptr_t) * (size_t)w->block_rank);
    return w->outer_rank + w->rank + w->block_rank;
}

static PyObject *fault_pair(index_fault fault) {
    return Py_BuildValue(fault.is_unsigned ? "(iK)" : "(iL)", fault.array, (long long)fault.index);
}

/* The memory of `count` elements, or what is wrong. */
static PyObject *read_elements(const gather_walk *w, intptr_t count) {
    memory_object *out = memory_new_array(count, w->itemsize);
    if (out == NULL) return NULL;
    PyThreadState *released = release_gil(gather_cost(w));
    const index_fault fault = gather_run(w, memory_bytes(out));
    const bool finished = take_gil(released);
    if (finished && fault.array < 0) return (PyObject *)out;
    Py_DECREF(out);
    return finished ? fault_pair(fault) : NULL;
}

/* None, or what is wrong. */
static PyObject *write_elements(const gather_walk *w, const char *values, const intptr_t *strides) {
    PyThreadState *released = release_gil(gather_cost(w));
    const index_fault fault = scatter_run(w, values, strides);
    if (!take_gil(released)) return NULL;
    if (fault.array >= 0) return fault_pair(fault);
    Py_RETURN_NONE;
}

static PyObject *gather(PyObject *const *arguments, gather_walk *w) {
    intptr_t shape[3 * RANK_MAX];
    if (!read_walk(arguments, w)) return NULL;
    return read_elements(w, count_checked(result_shape(w, shape), shape));
}

static PyObject *scatter(PyObject *const *arguments, gather_walk *w) {
    intptr_t shape[3 * RANK_MAX], strides[3 * RANK_MAX];
    if (!read_walk(arguments, w) || !check_writable((memory_object *)arguments[1])) return NULL;
    const int rank = result_shape(w, shape);
    if (!as_strides(arguments[12], rank, strides)) return NULL;
    if (count_checked(rank, shape) < 0) {
        PyErr_SetString(PyExc_ValueError, "_native.scatter: there are more elements than can be counted");
        return NULL;
    }
    const char *values = as_elements(arguments[10], arguments[11], rank, shape, strides, w->itemsize);
    return values == NULL ? NULL : write_elements(w, values, strides);
}

static PyObject *run(PyObject *(*task)(PyObject *const *, gather_walk *), PyObject *const *arguments) {
    index_array few[FEW_ARRAYS];
    gather_walk w; /* not initialised: its arrays are large */
    w.arrays = few;
    PyObject *result = task(arguments, &w);
    if (w.arrays != few) PyMem_Free(w.arrays);
    return result;
}

PyObject *native_gather(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    return check_arguments("gather", count, 10) ? run(gather, arguments) : NULL;
}

PyObject *native_scatter(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    return check_arguments("scatter", count, 13) ? run(scatter, arguments) : NULL;
}

/* --- along one axis, by indices that follow one another: frequent, and read in less time -------------------------- */

/* itemsize, memory, offset, size, stride, positions, and memory, dtype and offset of the indices. */
static bool read_line(PyObject *const *arguments, gather_walk *w) {
    index_array *array = w->arrays;
    if (!as_itemsize(arguments[0], &w->itemsize) || !as_count(arguments[3], &array->size) ||
        !as_count(arguments[4], &array->stride) || !as_count(arguments[5], &w->shape[0]) ||
        !as_dtype(arguments[7], &array->code))
        return false;
    if (array->code < CODE_i8 || array->code > CODE_u64 || array->size < 0 || w->shape[0] < 0) {
        PyErr_Format(PyExc_ValueError, "_native: no %zd indices of dtype %s for an axis of %zd elements",
                     (Py_ssize_t)w->shape[0], dtype_facts[array->code].name, (Py_ssize_t)array->size);
        return false;
    }
    w->count = w->rank = 1;
    w->outer_rank = w->block_rank = 0;
    w->strides[0] = 0;
    array->strides[0] = dtype_facts[array->code].size;
    array->data = as_contiguous_elements(arguments[6], arguments[8], w->shape[0], array->strides[0]);
    if (array->data == NULL) return false;
    w->base = as_elements(arguments[1], arguments[2], 1, &array->size, &array->stride, w->itemsize);
    return w->base != NULL;
}

PyObject *native_take(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    index_array array;
    gather_walk w; /* not initialised: its arrays are large */
    w.arrays = &array;
    if (!check_arguments("take", count, 9) || !read_line(arguments, &w)) return NULL;
    return read_elements(&w, w.shape[0]);
}

/* A scalar and its dtype, as one element of the size of the others. */
static bool read_scalar(PyObject *const *pair, intptr_t itemsize, char *element) {
    int dtype;
    if (!as_dtype(pair[1], &dtype)) return false;
    if (dtype_facts[dtype].size == itemsize) return element_store(dtype, pair[0], element);
    PyErr_Format(PyExc_ValueError, "_native.put: an element of dtype %s does not have %zd bytes",
                 dtype_facts[dtype].name, (Py_ssize_t)itemsize);
    return false;
}

PyObject *take_few(PyObject *x, PyObject *key) {
    instance of, indices;
    if (!read_instance(x, &of) || !read_instance(key, &indices) || !indices.contiguous) return NULL;
    if (indices.code < CODE_i8 || indices.code > CODE_u64) return NULL;
    index_array array;
    gather_walk w; /* not initialised: its arrays are large */
    if (as_dimensions(of.shape, of.strides, w.block, w.block_strides) != 1 || as_shape(indices.shape, w.shape) != 1 ||
        w.shape[0] >= UNSHARED)
        return NULL;
    w.itemsize = dtype_facts[of.code].size;
    array.code = indices.code;
    array.size = w.block[0];
    array.stride = w.block_strides[0];
    array.strides[0] = dtype_facts[indices.code].size;
    if (!check_extent(of.memory->nbytes, of.offset, 1, &array.size, &array.stride, w.itemsize) ||
        !check_extent(indices.memory->nbytes, indices.offset, 1, w.shape, array.strides, array.strides[0]))
        return NULL;
    array.data = element_at(indices.memory, indices.offset);
    w.base = element_at(of.memory, of.offset);
    w.arrays = &array;
    w.count = w.rank = 1;
    w.outer_rank = w.block_rank = 0;
    w.strides[0] = 0;
    memory_object *out = memory_new_array(w.shape[0], w.itemsize);
    if (out == NULL) return NULL;
    if (gather_run(&w, memory_bytes(out)).array >= 0) Py_CLEAR(out);
    return make_instance(out, 0, of.dtype, Py_NewRef(indices.shape), counts_tuple(1, &w.itemsize), w.shape[0], true);
}

PyObject *native_put(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    index_array array;
    gather_walk w; /* not initialised: its arrays are large */
    w.arrays = &array;
    _Alignas(16) char element[ELEMENT_MAX];
    const char *values = element;
    intptr_t step = 0;
    if ((count != 11 && !check_arguments("put", count, 12)) || !read_line(arguments, &w) ||
        !check_writable((memory_object *)arguments[1]))
        return NULL;
    const memory_object *target = (memory_object *)arguments[1]; /* what would be read could be changed before */
    if (count == 11) {
        if (!read_scalar(arguments + 9, w.itemsize, element)) return NULL;
    } else {
        if (!as_count(arguments[11], &step)) return NULL;
        values = as_elements(arguments[9], arguments[10], 1, w.shape, &step, w.itemsize);
        if (values == NULL) return NULL;
        if (memories_meet(target, (memory_object *)arguments[9])) Py_RETURN_FALSE;
    }
    if (memories_meet(target, (memory_object *)arguments[6])) Py_RETURN_FALSE;
    return write_elements(&w, values, &step);
}

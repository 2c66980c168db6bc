/* The module's functions that pick elements by masks and by index arrays: reads the arguments, allocates, drops the
 * GIL. */
#include "selection.h"

#include "../masks.h"
#include "../picks.h"
#include "../pool.h"
#include "compute.h"
#include "elements.h"

static bool as_itemsize(PyObject *object, intptr_t *itemsize) {
    if (!as_count(object, itemsize)) return false;
    if (*itemsize > 0 && *itemsize <= ELEMENT_MAX && (*itemsize & (*itemsize - 1)) == 0) return true;
    PyErr_SetString(PyExc_ValueError, "_native: an element has 1, 2, 4, 8 or 16 bytes");
    return false;
}

static bool read_dimensions(PyObject *shape, PyObject *strides, int *rank, intptr_t *sizes, intptr_t *steps) {
    *rank = as_counts(shape, sizes);
    const int count = *rank < 0 ? -1 : as_counts(strides, steps);
    if (count < 0) return false;
    if (count == *rank) return true;
    PyErr_SetString(PyExc_ValueError, "_native: as many strides as dimensions, please");
    return false;
}

static bool read_pick(PyObject *tuple, const picks *p, pick *to) {
    intptr_t offset;
    if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) != 6) {
        PyErr_SetString(PyExc_TypeError, "_native: an index array is (memory, dtype, offset, strides, size, stride)");
        return false;
    }
    const memory_object *memory = as_memory(PyTuple_GET_ITEM(tuple, 0));
    if (memory == NULL || !as_dtype(PyTuple_GET_ITEM(tuple, 1), &to->code) ||
        !as_count(PyTuple_GET_ITEM(tuple, 2), &offset) || !as_count(PyTuple_GET_ITEM(tuple, 4), &to->size) ||
        !as_count(PyTuple_GET_ITEM(tuple, 5), &to->stride))
        return false;
    const int rank = as_counts(PyTuple_GET_ITEM(tuple, 3), to->strides);
    if (rank < 0) return false;
    if (rank != p->rank || to->code < CODE_i8 || to->code > CODE_u64 || to->size < 0) {
        PyErr_SetString(PyExc_ValueError, "_native: an index array has integers, and strides of the positions");
        return false;
    }
    if (!check_extent(memory, offset, rank, p->shape, to->strides, dtype_facts[to->code].size)) return false;
    to->data = memory->data + offset;
    return true;
}

/* itemsize, memory, offset, outer, outer_strides, positions, their strides, picks, block, block_strides */
static bool read_picks(PyObject *const *arguments, picks *p) {
    intptr_t offset;
    const memory_object *memory = as_memory(arguments[1]);
    if (memory == NULL || !as_itemsize(arguments[0], &p->itemsize) || !as_count(arguments[2], &offset)) return false;
    if (!read_dimensions(arguments[3], arguments[4], &p->outer_rank, p->outer, p->outer_strides)) return false;
    if (!read_dimensions(arguments[8], arguments[9], &p->block_rank, p->block, p->block_strides)) return false;
    if (!read_dimensions(arguments[5], arguments[6], &p->rank, p->shape, p->strides)) return false;
    if (!PyTuple_Check(arguments[7]) || PyTuple_GET_SIZE(arguments[7]) > PICKS_MAX) {
        PyErr_Format(PyExc_ValueError, "_native: at most %d index arrays", PICKS_MAX);
        return false;
    }
    p->count = (int)PyTuple_GET_SIZE(arguments[7]);
    intptr_t shape[3 * RANK_MAX + PICKS_MAX], strides[3 * RANK_MAX + PICKS_MAX];
    int rank = 0;
    for (int i = 0; i < p->outer_rank; i++, rank++) shape[rank] = p->outer[i], strides[rank] = p->outer_strides[i];
    for (int i = 0; i < p->block_rank; i++, rank++) shape[rank] = p->block[i], strides[rank] = p->block_strides[i];
    for (int i = 0; i < p->rank; i++, rank++) shape[rank] = p->shape[i], strides[rank] = p->strides[i];
    for (int k = 0; k < p->count; k++, rank++) {
        if (!read_pick(PyTuple_GET_ITEM(arguments[7], k), p, &p->picks[k])) return false;
        shape[rank] = p->picks[k].size, strides[rank] = p->picks[k].stride;
    }
    if (!check_extent(memory, offset, rank, shape, strides, p->itemsize)) return false;
    p->base = memory->data + offset;
    return true;
}

static intptr_t results_of(const picks *p) {
    intptr_t total = 1;
    bool overflows = false;
    for (int i = 0; i < p->outer_rank; i++) overflows |= __builtin_mul_overflow(total, p->outer[i], &total);
    for (int i = 0; i < p->rank; i++) overflows |= __builtin_mul_overflow(total, p->shape[i], &total);
    for (int i = 0; i < p->block_rank; i++) overflows |= __builtin_mul_overflow(total, p->block[i], &total);
    return overflows ? -1 : total;
}

static PyObject *fault_pair(picks_fault fault) { return Py_BuildValue("(iL)", fault.pick, (long long)fault.index); }

PyObject *native_gather(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    picks p;
    if (!check_arguments("gather", count, 10) || !read_picks(arguments, &p)) return NULL;
    memory_object *out = memory_new_array(results_of(&p), p.itemsize);
    if (out == NULL) return NULL;
    picks_fault fault;
    if (picks_microseconds(&p) < RELEASE_FROM) {
        fault = picks_read(&p, out->data);
    } else {
        Py_BEGIN_ALLOW_THREADS fault = picks_read(&p, out->data);
        Py_END_ALLOW_THREADS
    }
    if (fault.pick < 0) return (PyObject *)out;
    Py_DECREF(out);
    return fault_pair(fault);
}

PyObject *native_scatter(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    picks p;
    if (!check_arguments("scatter", count, 13) || !read_picks(arguments, &p)) return NULL;
    const memory_object *values = as_memory(arguments[10]);
    intptr_t offset, shape[RANK_MAX], strides[RANK_MAX];
    if (values == NULL || !as_count(arguments[11], &offset)) return NULL;
    const int rank = as_counts(arguments[12], strides);
    if (rank < 0) return NULL;
    if (rank != p.outer_rank + p.rank + p.block_rank || ((memory_object *)arguments[1])->readonly) {
        PyErr_SetString(PyExc_ValueError, "_native.scatter: wants writable memory, and strides of the values");
        return NULL;
    }
    memcpy(shape, p.outer, sizeof(intptr_t) * (size_t)p.outer_rank);
    memcpy(shape + p.outer_rank, p.shape, sizeof(intptr_t) * (size_t)p.rank);
    memcpy(shape + p.outer_rank + p.rank, p.block, sizeof(intptr_t) * (size_t)p.block_rank);
    if (!check_extent(values, offset, rank, shape, strides, p.itemsize)) return NULL;
    picks_fault fault;
    if (picks_microseconds(&p) < RELEASE_FROM) {
        fault = picks_write(&p, values->data + offset, strides);
    } else {
        Py_BEGIN_ALLOW_THREADS fault = picks_write(&p, values->data + offset, strides);
        Py_END_ALLOW_THREADS
    }
    if (fault.pick >= 0) return fault_pair(fault);
    Py_RETURN_NONE;
}

/* --- masks: pieces over the pool, once their true elements have been counted ------------------------------------- */

enum { PIECE = 1 << 15 };

typedef struct {
    const char *mask;
    char *data, *packed;
    intptr_t n, itemsize;
    intptr_t *first; /* of every piece: how many elements are true before it; and of all */
} mask_job;

static intptr_t pieces_of(intptr_t n) { return (n + PIECE - 1) / PIECE; }

static void count_piece(void *context, intptr_t chunk) {
    const mask_job *job = context;
    job->first[chunk + 1] = mask_count(job->mask + chunk * PIECE, MINIMUM(PIECE, job->n - chunk * PIECE));
}

static void read_piece(void *context, intptr_t chunk) {
    const mask_job *job = context;
    const intptr_t first = job->first[chunk];
    mask_read(job->mask + chunk * PIECE, MINIMUM(PIECE, job->n - chunk * PIECE), job->itemsize,
              job->data + chunk * PIECE * job->itemsize, job->packed + first * job->itemsize,
              job->first[chunk + 1] - first);
}

static void write_piece(void *context, intptr_t chunk) {
    const mask_job *job = context;
    const intptr_t first = job->first[chunk];
    mask_write(job->mask + chunk * PIECE, MINIMUM(PIECE, job->n - chunk * PIECE), job->itemsize,
               job->packed + first * job->itemsize, job->first[chunk + 1] - first,
               job->data + chunk * PIECE * job->itemsize);
}

/* Counts; false with MemoryError. The caller frees job->first. */
static bool count_mask(mask_job *job) {
    const intptr_t pieces = pieces_of(job->n);
    job->first = PyMem_Calloc((size_t)pieces + 1, sizeof(intptr_t));
    if (job->first == NULL) {
        PyErr_NoMemory();
        return false;
    }
    pool_run(count_piece, job, pieces, (double)job->n / 20000.0);
    for (intptr_t i = 0; i < pieces; i++) job->first[i + 1] += job->first[i];
    return true;
}

static const char *read_mask(PyObject *memory_argument, PyObject *offset_argument, intptr_t n) {
    const memory_object *memory = as_memory(memory_argument);
    intptr_t offset;
    const intptr_t one = 1;
    if (memory == NULL || !as_count(offset_argument, &offset) || !check_extent(memory, offset, 1, &n, &one, 1))
        return NULL;
    return memory->data + offset;
}

static void run_pieces(pool_task *task, mask_job *job) {
    const double microseconds = (double)job->n / 2000.0;
    if (microseconds < RELEASE_FROM) {
        pool_run(task, job, pieces_of(job->n), microseconds);
    } else {
        Py_BEGIN_ALLOW_THREADS pool_run(task, job, pieces_of(job->n), microseconds);
        Py_END_ALLOW_THREADS
    }
}

PyObject *native_mask_read(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("mask_read", count, 6)) return NULL;
    mask_job job;
    intptr_t offset;
    if (!as_itemsize(arguments[0], &job.itemsize) || !as_count(arguments[1], &job.n) ||
        !as_count(arguments[5], &offset))
        return NULL;
    job.mask = read_mask(arguments[2], arguments[3], job.n);
    const memory_object *memory = job.mask == NULL ? NULL : as_memory(arguments[4]);
    if (memory == NULL || !check_extent(memory, offset, 1, &job.n, &job.itemsize, job.itemsize) || !count_mask(&job))
        return NULL;
    job.data = memory->data + offset;
    memory_object *out = memory_new_array(job.first[pieces_of(job.n)], job.itemsize);
    if (out != NULL) {
        job.packed = out->data;
        run_pieces(read_piece, &job);
    }
    PyMem_Free(job.first);
    return (PyObject *)out;
}

PyObject *native_mask_write(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("mask_write", count, 9)) return NULL;
    mask_job job;
    intptr_t offset, values_offset, values;
    if (!as_itemsize(arguments[0], &job.itemsize) || !as_count(arguments[1], &job.n) ||
        !as_count(arguments[5], &offset) || !as_count(arguments[6], &values) || !as_count(arguments[8], &values_offset))
        return NULL;
    job.mask = read_mask(arguments[2], arguments[3], job.n);
    const memory_object *memory = job.mask == NULL ? NULL : as_memory(arguments[4]);
    const memory_object *packed = memory == NULL ? NULL : as_memory(arguments[7]);
    if (packed == NULL || !check_extent(memory, offset, 1, &job.n, &job.itemsize, job.itemsize) ||
        !check_extent(packed, values_offset, 1, &values, &job.itemsize, job.itemsize) || !count_mask(&job))
        return NULL;
    const intptr_t wanted = job.first[pieces_of(job.n)];
    if (memory->readonly) {
        PyErr_SetString(PyExc_ValueError, "_native.mask_write: wants writable memory");
    } else if (wanted == values) {
        job.data = memory->data + offset;
        job.packed = packed->data + values_offset;
        run_pieces(write_piece, &job);
    }
    PyMem_Free(job.first);
    return PyErr_Occurred() ? NULL : PyLong_FromSsize_t(wanted);
}

PyObject *native_nonzero(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("nonzero", count, 3)) return NULL;
    intptr_t shape[RANK_MAX];
    const int rank = as_counts(arguments[0], shape);
    if (rank < 0) return NULL;
    mask_job job = {.n = 1};
    for (int i = 0; i < rank; i++) {
        if (shape[i] < 0 || __builtin_mul_overflow(job.n, shape[i], &job.n)) job.n = -1;
    }
    if (rank == 0 || job.n < 0) {
        PyErr_SetString(PyExc_ValueError, "_native.nonzero: wants a shape of at least one dimension");
        return NULL;
    }
    job.mask = read_mask(arguments[1], arguments[2], job.n);
    if (job.mask == NULL) return NULL;
    if (!count_mask(&job)) return NULL;
    const intptr_t places = job.first[pieces_of(job.n)];
    PyMem_Free(job.first);
    PyObject *result = PyTuple_New(rank);
    i64 *out[RANK_MAX];
    for (int i = 0; result != NULL && i < rank; i++) {
        memory_object *memory = memory_new_array(places, sizeof(i64));
        if (memory == NULL) {
            Py_CLEAR(result);
        } else {
            out[i] = (i64 *)memory->data;
            PyTuple_SET_ITEM(result, i, (PyObject *)memory);
        }
    }
    if (result == NULL) return NULL;
    if ((double)job.n / 1000.0 < RELEASE_FROM) {
        mask_places(job.mask, rank, shape, places, out);
    } else {
        Py_BEGIN_ALLOW_THREADS mask_places(job.mask, rank, shape, places, out);
        Py_END_ALLOW_THREADS
    }
    return result;
}

/* The module's functions that run kernels: reads the arguments, allocates the result, drops the GIL, walks. */
#include "compute.h"

#include "../fold.h"
#include "../memory.h"
#include "../pool.h"
#include "../walk.h"
#include "elements.h"

const table_entry *find_kernel(PyObject *operation, PyObject *dtype, enum operation_form least,
                               enum operation_form most, int *code) {
    const long op = PyLong_AsLong(operation);
    if (op == -1 && PyErr_Occurred()) return NULL;
    if (!as_dtype(dtype, code)) return NULL;
    const table_entry *entry = table_find(op, *code);
    if (entry == NULL || entry->form < least || entry->form > most) {
        PyErr_Format(PyExc_ValueError, "_native: there is no such kernel (operation %ld, dtype %s)", op,
                     dtype_facts[*code].name);
        return NULL;
    }
    return entry;
}

/* The dtype a kernel wants for input k (1, 2, 3): its own, but for the condition of a choice. */
static int input_dtype(const table_entry *entry, int k, int dtype) {
    return entry->has_condition && k == 1 ? CODE_b8 : dtype;
}

static void run_walk(const walk *w) {
    if (walk_microseconds(w) < RELEASE_FROM) {
        walk_run(w);
        return;
    }
    Py_BEGIN_ALLOW_THREADS walk_run(w);
    Py_END_ALLOW_THREADS
}

/* A walk of one contiguous row is a tile already; only sharing it needs the walk. */
static void share_tile(const table_entry *entry, const tile *t, const intptr_t *sizes, intptr_t grain) {
    walk w;
    w.kernel = entry->elementwise;
    w.operands = 1 + (int)entry->form;
    w.rank = 1;
    w.shape[0] = t->columns;
    w.grain = grain;
    for (int k = 0; k < w.operands; k++) {
        w.data[k] = t->data[k];
        w.strides[k][0] = t->step[k];
        w.size[k] = sizes[k];
        w.convert[k] = NULL;
    }
    run_walk(&w);
}

PyObject *native_flat(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (count < 6) {
        check_arguments("flat", count, 6);
        return NULL;
    }
    int dtype;
    const table_entry *entry = find_kernel(arguments[0], arguments[1], FORM_unary, FORM_ternary, &dtype);
    if (entry == NULL || !check_arguments("flat", count, 4 + 2 * (Py_ssize_t)entry->form)) return NULL;
    intptr_t grain, sizes[OPERANDS_MAX];
    tile t;
    t.rows = 1;
    if (!as_count(arguments[2], &grain) || !as_count(arguments[3], &t.columns)) return NULL;
    _Alignas(16) char scalars[OPERANDS_MAX][ELEMENT_MAX];
    for (int k = 1; k <= (int)entry->form; k++) {
        PyObject *operand = arguments[2 + 2 * k];
        const int wanted = input_dtype(entry, k, dtype);
        sizes[k] = dtype_facts[wanted].size;
        t.row_step[k] = 0;
        if (is_memory(operand)) {
            const memory_object *memory = (memory_object *)operand;
            intptr_t offset;
            if (!as_count(arguments[3 + 2 * k], &offset)) return NULL;
            t.step[k] = sizes[k];
            if (!check_extent(memory, offset, 1, &t.columns, &t.step[k], sizes[k])) return NULL;
            t.data[k] = memory->data + offset;
        } else {
            if (!element_store(wanted, operand, scalars[k])) return NULL;
            t.data[k] = scalars[k];
            t.step[k] = 0;
        }
    }
    sizes[0] = t.step[0] = dtype_facts[entry->result].size;
    t.row_step[0] = 0;
    memory_object *out = memory_new_array(t.columns, sizes[0]);
    if (out == NULL) return NULL;
    t.data[0] = out->data;
    if (grain == 0)
        entry->elementwise(&t);
    else
        share_tile(entry, &t, sizes, grain);
    return (PyObject *)out;
}

PyObject *native_strided(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (count < 11) {
        check_arguments("strided", count, 11);
        return NULL;
    }
    int dtype;
    const table_entry *entry = find_kernel(arguments[0], arguments[1], FORM_unary, FORM_ternary, &dtype);
    if (entry == NULL || !check_arguments("strided", count, 7 + 4 * (Py_ssize_t)entry->form)) return NULL;
    walk w;
    w.kernel = entry->elementwise;
    w.operands = 1 + (int)entry->form;
    intptr_t out_offset;
    if (!as_count(arguments[2], &w.grain) || !as_count(arguments[5], &out_offset)) return NULL;
    w.rank = as_counts(arguments[3], w.shape);
    if (w.rank < 0) return NULL;
    _Alignas(16) char scalars[OPERANDS_MAX][ELEMENT_MAX];
    for (int k = 1; k < w.operands; k++) {
        PyObject *const *quadruple = arguments + 3 + 4 * k;
        const int wanted = input_dtype(entry, k, dtype);
        w.size[k] = dtype_facts[wanted].size;
        w.convert[k] = NULL;
        if (!is_memory(quadruple[0])) {
            if (!element_store(wanted, quadruple[0], scalars[k])) return NULL;
            w.data[k] = scalars[k];
            memset(w.strides[k], 0, sizeof w.strides[k]);
            continue;
        }
        int own;
        intptr_t offset;
        if (!as_dtype(quadruple[1], &own) || !as_count(quadruple[2], &offset)) return NULL;
        const int rank = as_counts(quadruple[3], w.strides[k]);
        if (rank != w.rank) {
            if (rank >= 0) PyErr_Format(PyExc_ValueError, "_native.strided: %d strides for rank %d", rank, w.rank);
            return NULL;
        }
        const memory_object *memory = (memory_object *)quadruple[0];
        if (!check_extent(memory, offset, rank, w.shape, w.strides[k], dtype_facts[own].size)) return NULL;
        w.data[k] = memory->data + offset;
        if (own != wanted) w.convert[k] = table_find(OPERATION_to_b8 + wanted, own)->elementwise;
    }
    w.size[0] = dtype_facts[entry->result].size;
    w.convert[0] = NULL;
    const int rank = as_counts(arguments[6], w.strides[0]);
    if (rank != w.rank) {
        if (rank >= 0) PyErr_Format(PyExc_ValueError, "_native.strided: %d strides for rank %d", rank, w.rank);
        return NULL;
    }
    memory_object *out;
    if (arguments[4] == Py_None) {
        intptr_t elements = 1;
        for (int i = 0; i < w.rank; i++) {
            if (__builtin_mul_overflow(elements, w.shape[i], &elements)) elements = -1;
        }
        out = memory_new_array(elements, w.size[0]);
        if (out == NULL) return NULL;
    } else {
        out = as_memory(arguments[4]);
        if (out == NULL) return NULL;
        if (out->readonly) {
            PyErr_SetString(PyExc_ValueError, "the array is read-only; write to a copy of it");
            return NULL;
        }
        Py_INCREF(out);
    }
    if (!check_extent(out, out_offset, w.rank, w.shape, w.strides[0], w.size[0])) {
        Py_DECREF(out);
        return NULL;
    }
    w.data[0] = out->data + out_offset;
    if (w.rank == 0) {
        w.rank = 1;
        w.shape[0] = 1;
        for (int k = 0; k < w.operands; k++) w.strides[k][0] = 0;
    }
    run_walk(&w);
    return (PyObject *)out;
}

/* Runs a fold into fresh memory of `results` elements. */
static PyObject *run_fold(fold *f, const table_entry *entry, int dtype, intptr_t results) {
    f->kernels = entry->fold;
    f->in_size = dtype_facts[dtype].size;
    f->out_size = dtype_facts[entry->result].size;
    memory_object *out = memory_new_array(results, f->out_size);
    if (out == NULL) return NULL;
    f->out = out->data;
    const size_t scratch_bytes = fold_scratch(f);
    size_t capacity = 0;
    char *scratch = NULL;
    if (scratch_bytes > 0) {
        scratch = memory_allocate(scratch_bytes, &capacity);
        if (scratch == NULL) {
            Py_DECREF(out);
            return PyErr_NoMemory();
        }
    }
    if (fold_microseconds(f) < RELEASE_FROM) {
        fold_run(f, scratch);
    } else {
        Py_BEGIN_ALLOW_THREADS fold_run(f, scratch);
        Py_END_ALLOW_THREADS
    }
    if (scratch != NULL) memory_release(scratch, capacity);
    return (PyObject *)out;
}

PyObject *native_fold_flat(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("fold_flat", count, 5)) return NULL;
    int dtype;
    intptr_t offset;
    const table_entry *entry = find_kernel(arguments[0], arguments[1], FORM_fold, FORM_fold, &dtype);
    if (entry == NULL) return NULL;
    const memory_object *memory = as_memory(arguments[3]);
    fold f;
    if (memory == NULL || !as_count(arguments[2], &f.reduced.shape[0]) || !as_count(arguments[4], &offset)) return NULL;
    f.kept.rank = 0;
    f.reduced.rank = 1;
    f.reduced.strides[0] = dtype_facts[dtype].size;
    if (!check_extent(memory, offset, 1, f.reduced.shape, f.reduced.strides, dtype_facts[dtype].size)) return NULL;
    f.in = memory->data + offset;
    return run_fold(&f, entry, dtype, 1);
}

PyObject *native_fold(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("fold", count, 9)) return NULL;
    int dtype;
    intptr_t offset;
    const table_entry *entry = find_kernel(arguments[0], arguments[1], FORM_fold, FORM_fold, &dtype);
    if (entry == NULL || !as_count(arguments[8], &offset)) return NULL;
    const memory_object *memory = as_memory(arguments[7]);
    if (memory == NULL) return NULL;
    fold f;
    f.kept.rank = as_counts(arguments[2], f.kept.shape);
    if (f.kept.rank < 0) return NULL;
    const int kept_strides = as_counts(arguments[3], f.kept.strides);
    if (kept_strides < 0) return NULL;
    const int out_strides = as_counts(arguments[4], f.out_strides);
    if (out_strides < 0) return NULL;
    f.reduced.rank = as_counts(arguments[5], f.reduced.shape);
    if (f.reduced.rank < 0) return NULL;
    const int reduced_strides = as_counts(arguments[6], f.reduced.strides);
    if (reduced_strides < 0) return NULL;
    if (kept_strides != f.kept.rank || out_strides != f.kept.rank || reduced_strides != f.reduced.rank ||
        f.kept.rank + f.reduced.rank > RANK_MAX) {
        PyErr_SetString(PyExc_ValueError, "_native.fold: as many strides as dimensions, please");
        return NULL;
    }
    intptr_t shape[RANK_MAX], strides[RANK_MAX], results = 1;
    for (int i = 0; i < f.kept.rank; i++) {
        shape[i] = f.kept.shape[i];
        strides[i] = f.kept.strides[i];
        if (__builtin_mul_overflow(results, shape[i], &results)) results = -1;
    }
    memcpy(shape + f.kept.rank, f.reduced.shape, sizeof(intptr_t) * (size_t)f.reduced.rank);
    memcpy(strides + f.kept.rank, f.reduced.strides, sizeof(intptr_t) * (size_t)f.reduced.rank);
    if (!check_extent(memory, offset, f.kept.rank + f.reduced.rank, shape, strides, dtype_facts[dtype].size))
        return NULL;
    const memory_object room = {.nbytes = results < 0 ? 0 : (size_t)results * (size_t)dtype_facts[entry->result].size};
    if (!check_extent(&room, 0, f.kept.rank, f.kept.shape, f.out_strides, dtype_facts[entry->result].size)) return NULL;
    f.in = memory->data + offset;
    return run_fold(&f, entry, dtype, results);
}

PyObject *native_result_dtype(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    if (!check_arguments("result_dtype", count, 2) || !as_dtype(arguments[1], &dtype)) return NULL;
    const long operation = PyLong_AsLong(arguments[0]);
    if (operation == -1 && PyErr_Occurred()) return NULL;
    const table_entry *entry = table_find(operation, dtype);
    return PyLong_FromLong(entry == NULL ? -1 : (long)entry->result);
}

/* --- stream: the bandwidth that bench compares with -------------------------------------------------------------- */

typedef struct {
    const table_entry *copy, *sum;
    char *target;
    const char *source;
    intptr_t nbytes;
} stream_job;

enum { STREAM_CHUNK = 256 << 10 };

static void stream_chunk(void *context, intptr_t chunk) {
    const stream_job *job = context;
    const intptr_t first = chunk * STREAM_CHUNK, n = MINIMUM(STREAM_CHUNK, job->nbytes - first) / (intptr_t)sizeof(u64);
    if (job->copy != NULL) {
        const tile t = {.rows = 1,
                        .columns = n,
                        .data = {job->target + first, (char *)job->source + first},
                        .step = {sizeof(u64), sizeof(u64)}};
        job->copy->elementwise(&t);
    } else {
        u64 total; /* integers: the plainest loop that reads every byte */
        job->sum->fold->run(job->source + first, n, sizeof(u64), &total);
        *(volatile u64 *)(job->target + chunk * CACHE_LINE) = total;
    }
}

PyObject *native_stream(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("stream", count, 3)) return NULL;
    const char *kind = PyUnicode_AsUTF8(arguments[0]);
    const memory_object *target = kind == NULL ? NULL : as_memory(arguments[1]);
    const memory_object *source = target == NULL ? NULL : as_memory(arguments[2]);
    if (source == NULL) return NULL;
    const bool copies = strcmp(kind, "copy") == 0;
    const intptr_t chunks = ((intptr_t)source->nbytes + STREAM_CHUNK - 1) / STREAM_CHUNK;
    if ((!copies && strcmp(kind, "read") != 0) || target->readonly ||
        target->nbytes < (copies ? source->nbytes : (size_t)chunks * CACHE_LINE)) {
        PyErr_SetString(PyExc_ValueError, "_native.stream: wants \"copy\" or \"read\" and a large enough target");
        return NULL;
    }
    stream_job job = {.target = target->data, .source = source->data, .nbytes = (intptr_t)source->nbytes};
    job.copy = copies ? table_find(OPERATION_to_u64, CODE_u64) : NULL;
    job.sum = table_find(OPERATION_sum, CODE_u64);
    Py_BEGIN_ALLOW_THREADS pool_run(stream_chunk, &job, chunks, (double)source->nbytes / 20000.0);
    Py_END_ALLOW_THREADS Py_RETURN_NONE;
}

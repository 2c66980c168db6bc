/* Matrix and dot products: reads the arguments, allocates the result, walks. No arithmetic on elements. */
#include "walks/products.h"

#include "python/arguments.h"
#include "python/functions.h"
#include "python/running.h"
#include "walks/odometer.h"

/* Reads the dtype and the batch, and finds the kernel; `own` dimensions come behind the batch's. */
static bool read_batch(product_walk *w, long operation, PyObject *dtype, PyObject *batch, int own) {
    int code;
    if (!as_dtype(dtype, &code)) return false;
    const table_entry *entry = table_find(operation, code);
    w->rank = as_shape(batch, w->batch);
    if (w->rank < 0) return false;
    if (entry == NULL || w->rank + own > RANK_MAX) {
        PyErr_Format(PyExc_ValueError, "_native: no products of dtype %s and %d dimensions", dtype_facts[code].name,
                     w->rank + own);
        return false;
    }
    w->kernel = entry->product;
    w->size = dtype_facts[code].size;
    w->cost = entry->cost;
    w->dtype = code;
    w->add = table_find(OPERATION_add, code)->elementwise;
    return true;
}

/* Reads (memory, offset, strides) of an operand of the batch's dimensions and `own` more. */
static const char *read_operand(const product_walk *w, PyObject *const *triple, int own, const intptr_t *sizes,
                                intptr_t *strides) {
    intptr_t shape[RANK_MAX];
    const int rank = w->rank + own;
    memcpy(shape, w->batch, sizeof(intptr_t) * (size_t)w->rank);
    memcpy(shape + w->rank, sizes, sizeof(intptr_t) * (size_t)own);
    if (!as_strides(triple[2], rank, strides)) return NULL;
    /* Of no elements: then nobody has looked at the strides, and they may be too large to count with. */
    if (count_checked(rank, shape) == 0) memset(strides, 0, sizeof(intptr_t) * (size_t)rank);
    return as_elements(triple[0], triple[1], rank, shape, strides, w->size);
}

/* Can BLAS read both matrices? */
static bool is_for_blas(product_walk *w) {
    const intptr_t *a_steps = w->a_strides + w->rank, *b_steps = w->b_strides + w->rank;
    return blas_is_found() && w->dtype >= CODE_f32 && w->inner > 0 &&
           blas_reads(w->dtype, w->rows, w->inner, a_steps[0], a_steps[1], &w->a_layout) &&
           blas_reads(w->dtype, w->inner, w->columns, b_steps[0], b_steps[1], &w->b_layout);
}

PyObject *native_find_blas(PyObject *module, PyObject *library) {
    (void)module;
    PyObject *path;
    if (!PyUnicode_Check(library)) {
        PyErr_SetString(PyExc_TypeError, "find_blas: the library must be the path of one, a str");
        return NULL;
    }
    if (!PyUnicode_FSConverter(library, &path)) return NULL;
    const bool found = blas_find(PyBytes_AS_STRING(path));
    Py_DECREF(path);
    return PyBool_FromLong(found);
}

PyObject *native_matmul(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    product_walk w; /* not initialised: its arrays are large */
    bool by_blas;
    if (!check_arguments("matmul", count, 12) || !read_batch(&w, OPERATION_matmul, arguments[0], arguments[1], 2) ||
        !as_count(arguments[2], &w.rows) || !as_count(arguments[3], &w.inner) || !as_count(arguments[4], &w.columns) ||
        !as_flag(arguments[11], &by_blas))
        return NULL;
    w.a = read_operand(&w, arguments + 5, 2, (intptr_t[]){w.rows, w.inner}, w.a_strides);
    if (w.a == NULL) return NULL;
    w.b = read_operand(&w, arguments + 8, 2, (intptr_t[]){w.inner, w.columns}, w.b_strides);
    if (w.b == NULL) return NULL;
    intptr_t results = count_checked(w.rank, w.batch);
    if (results < 0 || __builtin_mul_overflow(results, w.rows, &results) ||
        __builtin_mul_overflow(results, w.columns, &results))
        results = -1;
    memory_object *out = memory_new_array(results, w.size);
    if (out == NULL) return NULL;
    w.out = memory_bytes(out);
    w.by_blas = by_blas && is_for_blas(&w);
    scratch room;
    if (!take_scratch(matmul_scratch(&w), &room)) {
        Py_DECREF(out);
        return NULL;
    }
    PyThreadState *released = release_gil(matmul_cost(&w));
    matmul_run(&w, room.data);
    if (!take_gil(released)) Py_CLEAR(out);
    give_scratch(room);
    return (PyObject *)out;
}

PyObject *native_vecdot(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    product_walk w;
    if (!check_arguments("vecdot", count, 9) || !read_batch(&w, OPERATION_vecdot, arguments[0], arguments[1], 1) ||
        !as_count(arguments[2], &w.inner))
        return NULL;
    w.a = read_operand(&w, arguments + 3, 1, &w.inner, w.a_strides);
    if (w.a == NULL) return NULL;
    w.b = read_operand(&w, arguments + 6, 1, &w.inner, w.b_strides);
    if (w.b == NULL) return NULL;
    memory_object *out = memory_new_array(count_checked(w.rank, w.batch), w.size);
    if (out == NULL) return NULL;
    w.out = memory_bytes(out);
    scratch room;
    if (!take_scratch(vecdot_scratch(&w), &room)) {
        Py_DECREF(out);
        return NULL;
    }
    PyThreadState *released = release_gil(vecdot_cost(&w));
    vecdot_run(&w, room.data);
    if (!take_gil(released)) Py_CLEAR(out);
    give_scratch(room);
    return (PyObject *)out;
}

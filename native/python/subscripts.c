/* Keys of integers, slices, `...` and None: which elements of an array they select, and writing to these where nothing
 * is to be planned. What is not plainly right is left to Python (keys.py, assignment.py), which knows the rest and says
 * what is wrong. */
#include "python/arguments.h"
#include "python/elements.h"
#include "python/extent.h"
#include "python/functions.h"

typedef struct {
    int rank, axis; /* of the view so far; the next axis of the array */
    intptr_t offset, shape[RANK_MAX], strides[RANK_MAX];
} view;

typedef struct {
    int rank;
    intptr_t itemsize, shape[RANK_MAX], strides[RANK_MAX];
} array;

/* origin + count * stride: of an array that there is it does not wrap around. */
static intptr_t advance(intptr_t origin, intptr_t count, intptr_t stride) {
    return (intptr_t)((uintptr_t)origin + (uintptr_t)count * (uintptr_t)stride);
}

static bool is_bound(PyObject *object) { return object == Py_None || PyLong_CheckExact(object); }

static bool append(view *v, intptr_t size, intptr_t stride) {
    if (v->rank == RANK_MAX) return false;
    v->shape[v->rank] = size;
    v->strides[v->rank++] = stride;
    return true;
}

static bool add_index(view *v, const array *x, PyObject *entry) {
    if (v->axis == x->rank) return false;
    const intptr_t size = x->shape[v->axis];
    Py_ssize_t place = PyLong_AsSsize_t(entry);
    if (place == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        return false;
    }
    if (place < 0) place += size;
    if (place < 0 || place >= size) return false;
    v->offset = advance(v->offset, place, x->strides[v->axis++]);
    return true;
}

static bool add_slice(view *v, const array *x, PyObject *entry) {
    const PySliceObject *slice = (PySliceObject *)entry;
    if (v->axis == x->rank || !is_bound(slice->start) || !is_bound(slice->stop) || !is_bound(slice->step)) return false;
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(entry, &start, &stop, &step) < 0) {
        PyErr_Clear();
        return false;
    }
    const intptr_t stride = x->strides[v->axis];
    const Py_ssize_t count = PySlice_AdjustIndices(x->shape[v->axis++], &start, &stop, step);
    if (count > 0) v->offset = advance(v->offset, start, stride);
    return append(v, count,
                  count > 1 ? advance(0, step, stride) : stride); /* a step that is never taken may be too large */
}

static bool add_axes(view *v, const array *x, int count) {
    for (; count > 0; count--, v->axis++) {
        if (!append(v, x->shape[v->axis], x->strides[v->axis])) return false;
    }
    return true;
}

/* Applies the entries of a key; false where Python is to do it. */
static bool apply(view *v, const array *x, PyObject *const *entries, Py_ssize_t count, bool *has_dots) {
    Py_ssize_t named = 0;
    *has_dots = false;
    for (Py_ssize_t i = 0; i < count; i++) named += PyLong_CheckExact(entries[i]) || PySlice_Check(entries[i]);
    if (named > x->rank) return false;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *entry = entries[i];
        bool added = false;
        if (PyLong_CheckExact(entry)) {
            added = add_index(v, x, entry);
        } else if (PySlice_Check(entry)) {
            added = add_slice(v, x, entry);
        } else if (entry == Py_None) {
            added = append(v, 1, x->itemsize);
        } else if (entry == Py_Ellipsis && !*has_dots) {
            *has_dots = true;
            added = add_axes(v, x, x->rank - (int)named);
        }
        if (!added) return false;
    }
    return add_axes(v, x, x->rank - v->axis);
}

/* The number of elements, and whether they are contiguous. Of an empty array, products of other sizes may wrap around:
 * it is 0 in the end. */
static uintptr_t count_view(const view *v, intptr_t itemsize, bool *is_contiguous) {
    uintptr_t count = 1;
    bool contiguous = true;
    for (int i = v->rank - 1; i >= 0; i--) {
        if (v->shape[i] != 1 && (uintptr_t)v->strides[i] != count * (uintptr_t)itemsize) contiguous = false;
        count *= (uintptr_t)v->shape[i];
    }
    *is_contiguous = contiguous || count <= 1;
    return count;
}

/* The values as a tuple: the one that x has, if they are the same. */
static PyObject *tuple_like(const view *v, const intptr_t *values, const array *x, const intptr_t *own,
                            PyObject *tuple) {
    if (v->rank == x->rank && memcmp(values, own, sizeof(intptr_t) * (size_t)v->rank) == 0) return Py_NewRef(tuple);
    return counts_tuple(v->rank, values);
}

/* (offset, shape, strides, number of elements, are they contiguous) */
static PyObject *view_tuple(const view *v, const array *x, PyObject *shape, PyObject *strides) {
    bool contiguous;
    const uintptr_t count = count_view(v, x->itemsize, &contiguous);
    PyObject *result = PyTuple_New(5);
    if (result == NULL) return NULL;
    PyObject *fields[] = {PyLong_FromSsize_t(v->offset), tuple_like(v, v->shape, x, x->shape, shape),
                          tuple_like(v, v->strides, x, x->strides, strides), PyLong_FromSize_t(count),
                          PyBool_FromLong(contiguous)};
    bool complete = true;
    for (int i = 0; i < 5; i++) {
        complete &= fields[i] != NULL;
        PyTuple_SET_ITEM(result, i, fields[i]);
    }
    if (!complete) Py_CLEAR(result);
    return result;
}

/* False with an exception, or where the key is left to Python; `triple` is offset, shape and strides. */
static bool select_view(view *v, array *x, PyObject *key, PyObject *const *triple, bool *has_dots) {
    if (!as_count(triple[0], &v->offset)) return false;
    x->rank = as_counts(triple[1], x->shape);
    if (x->rank < 0 || !as_strides(triple[2], x->rank, x->strides)) return false;
    v->rank = v->axis = 0;
    const bool is_tuple = PyTuple_CheckExact(key);
    return apply(v, x, is_tuple ? &PyTuple_GET_ITEM(key, 0) : &key, is_tuple ? PyTuple_GET_SIZE(key) : 1, has_dots);
}

PyObject *native_basic(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    array x;
    view v;
    bool has_dots;
    if (!check_arguments("basic", count, 5) || !as_count(arguments[4], &x.itemsize)) return NULL;
    if (!select_view(&v, &x, arguments[0], arguments + 1, &has_dots))
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    if (v.rank == 0 && !has_dots) return PyLong_FromSsize_t(v.offset);
    return view_tuple(&v, &x, arguments[2], arguments[3]);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static bool is_shape(const view *v, PyObject *tuple) {
    intptr_t sizes[RANK_MAX];
    const int rank = as_counts(tuple, sizes);
    return rank == v->rank && memcmp(sizes, v->shape, sizeof(intptr_t) * (size_t)rank) == 0;
}

/* Writes a scalar, or contiguous elements of v's shape given as (memory, dtype, offset, shape), to the elements of v.
 * False with an exception, or where that is left to Python. */
static bool store(const view *v, int dtype, memory_object *memory, PyObject *const *value, bool is_array) {
    const intptr_t size = dtype_facts[dtype].size;
    _Alignas(16) char scalar[ELEMENT_MAX];
    bool contiguous;
    tile t;
    t.rows = 1;
    t.columns = (intptr_t)count_view(v, size, &contiguous);
    if (!contiguous || memory->readonly || t.columns == 0) return false;
    if (!check_extent(memory->nbytes, v->offset, 1, &t.columns, &size, size)) return false;
    int source = dtype;
    if (is_array && (!as_dtype(value[1], &source) || !is_shape(v, value[3]))) return false;
    if (source >= CODE_c64 && source > dtype) return false;
    t.step[0] = size;
    t.step[1] = is_array ? dtype_facts[source].size : 0;
    t.row_step[0] = t.row_step[1] = 0;
    t.data[0] = element_at(memory, v->offset);
    t.data[1] = scalar;
    if (is_array) {
        t.data[1] = as_contiguous_elements(value[0], value[2], t.columns, t.step[1]);
        if (t.data[1] == NULL || is_overlapping(t.data[0], size, t.data[1], t.step[1], t.columns)) return false;
    } else if (!element_store(dtype, value[0], scalar)) {
        return false;
    }
    table_find(OPERATION_to_b8 + dtype, source)->elementwise(&t);
    return true;
}

PyObject *native_store(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    array x;
    view v;
    bool has_dots;
    int dtype;
    if (count != 10 && !check_arguments("store", count, 7)) return NULL;
    memory_object *memory = as_memory(arguments[5]);
    if (memory == NULL || !as_dtype(arguments[4], &dtype)) return NULL;
    x.itemsize = dtype_facts[dtype].size;
    if (select_view(&v, &x, arguments[0], arguments + 1, &has_dots) &&
        store(&v, dtype, memory, arguments + 6, count == 10))
        Py_RETURN_TRUE;
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_False);
}

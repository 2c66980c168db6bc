/* Keys of integers, slices, `...` and None: which elements of an array they select. What is not plainly right is left
 * to Python (keys.py), which knows the rest and says what is wrong. No element is read here. */
#include "python/arguments.h"
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

/* (offset, shape, strides, number of elements, are they contiguous) */
static PyObject *view_tuple(const view *v, intptr_t itemsize) {
    uintptr_t count = 1; /* of an empty array, products of other sizes may wrap around: it is 0 in the end */
    bool contiguous = true;
    for (int i = v->rank - 1; i >= 0; i--) {
        if (v->shape[i] != 1 && (uintptr_t)v->strides[i] != count * (uintptr_t)itemsize) contiguous = false;
        count *= (uintptr_t)v->shape[i];
    }
    PyObject *result = PyTuple_New(5);
    if (result == NULL) return NULL;
    PyObject *fields[] = {PyLong_FromSsize_t(v->offset), counts_tuple(v->rank, v->shape),
                          counts_tuple(v->rank, v->strides), PyLong_FromSize_t(count),
                          PyBool_FromLong(contiguous || count <= 1)};
    bool complete = true;
    for (int i = 0; i < 5; i++) {
        complete &= fields[i] != NULL;
        PyTuple_SET_ITEM(result, i, fields[i]);
    }
    if (!complete) Py_CLEAR(result);
    return result;
}

PyObject *native_basic(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    array x;
    view v;
    if (!check_arguments("basic", count, 5) || !as_count(arguments[1], &v.offset)) return NULL;
    x.rank = as_counts(arguments[2], x.shape);
    if (x.rank < 0 || !as_strides(arguments[3], x.rank, x.strides) || !as_count(arguments[4], &x.itemsize)) return NULL;
    v.rank = v.axis = 0;
    PyObject *key = arguments[0];
    const bool is_tuple = PyTuple_CheckExact(key);
    bool has_dots;
    if (!apply(&v, &x, is_tuple ? &PyTuple_GET_ITEM(key, 0) : &key, is_tuple ? PyTuple_GET_SIZE(key) : 1, &has_dots))
        Py_RETURN_NONE;
    return v.rank == 0 && !has_dots ? PyLong_FromSsize_t(v.offset) : view_tuple(&v, x.itemsize);
}

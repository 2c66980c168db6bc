/* x[key] for keys of integers, slices, `...` and None, and x[key] = value with them where nothing is to be planned.
 * What is not plainly right is left to Python (subscripts.py), which knows the rest and says what is wrong. */
#include "pool.h"
#include "python/arguments.h"
#include "python/array_class.h"
#include "python/elements.h"
#include "python/extent.h"
#include "python/gather.h"

typedef struct {
    int rank, axis; /* of the view so far; the next axis of the array */
    intptr_t offset, shape[RANK_MAX], strides[RANK_MAX];
} view;

typedef struct {
    instance fields;
    int rank;
    intptr_t itemsize, shape[RANK_MAX], strides[RANK_MAX];
} array;

/* origin + count * stride: of an array that there is it does not wrap around. */
static intptr_t advance(intptr_t origin, intptr_t count, intptr_t stride) {
    return (intptr_t)((uintptr_t)origin + (uintptr_t)count * (uintptr_t)stride);
}

static bool append(view *v, intptr_t size, intptr_t stride) {
    if (v->rank == RANK_MAX) return false;
    v->shape[v->rank] = size;
    v->strides[v->rank++] = stride;
    return true;
}

static bool add_axes(view *v, const array *x, int count) {
    for (; count > 0; count--, v->axis++) {
        if (!append(v, x->shape[v->axis], x->strides[v->axis])) return false;
    }
    return true;
}

static bool add_index(view *v, const array *x, PyObject *entry) {
    if (v->axis == x->rank) return false;
    const intptr_t size = x->shape[v->axis];
    intptr_t place;
    if (!as_count(entry, &place)) return false;
    if (place < 0) place += size;
    if (place < 0 || place >= size) return false;
    v->offset = advance(v->offset, place, x->strides[v->axis++]);
    return true;
}

/* A bound of a slice with step 1, within the axis. */
static bool as_bound(PyObject *bound, intptr_t size, intptr_t otherwise, intptr_t *place) {
    *place = otherwise;
    if (bound == Py_None) return true;
    if (!PyLong_CheckExact(bound) || !as_count(bound, place)) return false;
    if (*place < 0) *place += size;
    *place = MAXIMUM(0, MINIMUM(*place, size));
    return true;
}

static bool is_whole_number(PyObject *object) { return object == Py_None || PyLong_CheckExact(object); }

static bool add_slice(view *v, const array *x, PyObject *entry) {
    const PySliceObject *slice = (PySliceObject *)entry;
    if (v->axis == x->rank) return false;
    const intptr_t size = x->shape[v->axis], stride = x->strides[v->axis];
    Py_ssize_t start, stop, step = 1, count;
    if (slice->step == Py_None) {
        if (!as_bound(slice->start, size, 0, &start) || !as_bound(slice->stop, size, size, &stop)) return false;
        count = MAXIMUM(0, stop - start);
    } else {
        if (!is_whole_number(slice->start) || !is_whole_number(slice->stop) || !PyLong_CheckExact(slice->step) ||
            PySlice_Unpack(entry, &start, &stop, &step) < 0)
            return false;
        count = PySlice_AdjustIndices(size, &start, &stop, step);
    }
    v->axis++;
    if (count > 0) v->offset = advance(v->offset, start, stride);
    return append(v, count,
                  count > 1 ? advance(0, step, stride) : stride); /* a step that is never taken may be too large */
}

/* The axes that `...` stands for: negative if the key names too many. */
static int missing_axes(const array *x, PyObject *const *entries, Py_ssize_t count) {
    Py_ssize_t named = 0;
    for (Py_ssize_t i = 0; i < count; i++) named += PyLong_CheckExact(entries[i]) || PySlice_Check(entries[i]);
    return named > x->rank ? -1 : x->rank - (int)named;
}

/* Applies the entries of a key; false where Python is to do it. */
static bool apply(view *v, const array *x, PyObject *const *entries, Py_ssize_t count, bool *has_dots) {
    *has_dots = false;
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
            const int missing = missing_axes(x, entries, count);
            *has_dots = true;
            added = missing >= 0 && add_axes(v, x, missing);
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
    bool is_same = v->rank == x->rank;
    for (int i = 0; is_same && i < v->rank; i++) is_same = values[i] == own[i];
    return is_same ? Py_NewRef(tuple) : counts_tuple(v->rank, values);
}

static PyObject *view_of(const view *v, const array *x) {
    bool contiguous;
    const uintptr_t count = count_view(v, x->itemsize, &contiguous);
    PyObject *shape = tuple_like(v, v->shape, x, x->shape, x->fields.shape);
    PyObject *strides = shape == NULL ? NULL : tuple_like(v, v->strides, x, x->strides, x->fields.strides);
    return make_instance((memory_object *)Py_NewRef((PyObject *)x->fields.memory), v->offset, x->fields.dtype, shape,
                         strides, (intptr_t)count, contiguous);
}

/* An array of shape () that holds a copy of the element. */
static PyObject *element_of(const instance *x, intptr_t offset) {
    const intptr_t size = dtype_facts[x->code].size;
    const bool is_within = offset >= 0 && offset <= (intptr_t)x->memory->nbytes - size;
    if (!is_within && !check_extent(x->memory->nbytes, offset, 0, NULL, NULL, size)) return NULL;
    memory_object *memory = memory_new_array(1, size);
    if (memory == NULL) return NULL;
    const char *in = element_at(x->memory, offset);
    char *out = memory_bytes(memory);
    if (size == 8)
        memcpy(out, in, 8); /* of a known number of bytes it is no call */
    else
        memcpy(out, in, (size_t)size);
    return make_instance(memory, 0, x->dtype, counts_tuple(0, NULL), counts_tuple(0, NULL), 1, true);
}

/* The place of x[key], the most frequent of keys: an int, of an array with one axis. False for other keys. */
static bool find_in_line(PyObject *object, PyObject *key, instance *x, intptr_t *offset) {
    intptr_t place, size, stride;
    if (!PyLong_CheckExact(key) || !is_known_array(object) || !read_instance(object, x)) return false;
    if (PyTuple_GET_SIZE(x->shape) != 1 || PyTuple_GET_SIZE(x->strides) != 1) return false;
    if (!as_count(PyTuple_GET_ITEM(x->shape, 0), &size) || !as_count(PyTuple_GET_ITEM(x->strides, 0), &stride) ||
        !as_count(key, &place))
        return false;
    if (place < 0) place += size;
    *offset = advance(x->offset, place, stride);
    return place >= 0 && place < size;
}

/* False where the key is left to Python, perhaps with an exception, which does not matter there. */
static bool select_view(view *v, array *x, PyObject *object, PyObject *key, bool *has_dots) {
    if (!is_known_array(object) || !read_instance(object, &x->fields)) return false;
    x->itemsize = dtype_facts[x->fields.code].size;
    x->rank = as_counts(x->fields.shape, x->shape);
    if (x->rank < 0 || !as_strides(x->fields.strides, x->rank, x->strides)) return false;
    v->offset = x->fields.offset;
    v->rank = v->axis = 0;
    const bool is_tuple = PyTuple_CheckExact(key);
    return apply(v, x, is_tuple ? &PyTuple_GET_ITEM(key, 0) : &key, is_tuple ? PyTuple_GET_SIZE(key) : 1, has_dots);
}

PyObject *array_subscript(PyObject *object, PyObject *key) {
    array x;
    view v;
    bool has_dots;
    if (find_in_line(object, key, &x.fields, &v.offset)) return element_of(&x.fields, v.offset);
    if (is_known_array(key)) {
        PyObject *found = is_known_array(object) ? take_few(object, key) : NULL;
        if (found != NULL) return found;
    } else if (select_view(&v, &x, object, key, &has_dots)) {
        return v.rank == 0 && !has_dots ? element_of(&x.fields, v.offset) : view_of(&v, &x);
    }
    PyErr_Clear();
    return python_subscript(object, key);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* A Python scalar that an element of the dtype can be made of as it is (is_element in assignment.py). */
static bool is_storable(PyObject *value, int dtype) {
    if (PyFloat_CheckExact(value)) return dtype >= CODE_f32;
    if (PyComplex_CheckExact(value)) return dtype >= CODE_c64;
    if (!PyLong_CheckExact(value) && !PyBool_Check(value)) return false;
    int overflow;
    const long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    return dtype < CODE_f32 || (overflow == 0 && number >= -(1LL << 53) && number <= 1LL << 53);
}

/* Has the array the shape of the view? */
static bool is_shape(const view *v, const instance *value) {
    intptr_t sizes[RANK_MAX];
    const int rank = as_counts(value->shape, sizes);
    return rank == v->rank && memcmp(sizes, v->shape, sizeof(intptr_t) * (size_t)rank) == 0;
}

/* The first of contiguous elements that are written over elements of v at `out`; NULL where that is left to Python. */
static const char *elements_to_store(const view *v, const instance *value, int dtype, const char *out, intptr_t count) {
    const intptr_t size = dtype_facts[dtype].size, step = dtype_facts[value->code].size;
    const bool narrows = value->code >= CODE_c64 && value->code > dtype; /* it may be an error */
    if (!value->contiguous || narrows || !is_shape(v, value)) return NULL;
    if (!check_extent(value->memory->nbytes, value->offset, 1, &count, &step, step)) return NULL;
    const char *in = element_at(value->memory, value->offset);
    return is_overlapping(out, size, in, step, count) ? NULL : in;
}

/* False, and nothing is done, where it is left to Python, perhaps with an exception, which does not matter there. */
static bool store(const view *v, const instance *target, PyObject *value) {
    const int dtype = target->code;
    const intptr_t size = dtype_facts[dtype].size;
    _Alignas(16) char scalar[ELEMENT_MAX];
    bool contiguous;
    tile t;
    t.rows = 1;
    t.columns = (intptr_t)count_view(v, size, &contiguous);
    if (!contiguous || target->memory->readonly || t.columns == 0) return false;
    if (!check_extent(target->memory->nbytes, v->offset, 1, &t.columns, &size, size)) return false;
    int source = dtype;
    t.step[0] = size;
    t.row_step[0] = t.row_step[1] = 0;
    t.data[0] = element_at(target->memory, v->offset);
    if (is_known_array(value)) {
        instance new;
        if (!read_instance(value, &new)) return false;
        source = new.code;
        t.step[1] = dtype_facts[source].size;
        t.data[1] = (char *)elements_to_store(v, &new, dtype, t.data[0], t.columns);
        if (t.data[1] == NULL) return false;
    } else {
        if (!is_storable(value, dtype) || !element_store(dtype, value, scalar)) return false;
        t.step[1] = 0;
        t.data[1] = scalar;
    }
    if (t.columns == 1 && source == dtype) {
        memcpy(t.data[0], t.data[1], (size_t)size);
        return true;
    }
    const table_entry *conversion = table_find(OPERATION_to_b8 + dtype, source);
    if (t.columns >= 2 * chunk_elements((double)conversion->cost)) return false; /* work to share, as in chunks.py */
    conversion->elementwise(&t);
    return true;
}

int array_assign_subscript(PyObject *object, PyObject *key, PyObject *value) {
    array x;
    view v;
    bool has_dots;
    if (value != NULL && !is_known_array(key) && select_view(&v, &x, object, key, &has_dots) &&
        store(&v, &x.fields, value))
        return 0;
    PyErr_Clear();
    return python_assign_subscript(object, key, value);
}

/* Arguments of the module's functions as C values; false, NULL or -1 with an exception where they are not. No kernels
 * here. */
#include "python/arguments.h"

#include "walks/odometer.h"

bool check_arguments(const char *function, Py_ssize_t count, Py_ssize_t wanted) {
    if (count == wanted) return true;
    PyErr_Format(PyExc_TypeError, "_native.%s takes %zd arguments, not %zd", function, wanted, count);
    return false;
}

bool as_any_count(PyObject *object, intptr_t *value) {
    *value = PyLong_AsSsize_t(object);
    return *value != -1 || !PyErr_Occurred();
}

bool as_flag(PyObject *object, bool *value) {
    const int truth = PyObject_IsTrue(object);
    *value = truth == 1;
    return truth >= 0;
}

bool as_dtype(PyObject *object, int *dtype) {
    intptr_t code;
    if (!as_count(object, &code)) return false;
    if (code < 0 || code >= DTYPE_COUNT) {
        PyErr_Format(PyExc_ValueError, "_native: %zd is not a dtype code", (Py_ssize_t)code);
        return false;
    }
    *dtype = (int)code;
    return true;
}

bool as_itemsize(PyObject *object, intptr_t *itemsize) {
    if (!as_count(object, itemsize)) return false;
    if (*itemsize > 0 && *itemsize <= ELEMENT_MAX && (*itemsize & (*itemsize - 1)) == 0) return true;
    PyErr_Format(PyExc_ValueError, "_native: an element has 1, 2, 4, 8 or 16 bytes, not %zd", (Py_ssize_t)*itemsize);
    return false;
}

int as_counts(PyObject *object, intptr_t *values) {
    if (!PyTuple_Check(object)) {
        PyErr_Format(PyExc_TypeError, "_native: expected a tuple of ints, not %R", object);
        return -1;
    }
    const Py_ssize_t rank = PyTuple_GET_SIZE(object);
    if (rank > RANK_MAX) {
        PyErr_Format(PyExc_ValueError, "raptors_xp: %zd dimensions are more than %d", rank, RANK_MAX);
        return -1;
    }
    for (Py_ssize_t i = 0; i < rank; i++) {
        if (!as_count(PyTuple_GET_ITEM(object, i), &values[i])) return -1;
    }
    return (int)rank;
}

bool as_strides(PyObject *strides, int rank, intptr_t *steps) {
    const int count = as_counts(strides, steps);
    if (count == rank) return true;
    if (count >= 0) PyErr_Format(PyExc_ValueError, "_native: %d strides for %d dimensions", count, rank);
    return false;
}

int as_shape(PyObject *object, intptr_t *sizes) {
    const int rank = as_counts(object, sizes);
    if (rank > 0 && count_checked(rank, sizes) < 0) {
        PyErr_Format(PyExc_ValueError, "_native: %R is no shape: a size is negative, or it has too many elements",
                     object);
        return -1;
    }
    return rank;
}

int as_dimensions(PyObject *shape, PyObject *strides, intptr_t *sizes, intptr_t *steps) {
    const int rank = as_shape(shape, sizes);
    return rank >= 0 && as_strides(strides, rank, steps) ? rank : -1;
}

const table_entry *as_kernel(PyObject *operation, PyObject *dtype, enum operation_form least, enum operation_form most,
                             int *code) {
    intptr_t op;
    if (!as_count(operation, &op) || !as_dtype(dtype, code)) return NULL;
    const table_entry *entry = table_find(op, *code);
    if (entry == NULL || entry->form < least || entry->form > most) {
        PyErr_Format(PyExc_ValueError, "_native: there is no such kernel (operation %zd, dtype %s)", (Py_ssize_t)op,
                     dtype_facts[*code].name);
        return NULL;
    }
    return entry;
}

const table_entry *as_kernel_number(PyObject *number, enum operation_form least, enum operation_form most, int *code) {
    intptr_t kernel;
    if (!as_count(number, &kernel)) return NULL;
    const table_entry *entry = table_at(kernel);
    if (entry == NULL || entry->form < least || entry->form > most) {
        PyErr_Format(PyExc_ValueError, "_native: there is no such kernel (number %zd)", (Py_ssize_t)kernel);
        return NULL;
    }
    *code = (int)(kernel % DTYPE_COUNT);
    return entry;
}

bool check_extent(size_t nbytes, intptr_t offset, int rank, const intptr_t *shape, const intptr_t *strides,
                  intptr_t size) {
    intptr_t low = offset, high = offset;
    bool overflows = false;
    for (int i = 0; i < rank; i++) {
        if (shape[i] == 0) return true;
        intptr_t reach;
        overflows |= shape[i] < 0;
        overflows |= __builtin_mul_overflow(MAXIMUM(shape[i], 0) - 1, strides[i], &reach);
        overflows |= reach < 0 ? __builtin_add_overflow(low, reach, &low) : __builtin_add_overflow(high, reach, &high);
    }
    if (!overflows && low >= 0 && high <= (intptr_t)nbytes - size) return true;
    PyErr_Format(PyExc_IndexError, "_native: bytes %zd to %zd lie outside of a memory of %zu bytes", (Py_ssize_t)low,
                 (Py_ssize_t)((size_t)high + (size_t)size), nbytes);
    return false;
}

char *as_elements(PyObject *memory, PyObject *offset, int rank, const intptr_t *shape, const intptr_t *strides,
                  intptr_t size) {
    const memory_object *found = as_memory(memory);
    intptr_t first;
    if (found == NULL || !as_count(offset, &first) || !check_extent(found->nbytes, first, rank, shape, strides, size))
        return NULL;
    return element_at(found, first);
}

bool check_writable(const memory_object *memory) {
    if (memory->readonly) PyErr_SetString(PyExc_ValueError, "the array is read-only; write to a copy of it");
    return !memory->readonly;
}

char *as_writable_elements(PyObject *memory, PyObject *offset, int rank, const intptr_t *shape, const intptr_t *strides,
                           intptr_t size) {
    char *first = as_elements(memory, offset, rank, shape, strides, size);
    return first != NULL && check_writable((memory_object *)memory) ? first : NULL;
}

char *as_contiguous_elements(PyObject *memory, PyObject *offset, intptr_t count, intptr_t size) {
    const memory_object *found = as_memory(memory);
    intptr_t first, bytes, end;
    if (found == NULL || !as_count(offset, &first)) return NULL;
    const bool overflows = __builtin_mul_overflow(count, size, &bytes) || __builtin_add_overflow(first, bytes, &end);
    if (overflows || count < 0 || first < 0 || end > (intptr_t)found->nbytes) {
        if (!check_extent(found->nbytes, first, 1, &count, &size, size)) return NULL;
    }
    return element_at(found, first);
}

enum { RECENT_RANK = 3, RECENT_BITS = 6 };

/* Short tuples made lately, each where its values lead: shapes and strides repeat, and a tuple costs more than half of
 * a view. */
static struct {
    intptr_t values[RECENT_RANK];
    PyObject *tuple; /* NULL: none yet */
} recent[RECENT_RANK + 1][1 << RECENT_BITS];

static PyObject *new_tuple(int rank, const intptr_t *values) {
    PyObject *tuple = PyTuple_New(rank);
    for (int i = 0; tuple != NULL && i < rank; i++) {
        PyObject *value = PyLong_FromSsize_t(values[i]);
        if (value == NULL)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, i, value);
    }
    return tuple;
}

PyObject *counts_tuple(int rank, const intptr_t *values) {
    if (rank > RECENT_RANK) return new_tuple(rank, values);
    uint64_t mixed = 0;
    for (int i = 0; i < rank; i++) mixed = (mixed ^ (uint64_t)values[i]) * 0x9E3779B97F4A7C15;
    const int place = (int)(mixed >> (64 - RECENT_BITS));
    bool is_same = recent[rank][place].tuple != NULL;
    for (int i = 0; is_same && i < rank; i++) is_same = values[i] == recent[rank][place].values[i];
    if (!is_same) {
        PyObject *tuple = new_tuple(rank, values);
        if (tuple == NULL) return NULL;
        for (int i = 0; i < rank; i++) recent[rank][place].values[i] = values[i];
        Py_XSETREF(recent[rank][place].tuple, tuple);
    }
    return Py_NewRef(recent[rank][place].tuple);
}

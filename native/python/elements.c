/* Python scalars to elements and back: items, and lists of them. No kernels here. */
#include "python/elements.h"

#include "dtypes.h"
#include "python/arguments.h"
#include "python/functions.h"

static bool store_signed(PyObject *value, long long least, long long most, const char *name, long long *out) {
    int overflow;
    *out = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (*out == -1 && overflow == 0 && PyErr_Occurred()) return false;
    if (overflow != 0 || *out < least || *out > most) {
        PyErr_Format(PyExc_OverflowError, "_native: an int is out of range for %s, which holds %lld to %lld", name,
                     least, most);
        return false;
    }
    return true;
}

static bool store_unsigned(PyObject *value, unsigned long long most, const char *name, unsigned long long *out) {
    *out = PyLong_AsUnsignedLongLong(value);
    const bool failed = *out == (unsigned long long)-1 && PyErr_Occurred() != NULL;
    if (failed && !PyErr_ExceptionMatches(PyExc_OverflowError)) return false;
    if (failed || *out > most) {
        PyErr_Clear();
        PyErr_Format(PyExc_OverflowError, "_native: an int is out of range for %s, which holds 0 to %llu", name, most);
        return false;
    }
    return true;
}

static bool store_float(PyObject *value, double *out) {
    if (PyFloat_CheckExact(value)) {
        *out = PyFloat_AS_DOUBLE(value);
        return true;
    }
    if (!PyFloat_Check(value) && !PyLong_Check(value)) {
        PyErr_Format(PyExc_TypeError, "a real element cannot be made of %R, a %s", value, Py_TYPE(value)->tp_name);
        return false;
    }
    *out = PyFloat_AsDouble(value);
    return *out != -1.0 || !PyErr_Occurred();
}

static bool store_complex(PyObject *value, Py_complex *out) {
    if (PyComplex_Check(value)) {
        *out = PyComplex_AsCComplex(value);
        return true;
    }
    out->imag = 0.0;
    return store_float(value, &out->real);
}

/* True or False, or an int that is not 0, of any size; its value, whatever the methods of a subclass say. */
static bool store_truth(PyObject *value, b8 *out) {
    if (!PyLong_Check(value)) {
        PyErr_Format(PyExc_TypeError, "an element of bool cannot be made of %R, a %s", value, Py_TYPE(value)->tp_name);
        return false;
    }
    int overflow;
    *out = PyLong_AsLongLongAndOverflow(value, &overflow) != 0;
    return true;
}

bool element_store(int dtype, PyObject *value, void *out) {
    if (dtype_facts[dtype].kind == 'i' || dtype_facts[dtype].kind == 'u') {
        if (!PyLong_Check(value)) {
            PyErr_Format(PyExc_TypeError, "an element of %s cannot be made of %R, a %s", dtype_facts[dtype].name, value,
                         Py_TYPE(value)->tp_name);
            return false;
        }
    }
    long long i;
    unsigned long long u;
    double d;
    Py_complex c;
    switch (dtype) {
    case CODE_b8:
        return store_truth(value, out);
#define STORE_SIGNED(T, LEAST, MOST)                                                      \
    case CODE_##T:                                                                        \
        if (!store_signed(value, LEAST, MOST, dtype_facts[dtype].name, &i)) return false; \
        *(T *)out = (T)i;                                                                 \
        return true;
        STORE_SIGNED(i8, INT8_MIN, INT8_MAX)
        STORE_SIGNED(i16, INT16_MIN, INT16_MAX)
        STORE_SIGNED(i32, INT32_MIN, INT32_MAX)
        STORE_SIGNED(i64, INT64_MIN, INT64_MAX)
#define STORE_UNSIGNED(T, MOST)                                                      \
    case CODE_##T:                                                                   \
        if (!store_unsigned(value, MOST, dtype_facts[dtype].name, &u)) return false; \
        *(T *)out = (T)u;                                                            \
        return true;
        STORE_UNSIGNED(u8, UINT8_MAX)
        STORE_UNSIGNED(u16, UINT16_MAX)
        STORE_UNSIGNED(u32, UINT32_MAX)
        STORE_UNSIGNED(u64, UINT64_MAX)
    case CODE_f32:
        if (!store_float(value, &d)) return false;
        *(f32 *)out = (f32)d;
        return true;
    case CODE_f64:
        if (!store_float(value, &d)) return false;
        *(f64 *)out = d;
        return true;
    case CODE_c64:
        if (!store_complex(value, &c)) return false;
        *(c64 *)out = (c64){(f32)c.real, (f32)c.imag};
        return true;
    default:
        if (!store_complex(value, &c)) return false;
        *(c128 *)out = (c128){c.real, c.imag};
        return true;
    }
}

PyObject *element_load(int dtype, const void *in) {
    switch (dtype) {
    case CODE_b8:
        return PyBool_FromLong(*(const b8 *)in);
    case CODE_i8:
        return PyLong_FromLong(*(const i8 *)in);
    case CODE_i16:
        return PyLong_FromLong(*(const i16 *)in);
    case CODE_i32:
        return PyLong_FromLong(*(const i32 *)in);
    case CODE_i64:
        return PyLong_FromLongLong(*(const i64 *)in);
    case CODE_u8:
        return PyLong_FromLong(*(const u8 *)in);
    case CODE_u16:
        return PyLong_FromLong(*(const u16 *)in);
    case CODE_u32:
        return PyLong_FromUnsignedLong(*(const u32 *)in);
    case CODE_u64:
        return PyLong_FromUnsignedLongLong(*(const u64 *)in);
    case CODE_f32:
        return PyFloat_FromDouble(*(const f32 *)in);
    case CODE_f64:
        return PyFloat_FromDouble(*(const f64 *)in);
    case CODE_c64:
        return PyComplex_FromDoubles(((const c64 *)in)->re, ((const c64 *)in)->im);
    default:
        return PyComplex_FromDoubles(((const c128 *)in)->re, ((const c128 *)in)->im);
    }
}

PyObject *native_item(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    if (!check_arguments("item", count, 3) || !as_dtype(arguments[0], &dtype)) return NULL;
    const char *element = as_elements(arguments[1], arguments[2], 0, NULL, NULL, dtype_facts[dtype].size);
    return element == NULL ? NULL : element_load(dtype, element);
}

/* Called for every element: now and then looks for signals, and lets other threads of Python run for a while. False
 * with an exception. */
static bool count_element(void) {
    static unsigned count;
    if (++count % (1 << 16) != 0) return true;
    if (PyErr_CheckSignals() != 0) return false;
    PyEval_RestoreThread(PyEval_SaveThread());
    return true;
}

PyObject *native_copy_item(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    intptr_t size;
    if (!check_arguments("copy_item", count, 3) || !as_itemsize(arguments[0], &size) || !count_element()) return NULL;
    const char *element = as_elements(arguments[1], arguments[2], 0, NULL, NULL, size);
    memory_object *out = element == NULL ? NULL : memory_new_array(1, size);
    if (out != NULL) memcpy(memory_bytes(out), element, (size_t)size);
    return (PyObject *)out;
}

PyObject *native_set_item(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    if (!check_arguments("set_item", count, 4) || !as_dtype(arguments[0], &dtype)) return NULL;
    const intptr_t size = dtype_facts[dtype].size;
    char *element = as_writable_elements(arguments[1], arguments[2], 0, NULL, NULL, size);
    _Alignas(16) char value[ELEMENT_MAX]; /* the element itself may not be aligned */
    if (element == NULL || !element_store(dtype, arguments[3], value)) return NULL;
    memcpy(element, value, (size_t)size);
    Py_RETURN_NONE;
}

static PyObject *nested_list(int dtype, const char *data, int rank, const intptr_t *shape, const intptr_t *strides) {
    if (rank == 0) return count_element() ? element_load(dtype, data) : NULL;
    PyObject *list = PyList_New(shape[0]);
    if (list == NULL) return NULL;
    PyObject_GC_UnTrack(list); /* nobody may find it before it is filled */
    for (intptr_t i = 0; i < shape[0]; i++) {
        PyObject *entry = nested_list(dtype, data + i * strides[0], rank - 1, shape + 1, strides + 1);
        if (entry == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, entry);
    }
    PyObject_GC_Track(list);
    return list;
}

PyObject *native_to_list(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    intptr_t shape[RANK_MAX], strides[RANK_MAX];
    if (!check_arguments("to_list", count, 5) || !as_dtype(arguments[0], &dtype)) return NULL;
    const int rank = as_dimensions(arguments[3], arguments[4], shape, strides);
    if (rank < 0) return NULL;
    const char *data = as_elements(arguments[1], arguments[2], rank, shape, strides, dtype_facts[dtype].size);
    return data == NULL ? NULL : nested_list(dtype, data, rank, shape, strides);
}

/* The number of values is what the caller has seen. A value's methods may change the list that holds it. */
PyObject *native_pack(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    intptr_t length;
    if (!check_arguments("pack", count, 3) || !as_dtype(arguments[0], &dtype) || !as_count(arguments[2], &length))
        return NULL;
    if (!PyList_Check(arguments[1])) {
        PyErr_Format(PyExc_TypeError, "_native.pack: the values must be a list, not %R", arguments[1]);
        return NULL;
    }
    const intptr_t size = dtype_facts[dtype].size;
    memory_object *memory = memory_new_array(length, size);
    for (intptr_t i = 0; memory != NULL && i < length; i++) {
        bool stored = false;
        if (PyList_GET_SIZE(arguments[1]) == length) {
            PyObject *value = Py_NewRef(PyList_GET_ITEM(arguments[1], i));
            stored = count_element() && element_store(dtype, value, element_at(memory, i * size));
            Py_DECREF(value);
        } else {
            PyErr_SetString(PyExc_RuntimeError, "a list changed its length while an array was made of it");
        }
        if (!stored) Py_CLEAR(memory);
    }
    return (PyObject *)memory;
}

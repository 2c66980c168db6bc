/* Python scalars to elements and back, and the arguments of the module's functions. No kernels here. */
#include "elements.h"

#include "../dtypes.h"

bool check_arguments(const char *function, Py_ssize_t count, Py_ssize_t wanted) {
    if (count == wanted) return true;
    PyErr_Format(PyExc_TypeError, "_native.%s takes %zd arguments, not %zd", function, wanted, count);
    return false;
}

bool as_count(PyObject *object, intptr_t *value) {
    *value = PyLong_AsSsize_t(object);
    return *value != -1 || !PyErr_Occurred();
}

bool as_dtype(PyObject *object, int *dtype) {
    const long code = PyLong_AsLong(object);
    if (code == -1 && PyErr_Occurred()) return false;
    if (code < 0 || code >= DTYPE_COUNT) {
        PyErr_Format(PyExc_ValueError, "_native: %ld is not a dtype code", code);
        return false;
    }
    *dtype = (int)code;
    return true;
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

bool check_extent(const memory_object *memory, intptr_t offset, int rank, const intptr_t *shape,
                  const intptr_t *strides, intptr_t size) {
    intptr_t low = offset, high = offset;
    bool overflows = false;
    for (int i = 0; i < rank; i++) {
        if (shape[i] == 0) return true;
        intptr_t reach;
        overflows |= __builtin_mul_overflow(shape[i] - 1, strides[i], &reach);
        overflows |= reach < 0 ? __builtin_add_overflow(low, reach, &low) : __builtin_add_overflow(high, reach, &high);
    }
    if (!overflows && low >= 0 && high <= (intptr_t)memory->nbytes - size) return true;
    PyErr_Format(PyExc_IndexError, "_native: bytes %zd to %zd lie outside of a memory of %zu bytes", (Py_ssize_t)low,
                 (Py_ssize_t)(high + size), memory->nbytes);
    return false;
}

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
        if (!PyBool_Check(value)) {
            PyErr_Format(PyExc_TypeError, "an element of bool cannot be made of %R, a %s", value,
                         Py_TYPE(value)->tp_name);
            return false;
        }
        *(b8 *)out = value == Py_True;
        return true;
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

/* (dtype, memory, offset) of item and set_item. */
static memory_object *find_element(PyObject *const *arguments, int *dtype, intptr_t *offset) {
    if (!as_dtype(arguments[0], dtype) || !as_count(arguments[2], offset)) return NULL;
    if (!is_memory(arguments[1])) {
        PyErr_Format(PyExc_TypeError, "_native: expected a Memory, not %R", arguments[1]);
        return NULL;
    }
    memory_object *memory = (memory_object *)arguments[1];
    return check_extent(memory, *offset, 0, NULL, NULL, dtype_facts[*dtype].size) ? memory : NULL;
}

PyObject *native_item(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    intptr_t offset;
    if (!check_arguments("item", count, 3)) return NULL;
    const memory_object *memory = find_element(arguments, &dtype, &offset);
    return memory == NULL ? NULL : element_load(dtype, memory->data + offset);
}

PyObject *native_set_item(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    intptr_t offset;
    if (!check_arguments("set_item", count, 4)) return NULL;
    memory_object *memory = find_element(arguments, &dtype, &offset);
    if (memory == NULL) return NULL;
    if (memory->readonly) {
        PyErr_SetString(PyExc_ValueError, "the array is read-only; write to a copy of it");
        return NULL;
    }
    _Alignas(16) char element[ELEMENT_MAX];
    if (!element_store(dtype, arguments[3], element)) return NULL;
    memcpy(memory->data + offset, element, (size_t)dtype_facts[dtype].size);
    Py_RETURN_NONE;
}

static PyObject *nested_list(int dtype, const char *data, int rank, const intptr_t *shape, const intptr_t *strides) {
    if (rank == 0) return element_load(dtype, data);
    PyObject *list = PyList_New(shape[0]);
    if (list == NULL) return NULL;
    for (intptr_t i = 0; i < shape[0]; i++) {
        PyObject *entry = nested_list(dtype, data + i * strides[0], rank - 1, shape + 1, strides + 1);
        if (entry == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, entry);
    }
    return list;
}

PyObject *native_to_list(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    intptr_t offset, shape[RANK_MAX], strides[RANK_MAX];
    if (!check_arguments("to_list", count, 5)) return NULL;
    if (!as_dtype(arguments[0], &dtype) || !as_count(arguments[2], &offset)) return NULL;
    const int rank = as_counts(arguments[3], shape);
    if (rank < 0 || as_counts(arguments[4], strides) != rank) return NULL;
    if (!is_memory(arguments[1])) {
        PyErr_Format(PyExc_TypeError, "_native.to_list: expected a Memory, not %R", arguments[1]);
        return NULL;
    }
    const memory_object *memory = (memory_object *)arguments[1];
    if (!check_extent(memory, offset, rank, shape, strides, dtype_facts[dtype].size)) return NULL;
    return nested_list(dtype, memory->data + offset, rank, shape, strides);
}

PyObject *native_pack(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    if (!check_arguments("pack", count, 2) || !as_dtype(arguments[0], &dtype)) return NULL;
    PyObject *values = PySequence_Fast(arguments[1], "_native.pack: the values must be a list or a tuple");
    if (values == NULL) return NULL;
    const Py_ssize_t length = PySequence_Fast_GET_SIZE(values);
    const intptr_t size = dtype_facts[dtype].size;
    memory_object *memory = memory_new_array(length, size);
    for (Py_ssize_t i = 0; memory != NULL && i < length; i++) {
        if (!element_store(dtype, PySequence_Fast_GET_ITEM(values, i), memory->data + i * size)) Py_CLEAR(memory);
    }
    Py_DECREF(values);
    return (PyObject *)memory;
}

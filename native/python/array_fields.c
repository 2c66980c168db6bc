/* The fields of an Array, for protocols that ask native code for them. No element is read here. */
#include "python/array_fields.h"

#include "dtypes.h"
#include "python/arguments.h"

bool read_fields(PyObject *array, array_fields *fields) {
    static PyObject *name; /* interned, so that looking it up compares no letters */
    if (name == NULL && (name = PyUnicode_InternFromString("_export")) == NULL) return false;
    PyObject *parts = PyObject_CallMethodNoArgs(array, name);
    if (parts == NULL) return false;
    bool good = PyTuple_Check(parts) && PyTuple_GET_SIZE(parts) == 5 && is_memory(PyTuple_GET_ITEM(parts, 0)) &&
                as_count(PyTuple_GET_ITEM(parts, 1), &fields->offset) &&
                as_dtype(PyTuple_GET_ITEM(parts, 2), &fields->dtype) &&
                (fields->rank = as_shape(PyTuple_GET_ITEM(parts, 3), fields->shape)) >= 0 &&
                as_counts(PyTuple_GET_ITEM(parts, 4), fields->strides) == fields->rank;
    if (!good && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "_export() must give memory, offset, dtype, shape, strides");
    if (good) {
        fields->memory = (memory_object *)PyTuple_GET_ITEM(parts, 0);
        good = check_extent(fields->memory->nbytes, fields->offset, fields->rank, fields->shape, fields->strides,
                            dtype_facts[fields->dtype].size);
        if (good) Py_INCREF(fields->memory);
    }
    Py_DECREF(parts);
    return good;
}

/* Buffers out: what mypyc cannot give a class, the buffer protocol and safe weak references. No element is read or
 * written here. */
#include "dtypes.h"
#include "python/array_fields.h"
#include "python/functions.h"

static bool is_contiguous(const array_fields *e, Py_ssize_t size, bool fortran) {
    for (int i = 0; i < e->rank; i++) {
        if (e->shape[i] == 0) return true;
    }
    for (int i = 0; i < e->rank; i++) {
        const int d = fortran ? i : e->rank - 1 - i;
        if (e->shape[d] > 1 && e->strides[d] != size) return false;
        size *= e->shape[d];
    }
    return true;
}

static int array_getbuffer(PyObject *self, Py_buffer *view, int flags) {
    view->obj = NULL;
    array_fields *e = PyMem_Malloc(sizeof *e);
    if (e == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (!read_fields(self, e)) {
        PyMem_Free(e);
        return -1;
    }
    const intptr_t size = dtype_facts[e->dtype].size;
    const bool c_contiguous = is_contiguous(e, size, false), f_contiguous = is_contiguous(e, size, true);
    const char *refusal = NULL;
    if ((flags & PyBUF_WRITABLE) && e->memory->readonly)
        refusal = "the array is read-only; ask for a read-only buffer or copy it";
    else if ((flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS && !c_contiguous)
        refusal = "the array is not C-contiguous; copy it";
    else if ((flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS && !f_contiguous)
        refusal = "the array is not Fortran-contiguous";
    else if ((flags & PyBUF_ANY_CONTIGUOUS) == PyBUF_ANY_CONTIGUOUS && !c_contiguous && !f_contiguous)
        refusal = "the array is not contiguous; copy it";
    else if ((flags & PyBUF_STRIDES) != PyBUF_STRIDES && !c_contiguous)
        refusal = "the array is not C-contiguous and the consumer takes no strides; copy it";
    if (refusal != NULL) {
        PyErr_Format(PyExc_BufferError, "raptors_xp: %s", refusal);
        Py_DECREF(e->memory);
        PyMem_Free(e);
        return -1;
    }
    view->buf = element_at(e->memory, e->offset);
    view->itemsize = size;
    view->len = size;
    for (int i = 0; i < e->rank; i++) view->len *= e->shape[i];
    view->readonly = e->memory->readonly;
    view->ndim = e->rank;
    view->format = (flags & PyBUF_FORMAT) ? (char *)dtype_facts[e->dtype].format : NULL;
    view->shape = (flags & PyBUF_ND) ? e->shape : NULL;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? e->strides : NULL;
    view->suboffsets = NULL;
    view->internal = e;
    view->obj = Py_NewRef(self);
    return 0;
}

static void array_releasebuffer(PyObject *self, Py_buffer *view) {
    (void)self;
    array_fields *e = view->internal;
    Py_DECREF(e->memory);
    PyMem_Free(e);
}

#if PY_VERSION_HEX >= 0x030C0000
/* Since Python 3.12 the buffer protocol has methods too, by which collections.abc.Buffer knows who speaks it. */
static PyObject *array_buffer(PyObject *self, PyObject *argument) {
    const long flags = PyLong_AsLong(argument);
    Py_buffer view;
    if ((flags == -1 && PyErr_Occurred()) || PyObject_GetBuffer(self, &view, (int)flags) < 0) return NULL;
    PyBuffer_Release(&view); /* it can be had as asked for; what it holds stays the same */
    return PyMemoryView_FromObject(self);
}

static PyObject *array_release_buffer(PyObject *self, PyObject *view) {
    (void)self;
    return PyObject_CallMethod(view, "release", NULL);
}

static PyMethodDef buffer_methods[] = {
    {"__buffer__", array_buffer, METH_O, PyDoc_STR("A memoryview of the elements, if one can be had by these flags.")},
    {"__release_buffer__", array_release_buffer, METH_O, PyDoc_STR("Release a memoryview that __buffer__ gave.")},
};

static bool add_buffer_methods(PyTypeObject *type) {
    for (size_t i = 0; i < sizeof buffer_methods / sizeof *buffer_methods; i++) {
        PyObject *method = PyDescr_NewMethod(type, &buffer_methods[i]);
        if (method == NULL) return false;
        const int failed = PyDict_SetItemString(type->tp_dict, buffer_methods[i].ml_name, method);
        Py_DECREF(method);
        if (failed) return false;
    }
    return true;
}
#else
static bool add_buffer_methods(PyTypeObject *type) { return (void)type, true; }
#endif

/* x[index], for those who ask for a sequence: pandas takes for one number what has arithmetic and is no sequence. */
static PyObject *array_item(PyObject *self, Py_ssize_t index) {
    PyObject *key = PyLong_FromSsize_t(index);
    if (key == NULL) return NULL;
    PyObject *item = PyObject_GetItem(self, key);
    Py_DECREF(key);
    return item;
}

/* The protocols that mypyc leaves out: buffers, and sequences, as it fills the slots of mappings alone. */
PyObject *native_adopt(PyObject *module, PyObject *object) {
    (void)module;
    static PyBufferProcs procedures = {array_getbuffer, array_releasebuffer};
    static PySequenceMethods sequence;
    PyTypeObject *type = (PyTypeObject *)object;
    if (!PyType_Check(object) || !PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) || type->tp_weaklistoffset == 0) {
        PyErr_Format(PyExc_TypeError, "_native.adopt: wants the Array class, which can be weakly referenced, not %R",
                     object);
        return NULL;
    }
    if (!add_buffer_methods(type)) return NULL;
    type->tp_as_buffer = &procedures;
    if (type->tp_as_sequence != NULL) sequence = *type->tp_as_sequence;
    sequence.sq_item = array_item;
    if (type->tp_as_mapping != NULL) sequence.sq_length = type->tp_as_mapping->mp_length;
    type->tp_as_sequence = &sequence;
    PyType_Modified(type);
    Py_RETURN_NONE;
}

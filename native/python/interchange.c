/* Buffers out: what mypyc cannot give a class, the buffer protocol and safe weak references. No element is read or
 * written here. */
#include "dtypes.h"
#include "python/arguments.h"
#include "python/functions.h"

typedef struct {
    memory_object *memory;
    Py_ssize_t shape[RANK_MAX], strides[RANK_MAX];
} exported;

static bool is_contiguous(const exported *e, int rank, Py_ssize_t size, bool fortran) {
    for (int i = 0; i < rank; i++) {
        if (e->shape[i] == 0) return true;
    }
    for (int i = 0; i < rank; i++) {
        const int d = fortran ? i : rank - 1 - i;
        if (e->shape[d] > 1 && e->strides[d] != size) return false;
        size *= e->shape[d];
    }
    return true;
}

static int array_getbuffer(PyObject *self, Py_buffer *view, int flags) {
    view->obj = NULL;
    PyObject *parts = PyObject_CallMethod(self, "_export", NULL);
    if (parts == NULL) return -1;
    exported *e = PyMem_Malloc(sizeof *e);
    if (e == NULL) {
        Py_DECREF(parts);
        PyErr_NoMemory();
        return -1;
    }
    int dtype, rank = -1;
    intptr_t offset;
    const char *refusal = NULL;
    if (!PyTuple_Check(parts) || PyTuple_GET_SIZE(parts) != 5 || !is_memory(PyTuple_GET_ITEM(parts, 0)) ||
        !as_count(PyTuple_GET_ITEM(parts, 1), &offset) || !as_dtype(PyTuple_GET_ITEM(parts, 2), &dtype) ||
        (rank = as_counts(PyTuple_GET_ITEM(parts, 3), e->shape)) < 0 ||
        as_counts(PyTuple_GET_ITEM(parts, 4), e->strides) != rank) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "_export() must give memory, offset, dtype, shape, strides");
        goto fail;
    }
    e->memory = (memory_object *)PyTuple_GET_ITEM(parts, 0);
    const intptr_t size = dtype_facts[dtype].size;
    if (!check_extent(e->memory->nbytes, offset, rank, e->shape, e->strides, size)) goto fail;
    const bool c_contiguous = is_contiguous(e, rank, size, false), f_contiguous = is_contiguous(e, rank, size, true);
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
        goto fail;
    }
    view->buf = element_at(e->memory, offset);
    view->itemsize = size;
    view->len = size;
    for (int i = 0; i < rank; i++) view->len *= e->shape[i];
    view->readonly = e->memory->readonly;
    view->ndim = rank;
    view->format = (flags & PyBUF_FORMAT) ? (char *)dtype_facts[dtype].format : NULL;
    view->shape = (flags & PyBUF_ND) ? e->shape : NULL;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? e->strides : NULL;
    view->suboffsets = NULL;
    view->internal = e;
    view->obj = Py_NewRef(self);
    Py_INCREF(e->memory);
    Py_DECREF(parts);
    return 0;
fail:
    PyMem_Free(e);
    Py_DECREF(parts);
    return -1;
}

static void array_releasebuffer(PyObject *self, Py_buffer *view) {
    (void)self;
    exported *e = view->internal;
    Py_DECREF(e->memory);
    PyMem_Free(e);
}

/* A generic class of mypyc has room for weak references, but neither clears them when an instance dies nor hides their
 * list from the garbage collector, which would take it for a reference. */
static destructor compiled_dealloc;
static traverseproc compiled_traverse;

static PyObject **weak_references(PyObject *self) {
    return (PyObject **)((char *)self + Py_TYPE(self)->tp_weaklistoffset);
}

static void array_dealloc(PyObject *self) {
    if (*weak_references(self) != NULL) {
        PyObject_GC_UnTrack(self);
        PyObject_ClearWeakRefs(self);
    }
    compiled_dealloc(self);
}

static int array_traverse(PyObject *self, visitproc visit, void *context) {
    PyObject **references = weak_references(self), *hidden = *references;
    *references = NULL;
    const int result = compiled_traverse(self, visit, context);
    *references = hidden;
    return result;
}

static void repair_weak_references(PyTypeObject *type) {
    const bool compiled = PyDict_GetItemString(type->tp_dict, "__mypyc_attrs__") != NULL;
    if (!compiled || type->tp_weaklistoffset <= 0 || type->tp_dealloc == array_dealloc) return;
    compiled_dealloc = type->tp_dealloc;
    compiled_traverse = type->tp_traverse;
    type->tp_dealloc = array_dealloc;
    type->tp_traverse = array_traverse;
}

PyObject *native_adopt(PyObject *module, PyObject *type) {
    (void)module;
    static PyBufferProcs procedures = {array_getbuffer, array_releasebuffer};
    if (!PyType_Check(type) || !PyType_HasFeature((PyTypeObject *)type, Py_TPFLAGS_HEAPTYPE)) {
        PyErr_Format(PyExc_TypeError, "_native.adopt: wants the Array class, not %R", type);
        return NULL;
    }
    ((PyTypeObject *)type)->tp_as_buffer = &procedures;
    repair_weak_references((PyTypeObject *)type);
    PyType_Modified((PyTypeObject *)type);
    Py_RETURN_NONE;
}

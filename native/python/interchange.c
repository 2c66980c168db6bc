/* Memory from and for others: the buffer protocol and DLPack. No element is read or written here. */
#include "interchange.h"

#include "../dtypes.h"
#include "dlpack_abi.h"
#include "elements.h"

static PyObject *tuple_of(int rank, const intptr_t *values) {
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

static void contiguous_strides(int rank, const intptr_t *shape, intptr_t size, intptr_t *strides) {
    for (int i = rank - 1; i >= 0; i--) {
        strides[i] = size;
        size *= MAXIMUM(1, shape[i]);
    }
}

/* The bytes that the elements cover begin `before` bytes ahead of the first element and are `covered` bytes long. */
static void find_extent(int rank, const intptr_t *shape, const intptr_t *strides, intptr_t size, intptr_t *before,
                        intptr_t *covered) {
    intptr_t low = 0, high = size;
    for (int i = 0; i < rank; i++) {
        if (shape[i] == 0) {
            *before = *covered = 0;
            return;
        }
        const intptr_t reach = (shape[i] - 1) * strides[i];
        if (reach < 0)
            low += reach;
        else
            high += reach;
    }
    *before = -low;
    *covered = high - low;
}

/* --- buffers in -------------------------------------------------------------------------------------------------- */

static void release_buffer(void *source) {
    PyBuffer_Release(source);
    PyMem_Free(source);
}

PyObject *native_borrow(PyObject *module, PyObject *exporter) {
    (void)module;
    Py_buffer *view = PyMem_Malloc(sizeof *view);
    if (view == NULL) return PyErr_NoMemory();
    if (PyObject_GetBuffer(exporter, view, PyBUF_FULL) < 0) {
        PyErr_Clear();
        if (PyObject_GetBuffer(exporter, view, PyBUF_FULL_RO) < 0) {
            PyMem_Free(view);
            return NULL;
        }
    }
    if (view->suboffsets != NULL || view->ndim > RANK_MAX) {
        PyErr_Format(PyExc_BufferError,
                     "raptors_xp: cannot use the buffer of %R: it has suboffsets or more than %d "
                     "dimensions; make a contiguous copy",
                     exporter, RANK_MAX);
        release_buffer(view);
        return NULL;
    }
    intptr_t strides[RANK_MAX], before, covered;
    if (view->strides != NULL)
        memcpy(strides, view->strides, sizeof(intptr_t) * (size_t)view->ndim);
    else
        contiguous_strides(view->ndim, view->shape, view->itemsize, strides);
    find_extent(view->ndim, view->shape, strides, view->itemsize, &before, &covered);
    PyObject *format = PyUnicode_FromString(view->format == NULL ? "B" : view->format);
    PyObject *shape = tuple_of(view->ndim, view->shape), *steps = tuple_of(view->ndim, strides);
    const Py_ssize_t itemsize = view->itemsize;
    memory_object *memory =
        memory_borrow((char *)view->buf - before, (size_t)covered, view->readonly, release_buffer, view);
    if (memory == NULL) release_buffer(view);
    if (format == NULL || shape == NULL || steps == NULL || memory == NULL) {
        Py_XDECREF(format);
        Py_XDECREF(shape);
        Py_XDECREF(steps);
        Py_XDECREF(memory);
        return NULL;
    }
    return Py_BuildValue("(NNnNNn)", memory, format, itemsize, shape, steps, (Py_ssize_t)before);
}

/* --- DLPack in --------------------------------------------------------------------------------------------------- */

static void delete_managed(void *source) {
    dlpack_managed *managed = source;
    if (managed->deleter != NULL) managed->deleter(managed);
}

static void delete_versioned(void *source) {
    dlpack_managed_versioned *managed = source;
    if (managed->deleter != NULL) managed->deleter(managed);
}

static int dtype_from_dlpack(dlpack_dtype dtype) {
    if (dtype.lanes != 1) return -1;
    const char kind = dtype.code == DLPACK_INT       ? 'i'
                      : dtype.code == DLPACK_UINT    ? 'u'
                      : dtype.code == DLPACK_FLOAT   ? 'f'
                      : dtype.code == DLPACK_COMPLEX ? 'c'
                      : dtype.code == DLPACK_BOOL    ? 'b'
                                                     : '?';
    for (int code = 0; code < DTYPE_COUNT; code++) {
        if (dtype_facts[code].kind == kind && dtype_facts[code].size * 8 == dtype.bits) return code;
    }
    return -1;
}

PyObject *native_from_capsule(PyObject *module, PyObject *capsule) {
    (void)module;
    const bool versioned = PyCapsule_IsValid(capsule, "dltensor_versioned");
    if (!versioned && !PyCapsule_IsValid(capsule, "dltensor")) {
        PyErr_Format(PyExc_ValueError,
                     "from_dlpack: %R is not an unused DLPack capsule; call __dlpack__() of the producer anew",
                     capsule);
        return NULL;
    }
    void *source = PyCapsule_GetPointer(capsule, versioned ? "dltensor_versioned" : "dltensor");
    bool readonly = false;
    dlpack_tensor *tensor;
    if (versioned) {
        dlpack_managed_versioned *managed = source;
        if (managed->version.major != DLPACK_MAJOR) {
            PyErr_Format(PyExc_BufferError, "from_dlpack: the producer speaks DLPack %u, this library speaks %d",
                         managed->version.major, DLPACK_MAJOR);
            return NULL;
        }
        readonly = (managed->flags & DLPACK_READ_ONLY) != 0;
        tensor = &managed->tensor;
    } else {
        tensor = &((dlpack_managed *)source)->tensor;
    }
    if (tensor->device.device_type != DLPACK_CPU) {
        PyErr_Format(PyExc_BufferError,
                     "from_dlpack: the data is on DLPack device type %d, not on the CPU; copy it there first",
                     tensor->device.device_type);
        return NULL;
    }
    const int dtype = dtype_from_dlpack(tensor->dtype);
    if (dtype < 0) {
        PyErr_Format(PyExc_BufferError,
                     "from_dlpack: unsupported dtype (DLPack code %d, %d bits, %d lanes); convert it to one of the 13 "
                     "standard dtypes first",
                     tensor->dtype.code, tensor->dtype.bits, tensor->dtype.lanes);
        return NULL;
    }
    if (tensor->ndim < 0 || tensor->ndim > RANK_MAX) {
        PyErr_Format(PyExc_BufferError, "from_dlpack: %d dimensions are more than %d", tensor->ndim, RANK_MAX);
        return NULL;
    }
    const int rank = tensor->ndim;
    const intptr_t size = dtype_facts[dtype].size;
    intptr_t shape[RANK_MAX], strides[RANK_MAX], before, covered, bytes = size;
    bool possible = true, empty = false;
    for (int i = 0; i < rank; i++) { /* sizes of 0 do not count: strides are made of the others */
        shape[i] = (intptr_t)tensor->shape[i];
        empty |= shape[i] == 0;
        possible &= shape[i] >= 0 && !__builtin_mul_overflow(bytes, MAXIMUM(1, shape[i]), &bytes);
    }
    if (!possible || (tensor->data == NULL && !empty)) {
        PyErr_SetString(PyExc_BufferError, possible ? "from_dlpack: the producer gave elements and no memory for them"
                                                    : "from_dlpack: the producer gave a shape that cannot be");
        return NULL;
    }
    if (tensor->strides == NULL) {
        contiguous_strides(rank, shape, size, strides);
    } else {
        for (int i = 0; i < rank; i++) strides[i] = (intptr_t)tensor->strides[i] * size;
    }
    find_extent(rank, shape, strides, size, &before, &covered);
    PyObject *shape_tuple = tuple_of(rank, shape), *strides_tuple = tuple_of(rank, strides);
    char *data = (char *)tensor->data + tensor->byte_offset - before;
    memory_object *memory =
        shape_tuple == NULL || strides_tuple == NULL
            ? NULL
            : memory_borrow(data, (size_t)covered, readonly, versioned ? delete_versioned : delete_managed, source);
    if (memory == NULL) {
        Py_XDECREF(shape_tuple);
        Py_XDECREF(strides_tuple);
        return NULL;
    }
    PyCapsule_SetName(capsule, versioned ? "used_dltensor_versioned" : "used_dltensor");
    return Py_BuildValue("(NiNNn)", memory, dtype, shape_tuple, strides_tuple, (Py_ssize_t)before);
}

/* --- DLPack out -------------------------------------------------------------------------------------------------- */

/* The consumer may delete from any thread, and even after the interpreter has gone. */
static void release_context(void *context) {
    if (!Py_IsInitialized()) return;
    const PyGILState_STATE state = PyGILState_Ensure();
    Py_DECREF((PyObject *)context);
    PyGILState_Release(state);
}

static void free_managed(dlpack_managed *managed) {
    release_context(managed->context);
    free(managed);
}

static void free_versioned(dlpack_managed_versioned *managed) {
    release_context(managed->context);
    free(managed);
}

/* A capsule that nobody consumed. */
static void drop_capsule(PyObject *capsule) {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (PyCapsule_IsValid(capsule, "dltensor"))
        delete_managed(PyCapsule_GetPointer(capsule, "dltensor"));
    else if (PyCapsule_IsValid(capsule, "dltensor_versioned"))
        delete_versioned(PyCapsule_GetPointer(capsule, "dltensor_versioned"));
    PyErr_Restore(type, value, traceback);
}

static uint8_t dlpack_code(char kind) {
    switch (kind) {
    case 'b':
        return DLPACK_BOOL;
    case 'i':
        return DLPACK_INT;
    case 'u':
        return DLPACK_UINT;
    case 'f':
        return DLPACK_FLOAT;
    default:
        return DLPACK_COMPLEX;
    }
}

PyObject *native_to_capsule(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    intptr_t offset, shape[RANK_MAX], strides[RANK_MAX];
    if (!check_arguments("to_capsule", count, 7) || !as_dtype(arguments[0], &dtype) || !as_count(arguments[2], &offset))
        return NULL;
    const int rank = as_counts(arguments[3], shape);
    if (rank < 0 || as_counts(arguments[4], strides) != rank || !is_memory(arguments[1])) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "_native.to_capsule: wants a Memory, shape and strides");
        return NULL;
    }
    memory_object *memory = (memory_object *)arguments[1];
    const intptr_t size = dtype_facts[dtype].size;
    if (!check_extent(memory, offset, rank, shape, strides, size)) return NULL;
    const bool versioned = PyObject_IsTrue(arguments[5]) == 1, copied = PyObject_IsTrue(arguments[6]) == 1;
    if (memory->readonly && !versioned) {
        PyErr_SetString(PyExc_BufferError,
                        "__dlpack__: the array is read-only, which DLPack says only since version 1: ask with "
                        "max_version=(1, 0), or export a copy");
        return NULL;
    }
    const size_t head = versioned ? sizeof(dlpack_managed_versioned) : sizeof(dlpack_managed);
    char *block = calloc(1, head + 2 * sizeof(int64_t) * (size_t)rank);
    if (block == NULL) return PyErr_NoMemory();
    dlpack_tensor *tensor =
        versioned ? &((dlpack_managed_versioned *)block)->tensor : &((dlpack_managed *)block)->tensor;
    tensor->data = memory->data + offset;
    tensor->device = (dlpack_device){DLPACK_CPU, 0};
    tensor->ndim = rank;
    tensor->dtype = (dlpack_dtype){dlpack_code(dtype_facts[dtype].kind), (uint8_t)(8 * size), 1};
    tensor->shape = (int64_t *)(block + head);
    tensor->strides = tensor->shape + rank;
    for (int i = 0; i < rank; i++) {
        if (strides[i] % size != 0) {
            free(block);
            PyErr_Format(PyExc_BufferError,
                         "__dlpack__: a stride of %zd bytes is no multiple of the element's %zd; export a copy",
                         (Py_ssize_t)strides[i], (Py_ssize_t)size);
            return NULL;
        }
        tensor->shape[i] = shape[i];
        tensor->strides[i] = strides[i] / size;
    }
    if (versioned) {
        dlpack_managed_versioned *managed = (dlpack_managed_versioned *)block;
        managed->version.major = DLPACK_MAJOR;
        managed->version.minor = DLPACK_MINOR;
        managed->flags = (memory->readonly ? DLPACK_READ_ONLY : 0) | (copied ? DLPACK_IS_COPIED : 0);
        managed->context = memory;
        managed->deleter = free_versioned;
    } else {
        ((dlpack_managed *)block)->context = memory;
        ((dlpack_managed *)block)->deleter = free_managed;
    }
    PyObject *capsule = PyCapsule_New(block, versioned ? "dltensor_versioned" : "dltensor", drop_capsule);
    if (capsule == NULL)
        free(block);
    else
        Py_INCREF(memory);
    return capsule;
}

/* --- buffers out: what mypyc cannot give a class ----------------------------------------------------------------- */

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
    if (!check_extent(e->memory, offset, rank, e->shape, e->strides, size)) goto fail;
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
    view->buf = e->memory->data + offset;
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

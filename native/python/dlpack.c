/* DLPack: memory that others lend, and memory that we lend. No element is read or written here. */
#include "python/arguments.h"
#include "python/dlpack.h"
#include "python/extent.h"
#include "python/functions.h"
#include "walks/odometer.h"

/* --- in ----------------------------------------------------------------------------------------------------------- */

static void delete_managed(void *source) {
    dlpack_managed *managed = source;
    if (managed->deleter != NULL) managed->deleter(managed);
}

static void delete_versioned(void *source) {
    dlpack_managed_versioned *managed = source;
    if (managed->deleter != NULL) managed->deleter(managed);
}

int dtype_from_dlpack(dlpack_dtype dtype) {
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

/* The tensor of a capsule, legacy or versioned. NULL with an exception. */
static dlpack_tensor *tensor_of(void *source, bool versioned, bool *readonly) {
    *readonly = false;
    if (!versioned) return &((dlpack_managed *)source)->tensor;
    dlpack_managed_versioned *managed = source;
    if (managed->version.major != DLPACK_MAJOR) {
        PyErr_Format(PyExc_BufferError, "from_dlpack: the producer speaks DLPack %u, this library speaks %d",
                     managed->version.major, DLPACK_MAJOR);
        return NULL;
    }
    *readonly = (managed->flags & DLPACK_READ_ONLY) != 0;
    return &managed->tensor;
}

/* Elements that we can use, as far as device, dtype and rank say; false with BufferError. */
static bool check_tensor(const dlpack_tensor *tensor) {
    if (tensor->device.device_type != DLPACK_CPU) {
        PyErr_Format(PyExc_BufferError,
                     "from_dlpack: the data is on DLPack device type %d, not on the CPU; copy it there first",
                     tensor->device.device_type);
        return false;
    }
    if (dtype_from_dlpack(tensor->dtype) < 0) {
        PyErr_Format(PyExc_BufferError,
                     "from_dlpack: unsupported dtype (DLPack code %d, %d bits, %d lanes); convert it to one of the 13 "
                     "standard dtypes first",
                     tensor->dtype.code, tensor->dtype.bits, tensor->dtype.lanes);
        return false;
    }
    if (tensor->ndim < 0 || tensor->ndim > RANK_MAX) {
        PyErr_Format(PyExc_BufferError, "from_dlpack: %d dimensions are more than %d", tensor->ndim, RANK_MAX);
        return false;
    }
    return true;
}

/* Shape and byte strides of a tensor, and the bytes that its elements cover (extent.h); false with BufferError. */
static bool read_dimensions(const dlpack_tensor *tensor, intptr_t size, intptr_t *shape, intptr_t *strides,
                            intptr_t *before, intptr_t *covered) {
    const int rank = tensor->ndim;
    bool possible = rank == 0 || tensor->shape != NULL, empty = false;
    for (int i = 0; possible && i < rank; i++) {
        shape[i] = (intptr_t)tensor->shape[i];
        empty |= shape[i] == 0;
    }
    possible = possible && count_checked(rank, shape) >= 0;
    if (possible) contiguous_strides(rank, shape, size, strides);
    for (int i = 0; possible && tensor->strides != NULL && i < rank; i++) {
        if (empty || shape[i] == 1) continue; /* where there is nothing to step to, producers give what they like */
        possible = !__builtin_mul_overflow((intptr_t)tensor->strides[i], size, &strides[i]);
    }
    if (!possible || !find_extent(rank, shape, strides, size, before, covered)) {
        PyErr_SetString(PyExc_BufferError, "from_dlpack: the producer gave a shape or strides that cannot be");
        return false;
    }
    if (tensor->data == NULL && *covered > 0) {
        PyErr_SetString(PyExc_BufferError, "from_dlpack: the producer gave elements and no memory for them");
        return false;
    }
    return true;
}

PyObject *import_managed(void *source, bool versioned) {
    bool readonly;
    const dlpack_tensor *tensor = tensor_of(source, versioned, &readonly);
    if (tensor == NULL || !check_tensor(tensor)) return NULL;
    const int rank = tensor->ndim, dtype = dtype_from_dlpack(tensor->dtype);
    const intptr_t size = dtype_facts[dtype].size;
    intptr_t shape[RANK_MAX], strides[RANK_MAX], before, covered;
    if (!read_dimensions(tensor, size, shape, strides, &before, &covered)) return NULL;
    PyObject *shape_tuple = counts_tuple(rank, shape), *strides_tuple = counts_tuple(rank, strides);
    char *data = covered == 0 ? NULL : (char *)((uintptr_t)tensor->data + tensor->byte_offset - (uintptr_t)before);
    memory_object *memory =
        shape_tuple == NULL || strides_tuple == NULL
            ? NULL
            : memory_borrow(data, (size_t)covered, readonly, versioned ? delete_versioned : delete_managed, source);
    if (memory == NULL) {
        Py_XDECREF(shape_tuple);
        Py_XDECREF(strides_tuple);
        return NULL;
    }
    return Py_BuildValue("(NiNNn)", memory, dtype, shape_tuple, strides_tuple, (Py_ssize_t)before);
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
    PyObject *parts = import_managed(source, versioned);
    if (parts != NULL) PyCapsule_SetName(capsule, versioned ? "used_dltensor_versioned" : "used_dltensor");
    return parts;
}

/* --- out ---------------------------------------------------------------------------------------------------------- */

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

/* Strides in elements; false with BufferError where one falls between elements. */
static bool write_dimensions(dlpack_tensor *tensor, intptr_t size, const intptr_t *shape, const intptr_t *strides) {
    for (int i = 0; i < tensor->ndim; i++) {
        if (strides[i] % size != 0) {
            PyErr_Format(PyExc_BufferError,
                         "__dlpack__: a stride of %zd bytes is no multiple of the element's %zd; export a copy",
                         (Py_ssize_t)strides[i], (Py_ssize_t)size);
            return false;
        }
        tensor->shape[i] = shape[i];
        tensor->strides[i] = strides[i] / size;
    }
    return true;
}

/* One block: the managed tensor, then room for shape and strides. It does not hold `memory` yet. */
static void *new_managed(memory_object *memory, int rank, bool versioned, bool copied, dlpack_tensor **tensor) {
    const size_t head = versioned ? sizeof(dlpack_managed_versioned) : sizeof(dlpack_managed);
    char *block = calloc(1, head + 2 * sizeof(int64_t) * (size_t)rank);
    if (block == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    if (versioned) {
        dlpack_managed_versioned *managed = (dlpack_managed_versioned *)block;
        managed->version.major = DLPACK_MAJOR;
        managed->version.minor = DLPACK_MINOR;
        managed->flags = (memory->readonly ? DLPACK_READ_ONLY : 0) | (copied ? DLPACK_IS_COPIED : 0);
        managed->context = memory;
        managed->deleter = free_versioned;
        *tensor = &managed->tensor;
    } else {
        dlpack_managed *managed = (dlpack_managed *)block;
        managed->context = memory;
        managed->deleter = free_managed;
        *tensor = &managed->tensor;
    }
    (*tensor)->ndim = rank;
    (*tensor)->shape = (int64_t *)(block + head);
    (*tensor)->strides = (*tensor)->shape + rank;
    return block;
}

void *export_managed(const array_fields *fields, bool versioned, bool copied) {
    if (fields->memory->readonly && !versioned) {
        PyErr_SetString(PyExc_BufferError,
                        "__dlpack__: the array is read-only, which DLPack says only since version 1: ask with "
                        "max_version=(1, 0), or export a copy");
        return NULL;
    }
    const intptr_t size = dtype_facts[fields->dtype].size;
    dlpack_tensor *tensor;
    void *block = new_managed(fields->memory, fields->rank, versioned, copied, &tensor);
    if (block == NULL) return NULL;
    tensor->data = element_at(fields->memory, fields->offset);
    tensor->device = (dlpack_device){DLPACK_CPU, 0};
    tensor->dtype = (dlpack_dtype){dlpack_code(dtype_facts[fields->dtype].kind), (uint8_t)(8 * size), 1};
    if (!write_dimensions(tensor, size, fields->shape, fields->strides)) {
        free(block);
        return NULL;
    }
    Py_INCREF(fields->memory);
    return block;
}

PyObject *native_to_capsule(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    array_fields fields;
    bool versioned, copied;
    if (!check_arguments("to_capsule", count, 7) || !as_dtype(arguments[0], &fields.dtype) ||
        !as_flag(arguments[5], &versioned) || !as_flag(arguments[6], &copied) ||
        !as_count(arguments[2], &fields.offset))
        return NULL;
    fields.rank = as_dimensions(arguments[3], arguments[4], fields.shape, fields.strides);
    const intptr_t size = dtype_facts[fields.dtype].size;
    if (fields.rank < 0 ||
        as_elements(arguments[1], arguments[2], fields.rank, fields.shape, fields.strides, size) == NULL)
        return NULL;
    fields.memory = (memory_object *)arguments[1];
    void *block = export_managed(&fields, versioned, copied);
    if (block == NULL) return NULL;
    PyObject *capsule = PyCapsule_New(block, versioned ? "dltensor_versioned" : "dltensor", drop_capsule);
    if (capsule == NULL && versioned)
        delete_versioned(block);
    else if (capsule == NULL)
        delete_managed(block);
    return capsule;
}

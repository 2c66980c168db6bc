/* DLPack's exchange at the level of C (__dlpack_c_exchange_api__, DLPack 1.3): for others, who find our functions at
 * the type of our arrays, and with others, whose functions we call. No element is read or written here. */
#include "dtypes.h"
#include "python/arguments.h"
#include "python/dlpack.h"
#include "python/functions.h"
#include "walks/odometer.h"

/* --- for others --------------------------------------------------------------------------------------------------- */

static PyObject *make_array; /* of what import_managed gives; held for ever, as the capsule is */

static int managed_from_array(void *object, dlpack_managed_versioned **out) {
    array_fields fields;
    if (!read_fields(object, &fields)) return -1;
    *out = export_managed(&fields, true, false);
    Py_DECREF(fields.memory);
    return *out == NULL ? -1 : 0;
}

static int managed_to_array(dlpack_managed_versioned *managed, void **out) {
    PyObject *parts = import_managed(managed, true);
    if (parts == NULL) return -1;
    *out = PyObject_CallOneArg(make_array, parts);
    Py_DECREF(parts);
    return *out == NULL ? -1 : 0;
}

/* Why there is no new tensor like `prototype`; NULL if there may be one. */
static const char *refusal(const dlpack_tensor *prototype) {
    if (prototype->device.device_type != DLPACK_CPU) return "raptors_xp: has memory of the CPU only";
    if (dtype_from_dlpack(prototype->dtype) < 0) return "raptors_xp: has no such dtype, only the 13 of the standard";
    if (prototype->ndim < 0 || prototype->ndim > RANK_MAX) return "raptors_xp: has no arrays of so many dimensions";
    return NULL;
}

static dlpack_managed_versioned *new_like(const dlpack_tensor *prototype) {
    array_fields fields = {.dtype = dtype_from_dlpack(prototype->dtype), .rank = prototype->ndim};
    const intptr_t size = dtype_facts[fields.dtype].size;
    for (int i = 0; i < fields.rank; i++) fields.shape[i] = (intptr_t)prototype->shape[i];
    const intptr_t count = count_checked(fields.rank, fields.shape);
    fields.memory = count < 0 ? NULL : memory_new_array(count, size);
    if (fields.memory == NULL) return NULL;
    contiguous_strides(fields.rank, fields.shape, size, fields.strides);
    dlpack_managed_versioned *managed = export_managed(&fields, true, false);
    Py_DECREF(fields.memory);
    return managed;
}

/* May be called without the GIL. */
static int allocate_array(dlpack_tensor *prototype, dlpack_managed_versioned **out, void *context,
                          dlpack_set_error *set_error) {
    const char *reason = refusal(prototype), *kind = "BufferError";
    *out = NULL;
    if (reason == NULL) {
        const PyGILState_STATE state = PyGILState_Ensure();
        *out = new_like(prototype);
        if (*out == NULL) {
            PyErr_Clear();
            kind = "MemoryError";
            reason = "raptors_xp: there is no memory for a tensor of this shape";
        }
        PyGILState_Release(state);
    }
    if (reason != NULL) set_error(context, kind, reason);
    return *out == NULL ? -1 : 0;
}

static int no_stream(int32_t device_type, int32_t device_id, void **out) {
    (void)device_type, (void)device_id;
    *out = NULL;
    return 0;
}

PyObject *native_exchange_api(PyObject *module, PyObject *make) {
    (void)module;
    static dlpack_exchange api = {
        .header = {{DLPACK_MAJOR, DLPACK_MINOR}, NULL},
        .allocate = allocate_array,
        .managed_from_object = managed_from_array,
        .managed_to_object = managed_to_array,
        .tensor_from_object = NULL, /* shapes and strides are tuples of Python: there are no C arrays to lend */
        .current_work_stream = no_stream,
    };
    Py_XSETREF(make_array, Py_NewRef(make));
    return PyCapsule_New(&api, DLPACK_EXCHANGE_CAPSULE, NULL);
}

/* --- with others -------------------------------------------------------------------------------------------------- */

/* The producer's functions, of our major version. NULL if there are none. Only the type itself is asked: a subclass may
 * have a __dlpack__ of its own, which the functions of its base know nothing of. */
static const dlpack_exchange *find_api(PyTypeObject *type) {
    PyObject *capsule = type->tp_dict == NULL ? NULL : PyDict_GetItemString(type->tp_dict, "__dlpack_c_exchange_api__");
    const dlpack_exchange_header *header = NULL;
    if (capsule != NULL && PyCapsule_IsValid(capsule, DLPACK_EXCHANGE_CAPSULE))
        header = PyCapsule_GetPointer(capsule, DLPACK_EXCHANGE_CAPSULE); /* which stays as long as the process */
    while (header != NULL && header->version.major != DLPACK_MAJOR) header = header->previous;
    return (const dlpack_exchange *)header;
}

/* What from_capsule gives, of a producer on the CPU that has these functions and does not object. Else None, and
 * __dlpack__ does it, or says what is wrong. */
PyObject *native_exchange(PyObject *module, PyObject *producer) {
    (void)module;
    const dlpack_exchange *api = find_api(Py_TYPE(producer));
    dlpack_managed_versioned *managed = NULL;
    if (api == NULL) Py_RETURN_NONE;
    if (api->managed_from_object(producer, &managed) != 0 || managed == NULL) {
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    PyObject *parts = import_managed(managed, true);
    if (parts != NULL) return parts;
    if (managed->deleter != NULL) managed->deleter(managed);
    if (!PyErr_ExceptionMatches(PyExc_BufferError)) return NULL;
    PyErr_Clear();
    Py_RETURN_NONE;
}

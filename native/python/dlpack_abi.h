/* The DLPack 1.x interface, as its specification lays it out. */
#ifndef RAPTORS_DLPACK_ABI_H
#define RAPTORS_DLPACK_ABI_H

#include <stdint.h>

enum { DLPACK_MAJOR = 1, DLPACK_MINOR = 3, DLPACK_CPU = 1 };
enum { DLPACK_INT = 0, DLPACK_UINT = 1, DLPACK_FLOAT = 2, DLPACK_COMPLEX = 5, DLPACK_BOOL = 6 };
enum { DLPACK_READ_ONLY = 1, DLPACK_IS_COPIED = 2 };

typedef struct {
    int32_t device_type, device_id;
} dlpack_device;

typedef struct {
    uint8_t code, bits;
    uint16_t lanes;
} dlpack_dtype;

typedef struct {
    void *data;
    dlpack_device device;
    int32_t ndim;
    dlpack_dtype dtype;
    int64_t *shape;
    int64_t *strides; /* in elements; NULL: C-contiguous */
    uint64_t byte_offset;
} dlpack_tensor;

typedef struct dlpack_managed {
    dlpack_tensor tensor;
    void *context;
    void (*deleter)(struct dlpack_managed *);
} dlpack_managed;

typedef struct {
    uint32_t major, minor;
} dlpack_version;

typedef struct dlpack_managed_versioned {
    dlpack_version version;
    void *context;
    void (*deleter)(struct dlpack_managed_versioned *);
    uint64_t flags;
    dlpack_tensor tensor;
} dlpack_managed_versioned;

/* The exchange without Python calls, since DLPack 1.3: a table of functions in a capsule of the type of arrays,
 * __dlpack_c_exchange_api__. The functions return 0, or -1 with an exception (the first: with an error set). */
#define DLPACK_EXCHANGE_CAPSULE "dlpack_exchange_api"

typedef struct dlpack_exchange_header {
    dlpack_version version;
    struct dlpack_exchange_header *previous; /* a table for an older major version, or NULL */
} dlpack_exchange_header;

typedef void dlpack_set_error(void *context, const char *kind, const char *message);

typedef struct {
    dlpack_exchange_header header;
    int (*allocate)(dlpack_tensor *prototype, dlpack_managed_versioned **out, void *context,
                    dlpack_set_error *set_error);
    int (*managed_from_object)(void *object, dlpack_managed_versioned **out);
    int (*managed_to_object)(dlpack_managed_versioned *managed, void **out);
    int (*tensor_from_object)(void *object, dlpack_tensor *out); /* may be NULL */
    int (*current_work_stream)(int32_t device_type, int32_t device_id, void **out);
} dlpack_exchange;

#endif

/* Memory: the Python object that owns or borrows a block of bytes. Its bytes are reached through memory_bytes() and
 * element_at() alone. */
#ifndef RAPTORS_MEMORY_OBJECT_H
#define RAPTORS_MEMORY_OBJECT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base.h"

/* What gives borrowed bytes back. */
typedef void memory_finalizer(void *source);

typedef struct {
    PyObject_HEAD char *data; /* not for others: see memory_bytes */
    size_t nbytes;
    size_t capacity; /* of the recycler's block; 0: borrowed */
    bool readonly;
    memory_finalizer *finalize; /* NULL: nothing to give back */
    void *source;
} memory_object;

extern PyTypeObject memory_type;

#define is_memory(object) Py_IS_TYPE(object, &memory_type)

/* The object as a memory_object; NULL with TypeError. */
memory_object *as_memory(PyObject *object);

/* A fresh block of count * size bytes, uninitialised; NULL with MemoryError. */
memory_object *memory_new_array(intptr_t count, intptr_t size);
/* The same of bytes, where *is_zero says whether they are 0 already. */
memory_object *memory_new_clear(intptr_t nbytes, bool *is_zero);
memory_object *memory_borrow(char *data, size_t nbytes, bool readonly, memory_finalizer *finalize, void *source);

/* The one way to the bytes; never NULL. Elements that are not computed before they are asked for would be computed
 * here. */
static inline char *memory_bytes(const memory_object *memory) { return memory->data; }
/* No elements may begin anywhere. */
static inline char *element_at(const memory_object *memory, intptr_t offset) {
    return (char *)((uintptr_t)memory_bytes(memory) + (uintptr_t)offset);
}

/* Have they bytes in common? Borrowed memories may, with one another and with ours. */
bool memories_meet(const memory_object *first, const memory_object *second);

#endif

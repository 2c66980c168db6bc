/* Memory: the Python object that owns or borrows a block of bytes. It knows no dtype and no shape. */
#include "python/memory_object.h"

#include "memory.h"
#include "python/extent.h"

/* Freed lately, to be used again: an object costs as much to make and free as a small block. */
enum { FREE_MOST = 16 };
static memory_object *free_objects[FREE_MOST];
static int free_count;

static memory_object *new_object(void) {
    if (free_count == 0) return PyObject_New(memory_object, &memory_type);
    return (memory_object *)PyObject_Init((PyObject *)free_objects[--free_count], &memory_type);
}

/* is_zero: NULL, or to be told whether the bytes are 0 already. */
static memory_object *memory_new(size_t nbytes, bool *is_zero) {
    memory_object *self = new_object();
    if (self == NULL) return NULL;
    self->capacity = 0;
    self->finalize = NULL;
    self->source = NULL;
    self->readonly = false;
    self->nbytes = nbytes;
    self->data = is_zero == NULL ? memory_allocate(nbytes, &self->capacity)
                                 : memory_allocate_clear(nbytes, &self->capacity, is_zero);
    if (self->data == NULL) {
        Py_DECREF(self);
        PyErr_Format(PyExc_MemoryError,
                     "raptors_xp: the system has no %zu bytes for a result; free arrays or work in smaller pieces",
                     nbytes);
        return NULL;
    }
    return self;
}

static memory_object *new_array(intptr_t count, intptr_t size, bool *is_zero) {
    size_t nbytes;
    if (count < 0 || __builtin_mul_overflow((size_t)count, (size_t)size, &nbytes) || nbytes > PTRDIFF_MAX) {
        PyErr_Format(PyExc_MemoryError, "raptors_xp: %zd elements of %zd bytes are more than can be addressed",
                     (Py_ssize_t)count, (Py_ssize_t)size);
        return NULL;
    }
    return memory_new(nbytes, is_zero);
}

memory_object *memory_new_array(intptr_t count, intptr_t size) { return new_array(count, size, NULL); }

memory_object *memory_new_clear(intptr_t nbytes, bool *is_zero) { return new_array(nbytes, 1, is_zero); }

/* Where the bytes of a memory begin that has none, and was given no address. */
static char no_bytes[CACHE_LINE];

memory_object *memory_borrow(char *data, size_t nbytes, bool readonly, memory_finalizer *finalize, void *source) {
    memory_object *self = new_object();
    if (self == NULL) return NULL;
    self->data = data != NULL ? data : no_bytes;
    self->nbytes = nbytes;
    self->capacity = 0;
    self->readonly = readonly;
    self->finalize = finalize;
    self->source = source;
    return self;
}

memory_object *as_memory(PyObject *object) {
    if (is_memory(object)) return (memory_object *)object;
    PyErr_Format(PyExc_TypeError, "_native: expected a Memory, not %R", object);
    return NULL;
}

static void memory_dealloc(PyObject *object) {
    memory_object *self = (memory_object *)object;
    if (self->capacity > 0)
        memory_release(self->data, self->capacity);
    else if (self->finalize != NULL)
        self->finalize(self->source);
    if (free_count < FREE_MOST)
        free_objects[free_count++] = self;
    else
        PyObject_Free(self);
}

static void release_owner(void *source) { Py_DECREF((PyObject *)source); }

static PyObject *memory_as_readonly(PyObject *object, PyObject *unused) {
    (void)unused;
    memory_object *self = (memory_object *)object;
    memory_object *view = memory_borrow(memory_bytes(self), self->nbytes, true, release_owner, self);
    if (view != NULL) Py_INCREF(self);
    return (PyObject *)view;
}

static PyObject *memory_nbytes(PyObject *self, void *closure) {
    (void)closure;
    return PyLong_FromSize_t(((memory_object *)self)->nbytes);
}

static PyObject *memory_address(PyObject *self, void *closure) {
    (void)closure;
    return PyLong_FromVoidPtr(memory_bytes((memory_object *)self));
}

static PyObject *memory_readonly(PyObject *self, void *closure) {
    (void)closure;
    return PyBool_FromLong(((memory_object *)self)->readonly);
}

static PyGetSetDef memory_attributes[] = {
    {"nbytes", memory_nbytes, NULL, PyDoc_STR("Size in bytes."), NULL},
    {"address", memory_address, NULL, PyDoc_STR("Where the bytes begin."), NULL},
    {"readonly", memory_readonly, NULL, PyDoc_STR("True if the bytes must not be written."), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

bool memories_meet(const memory_object *first, const memory_object *second) {
    return bytes_meet(memory_bytes(first), first->nbytes, memory_bytes(second), second->nbytes);
}

static PyObject *memory_meets(PyObject *object, PyObject *argument) {
    const memory_object *other = as_memory(argument);
    return other == NULL ? NULL : PyBool_FromLong(memories_meet((memory_object *)object, other));
}

static PyMethodDef memory_methods[] = {
    {"as_readonly", memory_as_readonly, METH_NOARGS, PyDoc_STR("The same bytes, not to be written through.")},
    {"meets", memory_meets, METH_O, PyDoc_STR("True if the memories have bytes in common.")},
    {NULL, NULL, 0, NULL},
};

PyTypeObject memory_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "raptors_xp._native.Memory",
    .tp_basicsize = sizeof(memory_object),
    .tp_dealloc = memory_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_doc = PyDoc_STR("A block of bytes, owned and recycled, or borrowed."),
    .tp_getset = memory_attributes,
    .tp_methods = memory_methods,
};

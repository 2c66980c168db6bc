/* Class Array is written in Python and compiled. What its instances are asked for most often is done here instead: to
 * be made and freed, and x[key] (see subscripts.c). Where an instance holds its fields is learned from two arrays whose
 * fields are told; if it cannot be learned, as of the interpreted class, everything is left to Python. */
#include "python/array_class.h"

#include "dtypes.h"
#include "python/arguments.h"
#include "python/functions.h"

enum field { MEMORY, OFFSET, DTYPE, SHAPE, STRIDES, SIZE, CONTIGUOUS, FIELD_COUNT };

enum { FREE_MOST = 16, WORD = sizeof(void *), BYTES_MOST = 256 };

static PyTypeObject *known;            /* NULL: not learned */
static Py_ssize_t places[FIELD_COUNT]; /* from the beginning of an instance, in bytes */
static destructor python_dealloc;
static char blank[BYTES_MOST];             /* an instance without its fields */
static Py_ssize_t kept[BYTES_MOST / WORD]; /* where the words of `blank` are that no field fills */
static int kept_count;
static PyObject *dtypes[DTYPE_COUNT]; /* by their codes */
static PyObject *free_instances[FREE_MOST];
static int free_count;
binaryfunc python_subscript;
objobjargproc python_assign_subscript;

#define FIELD(T, object, name) (*(T *)((char *)(object) + places[name]))

/* An int of the compiled class, if it is a small one: twice its value. */
#define SHORT(value) ((uintptr_t)(value) << 1)
#define IS_SHORT(tagged) (((tagged) & 1) == 0)

bool is_known_array(PyObject *object) { return known != NULL && Py_IS_TYPE(object, known); }

static int code_of(PyObject *dtype) {
    static int latest; /* often it is the same one again */
    if (dtypes[latest] == dtype) return latest;
    for (int i = 0; i < DTYPE_COUNT; i++) {
        if (dtypes[i] == dtype) return latest = i;
    }
    return -1;
}

bool read_instance(PyObject *array, instance *fields) {
    fields->memory = FIELD(memory_object *, array, MEMORY);
    fields->dtype = FIELD(PyObject *, array, DTYPE);
    fields->shape = FIELD(PyObject *, array, SHAPE);
    fields->strides = FIELD(PyObject *, array, STRIDES);
    const uintptr_t offset = FIELD(uintptr_t, array, OFFSET);
    fields->offset = (intptr_t)offset >> 1;
    fields->contiguous = FIELD(char, array, CONTIGUOUS) == 1;
    fields->code = code_of(fields->dtype);
    return fields->code >= 0 && IS_SHORT(offset) && fields->memory != NULL && fields->shape != NULL &&
           fields->strides != NULL;
}

/* --- making and freeing ------------------------------------------------------------------------------------------- */

/* An instance that was freed lately, with all bytes that it had; NULL: there is none. Until it is filled nothing may be
 * allocated: the garbage collector would visit it. */
static PyObject *renewed(void) {
    if (free_count == 0) return NULL;
    PyObject *self = PyObject_Init(free_instances[--free_count], known);
    PyObject_GC_Track(self);
    return self;
}

static void array_free(void *object) {
    PyTypeObject *type = Py_TYPE((PyObject *)object);
    if (type == known && free_count < FREE_MOST)
        free_instances[free_count++] = object;
    else
        PyObject_GC_Del(object);
    Py_DECREF(type); /* as each instance of a class that was made at run time holds it */
}

/* Nobody has given the instance an attribute, or refers to it weakly. */
static bool is_plain(PyObject *self) {
    PyObject **const attributes = _PyObject_GetDictPtr(self);
    return (attributes == NULL || *attributes == NULL) && *PyObject_GET_WEAKREFS_LISTPTR(self) == NULL;
}

/* Freeing what the instance holds frees no further arrays, whose freeing would have to be delayed. */
static bool holds_no_more(PyObject *self) {
    const memory_object *memory = FIELD(memory_object *, self, MEMORY);
    return memory != NULL && (Py_REFCNT(memory) > 1 || memory->capacity > 0) &&
           IS_SHORT(FIELD(uintptr_t, self, OFFSET)) && IS_SHORT(FIELD(uintptr_t, self, SIZE));
}

static void array_dealloc(PyObject *self);

/* As Python frees it, later where frees are nested deeply: mypyc's own delay serves only a class with its destructor.
 */
static void free_by_python(PyObject *self) {
    Py_TRASHCAN_BEGIN(self, array_dealloc);
    python_dealloc(self);
    Py_TRASHCAN_END;
}

static void array_dealloc(PyObject *self) {
    PyObject_GC_UnTrack(self);
    if (!holds_no_more(self) || !is_plain(self)) {
        free_by_python(self);
        return;
    }
    Py_DECREF(FIELD(PyObject *, self, MEMORY));
    Py_XDECREF(FIELD(PyObject *, self, DTYPE));
    Py_XDECREF(FIELD(PyObject *, self, SHAPE));
    Py_XDECREF(FIELD(PyObject *, self, STRIDES));
    array_free(self);
}

static PyObject *array_allocate(PyTypeObject *type, Py_ssize_t count) {
    PyObject *self = type == known ? renewed() : NULL;
    if (self == NULL) return PyType_GenericAlloc(type, count);
    memset((char *)self + sizeof(PyObject), 0, (size_t)known->tp_basicsize - sizeof(PyObject));
    return self;
}

PyObject *make_instance(memory_object *memory, intptr_t offset, PyObject *dtype, PyObject *shape, PyObject *strides,
                        intptr_t size, bool contiguous) {
    PyObject *self = NULL;
    if (memory != NULL && shape != NULL && strides != NULL) {
        self = renewed();
        if (self == NULL) self = PyType_GenericAlloc(known, 0);
    }
    if (self == NULL) {
        Py_XDECREF(memory);
        Py_XDECREF(shape);
        Py_XDECREF(strides);
        return NULL;
    }
    for (int i = 0; i < kept_count; i++) memcpy((char *)self + kept[i], blank + kept[i], WORD);
    FIELD(memory_object *, self, MEMORY) = memory;
    FIELD(uintptr_t, self, OFFSET) = SHORT(offset);
    FIELD(PyObject *, self, DTYPE) = Py_NewRef(dtype);
    FIELD(PyObject *, self, SHAPE) = shape;
    FIELD(PyObject *, self, STRIDES) = strides;
    FIELD(uintptr_t, self, SIZE) = SHORT(size);
    FIELD(char, self, CONTIGUOUS) = contiguous;
    return self;
}

/* --- learning ----------------------------------------------------------------------------------------------------- */

/* What a word of an instance must hold for one of the fields. */
static uintptr_t word_of(int field, PyObject *value) {
    return field == OFFSET || field == SIZE ? SHORT(PyLong_AsSsize_t(value)) : (uintptr_t)value;
}

/* The one word that holds the field in both; 0: there is none, or more than one. */
static Py_ssize_t find_word(int field, PyObject *const *pair, PyObject *const *values) {
    Py_ssize_t found = 0;
    for (Py_ssize_t at = sizeof(PyObject); at + WORD <= Py_TYPE(pair[0])->tp_basicsize; at += WORD) {
        bool is_field = true;
        for (int i = 0; i < 2; i++) {
            uintptr_t word;
            memcpy(&word, (char *)pair[i] + at, WORD);
            is_field &= word == word_of(field, PyTuple_GET_ITEM(values[i], field));
        }
        if (!is_field) continue;
        if (found != 0) return 0;
        found = at;
    }
    return found;
}

/* Are all bytes alike in both, but for those of the fields, and a single one, which is CONTIGUOUS? */
static bool find_flag(PyObject *const *pair, bool *const is_taken) {
    const char *first = (char *)pair[0], *second = (char *)pair[1];
    int different = 0;
    for (Py_ssize_t at = sizeof(PyObject); at < Py_TYPE(pair[0])->tp_basicsize; at++) {
        if (is_taken[at] || first[at] == second[at]) continue;
        if (first[at] != 1 || second[at] != 0) return false;
        places[CONTIGUOUS] = at;
        different++;
    }
    return different == 1;
}

/* Finds all places; `values` are tuples of what the pair's fields are. */
static bool learn(PyObject *const *pair, PyObject *const *values) {
    const Py_ssize_t size = Py_TYPE(pair[0])->tp_basicsize;
    bool is_taken[BYTES_MOST] = {false};
    if (Py_TYPE(pair[1]) != Py_TYPE(pair[0]) || size > BYTES_MOST || size % WORD != 0) return false;
    for (int field = 0; field < CONTIGUOUS; field++) {
        places[field] = find_word(field, pair, values);
        if (places[field] == 0) return false;
        memset(is_taken + places[field], true, WORD);
    }
    if (!find_flag(pair, is_taken)) return false;
    for (Py_ssize_t at = sizeof(PyObject); at < size; at += WORD) {
        if (is_taken[at]) continue;
        memcpy(blank + at, (char *)pair[0] + at, WORD);
        kept[kept_count++] = at;
    }
    return true;
}

/* Instances with their attributes within, or in front of them where we do not look, are not to be used again. */
static bool is_recyclable(PyTypeObject *type) {
#ifdef Py_TPFLAGS_INLINE_VALUES
    if (PyType_HasFeature(type, Py_TPFLAGS_INLINE_VALUES)) return false;
#endif
    return type->tp_alloc == PyType_GenericAlloc && type->tp_free == PyObject_GC_Del;
}

PyObject *native_learn_fields(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("learn_fields", count, 5)) return NULL;
    PyObject *const pair[] = {arguments[1], arguments[3]}, *const values[] = {arguments[2], arguments[4]};
    if (!PyTuple_Check(arguments[0]) || PyTuple_GET_SIZE(arguments[0]) != DTYPE_COUNT || !PyTuple_Check(values[0]) ||
        PyTuple_GET_SIZE(values[0]) != FIELD_COUNT || !PyTuple_Check(values[1]) ||
        PyTuple_GET_SIZE(values[1]) != FIELD_COUNT) {
        PyErr_SetString(PyExc_TypeError, "_native.learn_fields: wants all dtypes, and twice an array and its fields");
        return NULL;
    }
    PyTypeObject *type = Py_TYPE(pair[0]);
    const PyMappingMethods *methods = type->tp_as_mapping;
    const bool can_learn = PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) && type->tp_weaklistoffset != 0 &&
                           methods != NULL && is_recyclable(type);
    if (known != NULL || !can_learn || !learn(pair, values)) return PyErr_Occurred() ? NULL : Py_NewRef(Py_False);
    for (int i = 0; i < DTYPE_COUNT; i++) dtypes[i] = Py_NewRef(PyTuple_GET_ITEM(arguments[0], i));
    known = (PyTypeObject *)Py_NewRef((PyObject *)type);
    python_subscript = methods->mp_subscript;
    python_assign_subscript = methods->mp_ass_subscript;
    static PyMappingMethods mapping;
    mapping = (PyMappingMethods){methods->mp_length, array_subscript, array_assign_subscript};
    type->tp_as_mapping = &mapping;
    python_dealloc = type->tp_dealloc;
    type->tp_dealloc = array_dealloc;
    type->tp_alloc = array_allocate;
    type->tp_free = array_free;
    PyType_Modified(type);
    Py_RETURN_TRUE;
}

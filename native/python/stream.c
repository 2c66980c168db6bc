/* The bandwidth of memory: reads the arguments, streams. */
#include "walks/stream.h"

#include "python/arguments.h"
#include "python/functions.h"

PyObject *native_stream(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (!check_arguments("stream", count, 3)) return NULL;
    const char *kind = PyUnicode_AsUTF8(arguments[0]);
    const memory_object *target = kind == NULL ? NULL : as_memory(arguments[1]);
    const memory_object *source = target == NULL ? NULL : as_memory(arguments[2]);
    if (source == NULL) return NULL;
    const bool copies = strcmp(kind, "copy") == 0;
    const intptr_t nbytes = (intptr_t)source->nbytes;
    if ((!copies && strcmp(kind, "read") != 0) || target->readonly ||
        (intptr_t)target->nbytes < (copies ? nbytes : stream_target(nbytes))) {
        PyErr_SetString(PyExc_ValueError, "_native.stream: expected \"copy\" or \"read\", and a large enough target");
        return NULL;
    }
    const char *from = memory_bytes(source);
    char *to = memory_bytes(target);
    PyThreadState *released = PyEval_SaveThread();
    if (copies)
        stream_copy(from, to, nbytes);
    else
        stream_read(from, to, nbytes);
    PyEval_RestoreThread(released);
    Py_RETURN_NONE;
}

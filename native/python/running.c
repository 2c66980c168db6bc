/* What every walk that Python starts is run with: scratch memory. The GIL is in the header. */
#define _GNU_SOURCE
#include "python/running.h"

#if defined(__APPLE__)
#include <pthread.h>
#elif defined(__linux__)
#include <sys/syscall.h>
#endif
#include <unistd.h>

#include "memory.h"
#include "python/functions.h"

bool take_scratch(size_t bytes, scratch *taken) {
    taken->data = NULL;
    if (bytes == 0) return true;
    taken->data = memory_allocate(bytes, &taken->capacity);
    if (taken->data != NULL) return true;
    PyErr_Format(PyExc_MemoryError,
                 "raptors_xp: the system has no %zu bytes to work in; free arrays or work in smaller pieces", bytes);
    return false;
}

void give_scratch(scratch taken) {
    if (taken.data != NULL) memory_release(taken.data, taken.capacity);
}

/* --- signals ----------------------------------------------------------------------------------------------------- */

/* Python runs the handlers of signals in its main thread only; that of the process is the same, or there are none. */
static bool is_main_thread(void) {
#if defined(__linux__)
    return syscall(SYS_gettid) == getpid();
#elif defined(__APPLE__)
    return pthread_main_np() != 0;
#else
    return true;
#endif
}

static _Thread_local PyThreadState *working; /* the thread state that is to be taken back for a look */

static bool have_signals_come(void) {
    PyThreadState *released = working;
    if (!is_main_thread()) {
        pool_look_with(NULL);
        return false;
    }
    const pid_t process = getpid();
    PyEval_RestoreThread(released);
    bool failed = PyErr_CheckSignals() != 0;
    if (!failed && getpid() != process) {
        PyErr_SetString(PyExc_RuntimeError,
                        "raptors_xp: the process was forked by the handler of a signal in the midst of a computation, "
                        "whose threads the child does not have; leave such a child with os._exit or an exception");
        failed = true;
    }
    PyEval_SaveThread();
    look_for_signals(released); /* the handler may have computed something, and so have ended our looks */
    return failed;
}

void look_for_signals(PyThreadState *released) {
    working = released;
    pool_look_with(have_signals_come);
}

bool end_looks(void) {
    pool_look_with(NULL);
    return PyErr_Occurred() == NULL && PyErr_CheckSignals() == 0;
}

PyObject *native_check_signals(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    if (PyErr_CheckSignals() != 0) return NULL;
    Py_RETURN_NONE;
}

/* The module: its list of functions, the environment variables that it reads, and its start. */
#include "cpu.h"
#include "memory.h"
#include "python/functions.h"
#include "python/memory_object.h"
#include "kernels/table.h"

#define ENTRY_MANY(name) {#name, (PyCFunction)(void (*)(void))native_##name, METH_FASTCALL, NULL},
#define ENTRY_ONE(name) {#name, native_##name, METH_O, NULL},
#define ENTRY_NONE(name) {#name, native_##name, METH_NOARGS, NULL},

static PyMethodDef functions[] = {FUNCTIONS(ENTRY_MANY, ENTRY_ONE, ENTRY_NONE){NULL, NULL, 0, NULL}};

/* RAPTORS_ISA=v2|v3|v4 chooses; otherwise the highest that runs here. */
static bool choose_isa(void) {
    const int supported = cpu_isa_supported();
    const char *wanted = getenv("RAPTORS_ISA");
    if (wanted == NULL || *wanted == '\0') {
        table_use((enum isa_code)(supported - 1));
        return true;
    }
    for (int i = 0; i < ISA_COUNT; i++) {
        if (strcmp(wanted, isa_names[i]) != 0) continue;
        if (i < supported) {
            table_use((enum isa_code)i);
            return true;
        }
        PyErr_Format(PyExc_ImportError, "raptors_xp: RAPTORS_ISA=%s does not run on this processor; the highest is %s",
                     wanted, isa_names[supported - 1]);
        return false;
    }
    PyErr_Format(PyExc_ImportError, "raptors_xp: RAPTORS_ISA=%s is unknown; use one of %s to %s, or unset it", wanted,
                 isa_names[0], isa_names[ISA_COUNT - 1]);
    return false;
}

/* RAPTORS_NUM_THREADS is read in cpu.c; what it cannot be is an error. */
static bool check_threads(void) {
    const char *text = getenv("RAPTORS_NUM_THREADS");
    if (text == NULL || *text == '\0') return true;
    char *end;
    const long count = strtol(text, &end, 10);
    if (*text >= '0' && *text <= '9' && *end == '\0' && count > 0) return true;
    PyErr_Format(PyExc_ImportError,
                 "raptors_xp: RAPTORS_NUM_THREADS=%s is not a number of threads; use 1 or more, or unset it", text);
    return false;
}

/* RAPTORS_CACHE_LIMIT: bytes, or with a suffix K, M or G. */
static bool choose_cache_limit(void) {
    const char *text = getenv("RAPTORS_CACHE_LIMIT");
    if (text == NULL || *text == '\0') return true;
    char *end;
    const double number = strtod(text, &end);
    const char *units = "KMG", *unit = *end == '\0' ? NULL : strchr(units, *end & ~0x20);
    double bytes = number;
    for (const char *u = units; unit != NULL && u <= unit; u++) bytes *= 1024;
    if (end == text || !(number >= 0) || bytes > 0x1p62 || (*end != '\0' && (unit == NULL || end[1] != '\0'))) {
        PyErr_Format(PyExc_ImportError,
                     "raptors_xp: RAPTORS_CACHE_LIMIT=%s is not a size; use bytes or a suffix K, M or G, as in 256M",
                     text);
        return false;
    }
    memory_set_limit((size_t)bytes);
    return true;
}

/* Types, tables and the pool are one for the process, and would outlive the objects of another interpreter. */
static bool check_interpreter(void) {
    if (PyInterpreterState_Get() == PyInterpreterState_Main()) return true;
    PyErr_SetString(PyExc_ImportError,
                    "raptors_xp: cannot be imported in a subinterpreter; use threads or processes of the main one");
    return false;
}

static int start(PyObject *module) {
    if (!check_interpreter() || !choose_isa() || !choose_cache_limit() || !check_threads() ||
        PyType_Ready(&memory_type) < 0)
        return -1;
    return PyModule_AddObjectRef(module, "Memory", (PyObject *)&memory_type) < 0 || !add_operations(module) ? -1 : 0;
}

/* In two phases, so that every interpreter that imports the module runs the second. */
static PyModuleDef_Slot slots[] = {{Py_mod_exec, start}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raptors_xp._native",
    .m_doc = PyDoc_STR("Memory, kernels and threads. The types are in _native.pyi."),
    .m_methods = functions,
    .m_slots = slots,
};

__attribute__((visibility("default"))) PyObject *PyInit__native(void) { return PyModuleDef_Init(&definition); }

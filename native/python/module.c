/* The module: its list of functions, what it learns of the machine, and its start. */
#include "cpu.h"
#include "../memory.h"
#include "../pool.h"
#include "kernels/table.h"
#include "axis.h"
#include "compute.h"
#include "elements.h"
#include "interchange.h"
#include "memory_object.h"
#include "selection.h"

static int isas_supported;

static PyObject *native_allocate(PyObject *module, PyObject *argument) {
    (void)module;
    intptr_t nbytes;
    if (!as_count(argument, &nbytes)) {
        if (!PyErr_ExceptionMatches(PyExc_OverflowError)) return NULL;
        PyErr_Clear();
        nbytes = -1;
    }
    return (PyObject *)memory_new_array(nbytes, 1);
}

static PyObject *native_isa(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    return PyUnicode_FromString(isa_names[table_isa()]);
}

static PyObject *native_isas(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    PyObject *names = PyTuple_New(isas_supported);
    for (int i = 0; names != NULL && i < isas_supported; i++) {
        PyObject *name = PyUnicode_FromString(isa_names[i]);
        if (name == NULL)
            Py_CLEAR(names);
        else
            PyTuple_SET_ITEM(names, i, name);
    }
    return names;
}

static PyObject *native_compiler(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    return PyUnicode_FromString(__VERSION__);
}

static PyObject *native_threads(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    return PyLong_FromLong(pool_threads());
}

static PyObject *native_set_threads(PyObject *module, PyObject *argument) {
    (void)module;
    intptr_t count;
    if (!as_count(argument, &count)) return NULL;
    if (count < 1 || count > POOL_THREADS_MAX) {
        PyErr_Format(PyExc_ValueError, "set_threads: count must be from 1 to %d, not %zd", POOL_THREADS_MAX,
                     (Py_ssize_t)count);
        return NULL;
    }
    pool_set_threads((int)count);
    Py_RETURN_NONE;
}

static PyObject *native_machine_threads(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    const cpu_threads found = cpu_count_threads();
    return Py_BuildValue("{s:i,s:i,s:i,s:i}", "affinity", found.affinity, "cgroup", found.cgroup, "RAPTORS_NUM_THREADS",
                         found.raptors, "OMP_NUM_THREADS", found.openmp);
}

static PyObject *native_memory_info(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    const memory_counts counts = memory_count();
    return Py_BuildValue("{s:n,s:n,s:n,s:n,s:K,s:K}", "in_use", (Py_ssize_t)counts.in_use, "cached",
                         (Py_ssize_t)counts.cached, "cache_limit", (Py_ssize_t)counts.cache_limit, "peak",
                         (Py_ssize_t)counts.peak, "recycled", (unsigned long long)counts.recycled, "fresh",
                         (unsigned long long)counts.fresh);
}

static PyObject *native_trim(PyObject *module, PyObject *unused) {
    (void)module, (void)unused;
    memory_trim();
    Py_RETURN_NONE;
}

#define FAST(name) {#name, (PyCFunction)(void (*)(void))native_##name, METH_FASTCALL, NULL}
#define ONE(name) {#name, native_##name, METH_O, NULL}
#define NONE(name) {#name, native_##name, METH_NOARGS, NULL}

static PyMethodDef functions[] = {
    FAST(flat),        FAST(strided),  FAST(fold_flat),       FAST(fold),
    FAST(matmul),      FAST(vecdot),   FAST(result_dtype),    FAST(sort),
    FAST(scan),        FAST(extreme),  FAST(search),          FAST(gather),
    FAST(scatter),     FAST(nonzero),  FAST(mask_read),       FAST(mask_write),
    FAST(item),        FAST(set_item), FAST(to_list),         FAST(pack),
    FAST(to_capsule),  FAST(stream),   ONE(allocate),         ONE(borrow),
    ONE(from_capsule), ONE(adopt),     ONE(set_threads),      NONE(isa),
    NONE(isas),        NONE(compiler), NONE(threads),         NONE(machine_threads),
    NONE(memory_info), NONE(trim),     {NULL, NULL, 0, NULL},
};

/* RAPTORS_ISA=v2|v3|v4 chooses; otherwise the highest that runs here. */
static bool choose_isa(void) {
    isas_supported = cpu_isa_supported();
    const char *wanted = getenv("RAPTORS_ISA");
    if (wanted == NULL || *wanted == '\0') {
        table_use((enum isa_code)(isas_supported - 1));
        return true;
    }
    for (int i = 0; i < ISA_COUNT; i++) {
        if (strcmp(wanted, isa_names[i]) != 0) continue;
        if (i < isas_supported) {
            table_use((enum isa_code)i);
            return true;
        }
        PyErr_Format(PyExc_ImportError, "raptors_xp: RAPTORS_ISA=%s does not run on this processor; the highest is %s",
                     wanted, isa_names[isas_supported - 1]);
        return false;
    }
    PyErr_Format(PyExc_ImportError, "raptors_xp: RAPTORS_ISA=%s is unknown; use one of %s to %s, or unset it", wanted,
                 isa_names[0], isa_names[ISA_COUNT - 1]);
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

static bool add_operations(PyObject *module) {
    for (int i = 0; i < OPERATION_COUNT; i++) {
        char name[64];
        int length = 0;
        for (const char *c = operation_names[i]; *c != '\0'; c++) {
            name[length++] = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
        }
        name[length] = '\0';
        if (PyModule_AddIntConstant(module, name, i) < 0) return false;
    }
    return true;
}

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raptors_xp._native",
    .m_doc = PyDoc_STR("Memory, kernels and threads. The types are in _native.pyi."),
    .m_size = -1,
    .m_methods = functions,
};

__attribute__((visibility("default"))) PyObject *PyInit__native(void) {
    if (!choose_isa() || !choose_cache_limit() || PyType_Ready(&memory_type) < 0) return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL) return NULL;
    if (PyModule_AddObjectRef(module, "Memory", (PyObject *)&memory_type) < 0 || !add_operations(module)) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}

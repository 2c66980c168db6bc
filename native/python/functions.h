/* The functions of the module, each of which its own file defines. */
#ifndef RAPTORS_FUNCTIONS_H
#define RAPTORS_FUNCTIONS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* By how they take arguments: MANY takes an array of them, ONE takes one, NONE takes none. */
/* clang-format off */
#define FUNCTIONS(MANY, ONE, NONE)                                                                          \
    MANY(flat) MANY(strided) MANY(fold_flat) MANY(fold) MANY(matmul) MANY(vecdot) MANY(sort) MANY(scan)     \
    MANY(extreme) MANY(search) MANY(gather) MANY(scatter) MANY(nonzero) MANY(mask_read) MANY(mask_write)    \
    MANY(stream) MANY(item) MANY(set_item) MANY(to_list) MANY(pack) MANY(to_capsule) MANY(result_dtype)     \
    ONE(allocate) ONE(borrow) ONE(from_capsule) ONE(adopt) ONE(set_threads)                                 \
    NONE(isa) NONE(isas) NONE(compiler) NONE(threads) NONE(machine_threads) NONE(memory_info) NONE(trim)
/* clang-format on */

#define DECLARE_MANY(name) PyObject *native_##name(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
#define DECLARE_ONE(name) PyObject *native_##name(PyObject *module, PyObject *argument);
FUNCTIONS(DECLARE_MANY, DECLARE_ONE, DECLARE_ONE)
#undef DECLARE_MANY
#undef DECLARE_ONE

#endif

/* The functions of the module; each is defined in the file that its line names. */
#ifndef RAPTORS_FUNCTIONS_H
#define RAPTORS_FUNCTIONS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>

/* By how they take arguments: MANY takes an array of them, ONE takes one, NONE takes none. */
/* clang-format off */
#define FUNCTIONS(MANY, ONE, NONE)                                             \
    /* elementwise */ MANY(flat) MANY(fill) MANY(strided) MANY(dense)          \
                      MANY(place)                                              \
    /* reduce      */ MANY(reduce_flat) MANY(reduce_all) MANY(reduce)          \
    /* scan        */ MANY(scan)                                               \
    /* extreme     */ MANY(extreme)                                            \
    /* sort        */ MANY(sort)                                               \
    /* search      */ MANY(search)                                             \
    /* gather      */ MANY(gather) MANY(scatter) MANY(take) MANY(put)          \
    /* array_class */ MANY(learn_fields)                                      \
    /* masks       */ MANY(nonzero) MANY(mask_read) MANY(mask_write)           \
    /* products    */ MANY(matmul) MANY(vecdot) ONE(find_blas)                 \
    /* fourier     */ MANY(fourier) MANY(has_transform)                         \
    /* stream      */ MANY(stream)                                             \
    /* ranges      */ MANY(spaced)                                             \
    /* elements    */ MANY(item) MANY(set_item) MANY(copy_item)                \
                      MANY(to_list) MANY(pack)                                 \
    /* operations  */ MANY(result_dtype) MANY(cost) ONE(integers)              \
                      NONE(cost_limits)                                        \
    /* buffers     */ ONE(borrow)                                              \
    /* dlpack      */ ONE(from_capsule) MANY(to_capsule)                       \
    /* exchange    */ ONE(exchange_api) ONE(exchange)                          \
    /* interchange */ ONE(adopt)                                               \
    /* machine     */ ONE(allocate) ONE(zeroed)                                \
                      NONE(memory_info) NONE(trim)                             \
                      NONE(isa) NONE(isas) NONE(compiler)                      \
                      NONE(threads) ONE(set_threads) NONE(machine_threads)     \
    /* running     */ NONE(check_signals)
/* clang-format on */

#define DECLARE_MANY(name) PyObject *native_##name(PyObject *module, PyObject *const *arguments, Py_ssize_t count);
#define DECLARE_ONE(name) PyObject *native_##name(PyObject *module, PyObject *argument);
FUNCTIONS(DECLARE_MANY, DECLARE_ONE, DECLARE_ONE)
#undef DECLARE_MANY
#undef DECLARE_ONE

/* A constant for every operation, _native.ADD and so on. */
bool add_operations(PyObject *module);

#endif

/* Arguments of functions along an axis: the lines, and the results. */
#include "python/lines.h"

bool as_lines(PyObject *const *arguments, intptr_t columns, intptr_t size, lines *l) {
    intptr_t shape[RANK_MAX + 2], strides[RANK_MAX + 2];
    if (!as_count(arguments[0], &l->n) || !as_count(arguments[1], &l->in_step)) return false;
    const int rank = l->rank = as_dimensions(arguments[2], arguments[3], l->shape, l->in_strides);
    if (rank < 0) return false;
    if (l->n < 0 || columns < 0) {
        PyErr_Format(PyExc_ValueError, "_native: lines of %zd rows of %zd elements cannot be", (Py_ssize_t)l->n,
                     (Py_ssize_t)columns);
        return false;
    }
    memcpy(shape, l->shape, sizeof(intptr_t) * (size_t)rank);
    memcpy(strides, l->in_strides, sizeof(intptr_t) * (size_t)rank);
    shape[rank] = l->n;
    strides[rank] = l->in_step;
    shape[rank + 1] = columns;
    strides[rank + 1] = size;
    l->in = as_elements(arguments[4], arguments[5], rank + 2, shape, strides, size);
    return l->in != NULL;
}

memory_object *new_results(lines *l, intptr_t n, intptr_t columns, intptr_t size) {
    intptr_t total;
    bool overflows = __builtin_mul_overflow(n, columns, &total);
    overflows |= __builtin_mul_overflow(columns, size, &l->out_step);
    for (int i = l->rank - 1; i >= 0; i--) {
        overflows |= __builtin_mul_overflow(total, size, &l->out_strides[i]);
        overflows |= __builtin_mul_overflow(total, l->shape[i], &total);
    }
    memory_object *out = memory_new_array(overflows ? -1 : total, size);
    if (out != NULL) l->out = memory_bytes(out);
    return out;
}

/* Elementwise operations: reads the arguments, allocates the result, walks. No arithmetic on elements. */
#include "walks/elementwise.h"

#include "python/arguments.h"
#include "python/array_class.h"
#include "python/elements.h"
#include "python/extent.h"
#include "python/functions.h"
#include "python/running.h"
#include "walks/odometer.h"

/* Python scalars among the operands, as elements. */
typedef struct {
    _Alignas(16) char elements[OPERANDS_MAX][ELEMENT_MAX];
} scalars;

/* The dtype a kernel wants for input k (1, 2, 3): its own, but for the condition of a choice. */
static int input_dtype(const table_entry *entry, int k, int dtype) {
    return entry->has_condition && k == 1 ? CODE_b8 : dtype;
}

static bool run_walk(const elementwise_walk *w) {
    if (count_elements(w->rank, w->shape) == 0) return true; /* kernels may look at operands before they count */
    PyThreadState *released = release_gil(elementwise_cost(w));
    elementwise_run(w);
    return take_gil(released);
}

/* --- flat: contiguous operands ------------------------------------------------------------------------------------ */

/* One contiguous row is a tile already; only sharing it needs the walk. */
static bool share_tile(const table_entry *entry, const tile *t, const intptr_t *sizes, intptr_t grain) {
    elementwise_walk w; /* not initialised: its arrays are large */
    w.kernel = entry->elementwise;
    w.operands = 1 + (int)entry->form;
    w.rank = 1;
    w.shape[0] = t->columns;
    w.cost = entry->cost;
    w.grain = grain;
    for (int k = 0; k < w.operands; k++) {
        w.data[k] = t->data[k];
        w.strides[k][0] = t->step[k];
        w.size[k] = sizes[k];
        w.convert[k] = NULL;
    }
    return run_walk(&w);
}

/* Reads the inputs, (operand, offset) pairs: contiguous elements, or scalars, which become elements in `values`. */
static bool read_tile(const table_entry *entry, int dtype, PyObject *const *pairs, tile *t, intptr_t *sizes,
                      scalars *values) {
    for (int k = 1; k <= (int)entry->form; k++, pairs += 2) {
        const int wanted = input_dtype(entry, k, dtype);
        sizes[k] = dtype_facts[wanted].size;
        t->row_step[k] = 0;
        if (is_memory(pairs[0])) {
            t->step[k] = sizes[k];
            t->data[k] = as_contiguous_elements(pairs[0], pairs[1], t->columns, sizes[k]);
            if (t->data[k] == NULL) return false;
        } else {
            t->step[k] = 0;
            t->data[k] = values->elements[k];
            if (!element_store(wanted, pairs[0], t->data[k])) return false;
        }
    }
    sizes[0] = t->step[0] = dtype_facts[entry->result].size;
    t->row_step[0] = 0;
    return true;
}

static bool run_tile(const table_entry *entry, const tile *t, const intptr_t *sizes, intptr_t grain) {
    if (t->columns == 0) return true; /* kernels may look at operands before they count */
    if (grain != 0) return share_tile(entry, t, sizes, grain);
    entry->elementwise(t);
    return true;
}

PyObject *native_flat(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (count < 4) {
        check_arguments("flat", count, 4);
        return NULL;
    }
    int dtype;
    const table_entry *entry = as_kernel_number(arguments[0], FORM_unary, FORM_ternary, &dtype);
    if (entry == NULL) return NULL;
    const Py_ssize_t unshared = 2 + 2 * (Py_ssize_t)entry->form; /* arguments, without the grain that may come last */
    intptr_t grain = 0, sizes[OPERANDS_MAX];
    if (count == unshared + 1) {
        if (!as_count(arguments[unshared], &grain)) return NULL;
    } else if (!check_arguments("flat", count, unshared)) {
        return NULL;
    }
    tile t;
    t.rows = 1;
    scalars values;
    if (!as_count(arguments[1], &t.columns) || !read_tile(entry, dtype, arguments + 2, &t, sizes, &values)) return NULL;
    memory_object *out = memory_new_array(t.columns, sizes[0]);
    if (out == NULL) return NULL;
    t.data[0] = memory_bytes(out);
    if (!run_tile(entry, &t, sizes, grain)) Py_CLEAR(out);
    return (PyObject *)out;
}

/* --- fill: into contiguous memory that is there ----------------------------------------------------------------- */

PyObject *native_fill(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (count < 7) {
        check_arguments("fill", count, 7);
        return NULL;
    }
    int dtype;
    const table_entry *entry = as_kernel_number(arguments[0], FORM_unary, FORM_ternary, &dtype);
    if (entry == NULL || !check_arguments("fill", count, 5 + 2 * (Py_ssize_t)entry->form)) return NULL;
    tile t;
    t.rows = 1;
    intptr_t grain, sizes[OPERANDS_MAX];
    scalars values;
    if (!as_count(arguments[1], &t.columns) || !as_count(arguments[count - 1], &grain) ||
        !read_tile(entry, dtype, arguments + 4, &t, sizes, &values))
        return NULL;
    t.data[0] = as_contiguous_elements(arguments[2], arguments[3], t.columns, sizes[0]);
    if (t.data[0] == NULL || !check_writable((memory_object *)arguments[2])) return NULL;
    for (int k = 1; k <= (int)entry->form; k++) {
        const bool moves = t.step[k] != 0; /* a scalar has been read */
        if (moves && is_overlapping(t.data[0], sizes[0], t.data[k], sizes[k], t.columns)) Py_RETURN_FALSE;
    }
    if (!run_tile(entry, &t, sizes, grain)) return NULL;
    Py_RETURN_TRUE;
}

/* --- strided: any operands ---------------------------------------------------------------------------------------- */

/* Reads input k from (operand, dtype, offset, strides); what is no memory is a scalar. */
static bool read_input(elementwise_walk *w, int k, int wanted, PyObject *const *quadruple, char *scalar) {
    w->size[k] = dtype_facts[wanted].size;
    w->convert[k] = NULL;
    if (!is_memory(quadruple[0])) {
        w->data[k] = scalar;
        memset(w->strides[k], 0, sizeof(intptr_t) * (size_t)w->rank);
        return element_store(wanted, quadruple[0], scalar);
    }
    int own;
    if (!as_dtype(quadruple[1], &own) || !as_strides(quadruple[3], w->rank, w->strides[k])) return false;
    if (own != wanted) {
        const table_entry *conversion = table_find(OPERATION_to_b8 + wanted, own);
        w->convert[k] = conversion->elementwise;
        w->cost += conversion->cost;
    }
    w->data[k] = as_elements(quadruple[0], quadruple[2], w->rank, w->shape, w->strides[k], dtype_facts[own].size);
    return w->data[k] != NULL;
}

/* The memory of the result, (memory, offset, strides), with a reference to it: fresh memory where that is None. */
static PyObject *read_output(elementwise_walk *w, PyObject *const *triple) {
    w->convert[0] = NULL;
    if (!as_strides(triple[2], w->rank, w->strides[0])) return NULL;
    PyObject *out = triple[0] == Py_None ? (PyObject *)memory_new_array(count_checked(w->rank, w->shape), w->size[0])
                                         : Py_NewRef(triple[0]);
    if (out == NULL) return NULL;
    w->data[0] = as_writable_elements(out, triple[1], w->rank, w->shape, w->strides[0], w->size[0]);
    if (w->data[0] == NULL) Py_CLEAR(out);
    return out;
}

PyObject *native_strided(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    if (count < 11) {
        check_arguments("strided", count, 11);
        return NULL;
    }
    int dtype;
    const table_entry *entry = as_kernel(arguments[0], arguments[1], FORM_unary, FORM_ternary, &dtype);
    if (entry == NULL || !check_arguments("strided", count, 7 + 4 * (Py_ssize_t)entry->form)) return NULL;
    elementwise_walk w; /* not initialised: its arrays are large */
    w.kernel = entry->elementwise;
    w.operands = 1 + (int)entry->form;
    w.size[0] = dtype_facts[entry->result].size;
    w.cost = entry->cost;
    w.rank = as_shape(arguments[3], w.shape);
    if (w.rank < 0 || !as_count(arguments[2], &w.grain)) return NULL;
    scalars values;
    for (int k = 1; k < w.operands; k++) {
        if (!read_input(&w, k, input_dtype(entry, k, dtype), arguments + 3 + 4 * k, values.elements[k])) return NULL;
    }
    PyObject *out = read_output(&w, arguments + 4);
    if (out == NULL) return NULL;
    if (w.rank == 0) {
        w.rank = 1;
        w.shape[0] = 1;
        for (int k = 0; k < w.operands; k++) w.strides[k][0] = 0;
    }
    if (!run_walk(&w)) Py_CLEAR(out);
    return out;
}

/* --- one operand, copied or computed with: fewer arguments than strided has --------------------------------------- */

static void begin_unary(elementwise_walk *w, const table_entry *entry, int dtype) {
    w->kernel = entry->elementwise;
    w->operands = 2;
    w->size[0] = dtype_facts[entry->result].size;
    w->size[1] = dtype_facts[dtype].size;
    w->convert[0] = w->convert[1] = NULL;
    w->cost = entry->cost;
}

/* kernel, grain, memory, offset, shape, strides: from any strides to new memory in C order. */
PyObject *native_dense(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    if (!check_arguments("dense", count, 6)) return NULL;
    const table_entry *entry = as_kernel_number(arguments[0], FORM_unary, FORM_unary, &dtype);
    if (entry == NULL) return NULL;
    elementwise_walk w; /* not initialised: its arrays are large */
    begin_unary(&w, entry, dtype);
    w.rank = as_dimensions(arguments[4], arguments[5], w.shape, w.strides[1]);
    if (w.rank < 0 || !as_count(arguments[1], &w.grain)) return NULL;
    w.data[1] = as_elements(arguments[2], arguments[3], w.rank, w.shape, w.strides[1], w.size[1]);
    if (w.data[1] == NULL) return NULL;
    if (w.rank == 0) {
        w.rank = 1;
        w.shape[0] = 1;
        w.strides[1][0] = 0;
    }
    contiguous_strides(w.rank, w.shape, w.size[0], w.strides[0]);
    memory_object *out = memory_new_array(count_checked(w.rank, w.shape), w.size[0]);
    if (out == NULL) return NULL;
    w.data[0] = memory_bytes(out);
    if (w.rank == 1 && w.shape[0] > 0 && w.shape[0] < UNSHARED) { /* one row is a tile already */
        const tile t = {.rows = 1,
                        .columns = w.shape[0],
                        .data = {w.data[0], w.data[1]},
                        .step = {w.strides[0][0], w.strides[1][0]}};
        entry->elementwise(&t);
        return (PyObject *)out;
    }
    if (!run_walk(&w)) Py_CLEAR(out);
    return (PyObject *)out;
}

/* kernel, rows, columns, out_step, out, out_offset, operand, offset, grain: contiguous elements, or a scalar, to rows
 * that begin `out_step` bytes after one another. */
PyObject *native_place(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    int dtype;
    if (!check_arguments("place", count, 9)) return NULL;
    const table_entry *entry = as_kernel_number(arguments[0], FORM_unary, FORM_unary, &dtype);
    if (entry == NULL) return NULL;
    elementwise_walk w; /* not initialised: its arrays are large */
    _Alignas(16) char scalar[ELEMENT_MAX];
    begin_unary(&w, entry, dtype);
    w.rank = 2;
    if (!as_count(arguments[1], &w.shape[0]) || !as_count(arguments[2], &w.shape[1]) ||
        !as_count(arguments[3], &w.strides[0][0]) || !as_count(arguments[8], &w.grain))
        return NULL;
    const intptr_t elements = count_checked(2, w.shape);
    if (elements < 0) {
        PyErr_Format(PyExc_ValueError, "_native.place: %zd rows of %zd elements cannot be counted",
                     (Py_ssize_t)w.shape[0], (Py_ssize_t)w.shape[1]);
        return NULL;
    }
    w.strides[0][1] = w.size[0];
    w.data[0] = as_writable_elements(arguments[4], arguments[5], 2, w.shape, w.strides[0], w.size[0]);
    if (w.data[0] == NULL) return NULL;
    if (is_memory(arguments[6])) {
        w.data[1] = as_contiguous_elements(arguments[6], arguments[7], elements, w.size[1]);
        if (w.data[1] == NULL) return NULL;
        contiguous_strides(2, w.shape, w.size[1], w.strides[1]);
    } else {
        w.data[1] = scalar;
        w.strides[1][0] = w.strides[1][1] = 0;
        if (!element_store(dtype, arguments[6], scalar)) return NULL;
    }
    if (w.shape[1] == 1) w.rank = 1; /* the kernel takes a column at once */
    if (!run_walk(&w)) return NULL;
    Py_RETURN_NONE;
}

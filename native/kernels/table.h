/* table[operation][dtype]: which kernel does what, for the instruction set in use. */
#ifndef RAPTORS_TABLE_H
#define RAPTORS_TABLE_H

#include "base.h"
#include "cpu.h"
#include "dtypes.h"

enum operation_code {
#define OPERATION(name, form, dtypes, result, integers) OPERATION_##name,
#include "kernels/manifest.inc"
    OPERATION_COUNT
};

/* The number of inputs of the elementwise forms is their value. */
enum operation_form {
    FORM_none,
    FORM_unary,
    FORM_binary,
    FORM_ternary,
    FORM_reduce,
    FORM_product,
    FORM_transform,
    FORM_sort,
    FORM_scan,
    FORM_extreme,
    FORM_search,
};

/* What becomes of integers and booleans that have no kernel (manifest.inc). */
enum integer_rule {
    INTEGERS_REFUSE,
    INTEGERS_AS_FLOAT,
    INTEGERS_COPY,
    INTEGERS_COPY_REAL,
};

typedef struct {
    enum operation_form form; /* FORM_none: no kernel for this dtype */
    enum dtype_code result;
    uint32_t cost;      /* of an element, in tenths of a float32 element of a long `add` */
    bool has_condition; /* the first input is bool, whatever the dtype */
    union {
        elementwise_kernel *elementwise;
        const reduce_kernels *reduce;
        product_kernel *product;
        const transform_kernels *transform;
        const sort_kernels *sort;
        const scan_kernels *scan;
        const extreme_kernels *extreme;
        search_kernel *search;
    };
} table_entry;

extern const char *const operation_names[OPERATION_COUNT];

void table_use(enum isa_code isa);
enum isa_code table_isa(void);
/* NULL unless there is a kernel. */
const table_entry *table_find(long operation, long dtype);
/* The same by one number, operation * DTYPE_COUNT + dtype. */
const table_entry *table_at(long kernel);
enum integer_rule table_integers(enum operation_code operation);

#endif

/* What the parts of the kernel check share. It compares every kernel of every instruction set that this machine runs
 * with references written apart from the kernels; it includes no template of a kernel. */
#ifndef RAPTORS_CHECK_H
#define RAPTORS_CHECK_H

#include <stdio.h>

#include "kernels/reference.h"

/* One operation on one dtype, in all its variants. */
typedef struct {
    enum operation_code operation;
    enum dtype_code dtype, result;
    enum operation_form form;
    int inputs;
    int isas;      /* how many of `entry` this machine runs */
    int first_isa; /* that of entry[0] */
    const table_entry *entry[ISA_COUNT];
} subject;

/* The dtype of an input: `where` begins with a bool. */
enum dtype_code input_dtype(const subject *s, int input);
/* The name of the kernel's function: "add_f32_v3". */
const char *kernel_name(const subject *s, int isa);

/* --- values.c: inputs --- */
uint64_t random_bits(void);
/* Fills count elements: special values, small integers, moderate numbers and random bits, mixed. */
void fill_mixed(enum dtype_code dtype, void *to, intptr_t count);
/* Fills count elements with finite numbers of moderate size. */
void fill_moderate(enum dtype_code dtype, void *to, intptr_t count);
/* The special values of a dtype, at most SPECIALS_MAX; returns how many. */
enum { SPECIALS_MAX = 512 };
int fill_specials(enum dtype_code dtype, void *to);
/* Pairs whose quotient is close to an integer. */
void fill_near_multiples(enum dtype_code dtype, void *a, void *b, intptr_t count);

/* --- reference.c: the results --- */
/* False where there is none: then an element's result only must not depend on where it lies. The accuracy of elementary
 * functions is measured by ulp.py; here it is that of long double. */
bool reference(const subject *s, const void *const in[], void *out);
bool has_reference(const subject *s);
/* Whether instruction sets may give different results, each close to the reference. */
bool is_elementary(const subject *s);
/* Whether the reference is the only right answer. */
bool has_one_answer(const subject *s);
/* Whether `got` is close enough to the reference's result, `expected`. */
bool is_close(const subject *s, const void *const in[], const void *expected, const void *got);
/* The same bits, or both nan, part by part. */
bool is_same(enum dtype_code dtype, const void *a, const void *b);
/* The text of an element, in one of a few buffers that take turns. */
const char *text(enum dtype_code dtype, const void *element);

/* --- the checks: how many results were compared; they exit at the first difference --- */
uint64_t check_elementwise(const subject *s);
uint64_t check_reduce(const subject *s);
uint64_t check_product(const subject *s);
uint64_t check_transform(const subject *s);
uint64_t check_axis(const subject *s); /* sort, scan, extreme, search */
_Noreturn void fail(const subject *s, int isa, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* --- timing.c --- */
void print_times(const subject *s);

#endif

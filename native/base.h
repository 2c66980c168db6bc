/* The types every native file shares. No Python.h, no code with side effects. */
#ifndef RAPTORS_BASE_H
#define RAPTORS_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t b8; /* 0 or 1 */
typedef int8_t i8;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;
typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef float f32;
typedef double f64;
typedef struct {
    f32 re, im;
} c64;
typedef struct {
    f64 re, im;
} c128;

enum {
    OPERANDS_MAX = 4, /* the result and up to three inputs */
    RANK_MAX = 64,
    VECTOR_BYTES = 64, /* on every instruction set: one summation tree everywhere */
    CACHE_LINE = 64,
};

/* What an elementwise kernel computes: `rows` runs of `columns` elements. Operand 0 is the result. Steps are bytes,
 * any value; the fast paths want a step of one element or 0 (a scalar). Operands overlap the result not at all, or
 * exactly (same address, same steps). */
typedef struct {
    intptr_t rows, columns;
    char *data[OPERANDS_MAX];
    intptr_t row_step[OPERANDS_MAX];
    intptr_t step[OPERANDS_MAX];
} tile;

typedef void elementwise_kernel(const tile *);

/* A reduction, in steps that fold.c puts together. An accumulator is one element of `size` bytes; every function reads
 * any strides. The order of operations depends on the counts alone, so the bits are the same everywhere. */
typedef struct {
    intptr_t size; /* of an accumulator */
    /* *accumulator = the reduction of n elements; of none: the neutral element. */
    void (*run)(const char *in, intptr_t n, intptr_t step, void *accumulator);
    /* accumulators[j] = the reduction over rows (at least 1) of in[row][j], for j < n. */
    void (*across)(const char *in, intptr_t rows, intptr_t row_step, intptr_t n, intptr_t step, void *accumulators);
    /* into[j] = into[j] op from[j]. */
    void (*merge)(void *into, const void *from, intptr_t n);
    /* out[j] = the result of accumulators[j], over `count` elements each. */
    void (*finish)(const void *accumulators, intptr_t n, intptr_t count, char *out, intptr_t step);
} fold_kernels;

/* out[rows][columns] = a[rows][inner] @ b[inner][columns]; b and out have contiguous rows, a any strides. */
typedef void matrix_kernel(intptr_t rows, intptr_t inner, intptr_t columns, const char *a, intptr_t a_row,
                           intptr_t a_step, const char *b, intptr_t b_row, char *out, intptr_t out_row);

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)
#define MINIMUM(a, b) ((a) < (b) ? (a) : (b))
#define MAXIMUM(a, b) ((a) > (b) ? (a) : (b))

#endif

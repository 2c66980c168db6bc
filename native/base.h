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
    ELEMENT_MAX = 16,  /* bytes of the largest element */
    VECTOR_BYTES = 64, /* on every instruction set: one summation tree everywhere */
    CACHE_LINE = 64,
    SHORT_LINE = 32, /* elements of a line that is worked on with others, not by itself */
};

/* What an elementwise kernel computes: `rows` runs of `columns` elements. Operand 0 is the result. Steps are in
 * bytes and may have any value; kernels are fast where they are one element, or 0 (a scalar). Operands do not overlap
 * the result, or overlap it exactly (same address, same steps). */
typedef struct {
    intptr_t rows, columns;
    char *data[OPERANDS_MAX];
    intptr_t row_step[OPERANDS_MAX];
    intptr_t step[OPERANDS_MAX];
} tile;

typedef void elementwise_kernel(const tile *);

/* A reduction, in steps that walks/reduce.c puts together. An accumulator is one element of `size` bytes; every
 * function reads any strides. The order of operations depends on the counts alone, so the bits are the same everywhere.
 */
typedef struct {
    intptr_t size; /* of an accumulator */
    /* *accumulator = the reduction of n elements; the operation's result for n = 0. */
    void (*run)(const char *in, intptr_t n, intptr_t step, void *accumulator);
    /* accumulators[j] = the reduction over rows (at least 1) of in[row][j], for j < n. */
    void (*across)(const char *in, intptr_t rows, intptr_t row_step, intptr_t n, intptr_t step, void *accumulators);
    /* accumulators[j] = the reduction of n elements of line j, for j < count: the bits of run, for n <= short_line. */
    void (*lines)(const char *in, intptr_t count, intptr_t line_step, intptr_t n, intptr_t step, void *accumulators);
    intptr_t short_line;
    /* into[j] = into[j] op from[j]. */
    void (*merge)(void *into, const void *from, intptr_t n);
    /* out[j] = the result of accumulators[j], over `count` elements each. */
    void (*finish)(const void *accumulators, intptr_t n, intptr_t count, char *out, intptr_t step);
    /* Is it true that no further element changes the accumulator? NULL where it never is. */
    bool (*is_final)(const void *accumulator);
} reduce_kernels;

/* Sums of products. matmul: out[rows][columns] = a[rows][inner] @ b[inner][columns], a and b with any strides, rows of
 * out contiguous. vecdot: out[rows] = sums of conj(a[rows][inner]) * b[rows][inner]; columns is not used. */
typedef void product_kernel(intptr_t rows, intptr_t inner, intptr_t columns, const char *a, intptr_t a_row,
                            intptr_t a_step, const char *b, intptr_t b_row, intptr_t b_step, char *out,
                            intptr_t out_row);

/* Sorting of keys, signed integers of `size` bytes (kernels/sort/keys.h). `other` has room for as many. */
typedef struct {
    intptr_t size;
    /* Sorts where the keys are, or to `other`; fast where they ascend or descend already. */
    void (*sort)(void *keys, void *other, intptr_t n, bool to_other);
    /* True if the keys ascend, or descended and have been reversed. */
    bool (*is_ordered)(void *keys, intptr_t n);
    /* Parts the keys by parts - 1 ascending bounds, each the least key above it; `parts` is a power of two. They come
     * to `other`, and back again, for each doubling of parts. */
    void (*split)(void *keys, void *other, intptr_t n, const void *bounds, intptr_t parts, intptr_t *counts);
} key_kernels;

/* Ranks are sorted by keys that hold what the element's key is above `least`, without its last `shift` bits, and then
 * the index: they differ from each other, and the order of equal elements is that of their indices. */
typedef struct {
    i64 least;
    int shift, index_bits;
} rank_code;

/* What makes keys of the elements of a dtype, and elements of keys. */
typedef struct {
    int bits; /* of a key */
    const key_kernels *values, *ranked;
    /* True if there is a -0.0 among them, without which `restore` has nothing to do. */
    bool (*load)(const char *in, intptr_t n, intptr_t step, bool descending, void *keys);
    void (*store)(const void *keys, intptr_t n, bool descending, char *out, intptr_t step); /* may be in place */
    /* Puts elements that are equal but differ (0 and -0) back into the order of `in`; NULL where there are none. */
    void (*restore)(const char *in, intptr_t n, intptr_t in_step, bool descending, char *out, intptr_t step);
    /* Sorts without keys, or returns false where that does not pay; NULL where it never does. */
    bool (*count)(const char *in, intptr_t n, intptr_t in_step, bool descending, char *out, intptr_t step);
    /* How the ranks of n elements are to be coded. */
    rank_code (*find_code)(const char *in, intptr_t n, intptr_t step, bool descending);
    /* Codes of elements `first` and later, of which `in` is the first. */
    void (*load_ranked)(const char *in, intptr_t n, intptr_t step, bool descending, rank_code code, intptr_t first,
                        i64 *keys);
    /* The indices of n sorted codes; `in` is the whole line, to compare elements whose codes differ in the index alone;
     * `other` has room for n codes. */
    void (*store_ranks)(const char *in, intptr_t step, bool descending, rank_code code, i64 *keys, i64 *other,
                        intptr_t n, char *out, intptr_t out_step);
    /* The ranks of elements of one byte are counted: how often each comes, and copies of their keys; then the indices
     * of the copies, each to the next place of its key. NULL for others. */
    void (*count_bytes)(const char *in, intptr_t n, intptr_t step, bool descending, u8 *keys, intptr_t *counts);
    void (*place_bytes)(const u8 *keys, intptr_t n, intptr_t first, intptr_t *places, char *out, intptr_t step);
} sort_kernels;

/* Running sums and products: out[i] = *before op in[0] op ... op in[i]; `before` is NULL where a line begins. */
typedef struct {
    intptr_t size;  /* of an accumulator, which is an element of the result */
    intptr_t block; /* elements in a piece that can be scanned by itself; 0: any number */
    /* *total = in[0] op ... op in[n - 1], by the same operations as `along` of a block. False if it left the range of
     * finite numbers, and the line has to be scanned in order. */
    bool (*total)(const char *in, intptr_t n, intptr_t step, void *total);
    void (*along)(const char *in, intptr_t n, intptr_t step, const void *before, char *out); /* out is contiguous */
    /* out[j] = before[j] op in[j], for contiguous before and out. */
    void (*across)(const char *in, intptr_t n, intptr_t step, const char *before, char *out);
    /* *total = *before op *total; NULL where there is no `total`. */
    void (*join)(const void *before, void *total);
    const void *initial; /* what an empty sum or product is */
} scan_kernels;

/* Where the largest or the smallest element is. */
typedef struct {
    intptr_t size;
    /* The first index of the extreme of n >= 1 elements, and the extreme. */
    void (*along)(const char *in, intptr_t n, intptr_t step, void *extreme, i64 *index);
    /* extremes[j] and indices[j] of one more row, whose index is `row`; row 0 begins. */
    void (*across)(const char *in, intptr_t n, i64 row, void *extremes, i64 *indices);
    /* The first index of the extreme of n elements, n <= SHORT_LINE, for each of `count` lines. */
    void (*lines)(const char *in, intptr_t count, intptr_t line_step, intptr_t n, intptr_t step, i64 *indices);
    /* Does the extreme of later elements go before that of earlier ones? */
    bool (*is_better)(const void *later, const void *earlier);
} extreme_kernels;

/* out[i] = how many of n ascending elements come before values[i] (right: or equal it). `sorter` NULL, or where the
 * elements are, in ascending order; false if it points outside of them. */
typedef bool search_kernel(const char *sorted, intptr_t n, const i64 *sorter, const char *values, intptr_t count,
                           bool right, i64 *out);

/* Fourier transforms of several lines at once, in a block: of element 0 of every line VECTOR_BYTES of real parts, then
 * as many of imaginary parts; then those of element 1. Roots are pairs of parts, cos and -sin of the angle. */
typedef struct {
    /* n elements of the first `lines` lines; of the other lines, and of a part that is NULL, zeros. */
    void (*load)(void *block, const char *re, const char *im, intptr_t step, intptr_t line_step, intptr_t n,
                 intptr_t lines);
    /* The way back, multiplied by the factor; a part that is NULL goes nowhere. */
    void (*store)(const void *block, char *re, char *im, intptr_t step, intptr_t line_step, intptr_t n, intptr_t lines,
                  double factor);
    /* One step of Stockham's algorithm, from a block to another: parts * stride transforms of `radix` elements, which
     * are multiplied by the roots of unity of order radix * parts * stride. `from` is overwritten. */
    void (*pass)(void *to, void *from, intptr_t radix, intptr_t parts, intptr_t stride, const void *roots);
    /* block[i][line] *= element_roots[i] * line_roots[i][line] */
    void (*twist)(void *block, intptr_t n, const void *element_roots, const void *line_roots);
    /* Of the transform of n / 2 pairs of real elements, that of the n elements: n / 2 + 1 of them. */
    void (*split)(void *block, intptr_t half, const void *roots);
    /* The other way, with real and imaginary parts exchanged and twice as large. */
    void (*join)(void *block, intptr_t half, const void *roots);
    /* Of n / 2 + 1 elements, n odd, the conjugates of all n of a Hermitian line. */
    void (*mirror)(void *block, intptr_t n);
} transform_kernels;

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)
#define MINIMUM(a, b) ((a) < (b) ? (a) : (b))
#define MAXIMUM(a, b) ((a) > (b) ? (a) : (b))

/* A value that another thread may change: what is checked is what is used. */
#define READ_ONCE(value) (*(const volatile __typeof__(value) *)&(value))

/* a / b, rounded up, of numbers that are not negative. */
static inline intptr_t ceiling_divide(intptr_t a, intptr_t b) { return a / b + (a % b != 0); }

#endif

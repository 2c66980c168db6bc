/* Products of matrices by the BLAS that NumPy has loaded: where its functions are, and calls of them. Which product
 * goes to BLAS, and how it is cut, is not decided here.
 *
 * NumPy is linked with some BLAS, under one of several names. It is loaded already, so that nothing is loaded here. */
#include "walks/blas.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>

#include "dtypes.h"

enum { ROW_MAJOR = 101, AS_IT_IS = 111, TURNED = 112, UPPER = 121 };
enum { BLAS_DTYPES = 4, MIRROR_SIDE = 16 };

static struct {
    bool found, wide; /* wide: it counts in 64 bits */
    void *multiply[BLAS_DTYPES], *square[BLAS_DTYPES];
} blas;

/* OpenBLAS in NumPy's wheels, 64-bit builds of OpenBLAS and MKL, Apple's Accelerate, any with 32-bit integers. */
static const struct {
    const char *form;
    bool wide;
} forms[] = {
    {"scipy_cblas_%c%s64_", true}, {"cblas_%c%s64_", true}, {"cblas_%c%s$NEWLAPACK$ILP64", true},
    {"scipy_cblas_%c%s", false},   {"cblas_%c%s", false},
};

static bool find_form(void *library, int number) {
    for (int i = 0; i < BLAS_DTYPES; i++) {
        char name[64];
        snprintf(name, sizeof name, forms[number].form, "sdcz"[i], "gemm");
        blas.multiply[i] = dlsym(library, name);
        snprintf(name, sizeof name, forms[number].form, "sdcz"[i], "syrk");
        blas.square[i] = dlsym(library, name);
        if (blas.multiply[i] == NULL || blas.square[i] == NULL) return false;
    }
    blas.wide = forms[number].wide;
    return true;
}

bool blas_find(const char *path) {
    if (blas.found) return true;
    void *library = dlopen(path, RTLD_LAZY | RTLD_NOLOAD); /* stays open: so do the functions */
    if (library == NULL) return false;
    for (int number = 0; !blas.found && number < (int)(sizeof forms / sizeof *forms); number++)
        blas.found = find_form(library, number);
    return blas.found;
}

bool blas_is_found(void) { return blas.found; }

bool blas_reads(int dtype, intptr_t rows, intptr_t columns, intptr_t row_step, intptr_t column_step,
                blas_layout *layout) {
    const intptr_t size = dtype_facts[dtype].size;
    layout->turned = column_step != size;
    const intptr_t along = layout->turned ? row_step : column_step, across = layout->turned ? column_step : row_step;
    const intptr_t length = layout->turned ? rows : columns;
    layout->pitch = across / size;
    if (along != size || across % size != 0 || layout->pitch < length) return false;
    return blas.wide || (rows <= INT_MAX && columns <= INT_MAX && layout->pitch <= INT_MAX);
}

/* --- the calls, for each kind of integers and of factors ---------------------------------------------------------- */

#define CALLS(NAME, INTEGER, FACTOR, ONE, ZERO)                                                                      \
    typedef void multiply_##NAME(int, int, int, INTEGER, INTEGER, INTEGER, FACTOR, const void *, INTEGER,            \
                                 const void *, INTEGER, FACTOR, void *, INTEGER);                                    \
    typedef void square_##NAME(int, int, int, INTEGER, INTEGER, FACTOR, const void *, INTEGER, FACTOR, void *,       \
                               INTEGER);                                                                             \
    static void call_multiply_##NAME(void *function, intptr_t rows, intptr_t inner, intptr_t columns, const char *a, \
                                     blas_layout a_layout, const char *b, blas_layout b_layout, char *out,           \
                                     intptr_t pitch) {                                                               \
        ((multiply_##NAME *)function)(ROW_MAJOR, a_layout.turned ? TURNED : AS_IT_IS,                                \
                                      b_layout.turned ? TURNED : AS_IT_IS, (INTEGER)rows, (INTEGER)columns,          \
                                      (INTEGER)inner, ONE, a, (INTEGER)a_layout.pitch, b, (INTEGER)b_layout.pitch,   \
                                      ZERO, out, (INTEGER)pitch);                                                    \
    }                                                                                                                \
    static void call_square_##NAME(void *function, intptr_t rows, intptr_t inner, const char *a, blas_layout layout, \
                                   char *out, intptr_t pitch) {                                                      \
        ((square_##NAME *)function)(ROW_MAJOR, UPPER, layout.turned ? TURNED : AS_IT_IS, (INTEGER)rows,              \
                                    (INTEGER)inner, ONE, a, (INTEGER)layout.pitch, ZERO, out, (INTEGER)pitch);       \
    }

static const c64 one_c64 = {1, 0}, zero_c64;
static const c128 one_c128 = {1, 0}, zero_c128;

CALLS(f32_wide, int64_t, f32, 1, 0)
CALLS(f64_wide, int64_t, f64, 1, 0)
CALLS(c64_wide, int64_t, const void *, &one_c64, &zero_c64)
CALLS(c128_wide, int64_t, const void *, &one_c128, &zero_c128)
CALLS(f32_narrow, int, f32, 1, 0)
CALLS(f64_narrow, int, f64, 1, 0)
CALLS(c64_narrow, int, const void *, &one_c64, &zero_c64)
CALLS(c128_narrow, int, const void *, &one_c128, &zero_c128)

typedef void multiply_call(void *, intptr_t, intptr_t, intptr_t, const char *, blas_layout, const char *, blas_layout,
                           char *, intptr_t);
typedef void square_call(void *, intptr_t, intptr_t, const char *, blas_layout, char *, intptr_t);

static multiply_call *const multiply_calls[2][BLAS_DTYPES] = {
    {call_multiply_f32_narrow, call_multiply_f64_narrow, call_multiply_c64_narrow, call_multiply_c128_narrow},
    {call_multiply_f32_wide, call_multiply_f64_wide, call_multiply_c64_wide, call_multiply_c128_wide},
};
static square_call *const square_calls[2][BLAS_DTYPES] = {
    {call_square_f32_narrow, call_square_f64_narrow, call_square_c64_narrow, call_square_c128_narrow},
    {call_square_f32_wide, call_square_f64_wide, call_square_c64_wide, call_square_c128_wide},
};

void blas_product(int dtype, intptr_t rows, intptr_t inner, intptr_t columns, const char *a, blas_layout a_layout,
                  const char *b, blas_layout b_layout, char *out, intptr_t out_row) {
    const int number = dtype - CODE_f32;
    multiply_calls[blas.wide][number](blas.multiply[number], rows, inner, columns, a, a_layout, b, b_layout, out,
                                      out_row / dtype_facts[dtype].size);
}

void blas_square(int dtype, intptr_t rows, intptr_t inner, const char *a, blas_layout layout, char *out,
                 intptr_t out_row) {
    const intptr_t size = dtype_facts[dtype].size;
    const int number = dtype - CODE_f32;
    square_calls[blas.wide][number](blas.square[number], rows, inner, a, layout, out, out_row / size);
    for (intptr_t i = 0; i < rows; i += MIRROR_SIDE) {
        const intptr_t n = MINIMUM(MIRROR_SIDE, rows - i), next = MINIMUM(rows, i + MIRROR_SIDE);
        for (intptr_t row = i; row < i + n; row++)
            blas_mirror(dtype, 1, i + n - row, out + row * out_row + row * size, out + row * out_row + row * size,
                        out_row);
        blas_mirror(dtype, n, rows - next, out + i * out_row + next * size, out + next * out_row + i * size, out_row);
    }
}

/* --- mirrored tiles ----------------------------------------------------------------------------------------------- */

#define MIRROR(T)                                                                                            \
    static void mirror_##T(intptr_t rows, intptr_t columns, const char *from, char *to, intptr_t row_step) { \
        for (intptr_t i = 0; i < rows; i++) {                                                                \
            for (intptr_t j = 0; j < columns; j++)                                                           \
                ((T *)(to + j * row_step))[i] = ((const T *)(from + i * row_step))[j];                       \
        }                                                                                                    \
    }

MIRROR(f32)
MIRROR(f64)
MIRROR(c64)
MIRROR(c128)

void blas_mirror(int dtype, intptr_t rows, intptr_t columns, const char *from, char *to, intptr_t row_step) {
    static void (*const mirrors[BLAS_DTYPES])(intptr_t, intptr_t, const char *, char *,
                                              intptr_t) = {mirror_f32, mirror_f64, mirror_c64, mirror_c128};
    const intptr_t size = dtype_facts[dtype].size;
    for (intptr_t i = 0; i < rows; i += MIRROR_SIDE) {
        for (intptr_t j = 0; j < columns; j += MIRROR_SIDE)
            mirrors[dtype - CODE_f32](MINIMUM(MIRROR_SIDE, rows - i), MINIMUM(MIRROR_SIDE, columns - j),
                                      from + i * row_step + j * size, to + j * row_step + i * size, row_step);
    }
}

/* Products of matrices by the BLAS that NumPy has loaded, one tile at a time, on the calling thread. */
#ifndef RAPTORS_BLAS_H
#define RAPTORS_BLAS_H

#include "base.h"

/* Looks for the functions in a library that is loaded, and in those that it needs. False where it has none. */
bool blas_find(const char *library);
bool blas_is_found(void);

/* A matrix as BLAS takes it: rows that lie `pitch` elements apart, or columns (turned). */
typedef struct {
    bool turned;
    intptr_t pitch;
} blas_layout;

/* False where BLAS cannot read the matrix, or cannot count so far. */
bool blas_reads(int dtype, intptr_t rows, intptr_t columns, intptr_t row_step, intptr_t column_step,
                blas_layout *layout);

/* out = a @ b; rows of out lie out_row bytes apart, and their elements side by side. */
void blas_product(int dtype, intptr_t rows, intptr_t inner, intptr_t columns, const char *a, blas_layout a_layout,
                  const char *b, blas_layout b_layout, char *out, intptr_t out_row);

/* out = a @ a.T, half of it computed and then mirrored. */
void blas_square(int dtype, intptr_t rows, intptr_t inner, const char *a, blas_layout layout, char *out,
                 intptr_t out_row);

/* to[j][i] = from[i][j] */
void blas_mirror(int dtype, intptr_t rows, intptr_t columns, const char *from, char *to, intptr_t row_step);

#endif

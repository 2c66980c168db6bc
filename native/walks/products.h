/* Sums of products over batches: matrix products and dot products; chunks and threads. */
#ifndef RAPTORS_PRODUCTS_WALK_H
#define RAPTORS_PRODUCTS_WALK_H

#include "base.h"
#include "walks/blas.h"

/* Two operands with the same leading dimensions, the batch, and their own steps through them. */
typedef struct {
    product_kernel *kernel;
    elementwise_kernel *add; /* joins partial sums */
    int rank;                /* of the batch */
    intptr_t batch[RANK_MAX];
    intptr_t rows, inner, columns; /* of a matrix product; a dot product has `inner` alone */
    intptr_t size;                 /* of an element */
    intptr_t cost;                 /* of a multiplication */
    const char *a, *b;
    intptr_t a_strides[RANK_MAX], b_strides[RANK_MAX]; /* the batch's, then the matrix's or the vector's */
    char *out;                                         /* contiguous */
    int dtype;
    bool by_blas; /* matmul: matrices that BLAS reads, of a dtype that it has */
    blas_layout a_layout, b_layout;
} product_walk;

/* matmul: out[batch] = a[batch] @ b[batch]; vecdot: sums of conj(a) * b. Both take no lock and allocate nothing: call
 * them without the GIL when their cost is large. */
size_t matmul_scratch(const product_walk *w); /* bytes of scratch memory that matmul_run wants */
void matmul_run(const product_walk *w, char *scratch);
double matmul_cost(const product_walk *w);
size_t vecdot_scratch(const product_walk *w); /* bytes of scratch memory that vecdot_run wants */
void vecdot_run(const product_walk *w, char *scratch);
double vecdot_cost(const product_walk *w);

#endif

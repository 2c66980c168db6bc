/* Plans of Fourier transforms: into which steps a length is taken apart, and the roots of unity for them. The last ones
 * are kept. */
#ifndef RAPTORS_PLANS_H
#define RAPTORS_PLANS_H

#include "base.h"

/* BLOCK: the steps of a transform that is computed within a block. HALF: the roots that make the transform of n real
 * elements of that of n / 2 pairs. TWO: a length as the product of two; element (i, j) of rows x columns is multiplied
 * by a root between the transforms along either axis. */
enum plan_kind { PLAN_block, PLAN_half, PLAN_two };

enum { STEPS_MAX = 16 };

typedef struct {
    enum plan_kind kind;
    int dtype; /* CODE_f32 or CODE_f64 */
    intptr_t n;
    int users; /* of this plan now, and one if it is kept */
    int steps;
    intptr_t radices[STEPS_MAX];
    double weight; /* of an element, in steps of radix 4 */
    intptr_t rows, columns;
    char *roots;      /* block: all n; half: n / 4 + 1; two: of each block of columns those of all rows */
    char *line_roots; /* two: of each row, and each line of a block of columns */
} transform_plan;

/* The longest transform within a block; two blocks lie in a workspace, with an element more. */
enum { BLOCK_LENGTH_MAX = 1150 };

/* The length as the product of two, or false. */
bool plan_divide(intptr_t n, intptr_t *rows, intptr_t *columns);
/* Can it be computed here, within a block or as the product of two lengths? */
bool plan_exists(intptr_t n);

/* NULL without memory. Not for several threads at once: callers hold the GIL. */
transform_plan *plan_take(enum plan_kind kind, int dtype, intptr_t n);
void plan_give(transform_plan *plan);

#endif

/* Elementwise operations over any strides: the outer dimensions, the chunks and the threads. */
#ifndef RAPTORS_ELEMENTWISE_WALK_H
#define RAPTORS_ELEMENTWISE_WALK_H

#include "kernels/table.h"

typedef struct {
    elementwise_kernel *kernel;
    int operands; /* the result, operand 0, included */
    int rank;     /* at least 1 */
    intptr_t shape[RANK_MAX];
    intptr_t strides[OPERANDS_MAX][RANK_MAX];
    char *data[OPERANDS_MAX];
    intptr_t size[OPERANDS_MAX];               /* of an element, as the kernel sees it */
    elementwise_kernel *convert[OPERANDS_MAX]; /* NULL, or from the operand's own dtype to the kernel's */
    intptr_t cost;                             /* of an element, conversions included */
    intptr_t grain;                            /* elements a chunk; 0: do not share */
} elementwise_walk;

/* Runs it. Takes no lock and allocates nothing: call it without the GIL when elementwise_cost() is large. */
void elementwise_run(const elementwise_walk *w);
double elementwise_cost(const elementwise_walk *w);

#endif

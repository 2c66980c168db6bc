/* Fourier transforms along the middle axis of three: outer x n x inner elements, in C order. */
#ifndef RAPTORS_FOURIER_H
#define RAPTORS_FOURIER_H

#include "kernels/table.h"
#include "walks/plans.h"

/* Complex to complex, either way; real to the half of a Hermitian spectrum, and back. */
enum transform_mode { TRANSFORM_forward, TRANSFORM_backward, TRANSFORM_to_half, TRANSFORM_from_half, TRANSFORM_MODES };

typedef struct {
    const transform_kernels *kernel;
    enum transform_mode mode;
    int dtype;                     /* of the parts */
    bool is_real;                  /* the input */
    intptr_t outer, own, inner, n; /* own: elements that the input has along the axis */
    const char *in;
    char *out;
    double factor, cost; /* the cost of an element in a step */
    transform_plan *first, *second, *two, *half;
    char *between;  /* room for fourier_scratch() bytes */
    intptr_t group; /* lines that are there at the same time */
} transform_walk;

/* Can lines of n elements be transformed here? Long ones that are made of half a spectrum are not: as complex ones they
 * would take twice the work. */
static inline bool fourier_exists(enum transform_mode mode, intptr_t n) {
    return n > 0 && (mode != TRANSFORM_from_half || n <= BLOCK_LENGTH_MAX) && plan_exists(n);
}
/* Elements that the result has along the axis. */
intptr_t fourier_length(const transform_walk *w);
/* Takes the plans; false without memory. Then fourier_give, whatever the answer was. */
bool fourier_take(transform_walk *w);
void fourier_give(transform_walk *w);
size_t fourier_scratch(transform_walk *w);
double fourier_cost(const transform_walk *w);
void fourier_run(transform_walk *w);

#endif

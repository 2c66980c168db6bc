/* Sorting along an axis: values, or ranks (the indices that sort); lines, pieces of long lines, and threads. */
#ifndef RAPTORS_ORDER_H
#define RAPTORS_ORDER_H

#include "lines.h"

typedef struct {
    const sort_kernels *kernels;
    lines lines;
    bool ranks, descending;
    intptr_t in_size;
    intptr_t slots; /* lines that may be sorted at a time; order_scratch sets it */
} order;

/* Bytes of scratch memory that order_run wants. */
size_t order_scratch(order *o);
/* Runs it. Takes no lock and allocates nothing: call it without the GIL when order_microseconds() is large. */
void order_run(const order *o, char *scratch);
double order_microseconds(const order *o);

#endif

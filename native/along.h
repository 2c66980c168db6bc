/* Running sums and products, and searches for extremes, along an axis; chunks and threads. */
#ifndef RAPTORS_ALONG_H
#define RAPTORS_ALONG_H

#include "lines.h"

/* Lines of `n` rows of `columns` elements, which follow one another in memory; the result has no gaps. A single column:
 * any steps in. */
typedef struct {
    const scan_kernels *kernels;
    lines lines;
    intptr_t columns, in_size;
    bool has_initial; /* the result begins with the initial value, one row more */
} scan;

/* Bytes of scratch memory that scan_run wants. It allocates nothing: call it without the GIL when
 * along_microseconds() is large. */
size_t scan_scratch(const scan *s);
void scan_run(const scan *s, char *scratch);

typedef struct {
    const extreme_kernels *kernels;
    lines lines;
    intptr_t columns, in_size;
} extreme;

size_t extreme_scratch(const extreme *e);
void extreme_run(const extreme *e, char *scratch);

double along_microseconds(const lines *l, intptr_t columns, intptr_t size);

#endif

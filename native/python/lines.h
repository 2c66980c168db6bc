/* Arguments of functions along an axis: the lines, and the results. */
#ifndef RAPTORS_PYTHON_LINES_H
#define RAPTORS_PYTHON_LINES_H

#include "python/arguments.h"
#include "walks/lines.h"

/* Reads n, the step in, shape and strides in of the other axes, memory and offset; `columns` contiguous elements lie at
 * every place. */
bool as_lines(PyObject *const *arguments, intptr_t columns, intptr_t size, lines *l);
/* Fresh memory for lines of `n` rows of `columns` results without gaps; sets the way out. */
memory_object *new_results(lines *l, intptr_t n, intptr_t columns, intptr_t size);

#endif

/* Elements copied as they are, by vectors of 16 bytes, whatever the dtype: rows with steps, matrices to where rows
 * are columns, and each element again and again. */
#ifndef RAPTORS_MOVES_H
#define RAPTORS_MOVES_H

#include "base.h"

/* Can transpose() move this? One operand's elements follow one another along the rows, the other's along the columns.
 */
bool transpose_fits(const tile *t, intptr_t size);
/* Copies operand 1 to operand 0: elements of 1, 2, 4 or 8 bytes. The operands do not overlap. */
void transpose(const tile *t, intptr_t size);

/* Can repeat() move this? Each row of the result is one element of operand 1, and follows the last row at once. */
bool repeat_fits(const tile *t, intptr_t size);
void repeat(const tile *t, intptr_t size);

/* Copies n elements with any steps, in bytes, and of up to 16 bytes each. */
void move_row(intptr_t size, intptr_t n, char *out, intptr_t out_step, const char *in, intptr_t in_step);

#endif

/* Elements picked by masks: moved by size, whatever their dtype. */
#ifndef RAPTORS_MASKS_H
#define RAPTORS_MASKS_H

#include "base.h"

/* Masks: n bytes, true unless 0. */
intptr_t mask_count(const char *mask, intptr_t n);
/* Elements of the true positions, side by side: from contiguous ones, and to them. */
void mask_read(const char *mask, intptr_t n, intptr_t itemsize, const char *in, char *out, intptr_t count);
void mask_write(const char *mask, intptr_t n, intptr_t itemsize, const char *values, intptr_t count, char *out);
/* The index of every true position along each of `rank` axes. */
void mask_places(const char *mask, int rank, const intptr_t *shape, intptr_t count, i64 *const *out);

#endif

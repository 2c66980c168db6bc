/* One pass over memory on all threads: clearing it; copying and reading, the bandwidth that others are measured by. */
#ifndef RAPTORS_STREAM_WALK_H
#define RAPTORS_STREAM_WALK_H

#include "base.h"

/* Copies `source` to `target`. */
void stream_copy(const char *source, char *target, intptr_t nbytes);
/* Reads `source`; `target` has stream_target() bytes to keep what proves it. */
void stream_read(const char *source, char *target, intptr_t nbytes);
/* Makes all bytes 0. */
void stream_clear(char *target, intptr_t nbytes);
double stream_clear_cost(intptr_t nbytes);
intptr_t stream_target(intptr_t nbytes);

#endif

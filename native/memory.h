/* The recycling allocator: 64-byte aligned blocks in size classes. Not thread-safe: every call is made under the GIL.
 */
#ifndef RAPTORS_MEMORY_H
#define RAPTORS_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    size_t in_use, cached, cache_limit, peak; /* bytes; peak is the most that in_use has been */
    uint64_t recycled, fresh;                 /* blocks handed out from the cache, and from the system */
} memory_counts;

/* A block of at least `bytes`; *capacity is its true size, to be given back with it. NULL when there is none. */
void *memory_allocate(size_t bytes, size_t *capacity);
/* The same, where *is_zero says whether the block holds zeros already. */
void *memory_allocate_clear(size_t bytes, size_t *capacity, bool *is_zero);
void memory_release(void *block, size_t capacity);

void memory_trim(void);              /* gives every cached block back to the system */
void memory_set_limit(size_t bytes); /* of the cache */
memory_counts memory_count(void);

#endif

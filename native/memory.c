/* The recycling allocator: 64-byte aligned blocks in size classes, kept for reuse up to a limit.
 *
 * A fresh large block costs a page fault every 4 KiB, which dwarfs the arithmetic that fills it. So a released block is
 * kept in its class and handed out again. Beyond the limit the class that has rested longest loses its blocks first.
 * Nothing here is locked: allocation and release happen under the GIL. */
#define _GNU_SOURCE
#include "memory.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "base.h"

/* The address sanitizer is told what of a block nobody may touch: all while it waits here, what lies beyond the bytes
 * that were asked for while it is used. */
#if __has_feature(address_sanitizer)
void __asan_poison_memory_region(void const volatile *start, size_t bytes); /* its header is not everywhere */
void __asan_unpoison_memory_region(void const volatile *start, size_t bytes);
static void forbid(void *block, size_t from, size_t to) {
    __asan_poison_memory_region((char *)block + from, to - from);
}
static void allow(void *block, size_t bytes) { __asan_unpoison_memory_region(block, bytes); }
#else
static void forbid(void *block, size_t from, size_t to) { (void)block, (void)from, (void)to; }
static void allow(void *block, size_t bytes) { (void)block, (void)bytes; }
#endif

enum {
    STEPS = 4, /* classes a power of two: at most a fifth of a block is unused */
    CLASS_COUNT = 56 * STEPS,
    MAP_FROM = 256 << 10, /* blocks from here on are mapped, so that release really frees them */
    HUGE_PAGE = 2 << 20,
    HUGE_FROM = 4 << 20,
    /* Zeros in a used block: from here on the system is asked for new pages, which are made when they are written, as
     * glibc's calloc does (the most that its threshold for mapping grows to). Below, clearing them is faster than the
     * faults of new pages. */
    RENEW_FROM = 32 << 20,
};

typedef struct free_block {
    struct free_block *next;
} free_block;

static struct {
    free_block *first[CLASS_COUNT];
    uint64_t used_at[CLASS_COUNT]; /* when the class was last asked or given to, in calls */
    uint64_t clock;
    memory_counts counts;
} cache = {.counts.cache_limit = (size_t)256 << 20};

/* Sizes in cache lines: 1 2 3 4, then 5 6 7 8, 10 12 14 16, 20 ..., four classes a power of two. */
static int class_of(size_t bytes) {
    const size_t last = bytes == 0 ? 0 : (bytes - 1) / CACHE_LINE; /* the number of lines less one */
    if (last < STEPS) return (int)last;
    const int shift = 63 - __builtin_clzll(last) - 2;
    return STEPS + shift * STEPS + (int)((last >> shift) - STEPS);
}

static size_t class_bytes(int index) {
    if (index < STEPS) return (size_t)(index + 1) * CACHE_LINE;
    const int shift = index / STEPS - 1;
    return ((size_t)(STEPS + 1 + index % STEPS) << shift) * CACHE_LINE;
}

static void *system_allocate(size_t bytes) {
    if (bytes < MAP_FROM) return aligned_alloc(CACHE_LINE, bytes);
    if (bytes < HUGE_FROM) {
        void *block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return block == MAP_FAILED ? NULL : block;
    }
    /* Huge pages need alignment to their size: map more, return the margins. */
    char *start = mmap(NULL, bytes + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return NULL;
    char *block = (char *)(((uintptr_t)start + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1));
    if (block > start) munmap(start, (size_t)(block - start));
    if (block < start + HUGE_PAGE) munmap(block + bytes, (size_t)(start + HUGE_PAGE - block));
#if defined(MADV_HUGEPAGE)
    madvise(block, bytes, MADV_HUGEPAGE); /* advice: failure changes nothing */
#endif
    return block;
}

static void system_release(void *block, size_t bytes) {
    allow(block, bytes);
    if (bytes < MAP_FROM)
        free(block);
    else
        munmap(block, bytes);
}

static void evict(int index) {
    free_block *block = cache.first[index];
    cache.first[index] = block->next;
    cache.counts.cached -= class_bytes(index);
    system_release(block, class_bytes(index));
}

static int most_rested(void) {
    int found = -1;
    for (int i = 0; i < CLASS_COUNT; i++) {
        if (cache.first[i] != NULL && (found < 0 || cache.used_at[i] < cache.used_at[found])) found = i;
    }
    return found;
}

/* Gives the pages of a block back and takes new ones, all 0; false where the system does not promise that. */
static bool renew(void *block, size_t bytes) {
#if defined(__linux__)
    return madvise(block, bytes, MADV_DONTNEED) == 0;
#else
    (void)block, (void)bytes;
    return false;
#endif
}

void *memory_allocate_clear(size_t bytes, size_t *capacity, bool *is_zero) {
    const uint64_t fresh = cache.counts.fresh;
    void *block = memory_allocate(bytes, capacity);
    *is_zero = false;
    if (block == NULL || *capacity < MAP_FROM) return block;
    *is_zero = cache.counts.fresh != fresh || (bytes >= RENEW_FROM && renew(block, *capacity));
    return block;
}

void *memory_allocate(size_t bytes, size_t *capacity) {
    if (bytes > PTRDIFF_MAX / 2) return NULL;
    const int index = class_of(bytes);
    const size_t size = class_bytes(index);
    free_block *block = cache.first[index];
    cache.used_at[index] = ++cache.clock;
    if (block != NULL) {
        cache.first[index] = block->next;
        cache.counts.cached -= size;
        cache.counts.recycled++;
    } else {
        block = system_allocate(size);
        if (block == NULL) {
            memory_trim();
            block = system_allocate(size);
            if (block == NULL) return NULL;
        }
        cache.counts.fresh++;
    }
    cache.counts.in_use += size;
    if (cache.counts.in_use > cache.counts.peak) cache.counts.peak = cache.counts.in_use;
    *capacity = size;
    allow(block, bytes);
    forbid(block, bytes, size);
    return block;
}

void memory_release(void *block, size_t capacity) {
    const int index = class_of(capacity);
    cache.counts.in_use -= capacity;
    if (capacity > cache.counts.cache_limit) {
        system_release(block, capacity);
        return;
    }
    cache.used_at[index] = ++cache.clock;
    free_block *entry = block;
    allow(block, sizeof(free_block));
    entry->next = cache.first[index];
    cache.first[index] = entry;
    forbid(block, sizeof(free_block), capacity);
    cache.counts.cached += capacity;
    while (cache.counts.cached > cache.counts.cache_limit) evict(most_rested());
}

void memory_trim(void) {
    for (int i = 0; i < CLASS_COUNT; i++) {
        while (cache.first[i] != NULL) evict(i);
    }
}

void memory_set_limit(size_t bytes) {
    cache.counts.cache_limit = bytes;
    while (cache.counts.cached > bytes) evict(most_rested());
}

memory_counts memory_count(void) { return cache.counts; }

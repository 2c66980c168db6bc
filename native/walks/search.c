/* Where values belong among sorted elements; blocks of values and threads. No comparison here. */
#include "walks/search.h"

#include "pool.h"

/* Of values of one byte the kernel searches for each of the 256 once in a chunk. */
enum { BYTES_CHUNK = 1 << 14 };

typedef struct {
    const search_walk *walk;
    intptr_t chunk; /* values */
    bool failed;
} search_job;

static void run_chunk(void *context, intptr_t chunk) {
    search_job *job = context;
    const search_walk *w = job->walk;
    const intptr_t first = chunk * job->chunk;
    if (!w->kernel(w->sorted, w->n, w->sorter, w->values + first * w->size, MINIMUM(job->chunk, w->count - first),
                   w->right, w->out + first))
        __atomic_store_n(&job->failed, true, __ATOMIC_RELAXED);
}

static double value_cost(const search_walk *w) {
    intptr_t halvings = 1;
    for (intptr_t n = w->n; n > 1; n /= 2) halvings++;
    return (double)w->cost * (double)halvings;
}

double search_cost(const search_walk *w) { return value_cost(w) * (double)w->count; }

bool search_run(const search_walk *w) {
    search_job job = {.walk = w, .chunk = chunk_elements(value_cost(w)), .failed = false};
    if (w->size == 1 && w->sorter == NULL) job.chunk = MAXIMUM(job.chunk, BYTES_CHUNK);
    pool_run(run_chunk, &job, ceiling_divide(w->count, job.chunk), search_cost(w));
    return !job.failed;
}

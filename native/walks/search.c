/* Where values belong among sorted elements; blocks of values and threads. No comparison here. */
#include "walks/search.h"

#include "pool.h"

enum { CHUNK = 4096 /* values */ };

typedef struct {
    const search_walk *walk;
    bool failed;
} search_job;

static void run_chunk(void *context, intptr_t chunk) {
    search_job *job = context;
    const search_walk *w = job->walk;
    const intptr_t first = chunk * CHUNK;
    if (!w->kernel(w->sorted, w->n, w->sorter, w->values + first * w->size, MINIMUM(CHUNK, w->count - first), w->right,
                   w->out + first))
        __atomic_store_n(&job->failed, true, __ATOMIC_RELAXED);
}

double search_microseconds(const search_walk *w) {
    double steps = 1;
    for (intptr_t n = w->n; n > 1; n /= 2) steps++;
    return (double)w->count * steps * 0.0015;
}

bool search_run(const search_walk *w) {
    search_job job = {.walk = w, .failed = false};
    pool_run(run_chunk, &job, ceiling_divide(w->count, CHUNK), search_microseconds(w));
    return !job.failed;
}

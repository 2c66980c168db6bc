/* One pass over memory on all threads: clearing it; copying and reading, the bandwidth that others are measured by. */
#include "walks/stream.h"

#include "pool.h"
#include "kernels/table.h"

typedef struct {
    const table_entry *entry;
    const char *source;
    char *target;
    intptr_t nbytes;
} stream_job;

enum { CHUNK = 256 << 10 /* bytes */ };

static intptr_t words_of(const stream_job *job, intptr_t first) {
    return MINIMUM(CHUNK, job->nbytes - first) / (intptr_t)sizeof(u64);
}

static void copy_chunk(void *context, intptr_t chunk) {
    const stream_job *job = context;
    const intptr_t first = chunk * CHUNK;
    const tile t = {.rows = 1,
                    .columns = words_of(job, first),
                    .data = {job->target + first, (char *)job->source + first},
                    .step = {sizeof(u64), sizeof(u64)}};
    job->entry->elementwise(&t);
}

/* A sum of integers is the plainest loop that reads every byte. */
static void read_chunk(void *context, intptr_t chunk) {
    const stream_job *job = context;
    const intptr_t first = chunk * CHUNK;
    u64 total;
    job->entry->reduce->run(job->source + first, words_of(job, first), sizeof(u64), &total);
    *(volatile u64 *)(job->target + chunk * CACHE_LINE) = total;
}

static void clear_chunk(void *context, intptr_t chunk) {
    const stream_job *job = context;
    const intptr_t first = chunk * CHUNK;
    memset(job->target + first, 0, (size_t)MINIMUM(CHUNK, job->nbytes - first));
}

/* Writing takes about half of what copying does. */
double stream_clear_cost(intptr_t nbytes) {
    return table_find(OPERATION_to_u64, CODE_u64)->cost / 2.0 * (double)nbytes / sizeof(u64);
}

void stream_clear(char *target, intptr_t nbytes) {
    stream_job job = {.target = target, .nbytes = nbytes};
    if (nbytes <= CHUNK)
        memset(target, 0, (size_t)nbytes);
    else
        pool_run(clear_chunk, &job, ceiling_divide(nbytes, CHUNK), stream_clear_cost(nbytes));
}

static void run(pool_task *task, long operation, const char *source, char *target, intptr_t nbytes) {
    stream_job job = {.entry = table_find(operation, CODE_u64), .source = source, .target = target, .nbytes = nbytes};
    pool_run(task, &job, ceiling_divide(nbytes, CHUNK), (double)job.entry->cost * (double)nbytes / sizeof(u64));
}

void stream_copy(const char *source, char *target, intptr_t nbytes) {
    run(copy_chunk, OPERATION_to_u64, source, target, nbytes);
}

void stream_read(const char *source, char *target, intptr_t nbytes) {
    run(read_chunk, OPERATION_sum, source, target, nbytes);
}

intptr_t stream_target(intptr_t nbytes) { return ceiling_divide(nbytes, CHUNK) * CACHE_LINE; }

/* The thread pool: runs the chunks of one operation on several threads, the caller's included. What work is worth is
 * decided here too, from what it costs. */
#ifndef RAPTORS_POOL_H
#define RAPTORS_POOL_H

#include "base.h"

/* Costs are in the unit of the manifest: a tenth of what one float32 element of a long addition costs. This is the one
 * place where they become time. That addition takes 0.12 ns an element on the machine that the costs were measured on
 * (docs/architecture.md), with its operands in the second-level cache. On another machine the limits below are reached
 * by as much work, in another time; those of waking and of the GIL differ likewise. */
#define COST_OF_MICROSECOND 80000.0

#define CHUNK_COST (4 * COST_OF_MICROSECOND)   /* of a chunk, about: claiming one costs some hundredths of that */
#define SHARE_COST (2 * COST_OF_MICROSECOND)   /* work worth sharing with a worker that spins */
#define RELEASE_COST (6 * COST_OF_MICROSECOND) /* work without the GIL: taking it back costs most if others want it */
#define WAKE_COST (20 * COST_OF_MICROSECOND)   /* worth waking a worker that sleeps, in one call or in a row of calls */
#define LOOK_COST \
    (1000 * COST_OF_MICROSECOND) /* worth looking whether to stop, and of chunks between looks at the clock */

/* Elements a chunk, where one costs so much: a multiple of 64. Only for work whose bits do not depend on chunks. */
static inline intptr_t chunk_elements(double cost) {
    const intptr_t elements = (intptr_t)(CHUNK_COST / cost) / 64 * 64;
    return MAXIMUM(64, elements);
}

typedef void pool_task(void *context, intptr_t chunk);

/* Runs task(context, 0 .. chunks - 1), in any order, on up to pool_threads() threads; returns when all are done.
 * `cost` is that of the whole work: it decides whether sharing pays. */
void pool_run(pool_task *task, void *context, intptr_t chunks, double cost);

/* Long work can be stopped. After pool_look_with(look), pool_run asks `look` between chunks, every LOOK_EVERY, in the
 * thread that called it; once the answer is true, neither the rest of these chunks is run nor any of a later pool_run,
 * until the next pool_look_with. What was to be written is unfinished then, so a walk that goes on must not use as a
 * position what a stopped pool_run was to compute. Work between calls of pool_run, if it may be long, asks
 * pool_is_stopped() itself. */
typedef bool pool_look(void);
void pool_look_with(pool_look *look); /* NULL: nobody is asked */
bool pool_is_stopped(void);

int pool_threads(void);
/* pool_threads() for others: the one symbol of the extension beside its PyInit, by which threadpoolctl knows it. */
__attribute__((visibility("default"))) int raptors_xp_thread_pool(void);
void pool_set_threads(int count); /* 1 .. POOL_THREADS_MAX */

enum { POOL_THREADS_MAX = 1024 };

#endif

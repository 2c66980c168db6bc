/* The thread pool: runs the chunks of one operation on several threads, the caller's included. */
#ifndef RAPTORS_POOL_H
#define RAPTORS_POOL_H

#include <stdint.h>

typedef void pool_task(void *context, intptr_t chunk);

/* Runs task(context, 0 .. chunks - 1), in any order, on up to pool_threads() threads; returns when all are done.
 * `microseconds` is a rough estimate of the whole work on one thread: it decides whether sharing pays. */
void pool_run(pool_task *task, void *context, intptr_t chunks, double microseconds);

int pool_threads(void);
void pool_set_threads(int count); /* 1 .. POOL_THREADS_MAX */

enum { POOL_THREADS_MAX = 1024 };

#endif

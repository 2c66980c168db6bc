/* The thread pool and the workspaces, for ThreadSanitizer: callers in threads of their own run jobs of any size, some
 * with a look that stops them, while the number of threads a job may use changes. What tasks and callers exchange is
 * plain memory, freed after the job: that they may is what pool_run promises. */
#include "pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "workspace.h"

enum { CALLERS = 3, CHUNKS_MOST = 300, SCRATCH = 200 };

typedef struct {
    int value; /* read by all */
    struct {
        int runs;
        bool by_worker;
    } chunks[CHUNKS_MOST];
} job;

static _Atomic bool ended;
static _Atomic long whole, stopped, helped; /* jobs */

static _Thread_local bool is_caller, stops;

static void sleep_ms(long ms) { nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL); }

static bool look(void) { return true; }

static void run_chunk(void *context, intptr_t chunk) {
    job *j = context;
    int *scratch = workspace_take();
    for (int i = 0; i < SCRATCH; i++) scratch[i] = j->value;
    if (stops) sleep_ms(60);                       /* longer than between looks */
    if (is_caller && chunk % 16 == 0) sleep_ms(1); /* for the workers to come */
    for (int i = 0; i < SCRATCH; i++) j->chunks[chunk].runs += scratch[i] == j->value;
    j->chunks[chunk].by_worker = !is_caller;
    workspace_give(scratch);
}

static void check(const job *j, int chunks) {
    bool by_worker = false;
    int done = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
        const int runs = j->chunks[chunk].runs;
        if (runs != SCRATCH && runs != 0) {
            fprintf(stderr, "chunk %d of %d: %d/%d runs\n", chunk, chunks, runs, SCRATCH);
            exit(1);
        }
        done += runs == SCRATCH;
        by_worker |= j->chunks[chunk].by_worker;
    }
    if (done < chunks && !stops) {
        fprintf(stderr, "%d of %d chunks did not run\n", chunks - done, chunks);
        exit(1);
    }
    helped += by_worker;
    *(done < chunks ? &stopped : &whole) += 1;
}

static void *caller(void *seed) {
    unsigned state = (unsigned)(uintptr_t)seed;
    is_caller = true;
    while (!ended) {
        const unsigned drawn = (unsigned)rand_r(&state);
        const int chunks = 1 + (int)(drawn % CHUNKS_MOST);
        job *j = calloc(1, sizeof *j);
        j->value = (int)drawn;
        stops = drawn / CHUNKS_MOST % 16 == 0;
        pool_look_with(stops ? look : NULL);
        pool_run(run_chunk, j, chunks, LOOK_COST * chunks);
        check(j, chunks);
        free(j);
    }
    return NULL;
}

int main(int count, char **arguments) {
    const int seconds = count > 1 ? atoi(arguments[1]) : 10;
    pthread_t threads[CALLERS];
    for (int i = 0; i < CALLERS; i++) pthread_create(&threads[i], NULL, caller, (void *)(uintptr_t)(i + 1));
    for (int tick = 0; tick < seconds * 10; tick++) {
        pool_set_threads(1 + tick % 7);
        sleep_ms(100);
    }
    ended = true;
    for (int i = 0; i < CALLERS; i++) pthread_join(threads[i], NULL);
    printf("no race: %ld whole jobs, %ld stopped, %ld with the help of workers\n", whole, stopped, helped);
    return whole > 0 && stopped > 0 && helped > 0 ? 0 : 1;
}

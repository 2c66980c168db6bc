/* A block of memory for each thread that has asked for one. Where the system has none left, threads take turns with a
 * block that is always there: a kernel cannot fail. */
#include "workspace.h"

#include <pthread.h>
#include <stdlib.h>

#include "base.h"

static _Alignas(CACHE_LINE) char spare[WORKSPACE_BYTES];
static pthread_mutex_t spare_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t key; /* frees a thread's block at its end */
static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static bool has_key;
static _Thread_local void *own;
static _Thread_local bool is_taken;

static void make_key(void) { has_key = pthread_key_create(&key, free) == 0; }

static bool has_own(void) {
    if (own != NULL) return true;
    pthread_once(&key_once, make_key);
    if (!has_key) return false;
    void *block = aligned_alloc(CACHE_LINE, WORKSPACE_BYTES);
    if (block == NULL || pthread_setspecific(key, block) != 0) {
        free(block);
        return false;
    }
    own = block;
    return true;
}

void *workspace_take(void) {
    if (!is_taken && has_own()) {
        is_taken = true;
        return own;
    }
    pthread_mutex_lock(&spare_mutex);
    return spare;
}

void workspace_give(void *workspace) {
    if (workspace == spare)
        pthread_mutex_unlock(&spare_mutex);
    else
        is_taken = false;
}

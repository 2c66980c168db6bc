/* The thread pool: runs the chunks of one operation on several threads, the caller's included.
 *
 * One job at a time. Its chunks are claimed with an atomic ticket, so a slow or preempted thread takes fewer, and the
 * caller, which works too, never waits for a worker that has claimed nothing. Waking a sleeping worker costs tens of
 * microseconds, so only large work wakes; smaller work is shared with workers that still spin after the last job.
 * Sharing that lost time (other processes want our processors) is paid back by running alone for a while. A second
 * thread that finds the pool busy runs its own work alone. After fork() the child starts new workers when it needs
 * them. */
#define _GNU_SOURCE
#include "pool.h"

#include <limits.h>
#include <pthread.h>
#if defined(__linux__)
#include <sched.h>
#endif
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

#include "base.h"
#include "cpu.h"

#define ROW_GAP 200000      /* nanoseconds between calls that end a row of calls, which may be worth waking together */
#define SPIN_MOST 100000    /* nanoseconds that an idle worker spins, */
#define SPIN_LEAST 2000     /* and when it is being preempted */
#define JOIN_SPIN 30000     /* nanoseconds that the caller spins for claimed chunks before it sleeps */
#define WAIT_FAIR 20000     /* nanoseconds, and three chunks, that a worker may finish after the caller */
#define WAKE_SKIPS_MOST 64  /* calls that do not wake after waking brought no help, doubled up to this */
#define LOOK_EVERY 50000000 /* nanoseconds between looks whether to stop */
#define ALONE_LEAST 16      /* calls run alone after sharing lost time, doubled up to */
#define ALONE_MOST 512

/* ticket: generation of the job << 32 | next chunk to claim. CLOSED: nothing to claim, whatever the other fields say.
 */
#define CLOSED UINT32_MAX

static struct {
    _Alignas(CACHE_LINE) _Atomic uint64_t ticket;
    _Alignas(CACHE_LINE) _Atomic(pool_task *) task;
    _Atomic(void *) context;
    _Atomic uint32_t chunks;
    _Atomic uint32_t arithmetic; /* the caller's: see arithmetic_state */
    _Atomic bool stopped;
    _Alignas(CACHE_LINE) _Atomic uint32_t finished; /* chunks that workers have done */
    _Atomic bool caller_sleeps;
    _Atomic int caller_processor;
    _Alignas(CACHE_LINE) _Atomic int spinning; /* workers that would see a new ticket at once */
    _Atomic int sleeping;
    _Atomic int limit; /* threads a job may use; 0: not asked yet */
    atomic_flag busy;  /* a caller has the pool */
    bool fork_handled;
    int workers; /* started; changed by the caller that holds `busy` */
    int alone, alone_next;
    int wake_skips, wake_skips_next;
    double unshared; /* cost of the present row of calls that found no worker awake */
    int64_t unshared_at;
    pthread_mutex_t mutex;
    pthread_cond_t wake, joined;
} pool = {
    .ticket = CLOSED,
    .busy = ATOMIC_FLAG_INIT,
    .alone_next = ALONE_LEAST,
    .wake_skips_next = 1,
    .caller_processor = -1,
    .mutex = PTHREAD_MUTEX_INITIALIZER,
    .wake = PTHREAD_COND_INITIALIZER,
    .joined = PTHREAD_COND_INITIALIZER,
};

/* Of a thread that has asked for looks. */
static _Thread_local struct {
    pool_look *look;
    int64_t at; /* the last look */
    bool stopped;
} looking;

static _Thread_local bool is_worker;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* The processor we run on; -1 where the system does not tell. */
static int processor(void) {
#if defined(__linux__)
    return sched_getcpu();
#else
    return -1;
#endif
}

/* Moves this thread to another processor than `here`, if it may run on one. */
static bool leave(int here) {
#if defined(__linux__)
    cpu_set_t others;
    if (sched_getaffinity(getpid(), sizeof others, &others) != 0) return false;
    CPU_CLR(here, &others);
    return CPU_COUNT(&others) > 0 && sched_setaffinity(0, sizeof others, &others) == 0;
#else
    (void)here;
    return false;
#endif
}

static inline void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* How this thread rounds, and whether subnormal numbers count as 0. Python leaves that alone; other libraries may not,
 * and then all elements of a result must be computed alike. */
static inline uint32_t arithmetic_state(void) {
#if defined(__x86_64__)
    return __builtin_ia32_stmxcsr() & ~0x3fu; /* without the flags of what has happened */
#elif defined(__aarch64__)
    uint64_t state;
    __asm__ volatile("mrs %0, fpcr" : "=r"(state));
    return (uint32_t)state;
#else
    return 0;
#endif
}

static inline void set_arithmetic_state(uint32_t state) {
    if (state == arithmetic_state()) return;
#if defined(__x86_64__)
    __builtin_ia32_ldmxcsr(state);
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)state));
#endif
}

void pool_look_with(pool_look *look) {
    looking.look = look;
    looking.stopped = false;
    if (look != NULL) looking.at = now();
}

bool pool_is_stopped(void) {
    if (is_worker) return atomic_load_explicit(&pool.stopped, memory_order_relaxed);
    if (looking.look == NULL || looking.stopped || now() - looking.at < LOOK_EVERY) return looking.stopped;
    looking.stopped = looking.look();
    looking.at = now();
    return looking.stopped;
}

/* After how many chunks of such a job to ask whether to stop; 0: never. */
static uint32_t chunks_a_look(intptr_t chunks, double cost) {
    if (looking.look == NULL) return 0;
    const double wanted = LOOK_COST * (double)chunks / MAXIMUM(cost, 1.0);
    return (uint32_t)MINIMUM(MAXIMUM(wanted, 1.0), 1024.0);
}

/* Claims and runs chunks of the job that `ticket` belongs to until none is left; returns how many. A worker reports
 * each chunk as soon as it is done, since the caller may be waiting for it alone. The caller looks, after so many
 * chunks, whether to stop. */
static uint32_t claim(uint64_t ticket, bool reports, uint32_t look_after) {
    const uint64_t generation = ticket >> 32;
    uint32_t count = 0;
    for (;;) {
        const uint32_t chunk = (uint32_t)ticket;
        if (chunk == CLOSED || ticket >> 32 != generation) return count;
        /* These belong to the ticket if the exchange below succeeds: the job closes its ticket before they change. */
        const uint32_t chunks = atomic_load_explicit(&pool.chunks, memory_order_relaxed);
        pool_task *task = atomic_load_explicit(&pool.task, memory_order_relaxed);
        void *context = atomic_load_explicit(&pool.context, memory_order_relaxed);
        const uint32_t arithmetic = atomic_load_explicit(&pool.arithmetic, memory_order_relaxed);
        if (chunk >= chunks) return count;
        if (!atomic_compare_exchange_weak_explicit(&pool.ticket, &ticket, ticket + 1, memory_order_acq_rel,
                                                   memory_order_acquire))
            continue;
        if (reports) set_arithmetic_state(arithmetic);
        task(context, chunk);
        count++;
        if (reports) {
            atomic_fetch_add(&pool.finished, 1);
            if (atomic_load(&pool.caller_sleeps)) {
                pthread_mutex_lock(&pool.mutex);
                pthread_cond_signal(&pool.joined);
                pthread_mutex_unlock(&pool.mutex);
            }
        } else if (look_after > 0 && count % look_after == 0 && pool_is_stopped()) {
            return count;
        }
        ticket = atomic_load_explicit(&pool.ticket, memory_order_acquire);
    }
}

static void *worker(void *argument) {
    const int index = (int)(intptr_t)argument; /* 1 .. limit - 1; the caller is 0 */
    int64_t patience = SPIN_MOST;
    is_worker = true;
    uint64_t seen = 0;
    for (;;) {
        atomic_fetch_add(&pool.spinning, 1);
        int64_t start = now(), last = start;
        bool preempted = false;
        for (;;) {
            const uint64_t ticket = atomic_load_explicit(&pool.ticket, memory_order_acquire);
            /* A worker often wakes on the caller's processor, and would take it away: off to another one. */
            const int here = processor();
            if (here >= 0 && here == atomic_load_explicit(&pool.caller_processor, memory_order_relaxed) &&
                !leave(here)) {
                seen = ticket >> 32;
                break;
            }
            if (ticket >> 32 != seen && (uint32_t)ticket != CLOSED &&
                index < atomic_load_explicit(&pool.limit, memory_order_relaxed)) {
                seen = ticket >> 32;
                atomic_fetch_sub(&pool.spinning, 1);
                const bool helped = claim(ticket, true, 0) > 0;
                atomic_fetch_add(&pool.spinning, 1);
                if (helped) start = last = now();
            }
            for (int i = 0; i < 16; i++) pause_briefly();
            const int64_t time = now();
            if (time - last > 50000) preempted = true;
            last = time;
            if (time - start > patience) break;
        }
        /* A worker that others push off its processor is in their way: it soon sleeps instead of spinning. */
        patience = preempted ? MAXIMUM(patience / 4, SPIN_LEAST) : MINIMUM(patience * 2, SPIN_MOST);
        atomic_fetch_sub(&pool.spinning, 1);
        pthread_mutex_lock(&pool.mutex);
        atomic_fetch_add(&pool.sleeping, 1);
        const uint64_t ticket = atomic_load(&pool.ticket);
        if (ticket >> 32 == seen || (uint32_t)ticket == CLOSED) pthread_cond_wait(&pool.wake, &pool.mutex);
        atomic_fetch_sub(&pool.sleeping, 1);
        pthread_mutex_unlock(&pool.mutex);
    }
    return NULL;
}

/* In a forked child no worker lives, and whoever held the pool is gone. */
static void forget_workers(void) {
    atomic_store(&pool.ticket, CLOSED);
    atomic_store(&pool.finished, 0);
    atomic_store(&pool.caller_sleeps, false);
    atomic_store(&pool.spinning, 0);
    atomic_store(&pool.sleeping, 0);
    atomic_flag_clear(&pool.busy);
    pool.workers = 0;
    pthread_mutex_init(&pool.mutex, NULL);
    pthread_cond_init(&pool.wake, NULL);
    pthread_cond_init(&pool.joined, NULL);
}

static void start_workers(int wanted) {
    if (!pool.fork_handled) {
        pthread_atfork(NULL, NULL, forget_workers);
        pool.fork_handled = true;
    }
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, 1 << 20);
    sigset_t all, before; /* signals are Python's business, on Python's threads */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool.workers < wanted) {
        pthread_t thread;
        if (pthread_create(&thread, &attributes, worker, (void *)(intptr_t)(pool.workers + 1)) != 0) break;
        pool.workers++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
}

int pool_threads(void) {
    int limit = atomic_load(&pool.limit);
    if (limit == 0) {
        limit = MINIMUM(cpu_count_threads().threads, POOL_THREADS_MAX);
        atomic_store(&pool.limit, limit);
    }
    return limit;
}

int raptors_xp_thread_pool(void) { return pool_threads(); }

void pool_set_threads(int count) { atomic_store(&pool.limit, MAXIMUM(1, MINIMUM(count, POOL_THREADS_MAX))); }

/* Waits until the workers have done `claimed` chunks. */
static void join(uint32_t claimed) {
    const int64_t start = now();
    while (atomic_load_explicit(&pool.finished, memory_order_acquire) != claimed) {
        for (int i = 0; i < 16; i++) pause_briefly();
        if (now() - start < JOIN_SPIN) continue;
        /* Sleep: if a worker waits for a processor, ours is now free for it. */
        pthread_mutex_lock(&pool.mutex);
        atomic_store(&pool.caller_sleeps, true);
        while (atomic_load(&pool.finished) != claimed) pthread_cond_wait(&pool.joined, &pool.mutex);
        atomic_store(&pool.caller_sleeps, false);
        pthread_mutex_unlock(&pool.mutex);
        return;
    }
}

static void share(pool_task *task, void *context, uint32_t chunks, int wake, uint32_t look_after) {
    const uint64_t generation = (atomic_load_explicit(&pool.ticket, memory_order_relaxed) >> 32) + 1;
    atomic_store_explicit(&pool.task, task, memory_order_relaxed);
    atomic_store_explicit(&pool.context, context, memory_order_relaxed);
    atomic_store_explicit(&pool.chunks, chunks, memory_order_relaxed);
    atomic_store_explicit(&pool.arithmetic, arithmetic_state(), memory_order_relaxed);
    atomic_store_explicit(&pool.stopped, false, memory_order_relaxed);
    atomic_store_explicit(&pool.finished, 0, memory_order_relaxed);
    atomic_store_explicit(&pool.caller_processor, processor(), memory_order_relaxed);
    atomic_store(&pool.ticket, generation << 32);
    if (wake > 0) {
        pthread_mutex_lock(&pool.mutex);
        if (wake == 1)
            pthread_cond_signal(&pool.wake);
        else
            pthread_cond_broadcast(&pool.wake);
        pthread_mutex_unlock(&pool.mutex);
    }
    const int64_t begun = now();
    const uint32_t mine = claim(generation << 32, false, look_after);
    if (looking.stopped) {
        atomic_store_explicit(&pool.stopped, true, memory_order_relaxed);
        /* What has been claimed will be finished, unless a handler of a signal has forked: then there is nobody. */
        const uint32_t claimed = (uint32_t)atomic_exchange(&pool.ticket, generation << 32 | CLOSED);
        if (claimed != CLOSED) join(claimed - mine);
        return;
    }
    if (mine < chunks) {
        pool.wake_skips_next = 1;
    } else if (wake > 0) {
        pool.wake_skips = pool.wake_skips_next;
        pool.wake_skips_next = MINIMUM(pool.wake_skips_next * 2, WAKE_SKIPS_MOST);
    }
    const int64_t end = now();
    atomic_store(&pool.ticket, generation << 32 | CLOSED);
    join(chunks - mine);
    if (mine == chunks) return;
    /* A worker that runs finishes its last chunk soon after we finish ours; one that has lost its processor does not.
     */
    const int64_t waited = now() - end;
    if (waited * mine <= 3 * (end - begun) + WAIT_FAIR * mine) {
        pool.alone_next = MAXIMUM(pool.alone_next / 2, ALONE_LEAST);
    } else {
        pool.alone = pool.alone_next;
        pool.alone_next = MINIMUM(pool.alone_next * 2, ALONE_MOST);
    }
}

/* Is it worth waking workers for this call, or for those that seem to follow it? */
static bool is_worth_waking(double cost) {
    if (pool.wake_skips > 0) {
        pool.wake_skips--;
        return false;
    }
    if (cost >= WAKE_COST) return true;
    const int64_t time = now();
    if (time - pool.unshared_at > ROW_GAP) pool.unshared = 0;
    pool.unshared_at = time;
    pool.unshared += cost;
    if (pool.unshared < WAKE_COST) return false;
    pool.unshared = 0;
    return true;
}

void pool_run(pool_task *task, void *context, intptr_t chunks, double cost) {
    if (looking.stopped) return;
    const uint32_t look_after = chunks_a_look(chunks, cost);
    const int threads = (int)MINIMUM((intptr_t)pool_threads(), chunks);
    if (threads > 1 && chunks < CLOSED && cost >= SHARE_COST && !atomic_flag_test_and_set(&pool.busy)) {
        bool shared = false;
        if (pool.alone > 0) {
            pool.alone--;
        } else {
            const int spinning = atomic_load_explicit(&pool.spinning, memory_order_relaxed);
            const bool wakes = spinning < threads - 1 && is_worth_waking(cost);
            if (wakes && pool.workers < threads - 1) start_workers(threads - 1);
            if (spinning > 0 || wakes) {
                const int sleeping = atomic_load_explicit(&pool.sleeping, memory_order_relaxed);
                share(task, context, (uint32_t)chunks, wakes ? MINIMUM(threads - 1 - spinning, sleeping) : 0,
                      look_after);
                shared = true;
            }
        }
        atomic_flag_clear(&pool.busy);
        if (shared) return;
    }
    for (intptr_t chunk = 0; chunk < chunks; chunk++) {
        task(context, chunk);
        if (look_after > 0 && (chunk + 1) % look_after == 0 && pool_is_stopped()) return;
    }
}

/* The thread pool: runs the chunks of one operation on several threads, the caller's included.
 *
 * One job at a time. Every thread has a part of its chunks, the same part of every job that has as many, so that it
 * finds in its cache what it left there; it claims them with an atomic exchange, from the front. Whoever is done goes
 * on with the parts of the others, from their ends: a slow or preempted thread takes fewer, and the caller, which works
 * too, never waits for a worker that has claimed nothing. Waking a sleeping worker costs tens of microseconds, so only
 * large work wakes; smaller work is shared with workers that still spin after the last job. Sharing that lost time
 * (other processes want our processors) is paid back by running alone for a while. A second thread that finds the pool
 * busy runs its own work alone. After fork() the child starts new workers when it needs them. */
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
#define SPIN_USUAL 100000   /* nanoseconds that an idle worker spins, */
#define SPIN_MOST 400000    /* where the next job has come soon after it fell asleep, */
#define SPIN_LEAST 2000     /* and where it is being preempted */
#define JOIN_SPIN 30000     /* nanoseconds that the caller spins for claimed chunks before it sleeps */
#define WAIT_FAIR 20000     /* nanoseconds that sharing may take longer than the caller alone would have needed */
#define WAKE_SKIPS_MOST 64  /* calls that do not wake after waking brought no help, doubled up to this */
#define LOOK_EVERY 50000000 /* nanoseconds between looks whether to stop */
#define ALONE_LEAST 16      /* calls run alone after sharing lost time, doubled up to */
#define ALONE_MOST 512
#define LONG_COST (500 * COST_OF_MICROSECOND) /* longer calls are shared all the same: help outweighs a delay */

/* What is left of a part: generation of its job | first claim | end of the claims. A claim is one chunk, or a group of
 * neighbours where a job has more than fit. */
enum { CLAIM_BITS = 18, GENERATION_BITS = 64 - 2 * CLAIM_BITS };
#define CLAIM_MASK (((uint64_t)1 << CLAIM_BITS) - 1)
#define GENERATION_MASK (((uint64_t)1 << GENERATION_BITS) - 1)

typedef struct {
    _Alignas(CACHE_LINE) _Atomic uint64_t left;
} job_part;

static struct {
    _Alignas(CACHE_LINE) _Atomic uint64_t job; /* generation of the job << 1 | is it open? */
    _Alignas(CACHE_LINE) _Atomic(pool_task *) task;
    _Atomic(void *) context;
    _Atomic intptr_t chunks, group, look_after; /* chunks of the job, a claim, between looks (0: nobody is asked) */
    _Atomic int parts;
    _Atomic uint32_t arithmetic; /* the caller's: see arithmetic_state */
    _Atomic bool stopped;
    _Alignas(CACHE_LINE) _Atomic uint64_t finished; /* claims that workers have done */
    _Atomic bool caller_sleeps;
    _Atomic int caller_processor;
    _Alignas(CACHE_LINE) _Atomic int spinning; /* workers that would see a new job at once */
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
    job_part part[POOL_THREADS_MAX]; /* of every thread: 0 is the caller's */
} pool = {
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
static intptr_t chunks_a_look(intptr_t chunks, double cost) {
    if (looking.look == NULL) return 0;
    const double wanted = LOOK_COST * (double)chunks / MAXIMUM(cost, 1.0);
    return (intptr_t)MINIMUM(MAXIMUM(wanted, 1.0), 1024.0);
}

static inline uint64_t part_of(uint64_t generation, uint64_t first, uint64_t end) {
    return generation << (2 * CLAIM_BITS) | first << CLAIM_BITS | end;
}

static inline uint64_t claims_left(uint64_t left) { return (left & CLAIM_MASK) - (left >> CLAIM_BITS & CLAIM_MASK); }

/* Claims one of those left in a part of this job, from its front or from its end. */
static bool claim(job_part *part, uint64_t generation, bool front, uint64_t *claimed) {
    uint64_t left = atomic_load_explicit(&part->left, memory_order_acquire);
    for (;;) {
        const uint64_t first = left >> CLAIM_BITS & CLAIM_MASK, end = left & CLAIM_MASK;
        if (left >> (2 * CLAIM_BITS) != generation || first == end) return false;
        *claimed = front ? first : end - 1;
        const uint64_t rest = front ? part_of(generation, first + 1, end) : part_of(generation, first, end - 1);
        if (atomic_compare_exchange_weak_explicit(&part->left, &left, rest, memory_order_acq_rel, memory_order_acquire))
            return true;
    }
}

/* Runs a claimed group of chunks. The caller looks, after so many chunks, whether to stop; then it leaves the rest. */
static void run_group(pool_task *task, void *context, intptr_t first, intptr_t last, intptr_t look_after) {
    for (intptr_t chunk = first; chunk < last; chunk++) {
        task(context, chunk);
        if (look_after > 0 && (chunk + 1) % look_after == 0 && pool_is_stopped()) return;
    }
}

/* Runs what is left of one part; returns how many claims that were. `mine` says that the part is this thread's own. A
 * worker reports each claim as soon as it is done, since the caller may be waiting for it alone. */
static uint64_t run_part(job_part *part, uint64_t generation, bool mine) {
    uint64_t count = 0, claimed;
    for (;;) {
        /* These belong to the job if the claim below succeeds: it ends before they change. */
        pool_task *task = atomic_load_explicit(&pool.task, memory_order_relaxed);
        void *context = atomic_load_explicit(&pool.context, memory_order_relaxed);
        const intptr_t chunks = atomic_load_explicit(&pool.chunks, memory_order_relaxed);
        const intptr_t group = atomic_load_explicit(&pool.group, memory_order_relaxed);
        const intptr_t look_after = atomic_load_explicit(&pool.look_after, memory_order_relaxed);
        const uint32_t arithmetic = atomic_load_explicit(&pool.arithmetic, memory_order_relaxed);
        if (!claim(part, generation, mine, &claimed)) return count;
        if (is_worker) set_arithmetic_state(arithmetic);
        const intptr_t first = (intptr_t)claimed * group;
        run_group(task, context, first, MINIMUM(first + group, chunks), look_after);
        count++;
        if (is_worker) {
            atomic_fetch_add(&pool.finished, 1);
            if (atomic_load(&pool.caller_sleeps)) {
                pthread_mutex_lock(&pool.mutex);
                pthread_cond_signal(&pool.joined);
                pthread_mutex_unlock(&pool.mutex);
            }
        } else if (looking.stopped) {
            return count;
        }
    }
}

/* Runs claims of the job until none is left: those of this thread's part, then those of the next ones. */
static uint64_t run_job(uint64_t generation, int index) {
    const int parts = atomic_load_explicit(&pool.parts, memory_order_relaxed);
    uint64_t count = 0;
    for (int step = 0; step < parts && !looking.stopped; step++) {
        const int place = (index + step) % parts;
        count += run_part(&pool.part[place], generation, place == index);
    }
    return count;
}

static void *worker(void *argument) {
    const int index = (int)(intptr_t)argument; /* 1 .. limit - 1; the caller is 0 */
    int64_t patience = SPIN_USUAL;
    is_worker = true;
    uint64_t seen = 0;
    for (;;) {
        atomic_fetch_add(&pool.spinning, 1);
        int64_t start = now(), last = start;
        bool preempted = false;
        for (;;) {
            const uint64_t job = atomic_load_explicit(&pool.job, memory_order_acquire);
            /* A worker often wakes on the caller's processor, and would take it away: off to another one. */
            const int here = processor();
            if (here >= 0 && here == atomic_load_explicit(&pool.caller_processor, memory_order_relaxed)) {
                if (!leave(here)) {
                    seen = job >> 1;
                    break;
                }
                start = last = now(); /* moving takes as long as being preempted */
            }
            if (job >> 1 != seen && (job & 1) != 0 && index < atomic_load_explicit(&pool.limit, memory_order_relaxed)) {
                seen = job >> 1;
                atomic_fetch_sub(&pool.spinning, 1);
                const bool helped = run_job(seen & GENERATION_MASK, index) > 0;
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
        if (preempted)
            patience = MAXIMUM(patience / 4, SPIN_LEAST);
        else
            patience = patience > SPIN_USUAL ? patience / 2 : MINIMUM(patience * 2, SPIN_USUAL);
        atomic_fetch_sub(&pool.spinning, 1);
        pthread_mutex_lock(&pool.mutex);
        atomic_fetch_add(&pool.sleeping, 1);
        const uint64_t job = atomic_load(&pool.job);
        if (job >> 1 == seen || (job & 1) == 0) pthread_cond_wait(&pool.wake, &pool.mutex);
        if (!preempted && now() - start < SPIN_MOST) patience = SPIN_MOST;
        atomic_fetch_sub(&pool.sleeping, 1);
        pthread_mutex_unlock(&pool.mutex);
    }
    return NULL;
}

/* In a forked child no worker lives, and whoever held the pool is gone. */
static void forget_workers(void) {
    for (int i = 0; i < POOL_THREADS_MAX; i++) atomic_store_explicit(&pool.part[i].left, 0, memory_order_relaxed);
    atomic_store(&pool.job, 0);
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

/* Waits until the workers have done `claimed` claims. */
static void join(uint64_t claimed) {
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

/* Opens a job of so many claims, cut into a part for every thread, and returns its generation. */
static uint64_t open_job(pool_task *task, void *context, intptr_t chunks, intptr_t group, uint64_t claims, int parts,
                         intptr_t look_after) {
    const uint64_t number = (atomic_load_explicit(&pool.job, memory_order_relaxed) >> 1) + 1;
    atomic_store_explicit(&pool.task, task, memory_order_relaxed);
    atomic_store_explicit(&pool.context, context, memory_order_relaxed);
    atomic_store_explicit(&pool.chunks, chunks, memory_order_relaxed);
    atomic_store_explicit(&pool.group, group, memory_order_relaxed);
    atomic_store_explicit(&pool.look_after, look_after, memory_order_relaxed);
    atomic_store_explicit(&pool.parts, parts, memory_order_relaxed);
    atomic_store_explicit(&pool.arithmetic, arithmetic_state(), memory_order_relaxed);
    atomic_store_explicit(&pool.stopped, false, memory_order_relaxed);
    atomic_store_explicit(&pool.finished, 0, memory_order_relaxed);
    atomic_store_explicit(&pool.caller_processor, processor(), memory_order_relaxed);
    const uint64_t generation = number & GENERATION_MASK, count = (uint64_t)parts;
    for (uint64_t part = 0; part < count; part++) {
        const uint64_t left = part_of(generation, claims * part / count, claims * (part + 1) / count);
        atomic_store_explicit(&pool.part[part].left, left, memory_order_release);
    }
    atomic_store(&pool.job, number << 1 | 1);
    return number;
}

/* Takes away what nobody has claimed, and returns how much that was. */
static uint64_t take_rest(uint64_t generation, int parts) {
    uint64_t rest = 0;
    for (int part = 0; part < parts; part++)
        rest += claims_left(atomic_exchange(&pool.part[part].left, part_of(generation, 0, 0)));
    return rest;
}

static void share(pool_task *task, void *context, intptr_t chunks, int parts, int wake, intptr_t look_after) {
    const intptr_t group = ceiling_divide(chunks, (intptr_t)CLAIM_MASK);
    const uint64_t claims = (uint64_t)ceiling_divide(chunks, group);
    const uint64_t number = open_job(task, context, chunks, group, claims, parts, look_after);
    const uint64_t generation = number & GENERATION_MASK;
    if (wake > 0) {
        pthread_mutex_lock(&pool.mutex);
        if (wake == 1)
            pthread_cond_signal(&pool.wake);
        else
            pthread_cond_broadcast(&pool.wake);
        pthread_mutex_unlock(&pool.mutex);
    }
    const int64_t begun = now();
    const uint64_t mine = run_job(generation, 0);
    if (looking.stopped) {
        atomic_store_explicit(&pool.stopped, true, memory_order_relaxed);
        /* What has been claimed will be finished, unless a handler of a signal has forked: then there is nobody. */
        const uint64_t job = atomic_exchange(&pool.job, number << 1);
        if (job >> 1 == number) join(claims - take_rest(generation, parts) - mine);
        return;
    }
    if (mine < claims) {
        pool.wake_skips_next = 1;
    } else if (wake > 0) {
        pool.wake_skips = pool.wake_skips_next;
        pool.wake_skips_next = MINIMUM(pool.wake_skips_next * 2, WAKE_SKIPS_MOST);
    }
    const int64_t end = now();
    atomic_store(&pool.job, number << 1);
    join(claims - mine);
    if (mine == claims) return;
    /* Alone we would have needed for the others' claims as long as for ours, claim by claim. Who has lost its processor
     * keeps us waiting longer. */
    const int64_t took = end - begun, waited = now() - end;
    const int64_t lost = waited - took * (int64_t)(claims - mine) / (int64_t)MAXIMUM(mine, 1);
    if (lost <= WAIT_FAIR) {
        pool.alone_next = MAXIMUM(pool.alone_next / 2, ALONE_LEAST);
    } else {
        /* A shared call gains about the time that it takes: so many of them would make up for the loss. */
        const int64_t to_make_up = MINIMUM(lost / MAXIMUM(took, 1), ALONE_MOST);
        pool.alone = MAXIMUM(pool.alone_next, (int)to_make_up);
        pool.alone_next = MINIMUM(pool.alone_next * 2, ALONE_MOST);
    }
}

/* Is it worth waking workers for this call, or for those that seem to follow it? */
static bool is_worth_waking(double cost) {
    if (pool.wake_skips > 0 && cost < LONG_COST) {
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
    const intptr_t look_after = chunks_a_look(chunks, cost);
    const int threads = (int)MINIMUM((intptr_t)pool_threads(), chunks);
    if (threads > 1 && cost >= SHARE_COST && !atomic_flag_test_and_set(&pool.busy)) {
        bool shared = false;
        if (pool.alone > 0 && cost < LONG_COST) {
            pool.alone--;
        } else {
            const int spinning = atomic_load_explicit(&pool.spinning, memory_order_relaxed);
            const bool wakes = spinning < threads - 1 && is_worth_waking(cost);
            if (wakes && pool.workers < threads - 1) start_workers(threads - 1);
            if (spinning > 0 || wakes) {
                const int sleeping = atomic_load_explicit(&pool.sleeping, memory_order_relaxed);
                share(task, context, chunks, threads, wakes ? MINIMUM(threads - 1 - spinning, sleeping) : 0,
                      look_after);
                shared = true;
            }
        }
        atomic_flag_clear(&pool.busy);
        if (shared) return;
    }
    run_group(task, context, 0, chunks, look_after);
}

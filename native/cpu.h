/* Which instruction set to run, and how many processors we may use. */
#ifndef RAPTORS_CPU_H
#define RAPTORS_CPU_H

/* The variants that every kernel family is compiled for, lowest first. */
#if defined(__x86_64__)
#define ISAS(ISA) ISA(v2) ISA(v3) ISA(v4)
#else
#define ISAS(ISA) ISA(neon)
#endif

enum isa_code {
#define CODE(name) ISA_##name,
    ISAS(CODE)
#undef CODE
        ISA_COUNT
};

extern const char *const isa_names[ISA_COUNT];

/* How many of them this machine runs: cpuid and the operating system's saved registers both count. */
int cpu_isa_supported(void);

typedef struct {
    int affinity; /* processors that the scheduler lets us use */
    int cgroup;   /* whole processors of the cgroup's quota, rounded up; 0 without a quota */
    int raptors;  /* RAPTORS_NUM_THREADS; 0 when unset */
    int openmp;   /* OMP_NUM_THREADS, likewise */
    int threads;  /* what follows from them */
} cpu_threads;

cpu_threads cpu_count_threads(void);

#endif

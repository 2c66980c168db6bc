/* Which instruction set to run, and how many processors we may use. Asks the machine; computes nothing. */
#define _GNU_SOURCE
#include "cpu.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#if defined(__linux__)
#include <sched.h>
#endif

const char *const isa_names[ISA_COUNT] = {
#define NAME(name) #name,
    ISAS(NAME)
#undef NAME
};

#if defined(__x86_64__)
/* Feature bits of cpuid leaves, as in the x86-64 psABI's definition of the levels. */
static bool has(uint32_t word, uint32_t bits) { return (word & bits) == bits; }

int cpu_isa_supported(void) {
    uint32_t a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d)) return 1;
    const uint32_t v3_leaf1 = 1u << 12 /* fma */ | 1u << 22 /* movbe */ | 1u << 27 /* osxsave */ | 1u << 28 /* avx */
                              | 1u << 29 /* f16c */;
    if (!has(c, v3_leaf1)) return 1;
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    if (!has(low, 0x6)) return 1; /* the system saves xmm and ymm */
    if (!__get_cpuid(0x80000001, &a, &b, &c, &d) || !has(c, 1u << 5 /* lzcnt */)) return 1;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 1;
    if (!has(b, 1u << 3 /* bmi1 */ | 1u << 5 /* avx2 */ | 1u << 8 /* bmi2 */)) return 1;
    if (!has(low, 0xe6)) return 2; /* opmask and zmm */
    const uint32_t v4_leaf7 =
        1u << 16 /* f */ | 1u << 17 /* dq */ | 1u << 28 /* cd */ | 1u << 30 /* bw */ | 1u << 31 /* vl */;
    return has(b, v4_leaf7) ? 3 : 2;
}
#else
int cpu_isa_supported(void) { return ISA_COUNT; }
#endif

static int environment_count(const char *name) {
    const char *text = getenv(name);
    if (text == NULL) return 0;
    char *end;
    const long count = strtol(text, &end, 10);
    /* OMP_NUM_THREADS may be a list, one entry a nesting level: the first is ours. */
    if (end == text || (*end != '\0' && *end != ',') || count < 1) return 0;
    return count > 1024 ? 1024 : (int)count;
}

#if defined(__linux__)
static int quota_count(double quota, double period) {
    if (quota <= 0 || period <= 0) return 0;
    const double processors = quota / period;
    const int whole = (int)processors;
    return processors > whole ? whole + 1 : whole;
}

/* The quota of one cgroup folder, version 2 or 1. */
static int folder_quota(const char *folder, bool version_2) {
    char path[PATH_MAX + 32];
    double quota = 0, period = 0;
    if (version_2) {
        snprintf(path, sizeof path, "%s/cpu.max", folder);
        FILE *file = fopen(path, "r");
        if (file == NULL) return 0;
        if (fscanf(file, "%lf %lf", &quota, &period) != 2) quota = 0; /* "max 100000": no quota */
        fclose(file);
        return quota_count(quota, period);
    }
    const char *names[] = {"cpu.cfs_quota_us", "cpu.cfs_period_us"};
    double *values[] = {&quota, &period};
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        FILE *file = fopen(path, "r");
        if (file == NULL) return 0;
        if (fscanf(file, "%lf", values[i]) != 1) *values[i] = 0;
        fclose(file);
    }
    return quota_count(quota, period);
}

/* The tightest quota from our own cgroup up to the root. */
static int cgroup_count(void) {
    FILE *file = fopen("/proc/self/cgroup", "r");
    if (file == NULL) return 0;
    int tightest = 0;
    char line[PATH_MAX];
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *controllers = strchr(line, ':');
        char *path = controllers == NULL ? NULL : strchr(controllers + 1, ':');
        if (path == NULL) continue;
        *path++ = '\0';
        controllers++;
        const bool version_2 = *controllers == '\0';
        if (!version_2 && strcmp(controllers, "cpu") != 0 && strcmp(controllers, "cpu,cpuacct") != 0) continue;
        char folder[PATH_MAX + 32];
        for (;;) {
            snprintf(folder, sizeof folder, "/sys/fs/cgroup%s%s", version_2 ? "" : "/cpu", path);
            const int count = folder_quota(folder, version_2);
            if (count > 0 && (tightest == 0 || count < tightest)) tightest = count;
            char *slash = strrchr(path, '/');
            if (slash == NULL || path[0] == '\0') break;
            *slash = '\0';
        }
    }
    fclose(file);
    return tightest;
}

static int affinity_count(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
}
#else
static int cgroup_count(void) { return 0; }
static int affinity_count(void) { return (int)sysconf(_SC_NPROCESSORS_ONLN); }
#endif

cpu_threads cpu_count_threads(void) {
    cpu_threads found = {
        .affinity = affinity_count(),
        .cgroup = cgroup_count(),
        .raptors = environment_count("RAPTORS_NUM_THREADS"),
        .openmp = environment_count("OMP_NUM_THREADS"),
    };
    if (found.affinity < 1) found.affinity = 1;
    found.threads = found.affinity;
    if (found.cgroup > 0 && found.cgroup < found.threads) found.threads = found.cgroup;
    if (found.raptors > 0)
        found.threads = found.raptors;
    else if (found.openmp > 0)
        found.threads = found.openmp;
    return found;
}

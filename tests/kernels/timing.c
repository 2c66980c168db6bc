/* Times of the kernels on data in the first-level cache: nanoseconds an element, the best of some runs, a column for
 * each instruction set. What to make of them is in docs/performance.md. */
#include "check.h"

#include <time.h>

enum { BYTES = 24 << 10, RUNS = 7 };

static _Alignas(64) char memory[4][BYTES + 64];

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void call(const subject *s, int isa, const tile *t) {
    const table_entry *entry = s->entry[isa];
    char accumulator[64];
    if (s->form == FORM_reduce) {
        entry->reduce->run(t->data[1], t->columns, t->step[1], accumulator);
    } else if (s->form == FORM_product) {
        const intptr_t size = dtype_facts[s->dtype].size;
        entry->product(1, 16, t->columns / 16, t->data[1], size, size, t->data[2], t->columns / 16 * size, size,
                       t->data[0], 0);
    } else {
        entry->elementwise(t);
    }
}

static double nanoseconds(const subject *s, int isa, const tile *t) {
    double best = 1e9;
    intptr_t repeats = 1;
    for (int run = 0; run < RUNS; run++) {
        double elapsed = 0;
        for (;;) {
            const double start = seconds();
            for (intptr_t i = 0; i < repeats; i++) call(s, isa, t);
            elapsed = seconds() - start;
            if (elapsed > 1e-4) break;
            repeats *= 4;
        }
        best = MINIMUM(best, elapsed / (double)repeats);
    }
    return 1e9 * best / (double)t->columns;
}

static void print_row(const subject *s, const char *form, const int *steps, intptr_t count) {
    tile t = {.rows = 1, .columns = count};
    for (int i = 0; i <= s->inputs || (i <= 2 && s->inputs == 0); i++) {
        const enum dtype_code dtype = i == 0 ? s->result : s->inputs ? input_dtype(s, i - 1) : s->dtype;
        t.data[i] = memory[i];
        t.step[i] = steps[i] * dtype_facts[dtype].size;
    }
    printf("%-20s %-5s %-13s", operation_names[s->operation], dtype_facts[s->dtype].name, form);
    for (int isa = 0; isa < s->isas; isa++) printf(" %8.3f", nanoseconds(s, isa, &t));
    printf("\n");
    fflush(stdout);
}

void print_times(const subject *s) {
    /* Their times depend on the elements, or on lengths; `raptors_xp bench` measures them. */
    if (s->form >= FORM_sort || s->form == FORM_transform) return;
    const intptr_t size = MAXIMUM(dtype_facts[s->dtype].size, dtype_facts[s->result].size);
    const intptr_t count = BYTES / 3 / size;
    for (int i = 1; i < 4; i++)
        fill_moderate(s->inputs ? input_dtype(s, MINIMUM(i, s->inputs) - 1) : s->dtype, memory[i], count * 2);
    print_row(s, "contiguous", (const int[]){1, 1, 1, 1}, count);
    if (s->form == FORM_binary) {
        print_row(s, "scalar right", (const int[]){1, 1, 0}, count);
        print_row(s, "scalar left", (const int[]){1, 0, 1}, count);
    }
    if (s->form == FORM_ternary) print_row(s, "scalar third", (const int[]){1, 1, 1, 0}, count);
    if (s->inputs) print_row(s, "strided", (const int[]){1, 2, 2, 2}, count / 2);
}

/* The kernel check: goes through the operations of the manifest. An operation's name as argument restricts it to that
 * one;
 * `--time [operation]` prints nanoseconds an element instead. How each form is checked is in the other files. */
#include "check.h"

#include <stdarg.h>
#include <stdlib.h>

enum dtype_code input_dtype(const subject *s, int input) {
    return s->entry[0]->has_condition && input == 0 ? CODE_b8 : s->dtype;
}

const char *kernel_name(const subject *s, int isa) {
    static char name[64];
    snprintf(name, sizeof name, "%s_%s_%s", operation_names[s->operation], dtype_facts[s->dtype].name,
             isa_names[s->first_isa + isa]);
    return name;
}

void fail(const subject *s, int isa, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fflush(stdout);
    fprintf(stderr, "\n%s: ", kernel_name(s, isa));
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    exit(1);
}

static bool find_subject(subject *s, int operation, int dtype, int isas) {
    *s = (subject){.operation = (enum operation_code)operation, .dtype = (enum dtype_code)dtype, .isas = isas};
    for (int isa = 0; isa < isas; isa++) {
        table_use((enum isa_code)isa);
        s->entry[isa] = table_find(operation, dtype);
        if (s->entry[isa] == NULL) return false;
    }
    s->form = s->entry[0]->form;
    s->result = s->entry[0]->result;
    s->inputs = s->form == FORM_unary ? 1 : s->form == FORM_binary ? 2 : s->form == FORM_ternary ? 3 : 0;
    return true;
}

static uint64_t check_subject(const subject *s) {
    if (s->form == FORM_reduce) return check_reduce(s);
    if (s->form == FORM_product) return check_product(s);
    if (s->form == FORM_transform) return check_transform(s);
    if (s->form >= FORM_sort) return check_axis(s);
    if (s->inputs == 0) fail(s, 0, "kernels of this form have no check: write one in tests/kernels");
    if (has_reference(s) && !is_elementary(s)) return check_elementwise(s);
    uint64_t results = 0;
    for (int isa = 0; isa < s->isas; isa++) { /* each against itself */
        subject one = *s;
        one.isas = 1, one.first_isa = isa, one.entry[0] = s->entry[isa];
        results += check_elementwise(&one);
    }
    return results;
}

int main(int count, char **arguments) {
    bool timing = false;
    const char *wanted = NULL;
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--time") == 0)
            timing = true;
        else
            wanted = arguments[i];
    }
    const int isas = cpu_isa_supported();
    printf("instruction sets:");
    for (int isa = 0; isa < isas; isa++) printf(" %s", isa_names[isa]);
    printf("\n");
    uint64_t kernels_total = 0, results_total = 0;
    for (int operation = 0; operation < OPERATION_COUNT; operation++) {
        if (wanted != NULL && strcmp(wanted, operation_names[operation]) != 0) continue;
        uint64_t kernels = 0, results = 0;
        for (int dtype = 0; dtype < DTYPE_COUNT; dtype++) {
            subject s;
            if (!find_subject(&s, operation, dtype, isas)) continue;
            if (timing)
                print_times(&s);
            else
                results += check_subject(&s);
            kernels += (uint64_t)isas;
        }
        if (!timing) {
            printf("%-20s %4llu kernels %10llu results\n", operation_names[operation], (unsigned long long)kernels,
                   (unsigned long long)results);
            fflush(stdout);
        }
        kernels_total += kernels;
        results_total += results;
    }
    if (kernels_total == 0) {
        fprintf(stderr, "no operation %s in the manifest\n", wanted == NULL ? "" : wanted);
        return 2;
    }
    if (!timing)
        printf("all equal: %llu kernels, %llu results\n", (unsigned long long)kernels_total,
               (unsigned long long)results_total);
    return 0;
}

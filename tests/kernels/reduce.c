/* The check of the reductions: integers exactly, floats close to a long double reference, and the same bits on every
 * instruction set. */
#include <math.h>

#include "check.h"
#include "kernels/reduce/reference.h"

enum { ELEMENTS = 1 << 15, COLUMNS = 67, GUARD = 0x5a };

static _Alignas(64) char input[ELEMENTS * 16];

static void compare(const subject *s, const char *how, intptr_t n, const char *got, reduction r) {
    if (s->result < CODE_f32) {
        char right[8];
        store_integer(s->result, right, r.integer);
        if (memcmp(got, right, (size_t)dtype_facts[s->result].size) != 0)
            fail(s, 0, "%s, %td elements: %s, not %s", how, n, text(s->result, got), text(s->result, right));
        return;
    }
    for (int part = 0; part <= is_complex(s->result); part++) {
        const long double x = load_part(s->result, got, part), y = r.part[part];
        if (r.allowed[part] < 0 || (isnan(x) && isnan(y))) continue;
        if (x != y && !(fabsl(x - y) <= r.allowed[part]))
            fail(s, 0, "%s, %td elements: part %d is %.20Lg, not %.20Lg within %Lg", how, n, part, x, y,
                 r.allowed[part]);
    }
}

/* --- the kernels --- */

static void finish(const subject *s, int isa, const char *accumulators, intptr_t width, intptr_t count, char *results) {
    enum { ROOM = (2 * COLUMNS + 2) * 16 };
    static char out[ROOM];
    const intptr_t size = dtype_facts[s->result].size, step = 2 * size;
    memset(out, GUARD, sizeof out);
    s->entry[isa]->reduce->finish(accumulators, width, count, out + size, step);
    for (intptr_t k = 0; k < (intptr_t)sizeof out; k++) {
        const bool written = k >= size && (k - size) % step < size && (k - size) / step < width;
        if (written)
            results[(k - size) / step * size + (k - size) % step] = out[k];
        else if (out[k] != GUARD)
            fail(s, isa, "finish of %td wrote at byte %td", width, k - size);
    }
}

static uint64_t same_everywhere(const subject *s, int isa, const char *how, intptr_t n, const char *first,
                                const char *got, intptr_t width) {
    const intptr_t size = dtype_facts[s->result].size;
    for (intptr_t j = 0; j < width; j++) {
        if (!is_same(s->result, first + j * size, got + j * size))
            fail(s, isa, "%s, %td elements, result %td: %s, but %s on %s", how, n, j, text(s->result, got + j * size),
                 text(s->result, first + j * size), isa_names[0]);
    }
    return (uint64_t)width;
}

static uint64_t check_run(const subject *s, const char *in, intptr_t n, intptr_t step, bool empty_is_undefined) {
    _Alignas(64) char accumulators[2][64], first[16], got[16];
    uint64_t results = 0;
    for (int isa = 0; isa < s->isas; isa++) {
        const reduce_kernels *k = s->entry[isa]->reduce;
        k->run(in, n, step, accumulators[0]);
        finish(s, isa, accumulators[0], 1, n, isa == 0 ? first : got);
        if (isa == 0 && !(n == 0 && empty_is_undefined))
            compare(s, "run", n, first, reduce_reference(s->operation, s->dtype, in, n, step));
        results += isa == 0 ? 1 : same_everywhere(s, isa, "run", n, first, got, 1);
    }
    if (n < 2) return results;
    for (int isa = 0; isa < s->isas; isa++) { /* in two pieces */
        const reduce_kernels *k = s->entry[isa]->reduce;
        k->run(in, n / 3 + 1, step, accumulators[0]);
        k->run(in + (n / 3 + 1) * step, n - n / 3 - 1, step, accumulators[1]);
        if (n - n / 3 - 1 > 0) k->merge(accumulators[0], accumulators[1], 1);
        finish(s, isa, accumulators[0], 1, n, isa == 0 ? first : got);
        if (isa == 0) compare(s, "run and merge", n, first, reduce_reference(s->operation, s->dtype, in, n, step));
        results += isa == 0 ? 1 : same_everywhere(s, isa, "run and merge", n, first, got, 1);
    }
    return results;
}

static uint64_t check_across(const subject *s, const char *in, intptr_t rows, intptr_t row_step, intptr_t width,
                             intptr_t step) {
    enum { MARGIN = 64 };
    static _Alignas(64) char accumulators[2 * MARGIN + COLUMNS * 32], first[COLUMNS * 16], got[COLUMNS * 16];
    uint64_t results = 0;
    for (int isa = 0; isa < s->isas; isa++) {
        const reduce_kernels *k = s->entry[isa]->reduce;
        memset(accumulators, GUARD, sizeof accumulators);
        k->across(in, rows, row_step, width, step, accumulators + MARGIN);
        for (intptr_t j = 0; j < (intptr_t)sizeof accumulators; j++) {
            if ((j < MARGIN || j >= MARGIN + width * k->size) && accumulators[j] != GUARD)
                fail(s, isa, "across %td rows of %td wrote at byte %td", rows, width, j - MARGIN);
        }
        finish(s, isa, accumulators + MARGIN, width, rows, isa == 0 ? first : got);
        if (isa > 0) results += same_everywhere(s, isa, "across", rows, first, got, width);
    }
    for (intptr_t j = 0; j < width; j++) {
        const char *column = in + j * step;
        compare(s, "across", rows, first + j * dtype_facts[s->result].size,
                reduce_reference(s->operation, s->dtype, column, rows, row_step));
    }
    return results + (uint64_t)width;
}

/* Short lines give the bits that each gives by itself. */
static uint64_t check_lines(const subject *s, const char *in, intptr_t count, intptr_t line_step, intptr_t n,
                            intptr_t step) {
    enum { LINES = 150, MARGIN = 64 };
    static _Alignas(64) char accumulators[2 * MARGIN + LINES * 32], alone[64], results[LINES * 16], result[16];
    const intptr_t size = dtype_facts[s->result].size;
    for (int isa = 0; isa < s->isas; isa++) {
        const reduce_kernels *k = s->entry[isa]->reduce;
        if (n > k->short_line) continue;
        memset(accumulators, GUARD, sizeof accumulators);
        k->lines(in, count, line_step, n, step, accumulators + MARGIN);
        for (intptr_t j = 0; j < (intptr_t)sizeof accumulators; j++) {
            if ((j < MARGIN || j >= MARGIN + count * k->size) && accumulators[j] != GUARD)
                fail(s, isa, "%td lines of %td wrote at byte %td", count, n, j - MARGIN);
        }
        for (intptr_t first = 0; first < count; first += COLUMNS) {
            const intptr_t some = MINIMUM(COLUMNS, count - first);
            finish(s, isa, accumulators + MARGIN + first * k->size, some, n, results + first * size);
        }
        for (intptr_t line = 0; line < count; line++) {
            k->run(in + line * line_step, n, step, alone);
            finish(s, isa, alone, 1, n, result);
            if (!is_same(s->result, results + line * size, result))
                fail(s, isa, "line %td of %td elements: %s, but alone %s", line, n,
                     text(s->result, results + line * size), text(s->result, result));
        }
    }
    return (uint64_t)count;
}

static uint64_t check_inputs(const subject *s) {
    static const intptr_t longer[] = {255,  256,  257,  511,  1023, 1024, 1025, 2047,
                                      4095, 4096, 4097, 5000, 8191, 8193, 10000};
    const intptr_t size = dtype_facts[s->dtype].size, vectors = 3 * VECTOR_BYTES / size + 1;
    const bool undefined =
        s->operation == OPERATION_max || s->operation == OPERATION_min || s->operation == OPERATION_mean;
    uint64_t results = 0;
    for (intptr_t n = 0; n <= vectors + (intptr_t)(sizeof longer / sizeof *longer); n++) {
        const intptr_t length = n <= vectors ? n : longer[n - vectors - 1], offset = n * 5 % 61 * size;
        results += check_run(s, input + offset, length, size, undefined);
        results += check_run(s, input + offset, length, 3 * size, undefined);
        results += check_run(s, input + offset + (length + 1) * size, length, -size, undefined);
    }
    for (intptr_t n = 1; n <= SHORT_LINE; n++) {
        results += check_lines(s, input, 150, n * size, n, size);
        results += check_lines(s, input + 150 * n * size, 11 + n, -2 * size, n, 71 * size);
    }
    for (intptr_t rows = 1; rows <= 34; rows++) {
        for (intptr_t width = rows % 3; width <= COLUMNS; width += 3) {
            results += check_across(s, input + width * size, rows, (COLUMNS + 2) * size, width, size);
            results += check_across(s, input + width * size, rows, size, width, 35 * size);
        }
        results += check_across(s, input + COLUMNS * size, rows, COLUMNS * size, COLUMNS, -size);
    }
    return results;
}

uint64_t check_reduce(const subject *s) {
    fill_moderate(s->dtype, input, ELEMENTS);
    uint64_t results = check_inputs(s);
    const intptr_t size = dtype_facts[s->dtype].size;
    if (s->dtype >= CODE_f32) { /* a few that are not moderate */
        static const long double rare[] = {INFINITY, NAN, -INFINITY, -0.0L, 0, 1e-40L, INFINITY, INFINITY};
        for (intptr_t i = 0; i < ELEMENTS; i += 1 + (intptr_t)(random_bits() % 900))
            store_part(s->dtype, input + i * size, is_complex(s->dtype) && i % 2, rare[random_bits() % 8]);
        if (s->operation != OPERATION_prod || !is_complex(s->dtype)) results += check_inputs(s);
    } else if (s->dtype != CODE_b8) {
        fill_mixed(s->dtype, input, ELEMENTS);
        results += check_inputs(s);
    }
    if (s->operation != OPERATION_any && s->operation != OPERATION_all) return results;
    memset(input, 0, sizeof input); /* zeros alone, then one element that is not zero */
    results += check_inputs(s);
    if (s->dtype < CODE_f32)
        store_integer(s->dtype, input + 300 * size, 1);
    else
        store_part(s->dtype, input + 300 * size, is_complex(s->dtype), 1);
    return results + check_inputs(s);
}

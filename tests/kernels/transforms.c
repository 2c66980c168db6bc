/* The check of the steps of Fourier transforms: whole transforms of several lines against the definition in long
 * double, forward, of real elements and back; the same bits on every instruction set, whatever the strides. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "kernels/fourier/reference.h"

enum { LENGTH_MAX = 128, LINES_MAX = 16, ELEMENT_BYTES = 2 * VECTOR_BYTES };

static _Alignas(64) char blocks[2][(LENGTH_MAX + 1) * ELEMENT_BYTES];
static char input[LENGTH_MAX * LINES_MAX * 16], results[ISA_COUNT][(LENGTH_MAX + 1) * LINES_MAX * 16];
static char roots[LENGTH_MAX * 16], half_roots[LENGTH_MAX * 16];

static void fill_roots(enum dtype_code dtype, char *to, intptr_t order, intptr_t count) {
    const intptr_t size = dtype_facts[dtype].size;
    for (intptr_t k = 0; k < count; k++) {
        const wide_complex root = wide_root(k, order);
        store_part(dtype, to + 2 * k * size, 0, root.re), store_part(dtype, to + 2 * k * size, 1, root.im);
    }
}

static char *run_steps(const transform_kernels *kernel, intptr_t n) {
    char *from = blocks[0], *to = blocks[1];
    static const intptr_t radices[] = {4, 2, 3, 5, 7, 11, 13, 61};
    intptr_t stride = 1, rest = n;
    for (int i = 0; i < 8; i++) {
        for (; rest % radices[i] == 0; stride *= radices[i]) {
            rest /= radices[i];
            kernel->pass(to, from, radices[i], rest, stride, roots);
            char *const swapped = from;
            from = to, to = swapped;
        }
    }
    return from;
}

static void compare(const subject *s, int isa, intptr_t n, intptr_t lines, const wide_complex *exact, intptr_t count,
                    long double length, const char *got) {
    const intptr_t size = dtype_facts[s->dtype].size;
    const long double allowed =
        8 * log2l(2 + (long double)n) * sqrtl((long double)n) * length * unit_roundoff(s->dtype);
    for (intptr_t i = 0; i < count; i++) {
        const long double re = load_part(s->dtype, got + 2 * i * size, 0),
                          im = load_part(s->dtype, got + 2 * i * size, 1);
        if (!(hypotl(re - exact[i].re, im - exact[i].im) <= allowed))
            fail(s, isa, "element %ld of %ld, %ld lines: (%Lg, %Lg) instead of (%Lg, %Lg)", (long)i, (long)n,
                 (long)lines, re, im, exact[i].re, exact[i].im);
    }
}

/* Lines of n complex elements, or of n / 2 pairs that are n real ones, whose half spectrum has n / 2 + 1 elements; that
 * goes back to the input. */
static uint64_t check_length(const subject *s, intptr_t n, intptr_t lines, bool is_real) {
    const intptr_t size = dtype_facts[s->dtype].size, pairs = is_real ? n / 2 : n, count = is_real ? pairs + 1 : n;
    static wide_complex in[LENGTH_MAX], exact[LENGTH_MAX + 1];
    fill_moderate(s->dtype, input, 2 * pairs * lines);
    fill_roots(s->dtype, roots, pairs, pairs);
    fill_roots(s->dtype, half_roots, n, n / 4 + 1);
    for (int isa = 0; isa < s->isas; isa++) {
        const transform_kernels *kernel = s->entry[isa]->transform;
        kernel->load(blocks[0], input, input + size, 2 * size, 2 * pairs * size, pairs, lines);
        char *block = run_steps(kernel, pairs);
        if (is_real) kernel->split(block, pairs, half_roots);
        memset(results[isa], 0, sizeof results[isa]);
        kernel->store(block, results[isa], results[isa] + size, 2 * size, 2 * count * size, count, lines, 1);
        if (memcmp(results[isa], results[0], sizeof results[isa]) != 0)
            fail(s, isa, "other bits, of length %ld", (long)n);
        for (intptr_t line = 0; line < lines; line++) {
            long double squares = 0;
            for (intptr_t i = 0; i < n; i++) {
                const char *at = input + (2 * pairs * line + (is_real ? i : 2 * i)) * size;
                in[i] = (wide_complex){load_part(s->dtype, at, 0), is_real ? 0 : load_part(s->dtype, at, 1)};
                squares += in[i].re * in[i].re + in[i].im * in[i].im;
            }
            for (intptr_t i = 0; i < count; i++) exact[i] = fourier_reference(in, n, i);
            compare(s, isa, n, lines, exact, count, sqrtl(squares), results[isa] + 2 * count * line * size);
            if (!is_real) continue;
            kernel->load(blocks[0], results[isa] + 2 * count * line * size,
                         results[isa] + 2 * count * line * size + size, 2 * size, 0, count, 1);
            kernel->join(blocks[0], pairs, half_roots);
            char back[LENGTH_MAX * 16];
            kernel->store(run_steps(kernel, pairs), back + size, back, 2 * size, 0, pairs, 1, 1 / (double)n);
            for (intptr_t i = 0; i < pairs; i++) exact[i] = (wide_complex){in[2 * i].re, in[2 * i + 1].re};
            compare(s, isa, n, lines, exact, pairs, sqrtl(squares) * 2, back);
        }
    }
    return (uint64_t)(count * lines * s->isas);
}

uint64_t check_transform(const subject *s) {
    static const intptr_t lengths[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,   12,  15, 16,
                                       20, 22, 26, 32, 60, 61, 64, 77, 100, 122, 128};
    uint64_t results_total = 0;
    for (int i = 0; i < (int)(sizeof lengths / sizeof *lengths); i++) {
        for (intptr_t lines = 1; lines <= VECTOR_BYTES / dtype_facts[s->dtype].size; lines++) {
            results_total += check_length(s, lengths[i], lines, false);
            if (lengths[i] % 2 == 0) results_total += check_length(s, lengths[i], lines, true);
        }
    }
    return results_total;
}

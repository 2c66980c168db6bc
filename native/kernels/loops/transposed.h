/* Short lines: some of them side by side, copied so that the first elements of all of them follow one another in
 * memory, then the second ones ... A kernel that works across rows then works on whole vectors, of any lines. */
#ifndef RAPTORS_LOOPS_TRANSPOSED_H
#define RAPTORS_LOOPS_TRANSPOSED_H

#include "kernels/loops/elementwise.h"

enum {
    TRANSPOSED_BYTES = 8 << 10, /* a quarter of the smallest first-level cache, as much as a small stack can lend */
    TRANSPOSED_MOST = 64,       /* lines at a time: whole vectors of any dtype */
};

/* How many lines of n elements of `size` bytes are copied at a time: some whole vectors, as n <= SHORT_LINE. */
static inline intptr_t transposed_lines(intptr_t n, intptr_t size) {
    const intptr_t lanes = VECTOR_BYTES / size;
    return MINIMUM(TRANSPOSED_MOST, TRANSPOSED_BYTES / (n * size) / lanes * lanes);
}

/* Places k * width + line of `out` are in[line][k], for n elements k of `count` lines; lines from there to `width` are
 * like the last. */
#define TRANSPOSE                                                                                           \
    static void f(transpose)(const char *in, intptr_t count, intptr_t line_step, intptr_t n, intptr_t step, \
                             intptr_t width, T *out) {                                                      \
        for (intptr_t line = 0; line < width; line++) {                                                     \
            const char *from = in + MINIMUM(line, count - 1) * line_step;                                   \
            PLAIN_LOOP                                                                                      \
            for (intptr_t k = 0; k < n; k++) out[k * width + line] = *(const T *)(from + k * step);         \
        }                                                                                                   \
    }

/* A kernel for short lines, NAME, by one that works across rows, ACROSS, whose results are of type RESULT. */
#define LINES_ACROSS(NAME, ACROSS, RESULT)                                                                           \
    static void NAME(const char *in, intptr_t count, intptr_t line_step, intptr_t n, intptr_t step, void *out) {     \
        T transposed[TRANSPOSED_BYTES / sizeof(T)];                                                                  \
        const intptr_t most = transposed_lines(n, sizeof(T));                                                        \
        for (intptr_t first = 0; first < count; first += most) {                                                     \
            const intptr_t some = MINIMUM(most, count - first);                                                      \
            f(transpose)(in + first * line_step, some, line_step, n, step, some, transposed);                        \
            ACROSS((const char *)transposed, n, some * (intptr_t)sizeof(T), some, sizeof(T), (RESULT *)out + first); \
        }                                                                                                            \
    }

#endif

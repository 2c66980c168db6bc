/* Template of the kernels of Fourier transforms, for one type of parts: what surrounds the steps of passes.h. Lines are
 * loaded into blocks and stored from them here, and what is real is made of what is complex. The table of kernels is
 * below. */
#undef STEP_BYTES
#if defined(__AVX512F__)
#define STEP_BYTES 64
#elif defined(__AVX__)
#define STEP_BYTES 32
#else
#define STEP_BYTES 16
#endif
#undef VECTORS
#define VECTORS (VECTOR_BYTES / STEP_BYTES) /* of a part of an element */

#include "kernels/fourier/passes.h"

/* --- loading and storing ------------------------------------------------------------------------------------------ */

/* Elements of a line at a time, which are a few cache lines of each. */
enum { f(TILE) = 16 };

/* Elements of two parts side by side, of lines side by side: they are only taken apart. */
static void f(load_dense)(const char *in, intptr_t step, intptr_t n, T *first, T *second) {
    for (intptr_t i = 0; i < n; i++, in += step, first += 2 * f(LINES), second += 2 * f(LINES)) {
        const T *from = (const T *)in;
        for (int line = 0; line < f(LINES); line++) first[line] = from[2 * line], second[line] = from[2 * line + 1];
    }
}

static void f(load_pairs)(const char *in, intptr_t step, intptr_t line_step, intptr_t n, intptr_t lines, T *first,
                          T *second) {
    for (intptr_t start = 0; start < n; start += f(TILE)) {
        const intptr_t count = MINIMUM((intptr_t)f(TILE), n - start);
        for (intptr_t line = 0; line < lines; line++) {
            const char *from = in + line * line_step + start * step;
            for (intptr_t i = 0; i < count; i++, from += step) {
                const intptr_t at = (start + i) * 2 * f(LINES) + line;
                first[at] = ((const T *)from)[0], second[at] = ((const T *)from)[1];
            }
        }
    }
}

static void f(load_part)(T *to, const char *in, intptr_t step, intptr_t line_step, intptr_t n, intptr_t lines) {
    if (in == NULL) {
        for (intptr_t i = 0; i < n; i++) memset(to + i * 2 * f(LINES), 0, VECTOR_BYTES);
        return;
    }
    for (intptr_t start = 0; start < n; start += f(TILE)) {
        const intptr_t count = MINIMUM((intptr_t)f(TILE), n - start);
        for (intptr_t line = 0; line < lines; line++) {
            const char *from = in + line * line_step + start * step;
            for (intptr_t i = 0; i < count; i++, from += step) to[(start + i) * 2 * f(LINES) + line] = *(const T *)from;
        }
    }
}

static void f(load)(void *block, const char *re, const char *im, intptr_t step, intptr_t line_step, intptr_t n,
                    intptr_t lines) {
    T *to = block;
    if (lines < f(LINES)) memset(block, 0, (size_t)n * 2 * VECTOR_BYTES);
    const bool is_turned = im != NULL && re == im + sizeof(T);
    T *const first = is_turned ? to + f(LINES) : to, *const second = is_turned ? to : to + f(LINES);
    const char *const low = is_turned ? im : re;
    if (!is_turned && (re == NULL || im != re + sizeof(T))) {
        f(load_part)(to, re, step, line_step, n, lines);
        f(load_part)(to + f(LINES), im, step, line_step, n, lines);
    } else if (lines == f(LINES) && line_step == 2 * sizeof(T)) {
        f(load_dense)(low, step, n, first, second);
    } else {
        f(load_pairs)(low, step, line_step, n, lines, first, second);
    }
}

static void f(store_pairs)(char *out, intptr_t step, intptr_t line_step, intptr_t n, intptr_t lines, const T *first,
                           const T *second, T factor) {
    for (intptr_t start = 0; start < n; start += f(TILE)) {
        const intptr_t count = MINIMUM((intptr_t)f(TILE), n - start);
        for (intptr_t line = 0; line < lines; line++) {
            char *to = out + line * line_step + start * step;
            for (intptr_t i = 0; i < count; i++, to += step) {
                const intptr_t at = (start + i) * 2 * f(LINES) + line;
                ((T *)to)[0] = first[at] * factor, ((T *)to)[1] = second[at] * factor;
            }
        }
    }
}

static void f(store_dense)(char *out, intptr_t step, intptr_t n, const T *first, const T *second, T factor) {
    for (intptr_t i = 0; i < n; i++, out += step, first += 2 * f(LINES), second += 2 * f(LINES)) {
        T *to = (T *)out;
        for (int line = 0; line < f(LINES); line++)
            to[2 * line] = first[line] * factor, to[2 * line + 1] = second[line] * factor;
    }
}

static void f(store_part)(const T *from, char *out, intptr_t step, intptr_t line_step, intptr_t n, intptr_t lines,
                          T factor) {
    if (out == NULL) return;
    for (intptr_t start = 0; start < n; start += f(TILE)) {
        const intptr_t count = MINIMUM((intptr_t)f(TILE), n - start);
        for (intptr_t line = 0; line < lines; line++) {
            char *to = out + line * line_step + start * step;
            for (intptr_t i = 0; i < count; i++, to += step)
                *(T *)to = from[(start + i) * 2 * f(LINES) + line] * factor;
        }
    }
}

static void f(store)(const void *block, char *re, char *im, intptr_t step, intptr_t line_step, intptr_t n,
                     intptr_t lines, double factor) {
    const T *from = block;
    const bool is_turned = im != NULL && re == im + sizeof(T);
    const T *const first = is_turned ? from + f(LINES) : from, *const second = is_turned ? from : from + f(LINES);
    char *const low = is_turned ? im : re;
    if (!is_turned && (re == NULL || im != re + sizeof(T))) {
        f(store_part)(from, re, step, line_step, n, lines, (T)factor);
        f(store_part)(from + f(LINES), im, step, line_step, n, lines, (T)factor);
    } else if (lines == f(LINES) && line_step == 2 * sizeof(T)) {
        f(store_dense)(low, step, n, first, second, (T)factor);
    } else {
        f(store_pairs)(low, step, line_step, n, lines, first, second, (T)factor);
    }
}

/* --- between the steps -------------------------------------------------------------------------------------------- */

#define ELEMENT(i) (block + ((i) * 2 * VECTORS + v))

static void f(twist)(void *data, intptr_t n, const void *element_roots, const void *line_roots) {
    f(vector) *block = data;
    const f(vector) *by = line_roots;
    const T *root = element_roots;
    for (intptr_t i = 0; i < n; i++, root += 2) {
        for (int v = 0; v < VECTORS; v++) {
            const f(complex) x = f(get)(ELEMENT(i)), w = f(turned)(f(get)(by + (i * 2 * VECTORS + v)), root);
            f(put)(ELEMENT(i), (f(complex)){x.re * w.re - x.im * w.im, x.re * w.im + x.im * w.re});
        }
    }
}

ALWAYS_INLINE f(complex) f(conjugate)(f(complex) x) { return (f(complex)){x.re, -x.im}; }

static void f(split)(void *data, intptr_t half, const void *table) {
    f(vector) *block = data;
    const T *roots = table;
    for (int v = 0; v < VECTORS; v++) {
        const f(complex) x = f(get)(ELEMENT(0));
        f(put)(ELEMENT(0), (f(complex)){x.re + x.im, {0}});
        f(put)(ELEMENT(half), (f(complex)){x.re - x.im, {0}});
    }
    for (intptr_t k = 1; k <= half - k; k++) {
        for (int v = 0; v < VECTORS; v++) {
            const f(complex) x = f(get)(ELEMENT(k)), y = f(conjugate)(f(get)(ELEMENT(half - k)));
            const f(complex) even = f(scaled)(f(plus)(x, y), (T)0.5), rest = f(scaled)(f(minus)(x, y), (T)0.5);
            const f(complex) odd = f(turned)((f(complex)){rest.im, -rest.re}, roots + 2 * k);
            f(put)(ELEMENT(k), f(plus)(even, odd));
            f(put)(ELEMENT(half - k), f(conjugate)(f(minus)(even, odd)));
        }
    }
}

static void f(join)(void *data, intptr_t half, const void *table) {
    f(vector) *block = data;
    const T *roots = table;
    for (int v = 0; v < VECTORS; v++) {
        const f(vector) first = ELEMENT(0)[0], last = ELEMENT(half)[0];
        f(put)(ELEMENT(0), (f(complex)){first - last, first + last});
    }
    for (intptr_t k = 1; k <= half - k; k++) {
        const T root[2] = {roots[2 * k], -roots[2 * k + 1]};
        for (int v = 0; v < VECTORS; v++) {
            const f(complex) x = f(get)(ELEMENT(k)), y = f(conjugate)(f(get)(ELEMENT(half - k)));
            const f(complex) even = f(plus)(x, y), odd = f(turned)(f(minus)(x, y), root);
            f(put)(ELEMENT(half - k), (f(complex)){odd.re - even.im, even.re + odd.im});
            f(put)(ELEMENT(k), (f(complex)){even.im + odd.re, even.re - odd.im});
        }
    }
}

static void f(mirror)(void *data, intptr_t n) {
    f(vector) *block = data;
    memset(block + VECTORS, 0, VECTOR_BYTES);
    for (intptr_t k = 1; k <= n / 2; k++) {
        for (int v = 0; v < VECTORS; v++) {
            const f(complex) x = f(get)(ELEMENT(k));
            f(put)(ELEMENT(n - k), x);
            f(put)(ELEMENT(k), f(conjugate)(x));
        }
    }
}

#undef ELEMENT

const transform_kernels KERNEL(fourier) = {f(load), f(store), f(pass), f(twist), f(split), f(join), f(mirror)};

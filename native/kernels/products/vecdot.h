/* Dot products of one dtype, sums of conj(a) * b along vectors with any steps: template. Contiguous vectors are summed
 * by dot.h; neighbouring ones, whose elements are interleaved, together. */
#include "kernels/products/dot.h"

#define STRIP 512 /* neighbouring vectors that are summed together */
#define ACROSS 64 /* products added to a sum in a row */
#define SHORT 8   /* so few elements are summed in order */

ALWAYS_INLINE void f(add_product_to)(T *total, const T *x, const T *y) {
#if defined(IS_COMPLEX)
    const T product = {x->re * y->re + x->im * y->im, x->re * y->im - x->im * y->re};
#elif defined(IS_INTEGER)
    const T product = (T)((u64)*x * (u64)*y);
#else
    const T product = *x * *y;
#endif
    f(add_to)(total, &product);
}

/* The dot product of vectors with any steps, gathered a piece at a time. */
static void f(dot_gathered)(intptr_t n, const char *a, intptr_t a_step, const char *b, intptr_t b_step, T *out) {
    T x[ACROSS * 8], y[ACROSS * 8], total, piece;
    memset(&total, 0, sizeof total);
    for (intptr_t start = 0; start < n; start += ACROSS * 8) {
        const intptr_t count = MINIMUM(ACROSS * 8, n - start);
        PLAIN_LOOP
        for (intptr_t i = 0; i < count; i++) {
            x[i] = *(const T *)(a + (start + i) * a_step);
            y[i] = *(const T *)(b + (start + i) * b_step);
        }
        f(dot)(x, y, count, true, &piece);
        f(add_to)(&total, &piece);
    }
    *out = total;
}

/* The dot product of a few elements, in their order. */
ALWAYS_INLINE void f(short_dot)(intptr_t n, const char *a, intptr_t a_step, const char *b, intptr_t b_step, T *out) {
    T total;
    memset(&total, 0, sizeof total);
    PLAIN_LOOP
    for (intptr_t i = 0; i < n; i++)
        f(add_product_to)(&total, (const T *)(a + i * a_step), (const T *)(b + i * b_step));
    *out = total;
}

/* Neighbouring vectors together. da and db are 1 where the operand has a vector for each result, 0 where it has one for
 * all.
 */
ALWAYS_INLINE void f(dots_across)(intptr_t rows, intptr_t inner, const char *a, const int da, intptr_t a_step,
                                  const char *b, const int db, intptr_t b_step, T *out) {
    T sums[STRIP];
    for (intptr_t first = 0; first < rows; first += STRIP) {
        const intptr_t n = MINIMUM(STRIP, rows - first);
        T *total = out + first;
        memset(total, 0, (size_t)n * sizeof(T));
        for (intptr_t start = 0; start < inner; start += ACROSS) {
            memset(sums, 0, (size_t)n * sizeof(T));
            for (intptr_t k = start; k < MINIMUM(inner, start + ACROSS); k++) {
                const T *x = (const T *)(a + k * a_step) + first * da, *y = (const T *)(b + k * b_step) + first * db;
                VECTOR_LOOP
                for (intptr_t j = 0; j < n; j++) f(add_product_to)(sums + j, x + j * da, y + j * db);
            }
            VECTOR_LOOP
            for (intptr_t j = 0; j < n; j++) f(add_to)(total + j, sums + j);
        }
    }
}

void KERNEL(vecdot)(intptr_t rows, intptr_t inner, intptr_t columns, const char *a, intptr_t a_row, intptr_t a_step,
                    const char *b, intptr_t b_row, intptr_t b_step, char *out, intptr_t out_row) {
    (void)columns;
    const intptr_t size = sizeof(T);
    const bool contiguous = (a_step == size && b_step == size) || inner == 1;
    const bool neighbours =
        out_row == size && rows >= 8 && (a_row == size || a_row == 0) && (b_row == size || b_row == 0);
    if (neighbours && !contiguous && a_row == size && b_row == size) {
        f(dots_across)(rows, inner, a, 1, a_step, b, 1, b_step, (T *)out);
    } else if (neighbours && !contiguous && a_row == size) {
        f(dots_across)(rows, inner, a, 1, a_step, b, 0, b_step, (T *)out);
    } else if (neighbours && !contiguous && b_row == size) {
        f(dots_across)(rows, inner, a, 0, a_step, b, 1, b_step, (T *)out);
    } else {
        for (intptr_t i = 0; i < rows; i++, a += a_row, b += b_row, out += out_row) {
            if (inner <= SHORT)
                f(short_dot)(inner, a, a_step, b, b_step, (T *)out);
            else if (contiguous)
                f(dot)((const T *)a, (const T *)b, inner, true, (T *)out);
            else
                f(dot_gathered)(inner, a, a_step, b, b_step, (T *)out);
        }
    }
}

#undef STRIP
#undef ACROSS
#undef SHORT

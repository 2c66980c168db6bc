/* One reduction of one dtype: all of its kernels but `run`, which by_vectors.h, extremes.h, complex_product.h and
 * in_order.h have, and `lines`, which by_vectors.h has too (LINES_ARE_THERE). They include this header, reduce.h
 * includes one of them once for each reduction. base.h says what the kernels promise.
 *
 * Parameters, undefined again at the end:
 *   NAME           the operation; its `run`, f(NAME_run), is there already
 *   ACCUMULATOR    the type of results and of what leads to them; T where it is not given
 *   ELEMENT(x)     an element as an accumulator; x itself where it is not given
 *   COMBINE(a, b)  two accumulators in one
 *   NEUTRAL        the accumulator that changes none it is combined with. Products of complex numbers have none: an
 *                  infinite number times 1 may become another infinite number
 *   EMPTY          the result of no elements; NEUTRAL where it is not given
 *   STOP_AT        the accumulator that no further element changes, if there is one; in_order.h and the walk look for
 *                  it
 * TRANSPOSE (transposed.h) has been made for the dtype. */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/loops/transposed.h"
#include "kernels/reduce/parameters.h"

/* Four rows at a time, so that the accumulators are read and written once for four. Without a neutral element row by
 * row, because the products of infinite complex numbers depend on the order. */
static void OWN(across)(const char *in, intptr_t rows, intptr_t row_step, intptr_t n, intptr_t step,
                        void *accumulators) {
    ACCUMULATOR *total = accumulators;
    const bool contiguous = step == sizeof(T);
    intptr_t row = 0;
#if defined(NEUTRAL)
    if (contiguous && rows >= 4) {
        const T *r0 = (const T *)in, *r1 = (const T *)(in + row_step), *r2 = (const T *)(in + 2 * row_step),
                *r3 = (const T *)(in + 3 * row_step);
        VECTOR_LOOP
        for (intptr_t j = 0; j < n; j++) {
            const ACCUMULATOR low = COMBINE(ELEMENT(r0[j]), ELEMENT(r1[j])),
                              high = COMBINE(ELEMENT(r2[j]), ELEMENT(r3[j]));
            total[j] = COMBINE(low, high);
        }
        for (row = 4; row + 4 <= rows; row += 4) {
            r0 = (const T *)(in + row * row_step);
            r1 = (const T *)(in + (row + 1) * row_step);
            r2 = (const T *)(in + (row + 2) * row_step);
            r3 = (const T *)(in + (row + 3) * row_step);
            VECTOR_LOOP
            for (intptr_t j = 0; j < n; j++) {
                const ACCUMULATOR low = COMBINE(ELEMENT(r0[j]), ELEMENT(r1[j])),
                                  high = COMBINE(ELEMENT(r2[j]), ELEMENT(r3[j]));
                const ACCUMULATOR four = COMBINE(low, high);
                total[j] = COMBINE(total[j], four);
            }
        }
    }
#endif
    if (row == 0) {
        PLAIN_LOOP
        for (intptr_t j = 0; j < n; j++) total[j] = ELEMENT(*(const T *)(in + j * step));
        row = 1;
    }
    for (; row < rows; row++) {
        const char *elements = in + row * row_step;
        if (contiguous) {
            VECTOR_LOOP
            for (intptr_t j = 0; j < n; j++) {
                const ACCUMULATOR element = ELEMENT(((const T *)elements)[j]);
                total[j] = COMBINE(total[j], element);
            }
        } else {
            PLAIN_LOOP
            for (intptr_t j = 0; j < n; j++) {
                const ACCUMULATOR element = ELEMENT(*(const T *)(elements + j * step));
                total[j] = COMBINE(total[j], element);
            }
        }
    }
}

#if !defined(LINES_ARE_THERE)
enum { OWN(short_line) = SHORT_LINE };

/* The order of the elements of a line counts for products of complex numbers alone, and is that of run. */
LINES_ACROSS(OWN(lines), OWN(across), ACCUMULATOR)
#endif

#if defined(STOP_AT)
static bool OWN(is_final)(const void *accumulator) { return *(const ACCUMULATOR *)accumulator == STOP_AT; }
#define IS_FINAL OWN(is_final)
#else
#define IS_FINAL NULL
#endif

static void OWN(merge)(void *into, const void *from, intptr_t n) {
    ACCUMULATOR *total = into;
    const ACCUMULATOR *more = from;
    VECTOR_LOOP
    for (intptr_t j = 0; j < n; j++) total[j] = COMBINE(total[j], more[j]);
}

static void OWN(finish)(const void *accumulators, intptr_t n, intptr_t count, char *out, intptr_t step) {
    (void)count;
    const ACCUMULATOR *from = accumulators;
    PLAIN_LOOP
    for (intptr_t j = 0; j < n; j++) *(ACCUMULATOR *)(out + j * step) = from[j];
}

const reduce_kernels KERNEL(NAME) = {
    sizeof(ACCUMULATOR), OWN(run), OWN(across), OWN(lines), OWN(short_line), OWN(merge), OWN(finish), IS_FINAL,
};

#undef OWN
#undef NAME
#undef ACCUMULATOR
#undef ELEMENT
#undef COMBINE
#undef NEUTRAL
#undef EMPTY
#undef STOP_AT
#undef IS_FINAL

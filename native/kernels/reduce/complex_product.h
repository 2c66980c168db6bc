/* The product of one complex dtype: a part of reduce.h. The parameters are those of reduction.h.
 *
 * Short lines go element by element, like those that lie across (reduction.h). Of others, CHAINS products are taken
 * side by side, each of every CHAINS-th element, in vectors of their real and of their imaginary parts, and combined
 * pairwise at the end: the order is the same on every instruction set. Every chain begins with an element, as there is
 * no neutral number to begin with (reduction.h). */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/reduce/parameters.h"

#define LANES (VECTOR_BYTES / (intptr_t)sizeof(PART))
#define CHAINS (2 * LANES)
#define BLOCK_ELEMENTS ((intptr_t)(4096 / sizeof(T))) /* whole rounds of all chains */

typedef PART OWN(vector) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(PART)), aligned(sizeof(PART))));
typedef PART OWN(pair) __attribute__((ext_vector_type(2 * VECTOR_BYTES / sizeof(PART)), aligned(sizeof(PART))));
typedef struct {
    OWN(vector) re[2], im[2];
} OWN(chains);

ALWAYS_INLINE OWN(chains) OWN(load)(const T *in) {
    OWN(chains) loaded;
    for (int k = 0; k < 2; k++) {
        const OWN(pair) elements = *(const OWN(pair) *)(in + k * LANES);
        loaded.re[k] = elements.even;
        loaded.im[k] = elements.odd;
    }
    return loaded;
}

ALWAYS_INLINE void OWN(multiply)(OWN(chains) * chains, const T *in) {
    const OWN(chains) by = OWN(load)(in);
    for (int k = 0; k < 2; k++) {
        const OWN(vector) re = chains->re[k], im = chains->im[k];
        chains->re[k] = re * by.re[k] - im * by.im[k];
        chains->im[k] = re * by.im[k] + im * by.re[k];
    }
}

/* The product of the chains and of `rest` elements, fewer than there are chains, that go on with them. */
static T OWN(join)(const OWN(chains) * chains, const T *in, intptr_t rest) {
    T products[CHAINS];
    const PART *re = (const PART *)chains->re, *im = (const PART *)chains->im;
    for (intptr_t k = 0; k < CHAINS; k++) products[k] = (T){re[k], im[k]};
    for (intptr_t k = 0; k < rest; k++) products[k] = COMBINE(products[k], in[k]);
    for (intptr_t half = CHAINS / 2; half >= 1; half /= 2) {
        for (intptr_t k = 0; k < half; k++) products[k] = COMBINE(products[k], products[k + half]);
    }
    return products[0];
}

static void OWN(run)(const char *in, intptr_t n, intptr_t step, void *accumulator) {
    _Static_assert(SHORT_LINE >= CHAINS && BLOCK_ELEMENTS % CHAINS == 0, "a line that is not short has all chains");
    T total = n > 0 ? *(const T *)in : EMPTY;
    if (n <= SHORT_LINE) {
        for (intptr_t i = 1; i < n; i++) total = COMBINE(total, *(const T *)(in + i * step));
        *(T *)accumulator = total;
        return;
    }
    T gathered[BLOCK_ELEMENTS];
    OWN(chains) chains;
    for (intptr_t start = 0, count; start < n; start += count) {
        count = MINIMUM(step == sizeof(T) ? n : BLOCK_ELEMENTS, n - start);
        const T *elements = (const T *)(in + start * step);
        if (step != sizeof(T)) {
            copy_strided(in + start * step, count, step, sizeof(T), gathered);
            elements = gathered;
        }
        intptr_t i = 0;
        if (start == 0) {
            chains = OWN(load)(elements);
            i = CHAINS;
        }
        for (; i + CHAINS <= count; i += CHAINS) OWN(multiply)(&chains, elements + i);
        if (start + count == n) total = OWN(join)(&chains, elements + i, count - i);
    }
    *(T *)accumulator = total;
}

#undef LANES
#undef CHAINS
#undef BLOCK_ELEMENTS

#include "kernels/reduce/reduction.h"

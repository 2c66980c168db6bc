/* One of max and min of one floating-point dtype: a part of reduce.h. The parameters are those of reduction.h, and:
 *   GOES_BEFORE(a, b)   whether a is more extreme than b, as extreme_block.h wants it; undefined again at the end
 *   FIRST_ZERO          which of 0 and -0 is the extreme of both; undefined again at the end
 *
 * Vectors are compared as if 0 and -0 were equal. Which of them it is is asked only where the extreme is zero: the
 * comparison that tells them apart takes several times as long. */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/reduce/parameters.h"

#define LANES ((intptr_t)(VECTOR_BYTES / sizeof(T)))
#define BLOCK_ELEMENTS ((intptr_t)(4096 / sizeof(T)))

#include "kernels/loops/extreme_block.h"

/* Is FIRST_ZERO among n elements? */
static bool OWN(has_first_zero)(const char *in, intptr_t n, intptr_t step) {
    enum { AT_ONCE = 64 };
    const T zero = FIRST_ZERO;
    UNSIGNED_T wanted, bits;
    memcpy(&wanted, &zero, sizeof wanted);
    intptr_t i = 0;
    for (; step == sizeof(T) && i + AT_ONCE <= n; i += AT_ONCE) {
        bool found = false;
        VECTOR_LOOP
        for (intptr_t k = 0; k < AT_ONCE; k++) found |= ((const UNSIGNED_T *)in)[i + k] == wanted;
        if (found) return true;
    }
    for (; i < n; i++) {
        memcpy(&bits, in + i * step, sizeof bits);
        if (bits == wanted) return true;
    }
    return false;
}

static void OWN(run)(const char *in, intptr_t n, intptr_t step, void *accumulator) {
    T gathered[BLOCK_ELEMENTS], best = EMPTY;
    const intptr_t most = step == sizeof(T) ? n : BLOCK_ELEMENTS;
    bool has_nan = false;
    for (intptr_t start = 0; start < n && !has_nan; start += most) {
        const intptr_t count = MINIMUM(most, n - start);
        const T *elements = (const T *)(in + start * step);
        if (step != sizeof(T)) {
            copy_strided(in + start * step, count, step, sizeof(T), gathered);
            elements = gathered;
        }
        const T of_block = OWN(of_block)(elements, count, &has_nan);
        best = GOES_BEFORE(of_block, best) ? of_block : best;
    }
    if (has_nan)
        best = (T)__builtin_nan("");
    else if (best == 0)
        best = OWN(has_first_zero)(in, n, step) ? FIRST_ZERO : -FIRST_ZERO;
    *(T *)accumulator = best;
}

#undef LANES
#undef BLOCK_ELEMENTS
#undef GOES_BEFORE
#undef FIRST_ZERO

#include "kernels/reduce/reduction.h"

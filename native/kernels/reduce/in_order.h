/* One reduction of one dtype, element by element; the compiler may reorder those of integers. A part of reduce.h. The
 * parameters are those of reduction.h; MORE_IS_THERE where OWN(more) is. */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/loops/transposed.h"
#include "kernels/reduce/parameters.h"

/* After so many elements a reduction tests whether it can stop. */
#define STRETCH 4096
#define BLOCK_ELEMENTS ((intptr_t)(4096 / sizeof(T))) /* that are copied at a time, where they are strided */

#if !defined(MORE_IS_THERE)
/* The total with n more elements, which are contiguous. */
ALWAYS_INLINE ACCUMULATOR OWN(more)(ACCUMULATOR total, const T *in, intptr_t n) {
    _Pragma("clang loop vectorize(enable)") for (intptr_t i = 0; i < n; i++) total = COMBINE(total, ELEMENT(in[i]));
    return total;
}
#endif

static void OWN(run)(const char *in, intptr_t n, intptr_t step, void *accumulator) {
#if defined(NEUTRAL)
    ACCUMULATOR total = NEUTRAL;
    intptr_t start = 0;
#else
    ACCUMULATOR total = n > 0 ? ELEMENT(*(const T *)in) : EMPTY;
    intptr_t start = 1;
#endif
    T gathered[BLOCK_ELEMENTS];
    intptr_t count;
    for (; start < n; start += count) {
        count = MINIMUM(step == sizeof(T) ? STRETCH : BLOCK_ELEMENTS, n - start);
        if (step == sizeof(T)) {
            total = OWN(more)(total, (const T *)in + start, count);
        } else {
            copy_strided(in + start * step, count, step, sizeof(T), gathered);
            total = OWN(more)(total, gathered, count);
        }
#if defined(STOP_AT)
        if (total == STOP_AT) break;
#endif
    }
    *(ACCUMULATOR *)accumulator = total;
}

#undef STRETCH
#undef BLOCK_ELEMENTS

#include "kernels/reduce/reduction.h"

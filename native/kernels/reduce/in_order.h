/* One reduction of one dtype, element by element; the compiler may reorder those of integers. A part of reduce.h. The
 * parameters are those of reduction.h. */
#include "kernels/loops/elementwise.h"
#include "kernels/reduce/parameters.h"

/* After so many elements a reduction tests whether it can stop. */
#define STRETCH 4096

static void OWN(run)(const char *in, intptr_t n, intptr_t step, void *accumulator) {
#if defined(NEUTRAL)
    ACCUMULATOR total = NEUTRAL;
    intptr_t start = 0;
#else
    ACCUMULATOR total = n > 0 ? ELEMENT(*(const T *)in) : EMPTY;
    intptr_t start = 1;
#endif
    for (; start < n; start += STRETCH) {
        const intptr_t count = MINIMUM(STRETCH, n - start);
        if (step == sizeof(T)) {
            const T *elements = (const T *)in + start;
            _Pragma("clang loop vectorize(enable)") for (intptr_t i = 0; i < count; i++) total =
                COMBINE(total, ELEMENT(elements[i]));
        } else {
            const char *elements = in + start * step;
            PLAIN_LOOP
            for (intptr_t i = 0; i < count; i++) {
                const ACCUMULATOR element = ELEMENT(*(const T *)(elements + i * step));
                total = COMBINE(total, element);
            }
        }
#if defined(STOP_AT)
        if (total == STOP_AT) break;
#endif
    }
    *(ACCUMULATOR *)accumulator = total;
}

#undef STRETCH

#include "kernels/reduce/reduction.h"

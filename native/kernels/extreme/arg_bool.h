/* One of argmax and argmin of bool: a part of extreme.h. The extreme is the first WANTED value, or else the first
 * element, so the search ends where it finds one.
 *
 * Parameters, undefined again at the end: NAME, argmax or argmin; WANTED, true or false.
 */
#include "kernels/loops/elementwise.h"

#define OWN(STEP) f(PASTE(PASTE(NAME, _), STEP))

/* The highest bit of each byte of eight elements that is wanted. */
ALWAYS_INLINE u64 OWN(eight)(const char *in) {
    const u64 low = 0x7f7f7f7f7f7f7f7f;
    u64 bytes;
    memcpy(&bytes, in, 8);
    const u64 is_true = (((bytes & low) + low) | bytes) & ~low;
    return WANTED ? is_true : is_true ^ ~low;
}

/* The first of n elements that is wanted; n if there is none. A block without one is passed over by vectors. */
static intptr_t OWN(find)(const char *in, intptr_t n, intptr_t step) {
    enum { BLOCK_ELEMENTS = 256 };
    intptr_t i = 0;
    for (bool none = true; step == 1 && none && i + BLOCK_ELEMENTS <= n; i += none ? BLOCK_ELEMENTS : 0) {
        u8 found = 0;
        VECTOR_LOOP
        for (intptr_t k = 0; k < BLOCK_ELEMENTS; k++) found |= (in[i + k] != 0) == WANTED;
        none = found == 0;
    }
    for (; step == 1 && i + 8 <= n; i += 8) {
        const u64 found = OWN(eight)(in + i);
        if (found != 0) return i + FIRST_BYTE(found);
    }
    while (i < n && (in[i * step] != 0) != WANTED) i++;
    return i;
}

static void OWN(along)(const char *in, intptr_t n, intptr_t step, void *extreme, i64 *index) {
    const intptr_t found = OWN(find)(in, n, step);
    *index = found < n ? found : 0;
    *(b8 *)extreme = found < n ? WANTED : !WANTED;
}

static void OWN(across)(const char *in, intptr_t n, i64 row, void *extremes, i64 *indices) {
    b8 *best = extremes;
    for (intptr_t j = 0; row == 0 && j < n; j++) {
        best[j] = !WANTED;
        indices[j] = 0;
    }
    VECTOR_LOOP
    for (intptr_t j = 0; j < n; j++) {
        const b8 value = in[j] != 0;
        indices[j] = value == WANTED && best[j] != WANTED ? row : indices[j];
        best[j] = value == WANTED ? WANTED : best[j];
    }
}

static bool OWN(is_better)(const void *later, const void *earlier) {
    return *(const b8 *)later == WANTED && *(const b8 *)earlier != WANTED;
}

static void OWN(lines)(const char *in, intptr_t count, intptr_t line_step, intptr_t n, intptr_t step, i64 *indices) {
    for (intptr_t line = 0; line < count; line++) {
        const intptr_t found = OWN(find)(in + line * line_step, n, step);
        indices[line] = found < n ? found : 0;
    }
}

const extreme_kernels KERNEL(NAME) = {sizeof(T), OWN(along), OWN(across), OWN(lines), OWN(is_better)};

#undef OWN
#undef NAME

#undef WANTED

/* One of argmax and argmin of one dtype: a part of extreme.h.
 *
 * Along a line the extreme of each block is found by vectors; only the block that has the extreme of all is searched
 * for its place.
 *
 * Parameters, the first two undefined again at the end:
 *   NAME                   argmax or argmin
 *   GOES_BEFORE(a, b)      whether a is more extreme than b: of elements, or of vectors, lane by lane
 *   NUMBER(x), IS_NAN(x)   of elements, as extreme.h has them
 */
#include "kernels/loops/elementwise.h"

#define OWN(STEP) f(PASTE(PASTE(NAME, _), STEP))
#define BLOCK_ELEMENTS ((intptr_t)(4096 / sizeof(T)))
#define LANES ((intptr_t)(VECTOR_BYTES / sizeof(T)))

typedef T OWN(vector) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(T)), aligned(sizeof(T))));

/* Does the extreme of later elements go before that of earlier ones? */
ALWAYS_INLINE bool OWN(beats)(T later, T earlier) {
    return GOES_BEFORE(later, earlier) || (IS_NAN(later) && !IS_NAN(earlier));
}

/* The extreme of n >= 1 elements, leaving nan out; *has_nan tells whether there is one. */
ALWAYS_INLINE T OWN(of_block)(const T *in, intptr_t n, bool *has_nan) {
    T best = NUMBER(in[0]);
    bool nan = IS_NAN(best);
    intptr_t i = 0;
#if !defined(IS_BOOL)
    if (n >= 4 * LANES) {
        OWN(vector) v[4];
        __typeof__(v[0] != v[0]) nans = 0;
        for (int k = 0; k < 4; k++) v[k] = best;
        for (; i + 4 * LANES <= n; i += 4 * LANES) {
            for (int k = 0; k < 4; k++) {
                const OWN(vector) x = *(const OWN(vector) *)(in + i + k * LANES);
                v[k] = GOES_BEFORE(x, v[k]) ? x : v[k];
#if defined(IS_FLOAT)
                nans |= x != x;
#endif
            }
        }
        for (int k = 1; k < 4; k++) v[0] = GOES_BEFORE(v[k], v[0]) ? v[k] : v[0];
        T lanes[VECTOR_BYTES / sizeof(T)];
        memcpy(lanes, &v[0], sizeof lanes);
        for (intptr_t half = LANES / 2; half >= 1; half /= 2) {
            for (intptr_t k = 0; k < half; k++)
                lanes[k] = GOES_BEFORE(lanes[k + half], lanes[k]) ? lanes[k + half] : lanes[k];
        }
        best = lanes[0];
        nan |= __builtin_reduce_or(nans) != 0;
    }
#endif
    for (; i < n; i++) {
        const T x = NUMBER(in[i]);
        nan |= IS_NAN(x);
        best = GOES_BEFORE(x, best) ? x : best;
    }
    *has_nan = nan;
    return best;
}

/* Is `best` among n elements; or nan, if there is one somewhere? */
ALWAYS_INLINE bool OWN(is_in)(const T *in, intptr_t n, T best, bool has_nan) {
    bool found = false;
    if (has_nan) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) found |= IS_NAN(in[i]);
    } else {
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) found |= NUMBER(in[i]) == best;
    }
    return found;
}

/* The index of the first such element, which there is. */
ALWAYS_INLINE intptr_t OWN(find)(const T *in, intptr_t n, T best, bool has_nan) {
    intptr_t start = 0;
    while (start + 64 <= n && !OWN(is_in)(in + start, 64, best, has_nan)) start += 64;
    while (start + 8 <= n && !OWN(is_in)(in + start, 8, best, has_nan)) start += 8;
    while (start < n - 1 && !OWN(is_in)(in + start, 1, best, has_nan)) start++;
    return start;
}

/* Contiguous elements: where they lie, or copied to `room`. */
ALWAYS_INLINE const T *OWN(gathered)(const char *in, intptr_t count, intptr_t step, T *room) {
    if (step == sizeof(T)) return (const T *)in;
    PLAIN_LOOP
    for (intptr_t i = 0; i < count; i++) room[i] = *(const T *)(in + i * step);
    return room;
}

static void OWN(along)(const char *in, intptr_t n, intptr_t step, void *extreme, i64 *index) {
    T gathered[4096 / sizeof(T)], best = NUMBER(*(const T *)in);
    intptr_t place = 0; /* of the block with the extreme */
    bool has_nan = IS_NAN(best);
    for (intptr_t start = 0; start < n && !has_nan; start += BLOCK_ELEMENTS) {
        const intptr_t count = MINIMUM(BLOCK_ELEMENTS, n - start);
        const T *elements = OWN(gathered)(in + start * step, count, step, gathered);
        const T of_block = OWN(of_block)(elements, count, &has_nan);
        if (has_nan || GOES_BEFORE(of_block, best)) {
            best = of_block;
            place = start;
        }
    }
    const intptr_t count = MINIMUM(BLOCK_ELEMENTS, n - place);
    *index = place + OWN(find)(OWN(gathered)(in + place * step, count, step, gathered), count, best, has_nan);
    *(T *)extreme = NUMBER(*(const T *)(in + *index * step));
}

static void OWN(across)(const char *in, intptr_t n, i64 row, void *extremes, i64 *indices) {
    const T *x = (const T *)in;
    T *best = extremes;
    if (row == 0) {
        for (intptr_t j = 0; j < n; j++) {
            best[j] = NUMBER(x[j]);
            indices[j] = 0;
        }
        return;
    }
    VECTOR_LOOP
    for (intptr_t j = 0; j < n; j++) {
        const T value = NUMBER(x[j]), old = best[j];
        const bool beats = GOES_BEFORE(value, old) | (IS_NAN(value) & !IS_NAN(old));
        best[j] = beats ? value : old;
        indices[j] = beats ? row : indices[j];
    }
}

static bool OWN(is_better)(const void *later, const void *earlier) {
    return OWN(beats)(*(const T *)later, *(const T *)earlier);
}

const extreme_kernels KERNEL(NAME) = {sizeof(T), OWN(along), OWN(across), OWN(is_better)};

#undef OWN
#undef BLOCK_ELEMENTS
#undef LANES
#undef NAME
#undef GOES_BEFORE

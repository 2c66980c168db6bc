/* One of argmax and argmin of one dtype of numbers: a part of extreme.h.
 *
 * Along a line the extreme of each block is found by vectors; only the block that has the extreme of all is searched
 * for its place, and of a short line of integers only a part of it.
 *
 * Parameters, all but the last undefined again at the end:
 *   NAME                argmax or argmin
 *   GOES_BEFORE(a, b)   whether a is more extreme than b: of elements, or of vectors, lane by lane
 *   EXTREME_LANE(v)     the most extreme lane of a vector of integers
 *   IS_NAN(x)           of an element; NEW_NAN(x, best), lanes where x alone is nan
 *   IS_SOUGHT(x, ...)   whether x is the extreme, of elements or of vectors, as extreme.h has them
 */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/loops/transposed.h"

#define OWN(STEP) f(PASTE(PASTE(NAME, _), STEP))
#define BLOCK_ELEMENTS ((intptr_t)(4096 / sizeof(T)))
#define LANES ((intptr_t)(VECTOR_BYTES / sizeof(T)))
#define STRETCH (4 * LANES)            /* elements of a stretch: a block has few enough for the smallest integers */
#define AT_ONCE MINIMUM(4, 64 / LANES) /* vectors that are searched with one jump */

#include "kernels/loops/extreme_block.h"

/* Does the extreme of later elements go before that of earlier ones? */
ALWAYS_INLINE bool OWN(beats)(T later, T earlier) {
    return GOES_BEFORE(later, earlier) || (IS_NAN(later) && !IS_NAN(earlier));
}

/* Which elements of a vector are `best`, or nan: a bit for each. */
ALWAYS_INLINE u64 OWN(sought)(const T *in, T best, bool has_nan) {
    const OWN(vector) x = *(const OWN(vector) *)in;
    const OWN(lanes) is_sought = __builtin_convertvector(IS_SOUGHT(x, best, has_nan), OWN(lanes));
    u64 bits = 0;
    memcpy(&bits, &is_sought, LANES / 8);
    return bits;
}

/* The index of the first element that is `best`, or of the first nan if there is one. */
ALWAYS_INLINE intptr_t OWN(find)(const T *in, intptr_t n, T best, bool has_nan) {
    intptr_t i = 0;
    for (; i + AT_ONCE * LANES <= n; i += AT_ONCE * LANES) {
        u64 found = 0;
        for (int k = 0; k < AT_ONCE; k++) found |= OWN(sought)(in + i + k * LANES, best, has_nan) << k * LANES % 64;
        if (found != 0) return i + __builtin_ctzll(found);
    }
    for (; i + LANES <= n; i += LANES) {
        const u64 found = OWN(sought)(in + i, best, has_nan);
        if (found != 0) return i + __builtin_ctzll(found);
    }
    while (i < n - 1 && !IS_SOUGHT(in[i], best, has_nan)) i++;
    return i;
}

/* Contiguous elements: where they lie, or copied to `room`. */
ALWAYS_INLINE const T *OWN(gathered)(const char *in, intptr_t count, intptr_t step, T *room) {
    if (step == sizeof(T)) return (const T *)in;
    copy_strided(in, count, step, sizeof(T), room);
    return room;
}

#if !defined(IS_FLOAT)
/* The index of the first extreme among integers, no more than a block has. Of each lane it is known in which stretch of
 * vectors its extreme came first, so that only one stretch is searched; the last one overlaps that before it. */
ALWAYS_INLINE intptr_t OWN(in_block)(const T *in, intptr_t n) {
    OWN(vector) best = *(const OWN(vector) *)in;
    __typeof__(best != best) stretch = 0;
    const intptr_t last = n - STRETCH;
    for (intptr_t i = 0, number = 0; i < n; i += STRETCH, number++) {
        const OWN(vector) *x = (const OWN(vector) *)(in + MINIMUM(i, last));
        const OWN(vector) low = GOES_BEFORE(x[1], x[0]) ? x[1] : x[0], high = GOES_BEFORE(x[3], x[2]) ? x[3] : x[2];
        const OWN(vector) most = GOES_BEFORE(high, low) ? high : low;
        const __typeof__(stretch) beats = GOES_BEFORE(most, best);
        best = beats ? most : best;
        stretch = beats ? (__typeof__(stretch))number : stretch;
    }
    const T extreme = OWN(lane)(best);
    const __typeof__(stretch) found = best == extreme ? stretch : (__typeof__(stretch))INT8_MAX;
    const intptr_t start = MINIMUM((intptr_t)__builtin_reduce_min(found) * STRETCH, last);
    return start + OWN(find)(in + start, STRETCH, extreme, false);
}
#endif

static void OWN(along)(const char *in, intptr_t n, intptr_t step, void *extreme, i64 *index) {
    T gathered[4096 / sizeof(T)], best = *(const T *)in;
#if !defined(IS_FLOAT)
    if (n >= STRETCH && n <= BLOCK_ELEMENTS && step == sizeof(T)) {
        *index = OWN(in_block)((const T *)in, n);
        *(T *)extreme = ((const T *)in)[*index];
        return;
    }
#endif
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
    *(T *)extreme = *(const T *)(in + *index * step);
}

static void OWN(across)(const char *in, intptr_t n, i64 row, void *extremes, i64 *indices) {
    const T *x = (const T *)in;
    T *best = extremes;
    if (row == 0) {
        for (intptr_t j = 0; j < n; j++) {
            best[j] = x[j];
            indices[j] = 0;
        }
        return;
    }
    VECTOR_LOOP
    for (intptr_t j = 0; j < n; j++) {
        const T value = x[j], old = best[j];
        const bool beats = GOES_BEFORE(value, old) | (IS_NAN(value) & !IS_NAN(old));
        best[j] = beats ? value : old;
        indices[j] = beats ? row : indices[j];
    }
}

static bool OWN(is_better)(const void *later, const void *earlier) {
    return OWN(beats)(*(const T *)later, *(const T *)earlier);
}

/* Places of the extremes of as many lines as a vector has lanes, transposed; as wide as the elements. */
ALWAYS_INLINE __typeof__((OWN(vector)){0} != 0) OWN(of_lines)(const T *in, intptr_t n, intptr_t width) {
    OWN(vector) best = *(const OWN(vector) *)in;
    __typeof__(best != best) place = 0;
    for (intptr_t k = 1; k < n; k++) {
        const OWN(vector) x = *(const OWN(vector) *)(in + k * width);
        const __typeof__(place) beats = GOES_BEFORE(x, best) | NEW_NAN(x, best);
        best = beats ? x : best;
        place = beats ? (__typeof__(place))k : place;
    }
    return place;
}

static void OWN(lines)(const char *in, intptr_t count, intptr_t line_step, intptr_t n, intptr_t step, i64 *indices) {
    T transposed[TRANSPOSED_BYTES / sizeof(T)];
    const intptr_t most = transposed_lines(n, sizeof(T));
    for (intptr_t first = 0; first < count; first += most) {
        const intptr_t some = MINIMUM(most, count - first), width = ceiling_divide(some, LANES) * LANES;
        f(transpose)(in + first * line_step, some, line_step, n, step, width, transposed);
        for (intptr_t line = 0; line < some; line += LANES) {
            const __typeof__((OWN(vector)){0} != 0) places = OWN(of_lines)(transposed + line, n, width);
            for (intptr_t lane = 0; lane < MINIMUM(LANES, some - line); lane++)
                indices[first + line + lane] = places[lane];
        }
    }
}

const extreme_kernels KERNEL(NAME) = {sizeof(T), OWN(along), OWN(across), OWN(lines), OWN(is_better)};

#undef OWN
#undef NAME
#undef BLOCK_ELEMENTS
#undef LANES
#undef AT_ONCE
#undef STRETCH
#undef GOES_BEFORE
#undef EXTREME_LANE

/* One of argmax and argmin of one dtype of numbers: a part of extreme.h.
 *
 * Along a line the extreme of each block is found by vectors; only the block that has the extreme of all is searched
 * for its place.
 *
 * Parameters, all but the last undefined again at the end:
 *   NAME                argmax or argmin
 *   GOES_BEFORE(a, b)   whether a is more extreme than b: of elements, or of vectors, lane by lane
 *   EXTREME_LANE(v)     the most extreme lane of a vector of integers
 *   IS_NAN(x)           of an element, NAN_LANES(x, lanes) of a vector; NEW_NAN(x, best), lanes where x alone is nan
 *   IS_SOUGHT(x, ...)   whether x is the extreme, of elements or of vectors, as extreme.h has them
 */
#include "kernels/loops/elementwise.h"

#define OWN(STEP) f(PASTE(PASTE(NAME, _), STEP))
#define BLOCK_ELEMENTS ((intptr_t)(4096 / sizeof(T)))
#define LANES ((intptr_t)(VECTOR_BYTES / sizeof(T)))
#define AT_ONCE MINIMUM(4, 64 / LANES) /* vectors that are searched with one jump */

typedef T OWN(vector) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(T)), aligned(sizeof(T))));
typedef bool OWN(lanes) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(T))));

/* Does the extreme of later elements go before that of earlier ones? */
ALWAYS_INLINE bool OWN(beats)(T later, T earlier) {
    return GOES_BEFORE(later, earlier) || (IS_NAN(later) && !IS_NAN(earlier));
}

/* One more vector. */
ALWAYS_INLINE void OWN(take)(const T *in, OWN(vector) * best, OWN(lanes) * nans) {
    const OWN(vector) x = *(const OWN(vector) *)in;
    *best = GOES_BEFORE(x, *best) ? x : *best;
    *nans |= NAN_LANES(x, OWN(lanes));
}

/* The most extreme lane, without nan. */
ALWAYS_INLINE T OWN(lane)(OWN(vector) v) {
#if defined(IS_FLOAT) /* the builtin would ask each lane whether it is nan */
    enum { REST = 16 / sizeof(T) };
    typedef T half __attribute__((ext_vector_type(2 * REST)));
    typedef T quarter __attribute__((ext_vector_type(REST)));
    half halves[2];
    memcpy(halves, &v, sizeof halves);
    halves[0] = GOES_BEFORE(halves[0], halves[1]) ? halves[0] : halves[1];
    quarter quarters[2];
    memcpy(quarters, halves, sizeof quarters);
    const quarter last = GOES_BEFORE(quarters[0], quarters[1]) ? quarters[0] : quarters[1];
    const T low = GOES_BEFORE(last[0], last[1]) ? last[0] : last[1];
    const T high = GOES_BEFORE(last[REST - 2], last[REST - 1]) ? last[REST - 2] : last[REST - 1];
    return GOES_BEFORE(low, high) ? low : high;
#else
    return EXTREME_LANE(v);
#endif
}

/* The extreme of n >= 1 elements, anything if one is nan; *has_nan tells. The last vector overlaps the one before it.
 */
ALWAYS_INLINE T OWN(of_block)(const T *in, intptr_t n, bool *has_nan) {
    if (n < LANES) {
        T best = in[0];
        bool nan = false;
        for (intptr_t i = 0; i < n; i++) {
            nan |= IS_NAN(in[i]);
            best = GOES_BEFORE(in[i], best) ? in[i] : best;
        }
        *has_nan = nan;
        return best;
    }
    OWN(vector) v[4];
    OWN(lanes) nans = false;
    for (int k = 0; k < 4; k++) v[k] = *(const OWN(vector) *)in;
    intptr_t i = 0;
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        for (int k = 0; k < 4; k++) OWN(take)(in + i + k * LANES, &v[k], &nans);
    }
    for (; i + LANES <= n; i += LANES) OWN(take)(in + i, &v[0], &nans);
    OWN(take)(in + n - LANES, &v[1], &nans);
    const OWN(vector) low = GOES_BEFORE(v[1], v[0]) ? v[1] : v[0], high = GOES_BEFORE(v[3], v[2]) ? v[3] : v[2];
    *has_nan = __builtin_reduce_or(nans);
    return OWN(lane)(GOES_BEFORE(high, low) ? high : low);
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

static void OWN(along)(const char *in, intptr_t n, intptr_t step, void *extreme, i64 *index) {
    T gathered[4096 / sizeof(T)], best = *(const T *)in;
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
#undef GOES_BEFORE
#undef EXTREME_LANE

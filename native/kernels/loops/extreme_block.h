/* The extreme of some contiguous elements by vectors: what argmax and argmin, and max and min of floats have in common.
 * A part of templates.
 *
 * Parameters, which stay defined:
 *   OWN(STEP)           names of the operation for this dtype
 *   GOES_BEFORE(a, b)   whether a is more extreme than b: of elements, or of vectors, lane by lane
 *   EXTREME_LANE(v)     the most extreme lane of a vector of integers
 *   LANES               of a vector */
#include "kernels/loops/elementwise.h"

#if defined(IS_FLOAT)
#define NAN_ELEMENT(x) ((x) != (x))
#define NAN_LANES(x, lanes) __builtin_convertvector((x) != (x), lanes)
#else
#define NAN_ELEMENT(x) false
#define NAN_LANES(x, lanes) ((lanes)(false))
#endif

typedef T OWN(vector) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(T)), aligned(sizeof(T))));
typedef bool OWN(lanes) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(T))));

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
            nan |= NAN_ELEMENT(in[i]);
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

#undef NAN_ELEMENT
#undef NAN_LANES

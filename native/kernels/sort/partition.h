/* Partition: the keys below a pivot, then the others. Included by keys.h once for each kind of key
 * (KEY, KEY_BYTES).
 *
 * Keys go from one array to another, from both ends of it: a vector whose smaller keys come first is written whole at
 * the lower end and at the upper one, where what is too much is written over later. The gap between the ends is as
 * large as what is left to read, so nothing is lost. */
#include "kernels/sort/lanes.h"

#if defined(__AVX512F__) && KEY_BYTES == 8
enum { keyed(STEP) = 8, keyed(BITS) = 1 };
typedef KEY keyed(step) __attribute__((vector_size(64)));
typedef KEY keyed(memory_step) __attribute__((vector_size(64), aligned(sizeof(KEY))));
typedef i64 keyed(wide_numbers) __attribute__((vector_size(64)));
ALWAYS_INLINE u32 keyed(below)(keyed(step) x, keyed(step) pivot) {
    return (u8)__builtin_ia32_cvtq2mask512((keyed(step))(x < pivot));
}
ALWAYS_INLINE keyed(step) keyed(first)(keyed(step) x, u32 mask) {
    lane_bytes order;
    memcpy(&order, &first_lanes[mask], sizeof order);
    return __builtin_ia32_permvardi512(x, __builtin_convertvector(order, keyed(wide_numbers)));
}
#elif defined(__AVX2__)
enum { keyed(STEP) = 32 / KEY_BYTES, keyed(BITS) = KEY_BYTES / 4 };
typedef KEY keyed(step) __attribute__((vector_size(32)));
typedef KEY keyed(memory_step) __attribute__((vector_size(32), aligned(sizeof(KEY))));
ALWAYS_INLINE u32 keyed(below)(keyed(step) x, keyed(step) pivot) {
    typedef f32 bits __attribute__((vector_size(32)));
    return (u32)__builtin_ia32_movmskps256((bits)(x < pivot));
}
ALWAYS_INLINE keyed(step) keyed(first)(keyed(step) x, u32 mask) {
    lane_bytes order;
    memcpy(&order, &first_lanes[mask], sizeof order);
    return (keyed(step))__builtin_ia32_permvarsi256((lane_numbers)x, __builtin_convertvector(order, lane_numbers));
}
#endif

/* How many of n keys are less than `bound`; they come first in `to`. */
static intptr_t keyed(partition)(const KEY *restrict keys, intptr_t n, KEY bound, KEY *restrict to) {
    KEY *low = to, *high = to + n;
#if defined(__AVX2__)
    /* What makes no vector comes first, so that the gap is always of whole vectors: the two writes into it are in
     * different places, or in the same. */
    const intptr_t single = n % keyed(STEP);
#else
    const intptr_t single = n;
#endif
    for (intptr_t i = 0; i < single; i++) {
        const KEY key = keys[i];
        *low = key;
        high[-1] = key;
        const intptr_t less = key < bound;
        low += less;
        high += less - 1;
    }
#if defined(__AVX2__)
    const keyed(step) bounds = (keyed(step)){} + bound;
    for (intptr_t i = single; i < n; i += keyed(STEP)) {
        const keyed(step) x = *(const keyed(memory_step) *)(keys + i);
        const u32 mask = keyed(below)(x, bounds);
        const keyed(step) parted = keyed(first)(x, mask);
        *(keyed(memory_step) *)low = parted;
        *(keyed(memory_step) *)(high - keyed(STEP)) = parted;
        const intptr_t less = __builtin_popcount(mask) / keyed(BITS);
        low += less;
        high += less - keyed(STEP);
    }
#endif
    return low - to;
}

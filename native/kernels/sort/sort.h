/* The elements of one dtype as keys to sort by, and back: template. all_keys.h sorts.
 *
 * nan comes after everything else. -0.0 equals 0.0, so that a stable sort keeps the order in which they come: for ranks
 * both have the same key; for values `restore` writes the zeros again. Descending order is the ascending order of
 * inverted keys.
 */
#include "kernels/loops/elementwise.h"
#include "kernels/sort/all_keys.h"

#if defined(IS_BOOL)
#define BITS_T u8
#define KEY_BITS 1
#define KEY_T u32
#elif defined(IS_FLOAT)
#define BITS_T UNSIGNED_T
#define KEY_BITS WIDTH
#define KEY_T BITS_T
#else
#define BITS_T UNSIGNED_T
#define KEY_BITS WIDTH
#if WIDTH == 64
#define KEY_T u64
#else
#define KEY_T u32
#endif
#endif
#if defined(WIDTH) && WIDTH == 64
#define RANKED_T u128
#define INDEX_BITS 64
#else
#define RANKED_T u64
#define INDEX_BITS 32
#endif
#define KEY_MASK ((BITS_T)((BITS_T) ~(BITS_T)0 >> (8 * sizeof(BITS_T) - KEY_BITS)))
#define TOP ((BITS_T)((BITS_T)1 << (KEY_BITS - 1)))

ALWAYS_INLINE BITS_T f(key_of)(T x) {
#if defined(IS_BOOL)
    return x != 0;
#elif defined(IS_FLOAT)
    BITS_T bits;
    memcpy(&bits, &x, sizeof bits);
    const BITS_T positive = (BITS_T)(bits | TOP), negative = (BITS_T)~bits;
    return (bits & TOP) != 0 && x == x ? negative : positive;
#elif defined(IS_SIGNED)
    return (BITS_T)((BITS_T)x ^ TOP);
#else
    return x;
#endif
}

/* Equal elements, and all nan, have equal keys. */
ALWAYS_INLINE BITS_T f(rank_key_of)(T x) {
#if defined(IS_FLOAT)
    x = x + (T)0; /* -0.0 becomes 0.0 */
    return x == x ? f(key_of)(x) : (BITS_T) ~(BITS_T)0;
#else
    return f(key_of)(x);
#endif
}

ALWAYS_INLINE T f(element_of)(BITS_T key) {
#if defined(IS_FLOAT)
    const BITS_T bits = (key & TOP) != 0 ? (BITS_T)(key ^ TOP) : (BITS_T)~key;
    T x;
    memcpy(&x, &bits, sizeof x);
    return x;
#elif defined(IS_SIGNED)
    return (T)(key ^ TOP);
#else
    return (T)key;
#endif
}

static void f(sort_load)(const char *in, intptr_t n, intptr_t step, bool descending, void *keys) {
    KEY_T *to = keys;
    const BITS_T flip = descending ? KEY_MASK : 0;
    if (step == sizeof(T)) {
        const T *x = (const T *)in;
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) to[i] = (BITS_T)(f(key_of)(x[i]) ^ flip);
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < n; i++) to[i] = (BITS_T)(f(key_of)(*(const T *)(in + i * step)) ^ flip);
    }
}

static void f(sort_load_ranked)(const char *in, intptr_t n, intptr_t step, bool descending, intptr_t first,
                                void *keys) {
    RANKED_T *to = keys;
    const BITS_T flip = descending ? KEY_MASK : 0;
    PLAIN_LOOP
    for (intptr_t i = 0; i < n; i++) {
        const BITS_T key = (BITS_T)(f(rank_key_of)(*(const T *)(in + i * step)) ^ flip);
        to[i] = (RANKED_T)key << INDEX_BITS | (RANKED_T)(first + i);
    }
}

static void f(sort_store)(const void *keys, intptr_t n, bool descending, char *out, intptr_t step) {
    const KEY_T *from = keys;
    const BITS_T flip = descending ? KEY_MASK : 0;
    if (step == sizeof(T)) {
        T *to = (T *)out;
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) to[i] = f(element_of)((BITS_T)((BITS_T)from[i] ^ flip));
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < n; i++) *(T *)(out + i * step) = f(element_of)((BITS_T)((BITS_T)from[i] ^ flip));
    }
}

#if defined(IS_FLOAT)
/* Zeros of both signs, which are next to each other in `out`, get the order back that they have in `in`. */
static void f(sort_restore)(const char *in, intptr_t n, intptr_t in_step, bool descending, char *out, intptr_t step) {
    intptr_t low = 0, high = n;
    while (low < high) { /* search for the first zero: elements before it are less (descending: greater, or nan) */
        const intptr_t middle = low + (high - low) / 2;
        const T x = *(const T *)(out + middle * step);
        const bool before = descending ? x > 0 || x != x : x < 0;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    intptr_t last = low;
    bool mixed = false;
    for (; last < n && *(const T *)(out + last * step) == 0; last++)
        mixed |=
            !__builtin_signbit(*(const T *)(out + last * step)) != !__builtin_signbit(*(const T *)(out + low * step));
    if (!mixed) return;
    for (intptr_t i = 0; i < n && low < last; i++) { /* fewer zeros than in `out`: another thread has written `in` */
        const T x = *(const T *)(in + i * in_step);
        if (x == 0) {
            *(T *)(out + low * step) = x;
            low++;
        }
    }
}
#define RESTORE f(sort_restore)
#else
#define RESTORE NULL
#endif

/* Where there are few possible values: each is counted, and written as often as it comes. */
#if KEY_BITS <= 16
static bool f(sort_count)(const char *in, intptr_t n, intptr_t in_step, bool descending, char *out, intptr_t step) {
    enum { VALUES = 1 << KEY_BITS, LEAST = KEY_BITS <= 8 ? 48 : 1 << 18 };
    if (n < LEAST) return false;
    const intptr_t most = (intptr_t)1 << 31;
    if (n > most) return false;
    _Static_assert(VALUES * sizeof(u32) <= WORKSPACE_BYTES, "the counts have room");
    u32 *counts = workspace_take();
    memset(counts, 0, VALUES * sizeof(u32));
    for (intptr_t i = 0; i < n; i++) counts[f(key_of)(*(const T *)(in + i * in_step))]++;
    intptr_t place = 0;
    for (int value = 0; value < VALUES; value++) {
        const int key = descending ? VALUES - 1 - value : value;
        const T element = f(element_of)((BITS_T)key);
        const intptr_t last = place + counts[key];
        for (; place < last; place++) *(T *)(out + place * step) = element;
    }
    workspace_give(counts);
    return true;
}
#define COUNT f(sort_count)
#else
#define COUNT NULL
#endif

const sort_kernels KERNEL(sort) = {
    KEY_BITS,     INDEX_BITS,          &PASTE(keys_, KEY_T), &PASTE(keys_, RANKED_T),
    f(sort_load), f(sort_load_ranked), f(sort_store),        RESTORE,
    COUNT,
};

#undef BITS_T
#undef KEY_BITS
#undef KEY_T
#undef RANKED_T
#undef INDEX_BITS
#undef KEY_MASK
#undef TOP
#undef RESTORE
#undef COUNT

/* The elements of one dtype as keys to sort by, and back: template. all_keys.h sorts.
 *
 * nan comes after everything else. -0.0 equals 0.0, so that a stable sort keeps the order in which they come: for ranks
 * both have the same key; for values `restore` writes the zeros again. Descending order is the ascending order of
 * inverted keys.
 */
#include "kernels/loops/elementwise.h"
#include "kernels/sort/all_keys.h"
#include "workspace.h"

#if defined(IS_BOOL)
#define KEY_BITS 1
#else
#define KEY_BITS WIDTH
#endif
#if KEY_BITS == 64
#define KEY_T i64
#else
#define KEY_T i32
#endif
#if defined(IS_SIGNED) || KEY_BITS >= 32
#define LEAST_KEY (-1 - (KEY_T)(((u64)1 << (KEY_BITS - 1)) - 1))
#else
#define LEAST_KEY ((KEY_T)0)
#endif
#define SIGN_BIT (sizeof(KEY_T) == 4 ? (KEY_T)INT32_MIN : (KEY_T)INT64_MIN)

ALWAYS_INLINE KEY_T f(key_of)(T x) {
#if defined(IS_BOOL)
    return x != 0;
#elif defined(IS_FLOAT)
    KEY_T bits;
    memcpy(&bits, &x, sizeof bits);
    bits = x == x ? bits : bits & ~SIGN_BIT;
    return bits ^ (bits >> (KEY_BITS - 1) & ~SIGN_BIT);
#elif defined(IS_UNSIGNED) && WIDTH >= 32
    return (KEY_T)x ^ SIGN_BIT;
#else
    return x;
#endif
}

/* Equal elements, and all nan, have equal keys. */
ALWAYS_INLINE KEY_T f(rank_key_of)(T x) {
#if defined(IS_FLOAT)
    x = x + (T)0; /* -0.0 becomes 0.0 */
    return x == x ? f(key_of)(x) : ~SIGN_BIT;
#else
    return f(key_of)(x);
#endif
}

ALWAYS_INLINE T f(element_of)(KEY_T key) {
#if defined(IS_FLOAT)
    const KEY_T bits = key ^ (key >> (KEY_BITS - 1) & ~SIGN_BIT);
    T x;
    memcpy(&x, &bits, sizeof x);
    return x;
#elif defined(IS_UNSIGNED) && WIDTH >= 32
    return (T)(key ^ SIGN_BIT);
#else
    return (T)key;
#endif
}

#if defined(IS_FLOAT)
#define IS_MINUS_ZERO(key) ((key) == -1)
#else
#define IS_MINUS_ZERO(key) false
#endif

static bool f(sort_load)(const char *in, intptr_t n, intptr_t step, bool descending, void *keys) {
    KEY_T *to = keys;
    const KEY_T flip = -(KEY_T)descending;
    bool has_minus_zero = false;
    if (step == sizeof(T)) {
        const T *x = (const T *)in;
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) {
            const KEY_T key = f(key_of)(x[i]);
            has_minus_zero |= IS_MINUS_ZERO(key);
            to[i] = key ^ flip;
        }
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < n; i++) {
            const KEY_T key = f(key_of)(*(const T *)(in + i * step));
            has_minus_zero |= IS_MINUS_ZERO(key);
            to[i] = key ^ flip;
        }
    }
    return has_minus_zero;
}

static void f(sort_store)(const void *keys, intptr_t n, bool descending, char *out, intptr_t step) {
    const KEY_T *from = keys;
    const KEY_T flip = -(KEY_T)descending;
    if (step == sizeof(T)) {
        T *to = (T *)out;
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) to[i] = f(element_of)(from[i] ^ flip);
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < n; i++) *(T *)(out + i * step) = f(element_of)(from[i] ^ flip);
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
    for (intptr_t i = 0; i < n; i++) counts[f(key_of)(*(const T *)(in + i * in_step)) - LEAST_KEY]++;
    intptr_t place = 0;
    for (int value = 0; value < VALUES; value++) {
        const int key = descending ? VALUES - 1 - value : value;
        const T element = f(element_of)((KEY_T)(key + LEAST_KEY));
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

/* --- ranks ------------------------------------------------------------------------------------------------------- */

/* For keys from `least` to `most`: codes have 63 bits at most, so that they are not negative. */
static rank_code f(make_code)(i64 least, i64 most, intptr_t n) {
    const u64 range = (u64)most - (u64)least;
    const int bits = range == 0 ? 0 : 64 - __builtin_clzll(range);
    const int index_bits = n <= 1 ? 0 : 64 - __builtin_clzll((u64)n - 1);
    return (rank_code){least, MAXIMUM(0, bits + index_bits - 63), index_bits};
}

ALWAYS_INLINE i64 f(code_of)(i64 key, rank_code code, intptr_t index) {
    return (i64)(((u64)key - (u64)code.least) >> code.shift << code.index_bits | (u64)index);
}

static rank_code f(find_code)(const char *in, intptr_t n, intptr_t step, bool descending) {
#if KEY_BITS == 64
    const KEY_T flip = -(KEY_T)descending;
    KEY_T least = ~SIGN_BIT, most = SIGN_BIT;
    if (step == sizeof(T)) {
        const T *x = (const T *)in;
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) {
            const KEY_T key = f(rank_key_of)(x[i]) ^ flip;
            least = MINIMUM(least, key);
            most = MAXIMUM(most, key);
        }
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < n; i++) {
            const KEY_T key = f(rank_key_of)(*(const T *)(in + i * step)) ^ flip;
            least = MINIMUM(least, key);
            most = MAXIMUM(most, key);
        }
    }
    return f(make_code)(least, most, n);
#else
    (void)in, (void)step;
    const i64 ends[] = {LEAST_KEY, LEAST_KEY + (i64)(((u64)1 << KEY_BITS) - 1)};
    return descending ? f(make_code)(~ends[1], ~ends[0], n) : f(make_code)(ends[0], ends[1], n);
#endif
}

static void f(sort_load_ranked)(const char *in, intptr_t n, intptr_t step, bool descending, rank_code code,
                                intptr_t first, i64 *keys) {
    const KEY_T flip = -(KEY_T)descending;
    if (step == sizeof(T)) {
        const T *x = (const T *)in;
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) keys[i] = f(code_of)(f(rank_key_of)(x[i]) ^ flip, code, first + i);
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < n; i++)
            keys[i] = f(code_of)(f(rank_key_of)(*(const T *)(in + i * step)) ^ flip, code, first + i);
    }
}

/* Sorts the runs of codes that differ in the index alone, by what their elements' keys are above the least of a run;
 * that has no more bits than were left out. What becomes of the upper bits of the codes does not matter any more. */
static void f(sort_runs)(const char *in, intptr_t step, bool descending, rank_code code, i64 *keys, i64 *other,
                         intptr_t n) {
    const KEY_T flip = -(KEY_T)descending;
    const i64 mask = ((i64)1 << code.index_bits) - 1;
    for (intptr_t first = 0, last; first < n; first = last) {
        for (last = first + 1; last < n && ((keys[first] ^ keys[last]) & ~mask) == 0;) last++;
        if (last == first + 1) continue;
        KEY_T least = ~SIGN_BIT, most = SIGN_BIT;
        for (intptr_t i = first; i < last; i++) {
            const KEY_T key = f(rank_key_of)(*(const T *)(in + (keys[i] & mask) * step)) ^ flip;
            least = MINIMUM(least, key);
            most = MAXIMUM(most, key);
        }
        if (least == most) continue;
        rank_code inner = f(make_code)(least, most, n);
        inner.index_bits = code.index_bits;
        inner.shift = MAXIMUM(0, code.shift + code.index_bits - 63); /* less than before, even if `in` has changed */
        for (intptr_t i = first; i < last; i++) {
            const i64 index = keys[i] & mask;
            keys[i] = f(code_of)(f(rank_key_of)(*(const T *)(in + index * step)) ^ flip, inner, index);
        }
        keys_i64.sort(keys + first, other + first, last - first, false);
        if (inner.shift > 0) f(sort_runs)(in, step, descending, inner, keys + first, other + first, last - first);
    }
}

static void f(sort_store_ranks)(const char *in, intptr_t step, bool descending, rank_code code, i64 *keys, i64 *other,
                                intptr_t n, char *out, intptr_t out_step) {
    if (code.shift > 0) f(sort_runs)(in, step, descending, code, keys, other, n);
    const i64 mask = ((i64)1 << code.index_bits) - 1;
    if (out_step == sizeof(i64)) {
        i64 *to = (i64 *)out;
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) to[i] = keys[i] & mask;
    } else {
        PLAIN_LOOP
        for (intptr_t i = 0; i < n; i++) *(i64 *)(out + i * out_step) = keys[i] & mask;
    }
}

#if KEY_BITS <= 8
static void f(sort_count_bytes)(const char *in, intptr_t n, intptr_t step, bool descending, u8 *keys,
                                intptr_t *counts) {
    const KEY_T flip = descending ? 255 : 0;
    memset(counts, 0, 256 * sizeof *counts);
    for (intptr_t i = 0; i < n; i++) {
        keys[i] = (u8)((f(key_of)(*(const T *)(in + i * step)) - LEAST_KEY) ^ flip);
        counts[keys[i]]++;
    }
}

static void f(sort_place_bytes)(const u8 *keys, intptr_t n, intptr_t first, intptr_t *places, char *out,
                                intptr_t step) {
    for (intptr_t i = 0; i < n; i++) *(i64 *)(out + places[keys[i]]++ * step) = first + i;
}
#define COUNT_BYTES f(sort_count_bytes)
#define PLACE_BYTES f(sort_place_bytes)
#else
#define COUNT_BYTES NULL
#define PLACE_BYTES NULL
#endif

const sort_kernels KERNEL(sort) = {
    .bits = KEY_BITS,
    .values = &PASTE(keys_, KEY_T),
    .ranked = &keys_i64,
    .load = f(sort_load),
    .store = f(sort_store),
    .restore = RESTORE,
    .count = COUNT,
    .find_code = f(find_code),
    .load_ranked = f(sort_load_ranked),
    .store_ranks = f(sort_store_ranks),
    .count_bytes = COUNT_BYTES,
    .place_bytes = PLACE_BYTES,
};

#undef KEY_BITS
#undef KEY_T
#undef LEAST_KEY
#undef IS_MINUS_ZERO
#undef SIGN_BIT
#undef RESTORE
#undef COUNT
#undef COUNT_BYTES
#undef PLACE_BYTES

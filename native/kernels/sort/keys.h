/* Sorting of keys: signed integers whose order is that of the elements they stand for. No dtype in here. Included by
 * all_keys.h once for each kind of key.
 *
 * Parameters: KEY, the type of keys (i32, i64), and KEY_BYTES.
 *
 * Quicksort: partitions in vectors (partition.h) until few keys are left, which a network sorts (network.h); digit by
 * digit where there are no vectors for it. Equal keys cannot be told apart, so what comes out is determined. */
#include "kernels/sort/network.h"
#include "kernels/sort/partition.h"
#include "workspace.h"

enum { keyed(BAD_SPLITS) = 8 /* after which quicksort is not trusted any more */ };

/* Merges into out[0 .. na + nb) without a jump that depends on a key. */
static void keyed(join)(const KEY *a, intptr_t na, const KEY *b, intptr_t nb, KEY *out) {
    while (na > 0 && nb > 0) {
        for (intptr_t safe = MINIMUM(na, nb); safe > 0; safe--) {
            const bool second = *b < *a;
            *out++ = *(__builtin_unpredictable(second) ? b : a);
            a += !second;
            b += second;
            na -= !second;
            nb -= second;
        }
    }
    memcpy(out, na > 0 ? a : b, (size_t)(na > 0 ? na : nb) * sizeof(KEY));
}

/* The median of some of the keys. Not inline: the calls that are open at a time must fit into a small stack. */
static __attribute__((noinline)) KEY keyed(choose)(const KEY *keys, intptr_t n) {
    KEY sample[64];
    const intptr_t count = n < 2048 ? 16 : 64, step = n / count;
    for (intptr_t i = 0; i < count; i++) sample[i] = keys[i * step + step / 2];
    keyed(sort_few)(sample, count, sample);
    return sample[count / 2];
}

#if !defined(__AVX2__)
enum {
    keyed(DIGIT) = 11,
    keyed(DIGITS) = KEY_BYTES == 4 ? 3 : 6,
    keyed(DIGITS_FROM) = 1 << 11,
    keyed(DIGITS_MOST) = 1 << 16
};

/* Digit by digit, the least significant one first; digits in which all keys agree cost nothing. Where a partition goes
 * key by key, this is faster, as long as a cache holds the keys. */
static void keyed(sort_digits)(KEY *keys, KEY *other, intptr_t n, bool to_other) {
    const u32 mask = (1u << keyed(DIGIT)) - 1;
    u32 *counts = workspace_take();
    memset(counts, 0, sizeof *counts * keyed(DIGITS) << keyed(DIGIT));
    for (intptr_t i = 0; i < n; i++) {
        u64 above = (u64)keys[i] - (u64)keyed(LEAST);
        for (u32 *count = counts; count < counts + (keyed(DIGITS) << keyed(DIGIT)); count += mask + 1) {
            count[above & mask]++;
            above >>= keyed(DIGIT);
        }
    }
    KEY *from = keys, *to = other;
    for (int digit = 0; digit < keyed(DIGITS); digit++) {
        u32 *places = counts + (digit << keyed(DIGIT)), place = 0;
        const int shift = digit * keyed(DIGIT);
        if (places[((u64)from[0] - (u64)keyed(LEAST)) >> shift & mask] == n) continue;
        for (u32 value = 0; value <= mask; value++) {
            const u32 count = places[value];
            places[value] = place;
            place += count;
        }
        for (intptr_t i = 0; i < n; i++) to[places[((u64)from[i] - (u64)keyed(LEAST)) >> shift & mask]++] = from[i];
        KEY *exchanged = from;
        from = to;
        to = exchanged;
    }
    workspace_give(counts);
    if ((from == other) != to_other) memcpy(to, from, (size_t)n * sizeof(KEY));
}
#endif

static void keyed(quicksort)(KEY *keys, KEY *other, intptr_t n, bool to_other, KEY least, int bad);

static void keyed(sort_halves)(KEY *keys, KEY *other, intptr_t n, bool to_other, KEY least) {
    const intptr_t half = n / 2;
    keyed(quicksort)(keys, other, half, true, least, keyed(BAD_SPLITS));
    keyed(quicksort)(keys + half, other + half, n - half, true, least, keyed(BAD_SPLITS));
    keyed(join)(other, half, other + half, n - half, keys);
    if (to_other) memcpy(other, keys, (size_t)n * sizeof(KEY));
}

/* Sorts keys, none of which is below `least`, where they are or to `other`. The shorter side of a split goes first, so
 * that few calls are open at a time. */
static void keyed(quicksort)(KEY *keys, KEY *other, intptr_t n, bool to_other, KEY least, int bad) {
    while (n > keyed(FEW)) {
        if (bad == 0) {
            keyed(sort_halves)(keys, other, n, to_other, least);
            return;
        }
#if !defined(__AVX2__)
        if (n >= keyed(DIGITS_FROM) && n <= keyed(DIGITS_MOST)) {
            keyed(sort_digits)(keys, other, n, to_other);
            return;
        }
#endif
        const KEY pivot = keyed(choose)(keys, n);
        const bool is_least = pivot == least; /* then part those that equal it, and are done, from the others */
        if (is_least && pivot == keyed(MOST)) break;
        const KEY middle = is_least ? pivot + 1 : pivot;
        const intptr_t below = keyed(partition)(keys, n, middle, other), above = n - below;
        if (is_least && !to_other) memcpy(keys, other, (size_t)below * sizeof(KEY));
        if (MINIMUM(below, above) < n / 8) bad--;
        if (below > above && !is_least) {
            keyed(quicksort)(other + below, keys + below, above, !to_other, middle, bad);
            n = below;
        } else {
            if (!is_least) keyed(quicksort)(other, keys, below, !to_other, least, bad);
            keys += below;
            other += below;
            n = above;
            least = middle;
        }
        KEY *exchanged = keys;
        keys = other;
        other = exchanged;
        to_other = !to_other;
    }
    if (n <= keyed(FEW))
        keyed(sort_few)(keys, n, to_other ? other : keys);
    else if (to_other)
        memcpy(other, keys, (size_t)n * sizeof(KEY));
}

/* True if the keys ascend, or descended and have been reversed. */
static bool keyed(is_ordered)(void *data, intptr_t n) {
    KEY *keys = data;
    intptr_t i = 1;
    while (i < n && keys[i - 1] <= keys[i]) i++;
    if (i >= n) return true;
    if (i > 1) return false;
    while (i < n && keys[i - 1] >= keys[i]) i++;
    if (i < n) return false;
    for (KEY *first = keys, *last = keys + n - 1; first < last; first++, last--) {
        const KEY key = *first;
        *first = *last;
        *last = key;
    }
    return true;
}

static void keyed(sort)(void *keys, void *other, intptr_t n, bool to_other) {
    if (n <= keyed(FEW))
        keyed(sort_few)(keys, n, to_other ? other : keys);
    else if (!keyed(is_ordered)(keys, n))
        keyed(quicksort)(keys, other, n, to_other, keyed(LEAST), keyed(BAD_SPLITS));
    else if (to_other)
        memcpy(other, keys, (size_t)n * sizeof(KEY));
}

static void keyed(split)(void *data, void *room, intptr_t n, const void *limits, intptr_t parts, intptr_t *counts) {
    KEY *keys = data, *other = room;
    const KEY *bounds = limits;
    if (parts == 1) {
        *counts = n;
        return;
    }
    const intptr_t half = parts / 2, below = keyed(partition)(keys, n, bounds[half - 1], other);
    keyed(split)(other, keys, below, bounds, half, counts);
    keyed(split)(other + below, keys + below, n - below, bounds + half, half, counts + half);
}

static const key_kernels keyed(keys) = {sizeof(KEY), keyed(sort), keyed(is_ordered), keyed(split)};

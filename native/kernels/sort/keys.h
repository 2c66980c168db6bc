/* Sorting of keys: unsigned integers whose order is that of the elements they stand for. No dtype in here. Included by
 * sort.h once for each kind of key.
 *
 * Parameter: KEY, the type of keys (u32, u64, u128). keyed(NAME) is the name of a function for it: keyed(sort) is
 * sort_u64.
 *
 * Few keys are sorted by insertion, more of them by merging, and from RADIX_FROM on digit by digit, the least
 * significant one first; digits in which all keys agree cost nothing. Keys may hold an index in their low bits (`low` >
 * 0). Then they come with the indices ascending: every pass is stable, and where keys are compared the indices are
 * compared too. */
#include "kernels/loops/elementwise.h"
#include "workspace.h"

#define keyed(NAME) PASTE(PASTE(NAME, _), KEY)

enum { keyed(RUN) = 16, keyed(RADIX_FROM) = sizeof(KEY) == 4 ? 256 : 512, keyed(WIDE_FROM) = 1 << 12 };

static void keyed(insert)(KEY *keys, intptr_t n) {
    for (intptr_t i = 1; i < n; i++) {
        const KEY key = keys[i];
        intptr_t j = i;
        for (; j > 0 && key < keys[j - 1]; j--) keys[j] = keys[j - 1];
        keys[j] = key;
    }
}

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

/* The same for two halves of one length, from both ends at once: neither half can be used up before the middle. */
static void keyed(join_halves)(const KEY *a, intptr_t half, KEY *out) {
    const KEY *b = a + half, *a_last = b - 1, *b_last = b + half - 1;
    KEY *last = out + 2 * half - 1;
    for (intptr_t i = 0; i < half; i++) {
        const bool second = *b < *a;
        *out++ = *(__builtin_unpredictable(second) ? b : a);
        a += !second;
        b += second;
        const bool first = *b_last < *a_last;
        *last-- = *(__builtin_unpredictable(first) ? a_last : b_last);
        a_last -= first;
        b_last -= !first;
    }
}

static void keyed(sort_short)(KEY *keys, KEY *scratch, intptr_t n) {
    for (intptr_t i = 0; i < n; i += keyed(RUN)) keyed(insert)(keys + i, MINIMUM(keyed(RUN), n - i));
    KEY *from = keys, *to = scratch;
    for (intptr_t run = keyed(RUN); run < n; run *= 2) {
        for (intptr_t i = 0; i < n; i += 2 * run) {
            const intptr_t first = MINIMUM(run, n - i), second = MINIMUM(run, n - i - first);
            if (first == second)
                keyed(join_halves)(from + i, first, to + i);
            else
                keyed(join)(from + i, first, from + i + first, second, to + i);
        }
        KEY *other = from;
        from = to;
        to = other;
    }
    if (from != keys) memcpy(keys, from, (size_t)n * sizeof(KEY));
}

/* One pass: the keys in the order of one digit, to `to`. `counts` holds how often each value of that digit comes. */
ALWAYS_INLINE void keyed(scatter)(const KEY *restrict keys, KEY *restrict to, intptr_t n, int shift, u32 *counts,
                                  int width) {
    const u32 mask = (1u << width) - 1;
    u32 sum = 0;
    for (u32 digit = 0; digit <= mask; digit++) {
        const u32 count = counts[digit];
        counts[digit] = sum;
        sum += count;
    }
    for (intptr_t i = 0; i < n; i++) {
        const KEY key = keys[i];
        to[counts[(u32)(key >> shift) & mask]++] = key;
    }
}

ALWAYS_INLINE void keyed(sort_digits)(KEY *keys, KEY *scratch, intptr_t n, int low, int bits, int width) {
    u32 *counts = workspace_take(); /* of at most 6 digits of 11 bits */
    const int digits = (bits + width - 1) / width;
    const u32 mask = (1u << width) - 1;
    memset(counts, 0, sizeof(u32) * (size_t)(digits << width));
    for (intptr_t i = 0; i < n; i++) {
        KEY key = keys[i] >> low;
        for (int digit = 0; digit < digits; digit++, key >>= width) counts[(digit << width) + ((u32)key & mask)]++;
    }
    KEY *from = keys, *to = scratch;
    for (int digit = 0; digit < digits; digit++) {
        u32 *of_digit = counts + (digit << width);
        const int shift = low + digit * width;
        if (of_digit[(u32)(from[0] >> shift) & mask] == (u32)n) continue;
        keyed(scatter)(from, to, n, shift, of_digit, width);
        KEY *other = from;
        from = to;
        to = other;
    }
    workspace_give(counts);
    if (from != keys) memcpy(keys, from, (size_t)n * sizeof(KEY));
}

/* True if the keys ascend, or descended and have been reversed. */
static bool keyed(is_ordered)(KEY *keys, intptr_t n) {
    intptr_t i = 1;
    while (i < n && keys[i - 1] <= keys[i]) i++;
    if (i == n) return true;
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

static bool keyed(is_ordered_run)(void *keys, intptr_t n) { return keyed(is_ordered)(keys, n); }

static void keyed(sort)(void *data, void *room, intptr_t n, int low, int bits) {
    KEY *keys = data, *scratch = room;
    if (n <= keyed(RUN)) {
        keyed(insert)(keys, n);
    } else if (keyed(is_ordered)(keys, n)) {
        return;
    } else if (n < keyed(RADIX_FROM) && !(bits <= 16 && n > 64)) {
        keyed(sort_short)(keys, scratch, n);
    } else if (n < keyed(WIDE_FROM) || bits <= 8 || bits == 16) {
        keyed(sort_digits)(keys, scratch, n, low, bits, 8);
    } else {
        keyed(sort_digits)(keys, scratch, n, low, bits, 11);
    }
}

/* --- one pass over one digit, for walks that share a long line -------------------------------------------------- */

static u64 keyed(differences)(const void *data, intptr_t n, const void *reference, int low) {
    const KEY *keys = data, first = *(const KEY *)reference;
    KEY bits = 0;
    for (intptr_t i = 0; i < n; i++) bits |= keys[i] ^ first;
    return (u64)(bits >> low);
}

static void keyed(count)(const void *data, intptr_t n, int shift, int width, intptr_t *counts) {
    const KEY *keys = data;
    const u32 mask = (1u << width) - 1;
    memset(counts, 0, sizeof(intptr_t) << width);
    for (intptr_t i = 0; i < n; i++) counts[(u32)(keys[i] >> shift) & mask]++;
}

static void keyed(move)(const void *data, intptr_t n, int shift, int width, intptr_t *places, void *out) {
    const KEY *keys = data;
    KEY *to = out;
    const u32 mask = (1u << width) - 1;
    for (intptr_t i = 0; i < n; i++) {
        const KEY key = keys[i];
        to[places[(u32)(key >> shift) & mask]++] = key;
    }
}

/* The indices that keys hold in their low bits. */
static void keyed(ranks)(const void *data, intptr_t n, char *out, intptr_t step) {
    const KEY *keys = data;
    const KEY mask = ((KEY)1 << sizeof(KEY) * 4) - 1;
    if (step == sizeof(i64)) {
        i64 *to = (i64 *)out;
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) to[i] = (i64)(keys[i] & mask);
    } else {
        for (intptr_t i = 0; i < n; i++) *(i64 *)(out + i * step) = (i64)(keys[i] & mask);
    }
}

static const key_kernels keyed(keys) = {sizeof(KEY),  keyed(sort), keyed(is_ordered_run), keyed(differences),
                                        keyed(count), keyed(move), keyed(ranks)};

#undef keyed

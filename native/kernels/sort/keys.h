/* Sorting of keys: unsigned integers of type K, whose order is that of the elements they stand for. Template, included
 * by sort.c once for each K. No dtype in here.
 *
 * Short runs are sorted by insertion, longer ones by merging, and from RADIX_FROM keys on digit by digit, least
 * significant digit first; digits that all keys share cost nothing. Keys that hold an index in their low bits
 * (`low` > 0) come with the indices ascending: every pass is stable, and where keys are compared the indices are too.
 */

#define k(NAME) PASTE(PASTE(NAME, _), K)

enum { k(RUN) = 16, k(RADIX_FROM) = sizeof(K) == 4 ? 256 : 512, k(WIDE_FROM) = 1 << 12 };

static void k(insert)(K *keys, intptr_t n) {
    for (intptr_t i = 1; i < n; i++) {
        const K key = keys[i];
        intptr_t j = i;
        for (; j > 0 && key < keys[j - 1]; j--) keys[j] = keys[j - 1];
        keys[j] = key;
    }
}

/* Merges into out[0 .. na + nb): no jump depends on a key. */
static void k(join)(const K *a, intptr_t na, const K *b, intptr_t nb, K *out) {
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
    memcpy(out, na > 0 ? a : b, (size_t)(na > 0 ? na : nb) * sizeof(K));
}

/* The same for two halves of one length, from both ends at once: neither end can run out of keys before the middle. */
static void k(join_halves)(const K *a, intptr_t half, K *out) {
    const K *b = a + half, *a_last = b - 1, *b_last = b + half - 1;
    K *last = out + 2 * half - 1;
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

static void k(sort_short)(K *keys, K *scratch, intptr_t n) {
    for (intptr_t i = 0; i < n; i += k(RUN)) k(insert)(keys + i, MINIMUM(k(RUN), n - i));
    K *from = keys, *to = scratch;
    for (intptr_t run = k(RUN); run < n; run *= 2) {
        for (intptr_t i = 0; i < n; i += 2 * run) {
            const intptr_t first = MINIMUM(run, n - i), second = MINIMUM(run, n - i - first);
            if (first == second)
                k(join_halves)(from + i, first, to + i);
            else
                k(join)(from + i, first, from + i + first, second, to + i);
        }
        K *other = from;
        from = to;
        to = other;
    }
    if (from != keys) memcpy(keys, from, (size_t)n * sizeof(K));
}

/* One pass: keys to `to`, in the order of a digit. `counts` has that digit's frequencies. */
ALWAYS_INLINE void k(scatter)(const K *restrict keys, K *restrict to, intptr_t n, int shift, u32 *counts, int width) {
    const u32 mask = (1u << width) - 1;
    u32 sum = 0;
    for (u32 digit = 0; digit <= mask; digit++) {
        const u32 count = counts[digit];
        counts[digit] = sum;
        sum += count;
    }
    for (intptr_t i = 0; i < n; i++) {
        const K key = keys[i];
        to[counts[(u32)(key >> shift) & mask]++] = key;
    }
}

ALWAYS_INLINE void k(sort_digits)(K *keys, K *scratch, intptr_t n, int low, int bits, int width) {
    enum { MOST = 6 * 2048 };
    u32 counts[MOST];
    const int digits = (bits + width - 1) / width;
    const u32 mask = (1u << width) - 1;
    memset(counts, 0, sizeof(u32) * (size_t)(digits << width));
    for (intptr_t i = 0; i < n; i++) {
        K key = keys[i] >> low;
        for (int digit = 0; digit < digits; digit++, key >>= width) counts[(digit << width) + ((u32)key & mask)]++;
    }
    K *from = keys, *to = scratch;
    for (int digit = 0; digit < digits; digit++) {
        u32 *of_digit = counts + (digit << width);
        const int shift = low + digit * width;
        if (of_digit[(u32)(from[0] >> shift) & mask] == (u32)n) continue;
        k(scatter)(from, to, n, shift, of_digit, width);
        K *other = from;
        from = to;
        to = other;
    }
    if (from != keys) memcpy(keys, from, (size_t)n * sizeof(K));
}

/* True if the keys ascend, or did descend and have been turned round. */
static bool k(is_ordered)(K *keys, intptr_t n) {
    intptr_t i = 1;
    while (i < n && keys[i - 1] <= keys[i]) i++;
    if (i == n) return true;
    if (i > 1) return false;
    while (i < n && keys[i - 1] >= keys[i]) i++;
    if (i < n) return false;
    for (K *first = keys, *last = keys + n - 1; first < last; first++, last--) {
        const K key = *first;
        *first = *last;
        *last = key;
    }
    return true;
}

static bool k(is_ordered_run)(void *keys, intptr_t n) { return k(is_ordered)(keys, n); }

static void k(sort)(void *data, void *room, intptr_t n, int low, int bits) {
    K *keys = data, *scratch = room;
    if (n <= k(RUN)) {
        k(insert)(keys, n);
    } else if (k(is_ordered)(keys, n)) {
        return;
    } else if (n < k(RADIX_FROM) && !(bits <= 16 && n > 64)) {
        k(sort_short)(keys, scratch, n);
    } else if (n < k(WIDE_FROM) || bits <= 8 || bits == 16) {
        k(sort_digits)(keys, scratch, n, low, bits, 8);
    } else {
        k(sort_digits)(keys, scratch, n, low, bits, 11);
    }
}

/* --- pieces of long lines: one pass over one digit --------------------------------------------------------------- */

/* The bits from `low` on in which keys differ from `reference`. */
static u64 k(differences)(const void *data, intptr_t n, const void *reference, int low) {
    const K *keys = data, first = *(const K *)reference;
    K bits = 0;
    for (intptr_t i = 0; i < n; i++) bits |= keys[i] ^ first;
    return (u64)(bits >> low);
}

static void k(count)(const void *data, intptr_t n, int shift, int width, intptr_t *counts) {
    const K *keys = data;
    const u32 mask = (1u << width) - 1;
    memset(counts, 0, sizeof(intptr_t) << width);
    for (intptr_t i = 0; i < n; i++) counts[(u32)(keys[i] >> shift) & mask]++;
}

static void k(move)(const void *data, intptr_t n, int shift, int width, intptr_t *places, void *out) {
    const K *keys = data;
    K *to = out;
    const u32 mask = (1u << width) - 1;
    for (intptr_t i = 0; i < n; i++) {
        const K key = keys[i];
        to[places[(u32)(key >> shift) & mask]++] = key;
    }
}

/* The indices in the low bits. */
static void k(ranks)(const void *data, intptr_t n, char *out, intptr_t step) {
    const K *keys = data;
    const K mask = ((K)1 << sizeof(K) * 4) - 1;
    if (step == sizeof(i64)) {
        i64 *to = (i64 *)out;
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) to[i] = (i64)(keys[i] & mask);
    } else {
        for (intptr_t i = 0; i < n; i++) *(i64 *)(out + i * step) = (i64)(keys[i] & mask);
    }
}

static const key_kernels k(keys) = {sizeof(K), k(sort), k(is_ordered_run), k(differences), k(count), k(move), k(ranks)};

#undef k

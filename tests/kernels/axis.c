/* The check of sorting, running sums, extremes and searches: against plain loops, and the same bits on every
 * instruction set. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "kernels/scan/reference.h"
#include "kernels/sort/all_keys.h"
#include "kernels/sort/reference.h"

enum { MOST = 5000, SIZE = 16 };

static _Alignas(64) char input[MOST * SIZE * 2], first[(MOST + 8) * SIZE], got[(MOST + 8) * SIZE];
static _Alignas(64) char keys[MOST * SIZE], scratch[MOST * SIZE];

static const intptr_t lengths[] = {1, 2, 3, 7, 8, 9, 16, 17, 31, 32, 33, 63, 100, 255, 256, 257, 600, 1100, 4500};
enum { LENGTHS = sizeof lengths / sizeof *lengths };

static void fill(const subject *s, int kind, intptr_t count) {
    const intptr_t size = dtype_facts[s->dtype].size;
    if (kind == 0)
        fill_mixed(s->dtype, input, 2 * count);
    else
        fill_moderate(s->dtype, input, 2 * count);
    if (kind == 2) { /* few distinct elements */
        for (intptr_t i = 4; i < 2 * count; i++)
            memcpy(input + i * size, input + random_bits() % 4 * (uint64_t)size, (size_t)size);
    }
    if (kind == 3) { /* far apart, or differing in the last bits alone */
        for (intptr_t i = 4; i < 2 * count; i++) {
            memcpy(input + i * size, input + random_bits() % 4 * (uint64_t)size, (size_t)size);
            if (s->dtype != CODE_b8) input[i * size] ^= (char)(random_bits() % 16);
        }
    }
}

/* Quicksort that does not trust its splits any more: sorts halves and joins them. */
static void check_halves_of(const subject *s, intptr_t n) {
    i64 *sorted = (i64 *)keys, *other = (i64 *)scratch;
    for (int to_other = 0; to_other < 2; to_other++) {
        for (intptr_t i = 0; i < n; i++) sorted[i] = (i64)random_bits() >> 8 * (i % 8);
        u64 sum = 0;
        for (intptr_t i = 0; i < n; i++) sum += (u64)sorted[i];
        quicksort_i64(sorted, other, n, to_other, INT64_MIN, 0);
        const i64 *result = to_other ? other : sorted;
        for (intptr_t i = 0; i < n; i++) {
            sum -= (u64)result[i];
            if (i > 0 && result[i - 1] > result[i]) fail(s, 0, "%td elements: halves out of order at %td", n, i);
        }
        if (sum != 0) fail(s, 0, "%td elements: lost when halves were joined", n);
    }
}

/* The ranks of elements of one byte, counted in two pieces, against those that were sorted. */
static void check_bytes_of(const subject *s, int isa, intptr_t n, intptr_t step, bool descending, const i64 *ranks) {
    const sort_kernels *k = s->entry[isa]->sort;
    const intptr_t first = n / 3;
    intptr_t counts[2][256], place = 0;
    static i64 counted[MOST];
    u8 *bytes = (u8 *)keys;
    if (k->count_bytes == NULL) return;
    k->count_bytes(input, first, step, descending, bytes, counts[0]);
    k->count_bytes(input + first * step, n - first, step, descending, bytes + first, counts[1]);
    for (int i = 0; i < 512; i++) {
        const intptr_t count = counts[i % 2][i / 2];
        counts[i % 2][i / 2] = place;
        place += count;
    }
    k->place_bytes(bytes, first, 0, counts[0], (char *)counted, sizeof(i64));
    k->place_bytes(bytes + first, n - first, first, counts[1], (char *)counted, sizeof(i64));
    for (intptr_t i = 0; i < n; i++) {
        if (counted[i] != ranks[i]) fail(s, isa, "%td elements: rank %td counted is another", n, i);
    }
}

/* n keys in four parts: each holds what it should, and nothing is lost. */
static void check_split_of(const subject *s, int isa, intptr_t n) {
    const key_kernels *k = s->entry[isa]->sort->values;
    intptr_t counts[4];
    char bounds[3 * SIZE];
    s->entry[isa]->sort->load(input, n, dtype_facts[s->dtype].size, false, keys);
    memcpy(got, keys, (size_t)(n * k->size));
    k->sort(got, scratch, n, false);
    for (int i = 0; i < 3; i++) memcpy(bounds + i * k->size, got + n * (i + 1) / 4 * k->size, (size_t)k->size);
    k->split(keys, scratch, n, bounds, 4, counts);
    intptr_t place = 0;
    for (int part = 0; part < 4; place += counts[part++]) {
        if (counts[part] < 0 || place + counts[part] > n) fail(s, isa, "%td elements: part %d has too many", n, part);
        k->sort(keys + place * k->size, scratch, counts[part], false);
    }
    if (place != n || memcmp(keys, got, (size_t)(n * k->size)) != 0) fail(s, isa, "%td elements: not parted", n);
}

static uint64_t check_sort_of(const subject *s, int isa, intptr_t n, intptr_t step, bool descending) {
    const sort_kernels *k = s->entry[isa]->sort;
    const intptr_t size = dtype_facts[s->dtype].size;
    char *out = isa == 0 ? first : got;
    k->load(input, n, step, descending, keys);
    const bool to_other = n % 2 == 0;
    k->values->sort(keys, scratch, n, to_other);
    k->store(to_other ? scratch : keys, n, descending, out, size);
    if (k->restore != NULL) k->restore(input, n, step, descending, out, size);
    for (intptr_t i = 1; i < n; i++) {
        const int order = order_of(s->dtype, out + (i - 1) * size, out + i * size);
        if (descending ? order < 0 : order > 0) fail(s, isa, "%td elements: out of order at %td", n, i);
    }
    if (k->count != NULL && k->count(input, n, step, descending, scratch, size) &&
        memcmp(scratch, out, (size_t)(n * size)) != 0)
        fail(s, isa, "%td elements: counted in another order", n);
    static i64 ranks[MOST];
    static bool seen[MOST];
    memset(seen, 0, sizeof seen);
    const rank_code code = k->find_code(input, n, step, descending);
    k->load_ranked(input, n, step, descending, code, 0, (i64 *)keys);
    k->ranked->sort(keys, scratch, n, false);
    k->store_ranks(input, step, descending, code, (i64 *)keys, (i64 *)scratch, n, (char *)ranks, sizeof(i64));
    for (intptr_t i = 0; i < n; i++) {
        if (ranks[i] < 0 || ranks[i] >= n || seen[ranks[i]]) fail(s, isa, "%td elements: no permutation", n);
        seen[ranks[i]] = true;
        if (!is_same(s->dtype, input + ranks[i] * step, out + i * size) /* a bool may be any byte but 0 */
            && (s->dtype != CODE_b8 || order_of(s->dtype, input + ranks[i] * step, out + i * size) != 0))
            fail(s, isa, "%td elements: rank %td is %s, value %s", n, i, text(s->dtype, input + ranks[i] * step),
                 text(s->dtype, out + i * size));
        if (i > 0 && order_of(s->dtype, input + ranks[i - 1] * step, input + ranks[i] * step) == 0 &&
            ranks[i - 1] > ranks[i])
            fail(s, isa, "%td elements: not stable at %td", n, i);
    }
    check_bytes_of(s, isa, n, step, descending, ranks);
    return (uint64_t)n;
}

/* One running total against the reference. Those that have left the range of numbers, or whose error has, are not
 * compared. */
static void check_total(const subject *s, int isa, intptr_t n, intptr_t i, running_total right, const char *got) {
    char exact[SIZE];
    if (s->dtype < CODE_f32) {
        store_integer(s->result, exact, right.integer);
        if (memcmp(exact, got, (size_t)dtype_facts[s->result].size) != 0)
            fail(s, isa, "%td elements: %s at %td, not %s", n, text(s->result, got), i, text(s->result, exact));
        return;
    }
    if (!(right.size < (is_single(s->dtype) ? 0x1p100L : 0x1p1000L))) return;
    const long double allowed = 4 * (long double)(i + 1) * unit_roundoff(s->dtype) * right.size;
    for (int part = 0; part <= is_complex(s->dtype); part++) {
        if (!(fabsl(load_part(s->result, got, part) - right.part[part]) <= allowed))
            fail(s, isa, "%td elements: part %d at %td is %Lg, not %Lg within %Lg", n, part, i,
                 load_part(s->result, got, part), right.part[part], allowed);
    }
}

static uint64_t check_scan_of(const subject *s, int isa, intptr_t n, intptr_t step) {
    const scan_kernels *k = s->entry[isa]->scan;
    char *out = isa == 0 ? first : got;
    memset(out, 0, (size_t)((n + 1) * k->size));
    k->along(input, n, step, NULL, out);
    if (isa > 0) {
        for (intptr_t i = 0; i < n; i++) {
            if (!is_same(s->result, first + i * k->size, got + i * k->size))
                fail(s, isa, "%td elements: other bits at %td", n, i);
        }
    }
    running_total total = {.count = 0};
    for (intptr_t i = 0; i < n; i++) {
        total = scan_reference(s->operation, s->dtype, total, input + i * step);
        check_total(s, isa, n, i, total, out + i * k->size);
    }
    if (k->block == 0) return (uint64_t)n;
    char whole[SIZE];
    if (k->total(input, n, step, whole) && !is_same(s->result, whole, out + (n - 1) * k->size))
        fail(s, isa, "%td elements: the total is not the last sum", n);
    return (uint64_t)n;
}

/* Many short lines, which overlap: each gives what it gives by itself. */
static uint64_t check_lines_of(const subject *s, int isa, intptr_t n, intptr_t step) {
    enum { LINES = 150 };
    const extreme_kernels *k = s->entry[isa]->extreme;
    const intptr_t lines = MINIMUM(LINES, MOST - 2 * n), size = dtype_facts[s->dtype].size;
    _Alignas(64) char extreme[64];
    i64 index, places[LINES];
    k->lines(input, lines, size, n, step, places);
    for (intptr_t line = 0; line < lines; line++) {
        k->along(input + line * size, n, step, extreme, &index);
        if (places[line] != index)
            fail(s, isa, "%td elements of line %td: place %td, not %td", n, line, (intptr_t)places[line],
                 (intptr_t)index);
    }
    return (uint64_t)lines;
}

static uint64_t check_extreme_of(const subject *s, int isa, intptr_t n, intptr_t step) {
    const extreme_kernels *k = s->entry[isa]->extreme;
    const bool largest = s->operation == OPERATION_argmax;
    _Alignas(64) char extreme[64];
    i64 index, across;
    k->along(input, n, step, extreme, &index);
    intptr_t best = 0;
    for (intptr_t i = 1; i < n; i++) {
        const char *x = input + i * step, *y = input + best * step;
        const bool x_nan = s->dtype >= CODE_f32 && isnan(load_part(s->dtype, x, 0));
        const bool y_nan = s->dtype >= CODE_f32 && isnan(load_part(s->dtype, y, 0));
        const int order = order_of(s->dtype, x, y);
        if (y_nan ? false : x_nan || (largest ? order > 0 : order < 0)) best = i;
    }
    if (index != best) fail(s, isa, "%td elements: place %td, not %td", n, (intptr_t)index, best);
    for (intptr_t i = 0; i < n; i++) k->across(input + i * step, 1, i, extreme, &across);
    if (across != best) fail(s, isa, "%td rows: place %td, not %td", n, (intptr_t)across, best);
    return 1 + (n <= SHORT_LINE ? check_lines_of(s, isa, n, step) : 0);
}

static enum dtype_code sorted_dtype;
static int compare_elements(const void *a, const void *b) { return order_of(sorted_dtype, a, b); }

static uint64_t check_search_of(const subject *s, int isa, intptr_t n) {
    const intptr_t size = dtype_facts[s->dtype].size;
    static i64 places[MOST], ranks[MOST];
    const char *values = input + n * size;
    sorted_dtype = s->dtype;
    if (isa == 0) qsort(input, (size_t)n, (size_t)size, compare_elements);
    for (intptr_t i = 0; i < n; i++) ranks[i] = i;
    for (int right = 0; right < 2; right++) {
        for (int sorter = 0; sorter < 2; sorter++) {
            if (!s->entry[isa]->search(input, n, sorter ? ranks : NULL, values, n, right, places))
                fail(s, isa, "%td elements: the sorter was refused", n);
            for (intptr_t i = 0; i < n; i++) {
                const i64 place = places[i];
                const bool fits =
                    place >= 0 && place <= n &&
                    (place == 0 || order_of(s->dtype, input + (place - 1) * size, values + i * size) < right) &&
                    (place == n || order_of(s->dtype, input + place * size, values + i * size) >= right);
                if (!fits)
                    fail(s, isa, "%td elements: %s belongs elsewhere than at %td", n, text(s->dtype, values + i * size),
                         (intptr_t)place);
            }
        }
    }
    return (uint64_t)(4 * n);
}

uint64_t check_axis(const subject *s) {
    const intptr_t size = dtype_facts[s->dtype].size;
    uint64_t results = 0;
    for (int kind = 0; kind < 4; kind++) {
        for (int length = 0; length < LENGTHS; length++) {
            const intptr_t n = lengths[length];
            fill(s, kind, n);
            for (int stride = 1; stride < 3; stride++) {
                for (int isa = 0; isa < s->isas; isa++) {
                    if (s->form == FORM_sort) {
                        if (s->dtype == CODE_i64) check_halves_of(s, n);
                        results += check_sort_of(s, isa, n, stride * size, false);
                        results += check_sort_of(s, isa, n, stride * size, true);
                        if (stride == 1) check_split_of(s, isa, n);
                    } else if (s->form == FORM_scan) {
                        results += check_scan_of(s, isa, n, stride * size);
                    } else if (s->form == FORM_extreme) {
                        results += check_extreme_of(s, isa, n, stride * size);
                    } else if (stride == 1) {
                        results += check_search_of(s, isa, n);
                    }
                }
            }
        }
    }
    return results;
}

/* Where values of one dtype belong among sorted elements: template. nan comes last, as in sort.
 *
 * Binary search without jumps, for eight values at a time, so that their cache misses overlap. Of values of one byte
 * there are few: each is searched for once. */
#include "kernels/loops/elementwise.h"

#if defined(IS_FLOAT)
#define COMES_BEFORE(a, b) ((a) < (b) || ((b) != (b) && (a) == (a)))
#elif defined(IS_BOOL)
#define COMES_BEFORE(a, b) (((a) != 0) < ((b) != 0))
#else
#define COMES_BEFORE(a, b) ((a) < (b))
#endif

/* Does an element come before the place where the value belongs? */
ALWAYS_INLINE bool f(lies_before)(T element, T value, bool right) {
    return right ? !COMES_BEFORE(value, element) : COMES_BEFORE(element, value);
}

ALWAYS_INLINE void f(search_group)(const T *sorted, intptr_t n, const T *values, intptr_t count, bool right, i64 *out) {
    intptr_t low[8];
    for (intptr_t k = 0; k < count; k++) low[k] = 0;
    intptr_t size = n;
    for (; size > 1; size -= size / 2) {
        const intptr_t half = size / 2;
        for (intptr_t k = 0; k < count; k++) {
            intptr_t next = low[k] + half;
            __asm__("" : "+r"(next)); /* or else vectors are gathered, which takes two to three times as long, */
            const bool lies_before = f(lies_before)(sorted[next - 1], values[k], right);
            low[k] = __builtin_unpredictable(lies_before) ? next : low[k]; /* and a jump six times as long */
            __asm__("" : "+r"(low[k]));
        }
    }
    for (intptr_t k = 0; k < count; k++)
        out[k] = low[k] + (size > 0 && f(lies_before)(sorted[low[k]], values[k], right));
}

ALWAYS_INLINE void f(search_each)(const T *sorted, intptr_t n, const T *values, intptr_t count, bool right, i64 *out) {
    intptr_t i = 0;
    for (; i + 8 <= count; i += 8) f(search_group)(sorted, n, values + i, 8, right, out + i);
    for (; i < count; i++) f(search_group)(sorted, n, values + i, 1, right, out + i);
}

ALWAYS_INLINE void f(search_all)(const T *sorted, intptr_t n, const T *values, intptr_t count, bool right, i64 *out) {
    enum { BYTES = 256 };
    if (sizeof(T) > 1 || count < 4 * BYTES) {
        f(search_each)(sorted, n, values, count, right, out);
        return;
    }
    u8 bytes[BYTES];
    i64 places[BYTES];
    for (int byte = 0; byte < BYTES; byte++) bytes[byte] = (u8)byte;
    f(search_each)(sorted, n, (const T *)bytes, BYTES, right, places);
    for (intptr_t i = 0; i < count; i++) out[i] = places[((const u8 *)values)[i]];
}

static bool f(search_by)(const T *elements, intptr_t n, const i64 *sorter, const T *values, intptr_t count, bool right,
                         i64 *out) {
    for (intptr_t i = 0; i < count; i++) {
        intptr_t low = 0, high = n;
        while (low < high) {
            const intptr_t middle = low + (high - low) / 2;
            i64 place = READ_ONCE(sorter[middle]);
            place += place < 0 ? n : 0;
            if (place < 0 || place >= n) return false;
            if (f(lies_before)(elements[place], values[i], right))
                low = middle + 1;
            else
                high = middle;
        }
        out[i] = low;
    }
    return true;
}

bool KERNEL(searchsorted)(const char *sorted, intptr_t n, const i64 *sorter, const char *values, intptr_t count,
                          bool right, i64 *out) {
    const T *elements = (const T *)sorted, *wanted = (const T *)values;
    if (sorter != NULL) return f(search_by)(elements, n, sorter, wanted, count, right, out);
    if (right)
        f(search_all)(elements, n, wanted, count, true, out);
    else
        f(search_all)(elements, n, wanted, count, false, out);
    return true;
}

#undef COMES_BEFORE

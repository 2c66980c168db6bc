/* Elements picked by masks: moved by size, whatever their dtype. No Python.h, no arithmetic.
 *
 * Truth values are looked at eight at a time; where they differ, no jump depends on them. */
#include "masks.h"

/* An element of 16 bytes. */
typedef struct {
    u64 low, high;
} b128;

intptr_t mask_count(const char *mask, intptr_t n) {
    intptr_t count = 0;
    for (intptr_t first = 0; first < n; first += 1 << 14) {
        const intptr_t last = MINIMUM(first + (1 << 14), n);
        u32 some = 0;
        _Pragma("clang loop vectorize(enable)") for (intptr_t i = first; i < last; i++) some += mask[i] != 0;
        count += some;
    }
    return count;
}

/* Eight truth values at once, as the number of true ones; they lie in memory in either byte order. */
static int eight_true(const char *mask) {
    u64 bytes;
    memcpy(&bytes, mask, 8);
    const u64 low = 0x7f7f7f7f7f7f7f7f, high = 0x8080808080808080;
    return __builtin_popcountll((((bytes & low) + low) | bytes) & high);
}

/* Are the next 64 all false? */
static bool none_true(const char *mask) {
    u64 words[8];
    memcpy(words, mask, sizeof words);
    return ((words[0] | words[1]) | (words[2] | words[3]) | (words[4] | words[5]) | (words[6] | words[7])) == 0;
}

/* An element is written whether it is wanted or not, and the place moves on if it is: no jump depends on the mask, but
 * for stretches that are all true or all false. The last `count` - 8 places are left to a careful loop, as nothing may
 * be written behind the result. */
#define MASK_READ(T)                                                                                     \
    static void mask_read_##T(const char *mask, intptr_t n, const char *in, char *out, intptr_t count) { \
        const T *from = (const T *)in;                                                                   \
        T *to = (T *)out, *const end = to + count;                                                       \
        intptr_t i = 0;                                                                                  \
        for (; i + 8 <= n && end - to >= 8; i += 8) {                                                    \
            const int some = eight_true(mask + i);                                                       \
            if (some == 0) continue;                                                                     \
            if (some == 8) {                                                                             \
                memcpy(to, from + i, 8 * sizeof(T));                                                     \
                to += 8;                                                                                 \
                continue;                                                                                \
            }                                                                                            \
            for (int k = 0; k < 8; k++) {                                                                \
                *to = from[i + k];                                                                       \
                to += mask[i + k] != 0;                                                                  \
            }                                                                                            \
        }                                                                                                \
        for (; to < end; i++) {                                                                          \
            if (mask[i] != 0) *to++ = from[i];                                                           \
        }                                                                                                \
    }
/* What is not wanted is written with itself; a value is read only while there are eight more. */
#define MASK_WRITE(T)                                                                                         \
    static void mask_write_##T(const char *mask, intptr_t n, const char *values, intptr_t count, char *out) { \
        const T *from = (const T *)values, *const end = from + count;                                         \
        T *to = (T *)out;                                                                                     \
        intptr_t i = 0;                                                                                       \
        for (; i + 8 <= n && end - from >= 8; i += 8) {                                                       \
            if (eight_true(mask + i) == 0) continue;                                                          \
            for (int k = 0; k < 8; k++) {                                                                     \
                to[i + k] = *(mask[i + k] != 0 ? from : &to[i + k]);                                          \
                from += mask[i + k] != 0;                                                                     \
            }                                                                                                 \
        }                                                                                                     \
        for (; from < end; i++) {                                                                             \
            if (mask[i] != 0) to[i] = *from++;                                                                \
        }                                                                                                     \
    }
MASK_READ(u8)
MASK_READ(u16)
MASK_READ(u32)
MASK_READ(u64)
MASK_READ(b128)
MASK_WRITE(u8)
MASK_WRITE(u16)
MASK_WRITE(u32)
MASK_WRITE(u64)
MASK_WRITE(b128)

void mask_read(const char *mask, intptr_t n, intptr_t itemsize, const char *in, char *out, intptr_t count) {
    switch (itemsize) {
    case 1:
        mask_read_u8(mask, n, in, out, count);
        break;
    case 2:
        mask_read_u16(mask, n, in, out, count);
        break;
    case 4:
        mask_read_u32(mask, n, in, out, count);
        break;
    case 8:
        mask_read_u64(mask, n, in, out, count);
        break;
    default:
        mask_read_b128(mask, n, in, out, count);
    }
}

void mask_write(const char *mask, intptr_t n, intptr_t itemsize, const char *values, intptr_t count, char *out) {
    switch (itemsize) {
    case 1:
        mask_write_u8(mask, n, values, count, out);
        break;
    case 2:
        mask_write_u16(mask, n, values, count, out);
        break;
    case 4:
        mask_write_u32(mask, n, values, count, out);
        break;
    case 8:
        mask_write_u64(mask, n, values, count, out);
        break;
    default:
        mask_write_b128(mask, n, values, count, out);
    }
}

void mask_places(const char *mask, int rank, const intptr_t *shape, intptr_t count, i64 *const *out) {
    const intptr_t row = shape[rank - 1];
    intptr_t index[RANK_MAX] = {0}, done = 0;
    while (done < count) {
        i64 *columns = out[rank - 1];
        const intptr_t before = done;
        intptr_t j = 0;
        for (; j + 8 <= row && count - done >= 8; j += 8) {
            if (j + 64 <= row && none_true(mask + j)) {
                j += 56;
                continue;
            }
            const int some = eight_true(mask + j);
            if (some == 0) continue;
            for (int k = 0; k < 8; k++) {
                columns[done] = j + k;
                done += mask[j + k] != 0;
            }
        }
        for (; j < row && done < count; j++) {
            if (mask[j] != 0) columns[done++] = j;
        }
        for (int axis = 0; axis < rank - 1; axis++) {
            for (intptr_t i = before; i < done; i++) out[axis][i] = index[axis];
        }
        mask += row;
        for (int axis = rank - 2; axis >= 0; axis--) {
            if (++index[axis] < shape[axis]) break;
            index[axis] = 0;
        }
    }
}

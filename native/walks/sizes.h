/* Elements that are moved and not computed with: their size is all that counts. No dtype here. */
#ifndef RAPTORS_SIZES_H
#define RAPTORS_SIZES_H

#include "base.h"

/* Elements by their size. They need not be aligned: those of other libraries may lie anywhere. */
typedef u8 any8;
typedef u16 any16 __attribute__((aligned(1)));
typedef u32 any32 __attribute__((aligned(1)));
typedef u64 any64 __attribute__((aligned(1)));
typedef struct {
    any64 low, high;
} any128;

/* What it costs to move elements, in the unit of the manifest: to find each of them, and to read and write its bytes.
 * native/tools/costs.py measures both. */
enum { FIND_COST = 60, BYTE_COST = 2 };

static inline double move_cost(double elements, double bytes_of_each) {
    return elements * (FIND_COST + BYTE_COST * bytes_of_each);
}

/* M(type) for a type of every size that an element may have. */
#define SIZES(M) M(any8) M(any16) M(any32) M(any64) M(any128)

/* NAME_<type>(...) for the type of `size` bytes. */
#define CALL_BY_SIZE(size, NAME, ...)          \
    ((size) == 1   ? NAME##_any8(__VA_ARGS__)  \
     : (size) == 2 ? NAME##_any16(__VA_ARGS__) \
     : (size) == 4 ? NAME##_any32(__VA_ARGS__) \
     : (size) == 8 ? NAME##_any64(__VA_ARGS__) \
                   : NAME##_any128(__VA_ARGS__))

#endif

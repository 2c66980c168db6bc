/* Elements that are moved and not computed with: their size is all that counts. No dtype here. */
#ifndef RAPTORS_SIZES_H
#define RAPTORS_SIZES_H

#include "base.h"

/* An element of 16 bytes. */
typedef struct {
    u64 low, high;
} b128;

/* What it costs to move elements, in the unit of the manifest: to find each of them, and to read and write its bytes.
 * native/tools/costs.py measures both. */
enum { FIND_COST = 60, BYTE_COST = 2 };

static inline double move_cost(double elements, double bytes_of_each) {
    return elements * (FIND_COST + BYTE_COST * bytes_of_each);
}

/* M(type) for a type of every size that an element may have. */
#define SIZES(M) M(u8) M(u16) M(u32) M(u64) M(b128)

/* NAME_<type>(...) for the type of `size` bytes. */
#define CALL_BY_SIZE(size, NAME, ...)        \
    ((size) == 1   ? NAME##_u8(__VA_ARGS__)  \
     : (size) == 2 ? NAME##_u16(__VA_ARGS__) \
     : (size) == 4 ? NAME##_u32(__VA_ARGS__) \
     : (size) == 8 ? NAME##_u64(__VA_ARGS__) \
                   : NAME##_b128(__VA_ARGS__))

#endif

/* What sorting in vectors of eight lanes needs, whatever the key: how lanes are exchanged, and the order that puts
 * those of a mask first. Nothing here knows an element or a key. */
#ifndef RAPTORS_SORT_LANES_H
#define RAPTORS_SORT_LANES_H

#include "base.h"

#define keyed(NAME) PASTE(PASTE(NAME, _), KEY) /* a name for a kind of key: keyed(sort) is sort_i64 */

#define LANES 8
/* Bytes of all vector registers together. */
#if defined(__AVX512F__)
#define REGISTERS_BYTES (32 * 64)
#elif defined(__AVX2__) || defined(__aarch64__)
#define REGISTERS_BYTES 512
#else
#define REGISTERS_BYTES 256
#endif

/* Lanes exchanged at a distance, and groups of lanes turned round. */
#define SWAP_1(x) __builtin_shufflevector(x, x, 1, 0, 3, 2, 5, 4, 7, 6)
#define SWAP_2(x) __builtin_shufflevector(x, x, 2, 3, 0, 1, 6, 7, 4, 5)
#define TURN_4(x) __builtin_shufflevector(x, x, 3, 2, 1, 0, 7, 6, 5, 4)
#define TURN_8(x) __builtin_shufflevector(x, x, 7, 6, 5, 4, 3, 2, 1, 0)
/* The lanes of `a` whose number lacks that bit, and those of `b` that have it. */
#define JOIN_1(a, b) __builtin_shufflevector(a, b, 0, 9, 2, 11, 4, 13, 6, 15)
#define JOIN_2(a, b) __builtin_shufflevector(a, b, 0, 1, 10, 11, 4, 5, 14, 15)
#define JOIN_4(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 12, 13, 14, 15)
#define EVEN(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14)
#define ODD(a, b) __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15)

#if defined(__AVX2__)
typedef u8 lane_bytes __attribute__((vector_size(8)));
typedef i32 lane_numbers __attribute__((vector_size(32)));

/* FIRST(mask): the numbers of eight lanes, a byte each: those that `mask` has, then the others, both ascending. */
#define PLACE(mask, lane)                                                    \
    ((mask) >> (lane) & 1 ? __builtin_popcount((mask) & ((1 << (lane)) - 1)) \
                          : __builtin_popcount((mask) & 255) + __builtin_popcount(~(mask) & ((1 << (lane)) - 1)))
#define LANE(mask, lane) ((u64)(lane) << 8 * PLACE(mask, lane))
#define FIRST(mask)                                                                                                  \
    (LANE(mask, 0) | LANE(mask, 1) | LANE(mask, 2) | LANE(mask, 3) | LANE(mask, 4) | LANE(mask, 5) | LANE(mask, 6) | \
     LANE(mask, 7))
#define FIRST_4(mask) FIRST(mask), FIRST((mask) + 1), FIRST((mask) + 2), FIRST((mask) + 3)
#define FIRST_16(mask) FIRST_4(mask), FIRST_4((mask) + 4), FIRST_4((mask) + 8), FIRST_4((mask) + 12)
#define FIRST_64(mask) FIRST_16(mask), FIRST_16((mask) + 16), FIRST_16((mask) + 32), FIRST_16((mask) + 48)

static const u64 first_lanes[256] = {FIRST_64(0), FIRST_64(64), FIRST_64(128), FIRST_64(192)};
#endif

#endif

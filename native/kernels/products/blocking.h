/* The sizes of the blocks of matrix products, for all instruction sets. */
#ifndef RAPTORS_PRODUCTS_BLOCKING_H
#define RAPTORS_PRODUCTS_BLOCKING_H

#include "kernels/products/registers.h"

enum {
    ROWS_MOST = 8,
    REGISTERS_MOST = 8,
    DEPTH = 128,             /* of a block: elements along k */
    BLOCK_BYTES = 96 << 10,  /* of a in a block: half of a second-level cache; it is on the thread's stack */
    STRIP_BYTES = 16 << 10,  /* of a row of out, to which rows of b are added (by_strips) */
    STRIPS_FROM = 256 << 10, /* bytes of b from which on that is faster */
    DIRECT_BYTES = 32 << 10, /* of b: so much stays in the first-level cache without packing */
};

#endif

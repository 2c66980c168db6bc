/* The sizes of the blocks of matrix products, for all instruction sets. */
#ifndef RAPTORS_PRODUCTS_BLOCKING_H
#define RAPTORS_PRODUCTS_BLOCKING_H

#include "kernels/products/registers.h"

enum {
    ROWS_MOST = 8,
    REGISTERS_MOST = 8,
    DEPTH = 128,             /* elements along k in a block */
    BLOCK_BYTES = 96 << 10,  /* of a in a block: half a second-level cache, and little of a thread's stack */
    STRIP_BYTES = 8 << 10,   /* of a single row of out, while all of b goes by */
    STRIPS_FROM = 256 << 10, /* bytes of b that make that worth it */
    DIRECT_BYTES = 32 << 10, /* of b: so much stays in the first-level cache as it is */
};

#endif

/* Instantiates the dot products (vecdot.h) and the matrix products (matmul.h) for every numeric dtype, and says what
 * this instruction set has for them. */
#include "kernels/loops.h"

/* Bytes of a register, and rows whose sums, two registers each, fit into all of them. */
#if defined(__AVX512F__)
#define REGISTER 64
#define ROWS_REAL 8
#define ROWS_COMPLEX 4
#elif defined(__AVX2__)
#define REGISTER 32
#define ROWS_REAL 6
#define ROWS_COMPLEX 2
#elif defined(__aarch64__)
#define REGISTER 16
#define ROWS_REAL 8
#define ROWS_COMPLEX 4
#else
#define REGISTER 16
#define ROWS_REAL 4
#define ROWS_COMPLEX 2
#endif
#if defined(__FMA__) || defined(__aarch64__)
#define FUSED
#endif
#if defined(__AVX2__)
#define MASKED /* loads and stores of some lanes only */
#endif

enum {
    ROWS_MOST = 8,
    REGISTERS_MOST = 8,
    DEPTH = 128,             /* elements along k in a block */
    BLOCK_BYTES = 96 << 10,  /* of a in a block: half a second-level cache, and little of a thread's stack */
    STRIP_BYTES = 8 << 10,   /* of a single row of out, while all of b goes by */
    STRIPS_FROM = 256 << 10, /* bytes of b that make that worth it */
    DIRECT_BYTES = 32 << 10, /* of b: so much stays in the first-level cache as it is */
};

#define TEMPLATE "kernels/products/vecdot.h"
#include "kernels/each_complex.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"
#undef TEMPLATE
#define TEMPLATE "kernels/products/matmul.h"
#include "kernels/each_complex.h"
#include "kernels/each_float.h"
#include "kernels/each_integer.h"

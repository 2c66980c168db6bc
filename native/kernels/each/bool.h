/* Includes TEMPLATE once for bool. It sees T and PART (both b8) and IS_BOOL. A bool of foreign memory may be any byte:
 * kernels take all but 0 for true, and write 0 and 1. */
#include "kernels/each/names.h"

#define T b8
#define PART b8
#define IS_BOOL
#include TEMPLATE
#undef T
#undef PART
#undef IS_BOOL

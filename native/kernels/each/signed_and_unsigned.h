/* Includes TEMPLATE for the two integer dtypes of WIDTH bits: a part of integer.h. */
#define UNSIGNED_T PASTE(u, WIDTH)

#define T PASTE(i, WIDTH)
#define PART T
#define IS_SIGNED
#include TEMPLATE
#undef T
#undef IS_SIGNED

#define T UNSIGNED_T
#define IS_UNSIGNED
#include TEMPLATE
#undef T
#undef PART
#undef IS_UNSIGNED

#undef UNSIGNED_T

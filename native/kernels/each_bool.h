/* Includes TEMPLATE once for bool. The template sees T (the type, and the suffix of names), IS_BOOL and PART. */
#define T b8
#define IS_BOOL
#define PART b8
#include TEMPLATE
#undef T
#undef IS_BOOL
#undef PART

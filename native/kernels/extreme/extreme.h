/* Where the largest and the smallest element of one dtype are: the first of equal ones; nan goes before all. Template;
 * extreme_find.h makes the kernels. */
#if defined(IS_BOOL)
#define VALUE(x) ((T)((x) != 0))
#else
#define VALUE(x) (x)
#endif
#if defined(IS_FLOAT)
#define IS_NAN(x) ((x) != (x))
#else
#define IS_NAN(x) false
#endif

#define NAME argmax
#define GOES_BEFORE(a, b) ((a) > (b))
#include "kernels/extreme/extreme_find.h"

#define NAME argmin
#define GOES_BEFORE(a, b) ((a) < (b))
#include "kernels/extreme/extreme_find.h"

#undef VALUE
#undef IS_NAN

/* Where the largest and the smallest element of one dtype are: the first of equal ones. nan counts for both as the
 * extreme. Template; each of the two is made by arg_extreme.h. */
#include "kernels/loops/elementwise.h"

#if defined(IS_BOOL)
#define NUMBER(x) ((T)((x) != 0))
#else
#define NUMBER(x) (x)
#endif
#if defined(IS_FLOAT)
#define IS_NAN(x) ((x) != (x))
#else
#define IS_NAN(x) false
#endif

#define NAME argmax
#define GOES_BEFORE(a, b) ((a) > (b))
#include "kernels/extreme/arg_extreme.h"

#define NAME argmin
#define GOES_BEFORE(a, b) ((a) < (b))
#include "kernels/extreme/arg_extreme.h"

#undef NUMBER
#undef IS_NAN

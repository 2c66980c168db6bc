/* Where the largest and the smallest element of one dtype are: the first of equal ones. nan counts for both as the
 * extreme. Template; each of the two is made by arg_extreme.h, or for bool by arg_bool.h. */
#include "kernels/loops/elementwise.h"
#include "kernels/loops/strided.h"
#include "kernels/loops/transposed.h"

#if defined(IS_BOOL)

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define FIRST_BYTE(bits) (__builtin_ctzll(bits) / 8)
#else
#define FIRST_BYTE(bits) (__builtin_clzll(bits) / 8)
#endif

#define NAME argmax
#define WANTED true
#include "kernels/extreme/arg_bool.h"

#define NAME argmin
#define WANTED false
#include "kernels/extreme/arg_bool.h"

#undef FIRST_BYTE

#else

TRANSPOSE

#if defined(IS_FLOAT)
#define IS_NAN(x) ((x) != (x))
#define NEW_NAN(x, best) (((x) != (x)) & ((best) == (best)))
#define IS_SOUGHT(x, best, has_nan) ((has_nan) ? (x) != (x) : (x) == (best))
#else
#define IS_NAN(x) false
#define NEW_NAN(x, best) 0
#define IS_SOUGHT(x, best, has_nan) ((void)(has_nan), (x) == (best))
#endif

#define NAME argmax
#define GOES_BEFORE(a, b) ((a) > (b))
#define EXTREME_LANE(v) __builtin_reduce_max(v)
#include "kernels/extreme/arg_extreme.h"

#define NAME argmin
#define GOES_BEFORE(a, b) ((a) < (b))
#define EXTREME_LANE(v) __builtin_reduce_min(v)
#include "kernels/extreme/arg_extreme.h"

#undef IS_NAN
#undef NEW_NAN
#undef IS_SOUGHT

#endif

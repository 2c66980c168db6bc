/* Includes TEMPLATE once for float32 and float64. It sees T, PART (the same), WIDTH (in bits), IS_FLOAT, and SIGNED_T
 * and UNSIGNED_T (the integers of that width). */
#include "kernels/each/names.h"

#define IS_FLOAT
#define WIDTH 32
#define T f32
#define PART f32
#define SIGNED_T i32
#define UNSIGNED_T u32
#include TEMPLATE
#undef WIDTH
#undef T
#undef PART
#undef SIGNED_T
#undef UNSIGNED_T

#define WIDTH 64
#define T f64
#define PART f64
#define SIGNED_T i64
#define UNSIGNED_T u64
#include TEMPLATE
#undef WIDTH
#undef T
#undef PART
#undef SIGNED_T
#undef UNSIGNED_T
#undef IS_FLOAT

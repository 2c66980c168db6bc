/* Includes TEMPLATE once for float32 and float64. The template sees T, IS_FLOAT, PART, WIDTH (in bits) and SIGNED_T
 * (the integer of the same width). */
#define SIGNED_T i32
#define WIDTH 32
#define T f32
#define IS_FLOAT
#define PART f32
#include TEMPLATE
#undef T
#undef IS_FLOAT
#undef PART
#undef WIDTH
#undef SIGNED_T
#define SIGNED_T i64
#define WIDTH 64
#define T f64
#define IS_FLOAT
#define PART f64
#include TEMPLATE
#undef T
#undef IS_FLOAT
#undef PART
#undef WIDTH
#undef SIGNED_T

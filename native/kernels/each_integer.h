/* Includes TEMPLATE once for each integer dtype. The template sees T, IS_INTEGER, IS_SIGNED or IS_UNSIGNED, UNSIGNED_T,
 * WIDTH (in bits) and PART. */
#define IS_INTEGER
#define WIDTH 8
#define UNSIGNED_T u8
#define T i8
#define IS_SIGNED
#define PART i8
#include TEMPLATE
#undef T
#undef IS_SIGNED
#undef PART
#define T u8
#define IS_UNSIGNED
#define PART u8
#include TEMPLATE
#undef T
#undef IS_UNSIGNED
#undef PART
#undef IS_INTEGER
#undef WIDTH
#undef UNSIGNED_T
#define IS_INTEGER
#define WIDTH 16
#define UNSIGNED_T u16
#define T i16
#define IS_SIGNED
#define PART i16
#include TEMPLATE
#undef T
#undef IS_SIGNED
#undef PART
#define T u16
#define IS_UNSIGNED
#define PART u16
#include TEMPLATE
#undef T
#undef IS_UNSIGNED
#undef PART
#undef IS_INTEGER
#undef WIDTH
#undef UNSIGNED_T
#define IS_INTEGER
#define WIDTH 32
#define UNSIGNED_T u32
#define T i32
#define IS_SIGNED
#define PART i32
#include TEMPLATE
#undef T
#undef IS_SIGNED
#undef PART
#define T u32
#define IS_UNSIGNED
#define PART u32
#include TEMPLATE
#undef T
#undef IS_UNSIGNED
#undef PART
#undef IS_INTEGER
#undef WIDTH
#undef UNSIGNED_T
#define IS_INTEGER
#define WIDTH 64
#define UNSIGNED_T u64
#define T i64
#define IS_SIGNED
#define PART i64
#include TEMPLATE
#undef T
#undef IS_SIGNED
#undef PART
#define T u64
#define IS_UNSIGNED
#define PART u64
#include TEMPLATE
#undef T
#undef IS_UNSIGNED
#undef PART
#undef IS_INTEGER
#undef WIDTH
#undef UNSIGNED_T

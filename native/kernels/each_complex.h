/* Includes TEMPLATE once for complex64 and complex128. The template sees T, IS_COMPLEX, PART (the type of its parts)
 * and WIDTH (theirs, in bits). */
#define T c64
#define IS_COMPLEX
#define PART f32
#define WIDTH 32
#include TEMPLATE
#undef T
#undef IS_COMPLEX
#undef PART
#undef WIDTH
#define T c128
#define IS_COMPLEX
#define PART f64
#define WIDTH 64
#include TEMPLATE
#undef T
#undef IS_COMPLEX
#undef PART
#undef WIDTH

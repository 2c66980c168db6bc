/* Includes TEMPLATE once for complex64 and complex128. It sees T, PART (the type of the real and imaginary parts),
 * WIDTH (of a part, in bits) and IS_COMPLEX. */
#include "kernels/each/names.h"

#define IS_COMPLEX
#define WIDTH 32
#define T c64
#define PART f32
#include TEMPLATE
#undef WIDTH
#undef T
#undef PART

#define WIDTH 64
#define T c128
#define PART f64
#include TEMPLATE
#undef WIDTH
#undef T
#undef PART
#undef IS_COMPLEX

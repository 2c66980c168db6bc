/* Includes TEMPLATE once for each integer dtype. It sees T, PART (the same), WIDTH (in bits), IS_INTEGER, IS_SIGNED or
 * IS_UNSIGNED, and UNSIGNED_T (the unsigned integer of that width). */
#include "kernels/each/names.h"

#define IS_INTEGER
#define WIDTH 8
#include "kernels/each/signed_and_unsigned.h"
#undef WIDTH
#define WIDTH 16
#include "kernels/each/signed_and_unsigned.h"
#undef WIDTH
#define WIDTH 32
#include "kernels/each/signed_and_unsigned.h"
#undef WIDTH
#define WIDTH 64
#include "kernels/each/signed_and_unsigned.h"
#undef WIDTH
#undef IS_INTEGER

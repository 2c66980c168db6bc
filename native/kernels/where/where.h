/* Choices between elements of one dtype: template. The condition is bool, of which any byte but 0 is true. */
#include "kernels/declarations.h"
#include "kernels/loops/elementwise.h"

#if defined(IS_COMPLEX) && WIDTH == 32
/* As integers, which hold both parts. */
void KERNEL(where)(const tile *t) { PASTE(where_u64_, ISA)(t); }
#elif defined(IS_COMPLEX)
/* An element is 16 bytes: copied from the address that is chosen, without a jump. */
void KERNEL(where)(const tile *t) {
    const intptr_t n = t->columns, so = t->step[0], sc = t->step[1], sa = t->step[2], sb = t->step[3];
    for (intptr_t row = 0; row < t->rows; row++) {
        char *o = t->data[0] + row * t->row_step[0];
        const char *c = t->data[1] + row * t->row_step[1];
        const char *a = t->data[2] + row * t->row_step[2];
        const char *b = t->data[3] + row * t->row_step[3];
        for (intptr_t i = 0; i < n; i++, o += so, c += sc, a += sa, b += sb)
            memcpy(o, __builtin_unpredictable(*(const b8 *)c != 0) ? a : b, sizeof(T));
    }
}
#else
ALWAYS_INLINE T f(where)(b8 condition, T a, T b) { return condition ? a : b; }

TERNARY(where, T)
#endif

/* Clipping of one real dtype: template. min(max(x, low), high), so that the upper bound wins; nan if any of the three
 * is.
 */
#include "kernels/loops/elementwise.h"

ALWAYS_INLINE T f(clipped)(T x, T low, T high) {
#if defined(IS_FLOAT)
    return __builtin_elementwise_minimum(__builtin_elementwise_maximum(x, low), high);
#else
    return __builtin_elementwise_min(__builtin_elementwise_max(x, low), high);
#endif
}

ALWAYS_INLINE void f(clip_run)(T *out, const T *x, const T *low, const T *high, intptr_t dx, intptr_t dl, intptr_t dh,
                               intptr_t n) {
    VECTOR_LOOP
    for (intptr_t i = 0; i < n; i++) out[i] = f(clipped)(x[i * dx], low[i * dl], high[i * dh]);
}

void KERNEL(clip)(const tile *t) {
    const intptr_t n = t->columns, so = t->step[0], sx = t->step[1], sl = t->step[2], sh = t->step[3];
    const bool plain = so == sizeof(T) && sx == sizeof(T);
    for (intptr_t row = 0; row < t->rows; row++) {
        char *o = t->data[0] + row * t->row_step[0];
        const char *x = t->data[1] + row * t->row_step[1];
        const char *l = t->data[2] + row * t->row_step[2];
        const char *h = t->data[3] + row * t->row_step[3];
        const T low = *(const T *)l, high = *(const T *)h;
        if (plain && sl == 0 && sh == 0) {
            f(clip_run)((T *)o, (const T *)x, &low, &high, 1, 0, 0, n);
        } else if (plain && sl == sizeof(T) && sh == sizeof(T)) {
            f(clip_run)((T *)o, (const T *)x, (const T *)l, (const T *)h, 1, 1, 1, n);
        } else if (plain && sl == sizeof(T) && sh == 0) {
            f(clip_run)((T *)o, (const T *)x, (const T *)l, &high, 1, 1, 0, n);
        } else if (plain && sl == 0 && sh == sizeof(T)) {
            f(clip_run)((T *)o, (const T *)x, &low, (const T *)h, 1, 0, 1, n);
        } else {
            PLAIN_LOOP
            for (intptr_t i = 0; i < n; i++)
                *(T *)(o + i * so) =
                    f(clipped)(*(const T *)(x + i * sx), *(const T *)(l + i * sl), *(const T *)(h + i * sh));
        }
    }
}

/* Clamping of one real dtype between two bounds: template. nan if any of the three is; the upper bound wins. */
#if defined(IS_FLOAT)
#define MORE(a, b) __builtin_elementwise_maximum(a, b)
#define LESS(a, b) __builtin_elementwise_minimum(a, b)
#else
#define MORE(a, b) __builtin_elementwise_max(a, b)
#define LESS(a, b) __builtin_elementwise_min(a, b)
#endif

ALWAYS_INLINE void f(clip_run)(T *out, const T *x, const T *low, const T *high, intptr_t dx, intptr_t dl, intptr_t dh,
                               intptr_t n) {
    VECTOR_LOOP
    for (intptr_t i = 0; i < n; i++) {
        const T raised = MORE(x[i * dx], low[i * dl]);
        out[i] = LESS(raised, high[i * dh]);
    }
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
            for (intptr_t i = 0; i < n; i++) {
                const T raised = MORE(*(const T *)(x + i * sx), *(const T *)(l + i * sl));
                *(T *)(o + i * so) = LESS(raised, *(const T *)(h + i * sh));
            }
        }
    }
}

#undef MORE
#undef LESS

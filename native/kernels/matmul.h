/* Matrix products of one dtype: out = a @ b, rows of b and out contiguous (base.h). Included once a dtype by matmul.c.
 *
 * out[i][j] = sum over k of a[i][k] * b[k][j], in the order of k, four at a time; columns in strips that stay in the
 * first-level cache. Integers wrap. Float sums run over k in order: the error is at most that of a plain loop. */

#if defined(IS_COMPLEX)
#define PLUS(x, y) ((T){(x).re + (y).re, (x).im + (y).im})
ALWAYS_INLINE T f(product)(T x, T y) { return (T){x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re}; }
#elif defined(IS_FLOAT)
#define PLUS(x, y) ((x) + (y))
ALWAYS_INLINE T f(product)(T x, T y) { return x * y; }
#else
#define PLUS(x, y) ((T)((u64)(x) + (u64)(y)))
ALWAYS_INLINE T f(product)(T x, T y) { return (T)((u64)x * (u64)y); }
#endif
#define PLUS_PRODUCT(sum, x, y) PLUS(sum, f(product)(x, y))

void KERNEL(matmul)(intptr_t rows, intptr_t inner, intptr_t columns, const char *a, intptr_t a_row, intptr_t a_step,
                    const char *b, intptr_t b_row, char *out, intptr_t out_row) {
    const intptr_t strip = 4096 / (intptr_t)sizeof(T);
    for (intptr_t begin = 0; begin < columns; begin += strip) {
        const intptr_t n = MINIMUM(strip, columns - begin);
        for (intptr_t i = 0; i < rows; i++) {
            T *total = (T *)(out + i * out_row) + begin;
            memset(total, 0, (size_t)n * sizeof(T));
            const char *x = a + i * a_row;
            intptr_t k = 0;
            for (; k + 4 <= inner; k += 4) {
                const T x0 = *(const T *)(x + k * a_step), x1 = *(const T *)(x + (k + 1) * a_step),
                        x2 = *(const T *)(x + (k + 2) * a_step), x3 = *(const T *)(x + (k + 3) * a_step);
                const T *y0 = (const T *)(b + k * b_row) + begin, *y1 = (const T *)(b + (k + 1) * b_row) + begin,
                        *y2 = (const T *)(b + (k + 2) * b_row) + begin, *y3 = (const T *)(b + (k + 3) * b_row) + begin;
                VECTOR_LOOP
                for (intptr_t j = 0; j < n; j++) {
                    const T s0 = PLUS_PRODUCT(total[j], x0, y0[j]);
                    const T s1 = PLUS_PRODUCT(s0, x1, y1[j]);
                    const T s2 = PLUS_PRODUCT(s1, x2, y2[j]);
                    total[j] = PLUS_PRODUCT(s2, x3, y3[j]);
                }
            }
            for (; k < inner; k++) {
                const T x0 = *(const T *)(x + k * a_step);
                const T *y0 = (const T *)(b + k * b_row) + begin;
                VECTOR_LOOP
                for (intptr_t j = 0; j < n; j++) {
                    const T sum = PLUS_PRODUCT(total[j], x0, y0[j]);
                    total[j] = sum;
                }
            }
        }
    }
}

#undef PLUS
#undef PLUS_PRODUCT

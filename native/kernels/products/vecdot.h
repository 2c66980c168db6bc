/* Dot products of one dtype: sums of conj(a) * b along the vectors. Included once a dtype by matmul.c, before matmul.h.
 *
 * Contiguous vectors: four 64-byte vectors of sums side by side, lanes pairwise at the end, the same on every
 * instruction set and without fused multiplication: the same bits everywhere. At most STRETCH products are added in a
 * row to a sum, then the sums of stretches. Vectors that lie side by side, element by element, are summed together. */

#define STRETCH 256 /* steps of the four sums */
#define STRIP 512   /* vectors summed together */
#define ACROSS 64   /* elements added to one of their sums in a row */
#define SHORT 8     /* elements that are not worth vectors */

#if defined(IS_INTEGER)

#define WRAPPED u64
#if WIDTH <= 32
#undef WRAPPED
#define WRAPPED u32
#endif

static void f(dot)(const T *a, const T *b, intptr_t n, bool conjugates, T *out) {
    (void)conjugates;
    WRAPPED total = 0;
    for (intptr_t i = 0; i < n; i++) total += (WRAPPED)a[i] * (WRAPPED)b[i];
    *out = (T)total;
}

#undef WRAPPED

#else

#define LANES (VECTOR_BYTES / (intptr_t)sizeof(PART))
#define ELEMENTS (VECTOR_BYTES / (intptr_t)sizeof(T)) /* of a vector */

typedef PART f(dots) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(PART)), aligned(sizeof(PART))));

/* With the parts of every element exchanged. */
#if defined(IS_COMPLEX)
ALWAYS_INLINE f(dots) f(turn_dots)(f(dots) v) {
#if WIDTH == 32
    return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
#else
    return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
#endif
}
#endif

ALWAYS_INLINE f(dots) f(load_dots)(const T *from, intptr_t count) {
    if (count >= ELEMENTS) return *(const f(dots) *)from;
    f(dots) loaded = 0;
    memcpy(&loaded, from, (size_t)count * sizeof(T));
    return loaded;
}

/* sums += products of the elements; turned += products with the other part of b. */
ALWAYS_INLINE void f(add_products)(f(dots) x, f(dots) y, f(dots) * sum, f(dots) * turned) {
    *sum += x * y;
#if defined(IS_COMPLEX)
    *turned += x * f(turn_dots)(y);
#else
    (void)turned;
#endif
}

/* The sum of all lanes, pairwise. */
static T f(join_lanes)(f(dots) total, f(dots) turned, bool conjugates) {
    PART lanes[VECTOR_BYTES / sizeof(PART)];
    *(f(dots) *)lanes = total;
#if defined(IS_COMPLEX)
    PART others[VECTOR_BYTES / sizeof(PART)];
    *(f(dots) *)others = turned;
    for (intptr_t half = LANES / 2; half >= 2; half /= 2) {
        for (intptr_t k = 0; k < half; k++) {
            lanes[k] += lanes[k + half];
            others[k] += others[k + half];
        }
    }
    /* lanes: re * re, im * im; others: re * im, im * re */
    return conjugates ? (T){lanes[0] + lanes[1], others[0] - others[1]}
                      : (T){lanes[0] - lanes[1], others[0] + others[1]};
#else
    (void)conjugates, (void)turned;
    for (intptr_t half = LANES / 2; half >= 1; half /= 2) {
        for (intptr_t k = 0; k < half; k++) lanes[k] += lanes[k + half];
    }
    return lanes[0];
#endif
}

static void f(dot)(const T *a, const T *b, intptr_t n, bool conjugates, T *out) {
    f(dots) total = 0, total_turned = 0;
    for (intptr_t start = 0; start < n; start += STRETCH * 4 * ELEMENTS) {
        const intptr_t end = MINIMUM(n, start + STRETCH * 4 * ELEMENTS);
        f(dots) sums[4] = {0, 0, 0, 0}, turned[4] = {0, 0, 0, 0};
        intptr_t i = start;
        for (; i + 4 * ELEMENTS <= end; i += 4 * ELEMENTS) {
            for (int k = 0; k < 4; k++)
                f(add_products)(*(const f(dots) *)(a + i + k * ELEMENTS), *(const f(dots) *)(b + i + k * ELEMENTS),
                                &sums[k], &turned[k]);
        }
        for (int k = 0; k < 4 && i < end; k++, i += ELEMENTS)
            f(add_products)(f(load_dots)(a + i, end - i), f(load_dots)(b + i, end - i), &sums[k], &turned[k]);
        total += (sums[0] + sums[1]) + (sums[2] + sums[3]);
        total_turned += (turned[0] + turned[1]) + (turned[2] + turned[3]);
    }
    *out = f(join_lanes)(total, total_turned, conjugates);
}

/* The dot products (without conjugation) of four rows with one vector, which is read once for them. */
static void f(four_dots)(const T *a, intptr_t a_row, const T *b, intptr_t n, T *out) {
    f(dots) sums[4] = {0, 0, 0, 0}, turned[4] = {0, 0, 0, 0};
    for (intptr_t i = 0; i < n; i += ELEMENTS) {
        const f(dots) y = f(load_dots)(b + i, n - i);
        for (int r = 0; r < 4; r++)
            f(add_products)(f(load_dots)((const T *)((const char *)a + r * a_row) + i, n - i), y, &sums[r], &turned[r]);
    }
    for (int r = 0; r < 4; r++) out[r] = f(join_lanes)(sums[r], turned[r], false);
}

#undef LANES
#undef ELEMENTS

#endif

ALWAYS_INLINE void f(add_to)(T *total, const T *x) {
#if defined(IS_COMPLEX)
    total->re += x->re;
    total->im += x->im;
#elif defined(IS_INTEGER)
    *total = (T)((u64)*total + (u64)*x);
#else
    *total += *x;
#endif
}

ALWAYS_INLINE void f(add_product_to)(T *total, const T *x, const T *y) {
#if defined(IS_COMPLEX)
    const T product = {x->re * y->re + x->im * y->im, x->re * y->im - x->im * y->re};
#elif defined(IS_INTEGER)
    const T product = (T)((u64)*x * (u64)*y);
#else
    const T product = *x * *y;
#endif
    f(add_to)(total, &product);
}

/* The dot product of vectors with any steps, gathered a piece at a time. */
static void f(dot_gathered)(intptr_t n, const char *a, intptr_t a_step, const char *b, intptr_t b_step, T *out) {
    T x[ACROSS * 8], y[ACROSS * 8], total, piece;
    memset(&total, 0, sizeof total);
    for (intptr_t start = 0; start < n; start += ACROSS * 8) {
        const intptr_t count = MINIMUM(ACROSS * 8, n - start);
        PLAIN_LOOP
        for (intptr_t i = 0; i < count; i++) {
            x[i] = *(const T *)(a + (start + i) * a_step);
            y[i] = *(const T *)(b + (start + i) * b_step);
        }
        f(dot)(x, y, count, true, &piece);
        f(add_to)(&total, &piece);
    }
    *out = total;
}

/* The dot product of a few elements, in their order. */
ALWAYS_INLINE void f(short_dot)(intptr_t n, const char *a, intptr_t a_step, const char *b, intptr_t b_step, T *out) {
    T total;
    memset(&total, 0, sizeof total);
    PLAIN_LOOP
    for (intptr_t i = 0; i < n; i++)
        f(add_product_to)(&total, (const T *)(a + i * a_step), (const T *)(b + i * b_step));
    *out = total;
}

/* Neighbouring vectors together; da and db say whether the vector moves with the result, 1, or is one for all, 0. */
ALWAYS_INLINE void f(dots_across)(intptr_t rows, intptr_t inner, const char *a, const int da, intptr_t a_step,
                                  const char *b, const int db, intptr_t b_step, T *out) {
    T sums[STRIP];
    for (intptr_t first = 0; first < rows; first += STRIP) {
        const intptr_t n = MINIMUM(STRIP, rows - first);
        T *total = out + first;
        memset(total, 0, (size_t)n * sizeof(T));
        for (intptr_t start = 0; start < inner; start += ACROSS) {
            memset(sums, 0, (size_t)n * sizeof(T));
            for (intptr_t k = start; k < MINIMUM(inner, start + ACROSS); k++) {
                const T *x = (const T *)(a + k * a_step) + first * da, *y = (const T *)(b + k * b_step) + first * db;
                VECTOR_LOOP
                for (intptr_t j = 0; j < n; j++) f(add_product_to)(sums + j, x + j * da, y + j * db);
            }
            VECTOR_LOOP
            for (intptr_t j = 0; j < n; j++) f(add_to)(total + j, sums + j);
        }
    }
}

void KERNEL(vecdot)(intptr_t rows, intptr_t inner, intptr_t columns, const char *a, intptr_t a_row, intptr_t a_step,
                    const char *b, intptr_t b_row, intptr_t b_step, char *out, intptr_t out_row) {
    (void)columns;
    const intptr_t size = sizeof(T);
    const bool contiguous = (a_step == size && b_step == size) || inner == 1;
    const bool neighbours =
        out_row == size && rows >= 8 && (a_row == size || a_row == 0) && (b_row == size || b_row == 0);
    if (neighbours && !contiguous && a_row == size && b_row == size) {
        f(dots_across)(rows, inner, a, 1, a_step, b, 1, b_step, (T *)out);
    } else if (neighbours && !contiguous && a_row == size) {
        f(dots_across)(rows, inner, a, 1, a_step, b, 0, b_step, (T *)out);
    } else if (neighbours && !contiguous && b_row == size) {
        f(dots_across)(rows, inner, a, 0, a_step, b, 1, b_step, (T *)out);
    } else {
        for (intptr_t i = 0; i < rows; i++, a += a_row, b += b_row, out += out_row) {
            if (inner <= SHORT)
                f(short_dot)(inner, a, a_step, b, b_step, (T *)out);
            else if (contiguous)
                f(dot)((const T *)a, (const T *)b, inner, true, (T *)out);
            else
                f(dot_gathered)(inner, a, a_step, b, b_step, (T *)out);
        }
    }
}

#undef STRETCH
#undef STRIP
#undef ACROSS
#undef SHORT

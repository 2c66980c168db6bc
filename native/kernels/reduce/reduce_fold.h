/* One reduction of one dtype: run, across, merge and finish (base.h says what they promise).
 * Wants NAME, A, LIFT, COMBINE, EMPTY and, if there is one, NEUTRAL; VECTORS for the float tree, DECIDED for the value
 * that ends it early. (Times 1 a complex number with an infinite part is another one, so that products have none.)
 *
 * The float tree: vectors of 64 bytes on every instruction set, four side by side over a leaf of 64 vectors, leaves
 * pairwise, lanes last. At most 16 additions in a row, then 2 + log2(leaves) + log2(lanes): fewer than NumPy's
 * pairwise sum. What does not fill a vector is padded with the neutral element (-0.0 for a sum). */

#define g(PART_NAME) f(PASTE(NAME, PART_NAME))

#if defined(VECTORS)

#define LANES (VECTOR_BYTES / (intptr_t)sizeof(PART))
#define LEAF (64 * LANES / PARTS_OF)
#define PARTS_OF ((intptr_t)(sizeof(T) / sizeof(PART)))
#define VECTOR g(_vector)
#if defined(IS_COMPLEX)
#define COMBINE_VECTORS(a, b) ((a) + (b))
#define NEUTRAL_PART ((PART) - 0.0)
#else
#define COMBINE_VECTORS(a, b) COMBINE(a, b)
#define NEUTRAL_PART NEUTRAL
#endif

typedef PART VECTOR __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(PART)), aligned(sizeof(PART))));

/* The vector of n <= LEAF contiguous elements. */
ALWAYS_INLINE VECTOR g(_leaf)(const T *elements, intptr_t n) {
    const PART *in = (const PART *)elements;
    n *= PARTS_OF;
    VECTOR sums[4];
    for (int k = 0; k < 4; k++) sums[k] = NEUTRAL_PART;
    intptr_t i = 0;
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        for (int k = 0; k < 4; k++) sums[k] = COMBINE_VECTORS(sums[k], *(const VECTOR *)(in + i + k * LANES));
    }
    for (int k = 0; k < 3; k++) {
        if (i + LANES > n) break;
        sums[k] = COMBINE_VECTORS(sums[k], *(const VECTOR *)(in + i));
        i += LANES;
    }
    if (i < n) {
        VECTOR last = NEUTRAL_PART;
        PART *lanes = (PART *)&last;
        for (intptr_t k = 0; k < n - i; k++) lanes[k] = in[i + k];
        sums[3] = COMBINE_VECTORS(sums[3], last);
    }
    const VECTOR low = COMBINE_VECTORS(sums[0], sums[1]), high = COMBINE_VECTORS(sums[2], sums[3]);
    return COMBINE_VECTORS(low, high);
}

static void g(_run)(const char *in, intptr_t n, intptr_t step, void *accumulator) {
    if (n == 0) {
        *(A *)accumulator = EMPTY;
        return;
    }
    VECTOR waiting[56]; /* the leaves so far, as a binary counter: one vector for each bit that is set */
    T gathered[LEAF];
    int depth = 0;
    intptr_t leaves = 0;
    for (intptr_t start = 0; start < n; start += LEAF, leaves++) {
        const intptr_t count = MINIMUM(LEAF, n - start);
        const T *elements = (const T *)(in + start * step);
        if (step != sizeof(T)) {
            PLAIN_LOOP
            for (intptr_t i = 0; i < count; i++) gathered[i] = *(const T *)(in + (start + i) * step);
            elements = gathered;
        }
        VECTOR leaf = g(_leaf)(elements, count);
        for (intptr_t bits = leaves; bits & 1; bits >>= 1) {
            depth--;
            leaf = COMBINE_VECTORS(waiting[depth], leaf);
        }
        waiting[depth++] = leaf;
    }
    VECTOR total = waiting[--depth];
    while (depth > 0) {
        depth--;
        total = COMBINE_VECTORS(waiting[depth], total);
    }
    PART lanes[VECTOR_BYTES / sizeof(PART)];
    *(VECTOR *)lanes = total;
    for (intptr_t half = LANES / 2; half >= PARTS_OF; half /= 2) {
        for (intptr_t k = 0; k < half; k++) lanes[k] = COMBINE_VECTORS(lanes[k], lanes[k + half]);
    }
    *(A *)accumulator = *(const A *)lanes;
}

#undef LANES
#undef LEAF
#undef PARTS_OF
#undef VECTOR
#undef COMBINE_VECTORS
#undef NEUTRAL_PART

#else

/* Elements between two looks at whether the result is decided already. */
#define STRETCH 4096

static void g(_run)(const char *in, intptr_t n, intptr_t step, void *accumulator) {
#if defined(NEUTRAL)
    A total = NEUTRAL;
    intptr_t start = 0;
#else
    A total = n > 0 ? LIFT(*(const T *)in) : EMPTY;
    intptr_t start = 1;
#endif
    for (; start < n; start += STRETCH) {
        const intptr_t count = MINIMUM(STRETCH, n - start);
        if (step == sizeof(T)) {
            const T *elements = (const T *)in + start;
            _Pragma("clang loop vectorize(enable)") for (intptr_t i = 0; i < count; i++) total =
                COMBINE(total, LIFT(elements[i]));
        } else {
            const char *elements = in + start * step;
            PLAIN_LOOP
            for (intptr_t i = 0; i < count; i++) {
                const A element = LIFT(*(const T *)(elements + i * step));
                total = COMBINE(total, element);
            }
        }
#if defined(DECIDED)
        if (total == DECIDED) break;
#endif
    }
    *(A *)accumulator = total;
}

#undef STRETCH

#endif

/* Four rows a pass, so that the accumulators are read and written once for four; without a neutral element one by one,
 * since infinite complex numbers do not multiply alike in another order. */
static void g(_across)(const char *in, intptr_t rows, intptr_t row_step, intptr_t n, intptr_t step,
                       void *accumulators) {
    A *total = accumulators;
    const bool contiguous = step == sizeof(T);
    intptr_t row = 0;
#if defined(NEUTRAL)
    if (contiguous && rows >= 4) {
        const T *r0 = (const T *)in, *r1 = (const T *)(in + row_step), *r2 = (const T *)(in + 2 * row_step),
                *r3 = (const T *)(in + 3 * row_step);
        VECTOR_LOOP
        for (intptr_t j = 0; j < n; j++) {
            const A low = COMBINE(LIFT(r0[j]), LIFT(r1[j])), high = COMBINE(LIFT(r2[j]), LIFT(r3[j]));
            total[j] = COMBINE(low, high);
        }
        for (row = 4; row + 4 <= rows; row += 4) {
            r0 = (const T *)(in + row * row_step);
            r1 = (const T *)(in + (row + 1) * row_step);
            r2 = (const T *)(in + (row + 2) * row_step);
            r3 = (const T *)(in + (row + 3) * row_step);
            VECTOR_LOOP
            for (intptr_t j = 0; j < n; j++) {
                const A low = COMBINE(LIFT(r0[j]), LIFT(r1[j])), high = COMBINE(LIFT(r2[j]), LIFT(r3[j]));
                const A four = COMBINE(low, high);
                total[j] = COMBINE(total[j], four);
            }
        }
    }
#endif
    if (row == 0) {
        PLAIN_LOOP
        for (intptr_t j = 0; j < n; j++) total[j] = LIFT(*(const T *)(in + j * step));
        row = 1;
    }
    for (; row < rows; row++) {
        const char *elements = in + row * row_step;
        if (contiguous) {
            VECTOR_LOOP
            for (intptr_t j = 0; j < n; j++) {
                const A element = LIFT(((const T *)elements)[j]);
                total[j] = COMBINE(total[j], element);
            }
        } else {
            PLAIN_LOOP
            for (intptr_t j = 0; j < n; j++) {
                const A element = LIFT(*(const T *)(elements + j * step));
                total[j] = COMBINE(total[j], element);
            }
        }
    }
}

static void g(_merge)(void *into, const void *from, intptr_t n) {
    A *total = into;
    const A *more = from;
    VECTOR_LOOP
    for (intptr_t j = 0; j < n; j++) total[j] = COMBINE(total[j], more[j]);
}

static void g(_finish)(const void *accumulators, intptr_t n, intptr_t count, char *out, intptr_t step) {
    (void)count;
    const A *from = accumulators;
    PLAIN_LOOP
    for (intptr_t j = 0; j < n; j++) *(A *)(out + j * step) = from[j];
}

const fold_kernels KERNEL(NAME) = {sizeof(A), g(_run), g(_across), g(_merge), g(_finish)};

#undef g
#undef NAME
#undef A
#undef LIFT
#undef COMBINE
#undef NEUTRAL
#undef EMPTY
#undef VECTORS
#undef DECIDED

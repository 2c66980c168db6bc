/* One of argmax and argmin of one dtype (NAME): CHOOSE(a, b) is the extreme of two, nan if one is; GOES_BEFORE
 * compares.
 *
 * Along a line: the extreme of each block by vectors, and only in the block that has the best a look for where it is.
 */
#define g(PART_NAME) f(PASTE(NAME, PART_NAME))
#define BLOCK ((intptr_t)(4096 / sizeof(T)))
#define LANES ((intptr_t)(VECTOR_BYTES / sizeof(T)))

typedef T g(_vector) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(T)), aligned(sizeof(T))));

/* Does the extreme of later elements go before that of earlier ones? */
ALWAYS_INLINE bool g(_beats)(T later, T earlier) {
    return GOES_BEFORE(later, earlier) || (IS_NAN(later) && !IS_NAN(earlier));
}

/* The extreme of n >= 1 elements, not nan; *has_nan where one is. */
ALWAYS_INLINE T g(_of_block)(const T *in, intptr_t n, bool *has_nan) {
    T best = VALUE(in[0]);
    bool nan = IS_NAN(best);
    intptr_t i = 0;
#if !defined(IS_BOOL)
    if (n >= 4 * LANES) {
        g(_vector) v[4];
        __typeof__(v[0] != v[0]) nans = 0;
        for (int k = 0; k < 4; k++) v[k] = best;
        for (; i + 4 * LANES <= n; i += 4 * LANES) {
            for (int k = 0; k < 4; k++) {
                const g(_vector) x = *(const g(_vector) *)(in + i + k * LANES);
                v[k] = GOES_BEFORE(x, v[k]) ? x : v[k];
#if defined(IS_FLOAT)
                nans |= x != x;
#endif
            }
        }
        for (int k = 1; k < 4; k++) v[0] = GOES_BEFORE(v[k], v[0]) ? v[k] : v[0];
        T lanes[VECTOR_BYTES / sizeof(T)];
        memcpy(lanes, &v[0], sizeof lanes);
        for (intptr_t half = LANES / 2; half >= 1; half /= 2) {
            for (intptr_t k = 0; k < half; k++)
                lanes[k] = GOES_BEFORE(lanes[k + half], lanes[k]) ? lanes[k + half] : lanes[k];
        }
        best = lanes[0];
        nan |= __builtin_reduce_or(nans) != 0;
    }
#endif
    for (; i < n; i++) {
        const T x = VALUE(in[i]);
        nan |= IS_NAN(x);
        best = GOES_BEFORE(x, best) ? x : best;
    }
    *has_nan = nan;
    return best;
}

/* Is one of n elements the extreme, or nan if there is one? */
ALWAYS_INLINE bool g(_is_in)(const T *in, intptr_t n, T best, bool has_nan) {
    bool found = false;
    if (has_nan) {
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) found |= IS_NAN(in[i]);
    } else {
        VECTOR_LOOP
        for (intptr_t i = 0; i < n; i++) found |= VALUE(in[i]) == best;
    }
    return found;
}

/* The first of n elements that is; there is one. */
ALWAYS_INLINE intptr_t g(_find)(const T *in, intptr_t n, T best, bool has_nan) {
    intptr_t start = 0;
    while (start + 64 <= n && !g(_is_in)(in + start, 64, best, has_nan)) start += 64;
    while (start + 8 <= n && !g(_is_in)(in + start, 8, best, has_nan)) start += 8;
    while (start < n - 1 && !g(_is_in)(in + start, 1, best, has_nan)) start++;
    return start;
}

/* Elements side by side: where they lie, or copied to `room`. */
ALWAYS_INLINE const T *g(_gathered)(const char *in, intptr_t count, intptr_t step, T *room) {
    if (step == sizeof(T)) return (const T *)in;
    PLAIN_LOOP
    for (intptr_t i = 0; i < count; i++) room[i] = *(const T *)(in + i * step);
    return room;
}

static void g(_along)(const char *in, intptr_t n, intptr_t step, void *extreme, i64 *index) {
    T gathered[4096 / sizeof(T)], best = VALUE(*(const T *)in);
    intptr_t place = 0; /* of the block with the extreme */
    bool has_nan = IS_NAN(best);
    for (intptr_t start = 0; start < n && !has_nan; start += BLOCK) {
        const intptr_t count = MINIMUM(BLOCK, n - start);
        const T *elements = g(_gathered)(in + start * step, count, step, gathered);
        const T of_block = g(_of_block)(elements, count, &has_nan);
        if (has_nan || GOES_BEFORE(of_block, best)) {
            best = of_block;
            place = start;
        }
    }
    const intptr_t count = MINIMUM(BLOCK, n - place);
    *index = place + g(_find)(g(_gathered)(in + place * step, count, step, gathered), count, best, has_nan);
    *(T *)extreme = VALUE(*(const T *)(in + *index * step));
}

static void g(_across)(const char *in, intptr_t n, i64 row, void *extremes, i64 *indices) {
    const T *x = (const T *)in;
    T *best = extremes;
    if (row == 0) {
        for (intptr_t j = 0; j < n; j++) {
            best[j] = VALUE(x[j]);
            indices[j] = 0;
        }
        return;
    }
    VECTOR_LOOP
    for (intptr_t j = 0; j < n; j++) {
        const T value = VALUE(x[j]), old = best[j];
        const bool beats = GOES_BEFORE(value, old) | (IS_NAN(value) & !IS_NAN(old));
        best[j] = beats ? value : old;
        indices[j] = beats ? row : indices[j];
    }
}

static bool g(_is_better)(const void *later, const void *earlier) {
    return g(_beats)(*(const T *)later, *(const T *)earlier);
}

const extreme_kernels KERNEL(NAME) = {sizeof(T), g(_along), g(_across), g(_is_better)};

#undef g
#undef BLOCK
#undef LANES
#undef NAME
#undef GOES_BEFORE

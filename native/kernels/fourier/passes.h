/* Template of the steps of Stockham's algorithm, for one type of parts. Each vector holds the same part of the same
 * element of several lines, so that no step moves anything within a vector, and each line is computed as if alone.
 *
 * With N = radix * parts, step p of a pass takes elements p, p + parts, p + 2 parts ... of each of `stride` interleaved
 * lines of N elements, transforms them, and multiplies result j by exp(-2 pi i p j / N), a root of the whole table. */

typedef T f(vector) __attribute__((vector_size(STEP_BYTES), may_alias));
typedef struct {
    f(vector) re, im;
} f(complex);

enum { f(LINES) = VECTOR_BYTES / sizeof(T) };

ALWAYS_INLINE f(complex) f(get)(const f(vector) * at) { return (f(complex)){at[0], at[VECTORS]}; }
ALWAYS_INLINE void f(put)(f(vector) * at, f(complex) x) { at[0] = x.re, at[VECTORS] = x.im; }
ALWAYS_INLINE f(complex) f(plus)(f(complex) x, f(complex) y) { return (f(complex)){x.re + y.re, x.im + y.im}; }
ALWAYS_INLINE f(complex) f(minus)(f(complex) x, f(complex) y) { return (f(complex)){x.re - y.re, x.im - y.im}; }
ALWAYS_INLINE f(complex) f(scaled)(f(complex) x, T by) { return (f(complex)){x.re * by, x.im * by}; }
/* x - i y and x + i y */
ALWAYS_INLINE f(complex) f(below)(f(complex) x, f(complex) y) { return (f(complex)){x.re + y.im, x.im - y.re}; }
ALWAYS_INLINE f(complex) f(above)(f(complex) x, f(complex) y) { return (f(complex)){x.re - y.im, x.im + y.re}; }
ALWAYS_INLINE f(complex) f(turned)(f(complex) x, const T *root) {
    return (f(complex)){x.re * root[0] - x.im * root[1], x.re * root[1] + x.im * root[0]};
}

/* Result j to its place, multiplied by its root; the first step of a pass multiplies by 1, which is left out. */
#define PUT(j, x) f(put)(to + (j) * to_step, is_first ? (x) : f(turned)(x, roots + 2 * ((j) * root)))

ALWAYS_INLINE void f(of_2)(f(vector) * to, intptr_t to_step, const f(vector) * from, intptr_t step, const T *roots,
                           intptr_t root, bool is_first) {
    const f(complex) a = f(get)(from), b = f(get)(from + step);
    f(put)(to, f(plus)(a, b));
    PUT(1, f(minus)(a, b));
}

ALWAYS_INLINE void f(of_3)(f(vector) * to, intptr_t to_step, const f(vector) * from, intptr_t step, const T *roots,
                           intptr_t root, bool is_first) {
    const T sine = (T)0.86602540378443864676; /* of 120 degrees */
    const f(complex) a = f(get)(from), b = f(get)(from + step), c = f(get)(from + 2 * step);
    const f(complex) sum = f(plus)(b, c), turned = f(scaled)(f(minus)(b, c), sine);
    const f(complex) rest = f(minus)(a, f(scaled)(sum, (T)0.5));
    f(put)(to, f(plus)(a, sum));
    PUT(1, f(below)(rest, turned));
    PUT(2, f(above)(rest, turned));
}

ALWAYS_INLINE void f(of_4)(f(vector) * to, intptr_t to_step, const f(vector) * from, intptr_t step, const T *roots,
                           intptr_t root, bool is_first) {
    const f(complex) a = f(get)(from), b = f(get)(from + step), c = f(get)(from + 2 * step),
                     d = f(get)(from + 3 * step);
    const f(complex) even = f(plus)(a, c), odd = f(plus)(b, d), even_rest = f(minus)(a, c), odd_rest = f(minus)(b, d);
    f(put)(to, f(plus)(even, odd));
    PUT(1, f(below)(even_rest, odd_rest));
    PUT(2, f(minus)(even, odd));
    PUT(3, f(above)(even_rest, odd_rest));
}

ALWAYS_INLINE void f(of_5)(f(vector) * to, intptr_t to_step, const f(vector) * from, intptr_t step, const T *roots,
                           intptr_t root, bool is_first) {
    const T c1 = (T)0.30901699437494742410, c2 = (T)-0.80901699437494742410; /* of 72 and 144 degrees */
    const T s1 = (T)0.95105651629515357212, s2 = (T)0.58778525229247312917;
    const f(complex) a = f(get)(from), b = f(get)(from + step), c = f(get)(from + 2 * step),
                     d = f(get)(from + 3 * step), e = f(get)(from + 4 * step);
    const f(complex) outer = f(plus)(b, e), inner = f(plus)(c, d), outer_rest = f(minus)(b, e),
                     inner_rest = f(minus)(c, d);
    f(put)(to, f(plus)(a, f(plus)(outer, inner)));
    const f(complex) first = f(plus)(a, f(plus)(f(scaled)(outer, c1), f(scaled)(inner, c2)));
    const f(complex) second = f(plus)(a, f(plus)(f(scaled)(outer, c2), f(scaled)(inner, c1)));
    const f(complex) first_turned = f(plus)(f(scaled)(outer_rest, s1), f(scaled)(inner_rest, s2));
    const f(complex) second_turned = f(minus)(f(scaled)(outer_rest, s2), f(scaled)(inner_rest, s1));
    PUT(1, f(below)(first, first_turned));
    PUT(2, f(below)(second, second_turned));
    PUT(3, f(above)(second, second_turned));
    PUT(4, f(above)(first, first_turned));
}

/* Any odd radix, by its definition: the sums and differences of element k and the kth from the end, which replace them,
 * make results j and radix - j together. `order` is that of the table of roots. */
static void f(of_odd)(f(vector) * to, intptr_t to_step, f(vector) * from, intptr_t step, const T *roots, intptr_t root,
                      intptr_t radix, intptr_t order) {
    const f(complex) first = f(get)(from);
    f(complex) total = first;
    for (intptr_t k = 1; k <= radix / 2; k++) {
        f(vector) *near = from + k * step, *far = from + (radix - k) * step;
        const f(complex) a = f(get)(near), b = f(get)(far);
        total = f(plus)(total, f(plus)(a, b));
        f(put)(near, f(plus)(a, b));
        f(put)(far, f(minus)(a, b));
    }
    f(put)(to, total);
    for (intptr_t j = 1; j <= radix / 2; j++) {
        f(complex) even = first, odd = {0};
        intptr_t turn = 0;
        for (intptr_t k = 1; k <= radix / 2; k++) {
            turn = turn + j < radix ? turn + j : turn + j - radix;
            const T *at = roots + 2 * (turn * (order / radix));
            even = f(plus)(even, f(scaled)(f(get)(from + k * step), at[0]));
            odd = f(plus)(odd, f(scaled)(f(get)(from + (radix - k) * step), at[1]));
        }
        f(put)(to + j * to_step, f(turned)(f(above)(even, odd), roots + 2 * (j * root)));
        f(put)(to + (radix - j) * to_step, f(turned)(f(below)(even, odd), roots + 2 * ((radix - j) * root)));
    }
}

#define EACH(CALL)                                                                           \
    for (intptr_t i = 0; i < stride; i++) {                                                  \
        for (int v = 0; v < VECTORS; v++) {                                                  \
            f(vector) *to = out + (i * 2 * VECTORS + v), *from = in + (i * 2 * VECTORS + v); \
            CALL;                                                                            \
        }                                                                                    \
    }

#define STEPS(RADIX)                                                                                                \
    static void f(pass_##RADIX)(f(vector) * out, f(vector) * in, intptr_t parts, intptr_t stride, const T *roots) { \
        const intptr_t to_step = stride * 2 * VECTORS, step = parts * to_step;                                      \
        EACH(f(of_##RADIX)(to, to_step, from, step, roots, 0, true))                                                \
        for (intptr_t p = 1; p < parts; p++) {                                                                      \
            in += to_step, out += RADIX * to_step;                                                                  \
            EACH(f(of_##RADIX)(to, to_step, from, step, roots, p * stride, false))                                  \
        }                                                                                                           \
    }

STEPS(2)
STEPS(3)
STEPS(4)
STEPS(5)

static void f(pass)(void *to_block, void *from_block, intptr_t radix, intptr_t parts, intptr_t stride,
                    const void *table) {
    f(vector) *out = to_block, *in = from_block;
    if (radix == 2) return f(pass_2)(out, in, parts, stride, table);
    if (radix == 3) return f(pass_3)(out, in, parts, stride, table);
    if (radix == 4) return f(pass_4)(out, in, parts, stride, table);
    if (radix == 5) return f(pass_5)(out, in, parts, stride, table);
    const intptr_t to_step = stride * 2 * VECTORS, step = parts * to_step;
    for (intptr_t p = 0; p < parts; p++) {
        EACH(f(of_odd)(to, to_step, from, step, table, p * stride, radix, radix * parts * stride))
        in += to_step, out += radix * to_step;
    }
}

#undef STEPS
#undef EACH
#undef PUT

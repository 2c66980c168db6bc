/* Matrix products of one dtype: out = a @ b, a and b with any strides, rows of out contiguous: template.
 *
 *        columns of out: panels of two registers        rows of out: ROWS at a time
 *          out[i][j] = sum over k of a[i][k] * b[k][j], ROWS x 2 sums in registers, in the order of k
 *
 * Larger products are computed in blocks of DEPTH along k: a panel of b is packed so that it stays in the first-level
 * cache, a block of a in the order in which it is read. Where the instruction set can, multiplication and addition are
 * fused. Integers wrap around, so that signed ones are computed as unsigned ones; those of 8 bits in 16. Products of
 * complex numbers with the real and with the imaginary part of a are summed apart; the parts of the result are made of
 * both at the end. */
#include "kernels/declarations.h"
#include "kernels/products/blocking.h"
#include "workspace.h"

#if defined(IS_SIGNED)

void KERNEL(matmul)(intptr_t rows, intptr_t inner, intptr_t columns, const char *a, intptr_t a_row, intptr_t a_step,
                    const char *b, intptr_t b_row, intptr_t b_step, char *out, intptr_t out_row) {
    PASTE(PASTE(PASTE(matmul_u, WIDTH), _), ISA)
    (rows, inner, columns, a, a_row, a_step, b, b_row, b_step, out, out_row);
}

#else

#include "kernels/products/dot.h"

#if defined(IS_COMPLEX)
#define LANE PART
#define PARTS 2
#elif WIDTH == 8
#define LANE u16
#define PARTS 1
#else
#define LANE T
#define PARTS 1
#endif
#define LANES (REGISTER / (intptr_t)sizeof(LANE))
#define PANEL (2 * LANES / PARTS) /* columns */
#define BLOCK_ROWS (BLOCK_BYTES / (DEPTH * (intptr_t)sizeof(T)) / ROWS * ROWS)
#if defined(IS_COMPLEX)
#define ROWS ROWS_COMPLEX
#else
#define ROWS ROWS_REAL
#endif

typedef LANE f(lanes) __attribute__((ext_vector_type(REGISTER / sizeof(LANE)), aligned(sizeof(LANE))));

#if defined(FUSED) && !defined(IS_INTEGER)
#define ADD_PRODUCT(sum, x, y) __builtin_elementwise_fma((f(lanes))(x), y, sum)
#else
#define ADD_PRODUCT(sum, x, y) ((sum) + (f(lanes))(x) * (y))
#endif

/* --- the first `count` lanes of a register; the others are 0 ------------------------------------------------------ */

#if defined(MASKED) && WIDTH >= 32
typedef _Bool f(mask) __attribute__((ext_vector_type(REGISTER / sizeof(LANE))));
typedef PASTE(i, WIDTH) f(places) __attribute__((ext_vector_type(REGISTER / sizeof(LANE))));

ALWAYS_INLINE f(mask) f(mask_of)(intptr_t count) {
    f(places) place;
    for (int i = 0; i < LANES; i++) place[i] = i;
    return __builtin_convertvector(place < (PASTE(i, WIDTH))count, f(mask));
}
ALWAYS_INLINE f(lanes) f(load_part)(const char *from, intptr_t count) {
    return __builtin_masked_load(f(mask_of)(count), (const LANE *)from, (f(lanes))0);
}
#if REGISTER == 64
ALWAYS_INLINE void f(store_part)(f(lanes) value, char *to, intptr_t count) {
    __builtin_masked_store(f(mask_of)(count), value, (LANE *)to);
}
#else /* AVX2 has such stores, of some 40 operations each on AMD's processors */
ALWAYS_INLINE void f(store_part)(f(lanes) value, char *to, intptr_t count) {
    PLAIN_LOOP
    for (intptr_t i = 0; i < MINIMUM(count, LANES); i++) ((LANE *)to)[i] = value[i];
}
#endif
#elif WIDTH == 8
ALWAYS_INLINE f(lanes) f(load_part)(const char *from, intptr_t count) {
    f(lanes) value = 0;
    for (intptr_t i = 0; i < MINIMUM(count, LANES); i++) ((LANE *)&value)[i] = ((const T *)from)[i];
    return value;
}
ALWAYS_INLINE void f(store_part)(f(lanes) value, char *to, intptr_t count) {
    typedef T narrow __attribute__((ext_vector_type(REGISTER / sizeof(LANE)), aligned(1)));
    const narrow bytes = __builtin_convertvector(value, narrow);
    memcpy(to, &bytes, (size_t)MINIMUM(count, LANES));
}
#else
ALWAYS_INLINE f(lanes) f(load_part)(const char *from, intptr_t count) {
    f(lanes) value = 0;
    memcpy(&value, from, (size_t)MINIMUM(count, LANES) * sizeof(LANE));
    return value;
}
ALWAYS_INLINE void f(store_part)(f(lanes) value, char *to, intptr_t count) {
    memcpy(to, &value, (size_t)MINIMUM(count, LANES) * sizeof(LANE));
}
#endif

/* Registers of out; packed panels of b are whole registers of lanes. */
ALWAYS_INLINE f(lanes) f(load)(const char *from, const bool part, intptr_t count) {
    if (part || WIDTH == 8) return f(load_part)(from, part ? count : LANES);
    return *(const f(lanes) *)from;
}
ALWAYS_INLINE void f(store)(f(lanes) value, char *to, const bool part, intptr_t count) {
    if (part || WIDTH == 8)
        f(store_part)(value, to, part ? count : LANES);
    else
        *(f(lanes) *)to = value;
}

#if defined(IS_COMPLEX)
/* v with the parts of every element exchanged. */
ALWAYS_INLINE f(lanes) f(swap_parts)(f(lanes) v) {
#if REGISTER * 8 / WIDTH == 16
    return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
#elif REGISTER * 8 / WIDTH == 8
    return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
#elif REGISTER * 8 / WIDTH == 4
    return __builtin_shufflevector(v, v, 1, 0, 3, 2);
#else
    return __builtin_shufflevector(v, v, 1, 0);
#endif
}

/* -1 for real parts, 1 for imaginary ones. */
ALWAYS_INLINE f(lanes) f(signs)(void) {
    f(lanes) sign;
    for (int i = 0; i < LANES; i++) sign[i] = i % 2 == 0 ? (PART)-1 : (PART)1;
    return sign;
}

/* The result's parts from sums of re(a) * b and of im(a) * b. */
ALWAYS_INLINE f(lanes) f(join_parts)(f(lanes) with_re, f(lanes) with_im) {
    return with_re + f(swap_parts)(with_im) * f(signs)();
}
#endif

/* --- one tile: `rows` rows and `registers` registers of out, both constants --------------------------------------- */

/* Where `part` is true, only `lanes` of the registers are columns of out. b_packed: b is a panel of pack_columns. */
ALWAYS_INLINE void f(tile)(const int rows, const int registers, const bool part, bool b_packed, intptr_t inner,
                           const char *a, intptr_t a_row, intptr_t a_step, const char *b, intptr_t b_row, char *out,
                           intptr_t out_row, intptr_t lanes, bool adds) {
    const intptr_t bytes = LANES * (intptr_t)(sizeof(T) / PARTS); /* of out, a register */
    f(lanes) sums[ROWS_MOST][REGISTERS_MOST];
#if defined(IS_COMPLEX)
    f(lanes) swapped[ROWS_MOST][REGISTERS_MOST];
#endif
    _Pragma("clang loop unroll(full)") for (int i = 0; i < rows; i++) {
        _Pragma("clang loop unroll(full)") for (int r = 0; r < registers; r++) {
            sums[i][r] = 0;
#if defined(IS_COMPLEX)
            swapped[i][r] = 0;
#endif
        }
    }
    for (intptr_t k = 0; k < inner; k++, a += a_step, b += b_row) {
        f(lanes) y[REGISTERS_MOST];
        _Pragma("clang loop unroll(full)") for (int r = 0; r < registers; r++) {
            y[r] = b_packed ? *(const f(lanes) *)(b + r * REGISTER) : f(load)(b + r * bytes, part, lanes);
        }
        _Pragma("clang loop unroll(full)") for (int i = 0; i < rows; i++) {
            const T x = *(const T *)(a + i * a_row);
            _Pragma("clang loop unroll(full)") for (int r = 0; r < registers; r++) {
#if defined(IS_COMPLEX)
                sums[i][r] = ADD_PRODUCT(sums[i][r], x.re, y[r]);
                swapped[i][r] = ADD_PRODUCT(swapped[i][r], x.im, y[r]);
#else
                sums[i][r] = ADD_PRODUCT(sums[i][r], (LANE)x, y[r]);
#endif
            }
        }
    }
    _Pragma("clang loop unroll(full)") for (int i = 0; i < rows; i++) {
        _Pragma("clang loop unroll(full)") for (int r = 0; r < registers; r++) {
#if defined(IS_COMPLEX)
            f(lanes) sum = f(join_parts)(sums[i][r], swapped[i][r]);
#else
            f(lanes) sum = sums[i][r];
#endif
            if (adds) sum += f(load)(out + r * bytes, part, lanes);
            f(store)(sum, out + r * bytes, part, lanes);
        }
        out += out_row;
    }
}

/* A panel of out: all rows. Row i of a is at a + i / ROWS * a_group + i % ROWS * a_row. */
ALWAYS_INLINE void f(panel)(const int registers, const bool part, bool b_packed, intptr_t rows, intptr_t inner,
                            const char *a, intptr_t a_group, intptr_t a_row, intptr_t a_step, const char *b,
                            intptr_t b_row, char *out, intptr_t out_row, intptr_t lanes, bool adds) {
    intptr_t i = 0;
#define TILES(n)                                                                                                  \
    for (; i + n <= rows; i += n)                                                                                 \
        f(tile)(n, registers, part, b_packed, inner, a + i / ROWS * a_group + i % ROWS * a_row, a_row, a_step, b, \
                b_row, out + i * out_row, out_row, lanes, adds);
    TILES(ROWS)
#if ROWS > 4
    TILES(4)
#endif
#if ROWS > 2
    TILES(2)
#endif
    TILES(1)
#undef TILES
}

/* The ways a panel is computed: b packed or direct, so that each has loads of one kind; whole or partly columns of out.
 */
#define PANEL_WAY(NAME, REGISTERS, PART_ONLY, PACKED)                                                                 \
    static __attribute__((noinline)) void f(NAME)(intptr_t rows, intptr_t inner, const char *a, intptr_t a_group,     \
                                                  intptr_t a_row, intptr_t a_step, const char *b, intptr_t b_row,     \
                                                  char *out, intptr_t out_row, intptr_t lanes, bool adds) {           \
        f(panel)(REGISTERS, PART_ONLY, PACKED, rows, inner, a, a_group, a_row, a_step, b, b_row, out, out_row, lanes, \
                 adds);                                                                                               \
    }
PANEL_WAY(packed_panel, 2, false, true)
PANEL_WAY(packed_part, 1, true, true)
#if WIDTH != 8
PANEL_WAY(direct_panel, 2, false, false)
PANEL_WAY(direct_register, 1, false, false)
PANEL_WAY(direct_part, 1, true, false)
#endif
#if defined(MANY_REGISTERS) && WIDTH != 8
/* Half as many rows of twice as many columns: as many sums, but out and a are gone through in longer stretches. */
static __attribute__((noinline)) void f(wide_panel)(intptr_t rows, intptr_t inner, const char *a, intptr_t a_row,
                                                    intptr_t a_step, const char *b, intptr_t b_row, char *out,
                                                    intptr_t out_row) {
    intptr_t i = 0;
    for (; i + ROWS / 2 <= rows; i += ROWS / 2)
        f(tile)(ROWS / 2, 4, false, false, inner, a + i * a_row, a_row, a_step, b, b_row, out + i * out_row, out_row, 0,
                false);
    for (; i < rows; i++)
        f(tile)(1, 4, false, false, inner, a + i * a_row, a_row, a_step, b, b_row, out + i * out_row, out_row, 0,
                false);
}
#endif
#undef PANEL_WAY

/* --- blocks ------------------------------------------------------------------------------------------------------- */

/* `columns` of b, padded with zeros to whole registers. */
static void f(pack_columns)(intptr_t inner, intptr_t columns, const char *b, intptr_t b_row, intptr_t b_step,
                            LANE *packed, intptr_t width) {
    for (intptr_t k = 0; k < inner; k++, b += b_row, packed += width) {
        intptr_t lanes = columns * PARTS;
        if (b_step == (intptr_t)sizeof(T) && WIDTH != 8) {
            memcpy(packed, b, (size_t)columns * sizeof(T));
        } else {
            PLAIN_LOOP
            for (intptr_t j = 0; j < columns; j++) {
                const T *x = (const T *)(b + j * b_step);
#if defined(IS_COMPLEX)
                packed[2 * j] = x->re;
                packed[2 * j + 1] = x->im;
#else
                packed[j] = (LANE)*x;
#endif
            }
        }
        for (; lanes < width; lanes++) packed[lanes] = 0;
    }
}

static void f(pack_rows)(intptr_t rows, intptr_t inner, const char *a, intptr_t a_row, intptr_t a_step, T *packed) {
    for (intptr_t i = 0; i < rows; i++) {
        T *to = packed + i / ROWS * ROWS * DEPTH + i % ROWS;
        const char *from = a + i * a_row;
        PLAIN_LOOP
        for (intptr_t k = 0; k < inner; k++) to[k * ROWS] = *(const T *)(from + k * a_step);
    }
}

static __attribute__((noinline)) void f(in_blocks)(intptr_t rows, intptr_t inner, intptr_t columns, const char *a,
                                                   intptr_t a_row, intptr_t a_step, const char *b, intptr_t b_row,
                                                   intptr_t b_step, char *out, intptr_t out_row) {
    enum { PANEL_BYTES = DEPTH * 2 * LANES * sizeof(LANE) };
    _Static_assert(PANEL_BYTES + BLOCK_ROWS * DEPTH * sizeof(T) <= WORKSPACE_BYTES,
                   "the panel and the block have room");
    char *workspace = workspace_take();
    LANE *panel = (LANE *)workspace;
    T *block = (T *)(workspace + PANEL_BYTES);
    const bool packs_rows = columns > 2 * PANEL;
    for (intptr_t first = 0; first < rows; first += BLOCK_ROWS) {
        const intptr_t m = MINIMUM(BLOCK_ROWS, rows - first);
        for (intptr_t k = 0; k < inner; k += DEPTH) {
            const intptr_t depth = MINIMUM(DEPTH, inner - k);
            const char *x = a + first * a_row + k * a_step;
            intptr_t group = ROWS * a_row, row = a_row, step = a_step;
            if (packs_rows) {
                f(pack_rows)(m, depth, x, a_row, a_step, block);
                x = (const char *)block;
                group = ROWS * DEPTH * (intptr_t)sizeof(T);
                row = sizeof(T);
                step = ROWS * (intptr_t)sizeof(T);
            }
            for (intptr_t j = 0; j < columns; j += PANEL) {
                const intptr_t n = MINIMUM(PANEL, columns - j), width = n * PARTS > LANES ? 2 * LANES : LANES;
                char *to = out + first * out_row + j * (intptr_t)sizeof(T);
                f(pack_columns)(depth, n, b + k * b_row + j * b_step, b_row, b_step, panel, width);
                const intptr_t pitch = width * (intptr_t)sizeof(LANE);
                if (n == PANEL) {
                    f(packed_panel)(m, depth, x, group, row, step, (const char *)panel, pitch, to, out_row, 0, k > 0);
                    continue;
                }
                for (intptr_t lane = 0; lane < n * PARTS; lane += LANES)
                    f(packed_part)(m, depth, x, group, row, step, (const char *)(panel + lane), pitch,
                                   to + lane * (intptr_t)(sizeof(T) / PARTS), out_row, n * PARTS - lane, k > 0);
            }
        }
    }
    workspace_give(workspace);
}

/* One row of a times a large b, which is read once and in order: four rows of b at a time are added to a strip of out,
 * which stays in the first-level cache. Returns the first column that is left: those do not fill a register. */
#if WIDTH != 8
static intptr_t f(by_strips)(intptr_t inner, intptr_t columns, const char *a, intptr_t a_step, const char *b,
                             intptr_t b_row, char *out) {
    const intptr_t whole = columns * PARTS / LANES * REGISTER; /* bytes */
    for (intptr_t begin = 0; begin < whole; begin += STRIP_BYTES) {
        const intptr_t end = MINIMUM(whole, begin + STRIP_BYTES);
        memset(out + begin, 0, (size_t)(end - begin));
        for (intptr_t k = 0; k < inner; k += 4) {
            const int rows = (int)MINIMUM(4, inner - k);
            const char *y[4];
            T x[4];
            for (int r = 0; r < 4; r++) { /* rows beyond the last are not used */
                y[r] = b + (k + MINIMUM(r, rows - 1)) * b_row;
                x[r] = *(const T *)(a + (k + MINIMUM(r, rows - 1)) * a_step);
            }
            for (intptr_t at = begin; at < end; at += REGISTER) {
                f(lanes) sum = *(f(lanes) *)(out + at);
                _Pragma("clang loop unroll(full)") for (int r = 0; r < 4; r++) {
                    if (r >= rows) break;
                    const f(lanes) from = *(const f(lanes) *)(y[r] + at);
#if defined(IS_COMPLEX)
                    sum = ADD_PRODUCT(sum, x[r].re, from);
                    sum = ADD_PRODUCT(sum, f(signs)() * x[r].im, f(swap_parts)(from));
#else
                    sum = ADD_PRODUCT(sum, x[r], from);
#endif
                }
                *(f(lanes) *)(out + at) = sum;
            }
        }
    }
    return whole / (intptr_t)sizeof(T);
}
#endif

/* Without packing b, whose rows are contiguous. */
#if WIDTH != 8
static void f(directly)(intptr_t rows, intptr_t inner, intptr_t columns, const char *a, intptr_t a_row, intptr_t a_step,
                        const char *b, intptr_t b_row, char *out, intptr_t out_row) {
    const intptr_t size = sizeof(T);
    intptr_t j = 0;
    if (rows == 1 && inner * columns * size > STRIPS_FROM) {
        j = f(by_strips)(inner, columns, a, a_step, b, b_row, out);
    } else if (rows == 1) { /* in stripes of many registers */
        const intptr_t stripe = REGISTERS_MOST * LANES / PARTS;
        for (; j + stripe <= columns; j += stripe)
            f(tile)(1, REGISTERS_MOST, false, false, inner, a, a_row, a_step, b + j * size, b_row, out + j * size,
                    out_row, 0, false);
    }
#if defined(MANY_REGISTERS)
    for (; j + 2 * PANEL <= columns; j += 2 * PANEL)
        f(wide_panel)(rows, inner, a, a_row, a_step, b + j * size, b_row, out + j * size, out_row);
#endif
    for (; j + PANEL <= columns; j += PANEL)
        f(direct_panel)(rows, inner, a, ROWS * a_row, a_row, a_step, b + j * size, b_row, out + j * size, out_row, 0,
                        false);
    for (; j + LANES / PARTS <= columns; j += LANES / PARTS)
        f(direct_register)(rows, inner, a, ROWS * a_row, a_row, a_step, b + j * size, b_row, out + j * size, out_row, 0,
                           false);
    if (j < columns)
        f(direct_part)(rows, inner, a, ROWS * a_row, a_row, a_step, b + j * size, b_row, out + j * size, out_row,
                       (columns - j) * PARTS, false);
}
#endif

#if !defined(IS_INTEGER)
/* The dot products (without conjugation) of four rows with one vector, which is read once for them. */
static void f(four_dots)(const T *a, intptr_t a_row, const T *b, intptr_t n, T *out) {
    enum { ELEMENTS = VECTOR_BYTES / sizeof(T) };
    f(dots) sums[4] = {0, 0, 0, 0}, swapped[4] = {0, 0, 0, 0};
    intptr_t i = 0;
    for (; i + ELEMENTS <= n; i += ELEMENTS) {
        const f(dots) y = *(const f(dots) *)(b + i);
        for (int r = 0; r < 4; r++)
            f(add_products)(*(const f(dots) *)((const T *)((const char *)a + r * a_row) + i), y, &sums[r], &swapped[r]);
    }
    if (i < n) {
        const f(dots) y = f(load_dots)(b + i, n - i);
        for (int r = 0; r < 4; r++)
            f(add_products)(f(load_dots)((const T *)((const char *)a + r * a_row) + i, n - i), y, &sums[r],
                            &swapped[r]);
    }
    for (int r = 0; r < 4; r++) out[r] = f(join_lanes)(sums[r], swapped[r], false);
}
#endif

/* a @ b, where b is one column and rows of a are contiguous: dot products. */
static void f(by_dots)(intptr_t rows, intptr_t inner, const char *a, intptr_t a_row, const char *b, intptr_t b_row,
                       char *out, intptr_t out_row) {
    enum { PIECE = 16384 / sizeof(T) };
    T gathered[PIECE];
    for (intptr_t start = 0; start < inner; start += PIECE) {
        const intptr_t n = MINIMUM(PIECE, inner - start);
        const T *x = (const T *)(b + start * b_row);
        if (b_row != (intptr_t)sizeof(T)) {
            PLAIN_LOOP
            for (intptr_t k = 0; k < n; k++) gathered[k] = *(const T *)(b + (start + k) * b_row);
            x = gathered;
        }
        intptr_t i = 0;
#if !defined(IS_INTEGER)
        for (; i + 4 <= rows; i += 4) {
            T sums[4];
            f(four_dots)((const T *)(a + i * a_row) + start, a_row, x, n, sums);
            for (int r = 0; r < 4; r++) {
                T *total = (T *)(out + (i + r) * out_row);
                if (start > 0) f(add_to)(&sums[r], total);
                *total = sums[r];
            }
        }
#endif
        for (; i < rows; i++) {
            T sum, *total = (T *)(out + i * out_row);
            f(dot)((const T *)(a + i * a_row) + start, x, n, false, &sum);
            if (start > 0) f(add_to)(&sum, total);
            *total = sum;
        }
    }
}

void KERNEL(matmul)(intptr_t rows, intptr_t inner, intptr_t columns, const char *a, intptr_t a_row, intptr_t a_step,
                    const char *b, intptr_t b_row, intptr_t b_step, char *out, intptr_t out_row) {
    const intptr_t size = sizeof(T);
    if (inner == 0) {
        for (intptr_t i = 0; i < rows; i++) memset(out + i * out_row, 0, (size_t)(columns * size));
        return;
    }
    if (columns == 1 && a_step == size && (rows == 1 || inner >= 8)) {
        f(by_dots)(rows, inner, a, a_row, b, b_row, out, out_row);
        return;
    }
    if (rows == 1 && b_row == size && inner >= 8 && b_step != size) {
        f(by_dots)(columns, inner, b, b_step, a, a_step, out, size);
        return;
    }
    if (columns == 1 && a_row == size && out_row == size && rows > 1) { /* the transposed product */
        const char *swapped = a;
        a = b, b = swapped;
        const intptr_t step = a_step;
        a_step = b_row, a_row = 0;
        b_row = step, b_step = size;
        columns = rows, rows = 1;
        out_row = columns * size;
    }
#if WIDTH != 8
    if ((b_step == size || columns == 1) && (rows <= 2 * ROWS || inner * columns * size <= DIRECT_BYTES)) {
        f(directly)(rows, inner, columns, a, a_row, a_step, b, b_row, out, out_row);
        return;
    }
#endif
    f(in_blocks)(rows, inner, columns, a, a_row, a_step, b, b_row, b_step, out, out_row);
}

#undef LANE
#undef LANES
#undef PARTS
#undef PANEL
#undef BLOCK_ROWS
#undef ROWS
#undef ADD_PRODUCT

#endif

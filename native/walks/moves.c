/* Elements copied as they are. No arithmetic, no threads. */
#include "walks/moves.h"

#include "walks/sizes.h"

enum { VECTOR = 16 }; /* bytes: every processor has such vectors */

typedef u8 bytes __attribute__((vector_size(VECTOR), aligned(1)));
typedef u16 pairs __attribute__((vector_size(VECTOR), aligned(1)));
typedef u32 fours __attribute__((vector_size(VECTOR), aligned(1)));
typedef u64 eights __attribute__((vector_size(VECTOR), aligned(1)));

/* --- transposing -------------------------------------------------------------------------------------------------- */

/* As many vectors as a vector has elements are read along one operand, woven until they hold the columns of that
 * square, and written along the other; what is left at the edges goes one by one. */

/* The elements of a and b in turn: those of their first halves, and those of their second. */
#define LOW_bytes(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define HIGH_bytes(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#define LOW_pairs(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define HIGH_pairs(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#define LOW_fours(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define HIGH_fours(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#define LOW_eights(a, b) __builtin_shufflevector(a, b, 0, 2)
#define HIGH_eights(a, b) __builtin_shufflevector(a, b, 1, 3)

/* A square of N by N elements: row i is at in + i * in_step, column j goes to out + j * out_step. Weaving the rows of
 * the first half with those of the second moves each element's row number one bit into its place; once for each bit of
 * N, and they have changed places. */
#define SQUARE(TYPE, N, BITS)                                                                          \
    static inline void square_##TYPE(const char *in, intptr_t in_step, char *out, intptr_t out_step) { \
        TYPE rows[N], woven[N];                                                                        \
        for (int i = 0; i < (N); i++) rows[i] = *(const TYPE *)(in + i * in_step);                     \
        _Pragma("clang loop unroll(full)") for (int bit = 0; bit < (BITS); bit++) {                    \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < (N) / 2; i++) {                     \
                woven[2 * i] = LOW_##TYPE(rows[i], rows[i + (N) / 2]);                                 \
                woven[2 * i + 1] = HIGH_##TYPE(rows[i], rows[i + (N) / 2]);                            \
            }                                                                                          \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < (N); i++) rows[i] = woven[i];       \
        }                                                                                              \
        for (int i = 0; i < (N); i++) *(TYPE *)(out + i * out_step) = rows[i];                         \
    }
SQUARE(bytes, 16, 4)
SQUARE(pairs, 8, 3)
SQUARE(fours, 4, 2)
SQUARE(eights, 2, 1)

/* out[j][i] = in[i][j] for i < rows, j < columns; in's elements follow one another along j, out's along i. */
#define TRANSPOSE(TYPE, ELEMENT, N)                                                                             \
    static void transpose_##TYPE(const char *in, intptr_t in_step, char *out, intptr_t out_step, intptr_t rows, \
                                 intptr_t columns) {                                                            \
        const intptr_t size = sizeof(ELEMENT), whole_rows = rows / (N) * (N), whole = columns / (N) * (N);      \
        for (intptr_t i = 0; i < whole_rows; i += (N)) {                                                        \
            for (intptr_t j = 0; j < whole; j += (N))                                                           \
                square_##TYPE(in + i * in_step + j * size, in_step, out + j * out_step + i * size, out_step);   \
        }                                                                                                       \
        for (intptr_t i = 0; i < rows; i++) {                                                                   \
            for (intptr_t j = i < whole_rows ? whole : 0; j < columns; j++)                                     \
                *(ELEMENT *)(out + j * out_step + i * size) = *(const ELEMENT *)(in + i * in_step + j * size);  \
        }                                                                                                       \
    }
TRANSPOSE(bytes, any8, 16)
TRANSPOSE(pairs, any16, 8)
TRANSPOSE(fours, any32, 4)
TRANSPOSE(eights, any64, 2)

bool transpose_fits(const tile *t, intptr_t size) {
    if (size > 8) return false;
    return (t->step[0] == size && t->row_step[1] == size) || (t->row_step[0] == size && t->step[1] == size);
}

void transpose(const tile *t, intptr_t size) {
    const bool is_in_rows = t->step[0] == size; /* the result is written along the rows of the tile */
    const intptr_t in_step = is_in_rows ? t->step[1] : t->row_step[1];
    const intptr_t out_step = is_in_rows ? t->row_step[0] : t->step[0];
    const intptr_t rows = is_in_rows ? t->columns : t->rows, columns = is_in_rows ? t->rows : t->columns;
    switch (size) {
    case 1:
        transpose_bytes(t->data[1], in_step, t->data[0], out_step, rows, columns);
        break;
    case 2:
        transpose_pairs(t->data[1], in_step, t->data[0], out_step, rows, columns);
        break;
    case 4:
        transpose_fours(t->data[1], in_step, t->data[0], out_step, rows, columns);
        break;
    default:
        transpose_eights(t->data[1], in_step, t->data[0], out_step, rows, columns);
    }
}

/* --- repeating: each row is one element again and again, and begins where the last one ends ----------------------- */

enum { REPEATED_ROW_MOST = 8 * VECTOR }; /* bytes: longer rows are filled by vectors as long as the processor has */

/* A whole vector is written for less: what lies behind its row is written over by the next ones, and the last rows,
 * whose vectors would reach too far, go one by one. Pairs, the most frequent, are woven of a vector with itself. */
#define REPEAT(TYPE, ELEMENT, N)                                                                                   \
    static void repeat_##TYPE(intptr_t rows, intptr_t columns, char *out, const char *in, intptr_t in_step) {      \
        const intptr_t size = sizeof(ELEMENT), row = columns * size, reach = ceiling_divide(row, VECTOR) * VECTOR; \
        intptr_t i = 0;                                                                                            \
        if (columns == 2 && in_step == size) {                                                                     \
            for (; i + (N) <= rows; i += (N)) {                                                                    \
                const TYPE some = *(const TYPE *)(in + i * size);                                                  \
                TYPE *to = (TYPE *)(out + i * row);                                                                \
                to[0] = LOW_##TYPE(some, some);                                                                    \
                to[1] = HIGH_##TYPE(some, some);                                                                   \
            }                                                                                                      \
        }                                                                                                          \
        for (; i * row + reach <= rows * row; i++) {                                                               \
            const TYPE repeated = *(const ELEMENT *)(in + i * in_step) + (TYPE){0};                                \
            for (intptr_t done = 0; done < row; done += VECTOR) *(TYPE *)(out + i * row + done) = repeated;        \
        }                                                                                                          \
        for (; i < rows; i++) {                                                                                    \
            for (intptr_t j = 0; j < columns; j++)                                                                 \
                *(ELEMENT *)(out + i * row + j * size) = *(const ELEMENT *)(in + i * in_step);                     \
        }                                                                                                          \
    }
REPEAT(bytes, any8, 16)
REPEAT(pairs, any16, 8)
REPEAT(fours, any32, 4)
REPEAT(eights, any64, 2)

static void repeat_any128(intptr_t rows, intptr_t columns, char *out, const char *in, intptr_t in_step) {
    for (intptr_t i = 0; i < rows; i++) {
        const any128 element = *(const any128 *)(in + i * in_step);
        for (intptr_t j = 0; j < columns; j++) ((any128 *)out)[i * columns + j] = element;
    }
}

bool repeat_fits(const tile *t, intptr_t size) {
    const intptr_t row = t->columns * size;
    return t->rows > 1 && t->columns > 1 && t->step[0] == size && t->step[1] == 0 && t->row_step[0] == row &&
           row <= REPEATED_ROW_MOST;
}

void repeat(const tile *t, intptr_t size) {
    switch (size) {
    case 1:
        repeat_bytes(t->rows, t->columns, t->data[0], t->data[1], t->row_step[1]);
        break;
    case 2:
        repeat_pairs(t->rows, t->columns, t->data[0], t->data[1], t->row_step[1]);
        break;
    case 4:
        repeat_fours(t->rows, t->columns, t->data[0], t->data[1], t->row_step[1]);
        break;
    case 8:
        repeat_eights(t->rows, t->columns, t->data[0], t->data[1], t->row_step[1]);
        break;
    default:
        repeat_any128(t->rows, t->columns, t->data[0], t->data[1], t->row_step[1]);
    }
}

/* --- rows with steps: every second element, and from the last to the first ---------------------------------------- */

/* They are chosen within vectors. */

#define EVEN_bytes(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
#define EVEN_pairs(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14)
#define EVEN_fours(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6)
#define EVEN_eights(a, b) __builtin_shufflevector(a, b, 0, 2)
#define BACK_bytes(a) __builtin_shufflevector(a, a, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define BACK_pairs(a) __builtin_shufflevector(a, a, 7, 6, 5, 4, 3, 2, 1, 0)
#define BACK_fours(a) __builtin_shufflevector(a, a, 3, 2, 1, 0)
#define BACK_eights(a) __builtin_shufflevector(a, a, 1, 0)

/* The last vector of every second element would reach one element too far, hence one more that goes by itself. */
#define MOVE(TYPE, ELEMENT, N)                                                                            \
    static void move_##TYPE(intptr_t n, char *out, intptr_t out_step, const char *in, intptr_t in_step) { \
        const intptr_t size = sizeof(ELEMENT);                                                            \
        intptr_t i = 0;                                                                                   \
        if (out_step == size && in_step == 2 * size) {                                                    \
            for (; i + (N) < n; i += (N)) {                                                               \
                const TYPE *pair = (const TYPE *)(in + i * in_step);                                      \
                *(TYPE *)(out + i * size) = EVEN_##TYPE(pair[0], pair[1]);                                \
            }                                                                                             \
        } else if (out_step == size && in_step == -size) {                                                \
            for (; i + (N) <= n; i += (N)) {                                                              \
                const TYPE last = *(const TYPE *)(in - (i + (N) - 1) * size);                             \
                *(TYPE *)(out + i * size) = BACK_##TYPE(last);                                            \
            }                                                                                             \
        }                                                                                                 \
        for (; i < n; i++) *(ELEMENT *)(out + i * out_step) = *(const ELEMENT *)(in + i * in_step);       \
    }
MOVE(bytes, any8, 16)
MOVE(pairs, any16, 8)
MOVE(fours, any32, 4)
MOVE(eights, any64, 2)

void move_row(intptr_t size, intptr_t n, char *out, intptr_t out_step, const char *in, intptr_t in_step) {
    switch (size) {
    case 1:
        move_bytes(n, out, out_step, in, in_step);
        break;
    case 2:
        move_pairs(n, out, out_step, in, in_step);
        break;
    case 4:
        move_fours(n, out, out_step, in, in_step);
        break;
    case 8:
        move_eights(n, out, out_step, in, in_step);
        break;
    default:
        for (intptr_t i = 0; i < n; i++) *(any128 *)(out + i * out_step) = *(const any128 *)(in + i * in_step);
    }
}

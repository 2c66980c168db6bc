/* The check of matmul and vecdot: integers exactly, floats close to a long double reference; dot products have the same
 * bits on all instruction sets. Nothing may be written beside the results. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "kernels/products/reference.h"

enum { ELEMENTS = 1 << 15, GUARD = 0x5a, MARGIN = 64, ROOM = 60 * 140 * 16 + 2 * MARGIN };

static _Alignas(64) char left[ELEMENTS * 16], right[ELEMENTS * 16];

/* One result against the sum of products of `inner` elements. */
static void check_sum(const subject *s, int isa, intptr_t i, intptr_t j, intptr_t inner, const char *a, intptr_t a_step,
                      const char *b, intptr_t b_step, const char *got) {
    const sum_of_products sum = products_reference(s->operation, s->dtype, inner, a, a_step, b, b_step);
    const long double *part = sum.part;
    char exact[16];
    bool equal = false;
    if (is_integer(s->dtype)) {
        store_integer(s->dtype, exact, sum.integer);
        equal = memcmp(got, exact, (size_t)dtype_facts[s->dtype].size) == 0;
    } else {
        store_part(s->dtype, exact, 0, part[0]);
        if (is_complex(s->dtype)) store_part(s->dtype, exact, 1, part[1]);
        equal = fabsl(load_part(s->dtype, got, 0) - part[0]) <= sum.allowed &&
                (!is_complex(s->dtype) || fabsl(load_part(s->dtype, got, 1) - part[1]) <= sum.allowed);
    }
    if (!equal)
        fail(s, isa, "inner size %td, row %td, column %td: %s, not %s", inner, i, j, text(s->dtype, got),
             text(s->dtype, exact));
}

/* Fails if a byte of out that belongs to no result has changed. */
static void check_margins(const subject *s, int isa, const char *out, intptr_t rows, intptr_t out_row, intptr_t width) {
    for (intptr_t k = 0; k < ROOM; k++) {
        const intptr_t at = k - MARGIN;
        const bool written = at >= 0 && at / out_row < rows && at % out_row < width;
        if (!written && out[k] != GUARD) fail(s, isa, "%td rows of %td bytes: wrote at byte %td", rows, width, at);
    }
}

/* --- matmul ------------------------------------------------------------------------------------------------------- */

/* Layouts: rows contiguous, columns contiguous, neither, backwards. */
enum { BY_ROWS, BY_COLUMNS, SPREAD, REVERSED, LAYOUTS };

typedef struct {
    const char *first;
    intptr_t row, step;
} matrix;

static matrix lay_out(const char *memory, int layout, intptr_t rows, intptr_t columns, intptr_t size) {
    switch (layout) {
    case BY_ROWS:
        return (matrix){memory, (columns + 1) * size, size};
    case BY_COLUMNS:
        return (matrix){memory, size, (rows + 1) * size};
    case SPREAD:
        return (matrix){memory, 2 * columns * size, 2 * size};
    default:
        return (matrix){memory + (rows * columns - 1) * size, -columns * size, -size};
    }
}

static uint64_t check_one_matmul(const subject *s, intptr_t rows, intptr_t inner, intptr_t columns, int a_layout,
                                 int b_layout) {
    static _Alignas(64) char out[ROOM];
    const intptr_t size = dtype_facts[s->dtype].size, out_row = (columns + 2) * size;
    const matrix a = lay_out(left, a_layout, rows, inner, size), b = lay_out(right, b_layout, inner, columns, size);
    if (rows * out_row + 2 * MARGIN > ROOM || 2 * (rows + 1) * (inner + 1) > ELEMENTS ||
        2 * (inner + 1) * (columns + 1) > ELEMENTS)
        abort();
    for (int isa = 0; isa < s->isas; isa++) {
        memset(out, GUARD, sizeof out);
        s->entry[isa]->product(rows, inner, columns, a.first, a.row, a.step, b.first, b.row, b.step, out + MARGIN,
                               out_row);
        check_margins(s, isa, out, rows, out_row, columns * size);
        for (intptr_t i = 0; i < rows; i++) {
            for (intptr_t j = 0; j < columns; j++)
                check_sum(s, isa, i, j, inner, a.first + i * a.row, a.step, b.first + j * b.step, b.row,
                          out + MARGIN + i * out_row + j * size);
        }
    }
    return (uint64_t)(rows * columns) * (uint64_t)s->isas;
}

static uint64_t check_matmul(const subject *s) {
    static const intptr_t inners[] = {0, 1, 2, 3, 5, 8, 17};
    const intptr_t lanes = VECTOR_BYTES / dtype_facts[s->dtype].size;
    uint64_t results = 0;
    for (size_t n = 0; n < sizeof inners / sizeof *inners; n++) {
        for (intptr_t width = 1; width <= 2 * lanes + 3 && width < 130; width += width < 20 ? 1 : 11) {
            const int layouts = (int)(width % (LAYOUTS * LAYOUTS));
            results += check_one_matmul(s, 1 + width * 7 % 19, inners[n], width, layouts % LAYOUTS, layouts / LAYOUTS);
        }
    }
    for (int a = 0; a < LAYOUTS; a++) {
        for (int b = 0; b < LAYOUTS; b++) { /* larger than one block; and single rows and columns */
            results += check_one_matmul(s, 50, 150, 70, a, b);
            results += check_one_matmul(s, 1, 150, 100, a, b);
            results += check_one_matmul(s, 50, 150, 1, a, b);
            results += check_one_matmul(s, 1, 400, 1, a, b);
        }
    }
    return results;
}

/* --- vecdot ------------------------------------------------------------------------------------------------------- */

static uint64_t check_dots(const subject *s, intptr_t rows, intptr_t inner, matrix a, matrix b) {
    static _Alignas(64) char first[ROOM], got[ROOM];
    const intptr_t size = dtype_facts[s->dtype].size;
    for (int isa = 0; isa < s->isas; isa++) {
        char *out = isa == 0 ? first : got;
        memset(out, GUARD, ROOM);
        s->entry[isa]->product(rows, inner, 1, a.first, a.row, a.step, b.first, b.row, b.step, out + MARGIN, size);
        check_margins(s, isa, out, rows, size, size);
        for (intptr_t i = 0; i < rows; i++) {
            const char *result = out + MARGIN + i * size;
            check_sum(s, isa, i, 0, inner, a.first + i * a.row, a.step, b.first + i * b.row, b.step, result);
            if (isa > 0 && !is_same(s->dtype, first + MARGIN + i * size, result))
                fail(s, isa, "%td vectors of %td: result %td: %s, but %s on %s", rows, inner, i, text(s->dtype, result),
                     text(s->dtype, first + MARGIN + i * size), isa_names[0]);
        }
    }
    return (uint64_t)rows * (uint64_t)s->isas;
}

static uint64_t check_vecdot(const subject *s) {
    static const intptr_t inners[] = {0, 1, 2, 3, 7, 8, 16, 17, 31, 33, 63, 64, 65, 127, 200, 1000, 3000};
    const intptr_t size = dtype_facts[s->dtype].size;
    uint64_t results = 0;
    for (size_t n = 0; n < sizeof inners / sizeof *inners; n++) {
        const intptr_t inner = inners[n], rows = inner < 300 ? 1 + inner * 5 % 37 : 2;
        for (int layout = 0; layout < LAYOUTS; layout++) {
            const matrix a = lay_out(left, layout, rows, inner, size), b = lay_out(right, layout, rows, inner, size);
            const matrix one = {right, 0, b.step};
            results += check_dots(s, rows, inner, a, b);
            results += check_dots(s, rows, inner, a, lay_out(right, BY_ROWS, rows, inner, size));
            if (layout == REVERSED || inner == 0) continue;
            results += check_dots(s, rows, inner, a, one);
            results += check_dots(s, rows, inner, (matrix){left, 0, a.step}, b);
        }
    }
    return results;
}

uint64_t check_product(const subject *s) {
    fill_moderate(s->dtype, left, ELEMENTS);
    fill_moderate(s->dtype, right, ELEMENTS);
    return s->operation == OPERATION_vecdot ? check_vecdot(s) : check_matmul(s);
}

/* The check of the elementwise kernels: every length from 0 to a few vectors, in all layouts that the walk may hand to
 * a kernel, on every instruction set; and many values side by side. */
#include "check.h"

#include <stdlib.h>

enum {
    VALUES = 4096, /* elements of an input */
    ROWS_MAX = 3,
    LENGTH_MAX = 300,
    STEP_MAX = 3,
    OUT_ROOM = ROWS_MAX * (STEP_MAX * LENGTH_MAX + 8) * 16 + 512,
    GUARD = 0xa5,
    ALIASES = 4, /* operands */
};

/* How the operands lie: the steps, in elements, of the result and of the inputs; and which input is the result itself.
 */
typedef struct {
    const char *name;
    int step[ALIASES];
    int alias; /* 0: none */
} layout;

static const layout unary_layouts[] = {
    {"contiguous", {1, 1}, 0},
    {"scalar", {1, 0}, 0},
    {"strided result", {2, 1}, 0},
    {"strided input", {1, 2}, 0},
    {"reversed input", {1, -1}, 0},
    {"reversed result", {-1, 1}, 0},
    {"both strided", {-2, 3}, 0},
    {"strided scalar", {3, 0}, 0},
    {"in place", {1, 1}, 1},
    {"in place, strided", {2, 2}, 1},
    {"in place, reversed", {-1, -1}, 1},
};
static const layout binary_layouts[] = {
    {"contiguous", {1, 1, 1}, 0},
    {"scalar right", {1, 1, 0}, 0},
    {"scalar left", {1, 0, 1}, 0},
    {"two scalars", {1, 0, 0}, 0},
    {"strided result", {2, 1, 1}, 0},
    {"strided left", {1, 2, 1}, 0},
    {"strided right", {1, 1, -3}, 0},
    {"reversed", {-1, -1, 1}, 0},
    {"all strided", {3, -2, 2}, 0},
    {"in place left", {1, 1, 1}, 1},
    {"in place right", {1, 1, 1}, 2},
    {"in place, scalar right", {1, 1, 0}, 1},
    {"in place, scalar left", {1, 0, 1}, 2},
    {"in place, strided", {2, 2, -1}, 1},
    {"strided, scalar", {2, 3, 0}, 0},
};
static const layout ternary_layouts[] = {
    {"contiguous", {1, 1, 1, 1}, 0},
    {"scalar third", {1, 1, 1, 0}, 0},
    {"scalar second", {1, 1, 0, 1}, 0},
    {"two scalars", {1, 1, 0, 0}, 0},
    {"one condition", {1, 0, 1, 1}, 0},
    {"condition, scalar", {1, 0, 1, 0}, 0},
    {"condition, scalar left", {1, 0, 0, 1}, 0},
    {"three scalars", {1, 0, 0, 0}, 0},
    {"strided", {1, 2, 1, -1}, 0},
    {"all strided", {2, -1, 3, 1}, 0},
    {"in place second", {1, 1, 1, 1}, 2},
    {"in place third", {1, 1, 1, 1}, 3},
    {"in place, strided", {-2, 1, -2, 0}, 2},
};

static _Alignas(64) char values[3][VALUES * 16];
static _Alignas(64) char out[OUT_ROOM], untouched[OUT_ROOM], wanted[OUT_ROOM];
static _Alignas(64) char expected[ROWS_MAX * LENGTH_MAX * 16];

static int absolute(int x) { return x < 0 ? -x : x; }

/* Fills in one operand of a tile, over `buffer`. Rows are so far apart that even a reversed one stays inside. */
static void place(tile *t, int operand, char *buffer, intptr_t size, int step, intptr_t offset, bool repeat_rows) {
    const intptr_t row = repeat_rows ? 0 : absolute(step) * t->columns + 3;
    intptr_t first = offset;
    if (step < 0) first += absolute(step) * t->columns;
    t->data[operand] = buffer + first * size;
    t->step[operand] = step * size;
    t->row_step[operand] = row * size;
}

static const char *element(const tile *t, int operand, intptr_t row, intptr_t column) {
    return t->data[operand] + row * t->row_step[operand] + column * t->step[operand];
}

static void inputs_at(const subject *s, const tile *t, intptr_t row, intptr_t column, const void *in[]) {
    for (int i = 0; i < 3; i++) in[i] = element(t, MINIMUM(i, s->inputs - 1) + 1, row, column); /* all are to be read */
}

/* The result that a kernel must give: the reference; or, where others are right too, what the first instruction set
 * gives for this element alone, once that has been found close enough to the reference. */
static void expect(const subject *s, const void *const in[], void *result) {
    const bool has_reference = reference(s, in, result);
    if (has_one_answer(s)) return;
    _Alignas(16) char got[16] = {0}, copies[3][16];
    tile t = {.rows = 1, .columns = 1, .data = {got}};
    for (int i = 0; i < s->inputs; i++) {
        memcpy(copies[i], in[i], (size_t)dtype_facts[input_dtype(s, i)].size);
        t.data[i + 1] = copies[i];
    }
    s->entry[0]->elementwise(&t);
    if (has_reference && !is_close(s, in, result, got))
        fail(s, 0, "of %s, %s is %s, not %s", text(s->dtype, in[0]), s->inputs > 1 ? text(s->dtype, in[1]) : "",
             text(s->result, got), text(s->result, result));
    memcpy(result, got, (size_t)dtype_facts[s->result].size);
}

static void fail_at(const subject *s, int isa, const char *layout_name, const tile *t, intptr_t row, intptr_t column,
                    const void *const in[], const void *right) {
    char arguments[256] = "";
    for (int i = 0; i < s->inputs; i++) {
        const size_t length = strlen(arguments);
        snprintf(arguments + length, sizeof arguments - length, "%s%s", i ? ", " : "", text(input_dtype(s, i), in[i]));
    }
    fail(s, isa, "%s, %td rows of %td, row %td, element %td: of %s is %s, not %s", layout_name, t->rows, t->columns,
         row, column, arguments, text(s->result, element(t, 0, row, column)), text(s->result, right));
}

/* The operands of a tile: the result in `out`, the inputs in `values`, or in the result where a layout says so. Returns
 * how many bytes of `out` may be looked at. */
static size_t place_operands(const subject *s, const layout *l, unsigned salt, tile *t) {
    const intptr_t result_size = dtype_facts[s->result].size, out_offset = 16 + salt % 16;
    place(t, 0, out, result_size, l->step[0], out_offset, false);
    for (int i = 0; i < s->inputs; i++) {
        const intptr_t size = dtype_facts[input_dtype(s, i)].size;
        const intptr_t offset = (salt * (unsigned)(7 + 4 * i) + (unsigned)i) % 1000;
        if (l->alias == i + 1)
            t->data[i + 1] = t->data[0], t->step[i + 1] = t->step[0], t->row_step[i + 1] = t->row_step[0];
        else
            place(t, i + 1, values[i], size, l->step[i + 1], offset, (salt + (unsigned)i) % 5 == 4);
    }
    return (size_t)((out_offset + t->rows * (absolute(l->step[0]) * t->columns + 3) + 16) * result_size);
}

/* The kernel has written `out` over `untouched`, and some byte differs from `wanted`: nan may differ from nan, all else
 * is an error. */
static void judge_difference(const subject *s, int isa, const char *layout_name, const tile *t, size_t used) {
    const intptr_t result_size = dtype_facts[s->result].size;
    for (intptr_t row = 0; row < t->rows; row++) {
        for (intptr_t column = 0; column < t->columns; column++) {
            char *got = t->data[0] + row * t->row_step[0] + column * t->step[0];
            const char *right = expected + (row * t->columns + column) * result_size;
            if (!is_same(s->result, got, right)) {
                static char written[OUT_ROOM], kept[3][16];
                const void *in[3];
                memcpy(written, out, used);
                memcpy(out, untouched, used); /* the inputs may lie in it */
                inputs_at(s, t, row, column, in);
                for (int i = 0; i < s->inputs; i++) {
                    memcpy(kept[i], in[i], (size_t)dtype_facts[input_dtype(s, i)].size);
                    in[i] = kept[i];
                }
                memcpy(out, written, used);
                fail_at(s, isa, layout_name, t, row, column, in, right);
            }
            memcpy(got, right, (size_t)result_size);
        }
    }
    for (size_t k = 0; k < used; k++) {
        if (out[k] != wanted[k])
            fail(s, isa, "%s, %td rows of %td: wrote at byte %td from the result", layout_name, t->rows, t->columns,
                 out + k - t->data[0]);
    }
}

/* One tile on every instruction set. */
static uint64_t check_tile(const subject *s, const layout *l, intptr_t rows, intptr_t length, unsigned salt) {
    const intptr_t result_size = dtype_facts[s->result].size;
    tile t = {.rows = rows, .columns = length};
    const size_t used = place_operands(s, l, salt, &t);
    memset(untouched, GUARD, used);
    if (l->alias) memcpy(untouched, values[l->alias - 1] + salt % 64 * (unsigned)result_size, used);
    memcpy(out, untouched, used);
    memcpy(wanted, untouched, used);
    for (intptr_t row = 0; row < rows; row++) {
        for (intptr_t column = 0; column < length; column++) {
            char *right = expected + (row * length + column) * result_size;
            const void *in[3];
            inputs_at(s, &t, row, column, in);
            expect(s, in, right);
            memcpy(wanted + (element(&t, 0, row, column) - out), right, (size_t)result_size);
        }
    }
    for (int isa = 0; isa < s->isas; isa++) {
        memcpy(out, untouched, used);
        s->entry[isa]->elementwise(&t);
        if (memcmp(out, wanted, used) != 0) judge_difference(s, isa, l->name, &t, used);
    }
    return (uint64_t)(rows * length) * (uint64_t)s->isas;
}

/* Many contiguous elements, on every instruction set: `in` holds `count` elements for each input. */
static uint64_t check_values(const subject *s, char *const in[], intptr_t count) {
    const intptr_t size = dtype_facts[s->result].size;
    char *right = malloc((size_t)(count * size)), *got = malloc((size_t)(count * size));
    tile t = {.rows = 1, .columns = count, .data = {got}, .step = {size}};
    for (int i = 0; i < s->inputs; i++) t.data[i + 1] = in[i], t.step[i + 1] = dtype_facts[input_dtype(s, i)].size;
    for (intptr_t column = 0; column < count; column++) {
        const void *elements[3];
        inputs_at(s, &t, 0, column, elements);
        expect(s, elements, right + column * size);
    }
    for (int isa = 0; isa < s->isas; isa++) {
        memset(got, GUARD, (size_t)(count * size));
        s->entry[isa]->elementwise(&t);
        if (memcmp(got, right, (size_t)(count * size)) == 0) continue;
        for (intptr_t column = 0; column < count; column++) {
            const void *elements[3];
            inputs_at(s, &t, 0, column, elements);
            if (!is_same(s->result, got + column * size, right + column * size))
                fail_at(s, isa, "many values", &t, 0, column, elements, right + column * size);
        }
    }
    free(right);
    free(got);
    return (uint64_t)count * (uint64_t)s->isas;
}

/* All pairs of special values (all values where there are few), and random ones. */
static uint64_t check_many(const subject *s) {
    enum { RANDOM = 8192 };
    const intptr_t size = dtype_facts[s->dtype].size;
    char specials[SPECIALS_MAX * 16];
    intptr_t special_count = fill_specials(s->dtype, specials);
    if (size == 1) {
        special_count = 256;
        for (int i = 0; i < 256; i++) specials[i] = (char)i;
    }
    const intptr_t pairs = s->inputs == 1 ? special_count : special_count * special_count;
    const intptr_t count = pairs + RANDOM;
    char *in[3];
    for (int i = 0; i < 3; i++) in[i] = malloc((size_t)(count * 16));
    const int first = s->inputs == 3;
    if (first) fill_mixed(CODE_b8, in[0], count);
    for (intptr_t i = 0; i < pairs; i++) {
        memcpy(in[first] + i * size, specials + i % special_count * size, (size_t)size);
        memcpy(in[first + 1] + i * size, specials + i / special_count * size, (size_t)size);
    }
    for (int i = first; i < s->inputs; i++) fill_mixed(s->dtype, in[i] + pairs * size, RANDOM);
    uint64_t results = check_values(s, in, count);
    if (s->operation == OPERATION_floor_divide || s->operation == OPERATION_remainder) {
        for (int repeat = 0; repeat < 8; repeat++) {
            fill_near_multiples(s->dtype, in[0], in[1], MINIMUM(count, 16384));
            results += check_values(s, in, MINIMUM(count, 16384));
        }
    }
    for (int i = 0; i < 3; i++) free(in[i]);
    return results;
}

uint64_t check_elementwise(const subject *s) {
    static const intptr_t longer[] = {127, 128, 129, 255, 256, 257, LENGTH_MAX};
    const layout *layouts = s->inputs == 1 ? unary_layouts : s->inputs == 2 ? binary_layouts : ternary_layouts;
    const size_t layout_count = s->inputs == 1   ? sizeof unary_layouts / sizeof *unary_layouts
                                : s->inputs == 2 ? sizeof binary_layouts / sizeof *binary_layouts
                                                 : sizeof ternary_layouts / sizeof *ternary_layouts;
    for (int i = 0; i < s->inputs; i++) fill_mixed(input_dtype(s, i), values[i], VALUES);
    intptr_t size = MINIMUM(dtype_facts[s->dtype].size, dtype_facts[s->result].size);
    const intptr_t vectors = 3 * VECTOR_BYTES / size + 1;
    uint64_t results = check_many(s);
    unsigned salt = 0;
    for (size_t k = 0; k < layout_count; k++) {
        const int alias = layouts[k].alias;
        if (alias && dtype_facts[input_dtype(s, alias - 1)].size != dtype_facts[s->result].size) continue;
        for (intptr_t length = 0; length <= vectors; length++)
            results += check_tile(s, &layouts[k], 1 + (intptr_t)(salt % ROWS_MAX), length, salt), salt++;
        for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
            results += check_tile(s, &layouts[k], 1 + (intptr_t)(salt % ROWS_MAX), longer[i], salt), salt++;
    }
    return results;
}

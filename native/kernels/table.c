/* table[operation][dtype], once for each instruction set, made from the manifest. */
#include "kernels/table.h"

#include "kernels/declarations.h"

const dtype_fact dtype_facts[DTYPE_COUNT] = {
#define FACT(name, public_name, kind, format) {public_name, kind, format, sizeof(name)},
    DTYPES(FACT)
#undef FACT
};

const char *const operation_names[OPERATION_COUNT] = {
#define OPERATION(name, form, dtypes, result, integers) #name,
#include "kernels/manifest.inc"
};

static const enum integer_rule integer_rules[OPERATION_COUNT] = {
#define OPERATION(name, form, dtypes, result, integers) INTEGERS_##integers,
#include "kernels/manifest.inc"
};

/* COST_<operation>_<dtype> */
enum {
#define COST(name, one, two, four, eight, f32, f64, c64, c128)                                              \
    COST_##name##_b8 = one, COST_##name##_i8 = one, COST_##name##_u8 = one, COST_##name##_i16 = two,        \
    COST_##name##_u16 = two, COST_##name##_i32 = four, COST_##name##_u32 = four, COST_##name##_i64 = eight, \
    COST_##name##_u64 = eight, COST_##name##_f32 = f32, COST_##name##_f64 = f64, COST_##name##_c64 = c64,   \
    COST_##name##_c128 = c128,
#include "kernels/manifest.inc"
};

#define HAS_COST(name, T) _Static_assert(COST_##name##_##T > 0, "manifest.inc: " #name "_" #T " costs nothing");
#define OPERATION(name, form, dtypes, result, integers) dtypes(HAS_COST, name)
#include "kernels/manifest.inc"
#undef HAS_COST

#define ENTRY_unary(member) .form = FORM_unary, .elementwise = member
#define ENTRY_binary(member) .form = FORM_binary, .elementwise = member
#define ENTRY_ternary(member) .form = FORM_ternary, .elementwise = member
#define ENTRY_choice(member) .form = FORM_ternary, .has_condition = true, .elementwise = member
#define ENTRY_reduce(member) .form = FORM_reduce, .reduce = &member
#define ENTRY_product(member) .form = FORM_product, .product = member
#define ENTRY_transform(member) .form = FORM_transform, .transform = &member
#define ENTRY_sort(member) .form = FORM_sort, .sort = &member
#define ENTRY_scan(member) .form = FORM_scan, .scan = &member
#define ENTRY_extreme(member) .form = FORM_extreme, .extreme = &member
#define ENTRY_search(member) .form = FORM_search, .search = member

/* A list of dtypes.h calls ROW_FROM(packed arguments, dtype); the others unpack them and hand all to ROW. */
#define ROW(name, form, rule, isa, T)                                                             \
    [OPERATION_##name][CODE_##T] = {ENTRY_##form(name##_##T##_##isa), .result = RESULT_##rule(T), \
                                    .cost = COST_##name##_##T},
#define ROW_IN(arguments, T) ROW_OF(arguments, T)
#define ROW_OF(name, form, rule, isa, T) ROW(name, form, rule, isa, T)
#define UNPACK(...) __VA_ARGS__
#define ROW_FROM(packed, T) ROW_IN(UNPACK packed, T)

static const table_entry tables[ISA_COUNT][OPERATION_COUNT][DTYPE_COUNT] = {
#if defined(__x86_64__)
#define OPERATION(name, form, dtypes, result, integers) dtypes(ROW_FROM, (name, form, result, v2))
    [ISA_v2] =
        {
#include "kernels/manifest.inc"
        },
#define OPERATION(name, form, dtypes, result, integers) dtypes(ROW_FROM, (name, form, result, v3))
    [ISA_v3] =
        {
#include "kernels/manifest.inc"
        },
#define OPERATION(name, form, dtypes, result, integers) dtypes(ROW_FROM, (name, form, result, v4))
    [ISA_v4] =
        {
#include "kernels/manifest.inc"
        },
#else
#define OPERATION(name, form, dtypes, result, integers) dtypes(ROW_FROM, (name, form, result, neon))
    [ISA_neon] =
        {
#include "kernels/manifest.inc"
        },
#endif
};

static enum isa_code current;

void table_use(enum isa_code isa) { current = isa; }
enum isa_code table_isa(void) { return current; }

const table_entry *table_find(long operation, long dtype) {
    if (operation < 0 || operation >= OPERATION_COUNT || dtype < 0 || dtype >= DTYPE_COUNT) return NULL;
    const table_entry *entry = &tables[current][operation][dtype];
    return entry->form == FORM_none ? NULL : entry;
}

const table_entry *table_at(long kernel) {
    if (kernel < 0 || kernel >= OPERATION_COUNT * DTYPE_COUNT) return NULL;
    const table_entry *entry = &tables[current][kernel / DTYPE_COUNT][kernel % DTYPE_COUNT];
    return entry->form == FORM_none ? NULL : entry;
}

enum integer_rule table_integers(enum operation_code operation) { return integer_rules[operation]; }

/* The one dtype table, and the lists of dtypes that the manifest speaks of. */
#ifndef RAPTORS_DTYPES_H
#define RAPTORS_DTYPES_H

#include "base.h"

/*  DTYPE(name, public name, kind, buffer format), in the order of the codes */
#define DTYPES(DTYPE)                  \
    DTYPE(b8, "bool", 'b', "?")        \
    DTYPE(i8, "int8", 'i', "b")        \
    DTYPE(i16, "int16", 'i', "h")      \
    DTYPE(i32, "int32", 'i', "i")      \
    DTYPE(i64, "int64", 'i', "l")      \
    DTYPE(u8, "uint8", 'u', "B")       \
    DTYPE(u16, "uint16", 'u', "H")     \
    DTYPE(u32, "uint32", 'u', "I")     \
    DTYPE(u64, "uint64", 'u', "L")     \
    DTYPE(f32, "float32", 'f', "f")    \
    DTYPE(f64, "float64", 'f', "d")    \
    DTYPE(c64, "complex64", 'c', "Zf") \
    DTYPE(c128, "complex128", 'c', "Zd")

enum dtype_code {
#define CODE(name, public_name, kind, format) CODE_##name,
    DTYPES(CODE)
#undef CODE
        DTYPE_COUNT
};

typedef struct {
    const char *name;
    char kind;
    const char *format;
    intptr_t size;
} dtype_fact;

extern const dtype_fact dtype_facts[DTYPE_COUNT];

/* Lists for the manifest: M(A, dtype) for each of them. */
#define BOOLEAN(M, A) M(A, b8)
#define SIGNED(M, A) M(A, i8) M(A, i16) M(A, i32) M(A, i64)
#define UNSIGNED(M, A) M(A, u8) M(A, u16) M(A, u32) M(A, u64)
#define INTEGER(M, A) SIGNED(M, A) UNSIGNED(M, A)
#define BITS(M, A) BOOLEAN(M, A) INTEGER(M, A)
#define FLOAT(M, A) M(A, f32) M(A, f64)
#define COMPLEX(M, A) M(A, c64) M(A, c128)
#define FLOATING(M, A) FLOAT(M, A) COMPLEX(M, A)
#define REAL(M, A) INTEGER(M, A) FLOAT(M, A)
#define NUMERIC(M, A) REAL(M, A) COMPLEX(M, A)
#define ORDERED(M, A) BOOLEAN(M, A) REAL(M, A)
#define ALL(M, A) BOOLEAN(M, A) NUMERIC(M, A)

/* Result dtypes for the manifest: RESULT_<rule>(input dtype) is a code. */
#define RESULT_SAME(d) CODE_##d
#define RESULT_PART(d) PART_##d
#define RESULT_WIDE(d) WIDE_##d
#define RESULT_b8(d) CODE_b8
#define RESULT_i8(d) CODE_i8
#define RESULT_i16(d) CODE_i16
#define RESULT_i32(d) CODE_i32
#define RESULT_i64(d) CODE_i64
#define RESULT_u8(d) CODE_u8
#define RESULT_u16(d) CODE_u16
#define RESULT_u32(d) CODE_u32
#define RESULT_u64(d) CODE_u64
#define RESULT_f32(d) CODE_f32
#define RESULT_f64(d) CODE_f64
#define RESULT_c64(d) CODE_c64
#define RESULT_c128(d) CODE_c128
/* clang-format off */
enum {
    PART_b8 = CODE_b8, PART_i8 = CODE_i8, PART_i16 = CODE_i16, PART_i32 = CODE_i32, PART_i64 = CODE_i64,
    PART_u8 = CODE_u8, PART_u16 = CODE_u16, PART_u32 = CODE_u32, PART_u64 = CODE_u64,
    PART_f32 = CODE_f32, PART_f64 = CODE_f64, PART_c64 = CODE_f32, PART_c128 = CODE_f64,
    WIDE_b8 = CODE_i64, WIDE_i8 = CODE_i64, WIDE_i16 = CODE_i64, WIDE_i32 = CODE_i64, WIDE_i64 = CODE_i64,
    WIDE_u8 = CODE_u64, WIDE_u16 = CODE_u64, WIDE_u32 = CODE_u64, WIDE_u64 = CODE_u64,
    WIDE_f32 = CODE_f32, WIDE_f64 = CODE_f64, WIDE_c64 = CODE_c64, WIDE_c128 = CODE_c128,
};
/* clang-format on */

#endif

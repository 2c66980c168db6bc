/* Declares the kernels of the manifest, for all instruction sets. */
#ifndef RAPTORS_DECLARATIONS_H
#define RAPTORS_DECLARATIONS_H

#include "cpu.h"
#include "dtypes.h"

#define DECLARE_unary(name) elementwise_kernel name;
#define DECLARE_binary(name) elementwise_kernel name;
#define DECLARE_ternary(name) elementwise_kernel name;
#define DECLARE_choice(name) elementwise_kernel name;
#define DECLARE_reduce(name) extern const reduce_kernels name;
#define DECLARE_product(name) product_kernel name;
#define DECLARE_transform(name) extern const transform_kernels name;
#define DECLARE_sort(name) extern const sort_kernels name;
#define DECLARE_scan(name) extern const scan_kernels name;
#define DECLARE_extreme(name) extern const extreme_kernels name;
#define DECLARE_search(name) search_kernel name;

#if defined(__x86_64__)
#define DECLARE(form, name, T) \
    DECLARE_##form(name##_##T##_v2) DECLARE_##form(name##_##T##_v3) DECLARE_##form(name##_##T##_v4)
#else
#define DECLARE(form, name, T) DECLARE_##form(name##_##T##_neon)
#endif
/* A list of dtypes.h calls DECLARE_FROM(packed arguments, dtype); the others unpack them and hand all to DECLARE. */
#define DECLARE_UNPACK(...) __VA_ARGS__
#define DECLARE_IN(arguments, T) DECLARE_OF(arguments, T)
#define DECLARE_OF(form, name, T) DECLARE(form, name, T)
#define DECLARE_FROM(packed, T) DECLARE_IN(DECLARE_UNPACK packed, T)

#define OPERATION(name, form, dtypes, result, integers) dtypes(DECLARE_FROM, (form, name))
#include "kernels/manifest.inc"

#endif

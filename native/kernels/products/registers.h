/* What an instruction set has for matrix products: registers, and how many of them. */
#ifndef RAPTORS_PRODUCTS_REGISTERS_H
#define RAPTORS_PRODUCTS_REGISTERS_H

/* Bytes of a register, and rows whose sums, two registers each, fit into all of them. */
#if defined(__AVX512F__)
#define REGISTER 64
#define ROWS_REAL 8
#define ROWS_COMPLEX 4
#elif defined(__AVX2__)
#define REGISTER 32
#define ROWS_REAL 6
#define ROWS_COMPLEX 2
#elif defined(__aarch64__)
#define REGISTER 16
#define ROWS_REAL 8
#define ROWS_COMPLEX 4
#else
#define REGISTER 16
#define ROWS_REAL 4
#define ROWS_COMPLEX 2
#endif
#if defined(__AVX512F__) || defined(__aarch64__)
#define MANY_REGISTERS /* 32 of them: four of b fit beside the sums */
#endif
#if defined(__FMA__) || defined(__aarch64__)
#define FUSED
#endif
#if defined(__AVX2__)
#define MASKED /* loads and stores of some lanes only */
#endif

#endif

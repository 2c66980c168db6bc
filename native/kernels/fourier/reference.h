/* The scalar reference of Fourier transforms: the definition, in long double. */
#ifndef RAPTORS_FOURIER_REFERENCE_H
#define RAPTORS_FOURIER_REFERENCE_H

#include "kernels/reference.h"

typedef struct {
    long double re, im;
} wide_complex;

/* exp(-2 pi i k / n) */
static inline wide_complex wide_root(intptr_t k, intptr_t n) {
    const long double angle = 6.283185307179586476925286766559L * (long double)(k % n) / (long double)n;
    return (wide_complex){cosl(angle), -sinl(angle)};
}

static wide_complex fourier_reference(const wide_complex *in, intptr_t n, intptr_t k) {
    wide_complex sum = {0, 0};
    for (intptr_t i = 0; i < n; i++) {
        const wide_complex root = wide_root(i * k, n);
        sum.re += in[i].re * root.re - in[i].im * root.im, sum.im += in[i].re * root.im + in[i].im * root.re;
    }
    return sum;
}

#endif

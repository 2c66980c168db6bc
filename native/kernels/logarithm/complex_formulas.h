/* Logarithms to other bases and of 1 + z, for complex numbers z = a + bi of two float64 parts. */
#ifndef RAPTORS_LOGARITHM_COMPLEX_FORMULAS_H
#define RAPTORS_LOGARITHM_COMPLEX_FORMULAS_H

#include "kernels/formulas/complex_logarithm.h"

ALWAYS_INLINE c128 log1p_of(f64 a, f64 b) {
    const pair_f64 u = two_sum_f64(1, a);
    return (c128){log_of_size(u, b), angle_of(b, u.hi)};
}
static c128 careful_log1p(f64 a, f64 b) { return careful_log(1 + a, b); }

ALWAYS_INLINE c128 times(c128 z, f64 factor) { return (c128){z.re * factor, z.im * factor}; }

static const f64 inverse_ln2 = 0x1.71547652b82fep+0, inverse_ln10 = 0x1.bcb7b1526e50ep-2;

ALWAYS_INLINE c128 log2_of(f64 a, f64 b) { return times(log_of(a, b), inverse_ln2); }
ALWAYS_INLINE c128 log10_of(f64 a, f64 b) { return times(log_of(a, b), inverse_ln10); }
static c128 careful_log2(f64 a, f64 b) { return times(careful_log(a, b), inverse_ln2); }
static c128 careful_log10(f64 a, f64 b) { return times(careful_log(a, b), inverse_ln10); }

#endif

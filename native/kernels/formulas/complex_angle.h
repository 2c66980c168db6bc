/* The cosine and the sine of the imaginary part b of a + bi, for exponentials of two float64 parts. */
#ifndef RAPTORS_FORMULAS_COMPLEX_ANGLE_H
#define RAPTORS_FORMULAS_COMPLEX_ANGLE_H

#include "kernels/formulas/exp_log.h"
#include "kernels/formulas/sin_cos.h"

/* cos b, sin b, and cos b - 1 as accurate as them. */
typedef struct {
    f64 cos, sin, cos_less_1;
} cis;

ALWAYS_INLINE cis cis_of(reduced_angle_f64 reduced, f64 b) {
    const f64 size = magnitude_f64(b), cosine = cosine_of_f64(reduced);
    const pair_f64 part = cosine_part_f64(reduced);
    const f64 cos_less_1 = (reduced.quadrant & 3) == 0 ? (part.hi - 1) + part.lo : cosine - 1;
    return (cis){cosine, size < 0x1p-100 ? b : sine_of_f64(reduced), cos_less_1};
}

/* Beyond these limits exp(a) is infinite or 0, even if it is multiplied by the smallest normal sine. */
ALWAYS_INLINE f64 clamp_wide_exponent(f64 a) { return at_least_f64(at_most_f64(a, 1418), -800); }

/* Of any finite b; near_cis of those that reduce_angle takes. */
ALWAYS_INLINE cis near_cis(f64 b) { return cis_of(reduce_angle_f64(b), b); }
static cis far_cis(f64 b) { return cis_of(fabs(b) < 0x1p20 ? reduce_angle_f64(b) : reduce_far_angle_f64(b), b); }

#endif

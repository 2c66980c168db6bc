/* The square roots of numbers with an infinite or nan part. */
#ifndef RAPTORS_ROOT_COMPLEX_FORMULAS_H
#define RAPTORS_ROOT_COMPLEX_FORMULAS_H

#include "kernels/formulas/complex_root.h"

static c128 careful_sqrt(f64 a, f64 b) {
    if (isinf(b)) return (c128){INFINITY, b};
    if (a == INFINITY) return (c128){INFINITY, isnan(b) ? NAN : copysign(0, b)};
    if (a == -INFINITY) return (c128){isnan(b) ? NAN : 0, copysign(INFINITY, isnan(b) ? 1 : b)};
    return (c128){NAN, NAN};
}

#endif

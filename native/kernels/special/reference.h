/* The scalar references of the special functions, in long double; their accuracy is measured by tests/kernels/ulp.py.
 */
#ifndef RAPTORS_SPECIAL_REFERENCE_H
#define RAPTORS_SPECIAL_REFERENCE_H

#include <stdlib.h>

#include "kernels/reference.h"

static long double logit_of(long double x) {
    if (x == 0 || x == 1) return x == 0 ? -INFINITY : INFINITY;
    return x < 0.25L || x > 0.75L ? logl(x / (1 - x)) : 2 * atanhl(2 * x - 1);
}

/* x log y, where `log` is log y. */
static long double times_log(long double x, long double log, long double y) {
    return x == 0 && !isnan(y) ? 0 : x * log;
}

static long double rel_entr_of(long double x, long double y) {
    if (isnan(x) || isnan(y)) return x + y;
    if (x == 0 && y >= 0) return 0;
    if (x <= 0 || y <= 0) return INFINITY;
    const long double ratio = x / y;
    return x * (ratio > 0.5L && ratio < 2 ? log1pl((x - y) / y) : logl(x) - logl(y));
}

static long double float_special(enum operation_code operation, enum dtype_code dtype, f64 a, f64 b) {
    (void)dtype;
    switch (operation) {
    case OPERATION_expit:
        return a < 0 ? expl(a) / (1 + expl(a)) : 1 / (1 + expl(-a));
    case OPERATION_logit:
        return logit_of(a);
    case OPERATION_log_expit:
        return fminl(a, 0) - log1pl(expl(-fabsl(a))) + (isnan(a) ? a : 0);
    case OPERATION_softplus:
        return fmaxl(a, 0) + log1pl(expl(-fabsl(a))) + (isnan(a) ? a : 0);
    case OPERATION_entr:
        return a > 0 ? -a * logl(a) : isnan(a) ? a : a == 0 ? 0 : -INFINITY;
    case OPERATION_erf:
        return erfl(a);
    case OPERATION_erfc:
        return erfcl(a);
    case OPERATION_xlogy:
        return times_log(a, logl(b), b);
    case OPERATION_xlog1py:
        return times_log(a, log1pl(b), b);
    case OPERATION_rel_entr:
        return rel_entr_of(a, b);
    default:
        abort();
    }
}

static bool special_reference(enum operation_code operation, enum dtype_code dtype, const void *const in[], void *out) {
    return by_floats(float_special, operation, dtype, in, out);
}

#endif

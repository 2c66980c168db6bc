/* Logarithms, inverse hyperbolic functions and roots, for every complex dtype. The formulas are in complex_log_parts.h;
 * here is what they do not do. Signs that the standard leaves open are plus. */
#include "kernels/blocks.h"
#include "kernels/logarithm/complex_log_parts.h"

#define LN2 0x1.62e42fefa39efp-1
#define INVERSE_LN2 0x1.71547652b82fep+0
#define INVERSE_LN10 0x1.bcb7b1526e50ep-2
#define PI_2 0x1.921fb54442d18p+0

static c128 special_sqrt(f64 a, f64 b) {
    if (isinf(b)) return (c128){INFINITY, b};
    if (a == INFINITY) return (c128){INFINITY, isnan(b) ? NAN : copysign(0, b)};
    if (a == -INFINITY) return (c128){isnan(b) ? NAN : 0, copysign(INFINITY, isnan(b) ? 1 : b)};
    return (c128){NAN, NAN};
}

/* angle_of for any numbers: of two infinities a diagonal. */
static f64 any_angle(f64 b, f64 a) {
    if (isnan(a) || isnan(b)) return NAN;
    if (isinf(a) || isinf(b)) return angle_of(copysign(isinf(b) ? 1 : 0, b), copysign(isinf(a) ? 1 : 0, a));
    return angle_of(b, a);
}

static c128 careful_log(f64 a, f64 b) {
    const f64 infinite = a == 0 && b == 0 ? -INFINITY : INFINITY;
    const bool open = (isnan(a) || isnan(b)) && !isinf(a) && !isinf(b);
    return (c128){open ? NAN : infinite, any_angle(b, a)};
}
static c128 careful_log1p(f64 a, f64 b) { return careful_log(1 + a, b); }

static c128 times(c128 z, f64 factor) { return (c128){z.re * factor, z.im * factor}; }
ALWAYS_INLINE c128 log2_of(f64 a, f64 b) {
    const c128 z = log_of(a, b);
    return (c128){z.re * INVERSE_LN2, z.im * INVERSE_LN2};
}
ALWAYS_INLINE c128 log10_of(f64 a, f64 b) {
    const c128 z = log_of(a, b);
    return (c128){z.re * INVERSE_LN10, z.im * INVERSE_LN10};
}
static c128 careful_log2(f64 a, f64 b) { return times(careful_log(a, b), INVERSE_LN2); }
static c128 careful_log10(f64 a, f64 b) { return times(careful_log(a, b), INVERSE_LN10); }

/* The logarithm of twice a large number. */
static c128 log_twice(f64 a, f64 b) {
    const c128 z = log_of(a, b);
    return (c128){z.re + LN2, z.im};
}

static c128 careful_asinh(f64 a, f64 b) {
    if (isfinite(a) && isfinite(b)) {
        const c128 z = log_twice(fabs(a), b);
        return (c128){copysign(z.re, a), z.im};
    }
    if (isnan(a)) return (c128){isinf(b) ? INFINITY : NAN, b == 0 ? b : NAN};
    if (isnan(b)) return (c128){isinf(a) ? a : NAN, NAN};
    return (c128){copysign(INFINITY, a), any_angle(b, fabs(a))};
}

static c128 careful_acosh(f64 a, f64 b) {
    if (isfinite(a) && isfinite(b)) return log_twice(a, b);
    if (a == 0) return (c128){isnan(b) ? NAN : INFINITY, PI_2 * copysign(1, isnan(b) ? 1 : b)};
    return careful_log(a, b);
}

static c128 careful_atanh(f64 a, f64 b) {
    const f64 up = copysign(PI_2, b);
    if (fabs(a) == 1 && b == 0) return (c128){copysign(INFINITY, a), b};
    if (fabs(a) == 1 && fabs(b) < 1) { /* log(2 / |b|) / 2, and next to an eighth of a turn */
        const f64 size = 0.5 * (LN2 - log_of_size((pair_f64){0, 0}, b));
        return (c128){copysign(size, a), 0.5 * up};
    }
    if (isfinite(a) && isfinite(b)) { /* a / |z|^2 */
        const f64 large = MAXIMUM(fabs(a), fabs(b)), x = a / large, y = b / large;
        return (c128){x / (x * x + y * y) / large, up};
    }
    if (isinf(b)) return (c128){isnan(a) ? 0 : copysign(0, a), up};
    if (isinf(a)) return (c128){copysign(0, a), isnan(b) ? NAN : up};
    return (c128){a == 0 ? a : NAN, NAN};
}

#define TEMPLATE "kernels/logarithm/complex_logarithm.h"
#include "kernels/each_complex.h"

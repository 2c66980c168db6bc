/* The exponential and the hyperbolic functions, for every complex dtype. The formulas are in complex_exp_parts.h; here
 * is what the standard says of operands that are not finite. Signs that it leaves open are plus, or b's; a's where the
 * function is odd. */
#include "kernels/blocks.h"
#include "kernels/exponential/complex_exp_parts.h"

static cis far_cis(f64 b) { return cis_of(fabs(b) < 0x1p20 ? turn_f64(b) : turn_far_f64(b), b); }

static c128 special_exp(f64 a, f64 b) {
    const cis turned = isfinite(b) ? far_cis(b) : (cis){.cos = 1, .sin = copysign(1, b)};
    if (a == -INFINITY) return (c128){0 * turned.cos, 0 * turned.sin};
    if (b == 0) return (c128){a, b};
    if (a == INFINITY) return (c128){INFINITY * turned.cos, isfinite(b) ? INFINITY * turned.sin : NAN};
    return (c128){NAN, NAN};
}

static c128 special_expm1(f64 a, f64 b) {
    const c128 exp = special_exp(a, b);
    return (c128){a == -INFINITY ? -1 : exp.re, exp.im};
}

static c128 special_sinh(f64 a, f64 b) {
    if (a == 0) return (c128){a, NAN};
    if (b == 0) return (c128){a, b};
    if (!isinf(a)) return (c128){NAN, NAN};
    if (!isfinite(b)) return (c128){a, NAN};
    const cis turned = far_cis(b);
    return (c128){a * turned.cos, INFINITY * turned.sin};
}

static c128 special_cosh(f64 a, f64 b) {
    if (a == 0) return (c128){NAN, 0};
    if (b == 0) return (c128){fabs(a), isnan(a) ? b : copysign(1, a) * b};
    if (!isinf(a)) return (c128){NAN, NAN};
    if (!isfinite(b)) return (c128){INFINITY, NAN};
    const cis turned = far_cis(b);
    return (c128){INFINITY * turned.cos, a * turned.sin};
}

static c128 special_tanh(f64 a, f64 b) {
    if (isinf(a)) return (c128){copysign(1, a), isfinite(b) ? copysign(0, b) : 0};
    if (a == 0) return (c128){a, NAN};
    return (c128){NAN, b == 0 ? b : NAN};
}

#define TEMPLATE "kernels/exponential/complex_exponential.h"
#include "kernels/each_complex.h"

/* The reference of float arithmetic of one dtype, T: template of reference.c. */
#define r(NAME) PASTE(PASTE(NAME, _), T)

/* The floor of the exact quotient, from the remainder, where it has room for one; the cases that the standard lists. */
static T r(floor_quotient)(T a, T b) {
    if (isnan(a) || isnan(b) || (isinf(a) && isinf(b)) || (a == 0 && b == 0)) return (T)NAN;
    const bool negative = !signbit(a) != !signbit(b);
    if (isinf(a) || b == 0) return negative ? -(T)INFINITY : (T)INFINITY;
    if (isinf(b) || a == 0) return negative ? -(T)0.0 : (T)0.0;
    if (fabs(a / b) > (sizeof(T) == 4 ? 0x1p24 : 0x1p53)) return a / b;
    const T rest = sizeof(T) == 4 ? (T)fmodf((f32)a, (f32)b) : (T)fmod(a, b);
    T quotient = (T)roundl(((long double)a - rest) / b);
    if (rest != 0 && (b < 0) != (rest < 0)) quotient -= (T)1;
    return quotient == 0 ? negative ? -(T)0.0 : (T)0.0 : quotient;
}

static T r(python_remainder)(T a, T b) {
    if (isnan(a) || isnan(b) || isinf(a) || b == 0) return (T)NAN;
    T rest = sizeof(T) == 4 ? (T)fmodf((f32)a, (f32)b) : (T)fmod(a, b);
    if (rest == 0) return signbit(b) ? -(T)0.0 : (T)0.0;
    if ((b < 0) != (rest < 0)) rest += b;
    return rest;
}

/* In long double, but for roots, which are rounded once. */
static T r(elementary)(enum operation_code operation, T a, T b) {
    const long double x = a, y = b, larger = fmaxl(x, y);
    switch (operation) {
    case OPERATION_sin:
        return (T)sinl(x);
    case OPERATION_cos:
        return (T)cosl(x);
    case OPERATION_tan:
        return (T)tanl(x);
    case OPERATION_asin:
        return (T)asinl(x);
    case OPERATION_acos:
        return (T)acosl(x);
    case OPERATION_atan:
        return (T)atanl(x);
    case OPERATION_atan2:
        return (T)atan2l(x, y);
    case OPERATION_exp:
        return (T)expl(x);
    case OPERATION_expm1:
        return (T)expm1l(x);
    case OPERATION_sinh:
        return (T)sinhl(x);
    case OPERATION_cosh:
        return (T)coshl(x);
    case OPERATION_tanh:
        return (T)tanhl(x);
    case OPERATION_log:
        return (T)logl(x);
    case OPERATION_log2:
        return (T)log2l(x);
    case OPERATION_log10:
        return (T)log10l(x);
    case OPERATION_log1p:
        return (T)log1pl(x);
    case OPERATION_asinh:
        return (T)asinhl(x);
    case OPERATION_acosh:
        return (T)acoshl(x);
    case OPERATION_atanh:
        return (T)atanhl(x);
    case OPERATION_logaddexp:
        if (isnan(x) || isnan(y) || isinf(larger)) return isnan(x) ? a : isnan(y) ? b : (T)larger;
        return (T)(larger + log1pl(expl(fminl(x, y) - larger)));
    case OPERATION_sqrt:
        return sizeof(T) == 4 ? (T)sqrtf((f32)a) : (T)sqrt(a);
    case OPERATION_hypot:
        return (T)hypotl(x, y);
    default:
        return (T)pow(a, b); /* powl gives infinity for -infinity to the power of -2^63 */
    }
}

static void r(reference)(enum operation_code operation, const T *x, const T *y, void *out) {
    const T a = *x, b = y == NULL ? 0 : *y;
    T result = 0;
    byte truth = 0;
    switch (operation) {
    case OPERATION_add:
        result = a + b;
        break;
    case OPERATION_subtract:
        result = a - b;
        break;
    case OPERATION_multiply:
        result = a * b;
        break;
    case OPERATION_divide:
        result = a / b;
        break;
    case OPERATION_floor_divide:
        result = r(floor_quotient)(a, b);
        break;
    case OPERATION_remainder:
        result = r(python_remainder)(a, b);
        break;
    case OPERATION_maximum:
        result = isnan(a) ? a : isnan(b) ? b : a > b ? a : b;
        break;
    case OPERATION_minimum:
        result = isnan(a) ? a : isnan(b) ? b : a < b ? a : b;
        break;
    case OPERATION_power:
    case OPERATION_sin:
    case OPERATION_cos:
    case OPERATION_tan:
    case OPERATION_asin:
    case OPERATION_acos:
    case OPERATION_atan:
    case OPERATION_atan2:
    case OPERATION_exp:
    case OPERATION_expm1:
    case OPERATION_sinh:
    case OPERATION_cosh:
    case OPERATION_tanh:
    case OPERATION_log:
    case OPERATION_log2:
    case OPERATION_log10:
    case OPERATION_log1p:
    case OPERATION_asinh:
    case OPERATION_acosh:
    case OPERATION_atanh:
    case OPERATION_logaddexp:
    case OPERATION_sqrt:
    case OPERATION_hypot:
        result = r(elementary)(operation, a, b);
        break;
    case OPERATION_negative:
        result = signbit(a) ? (T)fabs(a) : (T)-fabs(a);
        break;
    case OPERATION_absolute:
        result = (T)fabs(a);
        break;
    case OPERATION_square:
        result = a * a;
        break;
    case OPERATION_reciprocal:
        result = 1 / a;
        break;
    case OPERATION_floor:
        result = (T)floor(a);
        break;
    case OPERATION_ceil:
        result = (T)ceil(a);
        break;
    case OPERATION_trunc:
        result = (T)trunc(a);
        break;
    case OPERATION_round:
        result = (T)rint(a);
        break;
    case OPERATION_sign:
        result = isnan(a) ? a : (T)((a > 0) - (a < 0));
        break;
    case OPERATION_copysign:
        result = (T)copysign(a, b);
        break;
    case OPERATION_nextafter:
        result = sizeof(T) == 4 ? (T)nextafterf((f32)a, (f32)b) : (T)nextafter(a, b);
        break;
    case OPERATION_signbit:
        truth = signbit(a) != 0;
        break;
    case OPERATION_isnan:
        truth = isnan(a) != 0;
        break;
    case OPERATION_isinf:
        truth = isinf(a) != 0;
        break;
    case OPERATION_isfinite:
        truth = isfinite(a) != 0;
        break;
    case OPERATION_equal:
        truth = a == b;
        break;
    case OPERATION_not_equal:
        truth = !(a == b);
        break;
    case OPERATION_less:
        truth = a < b;
        break;
    case OPERATION_less_equal:
        truth = a < b || a == b;
        break;
    default:
        abort();
    }
    const bool compares = operation >= OPERATION_equal && operation <= OPERATION_less_equal;
    const bool asks = operation == OPERATION_signbit || operation >= OPERATION_isnan;
    if (compares || (asks && operation <= OPERATION_isfinite))
        memcpy(out, &truth, 1);
    else
        memcpy(out, &result, sizeof result);
}

/* The textbook; the two parts of a result in `out`. */
static void r(complex_reference)(enum operation_code operation, const T *a, const T *b, T *out) {
    switch (operation) {
    case OPERATION_add:
        out[0] = a[0] + b[0], out[1] = a[1] + b[1];
        break;
    case OPERATION_subtract:
        out[0] = a[0] - b[0], out[1] = a[1] - b[1];
        break;
    case OPERATION_multiply:
        out[0] = a[0] * b[0] - a[1] * b[1], out[1] = a[0] * b[1] + a[1] * b[0];
        break;
    case OPERATION_square:
        out[0] = a[0] * a[0] - a[1] * a[1], out[1] = a[0] * a[1] + a[1] * a[0];
        break;
    case OPERATION_negative:
        out[0] = -a[0], out[1] = -a[1];
        break;
    case OPERATION_absolute:
        out[0] = (T)hypotl(a[0], a[1]);
        break;
    case OPERATION_equal:
        *(byte *)out = a[0] == b[0] && a[1] == b[1];
        break;
    case OPERATION_not_equal:
        *(byte *)out = !(a[0] == b[0] && a[1] == b[1]);
        break;
    default:
        abort();
    }
}

#undef r

/* The reference of float arithmetic of one dtype, T: template of reference.c. */
#define r(NAME) PASTE(PASTE(NAME, _), T)

/* NumPy's algorithm, which is Python's too, but for the cases that the standard lists. */
static T r(floor_quotient)(T a, T b) {
    if (isnan(a) || isnan(b) || (isinf(a) && isinf(b)) || (a == 0 && b == 0)) return (T)NAN;
    const bool negative = !signbit(a) != !signbit(b);
    if (isinf(a) || b == 0) return negative ? -(T)INFINITY : (T)INFINITY;
    if (isinf(b) || a == 0) return negative ? -(T)0.0 : (T)0.0;
    const T rest = sizeof(T) == 4 ? (T)fmodf((f32)a, (f32)b) : (T)fmod(a, b);
    T quotient = (a - rest) / b;
    if (rest != 0 && (b < 0) != (rest < 0)) quotient -= (T)1;
    if (quotient == 0) return negative ? -(T)0.0 : (T)0.0;
    T whole = (T)floor(quotient);
    if (quotient - whole > (T)0.5) whole += (T)1;
    return whole;
}

static T r(python_remainder)(T a, T b) {
    if (isnan(a) || isnan(b) || isinf(a) || b == 0) return (T)NAN;
    T rest = sizeof(T) == 4 ? (T)fmodf((f32)a, (f32)b) : (T)fmod(a, b);
    if (rest == 0) return signbit(b) ? -(T)0.0 : (T)0.0;
    if ((b < 0) != (rest < 0)) rest += b;
    return rest;
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
        result = sizeof(T) == 4 ? (T)powf((f32)a, (f32)b) : (T)pow(a, b);
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
    if (compares)
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

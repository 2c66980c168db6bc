"""The standard's element-wise functions, one each, under its names. They name the operation; the engine does the rest.

All take arrays of any shape; two operands broadcast, and one of them may be a Python scalar, which takes the array's
dtype where its kind allows. Mixed dtypes promote as in NumPy 2. All raise TypeError for what is neither array nor
scalar and for dtypes they do not take, ValueError for shapes that do not broadcast, OverflowError for Python ints out
of range.

Elementary functions (roots, exponentials, logarithms, trigonometric functions) are rounded: real results are within 1
ULP of the exact ones (docs/accuracy.md). They take integers and booleans, and give float64 for them; outside of the
domain the result is nan, without warnings.
What each must give, special cases included: "Element-wise Functions" of the Array API standard 2025.12.
"""

from typing import Any, Final, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.dtypes import DT, Bool
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine import clip as clamping
from raptors_xp._engine import elementwise as engine

Operand = ArrayOf[Any] | bool | int | float | complex

_ABSOLUTE: Final[int] = _native.ABSOLUTE
_ACOS: Final[int] = _native.ACOS
_ACOSH: Final[int] = _native.ACOSH
_ADD: Final[int] = _native.ADD
_ASIN: Final[int] = _native.ASIN
_ASINH: Final[int] = _native.ASINH
_ATAN: Final[int] = _native.ATAN
_ATAN2: Final[int] = _native.ATAN2
_ATANH: Final[int] = _native.ATANH
_BITWISE_AND: Final[int] = _native.BITWISE_AND
_BITWISE_INVERT: Final[int] = _native.BITWISE_INVERT
_BITWISE_LEFT_SHIFT: Final[int] = _native.BITWISE_LEFT_SHIFT
_BITWISE_OR: Final[int] = _native.BITWISE_OR
_BITWISE_RIGHT_SHIFT: Final[int] = _native.BITWISE_RIGHT_SHIFT
_BITWISE_XOR: Final[int] = _native.BITWISE_XOR
_CEIL: Final[int] = _native.CEIL
_CONJ: Final[int] = _native.CONJ
_COPYSIGN: Final[int] = _native.COPYSIGN
_COS: Final[int] = _native.COS
_COSH: Final[int] = _native.COSH
_EQUAL: Final[int] = _native.EQUAL
_EXP: Final[int] = _native.EXP
_EXPM1: Final[int] = _native.EXPM1
_FLOOR: Final[int] = _native.FLOOR
_FLOOR_DIVIDE: Final[int] = _native.FLOOR_DIVIDE
_HYPOT: Final[int] = _native.HYPOT
_IMAG: Final[int] = _native.IMAG
_ISFINITE: Final[int] = _native.ISFINITE
_ISINF: Final[int] = _native.ISINF
_ISNAN: Final[int] = _native.ISNAN
_LESS: Final[int] = _native.LESS
_LESS_EQUAL: Final[int] = _native.LESS_EQUAL
_LOG: Final[int] = _native.LOG
_LOG10: Final[int] = _native.LOG10
_LOG1P: Final[int] = _native.LOG1P
_LOG2: Final[int] = _native.LOG2
_LOGADDEXP: Final[int] = _native.LOGADDEXP
_MAXIMUM: Final[int] = _native.MAXIMUM
_MINIMUM: Final[int] = _native.MINIMUM
_MULTIPLY: Final[int] = _native.MULTIPLY
_NEGATIVE: Final[int] = _native.NEGATIVE
_NEXTAFTER: Final[int] = _native.NEXTAFTER
_NOT_EQUAL: Final[int] = _native.NOT_EQUAL
_POWER: Final[int] = _native.POWER
_REAL: Final[int] = _native.REAL
_RECIPROCAL: Final[int] = _native.RECIPROCAL
_REMAINDER: Final[int] = _native.REMAINDER
_ROUND: Final[int] = _native.ROUND
_SIGN: Final[int] = _native.SIGN
_SIGNBIT: Final[int] = _native.SIGNBIT
_SIN: Final[int] = _native.SIN
_SINH: Final[int] = _native.SINH
_SQRT: Final[int] = _native.SQRT
_SQUARE: Final[int] = _native.SQUARE
_SUBTRACT: Final[int] = _native.SUBTRACT
_TAN: Final[int] = _native.TAN
_TANH: Final[int] = _native.TANH
_TRUNC: Final[int] = _native.TRUNC


# --- arithmetic, one operand ------------------------------------------------------------------------------------------


def abs(x: ArrayOf[Any], /) -> Array[Any]:
    """The magnitude of each element.

    Dtypes: all; that of the result is x's, of complex x that of its real part. The smallest integer stays as it is.
    """
    return cast("Array[Any]", engine.unary(_ABSOLUTE, "abs", x))


def negative(x: ArrayOf[DT], /) -> Array[DT]:
    """-x.

    Dtypes: numeric; TypeError for bool (logical_not). Unsigned integers, and the smallest integer, wrap.
    """
    return cast("Array[DT]", engine.unary(_NEGATIVE, "negative", x))


def positive(x: ArrayOf[DT], /) -> Array[DT]:
    """+x: a copy.

    Dtypes: numeric; TypeError for bool.
    """
    return cast("Array[DT]", engine.positive("positive", x))


def reciprocal(x: ArrayOf[DT], /) -> Array[DT]:
    """1 / x.

    Dtypes: floating-point; TypeError for others (divide(1, x) takes them).
    """
    return cast("Array[DT]", engine.unary(_RECIPROCAL, "reciprocal", x))


def square(x: ArrayOf[Any], /) -> Array[Any]:
    """x * x.

    Dtypes: all; bool counts as int8. Integers wrap.
    """
    return cast("Array[Any]", engine.unary(_SQUARE, "square", x))


# --- arithmetic, two operands -----------------------------------------------------------------------------------------


def add(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 + x2.

    Dtypes: all, promoted; booleans are or-ed. Integers wrap.
    """
    return cast("Array[Any]", engine.binary(_ADD, "add", x1, x2))


def divide(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 / x2.

    Dtypes: all, promoted; integers and booleans give float64. Division by zero gives inf or nan.
    """
    return cast("Array[Any]", engine.divide("divide", x1, x2))


def floor_divide(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 / x2, rounded towards -inf.

    Dtypes: real, promoted; bool counts as int8; TypeError for complex. Integers: division by zero gives 0.
    """
    return cast("Array[Any]", engine.binary(_FLOOR_DIVIDE, "floor_divide", x1, x2))


def clip(x: ArrayOf[Any], /, min: Operand | None = None, max: Operand | None = None) -> Array[Any]:
    """x clamped to the range from `min` to `max`; None is no bound. nan if any of the three is; `max` wins over `min`.

    The bounds broadcast. Dtypes: real, promoted; TypeError for complex. A Python int beyond what x's dtype holds bounds
    nothing if it lies on that side, and is an OverflowError on the other.
    """
    return cast("Array[Any]", clamping.clip("clip", x, min, max))


def maximum(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The larger of x1 and x2; nan if either is.

    Dtypes: real, promoted; booleans are or-ed; TypeError for complex.
    """
    return cast("Array[Any]", engine.binary(_MAXIMUM, "maximum", x1, x2))


def minimum(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The smaller of x1 and x2; nan if either is.

    Dtypes: real, promoted; booleans are and-ed; TypeError for complex.
    """
    return cast("Array[Any]", engine.binary(_MINIMUM, "minimum", x1, x2))


def multiply(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 * x2.

    Dtypes: all, promoted; booleans are and-ed. Integers wrap.
    """
    return cast("Array[Any]", engine.binary(_MULTIPLY, "multiply", x1, x2))


def pow(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 to the power of x2.

    Dtypes: all, promoted; bool counts as int8. ValueError for integers to a negative power; integers wrap.
    """
    return cast("Array[Any]", engine.binary(_POWER, "pow", x1, x2))


def remainder(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 - floor_divide(x1, x2) * x2, with the sign of x2.

    Dtypes: real, promoted; bool counts as int8; TypeError for complex. Integers: division by zero gives 0.
    """
    return cast("Array[Any]", engine.binary(_REMAINDER, "remainder", x1, x2))


def subtract(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 - x2.

    Dtypes: numeric, promoted; TypeError for booleans (logical_xor). Integers wrap.
    """
    return cast("Array[Any]", engine.binary(_SUBTRACT, "subtract", x1, x2))


# --- comparisons: exact among integers, whatever their dtypes, and with Python ints of any size -----------------------


def equal(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """x1 == x2.

    Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.compare(_EQUAL, "equal", x1, x2))


def greater(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """x1 > x2.

    Dtypes: real and bool; TypeError for complex. The result is bool.
    """
    return cast("Array[Bool]", engine.compare(_LESS, "greater", x2, x1, True))


def greater_equal(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """x1 >= x2.

    Dtypes: real and bool; TypeError for complex. The result is bool.
    """
    return cast("Array[Bool]", engine.compare(_LESS_EQUAL, "greater_equal", x2, x1, True))


def less(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """x1 < x2.

    Dtypes: real and bool; TypeError for complex. The result is bool.
    """
    return cast("Array[Bool]", engine.compare(_LESS, "less", x1, x2))


def less_equal(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """x1 <= x2.

    Dtypes: real and bool; TypeError for complex. The result is bool.
    """
    return cast("Array[Bool]", engine.compare(_LESS_EQUAL, "less_equal", x1, x2))


def not_equal(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """x1 != x2.

    Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.compare(_NOT_EQUAL, "not_equal", x1, x2))


# --- logic: numbers count as true unless they are 0 -------------------------------------------------------------------


def logical_and(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where x1 and x2 are.

    Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.logical(_BITWISE_AND, "logical_and", x1, x2))


def logical_not(x: ArrayOf[Any], /) -> Array[Bool]:
    """True where x is not.

    Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.logical_not("logical_not", x))


def logical_or(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where x1 or x2 is.

    Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.logical(_BITWISE_OR, "logical_or", x1, x2))


def logical_xor(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where one of x1 and x2 is.

    Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.logical(_BITWISE_XOR, "logical_xor", x1, x2))


# --- bits -------------------------------------------------------------------------------------------------------------


def bitwise_and(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 & x2.

    Dtypes: integers and bool, promoted; TypeError for others.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_AND, "bitwise_and", x1, x2))


def bitwise_invert(x: ArrayOf[DT], /) -> Array[DT]:
    """~x.

    Dtypes: integers and bool; TypeError for others.
    """
    return cast("Array[DT]", engine.unary(_BITWISE_INVERT, "bitwise_invert", x))


def bitwise_left_shift(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 << x2.

    Dtypes: integers, promoted; bool counts as int8; TypeError for others. Bits shifted out are lost.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_LEFT_SHIFT, "bitwise_left_shift", x1, x2))


def bitwise_or(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 | x2.

    Dtypes: integers and bool, promoted; TypeError for others.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_OR, "bitwise_or", x1, x2))


def bitwise_right_shift(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 >> x2, keeping the sign.

    Dtypes: integers, promoted; bool counts as int8; TypeError for others.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_RIGHT_SHIFT, "bitwise_right_shift", x1, x2))


def bitwise_xor(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 ^ x2.

    Dtypes: integers and bool, promoted; TypeError for others.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_XOR, "bitwise_xor", x1, x2))


# --- rounding, signs and neighbours -----------------------------------------------------------------------------------


def ceil(x: ArrayOf[DT], /) -> Array[DT]:
    """The smallest whole number that is not less than x.

    Dtypes: real; TypeError for bool and complex. Integers are copied.
    """
    return cast("Array[DT]", engine.unary(_CEIL, "ceil", x))


def floor(x: ArrayOf[DT], /) -> Array[DT]:
    """The largest whole number that is not greater than x.

    Dtypes: real; TypeError for bool and complex. Integers are copied.
    """
    return cast("Array[DT]", engine.unary(_FLOOR, "floor", x))


def copysign(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The magnitude of x1 with the sign of x2, be it that of a zero or NaN.

    Dtypes: real floating-point, promoted; integers and booleans give float64; TypeError for complex.
    """
    return cast("Array[Any]", engine.binary(_COPYSIGN, "copysign", x1, x2))


def nextafter(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The neighbour of x1 in the direction of x2; x2 if they are equal.

    Dtypes: real floating-point, promoted; integers and booleans give float64; TypeError for complex.
    """
    return cast("Array[Any]", engine.binary(_NEXTAFTER, "nextafter", x1, x2))


def round(x: ArrayOf[DT], /) -> Array[DT]:
    """The nearest whole number, and of two the even one.

    Dtypes: numeric; TypeError for bool. Integers are copied; of complex numbers both parts are rounded.
    """
    return cast("Array[DT]", engine.unary(_ROUND, "round", x))


def sign(x: ArrayOf[DT], /) -> Array[DT]:
    """-1, 0 or 1; of complex numbers x / |x|, or 0.

    Dtypes: numeric; TypeError for bool. NaN stays NaN.
    """
    return cast("Array[DT]", engine.unary(_SIGN, "sign", x))


def signbit(x: ArrayOf[Any], /) -> Array[Bool]:
    """True of negative numbers, of -0.0 and of NaN with that sign.

    Dtypes: real; TypeError for complex.
    """
    return cast("Array[Bool]", engine.unary(_SIGNBIT, "signbit", x))


def trunc(x: ArrayOf[DT], /) -> Array[DT]:
    """The nearest whole number that is not further from 0 than x.

    Dtypes: real; TypeError for bool and complex. Integers are copied.
    """
    return cast("Array[DT]", engine.unary(_TRUNC, "trunc", x))


# --- parts and kinds of numbers ---------------------------------------------------------------------------------------


def conj(x: ArrayOf[DT], /) -> Array[DT]:
    """The complex conjugate.

    Dtypes: numeric; TypeError for bool. Real numbers are copied.
    """
    return cast("Array[DT]", engine.unary(_CONJ, "conj", x))


def imag(x: ArrayOf[Any], /) -> Array[Any]:
    """The imaginary part.

    Dtypes: complex; TypeError for others. The result has the dtype of a part.
    """
    return cast("Array[Any]", engine.unary(_IMAG, "imag", x))


def isfinite(x: ArrayOf[Any], /) -> Array[Bool]:
    """True where x is neither infinite nor NaN.

    Dtypes: all. A complex number is so if both parts are.
    """
    return cast("Array[Bool]", engine.classify(_ISFINITE, "isfinite", x, True))


def isinf(x: ArrayOf[Any], /) -> Array[Bool]:
    """True where x is infinite.

    Dtypes: all. A complex number is so if a part is.
    """
    return cast("Array[Bool]", engine.classify(_ISINF, "isinf", x, False))


def isnan(x: ArrayOf[Any], /) -> Array[Bool]:
    """True where x is NaN.

    Dtypes: all. A complex number is so if a part is.
    """
    return cast("Array[Bool]", engine.classify(_ISNAN, "isnan", x, False))


def real(x: ArrayOf[Any], /) -> Array[Any]:
    """The real part.

    Dtypes: numeric; TypeError for bool. Of complex numbers the result has the dtype of a part; real ones are copied.
    """
    return cast("Array[Any]", engine.unary(_REAL, "real", x))


# --- roots, exponentials, logarithms ----------------------------------------------------------------------------------


def acosh(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse hyperbolic cosine; nan below 1.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_ACOSH, "acosh", x))


def asinh(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse hyperbolic sine.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_ASINH, "asinh", x))


def atanh(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse hyperbolic tangent; nan beyond -1 and 1.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_ATANH, "atanh", x))


def cosh(x: ArrayOf[Any], /) -> Array[Any]:
    """The hyperbolic cosine.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_COSH, "cosh", x))


def exp(x: ArrayOf[Any], /) -> Array[Any]:
    """e to the power of x.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_EXP, "exp", x))


def expm1(x: ArrayOf[Any], /) -> Array[Any]:
    """exp(x) - 1, accurate for small x.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_EXPM1, "expm1", x))


def hypot(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The root of x1 * x1 + x2 * x2, without overflow on the way.

    Dtypes: real, promoted; integers and booleans give float64; TypeError for complex.
    """
    return cast("Array[Any]", engine.binary(_HYPOT, "hypot", x1, x2))


def log(x: ArrayOf[Any], /) -> Array[Any]:
    """The natural logarithm; nan below 0.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_LOG, "log", x))


def log10(x: ArrayOf[Any], /) -> Array[Any]:
    """The logarithm to base 10; nan below 0.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_LOG10, "log10", x))


def log1p(x: ArrayOf[Any], /) -> Array[Any]:
    """log(1 + x), accurate for small x; nan below -1.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_LOG1P, "log1p", x))


def log2(x: ArrayOf[Any], /) -> Array[Any]:
    """The logarithm to base 2; nan below 0.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_LOG2, "log2", x))


def logaddexp(x1: Operand, x2: Operand, /) -> Array[Any]:
    """log(exp(x1) + exp(x2)), without overflow on the way.

    Dtypes: real, promoted; integers and booleans give float64; TypeError for complex.
    """
    return cast("Array[Any]", engine.binary(_LOGADDEXP, "logaddexp", x1, x2))


def sinh(x: ArrayOf[Any], /) -> Array[Any]:
    """The hyperbolic sine.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_SINH, "sinh", x))


def sqrt(x: ArrayOf[Any], /) -> Array[Any]:
    """The square root, correctly rounded; nan below 0.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_SQRT, "sqrt", x))


def tanh(x: ArrayOf[Any], /) -> Array[Any]:
    """The hyperbolic tangent.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_TANH, "tanh", x))


# --- trigonometric functions ------------------------------------------------------------------------------------------


def acos(x: ArrayOf[Any], /) -> Array[Any]:
    """The angle between 0 and pi whose cosine is x: NaN beyond -1 and 1.

    Dtypes: floating-point. Complex branch cuts: beyond -1 and 1 on the real axis.
    """
    return cast("Array[Any]", engine.unary(_ACOS, "acos", x))


def asin(x: ArrayOf[Any], /) -> Array[Any]:
    """The angle between -pi/2 and pi/2 whose sine is x: NaN beyond -1 and 1.

    Dtypes: floating-point. Complex branch cuts: beyond -1 and 1 on the real axis.
    """
    return cast("Array[Any]", engine.unary(_ASIN, "asin", x))


def atan(x: ArrayOf[Any], /) -> Array[Any]:
    """The angle between -pi/2 and pi/2 whose tangent is x.

    Dtypes: floating-point. Complex branch cuts: beyond -1j and 1j on the imaginary axis.
    """
    return cast("Array[Any]", engine.unary(_ATAN, "atan", x))


def atan2(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The angle from -pi to pi of the point (x2, x1), with the sign of x1.

    Dtypes: real floating-point, promoted; TypeError for complex. Signed zeros and infinities count as directions.
    """
    return cast("Array[Any]", engine.binary(_ATAN2, "atan2", x1, x2))


def cos(x: ArrayOf[Any], /) -> Array[Any]:
    """The cosine of an angle in radians.

    Dtypes: floating-point. Angles of any size; NaN for infinities.
    """
    return cast("Array[Any]", engine.unary(_COS, "cos", x))


def sin(x: ArrayOf[Any], /) -> Array[Any]:
    """The sine of an angle in radians.

    Dtypes: floating-point. Angles of any size; NaN for infinities.
    """
    return cast("Array[Any]", engine.unary(_SIN, "sin", x))


def tan(x: ArrayOf[Any], /) -> Array[Any]:
    """The tangent of an angle in radians.

    Dtypes: floating-point. Angles of any size; NaN for infinities.
    """
    return cast("Array[Any]", engine.unary(_TAN, "tan", x))

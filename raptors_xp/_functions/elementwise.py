"""The standard's elementwise functions, under its names. Each names an operation; the engine does the rest.

All take arrays of any shape. Two operands broadcast, and one of them may be a Python scalar, which takes the array's
dtype if its kind allows it; mixed dtypes are promoted as in NumPy 2. The result has the shape of the operand, or that
which both broadcast to. All functions raise TypeError for arguments that are neither arrays nor scalars and for dtypes
they do not take, ValueError for shapes that could not be broadcast together, and OverflowError for Python ints out of
range. None of them warns: division by zero and arguments outside the domain give inf or nan, or 0 in integer dtypes.

Real results of roots, exponentials, logarithms, hyperbolic and trigonometric functions are within 1 ULP of the exact
ones (docs/accuracy.md). They take integers and booleans and give float64 for them.
See "Element-wise Functions" in the Array API standard 2025.12, which lists all special cases.
"""

from typing import Any, Final, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import as_integer
from raptors_xp._core.dtypes import DT, Bool, bool_
from raptors_xp._core.operands import as_array
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine import clip as clamping
from raptors_xp._engine import elementwise as engine
from raptors_xp._engine.views import part_of
from raptors_xp._exchange.numpy_calls import call_numpy

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
    """The absolute value |x| of each element.

    Dtypes: all, kept, except that complex numbers give the real dtype of their parts. The smallest number of a signed
    integer dtype stays as it is, because the dtype cannot hold its absolute value.
    """
    return cast("Array[Any]", engine.unary(_ABSOLUTE, "abs", x))


def negative(x: ArrayOf[DT], /) -> Array[DT]:
    """The negative -x of each element.

    Dtypes: numeric, kept; TypeError for bool (use logical_not). Unsigned integers wrap around, as does the smallest
    number of a signed integer dtype.
    """
    return cast("Array[DT]", engine.unary(_NEGATIVE, "negative", x))


def positive(x: ArrayOf[DT], /) -> Array[DT]:
    """A copy of x, which is the result of +x.

    Dtypes: numeric, kept; TypeError for bool.
    """
    return cast("Array[DT]", engine.positive("positive", x))


def reciprocal(x: ArrayOf[DT], /) -> Array[DT]:
    """The reciprocal 1 / x of each element.

    Dtypes: floating-point, kept; TypeError for integers and bool (use divide(1, x)).
    """
    return cast("Array[DT]", engine.unary(_RECIPROCAL, "reciprocal", x))


def square(x: ArrayOf[Any], /) -> Array[Any]:
    """The square x * x of each element.

    Dtypes: all, kept, except that bool gives int8. Integers wrap around.
    """
    return cast("Array[Any]", engine.unary(_SQUARE, "square", x))


# --- arithmetic, two operands -----------------------------------------------------------------------------------------


def add(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The sum x1 + x2 of each pair of elements.

    The operands broadcast. Dtypes: all, promoted; for booleans it is logical_or. Integers wrap around.
    """
    return cast("Array[Any]", engine.binary(_ADD, "add", x1, x2))


def divide(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The quotient x1 / x2 of each pair of elements.

    The operands broadcast. Dtypes: floating-point, promoted; integers and booleans give float64. Division by 0 gives
    inf or nan.
    """
    return cast("Array[Any]", engine.divide("divide", x1, x2))


def floor_divide(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The quotient x1 / x2 of each pair of elements, rounded down to a whole number.

    The operands broadcast. Dtypes: integers and real floating-point, promoted; bool gives int8; TypeError for complex.
    Division by 0 gives 0 in integer dtypes, inf or nan in others.
    """
    return cast("Array[Any]", engine.binary(_FLOOR_DIVIDE, "floor_divide", x1, x2))


def clip(x: ArrayOf[Any], /, min: Operand | None = None, max: Operand | None = None) -> Array[Any]:
    """x limited to the range from `min` to `max`, where None means no bound.

    x and the bounds broadcast. The result is `max` where `min` is larger than `max`, and nan where x or a bound is nan.
    Dtypes: real and bool, promoted; TypeError for complex. A Python int outside the range of an integer dtype is taken
    where it limits nothing (`min` below the range, `max` above it), and is an OverflowError otherwise.
    """
    return cast("Array[Any]", clamping.clip("clip", x, min, max))


def maximum(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The larger number of each pair of elements; nan if either is nan.

    The operands broadcast. Dtypes: real, promoted; for booleans it is logical_or; TypeError for complex.
    """
    return cast("Array[Any]", engine.binary(_MAXIMUM, "maximum", x1, x2))


def minimum(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The smaller number of each pair of elements; nan if either is nan.

    The operands broadcast. Dtypes: real, promoted; for booleans it is logical_and; TypeError for complex.
    """
    return cast("Array[Any]", engine.binary(_MINIMUM, "minimum", x1, x2))


def multiply(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The product x1 * x2 of each pair of elements.

    The operands broadcast. Dtypes: all, promoted; for booleans it is logical_and. Integers wrap around.
    """
    return cast("Array[Any]", engine.binary(_MULTIPLY, "multiply", x1, x2))


def pow(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 to the power of x2, for each pair of elements.

    The operands broadcast. Dtypes: all, promoted; bool gives int8. Integers wrap around. ValueError for integers to a
    negative power.
    """
    return cast("Array[Any]", engine.binary(_POWER, "pow", x1, x2))


def remainder(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The remainder x1 - floor_divide(x1, x2) * x2 of each pair of elements, which has the sign of x2.

    The operands broadcast. Dtypes: integers and real floating-point, promoted; bool gives int8; TypeError for complex.
    Division by 0 gives 0 in integer dtypes, nan in others.
    """
    return cast("Array[Any]", engine.binary(_REMAINDER, "remainder", x1, x2))


def subtract(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The difference x1 - x2 of each pair of elements.

    The operands broadcast. Dtypes: numeric, promoted; TypeError for two booleans (use logical_xor). Integers wrap
    around.
    """
    return cast("Array[Any]", engine.binary(_SUBTRACT, "subtract", x1, x2))


# --- comparisons: exact for integers of all dtypes, and for Python ints of any size -----------------------------------


def equal(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where x1 == x2.

    The operands broadcast. Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.compare(_EQUAL, "equal", x1, x2))


def greater(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where x1 > x2.

    The operands broadcast. Dtypes: real and bool; TypeError for complex. The result is bool.
    """
    return cast("Array[Bool]", engine.compare(_LESS, "greater", x2, x1, True))


def greater_equal(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where x1 >= x2.

    The operands broadcast. Dtypes: real and bool; TypeError for complex. The result is bool.
    """
    return cast("Array[Bool]", engine.compare(_LESS_EQUAL, "greater_equal", x2, x1, True))


def less(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where x1 < x2.

    The operands broadcast. Dtypes: real and bool; TypeError for complex. The result is bool.
    """
    return cast("Array[Bool]", engine.compare(_LESS, "less", x1, x2))


def less_equal(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where x1 <= x2.

    The operands broadcast. Dtypes: real and bool; TypeError for complex. The result is bool.
    """
    return cast("Array[Bool]", engine.compare(_LESS_EQUAL, "less_equal", x1, x2))


def not_equal(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where x1 != x2.

    The operands broadcast. Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.compare(_NOT_EQUAL, "not_equal", x1, x2))


# --- logic: numbers other than 0 count as true ------------------------------------------------------------------------


def logical_and(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where x1 and x2 are both true, which all numbers except 0 are.

    The operands broadcast. Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.logical(_BITWISE_AND, "logical_and", x1, x2))


def logical_not(x: ArrayOf[Any], /) -> Array[Bool]:
    """True where x is not true, that is, where it is 0 or False.

    Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.logical_not("logical_not", x))


def logical_or(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where at least one of x1 and x2 is true, which all numbers except 0 are.

    The operands broadcast. Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.logical(_BITWISE_OR, "logical_or", x1, x2))


def logical_xor(x1: Operand, x2: Operand, /) -> Array[Bool]:
    """True where exactly one of x1 and x2 is true, which all numbers except 0 are.

    The operands broadcast. Dtypes: all; the result is bool.
    """
    return cast("Array[Bool]", engine.logical(_BITWISE_XOR, "logical_xor", x1, x2))


# --- bits -------------------------------------------------------------------------------------------------------------


def bitwise_and(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The bitwise and x1 & x2 of each pair of elements.

    The operands broadcast. Dtypes: integers and bool, promoted; TypeError for others.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_AND, "bitwise_and", x1, x2))


def bitwise_invert(x: ArrayOf[DT], /) -> Array[DT]:
    """The bitwise complement ~x of each element; for booleans it is logical_not.

    Dtypes: integers and bool, kept; TypeError for others.
    """
    return cast("Array[DT]", engine.unary(_BITWISE_INVERT, "bitwise_invert", x))


def bitwise_left_shift(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The bits of x1 shifted to the left by x2 places, for each pair of elements.

    The operands broadcast. Dtypes: integers, promoted; bool gives int8; TypeError for others. Bits that leave the dtype
    are lost; a shift by a negative number, or by as many bits as the dtype has, gives 0.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_LEFT_SHIFT, "bitwise_left_shift", x1, x2))


def bitwise_or(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The bitwise or x1 | x2 of each pair of elements.

    The operands broadcast. Dtypes: integers and bool, promoted; TypeError for others.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_OR, "bitwise_or", x1, x2))


def bitwise_right_shift(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The bits of x1 shifted to the right by x2 places, for each pair of elements; negative numbers stay negative.

    The operands broadcast. Dtypes: integers, promoted; bool gives int8; TypeError for others. A shift by a negative
    number, or by as many bits as the dtype has, gives 0, or -1 if x1 is negative.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_RIGHT_SHIFT, "bitwise_right_shift", x1, x2))


def bitwise_xor(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The bitwise exclusive or x1 ^ x2 of each pair of elements.

    The operands broadcast. Dtypes: integers and bool, promoted; TypeError for others.
    """
    return cast("Array[Any]", engine.binary(_BITWISE_XOR, "bitwise_xor", x1, x2))


# --- rounding, signs and neighbours -----------------------------------------------------------------------------------


def ceil(x: ArrayOf[DT], /) -> Array[DT]:
    """Each element rounded up to a whole number.

    Dtypes: integers (copied) and real floating-point, kept; TypeError for bool and complex.
    """
    return cast("Array[DT]", engine.unary(_CEIL, "ceil", x))


def floor(x: ArrayOf[DT], /) -> Array[DT]:
    """Each element rounded down to a whole number.

    Dtypes: integers (copied) and real floating-point, kept; TypeError for bool and complex.
    """
    return cast("Array[DT]", engine.unary(_FLOOR, "floor", x))


def copysign(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The magnitude of x1 with the sign of x2, for each pair of elements; zeros and nan have signs too.

    The operands broadcast. Dtypes: real floating-point, promoted; integers and booleans give float64; TypeError for
    complex.
    """
    return cast("Array[Any]", engine.binary(_COPYSIGN, "copysign", x1, x2))


def nextafter(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The floating-point number next to x1 in the direction of x2; x2 itself if they are equal.

    The operands broadcast. Dtypes: real floating-point, promoted; integers and booleans give float64; TypeError for
    complex.
    """
    return cast("Array[Any]", engine.binary(_NEXTAFTER, "nextafter", x1, x2))


def round(x: ArrayOf[DT], /, *, decimals: SupportsIndex = 0) -> Array[DT]:
    """Each element rounded to the nearest whole number; halves are rounded to the even neighbour.

    Dtypes: numeric, kept; TypeError for bool. Integers are copied; in complex numbers both parts are rounded. With
    `decimals`, as in NumPy, to so many digits after the point, or before it if negative.
    """
    if not isinstance(decimals, int) or decimals != 0 or isinstance(decimals, bool):
        places = as_integer("round", "decimals", decimals)
        return cast("Array[DT]", call_numpy("round", as_array("round", "x", x), places))
    return cast("Array[DT]", engine.unary(_ROUND, "round", x))


def sign(x: ArrayOf[DT], /) -> Array[DT]:
    """The sign of each element: -1, 0 or 1; for complex numbers x / |x|, or 0. nan stays nan.

    Dtypes: numeric, kept; TypeError for bool.
    """
    return cast("Array[DT]", engine.unary(_SIGN, "sign", x))


def signbit(x: ArrayOf[Any], /) -> Array[Bool]:
    """True where the sign bit is set: for negative numbers, for -0.0, and for nan with that bit.

    Dtypes: real and bool; TypeError for complex. The result is bool.
    """
    return cast("Array[Bool]", engine.unary(_SIGNBIT, "signbit", x))


def trunc(x: ArrayOf[DT], /) -> Array[DT]:
    """Each element rounded towards 0 to a whole number.

    Dtypes: integers (copied) and real floating-point, kept; TypeError for bool and complex.
    """
    return cast("Array[DT]", engine.unary(_TRUNC, "trunc", x))


# --- parts and kinds of numbers ---------------------------------------------------------------------------------------


def conj(x: ArrayOf[DT], /) -> Array[DT]:
    """The complex conjugate of each element.

    Dtypes: numeric, kept; TypeError for bool. Real numbers are copied.
    """
    return cast("Array[DT]", engine.unary(_CONJ, "conj", x))


def imag(x: ArrayOf[Any], /) -> Array[Any]:
    """The imaginary part of each element, as a view.

    Dtypes: complex; TypeError for others. The result has the real dtype of the parts: float32 or float64.
    """
    array = as_array("imag", "x", x)
    if array._dtype.kind == "c":
        return cast("Array[Any]", part_of(array, True))
    return cast("Array[Any]", engine.unary(_IMAG, "imag", array))


def isfinite(x: ArrayOf[Any], /) -> Array[Bool]:
    """True where x is neither infinite nor nan.

    Dtypes: all; the result is bool. A complex number is finite if both parts are.
    """
    return cast("Array[Bool]", engine.classify(_ISFINITE, "isfinite", x, True))


def isinf(x: ArrayOf[Any], /) -> Array[Bool]:
    """True where x is infinite.

    Dtypes: all; the result is bool. A complex number is infinite if one of its parts is.
    """
    return cast("Array[Bool]", engine.classify(_ISINF, "isinf", x, False))


def isnan(x: ArrayOf[Any], /) -> Array[Bool]:
    """True where x is nan.

    Dtypes: all; the result is bool. A complex number is nan if one of its parts is.
    """
    return cast("Array[Bool]", engine.classify(_ISNAN, "isnan", x, False))


def real(x: ArrayOf[Any], /) -> Array[Any]:
    """The real part of each element, as a view; of real numbers the array itself.

    Dtypes: numeric; TypeError for bool. Complex numbers give the real dtype of their parts.
    """
    array = as_array("real", "x", x)
    if array._dtype.kind == "c":
        return cast("Array[Any]", part_of(array, False))
    return cast("Array[Any]", engine.unary(_REAL, "real", array) if array._dtype is bool_ else array)


# --- roots, exponentials, logarithms ----------------------------------------------------------------------------------


def acosh(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse hyperbolic cosine of each element; real numbers below 1 give nan.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cut: the real axis below 1.
    """
    return cast("Array[Any]", engine.unary(_ACOSH, "acosh", x))


def asinh(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse hyperbolic sine of each element.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cuts: the imaginary axis below -1j
    and above 1j.
    """
    return cast("Array[Any]", engine.unary(_ASINH, "asinh", x))


def atanh(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse hyperbolic tangent of each element; real numbers below -1 and above 1 give nan.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cuts: the real axis below -1 and
    above 1.
    """
    return cast("Array[Any]", engine.unary(_ATANH, "atanh", x))


def cosh(x: ArrayOf[Any], /) -> Array[Any]:
    """The hyperbolic cosine of each element.

    Dtypes: floating-point, kept; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_COSH, "cosh", x))


def exp(x: ArrayOf[Any], /) -> Array[Any]:
    """e to the power of each element.

    Dtypes: floating-point, kept; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_EXP, "exp", x))


def expm1(x: ArrayOf[Any], /) -> Array[Any]:
    """exp(x) - 1 for each element, accurate also for x close to 0.

    Dtypes: floating-point, kept; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_EXPM1, "expm1", x))


def hypot(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The square root of x1**2 + x2**2 for each pair of elements, without overflow or underflow of the squares.

    The operands broadcast. Dtypes: real floating-point, promoted; integers and booleans give float64; TypeError for
    complex.
    """
    return cast("Array[Any]", engine.binary(_HYPOT, "hypot", x1, x2))


def log(x: ArrayOf[Any], /) -> Array[Any]:
    """The natural logarithm of each element; real numbers below 0 give nan, and 0 gives -inf.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cut: the real axis below 0.
    """
    return cast("Array[Any]", engine.unary(_LOG, "log", x))


def log10(x: ArrayOf[Any], /) -> Array[Any]:
    """The logarithm to base 10 of each element; real numbers below 0 give nan, and 0 gives -inf.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cut: the real axis below 0.
    """
    return cast("Array[Any]", engine.unary(_LOG10, "log10", x))


def log1p(x: ArrayOf[Any], /) -> Array[Any]:
    """log(1 + x) for each element, accurate also for x close to 0; real numbers below -1 give nan, and -1 gives -inf.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cut: the real axis below -1.
    """
    return cast("Array[Any]", engine.unary(_LOG1P, "log1p", x))


def log2(x: ArrayOf[Any], /) -> Array[Any]:
    """The logarithm to base 2 of each element; real numbers below 0 give nan, and 0 gives -inf.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cut: the real axis below 0.
    """
    return cast("Array[Any]", engine.unary(_LOG2, "log2", x))


def logaddexp(x1: Operand, x2: Operand, /) -> Array[Any]:
    """log(exp(x1) + exp(x2)) for each pair of elements, without overflow of the exponentials.

    The operands broadcast. Dtypes: real floating-point, promoted; integers and booleans give float64; TypeError for
    complex.
    """
    return cast("Array[Any]", engine.binary(_LOGADDEXP, "logaddexp", x1, x2))


def sinh(x: ArrayOf[Any], /) -> Array[Any]:
    """The hyperbolic sine of each element.

    Dtypes: floating-point, kept; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_SINH, "sinh", x))


def sqrt(x: ArrayOf[Any], /) -> Array[Any]:
    """The square root of each element; real numbers below 0 give nan.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cut: the real axis below 0. Real
    results are correctly rounded.
    """
    return cast("Array[Any]", engine.unary(_SQRT, "sqrt", x))


def tanh(x: ArrayOf[Any], /) -> Array[Any]:
    """The hyperbolic tangent of each element.

    Dtypes: floating-point, kept; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_TANH, "tanh", x))


# --- trigonometric functions ------------------------------------------------------------------------------------------


def acos(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse cosine of each element, from 0 to pi; real numbers below -1 and above 1 give nan.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cuts: the real axis below -1 and
    above 1.
    """
    return cast("Array[Any]", engine.unary(_ACOS, "acos", x))


def asin(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse sine of each element, from -pi/2 to pi/2; real numbers below -1 and above 1 give nan.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cuts: the real axis below -1 and
    above 1.
    """
    return cast("Array[Any]", engine.unary(_ASIN, "asin", x))


def atan(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse tangent of each element, from -pi/2 to pi/2.

    Dtypes: floating-point, kept; integers and booleans give float64. Complex branch cuts: the imaginary axis below -1j
    and above 1j.
    """
    return cast("Array[Any]", engine.unary(_ATAN, "atan", x))


def atan2(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The angle of the point with abscissa x2 and ordinate x1, from -pi to pi, for each pair of elements.

    The operands broadcast. Dtypes: real floating-point, promoted; integers and booleans give float64; TypeError for
    complex. Signed zeros and infinities count as directions.
    """
    return cast("Array[Any]", engine.binary(_ATAN2, "atan2", x1, x2))


def cos(x: ArrayOf[Any], /) -> Array[Any]:
    """The cosine of each element, an angle in radians of any size; infinities give nan.

    Dtypes: floating-point, kept; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_COS, "cos", x))


def sin(x: ArrayOf[Any], /) -> Array[Any]:
    """The sine of each element, an angle in radians of any size; infinities give nan.

    Dtypes: floating-point, kept; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_SIN, "sin", x))


def tan(x: ArrayOf[Any], /) -> Array[Any]:
    """The tangent of each element, an angle in radians of any size; infinities give nan.

    Dtypes: floating-point, kept; integers and booleans give float64.
    """
    return cast("Array[Any]", engine.unary(_TAN, "tan", x))

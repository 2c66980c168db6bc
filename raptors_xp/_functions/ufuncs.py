"""NumPy's elementwise functions beside the standard's, under NumPy's names: xarray looks for them here by name.

Those that are the standard's by another name run by our kernels, the others by NumPy's over the same memory.
"""

from __future__ import annotations

from typing import Any, cast

from raptors_xp._array.array import Array
from raptors_xp._core.dtypes import float64
from raptors_xp._core.operands import as_array, as_operand
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine.elementwise import convert
from raptors_xp._exchange.numpy_calls import call_numpy
from raptors_xp._functions import elementwise

Operand = elementwise.Operand

__all__ = [
    "absolute",
    "angle",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "bitwise_count",
    "bitwise_not",
    "cbrt",
    "conjugate",
    "deg2rad",
    "degrees",
    "exp2",
    "fabs",
    "float_power",
    "fmax",
    "fmin",
    "fmod",
    "gcd",
    "heaviside",
    "invert",
    "iscomplex",
    "isreal",
    "lcm",
    "ldexp",
    "left_shift",
    "logaddexp2",
    "mod",
    "power",
    "rad2deg",
    "radians",
    "right_shift",
    "rint",
    "spacing",
    "true_divide",
]

# --- of the standard, by another name ---------------------------------------------------------------------------------

absolute = elementwise.abs
arccos = elementwise.acos
arccosh = elementwise.acosh
arcsin = elementwise.asin
arcsinh = elementwise.asinh
arctan = elementwise.atan
arctan2 = elementwise.atan2
arctanh = elementwise.atanh
bitwise_not = elementwise.bitwise_invert
conjugate = elementwise.conj
invert = elementwise.bitwise_invert
left_shift = elementwise.bitwise_left_shift
mod = elementwise.remainder
power = elementwise.pow
right_shift = elementwise.bitwise_right_shift
true_divide = elementwise.divide


# --- of one operand ---------------------------------------------------------------------------------------------------


def angle(z: ArrayOf[Any], deg: bool = False) -> Array[Any]:
    """The angles of complex numbers in the plane, in radians or degrees. See numpy.angle."""
    array = as_array("angle", "z", z)
    if array._dtype.kind not in "fc":
        array = convert(array, float64)
    return cast("Array[Any]", call_numpy("angle", array, deg))


def rint(x: ArrayOf[Any], /) -> Array[Any]:
    """The nearest whole number, the even one of two, as a floating-point number. See numpy.rint."""
    array = as_array("rint", "x", x)
    return elementwise.round(cast(Any, array)) if array._dtype.kind in "fc" else _of_one("rint", x)


def bitwise_count(x: ArrayOf[Any], /) -> Array[Any]:
    """The number of bits that are 1 in the absolute value of each integer. See numpy.bitwise_count."""
    return _of_one("bitwise_count", x)


def cbrt(x: ArrayOf[Any], /) -> Array[Any]:
    """The cube root of each element. See numpy.cbrt."""
    return _of_one("cbrt", x)


def deg2rad(x: ArrayOf[Any], /) -> Array[Any]:
    """Degrees as radians. See numpy.deg2rad."""
    return _of_one("deg2rad", x)


def exp2(x: ArrayOf[Any], /) -> Array[Any]:
    """2 to the power of each element. See numpy.exp2."""
    return _of_one("exp2", x)


def fabs(x: ArrayOf[Any], /) -> Array[Any]:
    """The absolute value of each real number, as a floating-point number. See numpy.fabs."""
    return _of_one("fabs", x)


def iscomplex(x: ArrayOf[Any], /) -> Array[Any]:
    """True where the imaginary part is not 0. See numpy.iscomplex."""
    return _of_one("iscomplex", x)


def isreal(x: ArrayOf[Any], /) -> Array[Any]:
    """True where the imaginary part is 0. See numpy.isreal."""
    return _of_one("isreal", x)


def rad2deg(x: ArrayOf[Any], /) -> Array[Any]:
    """Radians as degrees. See numpy.rad2deg."""
    return _of_one("rad2deg", x)


def spacing(x: ArrayOf[Any], /) -> Array[Any]:
    """The distance from each element to the next number away from 0. See numpy.spacing."""
    return _of_one("spacing", x)


def _of_one(function: str, x: object) -> Array[Any]:
    return _in_our_dtypes(function, as_array(function, "x", x))


# --- of two operands --------------------------------------------------------------------------------------------------


def float_power(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 to the power of x2, in float64 or complex128. See numpy.float_power."""
    return _of_two("float_power", x1, x2)


def fmax(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The larger of two elements, the other one where one is nan. See numpy.fmax."""
    return _of_two("fmax", x1, x2)


def fmin(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The smaller of two elements, the other one where one is nan. See numpy.fmin."""
    return _of_two("fmin", x1, x2)


def fmod(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The remainder of x1 / x2 with the sign of x1, as of C. See numpy.fmod."""
    return _of_two("fmod", x1, x2)


def gcd(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The greatest common divisor of two integers. See numpy.gcd."""
    return _of_two("gcd", x1, x2)


def heaviside(x1: Operand, x2: Operand, /) -> Array[Any]:
    """0 where x1 < 0, x2 where x1 is 0, and 1 where x1 > 0. See numpy.heaviside."""
    return _of_two("heaviside", x1, x2)


def lcm(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The lowest common multiple of two integers. See numpy.lcm."""
    return _of_two("lcm", x1, x2)


def ldexp(x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 times 2 to the power of x2. See numpy.ldexp."""
    return _of_two("ldexp", x1, x2)


def logaddexp2(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The logarithm to base 2 of 2 ** x1 + 2 ** x2. See numpy.logaddexp2."""
    return _of_two("logaddexp2", x1, x2)


def _of_two(function: str, x1: object, x2: object) -> Array[Any]:
    return _in_our_dtypes(function, as_operand(function, "x1", x1), as_operand(function, "x2", x2))


def _in_our_dtypes(function: str, *operands: object) -> Array[Any]:
    """NumPy's answer; in float64, as the standard's functions give it, where that is float16: of small integers."""
    result = call_numpy(function, *operands)
    return result if isinstance(result, Array) else cast("Array[Any]", call_numpy(function, *operands, dtype="f8"))


degrees = rad2deg
radians = deg2rad

"""The standard's elementary functions, one each, under its names: element-wise functions too, but rounded, not exact.

Operands are as in elementwise. Dtypes: floating-point, real or complex as said; integers and booleans give float64.
Real results are within 1 ULP of the exact ones (docs/accuracy.md); out of the domain they are NaN, without warnings.
What each must give, special cases included: "Element-wise Functions" of the Array API standard 2025.12.
"""

from typing import Any, Final, cast

from raptors_xp import _native, dispatch
from raptors_xp.array import Array
from raptors_xp.strided import ArrayOf

Operand = ArrayOf[Any] | bool | int | float | complex

_ACOS: Final[int] = _native.ACOS
_ACOSH: Final[int] = _native.ACOSH
_ASIN: Final[int] = _native.ASIN
_ASINH: Final[int] = _native.ASINH
_ATAN: Final[int] = _native.ATAN
_ATAN2: Final[int] = _native.ATAN2
_ATANH: Final[int] = _native.ATANH
_COS: Final[int] = _native.COS
_COSH: Final[int] = _native.COSH
_EXP: Final[int] = _native.EXP
_EXPM1: Final[int] = _native.EXPM1
_HYPOT: Final[int] = _native.HYPOT
_LOG: Final[int] = _native.LOG
_LOG10: Final[int] = _native.LOG10
_LOG1P: Final[int] = _native.LOG1P
_LOG2: Final[int] = _native.LOG2
_LOGADDEXP: Final[int] = _native.LOGADDEXP
_SIN: Final[int] = _native.SIN
_SINH: Final[int] = _native.SINH
_SQRT: Final[int] = _native.SQRT
_TAN: Final[int] = _native.TAN
_TANH: Final[int] = _native.TANH


# --- roots, exponentials, logarithms ----------------------------------------------------------------------------------


def acosh(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse hyperbolic cosine; nan below 1.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_ACOSH, "acosh", x))


def asinh(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse hyperbolic sine.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_ASINH, "asinh", x))


def atanh(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse hyperbolic tangent; nan beyond -1 and 1.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_ATANH, "atanh", x))


def cosh(x: ArrayOf[Any], /) -> Array[Any]:
    """The hyperbolic cosine.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_COSH, "cosh", x))


def exp(x: ArrayOf[Any], /) -> Array[Any]:
    """e to the power of x.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_EXP, "exp", x))


def expm1(x: ArrayOf[Any], /) -> Array[Any]:
    """exp(x) - 1, accurate for small x.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_EXPM1, "expm1", x))


def hypot(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The root of x1 * x1 + x2 * x2, without overflow on the way.

    Dtypes: real, promoted; integers and booleans give float64; TypeError for complex.
    """
    return cast("Array[Any]", dispatch.binary(_HYPOT, "hypot", x1, x2))


def log(x: ArrayOf[Any], /) -> Array[Any]:
    """The natural logarithm; nan below 0.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_LOG, "log", x))


def log10(x: ArrayOf[Any], /) -> Array[Any]:
    """The logarithm to base 10; nan below 0.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_LOG10, "log10", x))


def log1p(x: ArrayOf[Any], /) -> Array[Any]:
    """log(1 + x), accurate for small x; nan below -1.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_LOG1P, "log1p", x))


def log2(x: ArrayOf[Any], /) -> Array[Any]:
    """The logarithm to base 2; nan below 0.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_LOG2, "log2", x))


def logaddexp(x1: Operand, x2: Operand, /) -> Array[Any]:
    """log(exp(x1) + exp(x2)), without overflow on the way.

    Dtypes: real, promoted; integers and booleans give float64; TypeError for complex.
    """
    return cast("Array[Any]", dispatch.binary(_LOGADDEXP, "logaddexp", x1, x2))


def sinh(x: ArrayOf[Any], /) -> Array[Any]:
    """The hyperbolic sine.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_SINH, "sinh", x))


def sqrt(x: ArrayOf[Any], /) -> Array[Any]:
    """The square root, correctly rounded; nan below 0.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_SQRT, "sqrt", x))


def tanh(x: ArrayOf[Any], /) -> Array[Any]:
    """The hyperbolic tangent.

    Dtypes: all; integers and booleans give float64.
    """
    return cast("Array[Any]", dispatch.unary(_TANH, "tanh", x))


# --- trigonometric functions ------------------------------------------------------------------------------------------


def acos(x: ArrayOf[Any], /) -> Array[Any]:
    """The angle between 0 and pi whose cosine is x: NaN beyond -1 and 1.

    Dtypes: floating-point. Complex branch cuts: beyond -1 and 1 on the real axis.
    """
    return cast("Array[Any]", dispatch.unary(_ACOS, "acos", x))


def asin(x: ArrayOf[Any], /) -> Array[Any]:
    """The angle between -pi/2 and pi/2 whose sine is x: NaN beyond -1 and 1.

    Dtypes: floating-point. Complex branch cuts: beyond -1 and 1 on the real axis.
    """
    return cast("Array[Any]", dispatch.unary(_ASIN, "asin", x))


def atan(x: ArrayOf[Any], /) -> Array[Any]:
    """The angle between -pi/2 and pi/2 whose tangent is x.

    Dtypes: floating-point. Complex branch cuts: beyond -1j and 1j on the imaginary axis.
    """
    return cast("Array[Any]", dispatch.unary(_ATAN, "atan", x))


def atan2(x1: Operand, x2: Operand, /) -> Array[Any]:
    """The angle from -pi to pi of the point (x2, x1), with the sign of x1.

    Dtypes: real floating-point, promoted; TypeError for complex. Signed zeros and infinities count as directions.
    """
    return cast("Array[Any]", dispatch.binary(_ATAN2, "atan2", x1, x2))


def cos(x: ArrayOf[Any], /) -> Array[Any]:
    """The cosine of an angle in radians.

    Dtypes: floating-point. Angles of any size; NaN for infinities.
    """
    return cast("Array[Any]", dispatch.unary(_COS, "cos", x))


def sin(x: ArrayOf[Any], /) -> Array[Any]:
    """The sine of an angle in radians.

    Dtypes: floating-point. Angles of any size; NaN for infinities.
    """
    return cast("Array[Any]", dispatch.unary(_SIN, "sin", x))


def tan(x: ArrayOf[Any], /) -> Array[Any]:
    """The tangent of an angle in radians.

    Dtypes: floating-point. Angles of any size; NaN for infinities.
    """
    return cast("Array[Any]", dispatch.unary(_TAN, "tan", x))

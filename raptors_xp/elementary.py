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
_ASIN: Final[int] = _native.ASIN
_ATAN: Final[int] = _native.ATAN
_ATAN2: Final[int] = _native.ATAN2
_COS: Final[int] = _native.COS
_SIN: Final[int] = _native.SIN
_TAN: Final[int] = _native.TAN


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

"""The standard's statistical functions, one each, under its names. They name the reduction; floor 2 does the rest.

All raise TypeError for what is not an array, IndexError for an axis that is not there, ValueError for one given twice.
What each must give, special cases included: "Statistical Functions" of the Array API standard 2025.12.
"""

from typing import Any, Final, cast

from raptors_xp import _native, reductions
from raptors_xp.array import Array
from raptors_xp.dtypes import DT, DTypeLike
from raptors_xp.shape import Axis
from raptors_xp.strided import ArrayOf

_MAX: Final[int] = _native.MAX
_MEAN: Final[int] = _native.MEAN
_MIN: Final[int] = _native.MIN
_PROD: Final[int] = _native.PROD
_SUM: Final[int] = _native.SUM


def max(x: ArrayOf[DT], /, *, axis: Axis = None, keepdims: bool = False) -> Array[DT]:
    """The largest element; nan if one is.

    Over `axis`: an int, a tuple of them, or None for all; keepdims=True keeps the reduced axes with size 1.
    Dtypes: real and bool, kept; TypeError for complex. ValueError if there is nothing to choose from.
    """
    return cast("Array[DT]", reductions.reduce(_MAX, "max", x, axis, keepdims))


def mean(x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: bool = False) -> Array[Any]:
    """The arithmetic mean; nan of nothing.

    Over `axis`: an int, a tuple of them, or None for all; keepdims=True keeps the reduced axes with size 1.
    Dtypes: floating-point, kept; integers and bool give float64.
    """
    return cast("Array[Any]", reductions.reduce(_MEAN, "mean", x, axis, keepdims))


def min(x: ArrayOf[DT], /, *, axis: Axis = None, keepdims: bool = False) -> Array[DT]:
    """The smallest element; nan if one is.

    Over `axis`: an int, a tuple of them, or None for all; keepdims=True keeps the reduced axes with size 1.
    Dtypes: real and bool, kept; TypeError for complex. ValueError if there is nothing to choose from.
    """
    return cast("Array[DT]", reductions.reduce(_MIN, "min", x, axis, keepdims))


def prod(
    x: ArrayOf[Any], /, *, axis: Axis = None, dtype: DTypeLike | None = None, keepdims: bool = False
) -> Array[Any]:
    """The product of the elements; 1 of nothing.

    Over `axis`: an int, a tuple of them, or None for all; keepdims=True keeps the reduced axes with size 1.
    Dtypes: all. The result has `dtype`, to which the elements are converted first; by default x's if floating-point,
    uint64 for unsigned integers, int64 for other integers and bool.
    """
    return cast("Array[Any]", reductions.accumulate(_PROD, "prod", x, axis, dtype, keepdims))


def sum(x: ArrayOf[Any], /, *, axis: Axis = None, dtype: DTypeLike | None = None, keepdims: bool = False) -> Array[Any]:
    """The sum of the elements; 0 of nothing.

    Over `axis`: an int, a tuple of them, or None for all; keepdims=True keeps the reduced axes with size 1.
    Dtypes: all. The result has `dtype`, to which the elements are converted first; by default x's if floating-point,
    uint64 for unsigned integers, int64 for other integers and bool.
    """
    return cast("Array[Any]", reductions.accumulate(_SUM, "sum", x, axis, dtype, keepdims))

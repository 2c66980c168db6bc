"""The standard's statistical functions, under its names. Each names a reduction; the engine does the rest.

All raise TypeError for what is not an array, IndexError for an axis that is out of bounds, ValueError for an axis given
twice. See "Statistical Functions" in the Array API standard 2025.12, which lists all special cases.
"""

from __future__ import annotations

from typing import Any, Final, SupportsFloat, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, as_real
from raptors_xp._core.dtypes import DT, DTypeLike, as_dtype
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import Axis
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine import reduce as reductions
from raptors_xp._engine import scan as scans
from raptors_xp._exchange.sequences import cast_to

_CUMULATIVE_PROD: Final[int] = _native.CUMULATIVE_PROD
_CUMULATIVE_SUM: Final[int] = _native.CUMULATIVE_SUM
_MAX: Final[int] = _native.MAX
_MEAN: Final[int] = _native.MEAN
_MIN: Final[int] = _native.MIN
_PROD: Final[int] = _native.PROD
_SUM: Final[int] = _native.SUM


def cumulative_prod(
    x: ArrayOf[Any],
    /,
    *,
    axis: SupportsIndex | None = None,
    dtype: DTypeLike | None = None,
    include_initial: Flag = False,
) -> Array[Any]:
    """The products of all elements up to and including each, along `axis`; None is allowed for arrays with one axis.

    The result has x's shape; include_initial=True puts a 1 in front, which makes the axis one longer. Dtypes: all. The
    result has `dtype`, to which the elements are converted first; by default x's if floating-point, uint64 for unsigned
    integers, int64 for other integers and bool.
    """
    return cast("Array[Any]", scans.scan(_CUMULATIVE_PROD, "cumulative_prod", x, axis, dtype, include_initial))


def cumulative_sum(
    x: ArrayOf[Any],
    /,
    *,
    axis: SupportsIndex | None = None,
    dtype: DTypeLike | None = None,
    include_initial: Flag = False,
) -> Array[Any]:
    """The sums of all elements up to and including each, along `axis`; None is allowed for arrays with one axis.

    The result has x's shape; include_initial=True puts a 0 in front, which makes the axis one longer. Dtypes: all. The
    result has `dtype`, to which the elements are converted first; by default x's if floating-point, uint64 for unsigned
    integers, int64 for other integers and bool.
    """
    return cast("Array[Any]", scans.scan(_CUMULATIVE_SUM, "cumulative_sum", x, axis, dtype, include_initial))


def max(x: ArrayOf[DT], /, *, axis: Axis = None, keepdims: Flag = False) -> Array[DT]:
    """The largest element over `axis`: an int, a tuple of ints, or None for all; nan if one of the elements is nan.

    keepdims=True keeps the reduced axes with size 1. Dtypes: real and bool, kept; TypeError for complex. ValueError if
    there are no elements to reduce.
    """
    return cast("Array[DT]", reductions.reduce(_MAX, "max", x, axis, keepdims))


def mean(
    x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: Flag = False, dtype: DTypeLike | None = None
) -> Array[Any]:
    """The arithmetic mean over `axis`: an int, a tuple of ints, or None for all; nan if there are no elements.

    keepdims=True keeps the reduced axes with size 1. Dtypes: floating-point, kept; integers and bool give float64. With
    `dtype`, as in NumPy, the elements are converted to it first.
    """
    if dtype is not None:
        x = _converted("mean", x, dtype)
    return cast("Array[Any]", reductions.reduce(_MEAN, "mean", x, axis, keepdims))


def min(x: ArrayOf[DT], /, *, axis: Axis = None, keepdims: Flag = False) -> Array[DT]:
    """The smallest element over `axis`: an int, a tuple of ints, or None for all; nan if one of the elements is nan.

    keepdims=True keeps the reduced axes with size 1. Dtypes: real and bool, kept; TypeError for complex. ValueError if
    there are no elements to reduce.
    """
    return cast("Array[DT]", reductions.reduce(_MIN, "min", x, axis, keepdims))


def prod(
    x: ArrayOf[Any], /, *, axis: Axis = None, dtype: DTypeLike | None = None, keepdims: Flag = False
) -> Array[Any]:
    """The product of the elements over `axis`: an int, a tuple of ints, or None for all; 1 if there are no elements.

    keepdims=True keeps the reduced axes with size 1. Dtypes: all. The result has `dtype`, to which the elements are
    converted first; by default x's if floating-point, uint64 for unsigned integers, int64 for other integers and bool.
    """
    return cast("Array[Any]", reductions.accumulate(_PROD, "prod", x, axis, dtype, keepdims))


def std(
    x: ArrayOf[Any],
    /,
    *,
    axis: Axis = None,
    correction: SupportsFloat = 0.0,
    keepdims: Flag = False,
    dtype: DTypeLike | None = None,
    ddof: SupportsFloat | None = None,
) -> Array[Any]:
    """The standard deviation over `axis`: an int, a tuple of ints, or None for all. It is the square root of `var`.

    nan if an element is nan, or if there are not more elements than `correction`. keepdims=True keeps the reduced axes
    with size 1. Dtypes: real floating-point, kept; integers and bool give float64; TypeError for complex. With `dtype`,
    as in NumPy, the elements are converted to it first; `ddof` is NumPy's name for `correction`.
    """
    return _spread("std", x, axis, correction, keepdims, dtype, ddof)


def sum(x: ArrayOf[Any], /, *, axis: Axis = None, dtype: DTypeLike | None = None, keepdims: Flag = False) -> Array[Any]:
    """The sum of the elements over `axis`: an int, a tuple of ints, or None for all; 0 if there are no elements.

    keepdims=True keeps the reduced axes with size 1. Dtypes: all. The result has `dtype`, to which the elements are
    converted first; by default x's if floating-point, uint64 for unsigned integers, int64 for other integers and bool.
    """
    return cast("Array[Any]", reductions.accumulate(_SUM, "sum", x, axis, dtype, keepdims))


def var(
    x: ArrayOf[Any],
    /,
    *,
    axis: Axis = None,
    correction: SupportsFloat = 0.0,
    keepdims: Flag = False,
    dtype: DTypeLike | None = None,
    ddof: SupportsFloat | None = None,
) -> Array[Any]:
    """The variance over `axis`: an int, a tuple of ints, or None for all.

    It is the sum of squared deviations from the mean, divided by the number of elements less `correction`; nan if an
    element is nan, or if there are not more elements than `correction`. keepdims=True keeps the reduced axes with size
    1. Dtypes: real floating-point, kept; integers and bool give float64; TypeError for complex. With `dtype`, as in
    NumPy, the elements are converted to it first; `ddof` is NumPy's name for `correction`.
    """
    return _spread("var", x, axis, correction, keepdims, dtype, ddof)


def _spread(
    function: str, x: ArrayOf[Any], axis: Axis, correction: Any, keepdims: Flag, dtype: DTypeLike | None, ddof: Any
) -> Array[Any]:
    if ddof is not None:
        if correction != 0:
            raise ValueError(f"{function}: correction={correction} and ddof={ddof} say the same; give one of them")
        correction = as_real(function, "ddof", ddof)
    if dtype is not None:
        x = _converted(function, x, dtype)
    return cast("Array[Any]", reductions.variance(function, x, axis, correction, keepdims, function == "std"))


def _converted(function: str, x: ArrayOf[Any], dtype: DTypeLike) -> ArrayOf[Any]:
    wanted = as_dtype(function, dtype)
    return cast("ArrayOf[Any]", cast_to(function, "x", as_array(function, "x", x), wanted))

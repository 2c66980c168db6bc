"""NumPy's reductions that leave out nan, beside the standard's (statistics.py, searching.py).

Names, parameters and answers are NumPy's, but there are no warnings. Dtypes: all that the function without "nan" takes;
integers and bool have no nan. `axis` is an int, a tuple of ints, or None for all.
"""

from __future__ import annotations

from typing import Any, cast

from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import Axis
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._exchange.numpy_calls import call_numpy
from raptors_xp._functions import elementwise, searching, statistics, utility
from raptors_xp._functions.samples import quantiles


def _has_nan(x: Strided) -> bool:
    """True for a dtype that has nan."""
    return x._dtype.kind in "fc"


def _replaced(x: Strided, value: float) -> Any:
    """x with a value for nan."""
    if not _has_nan(x):
        return x
    return searching.where(elementwise.isnan(cast(Any, x)), value, cast(Any, x))


def nansum(a: ArrayOf[Any], axis: Axis = None, dtype: Any = None, *, keepdims: Flag = False) -> Array[Any]:
    """The sum of the elements that are not nan; 0 if there are none. See numpy.nansum."""
    x = as_array("nansum", "a", a)
    return statistics.sum(_replaced(x, 0.0), axis=axis, dtype=dtype, keepdims=keepdims)


def nanprod(a: ArrayOf[Any], axis: Axis = None, dtype: Any = None, *, keepdims: Flag = False) -> Array[Any]:
    """The product of the elements that are not nan; 1 if there are none. See numpy.nanprod."""
    x = as_array("nanprod", "a", a)
    return statistics.prod(_replaced(x, 1.0), axis=axis, dtype=dtype, keepdims=keepdims)


def nanmean(a: ArrayOf[Any], axis: Axis = None, dtype: Any = None, *, keepdims: Flag = False) -> Array[Any]:
    """The mean of the elements that are not nan; nan if there are none. See numpy.nanmean."""
    x = as_array("nanmean", "a", a)
    if not _has_nan(x):
        return statistics.mean(cast(Any, x), axis=axis, dtype=dtype, keepdims=keepdims)
    present = elementwise.logical_not(elementwise.isnan(cast(Any, x)))
    count = searching.count_nonzero(present, axis=axis, keepdims=keepdims)
    total = nansum(a, axis, dtype, keepdims=keepdims)
    real = elementwise.real(total) if total.dtype.kind == "c" else total
    return elementwise.divide(total, count.astype(real.dtype))


def nanmax(a: ArrayOf[Any], axis: Axis = None, *, keepdims: Flag = False) -> Array[Any]:
    """The largest element that is not nan; nan if there is none. See numpy.nanmax."""
    return _extreme("nanmax", a, axis, keepdims)


def nanmin(a: ArrayOf[Any], axis: Axis = None, *, keepdims: Flag = False) -> Array[Any]:
    """The smallest element that is not nan; nan if there is none. See numpy.nanmin."""
    return _extreme("nanmin", a, axis, keepdims)


def _extreme(function: str, a: ArrayOf[Any], axis: Axis, keepdims: Flag) -> Array[Any]:
    x: Any = as_array(function, "a", a)
    if x.dtype.kind == "c":
        return _nan(function, a, axis=axis, keepdims=keepdims)
    is_max = function == "nanmax"
    reduced = statistics.max if is_max else statistics.min
    if x.dtype.kind != "f":
        return reduced(x, axis=axis, keepdims=keepdims)
    result = reduced(_replaced(x, float("-inf") if is_max else float("inf")), axis=axis, keepdims=keepdims)
    empty = utility.all(elementwise.isnan(x), axis=axis, keepdims=keepdims)
    return searching.where(empty, float("nan"), result)


def _nan(function: str, a: ArrayOf[Any], **options: Any) -> Array[Any]:
    return cast("Array[Any]", call_numpy(function, as_array(function, "a", a), **options))


def nanstd(
    a: ArrayOf[Any], axis: Axis = None, dtype: Any = None, ddof: float = 0, *, keepdims: Flag = False
) -> Array[Any]:
    """The standard deviation of the elements that are not nan. See numpy.nanstd."""
    return _nan("nanstd", a, axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims)


def nanvar(
    a: ArrayOf[Any], axis: Axis = None, dtype: Any = None, ddof: float = 0, *, keepdims: Flag = False
) -> Array[Any]:
    """The variance of the elements that are not nan, whose number less ddof it is divided by. See numpy.nanvar."""
    return _nan("nanvar", a, axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims)


def nanmedian(a: ArrayOf[Any], axis: Axis = None, *, keepdims: Flag = False) -> Array[Any]:
    """The median of the elements that are not nan; nan if there are none. See numpy.nanmedian."""
    return _nan("nanmedian", a, axis=axis, keepdims=keepdims)


def nanquantile(
    a: ArrayOf[Any], q: Any, axis: Axis = None, *, method: str = "linear", keepdims: Flag = False, weights: Any = None
) -> Array[Any]:
    """The quantiles of the elements that are not nan; of several q along a new first axis. See numpy.nanquantile."""
    return quantiles("nanquantile", a, q, axis, method, keepdims, weights)


def nanpercentile(
    a: ArrayOf[Any], q: Any, axis: Axis = None, *, method: str = "linear", keepdims: Flag = False, weights: Any = None
) -> Array[Any]:
    """Like nanquantile, with q from 0 to 100. See numpy.nanpercentile."""
    return quantiles("nanpercentile", a, q, axis, method, keepdims, weights)


def nanargmax(a: ArrayOf[Any], axis: int | None = None, *, keepdims: Flag = False) -> Array[Any]:
    """Where the largest element that is not nan is. ValueError if there is none. See numpy.nanargmax."""
    return _nan("nanargmax", a, axis=axis, keepdims=keepdims)


def nanargmin(a: ArrayOf[Any], axis: int | None = None, *, keepdims: Flag = False) -> Array[Any]:
    """Where the smallest element that is not nan is. ValueError if there is none. See numpy.nanargmin."""
    return _nan("nanargmin", a, axis=axis, keepdims=keepdims)


def nancumsum(a: ArrayOf[Any], axis: int | None = None, dtype: Any = None) -> Array[Any]:
    """Running sums in which nan counts as 0; for axis None of all elements in one axis. See numpy.nancumsum."""
    x: Any = _replaced(as_array("nancumsum", "a", a), 0.0)
    if axis is None:
        x, axis = x.reshape(-1), 0
    return statistics.cumulative_sum(x, axis=axis, dtype=dtype)


def nancumprod(a: ArrayOf[Any], axis: int | None = None, dtype: Any = None) -> Array[Any]:
    """Running products in which nan counts as 1; for axis None of all elements in one axis. See numpy.nancumprod."""
    x: Any = _replaced(as_array("nancumprod", "a", a), 1.0)
    if axis is None:
        x, axis = x.reshape(-1), 0
    return statistics.cumulative_prod(x, axis=axis, dtype=dtype)

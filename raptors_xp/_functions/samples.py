"""NumPy's functions of samples, beside the standard's statistics: medians, histograms, covariances, interpolation.

Names, parameters and answers are NumPy's.
"""

from __future__ import annotations

from typing import Any, cast

from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import Axis
from raptors_xp._core.strided import ArrayOf
from raptors_xp._exchange.numpy_calls import call_numpy
from raptors_xp._functions import elementwise, statistics


def _sample(function: str, a: ArrayOf[Any], argument: str = "a") -> Any:
    return as_array(function, argument, a)


def median(a: ArrayOf[Any], axis: Axis = None, *, keepdims: Flag = False) -> Array[Any]:
    """The median over an axis, a tuple of axes, or all; nan if an element is nan. See numpy.median."""
    return cast("Array[Any]", call_numpy("median", _sample("median", a), axis=axis, keepdims=keepdims))


def quantiles(
    function: str, a: ArrayOf[Any], q: Any, axis: Axis, method: str, keepdims: Flag, weights: Any
) -> Array[Any]:
    """What quantile, percentile and their kin that leave out nan have in common."""
    options = {} if weights is None else {"weights": weights}  # which NumPy 1 does not know
    x = _sample(function, a)
    return cast("Array[Any]", call_numpy(function, x, q, axis=axis, method=method, keepdims=keepdims, **options))


def quantile(
    a: ArrayOf[Any], q: Any, axis: Axis = None, *, method: str = "linear", keepdims: Flag = False, weights: Any = None
) -> Array[Any]:
    """The quantiles of the elements; those of several q are along a new first axis. See numpy.quantile."""
    return quantiles("quantile", a, q, axis, method, keepdims, weights)


def percentile(
    a: ArrayOf[Any], q: Any, axis: Axis = None, *, method: str = "linear", keepdims: Flag = False, weights: Any = None
) -> Array[Any]:
    """Like quantile, with q from 0 to 100. See numpy.percentile."""
    return quantiles("percentile", a, q, axis, method, keepdims, weights)


def average(
    a: ArrayOf[Any], axis: Axis = None, weights: Any = None, returned: bool = False, *, keepdims: Flag = False
) -> Any:
    """The mean weighted by `weights`; with returned=True also the sum of the weights. See numpy.average."""
    return call_numpy("average", _sample("average", a), axis, weights, returned, keepdims=keepdims)


def ptp(a: ArrayOf[Any], axis: Axis = None, *, keepdims: Flag = False) -> Array[Any]:
    """The largest element less the smallest. See numpy.ptp."""
    x = _sample("ptp", a)
    return elementwise.subtract(
        statistics.max(x, axis=axis, keepdims=keepdims), statistics.min(x, axis=axis, keepdims=keepdims)
    )


def corrcoef(x: ArrayOf[Any], y: Any = None, rowvar: bool = True, *, dtype: Any = None) -> Array[Any]:
    """The correlation coefficients of variables, which are rows. See numpy.corrcoef."""
    return cast("Array[Any]", call_numpy("corrcoef", _sample("corrcoef", x, "x"), y, rowvar, dtype=dtype))


def cov(
    m: ArrayOf[Any],
    y: Any = None,
    rowvar: bool = True,
    bias: bool = False,
    ddof: int | None = None,
    fweights: Any = None,
    aweights: Any = None,
    *,
    dtype: Any = None,
) -> Array[Any]:
    """The covariances of variables, which are rows. See numpy.cov."""
    x = _sample("cov", m, "m")
    return cast("Array[Any]", call_numpy("cov", x, y, rowvar, bias, ddof, fweights, aweights, dtype=dtype))


def histogram(a: ArrayOf[Any], bins: Any = 10, range: Any = None, density: Any = None, weights: Any = None) -> Any:
    """How many elements lie in each bin, and the edges of the bins. See numpy.histogram."""
    return call_numpy("histogram", _sample("histogram", a), bins, range, density, weights)


def bincount(x: ArrayOf[Any], /, weights: Any = None, minlength: int = 0) -> Array[Any]:
    """How often each number from 0 on is among whole numbers. See numpy.bincount."""
    return cast("Array[Any]", call_numpy("bincount", _sample("bincount", x, "x"), weights, minlength))


def digitize(x: ArrayOf[Any], bins: Any, right: bool = False) -> Array[Any]:
    """The number of the bin that each element lies in. See numpy.digitize."""
    return cast("Array[Any]", call_numpy("digitize", _sample("digitize", x, "x"), bins, right))


def interp(x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: Any = None) -> Array[Any]:
    """Linear interpolation at x between the points (xp, fp). See numpy.interp."""
    return cast("Array[Any]", call_numpy("interp", x, xp, fp, left, right, period))


def gradient(f: ArrayOf[Any], *varargs: Any, axis: Any = None, edge_order: int = 1) -> Any:
    """Central differences along each axis, one-sided at the ends. See numpy.gradient."""
    return call_numpy("gradient", _sample("gradient", f, "f"), *varargs, axis=axis, edge_order=edge_order)


def trapezoid(y: ArrayOf[Any], x: Any = None, dx: float = 1.0, axis: int = -1) -> Array[Any]:
    """The integral by the trapezoidal rule. See numpy.trapezoid."""
    return cast("Array[Any]", call_numpy("trapezoid", _sample("trapezoid", y, "y"), x, dx, axis))

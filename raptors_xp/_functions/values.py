"""NumPy's functions that compare, replace and look for values, beside the standard's. Names and answers are NumPy's."""

from __future__ import annotations

from typing import Any, SupportsIndex, cast

from raptors_xp._array.array import Array
from raptors_xp._core.operands import as_array
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine.views import reshape
from raptors_xp._exchange.numpy_calls import call_numpy
from raptors_xp._functions import elementwise, statistics, utility

Operand = elementwise.Operand


def isclose(a: Operand, b: Operand, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Array[Any]:
    """True where |a - b| <= atol + rtol * |b|, or both are the same infinity, or nan if asked. See numpy.isclose."""
    return cast("Array[Any]", call_numpy("isclose", a, b, rtol, atol, equal_nan))


def allclose(a: Operand, b: Operand, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> bool:
    """True if isclose is true everywhere. See numpy.allclose."""
    return bool(call_numpy("allclose", a, b, rtol, atol, equal_nan))


def array_equal(a1: Any, a2: Any, equal_nan: bool = False) -> bool:
    """True if the shapes are equal and all elements. See numpy.array_equal."""
    if isinstance(a1, Strided) and isinstance(a2, Strided) and not equal_nan:
        if a1._shape != a2._shape:
            return False
        return bool(utility.all(elementwise.equal(cast(Any, a1), cast(Any, a2))))
    return bool(call_numpy("array_equal", a1, a2, equal_nan))


def nan_to_num(
    x: ArrayOf[Any], copy: bool = True, nan: float = 0.0, posinf: float | None = None, neginf: float | None = None
) -> Array[Any]:
    """x with numbers for nan and the infinities: by default 0 and the largest numbers. See numpy.nan_to_num."""
    return cast("Array[Any]", call_numpy("nan_to_num", as_array("nan_to_num", "x", x), copy, nan, posinf, neginf))


def cumsum(a: ArrayOf[Any], axis: SupportsIndex | None = None, dtype: Any = None) -> Array[Any]:
    """Running sums along an axis; for None of all elements in one axis. See numpy.cumsum, and cumulative_sum."""
    x: Any = as_array("cumsum", "a", a)
    if axis is None:
        return statistics.cumulative_sum(cast(Any, reshape("cumsum", x, (-1,), None)), axis=0, dtype=dtype)
    return statistics.cumulative_sum(x, axis=axis, dtype=dtype)


def cumprod(a: ArrayOf[Any], axis: SupportsIndex | None = None, dtype: Any = None) -> Array[Any]:
    """Running products along an axis; for None of all elements in one axis. See numpy.cumprod, and cumulative_prod."""
    x: Any = as_array("cumprod", "a", a)
    if axis is None:
        return statistics.cumulative_prod(cast(Any, reshape("cumprod", x, (-1,), None)), axis=0, dtype=dtype)
    return statistics.cumulative_prod(x, axis=axis, dtype=dtype)


def logspace(
    start: Any,
    stop: Any,
    num: int = 50,
    endpoint: bool = True,
    base: Any = 10.0,
    dtype: Any = None,
    axis: int = 0,
) -> Array[Any]:
    """base to the power of numbers at equal distances from start to stop. See numpy.logspace."""
    return cast("Array[Any]", call_numpy("logspace", start, stop, num, endpoint, base, dtype, axis))


def unravel_index(indices: Any, shape: tuple[int, ...], order: str = "C") -> Any:
    """The indices along each axis of elements that are counted in order, as a tuple. See numpy.unravel_index."""
    return call_numpy("unravel_index", indices, shape, order)


def copyto(dst: ArrayOf[Any], src: Any, casting: str = "same_kind", where: Any = True) -> None:
    """Writes the values of src, broadcast, into dst, where `where` is true. See numpy.copyto."""
    call_numpy("copyto", as_array("copyto", "dst", dst), src, casting, where)


def putmask(a: ArrayOf[Any], mask: Any, values: Any) -> None:
    """Writes values, repeated as needed, at their own places where the mask is true. See numpy.putmask."""
    call_numpy("putmask", as_array("putmask", "a", a), mask, values)


def place(arr: ArrayOf[Any], mask: Any, vals: Any) -> None:
    """Writes vals, repeated as needed, one after another where the mask is true. See numpy.place."""
    call_numpy("place", as_array("place", "arr", arr), mask, vals)

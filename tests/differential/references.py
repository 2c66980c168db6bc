"""NumPy's answers under the standard's names and signatures, where NumPy has others, and how close they must be met."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from differential.comparing import Blank, Close, Near

import raptors_xp as xp

WIDER = {"float32": np.float64, "float64": np.longdouble, "complex64": np.complex128, "complex128": np.clongdouble}
Reference = Callable[..., Any]


# --- element by element ----------------------------------------------------------------------------------------------


def wide(function: Reference, real: float | None, complex_: float | None = None) -> Reference:
    """A function computed in a wider dtype, to be met within so many ULP: of real numbers `real`, of complex ones
    `complex_`; None: as NumPy gives it, exactly."""

    def reference(*arguments: Any) -> Any:
        dtype = np.result_type(*arguments)
        limit = {"f": real, "c": complex_}.get(dtype.kind)
        if limit is None:
            return function(*arguments)
        given = [np.asarray(each, dtype).astype(WIDER[dtype.name]) for each in arguments]
        free: Any = False
        if dtype.kind == "c":
            # Of these the standard says "sign of the real component is unspecified", or of the imaginary one.
            free = ~np.logical_and.reduce([np.isfinite(each) for each in np.broadcast_arrays(*given)])
        due = function(*[np.zeros(1, dtype) for _ in arguments]).dtype
        return Close(np.asarray(function(*given)), due, limit, free)

    return reference


def elementary(function: Reference) -> Reference:
    """At most 1 ULP, docs/accuracy.md says of real ones; the kernels' headers say at most 2 of complex ones."""
    return wide(function, 1, 2)


def complex_arithmetic(function: Reference) -> Reference:
    """Real results are rounded once, as IEEE 754 has it, and are NumPy's; complex ones as of elementary functions."""
    return wide(function, None, 2)


def log1p(x: np.ndarray) -> Any:
    """NumPy's of complex numbers adds 1 and takes the logarithm, which is far off near 0."""
    due: Close = elementary(np.log1p)(x)
    if x.dtype.kind == "f":
        return due
    a, b = x.astype(WIDER[x.dtype.name]).real, x.astype(WIDER[x.dtype.name]).imag
    small = np.abs(x) < 0.25
    values = due.values.copy()
    values.real = np.where(small, 0.5 * np.log1p(np.where(small, a * (2 + a) + b * b, 0)), values.real)
    return due._replace(values=values)


def logaddexp(x1: Any, x2: Any) -> Close:
    """In ULP of the larger argument where the result is close to 0, as docs/accuracy.md measures it."""
    due: Close = elementary(np.logaddexp)(x1, x2)
    with np.errstate(all="ignore"):
        larger = np.maximum(np.abs(x1), np.abs(x2))
        return due._replace(scale=np.where(np.isfinite(larger), larger, 0))


def larger_or_smaller(function: Reference) -> Reference:
    """Of zeros of both signs maximum and minimum may give any: "the order of signed zeros is unspecified"."""

    def reference(x1: Any, x2: Any) -> Any:
        found = np.asarray(function(x1, x2))
        if found.dtype.kind != "f":
            return found
        a, b = np.asarray(x1, found.dtype), np.asarray(x2, found.dtype)
        return Near(found, 0, free=(a == 0) & (b == 0) & (np.signbit(a) != np.signbit(b)))

    return reference


# --- orders and sums -------------------------------------------------------------------------------------------------


def argsort(x: np.ndarray, axis: int = -1, descending: bool = False, **_: Any) -> np.ndarray:
    """Descending: equal elements stay in their order, nan comes first."""
    if not descending:
        return np.argsort(x, axis=axis, stable=True)
    return x.shape[axis] - 1 - np.flip(np.argsort(np.flip(x, axis), axis=axis, stable=True), axis)


def sort(x: np.ndarray, axis: int = -1, descending: bool = False, **_: Any) -> np.ndarray:
    return np.take_along_axis(x, argsort(x, axis, descending), axis)


def prod(x: np.ndarray, **keywords: Any) -> Any:
    """The order of factors decides about the signs of zeros in complex products."""
    found = np.asarray(np.prod(x, **keywords))
    return Near(found, 0) if found.dtype.kind == "c" else found


def cumulative_prod(x: np.ndarray, **keywords: Any) -> Any:
    found = np.cumulative_prod(x, **keywords)
    return Near(found, 0) if found.dtype.kind == "c" else found


def _quotient(x1: np.ndarray, x2: np.ndarray) -> np.ndarray:
    """By the textbook and by the table of the standard, as numpy.divide is but for the signs of zeros."""
    if np.result_type(x1, x2).kind != "c":
        return np.divide(x1, x2)
    a, b, c, d = x1.real, x1.imag, x2.real, x2.imag
    found = np.divide(x1, x2)
    size = np.where(d == 0, c, np.where(c == 0, d, c * c + d * d))
    real = np.where(d == 0, a, np.where(c == 0, b, a * c + b * d)) / size
    imag = np.where(d == 0, b, np.where(c == 0, -a, b * c - a * d)) / size
    due = np.empty_like(found)
    due.real, due.imag = real, imag
    return np.where(x2 == 0, found, due)


def divide(x1: Any, x2: Any) -> Any:
    """By a number off the axes, products cancel: whether to a zero, and to which, is a matter of rounding."""
    due = complex_arithmetic(_quotient)(x1, x2)
    if not isinstance(due, Close):
        return due
    return due._replace(free=due.free | ((np.real(x2) != 0) & (np.imag(x2) != 0)))


def reciprocal(x: np.ndarray) -> Any:
    return _as_ours(divide(np.ones((), x.dtype), x), x, lambda x: xp.divide(1.0, x))


def square(x: np.ndarray) -> Any:
    return _as_ours(complex_arithmetic(np.square)(x), x, lambda x: xp.multiply(x, x))


def _as_ours(due: Any, x: np.ndarray, function: Reference) -> Any:
    """Where the standard leaves complex arithmetic open (of infinities and nan), what it asks for is another function
    of ours."""
    if not isinstance(due, Close):
        return due
    found = np.asarray(function(xp.asarray(x)))
    return due._replace(values=np.where(np.isfinite(x) & np.isfinite(found), due.values, found))


def pow_(x1: Any, x2: Any) -> Any:
    """Complex powers are exp(x2 * log(x1)): the error of the exponent counts. Whole ones may be products, which cancel:
    the signs of zeros are free."""
    due = wide(np.pow, 1, 4)(x1, x2)
    if not isinstance(due, Close):
        return due
    if due.dtype.kind == "f":
        return due._replace(values=_powers_with_infinities(due.values, np.asarray(x1), np.asarray(x2)))
    size = np.abs(np.asarray(x2) * np.log(np.asarray(x1, due.dtype)))
    return due._replace(free=True, limit=4 + np.where(np.isfinite(size), 4 * size, 0))


def _powers_with_infinities(values: np.ndarray, x1: np.ndarray, x2: np.ndarray) -> np.ndarray:
    """Powers of and by numbers that are not finite by Python, which does not leave these to the C library: powl(-inf,
    -2**63) is infinite in some."""
    values = values.copy()
    pairs = np.broadcast_arrays(x1, x2)
    for place in np.argwhere(~(np.isfinite(pairs[0]) & np.isfinite(pairs[1]))):
        here = tuple(place)
        values[here] = math.pow(float(pairs[0][here]), float(pairs[1][here]))
    return values


def extreme(function: Reference) -> Reference:
    """As larger_or_smaller, of the elements along axes."""

    def reference(x: np.ndarray, **keywords: Any) -> Any:
        found = np.asarray(function(x, **keywords))
        if found.dtype.kind != "f":
            return found
        zeros = [np.any((x == 0) & (np.signbit(x) == sign), **keywords) for sign in (False, True)]
        return Near(found, 0, free=zeros[0] & zeros[1])

    return reference


def mean(x: np.ndarray, axis: Any = None, keepdims: bool = False) -> np.ndarray:
    """The sum by the count, a part at a time; what is not finite is NumPy's. numpy.mean loses the sign of zeros."""
    total = np.asarray(np.sum(x, axis=axis, keepdims=keepdims))
    number = np.asarray(count(x, axis), x.real.dtype)
    due = np.asarray(total / number)
    if x.dtype.kind == "c":
        finite = np.isfinite(total)
        due.real = np.where(finite, total.real / number, due.real)
        due.imag = np.where(finite, total.imag / number, due.imag)
    return due


def count(x: np.ndarray, axis: Any) -> float:
    """How many elements a reduction makes one of."""
    return x.size / max(1, np.sum(x, axis=axis).size)


def var(x: np.ndarray, axis: Any = None, correction: float = 0.0, keepdims: bool = False) -> Any:
    """Sums of n squares in float64: relative errors of n / 2 + 2 of its units at most; float32 is rounded once.

    The variance is that of the distances from the first element: exactly 0 where there is one number only.
    """
    if count(x, axis) - correction <= 0:
        return np.full_like(np.mean(x, axis=axis, keepdims=keepdims), np.nan)
    reduced = {each % max(1, x.ndim) for each in (range(x.ndim) if axis is None else np.atleast_1d(axis).astype(int))}
    first = x[tuple(slice(0, 1) if each in reduced else slice(None) for each in range(x.ndim))]
    distances = x.astype(WIDER[x.dtype.name]) - first
    values = np.var(distances, axis=axis, correction=correction, keepdims=keepdims)
    return Close(np.asarray(values), x.dtype, 1 if x.dtype == np.float32 else count(x, axis) + 4)


def std(x: np.ndarray, axis: Any = None, correction: float = 0.0, keepdims: bool = False) -> Any:
    due = var(x, axis, correction, keepdims)
    return due._replace(values=np.sqrt(due.values)) if isinstance(due, Close) else due


# --- sets and searching ----------------------------------------------------------------------------------------------


def unique(*fields: str) -> Reference:
    """Fields of numpy.unique_all, which sorts stably: its other functions choose any zero, and any order of nan."""

    def reference(x: np.ndarray) -> Any:
        found = np.unique_all(x)
        return found.values if fields == ("values",) else tuple(getattr(found, field) for field in fields)

    return reference


def where(condition: np.ndarray, x1: Any, x2: Any) -> np.ndarray:
    """numpy.where wraps Python scalars that NumPy's other functions refuse."""
    dtype = np.result_type(x1, x2)
    return np.where(condition, np.asarray(x1, dtype), np.asarray(x2, dtype))


# --- creation --------------------------------------------------------------------------------------------------------


def blank(function: Reference) -> Reference:
    """Of empty arrays nothing but shape and dtype."""

    def reference(*arguments: Any, **keywords: Any) -> Blank:
        found = function(*arguments, **keywords)
        return Blank(found.shape, found.dtype)

    return reference


def arange(start: Any, stop: Any = None, step: Any = 1, dtype: Any = None) -> Near:
    """start + i step: one rounding of the product and one of the sum, and that to the dtype."""
    found = np.arange(start, stop, step, dtype=dtype)
    begin = 0 if stop is None else start
    exact = begin + np.arange(found.size, dtype=np.longdouble) * np.longdouble(step)
    ends = max(abs(begin), abs(start if stop is None else stop))
    return Near(exact.astype(found.dtype), 2 * ends * np.finfo(found.dtype).eps if found.dtype.kind == "f" else 0)


def linspace(start: Any, stop: Any, num: int, endpoint: bool = True, dtype: Any = None) -> Near:
    """start + i (stop - start) / steps: four roundings, of numbers no larger than twice the ends."""
    found = np.linspace(start, stop, num, endpoint=endpoint, dtype=dtype)
    return Near(found, 8 * max(abs(start), abs(stop)) * np.finfo(found.dtype).eps)


# --- data types ------------------------------------------------------------------------------------------------------


def finfo(type_: Any) -> dict[str, Any]:
    found = np.finfo(type_.dtype if isinstance(type_, np.ndarray) else type_)
    names = ("eps", "max", "min", "smallest_normal")
    return {"bits": int(found.bits), **{name: float(getattr(found, name)) for name in names}, "dtype": found.dtype}


def iinfo(type_: Any) -> dict[str, Any]:
    found = np.iinfo(type_.dtype if isinstance(type_, np.ndarray) else type_)
    return {"bits": int(found.bits), "max": int(found.max), "min": int(found.min), "dtype": found.dtype}


def fields(call: Reference, *names: str) -> Reference:
    """A function of ours whose result is compared by some of its attributes."""
    return lambda *arguments: {name: getattr(call(*arguments), name) for name in names}


our_finfo = fields(xp.finfo, "bits", "eps", "max", "min", "smallest_normal", "dtype")
our_iinfo = fields(xp.iinfo, "bits", "max", "min", "dtype")


def _inspected(info: Any, as_dtype: Reference) -> list[Any]:
    kinds = (None, "bool", "signed integer", "unsigned integer", "integral", "real floating", "complex floating")
    kinds += ("numeric", ("bool", "integral"))
    found = [{name: as_dtype(each) for name, each in info.dtypes(kind=kind).items()} for kind in kinds]
    return [info.capabilities(), info.default_dtypes(), info.default_device(), info.devices(), found]


def namespace_info() -> list[Any]:
    capabilities, dtypes, device, devices, found = _inspected(np.__array_namespace_info__(), np.dtype)
    return [capabilities, dtypes, device, tuple(devices), found]


def our_namespace_info() -> list[Any]:
    return _inspected(xp.__array_namespace_info__(), lambda dtype: dtype)

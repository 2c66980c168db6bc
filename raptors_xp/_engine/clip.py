"""Clamping between two bounds: which bounds are given, and the dtype they promote to. The loops are native."""

from typing import Final, cast

from raptors_xp import _native
from raptors_xp._core.dtypes import MAXIMA, MINIMA, DType, bool_
from raptors_xp._core.operands import as_array, as_operand, is_scalar
from raptors_xp._core.operations import FLOAT32, RESULTS, refuse_dtype
from raptors_xp._core.promotion import COUNT, Scalar, check_fits, promote, weak_dtype
from raptors_xp._core.strided import Strided
from raptors_xp._engine.elementwise import binary, convert, ternary_as

_CLIP: Final[int] = _native.CLIP
_MAXIMUM: Final[int] = _native.MAXIMUM
_MINIMUM: Final[int] = _native.MINIMUM


def clip(function: str, x: object, low: object, high: object) -> Strided:
    """Every element of x, raised to `low` and then lowered to `high` where it is outside; None means no bound."""
    array = as_array(function, "x", x)
    low = None if low is None else as_operand(function, "min", low)
    high = None if high is None else as_operand(function, "max", high)
    dtype = _dtype_with(low, array._dtype)
    dtype = _dtype_with(high, dtype)
    if dtype.code < FLOAT32 and dtype is not bool_:
        if isinstance(low, int) and low <= MINIMA[dtype.code]:
            low = None
        if isinstance(high, int) and high >= MAXIMA[dtype.code]:
            high = None
    if is_scalar(low):
        check_fits(function, "min", low, dtype)
    if is_scalar(high):
        check_fits(function, "max", high, dtype)
    if dtype.kind == "c":
        refuse_dtype(_MAXIMUM, function, "x, min and max together", dtype)
    if low is None and high is None:
        return convert(array, dtype, False)
    if high is None:
        return _as(binary(_MAXIMUM, function, array, low), dtype)
    if low is None:
        return _as(binary(_MINIMUM, function, array, high), dtype)
    if RESULTS[_CLIP * COUNT + dtype.code] is None:
        return _as(binary(_MINIMUM, function, binary(_MAXIMUM, function, array, low), high), dtype)
    return ternary_as(_CLIP, function, dtype, array, low, high)


def _dtype_with(bound: object, dtype: DType) -> DType:
    if bound is None:
        return dtype
    return promote(dtype, bound._dtype) if isinstance(bound, Strided) else weak_dtype(cast(Scalar, bound), dtype)


def _as(x: Strided, dtype: DType) -> Strided:
    return x if x._dtype is dtype else convert(x, dtype, False)

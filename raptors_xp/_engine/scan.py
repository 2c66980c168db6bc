"""Cumulative sums and products along an axis: the other axes are arranged into lines or rows. The loops are native."""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.arguments import as_flag
from raptors_xp._core.dtypes import as_dtype
from raptors_xp._core.operands import as_array
from raptors_xp._core.operations import RESULTS, refuse_dtype
from raptors_xp._core.promotion import COUNT
from raptors_xp._core.shape import as_axis, product, with_size
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import convert
from raptors_xp._engine.views import permute

_scan: Final = _native.scan
# Rows with fewer elements than this are processed column by column, if there are more of them than this: so many are
# added in order either way.
_NARROW: Final = 8


def scan(op: int, function: str, x: object, axis: object, to: object, include_initial: object) -> Strided:
    """CUMULATIVE_SUM or CUMULATIVE_PROD along an axis; None is allowed for arrays with one axis."""
    array = as_array(function, "x", x)
    rank = len(array._shape)
    if axis is None:
        if rank != 1:
            remedy = "name an axis with axis=" if rank > 0 else "reshape it to (1,)"
            raise ValueError(f"{function}: x has {rank} axes, and axis=None is for arrays with one axis; {remedy}")
        axis = 0
    place = as_axis(function, "axis", axis, rank)
    dtype = RESULTS[op * COUNT + array._dtype.code]
    if to is not None:
        dtype = as_dtype(function, to)
        if array._dtype.kind == "c" and dtype.kind != "c":
            raise TypeError(
                f"{function}: x of dtype {array._dtype} has no {function} of dtype={dtype}; use real(x) or imag(x)"
            )
        if array._dtype is not dtype:
            array = convert(array, dtype)
    if dtype is None:
        refuse_dtype(op, function, "x", array._dtype)
    result = _scanned(op, array, place, as_flag(function, "include_initial", include_initial))
    return result if result._dtype is dtype else convert(result, dtype)


def _scanned(op: int, x: Strided, axis: int, include_initial: bool) -> Strided:
    shape = x._shape
    result = RESULTS[op * COUNT + x._dtype.code]
    assert result is not None
    columns = product(shape[axis + 1 :])
    if 1 < columns < _NARROW < shape[axis]:
        axes = [other for other in range(len(shape)) if other != axis]
        last = _scanned(op, permute(x, [*axes, axis]), len(axes), include_initial)
        back = [*range(axis), len(axes), *range(axis, len(axes))]
        return permute(last, back)
    if columns != 1 and not x._contiguous:
        x = convert(x, x._dtype)
    memory = _scan(
        op,
        x._dtype.code,
        include_initial,
        columns,
        shape[axis],
        x._strides[axis],
        shape[:axis],
        x._strides[:axis],
        memory_of(x),
        x._offset,
    )
    size = shape[axis] + (1 if include_initial else 0)
    return x._make(memory, result, with_size(shape, axis, size))

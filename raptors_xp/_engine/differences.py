"""Differences of neighbours along an axis. They are subtractions of two views; no loop over elements is here."""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.arguments import as_integer, show
from raptors_xp._core.dtypes import bool_
from raptors_xp._core.operands import as_array
from raptors_xp._core.promotion import promote_all
from raptors_xp._core.shape import as_axis, broadcast_strides, with_size, without
from raptors_xp._core.strided import Strided
from raptors_xp._engine.assignment import assign
from raptors_xp._engine.elementwise import binary, compare, convert
from raptors_xp._engine.results import fresh

_NOT_EQUAL: Final[int] = _native.NOT_EQUAL
_SUBTRACT: Final[int] = _native.SUBTRACT


def diff(function: str, x: object, axis: object, n: object, prepend: object, append: object) -> Strided:
    """The n-th differences of neighbours along an axis, after `prepend`, x and `append` have been joined."""
    array = as_array(function, "x", x)
    place = as_axis(function, "axis", axis, len(array._shape))
    times = as_integer(function, "n", n)
    if times < 0:
        raise ValueError(f"{function}: n={show(times)} is negative; give 0 or more")
    parts = [array]
    if prepend is not None:
        parts.insert(0, _fitting(function, "prepend", prepend, array, place))
    if append is not None:
        parts.append(_fitting(function, "append", append, array, place))
    result = _joined(function, parts, place) if len(parts) > 1 else array
    times = min(times, result._shape[place])  # after that many the axis is empty
    if times == 0:
        return convert(result, result._dtype)
    for _ in range(times):
        size = result._shape[place] - 1
        shape = with_size(result._shape, place, size)
        before = result._view(result._offset, shape, result._strides)
        after = result._view(result._offset + (result._strides[place] if size > 0 else 0), shape, result._strides)
        if result._dtype is bool_:
            result = compare(_NOT_EQUAL, function, after, before)
        else:
            result = binary(_SUBTRACT, function, after, before)
    return result


def _fitting(function: str, argument: str, values: object, x: Strided, axis: int) -> Strided:
    """`values`, after the check that they can be joined to x along the axis; one element stands for all lines."""
    array = as_array(function, argument, values)
    if len(array._shape) == 0:
        shape = with_size(x._shape, axis, 1)
        return array._view(array._offset, shape, broadcast_strides((), (), shape))
    if len(array._shape) != len(x._shape) or without(array._shape, axis) != without(x._shape, axis):
        raise ValueError(
            f"{function}: {argument} has shape {array._shape}, and x {x._shape}; make all sizes equal except that of "
            f"axis {axis}"
        )
    return array


def _joined(function: str, parts: list[Strided], axis: int) -> Strided:
    dtype = promote_all([each._dtype for each in parts])
    total = 0
    for each in parts:
        total += each._shape[axis]
    shape = with_size(parts[0]._shape, axis, total)
    result = fresh(function, parts[0], dtype, shape)
    offset = 0
    for each in parts:
        assign(function, result._view(offset, each._shape, result._strides), each)
        offset += each._shape[axis] * result._strides[axis]
    return result

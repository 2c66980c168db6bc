"""Evenly spaced numbers: ranges of integers and floats. Long ones are built by a broadcast addition, not by a loop."""

from typing import Any, Final

from raptors_xp import _native
from raptors_xp._core.arguments import show
from raptors_xp._core.dtypes import MAXIMA, MINIMA, DType, complex128, float64, int64
from raptors_xp._core.strided import Strided, wrap_fresh
from raptors_xp._engine.elementwise import binary, convert
from raptors_xp._engine.results import check_bytes, refuse_size
from raptors_xp._engine.views import reshape

_ADD: Final[int] = _native.ADD
_MULTIPLY: Final[int] = _native.MULTIPLY
_SUBTRACT: Final[int] = _native.SUBTRACT
_DIVIDE: Final[int] = _native.DIVIDE

_BLOCK: Final = 1024  # longer ranges are built as sums of two shorter ones
_SMALL: Final = 1 << 40  # with starts and steps below this all numbers of a block fit int64
_LEAST_NORMAL: Final = 2.0**-1022  # of the floats with all digits


def integer_range(function: str, start: int, step: int, count: int, dtype: DType) -> Strided:
    """start + i * step for i from 0 to count - 1, exactly; OverflowError if the dtype cannot hold the numbers."""
    shape = (count,)
    check_bytes(function, shape, dtype.itemsize)
    if count <= _BLOCK and dtype is int64 and -_SMALL < start < _SMALL and -_SMALL < step < _SMALL:
        return _packed(list(range(start, start + count * step, step)), int64)
    if dtype.kind in "iu" and count > 0:
        for end in (start, start + (count - 1) * step):
            if not MINIMA[dtype.code] <= end <= MAXIMA[dtype.code]:
                raise OverflowError(
                    f"{function}: the element {show(end)} is out of range for dtype={dtype}; use a wider dtype"
                )
    low, high = MINIMA[int64.code], MAXIMA[int64.code]
    if count <= _BLOCK or dtype.kind not in "iu" or not (low <= start <= high and abs(count * step) <= high):
        if dtype.kind in "iu":
            return _packed([start + position * step for position in range(count)], dtype)
        return float_range(function, start, step, count, dtype)
    try:
        result = ramp(function, start, step, count)
    except MemoryError:
        refuse_size(function, shape, dtype.itemsize)
    return result if dtype is int64 else convert(result, dtype)


def float_range(function: str, start: float, step: float, count: int, dtype: DType) -> Strided:
    """start + i * step for i from 0 to count - 1, computed in float64."""
    check_bytes(function, (count,), max(8, dtype.itemsize))
    try:
        if count <= _BLOCK:
            result: Strided = _packed([float(start + position * step) for position in range(count)], float64)
        else:
            positions = convert(ramp(function, 0, 1, count), float64)
            result = binary(_ADD, function, binary(_MULTIPLY, function, positions, float(step)), float(start))
    except MemoryError:
        refuse_size(function, (count,), dtype.itemsize)
    return result if dtype is float64 else convert(result, dtype)


def ramp(function: str, start: int, step: int, count: int) -> Strided:
    """start + i * step in int64: a column with the starts of blocks plus a row with the numbers of one block."""
    if count <= _BLOCK:
        return _packed([start + position * step for position in range(count)], int64)
    rows = -(-count // _BLOCK)
    if rows > _BLOCK:
        _native.allocate(rows * _BLOCK * 8)  # raises MemoryError before the parts are computed, if there is no room
    column = ramp(function, start, step * _BLOCK, rows)
    row = ramp(function, 0, step, _BLOCK)
    grid = binary(_ADD, function, column._view(0, (rows, 1), (8, 8)), row)
    flat = reshape(function, grid, (rows * _BLOCK,), None)
    return flat._view(flat._offset, (count,), (8,))


def _packed(values: list[Any], dtype: DType) -> Strided:
    return wrap_fresh(_native.pack(dtype.code, values, len(values)), dtype, (len(values),))


def spaced(function: str, first: Any, last: Any, count: int, steps: int) -> Strided:
    """first + i * (last - first) / steps for i from 0 to count - 1, without overflow or underflow on the way."""
    if steps <= 0:  # a single number, or none
        return _packed([first] * count, complex128 if isinstance(first, complex) else float64)
    positions = float_range(function, 0, 1, count, float64)
    width = last - first
    step = width / steps
    if width - width == 0 and abs(step) >= _LEAST_NORMAL:
        return binary(_ADD, function, binary(_MULTIPLY, function, positions, step), first)
    fractions = binary(_DIVIDE, function, positions, float(steps))
    if width - width == 0:  # the step is 0, or has lost digits that its multiples would lack
        return binary(_ADD, function, binary(_MULTIPLY, function, fractions, width), first)
    rest = binary(_SUBTRACT, function, 1.0, fractions)  # the width overflowed to infinity
    return binary(
        _ADD,
        function,
        binary(_MULTIPLY, function, rest, first),
        binary(_MULTIPLY, function, fractions, last),
    )

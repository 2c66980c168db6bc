"""Evenly spaced numbers: ranges of integers and floats, by one native call each. No loops over elements here."""

from typing import Any, Final

from raptors_xp import _native
from raptors_xp._core.arguments import show
from raptors_xp._core.dtypes import MAXIMA, MINIMA, DType, complex128, float64, int64
from raptors_xp._core.operations import FLOAT32
from raptors_xp._core.strided import Strided, wrap_fresh
from raptors_xp._engine.elementwise import binary, convert
from raptors_xp._engine.results import check_bytes, filled_memory, refuse_size

_ADD: Final[int] = _native.ADD
_MULTIPLY: Final[int] = _native.MULTIPLY
_SUBTRACT: Final[int] = _native.SUBTRACT
_DIVIDE: Final[int] = _native.DIVIDE

_spaced: Final = _native.spaced

_EXACT: Final = 1 << 53  # floats hold all integers up to here
_LEAST_NORMAL: Final = 2.0**-1022  # of the floats with all digits


def integer_range(function: str, start: int, step: int, count: int, dtype: DType) -> Strided:
    """start + i * step for i from 0 to count - 1, exactly; OverflowError if the dtype cannot hold the numbers."""
    last = start + (count - 1) * step if count > 0 else start
    code = dtype.code
    if 0 < code < FLOAT32:
        if -_EXACT < start < _EXACT and -_EXACT < last < _EXACT and -_EXACT < step < _EXACT and dtype is int64:
            return _range(function, dtype, start, step, count, dtype)  # frequent; the limits take long to compare
        low, high = MINIMA[code], MAXIMA[code]
        if low <= start <= high and low <= last <= high:
            # The numbers fit, so computing them modulo 2^bits is enough; there the step may be replaced.
            by = step if low <= step <= high else (step - low) % (high - low + 1) + low
            return _range(function, dtype, start, by, count, dtype)
        if count > 0:
            end = last if low <= start <= high else start
            raise OverflowError(
                f"{function}: the element {show(end)} is out of range for dtype={dtype}; use a wider dtype"
            )
        return _range(function, dtype, 0, 0, 0, dtype)
    if -_EXACT < start < _EXACT and -_EXACT < last < _EXACT:
        return float_range(function, start, step, count, dtype)
    low, high = MINIMA[int64.code], MAXIMA[int64.code]
    if low <= start <= high and low <= last <= high and low <= step <= high:  # each number is rounded once
        return _range(function, int64, start, step, count, dtype)
    return float_range(function, start, step, count, dtype)


def float_range(function: str, start: float, step: float, count: int, dtype: DType) -> Strided:
    """start + i * step for i from 0 to count - 1, computed in float64."""
    return _range(function, float64, float(start), float(step), count, dtype)


def ramp(function: str, start: int, step: int, count: int) -> Strided:
    """start + i * step in int64, for numbers that fit it."""
    return _range(function, int64, start, step, count, int64)


def _range(function: str, computed: DType, start: Any, step: Any, count: int, dtype: DType) -> Strided:
    """start + i * step, computed in one dtype and converted to another."""
    shape = (count,)
    check_bytes(function, shape, dtype.itemsize)
    try:
        return wrap_fresh(_spaced(computed.code, dtype.code, count, start, step), dtype, shape)
    except MemoryError:
        refuse_size(function, shape, dtype.itemsize)


def spaced(function: str, first: Any, last: Any, count: int, steps: int, dtype: DType) -> Strided:
    """first + i * (last - first) / steps for i from 0 to count - 1, without overflow or underflow on the way.

    It is computed in float64 or complex128, as the ends are, and converted to the dtype.
    """
    natural = complex128 if isinstance(first, complex) else float64
    if steps <= 0:  # a single number, or none
        return wrap_fresh(filled_memory(function, dtype, (count,), first), dtype, (count,))
    width = last - first
    step = width / steps
    if width - width == 0 and abs(step) >= _LEAST_NORMAL:
        return _range(function, natural, first, step, count, dtype)
    fractions = binary(_DIVIDE, function, float_range(function, 0, 1, count, float64), float(steps))
    if width - width == 0:  # the step is 0, or has lost digits that its multiples would lack
        return convert(binary(_ADD, function, binary(_MULTIPLY, function, fractions, width), first), dtype)
    rest = binary(_SUBTRACT, function, 1.0, fractions)  # the width overflowed to infinity
    sums = binary(
        _ADD,
        function,
        binary(_MULTIPLY, function, rest, first),
        binary(_MULTIPLY, function, fractions, last),
    )
    return convert(sums, dtype)

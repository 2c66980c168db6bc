"""Equal elements, found by sorting, which puts them next to each other: the work of the set functions.

Elements are the same if they compare equal: every nan is distinct, and 0.0 and -0.0 are the same.
"""

from typing import Final, cast

from raptors_xp import _native
from raptors_xp._core.dtypes import bool_, int64, uint64
from raptors_xp._core.operands import as_operand, refuse_scalars
from raptors_xp._core.promotion import Scalar, fits, promote, scalar_dtype
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.assignment import assign
from raptors_xp._engine.elementwise import binary, compare, convert, logical_not
from raptors_xp._engine.gather import put, take
from raptors_xp._engine.masks import compress, places
from raptors_xp._engine.reduce import reduce
from raptors_xp._engine.results import filled, fresh
from raptors_xp._engine.scan import scan
from raptors_xp._engine.search import searchsorted
from raptors_xp._engine.sort import argsort, sort
from raptors_xp._engine.views import reshape
from raptors_xp._engine.where import where

_item: Final = _native.item

_SUBTRACT: Final[int] = _native.SUBTRACT
_EQUAL: Final[int] = _native.EQUAL
_NOT_EQUAL: Final[int] = _native.NOT_EQUAL
_LESS: Final[int] = _native.LESS
_LESS_EQUAL: Final[int] = _native.LESS_EQUAL
_BITWISE_AND: Final[int] = _native.BITWISE_AND
_BITWISE_OR: Final[int] = _native.BITWISE_OR
_ALL: Final[int] = _native.ALL
_ANY: Final[int] = _native.ANY
_MAX: Final[int] = _native.MAX
_MIN: Final[int] = _native.MIN
_CUMULATIVE_SUM: Final[int] = _native.CUMULATIVE_SUM

# At most this many elements are compared one by one, and all at once where there are at most so many answers, which the
# first-level cache holds; a lookup table has at most `_PLACES` entries for each element.
_FEW: Final = 8
_FEW_ANSWERS: Final = 1 << 14
_PLACES: Final = 6


def flat(function: str, x: Strided) -> Strided:
    """x with all its elements along one axis, in C order."""
    return reshape(function, x, (x._size,), None)


def part(x: Strided, start: int, stop: int) -> Strided:
    """The view x[start:stop] of an array of one axis, for bounds from 0 to its size."""
    return x._view(x._offset + start * x._strides[0], (stop - start,), x._strides)


def firsts(function: str, x: Strided) -> Strided:
    """True for each element of a sorted array that differs from the one before it, and for the first one."""
    size = x._size
    mask = filled(function, x, bool_, (size,), True)
    if size > 1:
        assign(function, part(mask, 1, size), compare(_NOT_EQUAL, function, part(x, 1, size), part(x, 0, size - 1)))
    return mask


def distinct(function: str, x: Strided) -> Strided:
    """The distinct elements in ascending order."""
    ordered = sort(function, flat(function, x), -1, False)
    return compress(ordered, firsts(function, ordered))


def distinct_counts(function: str, x: Strided) -> tuple[Strided, Strided]:
    """The distinct elements in ascending order, and the number of times each occurs."""
    ordered = sort(function, flat(function, x), -1, False)
    starts = places(firsts(function, ordered))[0]
    return take(function, ordered, starts, 0), _lengths(function, starts, x._size)


def _lengths(function: str, starts: Strided, size: int) -> Strided:
    """The lengths of runs that begin at `starts`; each ends where the next begins, the last one at `size`."""
    count = starts._size
    if count == 0:
        return starts
    ends = filled(function, starts, int64, (count,), size)
    assign(function, part(ends, 0, count - 1), part(starts, 1, count))
    return binary(_SUBTRACT, function, ends, starts)


def distinct_all(function: str, x: Strided) -> tuple[Strided, Strided, Strided, Strided]:
    """The distinct elements in ascending order, and as indices and counts what unique_all returns besides them.

    These are the index of the first occurrence of each distinct element in the flattened array, the index of every
    element of x among the distinct ones, and the number of times each distinct element occurs.
    """
    elements = flat(function, x)
    order = argsort(function, elements, -1, False)
    ordered = take(function, elements, order, 0)
    mask = firsts(function, ordered)
    starts = places(mask)[0]
    numbers = binary(_SUBTRACT, function, scan(_CUMULATIVE_SUM, function, mask, 0, None, False), 1)
    inverse = fresh(function, x, int64, (x._size,))
    put(function, inverse, order, numbers)
    return (
        take(function, ordered, starts, 0),
        take(function, order, starts, 0),
        reshape(function, inverse, x._shape, None),
        _lengths(function, starts, x._size),
    )


# --- membership ------------------------------------------------------------------------------------------------------


def members(function: str, x1: object, x2: object, invert: bool) -> Strided:
    """True where an element of x1 is in x2, or, with `invert`, where it is not. One operand may be a Python scalar."""
    x1, x2 = as_operand(function, "x1", x1), as_operand(function, "x2", x2)
    if isinstance(x1, Strided):
        first: Strided = x1
        second: Strided | None = x2 if isinstance(x2, Strided) else _as_element(function, "x2", cast(Scalar, x2), first)
    elif isinstance(x2, Strided):
        second = x2
        element = _as_element(function, "x1", cast(Scalar, x1), x2)
        if element is None:
            return filled(function, x2, bool_, (), invert)
        first = element
    else:
        refuse_scalars(function, x1, x2)
    if second is None:
        return filled(function, first, bool_, first._shape, invert)
    result = reshape(function, _members(function, flat(function, first), flat(function, second)), first._shape, None)
    return logical_not(function, result) if invert else result


def _as_element(function: str, argument: str, scalar: Scalar, other: Strided) -> Strided | None:
    """A scalar as an array, to compare with `other`; None for an int beyond all integer dtypes: it equals nothing."""
    dtype = other._dtype
    if isinstance(scalar, int) and not isinstance(scalar, bool) and dtype.kind in "biu":
        if fits(scalar, int64):
            dtype = int64
        elif fits(scalar, uint64):
            dtype = uint64
        else:
            return None
    else:
        dtype = scalar_dtype(function, argument, scalar, dtype)
    return filled(function, other, dtype, (), scalar)


def _members(function: str, x1: Strided, x2: Strided) -> Strided:
    """Like `members`, for arrays of one axis and any dtypes."""
    if x1._dtype is not x2._dtype:
        if x1._dtype is uint64 and x2._dtype.kind == "i":
            x2 = compress(x2, compare(_LESS_EQUAL, function, 0, x2))
            return _members(function, x1, convert(x2, uint64))
        if x2._dtype is uint64 and x1._dtype.kind == "i":
            found = _members(function, convert(x1, uint64), x2)
            return binary(_BITWISE_AND, function, found, compare(_LESS_EQUAL, function, 0, x1))
        dtype = promote(x1._dtype, x2._dtype)
        x1 = x1 if x1._dtype is dtype else convert(x1, dtype)
        x2 = x2 if x2._dtype is dtype else convert(x2, dtype)
    if x1._size == 0 or x2._size == 0:
        return filled(function, x1, bool_, x1._shape, False)
    if x1._dtype is bool_:
        return _among_bools(function, x1, x2)
    if x2._size <= _FEW:
        return _among_few(function, x1, x2)
    if x1._dtype.kind == "c":
        return _among_groups(function, x1, x2)
    if x1._dtype.kind in "iu":
        low = int(_least(_MIN, function, x2))
        span = int(_least(_MAX, function, x2)) - low + 1
        if span <= _PLACES * (x1._size + x2._size):
            return _in_table(function, x1, x2, low, span)
    ordered = sort(function, x2, -1, False)
    found = searchsorted(function, ordered, x1, "left", None)
    last = x2._size - 1
    there = where(function, compare(_LESS, function, found, last), found, last)
    return compare(_EQUAL, function, take(function, ordered, there, 0), x1)


def _least(op: int, function: str, x: Strided) -> int:
    value = _item(x._dtype.code, memory_of(reduce(op, function, x, None, False)), 0)
    assert isinstance(value, int)
    return value


def _among_bools(function: str, x1: Strided, x2: Strided) -> Strided:
    """Asks whether x2 has both values, or else which one."""
    has_true = bool(_item(0, memory_of(reduce(_ANY, function, x2, None, False)), 0))
    if has_true and not _item(0, memory_of(reduce(_ALL, function, x2, None, False)), 0):
        return filled(function, x1, bool_, x1._shape, True)
    return convert(x1, bool_) if has_true else logical_not(function, x1)


def _among_few(function: str, x1: Strided, x2: Strided) -> Strided:
    """Compares x1 with each element of x2."""
    if x1._size * x2._size <= _FEW_ANSWERS:  # all at once, a row of answers for each element of x2
        column = x2._view(x2._offset, (x2._size, 1), (x2._strides[0], 0))
        return reduce(_ANY, function, compare(_EQUAL, function, x1, column), 0, False)
    result: Strided | None = None
    for place in range(x2._size):
        element = x2._view(x2._offset + place * x2._strides[0], (), ())
        equal = compare(_EQUAL, function, x1, element)
        result = equal if result is None else binary(_BITWISE_OR, function, result, equal)
    assert result is not None
    return result


def _in_table(function: str, x1: Strided, x2: Strided, low: int, span: int) -> Strided:
    """Looks integers up in a table of booleans, one for each integer from `low` on.

    The distance from `low` may wrap around, but only for integers outside the table, and to a distance outside.
    """
    table = filled(function, x1, bool_, (span,), False)
    one = filled(function, x1, bool_, (1,), True)
    put(function, table, _distance(function, x2, low), one)
    distance = _distance(function, x1, low)
    inside = binary(
        _BITWISE_AND, function, compare(_LESS_EQUAL, function, 0, distance), compare(_LESS, function, distance, span)
    )
    found = take(function, table, where(function, inside, distance, 0), 0)
    return binary(_BITWISE_AND, function, found, inside)


def _distance(function: str, x: Strided, low: int) -> Strided:
    """x - low as int64, modulo 2**64."""
    wide = x if x._dtype is uint64 or x._dtype is int64 else convert(x, int64)
    difference = binary(_SUBTRACT, function, wide, low)
    return difference if difference._dtype is int64 else convert(difference, int64)


def _among_groups(function: str, x1: Strided, x2: Strided) -> Strided:
    """Groups equal elements of both arrays: an element of x1 is in x2 if its group contains an element of x2."""
    count = x1._size
    both = fresh(function, x1, x1._dtype, (count + x2._size,))
    assign(function, part(both, 0, count), x1)
    assign(function, part(both, count, both._size), x2)
    groups = distinct_all(function, both)[2]
    marks = filled(function, x1, bool_, (both._size,), False)
    put(function, marks, part(groups, count, both._size), filled(function, x1, bool_, (1,), True))
    return take(function, marks, part(groups, 0, count), 0)

"""Operations along an axis: sorting, running sums, differences, shifts, extremes, search among sorted elements.

Which lines the other axes make, and which dtype is computed in; the loops are native. What picks elements is in
picking.py.
"""

from typing import Final

from raptors_xp import _native
from raptors_xp.arguments import as_flag, as_integer, check_option, show
from raptors_xp.assignment import assign
from raptors_xp.dispatch import binary, check_bytes, compare, convert, fresh
from raptors_xp.dtypes import DType, as_dtype, bool_, complex64, float32, float64, int64
from raptors_xp.kernels import RESULTS, refuse_dtype
from raptors_xp.operands import as_array, is_scalar, refuse
from raptors_xp.picking import contiguous, take_along
from raptors_xp.planning import grain
from raptors_xp.promotion import COUNT, Scalar, promote, promote_all, scalar_dtype
from raptors_xp.shape import as_axis, contiguous_strides, product
from raptors_xp.strided import Strided
from raptors_xp.views import permute, reshape

_allocate: Final = _native.allocate
_flat: Final = _native.flat
_sort: Final = _native.sort
_scan: Final = _native.scan
_extreme: Final = _native.extreme
_search: Final = _native.search

_NOT_EQUAL: Final[int] = _native.NOT_EQUAL
_SUBTRACT: Final[int] = _native.SUBTRACT
_SEARCHSORTED: Final[int] = _native.SEARCHSORTED

# Rows narrower than this are worked on column by column.
_NARROW: Final = 8


def _without(sizes: tuple[int, ...], axis: int) -> tuple[int, ...]:
    return sizes[:axis] + sizes[axis + 1 :]


# --- sorting ---------------------------------------------------------------------------------------------------------


def sort(name: str, x: object, axis: object, descending: bool) -> Strided:
    """The elements in order; nan counts as larger than all others. Zeros of both signs keep their order."""
    array = as_array(name, "x", x)
    place = as_axis(name, "axis", axis, len(array._shape))
    if array._dtype.kind == "c":
        return take_along(name, array, _ranks_of_complex(name, array, place, descending), place)
    return _sorted(array, place, descending, False)


def argsort(name: str, x: object, axis: object, descending: bool) -> Strided:
    """The indices that sort; equal elements keep their order."""
    array = as_array(name, "x", x)
    place = as_axis(name, "axis", axis, len(array._shape))
    if array._dtype.kind == "c":
        return _ranks_of_complex(name, array, place, descending)
    return _sorted(array, place, descending, True)


def _sorted(x: Strided, axis: int, descending: bool, ranks: bool) -> Strided:
    shape = x._shape
    strides = x._strides
    result = int64 if ranks else x._dtype
    out_strides = contiguous_strides(shape, result.itemsize)
    memory = _sort(
        x._dtype.code,
        ranks,
        descending,
        shape[axis],
        strides[axis],
        _without(shape, axis),
        _without(strides, axis),
        x._memory,
        x._offset,
        out_strides[axis],
        _without(out_strides, axis),
    )
    return x.make(memory, result, shape)


def _ranks_of_complex(name: str, x: Strided, axis: int, descending: bool) -> Strided:
    """By real parts, and where they are equal by imaginary parts; numbers with nan in a part last, as NumPy has them.

    Stable sorts by one key after the other, the least important first.
    """
    part = float32 if x._dtype is complex64 else float64
    plain = x.make(x._memory, part, ())
    real = plain.view(x._offset, x._shape, x._strides)
    imag = plain.view(x._offset + part.itemsize, x._shape, x._strides)
    result = _sorted_again(name, _sorted(imag, axis, descending, True), real, axis, descending)
    for key in (compare(_NOT_EQUAL, name, imag, imag), compare(_NOT_EQUAL, name, real, real)):
        result = _sorted_again(name, result, key, axis, descending)
    return result


def _sorted_again(name: str, ranks: Strided, key: Strided, axis: int, descending: bool) -> Strided:
    """The ranks, sorted by another key; where that is equal they stay in their order."""
    return take_along(name, ranks, _sorted(take_along(name, key, ranks, axis), axis, descending, True), axis)


# --- running sums and products ---------------------------------------------------------------------------------------


def scan(op: int, name: str, x: object, axis: object, to: object, include_initial: object) -> Strided:
    """CUMULATIVE_SUM or CUMULATIVE_PROD along an axis, which may be left out if there is only one."""
    array = as_array(name, "x", x)
    rank = len(array._shape)
    if axis is None:
        if rank != 1:
            remedy = "name the one to go along with axis=" if rank > 0 else "reshape it to (1,)"
            raise ValueError(f"{name}: x has {rank} axes, and axis=None is for one; {remedy}")
        axis = 0
    place = as_axis(name, "axis", axis, rank)
    dtype = RESULTS[op * COUNT + array._dtype.code]
    if to is not None:
        dtype = as_dtype(name, to)
        if array._dtype.kind == "c" and dtype.kind != "c":
            raise TypeError(f"{name}: x of dtype {array._dtype} has no {name} of dtype={dtype}; use real(x) or imag(x)")
        if array._dtype is not dtype:
            array = convert(array, dtype)
    if dtype is None:
        refuse_dtype(op, name, "x", array._dtype)
    result = _scanned(op, array, place, as_flag(name, "include_initial", include_initial))
    return result if result._dtype is dtype else convert(result, dtype)


def _scanned(op: int, x: Strided, axis: int, include_initial: bool) -> Strided:
    shape = x._shape
    result = RESULTS[op * COUNT + x._dtype.code]
    assert result is not None
    columns = product(shape[axis + 1 :])
    if 1 < columns < _NARROW and shape[axis] > 1:
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
        x._memory,
        x._offset,
    )
    size = shape[axis] + (1 if include_initial else 0)
    return x.make(memory, result, (*shape[:axis], size, *shape[axis + 1 :]))


# --- differences -----------------------------------------------------------------------------------------------------


def diff(name: str, x: object, axis: object, n: object, prepend: object, append: object) -> Strided:
    """The differences of neighbours along an axis, n times, of the values before, x and the values behind."""
    array = as_array(name, "x", x)
    place = as_axis(name, "axis", axis, len(array._shape))
    times = as_integer(name, "n", n)
    if times < 0:
        raise ValueError(f"{name}: n={show(times)} is negative; give 0 or more")
    parts = [array]
    if prepend is not None:
        parts.insert(0, _fitting(name, "prepend", prepend, array, place))
    if append is not None:
        parts.append(_fitting(name, "append", append, array, place))
    result = _joined(name, parts, place) if len(parts) > 1 else array
    times = min(times, result._shape[place])  # after so many nothing is left
    if times == 0:
        return convert(result, result._dtype)
    for _ in range(times):
        size = result._shape[place] - 1
        shape = (*result._shape[:place], size, *result._shape[place + 1 :])
        before = result.view(result._offset, shape, result._strides)
        after = result.view(result._offset + (result._strides[place] if size > 0 else 0), shape, result._strides)
        if result._dtype is bool_:
            result = compare(_NOT_EQUAL, name, after, before)
        else:
            result = binary(_SUBTRACT, name, after, before)
    return result


def _fitting(name: str, argument: str, values: object, x: Strided, axis: int) -> Strided:
    """What is to be joined to x along an axis."""
    if not isinstance(values, Strided):
        refuse(name, argument, values)
    if len(values._shape) != len(x._shape) or _without(values._shape, axis) != _without(x._shape, axis):
        raise ValueError(
            f"{name}: {argument} has shape {values._shape}, and x {x._shape}; make all sizes equal but that of axis "
            f"{axis}"
        )
    return values


def _joined(name: str, parts: list[Strided], axis: int) -> Strided:
    dtype = promote_all([each._dtype for each in parts])
    total = 0
    for each in parts:
        total += each._shape[axis]
    shape = (*parts[0]._shape[:axis], total, *parts[0]._shape[axis + 1 :])
    size = check_bytes(name, shape, dtype.itemsize)
    result = parts[0].make(_allocate(size * dtype.itemsize), dtype, shape)
    offset = 0
    for each in parts:
        assign(name, result.view(offset, each._shape, result._strides), each)
        offset += each._shape[axis] * result._strides[axis]
    return result


# --- places of extremes ----------------------------------------------------------------------------------------------


def extreme(op: int, name: str, x: object, axis: object, keepdims: object) -> Strided:
    """ARGMAX or ARGMIN along an axis, or of all elements in C order; nan goes before all others."""
    array = as_array(name, "x", x)
    if RESULTS[op * COUNT + array._dtype.code] is None:
        refuse_dtype(op, name, "x", array._dtype)
    keeps = as_flag(name, "keepdims", keepdims)
    shape = array._shape
    if axis is None:
        out_shape = (1,) * len(shape) if keeps else ()
        flat = reshape(name, array, (array._size,), None)
        place = 0
    else:
        place = as_axis(name, "axis", axis, len(shape))
        out_shape = (*shape[:place], 1, *shape[place + 1 :]) if keeps else _without(shape, place)
        flat = array
    shape = flat._shape
    size = shape[place]
    if size == 0:
        raise ValueError(
            f"{name}: axis {place} of x, of shape {array._shape}, has no elements to choose from; give it some"
        )
    columns = product(shape[place + 1 :])
    if flat._contiguous and columns >= _NARROW:
        others, strides = shape[:place], flat._strides[:place]
    else:
        others, strides = _without(shape, place), _without(flat._strides, place)
        columns = 1
    memory = _extreme(
        op, flat._dtype.code, columns, size, flat._strides[place], others, strides, flat._memory, flat._offset
    )
    return array.make(memory, int64, out_shape)


# --- search ----------------------------------------------------------------------------------------------------------


def searchsorted(name: str, x1: object, x2: object, side: object, sorter: object) -> Strided:
    """How many elements of x1, sorted, come before each of x2 (side "right": or equal it)."""
    sorted_ = as_array(name, "x1", x1)
    if len(sorted_._shape) != 1:
        raise ValueError(f"{name}: x1 has shape {sorted_._shape}, and it must have one axis; use reshape(x1, (-1,))")
    check_option(name, "side", side, ("left", "right"))
    if isinstance(x2, Strided):
        dtype = promote(sorted_._dtype, x2._dtype)
        values: Strided = x2
    elif is_scalar(x2):
        dtype = scalar_dtype(name, "x2", x2, sorted_._dtype)
        values = _element(sorted_, x2, dtype)
    else:
        refuse(name, "x2", x2)
    if RESULTS[_SEARCHSORTED * COUNT + dtype.code] is None:
        refuse_dtype(_SEARCHSORTED, name, "x1 and x2 together", dtype)
    size = sorted_._size
    source = _ready(sorted_, dtype)
    wanted = _ready(values, dtype)
    order: Strided | None = None
    if sorter is not None:
        order = as_array(name, "sorter", sorter)
        if order._dtype.kind not in "iu":
            raise TypeError(f"{name}: sorter has dtype {order._dtype}, not integers; give what argsort(x1) gives")
        if order._shape != sorted_._shape:
            raise ValueError(
                f"{name}: sorter has shape {order._shape}, and x1 {sorted_._shape}; give what argsort(x1) gives"
            )
        order = _ready(order, int64)
    memory = _search(
        dtype.code,
        side == "right",
        size,
        source._memory,
        source._offset,
        values._size,
        wanted._memory,
        wanted._offset,
        None if order is None else order._memory,
        0 if order is None else order._offset,
    )
    return sorted_.make(memory, int64, values._shape)


def _ready(x: Strided, dtype: DType) -> Strided:
    """Contiguous, and of the dtype."""
    return contiguous(x) if x._dtype is dtype else convert(x, dtype)


def _element(like: Strided, value: Scalar, dtype: DType) -> Strided:
    """A zero-dimensional array."""
    op = _native.TO_B8 + dtype.code
    return like.make(_flat(op, dtype.code, grain(op, dtype.code, 1), 1, value, 0), dtype, ())


# --- shifts ----------------------------------------------------------------------------------------------------------


def rolled(name: str, x: Strided, shifts: list[int]) -> Strided:
    """A copy of x, shifted along every axis: every axis falls in two parts that change places."""
    shape = x._shape
    result = fresh(name, x, x._dtype, shape)
    if x._size == 0:
        return result
    parts: list[tuple[int, int, tuple[int, ...]]] = [(x._offset, 0, ())]  # where from, where to, its shape
    for axis in range(len(shape)):
        size = shape[axis]
        by = shifts[axis] % size
        longer: list[tuple[int, int, tuple[int, ...]]] = []
        for origin, place, sizes in parts:
            longer.append((origin, place + by * result._strides[axis], (*sizes, size - by)))
            if by > 0:
                longer.append((origin + (size - by) * x._strides[axis], place, (*sizes, by)))
        parts = longer
    for origin, place, sizes in parts:
        assign(name, result.view(place, sizes, result._strides), x.view(origin, sizes, x._strides))
    return result

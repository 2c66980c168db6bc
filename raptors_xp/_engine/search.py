"""Searching for positions: of extremes along an axis, and of values among sorted elements. The loops are native."""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.arguments import as_flag, check_option
from raptors_xp._core.dtypes import DType, int64
from raptors_xp._core.operands import as_array, is_scalar
from raptors_xp._core.operations import RESULTS, refuse_dtype
from raptors_xp._core.promotion import COUNT, promote, scalar_dtype
from raptors_xp._core.shape import as_axis, product, with_size, without
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import contiguous, convert
from raptors_xp._engine.results import filled
from raptors_xp._engine.views import reshape

_extreme: Final = _native.extreme
_search: Final = _native.search
_SEARCHSORTED: Final[int] = _native.SEARCHSORTED
# Rows with fewer elements than this are processed column by column.
_NARROW: Final = 8


def extreme(op: int, function: str, x: object, axis: object, keepdims: object) -> Strided:
    """ARGMAX or ARGMIN along an axis, or of all elements in C order; the first nan wins over all numbers."""
    array = as_array(function, "x", x)
    if RESULTS[op * COUNT + array._dtype.code] is None:
        refuse_dtype(op, function, "x", array._dtype)
    keeps = as_flag(function, "keepdims", keepdims)
    shape = array._shape
    if axis is None:
        out_shape = (1,) * len(shape) if keeps else ()
        flat = reshape(function, array, (array._size,), None)
        place = 0
    else:
        place = as_axis(function, "axis", axis, len(shape))
        out_shape = with_size(shape, place, 1) if keeps else without(shape, place)
        flat = array
    shape = flat._shape
    size = shape[place]
    if size == 0:
        raise ValueError(
            f"{function}: axis {place} of x, of shape {array._shape}, has no elements to choose from; give it elements"
        )
    columns = product(shape[place + 1 :])
    if flat._contiguous and columns >= _NARROW:
        others, strides = shape[:place], flat._strides[:place]
    else:
        others, strides = without(shape, place), without(flat._strides, place)
        columns = 1
    memory = _extreme(
        op, flat._dtype.code, columns, size, flat._strides[place], others, strides, memory_of(flat), flat._offset
    )
    return array._make(memory, int64, out_shape)


def searchsorted(function: str, x1: object, x2: object, side: object, sorter: object) -> Strided:
    """For each element of x2, how many elements of sorted x1 are less than it, or (side "right") not greater."""
    sorted_ = as_array(function, "x1", x1)
    if len(sorted_._shape) != 1:
        raise ValueError(
            f"{function}: x1 has shape {sorted_._shape}, and it must have one axis; use reshape(x1, (-1,))"
        )
    check_option(function, "side", side, ("left", "right"))
    if is_scalar(x2):
        dtype = scalar_dtype(function, "x2", x2, sorted_._dtype)
        values = filled(function, sorted_, dtype, (), x2)
    else:
        values = as_array(function, "x2", x2)
        dtype = promote(sorted_._dtype, values._dtype)
    if RESULTS[_SEARCHSORTED * COUNT + dtype.code] is None:
        refuse_dtype(_SEARCHSORTED, function, "x1 and x2 together", dtype)
    size = sorted_._size
    source = _ready(sorted_, dtype)
    wanted = _ready(values, dtype)
    order: Strided | None = None
    if sorter is not None:
        order = as_array(function, "sorter", sorter)
        if order._dtype.kind not in "iu":
            raise TypeError(f"{function}: sorter has dtype {order._dtype}, not integers; give what argsort(x1) gives")
        if order._shape != sorted_._shape:
            raise ValueError(
                f"{function}: sorter has shape {order._shape}, and x1 {sorted_._shape}; give what argsort(x1) gives"
            )
        order = _ready(order, int64)
    memory = _search(
        dtype.code,
        side == "right",
        size,
        memory_of(source),
        source._offset,
        values._size,
        memory_of(wanted),
        wanted._offset,
        None if order is None else memory_of(order),
        0 if order is None else order._offset,
    )
    return sorted_._make(memory, int64, values._shape)


def _ready(x: Strided, dtype: DType) -> Strided:
    """x as a contiguous array of the dtype."""
    return contiguous(x) if x._dtype is dtype else convert(x, dtype)

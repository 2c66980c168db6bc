"""Clamping between two bounds: which bounds there are, and what they promote to. The comparison itself is native."""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.dtypes import MAXIMA, MINIMA, DType, bool_
from raptors_xp._core.operands import (
    as_array,
    code_of,
    data_of,
    flat_strides,
    is_flat,
    is_scalar,
    offset_of,
    refuse,
    shape_of,
    strides_as,
)
from raptors_xp._core.operations import FLOAT32, RESULTS, refuse_dtype
from raptors_xp._core.planning import Nest, grain, nest, result_layout
from raptors_xp._core.promotion import COUNT, check_fits, promote, weak_dtype
from raptors_xp._core.shape import broadcast_shapes, contiguous_strides
from raptors_xp._core.strided import Strided
from raptors_xp._engine.elementwise import binary, convert
from raptors_xp._engine.results import check_bytes

_strided: Final = _native.strided
_allocate: Final = _native.allocate

_CLIP: Final[int] = _native.CLIP
_MAXIMUM: Final[int] = _native.MAXIMUM
_MINIMUM: Final[int] = _native.MINIMUM


def clip(name: str, x: object, low: object, high: object) -> Strided:
    """Every element of x, but `low` where that is larger and `high` where that is smaller; None is no bound."""
    array = as_array(name, "x", x)
    dtype = _dtype_with(name, "min", low, array._dtype)
    dtype = _dtype_with(name, "max", high, dtype)
    if dtype.code < FLOAT32 and dtype is not bool_:
        if isinstance(low, int) and low <= MINIMA[dtype.code]:
            low = None
        if isinstance(high, int) and high >= MAXIMA[dtype.code]:
            high = None
    if is_scalar(low):
        check_fits(name, "min", low, dtype)
    if is_scalar(high):
        check_fits(name, "max", high, dtype)
    if dtype.kind == "c":
        refuse_dtype(_MAXIMUM, name, "x, min and max together", dtype)
    if low is None and high is None:
        return convert(array, dtype, False)
    if high is None:
        return _as(binary(_MAXIMUM, name, array, low), dtype)
    if low is None:
        return _as(binary(_MINIMUM, name, array, high), dtype)
    if RESULTS[_CLIP * COUNT + dtype.code] is None:
        return _as(binary(_MINIMUM, name, binary(_MAXIMUM, name, array, low), high), dtype)
    return _clipped(name, dtype, array, low, high)


def _dtype_with(name: str, argument: str, bound: object, dtype: DType) -> DType:
    if bound is None:
        return dtype
    if isinstance(bound, Strided):
        return promote(dtype, bound._dtype)
    if not is_scalar(bound):
        refuse(name, argument, bound)
    return weak_dtype(bound, dtype)


def _as(x: Strided, dtype: DType) -> Strided:
    return x if x._dtype is dtype else convert(x, dtype, False)


def _clipped(name: str, dtype: DType, x: Strided, low: object, high: object) -> Strided:
    code = dtype.code
    shape = x._shape
    layout: tuple[int, ...] | None = None
    loops: Nest
    if x._contiguous and is_flat(low, shape) and is_flat(high, shape):
        size = x._size
        loops = [(size,), (dtype.itemsize,), (x._dtype.itemsize,), flat_strides(low), flat_strides(high)]
    else:
        shape = broadcast_shapes(name, shape, shape_of(low), shape_of(high))
        size = check_bytes(name, shape, dtype.itemsize)
        strides = [strides_as(x, shape), strides_as(low, shape), strides_as(high, shape)]
        layout = result_layout(shape, strides, dtype.itemsize)
        loops = nest(shape, [contiguous_strides(shape, dtype.itemsize) if layout is None else layout, *strides])
    if size == 0:
        return x._make(_allocate(0), dtype, shape)
    memory = _strided(
        _CLIP,
        code,
        grain(_CLIP, code, size),
        loops[0],
        None,
        0,
        loops[1],
        x._memory,
        x._dtype.code,
        x._offset,
        loops[2],
        data_of(low),
        code_of(low, code),
        offset_of(low),
        loops[3],
        data_of(high),
        code_of(high, code),
        offset_of(high),
        loops[4],
    )
    fresh = x._make(memory, dtype, shape)
    return fresh if layout is None else fresh._view(0, shape, layout)

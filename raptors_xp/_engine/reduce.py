"""Reductions: which axes are reduced, how memory is walked, and what an empty axis gives. The loops are native."""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.arguments import as_flag, as_real
from raptors_xp._core.dtypes import DType, as_dtype, bool_, float32, float64
from raptors_xp._core.operands import as_array
from raptors_xp._core.operations import RESULTS, refuse_dtype
from raptors_xp._core.planning import ReductionNest, adjacent_reduction_nest, reduction_nest
from raptors_xp._core.promotion import COUNT, Scalar
from raptors_xp._core.shape import Axis, contiguous_strides, normalize_axes, normalize_axis, product, with_size, without
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import binary, convert, divide, unary
from raptors_xp._engine.results import filled
from raptors_xp._native import Memory

_reduce: Final = _native.reduce
_reduce_flat: Final = _native.reduce_flat
_reduce_all: Final = _native.reduce_all

_SUM: Final[int] = _native.SUM
_MEAN: Final[int] = _native.MEAN
_COUNT_NONZERO: Final[int] = _native.COUNT_NONZERO
_SUBTRACT: Final[int] = _native.SUBTRACT
_SQRT: Final[int] = _native.SQRT
_SQUARED_DEVIATIONS: Final[int] = _native.SQUARED_DEVIATIONS

# The results of reductions of no elements; those that are not listed raise an error.
_EMPTY: Final[dict[int, Scalar]] = {
    _native.SUM: 0,
    _native.PROD: 1,
    _native.MEAN: float("nan"),
    _native.ANY: False,
    _native.ALL: True,
    _native.COUNT_NONZERO: 0,
    _native.SQUARED_DEVIATIONS: 0.0,
}


def reduce(op: int, function: str, x: object, axis: Axis, keepdims: object) -> Strided:
    """The reduction `op` (SUM, MAX, COUNT_NONZERO ...) over `axis`: one axis, a tuple of axes, or None for all."""
    if not isinstance(x, Strided):
        x = as_array(function, "x", x)
    dtype = x._dtype
    code = dtype.code
    result = RESULTS[op * COUNT + code]
    if result is None:
        if op == _MEAN:
            return _mean_of_integers(function, x, axis, keepdims)
        refuse_dtype(op, function, "x", dtype)
    if axis is None and keepdims is False and x._size > 0:
        return x._make(_total(op, x), result, ())
    keeps = as_flag(function, "keepdims", keepdims)
    is_simple = x._size > 0 and (x._contiguous or len(x._shape) == 1)
    if is_simple and isinstance(axis, int) and not isinstance(axis, bool):
        return _reduce_axis(op, x, result, normalize_axis(function, "axis", axis, len(x._shape)), keeps)
    return _reduce_axes(op, function, x, result, normalize_axes(function, axis, len(x._shape)), keeps)


def _total(op: int, x: Strided) -> Memory:
    """The memory of the reduction of all elements, of which there is at least one."""
    kernel = op * COUNT + x._dtype.code
    if x._contiguous:
        return _reduce_flat(kernel, x._size, memory_of(x), x._offset)
    return _reduce_all(kernel, x._shape, x._strides, memory_of(x), x._offset)


def _reduce_axis(op: int, x: Strided, result: DType, axis: int, keepdims: bool) -> Strided:
    """Reduces one axis of a contiguous array, or the only one of any: a faster _reduce_axes for these cases."""
    shape = x._shape
    out_shape = with_size(shape, axis, 1) if keepdims else without(shape, axis)
    if len(shape) == 1:
        return x._make(_total(op, x), result, out_shape)
    return _reduce_into(
        op, x, result, out_shape, adjacent_reduction_nest(shape, x._dtype.itemsize, axis, axis, result.itemsize)
    )


def _reduce_into(op: int, x: Strided, result: DType, out_shape: tuple[int, ...], loops: ReductionNest) -> Strided:
    memory = _reduce(
        op,
        x._dtype.code,
        loops.kept,
        loops.kept_strides,
        loops.out_strides,
        loops.reduced,
        loops.reduced_strides,
        memory_of(x),
        x._offset + loops.shift,
    )
    return x._make(memory, result, out_shape)


def _reduce_axes(op: int, function: str, x: Strided, result: DType, axes: tuple[int, ...], keepdims: bool) -> Strided:
    rank = len(x._shape)
    is_reduced = [False] * rank
    for axis in axes:
        is_reduced[axis] = True
    shape: list[int] = []
    kept: list[int] = []
    for axis in range(rank):
        if not is_reduced[axis]:
            shape.append(x._shape[axis])
            kept.append(x._shape[axis])
        elif keepdims:
            shape.append(1)
    out_shape = tuple(shape)
    if x._size == 0:
        return _reduce_empty(op, function, x, result, axes, out_shape)
    if not axes:
        return _reduce_each(op, x, result)
    if x._contiguous and product(out_shape) == 1:
        return x._make(_reduce_flat(op * COUNT + x._dtype.code, x._size, memory_of(x), x._offset), result, out_shape)
    if x._contiguous and _is_run(axes):
        loops = adjacent_reduction_nest(x._shape, x._dtype.itemsize, min(axes), max(axes), result.itemsize)
    else:
        loops = reduction_nest(x._shape, x._strides, is_reduced, contiguous_strides(tuple(kept), result.itemsize))
    return _reduce_into(op, x, result, out_shape, loops)


def _reduce_each(op: int, x: Strided, result: DType) -> Strided:
    """Reduces no axis: every element is a result of its own."""
    if op == _SQUARED_DEVIATIONS:  # 0 for finite elements, nan for others: what x - x gives
        wide = convert(x, float64)
        return binary(_SUBTRACT, "var", wide, wide)
    return convert(convert(x, bool_), result) if op == _COUNT_NONZERO else convert(x, result)


def _is_run(axes: tuple[int, ...]) -> bool:
    """True if the axes are adjacent, in any order."""
    return len(axes) == 1 or max(axes) - min(axes) + 1 == len(axes)


def _reduce_empty(
    op: int, function: str, x: Strided, result: DType, axes: tuple[int, ...], out_shape: tuple[int, ...]
) -> Strided:
    neutral = _EMPTY.get(op)
    if neutral is None:
        for axis in axes:
            if x._shape[axis] == 0:
                raise ValueError(
                    f"{function}: axis {axis} of x, of shape {x._shape}, has no elements to choose from; "
                    "give it elements, or name other axes with axis="
                )
        neutral = 0  # any value: the result has no elements
    elif op == _MEAN and result.kind == "c":
        neutral = complex("nan+nanj")
    return filled(function, x, result, out_shape, bool(neutral) if result is bool_ else neutral)


def _mean_of_integers(function: str, x: Strided, axis: Axis, keepdims: object) -> Strided:
    """The mean in the default float. Integers of up to 32 bits are summed exactly in 64 bits, wider ones as floats."""
    if x._dtype.itemsize == 8:
        return reduce(_MEAN, function, convert(x, float64), axis, keepdims)
    total = reduce(_SUM, function, x, axis, keepdims)
    count = 1
    for each in normalize_axes(function, axis, len(x._shape)):
        count *= x._shape[each]
    return divide(function, total, float(count))


def variance(function: str, x: object, axis: Axis, correction: object, keepdims: object, root: bool) -> Strided:
    """The sum of squared deviations divided by the number of elements less `correction`; its square root if `root`.

    Everything is computed in float64. The result is nan unless there are more elements than `correction`.
    """
    array = as_array(function, "x", x)
    if array._dtype.kind == "c":
        refuse_dtype(_SQUARED_DEVIATIONS, function, "x", array._dtype)
    less = as_real(function, "correction", correction)
    total = reduce(_SQUARED_DEVIATIONS, function, array, axis, keepdims)
    count = 1
    for each in normalize_axes(function, axis, len(array._shape)):
        count *= array._shape[each]
    divisor = float(count) - less
    result = divide(function, total, divisor if divisor > 0 else float("nan"))
    if root:
        result = unary(_SQRT, function, result)
    return convert(result, float32) if array._dtype is float32 else result


def accumulate(op: int, function: str, x: object, axis: Axis, to: object, keepdims: object) -> Strided:
    """SUM or PROD as if the elements had been converted to the dtype `to`; None means the standard's default dtype."""
    if to is None:
        return reduce(op, function, x, axis, keepdims)
    dtype = as_dtype(function, to)
    if not isinstance(x, Strided):
        x = as_array(function, "x", x)
    if x._dtype.kind == "c" and dtype.kind in "iuf":
        raise TypeError(f"{function}: x of dtype {x._dtype} has no {function} of dtype={dtype}; use real(x) or imag(x)")
    if dtype is bool_:
        return reduce(_native.ANY if op == _SUM else _native.ALL, function, x, axis, keepdims)
    if x._dtype is not dtype and not (x._dtype.kind in "biu" and dtype.kind in "iu"):
        x = convert(x, dtype)
    # Integers wrap around, so converting the result gives the same as converting the elements.
    result = reduce(op, function, x, axis, keepdims)
    return result if result._dtype is dtype else convert(result, dtype)

"""Sums of products: matmul, tensordot, vecdot. Shapes, batches and dtypes only; the arithmetic is native, or BLAS.

Floating-point products go to NumPy's BLAS from the size on where our kernels are no longer clearly faster. It runs on
our threads, which, unlike its own, never wait for each other; native/walks/products.c cuts the tiles.
"""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.arguments import as_integer, has, show, show_typed
from raptors_xp._core.dtypes import DType, bool_, float32
from raptors_xp._core.numpy import begin_blas, end_blas, has_blas
from raptors_xp._core.operands import as_array
from raptors_xp._core.promotion import promote
from raptors_xp._core.shape import (
    as_different_axes,
    broadcast_pair,
    broadcast_strides,
    check_rank,
    contiguous_strides,
    normalize_axis,
    product,
    without,
)
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import convert
from raptors_xp._engine.results import check_bytes, filled

_matmul: Final = _native.matmul
_vecdot: Final = _native.vecdot

# The number of multiplications in one matrix product from which BLAS is as fast as our kernels. Below, its fixed costs
# count; from there on OpenBLAS would also use more than one thread. Where slower kernels than the machine's best were
# chosen, BLAS still has the best.
_BLAS_FROM: Final = 1 << 18 if _native.isa() == _native.isas()[-1] else 1 << 15
_BLAS_SIDE: Final = 16  # thinner matrices never go to BLAS: reading them takes most of the time, for both


# --- matmul ----------------------------------------------------------------------------------------------------------


def matmul(function: str, x1: object, x2: object) -> Strided:
    """x1 @ x2: a vector counts as a row on the left and as a column on the right; stacks of matrices broadcast."""
    first = as_array(function, "x1", x1)
    second = as_array(function, "x2", x2)
    if not first._shape or not second._shape:
        argument = "x2" if first._shape else "x1"
        raise ValueError(
            f"{function}: {argument} has shape (), and it needs at least one axis; use multiply for scalars"
        )
    rows, inner = (1, first._shape[0]) if len(first._shape) == 1 else first._shape[-2:]
    second_inner, columns = (second._shape[0], 1) if len(second._shape) == 1 else second._shape[-2:]
    if inner != second_inner:
        raise ValueError(
            f"{function}: shapes {first._shape} and {second._shape} do not fit: the last axis of x1 has size {inner}, "
            f"and the {'only' if len(second._shape) == 1 else 'second to last'} axis of x2 has {second_inner}; "
            "make them equal"
        )
    batch = first._shape[:-2]
    if len(second._shape) > 2 and second._shape[:-2] != batch:
        batch = broadcast_pair(function, batch, second._shape[:-2])
    shape = batch
    if len(first._shape) > 1:
        shape = (*shape, rows)
    if len(second._shape) > 1:
        shape = (*shape, columns)

    result = promote(first._dtype, second._dtype)
    dtype = _compute_dtype(result)
    size = check_bytes(function, shape, dtype.itemsize)
    if inner == 0 or size == 0:
        return filled(function, first, result, shape, False if result is bool_ else 0)
    first = first if first._dtype is dtype else convert(first, dtype)
    second = second if second._dtype is dtype else convert(second, dtype)
    made = first._make(_multiply(first, second, batch, rows, inner, columns), dtype, shape)
    return convert(made, bool_) if result is bool_ else made


def _multiply(
    first: Strided, second: Strided, batch: tuple[int, ...], rows: int, inner: int, columns: int
) -> _native.Memory:
    """The products of the matrices of two arrays of one dtype, whose stacks broadcast to `batch`."""
    tall = rows * product(batch) if len(second._shape) <= 2 else rows
    by_blas = first._dtype.code >= float32.code and _is_for_blas(tall, inner, columns)
    if by_blas:
        first, second = _for_blas(first), _for_blas(second)
    first_steps = (0, first._strides[0]) if len(first._shape) == 1 else first._strides[-2:]
    second_steps = (second._strides[0], 0) if len(second._shape) == 1 else second._strides[-2:]
    if len(batch) > 0 and len(second._shape) <= 2:
        # A single matrix on the right: the stack on the left is multiplied as one tall matrix.
        step = merged_stride(first._shape[:-1], first._strides[:-1])
        if step is not None:
            rows = tall
            batch = ()
            first_steps = (step, first_steps[1])
    if batch:
        first_steps = _stack_steps(first, batch, first_steps)
        second_steps = _stack_steps(second, batch, second_steps)
    limited = begin_blas() if by_blas else False
    try:
        return _matmul(
            first._dtype.code,
            batch,
            rows,
            inner,
            columns,
            memory_of(first),
            first._offset,
            first_steps,
            memory_of(second),
            second._offset,
            second_steps,
            by_blas,
        )
    finally:
        if by_blas:
            end_blas(limited)


def _stack_steps(x: Strided, batch: tuple[int, ...], steps: tuple[int, ...]) -> tuple[int, ...]:
    """The strides of x through the batch, and those of its matrices."""
    if x._shape[:-2] == batch:
        return x._strides
    return broadcast_strides(x._shape[:-2], x._strides[:-2], batch) + steps


def _is_for_blas(rows: int, inner: int, columns: int) -> bool:
    """True for products of matrices that are large enough for BLAS to be faster, if there is one."""
    return rows * inner * columns >= _BLAS_FROM and min(rows, inner, columns) >= _BLAS_SIDE and has_blas()


def _for_blas(x: Strided) -> Strided:
    """x, or a copy if BLAS cannot read its matrices, either as they are or transposed."""
    itemsize = x._dtype.itemsize
    rows, columns = x._shape[-2:]
    row_step, column_step = x._strides[-2:]
    if column_step == itemsize and row_step % itemsize == 0 and row_step >= columns * itemsize:
        return x
    if row_step == itemsize and column_step % itemsize == 0 and column_step >= rows * itemsize:
        return x
    return convert(x, x._dtype)


def _compute_dtype(result: DType) -> DType:
    """The dtype to compute a product in. Booleans are summed as floats: the sum of positive floats is never 0."""
    return float32 if result is bool_ else result


def merged_stride(shape: tuple[int, ...], strides: tuple[int, ...]) -> int | None:
    """The single stride that walks through these axes in C order; None if there is none; 0 if all sizes are 1."""
    step = 0
    span = 0
    begun = False
    for axis in range(len(shape) - 1, -1, -1):
        if shape[axis] == 1:
            continue
        if not begun:
            step = strides[axis]
            begun = True
        elif strides[axis] != span:
            return None
        span = strides[axis] * shape[axis]
    return step


# --- tensordot -------------------------------------------------------------------------------------------------------


def tensordot(function: str, x1: object, x2: object, axes: object) -> Strided:
    """The sum of products over pairs of axes.

    `axes` is a number, for the last axes of x1 and the first ones of x2, or a pair of sequences that name axes of x1
    and of x2.
    """
    first = as_array(function, "x1", x1)
    second = as_array(function, "x2", x2)
    left, right = _contracted(function, axes, len(first._shape), len(second._shape))
    for own, other in zip(left, right):
        if first._shape[own] != second._shape[other]:
            raise ValueError(
                f"{function}: shapes {first._shape} and {second._shape} do not fit: axis {own} of x1 has size "
                f"{first._shape[own]}, and axis {other} of x2 {second._shape[other]}; name other axes with axes="
            )
    kept = [axis for axis in range(len(first._shape)) if axis not in left]
    other_kept = [axis for axis in range(len(second._shape)) if axis not in right]
    shape = (*[first._shape[axis] for axis in kept], *[second._shape[axis] for axis in other_kept])
    check_rank(function, len(shape))
    dtype = _compute_dtype(promote(first._dtype, second._dtype))
    check_bytes(function, shape, dtype.itemsize)
    flat = matmul(function, _as_matrix(first, kept, left), _as_matrix(second, right, other_kept))
    return flat._view(flat._offset, shape, contiguous_strides(shape, flat._dtype.itemsize))


def _contracted(function: str, axes: object, rank: int, other_rank: int) -> tuple[list[int], list[int]]:
    """The axes of each array to sum over, counted from the front."""
    if has(axes, "__index__"):
        number = as_integer(function, "axes", axes)
        if not 0 <= number <= min(rank, other_rank):
            raise ValueError(
                f"{function}: axes={show(number)} cannot be summed over, since x1 has {rank} axes and x2 {other_rank}; "
                f"use 0 to {min(rank, other_rank)}"
            )
        return list(range(rank - number, rank)), list(range(number))
    if not isinstance(axes, (tuple, list)) or len(axes) != 2:
        raise TypeError(
            f"{function}: axes={show_typed(axes)} is neither an integer nor a pair of sequences of integers; "
            "give one of them, such as axes=((1,), (0,))"
        )
    first = as_different_axes(function, "axes", axes[0], rank)
    second = as_different_axes(function, "axes", axes[1], other_rank)
    if len(first) != len(second):
        raise ValueError(
            f"{function}: axes={show(axes)} names {len(first)} axes of x1 and {len(second)} of x2; "
            "name as many of one as of the other"
        )
    return first, second


def _as_matrix(x: Strided, row_axes: list[int], column_axes: list[int]) -> Strided:
    """x as a matrix, some axes being its rows and the others its columns: a view if possible, otherwise a copy."""
    axes = row_axes + column_axes
    shape = tuple([x._shape[axis] for axis in axes])
    strides = tuple([x._strides[axis] for axis in axes])
    cut = len(row_axes)
    rows = product(shape[:cut])
    columns = product(shape[cut:])
    row_step = merged_stride(shape[:cut], strides[:cut])
    column_step = merged_stride(shape[cut:], strides[cut:])
    if row_step is not None and column_step is not None:
        return x._view(x._offset, (rows, columns), (row_step, column_step))
    fresh = convert(x._view(x._offset, shape, strides), x._dtype)
    return fresh._view(0, (rows, columns), contiguous_strides((rows, columns), x._dtype.itemsize))


# --- vecdot ----------------------------------------------------------------------------------------------------------


def shared_axis(function: str, x1: Strided, x2: Strided, axis: object) -> int:
    """The axis along which both arrays hold vectors, counted from the end.

    ValueError if `axis` counts from the front and the arrays differ in rank, IndexError if it is out of bounds.
    """
    number = as_integer(function, "axis", axis)
    rank = min(len(x1._shape), len(x2._shape))
    if rank == 0:
        argument = "x2" if x1._shape else "x1"
        raise ValueError(f"{function}: {argument} has shape () and holds no vectors; reshape it to (1,)")
    if number >= 0:
        if len(x1._shape) != len(x2._shape):
            raise ValueError(
                f"{function}: axis={show(number)} is not the same axis in shapes {x1._shape} and {x2._shape}; "
                "count it from the end, from -1 on"
            )
        number = normalize_axis(function, "axis", number, rank) - rank
    if number < -rank:
        raise IndexError(
            f"{function}: axis={show(number)}: axis {show(number)} is out of bounds for array of dimension {rank}, as "
            "one of x1 and x2 is, "
            f"of shapes {x1._shape} and {x2._shape}; use -{rank} to -1"
        )
    return number


def vecdot(function: str, x1: object, x2: object, axis: object) -> Strided:
    """The sum of conj(x1) * x2 along the axis; the other axes broadcast."""
    first = as_array(function, "x1", x1)
    second = as_array(function, "x2", x2)
    place = shared_axis(function, first, second, axis)
    inner = first._shape[place]
    if second._shape[place] != inner:
        raise ValueError(
            f"{function}: vectors of {inner} and of {second._shape[place]} elements have no dot product: "
            f"shapes {first._shape} and {second._shape} differ in axis={place}; make them equal"
        )
    shape, strides, step = _without(first, place)
    second_shape, second_strides, second_step = _without(second, place)
    batch = broadcast_pair(function, shape, second_shape)
    result = promote(first._dtype, second._dtype)
    dtype = _compute_dtype(result)
    if inner == 0 or check_bytes(function, batch, dtype.itemsize) == 0:
        return filled(function, first, result, batch, False if result is bool_ else 0)
    if first._dtype is not dtype:
        first = convert(first, dtype)
        shape, strides, step = _without(first, place)
    if second._dtype is not dtype:
        second = convert(second, dtype)
        second_shape, second_strides, second_step = _without(second, place)
    loops, steps, second_steps = _collapsed(
        batch, broadcast_strides(shape, strides, batch), broadcast_strides(second_shape, second_strides, batch)
    )
    memory = _vecdot(
        dtype.code,
        loops,
        inner,
        memory_of(first),
        first._offset,
        (*steps, step),
        memory_of(second),
        second._offset,
        (*second_steps, second_step),
    )
    made = first._make(memory, dtype, batch)
    return convert(made, bool_) if result is bool_ else made


def _without(x: Strided, axis: int) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Shape and strides without one axis, and the stride of that axis."""
    axis += len(x._shape)
    shape = without(x._shape, axis)
    return shape, without(x._strides, axis), x._strides[axis]


def _collapsed(
    shape: tuple[int, ...], first: tuple[int, ...], second: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Shape and strides of the same elements in the same order, with as few axes as both arrays allow."""
    sizes: list[int] = []
    steps: list[int] = []
    second_steps: list[int] = []
    for axis in range(len(shape)):
        size = shape[axis]
        if size == 1:
            continue
        if sizes and steps[-1] == first[axis] * size and second_steps[-1] == second[axis] * size:
            sizes[-1] *= size
            steps[-1] = first[axis]
            second_steps[-1] = second[axis]
        else:
            sizes.append(size)
            steps.append(first[axis])
            second_steps.append(second[axis])
    return tuple(sizes), tuple(steps), tuple(second_steps)

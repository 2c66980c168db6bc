"""Arithmetic on shapes, strides and axes: pure functions of tuples of integers. No arrays, no dtypes, no memory."""

from collections.abc import Iterable
from operator import index
from typing import Final, SupportsIndex

# One axis, several, or None for all.
Axis = SupportsIndex | tuple[SupportsIndex, ...] | None

SIZE_LIMIT: Final = (1 << 63) - 1
RANK_LIMIT: Final = 64


def check_rank(function: str, rank: int) -> None:
    """ValueError, in the name of `function`, for more axes than an array can have."""
    if rank > RANK_LIMIT:
        raise ValueError(f"{function}: an array cannot have {rank} axes; at most {RANK_LIMIT}")


def product(sizes: tuple[int, ...]) -> int:
    """The number of elements of a shape."""
    total = 1
    for size in sizes:
        total *= size
    return total


def contiguous_strides(shape: tuple[int, ...], itemsize: int) -> tuple[int, ...]:
    """The byte strides of a C-contiguous array."""
    rank = len(shape)
    if rank == 1:
        return (itemsize,)
    if rank == 0:
        return ()
    if rank == 2:
        size = shape[1]
        return (itemsize * size if size > 0 else itemsize, itemsize)
    strides = [itemsize] * rank
    step = itemsize
    for axis in range(rank - 1, -1, -1):
        strides[axis] = step
        size = shape[axis]
        if size > 0:
            step *= size
    return tuple(strides)


def is_contiguous(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> bool:
    """True if the elements follow one another in C order; true of at most one element, whatever its strides."""
    step = itemsize
    contiguous = True
    for axis in range(len(shape) - 1, -1, -1):
        size = shape[axis]
        if size == 0:
            return True
        if size != 1:
            if strides[axis] != step:
                contiguous = False
            step *= size
    return contiguous


def fortran_strides(shape: tuple[int, ...], itemsize: int) -> tuple[int, ...]:
    """The byte strides of an array whose elements follow one another in Fortran order: the first axis is innermost."""
    strides = [itemsize] * len(shape)
    step = itemsize
    for axis in range(len(shape)):
        strides[axis] = step
        step *= shape[axis]
    return tuple(strides)


def is_fortran(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> bool:
    """True if the elements, of which there are some, follow one another in Fortran order."""
    step = itemsize
    for axis in range(len(shape)):
        size = shape[axis]
        if size != 1:
            if strides[axis] != step:
                return False
            step *= size
    return True


def broadcast_pair(function: str, first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    """The shape two shapes broadcast to; ValueError in the name of `function` if they do not."""
    if first == second:
        return first
    if len(first) < len(second):
        longer, shorter = second, first
    else:
        longer, shorter = first, second
    if not shorter:
        return longer
    lead = len(longer) - len(shorter)
    result = list(longer)
    for axis in range(len(shorter)):
        size = shorter[axis]
        other = result[lead + axis]
        if size != other:
            if other == 1:
                result[lead + axis] = size
            elif size != 1:
                raise ValueError(
                    f"{function}: shapes {first} and {second} do not broadcast: sizes {other} and {size} "
                    f"meet in axis {lead + axis - len(longer)}; they must be equal or 1"
                )
    return tuple(result)


def broadcast_shapes(function: str, *shapes: tuple[int, ...]) -> tuple[int, ...]:
    """The shape that all the shapes broadcast to; () of none."""
    result: tuple[int, ...] = ()
    for shape in shapes:
        result = broadcast_pair(function, result, shape)
    return result


def broadcast_strides(shape: tuple[int, ...], strides: tuple[int, ...], out_shape: tuple[int, ...]) -> tuple[int, ...]:
    """The strides that read an array as if it had `out_shape`, to which `shape` is known to broadcast: 0 repeats."""
    if shape == out_shape:
        return strides
    lead = len(out_shape) - len(shape)
    result = [0] * len(out_shape)
    for axis in range(len(shape)):
        if shape[axis] != 1:
            result[lead + axis] = strides[axis]
    return tuple(result)


def normalize_axis(function: str, axis: int, rank: int) -> int:
    """`axis` counted from the front; IndexError in the name of `function` if there is no such axis."""
    if -rank <= axis < rank:
        return axis + rank if axis < 0 else axis
    if rank == 0:
        raise IndexError(f"{function}: axis {axis} does not exist: the array has no axes (it is zero-dimensional)")
    raise IndexError(f"{function}: axis {axis} does not exist: valid axes of this array are {-rank} to {rank - 1}")


def normalize_axes(function: str, axis: Axis, rank: int) -> tuple[int, ...]:
    """The axes meant, counted from the front, in the order given; None means all. ValueError if one comes twice."""
    if axis is None:
        return tuple(range(rank))
    if isinstance(axis, int):
        return (normalize_axis(function, axis, rank),)
    axes: list[int] = []
    for each in _items(function, "axis", axis):
        normal = normalize_axis(function, each, rank)
        if normal in axes:
            raise ValueError(f"{function}: axis {normal} comes twice in axis={axis}; name each axis once")
        axes.append(normal)
    return tuple(axes)


def as_shape(function: str, shape: object) -> tuple[int, ...]:
    """The shape an integer or a sequence of integers means; ValueError if a size is negative or all are too large."""
    result = tuple(_items(function, "shape", shape))
    total = 1
    for size in result:
        if size < 0:
            raise ValueError(f"{function}: size {size} in shape={shape!r} is negative; sizes are 0 or more")
        total *= size
    if total > SIZE_LIMIT:
        raise ValueError(f"{function}: shape={shape!r} has {total} elements; at most {SIZE_LIMIT} can be addressed")
    return result


def _items(function: str, argument: str, value: object) -> list[int]:
    """The integers of an integer or of a sequence of integers; TypeError in the name of `function` otherwise."""
    try:
        if isinstance(value, (tuple, list)):
            return [index(each) for each in value]
        if hasattr(value, "__index__"):
            return [index(value)]
        if isinstance(value, Iterable) and not isinstance(value, (str, bytes, dict)):
            return [index(each) for each in value]
    except TypeError:
        pass
    raise TypeError(f"{function}: {argument}={value!r} is not an integer or a tuple of integers")

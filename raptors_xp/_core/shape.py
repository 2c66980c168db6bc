"""Arithmetic on shapes, strides and axes, as functions of tuples of integers. No arrays, no dtypes, no memory."""

from typing import Final, SupportsIndex

from raptors_xp._core.arguments import as_integer, as_integers, show

# One axis, a tuple of axes, or None for all axes.
Axis = SupportsIndex | tuple[SupportsIndex, ...] | None

SIZE_LIMIT: Final = (1 << 63) - 1
# What is compared with this first need not be compared with SIZE_LIMIT, which as an int beyond 62 bits takes 200
# instructions each time.
ORDINARY: Final = 1 << 60
COUNT_LIMIT: Final = (1 << 59) - 1  # of elements, whatever their dtype
RANK_LIMIT: Final = 64

# The strides of contiguous arrays with one axis, by item size: reusing a tuple is cheaper than making one each time.
_ONE_STEP: Final[list[tuple[int, ...]]] = [(itemsize,) for itemsize in range(17)]


def check_rank(function: str, rank: int) -> None:
    """ValueError, naming `function`, for more axes than an array can have."""
    if rank > RANK_LIMIT:
        raise ValueError(f"{function}: an array cannot have {rank} axes; use at most {RANK_LIMIT}")


def product(sizes: tuple[int, ...]) -> int:
    """The product of the sizes: the number of elements of a shape."""
    total = 1
    for size in sizes:
        total *= size
    return total


def without(sizes: tuple[int, ...], axis: int) -> tuple[int, ...]:
    """The sizes (or strides) of all axes except one."""
    return sizes[:axis] + sizes[axis + 1 :]


def with_size(sizes: tuple[int, ...], axis: int, size: int) -> tuple[int, ...]:
    """The sizes, with another one along an axis."""
    changed = list(sizes)
    changed[axis] = size
    return tuple(changed)


def contiguous_strides(shape: tuple[int, ...], itemsize: int) -> tuple[int, ...]:
    """The byte strides of a contiguous array in C order."""
    rank = len(shape)
    if rank == 1:
        return _ONE_STEP[itemsize]
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
    """True if the elements are dense in C order. With at most one element the strides do not matter."""
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
    """The byte strides of an array whose elements are dense in Fortran order: the first axis is the innermost."""
    strides = [itemsize] * len(shape)
    step = itemsize
    for axis in range(len(shape)):
        strides[axis] = step
        step *= shape[axis]
    return tuple(strides)


def is_fortran(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> bool:
    """True if the elements of a non-empty array are dense in Fortran order."""
    step = itemsize
    for axis in range(len(shape)):
        size = shape[axis]
        if size != 1:
            if strides[axis] != step:
                return False
            step *= size
    return True


def broadcast_pair(function: str, first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    """The shape that two shapes broadcast to; ValueError, naming `function`, if they do not broadcast."""
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
                    f"{function}: operands could not be broadcast together with shapes {first} {second}: axis "
                    f"{lead + axis - len(longer)} has sizes {other} and {size}; make them equal, or one of them 1"
                )
    return tuple(result)


def broadcast_shapes(function: str, *shapes: tuple[int, ...]) -> tuple[int, ...]:
    """The shape that all given shapes broadcast to; () if none is given."""
    result: tuple[int, ...] = ()
    for shape in shapes:
        result = broadcast_pair(function, result, shape)
    return result


def broadcast_strides(shape: tuple[int, ...], strides: tuple[int, ...], out_shape: tuple[int, ...]) -> tuple[int, ...]:
    """The strides that read an array of `shape` as if it had `out_shape`; a stride of 0 repeats elements.

    `shape` must broadcast to `out_shape`: the caller has checked it.
    """
    if shape == out_shape:
        return strides
    lead = len(out_shape) - len(shape)
    result = [0] * len(out_shape)
    for axis in range(len(shape)):
        if shape[axis] != 1:
            result[lead + axis] = strides[axis]
    return tuple(result)


def normalize_axis(function: str, argument: str, axis: int, rank: int) -> int:
    """`axis` counted from the front; IndexError, naming `function`, if it is out of bounds."""
    if -rank <= axis < rank:
        return axis + rank if axis < 0 else axis
    if rank == 0:
        raise IndexError(
            f"{function}: {argument}={show(axis)}: axis {show(axis)} is out of bounds for array of dimension 0; "
            "reshape it to (1,) first"
        )
    raise IndexError(
        f"{function}: {argument}={show(axis)}: axis {show(axis)} is out of bounds for array of dimension {rank}; "
        f"use {-rank} to {rank - 1}"
    )


def as_axis(function: str, argument: str, axis: object, rank: int) -> int:
    """An axis argument, an integer, counted from the front."""
    return normalize_axis(function, argument, as_integer(function, argument, axis), rank)


def as_axes(function: str, argument: str, axes: object, rank: int) -> list[int]:
    """An argument of one or several axes, counted from the front, in the order given; an axis may occur twice."""
    return [normalize_axis(function, argument, each, rank) for each in as_integers(function, argument, axes)]


def as_different_axes(function: str, argument: str, axes: object, rank: int) -> list[int]:
    """Like as_axes, with a ValueError if an axis occurs twice."""
    result = as_axes(function, argument, axes, rank)
    for position in range(1, len(result)):
        for earlier in range(position):
            if result[earlier] == result[position]:
                raise ValueError(
                    f"{function}: axis {result[position]} is repeated in {argument}={show(axes)}; name each axis once"
                )
    return result


def normalize_axes(function: str, axis: object, rank: int) -> tuple[int, ...]:
    """The axes that a reduction argument names, counted from the front: one, several, or None for all."""
    return tuple(range(rank)) if axis is None else tuple(as_different_axes(function, "axis", axis, rank))


def as_shape(function: str, shape: object) -> tuple[int, ...]:
    """The shape that an integer or a sequence of integers gives.

    ValueError for negative sizes and for too many axes, MemoryError for more elements than can be addressed.
    """
    if type(shape) is int and 0 <= shape <= ORDINARY:
        return (shape,)
    if isinstance(shape, tuple) and _is_ordinary(shape):
        return shape
    result = tuple(as_integers(function, "shape", shape))
    for size in result:
        if size < 0:
            raise ValueError(
                f"{function}: size {show(size)} in shape={show(shape)} is negative; give sizes of 0 or more"
            )
    check_shape(function, result)
    return result


def _is_ordinary(shape: tuple[object, ...]) -> bool:
    """True for a tuple that is a shape as it is, of an ordinary number of elements: nearly always."""
    if type(shape) is not tuple or len(shape) > RANK_LIMIT:
        return False
    total = 1
    for size in shape:
        if type(size) is not int or size < 0:
            return False
        if size > 1:
            total *= size
    return total <= ORDINARY


def check_shape(function: str, shape: tuple[int, ...]) -> None:
    """ValueError for too many axes, MemoryError for more elements than can be addressed.

    Sizes of 0 count as 1, because strides are computed from the other sizes even if the array is empty.
    """
    if len(shape) > RANK_LIMIT:
        raise ValueError(f"{function}: shape={show(shape)} has {len(shape)} axes; use at most {RANK_LIMIT}")
    total = 1
    for size in shape:
        total *= max(size, 1)
    if total > ORDINARY and total > SIZE_LIMIT:
        raise MemoryError(
            f"{function}: shape={show(shape)} has more than the {SIZE_LIMIT} elements that can be addressed; "
            "give smaller sizes"
        )


def as_size(function: str, argument: str, value: object, least: int) -> int:
    """An argument that is a number of elements; ValueError if it is below `least`, MemoryError if it is too large."""
    size = as_integer(function, argument, value)
    if size < least:
        raise ValueError(f"{function}: {argument}={show(size)} is too small a number of elements; give {least} or more")
    if size > COUNT_LIMIT:
        raise MemoryError(f"{function}: {argument}={show(size)} elements do not fit in any memory; give fewer")
    return size

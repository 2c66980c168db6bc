"""Reshaped and permuted views. Stride arithmetic only; elements are copied only if reshape has no view to give."""

from raptors_xp._core.arguments import as_integers, check_option, show
from raptors_xp._core.dtypes import complex64, float32, float64
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import check_rank, check_shape, contiguous_strides, is_contiguous, is_fortran, product
from raptors_xp._core.strided import Strided, memory_of, wrap
from raptors_xp._engine.elementwise import convert


def reshape(function: str, x: Strided, shape: object, copy: bool | None) -> Strided:
    """The same elements in C order in another shape; one size may be -1 and is computed from the others."""
    target = _resolve(function, x, shape)
    if copy is not True:
        strides = (
            contiguous_strides(target, x._dtype.itemsize)
            if x._contiguous
            else _reshaped_strides(x._shape, x._strides, target, x._dtype.itemsize)
        )
        if strides is not None:
            return x._view(x._offset, target, strides)
        if copy is False:
            raise ValueError(
                f"{function}: copy=False is impossible: x of shape {x._shape} and strides {x._strides} has no view of "
                f"shape={target}; use copy=None"
            )
    fresh = convert(x, x._dtype)
    return fresh._view(0, target, contiguous_strides(target, x._dtype.itemsize))


def reshape_in_order(function: str, x: Strided, shape: object, copy: bool | None, order: object) -> Strided:
    """reshape in NumPy's `order`: "C", "F" with the first axis the fastest, "A" as the elements lie in memory."""
    check_option(function, "order", order, ("C", "F", "A"))
    fortran = not x._contiguous and is_fortran(x._shape, x._strides, x._dtype.itemsize)
    if order == "C" or (order == "A" and not fortran):
        return reshape(function, x, shape, copy)
    target = _resolve(function, x, shape)
    turned = reshape(function, permute(x, list(range(len(x._shape)))[::-1]), target[::-1], copy)
    return permute(turned, list(range(len(target)))[::-1])


def _resolve(function: str, x: Strided, shape: object) -> tuple[int, ...]:
    """The shape that is asked for, with -1 replaced, after a check against the number of elements of x."""
    sizes = as_integers(function, "shape", shape)
    check_rank(function, len(sizes))
    unknown = -1
    known = 1
    for axis in range(len(sizes)):
        size = sizes[axis]
        if size >= 0:
            known *= size
        elif size == -1 and unknown < 0:
            unknown = axis
        else:
            raise ValueError(
                f"{function}: shape={show(shape)} is impossible; give sizes of 0 or more, and -1 at most once"
            )
    if unknown >= 0:
        if known == 0 or x._size % known != 0:
            raise ValueError(
                f"{function}: x of {x._size} elements (shape {x._shape}) does not fill shape={show(shape)}; "
                "give other sizes that divide the number of elements"
            )
        sizes[unknown] = x._size // known
    elif known != x._size:
        raise ValueError(
            f"{function}: x of {x._size} elements (shape {x._shape}) does not fill shape={show(shape)}, which has "
            f"{show(known)}; give other sizes, or -1 for one of them"
        )
    result = tuple(sizes)
    if known == 0:
        check_shape(function, result)
    return result


def _reshaped_strides(
    shape: tuple[int, ...], strides: tuple[int, ...], target: tuple[int, ...], itemsize: int
) -> tuple[int, ...] | None:
    """The strides that read the elements in the shape `target`; None if there are none.

    Old and new axes are matched in groups with equal numbers of elements. A group of new axes has strides if the old
    axes of its group could be merged into one.
    """
    if product(shape) == 0:
        return contiguous_strides(target, itemsize)
    old_shape = [size for size in shape if size != 1]
    old_strides = [stride for size, stride in zip(shape, strides) if size != 1]
    result = [itemsize] * len(target)
    old, new = 0, 0
    while old < len(old_shape) and new < len(target):
        old_end, new_end = old + 1, new + 1
        old_size, new_size = old_shape[old], target[new]
        while old_size != new_size:
            if old_size < new_size:
                old_size *= old_shape[old_end]
                old_end += 1
            else:
                new_size *= target[new_end]
                new_end += 1
        for axis in range(old, old_end - 1):
            if old_strides[axis] != old_shape[axis + 1] * old_strides[axis + 1]:
                return None
        step = old_strides[old_end - 1]
        for axis in range(new_end - 1, new - 1, -1):
            result[axis] = step
            step *= target[axis]
        old, new = old_end, new_end
    return tuple(result)


def part_of(x: Strided, is_imaginary: bool) -> Strided:
    """The view of the real or the imaginary parts of complex numbers."""
    dtype = float32 if x._dtype is complex64 else float64
    offset = x._offset + (dtype.itemsize if is_imaginary and x._size > 0 else 0)
    return wrap(memory_of(x), offset, dtype, x._shape, x._strides)


def permute(x: Strided, axes: list[int]) -> Strided:
    """The view whose axis i is axis axes[i] of x; `axes` is a permutation."""
    shape = x._shape
    strides = x._strides
    turned = tuple([shape[axis] for axis in axes])
    steps = tuple([strides[axis] for axis in axes])
    contiguous = is_contiguous(turned, steps, x._dtype.itemsize)
    return x._place(memory_of(x), x._offset, x._dtype, turned, steps, x._size, contiguous)


def transpose_matrices(function: str, x: object) -> Strided:
    """The view of x with the last two axes swapped."""
    array = as_array(function, "x", x)
    shape = array._shape
    rank = len(shape)
    if rank < 2:
        raise ValueError(f"{function}: x of shape {shape} is not a matrix; reshape it to two axes or more")
    return permute(array, [*range(rank - 2), rank - 1, rank - 2])

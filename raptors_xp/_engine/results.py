"""Memory for results: allocating, filling and wrapping it, and the error if there is not enough. No operations."""

from typing import Final, NoReturn

from raptors_xp import _native
from raptors_xp._core.arguments import show
from raptors_xp._core.dtypes import DType
from raptors_xp._core.operations import CONVERT
from raptors_xp._core.promotion import COUNT, Scalar
from raptors_xp._core.shape import ORDINARY, SIZE_LIMIT, check_shape, contiguous_strides, product
from raptors_xp._core.strided import Strided
from raptors_xp._engine.walk import flat_unary
from raptors_xp._native import Memory

_allocate: Final = _native.allocate
_zeroed: Final = _native.zeroed


def check_bytes(function: str, shape: tuple[int, ...], itemsize: int) -> int:
    """The number of elements of a result; MemoryError if it has more bytes than can be addressed."""
    size = product(shape)
    if size == 0:
        check_shape(function, shape)
    elif size * itemsize > ORDINARY and size * itemsize > SIZE_LIMIT:
        refuse_size(function, shape, itemsize)
    return size


def refuse_size(function: str, shape: tuple[int, ...], itemsize: int) -> NoReturn:
    """Raises the MemoryError for a result that is too large."""
    raise MemoryError(
        f"{function}: there is no memory for a result of shape={show(shape)}, "
        f"{show(product(shape) * itemsize)} bytes; work in parts"
    ) from None


def fresh(function: str, like: Strided, dtype: DType, shape: tuple[int, ...]) -> Strided:
    """A new array whose elements are not set."""
    return like._make(fresh_memory(function, dtype, shape), dtype, shape)


def fresh_memory(function: str, dtype: DType, shape: tuple[int, ...]) -> Memory:
    """New contiguous memory for an array of `shape` whose elements are not set."""
    size = check_bytes(function, shape, dtype.itemsize)
    try:
        return _allocate(size * dtype.itemsize)
    except MemoryError:
        refuse_size(function, shape, dtype.itemsize)


def zeroed_memory(function: str, dtype: DType, shape: tuple[int, ...]) -> Memory:
    """New contiguous memory for an array of `shape` whose elements are all 0."""
    size = check_bytes(function, shape, dtype.itemsize)
    try:
        return _zeroed(size * dtype.itemsize)
    except MemoryError:
        refuse_size(function, shape, dtype.itemsize)


def filled(function: str, like: Strided, dtype: DType, shape: tuple[int, ...], value: Scalar) -> Strided:
    """A new array whose elements are all `value`."""
    return like._make(filled_memory(function, dtype, shape, value), dtype, shape)


def filled_memory(function: str, dtype: DType, shape: tuple[int, ...], value: Scalar) -> Memory:
    """New contiguous memory for an array of `shape` whose elements are all `value`."""
    size = check_bytes(function, shape, dtype.itemsize)
    kernel = (CONVERT + dtype.code) * COUNT + dtype.code
    try:
        return flat_unary(kernel, size, value, 0)
    except MemoryError:
        refuse_size(function, shape, dtype.itemsize)


def layout_strides(shape: tuple[int, ...], layout: tuple[int, ...] | None, itemsize: int) -> tuple[int, ...]:
    """The byte strides of a result: its layout, or those of C order if layout is None."""
    return contiguous_strides(shape, itemsize) if layout is None else layout


def wrap_result(
    maker: Strided, memory: Memory, dtype: DType, shape: tuple[int, ...], layout: tuple[int, ...] | None
) -> Strided:
    """An array over the memory of a dense result, with the strides in `layout`; None means C order."""
    made = maker._make(memory, dtype, shape)
    return made if layout is None else made._view(0, shape, layout)

"""Checks of memory that other libraries own, and copies of what our kernels cannot read. No protocol is spoken here."""

from typing import NoReturn

from raptors_xp._core.dtypes import DType, uint8
from raptors_xp._core.shape import contiguous_strides
from raptors_xp._core.strided import Strided, memory_of, wrap, wrap_fresh
from raptors_xp._engine.elementwise import convert
from raptors_xp._native import Memory


def tame(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> tuple[int, ...]:
    """The strides, with those of axes that are never stepped along replaced: other libraries may put anything there."""
    if 0 in shape:
        return contiguous_strides(shape, itemsize)
    if 1 not in shape:
        return strides
    return tuple([itemsize if size == 1 else stride for size, stride in zip(shape, strides)])


def aligned(memory: Memory, offset: int, dtype: DType, strides: tuple[int, ...]) -> bool:
    """True if our kernels can read elements there: parts of numbers are aligned, strides multiples of the item size."""
    part = dtype.itemsize // 2 if dtype.kind == "c" else dtype.itemsize
    if (memory.address + offset) % part != 0:
        return False
    return all(stride % dtype.itemsize == 0 for stride in strides)


def gather_bytes(
    memory: Memory, offset: int, dtype: DType, shape: tuple[int, ...], strides: tuple[int, ...], swapped: bool
) -> Strided:
    """A copy of elements that are not aligned or have swapped bytes. It copies bytes, along one more axis for them."""
    parts = 2 if dtype.kind == "c" else 1
    width = dtype.itemsize // parts
    first, step = (offset + width - 1, -1) if swapped else (offset, 1)
    source = wrap(memory, first, uint8, (*shape, parts, width), (*strides, width, step))
    return wrap_fresh(memory_of(convert(source, uint8)), dtype, shape)


def forbid(function: str, argument: str, what: str) -> NoReturn:
    """Raises the ValueError for a copy that is needed although copy=False forbids it."""
    raise ValueError(f"{function}: copy=False is impossible: {argument} is {what}; use copy=None or copy=True")

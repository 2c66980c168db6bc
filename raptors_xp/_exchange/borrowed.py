"""Arrays over memory that others own, or copies where our kernels could not read it. No protocol is spoken here."""

from typing import NoReturn

from raptors_xp._core.dtypes import DType, uint8
from raptors_xp._core.shape import contiguous_strides
from raptors_xp._core.strided import Strided, memory_of, wrap, wrap_fresh
from raptors_xp._engine.elementwise import convert
from raptors_xp._native import Memory


def tame(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> tuple[int, ...]:
    """The strides, with those that are never used made harmless."""
    if 0 in shape:
        return contiguous_strides(shape, itemsize)
    if 1 not in shape:
        return strides
    return tuple([itemsize if size == 1 else stride for size, stride in zip(shape, strides)])


def aligned(memory: Memory, offset: int, dtype: DType, strides: tuple[int, ...]) -> bool:
    part = dtype.itemsize // 2 if dtype.kind == "c" else dtype.itemsize
    if (memory.address + offset) % part != 0:
        return False
    return all(stride % dtype.itemsize == 0 for stride in strides)


def gather_bytes(
    memory: Memory, offset: int, dtype: DType, shape: tuple[int, ...], strides: tuple[int, ...], swapped: bool
) -> Strided:
    """A copy of elements that lie unaligned or in foreign byte order, byte by byte: their bytes are one more axis."""
    parts = 2 if dtype.kind == "c" else 1
    width = dtype.itemsize // parts
    first, step = (offset + width - 1, -1) if swapped else (offset, 1)
    source = wrap(memory, first, uint8, (*shape, parts, width), (*strides, width, step))
    return wrap_fresh(memory_of(convert(source, uint8)), dtype, shape)


def forbid(function: str, argument: str, what: str) -> NoReturn:
    """ValueError for a copy that the caller forbade."""
    raise ValueError(f"{function}: copy=False cannot be kept: {argument} is {what}; use copy=None or copy=True")

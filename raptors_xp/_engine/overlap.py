"""Arrays that may share memory: finding them, and copying operands that would change while they are read."""

from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import convert


def may_meet(a: Strided, b: Strided) -> bool:
    """True if the memories of the arrays have bytes in common, as borrowed memories may."""
    return memory_of(a).meets(memory_of(b))


def independent(value: Strided, x: Strided) -> Strided:
    """`value` in x's dtype and without shared memory: itself if that is already so, otherwise a copy."""
    if value._dtype is x._dtype and not may_meet(value, x):
        return value
    return convert(value, x._dtype)


def unaliased(target: Strided, value: object) -> object:
    """`value`, or a copy of it if writing to `target` could change its elements before they are read."""
    if not isinstance(value, Strided) or value is target or value._size == 0:
        return value
    target_base = value_base = 0
    if memory_of(value) is not memory_of(target):  # borrowed memories may still have bytes in common
        target_base = memory_of(target).address
        value_base = memory_of(value).address
    target_base += target._offset
    value_base += value._offset
    if (
        target_base == value_base
        and value._dtype is target._dtype
        and value._shape == target._shape
        and value._strides == target._strides
    ):
        return value
    target_first, target_last = _extent(target)
    value_first, value_last = _extent(value)
    if target_base + target_last <= value_base + value_first or value_base + value_last <= target_base + target_first:
        return value
    return convert(value, value._dtype)


def _extent(x: Strided) -> tuple[int, int]:
    """The first byte of an array's elements and the byte after the last, relative to the element at index 0."""
    if x._contiguous:
        return 0, x._size * x._dtype.itemsize
    first = 0
    last = x._dtype.itemsize
    for axis in range(len(x._shape)):
        reach = x._strides[axis] * (x._shape[axis] - 1)
        if reach < 0:
            first += reach
        else:
            last += reach
    return first, last

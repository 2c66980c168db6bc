"""Elements where a boolean mask is true: finding, reading and writing them, with one native call each.

Keys are interpreted in subscripts.py, never here.
"""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.chunks import grain
from raptors_xp._core.dtypes import bool_, int64
from raptors_xp._core.planning import nest
from raptors_xp._core.promotion import COUNT, Scalar
from raptors_xp._core.shape import broadcast_strides
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import contiguous, convert
from raptors_xp._engine.overlap import may_meet
from raptors_xp._engine.walk import walk

_native_fill: Final = _native.fill
_mask_read: Final = _native.mask_read
_mask_write: Final = _native.mask_write
_nonzero: Final = _native.nonzero

_WHERE: Final[int] = _native.WHERE


def places(mask: Strided) -> list[Strided]:
    """The indices where a mask is true: an index array for each axis of the mask, which has at least one."""
    whole = contiguous(mask)
    memories = _nonzero(whole._shape, memory_of(whole), whole._offset)
    count = memories[0].nbytes // int64.itemsize
    return [mask._make(each, int64, (count,)) for each in memories]


def compress(x: Strided, mask: Strided) -> Strided:
    """The elements of x where a mask of the same shape is true, in C order."""
    source = contiguous(x)
    whole = contiguous(mask)
    itemsize = x._dtype.itemsize
    memory = _mask_read(itemsize, x._size, memory_of(whole), whole._offset, memory_of(source), source._offset)
    return x._make(memory, x._dtype, (memory.nbytes // itemsize,))


def fill_where(x: Strided, mask: Strided, value: Strided | Scalar) -> None:
    """x[mask] = value, for a single value of x's dtype and a mask that broadcasts to x's shape."""
    if x._size == 0:
        return
    shape = x._shape
    if not isinstance(value, Strided) and x._contiguous and mask._contiguous and mask._shape == shape:
        kernel = _WHERE * COUNT + x._dtype.code
        if _native_fill(
            kernel, x._size, memory_of(x), x._offset,
            memory_of(mask), mask._offset, value, 0, memory_of(x), x._offset, grain(kernel, x._size),
        ):  # fmt: skip
            return
    if may_meet(mask, x):
        mask = convert(mask, bool_)
    condition = broadcast_strides(mask._shape, mask._strides, shape)
    loops = nest(shape, x._strides, condition, (0,) * len(shape), x._strides)
    walk(_WHERE, x._dtype, x._size, loops, x, mask, value, x)


def fill_from(x: Strided, mask: Strided, values: Strided) -> int | None:
    """x[mask] = values, for contiguous x, a mask of its shape, and contiguous values of its dtype.

    If the number of values is not the number of true elements, nothing is stored and that number is returned.
    """
    whole = contiguous(mask)
    if may_meet(whole, x):
        whole = convert(whole, bool_)
    count = _mask_write(
        x._dtype.itemsize,
        x._size,
        memory_of(whole),
        whole._offset,
        memory_of(x),
        x._offset,
        values._size,
        memory_of(values),
        values._offset,
    )
    return None if count == values._size else count

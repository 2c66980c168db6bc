"""Elements picked by masks and by index arrays, for reading and writing: one native call each.

What x[key] means is in subscripts.py. Nothing here reads a key, and no loop over elements is in Python.
"""

from typing import Final, NoReturn

from raptors_xp import _native
from raptors_xp._core.arguments import show
from raptors_xp._core.dtypes import bool_, int64
from raptors_xp._core.operands import data_of, offset_of
from raptors_xp._core.planning import grain, nest
from raptors_xp._core.promotion import Scalar
from raptors_xp._core.shape import broadcast_strides, check_rank, product
from raptors_xp._core.strided import Strided
from raptors_xp._engine.elementwise import convert
from raptors_xp._native import Memory

_gather: Final = _native.gather
_scatter: Final = _native.scatter
_strided: Final = _native.strided
_mask_read: Final = _native.mask_read
_mask_write: Final = _native.mask_write
_nonzero: Final = _native.nonzero

_WHERE: Final[int] = _native.WHERE

# An index array for native code: memory, dtype code, offset, strides over the positions, the axis' size and stride.
Pick = tuple[Memory, int, int, tuple[int, ...], int, int]


def out_of_range(function: str, value: int, axis: int, size: int) -> NoReturn:
    """IndexError for an index that an axis has no element for."""
    if size == 0:
        raise IndexError(f"{function}: index {show(value)} is out of range: axis {axis} has size 0; use no index")
    raise IndexError(
        f"{function}: index {show(value)} is out of range for axis {axis} of size {size}; use {-size} to {size - 1}"
    )


def pick_of(indices: Strided, shape: tuple[int, ...], size: int, stride: int) -> Pick:
    """An index array, broadcast to the positions' shape, along an axis of that size and stride."""
    strides = broadcast_strides(indices._shape, indices._strides, shape)
    return (indices._memory, indices._dtype.code, indices._offset, strides, size, stride)


# --- along one axis --------------------------------------------------------------------------------------------------


def take(name: str, x: Strided, indices: Strided, axis: int) -> Strided:
    """The elements at indices of any shape along an axis; their axes come in its place."""
    shape = x._shape
    strides = x._strides
    positions = indices._shape
    outer, outer_strides = shape[:axis], strides[:axis]
    block, block_strides = shape[axis + 1 :], strides[axis + 1 :]
    result = outer + positions + block
    check_rank(name, len(result))
    if x._contiguous:  # collapsed
        inner = product(block)
        itemsize = x._dtype.itemsize
        outer, outer_strides = (product(outer),), (shape[axis] * inner * itemsize,)
        block, block_strides = (() if inner == 1 else (inner,)), (() if inner == 1 else (itemsize,))
        if outer == (1,):
            outer, outer_strides = (), ()
    memory = _gather(
        x._dtype.itemsize,
        x._memory,
        x._offset,
        outer,
        outer_strides,
        positions,
        (0,) * len(positions),
        (pick_of(indices, positions, shape[axis], strides[axis]),),
        block,
        block_strides,
    )
    if isinstance(memory, tuple):
        out_of_range(name, memory[1], axis, shape[axis])
    return x._make(memory, x._dtype, result)


def take_along(name: str, x: Strided, indices: Strided, axis: int) -> Strided:
    """The elements at the positions along an axis that `indices` has for every other position; both broadcast."""
    shape: list[int] = []
    steps: list[int] = []
    for other in range(len(x._shape)):
        size = x._shape[other]
        wanted = indices._shape[other]
        if other != axis and size != wanted and size != 1 and wanted != 1:
            raise ValueError(
                f"{name}: shapes {x._shape} and {indices._shape} do not broadcast: sizes {size} and "
                f"{wanted} meet in axis {other}; make them equal, or one of them 1"
            )
        shape.append(wanted if other == axis or size == 1 else size)
        steps.append(0 if other == axis or size == 1 else x._strides[other])
    positions = tuple(shape)
    memory = _gather(
        x._dtype.itemsize,
        x._memory,
        x._offset,
        (),
        (),
        positions,
        tuple(steps),
        (pick_of(indices, positions, x._shape[axis], x._strides[axis]),),
        (),
        (),
    )
    if isinstance(memory, tuple):
        out_of_range(name, memory[1], axis, x._shape[axis])
    return x._make(memory, x._dtype, positions)


def put(name: str, x: Strided, indices: Strided, values: Strided) -> None:
    """x[indices] = values, for x and indices of one axis, and values of x's dtype that broadcast to the indices."""
    fault = _scatter(
        x._dtype.itemsize,
        x._memory,
        x._offset,
        (),
        (),
        indices._shape,
        (0,),
        (pick_of(indices, indices._shape, x._shape[0], x._strides[0]),),
        (),
        (),
        values._memory,
        values._offset,
        broadcast_strides(values._shape, values._strides, indices._shape),
    )
    if fault is not None:
        out_of_range(name, fault[1], 0, x._shape[0])


# --- masks -----------------------------------------------------------------------------------------------------------


def contiguous(x: Strided) -> Strided:
    """The array itself, or a copy in C order."""
    return x if x._contiguous else convert(x, x._dtype)


def places(mask: Strided) -> list[Strided]:
    """Where a mask is true: an index array for each of its axes (at least one)."""
    whole = contiguous(mask)
    memories = _nonzero(whole._shape, whole._memory, whole._offset)
    count = memories[0].nbytes // int64.itemsize
    return [mask._make(each, int64, (count,)) for each in memories]


def compress(x: Strided, mask: Strided) -> Strided:
    """The elements of x where a mask of its shape is true, in C order."""
    source = contiguous(x)
    whole = contiguous(mask)
    itemsize = x._dtype.itemsize
    memory = _mask_read(itemsize, x._size, whole._memory, whole._offset, source._memory, source._offset)
    return x._make(memory, x._dtype, (memory.nbytes // itemsize,))


def fill_where(x: Strided, mask: Strided, value: Strided | Scalar) -> None:
    """x[mask] = value, in place, for one value of x's dtype and a mask that broadcasts to x's shape."""
    if x._size == 0:
        return
    shape = x._shape
    if _may_meet(mask, x):
        mask = convert(mask, bool_)
    strides = broadcast_strides(mask._shape, mask._strides, shape)
    loops = nest(shape, [x._strides, strides, (0,) * len(shape), x._strides])
    code = x._dtype.code
    _strided(
        _WHERE,
        code,
        grain(_WHERE, code, x._size),
        loops[0],
        x._memory,
        x._offset,
        loops[1],
        mask._memory,
        bool_.code,
        mask._offset,
        loops[2],
        data_of(value),
        code,
        offset_of(value),
        loops[3],
        x._memory,
        code,
        x._offset,
        loops[4],
    )


def fill_from(x: Strided, mask: Strided, values: Strided) -> int | None:
    """x[mask] = values in order, for contiguous x, a mask of its shape, and contiguous values of its dtype.

    None if it was done; the number of true elements if that is not the number of values, and nothing was.
    """
    whole = contiguous(mask)
    if _may_meet(whole, x):
        whole = convert(whole, bool_)
    count = _mask_write(
        x._dtype.itemsize,
        x._size,
        whole._memory,
        whole._offset,
        x._memory,
        x._offset,
        values._size,
        values._memory,
        values._offset,
    )
    return None if count == values._size else count


def _may_meet(a: Strided, b: Strided) -> bool:
    """True if the arrays' memories share bytes: borrowed ones may."""
    if a._memory is b._memory:
        return True
    start = a._memory.address
    other = b._memory.address
    return start < other + b._memory.nbytes and other < start + a._memory.nbytes


def apart(value: Strided, x: Strided) -> Strided:
    """`value` in x's dtype: itself if it is that already and shares no memory with x, else a copy."""
    if value._dtype is x._dtype and not _may_meet(value, x):
        return value
    return convert(value, x._dtype)

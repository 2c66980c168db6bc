"""Elements picked by index arrays, for reading and writing: one native call each.

What x[key] means is decided in subscripts.py; nothing here reads a key, and no loop over elements is in Python.
"""

from typing import Final, NoReturn

from raptors_xp import _native
from raptors_xp._core.arguments import show
from raptors_xp._core.shape import broadcast_strides, check_rank, product
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._native import Memory

_gather: Final = _native.gather
_scatter: Final = _native.scatter

# An index array for native code: memory, dtype code, offset, strides over the positions, the axis' size and stride.
Pick = tuple[Memory, int, int, tuple[int, ...], int, int]


class Selection:
    """Elements of an array: a block of them for every index of `outer` and every position of the index arrays.

    The shape of what is selected is outer + positions + block. `offset` is that of the element at index 0 everywhere;
    an element lies at the sum of the steps along outer, positions and block, and of what the picks say.
    """

    offset: int
    outer: tuple[int, ...]
    outer_strides: tuple[int, ...]
    positions: tuple[int, ...]
    position_strides: tuple[int, ...]
    picks: tuple[Pick, ...]
    block: tuple[int, ...]
    block_strides: tuple[int, ...]

    def __init__(
        self,
        offset: int,
        outer: tuple[int, ...],
        outer_strides: tuple[int, ...],
        positions: tuple[int, ...],
        position_strides: tuple[int, ...],
        picks: tuple[Pick, ...],
        block: tuple[int, ...],
        block_strides: tuple[int, ...],
    ) -> None:
        self.offset = offset
        self.outer = outer
        self.outer_strides = outer_strides
        self.positions = positions
        self.position_strides = position_strides
        self.picks = picks
        self.block = block
        self.block_strides = block_strides

    def read(self, x: Strided) -> Memory | tuple[int, int]:
        """The elements selected, in fresh memory; or the number of the pick and its index that is out of range."""
        return _gather(
            x._dtype.itemsize,
            memory_of(x),
            self.offset,
            self.outer,
            self.outer_strides,
            self.positions,
            self.position_strides,
            self.picks,
            self.block,
            self.block_strides,
        )

    def write(self, x: Strided, values: Strided, strides: tuple[int, ...]) -> tuple[int, int] | None:
        """Stores values of x's dtype, which have these strides along outer, positions and block; the last one stays.

        None, or the number of the pick and its index that is out of range: nothing was stored then.
        """
        return _scatter(
            x._dtype.itemsize,
            memory_of(x),
            self.offset,
            self.outer,
            self.outer_strides,
            self.positions,
            self.position_strides,
            self.picks,
            self.block,
            self.block_strides,
            memory_of(values),
            values._offset,
            strides,
        )


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
    return (memory_of(indices), indices._dtype.code, indices._offset, strides, size, stride)


def take(function: str, x: Strided, indices: Strided, axis: int) -> Strided:
    """The elements at indices of any shape along an axis; their axes come in its place."""
    shape = x._shape
    strides = x._strides
    positions = indices._shape
    outer, outer_strides = shape[:axis], strides[:axis]
    block, block_strides = shape[axis + 1 :], strides[axis + 1 :]
    result = outer + positions + block
    check_rank(function, len(result))
    if x._contiguous:  # collapsed
        inner = product(block)
        itemsize = x._dtype.itemsize
        outer, outer_strides = (product(outer),), (shape[axis] * inner * itemsize,)
        block, block_strides = (() if inner == 1 else (inner,)), (() if inner == 1 else (itemsize,))
        if outer == (1,):
            outer, outer_strides = (), ()
    picks = (pick_of(indices, positions, shape[axis], strides[axis]),)
    steps = (0,) * len(positions)
    selection = Selection(x._offset, outer, outer_strides, positions, steps, picks, block, block_strides)
    memory = selection.read(x)
    if isinstance(memory, tuple):
        out_of_range(function, memory[1], axis, shape[axis])
    return x._make(memory, x._dtype, result)


def take_along(function: str, x: Strided, indices: Strided, axis: int) -> Strided:
    """The elements at the positions along an axis that `indices` has for every other position; both broadcast."""
    shape: list[int] = []
    steps: list[int] = []
    for other in range(len(x._shape)):
        size = x._shape[other]
        wanted = indices._shape[other]
        if other != axis and size != wanted and size != 1 and wanted != 1:
            raise ValueError(
                f"{function}: shapes {x._shape} and {indices._shape} do not broadcast: sizes {size} and "
                f"{wanted} meet in axis {other}; make them equal, or one of them 1"
            )
        shape.append(wanted if other == axis or size == 1 else size)
        steps.append(0 if other == axis or size == 1 else x._strides[other])
    positions = tuple(shape)
    picks = (pick_of(indices, positions, x._shape[axis], x._strides[axis]),)
    memory = Selection(x._offset, (), (), positions, tuple(steps), picks, (), ()).read(x)
    if isinstance(memory, tuple):
        out_of_range(function, memory[1], axis, x._shape[axis])
    return x._make(memory, x._dtype, positions)


def put(function: str, x: Strided, indices: Strided, values: Strided) -> None:
    """x[indices] = values, for x and indices of one axis, and values of x's dtype that broadcast to the indices."""
    positions = indices._shape
    picks = (pick_of(indices, positions, x._shape[0], x._strides[0]),)
    selection = Selection(x._offset, (), (), positions, (0,), picks, (), ())
    fault = selection.write(x, values, broadcast_strides(values._shape, values._strides, positions))
    if fault is not None:
        out_of_range(function, fault[1], 0, x._shape[0])

"""Reading and writing elements selected by index arrays, with one native call each. No loops over elements.

Keys are interpreted in subscripts.py and advanced.py, never here.
"""

from typing import Final, NoReturn

from raptors_xp import _native
from raptors_xp._core.arguments import show
from raptors_xp._core.promotion import Scalar
from raptors_xp._core.shape import broadcast_strides, check_rank, product
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._native import Memory

_gather: Final = _native.gather
_scatter: Final = _native.scatter
_take: Final = _native.take
_put: Final = _native.put

# An index array for native code: its memory, dtype code, offset and strides along the positions, and the size and
# stride of the axis that it indexes.
Pick = tuple[Memory, int, int, tuple[int, ...], int, int]


class Selection:
    """A selection of elements of an array: a block for every index of `outer` and every position of the index arrays.

    The selected elements have shape outer + positions + block. The place of an element is `offset`, plus its index
    times the strides of outer, positions and block, plus for each pick the index read from it times the stride of the
    pick's axis.
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
        """The selected elements in new memory; if an index is out of bounds, the number of its pick and the index."""
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
        """Stores values of x's dtype, which have these strides along outer, positions and block.

        Where several values go to one element, the last one is kept. Returns None; or, if an index is out of bounds,
        stores nothing and returns the number of its pick and the index.
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
    """Raises the IndexError for an index that is out of bounds."""
    remedy = f"use {-size} to {size - 1}" if size > 0 else "use a slice, or an array with elements"
    raise IndexError(f"{function}: index {show(value)} is out of bounds for axis {axis} with size {size}; {remedy}")


def pick_of(indices: Strided, shape: tuple[int, ...], size: int, stride: int) -> Pick:
    """The pick for an index array, broadcast to `shape`, along an axis of this size and stride."""
    strides = broadcast_strides(indices._shape, indices._strides, shape)
    return (memory_of(indices), indices._dtype.code, indices._offset, strides, size, stride)


def take(function: str, x: Strided, indices: Strided, axis: int) -> Strided:
    """The elements at the indices along an axis; in the result the axes of `indices` replace that axis."""
    shape = x._shape
    strides = x._strides
    positions = indices._shape
    rank = len(shape)  # mypyc unpacks a tuple at every use once len(shape) itself has been compared
    if rank == 1 and indices._contiguous:  # the most frequent case, and where a call is short
        found = _take(
            x._dtype.itemsize, memory_of(x), x._offset, shape[0], strides[0],
            indices._size, memory_of(indices), indices._dtype.code, indices._offset,
        )  # fmt: skip
        if isinstance(found, tuple):
            out_of_range(function, found[1], 0, shape[0])
        return x._make(found, x._dtype, positions)
    outer, outer_strides = shape[:axis], strides[:axis]
    block, block_strides = shape[axis + 1 :], strides[axis + 1 :]
    result = outer + positions + block
    check_rank(function, len(result))
    if x._contiguous:  # fewer dimensions to walk: outer and block are one each
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
    """The elements whose positions along an axis are given by `indices`; the other axes of both broadcast."""
    shape: list[int] = []
    steps: list[int] = []
    for other in range(len(x._shape)):
        size = x._shape[other]
        wanted = indices._shape[other]
        if other != axis and size != wanted and size != 1 and wanted != 1:
            raise ValueError(
                f"{function}: operands could not be broadcast together with shapes {x._shape} {indices._shape}: axis "
                f"{other} has sizes {size} and {wanted}; make them equal, or one of them 1"
            )
        shape.append(wanted if other == axis or size == 1 else size)
        steps.append(0 if other == axis or size == 1 else x._strides[other])
    positions = tuple(shape)
    picks = (pick_of(indices, positions, x._shape[axis], x._strides[axis]),)
    memory = Selection(x._offset, (), (), positions, tuple(steps), picks, (), ()).read(x)
    if isinstance(memory, tuple):
        out_of_range(function, memory[1], axis, x._shape[axis])
    return x._make(memory, x._dtype, positions)


def put_line(function: str, x: Strided, indices: Strided, values: Strided | Scalar) -> bool:
    """Like `put`, for frequent layouts; False if they are others, or if x meets what is read.

    A scalar must be one that x's dtype holds as it is.
    """
    rank = len(indices._shape)  # as in take
    if rank != 1 or not indices._contiguous:
        return False
    if isinstance(values, Strided):
        new: Strided = values  # a variable of this type: mypyc would check the narrowed object again at every use
        step = 0
        if new._size != 1 or len(new._shape) > rank:
            if new._shape != indices._shape:
                return False
            step = new._strides[0]
        found = _put(
            x._dtype.itemsize, memory_of(x), x._offset, x._shape[0], x._strides[0],
            indices._size, memory_of(indices), indices._dtype.code, indices._offset,
            memory_of(new), new._offset, step,
        )  # fmt: skip
    else:
        found = _put(
            x._dtype.itemsize, memory_of(x), x._offset, x._shape[0], x._strides[0],
            indices._size, memory_of(indices), indices._dtype.code, indices._offset, values, x._dtype.code,
        )  # fmt: skip
    if isinstance(found, tuple):
        out_of_range(function, found[1], 0, x._shape[0])
    return found is None


def put(function: str, x: Strided, indices: Strided, values: Strided) -> None:
    """x[indices] = values, where x has one axis and values has x's dtype and broadcasts to the shape of indices."""
    positions = indices._shape
    size = x._shape[0]
    if put_line(function, x, indices, values):
        return
    steps = (0,) * len(positions)
    pick = (memory_of(indices), indices._dtype.code, indices._offset, indices._strides, size, x._strides[0])
    strides = steps if values._size == 1 else broadcast_strides(values._shape, values._strides, positions)
    fault = _scatter(
        x._dtype.itemsize, memory_of(x), x._offset, (), (), positions, steps, (pick,), (), (),
        memory_of(values), values._offset, strides,
    )  # fmt: skip
    if fault is not None:
        out_of_range(function, fault[1], 0, size)

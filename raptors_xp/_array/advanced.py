"""Keys with masks or index arrays: which blocks of elements they select, and reading and writing them as NumPy does.

Keys without arrays select views (keys.py); frequent keys with one array have fast paths (subscripts.py).
"""

from typing import NoReturn, cast

from raptors_xp._array.keys import Walk, check_mask, is_dots, is_slice
from raptors_xp._core.shape import broadcast_pair, broadcast_strides, check_rank
from raptors_xp._core.strided import Strided
from raptors_xp._engine.elementwise import convert
from raptors_xp._engine.gather import Selection, out_of_range, pick_of
from raptors_xp._engine.masks import places
from raptors_xp._engine.overlap import independent, may_meet


class Arrays:
    """The index arrays of a key, one for each axis that they index. A mask becomes the indices where it is true."""

    arrays: list[Strided]
    axes: list[int]
    shapes: list[tuple[int, ...]]  # the shapes of the arrays, and for each bool in the key (1,) or (0,)

    def __init__(self) -> None:
        self.arrays = []
        self.axes = []
        self.shapes = []

    def add(self, entry: object, walk: Walk, is_written: bool) -> None:
        """Adds an entry that is an integer, a bool or an array."""
        if isinstance(entry, bool):
            self.shapes.append((1 if entry else 0,))
        elif isinstance(entry, int):
            walk.add(entry)
        elif isinstance(entry, Strided) and entry._dtype.code == 0:
            check_mask(walk.function, entry, walk.x._shape, walk.axis)
            for array in places(entry):
                self._append(array, walk)
            self.shapes.append(self.arrays[-1]._shape)
        else:
            array = cast(Strided, entry)
            if is_written and may_meet(array, walk.x):
                array = convert(array, array._dtype)  # because it is read while x is written
            self._append(array, walk)
            self.shapes.append(array._shape)

    def _append(self, array: Strided, walk: Walk) -> None:
        self.arrays.append(array)
        self.axes.append(walk.axis)
        walk.axis += 1

    def positions(self, function: str) -> tuple[int, ...]:
        """The shape that the index arrays broadcast to."""
        shape = self.shapes[0]
        for each in self.shapes:
            try:
                shape = broadcast_pair(function, shape, each)
            except ValueError:
                raise IndexError(
                    f"{function}: index arrays of the key could not be broadcast together with shapes {shape} {each}; "
                    "make their sizes equal, or 1"
                ) from None
        return shape


class AdvancedKey:
    """A key with index arrays, as a Selection: a block of elements for every position of the broadcast index arrays.

    In the result the axes of the index arrays are in the place of the arrays if these are adjacent in the key,
    otherwise they are the first.
    """

    function: str
    selection: Selection
    axes: list[int]  # the axes that the picks index
    shape: tuple[int, ...]  # the shape of the selection

    def __init__(self, function: str, x: Strided, items: list[object], is_written: bool) -> None:
        self.function = function
        walk = Walk(function, x, items)
        found = Arrays()
        place = -1  # where the axes of the index arrays are among those of the selection; -1 before the first array
        was_index = False  # whether the entry before was an index
        for entry in items:
            if entry is None or is_dots(entry) or is_slice(entry):
                was_index = False
                walk.add(entry)
                continue
            if place < 0:
                place = len(walk.sizes)
            elif not was_index:
                place = 0  # the index arrays are not adjacent
            was_index = True
            found.add(entry, walk, is_written)
        walk.add_axes(len(x._shape))
        positions = found.positions(function)
        picks = [
            pick_of(array, positions, x._shape[axis], x._strides[axis]) for array, axis in zip(found.arrays, found.axes)
        ]
        outer = tuple(walk.sizes[:place])
        block = tuple(walk.sizes[place:])
        outer_strides = tuple(walk.strides[:place])
        block_strides = tuple(walk.strides[place:])
        steps = (0,) * len(positions)
        self.selection = Selection(
            walk.offset, outer, outer_strides, positions, steps, tuple(picks), block, block_strides
        )
        self.axes = found.axes
        self.shape = outer + positions + block
        check_rank(function, len(self.shape))

    def read(self, x: Strided) -> Strided:
        """A new array of the selected elements."""
        memory = self.selection.read(x)
        if isinstance(memory, tuple):
            self._refuse(x, memory)
        return x._make(memory, x._dtype, self.shape)

    def write(self, x: Strided, value: Strided) -> None:
        """Stores `value`, broadcast to the shape of the selection, in the selected elements.

        Where an element is selected several times, the last value is kept.
        """
        shape = value._shape
        strides = value._strides
        while len(shape) > len(self.shape) and shape[0] == 1:
            shape = shape[1:]
            strides = strides[1:]
        try:
            fits = broadcast_pair(self.function, shape, self.shape) == self.shape
        except ValueError:
            fits = False
        if not fits:
            refuse_shape(self.function, value._shape, self.shape)
        values = independent(value._view(value._offset, shape, strides), x)
        fault = self.selection.write(x, values, broadcast_strides(shape, values._strides, self.shape))
        if fault is not None:
            self._refuse(x, fault)

    def _refuse(self, x: Strided, fault: tuple[int, int]) -> NoReturn:
        axis = self.axes[fault[0]]
        out_of_range(self.function, fault[1], axis, x._shape[axis])


def refuse_shape(function: str, shape: tuple[int, ...], wanted: tuple[int, ...]) -> NoReturn:
    """Raises the ValueError for a value that does not broadcast to the selection."""
    raise ValueError(
        f"{function}: value of shape {shape} could not be broadcast to the selection's shape {wanted}; "
        "make its sizes equal to those, or 1"
    )

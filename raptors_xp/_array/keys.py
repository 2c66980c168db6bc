"""The entries of a key, their checks, and the view that a key without arrays selects. No elements of x are read here.

Lists, NumPy arrays and other objects in a key are converted to arrays by sequences.py.
"""

from operator import index
from typing import Any, Final, NoReturn, TypeGuard, cast

from raptors_xp import _native
from raptors_xp._core.arguments import has, show, show_typed
from raptors_xp._core.dtypes import int64
from raptors_xp._core.shape import check_rank
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import convert
from raptors_xp._engine.gather import out_of_range
from raptors_xp._exchange.sequences import array_from

_item: Final = _native.item

# mypyc looks names of builtins up each time, and asks isinstance about types that it does not know.
_SLICE: Final[type] = slice
_DOTS: Final[object] = ...


def is_slice(entry: object) -> TypeGuard[slice]:
    return type(entry) is _SLICE


def is_dots(entry: object) -> bool:
    return entry is _DOTS


class Entries:
    """The entries of a key: ints, slices, None, Ellipsis, bools, and arrays of booleans or integers with axes."""

    items: list[object]
    plain: bool  # True if there are no bools and no arrays among the items
    copies: bool  # True if an index was a zero-dimensional array: the selection is then a copy, as in NumPy

    def __init__(self) -> None:
        self.items = []
        self.plain = True
        self.copies = False


def entries_of(function: str, key: object) -> Entries:
    """The entries of a key; IndexError for what cannot be an index."""
    result = Entries()
    if isinstance(key, tuple):
        for entry in key:
            _add_entry(function, result, entry)
    else:
        _add_entry(function, result, key)
    return result


def _add_entry(function: str, result: Entries, entry: object) -> None:
    if isinstance(entry, bool):
        result.items.append(entry)
        result.plain = False
    elif entry is None or isinstance(entry, int) or is_slice(entry) or is_dots(entry):
        result.items.append(entry)
    elif isinstance(entry, Strided):
        _add_array(function, result, entry)
    elif has(entry, "__index__") and not has(entry, "__setitem__"):
        # NumPy integers and other objects that convert to int. NumPy arrays have __index__ too, but also __setitem__.
        try:
            result.items.append(index(cast(Any, entry)))
        except TypeError:
            _bad_entry(function, entry)
    else:
        try:
            array = array_from(function, "key", entry, None, None)
        except TypeError:
            _bad_entry(function, entry)
        if array._size == 0 and isinstance(entry, (list, tuple)):
            array = convert(array, int64)
        _add_array(function, result, array)


def _add_array(function: str, result: Entries, array: Strided) -> None:
    dtype = array._dtype
    if len(array._shape) > 0:
        if dtype.kind not in "biu":
            raise IndexError(
                f"{function}: key has an array of dtype {dtype}, which is not a valid index; use integers (astype) or "
                "booleans"
            )
        result.items.append(array)
        result.plain = False
        return
    value = _item(dtype.code, memory_of(array), array._offset)
    if isinstance(value, bool):
        result.items.append(value)
        result.plain = False
    elif isinstance(value, int):
        result.items.append(value)
        result.copies = True
    else:
        _bad_entry(function, value)


def _bad_entry(function: str, entry: object) -> NoReturn:
    raise IndexError(
        f"{function}: key={show_typed(entry)} is not a valid index; use integers, slices, `...`, None, "
        "or arrays of integers or booleans"
    )


def check_mask(function: str, mask: Strided, shape: tuple[int, ...], axis: int) -> None:
    """IndexError unless a mask has the sizes of the axes that it selects from, which begin at `axis`."""
    sizes = mask._shape
    if axis + len(sizes) > len(shape):
        _too_many(function, axis + len(sizes), shape)
    for position in range(len(sizes)):
        # As in NumPy, a mask axis of size 0 fits an axis of any size, and selects nothing.
        if sizes[position] != 0 and sizes[position] != shape[axis + position]:
            raise IndexError(
                f"{function}: key has a boolean array of size {sizes[position]} where axis {axis + position} has size "
                f"{shape[axis + position]}; give a mask of the sizes of the axes that it selects from"
            )


def _too_many(function: str, count: int, shape: tuple[int, ...]) -> NoReturn:
    indices = "index" if count == 1 else "indices"
    axes = "axis" if len(shape) == 1 else "axes"
    raise IndexError(
        f"{function}: too many indices: the key has {count} {indices}, the array {len(shape)} {axes} (shape {shape}); "
        f"leave out {count - len(shape)}"
    )


def _missing_axes(function: str, items: list[object], shape: tuple[int, ...]) -> int:
    """The number of axes that `...` stands for."""
    count = 0
    dots = 0
    for entry in items:
        if is_dots(entry):
            dots += 1
        elif isinstance(entry, Strided):
            count += len(entry._shape) if entry._dtype.code == 0 else 1
        elif entry is not None and not isinstance(entry, bool):
            count += 1
    if count > len(shape):
        _too_many(function, count, shape)
    if dots > 1:
        raise IndexError(f"{function}: key has {dots} ellipses (`...`); use one")
    return len(shape) - count


def bounds(function: str, entry: slice, size: int) -> tuple[int, int, int]:
    """The first position, the number of positions and the step of a slice of an axis of `size`."""
    first, last = entry.start, entry.stop
    if entry.step is None and (first is None or isinstance(first, int)) and (last is None or isinstance(last, int)):
        begin = 0 if first is None else _clip(first, size)
        end = size if last is None else _clip(last, size)
        return begin, max(0, end - begin), 1
    try:
        start, stop, step = entry.indices(size)
    except ValueError:
        raise ValueError(f"{function}: key={show(entry)} has a step of zero; use another step") from None
    except TypeError:
        raise TypeError(
            f"{function}: key={show(entry)} has parts that are not integers; use integers or None"
        ) from None
    count = (stop - start + step - 1) // step if step > 0 else (start - stop - step - 1) // -step
    if count <= 1:
        return start, max(0, count), 1  # a step that is never taken could be too large for a stride
    return start, count, step


def _clip(position: int, size: int) -> int:
    """A bound of a slice with Python's rules: negative ones count from the end, and all are limited to the axis."""
    if position < 0:
        position += size
    return max(0, min(position, size))


class Walk:
    """A walk along the axes of x and the entries of a key, which gives the selection's offset, sizes and strides."""

    function: str
    x: Strided
    missing: int  # the number of axes that `...` stands for
    axis: int  # the next axis of x
    offset: int
    sizes: list[int]
    strides: list[int]

    def __init__(self, function: str, x: Strided, items: list[object]) -> None:
        self.function = function
        self.x = x
        self.missing = _missing_axes(function, items, x._shape)
        self.axis = 0
        self.offset = x._offset
        self.sizes = []
        self.strides = []

    def add(self, entry: object) -> None:
        """Applies an entry that is not an array: an integer, a slice, None or Ellipsis."""
        x = self.x
        axis = self.axis
        if isinstance(entry, int):
            size = x._shape[axis]
            if entry >= size or entry < -size:
                out_of_range(self.function, entry, axis, size)
            self.offset += (entry if entry >= 0 else entry + size) * x._strides[axis]
            self.axis = axis + 1
        elif is_slice(entry):
            stride = x._strides[axis]
            start, count, step = bounds(self.function, entry, x._shape[axis])
            if count > 0:
                self.offset += start * stride
            self.sizes.append(count)
            self.strides.append(step * stride)
            self.axis = axis + 1
        elif entry is None:
            self.sizes.append(1)
            self.strides.append(x._dtype.itemsize)
        else:
            self.add_axes(axis + self.missing)

    def add_axes(self, stop: int) -> None:
        """Adds all axes before `stop` that the walk has not reached yet."""
        self.sizes.extend(self.x._shape[self.axis : stop])
        self.strides.extend(self.x._strides[self.axis : stop])
        self.axis = stop


def basic_view(function: str, x: Strided, items: list[object]) -> Strided:
    """The view that integers, slices, None and Ellipsis select."""
    walk = Walk(function, x, items)
    for entry in items:
        walk.add(entry)
    walk.add_axes(len(x._shape))
    check_rank(function, len(walk.sizes))
    return x._view(walk.offset, tuple(walk.sizes), tuple(walk.strides))

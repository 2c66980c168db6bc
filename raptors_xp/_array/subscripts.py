"""What x[key] means, for reading and writing: views for basic keys; masks and integer arrays for the others, as NumPy.

Knows arrays as Strided. Keys that are neither basic nor arrays (lists, NumPy arrays) are made arrays by sequences.py.
"""

from operator import index
from typing import Any, Final, NoReturn, cast

from raptors_xp import _native
from raptors_xp._core.arguments import show, show_typed
from raptors_xp._core.dtypes import MAXIMA, MINIMA, DType, int64
from raptors_xp._core.promotion import Scalar
from raptors_xp._core.shape import broadcast_pair, broadcast_strides, check_rank
from raptors_xp._core.strided import Strided
from raptors_xp._engine.assignment import assign, check_parts
from raptors_xp._engine.elementwise import convert
from raptors_xp._engine.gather import (
    Pick,
    apart,
    compress,
    contiguous,
    fill_from,
    fill_where,
    out_of_range,
    pick_of,
    places,
    put,
    take,
)
from raptors_xp._engine.results import filled
from raptors_xp._exchange.sequences import as_array

READ: Final = "__getitem__"
WRITE: Final = "__setitem__"

_item: Final = _native.item
_set_item: Final = _native.set_item
_allocate: Final = _native.allocate
_gather: Final = _native.gather
_scatter: Final = _native.scatter


# --- the two entrances ---------------------------------------------------------------------------------------------


def select(x: Strided, key: object) -> Strided:
    """x[key]"""
    if isinstance(key, int) and not isinstance(key, bool) and len(x._shape) > 0:
        shape = x._shape
        size = shape[0]
        if key >= size or key < -size:
            out_of_range(READ, key, 0, size)
        strides = x._strides
        position = key if key >= 0 else key + size
        return x._view(x._offset + position * strides[0], shape[1:], strides[1:])
    if isinstance(key, slice) and len(x._shape) > 0:
        start, count, step = _bounds(READ, key, x._shape[0])
        stride = x._strides[0]
        offset = x._offset + start * stride if count > 0 else x._offset
        return x._view(offset, (count, *x._shape[1:]), (step * stride, *x._strides[1:]))
    if isinstance(key, Strided) and len(key._shape) > 0:
        if key._dtype.kind in "iu" and len(x._shape) > 0:
            return take(READ, x, key, 0)
        if key._dtype.code == 0 and key._shape == x._shape:
            return compress(x, key)
    entries = _entries(READ, key)
    if entries.plain:
        view = _basic(READ, x, entries.items)
        return convert(view, view._dtype) if entries.copies else view
    if len(entries.items) == 1:  # a list or a NumPy array
        mask = entries.items[0]
        if isinstance(mask, Strided) and mask._dtype.code == 0 and mask._shape == x._shape:
            return compress(x, mask)
    return _Picks(READ, x, entries.items).read(x)


def store(x: Strided, key: object, value: object) -> None:
    """x[key] = value, where `value` is an array or a Python scalar."""
    if key is ...:
        assign(WRITE, x, value)
        return
    if isinstance(key, int) and not isinstance(key, bool) and len(x._shape) == 1 and _is_element(value, x._dtype):
        size = x._size
        if key >= size or key < -size:
            out_of_range(WRITE, key, 0, size)
        position = key if key >= 0 else key + size
        _put(x, x._offset + position * x._strides[0], value)
        return
    if isinstance(key, Strided) and _is_element(value, x._dtype) and _store_element(x, key, cast(Scalar, value)):
        return
    entries = _entries(WRITE, key)
    if entries.plain:
        target = _basic(WRITE, x, entries.items)
        if len(target._shape) == 0 and _is_element(value, x._dtype):
            _put(x, target._offset, value)
        else:
            assign(WRITE, target, value)
        return
    _check_writable(x)
    if not isinstance(value, Strided):
        # The scalar as an element of x; assign checks it.
        element = x._make(_allocate(x._dtype.itemsize), x._dtype, ())
        assign(WRITE, element, value)
        value = element
    check_parts(WRITE, "value", value, x._dtype)
    if len(entries.items) == 1:
        mask = entries.items[0]
        if isinstance(mask, Strided) and mask._dtype.code == 0:
            _check_mask(WRITE, mask, x._shape, 0)
            if _store_masked(x, mask, value):
                return
    _Picks(WRITE, x, entries.items).write(x, value)


def _store_element(x: Strided, key: Strided, value: Scalar) -> bool:
    """x[key] = value for a mask of x's shape, or for indices where both have one axis; False for other keys."""
    if key._dtype.code == 0:
        if key._shape != x._shape or len(key._shape) == 0:
            return False
        _check_writable(x)
        fill_where(x, key, value)
        return True
    if key._dtype.kind not in "iu" or len(key._shape) != 1 or len(x._shape) != 1 or key._memory is x._memory:
        return False
    _check_writable(x)
    put(WRITE, x, key, x._make(filled((), x._dtype, value), x._dtype, ()))
    return True


def _store_masked(x: Strided, mask: Strided, value: Strided) -> bool:
    """x[mask] = value, where it is one element or, for a mask of x's shape, a row of them; False for other values."""
    if value._size == 1 and len(value._shape) <= 1:
        if mask._size == 0:
            return True
        ones = (1,) * (len(x._shape) - len(mask._shape))
        condition = mask._view(mask._offset, mask._shape + ones, mask._strides + ones)
        fill_where(x, condition, apart(value, x))
        return True
    if not x._contiguous or mask._shape != x._shape or len(value._shape) != 1:
        return False
    count = fill_from(x, mask, contiguous(apart(value, x)))
    if count is not None:
        _refuse_shape(value._shape, (count,))
    return True


def _refuse_shape(shape: tuple[int, ...], wanted: tuple[int, ...]) -> NoReturn:
    raise ValueError(
        f"{WRITE}: value of shape {shape} does not broadcast to the selection's shape {wanted}; "
        "make its sizes equal to those, or 1"
    )


def _check_writable(x: Strided) -> None:
    if x._memory.readonly:
        raise ValueError(f"{WRITE}: the array is read-only; write to a copy of it, asarray(x, copy=True)")


def _put(x: Strided, offset: int, value: object) -> None:
    """Stores a scalar of which _is_element is true."""
    _check_writable(x)
    _set_item(x._dtype.code, x._memory, offset, cast(Scalar, value))


def _is_element(value: object, dtype: DType) -> bool:
    """True of a Python scalar of the dtype's own kind and range."""
    if isinstance(value, float):
        return dtype.kind == "f"
    if isinstance(value, bool):
        return dtype.kind == "b"
    if isinstance(value, int):
        return MINIMA[dtype.code] <= value <= MAXIMA[dtype.code]
    return False


# --- keys ----------------------------------------------------------------------------------------------------------


class _Entries:
    """A key, entry by entry: int, slice, None, Ellipsis, bool, or an array (booleans or integers, rank 1 or more)."""

    items: list[object]
    plain: bool  # no bool and no array among them
    copies: bool  # an index was a zero-dimensional array: the selection is a copy, as in NumPy

    def __init__(self) -> None:
        self.items = []
        self.plain = True
        self.copies = False


def _entries(function: str, key: object) -> _Entries:
    result = _Entries()
    if isinstance(key, tuple):
        for entry in key:
            _add_entry(function, result, entry)
    else:
        _add_entry(function, result, key)
    return result


def _add_entry(function: str, result: _Entries, entry: object) -> None:
    if isinstance(entry, bool):
        result.items.append(entry)
        result.plain = False
    elif entry is None or entry is ... or isinstance(entry, (int, slice)):
        result.items.append(entry)
    elif isinstance(entry, Strided):
        _add_array(function, result, entry)
    elif hasattr(entry, "__index__") and not hasattr(entry, "__setitem__"):
        # NumPy integers and whatever else counts as one. (NumPy arrays have __index__ too.)
        try:
            result.items.append(index(cast(Any, entry)))
        except TypeError:
            _bad_entry(function, entry)
    else:
        try:
            array = as_array(function, "key", entry, None, None)
        except TypeError:
            _bad_entry(function, entry)
        if array._size == 0 and isinstance(entry, (list, tuple)):
            array = convert(array, int64)
        _add_array(function, result, array)


def _add_array(function: str, result: _Entries, array: Strided) -> None:
    dtype = array._dtype
    if len(array._shape) > 0:
        if dtype.kind not in "biu":
            raise IndexError(
                f"{function}: key has an array of dtype {dtype}, which is no index; use integers (astype) or booleans"
            )
        result.items.append(array)
        result.plain = False
        return
    value = _item(dtype.code, array._memory, array._offset)
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
        f"{function}: key={show_typed(entry)} is no index; use integers, slices, `...`, None, "
        "or arrays of integers or booleans"
    )


def _check_mask(function: str, mask: Strided, shape: tuple[int, ...], axis: int) -> None:
    sizes = mask._shape
    if axis + len(sizes) > len(shape):
        _too_many(function, axis + len(sizes), shape)
    for position in range(len(sizes)):
        # An axis of no size selects nothing, whatever the array's: as in NumPy.
        if sizes[position] != 0 and sizes[position] != shape[axis + position]:
            raise IndexError(
                f"{function}: key has a boolean array of size {sizes[position]} where axis {axis + position} has size "
                f"{shape[axis + position]}; give a mask of the sizes of the axes that it selects from"
            )


def _too_many(function: str, count: int, shape: tuple[int, ...]) -> NoReturn:
    raise IndexError(
        f"{function}: key has {count} indices for an array of {len(shape)} axes (shape {shape}); "
        f"leave out {count - len(shape)}"
    )


def _missing_axes(function: str, items: list[object], shape: tuple[int, ...]) -> int:
    """How many axes `...` stands for."""
    count = 0
    dots = 0
    for entry in items:
        if entry is ...:
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


def _bounds(function: str, entry: slice, size: int) -> tuple[int, int, int]:
    """First position, number of positions and step of a slice of an axis of `size`."""
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
        raise TypeError(f"{function}: key={show(entry)} has parts that are no integers; use integers or None") from None
    count = (stop - start + step - 1) // step if step > 0 else (start - stop - step - 1) // -step
    if count <= 1:
        return start, max(0, count), 1  # a step to nowhere may be larger than any stride
    return start, count, step


def _clip(position: int, size: int) -> int:
    """A bound of a slice, as Python has it: negative ones count from the end, those beyond it mean the end."""
    if position < 0:
        position += size
    return max(0, min(position, size))


def _basic(function: str, x: Strided, items: list[object]) -> Strided:
    """The view that integers, slices, None and Ellipsis select."""
    missing = _missing_axes(function, items, x._shape)
    offset = x._offset
    shape: list[int] = []
    strides: list[int] = []
    axis = 0
    for entry in items:
        if isinstance(entry, int):
            size = x._shape[axis]
            if entry >= size or entry < -size:
                out_of_range(function, entry, axis, size)
            offset += (entry if entry >= 0 else entry + size) * x._strides[axis]
            axis += 1
        elif isinstance(entry, slice):
            start, count, step = _bounds(function, entry, x._shape[axis])
            if count > 0:
                offset += start * x._strides[axis]
            shape.append(count)
            strides.append(step * x._strides[axis])
            axis += 1
        elif entry is None:
            shape.append(1)
            strides.append(x._dtype.itemsize)
        else:
            shape.extend(x._shape[axis : axis + missing])
            strides.extend(x._strides[axis : axis + missing])
            axis += missing
    shape.extend(x._shape[axis:])
    strides.extend(x._strides[axis:])
    check_rank(function, len(shape))
    return x._view(offset, tuple(shape), tuple(strides))


# --- masks and integer arrays --------------------------------------------------------------------------------------


class _Picks:
    """A key with arrays in it, worked out: blocks of elements, one for every position of the broadcast index arrays.

    The result has the axes of the index arrays (`shape`) and those that slices leave: `outer` before them and `block`
    behind. They come where the arrays stood if they stood side by side, else first.
    """

    function: str
    base: int  # the offset of the first element
    shape: tuple[int, ...]
    picks: list[Pick]
    axes: list[int]  # of the picks
    outer: tuple[int, ...]
    outer_strides: tuple[int, ...]
    block: tuple[int, ...]
    block_strides: tuple[int, ...]
    wanted: tuple[int, ...]  # the shape of the selection

    def __init__(self, function: str, x: Strided, items: list[object]) -> None:
        self.function = function
        missing = _missing_axes(function, items, x._shape)
        base = x._offset
        sizes: list[int] = []
        strides: list[int] = []
        arrays: list[Strided] = []
        axes: list[int] = []
        shapes: list[tuple[int, ...]] = []
        place = -1
        apart = False
        previous = False  # the entry before was an index, not a slice
        axis = 0
        for entry in items:
            if entry is None or entry is ... or isinstance(entry, slice):
                previous = False
                if isinstance(entry, slice):
                    start, count, step = _bounds(function, entry, x._shape[axis])
                    if count > 0:
                        base += start * x._strides[axis]
                    sizes.append(count)
                    strides.append(step * x._strides[axis])
                    axis += 1
                elif entry is None:
                    sizes.append(1)
                    strides.append(x._dtype.itemsize)
                else:
                    sizes.extend(x._shape[axis : axis + missing])
                    strides.extend(x._strides[axis : axis + missing])
                    axis += missing
                continue
            if place < 0:
                place = len(sizes)
            elif not previous:
                apart = True
            previous = True
            if isinstance(entry, bool):
                shapes.append((1 if entry else 0,))
            elif isinstance(entry, int):
                size = x._shape[axis]
                if entry >= size or entry < -size:
                    out_of_range(function, entry, axis, size)
                base += (entry if entry >= 0 else entry + size) * x._strides[axis]
                axis += 1
            elif isinstance(entry, Strided) and entry._dtype.code == 0:
                _check_mask(function, entry, x._shape, axis)
                for array in places(entry):
                    arrays.append(array)
                    axes.append(axis)
                    axis += 1
                shapes.append(arrays[-1]._shape)
            else:
                array = cast(Strided, entry)
                if function is WRITE and array._memory is x._memory:
                    array = convert(array, array._dtype)  # it is read while x is written
                arrays.append(array)
                axes.append(axis)
                shapes.append(array._shape)
                axis += 1
        sizes.extend(x._shape[axis:])
        strides.extend(x._strides[axis:])
        shape = shapes[0]
        for each in shapes:
            try:
                shape = broadcast_pair(function, shape, each)
            except ValueError:
                raise IndexError(
                    f"{function}: key has index arrays of shapes {shape} and {each}, which do not broadcast; "
                    "make their sizes equal or 1"
                ) from None
        if apart:
            place = 0
        self.base = base
        self.shape = shape
        self.picks = [pick_of(array, shape, x._shape[axis], x._strides[axis]) for array, axis in zip(arrays, axes)]
        self.axes = axes
        self.outer = tuple(sizes[:place])
        self.outer_strides = tuple(strides[:place])
        self.block = tuple(sizes[place:])
        self.block_strides = tuple(strides[place:])
        self.wanted = self.outer + shape + self.block
        check_rank(function, len(self.wanted))

    def read(self, x: Strided) -> Strided:
        """The elements picked, in fresh memory."""
        memory = _gather(
            x._dtype.itemsize,
            x._memory,
            self.base,
            self.outer,
            self.outer_strides,
            self.shape,
            (0,) * len(self.shape),
            tuple(self.picks),
            self.block,
            self.block_strides,
        )
        if isinstance(memory, tuple):
            self._refuse(x, memory)
        return x._make(memory, x._dtype, self.wanted)

    def write(self, x: Strided, value: Strided) -> None:
        """Stores `value`, broadcast to the shape of the selection, in the elements picked; the last one stays."""
        shape = value._shape
        strides = value._strides
        while len(shape) > len(self.wanted) and shape[0] == 1:
            shape = shape[1:]
            strides = strides[1:]
        try:
            fits = broadcast_pair(self.function, shape, self.wanted) == self.wanted
        except ValueError:
            fits = False
        if not fits:
            _refuse_shape(value._shape, self.wanted)
        values = apart(value._view(value._offset, shape, strides), x)
        fault = _scatter(
            x._dtype.itemsize,
            x._memory,
            self.base,
            self.outer,
            self.outer_strides,
            self.shape,
            (0,) * len(self.shape),
            tuple(self.picks),
            self.block,
            self.block_strides,
            values._memory,
            values._offset,
            broadcast_strides(shape, values._strides, self.wanted),
        )
        if fault is not None:
            self._refuse(x, fault)

    def _refuse(self, x: Strided, fault: tuple[int, int]) -> NoReturn:
        axis = self.axes[fault[0]]
        out_of_range(self.function, fault[1], axis, x._shape[axis])

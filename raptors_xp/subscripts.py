"""What x[key] means, for reading and writing: views for basic keys; masks and integer arrays for the others, as NumPy.

Knows arrays as Strided. Keys that are neither basic nor arrays (lists, NumPy arrays) are made arrays by sequences.py.
"""

from operator import index
from typing import Any, Final, NoReturn, cast

from raptors_xp import _native
from raptors_xp._native import Memory
from raptors_xp.assignment import assign
from raptors_xp.dispatch import convert, where
from raptors_xp.dtypes import MAXIMA, MINIMA, DType, int64
from raptors_xp.promotion import Scalar
from raptors_xp.sequences import as_array, flat_list
from raptors_xp.shape import broadcast_pair, broadcast_strides, contiguous_strides, product
from raptors_xp.strided import Strided

READ: Final = "__getitem__"
WRITE: Final = "__setitem__"

# Blocks of at most this many elements are moved one by one, larger ones with one native call each.
_SMALL_BLOCK: Final = 16

_item: Final = _native.item
_set_item: Final = _native.set_item
_pack: Final = _native.pack
_allocate: Final = _native.allocate


# --- the two entrances ---------------------------------------------------------------------------------------------


def select(x: Strided, key: object) -> Strided:
    """x[key]"""
    if isinstance(key, int) and not isinstance(key, bool) and len(x._shape) > 0:
        shape = x._shape
        size = shape[0]
        if key >= size or key < -size:
            _out_of_range(READ, key, 0, size)
        strides = x._strides
        position = key if key >= 0 else key + size
        return x.view(x._offset + position * strides[0], shape[1:], strides[1:])
    if isinstance(key, slice) and len(x._shape) > 0:
        start, count, step = _bounds(READ, key, x._shape[0])
        stride = x._strides[0]
        offset = x._offset + start * stride if count > 0 else x._offset
        return x.view(offset, (count, *x._shape[1:]), (step * stride, *x._strides[1:]))
    entries = _entries(READ, key)
    if entries.plain:
        view = _basic(READ, x, entries.items)
        return convert(view, view._dtype) if entries.copies else view
    if len(entries.items) == 1:
        mask = entries.items[0]
        if isinstance(mask, Strided) and mask._dtype.code == 0 and mask._shape == x._shape:
            return _compress(x, mask)
    return _Picks(READ, x, entries.items).read(x)


def store(x: Strided, key: object, value: object) -> None:
    """x[key] = value, where `value` is an array or a Python scalar."""
    if key is ...:
        assign(WRITE, x, value)
        return
    if isinstance(key, int) and not isinstance(key, bool) and len(x._shape) == 1 and _is_element(value, x._dtype):
        size = x._size
        if key >= size or key < -size:
            _out_of_range(WRITE, key, 0, size)
        position = key if key >= 0 else key + size
        _put(x, x._offset + position * x._strides[0], value)
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
        element = x.make(_allocate(x._dtype.itemsize), x._dtype, ())
        assign(WRITE, element, value)
        value = element
    if len(entries.items) == 1 and value._size == 1 and len(value._shape) == 0:
        mask = entries.items[0]
        if isinstance(mask, Strided) and mask._dtype.code == 0:
            _check_mask(WRITE, mask, x._shape, 0)
            ones = (1,) * (len(x._shape) - len(mask._shape))
            condition = mask.view(mask._offset, mask._shape + ones, mask._strides + ones)
            if value._dtype is not x._dtype:
                value = convert(value, x._dtype)
            assign(WRITE, x, where(WRITE, condition, value, x))
            return
    _Picks(WRITE, x, entries.items).write(x, value)


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
            array = as_array(function, entry, None, None)
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
                f"{function}: an array of dtype {dtype} cannot be an index; use integers (astype) or booleans"
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
    text = repr(entry)
    if len(text) > 60:
        text = text[:57] + "..."
    raise IndexError(
        f"{function}: {text} of type {type(entry).__name__} is no index; use integers, slices, `...`, None, "
        "or arrays of integers or booleans"
    )


def _out_of_range(function: str, value: int, axis: int, size: int) -> NoReturn:
    if size == 0:
        raise IndexError(f"{function}: index {value} is out of range: axis {axis} has size 0")
    raise IndexError(
        f"{function}: index {value} is out of range for axis {axis} of size {size}; valid are {-size} to {size - 1}"
    )


def _check_mask(function: str, mask: Strided, shape: tuple[int, ...], axis: int) -> None:
    sizes = mask._shape
    if axis + len(sizes) > len(shape):
        _too_many(function, axis + len(sizes), shape)
    for position in range(len(sizes)):
        if sizes[position] != shape[axis + position]:
            raise IndexError(
                f"{function}: a boolean index has size {sizes[position]} where axis {axis + position} has size "
                f"{shape[axis + position]}; a mask has the sizes of the axes it selects from"
            )


def _too_many(function: str, count: int, shape: tuple[int, ...]) -> NoReturn:
    raise IndexError(
        f"{function}: {count} indices for an array of {len(shape)} axes (shape {shape}); leave out {count - len(shape)}"
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
        raise IndexError(f"{function}: an index has {dots} ellipses (`...`); it can have one")
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
    except (TypeError, ValueError) as error:
        raise type(error)(f"{function}: {entry!r}: {error}") from None
    count = (stop - start + step - 1) // step if step > 0 else (start - stop - step - 1) // -step
    return start, max(0, count), step


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
                _out_of_range(function, entry, axis, size)
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
    return x.view(offset, tuple(shape), tuple(strides))


# --- masks and integer arrays --------------------------------------------------------------------------------------


def offsets(shape: tuple[int, ...], strides: tuple[int, ...]) -> list[int]:
    """What every position of a shape adds to an offset, in C order."""
    result = [0]
    for axis in range(len(shape)):
        stride = strides[axis]
        steps = [position * stride for position in range(shape[axis])]
        result = steps if axis == 0 else [before + step for before in result for step in steps]
    return result


def _compress(x: Strided, mask: Strided) -> Strided:
    """The elements of x where a mask of the same shape is true."""
    dtype = x._dtype
    values = flat_list(x)
    truth = flat_list(mask)
    chosen = [values[position] for position in range(len(truth)) if truth[position]]
    return x.make(_pack(dtype.code, chosen), dtype, (len(chosen),))


class _Picks:
    """A key with arrays in it, worked out: blocks of elements, one for every position of the broadcast index arrays.

    The result has the axes of the index arrays (`shape`) and those that slices leave (`block`); the former come at
    `place` among the latter: where the arrays stood if they stood side by side, else first.
    """

    function: str
    starts: list[int]  # offsets of the blocks, in C order of `shape`
    shape: tuple[int, ...]
    block: tuple[int, ...]
    block_strides: tuple[int, ...]
    place: int

    def __init__(self, function: str, x: Strided, items: list[object]) -> None:
        self.function = function
        missing = _missing_axes(function, items, x._shape)
        base = x._offset
        block: list[int] = []
        block_strides: list[int] = []
        steps: list[list[int]] = []  # for every index array what it adds to the offset, in C order ...
        shapes: list[tuple[int, ...]] = []  # ... and its shape
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
                    block.append(count)
                    block_strides.append(step * x._strides[axis])
                    axis += 1
                elif entry is None:
                    block.append(1)
                    block_strides.append(x._dtype.itemsize)
                else:
                    block.extend(x._shape[axis : axis + missing])
                    block_strides.extend(x._strides[axis : axis + missing])
                    axis += missing
                continue
            if place < 0:
                place = len(block)
            elif not previous:
                apart = True
            previous = True
            if isinstance(entry, bool):
                steps.append([0] if entry else [])
                shapes.append((1 if entry else 0,))
            elif isinstance(entry, int):
                size = x._shape[axis]
                if entry >= size or entry < -size:
                    _out_of_range(function, entry, axis, size)
                base += (entry if entry >= 0 else entry + size) * x._strides[axis]
                axis += 1
            elif isinstance(entry, Strided) and entry._dtype.code == 0:
                _check_mask(function, entry, x._shape, axis)
                rank = len(entry._shape)
                places = offsets(entry._shape, x._strides[axis : axis + rank])
                truth = flat_list(entry)
                chosen = [places[position] for position in range(len(truth)) if truth[position]]
                steps.append(chosen)
                shapes.append((len(chosen),))
                axis += rank
            else:
                array = cast(Strided, entry)
                steps.append(_steps(function, flat_list(array), axis, x._shape[axis], x._strides[axis]))
                shapes.append(array._shape)
                axis += 1
        block.extend(x._shape[axis:])
        block_strides.extend(x._strides[axis:])
        shape = shapes[0]
        for each in shapes:
            try:
                shape = broadcast_pair(function, shape, each)
            except ValueError as error:
                raise IndexError(f"{error} (they are the shapes of index arrays)") from None
        self.shape = shape
        starts = [base] * product(shape)
        for number in range(len(steps)):
            _add_steps(starts, steps[number], shapes[number], shape)
        self.starts = starts
        self.block = tuple(block)
        self.block_strides = tuple(block_strides)
        self.place = 0 if apart else place

    def read(self, x: Strided) -> Strided:
        """The elements picked, in fresh memory."""
        shape = self.shape + self.block
        result = x.make(self._gather(x, shape), x._dtype, shape)
        if self.place == 0:
            return result
        rank = len(self.shape)
        axes = list(range(rank, rank + self.place)) + list(range(rank)) + list(range(rank + self.place, len(shape)))
        strides = result._strides
        return result.view(0, tuple([shape[axis] for axis in axes]), tuple([strides[axis] for axis in axes]))

    def _gather(self, x: Strided, shape: tuple[int, ...]) -> Memory:
        memory = x._memory
        code = x._dtype.code
        size = product(self.block)
        if size == 1:
            return _pack(code, [_item(code, memory, start) for start in self.starts])
        inner = offsets(self.block, self.block_strides)
        if size <= _SMALL_BLOCK:
            return _pack(code, [_item(code, memory, start + step) for start in self.starts for step in inner])
        itemsize = x._dtype.itemsize
        result = x.make(_allocate(len(self.starts) * size * itemsize), x._dtype, shape)
        strides = contiguous_strides(self.block, itemsize)
        place = 0
        for start in self.starts:
            source = x.view(start, self.block, self.block_strides)
            assign(self.function, result.view(place, self.block, strides), source)
            place += size * itemsize
        return result._memory

    def write(self, x: Strided, value: Strided) -> None:
        """Stores `value`, broadcast to the shape of the selection, in the elements picked; the last one stays."""
        values = self._spread(x._dtype, value)
        rank = len(self.shape)
        sources = offsets(self.shape, values._strides[:rank])
        source_strides = values._strides[rank:]
        size = product(self.block)
        if size > _SMALL_BLOCK:
            for position in range(len(sources)):
                target = x.view(self.starts[position], self.block, self.block_strides)
                assign(self.function, target, values.view(sources[position], self.block, source_strides))
            return
        code = x._dtype.code
        memory = x._memory
        inner = offsets(self.block, self.block_strides)
        inner_sources = offsets(self.block, source_strides)
        for position in range(len(sources)):
            start = self.starts[position]
            source = sources[position]
            for number in range(len(inner)):
                element = _item(code, values._memory, source + inner_sources[number])
                _set_item(code, memory, start + inner[number], element)

    def _spread(self, dtype: DType, value: Strided) -> Strided:
        """A copy of `value` in the dtype, seen in the shape self.shape + self.block."""
        place = self.place
        wanted = self.block[:place] + self.shape + self.block[place:]
        shape = value._shape
        strides = value._strides
        while len(shape) > len(wanted) and shape[0] == 1:
            shape = shape[1:]
            strides = strides[1:]
        try:
            fits = broadcast_pair(self.function, shape, wanted) == wanted
        except ValueError:
            fits = False
        if not fits:
            raise ValueError(
                f"{self.function}: a value of shape {value._shape} does not broadcast to the selection's shape {wanted}"
            )
        # A copy, for `value` may be part of x.
        copied = convert(value.view(value._offset, shape, strides), dtype)
        spread = broadcast_strides(shape, copied._strides, wanted)
        rank = len(self.shape)
        return copied.view(
            0,
            self.shape + self.block,
            spread[place : place + rank] + spread[:place] + spread[place + rank :],
        )


def _steps(function: str, values: list[Any], axis: int, size: int, stride: int) -> list[int]:
    """What the elements of an index array add to the offset."""
    result: list[int] = []
    for each in values:
        value: int = each
        if value >= size or value < -size:
            _out_of_range(function, value, axis, size)
        result.append((value if value >= 0 else value + size) * stride)
    return result


def _add_steps(starts: list[int], steps: list[int], shape: tuple[int, ...], target: tuple[int, ...]) -> None:
    """Adds steps of one shape to starts of a shape it broadcasts to."""
    if shape == target:
        for position in range(len(starts)):
            starts[position] += steps[position]
        return
    sources = offsets(target, broadcast_strides(shape, contiguous_strides(shape, 1), target))
    for position in range(len(starts)):
        starts[position] += steps[sources[position]]

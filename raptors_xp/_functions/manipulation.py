"""The standard's manipulation functions, under its names: views where possible, otherwise one copy.

Dtypes: all, kept unless a function says otherwise. All raise TypeError for what is not an array, IndexError for an axis
that is out of bounds, ValueError for an axis given twice and for shapes that do not fit.
See "Manipulation Functions" in the Array API standard 2025.12.
"""

from collections.abc import Sequence
from typing import Any, Final, Literal, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, Unchecked, as_flag_or_none, as_integer, as_integers, show, show_typed
from raptors_xp._core.dtypes import DT, DType, bool_, float64, int64
from raptors_xp._core.operands import as_array, as_arrays
from raptors_xp._core.operations import CONVERT
from raptors_xp._core.planning import Nest
from raptors_xp._core.promotion import promote_all
from raptors_xp._core.shape import (
    as_axes,
    as_axis,
    as_different_axes,
    as_shape,
    broadcast_pair,
    broadcast_strides,
    check_rank,
    contiguous_strides,
    product,
    with_size,
    without,
)
from raptors_xp._core.shape import broadcast_shapes as _broadcast_shapes
from raptors_xp._core.strided import ArrayOf, Strided, memory_of
from raptors_xp._engine.assignment import assign, place_part
from raptors_xp._engine.elementwise import binary, convert
from raptors_xp._engine.gather import put, take
from raptors_xp._engine.grouping import part
from raptors_xp._engine.masks import places
from raptors_xp._engine.reduce import reduce
from raptors_xp._engine.results import check_bytes, filled, fresh, refuse_size
from raptors_xp._engine.scan import scan
from raptors_xp._engine.shifts import rolled
from raptors_xp._engine.views import permute, reshape_in_order
from raptors_xp._engine.views import reshape as _reshape
from raptors_xp._engine.walk import walk
from raptors_xp._exchange.sequences import flat_list

_CUMULATIVE_SUM: Final[int] = _native.CUMULATIVE_SUM
_MIN: Final[int] = _native.MIN
_SUBTRACT: Final[int] = _native.SUBTRACT
_SUM: Final[int] = _native.SUM

Shape = SupportsIndex | Sequence[SupportsIndex]
Axes = SupportsIndex | Sequence[SupportsIndex]


# --- arguments -----------------------------------------------------------------------------------------------------


def _sequence(function: str, arrays: object) -> list[Strided]:
    """The arrays of a sequence, which must have at least one."""
    if isinstance(arrays, Strided):
        raise TypeError(f"{function}: arrays={show(arrays)} is one array; give a tuple or list of arrays")
    try:
        items: list[object] = arrays if isinstance(arrays, list) else list(cast(Any, arrays))
    except TypeError:
        raise TypeError(f"{function}: arrays={show_typed(arrays)} is not a tuple or list of arrays; give one") from None
    if not items:
        raise ValueError(f"{function}: arrays={show(arrays)} is empty; give at least one array")
    return as_arrays(function, "arrays", items)


def _common_dtype(arrays: list[Strided]) -> DType:
    dtype = arrays[0]._dtype
    for each in arrays:
        if each._dtype is not dtype:
            return promote_all([each._dtype for each in arrays])
    return dtype


# --- broadcasting --------------------------------------------------------------------------------------------------


def broadcast_shapes(*shapes: Sequence[SupportsIndex]) -> tuple[int, ...]:
    """The shape that all given shapes broadcast to, as a tuple; () if none is given.

    ValueError for shapes that could not be broadcast together.
    """
    return _broadcast_shapes("broadcast_shapes", *[as_shape("broadcast_shapes", each) for each in shapes])


def broadcast_to(x: ArrayOf[DT], /, shape: Shape) -> Array[DT]:
    """A view of x in the given shape, to which it must broadcast; read-only if elements are repeated.

    Dtypes: all, kept. ValueError for a shape that x could not be broadcast to.
    """
    array = as_array("broadcast_to", "x", x)
    target = as_shape("broadcast_to", shape)
    check_rank("broadcast_to", len(target))
    try:
        fits = broadcast_pair("broadcast_to", array._shape, target) == target
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"broadcast_to: x of shape {array._shape} could not be broadcast to shape={target}; "
            "make its sizes equal to those, or 1"
        )
    return _broadcast("broadcast_to", array, target)


def broadcast_arrays(*arrays: ArrayOf[DT]) -> tuple[Array[DT], ...]:
    """Views of the arrays in the shape that all of them broadcast to; read-only if elements are repeated.

    Dtypes: all, kept. ValueError for shapes that could not be broadcast together.
    """
    given = as_arrays("broadcast_arrays", "arrays", list(arrays))
    target = _broadcast_shapes("broadcast_arrays", *[each._shape for each in given])
    result: list[Array[DT]] = [_broadcast("broadcast_arrays", each, target) for each in given]
    return tuple(result)


def _broadcast(function: str, x: Strided, target: tuple[int, ...]) -> Array[Any]:
    strides = broadcast_strides(x._shape, x._strides, target)
    if product(target) == x._size:
        return cast("Array[Any]", x._view(x._offset, target, strides))
    size = check_bytes(function, target, x._dtype.itemsize)
    memory = memory_of(x).as_readonly()
    return Array(memory, x._offset, x._dtype, target, strides, size, size <= 1)


# --- joining and splitting -----------------------------------------------------------------------------------------


def concat(arrays: Sequence[ArrayOf[Any]], /, *, axis: SupportsIndex | None = 0) -> Array[Any]:
    """The arrays joined along an existing axis, whose sizes are added; axis=None flattens the arrays first.

    All other sizes must be equal, ValueError otherwise. Dtypes: all, promoted.
    """
    given = _sequence("concat", arrays)
    if axis is None:
        given = [_reshape("concat", each, (-1,) if each._size > 0 else (0,), None) for each in given]
        along = 0
    else:
        along = as_axis("concat", "axis", axis, len(given[0]._shape))
    first = given[0]._shape
    total = 0
    for position, each in enumerate(given):
        shape = each._shape
        if shape != first and (len(shape) != len(first) or without(shape, along) != without(first, along)):
            raise ValueError(
                f"concat: arrays[{position}] has shape {shape}, and arrays[0] {first}; make all sizes equal except "
                f"that of axis {along}"
            )
        total += shape[along]
    result = fresh("concat", given[0], _common_dtype(given), with_size(first, along, total))
    if result._size == 0:
        return cast("Array[Any]", result)
    outer = 1 if along == 0 else product(first[:along])
    itemsize = result._dtype.itemsize
    row = result._size // outer * itemsize
    offset = 0
    for each in given:
        if not place_part(result, offset, outer, row, each):
            assign("concat", result._view(offset, each._shape, result._strides), each)
        offset += each._size // outer * itemsize
    return cast("Array[Any]", result)


def stack(arrays: Sequence[ArrayOf[Any]], /, *, axis: SupportsIndex = 0) -> Array[Any]:
    """The arrays joined along a new axis: arrays of equal shapes give that shape with their number inserted at `axis`.

    ValueError for different shapes. Dtypes: all, promoted.
    """
    given = _sequence("stack", arrays)
    shape = given[0]._shape
    along = as_axis("stack", "axis", axis, len(shape) + 1)
    check_rank("stack", len(shape) + 1)
    for position, each in enumerate(given):
        if each._shape != shape:
            raise ValueError(
                f"stack: arrays[{position}] has shape {each._shape}, and arrays[0] {shape}; make them equal"
            )
    result = fresh("stack", given[0], _common_dtype(given), (*shape[:along], len(given), *shape[along:]))
    if result._size == 0:
        return cast("Array[Any]", result)
    outer = product(shape[:along])
    step = result._strides[along]
    strides = without(result._strides, along)
    for position, each in enumerate(given):
        if not place_part(result, position * step, outer, len(given) * step, each):
            assign("stack", result._view(position * step, shape, strides), each)
    return cast("Array[Any]", result)


def unstack(x: ArrayOf[DT], /, *, axis: SupportsIndex = 0) -> tuple[Array[DT], ...]:
    """A tuple with the view of x at every position along `axis`, without that axis.

    Dtypes: all, kept.
    """
    array = as_array("unstack", "x", x)
    along = as_axis("unstack", "axis", axis, len(array._shape))
    shape = without(array._shape, along)
    strides = without(array._strides, along)
    step = array._strides[along]
    offset = array._offset
    views = [array._view(offset + position * step, shape, strides) for position in range(array._shape[along])]
    return cast("tuple[Array[DT], ...]", tuple(views))


# --- axes ----------------------------------------------------------------------------------------------------------


def expand_dims(x: ArrayOf[DT], /, axis: Axes) -> Array[DT]:
    """A view of x with new axes of size 1; `axis` gives their positions in the result, one or a tuple of them.

    Dtypes: all, kept. IndexError for a position that is out of bounds, ValueError for a repeated one.
    """
    array = as_array("expand_dims", "x", x)
    rank = len(array._shape) + (1 if isinstance(axis, int) else len(as_integers("expand_dims", "axis", axis)))
    check_rank("expand_dims", rank)
    new = as_different_axes("expand_dims", "axis", axis, rank)
    shape: list[int] = []
    strides: list[int] = []
    old = 0
    for each in range(rank):
        if each in new:
            shape.append(1)
            strides.append(array._dtype.itemsize)
        else:
            shape.append(array._shape[old])
            strides.append(array._strides[old])
            old += 1
    return cast("Array[DT]", array._view(array._offset, tuple(shape), tuple(strides)))


def squeeze(x: ArrayOf[DT], /, axis: Axes | None = None) -> Array[DT]:
    """A view of x without the given axes, one or a tuple of them, which must have size 1; None means all of size 1.

    Dtypes: all, kept. ValueError for an axis of another size.
    """
    array = as_array("squeeze", "x", x)
    shape = array._shape
    strides = array._strides
    rank = len(shape)
    gone = (
        [place for place in range(rank) if shape[place] == 1]
        if axis is None
        else as_different_axes("squeeze", "axis", axis, rank)
    )
    for each in gone:
        if shape[each] != 1:
            raise ValueError(f"squeeze: axis={each} has size {shape[each]} in x of shape {shape}; name axes of size 1")
    gone.sort(reverse=True)
    for each in gone:
        shape = without(shape, each)
        strides = without(strides, each)
    squeezed = array._place(
        memory_of(array), array._offset, array._dtype, shape, strides, array._size, array._contiguous
    )
    return cast("Array[DT]", squeezed)


def permute_dims(x: ArrayOf[DT], /, axes: Sequence[SupportsIndex]) -> Array[DT]:
    """A view of x with its axes in another order: axis i of the result is axis axes[i] of x.

    Dtypes: all, kept. ValueError unless `axes` names every axis once.
    """
    array = as_array("permute_dims", "x", x)
    rank = len(array._shape)
    order = as_different_axes("permute_dims", "axes", axes, rank)
    if len(order) != rank:
        raise ValueError(f"permute_dims: axes={show(axes)} names {len(order)} of {rank} axes; name each axis once")
    return cast("Array[DT]", permute(array, order))


def moveaxis(x: ArrayOf[DT], source: Axes, destination: Axes, /) -> Array[DT]:
    """A view of x with the axes `source` at the positions `destination`; the other axes keep their order.

    Dtypes: all, kept. ValueError for repeated axes and for different numbers of axes.
    """
    array = as_array("moveaxis", "x", x)
    rank = len(array._shape)
    origins = as_different_axes("moveaxis", "source", source, rank)
    places = as_different_axes("moveaxis", "destination", destination, rank)
    if len(origins) != len(places):
        raise ValueError(
            f"moveaxis: source={show(source)} and destination={show(destination)} name different numbers of axes; "
            "name as many in one as in the other"
        )
    rest = [each for each in range(rank) if each not in origins]
    order = [origins[places.index(each)] if each in places else rest.pop(0) for each in range(rank)]
    return cast("Array[DT]", permute(array, order))


def flip(x: ArrayOf[DT], /, *, axis: Axes | None = None) -> Array[DT]:
    """A view of x with the elements in reverse order along `axis`: an axis, a tuple of axes, or None for all.

    Dtypes: all, kept.
    """
    array = as_array("flip", "x", x)
    rank = len(array._shape)
    turned = list(range(rank)) if axis is None else as_different_axes("flip", "axis", axis, rank)
    offset = array._offset
    strides = list(array._strides)
    for each in turned:
        if array._size > 0:
            offset += (array._shape[each] - 1) * strides[each]
        strides[each] = -strides[each]
    return cast("Array[DT]", array._view(offset, array._shape, tuple(strides)))


# --- elements ------------------------------------------------------------------------------------------------------


def reshape(
    x: ArrayOf[DT], /, shape: Shape, *, copy: Flag | None = None, order: Literal["C", "F", "A"] | Unchecked = "C"
) -> Array[DT]:
    """The elements of x, in C order, in another shape; one size may be -1 and is computed from the others.

    `order` is NumPy's: "F" reads and places them with the first axis the fastest, "A" does so for an x that lies so.
    A view if possible, otherwise a copy; copy=True always copies, copy=False raises ValueError where a copy is needed.
    Dtypes: all, kept. ValueError for a shape with another number of elements.
    """
    wanted = as_flag_or_none("reshape", "copy", copy)
    return cast("Array[DT]", reshape_in_order("reshape", as_array("reshape", "x", x), shape, wanted, order))


def roll(x: ArrayOf[DT], /, shift: Axes, *, axis: Axes | None = None) -> Array[DT]:
    """A copy of x with the elements shifted along the axes; elements that leave at one end enter at the other.

    `shift` and `axis` are integers or tuples; a single shift goes with all axes. With axis=None x is shifted
    as if it were flattened: there is a single shift, of all elements in C order. Dtypes: all, kept.
    """
    array = as_array("roll", "x", x)
    shifts = as_integers("roll", "shift", shift)
    if axis is None:
        if len(shifts) != 1:
            raise ValueError(
                f"roll: shift={show(shift)} is not a single shift, as axis=None needs; name axes with axis="
            )
        flat = _reshape("roll", array, (array._size,), None)
        return cast("Array[DT]", _reshape("roll", rolled("roll", flat, [shifts[0]]), array._shape, None))
    rank = len(array._shape)
    axes = as_axes("roll", "axis", axis, rank)
    if len(shifts) == 1:
        shifts = shifts * len(axes)
    if len(shifts) != len(axes):
        raise ValueError(
            f"roll: shift={show(shift)} and axis={show(axis)} have different lengths; give one shift for each axis"
        )
    total = [0] * rank
    for each, by in zip(axes, shifts):
        total[each] += by
    return cast("Array[DT]", rolled("roll", array, total))


def repeat(x: ArrayOf[DT], repeats: SupportsIndex | ArrayOf[Any], /, *, axis: SupportsIndex | None = None) -> Array[DT]:
    """A copy of x with each element repeated along `axis`; axis=None flattens x first.

    `repeats` is the number of times, or an array of integers with one number for each position along the axis. Dtypes:
    all, kept. ValueError for negative numbers, TypeError for numbers that are not integers.
    """
    array = as_array("repeat", "x", x)
    if axis is None:
        array = _reshape("repeat", array, (array._size,), None)
        along = 0
    else:
        along = as_axis("repeat", "axis", axis, len(array._shape))
    shape, strides = array._shape, array._strides
    size = shape[along]
    count = _least_count(repeats, size) if isinstance(repeats, Strided) else as_integer("repeat", "repeats", repeats)
    if count < 0:
        raise ValueError(f"repeat: repeats={show(repeats)} has a negative count; give counts of 0 or more")
    if isinstance(repeats, Strided) and repeats._size != 1:
        return cast("Array[DT]", take("repeat", array, _positions(array, repeats, along), along))
    if array._contiguous and array._size > 0 and count > 1:
        return cast("Array[DT]", _repeated(array, along, count))
    sizes = [*shape[: along + 1], count, *shape[along + 1 :]]
    steps = [*strides[: along + 1], 0, *strides[along + 1 :]]
    target = with_size(shape, along, size * count)
    return cast("Array[DT]", _spread("repeat", array, sizes, steps, target))


def _repeated(x: Strided, along: int, count: int) -> Strided:
    """`repeat` of a contiguous array that is not empty: what follows the axis is a run, which is copied so often."""
    shape = x._shape
    itemsize = x._dtype.itemsize
    target = with_size(shape, along, shape[along] * count)
    size = check_bytes("repeat", target, itemsize)
    run = product(shape[along + 1 :])
    step = run * itemsize
    if run == 1:
        loops = Nest((x._size, count), (count * itemsize, itemsize), (itemsize, 0))
    else:
        loops = Nest((x._size // run, count, run), (count * step, step, itemsize), (step, 0, itemsize))
    try:
        return x._make(walk(CONVERT + x._dtype.code, x._dtype, size, loops, None, x), x._dtype, target)
    except MemoryError:
        refuse_size("repeat", target, itemsize)


def _least_count(repeats: Strided, size: int) -> int:
    """The smallest of the counts, after the check that there is one for each of `size` positions, or a single one."""
    if repeats._dtype.kind not in "iu":
        raise TypeError(f"repeat: repeats has dtype {repeats._dtype}, not integers; convert it with astype")
    if len(repeats._shape) > 1 or (len(repeats._shape) == 1 and repeats._size not in (1, size)):
        raise ValueError(f"repeat: repeats has shape {repeats._shape}; give one of shape ({size},) or (1,)")
    return int(_total(_MIN, repeats)) if repeats._size > 0 else 0


def _total(op: int, x: Strided) -> int | float:
    """The number that reducing a whole array gives."""
    return cast(float, flat_list(reduce(op, "repeat", x, None, False))[0])


def _positions(x: Strided, repeats: Strided, along: int) -> Strided:
    """The index of every position along the axis, as often as its count says.

    They are the cumulative sum of an array of steps: 0 within the repetitions of a position, and where those of the
    next position begin, the distance to it.
    """
    shape = x._shape
    about = int(_total(_SUM, convert(repeats, float64)))  # as floats, since integers would wrap around
    target = with_size(shape, along, about)
    check_bytes("repeat", target, x._dtype.itemsize)
    present = places(convert(repeats, bool_))[0]
    number = present._size
    if number == 0:
        return present
    total = int(_total(_SUM, repeats))
    steps = filled("repeat", x, int64, (total,), 0)
    assign("repeat", part(steps, 0, 1), part(present, 0, 1))
    ends = take("repeat", scan(_CUMULATIVE_SUM, "repeat", convert(repeats, int64), 0, None, False), present, 0)
    distances = binary(_SUBTRACT, "repeat", part(present, 1, number), part(present, 0, number - 1))
    put("repeat", steps, part(ends, 0, number - 1), distances)
    return scan(_CUMULATIVE_SUM, "repeat", steps, 0, None, False)


def tile(x: ArrayOf[DT], repetitions: Sequence[SupportsIndex], /) -> Array[DT]:
    """A copy of x repeated as a whole, repetitions[i] times along axis i.

    If x has fewer axes than there are repetitions, axes of size 1 are put in front; if it has more, repetitions of 1.
    Dtypes: all, kept. ValueError for negative numbers, TypeError for numbers that are not integers.
    """
    array = as_array("tile", "x", x)
    counts = as_integers("tile", "repetitions", repetitions)
    for count in counts:
        if count < 0:
            raise ValueError(f"tile: repetitions={show(repetitions)} has a negative count; give counts of 0 or more")
    rank = max(len(counts), len(array._shape))
    check_rank("tile", rank)
    counts = [1] * (rank - len(counts)) + counts
    sizes = [1] * (rank - len(array._shape)) + list(array._shape)
    steps = [0] * (rank - len(array._shape)) + list(array._strides)
    shape: list[int] = []
    strides: list[int] = []
    for axis in range(rank):
        shape += [counts[axis], sizes[axis]]
        strides += [0, steps[axis]]
    target = tuple([size * count for size, count in zip(sizes, counts)])
    return cast("Array[DT]", _spread("tile", array, shape, strides, target))


def _spread(function: str, x: Strided, sizes: list[int], steps: list[int], shape: tuple[int, ...]) -> Strided:
    """A copy, in the given shape, of the elements of x that these sizes and steps read, some of them repeatedly."""
    itemsize = x._dtype.itemsize
    size = check_bytes(function, shape, itemsize)
    if size == 0:
        return fresh(function, x, x._dtype, shape)
    kept = [axis for axis in range(len(sizes)) if sizes[axis] != 1]  # all of them may be too many for an array
    seen = x._view(x._offset, tuple([sizes[axis] for axis in kept]), tuple([steps[axis] for axis in kept]))
    try:
        copied = convert(seen, x._dtype)
    except MemoryError:
        refuse_size(function, shape, itemsize)
    return copied._view(0, shape, contiguous_strides(shape, itemsize))

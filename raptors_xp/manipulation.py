"""The standard's manipulation functions, one each, under its names: views where strides can say it, else one copy.

All raise TypeError for what is no array, IndexError for axes there are not, ValueError for shapes that do not fit.
What each must give: "Manipulation Functions" of the Array API standard 2025.12.
"""

from collections.abc import Sequence
from operator import index
from typing import Any, Final, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp.along import scan
from raptors_xp.array import Array
from raptors_xp.assignment import assign
from raptors_xp.dispatch import binary, check_bytes, convert, filled
from raptors_xp.dtypes import DT, DType, bool_, float64, int64
from raptors_xp.grouping import part
from raptors_xp.operands import as_array
from raptors_xp.picking import places, put, take
from raptors_xp.promotion import promote
from raptors_xp.reductions import reduce
from raptors_xp.sequences import flat_list
from raptors_xp.shape import (
    as_shape,
    broadcast_pair,
    broadcast_strides,
    check_rank,
    contiguous_strides,
    normalize_axis,
    product,
)
from raptors_xp.shape import broadcast_shapes as _broadcast_shapes
from raptors_xp.strided import ArrayOf, Strided
from raptors_xp.views import permute
from raptors_xp.views import reshape as _reshape

_CUMULATIVE_SUM: Final[int] = _native.CUMULATIVE_SUM
_MIN: Final[int] = _native.MIN
_SUBTRACT: Final[int] = _native.SUBTRACT
_SUM: Final[int] = _native.SUM

Shape = SupportsIndex | Sequence[SupportsIndex]
Axes = SupportsIndex | Sequence[SupportsIndex]


# --- arguments -----------------------------------------------------------------------------------------------------


def _integer(function: str, argument: str, value: object) -> int:
    try:
        return index(cast(Any, value))
    except TypeError:
        raise TypeError(f"{function}: {argument}={value!r} is not an integer") from None


def _integers(function: str, argument: str, value: object) -> list[int]:
    """The integers of one integer or of a sequence of them."""
    if isinstance(value, (tuple, list)):
        return [_integer(function, argument, each) for each in value]
    return [_integer(function, argument, value)]


def _axis(function: str, axis: object, rank: int) -> int:
    return normalize_axis(function, _integer(function, "axis", axis), rank)


def _axes(function: str, argument: str, axes: object, rank: int) -> list[int]:
    """Axes counted from the front; ValueError if one comes twice."""
    result: list[int] = []
    for each in _integers(function, argument, axes):
        axis = normalize_axis(function, each, rank)
        if axis in result:
            raise ValueError(f"{function}: axis {axis} comes twice in {argument}={axes!r}; name each axis once")
        result.append(axis)
    return result


def _sequence(function: str, arrays: object) -> list[Strided]:
    """The arrays of a sequence; there must be one at least."""
    if isinstance(arrays, Strided):
        raise TypeError(f"{function}: arrays is one array; give a tuple or list of arrays, such as unstack(x)")
    try:
        items: list[object] = list(cast(Any, arrays))
    except TypeError:
        raise TypeError(f"{function}: arrays={arrays!r} is not a tuple or list of arrays") from None
    if not items:
        raise ValueError(f"{function}: arrays is empty; give one array at least")
    return [as_array(function, position + 1, each) for position, each in enumerate(items)]


def _common_dtype(arrays: list[Strided]) -> DType:
    dtype = arrays[0]._dtype
    for each in arrays:
        dtype = promote(dtype, each._dtype)
    return dtype


def _fresh(function: str, like: Strided, dtype: DType, shape: tuple[int, ...]) -> Strided:
    """A new array, its elements unset."""
    size = check_bytes(function, shape, dtype.itemsize)
    try:
        return like.make(_native.allocate(size * dtype.itemsize), dtype, shape)
    except MemoryError:
        raise MemoryError(
            f"{function}: no memory for shape={shape} of {dtype}, {size * dtype.itemsize} bytes; work in parts"
        ) from None


# --- broadcasting --------------------------------------------------------------------------------------------------


def broadcast_shapes(*shapes: Sequence[SupportsIndex]) -> tuple[int, ...]:
    """The shape that all shapes broadcast to; () of none."""
    return _broadcast_shapes("broadcast_shapes", *[as_shape("broadcast_shapes", each) for each in shapes])


def broadcast_to(x: ArrayOf[DT], /, shape: Shape) -> Array[DT]:
    """A view of x in a larger shape, its axes of size 1 repeated; read-only where elements repeat."""
    array = as_array("broadcast_to", 1, x)
    target = as_shape("broadcast_to", shape)
    check_rank("broadcast_to", len(target))
    try:
        fits = broadcast_pair("broadcast_to", array._shape, target) == target
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"broadcast_to: shape {array._shape} does not broadcast to {target}; sizes must be equal or 1 in x"
        )
    return _broadcast(array, target)


def broadcast_arrays(*arrays: ArrayOf[DT]) -> tuple[Array[DT], ...]:
    """Views of the arrays in the shape they all broadcast to; read-only where elements repeat."""
    given = [as_array("broadcast_arrays", position + 1, each) for position, each in enumerate(arrays)]
    target = _broadcast_shapes("broadcast_arrays", *[each._shape for each in given])
    result: list[Array[DT]] = [_broadcast(each, target) for each in given]
    return tuple(result)


def _broadcast(x: Strided, target: tuple[int, ...]) -> Array[Any]:
    strides = broadcast_strides(x._shape, x._strides, target)
    if product(target) == x._size:
        return cast("Array[Any]", x.view(x._offset, target, strides))
    check_bytes("broadcast", target, x._dtype.itemsize)
    memory = x._memory.as_readonly()
    size = product(target)
    return Array(memory, x._offset, x._dtype, target, strides, size, size <= 1)


# --- joining and splitting -----------------------------------------------------------------------------------------


def concat(arrays: Sequence[ArrayOf[Any]], /, *, axis: SupportsIndex | None = 0) -> Array[Any]:
    """The arrays one after another along an axis; with axis=None flattened first. The dtype is what they promote to."""
    given = _sequence("concat", arrays)
    if axis is None:
        given = [_reshape("concat", each, (-1,) if each._size > 0 else (0,), None) for each in given]
        along = 0
    else:
        along = _axis("concat", axis, len(given[0]._shape))
    first = given[0]._shape
    total = 0
    for position, each in enumerate(given):
        shape = each._shape
        if len(shape) != len(first) or shape[:along] + shape[along + 1 :] != first[:along] + first[along + 1 :]:
            raise ValueError(
                f"concat: array {position} has shape {shape}, array 0 shape {first}; only axis {along} may differ"
            )
        total += shape[along]
    result = _fresh("concat", given[0], _common_dtype(given), (*first[:along], total, *first[along + 1 :]))
    offset = 0
    for each in given:
        assign("concat", result.view(offset, each._shape, result._strides), each)
        offset += each._shape[along] * result._strides[along]
    return cast("Array[Any]", result)


def stack(arrays: Sequence[ArrayOf[Any]], /, *, axis: SupportsIndex = 0) -> Array[Any]:
    """The arrays, of one shape, along a new axis. The dtype is what they promote to."""
    given = _sequence("stack", arrays)
    shape = given[0]._shape
    check_rank("stack", len(shape) + 1)
    along = _axis("stack", axis, len(shape) + 1)
    for position, each in enumerate(given):
        if each._shape != shape:
            raise ValueError(f"stack: array {position} has shape {each._shape}, array 0 {shape}; they must be equal")
    result = _fresh("stack", given[0], _common_dtype(given), (*shape[:along], len(given), *shape[along:]))
    step = result._strides[along]
    strides = result._strides[:along] + result._strides[along + 1 :]
    for position, each in enumerate(given):
        assign("stack", result.view(position * step, shape, strides), each)
    return cast("Array[Any]", result)


def unstack(x: ArrayOf[DT], /, *, axis: SupportsIndex = 0) -> tuple[Array[DT], ...]:
    """Views of x at every position of one axis."""
    array = as_array("unstack", 1, x)
    along = _axis("unstack", axis, len(array._shape))
    shape = array._shape[:along] + array._shape[along + 1 :]
    strides = array._strides[:along] + array._strides[along + 1 :]
    step = array._strides[along]
    offset = array._offset
    views = [array.view(offset + position * step, shape, strides) for position in range(array._shape[along])]
    return cast("tuple[Array[DT], ...]", tuple(views))


# --- axes ----------------------------------------------------------------------------------------------------------


def expand_dims(x: ArrayOf[DT], /, axis: Axes) -> Array[DT]:
    """A view of x with new axes of size 1 at the positions they have in the result."""
    array = as_array("expand_dims", 1, x)
    count = len(axis) if isinstance(axis, (tuple, list)) else 1
    rank = len(array._shape) + count
    new = _axes("expand_dims", "axis", axis, rank)
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
    return cast("Array[DT]", array.view(array._offset, tuple(shape), tuple(strides)))


def squeeze(x: ArrayOf[DT], /, axis: Axes) -> Array[DT]:
    """A view of x without the axes named, which must have size 1."""
    array = as_array("squeeze", 1, x)
    gone = _axes("squeeze", "axis", axis, len(array._shape))
    for each in gone:
        if array._shape[each] != 1:
            raise ValueError(
                f"squeeze: axis {each} has size {array._shape[each]} (shape {array._shape}); only size 1 can go"
            )
    kept = [each for each in range(len(array._shape)) if each not in gone]
    return cast("Array[DT]", permute(array, kept))


def permute_dims(x: ArrayOf[DT], /, axes: Sequence[SupportsIndex]) -> Array[DT]:
    """A view of x whose axis i is axis axes[i] of x."""
    array = as_array("permute_dims", 1, x)
    rank = len(array._shape)
    order = _axes("permute_dims", "axes", axes, rank)
    if len(order) != rank:
        raise ValueError(f"permute_dims: axes={axes!r} names {len(order)} of {rank} axes; name each axis once")
    return cast("Array[DT]", permute(array, order))


def moveaxis(x: ArrayOf[DT], source: Axes, destination: Axes, /) -> Array[DT]:
    """A view of x with some axes at other positions, the others in their order."""
    array = as_array("moveaxis", 1, x)
    rank = len(array._shape)
    origins = _axes("moveaxis", "source", source, rank)
    places = _axes("moveaxis", "destination", destination, rank)
    if len(origins) != len(places):
        raise ValueError(f"moveaxis: source={source!r} and destination={destination!r} name unequally many axes")
    rest = [each for each in range(rank) if each not in origins]
    order = [origins[places.index(each)] if each in places else rest.pop(0) for each in range(rank)]
    return cast("Array[DT]", permute(array, order))


def flip(x: ArrayOf[DT], /, *, axis: Axes | None = None) -> Array[DT]:
    """A view of x with the elements along the axes in reverse; all axes if none is named."""
    array = as_array("flip", 1, x)
    rank = len(array._shape)
    turned = list(range(rank)) if axis is None else _axes("flip", "axis", axis, rank)
    offset = array._offset
    strides = list(array._strides)
    for each in turned:
        if array._size > 0:
            offset += (array._shape[each] - 1) * strides[each]
        strides[each] = -strides[each]
    return cast("Array[DT]", array.view(offset, array._shape, tuple(strides)))


# --- elements ------------------------------------------------------------------------------------------------------


def reshape(x: ArrayOf[DT], /, shape: Shape, *, copy: bool | None = None) -> Array[DT]:
    """The elements of x, in C order, in another shape; one size may be -1 and follows from the others.

    A view where that can be; copy=True copies always, copy=False raises ValueError where it must copy.
    """
    return cast("Array[DT]", _reshape("reshape", as_array("reshape", 1, x), shape, copy))


def roll(x: ArrayOf[DT], /, shift: Axes, *, axis: Axes | None = None) -> Array[DT]:
    """x with its elements moved along the axes, those pushed out at one end coming in at the other."""
    array = as_array("roll", 1, x)
    shifts = _integers("roll", "shift", shift)
    if axis is None:
        if len(shifts) != 1:
            raise ValueError(f"roll: shift={shift!r} needs as many axes; name them with axis=")
        flat = _reshape("roll", array, (array._size,), None)
        return cast("Array[DT]", _reshape("roll", _rolled(flat, [shifts[0]]), array._shape, None))
    rank = len(array._shape)
    axes = [normalize_axis("roll", each, rank) for each in _integers("roll", "axis", axis)]
    if len(shifts) == 1:
        shifts = shifts * len(axes)
    if len(axes) == 1 and len(shifts) > 1:
        axes = axes * len(shifts)
    if len(shifts) != len(axes):
        raise ValueError(f"roll: shift={shift!r} and axis={axis!r} are not equally many; give one shift for each axis")
    total = [0] * rank
    for each, by in zip(axes, shifts):
        total[each] += by
    return cast("Array[DT]", _rolled(array, total))


def _rolled(x: Strided, shifts: list[int]) -> Strided:
    """A copy of x, shifted along every axis: every axis falls in two parts that change places."""
    shape = x._shape
    result = _fresh("roll", x, x._dtype, shape)
    if x._size == 0:
        return result
    parts: list[tuple[int, int, tuple[int, ...]]] = [(x._offset, 0, ())]  # where from, where to, its shape
    for axis in range(len(shape)):
        size = shape[axis]
        by = shifts[axis] % size
        longer: list[tuple[int, int, tuple[int, ...]]] = []
        for origin, place, sizes in parts:
            longer.append((origin, place + by * result._strides[axis], (*sizes, size - by)))
            if by > 0:
                longer.append((origin + (size - by) * x._strides[axis], place, (*sizes, by)))
        parts = longer
    for origin, place, sizes in parts:
        assign("roll", result.view(place, sizes, result._strides), x.view(origin, sizes, x._strides))
    return result


def repeat(x: ArrayOf[DT], repeats: SupportsIndex | ArrayOf[Any], /, *, axis: SupportsIndex | None = None) -> Array[DT]:
    """x with every element along the axis repeated, equally often or as an array says; flattened without an axis."""
    array = as_array("repeat", 1, x)
    if axis is None:
        array = _reshape("repeat", array, (array._size,), None)
        along = 0
    else:
        along = _axis("repeat", axis, len(array._shape))
    shape, strides = array._shape, array._strides
    size = shape[along]
    count = _least_count(repeats, size) if isinstance(repeats, Strided) else _integer("repeat", "repeats", repeats)
    if count < 0:
        raise ValueError(f"repeat: repeats has {count} in it; counts are 0 or more")
    if isinstance(repeats, Strided) and repeats._size != 1:
        return cast("Array[DT]", take("repeat", array, _positions(array, repeats, along), along))
    sizes = [*shape[: along + 1], count, *shape[along + 1 :]]
    steps = [*strides[: along + 1], 0, *strides[along + 1 :]]
    target = (*shape[:along], size * count, *shape[along + 1 :])
    return cast("Array[DT]", _spread("repeat", array, sizes, steps, target))


def _least_count(repeats: Strided, size: int) -> int:
    """The smallest of the counts for `size` positions."""
    if repeats._dtype.kind not in "iu":
        raise TypeError(f"repeat: repeats has dtype {repeats._dtype}; it must be integer (astype)")
    if len(repeats._shape) > 1 or (len(repeats._shape) == 1 and repeats._size not in (1, size)):
        raise ValueError(f"repeat: repeats has shape {repeats._shape}; it must be ({size},) or (1,)")
    return int(_total(_MIN, repeats)) if repeats._size > 0 else 0


def _total(op: int, x: Strided) -> int | float:
    """What a reduction to one number gives."""
    return cast(float, flat_list(reduce(op, "repeat", x, None, False))[0])


def _positions(x: Strided, repeats: Strided, along: int) -> Strided:
    """Every position along the axis as often as its count says: the running sum of its steps to the next one."""
    shape = x._shape
    about = int(_total(_SUM, convert(repeats, float64)))  # integers would wrap
    check_bytes("repeat", (*shape[:along], about, *shape[along + 1 :]), x._dtype.itemsize)
    present = places(convert(repeats, bool_))[0]
    number = present._size
    if number == 0:
        return present
    total = int(_total(_SUM, repeats))
    steps = x.make(filled((total,), int64, 0), int64, (total,))
    assign("repeat", part(steps, 0, 1), part(present, 0, 1))
    ends = take("repeat", scan(_CUMULATIVE_SUM, "repeat", convert(repeats, int64), 0, None, False), present, 0)
    distances = binary(_SUBTRACT, "repeat", part(present, 1, number), part(present, 0, number - 1))
    put("repeat", steps, part(ends, 0, number - 1), distances)
    return scan(_CUMULATIVE_SUM, "repeat", steps, 0, None, False)


def tile(x: ArrayOf[DT], repetitions: Sequence[SupportsIndex], /) -> Array[DT]:
    """x repeated as a whole, so many times along every axis; 1 is put before the shorter of shape and repetitions."""
    array = as_array("tile", 1, x)
    counts = _integers("tile", "repetitions", repetitions)
    for count in counts:
        if count < 0:
            raise ValueError(f"tile: repetitions={repetitions!r} has {count} in it; counts are 0 or more")
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
    """A copy of the elements of x that these sizes and steps read, which repeat some, in the shape that counts them."""
    itemsize = x._dtype.itemsize
    size = check_bytes(function, shape, itemsize)
    if size == 0:
        return _fresh(function, x, x._dtype, shape)
    kept = [axis for axis in range(len(sizes)) if sizes[axis] != 1]  # all may be more than an array can have
    seen = x.view(x._offset, tuple([sizes[axis] for axis in kept]), tuple([steps[axis] for axis in kept]))
    try:
        copied = convert(seen, x._dtype)
    except MemoryError:
        raise MemoryError(
            f"{function}: no memory for shape={shape} of {x._dtype}, {size * itemsize} bytes; work in parts"
        ) from None
    return copied.view(0, shape, contiguous_strides(shape, itemsize))

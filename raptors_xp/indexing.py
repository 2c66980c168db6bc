"""The standard's indexing functions: take, take_along_axis. What x[key] means is in subscripts.py."""

from typing import Any, cast

from raptors_xp import _native
from raptors_xp.array import Array
from raptors_xp.dtypes import DT, int64
from raptors_xp.operands import as_array
from raptors_xp.shape import normalize_axis
from raptors_xp.strided import ArrayOf, Strided
from raptors_xp.subscripts import select


def take(x: ArrayOf[DT], indices: ArrayOf[Any], /, *, axis: int | None = None) -> Array[DT]:
    """The elements of `x` at `indices` along one axis; the axis may be left out if there is only one."""
    array = as_array("take", 1, x)
    chosen = _indices("take", indices)
    if len(chosen._shape) != 1:
        raise ValueError(f"take: indices of shape {chosen._shape} are not one-dimensional; use x[indices] for others")
    rank = len(array._shape)
    if axis is None:
        if rank != 1:
            raise ValueError(f"take: x has {rank} axes; name the one to take along with axis=")
        axis = 0
    axis = normalize_axis("take", axis, rank)
    key: tuple[object, ...] = (slice(None),) * axis + (chosen,)
    return cast("Array[DT]", select(array, key))


def take_along_axis(x: ArrayOf[DT], indices: ArrayOf[Any], /, *, axis: int = -1) -> Array[DT]:
    """The elements of `x` at the positions along `axis` that `indices` names for every other position."""
    array = as_array("take_along_axis", 1, x)
    chosen = _indices("take_along_axis", indices)
    rank = len(array._shape)
    axis = normalize_axis("take_along_axis", axis, rank)
    if len(chosen._shape) != rank:
        raise ValueError(f"take_along_axis: x has {rank} axes, indices {len(chosen._shape)}; they need equally many")
    key: list[object] = []
    for other in range(rank):
        size = array._shape[other]
        wanted = chosen._shape[other]
        if other == axis:
            key.append(chosen)
        elif size == 1:  # broadcasts
            key.append(0)
        elif wanted == size or wanted == 1:
            key.append(_ramp(chosen, size, rank, other))
        else:
            raise ValueError(
                f"take_along_axis: shapes {array._shape} and {chosen._shape} do not broadcast: sizes {size} and "
                f"{wanted} meet in axis {other}; they must be equal or 1"
            )
    return cast("Array[DT]", select(array, tuple(key)))


def _indices(function: str, indices: object) -> Strided:
    chosen = as_array(function, 2, indices)
    if chosen._dtype.kind not in "iu":
        raise TypeError(f"{function}: indices have dtype {chosen._dtype}; they must be integers (astype)")
    return chosen


def _ramp(like: Strided, size: int, rank: int, axis: int) -> Strided:
    """0, 1 ... size - 1 along one of `rank` axes."""
    shape = (1,) * axis + (size,) + (1,) * (rank - axis - 1)
    return like.make(_native.pack(int64.code, list(range(size))), int64, shape)

"""The standard's indexing functions: take, take_along_axis. What x[key] means is in subscripts.py."""

from typing import Any, SupportsIndex, cast

from raptors_xp._array.array import Array
from raptors_xp._core.dtypes import DT
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import as_axis
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine import gather as picking


def take(x: ArrayOf[DT], indices: ArrayOf[Any], /, *, axis: SupportsIndex | None = None) -> Array[DT]:
    """The elements of `x` at `indices` along one axis, which may be left out if there is only one.

    Negative indices count from the end. ValueError unless the indices have one axis, TypeError unless they are
    integers, IndexError for an index or an axis that is not there.
    """
    array = as_array("take", "x", x)
    chosen = _indices("take", indices)
    if len(chosen._shape) != 1:
        raise ValueError(f"take: indices has shape {chosen._shape}, not one axis; use x[indices]")
    rank = len(array._shape)
    if axis is None:
        if rank != 1:
            remedy = "name an axis with axis=" if rank > 0 else "reshape it to (1,)"
            raise ValueError(f"take: x has {rank} axes, and axis=None is for arrays with one axis; {remedy}")
        axis = 0
    return cast("Array[DT]", picking.take("take", array, chosen, as_axis("take", "axis", axis, rank)))


def take_along_axis(x: ArrayOf[DT], indices: ArrayOf[Any], /, *, axis: SupportsIndex = -1) -> Array[DT]:
    """The elements of `x` at the positions along `axis` that `indices` names for every other position.

    Both have equally many axes, and all but `axis` broadcast. Negative indices count from the end. TypeError unless the
    indices are integers, ValueError for shapes that do not broadcast, IndexError for an index or an axis that is not
    there.
    """
    array = as_array("take_along_axis", "x", x)
    chosen = _indices("take_along_axis", indices)
    rank = len(array._shape)
    place = as_axis("take_along_axis", "axis", axis, rank)
    if len(chosen._shape) != rank:
        raise ValueError(
            f"take_along_axis: x has shape {array._shape}, and indices {chosen._shape}; give them equally many axes"
        )
    return cast("Array[DT]", picking.take_along("take_along_axis", array, chosen, place))


def _indices(function: str, indices: object) -> Strided:
    chosen = as_array(function, "indices", indices)
    if chosen._dtype.kind not in "iu":
        raise TypeError(f"{function}: indices has dtype {chosen._dtype}, not integers; convert it with astype")
    return chosen

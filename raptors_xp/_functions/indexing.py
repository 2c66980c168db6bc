"""The standard's indexing functions, under its names: take, take_along_axis. x[key] itself is in subscripts.py.

See "Indexing Functions" in the Array API standard 2025.12.
"""

from collections.abc import Sequence
from typing import Any, SupportsIndex, cast

from raptors_xp._array.array import Array
from raptors_xp._core.dtypes import DT, int64
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import as_axis
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine import gather as picking
from raptors_xp._engine.elementwise import convert
from raptors_xp._exchange.sequences import array_from


def take(
    x: ArrayOf[DT], indices: ArrayOf[Any] | int | Sequence[Any], /, *, axis: SupportsIndex | None = None
) -> Array[DT]:
    """The elements of x at the given indices along one axis; None is allowed for arrays with one axis.

    The axes of `indices` replace that axis; the standard has indices of one axis only, NumPy also others, ints and
    lists. Negative indices count from the end. Dtypes: all, kept; indices of integers, TypeError for others. IndexError
    for an index or an axis that is out of bounds.
    """
    array = as_array("take", "x", x)
    if isinstance(indices, (int, list, tuple)) and not isinstance(indices, bool):
        given = array_from("take", "indices", indices, None, None)
        indices = cast("ArrayOf[Any]", given if given._size > 0 else convert(given, int64))
    chosen = _indices("take", indices)
    rank = len(array._shape)
    if axis is None:
        if rank != 1:
            remedy = "name an axis with axis=" if rank > 0 else "reshape it to (1,)"
            raise ValueError(f"take: x has {rank} axes, and axis=None is for arrays with one axis; {remedy}")
        axis = 0
    return cast("Array[DT]", picking.take("take", array, chosen, as_axis("take", "axis", axis, rank)))


def take_along_axis(x: ArrayOf[DT], indices: ArrayOf[Any], /, *, axis: SupportsIndex = -1) -> Array[DT]:
    """The elements of x whose positions along `axis` are given by `indices`, an array with as many axes as x.

    All other axes broadcast; the result has the size of `indices` along `axis`. Negative indices count from the end.
    Dtypes: all, kept; indices of integers, TypeError for others. ValueError for shapes that could not be broadcast
    together and for different numbers of axes, IndexError for an index or an axis that is out of bounds.
    """
    array = as_array("take_along_axis", "x", x)
    chosen = _indices("take_along_axis", indices)
    rank = len(array._shape)
    place = as_axis("take_along_axis", "axis", axis, rank)
    if len(chosen._shape) != rank:
        raise ValueError(
            f"take_along_axis: x has shape {array._shape}, and indices {chosen._shape}; make the numbers of axes equal"
        )
    return cast("Array[DT]", picking.take_along("take_along_axis", array, chosen, place))


def _indices(function: str, indices: object) -> Strided:
    chosen = as_array(function, "indices", indices)
    if chosen._dtype.kind not in "iu":
        raise TypeError(f"{function}: indices has dtype {chosen._dtype}, not integers; convert it with astype")
    return chosen

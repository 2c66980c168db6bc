"""The standard's sorting functions, one each, under its names. Floor 2 does the work.

nan counts as larger than every other number, so that it comes last, and first in descending order. Every sort is
stable: `stable=False` allows what is never needed. What each must give: "Sorting Functions" of the Array API standard
2025.12.
"""

from typing import Any, SupportsIndex, cast

from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, as_flag
from raptors_xp._core.dtypes import DT, Int64
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine import sort as engine


def argsort(
    x: ArrayOf[Any],
    /,
    *,
    axis: SupportsIndex = -1,
    descending: Flag = False,
    stable: Flag = True,
) -> Array[Int64]:
    """The indices that sort along an axis; equal elements keep their order.

    Dtypes: all; complex numbers by their real parts, then by their imaginary parts. The result is int64.
    TypeError for what is not an array, IndexError for an axis that is not there.
    """
    return cast("Array[Int64]", engine.argsort("argsort", x, axis, _descending("argsort", descending, stable)))


def sort(
    x: ArrayOf[DT],
    /,
    *,
    axis: SupportsIndex = -1,
    descending: Flag = False,
    stable: Flag = True,
) -> Array[DT]:
    """A copy with the elements along an axis in order; zeros of both signs are equal and keep their order.

    Dtypes: all, kept; complex numbers by their real parts, then by their imaginary parts.
    TypeError for what is not an array, IndexError for an axis that is not there.
    """
    return cast("Array[DT]", engine.sort("sort", x, axis, _descending("sort", descending, stable)))


def _descending(function: str, descending: object, stable: object) -> bool:
    as_flag(function, "stable", stable)
    return as_flag(function, "descending", descending)

"""The standard's sorting functions, under its names. The engine does the work.

nan counts as larger than all numbers, so it comes last, or first in descending order. Sorts are always stable, whether
or not stable=True asks for it. See "Sorting Functions" in the Array API standard 2025.12.
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
    """The indices that sort the elements along `axis`, in x's shape; equal elements keep their order.

    descending=True sorts from large to small. Dtypes: all; complex numbers are sorted by their real parts, then by
    their imaginary parts. The result is int64. TypeError for what is not an array, IndexError for an axis that is out
    of bounds.
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
    """A copy of x with the elements sorted along `axis`; 0.0 and -0.0 are equal and keep their order.

    descending=True sorts from large to small. Dtypes: all, kept; complex numbers are sorted by their real parts, then
    by their imaginary parts. TypeError for what is not an array, IndexError for an axis that is out of bounds.
    """
    return cast("Array[DT]", engine.sort("sort", x, axis, _descending("sort", descending, stable)))


def _descending(function: str, descending: object, stable: object) -> bool:
    as_flag(function, "stable", stable)
    return as_flag(function, "descending", descending)

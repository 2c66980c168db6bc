"""The standard's set functions, one each, under its names. Floor 2 does the work.

Elements are the same if they are equal: every nan is another one, zeros of both signs are one. What is unique comes in
ascending order. What each must give: "Set Functions" of the Array API standard 2025.12.
"""

from typing import Any, NamedTuple, cast

from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, as_flag
from raptors_xp._core.dtypes import DT, Bool, Int64
from raptors_xp._core.operands import as_array
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine import grouping


class UniqueAll(NamedTuple):
    """The result of unique_all."""

    values: Array[Any]
    indices: Array[Int64]
    inverse_indices: Array[Int64]
    counts: Array[Int64]


class UniqueCounts(NamedTuple):
    """The result of unique_counts."""

    values: Array[Any]
    counts: Array[Int64]


class UniqueInverse(NamedTuple):
    """The result of unique_inverse."""

    values: Array[Any]
    inverse_indices: Array[Int64]


def isin(x1: ArrayOf[Any] | complex, x2: ArrayOf[Any] | complex, /, *, invert: Flag = False) -> Array[Bool]:
    """True where an element of x1 is equal to one of x2; with invert=True where it is not.

    Of x1's shape. Dtypes: all, promoted; a signed integer meets uint64 without loss. One of them may be a Python
    scalar; TypeError if both are.
    """
    return cast("Array[Bool]", grouping.members("isin", x1, x2, as_flag("isin", "invert", invert)))


def unique_all(x: ArrayOf[Any], /) -> UniqueAll:
    """The distinct elements, where each first is in the flattened array, which of them each element is, and how often
    each comes.

    `values`, `indices` and `counts` have one axis, `inverse_indices` x's shape. Dtypes: all.
    """
    found = grouping.distinct_all("unique_all", as_array("unique_all", "x", x))
    return UniqueAll(
        cast("Array[Any]", found[0]),
        cast("Array[Int64]", found[1]),
        cast("Array[Int64]", found[2]),
        cast("Array[Int64]", found[3]),
    )


def unique_counts(x: ArrayOf[Any], /) -> UniqueCounts:
    """The distinct elements, and how often each comes. Both have one axis. Dtypes: all."""
    found = grouping.distinct_counts("unique_counts", as_array("unique_counts", "x", x))
    return UniqueCounts(cast("Array[Any]", found[0]), cast("Array[Int64]", found[1]))


def unique_inverse(x: ArrayOf[Any], /) -> UniqueInverse:
    """The distinct elements, and which of them each element is, in x's shape. Dtypes: all."""
    found = grouping.distinct_all("unique_inverse", as_array("unique_inverse", "x", x))
    return UniqueInverse(cast("Array[Any]", found[0]), cast("Array[Int64]", found[2]))


def unique_values(x: ArrayOf[DT], /) -> Array[DT]:
    """The distinct elements, along one axis. Dtypes: all."""
    return cast("Array[DT]", grouping.distinct("unique_values", as_array("unique_values", "x", x)))

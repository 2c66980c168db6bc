"""The standard's set functions, under its names. The engine does the work.

Elements are the same if they compare equal: every nan is distinct, and 0.0 and -0.0 are the same. Distinct elements are
returned in ascending order. See "Set Functions" in the Array API standard 2025.12.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, as_flag
from raptors_xp._core.dtypes import DT, Bool, Int64
from raptors_xp._core.operands import as_array
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine import grouping
from raptors_xp._exchange.sequences import array_from


class UniqueAll(NamedTuple):
    """The result of `unique_all`."""

    values: Array[Any]
    indices: Array[Int64]
    inverse_indices: Array[Int64]
    counts: Array[Int64]


class UniqueCounts(NamedTuple):
    """The result of `unique_counts`."""

    values: Array[Any]
    counts: Array[Int64]


class UniqueInverse(NamedTuple):
    """The result of `unique_inverse`."""

    values: Array[Any]
    inverse_indices: Array[Int64]


def isin(
    x1: ArrayOf[Any] | complex, x2: ArrayOf[Any] | complex | Sequence[Any], /, *, invert: Flag = False
) -> Array[Bool]:
    """True where an element of x1 is equal to an element of x2; with invert=True where it is not.

    The result has x1's shape. One of the two may be a Python scalar; TypeError if both are. x2 may be a list. Dtypes:
    all, promoted, though signed integers and uint64 are compared exactly; the result is bool.
    """
    if isinstance(x2, (list, tuple)):
        x2 = cast(Any, array_from("isin", "x2", x2, None, None))
    return cast("Array[Bool]", grouping.members("isin", x1, x2, as_flag("isin", "invert", invert)))


def unique_all(x: ArrayOf[Any], /) -> UniqueAll:
    """The distinct elements of x, with the indices and counts that lead to them and back.

    `values` are the distinct elements in ascending order, `indices` the index of the first occurrence of each in
    flattened x, and `counts` the number of times each occurs; these have one axis. `inverse_indices`, of x's shape, are
    the indices into `values` that give x. Dtypes: all, kept in `values`; the others are int64.
    """
    found = grouping.distinct_all("unique_all", as_array("unique_all", "x", x))
    return UniqueAll(
        cast("Array[Any]", found[0]),
        cast("Array[Int64]", found[1]),
        cast("Array[Int64]", found[2]),
        cast("Array[Int64]", found[3]),
    )


def unique_counts(x: ArrayOf[Any], /) -> UniqueCounts:
    """The distinct elements of x in ascending order, and the number of times each occurs.

    Both have one axis. Dtypes: all, kept in `values`; `counts` is int64.
    """
    found = grouping.distinct_counts("unique_counts", as_array("unique_counts", "x", x))
    return UniqueCounts(cast("Array[Any]", found[0]), cast("Array[Int64]", found[1]))


def unique_inverse(x: ArrayOf[Any], /) -> UniqueInverse:
    """The distinct elements of x in ascending order, and the indices into them that give x.

    `values` has one axis, `inverse_indices` x's shape. Dtypes: all, kept in `values`; `inverse_indices` is int64.
    """
    found = grouping.distinct_all("unique_inverse", as_array("unique_inverse", "x", x))
    return UniqueInverse(cast("Array[Any]", found[0]), cast("Array[Int64]", found[2]))


def unique_values(x: ArrayOf[DT], /) -> Array[DT]:
    """The distinct elements of x in ascending order, along one axis.

    Dtypes: all, kept.
    """
    return cast("Array[DT]", grouping.distinct("unique_values", as_array("unique_values", "x", x)))

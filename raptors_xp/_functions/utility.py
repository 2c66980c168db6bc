"""The standard's utility functions, under its names. The engine does the work.

All raise TypeError for what is not an array, IndexError for an axis that is out of bounds, ValueError for an axis given
twice. See "Utility Functions" in the Array API standard 2025.12.
"""

from collections.abc import Sequence
from typing import Any, Final, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, refuse_out
from raptors_xp._core.dtypes import Bool
from raptors_xp._core.shape import Axis
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine import differences
from raptors_xp._engine import reduce as reductions
from raptors_xp._exchange.sequences import array_from

_ALL: Final[int] = _native.ALL
_ANY: Final[int] = _native.ANY


def all(x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: Flag = False, out: object = None) -> Array[Bool]:
    """True if all elements over `axis` (an int, a tuple of ints, or None for all) are true, or if there are none.

    keepdims=True keeps the reduced axes with size 1. Dtypes: all; the result is bool. Numbers are true unless they are
    0; nan is true. `out` must be None, as numpy.any(x) of an xarray object gives it.
    """
    refuse_out("all", out)
    return cast("Array[Bool]", reductions.reduce(_ALL, "all", x, axis, keepdims))


def any(x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: Flag = False, out: object = None) -> Array[Bool]:
    """True if at least one element over `axis` (an int, a tuple of ints, or None for all) is true.

    keepdims=True keeps the reduced axes with size 1. Dtypes: all; the result is bool. Numbers are true unless they are
    0; nan is true. `out` must be None, as numpy.any(x) of an xarray object gives it.
    """
    refuse_out("any", out)
    return cast("Array[Bool]", reductions.reduce(_ANY, "any", x, axis, keepdims))


def diff(
    x: ArrayOf[Any],
    /,
    n: SupportsIndex = 1,
    axis: SupportsIndex = -1,
    prepend: ArrayOf[Any] | complex | Sequence[Any] | None = None,
    append: ArrayOf[Any] | complex | Sequence[Any] | None = None,
) -> Array[Any]:
    """The differences x[i + 1] - x[i] along `axis`, computed n times in a row; each time the axis becomes one shorter.

    `prepend` and `append` are joined to x before: arrays or lists of x's shape except along `axis`, or one number for
    all, which counts as an array in promotion. Dtypes: all, promoted; for bool the result is True where neighbours
    differ. ValueError for other shapes and for negative n, IndexError for an axis that is out of bounds.
    """
    before, after = _joinable("prepend", prepend), _joinable("append", append)
    return cast("Array[Any]", differences.diff("diff", x, axis, n, before, after))


def _joinable(argument: str, values: object) -> object:
    """Numbers and lists as arrays."""
    if isinstance(values, (int, float, complex, list, tuple)):
        return array_from("diff", argument, values, None, None)
    return values

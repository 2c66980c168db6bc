"""The standard's utility functions, one each, under its names. The floors below do the work.

All raise TypeError for what is not an array, IndexError for an axis that is not there, ValueError for one given twice.
What each must give: "Utility Functions" of the Array API standard 2025.12.
"""

from typing import Any, Final, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag
from raptors_xp._core.dtypes import Bool
from raptors_xp._core.shape import Axis
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine import differences
from raptors_xp._engine import reduce as reductions

_ALL: Final[int] = _native.ALL
_ANY: Final[int] = _native.ANY


def all(x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: Flag = False) -> Array[Bool]:
    """True if every element is true; of nothing, too.

    Over `axis`: an int, a tuple of them, or None for all; keepdims=True keeps the reduced axes with size 1.
    Dtypes: all, true unless 0 (nan is true); the result is bool.
    """
    return cast("Array[Bool]", reductions.reduce(_ALL, "all", x, axis, keepdims))


def any(x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: Flag = False) -> Array[Bool]:
    """True if some element is true.

    Over `axis`: an int, a tuple of them, or None for all; keepdims=True keeps the reduced axes with size 1.
    Dtypes: all, true unless 0 (nan is true); the result is bool.
    """
    return cast("Array[Bool]", reductions.reduce(_ANY, "any", x, axis, keepdims))


def diff(
    x: ArrayOf[Any],
    /,
    *,
    axis: SupportsIndex = -1,
    n: SupportsIndex = 1,
    prepend: ArrayOf[Any] | None = None,
    append: ArrayOf[Any] | None = None,
) -> Array[Any]:
    """The differences x[i + 1] - x[i] along an axis, n times over.

    `prepend` and `append` are joined to x before; they have x's shape but for `axis`. Dtypes: all, promoted; of bool,
    where neighbours differ. ValueError for other shapes and for negative n.
    """
    return cast("Array[Any]", differences.diff("diff", x, axis, n, prepend, append))

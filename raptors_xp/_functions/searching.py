"""The standard's searching functions, one each, under its names. Floor 2 does the work.

All raise TypeError for what is not an array, IndexError for an axis that is not there, ValueError for one given twice.
What each must give: "Searching Functions" of the Array API standard 2025.12.
"""

from typing import Any, Final, Literal, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, Unchecked
from raptors_xp._core.dtypes import Bool, Int64, bool_
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import Axis
from raptors_xp._core.strided import ArrayOf
from raptors_xp._engine import reduce as reductions
from raptors_xp._engine import search
from raptors_xp._engine import where as choice
from raptors_xp._engine.elementwise import convert
from raptors_xp._engine.masks import places

_ARGMAX: Final[int] = _native.ARGMAX
_ARGMIN: Final[int] = _native.ARGMIN
_COUNT_NONZERO: Final[int] = _native.COUNT_NONZERO

Operand = ArrayOf[Any] | bool | int | float | complex


def argmax(x: ArrayOf[Any], /, *, axis: SupportsIndex | None = None, keepdims: Flag = False) -> Array[Int64]:
    """The index of the largest element, of the first if several are equal; of the first nan if there is one.

    Along `axis`, or of all elements in C order if that is None; keepdims=True keeps the axes with size 1.
    Dtypes: real and bool; TypeError for complex. ValueError if there is nothing to choose from.
    """
    return cast("Array[Int64]", search.extreme(_ARGMAX, "argmax", x, axis, keepdims))


def argmin(x: ArrayOf[Any], /, *, axis: SupportsIndex | None = None, keepdims: Flag = False) -> Array[Int64]:
    """The index of the smallest element, of the first if several are equal; of the first nan if there is one.

    Along `axis`, or of all elements in C order if that is None; keepdims=True keeps the axes with size 1.
    Dtypes: real and bool; TypeError for complex. ValueError if there is nothing to choose from.
    """
    return cast("Array[Int64]", search.extreme(_ARGMIN, "argmin", x, axis, keepdims))


def count_nonzero(x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: Flag = False) -> Array[Int64]:
    """How many elements are not zero; nan is not.

    Over `axis`: an int, a tuple of them, or None for all; keepdims=True keeps the reduced axes with size 1.
    Dtypes: all; a complex number is zero if both its parts are.
    """
    return cast("Array[Int64]", reductions.reduce(_COUNT_NONZERO, "count_nonzero", x, axis, keepdims))


def nonzero(x: ArrayOf[Any], /) -> tuple[Array[Int64], ...]:
    """The indices of the elements that are not zero, in C order: an array for each axis.

    Dtypes: all; nan is not zero, a complex number is if both its parts are. ValueError for an array without axes.
    """
    array = as_array("nonzero", "x", x)
    if len(array._shape) == 0:
        raise ValueError("nonzero: x has shape (), no axes to give indices of; reshape it to (1,)")
    mask = array if array._dtype is bool_ else convert(array, bool_)
    return cast("tuple[Array[Int64], ...]", tuple(places(mask)))


def searchsorted(
    x1: ArrayOf[Any],
    x2: ArrayOf[Any] | float,
    /,
    *,
    side: Literal["left", "right"] | Unchecked = "left",
    sorter: ArrayOf[Any] | None = None,
) -> Array[Int64]:
    """Where each element of x2 would have to be inserted for x1, which ascends, to stay in order.

    Before equal elements, or behind them for side="right"; nan is larger than all other numbers. `sorter`: the indices
    that sort x1, if it does not ascend itself. Dtypes: real and bool, promoted; TypeError for complex.
    ValueError unless x1 has one axis, IndexError if the sorter points outside of it.
    """
    return cast("Array[Int64]", search.searchsorted("searchsorted", x1, x2, side, sorter))


def where(condition: ArrayOf[Bool], x1: Operand, x2: Operand, /) -> Array[Any]:
    """x1 where the condition is true, x2 elsewhere.

    All three broadcast; one of x1 and x2 may be a Python scalar. Dtypes: condition bool; x1 and x2 all, promoted.
    TypeError for other conditions and for two scalars, ValueError for shapes that do not broadcast.
    """
    return cast("Array[Any]", choice.where("where", condition, x1, x2))

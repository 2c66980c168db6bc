"""The standard's searching functions, under its names. The engine does the work.

All raise TypeError for what is not an array, IndexError for an axis that is out of bounds, ValueError for an axis given
twice. See "Searching Functions" in the Array API standard 2025.12.
"""

from typing import Any, Final, Literal, SupportsIndex, cast, overload

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
    """The index of the largest element along `axis`, or among all elements in C order if it is None.

    The first one counts if several are equal, and the first nan if there is one. keepdims=True keeps the axis with size
    1. Dtypes: real and bool; TypeError for complex. The result is int64. ValueError for an axis without elements.
    """
    return cast("Array[Int64]", search.extreme(_ARGMAX, "argmax", x, axis, keepdims))


def argmin(x: ArrayOf[Any], /, *, axis: SupportsIndex | None = None, keepdims: Flag = False) -> Array[Int64]:
    """The index of the smallest element along `axis`, or among all elements in C order if it is None.

    The first one counts if several are equal, and the first nan if there is one. keepdims=True keeps the axis with size
    1. Dtypes: real and bool; TypeError for complex. The result is int64. ValueError for an axis without elements.
    """
    return cast("Array[Int64]", search.extreme(_ARGMIN, "argmin", x, axis, keepdims))


def count_nonzero(x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: Flag = False) -> Array[Int64]:
    """The number of elements that are not 0, over `axis`: an int, a tuple of ints, or None for all.

    keepdims=True keeps the reduced axes with size 1. Dtypes: all; the result is int64. nan is not 0; a complex number
    is 0 if both parts are.
    """
    return cast("Array[Int64]", reductions.reduce(_COUNT_NONZERO, "count_nonzero", x, axis, keepdims))


def nonzero(x: ArrayOf[Any], /) -> tuple[Array[Int64], ...]:
    """The indices of the elements that are not 0, in C order: a tuple with an array of shape (count,) for each axis.

    Dtypes: all; the results are int64. nan is not 0; a complex number is 0 if both parts are. ValueError for a
    zero-dimensional array.
    """
    return _nonzero("nonzero", "x", x)


def _nonzero(function: str, argument: str, x: object) -> tuple[Array[Int64], ...]:
    array = as_array(function, argument, x)
    if len(array._shape) == 0:
        raise ValueError(f"{function}: {argument} has shape () and no axes to give indices for; reshape it to (1,)")
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
    """The index at which each element of x2 would have to be inserted into x1, which ascends, to keep it sorted.

    Equal elements come after it, or before it with side="right". nan counts as larger than all numbers. If x1 does not
    ascend, `sorter` gives the indices that sort it. The result has x2's shape and is int64. Dtypes: real and bool,
    promoted; TypeError for complex. ValueError unless x1 has one axis, IndexError if `sorter` is out of bounds.
    """
    return cast("Array[Int64]", search.searchsorted("searchsorted", x1, x2, side, sorter))


@overload
def where(condition: ArrayOf[Bool], x1: Operand, x2: Operand, /) -> Array[Any]: ...
@overload
def where(condition: ArrayOf[Any], /) -> tuple[Array[Int64], ...]: ...
def where(condition: ArrayOf[Any], x1: Operand | None = None, x2: Operand | None = None, /) -> Any:
    """x1 where the condition is true, x2 elsewhere; of the condition alone, as in NumPy, `nonzero` of it.

    All three broadcast; x1 and x2 may be Python scalars. Dtypes: bool for the condition; all for x1 and x2, promoted.
    TypeError for a condition of another dtype, ValueError for shapes that could not be broadcast together.
    """
    if x1 is None and x2 is None:
        return _nonzero("where", "condition", condition)
    return cast("Array[Any]", choice.where("where", condition, x1, x2))

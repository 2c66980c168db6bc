"""Products of vectors and matrices, one function each, under the standard's names; the arithmetic is floors below.

What each must give: "Linear Algebra Functions" and "Linear Algebra Extension" of the Array API standard 2025.12.
"""

from collections.abc import Sequence
from typing import Any, Final, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.operands import as_array
from raptors_xp._core.promotion import promote
from raptors_xp._core.shape import broadcast_pair
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine import products
from raptors_xp._engine.assignment import assign
from raptors_xp._engine.elementwise import binary
from raptors_xp._engine.results import check_bytes

_MULTIPLY: Final[int] = _native.MULTIPLY
_SUBTRACT: Final[int] = _native.SUBTRACT


def matmul(x1: ArrayOf[Any], x2: ArrayOf[Any], /) -> Array[Any]:
    """The matrix product x1 @ x2.

    Shapes (..., M, K) and (..., K, N) give (..., M, N), where leading axes broadcast; (K,) counts as (1, K) on the left
    and as (K, 1) on the right, and the 1 leaves the result. Dtypes: all, promoted; of booleans: is any product true?
    ValueError for zero-dimensional arrays and for shapes that do not fit, TypeError for what is not an array.
    """
    return cast("Array[Any]", products.matmul("matmul", x1, x2))


def tensordot(
    x1: ArrayOf[Any], x2: ArrayOf[Any], /, *, axes: SupportsIndex | Sequence[Sequence[SupportsIndex]] = 2
) -> Array[Any]:
    """The sum of products over pairs of axes: the last `axes` of x1 with the first of x2, or axes=(x1's, x2's) named.

    The other axes of x1, then those of x2, are the result's. Dtypes: all, promoted. ValueError for sizes that differ,
    an axis named twice and lists of unequal length, IndexError for an axis that is not there, TypeError for other
    `axes`.
    """
    return cast("Array[Any]", products.tensordot("tensordot", x1, x2, axes))


def vecdot(x1: ArrayOf[Any], x2: ArrayOf[Any], /, *, axis: SupportsIndex = -1) -> Array[Any]:
    """The dot product of vectors along `axis`: the sum of conj(x1) * x2.

    The other axes broadcast; `axis` counts from the end, or from the front where both arrays have as many axes. Dtypes:
    all, promoted. ValueError for vectors of unequal size, IndexError for an axis that is not there.
    """
    return cast("Array[Any]", products.vecdot("vecdot", x1, x2, axis))


def outer(x1: ArrayOf[Any], x2: ArrayOf[Any], /) -> Array[Any]:
    """All products of an element of x1 with one of x2: (N,) and (M,) give (N, M). Dtypes: numeric, promoted."""
    first = as_array("outer", "x1", x1)
    second = as_array("outer", "x2", x2)
    for argument, array in (("x1", first), ("x2", second)):
        if len(array._shape) != 1:
            raise ValueError(
                f"outer: {argument} has shape {array._shape}, and it must have one axis; use reshape({argument}, (-1,))"
            )
    column = first._view(first._offset, (first._shape[0], 1), (first._strides[0], first._dtype.itemsize))
    return cast("Array[Any]", binary(_MULTIPLY, "outer", column, second))


def cross(x1: ArrayOf[Any], x2: ArrayOf[Any], /, *, axis: SupportsIndex = -1) -> Array[Any]:
    """The cross product of the vectors of three elements along `axis`; the other axes broadcast.

    `axis` counts from the end, or from the front where both arrays have as many axes. Dtypes: numeric, promoted.
    ValueError where the axis has not three elements.
    """
    first = as_array("cross", "x1", x1)
    second = as_array("cross", "x2", x2)
    place = products.shared_axis("cross", first, second, axis)
    if first._shape[place] != 3 or second._shape[place] != 3:
        raise ValueError(
            f"cross: shapes {first._shape} and {second._shape} have sizes {first._shape[place]} and "
            f"{second._shape[place]} in axis={place}; give vectors of 3 elements"
        )
    shape = broadcast_pair("cross", first._shape, second._shape)
    dtype = promote(first._dtype, second._dtype)
    size = check_bytes("cross", shape, dtype.itemsize)
    result = first._make(_native.allocate(size * dtype.itemsize), dtype, shape)
    for number in range(3):
        left = binary(_MULTIPLY, "cross", _slot(first, place, number - 2), _slot(second, place, number - 1))
        right = binary(_MULTIPLY, "cross", _slot(first, place, number - 1), _slot(second, place, number - 2))
        assign("cross", _slot(result, place, number), binary(_SUBTRACT, "cross", left, right))
    return cast("Array[Any]", result)


def _slot(x: Strided, axis: int, number: int) -> Strided:
    """The elements at one place of an axis of three, which leaves."""
    axis += len(x._shape)
    shape = x._shape[:axis] + x._shape[axis + 1 :]
    strides = x._strides[:axis] + x._strides[axis + 1 :]
    return x._view(x._offset + number % 3 * x._strides[axis], shape, strides)

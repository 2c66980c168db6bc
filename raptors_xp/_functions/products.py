"""Products of vectors and matrices, under the standard's names. The sums of products are in the engine.

See "Linear Algebra Functions" and "Linear Algebra Extension" in the Array API standard 2025.12.
"""

from collections.abc import Sequence
from typing import Any, Final, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.operands import as_array
from raptors_xp._core.promotion import promote
from raptors_xp._core.shape import broadcast_pair, without
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine import products
from raptors_xp._engine.assignment import assign
from raptors_xp._engine.elementwise import binary
from raptors_xp._engine.results import fresh

_MULTIPLY: Final[int] = _native.MULTIPLY
_SUBTRACT: Final[int] = _native.SUBTRACT


def matmul(x1: ArrayOf[Any], x2: ArrayOf[Any], /) -> Array[Any]:
    """The matrix product x1 @ x2: (..., M, K) and (..., K, N) give (..., M, N), where the leading axes broadcast.

    A vector (K,) counts as (1, K) on the left and as (K, 1) on the right, and that axis of size 1 is left out of the
    result. Dtypes: all, promoted; for booleans, logical_and takes the place of the product and logical_or that of the
    sum. ValueError for zero-dimensional arrays and for shapes that do not fit, TypeError for what is not an array.
    """
    return cast("Array[Any]", products.matmul("matmul", x1, x2))


def tensordot(
    x1: ArrayOf[Any], x2: ArrayOf[Any], /, *, axes: SupportsIndex | Sequence[Sequence[SupportsIndex]] = 2
) -> Array[Any]:
    """The sum of products of x1 and x2 over pairs of axes.

    `axes` is a number N, for the last N axes of x1 and the first N of x2, or a pair of sequences of axes of x1 and of
    x2. The result has the other axes of x1, then those of x2. Dtypes: all, promoted. ValueError for sizes that differ,
    for an axis named twice and for sequences of different lengths, IndexError for an axis that is out of bounds,
    TypeError for `axes` of another form.
    """
    return cast("Array[Any]", products.tensordot("tensordot", x1, x2, axes))


def vecdot(x1: ArrayOf[Any], x2: ArrayOf[Any], /, *, axis: SupportsIndex = -1) -> Array[Any]:
    """The dot product of the vectors along `axis`: the sum of conj(x1) * x2.

    The other axes broadcast and are those of the result. `axis` counts from the end, or from the front if both arrays
    have the same number of axes. Dtypes: all, promoted. ValueError for vectors of different sizes, IndexError for an
    axis that is out of bounds.
    """
    return cast("Array[Any]", products.vecdot("vecdot", x1, x2, axis))


def outer(x1: ArrayOf[Any], x2: ArrayOf[Any], /) -> Array[Any]:
    """The products of all elements of x1 with all elements of x2: (M,) and (N,) give (M, N).

    Dtypes: all, promoted. ValueError for arrays that do not have one axis.
    """
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
    """The cross product of the vectors along `axis`, which must have three elements; the other axes broadcast.

    `axis` counts from the end, or from the front if both arrays have the same number of axes. Dtypes: numeric,
    promoted; TypeError for bool. ValueError for vectors of another size, IndexError for an axis that is out of bounds.
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
    result = fresh("cross", first, dtype, shape)
    for number in range(3):
        left = binary(_MULTIPLY, "cross", _slot(first, place, number - 2), _slot(second, place, number - 1))
        right = binary(_MULTIPLY, "cross", _slot(first, place, number - 1), _slot(second, place, number - 2))
        assign("cross", _slot(result, place, number), binary(_SUBTRACT, "cross", left, right))
    return cast("Array[Any]", result)


def _slot(x: Strided, axis: int, number: int) -> Strided:
    """The view of x at one position, modulo 3, of an axis of size 3, without that axis."""
    axis += len(x._shape)
    shape = without(x._shape, axis)
    strides = without(x._strides, axis)
    return x._view(x._offset + number % 3 * x._strides[axis], shape, strides)

"""The standard's linear algebra functions outside the extension, one each, under its names. Floor 2 does the work.

What each must give: "Linear Algebra Functions" of the Array API standard 2025.12. Decompositions are in linalg.
"""

from collections.abc import Sequence
from typing import Any, SupportsIndex, cast

from raptors_xp import products
from raptors_xp.array import Array
from raptors_xp.dtypes import DT
from raptors_xp.strided import ArrayOf
from raptors_xp.views import transpose_matrices


def matmul(x1: ArrayOf[Any], x2: ArrayOf[Any], /) -> Array[Any]:
    """The matrix product x1 @ x2.

    Shapes (..., M, K) and (..., K, N) give (..., M, N), where leading axes broadcast; (K,) counts as (1, K) on the left
    and as (K, 1) on the right, and the 1 leaves the result. Dtypes: all, promoted; of booleans: is any product true?
    ValueError for zero-dimensional arrays and for shapes that do not fit, TypeError for what is not an array.
    """
    return cast("Array[Any]", products.matmul("matmul", x1, x2))


def matrix_transpose(x: ArrayOf[DT], /) -> Array[DT]:
    """A view of x with its last two axes swapped: (..., M, N) gives (..., N, M). Dtypes: all.

    ValueError for fewer than two axes, TypeError for what is not an array.
    """
    return cast("Array[DT]", transpose_matrices("matrix_transpose", x))


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

"""The standard's linear algebra functions outside the extension, one each, under its names. Floor 2 does the work.

What each must give: "Linear Algebra Functions" of the Array API standard 2025.12. Decompositions are in linalg.
"""

from typing import Any, cast

from raptors_xp import products
from raptors_xp.array import Array
from raptors_xp.dtypes import DT
from raptors_xp.operands import as_array
from raptors_xp.strided import ArrayOf


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
    array = as_array("matrix_transpose", 1, x)
    shape = array._shape
    strides = array._strides
    rank = len(shape)
    if rank < 2:
        raise ValueError(f"matrix_transpose: an array of shape {shape} is not a matrix; reshape it to two axes")
    swapped = (*shape[:-2], shape[rank - 1], shape[rank - 2])
    steps = (*strides[:-2], strides[rank - 1], strides[rank - 2])
    return cast("Array[DT]", array.view(array._offset, swapped, steps))

"""Parts and sizes of matrices and vectors: transposes, diagonals, norms. Decompositions are in decompositions.py.

See "Linear Algebra Functions" and "Linear Algebra Extension" in the Array API standard 2025.12.
"""

from __future__ import annotations

from typing import Any, Final, Literal, SupportsFloat, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, as_flag, as_integer, as_real, check_option
from raptors_xp._core.dtypes import DT, DTypeLike, float64
from raptors_xp._core.operands import as_array
from raptors_xp._core.planning import sort_axes
from raptors_xp._core.shape import Axis, contiguous_strides, normalize_axes, product
from raptors_xp._core.strided import ArrayOf, Strided, memory_of, wrap
from raptors_xp._engine import products
from raptors_xp._engine.elementwise import binary, compare, convert, unary
from raptors_xp._engine.reduce import accumulate, reduce
from raptors_xp._engine.views import transpose_matrices
from raptors_xp._exchange.lapack import as_floating_matrices, as_matrices, real_dtype, singular_values

Order = SupportsFloat | SupportsIndex  # the order of a norm, any real number
_ABSOLUTE: Final[int] = _native.ABSOLUTE
_MAX: Final[int] = _native.MAX
_MIN: Final[int] = _native.MIN
_NOT_EQUAL: Final[int] = _native.NOT_EQUAL
_POWER: Final[int] = _native.POWER
_SQRT: Final[int] = _native.SQRT
_SUM: Final[int] = _native.SUM
_INFINITY: Final = float("inf")


def matrix_transpose(x: ArrayOf[DT], /) -> Array[DT]:
    """A view of x with every matrix transposed: (..., M, N) gives (..., N, M).

    Dtypes: all, kept. ValueError for fewer than two axes, TypeError for what is not an array.
    """
    return cast("Array[DT]", transpose_matrices("matrix_transpose", x))


def diagonal(x: ArrayOf[DT], /, *, offset: SupportsIndex = 0) -> Array[DT]:
    """A view of the diagonal of every matrix: (..., M, N) gives (..., min(M, N)) for the main diagonal.

    `offset` chooses a diagonal above the main one, or below it if negative. Dtypes: all, kept. ValueError for fewer
    than two axes.
    """
    return cast("Array[DT]", diagonals("diagonal", as_matrices("diagonal", x), offset))


def diagonals(function: str, x: Strided, offset: object) -> Strided:
    """The view that `diagonal` returns, of an array of two axes or more."""
    above = as_integer(function, "offset", offset)
    rows, columns = x._shape[-2:]
    row_step, column_step = x._strides[-2:]
    size = max(0, min(rows, columns - above) if above >= 0 else min(rows + above, columns))
    start = x._offset
    if size > 0:
        start += above * column_step if above >= 0 else -above * row_step
    return x._view(start, (*x._shape[:-2], size), (*x._strides[:-2], row_step + column_step))


def trace(x: ArrayOf[Any], /, *, offset: SupportsIndex = 0, dtype: DTypeLike | None = None) -> Array[Any]:
    """The sum of the diagonal of every matrix: (..., M, N) gives (...).

    `offset` chooses a diagonal above the main one, or below it if negative. Dtypes: all. The result has `dtype`, to
    which the elements are converted first; by default x's if floating-point, uint64 for unsigned integers, int64 for
    other integers and bool. ValueError for fewer than two axes.
    """
    line = diagonals("trace", as_matrices("trace", x), offset)
    return cast("Array[Any]", accumulate(_SUM, "trace", line, -1, dtype, False))


def matrix_norm(
    x: ArrayOf[Any], /, *, keepdims: Flag = False, ord: Order | Literal["fro", "nuc"] | None = "fro"
) -> Array[Any]:
    """The norm of every matrix: (..., M, N) gives (...), or (..., 1, 1) with keepdims=True.

    `ord` is "fro" or None for the square root of the sum of squared absolute values; "nuc" for the sum of the singular
    values, 2 and -2 for the largest and the smallest of them; 1 and -1 for the largest and the smallest sum of absolute
    values in a column, inf and -inf in a row. Dtypes: floating-point, integers and bool count as float64; the result is
    real. ValueError for other `ord`, LinAlgError where singular values do not converge.
    """
    array = as_floating_matrices("matrix_norm", x)
    rank = len(array._shape)
    keeps = as_flag("matrix_norm", "keepdims", keepdims)
    if isinstance(ord, str):
        check_option("matrix_norm", "ord", ord, ("fro", "nuc"))
    elif ord is not None:
        ord = as_real("matrix_norm", "ord", ord)
    if ord is None or ord == "fro":
        return cast("Array[Any]", _root_of_squares("matrix_norm", array, (rank - 2, rank - 1), keeps))
    if ord == "nuc" or ord == 2 or ord == -2:
        values = singular_values("matrix_norm", array)
        norm = reduce(_SUM if ord == "nuc" else _extreme(ord, values), "matrix_norm", values, -1, False)
    elif ord == 1 or ord == -1 or ord == _INFINITY or ord == -_INFINITY:
        along = -2 if ord in (1, -1) else -1
        sums = reduce(_SUM, "matrix_norm", unary(_ABSOLUTE, "matrix_norm", array), along, False)
        norm = reduce(_extreme(ord, sums), "matrix_norm", sums, -1, False)
    else:
        raise ValueError(f"matrix_norm: ord={ord} is not a matrix norm; use 'fro', 'nuc', 1, 2, inf, -1, -2 or -inf")
    if keeps:
        shape = (*norm._shape, 1, 1)
        return cast("Array[Any]", norm._view(norm._offset, shape, contiguous_strides(shape, norm._dtype.itemsize)))
    return cast("Array[Any]", norm)


def vector_norm(x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: Flag = False, ord: Order = 2) -> Array[Any]:
    """The norm of the vectors along `axis`: an axis, several that are taken together, or None for all.

    The result has x's shape without these axes, or with size 1 in their place with keepdims=True. It is sum(abs(x) **
    ord) ** (1 / ord); inf and -inf give the largest and the smallest absolute value, 0 the number of elements that are
    not 0. Dtypes: floating-point, integers and bool count as float64; the result is real.
    """
    array = as_array("vector_norm", "x", x)
    if array._dtype.kind not in "fc":
        array = convert(array, float64)
    power = as_real("vector_norm", "ord", ord)
    if power != power:
        raise ValueError("vector_norm: ord=nan is not a vector norm; use a number, inf or -inf")
    axes = normalize_axes("vector_norm", axis, len(array._shape))
    keeps = as_flag("vector_norm", "keepdims", keepdims)
    if power == 2:
        return cast("Array[Any]", _root_of_squares("vector_norm", array, axes, keeps))
    if power == 0:
        real = real_dtype(array._dtype)
        counts = reduce(_SUM, "vector_norm", compare(_NOT_EQUAL, "vector_norm", array, 0), axes, keeps)
        return cast("Array[Any]", convert(counts, real))
    sizes = unary(_ABSOLUTE, "vector_norm", array)
    if power == _INFINITY or power == -_INFINITY:
        return cast("Array[Any]", reduce(_extreme(power, sizes), "vector_norm", sizes, axes, keeps))
    if power == 1:
        return cast("Array[Any]", reduce(_SUM, "vector_norm", sizes, axes, keeps))
    sums = reduce(_SUM, "vector_norm", binary(_POWER, "vector_norm", sizes, power), axes, keeps)
    return cast("Array[Any]", binary(_POWER, "vector_norm", sums, 1.0 / power))


def _extreme(ord: float, sizes: Strided) -> int:
    """The reduction for the largest size, or the smallest if `ord` is negative; without sizes the sum, which is 0."""
    if ord < 0:
        return _MIN
    return _MAX if sizes._size > 0 else _SUM


def _root_of_squares(function: str, x: Strided, axes: tuple[int, ...], keepdims: bool) -> Strided:
    """The square root of the sum of squared absolute values over `axes`, computed as the dot product of a vector."""
    shape, strides, offset = x._shape, x._strides, x._offset
    kept = [axis for axis in range(len(shape)) if axis not in axes]
    reduced = list(axes)
    sort_axes(reduced, [strides])  # in the order of memory, since the order of the sum does not matter
    out_shape = tuple([shape[axis] for axis in kept])
    real = real_dtype(x._dtype)
    lengths = [shape[axis] for axis in reduced]
    steps = [strides[axis] for axis in reduced]
    if real is not x._dtype:  # complex numbers are read as two real elements each
        lengths.append(2)
        steps.append(real.itemsize)
    whole = (*out_shape, product(tuple(lengths)))
    kept_strides = tuple([strides[axis] for axis in kept])
    step = products.merged_stride(tuple(lengths), tuple(steps))
    if step is None:
        seen = wrap(memory_of(x), offset, real, (*out_shape, *lengths), (*kept_strides, *steps))
        vectors = convert(seen, real)._view(0, whole, contiguous_strides(whole, real.itemsize))
    else:
        vectors = wrap(memory_of(x), offset, real, whole, (*kept_strides, step))
    squares = products.vecdot(function, vectors, vectors, -1)
    norm = unary(_SQRT, function, squares)
    if keepdims:
        marked = tuple([1 if axis in axes else shape[axis] for axis in range(len(shape))])
        return norm._view(norm._offset, marked, contiguous_strides(marked, real.itemsize))
    return norm

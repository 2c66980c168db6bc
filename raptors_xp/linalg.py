"""The linear algebra extension of the standard, one function each, under its names: `raptors_xp.linalg`.

Decompositions are LAPACK's, through NumPy, on our memory; everything else is built of our own kernels. Integers and
booleans count as float64 where LAPACK is asked. What does not fit raises ValueError, as everywhere; a matrix that has
no answer (singular, not positive definite, no convergence) raises numpy.linalg.LinAlgError, which is a ValueError too.
What each must give: "Linear Algebra Extension" of the Array API standard 2025.12.
"""

from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple, SupportsFloat, SupportsIndex, cast

from raptors_xp import _native, products
from raptors_xp.arguments import Flag, Unchecked, as_flag, as_integer, as_real, check_option
from raptors_xp.array import Array
from raptors_xp.assignment import assign
from raptors_xp.dispatch import binary, check_bytes, compare, convert, divide, filled, unary, where
from raptors_xp.dtypes import DT, DTypeLike, float64, int64
from raptors_xp.interop import wrap
from raptors_xp.lapack import (
    DIVERGED,
    SINGULAR,
    as_view,
    check_square,
    complex_dtype,
    culprit,
    decompose,
    floating,
    matrices,
    real_dtype,
    run_stack,
    square,
)
from raptors_xp.numpy_bridge import Call, is_linalg_error, linalg_error
from raptors_xp.operands import as_array
from raptors_xp.planning import sort_axes
from raptors_xp.promotion import promote
from raptors_xp.reductions import accumulate, reduce
from raptors_xp.shape import (
    Axis,
    broadcast_pair,
    broadcast_strides,
    check_rank,
    contiguous_strides,
    normalize_axes,
    product,
)
from raptors_xp.strided import ArrayOf, Strided
from raptors_xp.views import transpose_matrices

__all__ = [
    "cholesky",
    "cross",
    "det",
    "diagonal",
    "eig",
    "eigh",
    "eigvals",
    "eigvalsh",
    "inv",
    "matmul",
    "matrix_norm",
    "matrix_power",
    "matrix_rank",
    "matrix_transpose",
    "outer",
    "pinv",
    "qr",
    "slogdet",
    "solve",
    "svd",
    "svdvals",
    "tensordot",
    "trace",
    "vecdot",
    "vector_norm",
]

Order = SupportsFloat | SupportsIndex  # of a norm: any real number

_ABSOLUTE: Final[int] = _native.ABSOLUTE
_CONJ: Final[int] = _native.CONJ
_LESS: Final[int] = _native.LESS
_MAX: Final[int] = _native.MAX
_MIN: Final[int] = _native.MIN
_MULTIPLY: Final[int] = _native.MULTIPLY
_NOT_EQUAL: Final[int] = _native.NOT_EQUAL
_POWER: Final[int] = _native.POWER
_SQRT: Final[int] = _native.SQRT
_SUBTRACT: Final[int] = _native.SUBTRACT
_SUM: Final[int] = _native.SUM

_INFINITY: Final = float("inf")
_EPSILON: Final = {"float32": 2.0**-23, "float64": 2.0**-52}


class EighResult(NamedTuple):
    """What `eigh` gives: x = eigenvectors @ diag(eigenvalues) @ conj(eigenvectors).mT."""

    eigenvalues: Array[Any]
    eigenvectors: Array[Any]


class EigResult(NamedTuple):
    """What `eig` gives: x @ eigenvectors = eigenvectors @ diag(eigenvalues)."""

    eigenvalues: Array[Any]
    eigenvectors: Array[Any]


class QRResult(NamedTuple):
    """What `qr` gives: x = Q @ R."""

    Q: Array[Any]
    R: Array[Any]


class SlogdetResult(NamedTuple):
    """What `slogdet` gives: det(x) = sign * exp(logabsdet)."""

    sign: Array[Any]
    logabsdet: Array[Any]


class SVDResult(NamedTuple):
    """What `svd` gives: x = U @ diag(S) @ Vh."""

    U: Array[Any]
    S: Array[Any]
    Vh: Array[Any]


# --- LAPACK ----------------------------------------------------------------------------------------------------------


def _one(name: str, function: str, x: Strided, trouble: str) -> Array[Any]:
    """The one result of a decomposition without options."""
    return cast("Array[Any]", decompose(name, function, x, trouble, {})[0])


def cholesky(x: ArrayOf[DT], /, *, upper: Flag = False) -> Array[DT]:
    """The lower triangular L with x = L @ conj(L).mT; with upper=True the upper triangular U with x = conj(U).mT @ U.

    x holds Hermitian positive-definite matrices, of which only that triangle is read. Dtypes: floating-point, kept;
    integers and bool give float64. LinAlgError for a matrix that is not positive definite.
    """
    array = square("cholesky", x)
    wants_upper = as_flag("cholesky", "upper", upper)
    trouble = "is not positive definite; make all its eigenvalues (eigvalsh) larger than 0"
    if wants_upper:
        # Of a Hermitian x, x.mT is conj(x) = M @ conj(M).mT, hence x = conj(M) @ M.mT.
        array = transpose_matrices("cholesky", array)
        lower = _one("cholesky", "cholesky", array, trouble)
        return cast("Array[DT]", transpose_matrices("cholesky", lower))
    return cast("Array[DT]", _one("cholesky", "cholesky", array, trouble))


def det(x: ArrayOf[Any], /) -> Array[Any]:
    """The determinant of every matrix. Dtypes: floating-point, kept; integers and bool give float64."""
    return _one("det", "det", square("det", x), DIVERGED)


def eig(x: ArrayOf[Any], /) -> EigResult:
    """The eigenvalues and, as columns, eigenvectors of every square matrix, both complex and in no particular order.

    Dtypes: floating-point; integers and bool count as float64. LinAlgError for a matrix with nan or inf.
    """
    array = square("eig", x)
    values, vectors = decompose("eig", "eig", array, DIVERGED, {}, complex_dtype(array._dtype).name)
    return EigResult(cast("Array[Any]", values), cast("Array[Any]", vectors))


def eigh(x: ArrayOf[Any], /) -> EighResult:
    """The eigenvalues, real and ascending, and as columns the orthonormal eigenvectors of every Hermitian matrix.

    Only the lower triangle is read. Dtypes: floating-point; integers and bool count as float64. LinAlgError where the
    computation does not converge.
    """
    values, vectors = decompose("eigh", "eigh", square("eigh", x), DIVERGED, {})
    return EighResult(cast("Array[Any]", values), cast("Array[Any]", vectors))


def eigvals(x: ArrayOf[Any], /) -> Array[Any]:
    """The eigenvalues of every square matrix, complex and in no particular order. As `eig`."""
    array = square("eigvals", x)
    return cast("Array[Any]", decompose("eigvals", "eigvals", array, DIVERGED, {}, complex_dtype(array._dtype).name)[0])


def eigvalsh(x: ArrayOf[Any], /) -> Array[Any]:
    """The eigenvalues of every Hermitian matrix, real and ascending. As `eigh`."""
    return _one("eigvalsh", "eigvalsh", square("eigvalsh", x), DIVERGED)


def inv(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse of every matrix. Dtypes: floating-point, kept; integers and bool give float64.

    LinAlgError for a singular matrix, as far as rounding lets it be seen.
    """
    return _one("inv", "inv", square("inv", x), SINGULAR)


def pinv(x: ArrayOf[Any], /, *, rtol: SupportsFloat | ArrayOf[Any] | None = None) -> Array[Any]:
    """The pseudo-inverse of every matrix: (..., M, N) gives (..., N, M).

    Singular values of at most `rtol` times the largest count as 0; an array has one for every matrix, and None is
    max(M, N) times the dtype's epsilon. Dtypes: floating-point, kept; integers and bool give float64.
    """
    array = floating("pinv", x)
    limit = _tolerance("pinv", array, rtol)
    rows, columns = array._shape[-2:]
    shape = (*broadcast_pair("pinv", array._shape[:-2], limit._shape), columns, rows)
    check_rank("pinv", len(shape))
    if 0 in shape:
        return cast("Array[Any]", array.make(filled(shape, array._dtype, 0), array._dtype, shape))
    u, values, vh = decompose("pinv", "svd", array, DIVERGED, {"full_matrices": False})
    inverses = where("pinv", _above("pinv", values, limit), divide("pinv", 1.0, values), 0.0)
    shape = (*inverses._shape[:-1], 1, inverses._shape[-1])
    steps = (*inverses._strides[:-1], 0, inverses._strides[-1])
    scaled = binary(_MULTIPLY, "pinv", transpose_matrices("pinv", vh), inverses.view(inverses._offset, shape, steps))
    result = products.matmul("pinv", scaled, transpose_matrices("pinv", u))
    return cast("Array[Any]", unary(_CONJ, "pinv", result) if result._dtype.kind == "c" else result)


def qr(x: ArrayOf[Any], /, *, mode: Literal["reduced", "complete"] | Unchecked = "reduced") -> QRResult:
    """Q with orthonormal columns and R upper triangular, x = Q @ R, of every matrix.

    (..., M, N) gives Q (..., M, K) and R (..., K, N) with K = min(M, N), or M in place of K with mode="complete".
    Dtypes: floating-point, kept; integers and bool give float64.
    """
    check_option("qr", "mode", mode, ("reduced", "complete"))
    q, r = decompose("qr", "qr", floating("qr", x), DIVERGED, {"mode": mode})
    return QRResult(cast("Array[Any]", q), cast("Array[Any]", r))


def slogdet(x: ArrayOf[Any], /) -> SlogdetResult:
    """The determinant of every matrix as its sign (of modulus 1, or 0) and the logarithm of its absolute value.

    Dtypes: floating-point; integers and bool count as float64. The sign has x's dtype, the logarithm is real.
    """
    sign, logarithm = decompose("slogdet", "slogdet", square("slogdet", x), DIVERGED, {})
    return SlogdetResult(cast("Array[Any]", sign), cast("Array[Any]", logarithm))


def solve(x1: ArrayOf[Any], x2: ArrayOf[Any], /) -> Array[Any]:
    """The solution of x1 @ solution = x2 for square matrices x1, stacks broadcast; x2 of one axis is one vector.

    Dtypes: floating-point, promoted; integers and bool count as float64. LinAlgError for a singular matrix, ValueError
    for shapes that do not fit.
    """
    matrix = square("solve", x1, "x1")
    right = as_array("solve", "x2", x2)
    shape = right._shape
    if not shape:
        raise ValueError("solve: x2 has shape (), no right-hand sides; reshape it to (1,)")
    if len(shape) == 1:
        right = right.view(right._offset, (shape[0], 1), (right._strides[0], right._dtype.itemsize))
    size = matrix._shape[-1]
    if right._shape[-2] != size:
        raise ValueError(
            f"solve: shapes {matrix._shape} and {shape} do not fit: {size} equations in x1, "
            f"{right._shape[-2]} right-hand sides in x2; make them equal"
        )
    dtype = promote(matrix._dtype, right._dtype)
    matrix = matrix if matrix._dtype is dtype else convert(matrix, dtype)
    right = right if right._dtype is dtype else convert(right, dtype)
    batch = broadcast_pair("solve", matrix._shape[:-2], right._shape[:-2])
    try:
        found = run_stack("solve", "solve", [_stacked(matrix, batch), _stacked(right, batch)], {})[0]
    except ValueError as error:
        if not is_linalg_error(error):
            raise
        which = culprit(Call("solve", "linalg", "inv", {}), as_view(matrix), matrix._shape[:-2], "x1")
        raise linalg_error(
            f"solve: {which} is singular, its equations have no solution or many; "
            "use pinv(x1) @ x2 for the one of least squares"
        ) from None
    if len(shape) == 1:
        found = found.view(found._offset, found._shape[:-1], found._strides[:-1])
    return cast("Array[Any]", found)


def _stacked(x: Strided, batch: tuple[int, ...]) -> Strided:
    """A view of the matrices of x as a stack of this shape."""
    shape = batch + x._shape[-2:]
    return x.view(x._offset, shape, broadcast_strides(x._shape, x._strides, shape))


def svd(x: ArrayOf[Any], /, *, full_matrices: Flag = True) -> SVDResult:
    """The singular value decomposition U @ diag(S) @ Vh of every matrix, S descending.

    (..., M, N) gives U (..., M, M), S (..., K) and Vh (..., N, N) with K = min(M, N); full_matrices=False gives U
    (..., M, K) and Vh (..., K, N). Dtypes: floating-point, kept, S real; integers and bool count as float64.
    """
    options = {"full_matrices": as_flag("svd", "full_matrices", full_matrices)}
    u, s, vh = decompose("svd", "svd", floating("svd", x), DIVERGED, options)
    return SVDResult(cast("Array[Any]", u), cast("Array[Any]", s), cast("Array[Any]", vh))


def svdvals(x: ArrayOf[Any], /) -> Array[Any]:
    """The singular values of every matrix, real and descending. As `svd`."""
    return _singular_values("svdvals", floating("svdvals", x))


def _singular_values(name: str, x: Strided) -> Array[Any]:
    return cast("Array[Any]", decompose(name, "svd", x, DIVERGED, {"compute_uv": False})[0])


def matrix_rank(x: ArrayOf[Any], /, *, rtol: SupportsFloat | ArrayOf[Any] | None = None) -> Array[Any]:
    """The number of singular values above `rtol` times the largest, of every matrix; int64.

    An array of `rtol` has one for every matrix, and None is max(M, N) times the dtype's epsilon. Dtypes:
    floating-point; integers and bool count as float64.
    """
    array = floating("matrix_rank", x)
    limit = _tolerance("matrix_rank", array, rtol)
    stack = array._shape[:-2]
    shape = broadcast_pair("matrix_rank", stack, limit._shape)
    check_rank("matrix_rank", len(shape) + 1)  # with the singular values
    if 0 in array._shape[-2:]:
        return cast("Array[Any]", array.make(filled(shape, int64, 0), int64, shape))
    kept = _above("matrix_rank", _singular_values("matrix_rank", array), limit)
    return cast("Array[Any]", reduce(_SUM, "matrix_rank", kept, -1, False))


def _above(name: str, values: Strided, limit: Strided) -> Strided:
    """True of singular values larger than `limit` times the largest."""
    largest = reduce(_MAX, name, values, -1, True)
    limits = limit.view(limit._offset, (*limit._shape, 1), (*limit._strides, limit._dtype.itemsize))
    return compare(_LESS, name, binary(_MULTIPLY, name, largest, limits), values)


def _tolerance(name: str, x: Strided, rtol: object) -> Strided:
    """`rtol` as an array that broadcasts against the stack x."""
    real = real_dtype(x._dtype)
    if rtol is None:
        rtol = max(x._shape[-2:]) * _EPSILON[real.name]
    if isinstance(rtol, (int, float)):
        return x.make(filled((), real, as_real(name, "rtol", rtol)), real, ())
    array = as_array(name, "rtol", rtol)
    if array._dtype.kind != "f":
        raise TypeError(f"{name}: rtol has dtype {array._dtype}, not a real floating-point one; convert with astype")
    broadcast_pair(name, x._shape[:-2], array._shape)
    return array


# --- products --------------------------------------------------------------------------------------------------------


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
    result = first.make(_native.allocate(size * dtype.itemsize), dtype, shape)
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
    return x.view(x._offset + number % 3 * x._strides[axis], shape, strides)


def matmul(x1: ArrayOf[Any], x2: ArrayOf[Any], /) -> Array[Any]:
    """The matrix product x1 @ x2: `matmul` of the main namespace."""
    return cast("Array[Any]", products.matmul("matmul", x1, x2))


def matrix_power(x: ArrayOf[Any], n: SupportsIndex, /) -> Array[Any]:
    """Every square matrix multiplied n times with itself; its inverse for n = -1, and so on; the identity for n = 0.

    Dtypes: numeric, kept; integers and bool give float64 for negative n. LinAlgError for the inverse of a singular one.
    """
    array = matrices("matrix_power", x)
    check_square("matrix_power", array)
    exponent = as_integer("matrix_power", "n", n)
    if exponent == 0:
        result = array.make(filled(array._shape, array._dtype, 0), array._dtype, array._shape)
        if result._size > 0:
            assign("matrix_power", _diagonal("matrix_power", result, 0), 1)
        return cast("Array[Any]", result)
    if exponent < 0:
        array = _one("matrix_power", "inv", square("matrix_power", array), SINGULAR)
        exponent = -exponent
    power = array
    for bit in bin(exponent)[3:]:  # by squaring, from the highest bit on
        power = products.matmul("matrix_power", power, power)
        if bit == "1":
            power = products.matmul("matrix_power", power, array)
    return cast("Array[Any]", convert(power, power._dtype) if exponent == 1 else power)


def matrix_transpose(x: ArrayOf[DT], /) -> Array[DT]:
    """A view of x with its last two axes swapped: `matrix_transpose` of the main namespace."""
    return cast("Array[DT]", transpose_matrices("matrix_transpose", x))


def outer(x1: ArrayOf[Any], x2: ArrayOf[Any], /) -> Array[Any]:
    """All products of an element of x1 with one of x2: (N,) and (M,) give (N, M). Dtypes: numeric, promoted."""
    first = as_array("outer", "x1", x1)
    second = as_array("outer", "x2", x2)
    for argument, array in (("x1", first), ("x2", second)):
        if len(array._shape) != 1:
            raise ValueError(
                f"outer: {argument} has shape {array._shape}, and it must have one axis; use reshape({argument}, (-1,))"
            )
    column = first.view(first._offset, (first._shape[0], 1), (first._strides[0], first._dtype.itemsize))
    return cast("Array[Any]", binary(_MULTIPLY, "outer", column, second))


def tensordot(
    x1: ArrayOf[Any], x2: ArrayOf[Any], /, *, axes: SupportsIndex | Sequence[Sequence[SupportsIndex]] = 2
) -> Array[Any]:
    """The sum of products over pairs of axes: `tensordot` of the main namespace."""
    return cast("Array[Any]", products.tensordot("tensordot", x1, x2, axes))


def vecdot(x1: ArrayOf[Any], x2: ArrayOf[Any], /, *, axis: SupportsIndex = -1) -> Array[Any]:
    """The dot product of vectors along `axis`: `vecdot` of the main namespace."""
    return cast("Array[Any]", products.vecdot("vecdot", x1, x2, axis))


# --- diagonals -------------------------------------------------------------------------------------------------------


def diagonal(x: ArrayOf[DT], /, *, offset: SupportsIndex = 0) -> Array[DT]:
    """A view of the diagonal of every matrix, or of one `offset` places above it (below if negative). Dtypes: all."""
    return cast("Array[DT]", _diagonal("diagonal", matrices("diagonal", x), offset))


def _diagonal(name: str, x: Strided, offset: object) -> Strided:
    above = as_integer(name, "offset", offset)
    rows, columns = x._shape[-2:]
    row_step, column_step = x._strides[-2:]
    size = max(0, min(rows, columns - above) if above >= 0 else min(rows + above, columns))
    start = x._offset
    if size > 0:
        start += above * column_step if above >= 0 else -above * row_step
    return x.view(start, (*x._shape[:-2], size), (*x._strides[:-2], row_step + column_step))


def trace(x: ArrayOf[Any], /, *, offset: SupportsIndex = 0, dtype: DTypeLike | None = None) -> Array[Any]:
    """The sum of the diagonal of every matrix, or of one `offset` places above it (below if negative).

    Dtypes: all. The result has `dtype`, to which the elements are converted first; by default that of `sum`.
    """
    line = _diagonal("trace", matrices("trace", x), offset)
    return cast("Array[Any]", accumulate(_SUM, "trace", line, -1, dtype, False))


# --- norms -----------------------------------------------------------------------------------------------------------


def matrix_norm(
    x: ArrayOf[Any], /, *, keepdims: Flag = False, ord: Order | Literal["fro", "nuc"] | None = "fro"
) -> Array[Any]:
    """The norm of every matrix, real: "fro" (or None) the root of the sum of squares, "nuc" the sum of singular values.

    2 and -2 are the largest and the smallest singular value; 1 and -1 the largest and smallest sum of absolute values
    of a column, inf and -inf of a row. Dtypes: floating-point; integers and bool count as float64.
    """
    array = floating("matrix_norm", x)
    rank = len(array._shape)
    keeps = as_flag("matrix_norm", "keepdims", keepdims)
    if isinstance(ord, str):
        check_option("matrix_norm", "ord", ord, ("fro", "nuc"))
    elif ord is not None:
        ord = as_real("matrix_norm", "ord", ord)
    if ord is None or ord == "fro":
        return cast("Array[Any]", _root_of_squares("matrix_norm", array, (rank - 2, rank - 1), keeps))
    if ord == "nuc" or ord == 2 or ord == -2:
        values = _singular_values("matrix_norm", array)
        norm = reduce(_SUM if ord == "nuc" else _extreme(ord, values), "matrix_norm", values, -1, False)
    elif ord == 1 or ord == -1 or ord == _INFINITY or ord == -_INFINITY:
        along = -2 if ord in (1, -1) else -1
        sums = reduce(_SUM, "matrix_norm", unary(_ABSOLUTE, "matrix_norm", array), along, False)
        norm = reduce(_extreme(ord, sums), "matrix_norm", sums, -1, False)
    else:
        raise ValueError(f"matrix_norm: ord={ord} is no norm; use 'fro', 'nuc', 1, 2, inf, -1, -2 or -inf")
    if keeps:
        shape = (*norm._shape, 1, 1)
        return cast("Array[Any]", norm.view(norm._offset, shape, contiguous_strides(shape, norm._dtype.itemsize)))
    return cast("Array[Any]", norm)


def vector_norm(x: ArrayOf[Any], /, *, axis: Axis = None, keepdims: Flag = False, ord: Order = 2) -> Array[Any]:
    """The norm of vectors along `axis`, one, several taken together, or None for all; real.

    sum(abs(x) ** ord) ** (1 / ord); inf and -inf are the largest and the smallest absolute value, 0 the number of
    elements that are not 0. Dtypes: floating-point; integers and bool count as float64.
    """
    array = as_array("vector_norm", "x", x)
    if array._dtype.kind not in "fc":
        array = convert(array, float64)
    power = as_real("vector_norm", "ord", ord)
    if power != power:
        raise ValueError("vector_norm: ord=nan is no norm; use a number, inf or -inf")
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
    """The reduction that gives the largest size, or for a negative order the smallest: nothing has norm 0, as a sum."""
    if ord < 0:
        return _MIN
    return _MAX if sizes._size > 0 else _SUM


def _root_of_squares(name: str, x: Strided, axes: tuple[int, ...], keepdims: bool) -> Strided:
    """The root of the sum of squared absolute values over `axes`: of a dot product, as one vector."""
    shape, strides, offset = x._shape, x._strides, x._offset
    kept = [axis for axis in range(len(shape)) if axis not in axes]
    reduced = list(axes)
    sort_axes(reduced, [strides])  # in the order of memory, whatever theirs is
    out_shape = tuple([shape[axis] for axis in kept])
    real = real_dtype(x._dtype)
    lengths = [shape[axis] for axis in reduced]
    steps = [strides[axis] for axis in reduced]
    if real is not x._dtype:  # the parts of a complex number are two elements
        lengths.append(2)
        steps.append(real.itemsize)
    whole = (*out_shape, product(tuple(lengths)))
    kept_strides = tuple([strides[axis] for axis in kept])
    step = products.merged_stride(tuple(lengths), tuple(steps))
    if step is None:
        seen = wrap(x._memory, offset, real, (*out_shape, *lengths), (*kept_strides, *steps))
        vectors = convert(seen, real).view(0, whole, contiguous_strides(whole, real.itemsize))
    else:
        vectors = wrap(x._memory, offset, real, whole, (*kept_strides, step))
    squares = products.vecdot(name, vectors, vectors, -1)
    norm = unary(_SQRT, name, squares)
    if keepdims:
        marked = tuple([1 if axis in axes else shape[axis] for axis in range(len(shape))])
        return norm.view(norm._offset, marked, contiguous_strides(marked, real.itemsize))
    return norm

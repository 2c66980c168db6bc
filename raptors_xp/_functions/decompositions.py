"""Linear algebra by LAPACK, under the standard's names: decompositions, inverses, solutions of linear equations.

All take matrices in stacks of any shape, (..., M, N). Integer and boolean matrices are converted to float64. Shapes
that do not fit raise ValueError; a matrix without a result (singular, not positive definite, no convergence) raises
numpy.linalg.LinAlgError, which is a ValueError too. See "Linear Algebra Extension" in the Array API standard 2025.12.
"""

from typing import Any, Final, Literal, NamedTuple, SupportsFloat, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, Unchecked, as_flag, as_integer, as_real, check_option
from raptors_xp._core.dtypes import DT, int64
from raptors_xp._core.numpy import Call, is_linalg_error, linalg_error
from raptors_xp._core.operands import as_array
from raptors_xp._core.promotion import promote
from raptors_xp._core.shape import broadcast_pair, broadcast_strides, check_rank
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine import products
from raptors_xp._engine.assignment import assign
from raptors_xp._engine.elementwise import binary, compare, convert, divide, unary
from raptors_xp._engine.reduce import reduce
from raptors_xp._engine.results import filled
from raptors_xp._engine.views import transpose_matrices
from raptors_xp._engine.where import where
from raptors_xp._exchange.lapack import (
    DIVERGED,
    SINGULAR,
    as_floating_matrices,
    as_matrices,
    as_square_matrices,
    as_view,
    check_square,
    complex_dtype,
    culprit,
    decompose,
    real_dtype,
    run_stack,
    singular_values,
)
from raptors_xp._functions.matrices import diagonals

_CONJ: Final[int] = _native.CONJ
_LESS: Final[int] = _native.LESS
_MAX: Final[int] = _native.MAX
_MULTIPLY: Final[int] = _native.MULTIPLY
_SUM: Final[int] = _native.SUM
_EPSILON: Final = {"float32": 2.0**-23, "float64": 2.0**-52}


class EighResult(NamedTuple):
    """The result of `eigh`: x = eigenvectors @ diag(eigenvalues) @ conj(eigenvectors).mT."""

    eigenvalues: Array[Any]
    eigenvectors: Array[Any]


class EigResult(NamedTuple):
    """The result of `eig`: x @ eigenvectors = eigenvectors @ diag(eigenvalues)."""

    eigenvalues: Array[Any]
    eigenvectors: Array[Any]


class QRResult(NamedTuple):
    """The result of `qr`: x = Q @ R."""

    Q: Array[Any]
    R: Array[Any]


class SlogdetResult(NamedTuple):
    """The result of `slogdet`: det(x) = sign * exp(logabsdet)."""

    sign: Array[Any]
    logabsdet: Array[Any]


class SVDResult(NamedTuple):
    """The result of `svd`: x = U @ diag(S) @ Vh."""

    U: Array[Any]
    S: Array[Any]
    Vh: Array[Any]


def _one(function: str, routine: str, x: Strided, trouble: str) -> Array[Any]:
    """The single result of a decomposition that has no options."""
    return cast("Array[Any]", decompose(function, routine, x, trouble, {})[0])


def cholesky(x: ArrayOf[DT], /, *, upper: Flag = False) -> Array[DT]:
    """The Cholesky decomposition of every matrix: (..., M, M) gives the lower triangular L with x = L @ conj(L).mT.

    upper=True gives the upper triangular U with x = conj(U).mT @ U. x must be Hermitian and positive definite; only
    that triangle of it is read. Dtypes: floating-point, kept; integers and bool give float64. ValueError for matrices
    that are not square, LinAlgError for one that is not positive definite.
    """
    array = as_square_matrices("cholesky", x)
    wants_upper = as_flag("cholesky", "upper", upper)
    trouble = "is not positive definite; make all its eigenvalues (eigvalsh) larger than 0"
    if wants_upper:
        # x is Hermitian, so x.mT = conj(x). Its lower triangular factor M has conj(x) = M @ conj(M).mT, which gives
        # x = conj(M) @ M.mT: the upper triangular factor of x is M.mT.
        array = transpose_matrices("cholesky", array)
        lower = _one("cholesky", "cholesky", array, trouble)
        return cast("Array[DT]", transpose_matrices("cholesky", lower))
    return cast("Array[DT]", _one("cholesky", "cholesky", array, trouble))


def det(x: ArrayOf[Any], /) -> Array[Any]:
    """The determinant of every matrix: (..., M, M) gives (...).

    Dtypes: floating-point, kept; integers and bool give float64. ValueError for matrices that are not square.
    """
    return _one("det", "det", as_square_matrices("det", x), DIVERGED)


def eig(x: ArrayOf[Any], /) -> EigResult:
    """The eigenvalues and eigenvectors of every matrix: (..., M, M) gives (..., M) and (..., M, M).

    The eigenvectors are columns. They are in no particular order. Dtypes: float32 and complex64 give complex64, all
    others complex128. ValueError for matrices that are not square, LinAlgError for one with nan or inf.
    """
    array = as_square_matrices("eig", x)
    values, vectors = decompose("eig", "eig", array, DIVERGED, {}, complex_dtype(array._dtype).name)
    return EigResult(cast("Array[Any]", values), cast("Array[Any]", vectors))


def eigh(x: ArrayOf[Any], /) -> EighResult:
    """The eigenvalues and eigenvectors of every Hermitian matrix: (..., M, M) gives (..., M) and (..., M, M).

    The eigenvectors are columns. The eigenvalues ascend, the eigenvectors are orthonormal. Only the lower triangle of x
    is read. Dtypes: floating-point, kept, though eigenvalues are real; integers and bool give float64. ValueError for
    matrices that are not square, LinAlgError where the computation does not converge.
    """
    values, vectors = decompose("eigh", "eigh", as_square_matrices("eigh", x), DIVERGED, {})
    return EighResult(cast("Array[Any]", values), cast("Array[Any]", vectors))


def eigvals(x: ArrayOf[Any], /) -> Array[Any]:
    """The eigenvalues of every matrix, in no particular order: (..., M, M) gives (..., M).

    Dtypes: float32 and complex64 give complex64, all others complex128. ValueError for matrices that are not square,
    LinAlgError for one with nan or inf.
    """
    array = as_square_matrices("eigvals", x)
    return cast("Array[Any]", decompose("eigvals", "eigvals", array, DIVERGED, {}, complex_dtype(array._dtype).name)[0])


def eigvalsh(x: ArrayOf[Any], /) -> Array[Any]:
    """The eigenvalues of every Hermitian matrix, ascending: (..., M, M) gives (..., M).

    Only the lower triangle of x is read. Dtypes: float32 and complex64 give float32, all others float64. ValueError for
    matrices that are not square, LinAlgError where the computation does not converge.
    """
    return _one("eigvalsh", "eigvalsh", as_square_matrices("eigvalsh", x), DIVERGED)


def inv(x: ArrayOf[Any], /) -> Array[Any]:
    """The inverse of every matrix: (..., M, M) gives (..., M, M).

    Dtypes: floating-point, kept; integers and bool give float64. ValueError for matrices that are not square,
    LinAlgError for a singular one, unless rounding hides that it is singular.
    """
    return _one("inv", "inv", as_square_matrices("inv", x), SINGULAR)


def pinv(x: ArrayOf[Any], /, *, rtol: SupportsFloat | ArrayOf[Any] | None = None) -> Array[Any]:
    """The pseudo-inverse of every matrix: (..., M, N) gives (..., N, M).

    Singular values of at most `rtol` times the largest count as 0. `rtol` is a number, an array with one for every
    matrix, or None for max(M, N) times the dtype's epsilon. Dtypes: floating-point, kept; integers and bool give
    float64. LinAlgError where the computation does not converge.
    """
    array = as_floating_matrices("pinv", x)
    limit = _tolerance("pinv", array, rtol)
    rows, columns = array._shape[-2:]
    shape = (*broadcast_pair("pinv", array._shape[:-2], limit._shape), columns, rows)
    check_rank("pinv", len(shape))
    if 0 in shape:
        return cast("Array[Any]", filled("pinv", array, array._dtype, shape, 0))
    u, values, vh = decompose("pinv", "svd", array, DIVERGED, {"full_matrices": False})
    inverses = where("pinv", _above("pinv", values, limit), divide("pinv", 1.0, values), 0.0)
    shape = (*inverses._shape[:-1], 1, inverses._shape[-1])
    steps = (*inverses._strides[:-1], 0, inverses._strides[-1])
    scaled = binary(_MULTIPLY, "pinv", transpose_matrices("pinv", vh), inverses._view(inverses._offset, shape, steps))
    result = products.matmul("pinv", scaled, transpose_matrices("pinv", u))
    return cast("Array[Any]", unary(_CONJ, "pinv", result) if result._dtype.kind == "c" else result)


def matrix_power(x: ArrayOf[Any], n: SupportsIndex, /) -> Array[Any]:
    """The n-th power of every matrix: (..., M, M) gives (..., M, M).

    n = 0 gives the identity matrix, a negative n a power of the inverse. Dtypes: all, kept; integers and bool give
    float64 for negative n. ValueError for matrices that are not square, LinAlgError for the inverse of a singular one.
    """
    array = as_matrices("matrix_power", x)
    check_square("matrix_power", array)
    exponent = as_integer("matrix_power", "n", n)
    if exponent == 0:
        result = filled("matrix_power", array, array._dtype, array._shape, 0)
        if result._size > 0:
            assign("matrix_power", diagonals("matrix_power", result, 0), 1)
        return cast("Array[Any]", result)
    if exponent < 0:
        array = _one("matrix_power", "inv", as_square_matrices("matrix_power", array), SINGULAR)
        exponent = -exponent
    power = array
    for bit in bin(exponent)[3:]:  # by repeated squaring, from the second highest bit on
        power = products.matmul("matrix_power", power, power)
        if bit == "1":
            power = products.matmul("matrix_power", power, array)
    return cast("Array[Any]", convert(power, power._dtype) if exponent == 1 else power)


def qr(x: ArrayOf[Any], /, *, mode: Literal["reduced", "complete"] | Unchecked = "reduced") -> QRResult:
    """The QR decomposition of every matrix, x = Q @ R: Q has orthonormal columns, R is upper triangular.

    (..., M, N) gives Q of shape (..., M, K) and R of shape (..., K, N), where K is min(M, N), or M with
    mode="complete". Dtypes: floating-point, kept; integers and bool give float64.
    """
    check_option("qr", "mode", mode, ("reduced", "complete"))
    q, r = decompose("qr", "qr", as_floating_matrices("qr", x), DIVERGED, {"mode": mode})
    return QRResult(cast("Array[Any]", q), cast("Array[Any]", r))


def slogdet(x: ArrayOf[Any], /) -> SlogdetResult:
    """The determinant of every matrix, as its sign and the logarithm of its absolute value: (..., M, M) gives (...).

    The sign is 0, or a number of absolute value 1. Dtypes: floating-point, kept, though the logarithm is real; integers
    and bool give float64. ValueError for matrices that are not square.
    """
    sign, logarithm = decompose("slogdet", "slogdet", as_square_matrices("slogdet", x), DIVERGED, {})
    return SlogdetResult(cast("Array[Any]", sign), cast("Array[Any]", logarithm))


def solve(x1: ArrayOf[Any], x2: ArrayOf[Any], /) -> Array[Any]:
    """The solution of x1 @ solution = x2 for square matrices x1: (..., M, M) and (..., M, K) give (..., M, K).

    The leading axes broadcast. x2 of shape (M,) is a single vector and gives (..., M). Dtypes: floating-point,
    promoted; integers and bool count as float64. ValueError for shapes that do not fit, LinAlgError for a singular
    matrix.
    """
    matrix = as_square_matrices("solve", x1, "x1")
    right = as_array("solve", "x2", x2)
    shape = right._shape
    if not shape:
        raise ValueError("solve: x2 has shape () and holds no right-hand sides; reshape it to (1,)")
    if len(shape) == 1:
        right = right._view(right._offset, (shape[0], 1), (right._strides[0], right._dtype.itemsize))
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
            f"solve: {which} is singular: its equations have no solution or many; "
            "use pinv(x1) @ x2 for the least-squares solution"
        ) from None
    if len(shape) == 1:
        found = found._view(found._offset, found._shape[:-1], found._strides[:-1])
    return cast("Array[Any]", found)


def _stacked(x: Strided, batch: tuple[int, ...]) -> Strided:
    """A view of the matrices of x, broadcast to a stack of shape `batch`."""
    shape = batch + x._shape[-2:]
    return x._view(x._offset, shape, broadcast_strides(x._shape, x._strides, shape))


def svd(x: ArrayOf[Any], /, *, full_matrices: Flag = True) -> SVDResult:
    """The singular value decomposition of every matrix, x = U @ diag(S) @ Vh, with S in descending order.

    (..., M, N) gives U (..., M, M), S (..., K) and Vh (..., N, N), where K is min(M, N); full_matrices=False gives U
    (..., M, K) and Vh (..., K, N). Dtypes: floating-point, kept, though S is real; integers and bool give float64.
    LinAlgError where the computation does not converge.
    """
    options = {"full_matrices": as_flag("svd", "full_matrices", full_matrices)}
    u, s, vh = decompose("svd", "svd", as_floating_matrices("svd", x), DIVERGED, options)
    return SVDResult(cast("Array[Any]", u), cast("Array[Any]", s), cast("Array[Any]", vh))


def svdvals(x: ArrayOf[Any], /) -> Array[Any]:
    """The singular values of every matrix, in descending order: (..., M, N) gives (..., min(M, N)).

    Dtypes: float32 and complex64 give float32, all others float64. LinAlgError where the computation does not converge.
    """
    return cast("Array[Any]", singular_values("svdvals", as_floating_matrices("svdvals", x)))


def matrix_rank(x: ArrayOf[Any], /, *, rtol: SupportsFloat | ArrayOf[Any] | None = None) -> Array[Any]:
    """The number of singular values that are larger than `rtol` times the largest: (..., M, N) gives (...).

    `rtol` is a number, an array with one for every matrix, or None for max(M, N) times the dtype's epsilon. Dtypes:
    floating-point, integers and bool count as float64; the result is int64. LinAlgError where the computation does not
    converge.
    """
    array = as_floating_matrices("matrix_rank", x)
    limit = _tolerance("matrix_rank", array, rtol)
    stack = array._shape[:-2]
    shape = broadcast_pair("matrix_rank", stack, limit._shape)
    check_rank("matrix_rank", len(shape) + 1)  # the singular values have one axis more
    if 0 in array._shape[-2:]:
        return cast("Array[Any]", filled("matrix_rank", array, int64, shape, 0))
    kept = _above("matrix_rank", singular_values("matrix_rank", array), limit)
    return cast("Array[Any]", reduce(_SUM, "matrix_rank", kept, -1, False))


def _above(function: str, values: Strided, limit: Strided) -> Strided:
    """True for singular values that are larger than `limit` times the largest."""
    largest = reduce(_MAX, function, values, -1, True)
    limits = limit._view(limit._offset, (*limit._shape, 1), (*limit._strides, limit._dtype.itemsize))
    return compare(_LESS, function, binary(_MULTIPLY, function, largest, limits), values)


def _tolerance(function: str, x: Strided, rtol: object) -> Strided:
    """`rtol` as an array that broadcasts with the stack of matrices x."""
    real = real_dtype(x._dtype)
    if rtol is None:
        rtol = max(x._shape[-2:]) * _EPSILON[real.name]
    if isinstance(rtol, (int, float)):
        return filled(function, x, real, (), as_real(function, "rtol", rtol))
    array = as_array(function, "rtol", rtol)
    if array._dtype.kind != "f":
        raise TypeError(
            f"{function}: rtol has dtype {array._dtype}, not a real floating-point one; convert with astype"
        )
    broadcast_pair(function, x._shape[:-2], array._shape)
    return array

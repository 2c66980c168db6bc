"""LAPACK, called through numpy.linalg on our memory: checks of matrices, threads for stacks, errors. Nothing public.

Integers and booleans are converted to float64. Large stacks of matrices are divided among threads. All else is given
to NumPy's gufuncs, and to the functions of numpy.linalg what those cannot take.
"""

from typing import Any, Final, cast

from raptors_xp import _native
from raptors_xp._core import gufuncs
from raptors_xp._core.dtypes import BY_NAME, DType, complex128, float64, show_dtype
from raptors_xp._core.numpy import Call, as_ndarray, blas_limit, is_linalg_error, linalg_error, share_ndarray
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import product
from raptors_xp._core.strided import Strided, wrap, wrap_fresh
from raptors_xp._engine.elementwise import classify, compare, convert
from raptors_xp._engine.ranges import ramp
from raptors_xp._engine.reduce import reduce
from raptors_xp._engine.views import reshape
from raptors_xp._engine.where import where
from raptors_xp._exchange.buffers import from_foreign

# The approximate time for one matrix on one thread, in nanoseconds divided by the square of the longer side. Measured
# for sides from 10 to 200.
_COSTS: Final = {
    "cholesky": 3,
    "det": 7,
    "eig": 300,
    "eigh": 65,
    "eigvals": 200,
    "eigvalsh": 30,
    "inv": 16,
    "qr": 20,
    "slogdet": 7,
    "solve": 7,
    "svd": 50,
}
# The nanoseconds of work from which a stack is divided among threads. A thread that loses its processor delays the
# others by about as much, so dividing less work would not pay.
_SHARED_FROM: Final = 4_000_000
# Stacks of matrices with sides up to this are always divided, stacks of larger ones only if there is a matrix for each
# thread. With fewer matrices BLAS uses several threads for each by itself, though it gains less by them.
_SHARED_SIDE: Final = 96
# BLAS uses one thread for matrices with sides up to this, so that it need not be told.
_SERIAL_SIDE: Final = 32
_ALL: Final[int] = _native.ALL
_ISFINITE: Final[int] = _native.ISFINITE
_LESS_EQUAL: Final[int] = _native.LESS_EQUAL

SINGULAR: Final = "is singular and has no inverse; use pinv, and matrix_rank to find such matrices"
DIVERGED: Final = "could not be decomposed: the computation did not converge; look for nan and inf in the matrix"


# --- arguments -------------------------------------------------------------------------------------------------------


def as_matrices(function: str, x: object, argument: str = "x") -> Strided:
    """x if it is a matrix or a stack of matrices; otherwise a ValueError, or a TypeError if it is not an array."""
    array = as_array(function, argument, x)
    if len(array._shape) < 2:
        raise ValueError(
            f"{function}: {argument} of shape {array._shape} is not a matrix or a stack of matrices; "
            "reshape it to two axes or more"
        )
    return array


def as_floating_matrices(function: str, x: object, argument: str = "x") -> Strided:
    """The matrices of x in a floating-point dtype: integers and booleans are converted to float64."""
    array = as_matrices(function, x, argument)
    return array if array._dtype.kind in "fc" else convert(array, float64)


def check_square(function: str, x: Strided, argument: str = "x") -> None:
    """ValueError unless the matrices of x are square."""
    rows, columns = x._shape[-2:]
    if rows != columns:
        raise ValueError(
            f"{function}: {argument} of shape {x._shape} holds matrices of {rows} rows and {columns} columns; "
            "give square ones"
        )


def as_square_matrices(function: str, x: object, argument: str = "x") -> Strided:
    """The matrices of x, which must be square, in a floating-point dtype."""
    array = as_floating_matrices(function, x, argument)
    check_square(function, array, argument)
    return array


def real_dtype(dtype: DType) -> DType:
    """The dtype of the parts of a complex dtype; a real dtype itself."""
    return BY_NAME[f"float{4 * dtype.itemsize}"] if dtype.kind == "c" else dtype


def complex_dtype(dtype: DType) -> DType:
    """The complex dtype whose parts have the given real dtype; a complex dtype itself."""
    return dtype if dtype.kind == "c" else BY_NAME[f"complex{16 * dtype.itemsize}"]


# --- calls -----------------------------------------------------------------------------------------------------------


def as_view(x: Strided) -> Any:
    """An ndarray that shares x's memory."""
    if x._contiguous:
        return share_ndarray(x._shape, show_dtype(x._dtype), x)
    return as_ndarray(memoryview(cast(Any, x)))


def decompose(
    function: str, routine: str, x: Strided, trouble: str, options: dict[str, Any], dtype: str | None = None
) -> list[Strided]:
    """Runs numpy.linalg's `routine` on every matrix of x, for the public `function`.

    Where it fails, raises a LinAlgError that names the matrix and says `trouble`. The results have `dtype`, or if it is
    None the dtype that NumPy gives.
    """
    try:
        return run_stack(function, routine, [x], options, dtype)
    except ValueError as error:
        if not is_linalg_error(error):
            raise
        which = culprit(Call(function, "linalg", routine, options), as_view(x), x._shape[:-2], "x")
        raise linalg_error(f"{function}: {which} {trouble}") from None


def singular_values(function: str, x: Strided) -> Strided:
    """The singular values of every matrix of x in descending order."""
    return decompose(function, "svd", x, DIVERGED, {"compute_uv": False})[0]


def run_stack(
    function: str, routine: str, arrays: list[Strided], options: dict[str, Any], dtype: str | None = None
) -> list[Strided]:
    """Runs numpy.linalg's `routine` on stacks of matrices of one stack shape; long work runs on several threads."""
    stack = arrays[0]._shape[:-2]
    count = product(stack)
    if len(stack) > 1:  # made one axis, since NumPy allows fewer axes than we do
        arrays = [reshape(function, each, (count, *each._shape[-2:]), None) for each in arrays]
    side = max(arrays[0]._shape[-2:])
    threads = _native.threads()
    shared = count > 1 and threads > 1 and (count >= threads or side <= _SHARED_SIDE)
    if shared and count * side * side * _COSTS[routine] >= _SHARED_FROM:
        call = Call(function, "linalg", routine, options, dtype)
        with blas_limit(1):
            found = call.run_shared([as_view(each) for each in arrays], 0, threads)
        results = [cast(Strided, from_foreign(function, "x", each, None)) for each in found]
    elif side <= _SERIAL_SIDE:
        results = _run(function, routine, arrays, options, dtype)
    else:
        with blas_limit(threads):
            results = _run(function, routine, arrays, options, dtype)
    if len(stack) < 2:
        return results
    return [reshape(function, each, (*stack, *each._shape[1:]), None) for each in results]


def _run(
    function: str, routine: str, arrays: list[Strided], options: dict[str, Any], dtype: str | None
) -> list[Strided]:
    """Runs numpy.linalg's `routine` on one thread of ours: its gufunc if there is one, else all of it."""
    try:
        results = _run_gufunc(function, routine, arrays, options)
    except MemoryError as error:
        raise MemoryError(f"{function}: {error}; work in parts") from None
    if results is not None:
        return results
    found = Call(function, "linalg", routine, options, dtype).run(*[as_view(each) for each in arrays])
    return [cast(Strided, from_foreign(function, "x", each, None)) for each in found]


def _run_gufunc(function: str, routine: str, arrays: list[Strided], options: dict[str, Any]) -> list[Strided] | None:
    """The results of NumPy's gufunc for a routine; None for what only the function around it can treat."""
    x = arrays[0]
    for each in arrays:
        if each._size == 0:
            return None
    if routine in ("eig", "eigvals") and not _all_finite(function, x):
        return None
    is_complex = x._dtype.kind == "c"
    if routine == "qr":
        return _run_qr(function, x, options["mode"] == "complete", is_complex)
    if routine == "svd":
        if not options.get("compute_uv", True):
            routine = "svd values"
        elif not options.get("full_matrices", True):
            routine = "svd reduced"
    gufunc = gufuncs.find(routine, is_complex)
    if gufunc is None:
        return None
    found = gufunc.run(as_view(x)) if len(arrays) == 1 else gufunc.run(as_view(x), as_view(arrays[1]))
    if not isinstance(found, tuple):
        return [_received(found, gufunc.results, x._dtype)]
    return [_received(each, letter, x._dtype) for each, letter in zip(found, gufunc.results)]


def _all_finite(function: str, x: Strided) -> bool:
    return bool(cast(Any, reduce(_ALL, function, classify(_ISFINITE, function, x, True), None, False)))


def _run_qr(function: str, x: Strided, complete: bool, is_complex: bool) -> list[Strided] | None:
    """Q and R; None if NumPy's gufuncs for them are not there."""
    rows, columns = x._shape[-2:]
    first = gufuncs.find("qr", is_complex)
    second = gufuncs.find("qr complete" if complete and rows > columns else "qr reduced", is_complex)
    if first is None or second is None:
        return None
    packed = convert(x, complex128 if is_complex else float64)  # the first overwrites it, with R above the diagonal
    view = as_view(packed)
    q = second.run(view, first.run(view))
    kept = rows if complete else min(rows, columns)
    above = packed._view(0, (*packed._shape[:-2], kept, columns), packed._strides)
    row_numbers = reshape(function, ramp(function, 0, 1, kept), (kept, 1), None)
    upper = compare(_LESS_EQUAL, function, row_numbers, ramp(function, 0, 1, columns))
    r = where(function, upper, above, 0.0)
    return [_received(q, second.results, x._dtype), _rounded(r, x._dtype)]


def _received(found: Any, letter: str, dtype: DType) -> Strided:
    """An array over the memory of a gufunc's result, of NumPy's dtype `letter`, in the precision of `dtype`."""
    computed = complex128 if letter == "D" else float64
    if isinstance(found, float) or isinstance(found, complex):  # noqa: SIM101 (as one call it is slow)
        return _rounded(wrap_fresh(_native.pack(computed.code, [found], 1), computed, ()), dtype)
    memory, _, _, shape, strides, offset = _native.borrow(found)
    return _rounded(wrap(memory, offset, computed, shape, strides), dtype)


def _rounded(x: Strided, dtype: DType) -> Strided:
    """x, of double precision, in the precision of `dtype`."""
    if dtype.itemsize == (8 if dtype.kind == "c" else 4):
        return convert(x, BY_NAME["complex64" if x._dtype.kind == "c" else "float32"])
    return x


def culprit(call: Call, view: Any, stack: tuple[int, ...], argument: str) -> str:
    """A phrase that names the first matrix of the argument for which the call fails."""
    if not stack:
        return f"the matrix {argument}"
    for number in range(product(stack)):
        index: list[int] = []
        rest = number
        for size in reversed(stack):
            index.insert(0, rest % size)
            rest //= size
        try:
            call.run(view[tuple(index)])
        except ValueError:
            return f"the matrix {argument}[{', '.join([str(each) for each in index])}]"
    return f"a matrix of {argument}"

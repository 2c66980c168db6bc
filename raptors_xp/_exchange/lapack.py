"""What LAPACK computes, through NumPy on our memory: which matrices it takes, what its errors say. No public function.

Integers and booleans count as float64. Stacks of matrices are shared among threads.
"""

from typing import Any, Final, cast

from raptors_xp import _native
from raptors_xp._core.dtypes import BY_NAME, DType, float64
from raptors_xp._core.numpy import Call, as_ndarray, blas_alone, is_linalg_error, linalg_error
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import product
from raptors_xp._core.strided import Strided
from raptors_xp._engine.elementwise import convert
from raptors_xp._engine.views import reshape
from raptors_xp._exchange.buffers import from_foreign

# Nanoseconds a matrix takes on one thread, about, over its longer side squared: measured for sides from 10 to 200.
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
# From so many a stack is shared among threads: a thread that loses its processor holds the others up for about as long.
_SHARED_FROM: Final = 4_000_000
# Of matrices up to this size any stack is shared, of larger ones a stack that has one for each thread: LAPACK shares
# them itself, not as well.
_SHARED_SIDE: Final = 96

SINGULAR: Final = "is singular and has no inverse; use pinv, and matrix_rank to find such matrices"
DIVERGED: Final = "has no such decomposition: it did not converge; look for nan and inf in it"


# --- arguments -------------------------------------------------------------------------------------------------------


def as_matrices(function: str, x: object, argument: str = "x") -> Strided:
    """x, if it holds matrices."""
    array = as_array(function, argument, x)
    if len(array._shape) < 2:
        raise ValueError(
            f"{function}: {argument} of shape {array._shape} is no matrix and no stack of them; "
            "reshape it to two axes or more"
        )
    return array


def as_floating_matrices(function: str, x: object, argument: str = "x") -> Strided:
    """x, if it holds matrices, in a floating-point dtype."""
    array = as_matrices(function, x, argument)
    return array if array._dtype.kind in "fc" else convert(array, float64)


def check_square(function: str, x: Strided, argument: str = "x") -> None:
    """ValueError unless x holds square matrices."""
    rows, columns = x._shape[-2:]
    if rows != columns:
        raise ValueError(
            f"{function}: {argument} of shape {x._shape} holds matrices of {rows} rows and {columns} columns; "
            "give square ones"
        )


def as_square_matrices(function: str, x: object, argument: str = "x") -> Strided:
    """x, if it holds square matrices, in a floating-point dtype."""
    array = as_floating_matrices(function, x, argument)
    check_square(function, array, argument)
    return array


def real_dtype(dtype: DType) -> DType:
    """The dtype of the parts of a complex one; a real one itself."""
    return BY_NAME[f"float{4 * dtype.itemsize}"] if dtype.kind == "c" else dtype


def complex_dtype(dtype: DType) -> DType:
    """The dtype of complex numbers with parts of a real one; a complex one itself."""
    return dtype if dtype.kind == "c" else BY_NAME[f"complex{16 * dtype.itemsize}"]


# --- calls -----------------------------------------------------------------------------------------------------------


def as_view(x: Strided) -> Any:
    """An ndarray over x's memory."""
    return as_ndarray(memoryview(cast(Any, x)))


def decompose(
    function: str, routine: str, x: Strided, trouble: str, options: dict[str, Any], dtype: str | None = None
) -> list[Strided]:
    """numpy.linalg's `function` of every matrix of x; LinAlgError that says `trouble` where it fails.

    The results have `dtype`, or what NumPy gives.
    """
    try:
        return run_stack(function, routine, [x], options, dtype)
    except ValueError as error:
        if not is_linalg_error(error):
            raise
        which = culprit(Call(function, "linalg", routine, options), as_view(x), x._shape[:-2], "x")
        raise linalg_error(f"{function}: {which} {trouble}") from None


def singular_values(function: str, x: Strided) -> Strided:
    """The singular values of every matrix of x, descending."""
    return decompose(function, "svd", x, DIVERGED, {"compute_uv": False})[0]


def run_stack(
    function: str, routine: str, arrays: list[Strided], options: dict[str, Any], dtype: str | None = None
) -> list[Strided]:
    """numpy.linalg's `function` of arrays that hold stacks of matrices of one shape; long work on several threads."""
    stack = arrays[0]._shape[:-2]
    count = product(stack)
    if len(stack) > 1:  # as one axis, since NumPy has fewer than we do
        arrays = [reshape(function, each, (count, *each._shape[-2:]), None) for each in arrays]
    views = [as_view(each) for each in arrays]
    call = Call(function, "linalg", routine, options, dtype)
    side = max(arrays[0]._shape[-2:])
    threads = _native.threads()
    shared = count > 1 and threads > 1 and (count >= threads or side <= _SHARED_SIDE)
    if shared and count * side * side * _COSTS[routine] >= _SHARED_FROM:
        with blas_alone:
            found = call.run_shared(views, 0, threads)
    else:
        found = call.run(*views)
    results = [cast(Strided, from_foreign(function, "x", each, None)) for each in found]
    if len(stack) < 2:
        return results
    return [reshape(function, each, (*stack, *each._shape[1:]), None) for each in results]


def culprit(call: Call, view: Any, stack: tuple[int, ...], argument: str) -> str:
    """Names the first matrix of the argument that the call fails for."""
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

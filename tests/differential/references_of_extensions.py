"""NumPy's answers in linear algebra and Fourier transforms, and how close they must be met, whichever kernels BLAS,
LAPACK and FFT have for the processor: bounds of rounding.py, and what defines the factors of a matrix in matrices.py.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from differential.comparing import Close, Near, Such
from differential.references import Reference
from matrices import (
    Pairs,
    condition,
    largest,
    pairs_of_eig,
    pairs_of_eigh,
    pairs_of_qr,
    pairs_of_svd,
    roundings,
    same_values,
    trouble,
)
from rounding import epsilon, transform_bound, wide

# --- products --------------------------------------------------------------------------------------------------------


def summed_products(function: Reference) -> Reference:
    """Sums of products of small whole numbers, nan and infinity, which are exact in any order but for the signs of
    zeros: by the definition, in long double, which no BLAS has."""

    def reference(*arguments: Any, **keywords: Any) -> Any:
        dtype = np.result_type(*arguments)
        if dtype.kind not in "fc":
            return function(*arguments, **keywords)
        return Near(np.asarray(function(*map(wide, arguments), **keywords)).astype(dtype), 0)

    return reference


def powers(x: np.ndarray, n: int) -> Any:
    """Sums of products, but for the inverse."""
    if n < 0:
        return solved(np.linalg.matrix_power)(x, n)
    return summed_products(lambda x: np.linalg.matrix_power(x, n))(x)


# --- inverses and norms ----------------------------------------------------------------------------------------------


def solved(function: Reference) -> Reference:
    """What solves equations: as many roundings as LAPACK allows itself, multiplied by the condition of the matrix."""

    def reference(x: np.ndarray, *more: Any, **keywords: Any) -> Any:
        found = function(x, *more, **keywords)
        bound = roundings(x) * float(np.max(condition(x), initial=1))
        if isinstance(found, tuple):  # slogdet: of modulus 1, and a logarithm
            return [Near(each, bound) for each in found]
        return Near(found, bound * np.max(np.abs(found), initial=0))

    return reference


def sized(function: Reference) -> Reference:
    """Norms, singular values, eigenvalues of Hermitian matrices: n roundings of numbers below the norm of the whole."""

    def reference(x: np.ndarray, **keywords: Any) -> Any:
        found = np.asarray(function(x, **keywords))
        size = max(np.max(np.abs(found), initial=0), np.max(np.abs(x), initial=0))
        return Near(found, 10 * max(1, x.size) * epsilon(x.dtype) * size)

    return reference


# --- decompositions --------------------------------------------------------------------------------------------------


def factors(x: np.ndarray, due: Any, pairs: Callable[..., Pairs]) -> Such:
    """Any factors of NumPy's shapes and dtypes for which the pairs are equal but for rounding."""

    def check(found: list[np.ndarray]) -> str | None:
        for mine, other in zip(found, due):
            if (mine.shape, mine.dtype) != (other.shape, other.dtype):
                return f"{mine.dtype}{mine.shape}, not {other.dtype}{other.shape}"
        return trouble(pairs(x, *found), roundings(x))

    return Such(check)


def qr(x: np.ndarray, mode: str = "reduced") -> Such:
    return factors(x, np.linalg.qr(x, mode), pairs_of_qr)


def svd(x: np.ndarray, full_matrices: bool = True) -> Such:
    return factors(x, np.linalg.svd(x, full_matrices=full_matrices), pairs_of_svd)


def eigh(x: np.ndarray) -> Such:
    return factors(x, np.linalg.eigh(x), pairs_of_eigh)


def _complex(x: np.ndarray) -> np.ndarray:
    return x.astype(np.result_type(x, np.complex64))


def eig(x: np.ndarray) -> Such:
    return factors(x, [_complex(each) for each in np.linalg.eig(x)], pairs_of_eig)


def eigvals(x: np.ndarray) -> Such:
    """In any order. An error of the matrix moves them by that times the condition of the vectors (Bauer and Fike)."""
    due, vectors = (_complex(each) for each in np.linalg.eig(x))
    bound = (roundings(x) * largest(x) * condition(vectors))[..., 0]

    def check(found: np.ndarray) -> str | None:
        if found.dtype != due.dtype or not same_values(found, due, bound):
            return f"{found}, not {due}"
        return None

    return Such(check)


# --- Fourier transforms ----------------------------------------------------------------------------------------------


def transformed(function: Any) -> Reference:
    """Within the bound of fast transforms of those in long double."""
    name = function.__name__

    def reference(x: np.ndarray, **keywords: Any) -> Near:
        found = function(x, **keywords)
        if x.size == 0 and found.size:  # some of NumPy's give what was in the memory before: padded with zeros, none do
            x = np.pad(x, [(0, size == 0) for size in x.shape])
        bound = transform_bound(name, x, found.shape, found.dtype, **keywords)
        return Near(function(wide(x), **keywords).astype(found.dtype), bound if found.size else 0)

    return reference


def frequencies(function: Reference) -> Reference:
    """Whole numbers over n d: a rounding of that product, one of the quotient or two, and one to the dtype."""

    def reference(n: int, d: float = 1.0, dtype: Any = np.float64) -> Close:
        numbers = np.rint(function(n) * n)
        return Close(wide(numbers) / (np.longdouble(n) * np.longdouble(d)), np.dtype(dtype), 2)

    return reference

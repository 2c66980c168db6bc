"""What the tests of linear algebra share: matrices of every dtype and layout, and what holds for their inverses and
factors, whichever kernels LAPACK has. No tests here.

Factors are not unique: LAPACK chooses the signs and phases of vectors, and the order of eigenvalues. So they are tested
by what defines them, as pairs of arrays that are equal but for rounding.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import strategies as st
from rounding import epsilon

FLOATING = ["float32", "float64", "complex64", "complex128"]
STACKS = [(), (2, 0), (2, 3)]
Pairs = Iterator[tuple[np.ndarray, np.ndarray]]


def draw_matrices(data: st.DataObject, shape: tuple[int, ...], names: list[str] = FLOATING) -> np.ndarray:
    """Well-conditioned where square: whole numbers beside a large diagonal; any layout, read-only too."""
    name = data.draw(st.sampled_from(names))
    generator = np.random.default_rng(data.draw(st.integers(0, 99)))
    a = generator.integers(-3, 4, shape).astype("complex128" if name.startswith("complex") else "float64")
    if name.startswith("complex"):
        a = a + 1j * generator.integers(-3, 4, shape)
    if len(shape) > 1 and shape[-1] == shape[-2]:
        a = a + 9 * np.eye(shape[-1])
    if name.startswith("uint") or name == "bool":
        a = np.abs(a)
    a = a.astype(name)
    layout = data.draw(st.integers(0, 4))
    if layout == 1:
        a = np.asfortranarray(a)
    elif layout == 2 and len(shape) > 1:
        a = np.repeat(a, 2, axis=-1)[..., ::2]
    elif layout == 3 and len(shape) > 1:
        a = a[..., ::-1, ::-1].copy()[..., ::-1, ::-1]
    elif layout == 4:
        a.flags.writeable = False
    return a


def real_name(name: str) -> str:
    return {"complex64": "float32", "complex128": "float64"}.get(name, name)


def complex_name(name: str) -> str:
    return {"float32": "complex64", "float64": "complex128"}.get(name, name)


# --- bounds ----------------------------------------------------------------------------------------------------------


def largest(x: np.ndarray) -> np.ndarray:
    """The largest modulus of every matrix."""
    return np.asarray(np.max(np.abs(x), axis=(-2, -1), keepdims=True, initial=0))


def roundings(a: np.ndarray) -> float:
    """How far LAPACK's results may be off, of the size of the matrix: its own tests allow 50 n units."""
    return 50.0 * max(1, *a.shape[-2:]) * epsilon(a.dtype)


def condition(a: np.ndarray) -> np.ndarray:
    """By how much the errors of a matrix grow in its inverse: of every matrix the largest singular value by the
    smallest one that is not 0 but for rounding. In place of the matrix there are two axes of size 1."""
    sizes = np.linalg.svdvals(a)
    if not sizes.size:
        return np.ones((*a.shape[:-2], 1, 1))
    lead = sizes[..., :1]
    not_zero = sizes > 100 * epsilon(a.dtype) * lead
    least = np.min(np.where(not_zero, sizes, np.inf), axis=-1, keepdims=True)
    return np.asarray(np.maximum(1, lead / least))[..., None]


def trouble(pairs: Pairs, roundings: Any) -> str | None:
    """What is wrong with pairs that are equal but for so many roundings of the size of the second one; or None."""
    for number, (left, right) in enumerate(pairs):
        excess = np.abs(left - right) - roundings * np.maximum(1, largest(right))
        if left.shape != right.shape or not np.all(excess <= 0):
            return f"pair {number}, of shape {left.shape}, is off by {np.max(np.abs(left - right))}"
    return None


# --- what defines factors --------------------------------------------------------------------------------------------


def adjoint(x: Any) -> np.ndarray:
    return np.conj(np.matrix_transpose(np.asarray(x)))


def eye_of(x: np.ndarray) -> np.ndarray:
    """As many identity matrices as x holds matrices, as wide as these."""
    n = x.shape[-1]
    return np.broadcast_to(np.eye(n, dtype=x.dtype), (*x.shape[:-2], n, n))


def orthonormal(q: np.ndarray) -> Pairs:
    yield adjoint(q) @ q, eye_of(q)


def pairs_of_inverse(a: np.ndarray, inverse: np.ndarray) -> Pairs:
    yield a @ inverse, eye_of(a)


def pairs_of_pseudoinverse(a: np.ndarray, inverse: np.ndarray) -> Pairs:
    """Penrose's four equations, of which there is one solution."""
    yield a @ inverse @ a, a
    yield inverse @ a @ inverse, inverse
    for projection in (a @ inverse, inverse @ a):
        yield adjoint(projection), projection


def pairs_of_cholesky(a: np.ndarray, factor: np.ndarray, upper: bool = False) -> Pairs:
    lower = adjoint(factor) if upper else factor
    yield lower @ adjoint(lower), a
    yield np.triu(lower, 1), np.zeros_like(lower)
    diagonal = np.diagonal(lower, axis1=-2, axis2=-1)[..., None]
    yield diagonal, np.abs(diagonal).astype(a.dtype)


def pairs_of_qr(a: np.ndarray, q: np.ndarray, r: np.ndarray) -> Pairs:
    yield q @ r, a
    yield from orthonormal(q)
    yield np.tril(r, -1), np.zeros_like(r)


def pairs_of_svd(a: np.ndarray, u: np.ndarray, s: np.ndarray, vh: np.ndarray) -> Pairs:
    k = s.shape[-1]
    yield u[..., :k] * s[..., None, :] @ vh[..., :k, :], a
    yield from orthonormal(u)
    yield from orthonormal(adjoint(vh))
    yield np.sort(np.abs(s), axis=-1)[..., None, ::-1], s[..., None, :]


def pairs_of_eigh(a: np.ndarray, values: np.ndarray, vectors: np.ndarray) -> Pairs:
    yield a @ vectors, vectors * values[..., None, :]
    yield from orthonormal(vectors)
    yield np.sort(values, axis=-1)[..., None, :], values[..., None, :]


def pairs_of_eig(a: np.ndarray, values: np.ndarray, vectors: np.ndarray) -> Pairs:
    """In any order; every vector of length 1."""
    yield a @ vectors, vectors * values[..., None, :]
    lengths = np.sum(np.abs(vectors) ** 2, axis=-2, keepdims=True)
    yield lengths, np.ones_like(lengths)


def same_values(found: np.ndarray, expected: np.ndarray, bound: Any) -> bool:
    """Whether these are the same eigenvalues in any order: every one is within the bound of another one."""
    bound = np.broadcast_to(bound, (*expected.shape[:-1], 1))
    for place in np.ndindex(expected.shape[:-1]):
        rest = list(expected[place])
        for value in found[place]:
            nearest = int(np.argmin(np.abs(np.asarray(rest) - value)))
            if not abs(rest.pop(nearest) - value) <= bound[place][0]:
                return False
    return found.shape == expected.shape


def determinant(a: np.ndarray) -> np.ndarray:
    """By its definition, along the first row: exact for a few small whole numbers."""
    if not a.shape[-1]:
        return np.ones(a.shape[:-2], a.dtype)
    minors = [determinant(np.delete(a[..., 1:, :], column, axis=-1)) for column in range(a.shape[-1])]
    return np.asarray(sum((-1) ** place * a[..., 0, place] * minor for place, minor in enumerate(minors)))

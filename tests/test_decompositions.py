"""inv, det, solve and the decompositions of linalg: every dtype, stack and layout; matrices without an answer."""

from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, same
from hypothesis import given
from hypothesis import strategies as st
from matrices import FLOATING, STACKS, adjoint, close, complex_name, draw_matrices, real_name

import raptors_xp as xp
from raptors_xp import linalg


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), size=st.integers(0, 5))
def test_inverse_determinant_and_solution(stack: tuple[int, ...], data: st.DataObject, size: int) -> None:
    a = draw_matrices(data, (*stack, size, size))
    x = xp.asarray(a)
    close(xp.linalg.inv(x), np.linalg.inv(a))
    close(xp.linalg.det(x), np.linalg.det(a))
    sign, logarithm = xp.linalg.slogdet(x)
    close(sign, np.linalg.slogdet(a)[0])
    close(logarithm, np.linalg.slogdet(a)[1])
    b = draw_matrices(data, (*stack, size, 2))
    close_solution(x, xp.asarray(b))
    if not stack:
        close_solution(x, xp.asarray(b)[:, 1])


def close_solution(x: xp.Array[Any], b: xp.Array[Any]) -> None:
    """Asserts that solve gives the inverse times the right-hand side."""
    left, right = np.asarray(x), np.asarray(b)
    column = right[:, None] if right.ndim == 1 else right
    expected = np.linalg.inv(left.astype("complex128")) @ column
    expected = expected[..., 0] if right.ndim == 1 else expected
    solution = xp.linalg.solve(x, b)
    assert solution.dtype.name == np.result_type(left, right).name
    assert solution.shape == expected.shape
    np.testing.assert_allclose(np.asarray(solution), expected, rtol=1e-3, atol=1e-4)


@given(data=st.data())
def test_solve_broadcasts(data: st.DataObject) -> None:
    for left, right in (((2, 1, 3, 3), (4, 3, 2)), ((3, 3), (5, 3, 1)), ((5, 3, 3), (3, 2)), ((3, 3, 3), (3,))):
        a, b = draw_matrices(data, left), draw_matrices(data, right, [*FLOATING, "int64", "bool"])
        close_solution(xp.asarray(a), xp.asarray(b))


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), size=st.integers(0, 5))
def test_eigenvalues(stack: tuple[int, ...], data: st.DataObject, size: int) -> None:
    a = draw_matrices(data, (*stack, size, size))
    name = a.dtype.name
    values, vectors = xp.linalg.eig(xp.asarray(a))
    assert values.dtype.name == vectors.dtype.name == complex_name(name)
    assert vectors.shape == a.shape
    close(xp.asarray(a @ np.asarray(vectors)), np.asarray(vectors) * np.asarray(values)[..., None, :])
    close(xp.linalg.eigvals(xp.asarray(a)), np.asarray(values), complex_name(name))
    h = a + np.conj(np.swapaxes(a, -1, -2))
    result = xp.linalg.eigh(xp.asarray(h))
    assert result.eigenvectors.dtype.name == name
    close(result.eigenvalues, np.linalg.eigvalsh(h), real_name(name))
    close(
        xp.asarray(h @ np.asarray(result.eigenvectors)),
        np.asarray(result.eigenvectors) * np.asarray(result.eigenvalues)[..., None, :],
        name,
    )
    close(xp.linalg.eigvalsh(xp.asarray(h)), np.linalg.eigvalsh(h))


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), size=st.integers(0, 5), upper=st.booleans())
def test_cholesky(stack: tuple[int, ...], data: st.DataObject, size: int, upper: bool) -> None:
    a = draw_matrices(data, (*stack, size, size))
    h = a @ np.conj(np.swapaxes(a, -1, -2))
    factor = xp.linalg.cholesky(xp.asarray(h), upper=upper)
    lower = np.linalg.cholesky(h)
    close(factor, np.conj(np.swapaxes(lower, -1, -2)) if upper else lower)
    close(xp.asarray(adjoint(factor) @ np.asarray(factor) if upper else np.asarray(factor) @ adjoint(factor)), h)


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), rows=st.integers(0, 5), columns=st.integers(0, 5))
def test_rectangular_decompositions(stack: tuple[int, ...], data: st.DataObject, rows: int, columns: int) -> None:
    a = draw_matrices(data, (*stack, rows, columns))
    x = xp.asarray(a)
    least = min(rows, columns)
    for mode in ("reduced", "complete"):
        q, r = xp.linalg.qr(x, mode=mode)  # type: ignore[arg-type]
        inner = least if mode == "reduced" else rows
        assert (q.shape, r.shape) == ((*stack, rows, inner), (*stack, inner, columns))
        assert q.dtype.name == r.dtype.name == a.dtype.name
        close(xp.asarray(np.asarray(q) @ np.asarray(r)), a)
        np.testing.assert_array_equal(np.tril(np.asarray(r), -1), 0)
    u, s, vh = xp.linalg.svd(x, full_matrices=False)
    close(xp.asarray((np.asarray(u) * np.asarray(s)[..., None, :]) @ np.asarray(vh)), a)
    full = xp.linalg.svd(x)
    assert (full.U.shape, full.S.shape, full.Vh.shape) == (
        (*stack, rows, rows),
        (*stack, least),
        (*stack, columns, columns),
    )
    assert full.S.dtype.name == real_name(a.dtype.name)
    close(xp.linalg.svdvals(x), np.asarray(s))
    close(xp.linalg.pinv(x), np.linalg.pinv(a) if a.size else np.zeros((*stack, columns, rows), a.dtype))
    same(xp.linalg.matrix_rank(x), np.sum(np.asarray(s) > 1e-4, axis=-1))


@given(data=st.data(), name=st.sampled_from(NAMES[:9]))
def test_integers_count_as_float64(data: st.DataObject, name: str) -> None:
    a = draw_matrices(data, (2, 3, 3), [name])
    x, b = xp.asarray(a), a.astype("float64")
    for function in ("det", "eigvalsh", "svdvals", "pinv"):
        assert getattr(xp.linalg, function)(x).dtype is xp.float64
    close(xp.linalg.det(x), np.linalg.det(b))
    assert xp.linalg.eigvals(x).dtype is xp.complex128
    close(xp.linalg.matrix_norm(x), np.linalg.norm(b, axis=(-2, -1)))
    close(xp.linalg.vector_norm(x), np.linalg.norm(b.reshape(-1)))


def test_tolerances() -> None:
    a = np.diag([1.0, 1e-3, 1e-9])
    x = xp.asarray(np.stack([a, a]))
    assert xp.linalg.matrix_rank(x).tolist() == [3, 3]
    assert xp.linalg.matrix_rank(x, rtol=1e-6).tolist() == [2, 2]
    assert xp.linalg.matrix_rank(x, rtol=xp.asarray([1e-6, 1e-2])).tolist() == [2, 1]
    close(xp.linalg.pinv(x, rtol=1e-6)[0, ...], np.diag([1.0, 1e3, 0.0]))
    close(xp.linalg.pinv(x, rtol=xp.asarray([1e-6, 1e-2]))[1, ...], np.diag([1.0, 0.0, 0.0]))
    with pytest.raises(TypeError, match=r"^pinv: rtol has dtype int64, not a real floating-point one"):
        xp.linalg.pinv(x, rtol=xp.asarray([1, 2]))
    with pytest.raises(ValueError, match=r"^matrix_rank: operands could not be broadcast together with shapes"):
        xp.linalg.matrix_rank(x, rtol=xp.ones(3))
    with pytest.raises(TypeError, match=r"^pinv: (x2|rtol|indices)='a'"):
        xp.linalg.pinv(x, rtol="a")  # type: ignore[arg-type]


def test_results_are_ours_to_write_to() -> None:
    x = xp.asarray([[2.0, 0.0], [0.0, 4.0]])
    y = xp.linalg.inv(x)
    y[0, 0] = 7
    assert y.tolist() == [[7.0, 0.0], [0.0, 0.25]]
    assert x.tolist() == [[2.0, 0.0], [0.0, 4.0]]


def test_matrices_without_an_answer() -> None:
    zero, stack = xp.zeros((2, 2)), xp.asarray([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 1.0], [1.0, 1.0]]])
    for error in (np.linalg.LinAlgError, ValueError):
        with pytest.raises(error, match=r"^inv: the matrix x is singular and has no inverse; use pinv"):
            xp.linalg.inv(zero)
        with pytest.raises(error, match=r"^inv: the matrix x\[1\] is singular"):
            xp.linalg.inv(stack)
        with pytest.raises(error, match=r"^solve: the matrix x1\[1\] is singular: .* least-squares"):
            xp.linalg.solve(stack, xp.ones(2))
        with pytest.raises(error, match=r"^matrix_power: the matrix x is singular"):
            xp.linalg.matrix_power(zero, -1)
        with pytest.raises(error, match=r"^cholesky: the matrix x is not positive definite"):
            xp.linalg.cholesky(-xp.linalg.matrix_power(zero, 0))
        with pytest.raises(error, match=r"^eig: the matrix x could not be decomposed: .* nan and inf"):
            xp.linalg.eig(zero + xp.nan)
        with pytest.raises(error, match=r"^svd: the matrix x could not be decomposed"):
            xp.linalg.svd(zero + xp.nan)
        with pytest.raises(error, match=r"^pinv: the matrix x\[0, 1\] could not be decomposed"):
            xp.linalg.pinv(xp.asarray([[[[1.0]], [[xp.nan]]]]))
    assert float(xp.linalg.det(zero)) == 0.0
    assert [float(each) for each in xp.linalg.slogdet(zero)] == [0.0, -xp.inf]


def test_stacks_of_many_axes() -> None:
    """NumPy's functions of matrices do not take the 64 axes that ours may have."""
    a = np.random.default_rng(3).normal(size=(2, 3, 2, 2))
    ones = (1,) * 20
    x = xp.reshape(xp.asarray(a), (*ones, 2, *ones, 3, *ones, 2, 2))
    many = x.shape[:-2]
    for found, expected in (
        (linalg.inv(x), np.linalg.inv(a)),
        (linalg.det(x), np.linalg.det(a)),
        (linalg.svdvals(x), np.linalg.svd(a, compute_uv=False)),
        (linalg.pinv(x), np.linalg.pinv(a)),
        (linalg.pinv(x, rtol=xp.full((3, *ones), 0.1)), np.linalg.pinv(a, np.full(3, 0.1))),
        (linalg.solve(x, xp.ones(2)), np.linalg.solve(a, np.ones((2, 3, 2, 1)))[..., 0]),
        (linalg.solve(x, xp.ones((3, *ones, 2, 5))), np.linalg.solve(a, np.ones((3, 2, 5)))),
    ):
        assert found.shape == many + expected.shape[2:]
        np.testing.assert_allclose(np.asarray(xp.reshape(found, expected.shape)), expected)
    with pytest.raises(ValueError, match=r"^pinv: an array cannot have 66 axes; use at most 64"):
        linalg.pinv(x, rtol=xp.full((2, 1, *many), 0.1))

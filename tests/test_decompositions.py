"""inv, det, solve and the decompositions of linalg: every dtype, stack and layout; matrices without an answer."""

import numpy as np
import pytest
from against_numpy import NAMES, same
from hypothesis import given
from hypothesis import strategies as st
from matrices import (
    FLOATING,
    STACKS,
    adjoint,
    complex_name,
    condition,
    determinant,
    draw_matrices,
    largest,
    pairs_of_cholesky,
    pairs_of_eig,
    pairs_of_eigh,
    pairs_of_inverse,
    pairs_of_pseudoinverse,
    pairs_of_qr,
    pairs_of_svd,
    real_name,
    roundings,
    same_values,
    trouble,
)
from rounding import epsilon, wide, within

import raptors_xp as xp
from raptors_xp import linalg


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), size=st.integers(0, 5))
def test_inverse_and_determinant(stack: tuple[int, ...], data: st.DataObject, size: int) -> None:
    a = draw_matrices(data, (*stack, size, size))
    x, name = xp.asarray(a), a.dtype.name
    error = roundings(a) * condition(a)
    inverse = xp.linalg.inv(x)
    assert (inverse.shape, inverse.dtype.name) == (a.shape, name)
    assert trouble(pairs_of_inverse(a, np.asarray(inverse)), error) is None
    exact = determinant(wide(a))
    error = error[..., 0, 0]
    within(xp.linalg.det(x), exact, error * np.abs(exact), name)
    sign, logarithm = xp.linalg.slogdet(x)
    within(sign, exact / np.abs(exact), error, name)
    size_of_it = np.log(np.abs(exact))
    within(logarithm, size_of_it, error + epsilon(name) * size_of_it, real_name(name))


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), size=st.integers(0, 5))
def test_solve(stack: tuple[int, ...], data: st.DataObject, size: int) -> None:
    a, b = draw_matrices(data, (*stack, size, size)), draw_matrices(data, (*stack, size, 2))
    solves(a, b)
    if not stack:
        solves(a, b[:, 1])


def solves(a: np.ndarray, b: np.ndarray) -> None:
    """Asserts that the equations hold for what solve gives."""
    solution = np.asarray(xp.linalg.solve(xp.asarray(a), xp.asarray(b)))
    columns, right = (solution[..., None], b[..., None]) if b.ndim == 1 else (solution, b)
    assert solution.dtype == np.result_type(a, b)
    assert columns.shape == (*np.broadcast_shapes(a.shape[:-2], right.shape[:-2]), a.shape[-1], right.shape[-1])
    right = np.broadcast_to(right, columns.shape)
    assert trouble(iter([(a @ columns, right)]), roundings(a) * np.maximum(1, largest(a) * largest(columns))) is None


@given(data=st.data())
def test_solve_broadcasts(data: st.DataObject) -> None:
    for left, right in (((2, 1, 3, 3), (4, 3, 2)), ((3, 3), (5, 3, 1)), ((5, 3, 3), (3, 2)), ((3, 3, 3), (3,))):
        solves(draw_matrices(data, left), draw_matrices(data, right, [*FLOATING, "int64", "bool"]))


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), size=st.integers(0, 5))
def test_eigenvalues(stack: tuple[int, ...], data: st.DataObject, size: int) -> None:
    a = draw_matrices(data, (*stack, size, size))
    name, error = a.dtype.name, roundings(a)
    values, vectors = [np.asarray(each) for each in xp.linalg.eig(xp.asarray(a))]
    assert values.dtype.name == vectors.dtype.name == complex_name(name)
    assert (values.shape, vectors.shape) == (a.shape[:-1], a.shape)
    assert trouble(pairs_of_eig(a, values, vectors), error) is None
    found = np.asarray(xp.linalg.eigvals(xp.asarray(a)))
    assert found.dtype.name == complex_name(name)
    # Bauer and Fike: an error of the matrix moves eigenvalues by that times the condition of the vectors.
    assert same_values(found, values, (error * largest(a) * condition(vectors))[..., 0])


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), size=st.integers(0, 5))
def test_eigenvalues_of_hermitian_matrices(stack: tuple[int, ...], data: st.DataObject, size: int) -> None:
    a = draw_matrices(data, (*stack, size, size))
    h = a + adjoint(a)
    name, error = a.dtype.name, roundings(h)
    values, vectors = xp.linalg.eigh(xp.asarray(h))
    assert (values.dtype.name, vectors.dtype.name) == (real_name(name), name)
    assert (values.shape, vectors.shape) == (h.shape[:-1], h.shape)
    assert trouble(pairs_of_eigh(h, np.asarray(values), np.asarray(vectors)), error) is None
    within(xp.linalg.eigvalsh(xp.asarray(h)), np.asarray(values), error * largest(h)[..., 0], real_name(name))


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), size=st.integers(0, 5), upper=st.booleans())
def test_cholesky(stack: tuple[int, ...], data: st.DataObject, size: int, upper: bool) -> None:
    a = draw_matrices(data, (*stack, size, size))
    h = a @ adjoint(a)
    factor = xp.linalg.cholesky(xp.asarray(h), upper=upper)
    assert (factor.shape, factor.dtype.name) == (a.shape, a.dtype.name)
    assert trouble(pairs_of_cholesky(h, np.asarray(factor), upper), roundings(h)) is None


@pytest.mark.parametrize("stack", STACKS)
@given(data=st.data(), rows=st.integers(0, 5), columns=st.integers(0, 5))
def test_rectangular_decompositions(stack: tuple[int, ...], data: st.DataObject, rows: int, columns: int) -> None:
    a = draw_matrices(data, (*stack, rows, columns))
    x, name, error = xp.asarray(a), a.dtype.name, roundings(a)
    least = min(rows, columns)
    for mode in ("reduced", "complete"):
        q, r = [np.asarray(each) for each in xp.linalg.qr(x, mode=mode)]  # type: ignore[arg-type]
        inner = least if mode == "reduced" else rows
        assert (q.shape, r.shape) == ((*stack, rows, inner), (*stack, inner, columns))
        assert q.dtype.name == r.dtype.name == name
        assert trouble(pairs_of_qr(a, q, r), error) is None
    for full in (False, True):
        u, s, vh = [np.asarray(each) for each in xp.linalg.svd(x, full_matrices=full)]
        assert u.shape == (*stack, rows, rows if full else least)
        assert (s.shape, vh.shape) == ((*stack, least), (*stack, columns if full else least, columns))
        assert (u.dtype.name, s.dtype.name, vh.dtype.name) == (name, real_name(name), name)
        assert trouble(pairs_of_svd(a, u, s, vh), error) is None
    within(xp.linalg.svdvals(x), s, error * largest(a)[..., 0], real_name(name))
    inverse = np.asarray(xp.linalg.pinv(x))
    assert (inverse.shape, inverse.dtype.name) == ((*stack, columns, rows), name)
    assert trouble(pairs_of_pseudoinverse(a, inverse), error * condition(a)) is None
    same(xp.linalg.matrix_rank(x), np.sum(s > 1e-4, axis=-1))


@given(data=st.data(), name=st.sampled_from(NAMES[:9]))
def test_integers_count_as_float64(data: st.DataObject, name: str) -> None:
    a = draw_matrices(data, (2, 3, 3), [name])
    x, b = xp.asarray(a), a.astype("float64")
    for function in ("det", "eigvalsh", "svdvals", "pinv"):
        assert getattr(xp.linalg, function)(x).dtype is xp.float64
    error = roundings(b) * condition(b)[..., 0, 0]
    within(xp.linalg.det(x), determinant(b), error * np.abs(determinant(b)), "float64")
    assert xp.linalg.eigvals(x).dtype is xp.complex128
    exact = np.sqrt(np.sum(wide(b) ** 2, axis=(-2, -1)))
    within(xp.linalg.matrix_norm(x), exact, 10 * epsilon("float64") * exact, "float64")
    exact = np.sqrt(np.sum(wide(b) ** 2))
    within(xp.linalg.vector_norm(x), exact, 10 * epsilon("float64") * exact, "float64")


def test_tolerances() -> None:
    a = np.diag([1.0, 1e-3, 1e-9])
    x = xp.asarray(np.stack([a, a]))
    assert xp.linalg.matrix_rank(x).tolist() == [3, 3]
    assert xp.linalg.matrix_rank(x, rtol=1e-6).tolist() == [2, 2]
    assert xp.linalg.matrix_rank(x, rtol=xp.asarray([1e-6, 1e-2])).tolist() == [2, 1]
    error = roundings(a) * 1e6  # the square of the condition of what is left
    within(xp.linalg.pinv(x, rtol=1e-6)[0, ...], np.diag([1.0, 1e3, 0.0]), error, "float64")
    within(xp.linalg.pinv(x, rtol=xp.asarray([1e-6, 1e-2]))[1, ...], np.diag([1.0, 0.0, 0.0]), error, "float64")
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
    assert float(y[0, 0]) == 7.0
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
        bound = roundings(a) * np.max(condition(a)) * np.max(np.abs(expected))
        within(xp.reshape(found, expected.shape), expected, bound, "float64")
    with pytest.raises(ValueError, match=r"^pinv: an array cannot have 66 axes; use at most 64"):
        linalg.pinv(x, rtol=xp.full((2, 1, *many), 0.1))

"""The linalg extension against NumPy: signatures, products, diagonals, norms, and what it refuses."""

import inspect
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from matrices import condition, draw_matrices, eye_of, real_name, roundings, trouble
from rounding import epsilon, wide, within

import raptors_xp as xp
from raptors_xp import linalg

INFINITY = float("inf")
# Positional-only parameters, then the others with their defaults.
SIGNATURES = {
    "cholesky": ("x", {"upper": False}),
    "cross": ("x1 x2", {"axis": -1}),
    "det": ("x", {}),
    "diagonal": ("x", {"offset": 0}),
    "eig": ("x", {}),
    "eigh": ("x", {}),
    "eigvals": ("x", {}),
    "eigvalsh": ("x", {}),
    "inv": ("x", {}),
    "matmul": ("x1 x2", {}),
    "matrix_norm": ("x", {"keepdims": False, "ord": "fro"}),
    "matrix_power": ("x n", {}),
    "matrix_rank": ("x", {"rtol": None}),
    "matrix_transpose": ("x", {}),
    "outer": ("x1 x2", {}),
    "pinv": ("x", {"rtol": None}),
    "qr": ("x", {"mode": "reduced"}),
    "slogdet": ("x", {}),
    "solve": ("x1 x2", {}),
    "svd": ("x", {"full_matrices": True}),
    "svdvals": ("x", {}),
    "tensordot": ("x1 x2", {"axes": 2}),
    "trace": ("x", {"offset": 0, "dtype": None}),
    "vecdot": ("x1 x2", {"axis": -1}),
    "vector_norm": ("x", {"axis": None, "keepdims": False, "ord": 2}),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_signatures(name: str) -> None:
    positional, keywords = SIGNATURES[name]
    function = getattr(xp.linalg, name)
    assert name in linalg.__all__
    assert function.__doc__
    parameters = inspect.signature(function).parameters
    assert list(parameters) == [*positional.split(), *keywords]
    for each, parameter in parameters.items():
        if each in keywords:
            assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
            assert parameter.default == keywords[each]
        else:
            assert parameter.kind is inspect.Parameter.POSITIONAL_ONLY
    with pytest.raises(TypeError):
        function(*[xp.ones((3, 3))] * len(positional.split()), nonsense=1)


def test_there_are_25_functions() -> None:
    assert sorted(SIGNATURES) == sorted(linalg.__all__)
    assert len(SIGNATURES) == 25


# --- products, diagonals ---------------------------------------------------------------------------------------------


@given(data=st.data(), name=st.sampled_from(NAMES[1:]))
def test_cross(data: st.DataObject, name: str) -> None:
    for left, right, axis in (
        ((3,), (3,), -1),
        ((4, 3), (3,), -1),
        ((3, 2), (3, 1), -2),
        ((0, 3), (3,), -1),
        ((3, 5), (3, 5), 0),
    ):
        a, b = draw_matrices(data, left, [name]), draw_matrices(data, right, [name, "float64"])
        x = xp.linalg.cross(xp.asarray(a), xp.asarray(b), axis=axis)
        with np.errstate(all="ignore"):
            same(x, np.cross(*np.broadcast_arrays(a, b), axis=axis))


@given(data=st.data())
def test_outer(data: st.DataObject) -> None:
    a = data.draw(ndarrays(NAMES, (4,)))
    b = data.draw(ndarrays(NAMES, (0,)) | ndarrays(NAMES, (3,)))
    with np.errstate(all="ignore"):
        x, expected = xp.linalg.outer(xp.asarray(a), xp.asarray(b)), np.multiply.outer(a, b)
    assert x.shape == expected.shape
    assert x.dtype.name == expected.dtype.name
    if expected.dtype.kind != "c":  # products of complex infinities are nobody's to say
        same(x, expected)


@given(data=st.data(), name=st.sampled_from(NAMES), offset=st.integers(-6, 6))
def test_diagonals(data: st.DataObject, name: str, offset: int) -> None:
    a = draw_matrices(data, data.draw(st.sampled_from([(3, 5), (2, 4, 3), (0, 2, 2), (2, 0), (1, 1)])), [name])
    x = xp.asarray(a)
    same(xp.linalg.diagonal(x, offset=offset), np.diagonal(a, offset, -2, -1))
    same(xp.linalg.trace(x, offset=offset), np.sum(np.diagonal(a, offset, -2, -1), axis=-1))
    assert xp.linalg.trace(x, offset=offset, dtype=xp.complex128).dtype is xp.complex128


def test_a_diagonal_is_a_view() -> None:
    x = xp.zeros((3, 3))
    xp.linalg.diagonal(x, offset=1)[...] = 5
    assert x.tolist() == [[0.0, 5.0, 0.0], [0.0, 0.0, 5.0], [0.0, 0.0, 0.0]]


@given(data=st.data(), name=st.sampled_from(NAMES[1:]), n=st.integers(0, 7))
def test_matrix_power(data: st.DataObject, name: str, n: int) -> None:
    a = draw_matrices(data, data.draw(st.sampled_from([(3, 3), (2, 2, 2), (0, 0), (0, 2, 2)])), [name])
    x = xp.asarray(a)
    y = xp.linalg.matrix_power(x, n)
    if a.dtype.kind in "fc":
        exact = np.linalg.matrix_power(wide(a), n)  # whole numbers of fewer digits than long double has
        bound = n * (2 * a.shape[-1] + 2) * epsilon(name) * np.linalg.matrix_power(np.abs(wide(a)), n)
        within(y, exact, bound, name)
        inverse = np.asarray(xp.linalg.matrix_power(x, -n))
        assert trouble(iter([(exact @ inverse, eye_of(a))]), n * roundings(a) * condition(a) ** (n + 1)) is None
    else:
        same(y, np.linalg.matrix_power(a, n))
    assert not np.shares_memory(np.asarray(y), a)


# --- norms -----------------------------------------------------------------------------------------------------------


@given(
    data=st.data(),
    ord=st.sampled_from(["fro", "nuc", None, 1, -1, 2, -2, float("inf"), float("-inf")]),
    keepdims=st.booleans(),
)
def test_matrix_norm(data: st.DataObject, ord: Any, keepdims: bool) -> None:
    a = draw_matrices(data, data.draw(st.sampled_from([(3, 4), (2, 3, 1), (2, 0, 3, 3)])))
    expected = np.linalg.norm(a, ord, axis=(-2, -1), keepdims=keepdims)
    bound = roundings(a) * np.sum(np.abs(a), axis=(-2, -1), keepdims=keepdims)  # which is no smaller than any norm
    within(xp.linalg.matrix_norm(xp.asarray(a), ord=ord, keepdims=keepdims), expected, bound, real_name(a.dtype.name))


@given(data=st.data(), keepdims=st.booleans())
def test_vector_norm(data: st.DataObject, keepdims: bool) -> None:
    a = draw_matrices(data, data.draw(st.sampled_from([(7,), (3, 4), (2, 3, 4)])))
    ord = data.draw(st.sampled_from([2, 1, 0, 3, 0.5, -1, -2, -2.5, float("inf"), float("-inf"), 2.0]))
    axes = data.draw(st.permutations(range(-a.ndim, 0)))[: data.draw(st.integers(1, a.ndim))]
    axis = data.draw(st.sampled_from([None, tuple(axes), axes[0]]))
    reduced = tuple(range(a.ndim)) if axis is None else axes if isinstance(axis, tuple) else (axis,)
    sizes = np.abs(wide(a))
    with np.errstate(all="ignore"):
        if ord == 0:
            expected = np.sum(sizes != 0, axis=tuple(reduced), keepdims=keepdims)
        elif np.isinf(ord):
            expected = (np.max if ord > 0 else np.min)(sizes, axis=tuple(reduced), keepdims=keepdims)
        else:
            expected = np.sum(sizes**ord, axis=tuple(reduced), keepdims=keepdims) ** (1 / ord)
    ours = xp.linalg.vector_norm(xp.asarray(a), axis=axis, ord=ord, keepdims=keepdims)
    # Of numbers of one sign every addition adds one rounding; the root divides the error by its degree.
    error = 2 * (a.size + 2) * epsilon(a.dtype) * max(1.0, 1 / abs(ord) if ord else 0.0)
    within(ours, expected, error * expected, real_name(a.dtype.name))


def test_norms_of_nothing() -> None:
    x = xp.zeros((2, 0))
    assert float(xp.linalg.vector_norm(x)) == 0.0
    assert xp.linalg.vector_norm(x, axis=1).tolist() == [0.0, 0.0]
    assert xp.linalg.vector_norm(x, axis=0).shape == (0,)
    assert float(xp.linalg.vector_norm(xp.asarray(-3.0))) == 3.0
    assert xp.linalg.matrix_norm(xp.zeros((3, 0, 2))).tolist() == [0.0, 0.0, 0.0]
    for order in (1, 2, INFINITY):  # the largest of no sizes is 0; a smallest there is none
        assert xp.linalg.matrix_norm(xp.zeros((2, 0, 3), dtype=xp.float32), ord=order).tolist() == [0.0, 0.0]
        assert xp.linalg.matrix_norm(xp.zeros((3, 0)), ord=order, keepdims=True).tolist() == [[0.0]]
        assert xp.linalg.matrix_norm(xp.zeros((0, 2, 0)), ord=order).shape == (0,)
        assert xp.linalg.vector_norm(x, axis=1, ord=order).tolist() == [0.0, 0.0]
    assert xp.linalg.matrix_norm(xp.zeros((2, 0, 3)), ord="nuc").tolist() == [0.0, 0.0]
    with pytest.raises(ValueError, match=r"^vector_norm: axis 1 .* has no elements"):
        xp.linalg.vector_norm(x, axis=1, ord=-INFINITY)
    with pytest.raises(ValueError, match=r"^matrix_norm: axis 0 .* has no elements"):
        xp.linalg.matrix_norm(xp.zeros((0, 3)), ord=-2)


# --- what is refused -------------------------------------------------------------------------------------------------

SQUARE = ["cholesky", "det", "eig", "eigh", "eigvals", "eigvalsh", "inv", "slogdet"]
OTHER = ["diagonal", "matrix_norm", "matrix_rank", "pinv", "qr", "svd", "svdvals", "trace"]


@pytest.mark.parametrize("name", [*SQUARE, "matrix_power", "solve"])
def test_matrices_that_are_not_square(name: str) -> None:
    function = getattr(xp.linalg, name)
    more = {"matrix_power": (2,), "solve": (xp.ones(2),)}.get(name, ())
    with pytest.raises(ValueError, match=rf"^{name}: x1? of shape \(2, 3\) .* give square ones"):
        function(xp.ones((2, 3)), *more)
    with pytest.raises(ValueError, match=rf"^{name}: x1? of shape \(3,\) is not a matrix"):
        function(xp.ones(3), *more)
    with pytest.raises(TypeError, match=rf"^{name}: x1?=\[\[1\]\] of type list is not an array"):
        function([[1]], *more)


@pytest.mark.parametrize("name", OTHER)
def test_what_is_no_matrix(name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name}: x1? of shape \(3,\) is not a matrix"):
        getattr(xp.linalg, name)(xp.ones(3))
    with pytest.raises(TypeError, match=rf"^{name}: x1?=None"):
        getattr(xp.linalg, name)(None)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: linalg.qr(xp.ones((2, 2)), mode="raw"),
            ValueError,
            "^qr: mode='raw' is not known; use one of 'reduced'",
        ),
        (
            lambda: linalg.matrix_norm(xp.ones((2, 2)), ord=3),
            ValueError,
            "^matrix_norm: ord=3.0 is not a matrix norm; use",
        ),
        (lambda: linalg.matrix_norm(xp.ones((2, 2)), ord="x"), ValueError, "^matrix_norm: ord='x' is not known"),
        (
            lambda: linalg.vector_norm(xp.ones(2), ord="fro"),
            TypeError,
            "^vector_norm: ord='fro' of type str is not",
        ),
        (lambda: linalg.vector_norm(xp.ones(2), ord=xp.nan), ValueError, "^vector_norm: ord=nan is not a vector norm"),
        (lambda: linalg.vector_norm(xp.ones(2), axis=1), IndexError, "^vector_norm: axis=1: axis 1 is out of bounds"),
        (lambda: linalg.vector_norm(xp.ones((2, 2)), axis=(0, 0)), ValueError, "^vector_norm: axis 0 is repeated"),
        (lambda: linalg.vector_norm([1.0]), TypeError, r"^vector_norm: x=\[1.0\]"),
        (
            lambda: linalg.matrix_power(xp.ones((2, 2)), 0.5),
            TypeError,
            r"^matrix_power: n=0.5 of type float is not an integer",
        ),
        (
            lambda: linalg.diagonal(xp.ones((2, 2)), offset=0.5),
            TypeError,
            r"^diagonal: offset=0.5 of type float is not an integer",
        ),
        (lambda: linalg.trace(xp.ones((2, 2)), dtype="x"), TypeError, "^trace: "),
        (lambda: linalg.outer(xp.ones(2), xp.ones((2, 2))), ValueError, r"^outer: x2 has shape \(2, 2\)"),
        (lambda: linalg.outer(xp.ones(()), xp.ones(2)), ValueError, r"^outer: x1 has shape \(\)"),
        (lambda: linalg.cross(xp.ones(2), xp.ones(3)), ValueError, "^cross: .* have sizes 2 and 3 in axis=-1"),
        (lambda: linalg.cross(xp.ones((3, 1)), xp.ones((3, 3))), ValueError, "^cross: .* sizes 1 and 3"),
        (lambda: linalg.cross(xp.ones(3), xp.ones((3, 2)), axis=0), ValueError, "^cross: axis=0 is not the same axis"),
        (
            lambda: linalg.cross(xp.ones(3), xp.ones(3), axis=-2),
            IndexError,
            "^cross: axis=-2: axis -2 is out of",
        ),
        (lambda: linalg.cross(xp.ones(3, dtype=xp.bool), xp.ones(3, dtype=xp.bool)), TypeError, "^cross: "),
        (
            lambda: linalg.solve(xp.ones((2, 2)), xp.ones(3)),
            ValueError,
            "^solve: .* do not fit: 2 equations .* 3 right",
        ),
        (lambda: linalg.solve(xp.ones((2, 2)), xp.ones(())), ValueError, "^solve: x2 has shape"),
        (lambda: linalg.solve(xp.ones((2, 2, 2)), xp.ones((3, 2, 1))), ValueError, "^solve: .* could not be broadcast"),
    ],
)
def test_refusals(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()

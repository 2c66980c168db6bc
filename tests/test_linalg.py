"""The linalg extension against NumPy: every dtype, batch and layout; named results; what it refuses."""

import _thread
import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp
from raptors_xp import _native, linalg
from raptors_xp._core import numpy as numpy_bridge

FLOATING = ["float32", "float64", "complex64", "complex128"]
STACKS = [(), (2, 0), (2, 3)]
INFINITY = float("inf")
DECOMPOSITIONS = ["cholesky", "det", "eig", "eigh", "eigvals", "eigvalsh", "inv", "qr", "slogdet", "svd", "svdvals"]
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


def close(ours: Any, theirs: Any, dtype: str | None = None) -> None:
    """Asserts shape, dtype and elements, up to rounding."""
    assert isinstance(ours, xp.Array)
    theirs = np.asarray(theirs)
    assert ours.dtype.name == (dtype or theirs.dtype.name)
    assert ours.shape == theirs.shape
    tolerance = 2e-4 if ours.dtype.name in ("float32", "complex64") else 1e-10
    np.testing.assert_allclose(np.asarray(ours), theirs, rtol=tolerance, atol=tolerance)


def adjoint(x: xp.Array[Any]) -> np.ndarray:
    return np.conj(np.swapaxes(np.asarray(x), -1, -2))


def real_name(name: str) -> str:
    return {"complex64": "float32", "complex128": "float64"}.get(name, name)


def complex_name(name: str) -> str:
    return {"float32": "complex64", "float64": "complex128"}.get(name, name)


# --- decompositions --------------------------------------------------------------------------------------------------


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


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The threads that were started, while ours are three."""
    seen: list[Any] = []

    def start(*work: Any) -> int:
        seen.append(work)
        return start_new_thread(*work)

    start_new_thread = _thread.start_new_thread
    monkeypatch.setattr(_thread, "start_new_thread", start)
    before = _native.threads()
    _native.set_threads(3)
    yield seen
    _native.set_threads(before)


@pytest.mark.parametrize("shape", [(3, 3200, 12, 12), (140, 100, 100)])
@pytest.mark.parametrize("function", [*DECOMPOSITIONS, "pinv", "solve", "matrix_rank"])
def test_large_stacks_on_several_threads(function: str, shape: tuple[int, ...], started: list[Any]) -> None:
    if function not in ("cholesky", "det", "inv", "qr", "slogdet", "solve"):  # the others take ten times as long
        shape = (*shape[:-3], shape[-3] // 10, *shape[-2:])
    a = np.random.default_rng(1).normal(size=shape)
    a = a @ np.swapaxes(a, -1, -2) + shape[-1] * np.eye(shape[-1])
    b = np.arange(1.0, 2 * shape[-1] + 1).reshape(-1, 2) * np.ones((*shape[:-2], 1, 1))
    more = (b,) if function == "solve" else ()
    result = getattr(xp.linalg, function)(xp.asarray(a), *[xp.asarray(each) for each in more])
    assert len(started) == 2
    theirs: Any = np.linalg
    with numpy_bridge.blas_alone:
        expected = theirs.svd(a, compute_uv=False) if function == "svdvals" else getattr(theirs, function)(a, *more)
    if not isinstance(result, tuple):
        result, expected = (result,), (expected,)
    for ours, other in zip(result, expected):
        scale = np.max(np.abs(other))
        np.testing.assert_allclose(np.asarray(ours), other, rtol=0, atol=1e-9 * scale)


def test_few_large_matrices_are_left_to_lapack(started: list[Any]) -> None:
    xp.linalg.inv(xp.asarray(np.eye(400) * np.ones((2, 1, 1))))
    assert started == []


def test_eigenvalues_of_a_stack_that_begins_with_real_ones(started: list[Any]) -> None:
    """Of a piece whose eigenvalues are all real, NumPy's result is real."""
    a = np.random.default_rng(1).normal(size=(600, 12, 12))
    a[:400] += np.swapaxes(a[:400], 1, 2)
    x = xp.asarray(a)
    values, vectors = xp.linalg.eig(x)
    assert len(started) == 2
    same(xp.linalg.eigvals(x), np.linalg.eigvals(a))
    same(values, np.linalg.eig(a)[0])
    np.testing.assert_allclose(a @ np.asarray(vectors), np.asarray(vectors * values[:, None, :]), rtol=0, atol=1e-12)


def test_openblas_has_one_thread_while_ours_compute() -> None:
    alone = numpy_bridge._BlasAlone()
    threads = [5]
    alone._found, alone._get, alone._set = True, lambda: threads[-1], threads.append
    with alone:
        with alone:
            assert threads == [5, 1]
        assert threads == [5, 1]
    assert threads == [5, 1, 5]
    with pytest.raises(KeyError), alone:
        raise KeyError
    assert threads == [5, 1, 5, 1, 5]
    other = numpy_bridge._BlasAlone()  # a BLAS without such functions
    other._found = True
    with other:
        pass


def test_a_failure_on_another_thread_is_reported() -> None:
    a = np.random.default_rng(1).normal(size=(2500, 12, 12))
    a[1234] = 0
    with pytest.raises(np.linalg.LinAlgError, match=r"^inv: the matrix x\[1234\] is singular and has no inverse"):
        xp.linalg.inv(xp.asarray(a))
    call = numpy_bridge.Call("inv", "linalg", "inv", {})
    with pytest.raises(np.linalg.LinAlgError):
        call.run_shared([a], 0, 4)
    with pytest.raises(np.linalg.LinAlgError):
        call.run_shared([a * 0], 0, 4)


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
    expected = np.broadcast_to(np.eye(a.shape[-1], dtype=name), a.shape)
    for _ in range(n):
        expected = expected @ a
    x = xp.asarray(a)
    y = xp.linalg.matrix_power(x, n)
    if a.dtype.kind in "fc":
        scale = xp.asarray(10.0**-n, dtype=y.dtype)
        close(y * scale, expected * np.asarray(scale))
        close(xp.linalg.matrix_power(x, -n), np.linalg.matrix_power(a, -n))
    else:
        same(y, expected)
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
    close(xp.linalg.matrix_norm(xp.asarray(a), ord=ord, keepdims=keepdims), expected, real_name(a.dtype.name))


@given(data=st.data(), keepdims=st.booleans())
def test_vector_norm(data: st.DataObject, keepdims: bool) -> None:
    a = draw_matrices(data, data.draw(st.sampled_from([(7,), (3, 4), (2, 3, 4)])))
    ord = data.draw(st.sampled_from([2, 1, 0, 3, 0.5, -1, -2, -2.5, float("inf"), float("-inf"), 2.0]))
    axes = data.draw(st.permutations(range(-a.ndim, 0)))[: data.draw(st.integers(1, a.ndim))]
    axis = data.draw(st.sampled_from([None, tuple(axes), axes[0]]))
    reduced = tuple(range(a.ndim)) if axis is None else axes if isinstance(axis, tuple) else (axis,)
    sizes = np.abs(a).astype("float64")
    with np.errstate(all="ignore"):
        if ord == 0:
            expected = np.sum(sizes != 0, axis=tuple(reduced), keepdims=keepdims)
        elif np.isinf(ord):
            expected = (np.max if ord > 0 else np.min)(sizes, axis=tuple(reduced), keepdims=keepdims)
        else:
            expected = np.sum(sizes**ord, axis=tuple(reduced), keepdims=keepdims) ** (1 / ord)
    ours = xp.linalg.vector_norm(xp.asarray(a), axis=axis, ord=ord, keepdims=keepdims)
    close(ours, np.asarray(expected, real_name(a.dtype.name)))


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


def test_matrices_without_an_answer() -> None:
    zero, stack = xp.zeros((2, 2)), xp.asarray([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 1.0], [1.0, 1.0]]])
    for error in (np.linalg.LinAlgError, ValueError):
        with pytest.raises(error, match=r"^inv: the matrix x is singular and has no inverse; use pinv"):
            xp.linalg.inv(zero)
        with pytest.raises(error, match=r"^inv: the matrix x\[1\] is singular"):
            xp.linalg.inv(stack)
        with pytest.raises(error, match=r"^solve: the matrix x1\[1\] is singular, .* least squares"):
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


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: linalg.qr(xp.ones((2, 2)), mode="raw"),
            ValueError,
            "^qr: mode='raw' is not known; use one of 'reduced'",
        ),
        (lambda: linalg.matrix_norm(xp.ones((2, 2)), ord=3), ValueError, "^matrix_norm: ord=3.0 is no norm; use 'fro'"),
        (lambda: linalg.matrix_norm(xp.ones((2, 2)), ord="x"), ValueError, "^matrix_norm: ord='x' is not known"),
        (
            lambda: linalg.vector_norm(xp.ones(2), ord="fro"),
            TypeError,
            "^vector_norm: ord='fro' of type str is not",
        ),
        (lambda: linalg.vector_norm(xp.ones(2), ord=xp.nan), ValueError, "^vector_norm: ord=nan is no norm"),
        (lambda: linalg.vector_norm(xp.ones(2), axis=1), IndexError, "^vector_norm: axis=1 is out of bounds"),
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
        (lambda: linalg.cross(xp.ones(3), xp.ones(3), axis=-2), IndexError, "^cross: axis=-2 is out of bounds"),
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

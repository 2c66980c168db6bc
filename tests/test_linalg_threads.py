"""Stacks of matrices that several threads share, and OpenBLAS, which then has one."""

import _thread
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from against_numpy import same

import raptors_xp as xp
from raptors_xp import _native
from raptors_xp._core import numpy as numpy_bridge

DECOMPOSITIONS = ["cholesky", "det", "eig", "eigh", "eigvals", "eigvalsh", "inv", "qr", "slogdet", "svd", "svdvals"]


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

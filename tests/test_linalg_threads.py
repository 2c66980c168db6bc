"""Stacks of matrices that several threads share, and OpenBLAS, which then has one."""

import _thread
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from matrices import (
    Pairs,
    condition,
    largest,
    pairs_of_cholesky,
    pairs_of_eig,
    pairs_of_eigh,
    pairs_of_inverse,
    pairs_of_qr,
    pairs_of_svd,
    roundings,
    same_values,
    trouble,
)

import raptors_xp as xp
from raptors_xp import _native
from raptors_xp._core import numpy as numpy_bridge


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


PAIRS = {
    "cholesky": pairs_of_cholesky,
    "eig": pairs_of_eig,
    "eigh": pairs_of_eigh,
    "inv": pairs_of_inverse,
    "pinv": pairs_of_inverse,
    "qr": pairs_of_qr,
    "svd": pairs_of_svd,
}


# What the results of positive definite matrices are, by their eigenvalues. The determinants leave the range: their
# logarithms are compared.
BY_EIGENVALUES: dict[str, Any] = {
    "det": lambda values: [np.sum(np.log(values), axis=-1)],
    "eigvals": lambda values: [values],
    "eigvalsh": lambda values: [values],
    "matrix_rank": lambda values: [np.sum(values > 0, axis=-1)],
    "slogdet": lambda values: [np.prod(np.sign(values), axis=-1), np.sum(np.log(values), axis=-1)],
    "svdvals": lambda values: [values[..., ::-1]],
}


def pairs_of(function: str, a: np.ndarray, b: np.ndarray, found: list[np.ndarray]) -> Pairs:
    """What holds for the results of a function of positive definite matrices; b: the right-hand sides of equations."""
    if function in PAIRS:
        yield from PAIRS[function](a, *found)
    elif function == "solve":
        yield a @ found[0], b
    else:
        values = np.linalg.eigvalsh(a)
        prepared = {"det": np.log, "eigvals": np.sort}.get(function, np.asarray)
        for ours, expected in zip(found, BY_EIGENVALUES[function](values), strict=True):
            yield prepared(ours)[..., None], expected[..., None]


@pytest.mark.parametrize("shape", [(3, 3200, 12, 12), (140, 100, 100)])
@pytest.mark.parametrize("function", [*PAIRS, *BY_EIGENVALUES, "solve"])
def test_large_stacks_on_several_threads(function: str, shape: tuple[int, ...], started: list[Any]) -> None:
    if function not in ("cholesky", "det", "inv", "qr", "slogdet", "solve"):  # the others take ten times as long
        shape = (*shape[:-3], shape[-3] // 10, *shape[-2:])
    a = np.random.default_rng(1).normal(size=shape)
    with numpy_bridge.blas_limit(1):
        a = a @ np.swapaxes(a, -1, -2) + shape[-1] * np.eye(shape[-1])
    b = np.arange(1.0, 2 * shape[-1] + 1).reshape(-1, 2) * np.ones((*shape[:-2], 1, 1))
    more = [xp.asarray(b)] if function == "solve" else []
    result = getattr(xp.linalg, function)(xp.asarray(a), *more)
    assert len(started) == 2
    found = [np.asarray(each) for each in (result if isinstance(result, tuple) else (result,))]
    with numpy_bridge.blas_limit(1):  # which takes as long on several threads as on one
        assert trouble(pairs_of(function, a, b, found), roundings(a) * np.max(condition(a))) is None


def test_few_large_matrices_are_left_to_lapack(started: list[Any]) -> None:
    xp.linalg.inv(xp.asarray(np.eye(400) * np.ones((2, 1, 1))))
    assert started == []


def test_eigenvalues_of_a_stack_that_begins_with_real_ones(started: list[Any]) -> None:
    """Of a piece whose eigenvalues are all real, NumPy's result is real."""
    a = np.random.default_rng(1).normal(size=(600, 12, 12))
    a[:400] += np.swapaxes(a[:400], 1, 2)
    x = xp.asarray(a)
    values, vectors = [np.asarray(each) for each in xp.linalg.eig(x)]
    assert len(started) == 2
    assert trouble(pairs_of_eig(a, values, vectors), roundings(a)) is None
    found = np.asarray(xp.linalg.eigvals(x))
    assert found.dtype == values.dtype == np.complex128
    assert same_values(found, values, (roundings(a) * largest(a) * condition(vectors))[..., 0])


def test_openblas_is_limited_until_the_last_has_left() -> None:
    blas, threads = numpy_bridge._Blas(), [5]
    blas._most, blas._get, blas._set = 5, lambda: threads[-1], threads.append
    assert not blas.enter(5)
    assert not blas.enter(7)
    assert blas.enter(3)
    assert blas.enter(1)
    assert blas.enter(4)
    assert threads == [5, 3, 1]
    blas.leave()
    blas.leave()
    assert threads == [5, 3, 1]
    blas.leave()
    assert threads == [5, 3, 1, 5]
    other = numpy_bridge._Blas()  # a BLAS without such functions
    other._most = 5
    assert not other.enter(1)


def test_a_failure_ends_the_limit() -> None:
    with numpy_bridge.blas_limit(1):
        pass
    before = numpy_bridge._blas._get() if numpy_bridge._blas._get else None
    with pytest.raises(KeyError), numpy_bridge.blas_limit(1):
        raise KeyError
    assert before == (numpy_bridge._blas._get() if numpy_bridge._blas._get else None)


FORKED = """
import os, signal, threading
import numpy as np
import raptors_xp as xp
from raptors_xp import _native
from raptors_xp._core import numpy as bridge

_native.set_threads(3)
x = xp.asarray(np.random.default_rng(1).normal(size=(3000, 12, 12)))
with bridge.blas_limit(1):
    pass
before = bridge._blas._get()
stop = threading.Event()
threads = [threading.Thread(target=lambda: [xp.linalg.inv(x) for _ in iter(stop.is_set, True)]) for _ in range(2)]
for thread in threads:
    thread.start()
failed = 0
for _ in range(60):
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        xp.linalg.inv(x)
        os._exit(0 if bridge._blas._get() == before else 3)
    failed += os.waitpid(child, 0)[1] != 0
stop.set()
for thread in threads:
    thread.join()
print(failed, bridge._blas._get() == before)
"""


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_child_forked_while_openblas_is_limited_has_all_its_threads() -> None:
    run = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, check=True, timeout=300)
    assert run.stdout == "0 True\n", run.stdout


WAITS = """
import os, threading, time
from raptors_xp._core import numpy as bridge

def fork():
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        bridge.forks.begin()  # would wait for ever if the child took over a fork under way
        os._exit(bridge.forks._inside - 1)
    assert os.waitpid(child, 0)[1] == 0
    return time.monotonic() - started

def call():
    bridge.forks.begin()
    begun.set()
    time.sleep(0.5)
    ended.append(time.monotonic())
    bridge.forks.end()

begun, ended = threading.Event(), []
thread = threading.Thread(target=call)
thread.start()
begun.wait()
took = fork()
print(len(ended), took < 1.9)
thread.join()
bridge.forks.begin()  # a call that does not end
print(fork() > 1.9)
bridge.forks.end()
print(bridge.forks._inside, bridge.forks._forking)
"""


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_waits_for_calls_of_lapack_but_not_for_ever() -> None:
    """OpenBLAS's own lock, held while a process forks, stays held in the child for ever."""
    run = subprocess.run([sys.executable, "-c", WAITS], capture_output=True, text=True, check=True, timeout=300)
    assert run.stdout == "1 True\nTrue\n0 0\n", run.stdout


LIMITED = """
import os, time
import numpy as np
import raptors_xp as xp
x = xp.asarray(np.random.default_rng(1).normal(size=(1500, 1500)))
for call in (lambda: x @ x, lambda: xp.linalg.inv(x)):
    call()
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    print((time.process_time() - cpu) / (time.perf_counter() - wall) < 1.3)
"""


def test_one_thread_is_one_for_blas_too() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LIMITED],
        env={**os.environ, "RAPTORS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "True\nTrue\n"


def test_work_is_done_alone_where_no_thread_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> int:
        raise RuntimeError("can't start new thread")

    before = _native.threads()
    _native.set_threads(3)
    monkeypatch.setattr(_thread, "start_new_thread", refuse)
    try:
        a = np.random.default_rng(1).normal(size=(3000, 12, 12))
        found = np.asarray(xp.linalg.inv(xp.asarray(a)))
        spectra = np.asarray(xp.fft.fft(xp.asarray(a.reshape(3000, 144) + 0j)))
    finally:
        _native.set_threads(before)
    assert trouble(pairs_of_inverse(a, found), roundings(a) * np.max(condition(a))) is None
    np.testing.assert_allclose(spectra, np.fft.fft(a.reshape(3000, 144)), rtol=1e-12, atol=1e-12)


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

"""Threads, fork and neighbours: the pool gives the same bits however many take part, and survives what users do."""

import multiprocessing
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Iterator

import numpy as np
import pytest

import raptors_xp as xp
from raptors_xp import _native

SHAPES = [(512, 512), (2048, 700), (3, 400_000), (400_000, 3), (100, 50, 70), (1_000_003,)]


@pytest.fixture(autouse=True)
def restored_threads() -> Iterator[None]:
    before = _native.threads()
    yield
    _native.set_threads(before)


def bits(array: object) -> bytes:
    return np.asarray(array).tobytes()


def results(values: np.ndarray) -> list[bytes]:
    array = xp.asarray(values)
    found = [bits(xp.add(array, array)), bits(xp.multiply(array, 1.5))]
    for axis in [None, *range(values.ndim)]:
        found += [bits(xp.sum(array, axis=axis)), bits(xp.mean(array, axis=axis))]
    found.append(bits(xp.matmul(array[..., :64, None], array[..., None, :64])))
    return found


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_number_of_threads_changes_no_bit(shape: tuple[int, ...], dtype: str) -> None:
    values = np.random.default_rng(1).normal(size=shape).astype(dtype)
    _native.set_threads(1)
    alone = results(values)
    for count in (2, 7):
        _native.set_threads(count)
        for _ in range(3):
            assert results(values) == alone


def test_many_small_and_large_jobs_on_more_threads_than_cores() -> None:
    generator = np.random.default_rng(2)
    _native.set_threads(7)
    for _ in range(300):
        size = int(generator.integers(1, 400_000))
        values = generator.integers(-1000, 1000, size=size)
        array = xp.asarray(values)
        assert int(xp.sum(array)) == values.sum()
        assert np.array_equal(np.asarray(array + array), values + values)


def test_two_python_threads_compute_at_once() -> None:
    values = np.random.default_rng(3).normal(size=(700, 700))
    expected = results(values)
    wrong: list[int] = []

    def compute(number: int) -> None:
        wrong.extend(number for _ in range(10) if results(values) != expected)

    threads = [threading.Thread(target=compute, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive()
    assert wrong == []


def child_computes(values: np.ndarray, expected: list[bytes]) -> None:
    os._exit(0 if results(values) == expected and results(values) == expected else 3)


def test_a_forked_child_computes() -> None:
    values = np.random.default_rng(4).normal(size=(600, 600))
    expected = results(values)  # the parent's workers are running now
    context = multiprocessing.get_context("fork")
    for _ in range(5):
        child = context.Process(target=child_computes, args=(values, expected))
        child.start()
        child.join(timeout=60)
        assert child.exitcode == 0
    assert results(values) == expected


def test_a_fork_while_another_thread_computes() -> None:
    values = np.random.default_rng(5).normal(size=(900, 900))
    expected = results(values)
    stop = threading.Event()

    def compute() -> None:
        while not stop.is_set():
            results(values)

    thread = threading.Thread(target=compute)
    thread.start()
    context = multiprocessing.get_context("fork")
    try:
        for _ in range(10):
            child = context.Process(target=child_computes, args=(values, expected))
            child.start()
            child.join(timeout=60)
            assert child.exitcode == 0
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("count", [0, -1, 1025, 2**70])
def test_a_bad_thread_count_is_refused(count: int) -> None:
    with pytest.raises((ValueError, OverflowError)):
        _native.set_threads(count)


BITS = """
import hashlib, numpy as np, raptors_xp as xp
digest = hashlib.sha256()
for dtype in ("float32", "float64", "complex64", "complex128"):
    values = np.random.default_rng(6).normal(size=(300, 1100)).astype(dtype)
    for array in (xp.asarray(values), xp.asarray(values).T, xp.asarray(values)[::-1, ::3]):
        for axis in (None, 0, 1):
            for function in (xp.sum, xp.mean, xp.prod):
                digest.update(np.asarray(function(array, axis=axis)).tobytes())
        digest.update(np.asarray(array * array / (array + 2.5)).tobytes())
print(digest.hexdigest())
"""


def test_instruction_sets_and_thread_counts_change_no_bit() -> None:
    digests = set()
    for isa in _native.isas():
        for count in (1, 2, 7):
            environment = {**os.environ, "RAPTORS_ISA": isa, "RAPTORS_NUM_THREADS": str(count)}
            run = subprocess.run(
                [sys.executable, "-c", BITS], env=environment, capture_output=True, text=True, check=True
            )
            digests.add(run.stdout.strip())
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("RAPTORS_ISA", "v9", "v9"),
        ("RAPTORS_CACHE_LIMIT", "much", "much"),
        ("RAPTORS_CACHE_LIMIT", "-5", "-5"),
        *(
            ("RAPTORS_NUM_THREADS", text, f"={text} is not a number of threads")
            for text in ("0", "abc", "-1", "1.5", " 2")
        ),
    ],
)
def test_a_bad_environment_is_an_import_error_that_names_it(variable: str, value: str, word: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import raptors_xp"], env={**os.environ, variable: value}, capture_output=True, text=True
    )
    assert run.returncode != 0
    for expected in ("ImportError", variable, word):
        assert expected in run.stderr


def test_the_environment_sets_the_threads() -> None:
    def threads(raptors: str, openmp: str) -> int:
        environment = {**os.environ, "RAPTORS_NUM_THREADS": raptors, "OMP_NUM_THREADS": openmp}
        code = "from raptors_xp import _native; print(_native.threads())"
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        return int(run.stdout)

    assert [threads("3", ""), threads("3", "5"), threads("", "5"), threads("", "4,2")] == [3, 3, 5, 4]
    assert threads("", "nonsense") == threads("", "")


# A function that sets how the processor treats subnormal numbers, in machine code: ldmxcsr [rdi], or msr fpcr, x0 after
# a load; and the state in which they count as 0.
FLUSH = {"x86_64": ("0fae17c3", 0x1F80 | 0x8040), "aarch64": ("000040f900441bd5c0035fd6", 1 << 24)}
FLUSHED = """
import ctypes, mmap, sys
import numpy as np
import raptors_xp as xp
code, state = bytes.fromhex(sys.argv[1]), int(sys.argv[2])
page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(code)
call = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
for dtype in ("float32", "float64"):
    values = np.full(1_000_000, np.finfo(dtype).smallest_normal / 2, dtype)
    x = xp.asarray(values)
    expected = values * values.dtype.type(0.5)
    assert all((np.asarray(x * 0.5) == expected).all() for _ in range(50))
    call(ctypes.addressof(ctypes.c_uint64(state)))
    results = [bytes(memoryview(x * 0.5)) for _ in range(200)]
    call(ctypes.addressof(ctypes.c_uint64(0x1F80 if len(code) == 4 else 0)))
    print(len(set(results)), any(results[0]))
    assert all((np.asarray(x * 0.5) == expected).all() for _ in range(50))
"""


def test_workers_compute_with_the_caller_s_floating_point_state() -> None:
    code, state = FLUSH[platform.machine()]
    run = subprocess.run(
        [sys.executable, "-c", FLUSHED, code, str(state)],
        env={**os.environ, "RAPTORS_NUM_THREADS": "4"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "1 False\n1 False\n"


SMALL_STACK = """
import threading
import numpy as np
import raptors_xp as xp
from raptors_xp import _native

rng = np.random.default_rng(1)
_native.set_threads(1)  # the thread itself does the work

def numbers(dtype, *shape):
    values = rng.normal(size=shape) * 3
    if dtype[0] in "iu":
        values = np.abs(values)
    return xp.asarray((values + 1j * values if dtype[0] == "c" else values).astype(dtype))

def move(x, y, z):
    x + z, z * x, xp.where(x == x, x, 2 * z), x @ y, xp.sum(x), xp.sum(x, axis=0), xp.mean(x.T + 0.5, axis=1)
    xp.vecdot(x, z), xp.prod(x, axis=1), xp.any(x, axis=0), xp.tensordot(x, y, axes=1), x @ x[0, :], xp.linalg.trace(x)
    x[z[:, 0], z[:, 1]], xp.take(x, z[:, 0], axis=1), x[x == x], xp.nonzero(x), xp.flip(x), xp.roll(x, 3)
    x[z[:, 0], z[:, 1]] = 1
    xp.cumulative_sum(x, axis=0), xp.asarray(x.T, copy=True), xp.concat([x, z]), repr(x), xp.equal(x, z)

def compute(x, z, line):
    for name in ("exp", "sin", "tanh", "log1p", "acos", "sqrt", "sign", "asinh"):
        getattr(xp, name)(line)
    x ** x, x / z, xp.reciprocal(x), xp.abs(x), 1 / x, np.asarray(x)

def order(x, z, line):
    xp.sort(x), xp.argsort(x, axis=0), xp.sort(line), xp.argsort(line), xp.searchsorted(xp.sort(x[0]), x)
    xp.max(x, axis=0), xp.argmin(x), xp.unique_all(x), xp.std(x + 0.5), x // (z + 1), x % (z + 1)
    xp.maximum(x, z), xp.clip(x, 1, 2), xp.isin(x, z)

def work():
    for dtype in ("int8", "uint16", "int64", "float32", "float64", "complex64", "complex128"):
        x, z, line = numbers(dtype, 300, 200), numbers("int32", 300, 200), numbers(dtype, 1 << 19)
        move(x, numbers(dtype, 200, 300), z)
        numbers(dtype, 5, 70000) @ numbers(dtype, 70000, 3), numbers(dtype, 3, 70000) @ numbers(dtype, 5, 70000).T
        if dtype[0] in "fc":
            compute(x, z, line)
        if dtype[0] != "c":
            order(x, z, line)
    done.append(True)

done = []
threading.stack_size(65536)
thread = threading.Thread(target=work)
thread.start()
thread.join()
print(done)
"""


def test_a_small_stack_is_enough() -> None:
    """Threads may have one of 64 KiB: what is larger lies in the workspace."""
    run = subprocess.run([sys.executable, "-c", SMALL_STACK], capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "[True]\n", "")

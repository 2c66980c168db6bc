"""No program reads or writes outside of an array: shared memory, races, objects that act while they are read, lies.

Each test ran out of bounds, or gave a wrong element, before what it tests was mended.
"""

import ctypes
import gc
import pickle
import subprocess
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import raptors_xp as xp
from raptors_xp._core.strided import memory_of
from tests.fuzz.exchange import Tensor

N = 3000  # more positions than are checked at a time


def run_alone(program: str, seconds: float = 60) -> str:
    """What a program prints that may crash: it runs in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", textwrap.dedent(program)],
        text=True,
        capture_output=True,
        timeout=seconds,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout.strip()


# --- an index or a mask that is changed by the writes it directs ---------------------------------------------------
SHARED: dict[str, Callable[[Any], Any]] = {
    "itself": lambda x: x,
    "broadcast": lambda x: xp.broadcast_to(x, (2, *x.shape))[0],
    "DLPack": xp.from_dlpack,
    "memoryview": lambda x: xp.asarray(memoryview(x)),
    "NumPy": lambda x: xp.asarray(np.asarray(x)),
    "reversed": lambda x: xp.asarray(np.asarray(x)[::-1]),
    "strided": lambda x: xp.asarray(np.asarray(x)[::2]),
}
VALUES: list[Callable[[Any], Any]] = [
    lambda _: 2**40,
    lambda i: np.full(i.shape, 2**40),
    lambda i: np.arange(i.size).reshape(i.shape)[::-1],
]


@pytest.mark.parametrize("value", range(len(VALUES)))
@pytest.mark.parametrize("how", SHARED)
def test_an_index_that_shares_memory_is_read_before_anything_is_written(how: str, value: int) -> None:
    a = (np.arange(N) * 7 + 1) % N
    x = xp.asarray(a, copy=True)
    index = SHARED[how](x)
    positions = np.asarray(index).copy()
    new = VALUES[value](positions)
    a[positions] = new
    x[index] = xp.asarray(new) if isinstance(new, np.ndarray) else new
    np.testing.assert_array_equal(np.asarray(x), a)


@pytest.mark.parametrize("how", ["itself", "DLPack", "memoryview", "NumPy"])
def test_a_column_that_shares_memory_is_read_before_anything_is_written(how: str) -> None:
    a = np.stack([(np.arange(N) * 7 + 1) % N, np.arange(N)], axis=1)
    x = xp.asarray(a, copy=True)
    index = SHARED[how](x)
    positions = a[:, 0].copy()
    a[positions, 0] = 2**40
    x[index[:, 0], 0] = 2**40
    np.testing.assert_array_equal(np.asarray(x), a)


@pytest.mark.parametrize("how", ["itself", "DLPack", "memoryview", "NumPy"])
def test_a_mask_that_shares_memory_is_read_before_anything_is_written(how: str) -> None:
    a = np.arange(N) % 3 == 0
    for value in (False, np.zeros(a.sum(), bool)):
        x, b = xp.asarray(a, copy=True), a.copy()
        mask = SHARED[how](x)
        b[a] = value
        x[mask] = xp.asarray(value) if isinstance(value, np.ndarray) else value
        np.testing.assert_array_equal(np.asarray(x), b)


def test_memories_that_only_touch_do_not_meet() -> None:
    block = np.arange(8)
    whole, first, second = xp.asarray(block), xp.asarray(block[:4]), xp.asarray(block[4:])
    memories = [memory_of(each) for each in (whole, first, second)]  # type: ignore[arg-type]
    assert [[a.meets(b) for b in memories] for a in memories] == [
        [True, True, True],
        [True, True, False],
        [True, False, True],
    ]
    empty = memory_of(xp.asarray(block[2:2]))  # type: ignore[arg-type]
    assert not empty.meets(memories[0])
    assert not empty.meets(empty)
    with pytest.raises(TypeError, match="expected a Memory"):
        empty.meets(1)  # type: ignore[arg-type]


# --- another thread ------------------------------------------------------------------------------------------------
RACES = {
    "x[i]": "x[i]",
    "x[i] of rows": "rows[i[:1000]]",
    "x[i] = v": "x[i] = v",
    "x[i] = array": "x[i] = x_values",
    "x[i, 0] = v": "column[i, 0] = v",
    "take_along_axis": "xp.take_along_axis(square, xp.reshape(i, (600, -1)), axis=1)",
    "x[m]": "x[m]",
    "x[m] = array": "x[m] = x[m]",
    "nonzero": "xp.nonzero(m)",
    "nonzero of rows": "xp.nonzero(xp.reshape(m, (600, -1)))",
    "sorter": "xp.searchsorted(x, x, sorter=i)",
    "argsort": "assert (np.bincount(np.asarray(xp.argsort(i)), minlength=n) == 1).all()",
    "argsort of a mask": "assert (np.bincount(np.asarray(xp.argsort(m)), minlength=n) == 1).all()",
}
RACE = """
import threading, time
import numpy as np
import raptors_xp as xp
n, v = 300_000, 1.5
x, rows, column = xp.zeros(n), xp.zeros((n, 3)), xp.zeros((n, 1))
square, x_values = xp.zeros((600, n)) if "square" in {call!r} else None, xp.ones(n)
indices, mask = np.arange(n) % 500, np.zeros(n, bool)
i, m = xp.asarray(indices), xp.asarray(mask)
stop = False
def change():
    while not stop:
        indices[::7] = 2**61
        mask[:] = True
        indices[::7] = 3
        mask[:] = False
thread = threading.Thread(target=change)
thread.start()
end = time.monotonic() + 0.5
done = 0
try:
    while time.monotonic() < end:
        try:
            {call}
        except (IndexError, ValueError):  # of the same kind as without a race
            pass
        done += 1
finally:
    stop = True
    thread.join()
print(done > 0)
"""


@pytest.mark.parametrize("name", RACES)
def test_an_index_or_a_mask_changed_by_another_thread(name: str) -> None:
    assert run_alone(RACE.format(call=RACES[name])) == "True"


# --- objects that act while they are read --------------------------------------------------------------------------
class Acting(int):
    """An int that does something whenever it is asked for its value."""

    act: Callable[[], None]

    def _now(self) -> int:
        self.act()
        return 7

    def __float__(self) -> float:
        return float(self._now())

    def __complex__(self) -> complex:
        return complex(self._now())

    def __index__(self) -> int:
        return self._now()

    def __int__(self) -> int:
        return self._now()

    def __bool__(self) -> bool:
        return self._now() == 7

    def __ne__(self, other: object) -> bool:
        return self._now() == 7

    def __eq__(self, other: object) -> bool:
        return self._now() == 7

    __hash__ = None  # type: ignore[assignment]


def acting(count: int, act: Callable[[list[Any]], None]) -> list[Any]:
    values: list[Any] = [Acting(3)] + [float(k) for k in range(1, count)]
    values[0].act = lambda: act(values)
    return values


def clear(values: list[Any]) -> None:
    values.clear()
    gc.collect()


@pytest.mark.parametrize("dtype", [None, xp.float64, xp.float32, xp.complex128, xp.bool, xp.int64])
@pytest.mark.parametrize("act", [clear, lambda values: values.extend(range(50)), lambda values: values.pop()])
def test_lists_that_change_while_they_are_read(dtype: Any, act: Callable[[list[Any]], None]) -> None:
    for nested in (False, True):
        values = acting(100, act)
        try:
            x = xp.asarray([values] if nested else values, dtype=dtype)
        except (RuntimeError, ValueError, TypeError, IndexError):
            continue
        assert x.size == 100
        assert np.isfinite(np.asarray(x)).all()


def test_ints_of_any_size_are_truth_values() -> None:
    x = xp.asarray([0, 1, -1, 2**70, -(2**70), 256, True, False], dtype=xp.bool)
    np.testing.assert_array_equal(np.asarray(x), [False, True, True, True, True, True, True, False])


@pytest.mark.parametrize(
    "call",
    [
        lambda values: xp.zeros(values),
        lambda values: xp.reshape(xp.ones(100), values),
        lambda values: xp.permute_dims(xp.ones((1, 1, 1)), values),
        lambda values: xp.sum(xp.ones((2, 2, 2)), axis=values),
        lambda values: xp.ones((2, 2, 2))[values],
        lambda values: xp.roll(xp.ones(100), values, axis=values),
        lambda values: xp.tile(xp.ones(3), values),
        lambda values: xp.broadcast_to(xp.ones(1), values),
    ],
)
def test_lists_of_integers_that_change_while_they_are_read(call: Callable[[Any], Any]) -> None:
    values: list[Any] = [Acting(1) for _ in range(3)]
    for each in values:
        each.act = lambda: clear(values)
    try:
        result = call(values)
    except (TypeError, ValueError, IndexError, RuntimeError):
        return
    assert np.isfinite(np.asarray(result)).all()


# --- state that anyone can hand in ---------------------------------------------------------------------------------
def pickled(data: bytes, dtype: str, shape: Any) -> bytes:
    class Array:
        def __reduce__(self) -> tuple[Any, ...]:
            return xp.ones(1).__reduce_ex__(2)[0], (bytearray(data), dtype, shape)

    return pickle.dumps(Array())


@pytest.mark.parametrize(
    "shape",
    [(-1, -1), (-2,), (1,) * 65, (1,) * 100_000, (2**63,), (2**62, 4, 0), (0, -1), (0, 2**70), ("1",), (1.0,), (2,)],
)
def test_pickles_of_impossible_shapes(shape: Any) -> None:
    for data in (b"", bytes(8)):
        with pytest.raises((ValueError, TypeError, MemoryError, OverflowError), match="unpickling"):
            pickle.loads(pickled(data, "float64", shape))


def test_pickles_of_impossible_dtypes() -> None:
    with pytest.raises(ValueError, match=r"unpickling: dtype 'float16' is not one"):
        pickle.loads(pickled(bytes(8), "float16", (4,)))


@pytest.mark.parametrize("order", [(0,), (0, 0), (0, 2), (0, 1, 2), ("0", 1), 1, (2**70, 0)])
def test_pickles_of_impossible_orders(order: Any) -> None:
    restore, fields = xp.ones((2, 2)).__reduce_ex__(2)
    with pytest.raises((ValueError, TypeError, IndexError), match="unpickling"):
        restore(*fields, order)


class Producer:
    """Speaks DLPack, and gives the numbers that it is told to give."""

    def __init__(self, shape: Any, strides: Any, data: int | None) -> None:
        rank = len(shape if shape is not None else strides)
        self.shape = None if shape is None else (ctypes.c_int64 * rank)(*shape)
        self.strides = None if strides is None else (ctypes.c_int64 * rank)(*strides)
        self.block = (ctypes.c_double * 16)()
        self.tensor = Tensor(data if data is not None else ctypes.addressof(self.block), (1, 0), rank, 2, 64, 1)
        self.tensor.shape = None if self.shape is None else ctypes.addressof(self.shape)
        self.tensor.strides = None if self.strides is None else ctypes.addressof(self.strides)

    def __dlpack_device__(self) -> tuple[int, int]:
        return 1, 0

    def __dlpack__(self, **_: object) -> object:
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
        return new(ctypes.addressof(self.tensor), b"dltensor", None)


@pytest.mark.parametrize(
    ("shape", "strides"),
    [
        ((3,), (2**61,)),
        ((3,), (2**60,)),
        ((3, 3), (2**59, 2**59)),
        ((3,), (-(2**61),)),
        ((2**40, 2**40), (0, 0)),
        ((-1,), (1,)),
        ((0, -1), (1, 1)),
        ((2**62,), None),
        (None, (1,)),
    ],
)
def test_tensors_that_cannot_be(shape: Any, strides: Any) -> None:
    with pytest.raises(BufferError, match="from_dlpack: the producer gave a shape or strides that cannot be"):
        xp.from_dlpack(Producer(shape, strides, None))


def test_tensors_with_strides_that_are_never_used() -> None:
    one, none = Producer((1, 2), (2**62, 1), None), Producer((0, 3), (2**62, 2**62), 0xDEAD)  # they own the memory
    x = xp.from_dlpack(one)
    assert x.shape == (1, 2)
    assert float(xp.sum(x)) == 0
    empty = xp.from_dlpack(none)
    assert empty.shape == (0, 3)
    assert xp.sum(empty, axis=0).shape == (3,)
    del x, empty  # before their memory


def test_indices_beyond_int64_are_named_as_they_are() -> None:
    x = xp.ones(5)
    for index in (2**64 - 1, 2**63):
        i = xp.asarray([1, index], dtype=xp.uint64)
        with pytest.raises(IndexError, match=f"index {index} is out of bounds for axis 0 with size 5"):
            x[i]
        with pytest.raises(IndexError, match=f"index {index} is out of bounds for axis 0 with size 5"):
            x[i] = 1.0
    np.testing.assert_array_equal(np.asarray(x), np.ones(5))


# --- other interpreters --------------------------------------------------------------------------------------------
def test_subinterpreters_are_refused_and_leave_the_main_one_whole() -> None:
    program = """
        import sys
        if sys.version_info >= (3, 13):
            import _interpreters as interpreters
        else:
            import _xxsubinterpreters as interpreters
        def inside(code):
            one = interpreters.create("legacy") if sys.version_info >= (3, 13) else interpreters.create(isolated=False)
            interpreters.run_string(one, code)
            interpreters.destroy(one)
        refused = "try:\\n import raptors_xp\\nexcept ImportError as e:\\n print('interpreter' in str(e), flush=1)"
        if {first}:
            inside(refused)
        import raptors_xp as xp
        inside(refused)
        print(int(xp.sum(xp.arange(5))), xp.asarray([1, 2]).shape)
    """
    for first in (False, True):
        lines = run_alone(program.format(first=first)).splitlines()
        assert lines == ["True"] * (1 + first) + ["10 (2,)"]


@pytest.mark.parametrize(("length", "given", "words"), [(2, 10**9, "gives more items"), (5, 3, "gives 3 items")])
def test_a_sequence_of_another_length_than_it_says(length: int, given: int, words: str) -> None:
    class Sequence:
        def __len__(self) -> int:
            return length

        def __getitem__(self, index: int) -> int:
            if index < given:
                return index
            raise IndexError(index)

        def __repr__(self) -> str:
            return "Sequence()"

    with pytest.raises(ValueError, match=rf"asarray: .* of type Sequence has a length of {length} and {words}"):
        xp.asarray(Sequence())

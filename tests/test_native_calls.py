"""Direct calls of the extension, which are less checked than those of the namespace: none reads or writes outside."""

import ctypes
import mmap
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import raptors_xp as xp
from raptors_xp import _native


def memory(count: int = 100) -> Any:
    return _native.allocate(8 * count)


NATIVE: dict[str, Callable[[], object]] = {
    "reduce to nothing": lambda: _native.reduce(_native.SUM, 10, (0,), (16,), (8,), (2,), (16,), memory(), 0),
    "reduce, negative": lambda: _native.reduce(_native.SUM, 10, (-1,), (8,), (8,), (2,), (16,), memory(), 0),
    "reduce, beyond count": lambda: _native.reduce(_native.SUM, 10, (2,), (8,), (8,), (2**62, 2), (0, 0), memory(), 0),
    "reduce_flat, negative": lambda: _native.reduce_flat(_native.SUM * 13 + 10, -1, memory(), 512),
    "reduce_all, negative": lambda: _native.reduce_all(_native.SUM * 13 + 10, (-1, 2), (8, 8), memory(), 0),
    "reduce_all, nothing": lambda: _native.reduce_all(_native.SUM * 13 + 10, (0,), (8,), memory(), 0),
    "reduce_all, beyond count": lambda: _native.reduce_all(_native.SUM * 13 + 10, (2**62, 4), (0, 0), memory(), 0),
    "flat, negative": lambda: _native.flat(_native.SQUARE * 13 + 10, -1, memory(), 512),
    "to_list, negative": lambda: _native.to_list(10, memory(), 0, (-1, 0), (8, 8)),
    "to_list, negative after nothing": lambda: _native.to_list(10, memory(), 0, (0, -1), (8, 8)),
    "nonzero, negative": lambda: _native.nonzero((-1, -3), memory(), 0),
    "matmul, negative": lambda: _native.matmul(
        10, (-1,), 2, 2, 2, memory(), 0, (0, 8, 8), memory(), 0, (0, 8, 8), False
    ),
    "strided, negative": lambda: _native.strided(
        _native.SQUARE, 10, 0, (-1, 0), None, 0, (8, 8), memory(), 10, 0, (8, 8)
    ),
    "dense, negative": lambda: _native.dense(_native.SQUARE * 13 + 10, 0, memory(), 0, (-1, 0), (8, 8)),
    "dense, beyond the end": lambda: _native.dense(_native.SQUARE * 13 + 10, 0, memory(), 8, (100,), (8,)),
    "dense, strides of another rank": lambda: _native.dense(_native.SQUARE * 13 + 10, 0, memory(), 0, (2, 2), (8,)),
    "dense, of two operands": lambda: _native.dense(_native.ADD * 13 + 10, 0, memory(), 0, (2,), (8,)),
    "place, negative": lambda: _native.place(_native.SQUARE * 13 + 10, -1, -1, 8, memory(), 0, memory(), 0, 0),
    "place, beyond count": lambda: _native.place(_native.SQUARE * 13 + 10, 2**62, 4, 0, memory(), 0, memory(), 0, 0),
    "place, too few": lambda: _native.place(_native.SQUARE * 13 + 10, 2, 3, 24, memory(), 0, memory(5), 0, 0),
    "place, too little room": lambda: _native.place(_native.SQUARE * 13 + 10, 2, 3, 24, memory(5), 0, memory(), 0, 0),
    "place, backwards": lambda: _native.place(_native.SQUARE * 13 + 10, 2, 3, -24, memory(), 16, 1.0, 0, 0),
    "place, read-only": lambda: _native.place(_native.SQUARE * 13 + 10, 2, 3, 24, memory().as_readonly(), 0, 1.0, 0, 0),
    "put, an element of another size": lambda: _native.put(8, memory(), 0, 9, 8, 0, memory(), 4, 0, 1.0, 9),
    "put, read-only": lambda: _native.put(8, memory().as_readonly(), 0, 9, 8, 0, memory(), 4, 0, 1.0, 10),
    "spaced, negative": lambda: _native.spaced(10, 10, -1, 0.0, 1.0),
    "spaced, of bool": lambda: _native.spaced(0, 10, 1, 0, 1),
    "pack, too few": lambda: _native.pack(10, [1.0, 2.0], 3),
    "pack, negative": lambda: _native.pack(10, [], -1),
    "pack, no list": lambda: _native.pack(10, (1.0,), 1),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", NATIVE)
def test_native_calls_that_cannot_be(name: str) -> None:
    try:
        result = NATIVE[name]()
    except (ValueError, IndexError, TypeError, MemoryError, RuntimeError):
        return
    assert isinstance(result, _native.Memory)
    assert result.nbytes == 0


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """A page, behind which there is one that cannot be touched."""
    size = mmap.PAGESIZE
    block = mmap.mmap(-1, 2 * size)
    view = (ctypes.c_char * (2 * size)).from_buffer(block)
    protect = ctypes.CDLL(None, use_errno=True).mprotect
    protect.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    assert protect(ctypes.addressof(view) + size, size, 0) == 0
    yield memoryview(view).cast("B")[:size]
    assert protect(ctypes.addressof(view) + size, size, mmap.PROT_READ | mmap.PROT_WRITE) == 0


def test_lines_of_nothing_are_not_counted() -> None:
    for op in (_native.CUMULATIVE_SUM, _native.CUMULATIVE_PROD):
        for columns in (1, 2):
            none = _native.scan(op, 10, False, columns, 0, 8, (2**62,), (8,), _native.allocate(64), 0)
            assert none.nbytes == 0
    with pytest.raises((MemoryError, ValueError)):
        _native.scan(_native.CUMULATIVE_SUM, 10, True, 1, 0, 8, (2**62,), (8,), _native.allocate(64), 0)


def test_strides_of_nothing_are_not_counted_with() -> None:  # what UndefinedBehaviorSanitizer sees
    memory, far = _native.allocate(4096), -(2**63)
    zeros = _native.matmul(10, (8,), 3, 0, 5, memory, 64, (far, far, 8), memory, 16, (far, 16, 2**40), True)
    assert _native.to_list(10, zeros, 0, (120,), (8,)) == [0.0] * 120
    zeros = _native.vecdot(10, (8, 3), 0, memory, 64, (far, far, 8), memory, 16, (far, 16, 2**40))
    assert _native.to_list(10, zeros, 0, (24,), (8,)) == [0.0] * 24


def test_kernels_of_no_elements_touch_no_memory(page: Any) -> None:
    """Every elementwise kernel and reduction, with operands that begin where memory ends."""
    lent, end = _native.borrow(page)[0], len(page)
    ran = 0
    for number in range(13 * 200):
        for operands in (1, 2, 3):
            try:
                assert _native.flat(number, 0, *(lent, end) * operands).nbytes == 0
                ran += 1
            except (ValueError, TypeError):
                pass
            try:
                inputs = [part for _ in range(operands) for part in (lent, number % 13, end, (8,))]
                _native.strided(number // 13, number % 13, 0, (0,), None, 0, (8,), *inputs)
                ran += 1
            except (ValueError, TypeError):
                pass
        try:
            _native.reduce_flat(number, 0, lent, end)
            ran += 1
        except (ValueError, TypeError):
            pass
    assert ran > 1000


def test_functions_of_no_elements_touch_no_memory(page: Any) -> None:
    for dtype in (xp.bool, xp.int8, xp.uint64, xp.float32, xp.float64, xp.complex128):
        np_dtype = np.dtype(str(dtype))
        e = xp.asarray(np.frombuffer(page, np_dtype)[len(page) // np_dtype.itemsize :])
        assert e.shape == (0,)
        for result in (
            xp.where(e == e, e, e),
            xp.concat([e, e]),
            e[e == e],
            xp.sort(e) if dtype != xp.complex128 else e,
        ):
            assert result.shape == (0,)
        assert [each.shape for each in xp.nonzero(e)] == [(0,)]
        if dtype not in (xp.bool, xp.complex128):
            assert xp.clip(e, e, e).shape == (0,)
            assert xp.searchsorted(e, e).shape == (0,)
        if dtype != xp.bool:
            assert xp.cumulative_sum(e).shape == (0,)
            assert xp.matmul(xp.reshape(e, (3, 0)), xp.reshape(e, (0, 2))).shape == (3, 2)

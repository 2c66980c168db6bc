"""Elements moved as they are: copies of any layout, views of parts, zeros, and stores that native code carries out."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, same

import raptors_xp as xp
from raptors_xp import _native


def numbers(shape: tuple[int, ...], name: str) -> Any:
    """Different elements, as far as the dtype has them."""
    values = np.arange(int(np.prod(shape))).reshape(shape)
    return (values % 7 == 2) if name == "bool" else (values + (1j if name.startswith("c") else 0)).astype(name)


@pytest.mark.parametrize("name", NAMES)
def test_transposed_copies(name: str) -> None:
    for shape in ((3, 5), (16, 16), (17, 33), (64, 65), (130, 79), (70, 300), (5, 40, 33)):
        theirs = numbers(shape, name)
        ours = xp.asarray(theirs)
        for axes in ((1, 0),) if len(shape) == 2 else ((0, 2, 1), (2, 0, 1), (2, 1, 0)):
            turned = np.transpose(theirs, axes)
            same(xp.reshape(xp.permute_dims(ours, axes), (-1,)), turned.reshape(-1))
            into = xp.zeros(turned.shape, dtype=ours.dtype)
            into[...] = xp.permute_dims(ours, axes)
            same(into, turned)
            back = xp.zeros(shape, dtype=ours.dtype)
            xp.permute_dims(back, axes)[...] = xp.asarray(np.ascontiguousarray(turned))
            same(back, theirs)
            same(xp.asarray(xp.permute_dims(ours, axes)[::-1, ::2], copy=True), turned[::-1, ::2])


def test_long_transposed_operands_are_cut_in_blocks() -> None:
    for shape in ((700, 900), (1500, 31), (20, 4000)):
        a, b = np.random.default_rng(1).random(shape), np.random.default_rng(2).random(shape[::-1])
        same(xp.add(xp.asarray(a), xp.asarray(b).T), a + b.T)
        same(xp.asarray(xp.asarray(a).T + xp.asarray(b)), a.T + b)
        same(xp.reshape(xp.asarray(a).T, (-1,)), a.T.reshape(-1))
        same(xp.astype(xp.reshape(xp.asarray(a).T, shape[::-1]), xp.float32), a.T.astype(np.float32))


@pytest.mark.parametrize("name", NAMES)
def test_copies_with_steps(name: str) -> None:
    theirs = numbers((203,), name)
    ours = xp.asarray(theirs)
    for first, step, count in product((0, 1, 5, 101), (-3, -2, -1, 1, 2, 3), (0, 1, 2, 15, 16, 17, 31, 32, 33, 100)):
        key = slice(first, None, step) if step > 0 else slice(202 - first, None, step)
        same(xp.asarray(ours[key][:count], copy=True), theirs[key][:count])
        target, due = xp.zeros(203, dtype=ours.dtype), np.zeros(203, theirs.dtype)
        size = due[key][:count].size
        target[key][:count] = ours[:size]
        due[key][:count] = theirs[:size]
        same(target, due)


@pytest.mark.parametrize("name", NAMES)
def test_elements_are_repeated(name: str) -> None:
    for size, count in product((1, 2, 3, 15, 16, 17, 33, 100), (2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 64, 129, 200)):
        theirs = numbers((size,), name)
        ours = xp.asarray(theirs)
        same(xp.repeat(ours, count), np.repeat(theirs, count))
        same(xp.repeat(ours[::-1], count), np.repeat(theirs[::-1], count))
        spread, due = xp.zeros((size, count + 1), dtype=ours.dtype), np.zeros((size, count + 1), theirs.dtype)
        spread[:, :count] = ours[:, None]  # not one run
        due[:, :count] = theirs[:, None]
        same(spread, due)
        whole = xp.zeros((size + 1, count), dtype=ours.dtype)  # what follows the last run keeps its value
        whole[:size, :] = ours[:, None]
        same(whole, np.vstack([np.repeat(theirs, count).reshape(size, count), np.zeros((1, count), theirs.dtype)]))
    same(xp.repeat(xp.asarray(numbers((70_001,), name)), 3), np.repeat(numbers((70_001,), name), 3))


def test_copies_keep_the_order_of_axes_in_memory() -> None:
    theirs = np.arange(24.0).reshape(2, 3, 4)
    for axes in ((0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)):
        x = xp.permute_dims(xp.asarray(theirs), axes)
        copied = xp.asarray(x, copy=True)
        same(copied, theirs.transpose(axes))
        assert copied.strides == np.array(theirs.transpose(axes), copy=True).strides
        copied[0, 0, 0] = 99.0
        assert float(x[0, 0, 0]) == 0.0


def test_parts_of_complex_numbers_are_views() -> None:
    for name in ("complex64", "complex128"):
        theirs = (np.arange(12) + 1j * np.arange(12, 24)).astype(name).reshape(3, 4)
        x = xp.asarray(theirs, copy=True)
        same(xp.real(x), theirs.real)
        same(xp.imag(x.T[::-1]), theirs.T[::-1].imag)
        xp.imag(x)[1, ...] = 7
        theirs.imag[1, ...] = 7
        same(x, theirs)
        x.real[...] = xp.imag(x)
        theirs.real[...] = theirs.imag
        same(x, theirs)
        same(xp.imag(x[:0]), theirs[:0].imag)
        same(xp.imag(x[0, 1]), theirs[0, 1].imag)
        theirs.flags.writeable = False
        with pytest.raises(ValueError, match="read-only"):
            xp.imag(xp.asarray(theirs))[0, 0] = 1
    real = xp.asarray([1.0, 2.0])
    assert xp.real(real) is real
    with pytest.raises(TypeError, match="real: dtype bool"):
        xp.real(xp.asarray([True]))
    with pytest.raises(TypeError, match="imag: dtype float64"):
        xp.imag(real)


@pytest.mark.parametrize("count", [0, 1, 5, 40_000, 400_000, 5 << 20])
def test_zeros_of_used_memory(count: int) -> None:
    for name in ("float64", "uint8"):
        for _ in range(3):
            x = xp.zeros(count, dtype=getattr(xp, name))
            assert not bool(xp.any(x))
            x[...] = 1
            del x
    with pytest.raises(MemoryError, match="zeros: there is no memory"):
        xp.zeros(2**60)
    assert _native.zeroed(0).nbytes == 0
    for wrong in (-1, 2**70):
        with pytest.raises(MemoryError):
            _native.zeroed(wrong)


class Index(int):
    """An int that is none exactly."""


KEYS: list[Any] = [
    (), ..., None, 0, -1, 2, True, Index(1), 2**70, slice(None), slice(2**70, None, -(2**70)), slice(1, None),
    slice(None, None, -1), slice(5, 1), slice(0, 3, 2**62), slice(-2**62, 2), slice(Index(1), None), slice(True, None),
    (0, ...), (..., 0), (None, 0, None), (slice(None), None, -1), (..., None), (0, 0), (slice(2), slice(None, None, 2)),
    (0, 0, 0), (..., ...), (0, 9), slice(None, None, 0), 1.0, slice(1.0, 2), (None,) * 64,
]  # fmt: skip


@pytest.mark.parametrize("shape", [(), (3,), (3, 4), (0, 3), (2, 0)])
@pytest.mark.parametrize("number", range(len(KEYS)))
def test_plain_keys(shape: tuple[int, ...], number: int) -> None:
    key = KEYS[number]
    theirs = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    x = xp.asarray(theirs, copy=True)
    try:
        due = theirs[key]
    except (IndexError, TypeError, ValueError):
        with pytest.raises((IndexError, TypeError, ValueError)):
            x[key]
        with pytest.raises((IndexError, TypeError, ValueError)):
            x[key] = 5
        return
    found = x[key]
    same(found, due)
    assert found.size == np.size(due)
    assert found._contiguous == np.asarray(due).flags.c_contiguous
    x[key] = 5
    theirs[key] = 5
    same(x, theirs)


def test_scalars_become_elements_of_every_dtype() -> None:
    for name in NAMES:
        x, theirs = xp.zeros(4, dtype=getattr(xp, name)), np.zeros(4, name)
        for key in (1, slice(2, None), ...):
            for value in (True, 3) if name[0] in "biu" else (True, 3, 0.5, *((1j,) if name[0] == "c" else ())):
                x[key] = value
                theirs[key] = value
                same(x, theirs)
        for index in (xp.asarray([1, 3]), xp.asarray([True, False, True, False])):
            x[index] = 1
            theirs[np.asarray(index)] = 1
            same(x, theirs)
    x = xp.zeros(3, dtype=xp.float32)
    x[1] = 2**53 + 1
    same(x, np.asarray([0, 2**53 + 1, 0], np.float32))
    with pytest.raises(OverflowError, match="int8"):
        xp.zeros(3, dtype=xp.int8)[1] = 300
    with pytest.raises(TypeError, match="__setitem__"):
        xp.zeros(3)[1] = 1j


def test_stores_refuse_read_only_arrays() -> None:
    theirs = np.zeros(3)
    theirs.flags.writeable = False
    x, index = xp.asarray(theirs), xp.asarray([0, 2])
    for key, value in ((1, 1.0), (slice(1), 1.0), (slice(None), xp.ones(3)), (index, 1.0), (index, xp.ones(2))):
        with pytest.raises(ValueError, match="__setitem__: the array is read-only"):
            x[key] = value


def test_indices_and_values_that_meet_the_array() -> None:
    for count in (5, 3000):
        theirs = np.arange(count)[::-1].copy()
        x = xp.asarray(theirs, copy=True)
        x[x] = x
        theirs[theirs.copy()] = theirs.copy()
        same(x, theirs)
        x[x] = 0
        same(x, np.zeros(count, np.int64))
        shared = np.arange(count)
        view = xp.asarray(shared)
        view[xp.asarray(shared[::-1])[:2]] = xp.asarray(shared)[1:3]
        due = np.arange(count)
        due[due[::-1][:2].copy()] = due[1:3].copy()
        same(view, due)
        y = xp.asarray(np.arange(count), copy=True)
        y[1:] = y[:-1]
        same(y, [0, *range(count - 1)])


@pytest.mark.parametrize("name", NAMES)
def test_small_strided_copies(name: str) -> None:
    for shape in ((7,), (3, 4), (2, 3, 4), (1, 5, 1), (3, 0, 2), (20, 30)):
        theirs = numbers(shape, name)
        ours = xp.asarray(theirs)
        for step in (2, -1, -3):
            key = (..., slice(None, None, step))
            same(xp.reshape(ours[key], (-1,)), theirs[key].reshape(-1))
            same(xp.asarray(ours[key], copy=True), theirs[key])
            same(xp.astype(ours[key], xp.complex128), theirs[key].astype("complex128"))
        same(xp.asarray(xp.permute_dims(ours, range(len(shape))[::-1]), copy=True), theirs.T)


def test_parts_are_joined_in_rows_and_columns() -> None:
    small, wide = numbers((3, 4), "int16"), numbers((3, 4), "float64")
    for axis in (0, 1, -1):
        for parts in ((small, small), (small, wide), (wide, small[:, ::-1], small), (small.T.copy().T, wide)):
            ours = [xp.asarray(part) for part in parts]
            same(xp.concat(ours, axis=axis), np.concatenate(parts, axis=axis))
            same(xp.concat(tuple(ours), axis=axis), np.concatenate(parts, axis=axis))
            same(xp.stack(ours, axis=axis), np.stack(parts, axis=axis))


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 255, 256, 257, 1000, 4099, (256 << 10) + 3, (600 << 10) + 5])
def test_zeros_of_all_sizes(count: int) -> None:
    for _ in range(3):
        xp.ones(count, dtype=xp.uint8)  # its memory may be used again
        x = xp.zeros(count, dtype=xp.uint8)
        same(x, np.zeros(count, np.uint8))

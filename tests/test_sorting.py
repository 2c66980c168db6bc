"""sort and argsort against NumPy: every dtype, layout, length and order; stability; nan and zeros; what is refused."""

import inspect
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

REAL = [name for name in NAMES if not name.startswith("complex")]


def descending(a: np.ndarray, axis: int) -> np.ndarray:
    """The stable indices of descending order: those of ascending order, of the reversed array, reversed."""
    size = a.shape[axis]
    ranks = np.flip(np.argsort(np.flip(a, axis), axis=axis, kind="stable"), axis)
    return size - 1 - ranks


@given(st.data(), st.booleans())
def test_sort_and_argsort(data: st.DataObject, down: bool) -> None:
    a = data.draw(ndarrays())
    if a.ndim == 0:
        return
    axis = data.draw(st.integers(-a.ndim, a.ndim - 1))
    ranks = descending(a, axis) if down else np.argsort(a, axis=axis, kind="stable")
    x = xp.asarray(a)
    same(xp.argsort(x, axis=axis, descending=down), ranks)
    same(xp.sort(x, axis=axis, descending=down, stable=False), np.take_along_axis(a, ranks, axis))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "size", [2, 8, 9, 15, 16, 17, 40, 63, 64, 65, 127, 128, 129, 300, 700, 5000, 32_768, 32_769, 140_000, 300_000]
)
def test_every_length(name: str, size: int) -> None:
    if name.startswith("complex") and size > 5000:
        return
    rng = np.random.default_rng(size)
    raw = rng.integers(0, 256, size * np.dtype(name).itemsize, dtype=np.uint8)
    wild = raw.view(name) if name != "bool" else raw < 128
    few = rng.integers(0, 4, size).astype(name)
    for a in (wild, few, np.sort(few), np.sort(few)[::-1], np.concatenate([np.sort(wild[::2]), np.sort(wild[1::2])])):
        with np.errstate(all="ignore"):
            ranks = np.argsort(a, kind="stable")
            down = descending(a, 0)
        x = xp.asarray(a)
        same(xp.argsort(x), ranks)
        same(xp.sort(x), a[ranks])
        same(xp.argsort(x, descending=True), down)
        same(xp.sort(x, descending=True), a[down])


@pytest.mark.parametrize("name", ["float32", "float64"])
@pytest.mark.parametrize("size", [6, 60, 600, 200_000])
def test_zeros_of_both_signs_are_equal_and_keep_their_order(name: str, size: int) -> None:
    a = np.random.default_rng(1).choice(np.asarray([0.0, -0.0, 1.0, -1.0, np.nan, np.inf], name), size)
    for down in (False, True):
        ranks = descending(a, 0) if down else np.argsort(a, kind="stable")
        ours = np.asarray(xp.sort(xp.asarray(a), descending=down))
        np.testing.assert_array_equal(ours, a[ranks])
        zeros = ours == 0
        np.testing.assert_array_equal(np.signbit(ours[zeros]), np.signbit(a[ranks][zeros]))
        same(xp.argsort(xp.asarray(a), descending=down), ranks)


@pytest.mark.parametrize("name", ["int64", "uint64", "float64"])
@pytest.mark.parametrize("size", [9, 700, 50_000])
def test_elements_that_differ_in_their_last_bits_alone(name: str, size: int) -> None:
    rng = np.random.default_rng(size)
    groups = np.asarray([1 << 61, 3 << 60, 7 << 59], "uint64")
    bits = rng.choice(groups, size) + rng.integers(0, 9, size).astype("uint64")
    bits[:2] = 0, (1 << 63) - (1 << 53)  # far apart
    a = bits.view(name)
    for x in (a, a[::-1], np.sort(a)):
        same(xp.argsort(xp.asarray(x)), np.argsort(x, kind="stable"))
        same(xp.argsort(xp.asarray(x), descending=True), descending(x, 0))


def test_nan_is_the_largest() -> None:
    x = xp.asarray([1.0, np.nan, -np.inf, -np.nan, np.inf])
    same(xp.sort(x), np.asarray([-np.inf, 1.0, np.inf, np.nan, np.nan]))
    same(xp.sort(x, descending=True), np.asarray([np.nan, np.nan, np.inf, 1.0, -np.inf]))
    same(xp.argsort(x), np.asarray([2, 0, 4, 1, 3]))


def test_many_lines_in_every_order_and_read_only() -> None:
    a = np.random.default_rng(5).integers(-50, 50, (40, 7, 150)).astype("int16")
    a.flags.writeable = False
    for array in (a, a.T, a[::-2, :, ::3], a.transpose(1, 2, 0), np.broadcast_to(a[0], (20, 7, 150))):
        for axis in range(3):
            same(xp.sort(xp.asarray(array), axis=axis), np.sort(array, axis=axis))
            same(xp.argsort(xp.asarray(array), axis=axis), np.argsort(array, axis=axis, kind="stable"))


@pytest.mark.parametrize("name", REAL)
def test_columns_of_every_dtype(name: str) -> None:
    for rows, columns in ((2, 3), (7, 70), (16, 64), (17, 65), (33, 129), (64, 512), (300, 9), (513, 33)):
        array = np.random.default_rng(rows).integers(0, 100, (rows, columns)).astype(name)
        for each in (array, array[::-1, 1:]):
            same(xp.sort(xp.asarray(each), axis=0), np.sort(each, axis=0))
            same(xp.argsort(xp.asarray(each), axis=0), np.argsort(each, axis=0, kind="stable"))


@pytest.mark.parametrize("name", ["sort", "argsort"])
def test_what_is_refused(name: str) -> None:
    function: Any = getattr(xp, name)
    x = xp.ones((2, 3))
    with pytest.raises(IndexError, match=rf"^{name}: axis=2: axis 2 is out of bounds for array of dimension 2; use"):
        function(x, axis=2)
    with pytest.raises(IndexError, match=rf"^{name}: axis=-1: axis -1 is out of bounds for array of dimension 0"):
        function(xp.asarray(1.0))
    with pytest.raises(TypeError, match=rf"^{name}: axis=1.5 of type float is not an integer"):
        function(x, axis=1.5)
    with pytest.raises(TypeError, match=rf"^{name}: x1?=\[1, 2\] of type list is not an array; .* asarray"):
        function([1, 2])
    with pytest.raises(TypeError):
        function(x, kind="stable")
    parameters = list(inspect.signature(function).parameters.values())
    assert [each.name for each in parameters] == ["x", "axis", "descending", "stable"]
    assert [each.default for each in parameters[1:]] == [-1, False, True]

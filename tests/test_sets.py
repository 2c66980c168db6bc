"""The set functions against NumPy: every dtype and layout; nan, signed zeros; members; what is refused."""

import inspect
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

NAN = [name for name in NAMES if name.startswith(("float", "complex"))]
EXACT = [name for name in NAMES if name not in NAN]


@given(ndarrays())
def test_unique(a: np.ndarray) -> None:
    x = xp.asarray(a)
    values, indices, inverse, counts = np.unique(
        a, return_index=True, return_inverse=True, return_counts=True, equal_nan=False
    )
    ours = xp.unique_all(x)
    assert ours._fields == ("values", "indices", "inverse_indices", "counts")
    same(ours.values, values)
    same(ours.counts, counts)
    assert ours.inverse_indices.shape == a.shape
    same(ours.inverse_indices, inverse.reshape(a.shape))
    same(ours.indices, indices)
    same(xp.unique_values(x), values)
    pairs = xp.unique_counts(x)
    assert pairs._fields == ("values", "counts")
    same(pairs.values, values)
    same(pairs.counts, counts)
    back = xp.unique_inverse(x)
    assert back._fields == ("values", "inverse_indices")
    same(back.values, values)
    same(back.inverse_indices, inverse.reshape(a.shape))


@pytest.mark.parametrize("name", NAN)
def test_every_nan_is_another_and_zeros_are_one(name: str) -> None:
    a = np.asarray([np.nan, 0.0, -0.0, 1.0, np.nan, 0.0, 1.0], name)
    if name.startswith("complex"):
        a[4] = complex(1.0, np.nan)
    ours = xp.unique_all(xp.asarray(a))
    assert ours.values.shape == (4,)
    same(ours.counts, np.asarray([3, 2, 1, 1]))
    values = np.asarray(ours.values)
    np.testing.assert_array_equal(values[:2], np.asarray([0.0, 1.0], name))
    assert np.isnan(values[2:]).all()
    same(ours.indices[:2], np.asarray([1, 3]))
    same(xp.isin(xp.asarray(a), xp.asarray(a)), a == a)


@pytest.mark.parametrize("name", NAMES)
def test_many(name: str) -> None:
    a = np.random.default_rng(2).integers(0, 100, (300, 400)).astype(name)
    for x, y in zip(xp.unique_all(xp.asarray(a)), np.unique_all(a)):
        same(x, y)
    for b in (a[0, :3], a[:20, 0], a[0], np.asarray([5, 10**6]).astype(name)):
        same(xp.isin(xp.asarray(a), xp.asarray(b)), np.isin(a, b))


@given(st.data(), st.booleans())
def test_isin(data: st.DataObject, invert: bool) -> None:
    a = data.draw(ndarrays())
    b = data.draw(ndarrays())
    theirs = np.zeros(a.shape, bool)
    for element in b.reshape(-1):
        theirs |= np.asarray(xp.equal(xp.asarray(a), xp.asarray(np.asarray(element))))
    same(xp.isin(xp.asarray(a), xp.asarray(b), invert=invert), theirs ^ invert)


@given(st.data())
def test_isin_with_many_integers(data: st.DataObject) -> None:
    """Tables, and searches where the range is too large for a table."""
    name = data.draw(st.sampled_from([each for each in EXACT if each != "bool"]))
    info = np.iinfo(name)
    low = data.draw(st.sampled_from([info.min, 0, info.max - 100]))
    rng = np.random.default_rng(data.draw(st.integers(0, 100)))
    b = rng.integers(0, 100, 30).astype(name) + np.asarray(low, name)
    a = np.concatenate(
        [rng.integers(0, 100, 50).astype(name) + np.asarray(low, name), np.asarray([info.min, info.max], name)]
    )
    if data.draw(st.booleans()):
        b[:2] = info.min, info.max
    same(xp.isin(xp.asarray(a), xp.asarray(b)), np.isin(a, b, kind="sort"))


def test_isin_takes_scalars() -> None:
    x = xp.asarray([[1, 2], [3, 200]], dtype=xp.uint8)
    same(xp.isin(x, 2), np.asarray([[False, True], [False, False]]))
    same(xp.isin(2, x), np.True_)
    same(xp.isin(4, x, invert=True), np.True_)
    same(xp.isin(x, 256 + 1), np.zeros((2, 2), bool))
    same(xp.isin(x, -56), np.zeros((2, 2), bool))
    same(xp.isin(x, 2**80, invert=True), np.ones((2, 2), bool))
    same(xp.isin(2**80, x), np.False_)
    same(xp.isin(x, 2.0), np.asarray([[False, True], [False, False]]))
    same(xp.isin(xp.asarray([0.5, 1.5]), 1.5), np.asarray([False, True]))


def test_isin_is_exact_among_integers() -> None:
    big = xp.asarray([2**63, 2**53 + 1, 5], dtype=xp.uint64)
    small = xp.asarray([-(2**63), 2**53, 5], dtype=xp.int64)
    same(xp.isin(big, small), np.asarray([False, False, True]))
    same(xp.isin(small, big), np.asarray([False, False, True]))


def test_what_is_refused() -> None:
    x = xp.ones(3)
    for name in ("unique_all", "unique_counts", "unique_inverse", "unique_values"):
        function: Any = getattr(xp, name)
        with pytest.raises(TypeError, match=rf"^{name}: x1?=\[1, 2\] of type list is not an array"):
            function([1, 2])
        assert list(inspect.signature(function).parameters) == ["x"]
    for pair in (([1], x), (x, {1}), ("a", x), (None, x)):
        with pytest.raises(TypeError, match=r"^isin: x[12]=.* not an array"):
            xp.isin(*pair)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^isin: x1=1 and x2=2 are both Python scalars, .* asarray"):
        xp.isin(1, 2)


@pytest.mark.parametrize("choice", [[True], [False], [True, False], [False] * 20, [False] * 20 + [True], []])
def test_isin_of_bool(choice: list[bool]) -> None:
    values = np.asarray([[True, False, True], [False, False, True]])
    among = np.asarray(choice, np.bool_)
    for view in (values, values.T, values[:, ::-2]):
        same(xp.isin(xp.asarray(view), xp.asarray(among)), np.isin(view, among))
        same(xp.isin(xp.asarray(view), xp.asarray(among), invert=True), np.isin(view, among, invert=True))


@pytest.mark.parametrize("name", NAMES)
def test_isin_of_few_elements(name: str) -> None:
    values = (np.arange(40) % 11).astype(name)
    for first in (values, values[:1], values[:0], values[::-3], values.reshape(5, 8)[:, ::2]):
        for among in (values[:1], values[:8], values[3:11][::-2], values[:6].reshape(2, 3)):
            same(xp.isin(xp.asarray(first), xp.asarray(among)), np.isin(first, among))
    long = np.resize(values, 3000)  # more answers than are computed at once
    same(xp.isin(xp.asarray(long), xp.asarray(values[:8])), np.isin(long, values[:8]))
    if name.startswith(("f", "c")):
        strange = xp.asarray([np.nan, -0.0, 1.0], dtype=name)
        same(xp.isin(strange, xp.asarray([np.nan, 0.0], dtype=name)), np.asarray([False, True, False]))

"""Masks, integer arrays, take and take_along_axis against NumPy: large, strided and shared memory; what is refused."""

import inspect
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

INTEGERS = [name for name in NAMES if "int" in name]


@given(st.data())
def test_take(data: st.DataObject) -> None:
    a = data.draw(ndarrays())
    if a.ndim == 0:
        return
    axis = data.draw(st.integers(-a.ndim, a.ndim - 1))
    size = a.shape[axis]
    dtype = data.draw(st.sampled_from(INTEGERS))
    low = -size if dtype.startswith("i") else 0
    indices = np.asarray(data.draw(st.lists(st.integers(low, max(size - 1, 0)), max_size=8 if size else 0)), dtype)
    for each in (indices, indices[::-1], np.repeat(indices, 2)[::2]):
        same(xp.take(xp.asarray(a), xp.asarray(each), axis=axis), np.take(a, each.astype("int64"), axis=axis))


@given(st.data())
def test_take_along_axis(data: st.DataObject) -> None:
    a = data.draw(ndarrays())
    if a.ndim == 0 or a.size == 0:
        return
    axis = data.draw(st.integers(-a.ndim, a.ndim - 1))
    size = a.shape[axis]
    shape = [each if data.draw(st.booleans()) else 1 for each in a.shape]
    shape[axis] = data.draw(st.integers(0, 6))
    indices = np.random.default_rng(data.draw(st.integers(0, 99))).integers(-size, size, shape)
    theirs = np.take_along_axis(
        a, np.broadcast_to(indices, [*a.shape[: axis % a.ndim], shape[axis], *a.shape[axis % a.ndim + 1 :]]), axis
    )
    same(xp.take_along_axis(xp.asarray(a), xp.asarray(indices), axis=axis), theirs)


@given(st.data())
def test_masks(data: st.DataObject) -> None:
    a = np.array(data.draw(ndarrays()))
    rank = data.draw(st.integers(0, a.ndim))
    mask = data.draw(ndarrays(["bool"], a.shape[:rank]))
    if mask.shape != a.shape[:rank] or rank == 0:
        return
    x = xp.asarray(a.copy())
    same(x[xp.asarray(mask)], a[mask])
    values = np.flip(a[mask], 0)
    x[xp.asarray(mask)] = xp.asarray(values)
    a[mask] = values
    same(x, a)
    x[xp.asarray(mask)] = True
    a[mask] = True
    same(x, a)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99, 1.0])
def test_large_masks(name: str, share: float) -> None:
    rng = np.random.default_rng(6)
    a = rng.integers(0, 100, (260, 401)).astype(name)
    mask = rng.random(a.shape) < share
    for array, chosen in ((a, mask), (a.T, mask.T), (a[::-2], mask[::2]), (a, np.asfortranarray(mask))):
        x = xp.asarray(array.copy(order="K"))
        same(x[xp.asarray(chosen)], array[chosen])
        ours, theirs = xp.asarray(array.copy()), array.copy()
        values = array[chosen][::-1]
        ours[xp.asarray(chosen)] = xp.asarray(values)
        theirs[chosen] = values
        same(ours, theirs)
        view, plain = ours[:, ::-1], theirs[:, ::-1]
        view[xp.asarray(chosen)] = xp.asarray(values)
        plain[chosen] = values
        same(ours, theirs)
        ours[xp.asarray(chosen)] = 1
        theirs[chosen] = 1
        same(ours, theirs)
        ours[xp.asarray(chosen[:, 0])] = xp.asarray(theirs[0])
        theirs[chosen[:, 0]] = theirs[0].copy()
        same(ours, theirs)


@pytest.mark.parametrize("name", NAMES)
def test_large_index_arrays(name: str) -> None:
    rng = np.random.default_rng(7)
    a = rng.integers(0, 100, (50, 60, 70)).astype(name)
    i, j, k = (rng.integers(-size, size, (20, 30)) for size in a.shape)
    for array in (a, a.transpose(2, 0, 1).transpose(1, 2, 0)[::-1], np.asfortranarray(a)):
        x = xp.asarray(array.copy(order="K"))
        p, q, r = xp.asarray(i), xp.asarray(j.astype("int16")), xp.asarray(k.T.copy()).mT
        keys: list[tuple[Any, Any]] = [
            ((p,), (i,)),
            ((p, q, r), (i, j, k)),
            ((p, slice(None), r), (i, slice(None), k)),
            ((slice(1, 9), q[0]), (slice(1, 9), j[0])),
            ((slice(None), q[0], r[0]), (slice(None), j[0], k[0])),
            ((..., r[0]), (..., k[0])),
            ((3, q), (3, j)),
            ((q[0], None, 5), (j[0] % 50, None, 5)),
        ]
        keys[-1] = ((xp.asarray(j[0] % 50), None, 5), (j[0] % 50, None, 5))
        for ours, theirs in keys:
            expected = array[theirs]
            same(x[ours], expected)
            y, b = xp.asarray(array.copy(order="K")), array.copy(order="K")
            value = expected[..., :1] if expected.ndim > 0 else expected
            y[ours] = xp.asarray(value.copy())
            b[theirs] = value
            same(y, b)
    flat = a.reshape(-1)
    n = rng.integers(0, flat.size, 300_000)
    same(xp.asarray(flat)[xp.asarray(n)], flat[n])
    same(xp.take(xp.asarray(flat), xp.asarray(n)), flat[n])
    y, b = xp.asarray(flat.copy()), flat.copy()
    values = rng.integers(0, 100, n.size).astype(name)
    y[xp.asarray(n)] = xp.asarray(values)
    b[n] = values
    same(y, b)


def test_values_and_indices_that_share_memory_with_the_array() -> None:
    x, a = xp.asarray(np.arange(10)), np.arange(10)
    x[xp.asarray([1, 2, 3])] = x[0:3]
    a[[1, 2, 3]] = a[0:3].copy()
    same(x, a)
    x[x[::-1] % 10] = x
    a[a[::-1] % 10] = a.copy()
    same(x, a)
    flags, truth = xp.asarray([True, False, True, True]), np.asarray([True, False, True, True])
    flags[flags[::-1]] = False
    truth[truth[::-1].copy()] = False
    same(flags, truth)
    base = np.arange(6.0)
    shared = xp.asarray(base, copy=False)
    shared[xp.asarray([0, 1, 2])] = xp.asarray(base[1:4], copy=False)
    same(shared, np.asarray([1.0, 2.0, 3.0, 3.0, 4.0, 5.0]))


def test_nothing_is_written_if_an_index_is_out_of_range() -> None:
    x = xp.zeros(3000)
    indices = np.zeros(2500, np.int64)
    indices[-1] = 3000
    with pytest.raises(IndexError, match=r"^__setitem__: index 3000 is out of bounds for axis 0 with size 3000"):
        x[xp.asarray(indices)] = 1.0
    assert not bool(xp.any(x))
    with pytest.raises(IndexError, match=r"^__getitem__: index 3000 is out of bounds for axis 0 with size 3000; use"):
        x[xp.asarray(indices)]
    with pytest.raises(IndexError, match=r"^__getitem__: index -4 is out of bounds for axis 1 with size 3"):
        xp.ones((2, 3))[:, xp.asarray([0, -4])]


def test_what_is_refused() -> None:
    x = xp.ones((2, 3))
    one = xp.asarray([0, 1])
    refused: list[tuple[type[Exception], str, tuple[Any, ...], dict[str, Any]]] = [
        (IndexError, "take: index 3 is out of bounds for axis 1 with size 3", (x, xp.asarray([3])), {"axis": 1}),
        (IndexError, "take: index 0 is out of bounds for axis 0 with size 0", (xp.ones(0), xp.asarray([0])), {}),
        (IndexError, "take: axis=2: axis 2 is out of bounds", (x, one), {"axis": 2}),
        (TypeError, r"take: axis=1.5 of type float is not an integer", (x, one), {"axis": 1.5}),
        (TypeError, "take: indices has dtype float64, not integers", (x, xp.ones(2)), {"axis": 0}),
        (ValueError, "take: x has 2 axes, and axis=None is for arrays with one axis; name", (x, one), {}),
        (TypeError, r"take: indices=\{0\} of type set is not an array", (x, {0}), {"axis": 0}),
    ]
    for error, message, arguments, keywords in refused:
        with pytest.raises(error, match=f"^{message}"):
            xp.take(*arguments, **keywords)
    along: list[tuple[type[Exception], str, tuple[Any, ...], dict[str, Any]]] = [
        (ValueError, r"x has shape \(2, 3\), and indices \(2,\)", (x, one), {}),
        (ValueError, r"operands could not be .* \(2, 3\) \(3, 1\)", (x, xp.zeros((3, 1), dtype=xp.int8)), {}),
        (IndexError, "index 5 is out of bounds for axis 1 with size 3", (x, xp.asarray([[0], [5]])), {}),
        (TypeError, "indices has dtype bool", (x, x > 0), {}),
        (IndexError, "axis=-3: axis -3 is out of bounds", (x, one[None, :]), {"axis": -3}),
    ]
    for error, message, arguments, keywords in along:
        with pytest.raises(error, match=f"^take_along_axis: {message}"):
            xp.take_along_axis(*arguments, **keywords)
    with pytest.raises(
        ValueError, match=r"^__setitem__: value of shape \(2,\) could not be broadcast to the selection"
    ):
        x[x > 0] = xp.ones(2)
    assert inspect.signature(xp.take).parameters["axis"].default is None
    assert inspect.signature(xp.take_along_axis).parameters["axis"].default == -1


# --- few elements, for which there are shorter ways ----------------------------------------------------------------


@pytest.mark.parametrize("dtype", NAMES)
@pytest.mark.parametrize("kind", INTEGERS)
def test_lines_of_few_elements(dtype: str, kind: str) -> None:
    whole = np.arange(40).astype(dtype)
    for a in (whole, whole[::3], whole[::-2], whole[5:6]):
        most = len(a) - 1
        places = [0, most, most // 2, 0] + ([-1, -len(a)] if kind.startswith("i") else [])
        for indices in (np.asarray(places, kind), np.asarray(places, kind)[::-1], np.asarray([], kind)):
            x, i = xp.asarray(a, copy=False), xp.asarray(indices)
            same(x[i], a[indices.astype("int64")])
            assert x[i].strides == (a.itemsize,)
            written, expected = xp.asarray(whole, copy=True), whole.copy()
            written[i] = True
            expected[indices.astype("int64")] = True
            same(written, expected)


def test_lines_say_which_index_is_wrong() -> None:
    x = xp.asarray([1.0, 2.0])
    for index in (2, -3):
        i = xp.asarray([0, index])
        with pytest.raises(IndexError, match=f"__getitem__: index {index} is out of bounds for axis 0 with size 2"):
            x[i]
        with pytest.raises(IndexError, match=f"__setitem__: index {index} is out of bounds for axis 0 with size 2"):
            x[i] = 0.0
    none = xp.zeros(0)
    with pytest.raises(IndexError, match="index 0 is out of bounds for axis 0 with size 0"):
        none[xp.asarray([0])]
    assert none[xp.zeros(0, dtype=xp.int64)].shape == (0,)
    same(x, np.asarray([1.0, 2.0]))


def test_a_number_goes_where_a_mask_or_an_index_says_though_they_share_memory() -> None:
    mask = xp.asarray([True, False, True])
    mask[mask] = False
    same(mask, np.zeros(3, bool))
    for at in (0, 1):
        block = np.asarray([True, False, True, True, False])
        x, m = xp.asarray(block, copy=False)[at : at + 3], xp.asarray(block, copy=False)[1:4]
        expected = block.copy()
        expected[at : at + 3][block[1:4].copy()] = True
        x[m] = True
        same(xp.asarray(block), expected)
    i = xp.asarray([2, 0, 1])
    i[i] = 7
    same(i, np.asarray([7, 7, 7]))


def test_a_number_is_not_put_into_what_is_read_only() -> None:
    x = xp.broadcast_to(xp.asarray(1.0), (3,))
    for key in (xp.asarray([0]), xp.asarray([True, False, False])):
        with pytest.raises(ValueError, match="__setitem__: the array is read-only"):
            x[key] = 2.0
    same(x, np.ones(3))


@pytest.mark.parametrize("value", [np.nan, -0.0, np.inf])
def test_numbers_of_all_kinds_are_put(value: float) -> None:
    for key in (xp.asarray([1, 2]), xp.asarray([False, True, True])):
        x = xp.asarray([1.0, 1.0, 1.0])
        x[key] = value
        same(x, np.asarray([1.0, value, value]))
        assert np.signbit(np.asarray(x)).tolist() == [False, *np.signbit([value, value]).tolist()]

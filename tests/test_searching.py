"""The searching functions against NumPy: every dtype, layout and scalar; nan; what is refused."""

import inspect
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import raptors_xp as xp


@given(st.data(), hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=3, min_side=0, max_side=3))
def test_where(data: st.DataObject, broadcastable: hnp.BroadcastableShapes) -> None:
    condition = data.draw(ndarrays(["bool"], broadcastable.input_shapes[0]))
    a = data.draw(ndarrays(None, broadcastable.input_shapes[1]))
    b = data.draw(ndarrays(None, broadcastable.input_shapes[2]))
    try:
        expected = np.where(condition, a, b)
    except ValueError:
        with pytest.raises(ValueError, match=r"^where: operands could not be broadcast together with shapes"):
            xp.where(xp.asarray(condition), xp.asarray(a), xp.asarray(b))
        return
    same(xp.where(xp.asarray(condition), xp.asarray(a), xp.asarray(b)), expected)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scalar", [True, 3, 2.5, 1j])
def test_scalars(name: str, scalar: float) -> None:
    condition = np.asarray([[True, False, True], [False, False, True]])
    a = np.asarray([0, 1, 5], name)
    expected = np.result_type(a, scalar)
    for view in (a, a[::-1]):
        x = xp.asarray(view)
        same(
            xp.where(xp.asarray(condition), x, scalar),
            np.where(condition, view, expected.type(scalar)).astype(expected),
        )
        same(
            xp.where(xp.asarray(condition), scalar, x),
            np.where(condition, expected.type(scalar), view).astype(expected),
        )
        same(xp.where(xp.asarray(condition[0]), x, scalar), np.where(condition[0], view, expected.type(scalar)))


@pytest.mark.parametrize(("x1", "x2"), [(1, 2.5), (True, False), (1, 2), (1j, 0), (False, 3)])
def test_where_of_two_scalars_has_their_default_dtype(x1: Any, x2: Any) -> None:
    condition = np.asarray([[True, False]])
    same(xp.where(xp.asarray(condition), x1, x2), np.where(condition, x1, x2))


def test_what_is_refused() -> None:
    condition = xp.asarray([True, False])
    x = xp.asarray([1, 2], dtype=xp.int8)
    with pytest.raises(TypeError, match=r"^where: condition has dtype int8, not bool; use condition != 0"):
        xp.where(x, x, x)  # type: ignore[arg-type]
    with pytest.raises(OverflowError, match=r"^where: \w+=1000 is out of range for int8"):
        xp.where(condition, x, 1000)
    for position in range(3):
        operands = [condition, x, x]
        operands[position] = [1, 2]  # type: ignore[call-overload]
        argument = ("condition", "x1", "x2")[position]
        with pytest.raises(TypeError, match=rf"^where: {argument}=\[1, 2\] of type list is not an array"):
            xp.where(*operands)  # type: ignore[arg-type]


REAL = [name for name in NAMES if not name.startswith("complex")]


@pytest.mark.parametrize("name", ["argmax", "argmin"])
@given(data=st.data(), keepdims=st.booleans())
def test_places_of_extremes(name: str, data: st.DataObject, keepdims: bool) -> None:
    a = data.draw(ndarrays(REAL))
    axis = None if a.ndim == 0 or data.draw(st.booleans()) else data.draw(st.integers(-a.ndim, a.ndim - 1))
    try:
        theirs = getattr(np, name)(a, axis=axis, keepdims=keepdims)
    except ValueError:
        with pytest.raises(ValueError, match=rf"^{name}: axis \d of x, of shape .*, has no elements"):
            getattr(xp, name)(xp.asarray(a), axis=axis, keepdims=keepdims)
        return
    same(getattr(xp, name)(xp.asarray(a), axis=axis, keepdims=keepdims), theirs)


@pytest.mark.parametrize("dtype", REAL)
def test_places_of_extremes_of_many(dtype: str) -> None:
    a = (np.random.default_rng(3).random((300, 7, 401)) * 100).astype(dtype)
    for array in (a, a.T, a[::-2], a.transpose(1, 0, 2), a[:, :, ::3], np.broadcast_to(a[0], (50, 7, 401))):
        for name in ("argmax", "argmin"):
            for axis in (None, 0, 1, 2):
                same(getattr(xp, name)(xp.asarray(array), axis=axis), getattr(np, name)(array, axis=axis))


@pytest.mark.parametrize("dtype", REAL)
def test_the_first_of_equal_extremes(dtype: str) -> None:
    for columns in (31, 32, 33, 64, 127, 128, 129, 255, 256, 257, 316, 511, 512, 513, 1025, 4095, 4096, 4097):
        a = np.random.default_rng(columns).integers(1, 4 if columns < 200 else 99, (40, columns)).astype(dtype)
        for row in range(0, 40, 2):  # two extremes that are equal, at any places
            a[row, [row * 7919 % columns, row * 104729 % columns]] = 0 if row % 4 == 0 else 100
        for name in ("argmax", "argmin"):
            same(getattr(xp, name)(xp.asarray(a), axis=1), getattr(np, name)(a, axis=1))


def test_the_first_nan_is_both_extremes() -> None:
    a = np.random.default_rng(1).random(100_000)
    for place in (0, 5, 4000, 99_999):
        a[place:] = np.where(np.arange(place, 100_000) % 3 == place % 3, np.nan, a[place:])
        same(xp.argmax(xp.asarray(a)), np.argmax(a))
        same(xp.argmin(xp.asarray(a)), np.argmin(a))
        same(xp.argmax(xp.asarray(a.reshape(1000, 100)), axis=0), np.argmax(a.reshape(1000, 100), axis=0))
        a = np.random.default_rng(1).random(100_000)
    same(xp.argmax(xp.asarray([-0.0, 0.0])), np.int64(0))


@pytest.mark.parametrize("dtype", NAMES)
def test_count_nonzero_of_lines_of_any_length(dtype: str) -> None:
    for size in (0, 1, 7, 8, 9, 31, 32, 33, 63, 64, 65, 127, 128, 129, 191, 316, 1025, 16_127, 16_128, 16_129, 40_000):
        a = np.ones((3, size), dtype)
        a[1] = np.arange(size) % 3 == 0
        a[2] = 0
        for array in (a, a[:, ::-1], a.T):
            same(xp.count_nonzero(xp.asarray(array), axis=1), np.count_nonzero(array, axis=1))


@given(st.data(), st.booleans())
def test_count_nonzero(data: st.DataObject, keepdims: bool) -> None:
    a = data.draw(ndarrays())
    axis = None if a.ndim == 0 or data.draw(st.booleans()) else tuple(range(data.draw(st.integers(0, a.ndim))))
    same(
        xp.count_nonzero(xp.asarray(a), axis=axis, keepdims=keepdims),
        np.asarray(np.sum(a != 0, axis=axis, keepdims=keepdims)),
    )


@given(ndarrays())
def test_nonzero(a: np.ndarray) -> None:
    if a.ndim == 0:
        with pytest.raises(ValueError, match=r"^nonzero: x has shape .* and no axes to give indices for"):
            xp.nonzero(xp.asarray(a))
        return
    ours = xp.nonzero(xp.asarray(a))
    assert isinstance(ours, tuple)
    assert len(ours) == a.ndim
    for x, theirs in zip(ours, np.nonzero(a)):
        same(x, theirs)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.99, 1.0])
def test_counting_and_finding_many(share: float) -> None:
    a = np.random.default_rng(4).random((301, 507)) < share
    for array in (a, a.T, a.astype("float32"), a.astype("complex128"), a.astype("int64")[:, ::2]):
        x = xp.asarray(array)
        same(xp.count_nonzero(x), np.asarray(np.count_nonzero(array)))
        same(xp.count_nonzero(x, axis=0), np.count_nonzero(array, axis=0))
        same(xp.count_nonzero(x, axis=1), np.count_nonzero(array, axis=1))
        for ours, theirs in zip(xp.nonzero(x), np.nonzero(array)):
            same(ours, theirs)


@given(st.data(), st.sampled_from(["left", "right"]))
def test_searchsorted(data: st.DataObject, side: str) -> None:
    a = data.draw(ndarrays(REAL, (data.draw(st.integers(0, 20)),)))
    values = data.draw(ndarrays([a.dtype.name]))
    ranks = np.argsort(a, kind="stable")
    theirs = np.searchsorted(a[ranks], values, side=side)
    same(xp.searchsorted(xp.asarray(a[ranks]), xp.asarray(values), side=side), theirs)
    same(xp.searchsorted(xp.asarray(a), xp.asarray(values), side=side, sorter=xp.asarray(ranks)), theirs)
    same(xp.searchsorted(xp.asarray(a), xp.asarray(values), side=side, sorter=xp.asarray(ranks.astype("int8"))), theirs)


@pytest.mark.parametrize("name", REAL)
def test_searchsorted_in_many(name: str) -> None:
    rng = np.random.default_rng(1)
    a = np.sort((rng.random(10_001) * 200).astype(name))
    values = (rng.random((100, 131)) * 220).astype(name)
    for side in ("left", "right"):
        same(xp.searchsorted(xp.asarray(a), xp.asarray(values), side=side), np.searchsorted(a, values, side=side))
        same(xp.searchsorted(xp.asarray(a), xp.asarray(values.T), side=side), np.searchsorted(a, values.T, side=side))


def test_searchsorted_takes_scalars() -> None:
    x = xp.asarray([1, 3, 5], dtype=xp.int8)
    same(xp.searchsorted(x, 3), np.int64(1))
    same(xp.searchsorted(x, 3, side="right"), np.int64(2))
    same(xp.searchsorted(x, 3.5), np.int64(2))
    same(xp.searchsorted(xp.asarray([1.0, np.nan]), np.nan), np.int64(1))
    same(xp.searchsorted(x, xp.asarray([0.5, 9.0], dtype=xp.float32)), np.asarray([0, 3]))


def test_what_searching_refuses() -> None:
    x = xp.ones((2, 3))
    for name in ("argmax", "argmin"):
        function: Any = getattr(xp, name)
        with pytest.raises(IndexError, match=rf"^{name}: axis=2: axis 2 is out of bounds"):
            function(x, axis=2)
        with pytest.raises(TypeError, match=rf"^{name}: axis=\(0, 1\) of type tuple is not an integer"):
            function(x, axis=(0, 1))
        with pytest.raises(TypeError, match=rf"^{name}: dtype complex128 of .* is not supported, only bool, int8"):
            function(xp.asarray([1j]))
        with pytest.raises(ValueError, match=rf"^{name}: axis 0 of x, of shape \(0,\), has no elements"):
            function(xp.zeros(0))
        assert list(inspect.signature(function).parameters) == ["x", "axis", "keepdims"]
    for name in ("argmax", "argmin", "count_nonzero", "nonzero"):
        with pytest.raises(TypeError, match=rf"^{name}: x1?=\[1, 2\] of type list is not an array"):
            getattr(xp, name)([1, 2])
    with pytest.raises(ValueError, match=r"^count_nonzero: axis 1 is repeated"):
        xp.count_nonzero(x, axis=(1, -1))
    line = xp.asarray([1.0, 2.0, 3.0])
    refused: list[tuple[type[Exception], str, tuple[Any, ...], dict[str, Any]]] = [
        (ValueError, r"x1 has shape \(2, 3\), and it must have one axis", (x, line), {}),
        (ValueError, "side='middle' is not known; use one of 'left', 'right'", (line, line), {"side": "middle"}),
        (TypeError, r"sorter has dtype float64, not integers", (line, line), {"sorter": line}),
        (ValueError, r"sorter has shape \(1,\), and x1 \(3,\)", (line, line), {"sorter": xp.asarray([0])}),
        (IndexError, r"sorter points outside of x1, which has 3", (line, 2.0), {"sorter": xp.asarray([0, 7, 1])}),
        (TypeError, r"dtype complex128 of .* is not supported", (line, 1j), {}),
        (TypeError, r"(x2|rtol|indices)='a' of type str is not an array", (line, "a"), {}),
        (TypeError, r"x1?=\[1\] of type list is not an array", ([1], line), {}),
        (OverflowError, r"\w+=1000 is out of range for int8", (xp.asarray([1], dtype=xp.int8), 1000), {}),
    ]
    for error, message, arguments, keywords in refused:
        with pytest.raises(error, match=rf"^searchsorted: {message}"):
            xp.searchsorted(*arguments, **keywords)


@pytest.mark.parametrize("name", ["bool", "int8", "uint16", "int32", "uint64", "int64", "float32", "float64"])
@pytest.mark.parametrize("length", [1, 2, 7, 8, 31, 32, 33, 70, 600])
def test_extremes_of_many_lines(name: str, length: int) -> None:
    generator = np.random.default_rng(length)
    values = generator.integers(0, 2 if name == "bool" else 5, (3, 70, length)).astype(name)
    if name.startswith("float"):
        values[generator.random(values.shape) < 0.02] = np.nan
        values[generator.random(values.shape) < 0.1] = -0.0
    for view in (values, values[:, ::-1, ::-1], values[::2, 3::3, :], np.ascontiguousarray(values.mT).mT, values.T):
        x = xp.asarray(view)
        for axis in range(3):
            same(xp.argmax(x, axis=axis), np.argmax(view, axis=axis))
            same(xp.argmin(x, axis=axis, keepdims=True), np.argmin(view, axis=axis, keepdims=True))


@pytest.mark.parametrize("size", [8, 255, 256, 300, 70_000])
@pytest.mark.parametrize("place", [0, 5, 200, -1])
def test_extremes_of_bool_are_first_ones(size: int, place: int) -> None:
    values = np.zeros(size, np.uint8)
    values[place % size :] = 2  # any byte but 0 is true
    for step in (1, 2, -1):
        view = values[::step].view(np.bool_)
        same(xp.argmax(xp.asarray(view)), np.argmax(view != np.False_))
        same(xp.argmin(xp.asarray(view)), np.argmin(view != np.False_))
    for constant in (np.zeros(size, np.bool_), np.ones(size, np.bool_)):
        assert int(xp.argmax(xp.asarray(constant))) == int(xp.argmin(xp.asarray(constant))) == 0


@pytest.mark.parametrize("name", ["bool", "int8", "uint8"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_searchsorted_of_many_bytes(name: str, side: Any) -> None:
    generator = np.random.default_rng(5)
    for size in (0, 1, 300):
        ordered = np.sort(generator.integers(0, 256, size).astype(name))
        values = generator.integers(0, 256, 40_000).astype(np.uint8).view(name)
        expected = np.searchsorted(ordered, values != 0 if name == "bool" else values, side)
        same(xp.searchsorted(xp.asarray(ordered), xp.asarray(values), side=side), expected)


@pytest.mark.parametrize("size", [1, 7, 8, 9, 63, 64, 65, 1000, 32_768, 200_003])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99, 1.0])
def test_nonzero_of_long_masks(size: int, share: float) -> None:
    values = (np.random.default_rng(size).random(size) < share).astype(np.uint8) * np.uint8(3)  # not 1, but true
    same(xp.nonzero(xp.asarray(values.view(np.bool_)))[0], np.nonzero(values)[0])
    for rows in (7, 64):
        rest = values[: size // rows * rows].reshape(-1, rows)
        for got, expected in zip(xp.nonzero(xp.asarray(rest.view(np.bool_))), np.nonzero(rest), strict=True):
            same(got, expected)


@pytest.mark.parametrize("condition", [None, 1.5, "a"])
def test_where_of_a_condition_alone_names_itself(condition: Any) -> None:
    with pytest.raises(TypeError, match=r"^where: condition="):
        xp.where(condition)
    with pytest.raises(ValueError, match=r"^where: condition has shape \(\)"):
        xp.where(xp.asarray(True))

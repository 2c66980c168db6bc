"""x[key], x[key] = value, take and take_along_axis: what NumPy selects, and errors that name axis, index and size."""

from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import raptors_xp as xp
from raptors_xp import _native


@st.composite
def basic_keys(draw: st.DrawFn, shape: tuple[int, ...]) -> Any:
    return draw(hnp.basic_indices(shape, allow_ellipsis=True, allow_newaxis=True, max_dims=6))


@st.composite
def advanced_keys(draw: st.DrawFn, shape: tuple[int, ...]) -> tuple[Any, ...]:
    """Index arrays, masks, integers, slices, None and `...` in any order."""
    key: list[Any] = []
    common = draw(hnp.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=3))
    axis = 0
    dots = False
    while axis < len(shape):
        size = shape[axis]
        kind = draw(st.sampled_from(["array", "array", "mask", "integer", "slice", "none", "dots", "bool"]))
        if kind == "array":
            index_shape = draw(st.sampled_from([common, common[-1:], (1,) * len(common)]))
            if size == 0:
                index_shape = (0,)
            key.append(draw(hnp.arrays(np.int64, index_shape, elements=st.integers(-size, max(size - 1, -size)))))
            axis += 1
        elif kind == "mask":
            count = draw(st.integers(1, len(shape) - axis))
            key.append(draw(hnp.arrays(np.bool_, shape[axis : axis + count])))
            axis += count
        elif kind == "integer" and size > 0:
            key.append(draw(st.integers(-size, size - 1)))
            axis += 1
        elif kind == "slice":
            key.append(draw(st.slices(size)))
            axis += 1
        elif kind == "none":
            key.append(None)
            if len(key) > 8:
                break
        elif kind == "dots" and not dots:
            key.append(...)
            dots = True
            axis += draw(st.integers(0, len(shape) - axis))
        elif kind == "bool" and draw(st.integers(0, 5)) == 0:
            key.append(draw(st.booleans()))
        if draw(st.integers(0, 9)) == 0:
            break
    return tuple(key)


def ours(key: Any) -> Any:
    """The key with our arrays for NumPy's."""
    if isinstance(key, tuple):
        return tuple([ours(each) for each in key])
    return xp.asarray(key) if isinstance(key, np.ndarray) else key


@given(st.data())
def test_basic_keys_give_views_as_numpy(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays())
    key = data.draw(basic_keys(theirs.shape))
    x = xp.asarray(theirs)
    view = x[key]
    same(view, theirs[key])
    entries = key if isinstance(key, tuple) else (key,)
    is_element = view.shape == () and ... not in entries
    if view.size > 0:
        assert np.shares_memory(np.asarray(view), theirs) == (not is_element)


@given(st.data())
def test_advanced_keys_read_as_numpy(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays(shape=hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=4)))
    key = data.draw(advanced_keys(theirs.shape))
    try:
        expected = theirs[key]
    except IndexError:
        with pytest.raises(IndexError):
            xp.asarray(theirs)[ours(key)]
        return
    same(xp.asarray(theirs)[ours(key)], expected)
    same(xp.asarray(theirs)[key], expected)  # NumPy's arrays index too


@given(st.data())
def test_keys_write_as_numpy(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays(shape=hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4))).copy()
    key = data.draw(st.one_of(basic_keys(theirs.shape), advanced_keys(theirs.shape)))
    x = xp.asarray(theirs, copy=True)
    try:
        selected = theirs[key]
    except IndexError:
        with pytest.raises(IndexError):
            x[ours(key)] = 0
        same(x, theirs)
        return
    shape = data.draw(st.sampled_from([selected.shape, selected.shape[1:], ()]))
    value = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(theirs.dtype)
    try:
        theirs[key] = value
    except (ValueError, IndexError) as error:
        with pytest.raises(type(error)):
            x[ours(key)] = xp.asarray(value)
        same(x, theirs)
        return
    x[ours(key)] = xp.asarray(value)
    same(x, theirs)


@pytest.mark.parametrize("name", NAMES)
def test_large_blocks_and_scalars(name: str) -> None:
    theirs = np.arange(6 * 50).reshape(6, 50).astype(name)
    x = xp.asarray(theirs, copy=True)
    rows = np.array([4, -1, 0, 4])
    same(x[xp.asarray(rows)], theirs[rows])
    x[xp.asarray(rows)] = 1
    theirs[rows] = 1
    same(x, theirs)
    x[xp.asarray(rows)] = xp.asarray(theirs[::-1][:4])
    theirs[rows] = theirs[::-1][:4].copy()
    same(x, theirs)
    mask = np.arange(6) % 2 == 0
    x[xp.asarray(mask)] = 0
    theirs[mask] = 0
    same(x, theirs)


def test_masks_of_the_whole_array() -> None:
    theirs = np.arange(12.0).reshape(3, 4)
    x = xp.asarray(theirs, copy=True)
    same(x[x > 5], theirs[theirs > 5])
    same(x[xp.asarray(True)], theirs[True])
    same(x[False], theirs[False])
    x[x > 5] = -1.5
    theirs[theirs > 5] = -1.5
    same(x, theirs)
    x[x < 0] = xp.asarray([1.0] * int(xp.sum(xp.astype(x < 0, xp.int64))))
    theirs[theirs < 0] = 1
    same(x, theirs)
    whole = xp.asarray([1, 2, 3])
    whole[whole > 1] = 7.9  # NumPy's casting: the fraction is lost
    same(whole, np.asarray([1, 7, 7]))


def test_mask_assignment_keeps_large_integers() -> None:
    x = xp.asarray([2**62 + 1, 5])
    x[xp.asarray([False, True])] = 1
    assert x.tolist() == [2**62 + 1, 1]


def test_zero_dimensional_arrays_index_as_integers() -> None:
    x = xp.reshape(xp.arange(6), (2, 3))
    row = x[xp.asarray(1)]
    same(row, np.arange(6).reshape(2, 3)[1])
    row[0] = 99
    assert x[1, 0] == 3  # as in NumPy, a copy
    view = x[np.int64(1)]
    view[0] = 99
    assert x[1, 0] == 99


def test_overlapping_assignment() -> None:
    x = xp.arange(10)
    x[1:] = x[:-1]
    assert x.tolist() == [0, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    x[:] = x[::-1]
    assert x.tolist() == [8, 7, 6, 5, 4, 3, 2, 1, 0, 0]
    x[xp.asarray([0, 1, 2])] = x[xp.asarray([2, 1, 0])]
    assert x.tolist()[:3] == [6, 7, 8]


def test_values_may_be_numpy_arrays_and_lists() -> None:
    x = xp.zeros(4)
    x[:2] = np.asarray([1.0, 2.0])
    x[2:] = [3, 4]
    assert x.tolist() == [1, 2, 3, 4]
    x[...] = np.float32(0.5)
    assert x.tolist() == [0.5] * 4


def test_in_place_operators_through_keys() -> None:
    x = xp.arange(5)
    x[1:3] += 10
    x[xp.asarray([0, 4])] *= 3
    x[x == 3] -= 1
    assert x.tolist() == [0, 11, 12, 2, 12]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (5, ["index 5", "axis 0", "size 3"]),
        (-4, ["index -4", "axis 0", "size 3"]),
        ((0, 4), ["index 4", "axis 1", "size 4"]),
        ((0, 0, 0), ["3 indices", "2 axes"]),
        ((..., ...), ["2 ellipses"]),
        (1.0, ["1.0", "float"]),
        ("a", ["'a'", "str"]),
        (xp.asarray([0.5]), ["float64"]),
        (xp.asarray([0, 3]), ["index 3", "axis 0", "size 3"]),
        ((slice(None), xp.asarray([-5])), ["index -5", "axis 1", "size 4"]),
        (xp.asarray([True, False]), ["size 2", "axis 0", "size 3"]),
        ((xp.asarray([0, 1]), xp.asarray([0, 1, 2])), ["(2,)", "(3,)"]),
        ((0, 0, xp.asarray([True])), ["3 indices"]),
    ],
)
def test_bad_keys_name_what_is_wrong(key: Any, words: list[str]) -> None:
    x = xp.ones((3, 4))
    with pytest.raises(IndexError) as caught:
        x[key]
    for word in ["__getitem__", *words]:
        assert word in str(caught.value)
    with pytest.raises(IndexError) as caught:
        x[key] = 0
    assert "__setitem__" in str(caught.value) or isinstance(key, int)
    assert bool(xp.all(x == 1))


def test_bad_slices() -> None:
    x = xp.ones(3)
    with pytest.raises(ValueError, match="step of zero"):
        x[::0]
    with pytest.raises(TypeError, match=r"1\.5"):
        x[1.5:]


@pytest.mark.parametrize("key", [slice(0, 2), xp.asarray([0, 1]), xp.asarray([True, True, False])])
def test_values_that_do_not_broadcast(key: Any) -> None:
    x = xp.zeros(3)
    with pytest.raises(ValueError, match=r"\(2,\)"):
        x[key] = xp.ones(3)
    assert x.tolist() == [0, 0, 0]


def test_values_that_do_not_fit() -> None:
    x = xp.asarray([1, 2], dtype=xp.int8)
    with pytest.raises(OverflowError, match="int8"):
        x[0] = 1000
    with pytest.raises(OverflowError, match="int8"):
        x[xp.asarray([0])] = 1000
    with pytest.raises(TypeError):
        x[0] = 1j
    with pytest.raises(TypeError):
        x[xp.asarray([0])] = "a"
    assert x.tolist() == [1, 2]


@pytest.mark.parametrize("key", [0, slice(None), ..., xp.asarray([0]), xp.asarray([True, False, False])])
def test_read_only_arrays_refuse_writing(key: Any) -> None:
    x = xp.broadcast_to(xp.asarray(1.0), (3,))
    for value in (2.0, 2, xp.asarray(2)):
        with pytest.raises(ValueError, match="__setitem__: the array is read-only"):
            x[key] = value
    assert x.tolist() == [1, 1, 1]


def test_deletion_is_refused() -> None:
    x = xp.ones(3)
    with pytest.raises((TypeError, AttributeError)):
        del x[0]


# --- take ----------------------------------------------------------------------------------------------------------


@given(st.data())
def test_take(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays(shape=hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=5)))
    if theirs.size == 0:
        return
    axis = data.draw(st.integers(-theirs.ndim, theirs.ndim - 1))
    size = theirs.shape[axis]
    indices = data.draw(hnp.arrays(np.int64, st.integers(0, 6), elements=st.integers(-size, size - 1)))
    same(xp.take(xp.asarray(theirs), xp.asarray(indices), axis=axis), np.take(theirs, indices, axis=axis))


@given(st.data())
def test_take_along_axis(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays(shape=hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=5)))
    if theirs.size == 0:
        return
    axis = data.draw(st.integers(-theirs.ndim, theirs.ndim - 1))
    shape = list(theirs.shape)
    size = shape[axis]
    shape[axis] = data.draw(st.integers(0, 4))
    indices = data.draw(hnp.arrays(np.int64, tuple(shape), elements=st.integers(-size, size - 1)))
    expected = np.take_along_axis(theirs, indices, axis=axis)
    same(xp.take_along_axis(xp.asarray(theirs), xp.asarray(indices), axis=axis), expected)


def test_take_along_axis_broadcasts() -> None:
    theirs = np.arange(12).reshape(3, 4)
    indices = np.array([[2, 0]])
    expected = np.take_along_axis(theirs, np.broadcast_to(indices, (3, 2)), axis=1)
    same(xp.take_along_axis(xp.asarray(theirs), xp.asarray(indices), axis=1), expected)
    one = np.arange(4).reshape(1, 4)
    several = np.array([[0, 1], [3, 3], [2, 0]])
    expected = np.take_along_axis(np.broadcast_to(one, (3, 4)), several, axis=1)
    same(xp.take_along_axis(xp.asarray(one), xp.asarray(several), axis=1), expected)


def test_take_refuses() -> None:
    x = xp.ones((2, 3))
    with pytest.raises(ValueError, match="axis="):
        xp.take(x, xp.asarray([0]))
    with pytest.raises(IndexError, match="index 2"):
        xp.take(x, xp.asarray([2]), axis=0)
    with pytest.raises(IndexError, match="axis=2"):
        xp.take(x, xp.asarray([0]), axis=2)
    with pytest.raises(TypeError, match="float64"):
        xp.take(x, xp.asarray([0.0]), axis=0)
    with pytest.raises(ValueError, match="take_along_axis"):
        xp.take_along_axis(x, xp.asarray([0]))
    with pytest.raises(ValueError, match="take_along_axis"):
        xp.take_along_axis(x, xp.asarray([[0], [0], [0]]))


@pytest.mark.parametrize(
    ("shape", "sizes"), [((1,), (0,)), ((3, 2), (0, 2)), ((3, 2), (3, 0)), ((3, 2), (0,)), ((0,), (0,))]
)
def test_a_mask_without_elements_selects_nothing(shape: tuple[int, ...], sizes: tuple[int, ...]) -> None:
    theirs = np.ones(shape)
    x = xp.ones(shape)
    mask = xp.zeros(sizes, dtype=xp.bool)
    same(x[mask], theirs[np.zeros(sizes, dtype=bool)])
    x[mask] = 5.0
    x[mask] = xp.zeros((0, *shape[len(sizes) :]))
    same(x, theirs)


@pytest.mark.parametrize("step", [2**61, -(2**61), 2**63 - 1, 2**70, -(2**70)])
def test_a_step_may_be_larger_than_any_array(step: int) -> None:
    theirs = np.arange(6.0).reshape(2, 3)
    x = xp.asarray(theirs)
    for key in [np.s_[::step], np.s_[:, ::step], np.s_[1:1:step, :], np.s_[np.array([0, 1]), ::step]]:
        same(x[key], theirs[key])


def test_strides_that_reach_nothing_are_not_multiplied() -> None:
    """An axis without elements: the index is wrong, whatever the strides. The sanitizers see the overflow."""
    memory, indices = _native.allocate(64), _native.pack(4, [0] * 8, 8)
    pick = (indices, 4, 0, (8,), 0, 8)
    assert _native.gather(8, memory, 0, (), (), (8,), (2**63 - 1,), (pick,), (), ()) == (0, 0)

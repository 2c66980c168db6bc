"""The manipulation functions against NumPy, over all dtypes, shapes and layouts; views where they can be."""

from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import raptors_xp as xp


def some_axes(draw: Any, rank: int) -> tuple[int, ...]:
    """Axes, no two the same, some counted from the end."""
    axes = draw(st.lists(st.integers(0, rank - 1), unique=True, max_size=rank)) if rank else []
    return tuple([axis - rank if draw(st.booleans()) else axis for axis in axes])


def shares(x: Any, theirs: np.ndarray) -> bool:
    return x.size == 0 or np.shares_memory(np.asarray(x), theirs)


# --- reshape -------------------------------------------------------------------------------------------------------


@given(st.data())
def test_reshape(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays())
    shape: list[int] = []
    rest = theirs.size
    while rest > 1:
        size = data.draw(st.sampled_from([each for each in range(1, rest + 1) if rest % each == 0]))
        shape.append(size)
        rest //= size
        if len(shape) > 5:
            shape.append(rest)
            break
    if theirs.size == 0:
        shape = [2, 0, 3]
    elif shape and data.draw(st.booleans()):
        shape[data.draw(st.integers(0, len(shape) - 1))] = -1
    target = tuple(shape)
    x = xp.asarray(theirs)
    same(xp.reshape(x, target), theirs.reshape(target))
    same(xp.reshape(x, target, copy=True), theirs.reshape(target))
    same(x.reshape(*target) if target else x.reshape(()), theirs.reshape(target))
    copied = xp.reshape(x, target, copy=True)
    assert copied.size == 0 or not np.shares_memory(np.asarray(copied), theirs)
    try:
        expected = np.reshape(theirs, target, copy=False)
    except ValueError:
        with pytest.raises(ValueError, match="copy=False"):
            xp.reshape(x, target, copy=False)
    else:
        view = xp.reshape(x, target, copy=False)
        same(view, expected)
        assert shares(view, theirs)


def test_reshape_refuses() -> None:
    x = xp.arange(6)
    for shape in [(4,), (-1, -1), (-2, 3), (-1, 4), 7]:
        with pytest.raises(ValueError, match="reshape"):
            xp.reshape(x, shape)
    for shape in ["a", (1.5, 4), None]:
        with pytest.raises(TypeError, match="reshape: shape"):
            xp.reshape(x, shape)
    with pytest.raises(ValueError, match="reshape"):
        xp.reshape(xp.zeros((0, 3)), (-1, 0))
    with pytest.raises(ValueError, match="65 axes"):
        xp.reshape(x, (6,) + (1,) * 64)
    with pytest.raises(TypeError, match="reshape"):
        xp.reshape([1, 2], (2,))
    assert xp.reshape(x, np.int64(6)).shape == (6,)
    assert x.reshape([2, 3]).shape == (2, 3)


# --- axes ----------------------------------------------------------------------------------------------------------


@given(st.data())
def test_axes_move_as_in_numpy(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays())
    rank = theirs.ndim
    x = xp.asarray(theirs)
    order = data.draw(st.permutations(range(rank)))
    order = tuple([axis - rank if data.draw(st.booleans()) else axis for axis in order])
    moved = xp.permute_dims(x, order)
    same(moved, np.transpose(theirs, order))
    assert shares(moved, theirs)
    source = some_axes(data.draw, rank)
    target = tuple(data.draw(st.permutations(range(rank)))[: len(source)])
    same(xp.moveaxis(x, source, target), np.moveaxis(theirs, source, target))
    flipped = some_axes(data.draw, rank)
    same(xp.flip(x, axis=flipped), np.flip(theirs, flipped))
    same(xp.flip(x), np.flip(theirs))
    if rank == 2:
        same(x.T, theirs.T)
    else:
        with pytest.raises(ValueError, match="T: "):
            x.T  # noqa: B018
    if rank >= 2:
        same(x.mT, np.matrix_transpose(theirs))


@given(st.data())
def test_axes_of_size_one(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays())
    count = data.draw(st.integers(0, 3))
    new = some_axes(data.draw, theirs.ndim + count)[:count]
    x = xp.asarray(theirs)
    rank = theirs.ndim + len(new)
    new = tuple([axis % (theirs.ndim + count) % rank for axis in new])
    if len(set(new)) == len(new):
        wider = xp.expand_dims(x, new)
        same(wider, np.expand_dims(theirs, new))
        same(xp.squeeze(wider, new), theirs)
        assert shares(wider, theirs)
    for axis in range(-theirs.ndim - 1, theirs.ndim + 1):
        same(xp.expand_dims(x, axis), np.expand_dims(theirs, axis))


def test_axes_are_checked() -> None:
    x = xp.ones((2, 3))
    for call in (
        lambda: xp.expand_dims(x, 3),
        lambda: xp.expand_dims(x, (0, -5)),
        lambda: xp.squeeze(x, 2),
        lambda: xp.flip(x, axis=-3),
        lambda: xp.moveaxis(x, 2, 0),
        lambda: xp.permute_dims(x, (0, 2)),
        lambda: xp.roll(x, 1, axis=2),
        lambda: xp.stack([x, x], axis=3),
        lambda: xp.concat([x, x], axis=2),
        lambda: xp.unstack(x, axis=2),
        lambda: xp.repeat(x, 2, axis=2),
        lambda: xp.concat([xp.asarray(1), xp.asarray(2)]),
    ):
        with pytest.raises(IndexError, match=r": \w+=(-?\d): axis \1 is out of bounds"):
            call()
    for call in (
        lambda: xp.expand_dims(x, (0, 0)),
        lambda: xp.expand_dims(x, (0, -4)),
        lambda: xp.squeeze(x, 0),
        lambda: xp.squeeze(xp.ones((1, 1)), (0, 0)),
        lambda: xp.flip(x, axis=(0, -2)),
        lambda: xp.moveaxis(x, (0, 0), (0, 1)),
        lambda: xp.moveaxis(x, (0, 1), (0,)),
        lambda: xp.permute_dims(x, (0, 0)),
        lambda: xp.permute_dims(x, (0,)),
        lambda: xp.roll(x, (1, 2), axis=(0,) * 3),
        lambda: xp.roll(x, (1, 2)),
    ):
        with pytest.raises(ValueError, match=r"axis|axes"):
            call()
    for call in (
        lambda: xp.expand_dims(x, 1.0),
        lambda: xp.squeeze(x, "a"),
        lambda: xp.flip(x, axis=(0, None)),
        lambda: xp.permute_dims(x, (0, 1.5)),
        lambda: xp.roll(x, 1.5),
        lambda: xp.stack([x], axis=None),
        lambda: xp.flip([1, 2]),
        lambda: xp.squeeze([[1]], 0),
    ):
        with pytest.raises(TypeError):
            call()
    assert xp.flip(x, axis=np.int64(0)).shape == (2, 3)


# --- broadcasting --------------------------------------------------------------------------------------------------


@given(st.data())
def test_broadcasting(data: st.DataObject) -> None:
    drawn = data.draw(hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=4, min_side=0, max_side=3))
    arrays = [np.arange(np.prod(shape, dtype=int)).reshape(shape) for shape in drawn.input_shapes]
    results = xp.broadcast_arrays(*[xp.asarray(array) for array in arrays])
    assert isinstance(results, tuple)
    for ours, theirs, array in zip(results, np.broadcast_arrays(*arrays), arrays):
        same(ours, theirs)
        assert shares(ours, array)
        same(xp.broadcast_to(xp.asarray(array), drawn.result_shape), theirs)
    assert xp.broadcast_shapes(*drawn.input_shapes) == np.broadcast_shapes(*drawn.input_shapes)


def test_repeated_elements_are_read_only() -> None:
    x = xp.ones((1, 3))
    with pytest.raises(ValueError, match="read-only"):
        xp.broadcast_to(x, (2, 3))[0, 0] = 5
    xp.broadcast_to(x, (1, 1, 3))[0, 0, 0] = 5
    assert x[0, 0] == 5
    y = xp.broadcast_to(x, (2, 3))
    with pytest.raises(ValueError, match="read-only"):
        y += 1


def test_broadcasting_refuses() -> None:
    with pytest.raises(ValueError, match=r"broadcast_to.*\(3,\).*\(2,\)"):
        xp.broadcast_to(xp.ones(3), (2,))
    with pytest.raises(ValueError, match="broadcast_to"):
        xp.broadcast_to(xp.ones((2, 3)), (3,))
    with pytest.raises(ValueError, match="broadcast_arrays"):
        xp.broadcast_arrays(xp.ones(3), xp.ones(2))
    with pytest.raises(ValueError, match="broadcast_shapes"):
        xp.broadcast_shapes((3,), (2,))
    with pytest.raises(TypeError):
        xp.broadcast_shapes("ab")
    assert xp.broadcast_arrays() == ()
    assert xp.broadcast_shapes() == ()


# --- joining, splitting --------------------------------------------------------------------------------------------


@given(st.data())
def test_concat_and_stack(data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4))
    arrays = [data.draw(ndarrays(shape=st.just(shape))) for _ in range(data.draw(st.integers(1, 3)))]
    arrays = [array for array in arrays if array.shape == arrays[0].shape]
    given = [xp.asarray(array) for array in arrays]
    axis = data.draw(st.integers(-arrays[0].ndim, arrays[0].ndim - 1))
    with np.errstate(all="ignore"):
        same(xp.concat(given, axis=axis), np.concatenate(arrays, axis=axis))
        same(xp.concat(tuple(given), axis=None), np.concatenate(arrays, axis=None))
        for new in (axis, arrays[0].ndim):
            same(xp.stack(given, axis=new), np.stack(arrays, axis=new))
    parts = xp.unstack(given[0], axis=axis)
    assert isinstance(parts, tuple)
    for ours, theirs in zip(parts, np.moveaxis(arrays[0], axis, 0), strict=True):
        same(ours, theirs)


def test_concat_of_unequal_lengths_and_dtypes() -> None:
    a, b, c = np.ones((2, 3), np.int8), np.zeros((0, 3), np.uint8), np.full((1, 3), 2.5, np.float32)
    same(xp.concat([xp.asarray(a), xp.asarray(b), xp.asarray(c)]), np.concatenate([a, b, c]))
    same(xp.concat([xp.asarray(a).T, xp.asarray(c).T], axis=-1), np.concatenate([a.T, c.T], axis=-1))
    same(xp.concat([xp.asarray(1), xp.ones((2, 2))], axis=None), np.concatenate([1, np.ones((2, 2))], axis=None))


def test_joining_refuses() -> None:
    for join in (xp.concat, xp.stack):
        with pytest.raises(ValueError, match="empty"):
            join([])
        with pytest.raises(TypeError, match="is one array; give a tuple or list"):
            join(xp.ones((2, 2)))
        with pytest.raises(TypeError):
            join([xp.ones(2), [1, 2]])
        with pytest.raises(TypeError):
            join(3)
    with pytest.raises(ValueError, match=r"arrays\[1\].*\(2, 2\).*\(2, 3\)"):
        xp.concat([xp.ones((2, 3)), xp.ones((2, 2))])
    with pytest.raises(ValueError, match=r"arrays\[1\].*\(3,\).*\(2,\)"):
        xp.stack([xp.ones(2), xp.ones(3)])


# --- elements ------------------------------------------------------------------------------------------------------


@given(st.data())
def test_roll(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays())
    x = xp.asarray(theirs)
    shift = data.draw(st.integers(-12, 12))
    same(xp.roll(x, shift), np.roll(theirs, shift))
    if theirs.ndim == 0:
        return
    axes = data.draw(st.lists(st.integers(-theirs.ndim, theirs.ndim - 1), min_size=1, max_size=3))
    shifts = [data.draw(st.integers(-12, 12)) for _ in axes]
    same(xp.roll(x, shift, axis=axes[0]), np.roll(theirs, shift, axes[0]))
    same(xp.roll(x, shift, axis=tuple(axes)), np.roll(theirs, shift, tuple(axes)))
    same(xp.roll(x, tuple(shifts), axis=tuple(axes)), np.roll(theirs, shifts, axes))


@given(st.data())
def test_repeat(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays())
    x = xp.asarray(theirs)
    count = data.draw(st.integers(0, 3))
    same(xp.repeat(x, count), np.repeat(theirs, count))
    counts = data.draw(hnp.arrays(np.int64, theirs.size, elements=st.integers(0, 3)))
    same(xp.repeat(x, xp.asarray(counts)), np.repeat(theirs, counts))
    if theirs.ndim == 0:
        return
    axis = data.draw(st.integers(-theirs.ndim, theirs.ndim - 1))
    counts = data.draw(hnp.arrays(np.uint8, theirs.shape[axis], elements=st.integers(0, 3)))
    same(xp.repeat(x, count, axis=axis), np.repeat(theirs, count, axis=axis))
    same(xp.repeat(x, xp.asarray(counts), axis=axis), np.repeat(theirs, counts, axis=axis))


def test_repeat_refuses() -> None:
    x = xp.arange(3)
    for repeats in (-1, xp.asarray([1, 1, -1]), xp.asarray([1, 2]), xp.ones((1, 1), dtype=xp.int8)):
        with pytest.raises(ValueError, match="repeats"):
            xp.repeat(x, repeats)
    for bad in (1.5, "a", xp.asarray([1.0])):
        with pytest.raises(TypeError, match="repeats"):
            xp.repeat(x, bad)
    for many in (2**60, xp.asarray([2**62] * 3), xp.asarray([2**63] * 3, dtype=xp.uint64)):  # whose sum wraps
        with pytest.raises(MemoryError, match="repeat"):
            xp.repeat(x, many)


@given(st.data())
def test_tile(data: st.DataObject) -> None:
    theirs = data.draw(ndarrays())
    counts = tuple(data.draw(st.lists(st.integers(0, 3), max_size=4)))
    same(xp.tile(xp.asarray(theirs), counts), np.tile(theirs, counts))


def test_tile_refuses() -> None:
    x = xp.arange(3)
    with pytest.raises(ValueError, match="tile"):
        xp.tile(x, (-1,))
    with pytest.raises(TypeError, match="repetitions"):
        xp.tile(x, (1.5,))
    with pytest.raises(MemoryError, match="tile"):
        xp.tile(x, (2**60,))
    with pytest.raises((MemoryError, ValueError)):
        xp.tile(x, (2**40, 2**40))


@pytest.mark.parametrize("name", NAMES)
def test_copies_are_writable(name: str) -> None:
    x = xp.broadcast_to(xp.ones(1, dtype=getattr(xp, name)), (2, 3))
    copies = [xp.roll(x, 1), xp.tile(x, (2,)), xp.repeat(x, 2), xp.concat([x]), xp.stack([x]), x.copy()]
    for result in [*copies, xp.reshape(x, (6,), copy=True)]:
        result[...] = 0
        assert not bool(xp.any(result))
    assert bool(xp.all(x))


def test_repetition_of_many_axes() -> None:
    """The way there has more axes than the result, and there may be 64."""
    x = xp.reshape(xp.asarray([5, 6]), (1,) * 63 + (2,))
    repeated = xp.repeat(x, 2, axis=-1)
    assert repeated.shape == (1,) * 63 + (4,)
    assert xp.reshape(repeated, (4,)).tolist() == [5, 5, 6, 6]
    tiled = xp.tile(x, (2, *[1] * 62, 2))
    assert tiled.shape == (2, *[1] * 62, 4)
    assert xp.reshape(tiled, (8,)).tolist() == [5, 6, 5, 6] * 2
    assert xp.tile(xp.zeros((0, *[2] * 30)), (2,) * 31).shape == (0, *[4] * 30)


def test_squeeze_of_several_axes() -> None:
    theirs = np.arange(6).reshape(1, 2, 1, 3, 1)
    for view in (theirs, theirs[:, ::-1], theirs[..., :0], theirs.T):
        ours = xp.asarray(view)
        ones = [axis for axis in range(5) if view.shape[axis] == 1]
        same(xp.squeeze(ours), np.squeeze(view))
        for axes in (ones[0], tuple(ones), tuple(ones[::-1]), (ones[1], ones[0] - 5), ()):
            squeezed = xp.squeeze(ours, axis=axes)
            same(squeezed, np.squeeze(view, axis=axes))
            same(xp.asarray(squeezed, copy=True), np.squeeze(view, axis=axes))
    with pytest.raises(ValueError, match=r"^squeeze: axis=1 has size 2"):
        xp.squeeze(xp.asarray(theirs), axis=(0, 1))
    with pytest.raises(ValueError, match=r"^squeeze: axis 0 is repeated in axis=\(0, 2, -5\)"):
        xp.squeeze(xp.asarray(theirs), axis=(0, 2, -5))

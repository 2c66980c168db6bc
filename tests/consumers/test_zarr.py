"""Zarr: stores take our arrays, whole and in parts, of every dtype and layout, and give them back."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zarr
from against_numpy import NAMES

import raptors_xp as xp

X = np.random.default_rng(3).normal(size=(60, 40))


@pytest.mark.parametrize("name", NAMES)
def test_every_dtype_comes_back(name: str, tmp_path: Path) -> None:
    values = (X * 50).astype(name)
    x = xp.asarray(values)
    array = zarr.create_array(tmp_path / "x.zarr", shape=x.shape, chunks=(25, 16), dtype=x.dtype)
    array[:] = x
    back = xp.asarray(zarr.open_array(tmp_path / "x.zarr", mode="r")[:])
    assert back.dtype == x.dtype
    np.testing.assert_array_equal(np.asarray(back), values)


@pytest.mark.parametrize("layout", [lambda x: x.T, lambda x: x[::-1, ::2], lambda x: x[3], lambda x: x[:0]])
def test_every_layout_is_taken(layout: Any) -> None:
    x = layout(xp.asarray(X))
    array = zarr.create_array({}, shape=x.shape, chunks=tuple(max(size // 3, 1) for size in x.shape), dtype="f8")
    array[...] = x
    np.testing.assert_array_equal(array[...], layout(X))


def test_parts_are_written_and_read() -> None:
    array, expected = zarr.create_array({}, shape=X.shape, chunks=(30, 30), dtype=xp.float64), X.copy()
    array[:] = xp.asarray(X)
    for key, value in (
        ((slice(5, 35),), np.ones((30, 40))),
        ((slice(None), 3), np.arange(60.0)),
        ((slice(10, 20, 3), slice(-5, None)), np.full((4, 5), 7.0)),
    ):
        array[key] = xp.asarray(value)
        expected[key] = value
    array.set_orthogonal_selection(([1, 4, 2], slice(0, 3)), xp.asarray(np.zeros((3, 3))))
    expected[np.ix_([1, 4, 2], range(3))] = 0
    array.set_coordinate_selection(([7, 9], [8, 2]), xp.asarray([-1.0, -2.0]))
    expected[[7, 9], [8, 2]] = [-1, -2]
    np.testing.assert_array_equal(array[:], expected)
    rows = xp.asarray([4, 0, 9])
    np.testing.assert_array_equal(array.oindex[rows, :], expected[[4, 0, 9]])
    np.testing.assert_array_equal(array.oindex[xp.asarray(expected[:, 0]) > 0, :], expected[expected[:, 0] > 0])


def test_arrays_are_made_of_ours() -> None:
    array = zarr.array(xp.asarray(X), chunks=(20, 20))
    assert array.dtype == np.float64
    assert array.chunks == (20, 20)
    np.testing.assert_array_equal(array[:], X)
    group = zarr.group({})
    group.create_array("y", data=xp.asarray(X[:7]))
    np.testing.assert_array_equal(group["y"][:], X[:7])


def test_a_wrong_shape_is_refused() -> None:
    array = zarr.create_array({}, shape=(6, 4), chunks=(3, 2), dtype="f8")
    with pytest.raises(ValueError, match="shape"):
        array[:] = xp.ones((5, 4))

"""Shapes, strides and axes against NumPy's."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from raptors_xp._core.shape import (
    as_shape,
    broadcast_pair,
    broadcast_shapes,
    broadcast_strides,
    contiguous_strides,
    fortran_strides,
    is_contiguous,
    is_fortran,
    normalize_axes,
    normalize_axis,
    product,
)

shapes = hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4)


@given(shapes)
def test_contiguous_strides_are_numpys(shape: tuple[int, ...]) -> None:
    array = np.empty(shape, np.int32)
    assert product(shape) == array.size
    strides = contiguous_strides(shape, 4)
    assert is_contiguous(shape, strides, 4)
    if array.size > 0:
        assert strides == array.strides


@given(shapes, st.data())
def test_is_contiguous_as_numpy_sees_it(shape: tuple[int, ...], data: st.DataObject) -> None:
    array = np.empty(shape, np.int16)
    for _ in range(2):
        if array.ndim == 0:
            break
        axis = data.draw(st.integers(0, array.ndim - 1))
        key = data.draw(st.sampled_from([slice(None), slice(1, None), slice(None, None, 2), slice(None, None, -1)]))
        array = np.swapaxes(array, 0, axis)[key]
    assert is_contiguous(array.shape, array.strides, 2) == array.flags.c_contiguous


@given(hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=4, min_side=0))
def test_broadcasting(broadcastable: hnp.BroadcastableShapes) -> None:
    shapes = broadcastable.input_shapes
    assert broadcast_shapes("test", *shapes) == np.broadcast_shapes(*shapes) == broadcastable.result_shape
    for shape in shapes:
        array = np.empty(shape, np.int32)
        wide = np.broadcast_to(array, broadcastable.result_shape)
        ours = broadcast_strides(shape, array.strides, broadcastable.result_shape)
        for size, step, theirs in zip(wide.shape, ours, wide.strides):
            assert step == theirs or size <= 1


@given(shapes, shapes)
def test_what_does_not_broadcast(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    try:
        expected = np.broadcast_shapes(first, second)
    except ValueError:
        with pytest.raises(
            ValueError, match=rf"^add: operands could not .* {re.escape(str(first))} {re.escape(str(second))}: axis -"
        ):
            broadcast_pair("add", first, second)
    else:
        assert broadcast_pair("add", first, second) == expected


def test_no_shapes_broadcast_to_none() -> None:
    assert broadcast_shapes("test") == ()


def test_normalize_axis() -> None:
    assert [normalize_axis("test", "axis", axis, 3) for axis in range(-3, 3)] == [0, 1, 2, 0, 1, 2]
    for axis in (-4, 3):
        with pytest.raises(
            IndexError, match=rf"^sum: axis={axis}: axis {axis} is out of bounds for array of dimension 3; use -3 to 2"
        ):
            normalize_axis("sum", "axis", axis, 3)
    with pytest.raises(IndexError, match="dimension 0; reshape"):
        normalize_axis("sum", "axis", 0, 0)


def test_normalize_axes() -> None:
    assert normalize_axes("test", None, 3) == (0, 1, 2)
    assert normalize_axes("test", -1, 3) == (2,)
    assert normalize_axes("test", (-1, 0), 3) == (2, 0)
    assert normalize_axes("test", (), 3) == ()
    assert normalize_axes("test", np.int64(1), 3) == (1,)
    with pytest.raises(ValueError, match=r"^sum: axis 2 is repeated in axis=\(2, -1\)"):
        normalize_axes("sum", (2, -1), 3)
    for wrong in (1.0, True, (0, False), "0", [0.5], {0: 1}):
        with pytest.raises(TypeError, match=r"^sum: axis=.* is not an integer or a tuple of integers"):
            normalize_axes("sum", wrong, 3)


def test_as_shape() -> None:
    assert as_shape("zeros", 3) == (3,)
    assert as_shape("zeros", np.int8(3)) == (3,)
    assert as_shape("zeros", (2, np.int64(3))) == (2, 3)
    assert as_shape("zeros", [2, 3]) == (2, 3)
    assert as_shape("zeros", range(3)) == (0, 1, 2)
    assert as_shape("zeros", ()) == ()
    with pytest.raises(ValueError, match=r"^zeros: size -1 in shape="):
        as_shape("zeros", (2, -1))
    for large in ((2**32, 2**32), 2**64, (2**64, 0)):
        with pytest.raises(MemoryError, match="more than the 9223372036854775807 elements that can be addressed"):
            as_shape("zeros", large)
    with pytest.raises(ValueError, match=r"^zeros: shape=.* has 65 axes; use at most 64"):
        as_shape("zeros", (1,) * 65)
    for wrong in (1.5, None, "12", (1, 2.0), b"12", True, (2, True), {2, 3}):
        with pytest.raises(TypeError, match=r"^zeros: shape=.* is not an integer or a tuple of integers"):
            as_shape("zeros", wrong)


@given(hnp.array_shapes(min_dims=0, max_dims=4, min_side=1, max_side=3))
def test_fortran_order(shape: tuple[int, ...]) -> None:
    array = np.empty(shape, np.int32, order="F")
    assert is_fortran(shape, array.strides, 4)
    assert is_fortran(shape, fortran_strides(shape, 4), 4)
    assert fortran_strides(shape, 4) == array.strides
    strided = np.empty((*shape, 2), np.int32)[..., 0]
    assert is_fortran(shape, strided.strides, 4) == strided.flags.f_contiguous

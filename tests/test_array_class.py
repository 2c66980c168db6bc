"""What native code does for instances of class Array by the places of their fields: making, freeing, simple keys."""

import gc
import sys
import weakref
from typing import Any

import numpy as np
import pytest

import raptors_xp as xp
from raptors_xp import _native
from raptors_xp._array import array
from raptors_xp._core.dtypes import DTYPES

is_compiled = not array.__file__.endswith(".py")


def test_fields_are_known_of_the_compiled_class_alone() -> None:
    assert array.fields_are_known is is_compiled


def test_fields_are_learned_once_and_of_arrays_alone() -> None:
    x = xp.ones(3)
    fields = (1, 2, 3, 4, 5, 6, 7)
    assert not _native.learn_fields(DTYPES, x, fields, x, fields)
    assert not _native.learn_fields(DTYPES, object(), fields, object(), fields)
    with pytest.raises(TypeError, match="learn_fields"):
        _native.learn_fields(DTYPES[1:], x, fields, x, fields)
    with pytest.raises(TypeError, match="learn_fields"):
        _native.learn_fields(DTYPES, x, fields[1:], x, fields)
    assert float(x[1]) == 1


def test_an_instance_that_is_used_again_remembers_nothing() -> None:
    x = xp.arange(20.0)
    for number in range(100):
        view: Any = x[number % 7 :]
        assert not hasattr(view, "mark")
        view.mark = number
        watch = weakref.ref(view)
        del view
        assert watch() is None
        others = [x[1:] for _ in range(number % 40)]
        assert all(not hasattr(other, "mark") and other.shape == (19,) for other in others)
    cycle: Any = x[2:]
    cycle.itself = cycle
    watch = weakref.ref(cycle)
    del cycle
    gc.collect()
    assert watch() is None
    assert [x[i:].shape for i in range(30)] == [(max(0, 20 - i),) for i in range(30)]


def test_arrays_leave_no_references_behind() -> None:
    x = xp.reshape(xp.arange(12.0), (3, 4))
    for _ in range(3):
        watched = (xp.Array, xp.float64, x)
        before = [sys.getrefcount(each) for each in watched]
        for _ in range(1000):
            x[1], x[:, 1], x[1, 2], x[..., ::2], x + x
            x[1] = x[2]
            x[0, 0] = 7
        assert all(abs(sys.getrefcount(each) - count) < 50 for each, count in zip(watched, before, strict=True))


def test_collections_between_making_and_filling_do_no_harm() -> None:
    before = gc.get_threshold()
    gc.set_threshold(1)
    try:
        x = xp.reshape(xp.arange(3000.0), (30, 100))
        rows = [x[i] for i in range(30)]
        columns = [x[:, i] for i in range(100)]
    finally:
        gc.set_threshold(*before)
    np.testing.assert_array_equal(np.stack([np.asarray(row) for row in rows]), np.asarray(x))
    np.testing.assert_array_equal(np.stack([np.asarray(column) for column in columns], axis=1), np.asarray(x))


@pytest.mark.parametrize("lie", [{"_offset": 1 << 40}, {"_offset": -80}, {"_offset": 1 << 70}, {"_shape": (1 << 40,)}])
def test_fields_that_lie_are_found_out_before_an_element_is_touched(lie: dict[str, object]) -> None:
    x: Any = xp.ones(4)
    for name, value in lie.items():
        setattr(x, name, value)
    key = 3 if "_offset" in lie else 1 << 30
    with pytest.raises((IndexError, OverflowError)):
        x[key]
    with pytest.raises((IndexError, OverflowError)):
        x[key] = 1.0


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_scalars_are_stored_as_numpy_does(dtype: Any) -> None:
    public = getattr(xp, str(dtype)) if str(dtype) != "bool" else xp.bool
    values: list[Any] = [0, 1, True, False, -1, 127, 128, 255, 256, 2**31, 2**53 + 1, 2**63, 2**64]
    values += [1e300, 0.1, -0.0, 1j, float("nan"), float("inf"), np.float64(2.5), np.int8(3)]
    for value in values:
        theirs = np.zeros(3, np.asarray(xp.zeros(1, dtype=public)).dtype)
        ours = xp.zeros(3, dtype=public)
        try:
            with np.errstate(all="ignore"):
                theirs[1] = value
        except (TypeError, ValueError, OverflowError):
            with pytest.raises((TypeError, ValueError, OverflowError)):
                ours[1] = value
            continue
        ours[1] = value
        np.testing.assert_array_equal(np.asarray(ours), theirs)
        assert np.array_equal(np.signbit(np.asarray(ours).real), np.signbit(theirs.real)) or dtype.kind in "bu"


def test_few_elements_of_other_dtypes_are_stored_with_a_conversion() -> None:
    x = xp.zeros((3, 4), dtype=xp.float32)
    x[1] = xp.asarray([1, 2, 3, 4])
    x[2] = xp.asarray([True, False, True, True])
    expected = [[0, 0, 0, 0], [1, 2, 3, 4], [1, 0, 1, 1]]
    np.testing.assert_array_equal(np.asarray(x), np.asarray(expected, np.float32))
    x[1] = x[2]
    x[0] = x[0]
    with pytest.raises(TypeError, match="complex"):
        x[1] = xp.asarray([1j, 2, 3, 4])
    line = xp.arange(6)
    line[1:] = line[:-1]  # the elements meet
    np.testing.assert_array_equal(np.asarray(line), [0, 0, 1, 2, 3, 4])
    line[:] = line[::-1]
    np.testing.assert_array_equal(np.asarray(line), [4, 3, 2, 1, 0, 0])


def test_read_only_arrays_stay_as_they_are() -> None:
    source = np.arange(4.0)
    source.flags.writeable = False
    x = xp.asarray(source)
    for key, value in ((1, 5.0), (slice(1, 3), 5.0), (slice(1, 3), xp.ones(2))):
        with pytest.raises(ValueError, match="read-only"):
            x[key] = value
    np.testing.assert_array_equal(np.asarray(x), np.arange(4.0))


def test_shapes_that_repeat_are_those_of_their_array() -> None:
    for size in (0, 1, 5, 63, 64, 65, 10_000, 123_456):
        x = xp.zeros(size)
        for start in (0, 1, 3, -2):
            assert x[start:].shape == np.zeros(size)[start:].shape
    x = xp.zeros((5, 6, 7, 3))
    theirs = np.zeros((5, 6, 7, 3))
    keys: list[Any] = [1, (1, 2), (slice(1, 3), 2), (..., 1), (2, ..., 1), (slice(None, None, 2),) * 4]
    for key in keys * 3:
        assert (x[key].shape, x[key].strides) == (theirs[key].shape, theirs[key].strides)

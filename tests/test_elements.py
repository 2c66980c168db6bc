"""Single elements and values: what x[i] gives, what may be assigned, what lists of floats become, rounding."""

import copy
import math
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import raptors_xp as xp


# --- an element is a copy ------------------------------------------------------------------------------------------
def test_elements_can_be_exchanged() -> None:
    x = xp.asarray([1, 2, 3])
    x[0], x[2] = x[2], x[0]
    assert x.tolist() == [3, 2, 1]
    square = xp.asarray([[1, 2], [3, 4]])
    square[0, 0], square[1, 1] = square[1, 1], square[0, 0]
    assert square.tolist() == [[4, 2], [3, 1]]


def test_elements_can_be_sorted_and_shuffled_in_place() -> None:
    numbers = random.Random(1).sample(range(100), 20)
    x = xp.asarray(numbers)
    for end in range(20, 1, -1):
        for i in range(end - 1):
            if x[i] > x[i + 1]:
                x[i], x[i + 1] = x[i + 1], x[i]
    assert x.tolist() == sorted(numbers)
    random.Random(2).shuffle(x)  # type: ignore[arg-type]
    assert sorted(x.tolist()) == sorted(numbers)
    assert x.tolist() != sorted(numbers)


@pytest.mark.parametrize(
    "key", [0, (0,), -3, np.int64(0), xp.asarray(0), (np.asarray(0),)], ids=["0", "(0,)", "-3", "np", "xp", "(np,)"]
)
def test_a_kept_element_stays_what_it_was(key: Any) -> None:
    x = xp.asarray([1.0, 2.0, 3.0])
    before = x[key]
    x[key] = 5.0
    assert before.shape == ()
    assert float(before) == 1.0
    before[...] = 7.0
    assert float(x[0]) == 5.0


def test_kept_elements_of_a_loop_and_of_no_axes() -> None:
    x = xp.asarray([1, 2, 3])
    kept = list(x)
    x[...] = 0
    assert [int(each) for each in kept] == [1, 2, 3]
    zero = xp.asarray(1.0)
    before = zero[()]
    zero[...] = 2.0
    assert float(before) == 1.0


def test_rows_and_keys_with_an_ellipsis_are_views_still() -> None:
    x = xp.asarray([[1, 2], [3, 4]])
    row, element, whole = x[0], x[0, 0, ...], x[...]
    x[0, 0] = 9
    assert row.tolist() == [9, 2]
    assert int(element) == 9
    assert int(whole[0, 0]) == 9
    for each in x:
        each[...] = 0
    assert x.tolist() == [[0, 0], [0, 0]]


# --- what may be assigned ------------------------------------------------------------------------------------------
KEYS: list[Callable[[Any], Any]] = [
    lambda _: 0,
    lambda _: [0],
    lambda _: slice(None),
    lambda _: ...,
    lambda ns: ns.asarray([True, False, True]),
    lambda ns: ns.asarray([0, 2]),
]


@pytest.mark.parametrize("value", [0, 1, 2, 2**70, -1, 0.0, 0.5, True, 1j])
@pytest.mark.parametrize("key", range(len(KEYS)))
def test_any_number_is_a_truth_value(key: int, value: Any) -> None:
    for start in (True, False):
        x, a = xp.full(3, start), np.full(3, start)
        x[KEYS[key](xp)] = value
        a[KEYS[key](np)] = bool(value)
        assert x.tolist() == a.tolist()


# --- lists ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("dtype", ["int8", "int64", "uint8", "uint64"])
def test_floats_become_integers_that_hold_them_or_are_errors(dtype: str) -> None:
    wanted = getattr(xp, dtype)
    assert xp.asarray([2.9, 3, True, 0.5], dtype=wanted).tolist() == [2, 3, 1, 0]
    assert xp.asarray([[100.0]], dtype=wanted).tolist() == [[100]]
    with pytest.raises(ValueError, match=f"asarray: obj holds nan, which dtype={dtype} cannot hold"):
        xp.asarray([1.0, math.nan], dtype=wanted)
    with pytest.raises(OverflowError, match=f"asarray: obj holds inf, which dtype={dtype} cannot hold"):
        xp.asarray([math.inf], dtype=wanted)
    with pytest.raises(
        OverflowError, match=rf"asarray: obj\[\.\.\.\]=100000000000000000000 is out of range for {dtype}"
    ):
        xp.asarray([0.0, 1e20], dtype=wanted)
    with pytest.raises(OverflowError, match=f"asarray: obj=-100000000000000000000 is out of range for {dtype}"):
        xp.asarray(-1e20, dtype=wanted)


def test_ints_that_fit_no_dtype_are_named() -> None:
    with pytest.raises(OverflowError, match="obj=18446744073709551616 fits neither int64 nor uint64"):
        xp.asarray(2**64)
    with pytest.raises(OverflowError, match="obj has integers from -1 to 18446744073709551615, which fit neither"):
        xp.asarray([2**64 - 1, -1])


def test_one_number_of_a_space() -> None:
    for start, stop in ((-1e308, 1e308), (math.inf, 1.0), (2.0, math.nan), (1, 1j), (-3, 7)):
        for endpoint in (True, False):
            result = xp.linspace(start, stop, 1, endpoint=endpoint)
            if endpoint or not isinstance(start, float) or math.isfinite(start * 0.0 + stop * 0.0):
                assert complex(result[0]) == complex(start)
    assert xp.linspace(0.0, 1.0, 0).shape == (0,)
    assert xp.linspace(0.0, 1j, 1).dtype == xp.complex128


# --- one number ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("value", [2.5, 3.5, -2.7, 7, -8, True])
def test_round_and_trunc(value: Any) -> None:
    x = xp.asarray(value)
    for function in (round, math.trunc, math.floor, math.ceil):
        result = function(x)
        assert type(result) is int
        assert result == function(value)
    assert round(xp.asarray(2.345), 2) == round(2.345, 2)
    assert round(xp.asarray(1234), -2) == 1200
    assert round(x, np.int64(0)) == round(value, 0)


def test_round_and_trunc_refuse_what_is_not_one_real_number() -> None:
    for function, name in ((round, "round"), (math.trunc, "int")):
        with pytest.raises(TypeError, match=rf"{name}: the array has shape \(2,\)"):
            function(xp.ones(2))
        with pytest.raises(TypeError, match=f"{name}: .*complex"):
            function(xp.asarray(1j))
    with pytest.raises(TypeError, match=r"round: ndigits=0\.5 of type float is not an integer"):
        round(xp.asarray(1.0), 0.5)  # type: ignore[call-overload]


def test_limits_are_copied_and_pickled() -> None:
    for limits in (xp.finfo(xp.float32), xp.finfo(xp.complex128), xp.iinfo(xp.uint8)):
        for again in (copy.copy(limits), copy.deepcopy(limits), pickle.loads(pickle.dumps(limits))):
            assert type(again) is type(limits)
            assert repr(again) == repr(limits)


def test_zero_and_one_are_flags() -> None:
    x = xp.ones((2, 3))
    assert xp.sum(x, axis=0, keepdims=1).shape == (1, 3)  # type: ignore[arg-type]
    assert xp.sum(x, axis=0, keepdims=0).shape == (3,)  # type: ignore[arg-type]
    for value in (2, -1, 1.0, "yes"):
        with pytest.raises(TypeError, match=r"sum: keepdims=.* is not a bool"):
            xp.sum(x, keepdims=value)  # type: ignore[arg-type]


def test_shifts_have_axes_of_their_own() -> None:
    x = xp.reshape(xp.arange(12), (3, 4))
    for axis in (0, (0,)):
        with pytest.raises(ValueError, match=r"roll: shift=\(1, 2\) and axis=.* have different lengths"):
            xp.roll(x, (1, 2), axis=axis)
    np.testing.assert_array_equal(np.asarray(xp.roll(x, 1, axis=(0, 1))), np.roll(np.asarray(x), 1, axis=(0, 1)))


# --- what is not there, and interrupts -----------------------------------------------------------------------------
def test_an_interrupt_is_no_missing_attribute() -> None:
    class Interrupted:
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    for call in (
        xp.asarray,
        xp.from_dlpack,
        xp.ones(3).__getitem__,
        lambda x: xp.tensordot(xp.ones(2), xp.ones(2), axes=x),
    ):
        with pytest.raises(KeyboardInterrupt):
            call(Interrupted())


def test_without_numpy_it_is_said_what_is_missing() -> None:
    code = """
import sys
sys.modules["numpy"] = None
import raptors_xp as xp
for function in (xp.linalg.inv, xp.fft.hfft):
    try:
        function(xp.eye(2))
    except ModuleNotFoundError as error:
        print(error.name, "pip install numpy" in str(error))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert run.stdout.split("\n") == ["numpy True", "numpy True", ""]

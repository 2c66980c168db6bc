"""arange and linspace to the last bit, however they are cut, in every dtype; what they refuse."""

from typing import Any

import numpy as np
import pytest
from against_numpy import same
from hypothesis import given
from hypothesis import strategies as st
from rounding import epsilon, within

import raptors_xp as xp


@pytest.mark.parametrize("count", [0, 1, 2, 511, 512, 513, 5000, 70_001])
def test_ranges_are_exact(count: int) -> None:
    """However they are cut: integers wrap around on the way, whole floats and others are rounded where NumPy's are."""
    for start, step in ((0, 1), (5, -1), (-70_000, 3), (2**31 - 1, -7), (2**52, 1)):
        stop = start + count * step
        whole = np.arange(count, dtype=np.int64) * step + start
        for name in ("int32", "int64", "uint64", "float32", "float64", "complex64", "complex128"):
            info = np.iinfo(name) if name[0] in "iu" else None
            if info is None or count == 0 or info.min <= whole.min() <= whole.max() <= info.max:
                same(xp.arange(start, stop, step, dtype=getattr(xp, name)), whole.astype(name))
        for real in (float(start), start + 0.1):
            product = np.arange(count, dtype=np.float64) * (step + 0.3)
            x = xp.arange(real, real + (count - 0.5) * (step + 0.3), step + 0.3)
            same(x, (product + real)[: max(0, x.size)])
            assert x.size == count
    x = xp.arange(2**64 - 1, 2**64 - 1 - 3 * count, -3, dtype=xp.uint64)
    same(x, np.uint64(2**64 - 1) - 3 * np.arange(count, dtype=np.uint64))
    same(xp.arange(2**62, 2**62 + count, dtype=xp.float64), (2**62 + np.arange(count)).astype(np.float64))
    number = max(1, min(count, 255))
    same(xp.arange(255, 255 - number, -1, dtype=xp.uint8), np.arange(255, 255 - number, -1, dtype=np.uint8))


def test_ranges_keep_the_sign_of_zero() -> None:
    same(xp.arange(0.0, -3.0, -1.0), [0.0, -1.0, -2.0])
    same(xp.arange(-0.0, -3.0, -1.0), [-0.0, -1.0, -2.0])
    same(xp.arange(-0.0, 2.0), [0.0, 1.0])
    same(xp.linspace(-0.0, 1.0, 1), [-0.0])
    same(xp.linspace(float("inf"), float("inf"), 1), [float("inf")])


def test_linspace_of_integers_is_rounded_down() -> None:
    for count in (2, 7, 1500):
        for name in ("int8", "uint8", "int64"):
            start, stop = (0, 200) if name == "uint8" else (-100, 27)
            due = np.linspace(start, stop, count, dtype=name)
            same(xp.linspace(start, stop, count, dtype=getattr(xp, name)), due)
    same(xp.linspace(0, 3, 1000, dtype=xp.complex64), np.linspace(0, 3, 1000, dtype=np.complex64))
    same(xp.linspace(0, 3, 1000, dtype=xp.float32), np.linspace(0, 3, 1000, dtype=np.float32))
    with pytest.raises(TypeError, match="imaginary"):
        xp.linspace(1j, 3, 10, dtype=xp.float32)


def test_linspace_between_float32_numbers_is_numpys() -> None:
    for start, stop, num in ((0.1, 0.7, 13), (-3.3, 1e6, 50), (0.2, 0.3, 1)):
        first, last = np.float32(start), np.float32(stop)
        due = np.linspace(first, last, num, dtype="f4")
        same(xp.linspace(first, last, num, dtype=xp.float32), due)
        same(xp.linspace(xp.asarray(first), xp.asarray(last), num, dtype=xp.float32), due)


def test_short_ranges() -> None:
    for start, stop, step in (
        (0, 5, 1),
        (0, -5, -1),
        (3, 8, 1),
        (0, 600, 1),
        (0, 5, 2),
        (2**62, 2**62 + 3, 1),
        (0, 0, 1),
    ):
        same(xp.arange(start, stop, step), np.arange(start, stop, step))
        for name in ("float64", "float32", "uint64", "int16", "complex128"):
            if start < 2**15 and (stop >= 0 or not name.startswith("u")):
                made = xp.arange(start, stop, step, dtype=name)
                same(made, np.arange(start, stop, step).astype(name))
                assert not np.signbit(np.asarray(made).real[:1]).any()


@given(st.integers(-50, 50), st.one_of(st.none(), st.integers(-3000, 3000)), st.integers(-7, 7).filter(bool))
def test_arange_of_integers(start: int, stop: int | None, step: int) -> None:
    same(xp.arange(start, stop, step), np.arange(start, stop, step, dtype=np.int64))
    same(xp.arange(start, stop, step, dtype=xp.float32), np.arange(start, stop, step).astype(np.float32))


@given(st.floats(-50, 50), st.floats(-3000, 3000), st.floats(0.1, 7) | st.floats(-7, -0.1))
def test_arange_of_floats(start: float, stop: float, step: float) -> None:
    x = xp.arange(start, stop, step)
    count = np.arange(start, stop, step).size
    exact = start + np.arange(count) * np.longdouble(step)
    within(x, exact, 2 * epsilon("float64") * max(abs(start), abs(stop)), "float64")


@pytest.mark.parametrize("count", [0, 1, 1023, 1024, 1025, 2048, 5000, 1_048_577])
def test_long_ranges(count: int) -> None:
    same(xp.arange(count), np.arange(count))
    same(xp.arange(7, 7 + 3 * count, 3), np.arange(7, 7 + 3 * count, 3))
    same(xp.arange(count, dtype=xp.float64), np.arange(count, dtype=np.float64))
    same(xp.arange(count, dtype=xp.int32), np.arange(count, dtype=np.int32))
    is_ramp(xp.linspace(0, 1, count), 0, 1, count)


def is_ramp(x: xp.Array[Any], start: complex, stop: complex, num: int, endpoint: bool = True) -> None:
    """Asserts equal steps: four roundings, of the difference, the step, its multiple and the sum, none of which is
    larger than twice an end. The ends are exact. Integers are rounded down."""
    positions = np.arange(num, dtype=np.longdouble)
    ends = np.asarray([start, stop], np.clongdouble if isinstance(start + stop, complex) else np.longdouble)
    exact = ends[0] + positions * ((ends[1] - ends[0]) / max(1, num - 1 if endpoint else num))
    found, name = np.asarray(x), x.dtype.name
    if name.startswith("int"):
        bound = 4 * epsilon("float64") * np.max(np.abs(ends)) + np.finfo("float64").smallest_subnormal
        assert ((np.floor(exact - bound) <= found) & (found <= np.floor(exact + bound))).all()
        return
    least = np.finfo(name).smallest_subnormal
    within(x, exact, 4 * epsilon(name) * np.max(np.abs(ends)) + least, name)
    if num > 0:
        assert found[0] == found.dtype.type(start)
    if num > 1 and endpoint:
        assert found[-1] == found.dtype.type(stop)


def test_extreme_ranges() -> None:
    low, high = -(2**63), 2**63 - 1
    same(xp.arange(high - 2000, high), np.arange(high - 2000, high))
    same(xp.arange(low, high, 2**62), np.arange(low, high, 2**62))
    same(xp.arange(low, high, 2**52), np.asarray(range(low, high, 2**52)))
    same(xp.arange(2**64 - 3, 2**64 - 1, dtype=xp.uint64), np.asarray([2**64 - 3, 2**64 - 2], np.uint64))
    same(xp.arange(255, -1, -1, dtype=xp.uint8), np.arange(255, -1, -1).astype(np.uint8))
    assert xp.arange(xp.asarray(3)).tolist() == [0, 1, 2]
    assert xp.arange(np.int8(3)).dtype == xp.int64
    with pytest.raises(TypeError, match="start=True"):
        xp.arange(True)


def test_arange_refuses() -> None:
    with pytest.raises(ValueError, match="step=0"):
        xp.arange(0, 5, 0)
    with pytest.raises(ValueError, match="finite"):
        xp.arange(float("nan"))
    with pytest.raises(ValueError, match="finite"):
        xp.arange(0, float("inf"))
    with pytest.raises(MemoryError, match="step=1e-300"):
        xp.arange(0, 1e300, 1e-300)
    with pytest.raises(TypeError, match="arange: stop='a'"):
        xp.arange(0, "a")
    with pytest.raises(TypeError, match="arange"):
        xp.arange(1j)
    with pytest.raises(OverflowError, match="int8"):
        xp.arange(200, dtype=xp.int8)
    with pytest.raises(MemoryError, match="arange"):
        xp.arange(2**58)
    with pytest.raises(MemoryError, match="arange"):
        xp.arange(1e18)


@given(
    st.floats(-1e6, 1e6) | st.integers(-1000, 1000),
    st.floats(-1e6, 1e6) | st.integers(-1000, 1000),
    st.integers(0, 2000),
    st.booleans(),
    st.sampled_from([None, "float32", "float64", "complex64", "int32"]),
)
def test_linspace(start: float, stop: float, num: int, endpoint: bool, name: str | None) -> None:
    dtype = None if name is None else getattr(xp, name)
    x = xp.linspace(start, stop, num, dtype=dtype, endpoint=endpoint)
    assert (x.shape, x.dtype.name) == ((num,), name or "float64")
    is_ramp(x, start, stop, num, endpoint)


def test_linspace_of_complex_and_extreme_numbers() -> None:
    x = xp.linspace(1 + 2j, -3, 7)
    assert x.dtype == xp.complex128
    is_ramp(x, 1 + 2j, -3, 7)
    is_ramp(xp.linspace(-1.7e308, 1.7e308, 5), -1.7e308, 1.7e308, 5)
    same(xp.linspace(0, 5e-324, 3), [0.0, 0.0, 5e-324])
    is_ramp(xp.linspace(0.0, 2.225073858507e-311, 4, endpoint=False), 0.0, 2.225073858507e-311, 4, False)
    is_ramp(xp.linspace(0.0, 4.5e-323, 2000), 0.0, 4.5e-323, 2000)
    with pytest.raises(ValueError, match="num=-1"):
        xp.linspace(0, 1, -1)
    with pytest.raises(TypeError, match=r"num=2\.0"):
        xp.linspace(0, 1, 2.0)
    with pytest.raises(MemoryError, match="linspace"):
        xp.linspace(0, 1, 2**60)

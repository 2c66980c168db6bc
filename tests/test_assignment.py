"""Writing into arrays: in-place operators and x[...] = value, overlapping memory included."""

from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp
from raptors_xp._core.dtypes import BY_NAME

SLICES = [
    slice(None),
    slice(1, None),
    slice(None, -1),
    slice(None, None, -1),
    slice(None, None, 2),
    slice(1, None, 2),
    slice(0, 10),
    slice(10, 20),
    slice(5, 15),
    slice(19, 9, -1),
]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "bool"])
@given(data=st.data())
def test_in_place_operators_keep_memory_dtype_and_shape(name: str, data: st.DataObject) -> None:
    a = data.draw(ndarrays([name], (4, 3)))
    if a.shape != (4, 3):
        return
    a = np.ones((4, 3), name) if "complex" in name else a
    for value in (2, np.full(3, 3, name), np.full((4, 1), 2, name), a[::-1]):
        expected = a.copy()
        x = xp.asarray(a, copy=True)
        alias = x
        with np.errstate(all="ignore"):
            expected += value
            expected *= 2
            expected -= value
        x += xp.asarray(value) if isinstance(value, np.ndarray) else value
        x *= 2
        x -= xp.asarray(value) if isinstance(value, np.ndarray) else value
        assert x is alias
        same(x, expected)


def test_all_in_place_operators() -> None:
    x = xp.asarray([5, 6, 7])
    x += 1
    x -= 2
    x *= 3
    x //= 2
    x %= 4
    x **= 2
    x <<= 2
    x >>= 1
    x |= 8
    x &= 12
    x ^= 5
    expected = np.asarray([5, 6, 7])
    expected = ((((((((expected + 1 - 2) * 3 // 2) % 4) ** 2) << 2) >> 1) | 8) & 12) ^ 5
    same(x, expected)
    y = xp.asarray([1.0, 2.0])
    y /= 4
    same(y, [0.25, 0.5])
    z = xp.asarray([True, False])
    z |= xp.asarray([False, True])
    same(z, [True, True])


@pytest.mark.parametrize("target", SLICES)
@pytest.mark.parametrize("source", SLICES)
def test_overlapping_operands_are_read_before_they_are_written(target: slice, source: slice) -> None:
    base = np.arange(20) ** 2
    if base[target].shape != base[source].shape:
        return
    for shared in (False, True):
        expected = base.copy()
        expected[target] = base[target] + base[source]
        x = xp.asarray(base, copy=True)
        # The same bytes through another Memory, as a second borrow gives.
        other = xp.asarray(np.asarray(x)) if shared else x
        view = x[target]
        view += other[source]
        same(x, expected)

        expected = base.copy()
        expected[target] = base[source]
        x = xp.asarray(base, copy=True)
        other = xp.asarray(np.asarray(x)) if shared else x
        x[target] = other[source]
        same(x, expected)


def test_transposed_onto_itself() -> None:
    a = np.arange(16.0).reshape(4, 4)
    x = xp.asarray(a, copy=True)
    x += x.T
    same(x, a + a.T)
    x = xp.asarray(a, copy=True)
    x[...] = x.T
    same(x, a.T)
    x = xp.asarray(a, copy=True)
    x += x
    same(x, a + a)
    x = xp.asarray(a, copy=True)
    x -= x[0]
    same(x, a - a[0])


@pytest.mark.parametrize(
    ("dtype", "value", "error", "message"),
    [
        ("int64", 1.5, TypeError, "^add: the result has dtype float64, .* int64; convert"),
        ("float32", 1j, TypeError, "^add: the result has dtype complex64, .* float32; convert"),
        ("bool", 1, TypeError, "^add: the result has dtype int64, .* bool; convert"),
        ("int8", "array", TypeError, "^add: the result has dtype float64, .* int8; convert"),
        ("uint8", 300, OverflowError, r"^add: \w+=300 is out of range for uint8"),
    ],
)
def test_in_place_operators_never_change_the_dtype(
    dtype: str, value: Any, error: type[Exception], message: str
) -> None:
    x = xp.ones(3, dtype=BY_NAME[dtype])
    with pytest.raises(error, match=message):
        x += xp.ones(3) if value == "array" else value
    same(x, np.ones(3, dtype))


def test_in_place_operators_cast_within_a_kind_as_numpy_does() -> None:
    for target in NAMES:
        for other in NAMES:
            theirs = np.asarray([5, 6, 1]).astype(target)
            ours = xp.asarray(theirs, copy=True)
            values = np.asarray([[1, 200, 0]]).astype(other)[0]
            try:
                theirs += values
            except TypeError:
                with pytest.raises(TypeError, match=rf"^add: the result has dtype .* {target}; convert"):
                    ours += xp.asarray(values)
            else:
                ours += xp.asarray(values)
            same(ours, theirs)
    x = xp.asarray([[1, 2], [3, 4]], dtype=xp.int32)
    x @= xp.asarray([[0, 1], [1, 0]])
    same(x, np.asarray([[2, 1], [4, 3]], "i4"))
    x += xp.asarray(x.T, dtype=xp.int64)  # of the same memory, until it is converted
    same(x, np.asarray([[4, 5], [5, 6]], "i4"))
    x[:, 0] -= xp.asarray(x, dtype=xp.int64)[0]
    same(x, np.asarray([[0, 5], [0, 6]], "i4"))


def test_in_place_operators_never_change_the_shape() -> None:
    x = xp.ones(3)
    with pytest.raises(ValueError, match=r"^add: an operand of shape \(2, 3\) could not be broadcast to .* \(3,\)"):
        x += xp.ones((2, 3))
    with pytest.raises(ValueError, match=r"^add: operands could not be broadcast together with shapes \(3,\) \(2,\)"):
        x += xp.ones(2)
    x = xp.ones((1,))
    with pytest.raises(ValueError, match="could not be broadcast to"):
        x += xp.ones((0,))


def test_integer_division_in_place_is_refused() -> None:
    x = xp.asarray([4, 2])
    with pytest.raises(TypeError, match="the result has dtype float64"):
        x /= 2
    with pytest.raises(ValueError, match=r"^pow: x2 is negative"):
        x **= -1


def test_read_only_arrays_stay_as_they_are() -> None:
    x = xp.broadcast_to(xp.asarray([1.0]), (3,))
    with pytest.raises(ValueError, match=r"^add: the array is read-only"):
        x += 1.0
    with pytest.raises(ValueError, match="read-only"):
        x[0] = 2.0
    same(x, [1.0, 1.0, 1.0])


@pytest.mark.parametrize("name", NAMES)
def test_assignment_converts(name: str) -> None:
    for source in NAMES:
        values = np.asarray([1, 0, 3], source)
        x = xp.zeros((2, 3), dtype=BY_NAME[name])
        if "complex" in source and "complex" not in name and name != "bool":
            with pytest.raises(TypeError, match=rf"value of dtype {source} does not fit .* {name}; .* real"):
                x[...] = xp.asarray(values)
            continue
        x[...] = xp.asarray(values)
        same(x, np.stack([values.astype(name)] * 2))
        x[:, ::2] = xp.asarray(values[:1])
        assert bool(xp.all(x[:, ::2] == 1))


def test_assignment_of_scalars() -> None:
    x = xp.zeros(3, dtype=xp.int8)
    x[...] = 2.9
    same(x, np.asarray([2, 2, 2], np.int8))
    x[...] = True
    same(x, np.asarray([1, 1, 1], np.int8))
    with pytest.raises(OverflowError, match=r"\w+=128 is out of range for int8"):
        x[...] = 128
    with pytest.raises(OverflowError, match=r"\w+=1000 is out of range for int8"):
        x[...] = 1000.0
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match=f"{value} does not fit in an array of dtype int8"):
            x[...] = value
    with pytest.raises(TypeError, match=r"1j does not fit in an array of dtype int8; use its \.real or \.imag"):
        x[...] = 1j
    y = xp.zeros(2, dtype=xp.bool)
    y[...] = 0.5
    same(y, [True, True])
    z = xp.zeros(2, dtype=xp.complex64)
    z[...] = 1 + 2j
    same(z, np.full(2, 1 + 2j, np.complex64))


def test_assignment_broadcasts_and_drops_leading_ones() -> None:
    x = xp.zeros((2, 3))
    x[...] = xp.ones((1, 1, 1, 3))
    same(x, np.ones((2, 3)))
    with pytest.raises(ValueError, match=r"value of shape \(2, 2, 3\) could not be broadcast"):
        x[...] = xp.ones((2, 2, 3))
    with pytest.raises(ValueError, match="could not be broadcast"):
        x[...] = xp.ones(2)
    with pytest.raises(ValueError, match="could not be broadcast"):
        x[:1] = xp.ones((2, 3))


SMALL_KEYS: list[Any] = [
    2,
    -1,
    (),
    ...,
    slice(None),
    slice(1, None),
    slice(2, 2),
    slice(None, None, -1),
    (None, 3),
    (slice(0, 4),),
]


@pytest.mark.parametrize("key", SMALL_KEYS, ids=str)
@pytest.mark.parametrize("name", ["bool", "uint8", "int64", "float32", "float64", "complex128"])
def test_few_elements_are_stored_as_numpy_stores_them(key: Any, name: str) -> None:
    for source in ("bool", "int8", "float64", "complex64"):
        if source == "complex64" and name in ("uint8", "int64", "float32", "float64"):
            continue
        theirs = np.arange(6).astype(name)
        ours = xp.asarray(theirs, copy=True)
        values = np.asarray([5, 0, 3, 1, 7, 2]).astype(source)[key]
        ours[key] = xp.asarray(values, copy=True)
        theirs[key] = values
        assert ours.tolist() == theirs.tolist()
        ours[key] = True
        theirs[key] = True
        assert ours.tolist() == theirs.tolist()


def test_few_elements_are_refused_as_many_are() -> None:
    x = xp.asarray([1.0, 2.0, 3.0])
    frozen = xp.asarray(np.frombuffer(b"12345678", dtype=np.int64), copy=False)
    for target, key, value, error in (
        (x, slice(1, None), xp.asarray([1j, 2j]), TypeError),
        (x, slice(1, None), xp.asarray([1.0, 2.0, 3.0]), ValueError),
        (x, 1, 1j, TypeError),
        (x, 3, 1.0, IndexError),
        (frozen, 0, 1, ValueError),
        (frozen, slice(None), xp.asarray([1]), ValueError),
        (xp.asarray([1], dtype=xp.int8), 0, 128, OverflowError),
    ):
        before = target.tolist()
        with pytest.raises(error):
            target[key] = value
        assert target.tolist() == before


def test_few_elements_are_read_before_they_are_written_over() -> None:
    for to, of in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None)), (slice(0, 2), slice(1, 3))):
        for change in (
            lambda a, b: a.__setitem__(slice(None), b),
            lambda a, b: a.__iadd__(b),
            lambda a, b: a.__isub__(b),
        ):
            ours, theirs = xp.asarray([1.0, 2.0, 4.0, 8.0, 16.0]), np.asarray([1.0, 2.0, 4.0, 8.0, 16.0])
            change(ours[to], ours[of])
            change(theirs[to], theirs[of])
            assert ours.tolist() == theirs.tolist()
    same = xp.asarray([1, 2, 3])
    same += same
    assert same.tolist() == [2, 4, 6]

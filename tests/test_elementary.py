"""Trigonometric functions, rounding, signs, parts and kinds against NumPy. The last digits: tests/kernels/ulp.py."""

import math
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from rounding import epsilon, wide, within

import raptors_xp as xp

INTEGERS = [name for name in NAMES if "int" in name]
FLOATS = ["float32", "float64"]
COMPLEX = ["complex64", "complex128"]
INF, NAN = math.inf, math.nan

EXACT = {
    "ceil": [*INTEGERS, *FLOATS],
    "floor": [*INTEGERS, *FLOATS],
    "trunc": [*INTEGERS, *FLOATS],
    "round": [*INTEGERS, *FLOATS, *COMPLEX],
    "sign": [*INTEGERS, *FLOATS],
    "signbit": [*INTEGERS, *FLOATS],
    "conj": [*INTEGERS, *FLOATS, *COMPLEX],
    "real": [*INTEGERS, *FLOATS, *COMPLEX],
    "imag": COMPLEX,
    "isnan": NAMES,
    "isinf": NAMES,
    "isfinite": NAMES,
}
EXACT_BINARY = {"copysign": FLOATS, "nextafter": FLOATS}
NUMPY_NAMES = {"acos": "arccos", "asin": "arcsin", "atan": "arctan", "atan2": "arctan2", "round": "rint"}
TRIGONOMETRIC = ["sin", "cos", "tan", "asin", "acos", "atan"]
UNARY = [*EXACT, *TRIGONOMETRIC]
BINARY = [*EXACT_BINARY, "atan2"]


def numpy(name: str, *operands: Any) -> Any:
    with np.errstate(all="ignore"):
        return getattr(np, NUMPY_NAMES.get(name, name))(*operands)


@pytest.mark.parametrize("name", EXACT)
@given(data=st.data())
def test_exact_functions(name: str, data: st.DataObject) -> None:
    a = data.draw(ndarrays(EXACT[name]))
    expected = a.copy() if name == "round" and a.dtype.kind in "iu" else numpy(name, a)
    ours = getattr(xp, name)(xp.asarray(a))
    same(ours, expected)
    if expected.dtype.kind == "f" and name != "sign":
        same(xp.signbit(ours)[~xp.isnan(ours)], np.signbit(expected)[~np.isnan(expected)])


@pytest.mark.parametrize("name", EXACT_BINARY)
@given(data=st.data(), scalar=st.sampled_from([0, -0.0, 1, -2.5, INF, -INF, NAN]))
def test_exact_functions_of_two(name: str, data: st.DataObject, scalar: float) -> None:
    a = data.draw(ndarrays(EXACT_BINARY[name]))
    x = xp.asarray(a)
    same(getattr(xp, name)(x, scalar), numpy(name, a, scalar))
    same(getattr(xp, name)(scalar, x), numpy(name, scalar, a))
    same(getattr(xp, name)(x, xp.flip(x)), numpy(name, a, np.flip(a)))


@pytest.mark.parametrize("name", TRIGONOMETRIC)
@given(data=st.data())
def test_trigonometric_functions(name: str, data: st.DataObject) -> None:
    a = data.draw(ndarrays(["bool", *INTEGERS, *FLOATS]))
    close(name, a, units=1)


def close(name: str, *operands: np.ndarray, units: float) -> None:
    """Asserts values within so many units in the last place of NumPy's in long double, which has no kernels of its own
    for any processor; and their signs."""
    dtype = operands[0].dtype.name if operands[0].dtype.kind == "f" else "float64"
    exact = numpy(name, *[wide(each.astype(dtype)) for each in operands])
    ours = getattr(xp, name)(*[xp.asarray(each) for each in operands])
    within(
        ours, exact.astype(dtype), units * epsilon(dtype) * np.abs(exact) + np.finfo(dtype).smallest_subnormal, dtype
    )
    number = ~np.isnan(exact)
    np.testing.assert_array_equal(np.signbit(np.asarray(ours))[number], np.signbit(exact)[number])


@pytest.mark.parametrize("dtype", FLOATS)
def test_atan2_of_all_pairs(dtype: str) -> None:
    info = np.finfo(dtype)
    values = [0, 1e-3, 0.5, 1, 3, 1e10, 1e30, 1e-30, info.max, info.tiny, float(info.smallest_subnormal), INF]
    every = np.asarray([*values, *[-value for value in values], NAN], dtype)
    close("atan2", every[:, None], every, units=1)
    same(xp.atan2(xp.asarray([1, -1]), xp.asarray([0, 0])), [np.pi / 2, -np.pi / 2])


@pytest.mark.parametrize("dtype", FLOATS)
def test_special_angles(dtype: str) -> None:
    x = xp.asarray([0.0, -0.0, INF, -INF, NAN], dtype=getattr(xp, dtype))
    same(xp.sin(x), np.asarray([0, -0.0, NAN, NAN, NAN], dtype))
    same(xp.cos(x), np.asarray([1, 1, NAN, NAN, NAN], dtype))
    same(xp.tan(x), np.asarray([0, -0.0, NAN, NAN, NAN], dtype))
    for function in (xp.sin, xp.tan, xp.asin, xp.atan):
        same(xp.signbit(function(x)[:2]), [False, True])
    same(xp.acos(xp.asarray([1.0, 1.5, -1.5, NAN])), [0.0, NAN, NAN, NAN])
    same(xp.atan(xp.asarray([INF, -INF])), [np.pi / 2, -np.pi / 2])
    large = np.asarray([1e5, 1e7, 1e10, 1e22, 3e38], dtype)
    mixed = np.concatenate([np.linspace(-5, 5, 300).astype(dtype), large, -large])
    for name in ("sin", "cos", "tan"):
        close(name, mixed, units=1)
        ours = np.asarray(getattr(xp, name)(xp.asarray(mixed)))
        same(getattr(xp, name)(xp.asarray(mixed)[::-1]), ours[::-1])


@pytest.mark.parametrize("dtype", COMPLEX)
def test_sign_of_complex_numbers(dtype: str) -> None:
    a = np.asarray([3 + 4j, -0.0, 0, -2j, 5, -7], dtype)
    expected = np.asarray([0.6 + 0.8j, 0, 0, -1j, 1, -1], dtype)
    np.testing.assert_allclose(np.asarray(xp.sign(xp.asarray(a))), expected, rtol=1e-6)
    limits = np.finfo(dtype)
    for size in (limits.max, limits.tiny, limits.smallest_subnormal):
        ours = complex(xp.sign(xp.asarray([complex(size, size)], dtype=getattr(xp, dtype)))[0])
        assert ours == pytest.approx(complex(0.5**0.5, 0.5**0.5), rel=1e-6)
    nans = np.asarray(xp.sign(xp.asarray([complex(NAN, 1), complex(0, NAN), complex(INF, NAN)], dtype=xp.complex64)))
    assert np.isnan(nans.real).all()
    assert np.isnan(nans.imag).all()
    infinite = np.asarray(xp.sign(xp.asarray([complex(INF, 40), complex(-2, -INF)], dtype=getattr(xp, dtype))))
    same(xp.asarray(infinite.real), np.asarray([NAN, -0.0], infinite.real.dtype))
    same(xp.asarray(infinite.imag), np.asarray([0.0, NAN], infinite.real.dtype))
    zeros = np.asarray(xp.sign(xp.asarray([complex(-0.0, -0.0)])))
    assert not np.signbit([zeros.real, zeros.imag]).any()


def test_sign_of_zeros() -> None:
    same(xp.sign(xp.asarray([-0.0, 0.0, NAN, INF, -INF])), [0.0, 0.0, NAN, 1.0, -1.0])
    assert not xp.signbit(xp.sign(xp.asarray([-0.0])))[0]


def test_integers_give_the_default_float() -> None:
    for dtype in ("bool", *INTEGERS):
        x = xp.asarray([0, 1], dtype=getattr(xp, dtype))
        for name in TRIGONOMETRIC:
            assert getattr(xp, name)(x).dtype == xp.float64
        for name in BINARY:
            assert getattr(xp, name)(x, x).dtype == xp.float64
            assert getattr(xp, name)(x, xp.asarray([1.0], dtype=xp.float32)).dtype in (xp.float32, xp.float64)
    same(xp.copysign(xp.asarray([1, 2]), -1), [-1.0, -2.0])

"""Exponentials, logarithms, hyperbolic functions and roots: special values, branch cuts, dtypes. How accurate they are,
argument by argument, is measured by kernels/ulp.py."""

import math
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays
from hypothesis import given
from hypothesis import strategies as st
from rounding import epsilon, wide, within

import raptors_xp as xp

inf, nan = np.inf, np.nan

UNARY = {
    "exp": np.exp,
    "expm1": np.expm1,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "log": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "log1p": np.log1p,
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "atanh": np.arctanh,
    "sqrt": np.sqrt,
}
BINARY = {"hypot": np.hypot, "logaddexp": np.logaddexp, "pow": np.power}
FLOATING = ["float32", "float64", "complex64", "complex128"]


def result_name(name: str) -> str:
    return name if name in FLOATING else "float64"


def close(ours: Any, reference: Any, *operands: np.ndarray, units: float = 2) -> None:
    """Asserts values within so many units in the last place of NumPy's in long double, which has no kernels of its own
    for any processor, and of any size below the range."""
    name = result_name(np.result_type(*operands).name)
    with np.errstate(all="ignore"):
        exact = reference(*[wide(each) for each in operands])
    smallest = float(np.finfo(name).smallest_subnormal)
    within(ours, exact.astype(name), units * epsilon(name) * np.abs(exact) + smallest, name)


@pytest.mark.parametrize("function", UNARY)
@given(data=st.data())
def test_layouts_and_dtypes(function: str, data: st.DataObject) -> None:
    array = data.draw(ndarrays())
    real = array.real if array.dtype.kind == "c" else array  # what NumPy does with complex nan and infinity is C99's
    with np.errstate(all="ignore"):
        moderate = np.where(np.abs(real.astype(np.float64)) < 80, real, 1).astype(real.dtype)
    close(getattr(xp, function)(xp.asarray(moderate)), UNARY[function], moderate)


@pytest.mark.parametrize("function", UNARY)
@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
def test_complex_numbers(function: str, dtype: str) -> None:
    rng = np.random.default_rng(3)
    z = (rng.normal(size=500) * 3 + 1j * rng.normal(size=500) * 3).astype(dtype)
    for each in (z, z[::-2]):
        close(getattr(xp, function)(xp.asarray(each)), UNARY[function], each)


@pytest.mark.parametrize("function", UNARY)
def test_conjugates(function: str) -> None:
    parts = np.array([0.0, 0.5, 1.0, 2.0, 30.0, 1e3, 1e10, 1e200, 1e-200, 1e308, inf, nan])
    z = np.empty(parts.size**2, np.complex128)
    z.real, z.imag = np.repeat(parts, parts.size), np.tile(parts, parts.size)
    upper = np.asarray(getattr(xp, function)(xp.asarray(z)))
    lower = np.asarray(getattr(xp, function)(xp.asarray(z.conj())))
    np.testing.assert_array_equal(upper.conj(), lower)


REAL_CASES: list[tuple[str, list[float], list[float]]] = [
    ("exp", [0.0, -0.0, inf, -inf, nan, 1e4, -1e4], [1.0, 1.0, inf, 0.0, nan, inf, 0.0]),
    ("expm1", [0.0, -0.0, inf, -inf, nan, 1e4, -1e4, 5e-324], [0.0, -0.0, inf, -1.0, nan, inf, -1.0, 5e-324]),
    ("sinh", [0.0, -0.0, inf, -inf, nan, 1e4, -1e4, 5e-324], [0.0, -0.0, inf, -inf, nan, inf, -inf, 5e-324]),
    ("cosh", [0.0, -0.0, inf, -inf, nan, -1e4], [1.0, 1.0, inf, inf, nan, inf]),
    ("tanh", [0.0, -0.0, inf, -inf, nan, 1e4, -5e-324], [0.0, -0.0, 1.0, -1.0, nan, 1.0, -5e-324]),
    ("log", [0.0, -0.0, 1.0, -1.0, inf, -inf, nan], [-inf, -inf, 0.0, nan, inf, nan, nan]),
    ("log2", [0.0, -0.0, 1.0, -1.0, inf, -inf, nan, 8.0, 5e-324], [-inf, -inf, 0.0, nan, inf, nan, nan, 3.0, -1074.0]),
    ("log10", [0.0, -0.0, 1.0, -1.0, inf, nan, 1e22], [-inf, -inf, 0.0, nan, inf, nan, 22.0]),
    ("log1p", [0.0, -0.0, -1.0, -2.0, inf, -inf, nan, -5e-324], [0.0, -0.0, -inf, nan, inf, nan, nan, -5e-324]),
    ("asinh", [0.0, -0.0, inf, -inf, nan, 5e-324], [0.0, -0.0, inf, -inf, nan, 5e-324]),
    ("acosh", [1.0, 0.5, -inf, inf, nan], [0.0, nan, nan, inf, nan]),
    ("atanh", [0.0, -0.0, 1.0, -1.0, 1.5, -inf, nan, 5e-324], [0.0, -0.0, inf, -inf, nan, nan, nan, 5e-324]),
    ("sqrt", [0.0, -0.0, -1.0, inf, -inf, nan, 4.0], [0.0, -0.0, nan, inf, nan, nan, 2.0]),
]


@pytest.mark.parametrize(("function", "arguments", "results"), REAL_CASES, ids=[case[0] for case in REAL_CASES])
def test_special_values(function: str, arguments: list[float], results: list[float]) -> None:
    got = np.asarray(getattr(xp, function)(xp.asarray(arguments, dtype=xp.float64)))
    np.testing.assert_array_equal(got, results)
    np.testing.assert_array_equal(
        np.signbit(got), np.signbit(np.copysign(results, np.where(np.isnan(got), got, results)))
    )


@pytest.mark.parametrize(
    ("function", "z", "result"),
    [
        ("exp", complex(-inf, inf), complex(0, 0)),
        ("exp", complex(nan, 0.0), complex(nan, 0)),
        ("expm1", complex(-inf, 2.0), complex(-1, 0)),
        ("expm1", complex(-0.0, 0.0), complex(0, 0)),
        ("tanh", complex(inf, 2.0), complex(1, 0)),
        ("tanh", complex(0.0, nan), complex(0, nan)),
        ("sinh", complex(0.0, inf), complex(0, nan)),
        ("cosh", complex(0.0, nan), complex(nan, 0)),
        ("log", complex(-0.0, 0.0), complex(-inf, np.pi)),
        ("log1p", complex(-1.0, 0.0), complex(-inf, 0)),
        ("log1p", complex(1.0, 0.0), complex(math.log(2), 0)),
        ("exp", complex(1e300, 1e-300), complex(inf, inf)),
        ("cosh", complex(-1e300, 1e-300), complex(inf, -inf)),
        ("log1p", complex(1.0, -0.0), complex(math.log(2), -0.0)),
        ("sqrt", complex(nan, inf), complex(inf, inf)),
        ("sqrt", complex(-4.0, -0.0), complex(0, -2)),
        ("acosh", complex(0.0, nan), complex(nan, np.pi / 2)),
        ("asinh", complex(nan, 0.0), complex(nan, 0)),
        ("atanh", complex(1.0, 0.0), complex(inf, 0)),
        ("atanh", complex(1e300, 1e300), complex(5e-301, np.pi / 2)),
        ("asinh", complex(1e308, 1e308), complex(308 * math.log(10) + 1.5 * math.log(2), np.pi / 4)),
    ],
)
def test_special_complex_values(function: str, z: complex, result: complex) -> None:
    got = complex(getattr(xp, function)(xp.asarray(z)))
    for part, wanted in ((got.real, result.real), (got.imag, result.imag)):
        np.testing.assert_allclose(part, wanted, rtol=1e-15)
        if not np.isnan(wanted):
            assert np.signbit(part) == np.signbit(wanted)


def test_branch_cuts_follow_the_sign_of_zero() -> None:
    above, below = xp.asarray(complex(-2.0, 0.0)), xp.asarray(complex(-2.0, -0.0))
    for function in ("log", "log2", "log10", "log1p", "sqrt", "acosh", "atanh"):
        upper, lower = complex(getattr(xp, function)(above)), complex(getattr(xp, function)(below))
        assert upper == lower.conjugate()
        assert upper.imag > 0
    assert complex(xp.asinh(xp.asarray(complex(0.0, 2.0)))).real > 0
    assert complex(xp.asinh(xp.asarray(complex(-0.0, 2.0)))).real < 0


@pytest.mark.parametrize("function", BINARY)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_two_operands(function: str, dtype: str) -> None:
    rng = np.random.default_rng(5)
    a, b = rng.uniform(0.1, 9, (40, 30)).astype(dtype), rng.uniform(-9, 9, (40, 30)).astype(dtype)
    number = np.asarray(2.5, dtype)
    for x, y in ((a, b), (a.T, b.T), (a[:, ::2], b[:, ::-2]), (a[:, :1], b), (a, b[:1])):
        close(getattr(xp, function)(xp.asarray(x), xp.asarray(y)), BINARY[function], x, y)
    close(getattr(xp, function)(xp.asarray(a), 2.5), BINARY[function], a, number)
    close(getattr(xp, function)(2.5, xp.asarray(b)), BINARY[function], number, b)


def test_special_pairs() -> None:
    points = np.array([0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -3.0, 2.5, 2.0**53, 5e-324, 1e308, inf, -inf, nan])
    a, b = np.repeat(points, points.size), np.tile(points, points.size)
    with np.errstate(all="ignore"):
        for function, reference in BINARY.items():
            ours = getattr(xp, function)(xp.asarray(a), xp.asarray(b))
            close(ours, reference, a, b)
            got, expected = np.asarray(ours), reference(wide(a), wide(b))
            number = ~np.isnan(expected)
            np.testing.assert_array_equal(np.signbit(got)[number], np.signbit(expected)[number])


def test_hypot_does_not_overflow_or_underflow() -> None:
    np.testing.assert_array_equal(
        np.asarray(xp.hypot(xp.asarray([3e300, 3e-320, 1e308]), xp.asarray([4e300, 4e-320, 1.0]))),
        [5e300, 5e-320, 1e308],
    )


def crowded(dtype: str) -> np.ndarray[Any, Any]:
    """Ordinary numbers, and among them all kinds that the fast formulas leave to others."""
    rng = np.random.default_rng(5)
    x = np.concatenate([rng.uniform(-3, 3, 600), rng.uniform(-1, 1, 600), rng.uniform(0, 90, 600)]).astype(dtype)
    finfo = np.finfo(dtype)
    rare = [0.0, -0.0, 1.0, -1.0, inf, -inf, nan, finfo.max, finfo.tiny, finfo.smallest_subnormal, -700.0, 700.0]
    x[rng.integers(0, x.size, 5 * len(rare))] = np.array(rare * 5, dtype)
    return x


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", UNARY)
def test_a_result_does_not_depend_on_the_elements_beside_it(name: str, dtype: str) -> None:
    x = crowded(dtype)
    function = getattr(xp, name)
    whole = np.asarray(function(xp.asarray(x)))
    alone = np.concatenate([np.asarray(function(xp.asarray(x[i : i + 1]))) for i in range(x.size)])
    np.testing.assert_array_equal(whole, alone)
    np.testing.assert_array_equal(np.asarray(function(xp.asarray(np.repeat(x, 2))[::2])), whole)
    np.testing.assert_array_equal(np.asarray(function(xp.asarray(x)[1:])), whole[1:])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_power_does_not_depend_on_the_elements_beside_it(dtype: str) -> None:
    x = crowded(dtype)
    y = np.random.default_rng(6).permutation(x)
    y[::7] = np.array([3, 2, -1, 0.5, -3, 7, 0, 1], dtype)[np.arange(y[::7].size) % 8]
    whole = np.asarray(xp.pow(xp.asarray(x), xp.asarray(y)))
    alone = [np.asarray(xp.pow(xp.asarray(x[i : i + 1]), xp.asarray(y[i : i + 1]))) for i in range(x.size)]
    np.testing.assert_array_equal(whole, np.concatenate(alone))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_cubes_are_rounded_well(dtype: str) -> None:
    x = crowded(dtype)
    huge = np.cbrt(np.array(np.finfo(dtype).max, wide(x).dtype)).astype(dtype)
    x = np.concatenate([x, np.nextafter(huge, np.array([0, inf], dtype)), np.array([1e-12, -1e-14, 1e30], dtype)])
    exponents = np.arange(np.finfo(dtype).minexp, np.finfo(dtype).maxexp)
    every_size = np.ldexp(np.random.default_rng(8).uniform(-2, 2, (3, exponents.size)), exponents).astype(dtype)
    x = np.concatenate([x, every_size.ravel()])
    with np.errstate(all="ignore"):
        expected = (wide(x) ** 3).astype(dtype)
        unit = np.spacing(np.where(np.isfinite(expected), expected, 1))
        cubes = np.asarray(xp.pow(xp.asarray(x), 3.0))
        rare = ~np.isfinite(expected)
        np.testing.assert_array_equal(cubes[rare], expected[rare])
        np.testing.assert_array_equal(np.signbit(cubes), np.signbit(expected))
        assert np.all(np.abs(wide(cubes) - wide(expected))[~rare] <= np.abs(wide(unit))[~rare])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FLOATING])
def test_integers_and_booleans_give_float64(name: str) -> None:
    x = xp.asarray(np.array([1, 1], dtype=name))
    assert xp.exp(x).dtype == xp.float64
    assert xp.hypot(x, x).dtype == xp.float64


def test_complex_operands_are_refused_where_the_standard_has_none() -> None:
    z = xp.asarray([1j])
    for function in ("hypot", "logaddexp"):
        with pytest.raises(TypeError, match=f"^{function}: dtype complex128 of .* is not supported, only bool, int8"):
            getattr(xp, function)(z, z)

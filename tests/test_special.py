"""Special functions by our own kernels, without SciPy: special values, dtypes, scalars, `out`, and along axes.

How accurate they are is measured by kernels/ulp.py; SciPy's own are compared in consumers/test_scipy.py.
"""

import math
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

inf, nan = math.inf, math.nan

# --- of one and of two arguments -------------------------------------------------------------------------------------

UNARY: dict[str, list[tuple[float, float]]] = {
    "entr": [(0, 0), (1, -0.0), (-1, -inf), (-inf, -inf), (inf, -inf), (math.e, -math.e), (0.5, math.log(2) / 2)],
    "erf": [
        (0, 0), (-0.0, -0.0), (inf, 1), (-inf, -1), (0.5, math.erf(0.5)), (-2, math.erf(-2)),
        (1e-300, 1.1283791670955126e-300),
    ],
    "erfc": [
        (0, 1), (-0.0, 1), (inf, 0), (-inf, 2), (0.5, math.erfc(0.5)), (5, math.erfc(5)), (-1, math.erfc(-1)), (30, 0),
    ],
    "expit": [(0, 0.5), (inf, 1), (-inf, 0), (800, 1), (-800, 0), (1, 1 / (1 + math.exp(-1))), (-40, math.exp(-40))],
    "log_expit": [(0, -math.log(2)), (inf, -0.0), (-inf, -inf), (-800, -800), (50, -math.exp(-50)), (800, -0.0)],
    "logit": [
        (0, -inf), (1, inf), (0.5, 0), (-0.5, nan), (1.5, nan), (inf, nan), (-inf, nan), (0.75, math.log(3)),
        (5e-324, math.log(5e-324)),
    ],
    "softplus": [(0, math.log(2)), (inf, inf), (-inf, 0), (800, 800), (-50, math.exp(-50)), (-800, 0)],
}  # fmt: skip
BINARY: dict[str, list[tuple[float, float, float]]] = {
    "rel_entr": [
        (0, 0, 0), (0, 1, 0), (0, -1, inf), (1, 0, inf), (-1, 1, inf), (1, 1, 0), (2, 1, 2 * math.log(2)),
        (inf, 1, inf), (1, inf, -inf), (inf, inf, nan), (nan, 1, nan), (0, nan, nan),
        (1e300, 1e-300, 1e300 * math.log(10) * 600), (5e-324, 1e-300, 5e-324 * -54),
    ],
    "xlog1py": [
        (0, -1, 0), (0, inf, 0), (0, nan, nan), (2, 1, 2 * math.log(2)), (1, -1, -inf), (1, -2, nan), (nan, 0, nan),
        (inf, 1, inf), (3, 1e-20, 3e-20),
    ],
    "xlogy": [
        (0, 0, 0), (0, inf, 0), (0, nan, nan), (2, 4, 4 * math.log(2)), (1, 0, -inf), (1, -1, nan), (-2, inf, -inf),
        (inf, 1, nan), (3, 1, 0),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", UNARY)
def test_values_of_one_argument(name: str) -> None:
    function = getattr(xp.special, name)
    x, expected = (np.array(column) for column in zip(*[*UNARY[name], (nan, nan)]))
    for stretch in (x, np.tile(x, 40), np.tile(x, 40)[::-1], np.repeat(x, 3)[1::3]):
        wanted = expected[[np.flatnonzero((x == each) | np.isnan(each) & np.isnan(x))[0] for each in stretch]]
        got = np.asarray(function(xp.asarray(stretch)))
        np.testing.assert_allclose(got, wanted, rtol=4e-16, atol=0)
        signs = stretch if name == "erf" else wanted
        np.testing.assert_array_equal(np.signbit(got[got == 0]), np.signbit(signs[got == 0]))
    normal = (np.abs(x) > 1e-30) | (x == 0) | np.isnan(x)
    single = np.asarray(function(xp.asarray(x[normal], dtype=xp.float32)))
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, expected[normal].astype("f4"), rtol=3e-7, atol=0)


@pytest.mark.parametrize("name", BINARY)
def test_values_of_two_arguments(name: str) -> None:
    function = getattr(xp.special, name)
    x, y, expected = (np.array(column) for column in zip(*[*BINARY[name], (1, nan, nan)]))
    for count in (1, 50):
        got = np.asarray(function(xp.asarray(np.tile(x, count)), xp.asarray(np.tile(y, count))))
        np.testing.assert_allclose(got, np.tile(expected, count), rtol=4e-16, atol=0)
    for a, b, value in BINARY[name]:
        np.testing.assert_allclose(float(function(xp.asarray([a] * 9), b)[4]), value, rtol=4e-16)
        np.testing.assert_allclose(float(function(a, xp.asarray([b] * 9))[4]), value, rtol=4e-16)
        np.testing.assert_allclose(float(function(a, b)), value, rtol=4e-16)


@pytest.mark.parametrize("name", [*UNARY, *BINARY])
def test_dtypes_scalars_and_out(name: str) -> None:
    function = getattr(xp.special, name)
    count = 1 if name in UNARY else 2
    for dtype in ("bool", "int8", "uint64", "float64"):
        values = [xp.asarray([1, 0, 1], dtype=dtype)] * count
        result = function(*values)
        assert result.dtype == np.float64
        expected = function(*[value.astype("float64") for value in values])
        np.testing.assert_array_equal(np.asarray(result), np.asarray(expected))
    x = xp.asarray([0.25, 0.5], dtype=xp.float32)
    assert function(*[x] * count).dtype == np.float32
    assert function(*[0.5] * count).shape == ()
    assert function(*[xp.asarray(0.5)] * count).dtype == np.float64
    assert function(*[np.asarray([0.5])] * count).shape == (1,)
    out = xp.zeros(2)
    assert function(*[x] * count, out=out) is out
    np.testing.assert_allclose(np.asarray(out), np.asarray(function(*[x] * count)), rtol=0)
    with pytest.raises(TypeError, match=f"{name}: x="):
        function(*["text"] * count)
    assert f"scipy.special.{name}" in function.__doc__


def test_operands_broadcast() -> None:
    column, row = np.array([[0.5], [2.0], [0.0]]), np.array([1.0, 2, 3, 4])
    got = xp.special.xlogy(xp.asarray(column), xp.asarray(row))
    np.testing.assert_allclose(np.asarray(got), column * np.log(row), rtol=3e-16)
    assert xp.special.rel_entr(xp.ones((3, 0)), xp.ones(3)[:, None]).shape == (3, 0)
    with pytest.raises(ValueError, match="could not be broadcast"):
        xp.special.xlogy(xp.ones(3), xp.ones(4))


# --- along axes ------------------------------------------------------------------------------------------------------

arrays = st.builds(
    lambda shape, seed, dtype: np.random.default_rng(seed).uniform(-30, 30, shape).astype(dtype),
    st.lists(st.integers(1, 40), min_size=1, max_size=3),
    st.integers(0, 99),
    st.sampled_from(["float32", "float64"]),
)


def shifted(x: np.ndarray[Any, Any], axis: Any) -> np.ndarray[Any, Any]:
    wide = x.astype(np.longdouble)
    return np.asarray(wide - wide.max(axis=axis, keepdims=True))


def close(got: Any, expected: Any, dtype: Any) -> None:
    assert isinstance(got, xp.Array)
    assert got.dtype == dtype
    assert got.shape == expected.shape
    bound = 40 * np.finfo(dtype).eps
    np.testing.assert_allclose(np.asarray(got), np.asarray(expected, dtype), rtol=bound, atol=bound)


@given(arrays, st.data())
def test_softmax_and_log_softmax(x: np.ndarray[Any, Any], data: Any) -> None:
    axis = data.draw(st.sampled_from([None, *range(-x.ndim, x.ndim)]))
    total = np.exp(shifted(x, axis)).sum(axis=axis, keepdims=True)
    close(xp.special.softmax(xp.asarray(x), axis=axis), np.exp(shifted(x, axis)) / total, x.dtype)
    close(xp.special.log_softmax(xp.asarray(x), axis=axis), shifted(x, axis) - np.log(total), x.dtype)


@given(arrays, st.data(), st.booleans())
def test_logsumexp(x: np.ndarray[Any, Any], data: Any, keepdims: bool) -> None:
    axis = data.draw(st.sampled_from([None, *range(-x.ndim, x.ndim)]))
    with np.errstate(divide="ignore"):
        expected = np.log(np.exp(x.astype(np.longdouble)).sum(axis=axis, keepdims=keepdims))
    close(xp.special.logsumexp(xp.asarray(x), axis=axis, keepdims=keepdims), expected, x.dtype)


def test_sums_of_infinite_small_and_many_numbers() -> None:
    def one(values: list[float]) -> float:
        return float(xp.special.logsumexp(xp.asarray(values)))

    assert one([-inf, -inf]) == -inf
    assert one([inf, 1]) == inf
    assert one([inf, -inf]) == inf
    assert math.isnan(one([nan, 1]))
    assert one([1000, 1000]) == 1000 + math.log(2)
    assert one([0, -40]) == pytest.approx(math.exp(-40), rel=1e-15)  # not 0
    assert float(xp.special.logsumexp(xp.zeros((2, 0)), axis=1)[0]) == -inf
    assert float(xp.special.logsumexp(xp.asarray([1, 2]))) == pytest.approx(math.log(math.e + math.e**2), rel=1e-15)
    many = xp.full((300, 1000), -1.0)
    np.testing.assert_allclose(np.asarray(xp.special.logsumexp(many, axis=0)), math.log(300) - 1, rtol=1e-15)
    np.testing.assert_array_equal(np.asarray(xp.special.softmax(xp.asarray([inf, 0.0]))), [nan, nan])
    np.testing.assert_array_equal(np.asarray(xp.special.log_softmax(xp.asarray([-inf, 0.0]))), [-inf, 0])


def test_what_needs_scipy() -> None:
    names = dir(xp.special)
    assert set(xp.special.__all__) <= set(names)
    if find_spec("scipy") is None:
        assert names == sorted(xp.special.__all__)
        assert not hasattr(xp.special, "gammaln")
        for call in (
            lambda: xp.special.erf(xp.asarray([1j])),
            lambda: xp.special.xlogy(1j, xp.ones(2)),
            lambda: xp.special.logsumexp(xp.ones(2), b=xp.ones(2)),
        ):
            with pytest.raises(ModuleNotFoundError, match="pip install scipy"):
                call()
    else:
        assert {"gammaln", "jv"} <= set(names)
        assert xp.special.erf(xp.asarray([1j])).dtype == np.complex128
    assert not hasattr(xp.special, "no_such")
    assert not hasattr(xp.special, "__wrapped__")

"""sum, prod, max, min, mean, any and all against NumPy: every dtype, layout and axis; empty input; what is refused."""

import inspect
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from rounding import epsilon, sum_bound, wide, within

import raptors_xp as xp

INTEGERS = [name for name in NAMES if "int" in name]
ORDERED = ["bool", *INTEGERS, "float32", "float64"]


def axes_of(data: st.DataObject, rank: int) -> Any:
    """None, an axis, or some axes in any order and sign."""
    if rank == 0 or data.draw(st.booleans()):
        return None
    if data.draw(st.booleans()):
        return data.draw(st.integers(-rank, rank - 1))
    chosen = data.draw(st.lists(st.integers(0, rank - 1), unique=True))
    return tuple(axis - rank if data.draw(st.booleans()) else axis for axis in chosen)


def accumulated(name: str) -> str:
    """What sums and products of a dtype are held in."""
    if name.startswith("uint"):
        return "uint64"
    return "int64" if name in ["bool", *INTEGERS] else name


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
def test_long_products_of_complex_numbers(dtype: str) -> None:
    rng = np.random.default_rng(8)
    for size in (1, 2, 31, 32, 33, 47, 63, 64, 65, 255, 256, 257, 511, 512, 513, 1025, 70_001):
        angles = rng.uniform(-np.pi, np.pi, size)
        a = (np.cos(angles) + 1j * np.sin(angles)).astype(dtype)
        product = xp.prod(xp.asarray(a))
        due = np.prod(a.astype(np.clongdouble))
        assert abs(complex(product) - complex(due)) <= 3 * size * np.finfo(dtype).eps
        spread = np.zeros((size, 3), dtype)
        spread[:, 1] = a
        for other in (xp.asarray(spread)[:, 1], xp.asarray(a)):
            same(xp.prod(other), np.asarray(product))  # the bits do not depend on the steps
        a[size // 2] = 0
        assert complex(xp.prod(xp.asarray(a))) == 0
        a[size - 1] = complex("nan")
        assert np.isnan(complex(xp.prod(xp.asarray(a))).real)


@pytest.mark.parametrize("name", ["sum", "prod"])
@given(data=st.data(), keepdims=st.booleans())
def test_sums_and_products_of_integers(name: str, data: st.DataObject, keepdims: bool) -> None:
    a = data.draw(ndarrays(["bool", *INTEGERS]))
    axis = axes_of(data, a.ndim)
    theirs = getattr(np, name)(a, axis=axis, keepdims=keepdims, dtype=accumulated(a.dtype.name))
    same(getattr(xp, name)(xp.asarray(a), axis=axis, keepdims=keepdims), theirs)


@pytest.mark.parametrize("name", ["sum", "mean", "prod"])
@given(data=st.data(), keepdims=st.booleans())
def test_sums_means_and_products_of_floats(name: str, data: st.DataObject, keepdims: bool) -> None:
    shape = data.draw(ndarrays(["int8"])).shape
    seed = data.draw(st.integers(0, 1000))
    dtype = data.draw(st.sampled_from(["float32", "float64", "complex64", "complex128"]))
    a = np.random.default_rng(seed).normal(size=(2, *shape))
    if name == "prod":  # of moduli near 1: none underflows on the way, which would cost more than roundings
        a = np.copysign(np.exp(np.abs(a) % 1 - 0.5), a) / np.sqrt(2 if "complex" in dtype else 1)
    a = (a[0] + 1j * a[1]).astype(dtype) if "complex" in dtype else a[0].astype(dtype)
    if a.ndim > 1 and data.draw(st.booleans()):
        a = a.T[::-1]
    options = {"axis": axes_of(data, a.ndim), "keepdims": keepdims}
    exact = np.sum(wide(a), **options)
    count = a.size / max(1, exact.size)
    bound = sum_bound(a, **options)
    with np.errstate(all="ignore"):
        if name == "prod":  # a product of complex numbers is off by less than three roundings
            exact = np.prod(wide(a), **options)
            bound = 2 * count * epsilon(dtype) * np.abs(exact)
        elif name == "mean":
            exact, bound = exact / count, (bound + epsilon(dtype) * np.abs(exact)) / count
    within(getattr(xp, name)(xp.asarray(a), **options), exact, bound, dtype)


@pytest.mark.parametrize("name", ["max", "min"])
@given(data=st.data(), keepdims=st.booleans())
def test_extremes(name: str, data: st.DataObject, keepdims: bool) -> None:
    a = data.draw(ndarrays(ORDERED))
    axis = axes_of(data, a.ndim)
    try:
        theirs = getattr(np, name)(a, axis=axis, keepdims=keepdims)
    except ValueError:
        with pytest.raises(ValueError, match=rf"^{name}: axis \d of x, of shape .*, has no elements"):
            getattr(xp, name)(xp.asarray(a), axis=axis, keepdims=keepdims)
        return
    same(getattr(xp, name)(xp.asarray(a), axis=axis, keepdims=keepdims), theirs)


@pytest.mark.parametrize("name", ["any", "all"])
@given(data=st.data(), keepdims=st.booleans())
def test_any_and_all(name: str, data: st.DataObject, keepdims: bool) -> None:
    a = data.draw(ndarrays())
    axis = axes_of(data, a.ndim)
    same(
        getattr(xp, name)(xp.asarray(a), axis=axis, keepdims=keepdims),
        getattr(np, name)(a, axis=axis, keepdims=keepdims),
    )


@pytest.mark.parametrize("dtype", ["bool", *INTEGERS])
def test_means_of_integers_are_float64(dtype: str) -> None:
    a = (np.arange(24).reshape(2, 3, 4) % 7).astype(dtype)
    x = xp.asarray(a)
    for axis in (None, 0, (1, 2), ()):
        ours = xp.mean(x, axis=axis)
        assert ours.dtype == xp.float64
        np.testing.assert_allclose(np.asarray(ours), np.mean(a, axis=axis), rtol=1e-15)
    assert np.isnan(float(xp.mean(x[:0, 0, 0])))
    same(xp.mean(xp.asarray([2**62, 2**62, 2**62])), np.float64(2.0**62))


def test_nothing_reduces_to_the_neutral_element() -> None:
    for dtype in NAMES:
        x = xp.zeros((0, 3), dtype=xp.asarray(np.zeros(1, dtype)).dtype)
        held = accumulated(dtype)
        same(xp.sum(x), np.zeros((), held))
        same(xp.prod(x, axis=0), np.ones(3, held))
        same(xp.any(x), np.False_)
        same(xp.all(x, axis=0), np.ones(3, bool))
        same(xp.sum(x, axis=1), np.zeros(0, held))
    assert np.isnan(float(xp.mean(xp.zeros(0))))
    for dtype in (xp.complex64, xp.complex128):  # nan in both parts
        parts = np.asarray(xp.mean(xp.zeros((0, 2), dtype=dtype), axis=0))
        assert np.isnan(parts.real).all()
        assert np.isnan(parts.imag).all()
    assert xp.mean(xp.zeros((0, 2), dtype=xp.float32), axis=1).shape == (0,)
    for name in ("max", "min"):
        with pytest.raises(ValueError, match=rf"^{name}: axis 0 of x, of shape \(0, 3\), has no elements"):
            getattr(xp, name)(xp.zeros((0, 3)))
        assert getattr(xp, name)(xp.zeros((0, 3)), axis=1).shape == (0,)


def test_nan_wins() -> None:
    x = xp.asarray([1.0, np.nan, 3.0])
    for name in ("max", "min", "sum", "mean", "prod"):
        assert np.isnan(float(getattr(xp, name)(x)))
    assert bool(xp.any(x[1:2]))


@pytest.mark.parametrize("name", ["sum", "prod"])
def test_an_explicit_dtype_is_computed_in(name: str) -> None:
    a = np.asarray([[1, 2, 100], [100, 100, 3]], np.int8)
    x = xp.asarray(a)
    for target in NAMES:
        dtype = xp.asarray(np.zeros(1, target)).dtype
        theirs = getattr(np, name)(a, axis=1, dtype=target)
        same(getattr(xp, name)(x, axis=1, dtype=dtype), theirs)
        same(getattr(xp, name)(x, axis=1, dtype=np.dtype(target)), theirs)
    big = xp.asarray([2.0**24, 1.0, 1.0], dtype=xp.float32)
    same(xp.sum(big, dtype=xp.float64), np.float64(2.0**24 + 2))
    with pytest.raises(TypeError, match=rf"^{name}: x of dtype complex128 has no {name} of dtype=float64"):
        getattr(xp, name)(xp.asarray([1j]), dtype=xp.float64)
    with pytest.raises(TypeError, match=rf"^{name}: dtype='float63' is not a dtype"):
        getattr(xp, name)(x, dtype="float63")


def test_large_arrays_in_every_order() -> None:
    a = np.random.default_rng(3).integers(-1000, 1000, (300, 7, 401))
    for array in (a, a.T, a[::-2], a.transpose(1, 0, 2), a[:, :, ::3], np.broadcast_to(a[0], (50, 7, 401))):
        x = xp.asarray(array)
        for axis in (None, 0, 1, 2, (0, 1), (0, 2), (1, 2)):
            same(xp.sum(x, axis=axis), np.sum(array, axis=axis))
            same(xp.max(x, axis=axis), np.max(array, axis=axis))
            same(xp.any(x, axis=axis), np.any(array, axis=axis))


def test_sums_are_as_accurate_as_those_of_pairs() -> None:
    """Half a unit for every level of a tree (Higham, Accuracy and Stability, 4.2), and a few at its leaves."""
    a = np.full(10_000_001, 0.1, np.float32)
    exact = a.size * float(a[0])
    bound = (np.log2(a.size) + 8) * epsilon("float32") / 2 * exact
    within(xp.sum(xp.asarray(a)), exact, bound, "float32")


@pytest.mark.parametrize("name", ["sum", "prod", "max", "min", "mean", "any", "all"])
def test_what_is_refused(name: str) -> None:
    function = getattr(xp, name)
    x = xp.ones((2, 3))
    with pytest.raises(IndexError, match=rf"^{name}: axis=2: axis 2 is out of bounds for array of dimension 2; use"):
        function(x, axis=2)
    with pytest.raises(ValueError, match=rf"^{name}: axis 1 is repeated"):
        function(x, axis=(1, -1))
    with pytest.raises(TypeError, match=rf"^{name}: axis=1.5 of type float is not an integer"):
        function(x, axis=1.5)
    with pytest.raises(TypeError, match=rf"^{name}: x1?=\[1, 2\] of type list is not an array; .* asarray"):
        function([1, 2])
    with pytest.raises(TypeError):
        function(x, out=x)
    if name in ("max", "min"):
        with pytest.raises(TypeError, match=rf"^{name}: dtype complex128 of .* is not supported, only bool, int8"):
            function(xp.asarray([1j]))


def test_signatures_are_the_standards() -> None:
    keyword = inspect.Parameter.KEYWORD_ONLY
    for name in ("sum", "prod", "max", "min", "mean", "any", "all"):
        parameters = list(inspect.signature(getattr(xp, name)).parameters.values())
        assert parameters[0].kind == inspect.Parameter.POSITIONAL_ONLY
        expected = {"axis": None, "keepdims": False}
        if name in ("sum", "prod"):
            expected = {"axis": None, "dtype": None, "keepdims": False}
        if name == "mean":
            expected = {"axis": None, "keepdims": False, "dtype": None}
        if name in ("any", "all"):  # which numpy.any(x) of an xarray object needs
            expected = {"axis": None, "keepdims": False, "out": None}
        assert {each.name: each.default for each in parameters[1:]} == expected
        assert {each.kind for each in parameters[1:]} == {keyword}


@pytest.mark.parametrize("name", ["var", "std"])
@given(data=st.data(), keepdims=st.booleans(), correction=st.sampled_from([0, 1, 0.5, 2.0]))
def test_variances(name: str, data: st.DataObject, keepdims: bool, correction: float) -> None:
    shape = data.draw(ndarrays(["int8"])).shape
    dtype = data.draw(st.sampled_from(ORDERED))
    a = (np.random.default_rng(data.draw(st.integers(0, 1000))).random(shape) * 100).astype(dtype)
    if a.ndim > 1 and data.draw(st.booleans()):
        a = a.T[::-1]
    axis = axes_of(data, a.ndim)
    count = a.size if axis is None else int(np.prod([a.shape[each] for each in np.atleast_1d(axis)]))
    ours = getattr(xp, name)(xp.asarray(a), axis=axis, correction=correction, keepdims=keepdims)
    shape = np.sum(a, axis=axis, keepdims=keepdims).shape
    assert ours.dtype.name == (dtype if "float" in dtype else "float64")
    if count - correction <= 0:
        theirs = np.full(shape, np.nan)
    else:
        theirs = getattr(np, name)(a.astype("float64"), axis=axis, ddof=correction, keepdims=keepdims)
    # Of NumPy's too: a rounding for each square and each sum, and the square of what the mean is off by.
    error = (count + 8) * epsilon("float64") + epsilon(ours.dtype.name)
    within(ours, theirs, error * (np.abs(theirs) + epsilon("float64") * 100), ours.dtype.name)


def test_variances_far_from_zero_are_accurate() -> None:
    a = np.random.default_rng(2).random(300_000) + 1e9
    exact = float(np.var(wide(a - 1e9)))
    assert abs(float(xp.var(xp.asarray(a))) / exact - 1) < 1e-12
    for x in (a.reshape(1000, 300), a.reshape(300, 1000).T, a.reshape(300, 10, 100)[:, ::-1]):
        for axis in (0, -1):
            theirs = np.var(wide(x - 1e9), axis=axis)
            np.testing.assert_allclose(np.asarray(xp.var(xp.asarray(x), axis=axis)), theirs, rtol=1e-12)
    big = np.full(1000, 3e38, np.float32)
    big[::2] = -3e38
    same(xp.std(xp.asarray(big)), np.float32(3e38))


def test_variances_of_what_is_not_finite_or_too_few_are_nan() -> None:
    for x in ([1.0, np.nan], [1.0, np.inf], [np.inf, np.inf]):
        assert np.isnan(float(xp.var(xp.asarray(x))))
        assert np.isnan(np.asarray(xp.std(xp.asarray(x), axis=()))[1])
    assert np.isnan(float(xp.var(xp.zeros(0))))
    assert np.isnan(float(xp.var(xp.ones(2), correction=2)))
    assert np.isnan(float(xp.std(xp.ones(2), correction=3)))
    assert xp.var(xp.zeros((0, 3)), axis=1).shape == (0,)
    same(xp.var(xp.zeros((0, 3)), axis=0), np.full(3, np.nan))
    same(xp.var(xp.full(7, 0.1)), np.float64(0))


@pytest.mark.parametrize("name", ["var", "std"])
def test_what_variances_refuse(name: str) -> None:
    function = getattr(xp, name)
    x = xp.ones((2, 3))
    with pytest.raises(TypeError, match=rf"^{name}: dtype complex128 of .* is not supported, only bool, int8"):
        function(xp.asarray([1j]))
    with pytest.raises(TypeError, match=rf"^{name}: correction='1' of type str is not a real number"):
        function(x, correction="1")
    with pytest.raises(IndexError, match=rf"^{name}: axis=2: axis 2 is out of bounds"):
        function(x, axis=2)
    with pytest.raises(TypeError, match=rf"^{name}: x1?=\[1, 2\] of type list is not an array"):
        function([1, 2])
    parameters = list(inspect.signature(function).parameters.values())
    standard = {"axis": None, "correction": 0.0, "keepdims": False}
    assert {each.name: each.default for each in parameters[1:]} == {**standard, "dtype": None, "ddof": None}


def test_flags_of_numpy_are_taken() -> None:
    yes: Any = np.bool_(True)
    x = xp.asarray([2.0, 3.0])
    assert xp.sum(x, keepdims=yes).shape == (1,)
    assert xp.sort(x, descending=yes).tolist() == [3.0, 2.0]
    assert xp.cumulative_sum(x, include_initial=yes).tolist() == [0.0, 2.0, 5.0]
    assert xp.astype(x, xp.float64, copy=~yes) is x
    assert xp.asarray(x, copy=yes) is not x


SHORT = (1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33)


@pytest.mark.parametrize("name", ["bool", "uint8", "int64", "float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("length", SHORT)
def test_short_rows_have_the_bits_of_each_row_alone(name: str, length: int) -> None:
    generator = np.random.default_rng(length)
    values = generator.normal(0, 3, (90, 2 * length)) + 1j * generator.normal(size=(90, 2 * length))
    values[generator.random(values.shape) < 0.02] = np.nan
    values[generator.random(values.shape) < 0.1] = -0.0
    rows = values if name.startswith("complex") else values.real
    rows = (rows if name[0] in "cf" else np.abs(np.nan_to_num(rows))).astype(name)
    names = ["sum", "prod", "mean", "any", "all", "count_nonzero"]
    names += [] if name.startswith("complex") else ["max", "min", "var", "std"]
    for view in (rows[:, :length], rows[::-3, ::2], rows[:, ::-2]):
        for function in (getattr(xp, each) for each in names):
            alone = [np.asarray(function(xp.asarray(row))) for row in view]
            np.testing.assert_array_equal(
                np.asarray(function(xp.asarray(view), axis=1)).view(np.uint8), np.stack(alone).view(np.uint8)
            )


@pytest.mark.parametrize("name", ["float32", "float64"])
@pytest.mark.parametrize("size", [1, 5, 16, 33, 1000, 100_000])
@pytest.mark.parametrize("step", [1, 2, 3, -1])
def test_extremes_of_zeros_and_nan(name: str, size: int, step: int) -> None:
    for place in {0, size // 2, size - 1}:
        for zero, function, other in ((0.0, xp.max, -1.0), (-0.0, xp.min, 1.0)):
            values = np.full(size * abs(step), -zero, name)[::step]
            assert np.signbit(np.asarray(function(xp.asarray(values)))) == np.signbit(-zero)
            values[size // 3] = other if size > 1 else -zero
            values[place] = zero
            result = np.asarray(function(xp.asarray(values)))
            assert result == 0
            assert np.signbit(result) == np.signbit(zero)
            values[place] = np.nan
            assert np.isnan(np.asarray(function(xp.asarray(values))))


@pytest.mark.parametrize("size", [100, 300_000])
def test_all_and_any_that_are_decided_early(size: int) -> None:
    for name in ("bool", "float64", "complex64", "complex128"):
        ones = np.ones(size, name)
        zeros = np.full(size, -0.0).astype(name)
        for place in (0, size // 2, size - 1):
            one, none = ones.copy(), zeros.copy()
            one[place] = 0
            none[place] = 1j if name.startswith("complex") else 1
            for view in (slice(None), slice(None, None, -1), slice(place % 2, None, 2)):
                assert not xp.all(xp.asarray(one[view]))
                assert xp.any(xp.asarray(none[view]))
                assert xp.all(xp.asarray(ones[view]))
                assert not xp.any(xp.asarray(zeros[view]))
                if name == "bool":
                    assert not xp.min(xp.asarray(one[view]))
                    assert xp.max(xp.asarray(none[view]))
                    assert xp.min(xp.asarray(ones[view]))
                    assert not xp.max(xp.asarray(zeros[view]))

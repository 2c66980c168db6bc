"""The element-wise functions against NumPy: every dtype, layout and scalar; what each refuses, and how it says so."""

import inspect
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from rounding import epsilon, wide, within

import raptors_xp as xp

INTEGERS = [name for name in NAMES if "int" in name]
FLOATS = ["float32", "float64"]
REALS = INTEGERS + FLOATS
NUMBERS = NAMES[1:]

# Functions whose results are the same bits as NumPy's, and the dtypes that both take.
EXACT = {
    "add": NAMES,
    "subtract": NUMBERS,
    "multiply": ["bool", *REALS],
    "divide": REALS,
    "maximum": ["bool", *REALS],
    "minimum": ["bool", *REALS],
    "equal": NAMES,
    "not_equal": NAMES,
    "less": ["bool", *REALS],
    "less_equal": ["bool", *REALS],
    "greater": ["bool", *REALS],
    "greater_equal": ["bool", *REALS],
    "logical_and": NAMES,
    "logical_or": NAMES,
    "logical_xor": NAMES,
    "bitwise_and": ["bool", *INTEGERS],
    "bitwise_or": ["bool", *INTEGERS],
    "bitwise_xor": ["bool", *INTEGERS],
    "floor_divide": INTEGERS,
    "remainder": INTEGERS,
}
EXACT_UNARY = {
    "abs": ["bool", *REALS],
    "negative": NUMBERS,
    "positive": NUMBERS,
    "square": ["bool", *REALS],
    "reciprocal": FLOATS,
    "bitwise_invert": ["bool", *INTEGERS],
    "logical_not": NAMES,
}
BINARY = [*EXACT, "pow", "bitwise_left_shift", "bitwise_right_shift"]


def quiet(function: Any, *operands: Any) -> Any:
    with np.errstate(all="ignore"):
        return function(*operands)


@pytest.mark.parametrize("name", EXACT)
@given(
    data=st.data(), broadcastable=hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, min_side=0, max_side=4)
)
def test_two_arrays(name: str, data: st.DataObject, broadcastable: hnp.BroadcastableShapes) -> None:
    a, b = [data.draw(ndarrays(EXACT[name], shape)) for shape in broadcastable.input_shapes]
    try:
        expected = quiet(getattr(np, name), a, b)
    except ValueError:
        with pytest.raises(ValueError, match=rf"^{name}: operands could not be broadcast together with shapes"):
            getattr(xp, name)(xp.asarray(a), xp.asarray(b))
    except TypeError:  # bits of signed integers and uint64, which promote to float64
        with pytest.raises(TypeError, match=rf"^{name}: dtype float64 of .* is not supported"):
            getattr(xp, name)(xp.asarray(a), xp.asarray(b))
    else:
        same(getattr(xp, name)(xp.asarray(a), xp.asarray(b)), expected)


@pytest.mark.parametrize("name", EXACT)
@given(data=st.data(), scalar=st.sampled_from([True, 0, 1, 3, 100, 2.5, -0.5, float("inf"), float("nan")]))
def test_array_and_scalar(name: str, data: st.DataObject, scalar: float) -> None:
    a = data.draw(ndarrays(EXACT[name]))
    if np.result_type(a, scalar).name not in EXACT[name]:
        return
    function = getattr(xp, name)
    same(function(xp.asarray(a), scalar), quiet(getattr(np, name), a, scalar))
    same(function(scalar, xp.asarray(a)), quiet(getattr(np, name), scalar, a))


@pytest.mark.parametrize("name", EXACT_UNARY)
@given(data=st.data())
def test_one_array(name: str, data: st.DataObject) -> None:
    a = data.draw(ndarrays(EXACT_UNARY[name]))
    same(getattr(xp, name)(xp.asarray(a)), quiet(getattr(np, name), a))


@pytest.mark.parametrize("name", ["add", "multiply", "less", "where", "divide"])
def test_large_arrays_in_chunks(name: str) -> None:
    generator = np.random.default_rng(1)
    for dtype in ("float32", "int64"):
        a = generator.integers(-100, 100, (700, 1001)).astype(dtype)
        for b in (a[::-1], a[:, :1], a[0], np.asfortranarray(a), a[:, ::-1], a.astype("int16")):
            if name == "where":
                same(xp.where(xp.asarray(a > 0), xp.asarray(a), xp.asarray(b)), np.where(a > 0, a, b))
            else:
                same(getattr(xp, name)(xp.asarray(a), xp.asarray(b)), quiet(getattr(np, name), a, b))


# --- powers, shifts, division: what NumPy and the standard say of special cases -----------------------------------


@pytest.mark.parametrize("name", REALS)
def test_powers(name: str) -> None:
    bases, exponents = [0, 1, 2, 3, 5], [0, 1, 2, 3, 2]
    x = xp.asarray(np.asarray(bases, name))
    # What the dtype holds exactly; NumPy's powers of floats may be off by a unit.
    same(xp.pow(x, xp.asarray(np.asarray(exponents, name))), np.asarray([1, 1, 4, 27, 25], name))
    for exponent in (0, 1, 2, 3):
        same(xp.pow(x, exponent), np.asarray([base**exponent for base in bases], name))
    same(xp.pow(2, x), np.asarray([2**base for base in bases], name))
    floating = name if name in FLOATS else "float64"
    roots = np.sqrt(np.asarray(bases, np.longdouble))
    within(xp.pow(x, 0.5), roots, epsilon(floating) * roots, floating)
    if name in FLOATS:
        for exponent in (-1.0, -2):
            powers = np.asarray([np.inf, *[np.longdouble(base) ** int(exponent) for base in bases[1:]]])
            within(xp.pow(x, exponent), powers, epsilon(name) * powers, name)


@pytest.mark.parametrize("name", INTEGERS)
@pytest.mark.parametrize("exponent", [2, 3])
def test_squares_and_cubes_of_integers_wrap(name: str, exponent: int) -> None:
    limits = np.iinfo(name)
    x = np.random.default_rng(7).integers(limits.min, limits.max, 1000, name, endpoint=True)
    expected = x * x if exponent == 2 else x * x * x
    same(xp.pow(xp.asarray(x), exponent), expected)
    same(xp.pow(xp.asarray(x)[::3], exponent), expected[::3])
    same(xp.pow(xp.asarray(x.reshape(40, 25).T), exponent), expected.reshape(40, 25).T)
    same(xp.pow(xp.asarray(x), xp.full(1000, exponent, dtype=x.dtype.name)), expected)
    inplace = xp.asarray(x.copy())
    inplace **= exponent
    same(inplace, expected)


def test_integers_to_negative_powers() -> None:
    x = xp.asarray([1, 2])
    for exponent in (-1, xp.asarray([2, -1]), xp.asarray(-1, dtype=xp.int8)):
        with pytest.raises(ValueError, match=r"^pow: x2 is negative, .* astype"):
            xp.pow(x, exponent)
    same(xp.pow(xp.asarray([2.0]), -1), [0.5])
    for exponent in (-1, xp.asarray([-1]), xp.asarray([], dtype=xp.int64)):
        assert xp.pow(xp.asarray([], dtype=xp.int64), exponent).shape == (0,)


def test_squares_are_products() -> None:
    values = np.asarray([-3.7, 0.1, 1e200, np.inf, np.nan])
    with np.errstate(all="ignore"):
        same(xp.asarray(values) ** 2, values * values)
        same(xp.asarray(values) ** 2.0, values * values)
    same(xp.asarray([1j, 2 + 1j]) ** 2, [-1 + 0j, 3 + 4j])
    same(xp.asarray([True]) ** 2, np.power(np.asarray([True]), 2))
    same(xp.asarray([3]) ** 2.0, [9.0])


@pytest.mark.parametrize("name", INTEGERS)
def test_shifts(name: str) -> None:
    a = np.asarray([0, 1, 5, np.iinfo(name).max, np.iinfo(name).min], name)
    b = np.asarray([3, 2, 1, 0, 1], name)
    same(xp.bitwise_left_shift(xp.asarray(a), xp.asarray(b)), a << b)
    same(xp.bitwise_right_shift(xp.asarray(a), xp.asarray(b)), a >> b)
    same(xp.bitwise_left_shift(xp.asarray(a), 2), a << 2)
    same(xp.bitwise_right_shift(xp.asarray(a), 2), a >> 2)


def test_integer_division_by_zero_is_zero() -> None:
    x = xp.asarray([5, -5, 0])
    same(xp.floor_divide(x, 0), [0, 0, 0])
    same(xp.remainder(x, 0), [0, 0, 0])
    same(xp.divide(x, 0), [np.inf, -np.inf, np.nan])


def test_floor_divide_and_remainder_of_floats_follow_the_standard() -> None:
    inf, nan = np.inf, np.nan
    x = xp.asarray([7.5, -7.5, 7.5, -7.5, inf, 1.0, 0.0, nan])
    y = xp.asarray([2.0, 2.0, -2.0, -2.0, 2.0, 0.0, 0.0, 1.0])
    same(xp.floor_divide(x, y), [3.0, -4.0, -4.0, 3.0, inf, inf, nan, nan])
    same(xp.remainder(x, y), [1.5, 0.5, -0.5, -1.5, nan, nan, nan, nan])


@pytest.mark.parametrize("name", ["float32", "float64"])
def test_floor_divide_is_exact_where_it_can_be(name: str) -> None:
    # "Rounded to the greatest representable integer-value number that is not greater than the division result."
    generator = np.random.default_rng(7)
    digits = np.finfo(name).nmant + 1
    a = generator.normal(size=3000).astype(name)
    b = (generator.normal(size=3000) * 2.0 ** -generator.integers(0, digits, 3000)).astype(name)
    exact = [Fraction(float(x)) // Fraction(float(y)) for x, y in zip(a, b, strict=True)]
    few = np.asarray([abs(each) <= 2**digits for each in exact])
    same(xp.floor_divide(xp.asarray(a), xp.asarray(b))[few], np.asarray(exact, name)[few])
    same(xp.floor_divide(xp.asarray(a), xp.asarray(b))[~few], (a / b)[~few])


@pytest.mark.parametrize("name", ["complex64", "complex128"])
def test_complex_arithmetic(name: str) -> None:
    """Within so many units of the modulus of NumPy's results in long double."""
    generator = np.random.default_rng(2)
    a, b = (generator.normal(size=(2, 50, 2)) @ np.asarray([1, 1j])).astype(name)
    x, y = xp.asarray(a), xp.asarray(b)
    exponent = np.abs(wide(b) * np.log(wide(a)))  # its error counts in the power
    for function, units in (("multiply", 2), ("divide", 8), ("pow", 4 + 4 * exponent)):
        exact = getattr(np, function)(wide(a), wide(b))
        within(getattr(xp, function)(x, y), exact, units * epsilon(name) * np.abs(exact), name)
    for function, units in (("square", 2), ("reciprocal", 8)):
        exact = getattr(np, function)(wide(a))
        within(getattr(xp, function)(x), exact, units * epsilon(name) * np.abs(exact), name)
    exact = np.abs(wide(a))
    within(xp.abs(x), exact, epsilon(name) * exact, {"complex64": "float32"}.get(name, "float64"))
    assert xp.abs(xp.asarray([3 + 4j], dtype=xp.complex64)).tolist() == [5.0]


# --- dtypes ----------------------------------------------------------------------------------------------------------


def test_mixed_kinds_promote_as_numpy_does() -> None:
    for a in NAMES:
        for b in NAMES:
            left, right = np.ones(2, a), np.ones(2, b)
            same(xp.add(xp.asarray(left), xp.asarray(right)), left + right)
            same(xp.divide(xp.asarray(left), xp.asarray(right)), np.ones(2, (left / right).dtype))


def test_booleans_count_as_int8_or_are_logic() -> None:
    a, b = np.asarray([True, True, False]), np.asarray([True, False, False])
    x, y = xp.asarray(a), xp.asarray(b)
    for name in ("add", "multiply", "maximum", "minimum", "pow", "bitwise_left_shift", "bitwise_right_shift"):
        same(getattr(xp, name)(x, y), getattr(np, {"pow": "power"}.get(name, name))(a, b))
    for name in ("floor_divide", "remainder"):
        same(getattr(xp, name)(x, xp.asarray([True] * 3)), getattr(np, name)(a, np.asarray([True] * 3)))
    same(xp.square(x), np.square(a))
    same(xp.abs(x), a)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: xp.subtract(x, x), "^subtract: dtype bool of .* is not supported, .* use logical_xor"),
        (lambda x: xp.negative(x), "^negative: dtype bool of .* is not supported, .* use logical_not"),
        (lambda x: xp.positive(x), "^positive: dtype bool of .* is not supported, .* astype"),
        (
            lambda x: xp.reciprocal(x),
            "^reciprocal: dtype bool of x is not supported, only float32",
        ),
        (lambda x: xp.bitwise_and(x, 1.0), "^bitwise_and: dtype float64 of .* is not supported, only bool, int8"),
        (lambda x: xp.less(x, 1j), "^less: dtype complex128 of .* is not supported, only bool, int8"),
        (lambda x: xp.floor_divide(x, 1j), "^floor_divide: dtype complex128 of .* is not supported, only bool, int8"),
        (
            lambda x: xp.bitwise_invert(xp.add(x, 1.0)),
            "^bitwise_invert: dtype float64 of x is not supported, only",
        ),
    ],
)
def test_unsupported_dtypes_are_named_with_what_works(call: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call(xp.asarray([True]))


# --- scalars ---------------------------------------------------------------------------------------------------------


def test_ints_out_of_range() -> None:
    x = xp.asarray([1, 2], dtype=xp.uint8)
    for value in (256, -1, 2**70):
        with pytest.raises(OverflowError, match=rf"^add: \w+={value} is out of range for uint8, .* 0 to 255"):
            xp.add(x, value)
        with pytest.raises(OverflowError, match=r"^multiply: "):
            xp.multiply(value, x)
    same(xp.divide(x, 256), [1 / 256, 2 / 256])
    with pytest.raises(OverflowError, match="beyond the range of float64"):
        xp.add(xp.asarray(1.0), 10**400)


@pytest.mark.parametrize("beyond", [300, -1, 2**70, -(2**70)])
def test_comparisons_with_ints_out_of_range_are_exact(beyond: int) -> None:
    x = xp.asarray([0, 255], dtype=xp.uint8)
    values = [0, 255]
    same(xp.equal(x, beyond), [False, False])
    same(xp.not_equal(beyond, x), [True, True])
    same(xp.less(x, beyond), [value < beyond for value in values])
    same(xp.less_equal(x, beyond), [value <= beyond for value in values])
    same(xp.greater(x, beyond), [value > beyond for value in values])
    same(xp.greater_equal(beyond, x), [beyond >= value for value in values])
    same(xp.less(beyond, x), [beyond < value for value in values])


@pytest.mark.parametrize("beyond", [10**400, -(10**400)])
def test_comparisons_of_floats_with_ints_beyond_them(beyond: int) -> None:
    values = [0.0, np.inf, -np.inf]
    x = xp.asarray([*values, np.nan])
    same(xp.equal(x, beyond), [False] * 4)
    same(xp.not_equal(x, beyond), [True] * 4)
    same(xp.less(x, beyond), [*[value < beyond for value in values], False])
    same(xp.less_equal(x, beyond), [*[value <= beyond for value in values], False])
    same(xp.greater(x, beyond), [*[value > beyond for value in values], False])
    same(xp.greater_equal(x, beyond), [*[value >= beyond for value in values], False])


@pytest.mark.parametrize("name", ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"])
def test_comparisons_of_int64_with_uint64_are_exact(name: str) -> None:
    signed = np.asarray([-1, 0, 2**53 + 1, 2**63 - 1, -(2**63)], np.int64)
    unsigned = np.asarray([2**64 - 1, 0, 2**53, 2**53 + 1, 2**63 - 1, 2**63], np.uint64)
    for a, b in ((signed[:, None], unsigned), (unsigned, signed[:, None]), (signed[:1].astype(np.int8), unsigned)):
        same(getattr(xp, name)(xp.asarray(a), xp.asarray(b)), getattr(np, name)(a, b))


# --- operands that are not arrays ------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [[1, 2], None, "1", (1.0,), object()])
def test_what_is_no_array_is_refused_by_name_and_argument(wrong: Any) -> None:
    x = xp.asarray([1, 2])
    kind = type(wrong).__name__
    for name in BINARY:
        for position, operands in ((1, (wrong, x)), (2, (x, wrong))):
            with pytest.raises(TypeError, match=rf"^{name}: x{position}=.* of type {kind} is not .* asarray"):
                getattr(xp, name)(*operands)
    for name in EXACT_UNARY:
        with pytest.raises(TypeError, match=rf"^{name}: x1?=.* of type {kind} is not an array; .* asarray"):
            getattr(xp, name)(wrong)


def test_two_scalars_are_refused() -> None:
    for name in BINARY:
        with pytest.raises(TypeError, match=rf"^{name}: x1=1 and x2=2.5 are both Python scalars, .* asarray"):
            getattr(xp, name)(1, 2.5)


def test_shapes_that_do_not_broadcast() -> None:
    with pytest.raises(ValueError, match=r"^add: operands could not .* \(2, 3\) \(2,\): axis -1 has sizes 3 and 2"):
        xp.add(xp.ones((2, 3)), xp.ones(2))


# --- signatures ------------------------------------------------------------------------------------------------------


def test_signatures_are_the_standards() -> None:
    for name in BINARY:
        assert str(inspect.signature(getattr(xp, name))).startswith("(x1")
        parameters = inspect.signature(getattr(xp, name)).parameters
        assert list(parameters) == ["x1", "x2"]
        assert {each.kind for each in parameters.values()} == {inspect.Parameter.POSITIONAL_ONLY}
        with pytest.raises(TypeError):
            getattr(xp, name)(xp.asarray(1), xp.asarray(1), out=None)
    for name in EXACT_UNARY:
        parameters = inspect.signature(getattr(xp, name)).parameters
        assert [(each.name, each.kind) for each in parameters.values()] == [("x", inspect.Parameter.POSITIONAL_ONLY)]


def test_what_is_transposed_stays_so() -> None:
    a = np.arange(24.0).reshape(2, 3, 4)
    x = xp.asarray(a)
    t = xp.permute_dims(x, (2, 1, 0))
    for ours, theirs in [
        (t + t, a.T + a.T),
        (t * 2, a.T * 2),
        (-t, -a.T),
        (t < 3, a.T < 3),
        (xp.where(t > 1, t, 0.0), np.where(a.T > 1, a.T, 0.0)),
        (xp.permute_dims(x, (1, 0, 2)) + 1, np.transpose(a, (1, 0, 2)) + 1),
        (xp.astype(t, xp.float32), a.T.astype(np.float32)),
        (+t, +a.T),
    ]:
        same(ours, theirs)
        assert ours.strides == theirs.strides
    same((t + 1) * t, (a.T + 1) * a.T)
    same(xp.reshape(t + 1, (-1,)), (a.T + 1).reshape(-1))
    assert (t + t).strides == (8, 32, 96)
    assert (x + xp.zeros((2, 3, 4))).strides == (96, 32, 8)


@pytest.mark.parametrize("name", ["float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("exponent", [2, 2.0, 0.5, -1, 3])
def test_powers_are_the_same_however_the_exponent_is_given(name: str, exponent: float) -> None:
    parts = np.random.default_rng(5).normal(size=(2, 100))
    parts[:, :5] = [[0.0, -0.0, np.inf, -np.inf, np.nan], [-0.0, 0.0, np.inf, 1.0, 0.0]]
    x = xp.asarray(parts[0].astype(name))
    if x.dtype.kind == "c":
        np.asarray(x).imag = parts[1]
    expected = x**exponent
    power = xp.asarray(exponent, dtype=x.dtype)
    same(x**power, expected)
    same(x ** xp.full(100, exponent, dtype=x.dtype), expected)
    inplace = x.copy()
    inplace **= exponent
    same(inplace, expected)

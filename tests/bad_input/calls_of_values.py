"""Bad calls of functions that compute: element by element, along axes, searching, sets, sorting."""

from typing import Any

from bad_input.kinds import (
    ARRAY,
    COMPLEX,
    DTYPE,
    EMPTY,
    FLAG,
    HUGE,
    INTEGER,
    INTEGERS,
    MASK,
    MATRIX,
    NOT_INTEGERS,
    OPERAND,
    REAL,
    SCALAR,
    SMALL,
    TWO,
    VECTOR,
    WIDE,
    Bad,
    Function,
    Values,
    and_none,
    axes,
    axis,
    both,
    but_none,
    function,
    of_dtypes,
    option,
)

import raptors_xp as xp

JOINED: Values = [each for each in but_none(OPERAND) if not isinstance(each[0], list)]  # numbers and lists are taken
UNARY = """abs acos acosh asin asinh atan atanh ceil conj cos cosh exp expm1 floor isfinite isinf isnan log log10 log1p
    log2 logical_not negative positive real reciprocal sign signbit sin sinh sqrt square tan tanh trunc unique_all
    unique_counts unique_inverse unique_values"""
IN_ONE_DTYPE = "add floor_divide maximum minimum multiply remainder subtract"
IN_FLOATS = "atan2 copysign divide hypot logaddexp nextafter"
COMPARING = "equal greater greater_equal less less_equal logical_and logical_or logical_xor not_equal"
BITWISE = "bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor"


def unary(x: xp.Array[Any] = VECTOR) -> Function:
    """A function of one array."""
    return function({"x": x}, x=ARRAY)


def binary(*more: Bad) -> Function:
    """A function of two arrays or Python scalars."""
    special = [
        both(ValueError, "(3,)", "(2, 2)", "equal", x1=VECTOR, x2=MATRIX),
        both(TypeError, "x1=1", "x2=2.5", "Python scalars", x1=1, x2=2.5),
        *more,
    ]
    return function({"x1": VECTOR, "x2": VECTOR}, special, x1=OPERAND, x2=OPERAND)


# Python ints that the array's dtype does not hold; some functions make floats of integers first.
FLOAT_RANGES = [
    both(OverflowError, "x2", "1329 bits", "float64", x1=VECTOR, x2=10**400),
    both(OverflowError, "x1", "float64", x1=HUGE, x2=VECTOR),
]
RANGES = [
    *FLOAT_RANGES,
    both(OverflowError, "x2=128", "int8", "-128 to 127", x1=SMALL, x2=128),
    both(OverflowError, "x1=-129", "int8", "-128 to 127", x1=-129, x2=SMALL),
    both(OverflowError, "x2", "int64", x1=INTEGERS, x2=HUGE),
]


def reduction(*more: Bad, **kinds: Values) -> Function:
    """A function over axes."""
    return function({"x": WIDE}, list(more), x=ARRAY, axis=axes(2), keepdims=FLAG, **kinds)


def choice() -> Function:
    """argmax and argmin."""
    nothing = [
        both(ValueError, "axis 1", "(2, 0)", "no elements", x=EMPTY, axis=1),
        both(ValueError, "x", "(2, 0)", "no elements", x=EMPTY),
        both(IndexError, "axis=0", "dimension 0", x=SCALAR, axis=0),
    ]
    return function({"x": WIDE}, nothing, x=ARRAY, axis=axis(2), keepdims=FLAG)


NOTHING = [
    both(ValueError, "axis 1", "x", "(2, 0)", "no elements", x=EMPTY, axis=1),
    both(ValueError, "axis 1", "x", "(2, 0)", "no elements", x=EMPTY, axis=(0, 1)),
    both(ValueError, "axis 1", "x", "(2, 0)", "no elements", x=EMPTY),
]
REAL_SUM = both(TypeError, "x", "complex128", "dtype=float64", x=COMPLEX, dtype=xp.float64)


def cumulative() -> Function:
    """A running sum or product."""
    special = [
        REAL_SUM,
        both(ValueError, "x", "2 axes", "axis=None", x=WIDE),
        both(ValueError, "x", "0 axes", "axis=None", x=SCALAR),
    ]
    return function({"x": VECTOR}, special, x=ARRAY, axis=axis(1), dtype=DTYPE, include_initial=FLAG)


def sorting() -> Function:
    """sort and argsort."""
    special = [both(IndexError, "axis=-1", "dimension 0", x=SCALAR)]
    return function({"x": WIDE}, special, x=ARRAY, axis=and_none(axis(2)), descending=FLAG, stable=FLAG)


CALLS: dict[str, Function] = {
    **{name: unary() for name in UNARY.split()},
    "round": function({"x": VECTOR}, of_dtypes("x", (2,), ("bool",)), x=ARRAY, decimals=INTEGER),
    "bitwise_invert": unary(INTEGERS),
    "imag": unary(COMPLEX),
    **{name: binary(*RANGES) for name in IN_ONE_DTYPE.split()},
    **{name: binary(*FLOAT_RANGES) for name in IN_FLOATS.split()},
    **{name: binary() for name in COMPARING.split()},
    **{
        name: function(
            {"x1": INTEGERS, "x2": INTEGERS},
            [
                both(ValueError, "(3,)", "(2,)", "equal", x1=INTEGERS, x2=xp.asarray([1, 2])),
                both(TypeError, "x1=1", "x2=True", "Python scalars", x1=1, x2=True),
                both(OverflowError, "x2=128", "int8", "-128 to 127", x1=SMALL, x2=128),
            ],
            x1=OPERAND,
            x2=OPERAND,
        )
        for name in BITWISE.split()
    },
    "pow": binary(
        *RANGES,
        both(ValueError, "x2", "int64", x1=INTEGERS, x2=-1),
        both(ValueError, "x2", "int64", x1=INTEGERS, x2=xp.asarray([1, -1, 2])),
        both(ValueError, "x2", "int8", x1=2, x2=xp.asarray([1, -1], dtype=xp.int8)),
    ),
    "clip": function(
        {"x": VECTOR, "min": 0.0, "max": 2.0},
        [
            both(ValueError, "(3,)", "(2,)", min=TWO),
            both(ValueError, "(3,)", "(2,)", max=TWO),
            both(OverflowError, "min=128", "int8", x=SMALL, min=128, max=None),
            both(OverflowError, "max=-129", "int8", x=SMALL, min=None, max=-129),
            both(OverflowError, "max", "float64", max=10**400),
            both(TypeError, "complex128", "x", "min", "max", min=1j),
            both(TypeError, "complex128", "x", "min", "max", max=COMPLEX),
        ],
        x=ARRAY,
        min=but_none(OPERAND),
        max=but_none(OPERAND),
    ),
    # --- searching, sets, sorting
    "argmax": choice(),
    "argmin": choice(),
    "count_nonzero": reduction(),
    "searchsorted": function(
        {"x1": xp.asarray([1.0, 2.0, 3.0]), "x2": VECTOR},
        [
            both(ValueError, "x1", "(2, 2)", x1=MATRIX),
            both(ValueError, "x1", "()", x1=SCALAR),
            both(OverflowError, "x2=128", "int8", x1=SMALL, x2=128),
            both(ValueError, "sorter", "(2,)", "(3,)", sorter=xp.asarray([0, 1])),
            *of_dtypes("sorter", (3,), NOT_INTEGERS),
            *[both(IndexError, "sorter", "3", sorter=xp.asarray([0, 1, each])) for each in (3, -4, 2**62)],
        ],
        x1=ARRAY,
        x2=OPERAND,
        side=option("middle", None),
        sorter=but_none(ARRAY),
    ),
    "where": function(
        {"condition": MASK, "x1": VECTOR, "x2": 0.0},
        [
            both(ValueError, "(3,)", "(2, 2)", x1=MATRIX),
            both(ValueError, "(3,)", "(2, 2)", condition=MATRIX > 0),
            both(OverflowError, "x2=128", "int8", x1=SMALL, x2=128),
            both(OverflowError, "x1=-129", "int8", x1=-129, x2=SMALL),
            both(TypeError, "condition", "float64", "bool", condition=VECTOR),
            both(TypeError, "condition", "int64", "bool", condition=INTEGERS),
        ],
        condition=ARRAY,
        x1=OPERAND,
        x2=OPERAND,
    ),
    "isin": function(
        {"x1": VECTOR, "x2": VECTOR},
        [
            both(TypeError, "x1=1", "x2=2.5", "Python scalars", x1=1, x2=2.5),
            both(OverflowError, "x2", "float64", x2=10**400),
        ],
        x1=OPERAND,
        x2=[(each, error) for each, error in OPERAND if not isinstance(each, list)],
        invert=FLAG,
    ),
    "sort": sorting(),
    "argsort": sorting(),
    # --- statistics, utility
    "cumulative_prod": cumulative(),
    "cumulative_sum": cumulative(),
    "max": reduction(*NOTHING),
    "min": reduction(*NOTHING),
    "mean": reduction(dtype=DTYPE),
    "prod": reduction(REAL_SUM, dtype=DTYPE),
    "sum": reduction(REAL_SUM, dtype=DTYPE),
    "std": reduction(correction=REAL, dtype=DTYPE, ddof=but_none(REAL)),
    "var": reduction(correction=REAL, dtype=DTYPE, ddof=but_none(REAL)),
    "all": reduction(both(TypeError, "out", out=MASK)),
    "any": reduction(both(TypeError, "out", out=MASK)),
    "diff": function(
        {"x": WIDE},
        [
            both(ValueError, "n=-1", n=-1),
            both(ValueError, "n", n=-HUGE),
            *[
                both(ValueError, name, "(2, 2)", "(3,)", **{name: VECTOR, "x": MATRIX})
                for name in ("prepend", "append")
            ],
            *[both(ValueError, name, "(2, 3)", "(2,)", **{name: [1, 2]}) for name in ("prepend", "append")],
            *[both(ValueError, name, "(2, 3)", "(3, 1)", **{name: xp.ones((3, 1))}) for name in ("prepend", "append")],
        ],
        x=ARRAY,
        axis=and_none(axis(2)),
        n=INTEGER,
        prepend=JOINED,
        append=JOINED,
    ),
}

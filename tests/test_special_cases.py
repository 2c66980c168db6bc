"""Every line "Special cases" of the elementwise functions in the standard 2025.12, as a table, for every float dtype.

A line of a table reads like the standard's: the operands (of a complex one the real and the imaginary part), an arrow,
the result. What the words stand for is in `operands` and `check`. Elements are computed as one long array, backwards,
with steps, one by one, and beside a Python scalar, for kernels treat these differently.
"""

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import raptors_xp as xp

INF, NAN = math.inf, math.nan
REAL_DTYPES = ["float32", "float64"]
COMPLEX_DTYPES = ["complex64", "complex128"]

ROUNDING = "+inf -> +inf | -inf -> -inf | +0 -> +0 | -0 -> -0 | nan -> nan | whole -> x1"
ODD_BOUNDED = "nan -> nan | +0 -> +0 | -0 -> -0 | inf -> nan"
ODD = "nan -> nan | +0 -> +0 | -0 -> -0 | +inf -> +inf | -inf -> -inf"
LOGARITHM = "nan -> nan | <0 -> nan | 0 -> -inf | one -> +0 | +inf -> +inf"

REAL_ONE = {
    "abs": "nan -> nan | -0 -> +0 | -inf -> +inf | negative -> |x1| | positive -> x1",
    "acos": "nan -> nan | >1 -> nan | <-1 -> nan | one -> +0",
    "acosh": "nan -> nan | <1 -> nan | one -> +0 | +inf -> +inf",
    "asin": "nan -> nan | >1 -> nan | <-1 -> nan | +0 -> +0 | -0 -> -0",
    "asinh": ODD,
    "atan": "nan -> nan | +0 -> +0 | -0 -> -0 | +inf -> pi/2 | -inf -> -pi/2",
    "atanh": "nan -> nan | <-1 -> nan | >1 -> nan | minus one -> -inf | one -> +inf | +0 -> +0 | -0 -> -0",
    "ceil": ROUNDING,
    "cos": "nan -> nan | 0 -> 1 | inf -> nan",
    "cosh": "nan -> nan | 0 -> 1 | inf -> +inf",
    "exp": "nan -> nan | 0 -> 1 | +inf -> +inf | -inf -> +0",
    "expm1": "nan -> nan | +0 -> +0 | -0 -> -0 | +inf -> +inf | -inf -> -1",
    "floor": ROUNDING,
    "isfinite": "inf -> false | nan -> false | finite -> true",
    "isinf": "inf -> true | finite -> false | nan -> false",
    "isnan": "nan -> true | finite -> false | inf -> false",
    "log": LOGARITHM,
    "log10": LOGARITHM,
    "log1p": "nan -> nan | <-1 -> nan | minus one -> -inf | -0 -> -0 | +0 -> +0 | +inf -> +inf",
    "log2": LOGARITHM,
    "negative": "+0 -> -0 | -0 -> +0 | +inf -> -inf | -inf -> +inf | nan -> nan | nonzero -> -x1",
    "positive": "+0 -> +0 | -0 -> -0 | +inf -> +inf | -inf -> -inf | nan -> nan | nonzero -> x1",
    "reciprocal": "nan -> nan | +0 -> +inf | -0 -> -inf | +inf -> +0 | -inf -> -0",
    "round": ROUNDING + " | half -> even",
    "sign": "<0 -> -1 | 0 -> 0 | >0 -> 1 | nan -> nan",
    "signbit": "+0 -> false | -0 -> true | +inf -> false | -inf -> true | positive -> false | negative -> true | "
    "+nan -> false | -nan -> true",
    "sin": ODD_BOUNDED,
    "sinh": ODD,
    "sqrt": "nan -> nan | <0 -> nan | +0 -> +0 | -0 -> -0 | +inf -> +inf",
    "square": "nan -> nan | 0 -> +0 | inf -> +inf",
    "tan": ODD_BOUNDED,
    "tanh": "nan -> nan | +0 -> +0 | -0 -> -0 | +inf -> 1 | -inf -> -1",
    "trunc": ROUNDING,
}

ADD = """
nan, any -> nan | any, nan -> nan
+inf, -inf -> nan | -inf, +inf -> nan | +inf, +inf -> +inf | -inf, -inf -> -inf
+inf, finite -> +inf | -inf, finite -> -inf | finite, +inf -> +inf | finite, -inf -> -inf
-0, -0 -> -0 | -0, +0 -> +0 | +0, -0 -> +0 | +0, +0 -> +0 | 0, nonzero -> x2 | nonzero, 0 -> x1
"""
DIVIDE = """
nan, any -> nan | any, nan -> nan | inf, inf -> nan | 0, 0 -> nan
+0, >0 -> +0 | -0, >0 -> -0 | +0, <0 -> -0 | -0, <0 -> +0
>0, +0 -> +inf | >0, -0 -> -inf | <0, +0 -> -inf | <0, -0 -> +inf
+inf, positive -> +inf | +inf, negative -> -inf | -inf, positive -> -inf | -inf, negative -> +inf
positive, +inf -> +0 | positive, -inf -> -0 | negative, +inf -> -0 | negative, -inf -> +0
"""
# The standard lets floor_divide be as in Python where one number is infinite; "prefers floor(divide(x1, x2))" is ours.
REAL_TWO = {
    "add": ADD,
    "atan2": """
nan, any -> nan | any, nan -> nan
>0, 0 -> pi/2 | +0, >0 -> +0 | +0, +0 -> +0 | +0, -0 -> pi | +0, <0 -> pi
-0, >0 -> -0 | -0, +0 -> -0 | -0, -0 -> -pi | -0, <0 -> -pi | <0, 0 -> -pi/2
positive, +inf -> +0 | positive, -inf -> pi | negative, +inf -> -0 | negative, -inf -> -pi
+inf, finite -> pi/2 | -inf, finite -> -pi/2
+inf, +inf -> pi/4 | +inf, -inf -> 3pi/4 | -inf, +inf -> -pi/4 | -inf, -inf -> -3pi/4
""",
    "copysign": """
not nan, <0 -> -|x1| | not nan, -0 -> -|x1| | not nan, +0 -> |x1| | not nan, >0 -> |x1|
not nan, -nan -> -|x1| | not nan, +nan -> |x1|
nan, <0 -> -nan | nan, -0 -> -nan | nan, +0 -> +nan | nan, >0 -> +nan | nan, -nan -> -nan | nan, +nan -> +nan
""",
    "divide": DIVIDE,
    "equal": """
nan, any -> false | any, nan -> false | +inf, +inf -> true | -inf, -inf -> true | 0, 0 -> true
+inf, -inf -> false | inf, finite -> false | finite, inf -> false | positive, negative -> false
""",
    "floor_divide": DIVIDE,
    "greater": "nan, any -> false | any, nan -> false | +inf, finite -> true | 0, 0 -> false",
    "greater_equal": "nan, any -> false | any, nan -> false | +inf, finite -> true | 0, 0 -> true",
    "hypot": """
inf, any -> +inf | any, inf -> +inf | 0, not nan -> |x2| | not nan, 0 -> |x1| | finite, nan -> nan | nan, nan -> nan
nan, finite -> nan
""",
    "less": "nan, any -> false | any, nan -> false | finite, +inf -> true | 0, 0 -> false",
    "less_equal": "nan, any -> false | any, nan -> false | finite, +inf -> true | 0, 0 -> true",
    "logaddexp": """
nan, any -> nan | any, nan -> nan | +inf, not nan -> +inf | not nan, +inf -> +inf | -inf, -inf -> -inf
""",
    "maximum": "nan, any -> nan | any, nan -> nan | +inf, not nan -> +inf | -inf, finite -> x2",
    "minimum": "nan, any -> nan | any, nan -> nan | -inf, not nan -> -inf | +inf, finite -> x2",
    "multiply": """
nan, any -> nan | any, nan -> nan | inf, 0 -> nan | 0, inf -> nan
+inf, >0 -> +inf | +inf, <0 -> -inf | -inf, >0 -> -inf | -inf, <0 -> +inf
>0, +inf -> +inf | <0, +inf -> -inf | >0, -inf -> -inf | <0, -inf -> +inf
+0, positive -> +0 | +0, negative -> -0 | -0, positive -> -0 | -0, negative -> +0 | +0, -0 -> -0 | -0, -0 -> +0
""",
    "nextafter": """
nan, any -> nan | any, nan -> nan | -0, +0 -> +0 | +0, -0 -> -0 | 0, >0 -> least | 0, <0 -> -least
+inf, finite -> max | -inf, finite -> -max | +inf, +inf -> +inf | -inf, -inf -> -inf
""",
    "not_equal": """
nan, any -> true | any, nan -> true | +inf, +inf -> false | -inf, -inf -> false | 0, 0 -> false
+inf, -inf -> true | inf, finite -> true | finite, inf -> true | positive, negative -> true
""",
    "pow": """
nan, nonzero -> nan | not one, nan -> nan | any, 0 -> 1
>1, +inf -> +inf | >1, -inf -> +0 | <-1, +inf -> +inf | <-1, -inf -> +0
one, inf -> 1 | minus one, inf -> 1 | one, not nan -> 1
inside, +inf -> +0 | inside, -inf -> +inf | +inf, >0 -> +inf | +inf, <0 -> +0
-inf, odd -> -inf | -inf, positive not odd -> +inf | -inf, minus odd -> -0 | -inf, negative not odd -> +0
+0, >0 -> +0 | +0, <0 -> +inf | -0, odd -> -0 | -0, positive not odd -> +0 | -0, minus odd -> -inf
-0, negative not odd -> +inf | negative, fraction -> nan
""",
    "remainder": """
nan, any -> nan | any, nan -> nan | inf, inf -> nan | any, 0 -> nan
+0, >0 -> +0 | -0, >0 -> +0 | +0, <0 -> -0 | -0, <0 -> -0 | inf, finite -> nan
positive, +inf -> x1 | positive, -inf -> x2 | negative, +inf -> x2 | negative, -inf -> x1
""",
    "subtract": """
nan, any -> nan | any, nan -> nan
+inf, +inf -> nan | -inf, -inf -> nan | +inf, -inf -> +inf | -inf, +inf -> -inf
+inf, finite -> +inf | -inf, finite -> -inf | finite, +inf -> -inf | finite, -inf -> +inf
-0, +0 -> -0 | -0, -0 -> +0 | +0, +0 -> +0 | +0, -0 -> +0 | 0, nonzero -> -x2 | nonzero, 0 -> x1
""",
}

# For b < 0 or b = -0 the results follow from the conjugate, for a < 0 of odd and even functions from the symmetry.
COMPLEX_ONE = {
    "abs": """
inf, any -> +inf | any, inf -> +inf | 0, not nan -> |x2| | not nan, 0 -> |x1| | nan, finite -> nan | finite, nan -> nan
nan, nan -> nan
""",
    "acos": """
0, +0 -> pi/2, -0 | 0, nan -> pi/2, nan | finite, +inf -> pi/2, -inf | nonzero, nan -> nan, nan
-inf, positive -> pi, -inf | +inf, positive -> +0, -inf | -inf, +inf -> 3pi/4, -inf | +inf, +inf -> pi/4, -inf
inf, nan -> nan, inf | nan, finite -> nan, nan | nan, +inf -> nan, -inf | nan, nan -> nan, nan
""",
    "acosh": """
0, +0 -> +0, pi/2 | finite, +inf -> +inf, pi/2 | nonzero, nan -> nan, nan | +0, nan -> nan, +-pi/2
-inf, positive -> +inf, pi | +inf, positive -> +inf, +0 | -inf, +inf -> +inf, 3pi/4 | +inf, +inf -> +inf, pi/4
inf, nan -> +inf, nan | nan, finite -> nan, nan | nan, +inf -> +inf, nan | nan, nan -> nan, nan
""",
    "asinh": """
+0, +0 -> +0, +0 | positive, +inf -> +inf, pi/2 | finite, nan -> nan, nan | +inf, positive -> +inf, +0
+inf, +inf -> +inf, pi/4 | nan, +0 -> nan, +0 | nan, nonzero -> nan, nan | nan, +inf -> inf, nan | nan, nan -> nan, nan
""",
    "atanh": """
+0, +0 -> +0, +0 | +0, nan -> +0, nan | one, +0 -> +inf, +0 | positive, +inf -> +0, pi/2 | nonzero, nan -> nan, nan
+inf, positive -> +0, pi/2 | +inf, +inf -> +0, pi/2 | +inf, nan -> +0, nan | nan, finite -> nan, nan
nan, +inf -> 0, pi/2 | nan, nan -> nan, nan
""",
    "cosh": """
+0, +0 -> 1, +0 | +0, +inf -> nan, 0 | +0, nan -> nan, 0 | nonzero, +inf -> nan, nan | nonzero, nan -> nan, nan
+inf, +0 -> +inf, +0 | +inf, nonzero -> inf cos, inf sin | +inf, +inf -> inf, nan | +inf, nan -> +inf, nan
nan, 0 -> nan, 0 | nan, nonzero -> nan, nan | nan, nan -> nan, nan
""",
    "exp": """
0, +0 -> 1, +0 | finite, +inf -> nan, nan | finite, nan -> nan, nan | +inf, +0 -> +inf, +0
-inf, finite -> 0 cos, 0 sin | +inf, nonzero -> inf cos, inf sin | -inf, +inf -> 0, 0 | +inf, +inf -> inf, nan
-inf, nan -> 0, 0 | +inf, nan -> inf, nan | nan, +0 -> nan, +0 | nan, not zero -> nan, nan | nan, nan -> nan, nan
""",
    "expm1": """
0, +0 -> 0, +0 | finite, +inf -> nan, nan | finite, nan -> nan, nan | +inf, +0 -> +inf, +0
-inf, finite -> -1, 0 sin | +inf, nonzero -> inf cos, inf sin | -inf, +inf -> -1, 0 | +inf, +inf -> inf, nan
-inf, nan -> -1, 0 | +inf, nan -> inf, nan | nan, +0 -> nan, +0 | nan, not zero -> nan, nan | nan, nan -> nan, nan
""",
    "isfinite": """
nan, any -> false | any, nan -> false | inf, any -> false | any, inf -> false | finite, finite -> true
""",
    "isinf": "inf, any -> true | any, inf -> true | not inf, not inf -> false",
    "isnan": "nan, any -> true | any, nan -> true | not nan, not nan -> false",
    "log": """
-0, +0 -> -inf, pi | +0, +0 -> -inf, +0 | finite, +inf -> +inf, pi/2 | finite, nan -> nan, nan
-inf, positive -> +inf, pi | +inf, positive -> +inf, +0 | -inf, +inf -> +inf, 3pi/4 | +inf, +inf -> +inf, pi/4
inf, nan -> +inf, nan | nan, finite -> nan, nan | nan, +inf -> +inf, nan | nan, nan -> nan, nan
""",
    "log1p": """
minus one, +0 -> -inf, +0 | finite, +inf -> +inf, pi/2 | finite, nan -> nan, nan
-inf, positive -> +inf, pi | +inf, positive -> +inf, +0 | -inf, +inf -> +inf, 3pi/4 | +inf, +inf -> +inf, pi/4
inf, nan -> +inf, nan | nan, finite -> nan, nan | nan, +inf -> +inf, nan | nan, nan -> nan, nan
""",
    "round": """
nan, nan -> nan, nan | +inf, -inf -> +inf, -inf | +0, -0 -> +0, -0 | -0, +0 -> -0, +0 | whole, whole -> x1, x2
nan, whole -> nan, x2 | whole, inf -> x1, x2
""",
    "sign": """
0, 0 -> +0, +0 | nan, any -> nan, nan | any, nan -> nan, nan
inf, positive -> nan, +0 | positive, inf -> +0, nan | inf, inf -> nan, nan
""",
    "sinh": """
+0, +0 -> +0, +0 | +0, +inf -> 0, nan | +0, nan -> 0, nan | positive, +inf -> nan, nan | positive, nan -> nan, nan
+inf, +0 -> +inf, +0 | +inf, positive -> inf cos, inf sin | +inf, +inf -> inf, nan | +inf, nan -> inf, nan
nan, +0 -> nan, +0 | nan, nonzero -> nan, nan | nan, nan -> nan, nan
""",
    "sqrt": """
0, +0 -> +0, +0 | any, +inf -> +inf, +inf | finite, nan -> nan, nan | -inf, positive -> +0, +inf
+inf, positive -> +inf, +0 | -inf, nan -> nan, inf | +inf, nan -> +inf, nan | nan, finite -> nan, nan
nan, nan -> nan, nan
""",
    "tanh": """
+0, +0 -> +0, +0 | nonzero, +inf -> nan, nan | +0, +inf -> +0, nan | nonzero, nan -> nan, nan | +0, nan -> +0, nan
+inf, positive -> 1, 0 | +inf, +inf -> 1, 0 | +inf, nan -> 1, 0 | nan, +0 -> nan, +0 | nan, nonzero -> nan, nan
nan, nan -> nan, nan
""",
}

# f(conj(x)) = conj(f(x)) for all of them; these are odd or even besides.
ODD_FUNCTIONS = ["asinh", "atanh", "sinh", "tanh"]
EVEN_FUNCTIONS = ["cosh"]
UNSIGNED = {"0", "inf", "+-pi/2"}
CONJUGATED = ["acos", "acosh", "asinh", "atanh", "cosh", "exp", "expm1", "log", "log1p", "sinh", "sqrt", "tanh"]
# "As if implemented as -1j * f(x*1j)", or f(x*1j) itself.
ROTATED = {"asin": "asinh", "atan": "atanh", "sin": "sinh", "tan": "tanh"}


# --- what the words mean ----------------------------------------------------------------------------------------------


def operands(word: str, dtype: Any) -> list[float]:
    """The numbers that a word of a table stands for."""
    limits = np.finfo(dtype)
    least, most = float(limits.smallest_subnormal), float(limits.max)
    positive = [least, float(limits.tiny), 1e-3, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 7.0, 2.0**24, 2.0**70, most]
    negative = [-value for value in positive]
    finite = [0.0, -0.0, *positive, *negative]
    sets = {
        "nan": [NAN, -NAN],
        "+nan": [NAN],
        "-nan": [-NAN],
        "+0": [0.0],
        "-0": [-0.0],
        "0": [0.0, -0.0],
        "+inf": [INF],
        "-inf": [-INF],
        "inf": [INF, -INF],
        "one": [1.0],
        "minus one": [-1.0],
        "positive": positive,
        "negative": negative,
        "nonzero": [*positive, *negative],
        "finite": finite,
        "not nan": [*finite, INF, -INF],
        "not inf": [*finite, NAN, -NAN],
        "not zero": [*positive, *negative, INF, -INF],
        "not one": [value for value in [*finite, INF, -INF] if value != 1],
        "any": [*finite, INF, -INF, NAN, -NAN],
        ">0": [*positive, INF],
        "<0": [*negative, -INF],
        ">1": [value for value in [*positive, INF] if value > 1],
        "<1": [value for value in [*finite, -INF] if value < 1],
        "<-1": [value for value in [*negative, -INF] if value < -1],
        "inside": [value for value in finite if abs(value) < 1],
        "odd": [1.0, 3.0, 7.0, 2.0**limits.nmant + 1],
        "minus odd": [-1.0, -3.0, -7.0, -(2.0**limits.nmant) - 1],
        "positive not odd": [0.5, 2.0, 2.5, 4.0, 2.0**70, most, INF],
        "negative not odd": [-0.5, -2.0, -2.5, -4.0, -(2.0**70), -most, -INF],
        "fraction": [0.5, 1.5, 2.5, -0.5, -1.5, 1e-3],
        "whole": [0.0, -0.0, 1.0, -1.0, 2.0, -7.0, 2.0**24, -(2.0**70), most],
        "half": [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 4.5, 1048576.5],
    }
    return np.asarray(sets[word], limits.dtype).tolist()


ANGLES = {"pi": math.pi, "pi/2": math.pi / 2, "pi/4": math.pi / 4, "3pi/4": 3 * math.pi / 4}


def expected(word: str, x1: float, x2: float, dtype: Any) -> tuple[float, bool, bool]:
    """The result that a word stands for; whether its sign counts; whether it may be rounded."""
    if word.startswith("+-"):
        return ANGLES[word[2:]], False, True
    if word.lstrip("-") in ANGLES:
        return math.copysign(ANGLES[word.lstrip("-")], -1.0 if word[0] == "-" else 1.0), True, True
    limits = np.finfo(dtype)
    values = {
        "nan": (NAN, False),
        "+nan": (NAN, True),
        "-nan": (-NAN, True),
        "inf": (INF, False),
        "0": (0.0, False),
        "x1": (x1, True),
        "x2": (x2, True),
        "-x1": (-x1, True),
        "-x2": (-x2, True),
        "|x1|": (abs(x1), True),
        "|x2|": (abs(x2), True),
        "-|x1|": (-abs(x1), True),
        "least": (float(limits.smallest_subnormal), True),
        "-least": (-float(limits.smallest_subnormal), True),
        "max": (float(limits.max), True),
        "-max": (-float(limits.max), True),
    }
    if word in values:
        return (*values[word], False)
    if word == "even":
        return math.copysign(round(x1), x1), True, False
    if word.endswith(("cos", "sin")):
        turn = math.cos(x2) if word.endswith("cos") else math.sin(x2)
        return (
            math.copysign(INF if word.startswith("inf") else 0.0, turn if x2 != 0 or word[-1] == "s" else x2),
            True,
            False,
        )
    return float(word), True, False


def check(got: float, word: str, x1: float, x2: float, dtype: Any, what: str) -> None:
    value, signed, rounded = expected(word, x1, x2, dtype)
    if math.isnan(value):
        assert math.isnan(got), what
    elif not signed:
        assert abs(got) == pytest.approx(value, rel=float(np.finfo(dtype).eps) if rounded else 0, abs=0), what
    else:
        assert got == pytest.approx(value, rel=float(np.finfo(dtype).eps) if rounded else 0, abs=0), what
    if signed:
        assert math.copysign(1, got) == math.copysign(1, value), what


def cases(table: str, dtype: Any) -> Iterator[tuple[tuple[float, ...], list[str], str]]:
    """The operands and the words of the results of all lines of a table."""
    for line in table.replace("\n", " | ").split(" | "):
        if not line:
            continue
        given, results = line.split(" -> ")
        for values in itertools.product(*(operands(word, dtype) for word in given.split(", "))):
            yield values, results.split(", "), line


def everywhere(function: Any, *columns: np.ndarray) -> Iterator[tuple[str, list[Any]]]:
    """The results of a function, computed in every way that a kernel or a call may take."""
    whole = [xp.asarray(column) for column in columns]
    yield "in one array", function(*whole).tolist()
    yield "backwards", function(*[xp.flip(column) for column in whole]).tolist()[::-1]
    yield "in steps", function(*[xp.stack([column, column], axis=1)[:, 1] for column in whole]).tolist()
    yield "one by one", [function(*elements).tolist() for elements in zip(*whole, strict=True)]
    if len(columns) == 2:
        pairs = list(zip(*(column.tolist() for column in columns), strict=True))
        for text, first, second in (("before a scalar", 0, 1), ("after a scalar", 1, 0)):
            found = []
            for position, pair in enumerate(pairs):
                arguments: list[Any] = [None, None]
                arguments[first] = whole[first][position : position + 1]
                arguments[second] = pair[second]
                found.append(function(*arguments).tolist()[0])
            yield text, found


@pytest.mark.parametrize("dtype", REAL_DTYPES)
@pytest.mark.parametrize("name", [*REAL_ONE, *REAL_TWO])
def test_real(name: str, dtype: str) -> None:
    lines = list(cases((REAL_ONE | REAL_TWO)[name], dtype))
    columns = [np.asarray(column, dtype) for column in zip(*(values for values, _, _ in lines), strict=True)]
    for way, results in everywhere(getattr(xp, name), *columns):
        for (values, words, line), got in zip(lines, results, strict=True):
            what = f"{name}{values} is {got} {way}: {line}"
            if words[0] in ("true", "false"):
                assert got is (words[0] == "true"), what
            else:
                check(got, words[0], values[0], values[-1], dtype, what)


def joined(pairs: list[Any], dtype: str) -> np.ndarray:
    """Complex numbers of given parts: adding 1j times one would not keep them."""
    result = np.empty(len(pairs), dtype)
    result.real, result.imag = np.asarray(pairs).T
    return result


@pytest.mark.parametrize("dtype", COMPLEX_DTYPES)
@pytest.mark.parametrize("name", COMPLEX_ONE)
def test_complex(name: str, dtype: str) -> None:
    lines = list(cases(COMPLEX_ONE[name], dtype))
    for way, results in everywhere(getattr(xp, name), joined([values for values, _, _ in lines], dtype)):
        for (values, words, line), got in zip(lines, results, strict=True):
            what = f"{name}{values} is {got} {way}: {line}"
            if len(words) == 1:
                if words[0] in ("true", "false"):
                    assert got is (words[0] == "true"), what
                else:
                    check(got, words[0], *values, dtype, what)
                continue
            for word, part in zip(words, (got.real, got.imag), strict=True):
                check(part, word, *values, dtype, what)


def grid(dtype: str) -> np.ndarray:
    """All pairs of special and ordinary parts."""
    parts = [0.0, 0.5, 1.0, 2.0, 1e10, float(np.finfo(dtype).max), float(np.finfo(dtype).smallest_subnormal), INF]
    return joined(list(itertools.product([*parts, *[-part for part in parts], NAN], repeat=2)), dtype)


def agree(ours: Any, theirs: Any, z: np.ndarray, name: str = "") -> None:
    """Asserts equal parts, NaN for NaN, with equal signs but where the table of `name` gives none."""
    pairs = {(abs(a), abs(b)) for (a, b), words, _ in cases(COMPLEX_ONE.get(name, ""), z.dtype) if {*words} & UNSIGNED}
    free = np.asarray([any(same(abs(value.real), a) and same(abs(value.imag), b) for a, b in pairs) for value in z])
    for part in ("real", "imag"):
        a, b = getattr(np.asarray(ours), part), getattr(np.asarray(theirs), part)
        right = (a == b) & (np.signbit(a) == np.signbit(b)) | np.isnan(a) & np.isnan(b)
        right |= free & ((a == b) | np.isnan(z) & (abs(a) == abs(b)))
        wrong = ~right
        assert right.all(), list(zip(z[wrong], np.asarray(ours)[wrong], np.asarray(theirs)[wrong], strict=True))[:5]


def same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b))


@pytest.mark.parametrize("dtype", COMPLEX_DTYPES)
@pytest.mark.parametrize("name", CONJUGATED)
def test_symmetries(name: str, dtype: str) -> None:
    function, z = getattr(xp, name), grid(dtype)
    agree(function(xp.asarray(np.conj(z))), np.conj(np.asarray(function(xp.asarray(z)))), z, name)
    if name in ODD_FUNCTIONS:
        agree(function(xp.asarray(-z)), -np.asarray(function(xp.asarray(z))), z, name)
    if name in EVEN_FUNCTIONS:
        agree(function(xp.asarray(-z)), function(xp.asarray(z)), z, name)


@pytest.mark.parametrize("dtype", COMPLEX_DTYPES)
@pytest.mark.parametrize("name", [*ROTATED, "cos"])
def test_rotated_functions(name: str, dtype: str) -> None:
    z = grid(dtype)
    turned = xp.asarray(joined([(-value.imag, value.real) for value in z], dtype))
    if name == "cos":
        agree(xp.cos(xp.asarray(z)), xp.cosh(turned), z)
        return
    back = np.asarray(getattr(xp, ROTATED[name])(turned))
    agree(getattr(xp, name)(xp.asarray(z)), joined([(value.imag, -value.real) for value in back], dtype), z)


@pytest.mark.parametrize("dtype", COMPLEX_DTYPES)
def test_complex_operations_on_parts(dtype: str) -> None:
    # Sums and negatives apply to the parts "independently"; numbers are equal where both parts are.
    z = grid(dtype)
    w = np.roll(z, 29)[::-1]
    a, b = xp.asarray(z), xp.asarray(w)
    for name in ("add", "subtract"):
        function = getattr(xp, name)
        parts = [np.asarray(function(part(a), part(b))) for part in (xp.real, xp.imag)]
        agree(function(a, b), joined(list(zip(*parts, strict=True)), dtype), z)
    agree(-a, joined([(-value.real, -value.imag) for value in z], dtype), z)
    agree(xp.conj(a), joined([(value.real, -value.imag) for value in z], dtype), z)
    both = (xp.real(a) == xp.real(b)) & (xp.imag(a) == xp.imag(b))
    assert (a == b).tolist() == both.tolist()
    assert (a != b).tolist() == (~both).tolist()
    assert (a == a).tolist() == (~xp.isnan(a)).tolist()
    nan = joined([(NAN, NAN)], dtype)
    for name in ("multiply", "divide"):
        assert np.isnan([(value.real, value.imag) for value in getattr(xp, name)(xp.asarray(nan), a).tolist()]).all()


@pytest.mark.parametrize("dtype", REAL_DTYPES)
def test_hypot_has_no_signs_and_no_order(dtype: str) -> None:
    values = np.asarray([*operands("any", dtype), 3.0, 4e-30], dtype)
    x, y = (xp.asarray(each.copy()) for each in np.broadcast_arrays(values[:, None], values))
    expected = np.asarray(xp.hypot(x, y))
    for left, right in ((y, x), (x, -y), (-x, y), (-x, -y)):
        np.testing.assert_array_equal(np.asarray(xp.hypot(left, right)), expected)


@pytest.mark.parametrize("dtype", COMPLEX_DTYPES)
@pytest.mark.parametrize(("name", "base"), [("log2", 2.0), ("log10", 10.0)])
def test_change_of_base(name: str, base: float, dtype: str) -> None:
    z = grid(dtype)
    logarithm = np.asarray(xp.log(xp.asarray(z)))
    ours = np.asarray(getattr(xp, name)(xp.asarray(z)))
    limits = np.finfo(dtype)
    for part in ("real", "imag"):
        expected = getattr(logarithm, part) / math.log(base)
        least = float(limits.smallest_subnormal)
        np.testing.assert_allclose(getattr(ours, part), expected, rtol=2 * float(limits.eps), atol=least)
        number = ~np.isnan(expected)
        assert (np.signbit(getattr(ours, part)) == np.signbit(expected))[number].all()

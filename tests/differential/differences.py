"""Where the standard asks for another answer than NumPy's. Each line is tested, and shown in docs/differences.md.

python tests/differential/differences.py > docs/differences.md
"""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

STANDARD = "https://data-apis.org/array-api/2025.12/"


class Difference(NamedTuple):
    """One of them: in which functions, when, what either gives, and the sentence of the standard that says so.

    `due` makes of NumPy's answer (or of the exception it raised) and the arguments the answer that is due.
    """

    functions: str
    case: str
    ours: str
    numpy: str
    sentence: str
    page: str
    due: Callable[..., Any]


def put(found: Any, where: Any, value: Any) -> Any:
    """NumPy's answer, exact or in a wider dtype, with another value in some places."""
    if hasattr(found, "values"):
        return found._replace(values=np.where(where, value, found.values).astype(found.values.dtype))
    return np.where(where, value, found).astype(found.dtype)


def _promoted(x1: Any, x2: Any) -> tuple[np.ndarray, np.ndarray]:
    dtype = np.result_type(x1, x2)
    return np.asarray(x1, dtype), np.asarray(x2, dtype)


def _floor_divide_infinity(found: Any, x1: Any, x2: Any) -> Any:
    if found.dtype.kind != "f":
        return found
    a, b = _promoted(x1, x2)
    return put(found, np.isinf(a) & np.isfinite(b) & (b != 0), a * np.sign(b))


def _floor_divide_by_infinity(found: Any, x1: Any, x2: Any) -> Any:
    if found.dtype.kind != "f":
        return found
    a, b = _promoted(x1, x2)
    return put(found, np.isfinite(a) & np.isinf(b) & (a * np.sign(b) < 0), -0.0)


def _floor_divide_exactly(found: Any, x1: Any, x2: Any) -> Any:
    if found.dtype.kind != "f":
        return found
    a, b = _promoted(x1, x2)
    a, b = np.broadcast_arrays(a, b)
    digits = 2.0 ** (np.finfo(a.dtype).nmant + 1)
    with np.errstate(all="ignore"):
        due = a / b
    near = np.isfinite(a) & np.isfinite(b) & (np.abs(due) > digits / 16)
    for place in np.argwhere(near & (np.abs(due) <= digits)):
        here = tuple(place)
        due[here] = math.floor(Fraction(float(a[here])) / Fraction(float(b[here])))
    return put(found, near & np.isfinite(due), due)


def _complex_by_zero(found: Any, x1: Any, x2: Any) -> Any:
    if found.dtype.kind != "c":
        return found
    a, b = _promoted(x1, x2)
    with np.errstate(all="ignore"):
        due = np.empty(np.broadcast_shapes(a.shape, b.shape), found.dtype)
        due.real, due.imag = a.real / b.real, a.imag / b.real
    return put(found, b == 0, due)


def _expm1(found: Any, x: np.ndarray) -> Any:
    if x.dtype.kind != "c":
        return found
    a, b = x.real, x.imag
    with np.errstate(all="ignore"):
        due = np.full(x.shape, complex(np.nan, np.nan), x.dtype)
        finite = np.isfinite(b)
        up, down = a == np.inf, a == -np.inf
        due.real = np.where(up, np.where(finite & (b != 0), np.inf * np.cos(b), np.inf), np.where(down, -1, np.nan))
        due.imag = np.where(up & finite, np.inf * np.sin(b), np.where(down, np.where(finite, 0 * np.sin(b), 0), np.nan))
    found = put(found, ~np.isfinite(a), due)
    due = found.values.copy()
    due.imag = np.where((b == 0) & (a != -np.inf), b, due.imag)
    due.real = np.where((b == 0) & (a == 0), 0, due.real)
    return found._replace(values=due)


def _sign(found: Any, x: np.ndarray) -> Any:
    if x.dtype.kind != "c":
        return found
    with np.errstate(all="ignore"):
        due = np.empty(x.shape, x.dtype)
        due.real, due.imag = x.real / np.abs(x), x.imag / np.abs(x)
    due[np.isnan(x)] = complex(np.nan, np.nan)
    return put(found, ~np.isfinite(x), due)


def _pow(found: Any, x1: Any, x2: Any) -> Any:
    if found.dtype.kind != "c":
        return found
    a, b = _promoted(x1, x2)
    return put(found, (a == 0) & (b.real < 0), complex(np.inf, np.nan))


def _mean(found: Any, x: np.ndarray, axis: Any = None, keepdims: bool = False) -> Any:
    if x.dtype.kind != "c":
        return found
    total, due = np.asarray(np.sum(x, axis=axis, keepdims=keepdims)), np.asarray(found).copy()
    number = x.dtype.type(x.size / max(1, total.size)).real
    due.real, due.imag = total.real / number, total.imag / number
    return put(found, ~np.isfinite(total), due)


def _negative_zeros(found: Any, x: np.ndarray, axis: Any = None, keepdims: bool = False, **_: Any) -> Any:
    if found.dtype.kind not in "fc" or x.dtype.kind not in "fc" or x.size == 0:
        return found
    due = np.asarray(found).copy()
    for mine, given in ((due.real, x.real), (due.imag, x.imag)) if x.dtype.kind == "c" else ((due.real, x),):
        every = np.all((given == 0) & np.signbit(given), axis=axis, keepdims=keepdims)
        mine[...] = np.where(every, -0.0, mine)
    return due


def _loses_imaginary_parts(found: Any, x: np.ndarray, dtype: Any, **_: Any) -> Any:
    return TypeError("complex") if x.dtype.kind == "c" and np.dtype(dtype).kind in "iuf" else found


def _named_axis(found: Any, x: np.ndarray, _: np.ndarray, axis: Any = None) -> Any:
    return ValueError("axes") if axis is None and x.ndim != 1 else found


def _axis_of_none(found: Any, x: np.ndarray, *_: Any, axis: Any = None, **_others: Any) -> Any:
    named = axis if isinstance(axis, tuple) else () if axis is None else (axis,)
    return IndexError("there is no axis") if x.ndim == 0 and named else found


def _no_matrix(found: Any, x: np.ndarray, **_: Any) -> Any:
    return ValueError("no matrix") if x.ndim < 2 else found


def _no_single_matrix(found: Any, x: np.ndarray) -> Any:
    return ValueError("no matrix") if x.ndim != 2 else found


def _default_axis_of_none(found: Any, x: np.ndarray, axis: Any = -1, **_: Any) -> Any:
    return _axis_of_none(found, x, axis=axis)


DIFFERENCES = [
    Difference(
        "floor_divide",
        "`x1` is infinite, `x2` is finite and not 0",
        "an infinity, as of `floor(x1 / x2)`",
        "`nan`",
        "If ``x1_i`` is ``+infinity`` and ``x2_i`` is a positive (i.e., greater than ``0``) finite number, the result "
        "is ``+infinity``.",
        "API_specification/generated/array_api.floor_divide.html",
        _floor_divide_infinity,
    ),
    Difference(
        "floor_divide",
        "`x2` is infinite, `x1` is finite and of the other sign",
        "`-0.0`, as of `floor(x1 / x2)`",
        "`-1.0`",
        "If ``x1_i`` is a negative (i.e., less than ``0``) finite number and ``x2_i`` is ``+infinity``, the result is "
        "``-0``.",
        "API_specification/generated/array_api.floor_divide.html",
        _floor_divide_by_infinity,
    ),
    Difference(
        "floor_divide",
        "a quotient of nearly all digits of the dtype, or of more",
        "the floor of the exact quotient; beyond all digits `x1 / x2`, an integer",
        "some of them off by 1 or 2 in the last digit",
        "Rounds the result of dividing each element ``x1_i`` of the input array ``x1`` by the respective element "
        "``x2_i`` of the input array ``x2`` to the greatest (i.e., closest to `+infinity`) integer-value number that "
        "is not greater than the division result.",
        "API_specification/generated/array_api.floor_divide.html",
        _floor_divide_exactly,
    ),
    Difference(
        "divide",
        "a complex number by 0",
        "each part divided by the real part of the divisor, a signed zero",
        "each part divided by `+0.0`",
        "In general, for complex floating-point operands, real-valued floating-point special cases must independently "
        "apply to the real and imaginary component operations involving real numbers as described in the above table.",
        "API_specification/generated/array_api.divide.html",
        _complex_by_zero,
    ),
    Difference(
        "reciprocal",
        "of a complex 0",
        "as `1.0 / x`",
        "`nan` in both parts",
        "For floating-point operands, special cases must be handled as if the operation is implemented as ``1.0 / x`` "
        "(see :func:`~array_api.divide`).",
        "API_specification/generated/array_api.reciprocal.html",
        lambda found, x: _complex_by_zero(found, np.ones((), x.dtype), x),
    ),
    Difference(
        "expm1",
        "a complex number whose real part is infinite, `nan` or `-0`",
        "the special cases of the standard, as -1 for `-inf+nanj`; `0` for `-0`",
        "`nan` in both parts; `-0`",
        "If ``a`` is ``-infinity`` and ``b`` is ``NaN``, the result is ``-1 + 0j`` (sign of imaginary component is "
        "unspecified).",
        "API_specification/generated/array_api.expm1.html",
        _expm1,
    ),
    Difference(
        "sign",
        "a complex number that is infinite or has `nan` in a part",
        "`x / abs(x)`: `nan` in an infinite part; `nan` in both of a `nan`",
        "a number of modulus 1 where a part is infinite",
        "If ``a`` is ``NaN`` or ``b`` is ``NaN``, the result is ``NaN + NaN j``.",
        "API_specification/generated/array_api.sign.html",
        _sign,
    ),
    Difference(
        "pow",
        "a complex 0 to a power with a negative real part",
        "`inf+nanj`",
        "`nan` in both parts",
        "For complex floating-point operands, special cases should be handled as if the operation is implemented as "
        "``exp(x2*log(x1))``.",
        "API_specification/generated/array_api.pow.html",
        _pow,
    ),
    Difference(
        "mean",
        "complex numbers whose sum is not finite",
        "each part of the sum divided by the count",
        "`nan` in both parts",
        "In general, for complex floating-point operands, real-valued floating-point special cases must independently "
        "apply to the real and imaginary component operations involving real numbers as described in the above table.",
        "API_specification/generated/array_api.divide.html",
        _mean,
    ),
    Difference(
        "sum mean",
        "every element is `-0.0`",
        "`-0.0`",
        "`0.0`",
        "For both real-valued and complex floating-point operands, special cases **must** be handled as if the "
        "operation is implemented by successive application of :func:`~array_api.add`.",
        "API_specification/generated/array_api.sum.html",
        _negative_zeros,
    ),
    Difference(
        "astype",
        "complex numbers to a real dtype other than bool",
        "TypeError",
        "the real parts",
        "Casting a complex floating-point array to a real-valued data type should not be permitted.",
        "API_specification/generated/array_api.astype.html",
        _loses_imaginary_parts,
    ),
    Difference(
        "take",
        "no axis named for an array that has not one axis",
        "ValueError; `x.take(indices)` does as NumPy",
        "elements of the flattened array",
        "If ``x`` is a one-dimensional array, providing an ``axis`` **must** be optional; however, if ``x`` has more "
        "than one axis, providing an ``axis`` **must** be required.",
        "API_specification/generated/array_api.take.html",
        _named_axis,
    ),
    Difference(
        "tril triu",
        "an array of one axis",
        "ValueError",
        "a triangle of a matrix that has the array as its rows",
        "input array having shape ``(..., M, N)`` and whose innermost two dimensions form ``MxN`` matrices.",
        "API_specification/generated/array_api.tril.html",
        _no_matrix,
    ),
    Difference(
        "linalg.matrix_rank",
        "an array of fewer than two axes",
        "ValueError",
        "1, or 0 if all elements are 0",
        "input array having shape ``(..., M, N)`` and whose innermost two dimensions form ``MxN`` matrices.",
        "extensions/generated/array_api.linalg.matrix_rank.html",
        _no_matrix,
    ),
    Difference(
        "Array.T",
        "an array that has not two axes",
        "ValueError",
        "all axes reversed",
        "The array instance must be two-dimensional. If the array instance is not two-dimensional, an error should be "
        "raised.",
        "API_specification/generated/array_api.array.T.html",
        _no_single_matrix,
    ),
    Difference(
        "argsort",
        "a zero-dimensional array, which has no last axis",
        "IndexError",
        "`0`",
        "A valid axis **must** be an integer on the interval ``[-N, N)``, where ``N`` is the number of axes in ``x``.",
        "API_specification/generated/array_api.argsort.html",
        _default_axis_of_none,
    ),
    Difference(
        "all any argmax argmin count_nonzero max mean min prod repeat squeeze sum take",
        "`axis=0` or `axis=-1` of a zero-dimensional array",
        "IndexError",
        "a result, as if the array had one axis",
        "If provided an invalid axis, the function **must** raise an exception.",
        "API_specification/generated/array_api.sum.html",
        _axis_of_none,
    ),
]


def page() -> str:
    """docs/differences.md."""
    lines = [
        "# Differences from NumPy",
        "",
        "Where the standard asks for another answer than NumPy 2 gives, raptors_xp gives the standard's. These are all",
        "such cases: `tests/differential` compares every function with NumPy, over dtypes, shapes, layouts and special",
        "values, and lets nothing else pass. Where the standard leaves the answer open it is NumPy's, but for last",
        "bits, the order of what has none (eigenvalues), the signs of zeros beside infinity or nan, and lists of ints",
        "of which some are above 2**63 - 1 and none is negative: they give `uint64`, which holds them, and not",
        "`float64`. Written by `python tests/differential/differences.py > docs/differences.md`.",
        "",
        "| function | where | raptors_xp | NumPy | the standard |",
        "| :-- | :-- | :-- | :-- | :-- |",
    ]
    for each in DIFFERENCES:
        names = ", ".join(f"`{name}`" for name in each.functions.split())
        sentence = each.sentence.replace("|", "\\|")
        link = f"[page]({STANDARD}{each.page})"
        lines.append(f"| {names} | {each.case} | {each.ours} | {each.numpy} | “{sentence}” ({link}) |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")

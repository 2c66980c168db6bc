"""The functions of complex numbers that ulp.py measures: their references, and arguments that are hard for them.

The error of a result is its distance from the exact one, in units in the last place of the larger part of the exact
result; where that is too large for the dtype, any infinity will do. An argument on an axis stands for the side that the
sign of its zero names: it is taken to be 2^-2500 away. Parts of a result that are too small for the dtype must be zeros
of the right sign, but for sums and products, whose zeros are those of real arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
from numpy.typing import NDArray
from ulp_functions import (
    Function,
    Sampler,
    bits,
    near,
    pair,
    quarter_turns,
    scales,
    special_values,
    subnormals,
    uniform,
)

Numbers = NDArray[Any]

# --- errors ----------------------------------------------------------------------------------------------------------


def part_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    return np.empty(0, dtype).real.dtype


def rough_errors(function: Function, arguments: tuple[Numbers, ...], results: Numbers) -> Numbers:
    """In ULP, by the rough reference. A nan, or a zero of the wrong sign: infinite."""
    info = np.finfo(arguments[0].dtype)
    wide = np.complex128 if arguments[0].dtype == np.complex64 else np.clongdouble
    with np.errstate(all="ignore"):
        reference = np.asarray(function.rough(*(argument.astype(wide) for argument in arguments)), wide)
        limit = np.ldexp(reference.real.dtype.type(1), int(info.maxexp))
        expected = [np.clip(part, -limit, limit) for part in (reference.real, reference.imag)]
        got = [np.clip(part.astype(limit.dtype), -limit, limit) for part in (results.real, results.imag)]
        size = np.fmax(np.abs(expected[0]), np.abs(expected[1]))
        unit = np.ldexp(limit.dtype.type(1), unit_exponent(np.frexp(size)[1], info))
        errors = np.hypot(got[0] - expected[0], got[1] - expected[1]) / unit
        wrong = np.isnan(errors)
        if function.sided:
            for mine, right in zip(got, expected):
                wrong |= (mine == 0) & (np.signbit(mine) != np.signbit(right)) & (np.abs(right) < smallest(info))
        errors = np.where(wrong, np.inf, errors)
        infinite = np.isinf(results.real) | np.isinf(results.imag)
        return np.where((size == limit) & infinite, 0, errors).astype(np.float64)


def smallest(info: Any) -> Any:
    """Half of the smallest number of the dtype, which rounds to 0."""
    return np.ldexp(np.longdouble(1), int(info.minexp) - int(info.nmant) - 1)


def unit_exponent(exponent: Any, info: Any) -> Any:
    """Of a unit in the last place, for numbers below 2^exponent."""
    return np.maximum(np.minimum(exponent, int(info.maxexp)) - 1, int(info.minexp)) - int(info.nmant)


def exact_error(function: Function, arguments: tuple[Any, ...], result: Any, rough_error: float) -> float:
    """In ULP, by mpmath; what mpmath has no number for keeps the error it has."""
    info = np.finfo(arguments[0].dtype)
    on_axis = any(argument.real == 0 or argument.imag == 0 for argument in arguments)
    with mpmath.workprec(6000 if on_axis else 2600):
        try:
            exact = mpmath.mpc(function.exact(*(mpmath.mpc(beside(x.real), beside(x.imag)) for x in arguments)))
        except (ValueError, ZeroDivisionError):
            return rough_error
        largest = mpmath.ldexp(1, int(info.maxexp))
        size = max(abs(exact.real), abs(exact.imag))
        if size >= largest and (np.isinf(result.real) or np.isinf(result.imag)):
            return 0.0
        square = mpmath.mpf(0)
        for mine, right in ((result.real, exact.real), (result.imag, exact.imag)):
            lost = function.sided and 0 < abs(right) < mpmath.mpf(float(info.smallest_subnormal)) / 2
            if np.isnan(mine) or (mine == 0 and lost and np.signbit(mine) != (right < 0)):
                return float("inf")
            bounded = max(-largest, min(largest, right))
            square += (max(-largest, min(largest, mpmath.mpf(float(mine)))) - bounded) ** 2
        unit = mpmath.ldexp(1, int(unit_exponent(int(mpmath.frexp(size)[1]), info)))
        return float(mpmath.sqrt(square) / unit)


def beside(part: Any) -> Any:
    return mpmath.mpf(float(part)) if part != 0 else mpmath.ldexp(-1 if np.signbit(part) else 1, -2500)


# --- where to look ---------------------------------------------------------------------------------------------------


def parts(real: Sampler, imaginary: Sampler) -> Sampler:
    """Numbers with finite parts of two kinds."""

    def sample(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Numbers, ...]:
        (a,), (b,) = real(rng, count, part_dtype(dtype)), imaginary(rng, count, part_dtype(dtype))
        numbers = np.empty(a.size, dtype)
        numbers.real, numbers.imag = np.where(np.isfinite(a), a, 1), np.where(np.isfinite(b), b, 1)
        return (numbers,)

    return sample


def zeros(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Numbers, ...]:
    return (np.where(rng.random(count) < 0.5, -0.0, 0.0).astype(dtype),)


def any_size(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Numbers, ...]:
    """Half of them between 2^-8 and 2^8, the others of the size of any number of the dtype."""
    moderate, wild = scales(-8, 8)(rng, count, dtype)[0], bits(rng, count, dtype)[0]
    return (np.where(rng.random(count) < 0.5, moderate, wild),)


def around(*points: complex) -> Sampler:
    """Around the points: each part is moved by a distance of its own, of any size."""

    def sample(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Numbers, ...]:
        real = part_dtype(dtype)
        numbers = rng.choice(np.array(points, dtype), count)
        smallest = np.where(rng.random(count) < 0.5, -2 * np.finfo(real).nmant, int(np.finfo(real).minexp))
        for part in (numbers.real, numbers.imag):
            distance = np.exp2(rng.uniform(smallest, 0)) * np.sign(rng.uniform(-1, 1, count))
            part += np.where(rng.random(count) < 0.2, 0, distance).astype(real)
        return (numbers,)

    return sample


def circle(center: float) -> Sampler:
    """Close to the circle of radius 1."""

    def sample(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Numbers, ...]:
        radius = 1 + np.exp2(rng.uniform(-60, -1, count)) * rng.integers(-1, 2, count)
        angle = np.exp2(rng.uniform(-30, 2, count)) * np.sign(rng.uniform(-1, 1, count))
        numbers = np.empty(count, dtype)
        numbers.real = radius * np.cos(angle) + center
        numbers.imag = radius * np.sin(angle)
        return (numbers,)

    return sample


def hard_quotients(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Numbers, ...]:
    """Both parts of the quotient are below a power of two, where a unit in the last place is smallest for its size."""
    divisor = np.exp(1j * rng.uniform(0, 2 * np.pi, count)) * rng.uniform(1, 2, count)
    result = rng.uniform(0.95, 1, count) * (1 + 1j * rng.uniform(0.7, 1, count))
    return (result * divisor).astype(dtype), divisor.astype(dtype)


def special_numbers(_rng: np.random.Generator, _count: int, dtype: np.dtype[Any]) -> tuple[Numbers, ...]:
    values = special_values(part_dtype(dtype))
    values = values[np.isfinite(values)]
    numbers = np.empty(values.size**2, dtype)
    numbers.real, numbers.imag = np.repeat(values, values.size), np.tile(values, values.size)
    return (numbers,)


ANYWHERE: tuple[Sampler, ...] = (
    special_numbers,
    parts(any_size, any_size),
    parts(uniform(-4, 4), uniform(-4, 4)),
    parts(scales(-10, 10), scales(-10, 10)),
    parts(zeros, any_size),
    parts(any_size, zeros),
    parts(subnormals, subnormals),
    around(0, 1, -1, 1j, -1j),
    circle(0),
    circle(-1),
)  # fmt: skip
ANGLES: tuple[Sampler, ...] = (
    *ANYWHERE, parts(uniform(-750, 715), scales(-10, 40)), parts(uniform(-110, 95), scales(-10, 40)),
    parts(any_size, quarter_turns), parts(uniform(-2, 2), quarter_turns), parts(near(0.0), quarter_turns),
)  # fmt: skip
TURNED_ANGLES: tuple[Sampler, ...] = (
    *ANYWHERE, parts(scales(-10, 40), uniform(-750, 715)), parts(scales(-10, 40), uniform(-110, 95)),
    parts(quarter_turns, any_size), parts(quarter_turns, uniform(-2, 2)), parts(quarter_turns, near(0.0)),
)  # fmt: skip
MODERATE = parts(scales(-4, 4), scales(-4, 4))
PAIRS: tuple[Sampler, ...] = (
    pair(*[parts(any_size, any_size)] * 2),
    pair(*[parts(scales(-60, 60), scales(-60, 60))] * 2),
    pair(*[MODERATE] * 2),
    pair(*[parts(subnormals, subnormals)] * 2),
    pair(parts(zeros, any_size), parts(any_size, any_size)),
    pair(parts(any_size, any_size), parts(any_size, zeros)),
    pair(parts(subnormals, scales(-60, 60)), parts(any_size, subnormals)),
)
POWERS: tuple[Sampler, ...] = (pair(*[MODERATE] * 2), pair(MODERATE, parts(uniform(-20, 20), zeros)))

# --- the functions ---------------------------------------------------------------------------------------------------


def of_parts(real: Numbers, imaginary: Numbers) -> Numbers:
    numbers = np.empty(real.shape, np.result_type(real.dtype, np.complex64))
    numbers.real, numbers.imag = real, imaginary
    return numbers


def rough_expm1(z: Numbers) -> Numbers:
    size = np.exp(z)
    return of_parts(
        np.where(z.real < 40, np.expm1(z.real) * np.cos(z.imag) - 2 * np.sin(z.imag / 2) ** 2, size.real), size.imag
    )


def rough_log1p(z: Numbers) -> Numbers:
    near_zero = np.log1p(2 * z.real + (z.real**2 + z.imag**2)) / 2
    size = np.abs(z)
    return of_parts(np.where(size < 0.5, near_zero, np.log(1 + z).real), np.arctan2(z.imag, 1 + z.real))


def quotient(a: Any, b: Any) -> Any:
    if abs(b) < mpmath.ldexp(1, -2000):
        raise ZeroDivisionError
    return a / b


def rough_quotient(a: Numbers, b: Numbers) -> Numbers:
    """By the textbook, but scaled; the parts of what is divided by 0 are."""
    by_zero = of_parts(a.real / b.real, a.imag / b.real)
    n, m = exponent(a), exponent(b)
    a, b = scaled(a, -n), scaled(b, -m)
    square = b.real**2 + b.imag**2
    result = of_parts((a.real * b.real + a.imag * b.imag) / square, (a.imag * b.real - a.real * b.imag) / square)
    return np.where(square == 0, by_zero, scaled(result, n - m))


def rough_sign(z: Numbers) -> Numbers:
    z = scaled(z, -exponent(z))
    size = np.where(z == 0, 1, np.abs(z))
    return of_parts(z.real / size, z.imag / size)


def exponent(z: Numbers) -> Numbers:
    return np.asarray(np.frexp(np.maximum(np.abs(z.real), np.abs(z.imag)))[1])


def scaled(z: Numbers, n: Numbers) -> Numbers:
    return of_parts(np.ldexp(z.real, n), np.ldexp(z.imag, n))


def one(
    name: str, exact: Callable[..., Any], samplers: tuple[Sampler, ...], rough: Callable[..., Any] | None = None
) -> Function:
    return Function(name, name.upper(), rough or getattr(np, name), exact, 1, samplers)


def algebraic(
    name: str,
    exact: Callable[..., Any],
    inputs: int,
    samplers: tuple[Sampler, ...],
    rough: Callable[..., Any] | None = None,
) -> Function:
    return Function(name, name.upper(), rough or getattr(np, name), exact, inputs, samplers, sided=False)


COMPLEX_FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("abs", "ABSOLUTE", np.abs, abs, 1, ANYWHERE),
        algebraic("sign", lambda z: quotient(z, abs(z)), 1, ANYWHERE, rough_sign),
        algebraic("add", lambda a, b: a + b, 2, PAIRS),
        algebraic("subtract", lambda a, b: a - b, 2, PAIRS),
        algebraic("multiply", lambda a, b: a * b, 2, PAIRS),
        algebraic("square", lambda z: z * z, 1, ANYWHERE),
        algebraic("divide", quotient, 2, (*PAIRS, hard_quotients), rough_quotient),
        algebraic("reciprocal", lambda z: quotient(1, z), 1, ANYWHERE, lambda z: rough_quotient(np.ones_like(z), z)),
        one("sqrt", mpmath.sqrt, ANYWHERE),
        one("exp", mpmath.exp, ANGLES),
        algebraic("expm1", lambda z: mpmath.exp(z) - 1, 1, ANGLES, rough_expm1),
        one("sinh", mpmath.sinh, ANGLES),
        one("cosh", mpmath.cosh, ANGLES),
        one("tanh", mpmath.tanh, ANGLES),
        one("sin", mpmath.sin, TURNED_ANGLES),
        one("cos", mpmath.cos, TURNED_ANGLES),
        one("tan", mpmath.tan, TURNED_ANGLES),
        one("log", mpmath.log, ANYWHERE),
        one("log2", lambda z: mpmath.log(z) / mpmath.log(2), ANYWHERE),
        one("log10", lambda z: mpmath.log(z) / mpmath.log(10), ANYWHERE),
        one("log1p", lambda z: mpmath.log(1 + z), ANYWHERE, rough_log1p),
        one("asinh", mpmath.asinh, ANYWHERE, np.arcsinh),
        one("acosh", mpmath.acosh, ANYWHERE, np.arccosh),
        one("atanh", mpmath.atanh, ANYWHERE, np.arctanh),
        one("asin", mpmath.asin, ANYWHERE, np.arcsin),
        one("acos", mpmath.acos, ANYWHERE, np.arccos),
        one("atan", mpmath.atan, ANYWHERE, np.arctan),
        Function("pow", "POWER", np.power, lambda a, b: mpmath.exp(b * mpmath.log(a)), 2, POWERS, sided=False),
    )
}

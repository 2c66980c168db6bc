"""The elementary functions that ulp.py measures: their references, and arguments that are hard for them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import mpmath
import numpy as np
from numpy.typing import NDArray

Reals = NDArray[Any]
BATCH = 1 << 17  # arguments at a time
Sampler = Callable[[np.random.Generator, int, "np.dtype[Any]"], tuple[Reals, ...]]


class Function(NamedTuple):
    """One elementary function: how to compute it roughly and exactly, and where to try it."""

    name: str  # the standard's
    operation: str  # the name of its operation code in _native
    rough: Callable[..., Reals]  # of NumPy, in more precision than the kernel's
    exact: Callable[..., Any]  # of mpmath
    inputs: int
    samplers: tuple[Sampler, ...]
    sided: bool = True  # of complex numbers: whether the signs of zeros matter


# --- where to look: one argument -------------------------------------------------------------------------------------


def integer_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    return np.dtype(f"u{dtype.itemsize}")


def bits(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    """Any bit pattern: all exponents alike, subnormals, infinities and nan among them."""
    return (rng.integers(0, 1 << 8 * dtype.itemsize, count, np.uint64).astype(integer_dtype(dtype)).view(dtype),)


def subnormals(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    tiny = np.finfo(dtype).smallest_subnormal
    size = rng.integers(1, 1 << rng.integers(1, np.finfo(dtype).nmant + 3, count)).astype(dtype)
    return (np.where(rng.random(count) < 0.5, -size, size) * tiny,)


def uniform(low: float, high: float) -> Sampler:
    def sample(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
        return (rng.uniform(low, high, count).astype(dtype),)

    return sample


def scales(low: float, high: float, *, positive: bool = False) -> Sampler:
    """Of any size between 2^low and 2^high."""

    def sample(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
        size = np.exp2(rng.uniform(low, high, count))
        return ((size if positive else np.where(rng.random(count) < 0.5, -size, size)).astype(dtype),)

    return sample


def near(*points: float) -> Sampler:
    """Around the points, at every distance: from the neighbouring numbers to half of the point's size."""

    def sample(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
        point = rng.choice(np.array(points, dtype), count)
        steps = np.exp2(rng.uniform(0, np.finfo(dtype).nmant, count)).astype(np.int64) - 1
        steps = np.where(rng.random(count) < 0.5, -steps, steps)
        near_zero = np.copysign(np.exp2(rng.uniform(-np.finfo(dtype).nmant, 0, count)), steps).astype(dtype)
        patterns = point.view(f"i{dtype.itemsize}") + steps
        around = patterns.astype(f"i{dtype.itemsize}").view(dtype)
        return (np.where(point == 0, near_zero, around),)

    return sample


def special_values(dtype: np.dtype[Any]) -> Reals:
    info = np.finfo(dtype)
    some = [0, 0.5, 1, 1.5, 2, 3, 10, np.inf, np.nan, info.max, info.tiny, info.smallest_subnormal, info.eps]
    some += [np.pi, np.pi / 2, np.pi / 4, np.e, np.log(2), 1 / 3, 1e5, 2.0**24, 2.0**25, 100, 710, 745, 88, 103]
    positive = np.array(some, dtype)
    around = [np.nextafter(positive, positive * 0), positive, np.nextafter(positive, np.array(np.inf, dtype))]
    every = np.concatenate(around)
    return np.concatenate([every, -every])


def specials(_rng: np.random.Generator, _count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    return (special_values(dtype),)


def quarter_turns(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    """Next to multiples of pi / 2 of all sizes."""
    info = np.finfo(dtype)
    size = np.exp2(rng.uniform(0, info.nmant + 8, count)).astype(np.int64).astype(np.longdouble)
    turns = (size * (np.longdouble("1.5707963267948966192313216916397514420985846996876"))).astype(dtype)
    moved = turns.view(f"i{dtype.itemsize}") + rng.integers(-2, 3, count).astype(f"i{dtype.itemsize}")
    return (np.where(rng.random(count) < 0.5, -1, 1).astype(dtype) * moved.astype(f"i{dtype.itemsize}").view(dtype),)


def nearest_turns(_rng: np.random.Generator, _count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    """For each exponent, the arguments that come closest to a multiple of pi / 2, from its continued fraction."""
    precision, largest = np.finfo(dtype).nmant + 1, int(np.finfo(dtype).maxexp)
    found: set[float] = set()
    with mpmath.workprec(largest + 4 * precision):
        for exponent in range(-precision, largest - precision + 1):
            ratio = mpmath.ldexp(1, exponent) / (mpmath.pi / 2)
            before, denominator = 0, 1
            ratio -= mpmath.floor(ratio)
            while denominator < 1 << precision and ratio > 0:
                for factor in {1, 2, 3, (1 << precision) // denominator, (1 << (precision - 1)) // denominator + 1}:
                    if factor * denominator < 1 << precision:
                        found.add(float(mpmath.ldexp(factor * denominator, exponent)))
                ratio = 1 / ratio
                whole = int(mpmath.floor(ratio))
                ratio -= whole
                before, denominator = denominator, whole * denominator + before
    turns = np.array(sorted(found)).astype(dtype)
    return (np.concatenate([turns, -turns]),)


def nearest(value: Any, dtype: np.dtype[Any]) -> float:
    """The normal number of the dtype next to one of mpmath."""
    with mpmath.workprec(np.finfo(dtype).nmant + 1):
        return float(+value)


# --- where to look: two arguments ------------------------------------------------------------------------------------


def pair(first: Sampler, second: Sampler) -> Sampler:
    def sample(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
        return (*first(rng, count, dtype), *second(rng, count, dtype))

    return sample


def special_pairs(_rng: np.random.Generator, _count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    values = special_values(dtype)
    return np.repeat(values, values.size), np.tile(values, values.size)


def alike(low: float, high: float) -> Sampler:
    """Of any size, the second between 2^low and 2^high times the first."""

    def sample(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
        (first,) = bits(rng, count, dtype)
        ratio = np.exp2(rng.uniform(low, high, count)) * np.where(rng.random(count) < 0.5, -1, 1)
        with np.errstate(all="ignore"):
            return first, (first.astype(np.longdouble) * ratio).astype(dtype)

    return sample


def quotients_near_subnormals(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    """Pairs whose product and quotient are about the smallest numbers of the dtype."""
    info = np.finfo(dtype)
    (first,) = bits(rng, count, dtype)
    with np.errstate(all="ignore"):
        size = np.ldexp(rng.uniform(0.5, 1, count).astype(np.longdouble), rng.integers(-info.nmant - 2, 3, count))
        size *= info.tiny
        second = np.where(rng.random(count) < 0.5, size / first, first / size)
        return first, second.astype(dtype)


def powers_in_range(low: float, high: float) -> Sampler:
    """Bases 2^+-[low, high], with an exponent that keeps the power within the range of the dtype, or just outside."""

    def sample(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
        size = np.exp2(rng.uniform(low, high, count)) * np.where(rng.random(count) < 0.5, -1, 1)
        base = np.exp2(size).astype(dtype)
        info = np.finfo(dtype)
        base = np.where((base == 1) | (base == 0) | ~np.isfinite(base), dtype.type(1) + info.eps, base)
        result = rng.uniform(info.minexp - info.nmant - 2, info.maxexp + 1, count)
        with np.errstate(all="ignore"):
            return base, (result / np.log2(base.astype(np.longdouble))).astype(dtype)

    return sample


def whole_powers(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    return rng.uniform(-30, 30, count).astype(dtype), rng.integers(-70, 70, count).astype(dtype)


def sums_near_one(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    """x of all sizes, and the y next to log(1 - exp(x)), or a few numbers beside it: exp(x) + exp(y) is close to 1."""
    few = min(count, 40000)  # mpmath is their only reference
    low = np.where(rng.random(few) < 0.5, -20, float(np.finfo(dtype).minexp - np.finfo(dtype).nmant))
    x = (-np.exp2(rng.uniform(low, 5))).astype(dtype)
    y = np.log(-np.expm1(x.astype(np.longdouble))).astype(dtype)
    steps = rng.integers(-2, 3, few) << rng.integers(0, np.finfo(dtype).nmant, few) * (rng.random(few) < 0.5)
    return x, (y.view(f"i{dtype.itemsize}") + steps.astype(f"i{dtype.itemsize}")).view(dtype)


def sums_nearest_one(rng: np.random.Generator, _count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    """Of stretches of x, those with log(1 - exp(x)) closest to a number of the dtype: the deepest cancelation."""
    precision = np.finfo(dtype).nmant + 1
    index = np.arange(1 << min(18, precision - 8), dtype=np.uint64)
    found: list[tuple[float, float]] = []
    for _ in range(100):
        start = dtype.type(-np.exp2(rng.uniform(-40, 3) if rng.random() < 0.5 else rng.uniform(-3, 0)))
        with mpmath.workprec(400):
            x = mpmath.mpf(float(start))
            unit_x = mpmath.ldexp(1, int(mpmath.frexp(x)[1]) - precision)
            y = mpmath.log(-mpmath.expm1(x))
            unit_y = mpmath.ldexp(1, int(mpmath.frexp(y)[1]) - precision)
            slope, bend = 1 / (1 - mpmath.exp(-x)), mpmath.exp(x) / mpmath.expm1(x) ** 2
            terms = (y / unit_y, -slope * unit_x / unit_y, -bend / 2 * unit_x**2 / unit_y)
            # How far y is from a number of the dtype, in 2^-64 units, modulo units: away from 0 the x are 1 unit apart.
            parts = [np.uint64(int(mpmath.floor(mpmath.ldexp(term, 64))) % 2**64) for term in terms]
            distance = (parts[0] + index * (parts[1] + index * parts[2])).view(np.int64)
            best = [x - int(index) * unit_x for index in np.argsort(np.abs(distance.astype(np.float64)))[:4]]
            found += [(float(x), nearest(mpmath.log(-mpmath.expm1(x)), dtype)) for x in best]
    first, second = np.array(found).astype(dtype).T
    return first, second


def close_pairs(rng: np.random.Generator, count: int, dtype: np.dtype[Any]) -> tuple[Reals, ...]:
    x = rng.normal(0, 1, count) * np.exp2(rng.uniform(-10, 10, count))
    return x.astype(dtype), (x + rng.uniform(-45, 45, count)).astype(dtype)


# --- the functions ---------------------------------------------------------------------------------------------------

ANYWHERE: tuple[Sampler, ...] = (specials, bits, subnormals, near(0.0))
TURNS: tuple[Sampler, ...] = (
    *ANYWHERE, uniform(-4, 4), uniform(-100, 100), scales(0, 30), quarter_turns, nearest_turns, scales(20, 128)
)  # fmt: skip
EXPONENTS: tuple[Sampler, ...] = (*ANYWHERE, uniform(-750, 715), uniform(-110, 95), uniform(-1, 1), uniform(-30, 30))
HYPERBOLIC: tuple[Sampler, ...] = (*EXPONENTS, scales(-12, 10), near(0.5, 1.0, 20.0))
LOGARITHMS: tuple[Sampler, ...] = (*ANYWHERE, near(1.0, 2.0, 0.5), uniform(0.4, 2.5), scales(-20, 20, positive=True))
UNIT: tuple[Sampler, ...] = (*ANYWHERE, uniform(-1, 1), near(1.0, -1.0), near(0.5, -0.5), scales(-30, 0))
PAIRS: tuple[Sampler, ...] = (
    special_pairs,
    pair(bits, bits),
    alike(-2, 2),
    alike(-30, 30),
    alike(-0.001, 0.001),
    pair(uniform(-1, 1), uniform(-1, 1)),
    pair(scales(-10, 10), scales(-10, 10)),
    pair(subnormals, subnormals),
    pair(subnormals, scales(-60, 60)),
)
QUOTIENTS: tuple[Sampler, ...] = (*PAIRS, quotients_near_subnormals)
POWERS: tuple[Sampler, ...] = (
    special_pairs,
    pair(bits, bits),
    powers_in_range(-52, 0),
    powers_in_range(-20, 10),
    powers_in_range(-2, 7),
    pair(uniform(0, 4), uniform(-20, 20)),
    pair(near(1.0), scales(0, 60)),
    pair(subnormals, uniform(-2, 2)),
    whole_powers,
)
LOG_SUMS: tuple[Sampler, ...] = (
    special_pairs,
    pair(bits, bits),
    close_pairs,
    sums_near_one,
    sums_nearest_one,
    pair(uniform(-50, 50), uniform(-50, 50)),
    pair(uniform(-1, 1), uniform(-1, 1)),
)


def logaddexp(x: Any, y: Any) -> Any:
    larger, smaller = max(x, y), min(x, y)
    with mpmath.workprec(mpmath.mp.prec + 200):
        return larger + mpmath.log1p(mpmath.exp(smaller - larger))


def rough_logaddexp(x: Reals, y: Reals) -> Reals:
    """Where its terms cancel, by mpmath."""
    result = np.logaddexp(x, y)
    for index in np.flatnonzero(np.abs(result) < np.abs(np.maximum(x, y)) / 16):
        with mpmath.workprec(300):
            exact = logaddexp(*(mpmath.mpf(float(argument[index])) for argument in (x, y)))
            high = float(mpmath.ldexp(exact, 200))  # of two parts, neither subnormal
            low = float(mpmath.ldexp(exact, 200) - high)
        result[index] = np.ldexp(result.dtype.type(high) + result.dtype.type(low), -200)
    return result


def log10(x: Any) -> Any:
    return mpmath.log(x) / mpmath.log(10)


def log2(x: Any) -> Any:
    return mpmath.log(x) / mpmath.log(2)


def one(name: str, exact: Callable[..., Any], samplers: tuple[Sampler, ...], rough: str = "") -> Function:
    return Function(name, name.upper(), getattr(np, rough or name), exact, 1, samplers)


def two(
    name: str, exact: Callable[..., Any], samplers: tuple[Sampler, ...], operation: str = "", rough: str = ""
) -> Function:
    return Function(name, operation or name.upper(), getattr(np, rough or name), exact, 2, samplers)


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        two("add", mpmath.fadd, PAIRS),
        two("subtract", mpmath.fsub, PAIRS),
        two("multiply", mpmath.fmul, QUOTIENTS),
        two("divide", mpmath.fdiv, QUOTIENTS),
        one("reciprocal", lambda x: 1 / x, ANYWHERE),
        one("square", lambda x: x * x, (*ANYWHERE, scales(-75, 64), scales(-538, 512))),
        one("sin", mpmath.sin, TURNS),
        one("cos", mpmath.cos, TURNS),
        one("tan", mpmath.tan, TURNS),
        one("asin", mpmath.asin, UNIT, "arcsin"),
        one("acos", mpmath.acos, UNIT, "arccos"),
        one("atan", mpmath.atan, (*ANYWHERE, uniform(-10, 10), scales(-30, 60), near(1.0, -1.0)), "arctan"),
        two("atan2", mpmath.atan2, PAIRS, rough="arctan2"),
        one("exp", mpmath.exp, EXPONENTS),
        one("expm1", mpmath.expm1, (*EXPONENTS, scales(-60, 5))),
        one("log", mpmath.log, LOGARITHMS),
        one("log1p", mpmath.log1p, (*ANYWHERE, uniform(-1, 1), scales(-60, 20), near(-1.0), near(1.0, -0.5))),
        one("log2", log2, LOGARITHMS),
        one("log10", log10, (*LOGARITHMS, near(10.0, 100.0, 1e5))),
        Function("logaddexp", "LOGADDEXP", rough_logaddexp, logaddexp, 2, LOG_SUMS),
        two("pow", mpmath.power, POWERS, operation="POWER", rough="power"),
        two("hypot", mpmath.hypot, PAIRS),
        one("sqrt", mpmath.sqrt, LOGARITHMS),
        one("sinh", mpmath.sinh, HYPERBOLIC),
        one("cosh", mpmath.cosh, HYPERBOLIC),
        one("tanh", mpmath.tanh, HYPERBOLIC),
        one("asinh", mpmath.asinh, (*ANYWHERE, uniform(-10, 10), scales(-30, 60), near(1.0, -1.0)), "arcsinh"),
        one("acosh", mpmath.acosh, (*ANYWHERE, uniform(1, 4), near(1.0, 2.0), scales(0, 60, positive=True)), "arccosh"),
        one("atanh", mpmath.atanh, UNIT, "arctanh"),
    )
}


def samples(function: Function, dtype: np.dtype[Any], count: int) -> Iterator[tuple[Reals, ...]]:
    """The arguments to try, the same in every run: `count` of each kind, or all where the kind is a list."""
    for position, sampler in enumerate(function.samplers):
        for start in range(0, count, BATCH):
            wanted = min(BATCH, count - start)
            seed = [zlib.crc32(f"{function.name} {dtype}".encode()), position, start]
            with np.errstate(all="ignore"):
                arguments = sampler(np.random.default_rng(seed), wanted, dtype)
            yield arguments
            if arguments[0].size != wanted:
                break

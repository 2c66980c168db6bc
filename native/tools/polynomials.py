"""How the coefficients of the kernels' polynomials were found: Remez's exchange in mpmath. No kernel is written here.

    python native/tools/polynomials.py [NAME ...]    print the coefficients, lowest degree first, and the largest error

Each polynomial p(z) of degree d is that with the smallest relative error of the function that it is part of: `weight`
turns the error of p into it. The coefficients are then rounded to the dtype that ends its name; the error is that
after rounding. The tangent of float32 is a quotient, computed in float64.

Where they are in native/kernels: formulas/sin_cos_float.h has sin, cos, tan; formulas/inverse_trigonometric_float.h has
asin, atan; formulas/exp_log_float.h has exp (EXP_TAIL), cubic (EXP_CUBIC), sinh, cosh, atanh; power/real_power.h has
log, power (of float32, computed in float64), sharp; hyperbolic/hyperbolic.h has odds; special/special.h has erf,
erfc; logarithm/log_sum_exp.h short_exp, short_atanh and 1 / k!; formulas/log_tables_float.h and the tables of families
have those called `table` (table_log2 times -2).
"""

from __future__ import annotations

import argparse
import math
import struct
from collections.abc import Callable
from typing import Any, NamedTuple

from mpmath import mp

mp.prec = 240
Real = Any
Curve = Callable[[Real], Real]


class Polynomial(NamedTuple):
    """What to approximate, where, by which degree, and the weight of its error."""

    curve: Curve
    weight: Curve
    low: Real
    high: Real
    degree: int
    settled: Real = 0  # the exchange ends when the extreme errors differ by this part of them
    first: int = 0  # the coefficients before it are not printed: they are so close to 1/2 that the kernel has 1/2


def tail(function: Curve, terms: Curve, power: int) -> Curve:
    """(function(x) - terms(x)) / x^power, of z = x^2; close to 0 the subtraction is done in more digits."""

    def curve(z: Real) -> Real:
        with mp.workprec(900):
            x = mp.sqrt(z)
            return (function(x) - terms(x)) / x**power

    return curve


def relative(function: Curve, power: int) -> Curve:
    def weight(z: Real) -> Real:
        x = mp.sqrt(z)
        return x**power / function(x)

    return weight


TINY = mp.mpf(2) ** -100  # instead of 0, where the curves have a limit
QUARTER_PI_SQUARED = (mp.pi / 4 * (1 + mp.mpf(2) ** -9)) ** 2  # reduced angles may be a little larger than pi/4


def odd(function: Curve, high: Real, degree: int) -> Polynomial:
    """function(x) = x + x^3 p(x^2)."""
    return Polynomial(tail(function, lambda x: x, 3), relative(function, 3), TINY, high, degree)


HALF_LN2 = mp.log(2) / 2 * mp.mpf("1.0001")
SETTLED = mp.mpf("1e-3")


def exponential(degree: int, first: int = 0) -> Polynomial:
    """exp(x) = 1 + x + x^2 p(x). The weight is not 0 at 0, where the errors would have no effect."""
    return Polynomial(
        with_limit(lambda x: (mp.exp(x) - 1 - x) / x**2, lambda x: mp.mpf(1) / 2 + x / 6),
        lambda x: x**2 + mp.mpf("1e-6"), -HALF_LN2, HALF_LN2, degree, SETTLED, first,
    )  # fmt: skip


def even_part(function: Curve, terms: Curve, power: int, limit: Curve, degree: int) -> Polynomial:
    """(function(x) - terms(x)) / x^power of z = x^2, for |x| up to ln 2 / 2."""
    curve = with_limit(tail(function, terms, power), limit)
    return Polynomial(curve, lambda z: z + mp.mpf("1e-3"), mp.mpf(0), HALF_LN2**2, degree, SETTLED)


def sinh(degree: int) -> Polynomial:
    return even_part(mp.sinh, lambda x: x, 3, lambda z: mp.mpf(1) / 6 + z / 120, degree)


def cosh(degree: int) -> Polynomial:
    return even_part(mp.cosh, lambda _: mp.mpf(1), 2, lambda z: mp.mpf(1) / 2 + z / 24, degree)


TWICE_ATANH = tail(lambda s: 2 * mp.atanh(s), lambda s: 2 * s, 3)


def atanh(degree: int) -> Polynomial:
    """2 atanh(s) = 2 s + s^3 p(s^2)."""
    curve = with_limit(TWICE_ATANH, lambda z: mp.mpf(2) / 3 + z * 2 / 5)
    return Polynomial(curve, lambda z: z + mp.mpf("1e-4"), mp.mpf(0), mp.mpf("0.19") ** 2, degree, SETTLED)


def sharp_atanh(degree: int) -> Polynomial:
    """2 atanh(s) = 2 s + s^3 (2/3 + s^2 p(s^2))."""
    curve = with_limit(lambda z: (TWICE_ATANH(z) - mp.mpf(2) / 3) / z, lambda z: mp.mpf(2) / 5 + z * 2 / 7)
    return Polynomial(curve, lambda z: z**2 + mp.mpf("1e-6"), mp.mpf(0), mp.mpf("0.1716") ** 2, degree, SETTLED)


def erf(degree: int) -> Polynomial:
    """erf(x) = x + x p(x^2), for |x| up to 3/4."""

    def ratio(z: Real) -> Real:
        return mp.erf(mp.sqrt(z)) / mp.sqrt(z) if z > 0 else 2 / mp.sqrt(mp.pi)

    return Polynomial(lambda z: ratio(z) - 1, lambda z: 1 / ratio(z), mp.mpf(0), mp.mpf(9) / 16, degree, SETTLED)


def erfc(largest: str, degree: int) -> Polynomial:
    """erfc(x) = exp(-x^2) p(t) / (1 + 2 x), t = (x - 4) / (x + 4)."""

    def curve(t: Real) -> Real:
        x = 4 * (1 + t) / (1 - t)
        return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x)

    high = (mp.mpf(largest) - 4) / (mp.mpf(largest) + 4)
    return Polynomial(curve, lambda t: 1 / curve(t), mp.mpf(-1), high, degree, SETTLED)


def with_limit(curve: Curve, limit: Curve) -> Curve:
    """The curve, and next to 0, where it is 0 / 0, the first terms of its series."""
    return lambda x: curve(x) if abs(x) > mp.mpf(10) ** -18 else limit(x)


TABLE_R = mp.mpf("0.0343")  # |r| of the logarithms by tables


def table_exponential(degree: int, weight: Curve) -> Polynomial:
    """exp(r) = 1 + r + r^2 p(r), for |r| up to ln 2 / 32."""

    def curve(r: Real) -> Real:
        with mp.workprec(500):
            return (mp.exp(r) - 1 - r) / r**2

    limited = with_limit(curve, lambda r: mp.mpf(1) / 2 + r / 6)
    return Polynomial(limited, weight, -HALF_LN2 / 16, HALF_LN2 / 16, degree, mp.mpf("1e-2"))


def table_logarithm(degree: int) -> Polynomial:
    """log(1 + r) = r + r^2 p(r), where a table has left a small r."""
    return Polynomial(
        with_limit(lambda r: (mp.log(1 + r) - r) / r**2, lambda r: -mp.mpf(1) / 2 + r / 3),
        lambda r: abs(r) + mp.mpf("1e-3"),
        -TABLE_R,
        TABLE_R,
        degree,
        mp.mpf("1e-2"),
    )


def cubic_slope(r: Real) -> Real:
    """log(1 + r) = r - r^2 / 2 - r^3 / 2 times this."""
    with mp.workprec(500):
        return -2 * (mp.log(1 + r) - r + r**2 / 2) / r**3


POLYNOMIALS = {
    "sin_f64": odd(mp.sin, QUARTER_PI_SQUARED, 5),
    "sin_f32": odd(mp.sin, QUARTER_PI_SQUARED, 2),
    "cos_f64": Polynomial(tail(mp.cos, lambda x: 1 - x * x / 2, 4), relative(mp.cos, 4), TINY, QUARTER_PI_SQUARED, 5),
    "cos_f32": Polynomial(tail(mp.cos, lambda x: 1 - x * x / 2, 4), relative(mp.cos, 4), TINY, QUARTER_PI_SQUARED, 2),
    "tan_f64": odd(lambda x: 2 * mp.tan(x / 2), QUARTER_PI_SQUARED, 8),
    "asin_f64": odd(mp.asin, mp.mpf(1) / 4, 12),
    "asin_f32": odd(mp.asin, mp.mpf(1) / 4, 4),
    "atan_f64": odd(mp.atan, mp.mpf(1) / 4, 11),
    "atan_f32": odd(mp.atan, mp.mpf(1) / 4, 4),
    "exp_f64": exponential(9),
    "exp_f32": exponential(4),
    "cubic_f64": exponential(10, 1),
    "cubic_f32": exponential(5, 1),
    "sinh_f64": sinh(4),
    "sinh_f32": sinh(2),
    "cosh_f64": cosh(5),
    "cosh_f32": cosh(2),
    "atanh_f64": atanh(7),
    "atanh_f32": atanh(3),
    "log_f64": atanh(4),
    "power_f64": exponential(5),
    "sharp_f64": sharp_atanh(6),
    "short_exp_f64": exponential(7),
    "short_atanh_f64": Polynomial(
        with_limit(TWICE_ATANH, lambda z: mp.mpf(2) / 3 + z * 2 / 5),
        lambda z: z + mp.mpf("1e-4"),
        mp.mpf(0),
        mp.mpf(1) / 9,
        6,
        SETTLED,
    ),
    "erf_f64": erf(11),
    "erf_f32": erf(6),
    "erfc_f64": erfc("28", 22),
    "erfc_f32": erfc("10.5", 11),
    "table_log_f32": table_logarithm(3),
    "table_log_f64": table_logarithm(8),
    "table_log2_f32": Polynomial(
        with_limit(lambda r: (mp.log(1 + r) - r + r**2 / 2) / r**3, lambda r: mp.mpf(1) / 3 - r / 4),
        lambda r: r**2 + mp.mpf("1e-5"),
        -TABLE_R,
        TABLE_R,
        3,
        mp.mpf("1e-2"),
    ),
    "table_exp_f32": table_exponential(1, lambda r: r**2 + mp.mpf("1e-6")),
    "table_expm1_f32": table_exponential(2, lambda r: abs(r) + mp.mpf("1e-4")),
    "table_ln_f64": Polynomial(
        with_limit(cubic_slope, lambda r: -mp.mpf(2) / 3 + r / 2),
        lambda r: abs(r) ** 3 + mp.mpf("1e-7"),
        -TABLE_R,
        TABLE_R,
        8,
        mp.mpf("1e-2"),
    ),
    "table_exp_f64": table_exponential(5, lambda r: r**2 + mp.mpf("1e-6")),
    "table_exp2_f32": Polynomial(
        with_limit(lambda r: (2**r - 1) / r, lambda r: mp.log(2) + r * mp.log(2) ** 2 / 2),
        lambda r: abs(r) + mp.mpf("1e-3"),
        -mp.mpf(1) / 32,
        mp.mpf(1) / 32,
        3,
        mp.mpf("1e-2"),
    ),
    "table_cosh_f32": Polynomial(
        with_limit(tail(mp.cosh, lambda _: mp.mpf(1), 2), lambda z: mp.mpf(1) / 2 + z / 24),
        lambda z: z + mp.mpf("1e-6"),
        mp.mpf(0),
        (HALF_LN2 / 16) ** 2,
        0,
        mp.mpf("1e-2"),
    ),
    "table_sinh_f32": Polynomial(
        with_limit(tail(mp.sinh, lambda x: x, 3), lambda z: mp.mpf(1) / 6 + z / 120),
        lambda z: z + mp.mpf("1e-6"),
        mp.mpf(0),
        (HALF_LN2 / 16) ** 2,
        0,
        mp.mpf("1e-2"),
    ),
    "odds_f64": Polynomial(lambda v: 1 / (2 - v), lambda v: 2 - v, mp.mpf(0), mp.mpf(1), 2, SETTLED),
}


def fit(wanted: Polynomial) -> list[Real]:
    """The coefficients, by exchange: solve for an error that alternates at degree + 2 points, then move the points."""
    count = wanted.degree + 2
    middle, half = (wanted.high + wanted.low) / 2, (wanted.high - wanted.low) / 2
    points = [middle - half * mp.cos(mp.pi * k / (count - 1)) for k in range(count)]
    steps = 60 * (count - 1) if wanted.settled else 40 * count
    grid = [middle - half * mp.cos(mp.pi * k / steps) for k in range(steps + 1)]
    values = [(wanted.curve(z), wanted.weight(z)) for z in grid]
    coefficients: list[Real] = []
    for _ in range(12):
        rows, right = mp.matrix(count, count), mp.matrix(count, 1)
        for row, z in enumerate(points):
            for power in range(count - 1):
                rows[row, power] = z**power
            rows[row, count - 1] = (-1) ** row / wanted.weight(z)
            right[row] = wanted.curve(z)
        solution = mp.lu_solve(rows, right)
        coefficients = list(solution)[:-1]
        errors = [weight * (value - horner(coefficients, z)) for z, (value, weight) in zip(grid, values)]
        largest = extremes(errors, count)
        points = [grid[index] for index in largest]
        sizes = [abs(errors[index]) for index in largest]
        if max(sizes) - min(sizes) < max(sizes) * wanted.settled:
            break
    return coefficients


def extremes(errors: list[Real], count: int) -> list[int]:
    """Where the largest error is between each two changes of its sign."""
    runs: list[int] = [0]
    for index in range(1, len(errors)):
        if (errors[index] > 0) == (errors[runs[-1]] > 0):
            if abs(errors[index]) > abs(errors[runs[-1]]):
                runs[-1] = index
        else:
            runs.append(index)
    while len(runs) > count:
        runs.pop(0 if abs(errors[runs[0]]) < abs(errors[runs[-1]]) else -1)
    if len(runs) < count:
        raise ArithmeticError("the error does not alternate often enough: too high a degree for the precision")
    return runs


def quotient() -> list[Real]:
    """p1, p2, q1, q2 of x (1 + p1 z + p2 z^2) / (1 + q1 z + q2 z^2): tan(x) at the four Chebyshev points of z = x^2."""
    rows, right = mp.matrix(4, 4), mp.matrix(4, 1)
    for row in range(4):
        z = QUARTER_PI_SQUARED / 2 * (1 - mp.cos(mp.pi * (2 * row + 1) / 8))
        x, tangent = mp.sqrt(z), mp.tan(mp.sqrt(z))
        rows[row, 0], rows[row, 1], rows[row, 2], rows[row, 3] = x * z, x * z * z, -tangent * z, -tangent * z * z
        right[row] = tangent - x
    return list(mp.lu_solve(rows, right))


def inverse_factorials() -> list[int]:
    """1/2!, 1/3!, ... 1/24! in units of 2^-254."""
    return [((1 << 255) // math.factorial(k) + 1) // 2 for k in range(2, 25)]


def horner(coefficients: list[Real], z: Real) -> Real:
    result = mp.mpf(0)
    for coefficient in reversed(coefficients):
        result = result * z + coefficient
    return result


def rounded(name: str, value: Real) -> float:
    return struct.unpack("f", struct.pack("f", value))[0] if name.endswith("f32") else float(value)


def literal(name: str, value: float) -> str:
    return f"{value.hex()}f".replace("0000000p", "p") if name.endswith("f32") else value.hex()


def main() -> None:
    parser = argparse.ArgumentParser(description="The coefficients of the kernels' polynomials.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {' '.join(POLYNOMIALS)} (all)")
    for name in parser.parse_args().names or POLYNOMIALS:
        wanted = POLYNOMIALS[name]
        exact = fit(wanted)
        coefficients = [rounded(name, coefficient) for coefficient in exact]
        steps = [wanted.low + (wanted.high - wanted.low) * k / 2000 for k in range(2001)]
        error = max(abs(wanted.weight(z) * (wanted.curve(z) - horner(coefficients, z))) for z in steps)
        print(f"{name}: degree {wanted.degree}, relative error 2^{float(mp.log(error, 2)):.1f}")
        print("    " + ", ".join(literal(name, coefficient) for coefficient in coefficients[wanted.first :]))
        print(f"    of the first is left {literal(name, rounded(name, exact[0] - coefficients[0]))}")
    print("tangent of float32: " + ", ".join(float(coefficient).hex() for coefficient in quotient()))
    print("1 / k!, the lowest word first:")
    for value in inverse_factorials():
        print("    " + ", ".join(hex(value >> 64 * word & (1 << 64) - 1) for word in range(4)))


if __name__ == "__main__":
    main()

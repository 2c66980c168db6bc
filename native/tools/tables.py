"""How the tables of native/kernels/formulas/tables.h and log_tables_float.h were made, and those of the by_tables.h of
the families. No kernel is written here.

    python native/tools/tables.py    print the tables, one after the other

Their polynomials are among those of polynomials.py, with names that begin with `table`.
"""

from __future__ import annotations

import math
import struct
from typing import Any

from mpmath import mp

mp.prec = 240
Real = Any
OFFSET = 0x3F340000  # bits of the first number of the first interval
COUNT = 16
GRID = 2**17  # the first part of a logarithm is a multiple of 1 / GRID,
LONG_GRID = 2**42  # in float64
BASES = (("ln", mp.e), ("log2", mp.mpf(2)), ("log10", mp.mpf(10)))


def number(bits: int) -> float:
    return float(struct.unpack("f", struct.pack("I", bits))[0])


def float32(value: Real) -> float:
    return float(struct.unpack("f", struct.pack("f", float(value)))[0])


def factor(index: int) -> float:
    """The number c of few bits with the smallest |z c - 1| in an interval of z, all of which are float32 numbers."""
    first, last = number(OFFSET + (index << 19)), number(OFFSET + (index + 1 << 19) - 1)
    if first <= 1 <= last:
        return 1.0
    best = (math.inf, 0.0)
    for bits in range(1, 9):
        for steps in range(int(0.7 * 2**bits), int(1.5 * 2**bits)):
            c = steps / 2**bits
            largest = max(abs(first * c - 1), abs(last * c - 1))
            unit = 2.0 ** (-bits - (24 if first < 1 else 23))  # of all z c
            if largest <= 2**24 * unit:
                best = min(best, (largest, c))
    return best[1]


def show(name: str, values: list[float]) -> None:
    print(f"{name}:")
    print("    " + ", ".join(f"{value.hex()}f".replace("0000000p", "p") for value in values))


TANH_TERMS = 8
TOP = 0x41000000  # bits of 8, where the last interval begins
LARGEST = 9.02  # from here on tanh is 1


def tanh_centre(index: int, low: float, high: float) -> float:
    """A number near the middle whose tanh is almost a float32 number; large ones are further apart."""
    if index == 0:
        return 0.0
    middle = struct.unpack("I", struct.pack("f", (low + high) / 2))[0]
    candidates = [number(middle + step * (1 if index < 14 else 300)) for step in range(-1500, 1501)]

    def miss(candidate: float) -> Real:
        value = mp.tanh(mp.mpf(candidate))
        return abs(value - float32(value)) / value

    return min(candidates, key=miss)


def tanh_piece(index: int) -> tuple[float, float, float, list[float]]:
    """Centre, value and slope of an interval, and the polynomial of what is left, through the Chebyshev points."""
    low = number(TOP - (15 - index << 22)) if index else 0.0
    high = number(TOP - (14 - index << 22)) if index < 15 else LARGEST
    centre = tanh_centre(index, low, high)
    value, slope = float32(mp.tanh(mp.mpf(centre))), float(mp.nint(8 * (1 - mp.tanh(centre) ** 2)) / 8)
    first, last = mp.mpf(low if index else -high) - centre, mp.mpf(high) - centre
    rows, right = mp.matrix(TANH_TERMS, TANH_TERMS), mp.matrix(TANH_TERMS, 1)
    for row in range(TANH_TERMS):
        t = (first + last) / 2 + (last - first) / 2 * mp.cos(mp.pi * (2 * row + 1) / (2 * TANH_TERMS))
        for power in range(TANH_TERMS):
            rows[row, power] = t**power
        right[row] = (mp.tanh(centre + t) - value) / t - slope
    return centre, value, slope, [float32(coefficient) for coefficient in mp.lu_solve(rows, right)]


def show_long(factors: list[float], powers: list[Real]) -> None:
    """Those of float64."""
    for name, base in BASES:
        logarithms = [-mp.log(c) / mp.log(base) for c in factors]
        highs = [mp.nint(logarithm * LONG_GRID) / LONG_GRID for logarithm in logarithms]
        print(f"{name}_highs_f64:\n    " + ", ".join(float(high).hex() for high in highs))
        lows = [logarithm - high for logarithm, high in zip(logarithms, highs)]
        print(f"{name}_lows_f64:\n    " + ", ".join(float(low).hex() for low in lows))
    bits = [struct.unpack("Q", struct.pack("d", float(power)))[0] - (n << 48) for n, power in enumerate(powers)]
    step = mp.log(2) / COUNT
    first = mp.nint(step * 2**46) / 2**46
    for name, values in (
        ("exp_misses_f64", [power / float(power) - 1 for power in powers]),
        ("ln 2 / 16, what that misses, 16 / ln 2", [first, step - first, 1 / step]),
    ):
        print(f"{name}:\n    " + ", ".join(float(value).hex() for value in values))
    print("exp_roots_f64:\n    " + ", ".join(f"{value:#018x}" for value in bits))


def main() -> None:
    factors = [factor(index) for index in range(COUNT)]
    show("log_factors", factors)
    for name, base in BASES:
        logarithms = [-mp.log(c) / mp.log(base) for c in factors]
        highs = [mp.nint(logarithm * GRID) / GRID for logarithm in logarithms]
        show(f"{name}_highs", [float32(high) for high in highs])
        show(f"{name}_lows", [float32(logarithm - high) for logarithm, high in zip(logarithms, highs)])
    powers = [mp.mpf(2) ** (mp.mpf(n) / COUNT) for n in range(COUNT)]
    bits = [struct.unpack("I", struct.pack("f", float(power)))[0] - (n << 19) for n, power in enumerate(powers)]
    print("exp_roots:\n    " + ", ".join(f"{value:#010x}" for value in bits))
    show("exp_misses", [float32(power / float32(power) - 1) for power in powers])
    step = mp.log(2) / COUNT
    show("ln 2 / 16, what that misses, 16 / ln 2", [float32(v) for v in (step, step - float32(step), 1 / step)])
    show_long(factors, powers)
    pieces = [tanh_piece(index) for index in range(COUNT)]
    show("tanh_centres", [piece[0] for piece in pieces])
    show("tanh_values", [piece[1] for piece in pieces])
    show("tanh_slopes", [piece[2] for piece in pieces])
    for term in range(TANH_TERMS):
        show(f"tanh_rest[{term}]", [piece[3][term] for piece in pieces])


if __name__ == "__main__":
    main()

"""The arrays of the differential test: values of every dtype, shapes and layouts. Nothing is computed here.

Everything is fixed, so that a failure comes back. The values are drawn once, with a fixed seed, from lists that hold
what breaks functions: ends of integers, signed zeros, subnormals, infinities and nan.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import numpy as np

BOOL = ("bool",)
SIGNED = ("int8", "int16", "int32", "int64")
UNSIGNED = ("uint8", "uint16", "uint32", "uint64")
INTEGERS = SIGNED + UNSIGNED
FLOATS = ("float32", "float64")
COMPLEX = ("complex64", "complex128")
FLOATING = FLOATS + COMPLEX
REAL = INTEGERS + FLOATS
NUMERIC = REAL + COMPLEX
BITS = BOOL + INTEGERS
ALL = BOOL + NUMERIC

SHAPES = ((), (1,), (0,), (7,), (67,), (0, 3), (3, 0), (4, 5), (1, 6, 1), (2, 3, 4))
LAYOUTS = ("C", "F", "reversed", "stepped", "shifted", "repeated", "one", "read-only", "swapped")


@cache
def special(name: str) -> np.ndarray:
    """What breaks functions, of one dtype, and ordinary numbers besides; one axis, read-only."""
    dtype = np.dtype(name)
    if dtype.kind == "b":
        found = np.asarray([False, True])
    elif dtype.kind in "iu":
        ends = np.iinfo(dtype)
        near = [ends.min, ends.min + 1, ends.max - 1, ends.max, ends.max // 2 + 1, ends.max // 3, 100, 11, 7]
        found = np.asarray([0, 1, 2, 3, 5, *near, *([-1, -2, -3, -7, -100] if dtype.kind == "i" else [])], dtype)
    elif dtype.kind == "f":
        info = np.finfo(dtype)
        whole = 2.0**info.nmant
        sizes = [0.0, 1.0, np.inf, info.smallest_subnormal, info.tiny, info.max, info.eps, 0.1, 0.5, 0.75, 1.5, 2.0]
        sizes += [2.5, 3.0, 3.75, 7.0, 20.5, 88.0, 100.25, whole + 1, whole / 2 + 0.5, 1e-5, 1e10]
        found = np.asarray([*sizes, *[-size for size in sizes], np.nan], dtype)
    else:
        info = np.finfo(dtype)
        parts = [0.0, 1.0, np.inf, 0.25, 3.5, 40.0, info.max / 8, info.tiny * 8]
        parts += [-part for part in parts] + [np.nan]
        found = np.asarray([complex(real, imag) for real, imag in product(parts, parts)], dtype)
    found.flags.writeable = False
    return found


def known(name: str, pool: str) -> np.ndarray:
    """The list of special values, or the finite ones of them, or as many others."""
    found = special(name)
    return (
        found[np.isfinite(found)]
        if pool == "finite"
        else found
        if pool == "special"
        else values(name, found.size, pool)
    )


@cache
def values(name: str, size: int, pool: str) -> np.ndarray:
    """So many elements. Pool "special": of the list above; "finite": those of them that are; "whole": small whole
    numbers, whose sums are exact; "powers": of 2, near 1, whose products are exact; "mixed": whole numbers, nan and
    infinity; "ties": few numbers, many times; "rough": with fractions."""
    dtype = np.dtype(name)
    draw = np.random.default_rng(size + 1)
    if pool in ("special", "finite") or dtype.kind == "b":
        listed = known(name, pool if pool == "finite" else "special")
        return listed[draw.permutation(max(size, listed.size))[:size] % listed.size]
    if pool == "powers":
        factors = {"u": [1, 2, 3], "i": [1, -1, 2, 3], "f": [1, -1, 2, 0.5, -0.5], "c": [1, -1, 1j, -1j, 2, 0.5]}
        return draw.choice(np.asarray(factors[dtype.kind], dtype), size)
    low, high = (0, 4) if pool == "ties" else (-9, 10)
    numbers = draw.integers(0 if dtype.kind == "u" else low, high, size).astype(dtype)
    if dtype.kind == "c":
        numbers = numbers + 1j * draw.integers(low, high, size)
    if pool == "rough" and dtype.kind in "fc":
        numbers = numbers + draw.normal(size=size)
        if dtype.kind == "c":
            numbers = numbers + 1j * draw.normal(size=size)
    numbers = numbers.astype(dtype)
    if pool in ("mixed", "ties") and dtype.kind in "fc":
        for value in (-0.0, np.nan, np.inf):
            numbers[draw.random(size) < 0.1] = value
    return numbers


def laid_out(flat: np.ndarray, shape: tuple[int, ...], layout: str) -> np.ndarray | None:
    """Fresh memory that holds `flat` in this shape and layout; None where the shape has no such layout.

    "repeated" and "one" hold the first elements only, again and again.
    """
    plain = flat.reshape(shape)
    if layout == "C":
        return plain.copy()
    if layout == "read-only":
        fresh = plain.copy()
        fresh.flags.writeable = False
        return fresh
    if layout == "shifted":  # one element into its memory, which ends one element later
        fresh = np.zeros(flat.size + 2, flat.dtype)[1:-1].reshape(shape)
    elif layout == "one":
        return np.broadcast_to(flat[:1].copy().reshape(()), shape) if flat.size else None
    elif not shape:
        return None
    elif layout == "reversed":
        fresh = np.zeros(shape, flat.dtype)[(slice(None, None, -1),) * len(shape)]
    elif layout == "stepped":
        fresh = np.zeros(tuple(2 * size + 1 for size in shape), flat.dtype)[(slice(1, None, 2),) * len(shape)]
    elif layout == "repeated":
        return np.broadcast_to(plain[:1].copy(), shape) if shape[0] else None
    elif len(shape) < 2:
        return None
    elif layout == "F":
        fresh = np.zeros(shape[::-1], flat.dtype).T
    else:  # "swapped": neither C nor Fortran order, one axis backwards
        fresh = np.moveaxis(np.zeros((shape[-1], *shape[:-1]), flat.dtype), 0, -1)[::-1]
    fresh[...] = plain
    return fresh


@cache
def array(name: str, shape: tuple[int, ...], layout: str = "C", pool: str = "special") -> np.ndarray | None:
    """One array for all tests, which therefore must leave it as it is."""
    return laid_out(values(name, int(np.prod(shape, dtype=int)), pool), shape, layout)


def arrays(names: tuple[str, ...], pool: str = "special", shapes: Any = SHAPES) -> Iterator[np.ndarray]:
    """Every dtype, shape and layout."""
    for name, shape, layout in product(names, shapes, LAYOUTS):
        made = array(name, shape, layout, pool)
        if made is not None:
            yield made

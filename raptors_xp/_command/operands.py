"""The operands of the cases of `bench --all`: from the case's dtype, domain and size, by the names in its statement."""

import math
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy

DOMAINS: Final[dict[str, tuple[float, float]]] = {
    "any": (-10.0, 10.0),
    "unit": (-0.95, 0.95),
    "positive": (0.1, 10.0),
    "above one": (1.1, 10.0),
    "shifts": (0.0, 7.0),
    "few": (0.0, 50.0),
}
# The shapes that matrices and arrays of rank 3 of about so many elements have.
_MATRICES: Final = {16: (4, 4), 1_000: (25, 40), 100_000: (250, 400)}
_CUBES: Final = {16: (2, 4, 2), 1_000: (10, 10, 10), 100_000: (50, 40, 50)}
_SIDE: Final = 32  # of the matrices of a stack


def matrix_shape(size: int) -> tuple[int, int]:
    return _MATRICES.get(size, (math.isqrt(size), math.isqrt(size)))


def _cube_shape(size: int) -> tuple[int, int, int]:
    side = round(size ** (1 / 3))
    return _CUBES.get(size, (side, side, side))


def _square_shape(size: int) -> tuple[int, ...]:
    """One square matrix, or a stack of small ones where decomposing that would take seconds."""
    side = math.isqrt(size)
    return (side, side) if size <= 100_000 else (size // _SIDE**2, _SIDE, _SIDE)


def _values(name: str, shape: tuple[int, ...], dtype: str, domain: str) -> Any:
    generator = numpy.random.default_rng(zlib.crc32(name.encode()))
    low, high = DOMAINS[domain]
    if dtype == "bool":
        return generator.integers(0, 2, shape).astype(bool)
    if dtype.startswith(("int", "uint")):
        start = 1 if dtype == "uint8" or low > 0 else int(low) * 10
        return generator.integers(start, 8 if domain == "shifts" else 51 if domain == "few" else 101, shape, dtype)
    if domain == "few":
        return generator.integers(0, 51, shape).astype(dtype)
    values = generator.uniform(low, high, shape)
    if dtype.startswith("complex"):
        values = values + 1j * generator.uniform(low, high, shape)
    return values.astype(dtype)


def _plain(size: int) -> dict[str, tuple[int, ...]]:
    """The names of what is made of numbers, with their shapes."""
    rows, columns = matrix_shape(size)
    return {
        "x": (size,),
        "y": (size,),
        "xs": (2 * size,),  # every other element of it
        "ys": (2 * size,),
        "m": (rows, columns),
        "k": (rows, columns),
        "mt": (rows, columns),  # transposed
        "kt": (rows, columns),
        "row": (columns,),
        "column": (rows, 1),
        "cube": _cube_shape(size),
        "short": (max(1, size // 8), 8),
        "eight": (8,),
        "square": (math.isqrt(size), math.isqrt(size)),
        "other": (math.isqrt(size), math.isqrt(size)),
        "vector": (math.isqrt(size),),
        "tall": (max(4, size // 32), 32 if size >= 1000 else 4),
        "stack": _square_shape(size),
        "right": _square_shape(size),
        "threes": (max(1, size // 3), 3),
    }


def _special(name: str, size: int) -> Any:
    """What is not made of numbers of the case's dtype, as NumPy has it; None for a name that is none of these."""
    generator = numpy.random.default_rng(zlib.crc32(name.encode()))
    rows, columns = matrix_shape(size)
    if name == "mask":
        return generator.integers(0, 2, size).astype(bool)
    if name == "index":
        return generator.integers(0, size, max(4, size // 4))
    if name == "rows":
        return generator.integers(0, rows, rows)
    if name == "order":
        return numpy.argsort(generator.uniform(size=(rows, columns)), axis=1)
    return None


def _operand(name: str, shapes: Mapping[str, tuple[int, ...]], dtype: str, domain: str, size: int) -> Any:
    found = _special(name, size)
    if found is not None:
        return found
    if name == "ordered":
        return numpy.sort(_values(name, shapes["x"], dtype, domain))
    if name in ("symmetric", "definite"):
        values = _values(name, shapes["stack"], dtype, "unit")
        turned = numpy.swapaxes(values, -1, -2)
        identity = numpy.eye(values.shape[-1], dtype=dtype)
        return values + turned if name == "symmetric" else values @ turned + identity * values.dtype.type(1)
    if name in ("stack", "right"):
        return _values(name, shapes[name], dtype, "unit")
    return _values(name, shapes[name], dtype, domain)


def _view(name: str, array: Any) -> Any:
    if name in ("xs", "ys"):
        return array[::2]
    return array.T if name in ("mt", "kt") else array


def operands(statement: str, dtype: str, domain: str, size: int, wrap: Callable[[Any], Any]) -> dict[str, Any]:
    """The operands that a statement names; `wrap` makes a library's array of NumPy's."""
    shapes = _plain(size)
    used = set(compile(statement, "statement", "exec").co_names)
    known = {*shapes, "mask", "index", "rows", "order", "ordered", "symmetric", "definite"}
    made = {name: wrap(_operand(name, shapes, dtype, domain, size)) for name in sorted(used & known)}
    plain = {"n": size, "side": math.isqrt(size), "numbers": [float(number) for number in range(min(size, 1000))]}
    return {name: _view(name, array) for name, array in made.items()} | plain

"""Runs a program twice, with raptors_xp and with NumPy, and compares all arrays after each line. Draws nothing."""

import re
import warnings
from types import SimpleNamespace
from typing import Any

import numpy as np

import raptors_xp

LARGEST = 200_000  # elements


def values(shape: tuple[int, ...], dtype: str, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    low, high = (0, 6) if dtype[0] == "u" else (0, 2) if dtype == "bool" else (-4, 6)
    drawn = generator.integers(low, high, shape).astype(dtype)
    return drawn + drawn[..., ::-1] * 1j if dtype.startswith("complex") and shape else drawn


def drawn_indices(shape: tuple[int, ...], dtype: str, low: int, high: int, seed: int) -> np.ndarray:
    info = np.iinfo(dtype)
    return np.random.default_rng(seed).integers(max(low, info.min), min(high, info.max), shape).astype(dtype)


def squared(xp: Any) -> Any:
    """A function for the product of a matrix with its transpose, if that is small."""
    return lambda x: xp.matmul(x, xp.matrix_transpose(x)) if x.size < 5000 else x


def ours() -> dict[str, Any]:
    xp = raptors_xp
    return {
        "xp": xp,
        "np": np,
        "make": lambda *what: xp.asarray(values(*what), copy=True),
        "indices": lambda *what: xp.asarray(drawn_indices(*what), copy=True),
        "squared": squared(xp),
        "apart": lambda value: value,
        "sort": lambda x, axis, descending: xp.sort(x, axis=axis, descending=descending),
        "argsort": lambda x, axis, descending: xp.argsort(x, axis=axis, descending=descending),
    }


def argsorted(x: np.ndarray, axis: int, descending: bool) -> np.ndarray:
    if not descending:
        return np.argsort(x, axis=axis, stable=True)
    backwards = np.argsort(np.flip(x, axis), axis=axis, stable=True)  # equal elements keep their order
    return np.flip(x.shape[axis] - 1 - backwards, axis)


def broadcast(x: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    result = np.broadcast_to(x, shape)
    if result.size > x.size:
        return result
    return x.reshape(result.shape) if result.size else np.empty(shape, x.dtype)  # with nothing to protect from writing


def theirs() -> dict[str, Any]:
    """NumPy, with what it does otherwise on purpose put right."""
    names = {name: getattr(np, name) for name in dir(raptors_xp) if hasattr(np, name)}
    xp = SimpleNamespace(**names)
    xp.unique_values = np.unique  # in order, which the other is not
    xp.broadcast_to = broadcast
    xp.flip = lambda x: np.flip(x) if x.ndim else x  # always a view
    # Of several values for one element the last one stays, and NumPy counts in the memory order of the index array.
    xp.astype = lambda x, dtype: x.astype(dtype, order="C")
    return {
        "xp": xp,
        "np": np,
        "make": values,
        "indices": drawn_indices,
        "squared": squared(xp),
        # Of what overlaps a masked target, NumPy reads what it has written. A scalar it takes for a Python int.
        "apart": lambda value: np.array(value) if isinstance(value, (np.ndarray, np.generic)) else value,
        "sort": lambda x, axis, descending: (
            np.flip(np.sort(x, axis=axis), axis) if descending else np.sort(x, axis=axis)
        ),
        "argsort": argsorted,
    }


def are_rounded(ours: Any, theirs: Any) -> bool:
    """True if the elements are alike, and floats beyond the whole numbers that the dtype holds exactly."""
    found, due = np.asarray(ours), np.asarray(theirs)
    if due.dtype.kind not in "fc" or found.dtype != due.dtype or found.shape != due.shape:
        return False
    finite = np.abs(due[np.isfinite(due)])
    exact = 1.0 / np.finfo(due.dtype).epsneg
    tolerance = 1e-4 if due.real.dtype == np.float32 else 1e-12
    return bool(np.any(finite > exact)) and np.allclose(found, due, rtol=tolerance, atol=0, equal_nan=True)


def difference(ours: Any, theirs: Any) -> str | None:
    """How our array differs from NumPy's, or None."""
    theirs = np.asarray(theirs)
    if str(ours.dtype) != theirs.dtype.name or ours.shape != theirs.shape:
        return f"{ours.dtype} {ours.shape}, not {theirs.dtype} {theirs.shape}"
    found = np.asarray(ours)
    if np.array_equal(found, theirs, equal_nan=theirs.dtype.kind in "fc"):
        return None
    where = np.argwhere(found != theirs)[:1].tolist()
    return f"other elements, the first at {where}"


# What we refuse and NumPy does not, as docs/differences.md says; a program ends there.
REFUSED = re.compile(
    "|".join(
        [
            "out of bounds for array of dimension 0",  # axis=0 of an array without axes
            "holds no matrices",  # tril of an array with one axis
            "would lose the imaginary parts",
            "dtype (bool|complex64|complex128) .*is not supported",
            "is not a matrix",
            "take: indices has dtype bool",
            r"could not be broadcast to the selection's shape \(.*\b0\b",  # no elements into none
            "where: x[12]=-.* is out of range",  # which NumPy lets wrap around
            r"index \d{19,20} is out of bounds",  # of uint64, which NumPy takes for negative
            "take: index .* is out of bounds",  # of results without elements, NumPy checks no index
            "an in-place operator keeps",  # NumPy casts int64 to int8 there
            "does not fit in an array of dtype .*; use its real",  # complex values in a real array
            "fits? no integer dtype|both int64 and uint64",
        ]
    )
)


# And what NumPy refuses: a sequence of one number as an element, and values of several axes for a mask.
LENIENT = re.compile(
    "only 0-dimensional arrays can be converted|setting an array element with a sequence|"
    "boolean array indexing assignment"
)


def step(line: str, names: dict[str, Any]) -> Exception | None:
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            exec(line, names)
    except Exception as error:
        return error
    for name, value in names.items():
        if isinstance(value, np.generic):  # here scalars are arrays
            names[name] = np.asarray(value)
    return None


def is_meant(line: str, mistakes: tuple[Exception | None, Exception | None], names: dict[str, Any]) -> bool:
    """True if one of the two refuses the line, and is known to."""
    mine, numpys = (None if each is None else str(each) for each in mistakes)
    if mine is None or numpys is not None:
        return mine is None and numpys is not None and LENIENT.search(numpys) is not None
    target = names.get(line[:2])
    is_empty = target is not None and target.size == 0  # whether that can be written, nobody knows
    return REFUSED.search(mine) is not None or (is_empty and "the array is read-only" in mine)


def is_array(name: str) -> bool:
    return name[0] == "a" and name[1:].isdecimal()


def judge(lines: list[str]) -> str | None:
    """What is wrong, with the line; None if nothing is. Stops at a line that NumPy alone or we alone refuse."""
    first, second = ours(), theirs()
    for number, line in enumerate(lines):
        mistakes = step(line, first), step(line, second)
        if is_meant(line, mistakes, second):
            return None
        if any(isinstance(each, (SystemError, RecursionError)) for each in mistakes):
            return f"line {number}, {line}: {mistakes[0]!r}"
        if (mistakes[0] is None) != (mistakes[1] is None):
            return f"line {number}, {line}: ours {mistakes[0]!r}, NumPy's {mistakes[1]!r}"
        for name in filter(is_array, second):
            wrong = difference(first[name], second[name])
            if wrong is not None and are_rounded(first[name], second[name]):
                return None  # what follows may differ by more
            if wrong is not None:
                return f"line {number}, {line}: {name} has {wrong}"
            if second[name].size > LARGEST:  # what doubles at each line takes all the time
                return None
    return None

"""How results are compared. A reference that gives arrays means exactly these; else it gives one of the classes here,
which say how close a result must be. `difference` returns what is wrong, or None.

Exactly means: dtype, shape, every element; nan for nan, and zeros of the same sign.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

import raptors_xp as xp


class Close(NamedTuple):
    """Elements within `limit` ULP of `values`, which have a wider dtype than the `dtype` due; complex ones within that
    much of their modulus. What is nan, infinite or 0 must be so exactly, but for signs that are free.
    """

    values: np.ndarray
    dtype: np.dtype
    limit: float
    free: Any = False  # where the sign of zeros, and all signs beside nan, are left open
    scale: Any = 0.0  # ULP of this, where it is larger than the result


class Near(NamedTuple):
    """Elements off by at most `bound`, a number or an array that broadcasts; nan for nan, infinity for infinity.

    Zeros that must be zeros have any sign where that is `free`.
    """

    values: np.ndarray
    bound: Any
    free: Any = True


class Blank(NamedTuple):
    """An array of which nothing but shape and dtype is defined."""

    shape: tuple[int, ...]
    dtype: np.dtype


class Such(NamedTuple):
    """Any result for which a function returns None; else it returns what is wrong. It is given NumPy's arrays."""

    check: Callable[[Any], str | None]


def difference(ours: Any, theirs: Any) -> str | None:
    """What keeps our result from being what the reference gave; None if nothing does."""
    if isinstance(theirs, Such):
        return theirs.check(as_numpy(ours))
    if isinstance(theirs, (tuple, list)) and not isinstance(theirs, (Close, Near, Blank)):
        return _in_sequence(ours, theirs)
    if isinstance(theirs, (np.ndarray, np.generic, Close, Near, Blank)):
        return _in_array(ours, theirs)
    if isinstance(theirs, np.dtype):
        return None if ours is getattr(xp, theirs.name) else f"{ours!r}, not {theirs.name}"
    if isinstance(theirs, dict):
        return _in_sequence(list(ours.items()), list(theirs.items()))
    same = type(ours) is type(theirs) and (ours == theirs or (ours != ours and theirs != theirs))
    return None if same else f"{ours!r}, not {theirs!r}"


def as_numpy(ours: Any) -> Any:
    """A result with NumPy's arrays in place of ours."""
    if isinstance(ours, (tuple, list)):
        return [as_numpy(each) for each in ours]
    return np.asarray(ours) if isinstance(ours, xp.Array) else ours


def _in_sequence(ours: Any, theirs: Any) -> str | None:
    # A tuple of its own class may have names; NumPy gives lists where the standard has tuples.
    if not isinstance(ours, (tuple, list)) or len(ours) != len(theirs):
        return f"{ours!r} is no sequence of {len(theirs)}"
    for number, (mine, other) in enumerate(zip(ours, theirs)):
        wrong = difference(mine, other)
        if wrong:
            return f"[{number}]: {wrong}"
    return None


def _in_array(ours: Any, theirs: Any) -> str | None:
    if not isinstance(ours, xp.Array):
        return f"{ours!r} is no array"
    due = theirs.values if isinstance(theirs, (Close, Near)) else theirs
    dtype = theirs.dtype if isinstance(theirs, Close) else due.dtype
    if ours.dtype.name != dtype.name:
        return f"dtype {ours.dtype.name}, not {dtype.name}"
    if ours.shape != due.shape:
        return f"shape {ours.shape}, not {due.shape}"
    mine = np.asarray(ours)
    with np.errstate(all="ignore"):
        if isinstance(theirs, Close):
            return _not_close(mine, theirs)
        if isinstance(theirs, Near):
            return _not_near(mine, theirs)
    return None if isinstance(theirs, Blank) else _not_same(mine, np.asarray(due))


def _parts(x: np.ndarray) -> list[np.ndarray]:
    return [x.real, x.imag] if x.dtype.kind == "c" else [x]


def _alike(mine: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (mine == other) | ((mine != mine) & (other != other))


def _not_same(ours: np.ndarray, theirs: np.ndarray) -> str | None:
    if ours.tobytes() == theirs.tobytes():
        return None
    same = np.ones(ours.shape, bool)
    for mine, other in zip(_parts(ours), _parts(theirs)):
        same &= _same(mine, other)
    return _first(~same, ours, theirs)


def _same(mine: np.ndarray, other: np.ndarray, free: Any = False, beside_nan: Any = False) -> np.ndarray:
    """Where parts are the same; zeros may have any sign where that is free, and beside nan everything may."""
    alike = _alike(mine, other)
    if mine.dtype.kind != "f":
        return alike
    alike &= (mine != 0) | (np.signbit(mine) == np.signbit(other)) | free
    return alike | (beside_nan & (np.abs(mine) == np.abs(other)))


def _not_close(ours: np.ndarray, due: Close) -> str | None:
    rounded = due.values.astype(due.dtype)
    # The wider function is a library's, good to a few of its own ULP.
    slack = 4 * float(np.finfo(due.values.dtype).eps / np.finfo(due.dtype).eps)
    size = np.abs(rounded)
    by_part = ~np.isfinite(size)  # infinite moduli measure nothing
    wrong = np.zeros(ours.shape, bool)
    beside_nan = due.free & np.isnan(rounded)
    for mine, other, exact in zip(_parts(ours), _parts(rounded), _parts(due.values)):
        unit = np.spacing(np.maximum(np.where(by_part, np.abs(other), size), np.asarray(due.scale, size.dtype)))
        near = np.abs(mine.astype(exact.dtype) - exact) <= (due.limit + slack) * unit
        near &= np.isfinite(mine) & np.isfinite(other)
        near &= exact != 0  # where the result is 0, and not only rounded to it, its sign counts
        wrong |= ~near & ~_same(mine, other, due.free, beside_nan)
    return _first(wrong, ours, rounded)


def _not_near(ours: np.ndarray, due: Near) -> str | None:
    wrong = np.zeros(ours.shape, bool)
    for mine, other in zip(_parts(ours), _parts(due.values)):
        signs = (mine != 0) | (other != 0) | (np.signbit(mine) == np.signbit(other)) | due.free
        wrong |= ~((np.isfinite(other) & (np.abs(mine - other) <= due.bound)) | _alike(mine, other)) | ~signs
    return _first(wrong, ours, due.values)


def _first(wrong: np.ndarray, ours: np.ndarray, theirs: np.ndarray) -> str | None:
    if not wrong.any():
        return None
    where = tuple(int(place[0]) for place in np.nonzero(np.atleast_1d(wrong)))
    mine, other = np.atleast_1d(ours)[where], np.atleast_1d(theirs)[where]
    return f"{np.count_nonzero(wrong)} of {wrong.size} elements, at {where}: {mine!r}, not {other!r}"

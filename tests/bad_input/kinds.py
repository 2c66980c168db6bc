"""What bad calls are made of: arrays, and for each kind of argument the values that it is not, with their error.

The calls are in calls_of_values.py and its neighbours.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

import raptors_xp as xp


class Bad(NamedTuple):
    """Arguments that replace good ones, the error they deserve, and what its message must say."""

    arguments: dict[str, Any]
    error: type[Exception]
    words: tuple[str, ...]


class Function(NamedTuple):
    """A call that works, and those that do not."""

    good: dict[str, Any]
    bad: list[Bad]


# --- arrays that calls are made of -----------------------------------------------------------------------------------

TWO = xp.asarray([1.0, 2.0])
VECTOR = xp.asarray([3.0, 1.0, 2.0])
MATRIX = xp.asarray([[4.0, 0.0], [2.0, 3.0]])
WIDE = xp.asarray([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
STACK = xp.asarray([[[2.0, 1.0], [1.0, 2.0]], [[1.0, 1.0], [1.0, 1.0]], [[3.0, 0.0], [0.0, 1.0]]])
SINGULAR = xp.asarray([[1.0, 2.0], [2.0, 4.0]])
NEGATIVE = xp.asarray([[-1.0, 0.0], [0.0, 1.0]])
NOT_FINITE = xp.asarray([[float("nan"), 1.0], [1.0, float("inf")]])
INTEGERS = xp.asarray([2, 0, 1])
SMALL = xp.asarray([1, 2, 3], dtype=xp.int8)
MASK = xp.asarray([True, False, True])
COMPLEX = xp.asarray([1j, 2.0, 3.0])
SCALAR = xp.asarray(1.5)
EMPTY = xp.asarray([[], []])
CUBE = xp.reshape(xp.arange(12.0), (2, 3, 2))
DEEP = xp.reshape(xp.asarray([5.0, 6.0]), (1,) * 63 + (2,))
TRANSPOSED = xp.reshape(xp.arange(6.0), (3, 2)).T
READONLY = xp.broadcast_to(xp.asarray(7.0), (3,))
ARRAYS = {name: value for name, value in list(globals().items()) if isinstance(value, xp.Array)}
NOT_INTEGERS = ("bool", "float32", "float64", "complex64", "complex128")
HUGE = 10**5000  # more digits than Python prints


class Strange:
    """No array, no number, and its repr fails."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")


# --- kinds of arguments: values that they are not, with the error ----------------------------------------------------

Values = list[tuple[Any, type[Exception]]]

NOT_ARRAYS: Values = [
    (each, TypeError) for each in (None, "text", [1, 2], np.asarray(["a"]), object, {1: 2}, Strange())
]
ARRAY: Values = [*NOT_ARRAYS, (1.5, TypeError), (True, TypeError)]
OPERAND: Values = NOT_ARRAYS
INTEGER: Values = [(each, TypeError) for each in (0.5, 2.0, "1", None, True, [1], 1j, VECTOR, np.float64(1), Strange())]
FLAG: Values = [(each, TypeError) for each in (None, 2, -1, "yes", 1.0, [True], MASK, np.float64(1))]
REAL: Values = [(each, TypeError) for each in (None, "1", 1j, True, [1.0], VECTOR, Strange())]
REAL += [(10**400, OverflowError), (HUGE, OverflowError)]
DTYPE: Values = [
    (each, TypeError) for each in ("float63", "f2", 3, np.float16, np.dtype("U1"), np.dtype(">f8"), object, str, VECTOR)
]
DEVICE: Values = [(each, ValueError) for each in ("gpu", "CPU", 0, ("cpu",), np.asarray(["cpu", "cpu"]), VECTOR)]
SEVERAL_INTEGERS: Values = [
    (each, TypeError)
    for each in (0.5, "01", True, (0, True), (0, 1.0), (None,), {0}, {0: 1}, VECTOR, b"ab", Strange(), None)
]
SHAPE: Values = [
    *[(each, TypeError) for each in (2.0, "3", None, (1, 2.0), True, (2, True), {2, 3}, {2: 3}, VECTOR, b"ab", 1j)],
    *[(each, ValueError) for each in (-1, (2, -1), (1,) * 65, (-(2**70), 2), -HUGE)],
    *[(each, MemoryError) for each in (2**70, (2**40, 2**40), (2**70, 0), (0, 2**40, 2**40), HUGE)],
]


def but_none(values: Values) -> Values:
    """The values but None, which is allowed."""
    return [each for each in values if each[0] is not None]


def and_none(values: Values) -> Values:
    """The values and None, which is not allowed."""
    return [*values, (None, TypeError)]


def axis(rank: int) -> Values:
    """What is no axis of an array of that rank."""
    wrong: Values = [(each, IndexError) for each in (rank, -rank - 1, 2**70, -HUGE)]
    return wrong + [(each, TypeError) for each in (0.5, "0", True, (0,), [0], 0j, VECTOR, Strange())]


def axes(rank: int) -> Values:
    """What are no axes of an array of that rank, one or several."""
    wrong: Values = [(each, IndexError) for each in (rank, -rank - 1, 2**70, (0, rank), [-rank - 1, 0], (0, HUGE))]
    wrong += [(each, ValueError) for each in ((0, 0), (0, -rank), tuple(range(rank)) * 2)]
    return wrong + [(each, TypeError) for each in (0.5, "0", True, (0, True), (0, 1.0), (None,), {0}, {0: 1}, VECTOR)]


def repeatable_axes(rank: int) -> Values:
    """As axes, where one may come twice."""
    return [each for each in axes(rank) if each[1] is not ValueError]


def option(*others: Any) -> Values:
    """What is none of a parameter's options."""
    return [(each, ValueError) for each in ("nonsense", "", 3, ["left"], np.asarray(["a", "b"]), VECTOR, *others)]


# --- entries of the table ---------------------------------------------------------------------------------------------


def function(good: dict[str, Any], bad: list[Bad] | None = None, /, **kinds: Values) -> Function:
    """An entry: all values that the kinds of the parameters rule out, and special ones."""
    entries = [Bad({name: value}, error, (name,)) for name, values in kinds.items() for value, error in values]
    return Function(good, entries + (bad or []))


def both(error: type[Exception], *words: str, **arguments: Any) -> Bad:
    """Arguments that are wrong together."""
    return Bad(arguments, error, words)


def of_dtypes(parameter: str, shape: tuple[int, ...], dtypes: Iterable[str]) -> list[Bad]:
    """Arrays whose dtypes the parameter does not take."""
    return [Bad({parameter: xp.zeros(shape, dtype=getattr(xp, each))}, TypeError, (parameter, each)) for each in dtypes]

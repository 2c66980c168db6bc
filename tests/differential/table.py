"""How every function of the namespace is called, what it is compared with, and how closely. No test here.

The calls are written in NumPy's arrays and dtypes; the test hands ours over the same memory to the function. Here is
the table and what calls are made of; its rows are in rows_of_values.py and its neighbours.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, product
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from differential.inputs import (
    ALL,
    LAYOUTS,
    SHAPES,
    array,
    arrays,
    known,
)

Arguments = tuple[tuple[Any, ...], dict[str, Any]]
Calls = Callable[[], Iterable[Arguments]]


class Row(NamedTuple):
    """One function."""

    calls: Calls
    reference: Callable[..., Any]
    views: bool = False  # whether results may be views of arguments
    ours: Callable[..., Any] | None = None  # how to call it, where the name does not say
    like: str = ""  # the function whose intended differences it has, if not its own


TABLE: dict[str, Row] = {}


def rows(
    names: str,
    calls: Calls,
    reference: Callable[..., Any] | None = None,
    *,
    around: Callable[[Callable[..., Any]], Callable[..., Any]] | None = None,
    **more: Any,
) -> None:
    """Puts functions into the table; without a reference it is NumPy's of the same name, with `around` put around."""
    for name in names.split():
        assert name not in TABLE
        theirs = reference or attrgetter(name)(np)
        TABLE[name] = Row(calls, around(theirs) if around else theirs, **more)


def both(*parts: Calls) -> Calls:
    return lambda: chain.from_iterable(part() for part in parts)


def third(calls: Calls) -> Calls:
    """Every third call: of functions that go the same way as another one, which has them all."""
    return lambda: islice(calls(), 0, None, 3)


# --- arguments --------------------------------------------------------------------------------------------------------

PAIRS = (
    ((), (3,)),
    ((4, 1), (1, 5)),
    ((2, 3, 4), (4,)),
    ((1,), (0,)),
    ((3, 1), (3, 0)),
    ((2, 1, 4), (3, 1)),
    ((4, 5), (5, 4)),
)
SCALARS = (False, True, 0, 1, -1, 3, 200, 2.5, -0.0, float("nan"), float("-inf"), 1.5 - 2j)
KINDS = {bool: "biufc", int: "iufc", float: "fc", complex: "c"}


def one(names: tuple[str, ...], pool: str = "special") -> Calls:
    """One operand of every dtype, shape and layout, and every special value."""

    def calls() -> Iterator[Arguments]:
        for x in arrays(names, pool):
            yield (x,), {}
        for name in names:
            yield (known(name, pool),), {}

    return calls


def two(names: tuple[str, ...], pool: str = "special") -> Calls:
    """Two operands: every pair of special values, of layouts, of dtypes, shapes that broadcast, scalars either side."""

    def calls() -> Iterator[Arguments]:
        for name, other in product(names, names):
            x, y = known(name, pool), known(other, pool)
            yield (x[:, None], y), {}
            if name == other:
                yield tuple(each.reshape(-1) for each in np.broadcast_arrays(x[:, None], y)), {}
        for name in names:
            for shape, layout, other in product(((67,), (2, 3, 4), (4, 5), (0, 3), ()), LAYOUTS, LAYOUTS):
                x, y = array(name, shape, layout, pool), array(name, shape, other, pool)
                if x is not None and y is not None and (other in (layout, "C", "stepped", "one") or layout == "F"):
                    yield (x, y), {}
            for left, right in PAIRS:
                pair = array(name, left, "C", pool), array(name, right, "C", pool)
                yield pair, {}
                yield pair[::-1], {}
            for scalar in SCALARS:
                if np.dtype(name).kind in KINDS[type(scalar)] and (pool == "special" or np.isfinite(scalar)):
                    for shape, layout in (((2, 3, 4), "swapped"), ((0, 3), "C"), ((), "C"), ((67,), "C")):
                        x = array(name, shape, layout, pool)
                        yield (x, scalar), {}
                        yield (scalar, x), {}

    return calls


# So many elements are worked on in chunks, by several threads.
LARGE = (((100_100,), "C"), ((308, 325), "F"))
KEEP = ({}, {"keepdims": True})


def axes_of(x: np.ndarray, several: bool = True) -> Iterator[Any]:
    """None, every axis from either end, one that is not there; several: none, two, all."""
    yield None
    yield from range(-x.ndim, x.ndim + 1)
    if several:
        yield ()
        if x.ndim > 1:
            yield (0, -1)
            yield (1, 0)
            yield tuple(range(x.ndim))
            yield (0, 0)


def along(
    names: tuple[str, ...],
    pool: str,
    *options: dict[str, Any],
    several: bool = True,
    none: bool = True,
    least: int = 0,
) -> Calls:
    """One array of so many axes at least, over all its axes, with each of the options."""

    def calls() -> Iterator[Arguments]:
        for x in arrays(names, pool, [shape for shape in SHAPES if len(shape) >= least]):
            for axis, option in product(axes_of(x, several), options or ({},)):
                if axis is not None or none:
                    yield (x,), {"axis": axis, **option}
            yield (x,), {}
        for name, (shape, layout) in product(names[:: max(1, len(names) - 1)], LARGE):
            for axis in range(len(shape)):
                yield (array(name, shape, layout, pool),), {"axis": axis}

    return calls


def with_shapes(*options: tuple[tuple[Any, ...], dict[str, Any]]) -> Calls:
    """One array of every kind with each of the options; most suit some shapes only, and raise for others."""

    def calls() -> Iterator[Arguments]:
        for x in arrays(ALL):
            for more, keywords in options:
                yield (x, *more), keywords

    return calls

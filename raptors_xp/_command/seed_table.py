"""The seed table: its rows, what is right, and how a row is timed beside NumPy. Shows nothing and reads no options.
docs/performance.md explains every choice."""

import functools
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any, Final

import numpy

import raptors_xp
from raptors_xp import _native
from raptors_xp._command.measuring import Patience, Timing, interleave
from raptors_xp._command.reporting import UsageError

SIZES: Final = (512, 1024, 2048)
DTYPES: Final = ("float32", "float64")


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of row. The statement is the same text for both libraries: `xp` is one namespace or the other."""

    name: str
    statement: str
    stream: str  # the native loop that moves the same bytes: "read" them, or read and write them ("copy")
    axis: int | None = None


OPERATIONS: Final = (
    Operation("sum", "xp.sum(x)", "read"),
    Operation("mean", "xp.mean(x)", "read"),
    Operation("mean axis 0", "xp.mean(x, axis=0)", "read", axis=0),
    Operation("mean axis 1", "xp.mean(x, axis=1)", "read", axis=1),
    Operation("broadcast_add", "x + row", "copy"),
    Operation("scale", "x * 1.7", "copy"),
)


_SETUP: Final = """
values = numpy.random.default_rng({size})
x = xp.asarray(values.uniform(-1, 1, ({size}, {size})).astype("{dtype}"), copy=True)
row = xp.asarray(values.uniform(-1, 1, {size}).astype("{dtype}"), copy=True)
"""


def setup(dtype: str, size: int) -> str:
    """Makes the operands `x` and `row` out of `xp` and `numpy`: here, and in processes of other builds."""
    return _SETUP.format(size=size, dtype=dtype)


@dataclass(frozen=True, slots=True)
class Row:
    operation: Operation
    dtype: str
    size: int

    @property
    def name(self) -> str:
        return f"{self.operation.name} {self.dtype} {self.size}"

    @property
    def read_bytes(self) -> int:
        return self.size * self.size * numpy.dtype(self.dtype).itemsize

    @property
    def bytes_moved(self) -> int:
        return self.read_bytes * (2 if self.operation.stream == "copy" else 1)


ROWS: Final = tuple(Row(operation, dtype, size) for operation in OPERATIONS for dtype in DTYPES for size in SIZES)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measured row. `wrong` says what is wrong with the result, or is empty."""

    row: Row
    wrong: str
    numpy: Timing
    ours: Timing
    stream: Timing
    other: Timing | None

    @property
    def ratio(self) -> float:
        return self.numpy.median / self.ours.median

    @property
    def p90_ratio(self) -> float:
        return self.numpy.p90 / self.ours.p90

    @property
    def share(self) -> float:
        """Of the bandwidth: stream() moved the same bytes through the same caches, right after."""
        return self.stream.median / self.ours.median

    def as_json(self) -> dict[str, object]:
        return {
            "operation": self.row.operation.name,
            "statement": self.row.operation.statement,
            "dtype": self.row.dtype,
            "size": self.row.size,
            "correct": not self.wrong,
            "wrong": self.wrong,
            "calls": len(self.ours.samples),
            "numpy_median": self.numpy.median,
            "ours_median": self.ours.median,
            "ratio": self.ratio,
            "numpy_p90": self.numpy.p90,
            "ours_p90": self.ours.p90,
            "p90_ratio": self.p90_ratio,
            "bytes": self.row.bytes_moved,
            "stream_median": self.stream.median,
            "bandwidth_share": self.share,
            "other_median": None if self.other is None else self.other.median,
        }


# --- data and correctness ------------------------------------------------------------------------------------------
@functools.cache
def operands(dtype: str, size: int) -> dict[str, Any]:
    """The matrix and the row of a table row, in our memory; NumPy works on the same bytes."""
    names: dict[str, Any] = {"xp": raptors_xp, "numpy": numpy}
    exec(setup(dtype, size), names)
    return {name: names[name] for name in ("x", "row")}


@functools.cache
def whole_numbers(dtype: str, size: int) -> Any:
    """Small integers as floats. Their sums, and these divided by a power of two, are exact in any order of adding."""
    values = numpy.random.default_rng(size).integers(-8, 9, (size, size))
    return raptors_xp.asarray(values.astype(dtype), copy=True)


def as_numpy(names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: numpy.asarray(value) for name, value in names.items()}


def fault(row: Row) -> str:
    """What is wrong with our result, or nothing."""
    ours = {"xp": raptors_xp, **operands(row.dtype, row.size)}
    theirs = {"xp": numpy, **as_numpy(operands(row.dtype, row.size))}
    code = compile(row.operation.statement, row.name, "eval")
    result, expected = numpy.asarray(eval(code, ours)), eval(code, theirs)
    if result.dtype != expected.dtype or result.shape != expected.shape:
        return f"gives {result.dtype} {result.shape}, NumPy {expected.dtype} {expected.shape}"
    if row.operation.stream == "copy":  # one rounding an element: the bits are prescribed
        different = int(numpy.sum(result.view(f"u{result.itemsize}") != expected.view(f"u{result.itemsize}")))
        return f"{different} of {result.size} elements differ from NumPy" if different else ""
    exact = whole_numbers(row.dtype, row.size)
    result_exact = numpy.asarray(eval(code, ours | {"x": exact}))
    if not numpy.array_equal(result_exact, eval(code, theirs | {"x": numpy.asarray(exact)})):
        return "differs from NumPy on whole numbers, whose sums are exact in any order"
    reference, bound = rounding(row, theirs["x"])
    excess = numpy.abs(result.astype(numpy.longdouble) - reference) / bound
    if not bool(numpy.all(excess <= 1)):
        return f"is {float(numpy.max(excess)):.3g} times the rounding error allowed away from the exact result"
    return ""


def rounding(row: Row, x: Any) -> tuple[Any, Any]:
    """The sum or mean with more digits, and how far rounding may take us from it.

    Adding n numbers pairwise, with at most 256 of them one after another at the leaves, is off by at most
    (256 + log2 n) u sum|x|, u half a unit in the last place of 1 (Higham, Accuracy and Stability, section 4.2).
    """
    axis = row.operation.axis
    count = x.size if axis is None else x.shape[axis]
    total = numpy.sum(x, axis=axis, dtype=numpy.longdouble)
    magnitude = numpy.sum(numpy.abs(x), axis=axis, dtype=numpy.longdouble)
    additions = min(count, 256 + math.log2(count)) + 1  # one more for the division of a mean
    divisor = 1 if row.operation.name == "sum" else count
    half_unit = float(numpy.finfo(x.dtype).eps) / 2
    return total / divisor, additions * half_unit * magnitude / divisor


# --- measuring -----------------------------------------------------------------------------------------------------
def measure(row: Row, patience: Patience, shuffler: random.Random, burst: int, other: ModuleType | None) -> Outcome:
    wrong = fault(row)
    ours = operands(row.dtype, row.size)
    theirs = as_numpy(ours)
    contestants: list[tuple[str, Mapping[str, object]]] = [
        (row.operation.statement, {"xp": numpy, **theirs}),
        (row.operation.statement, {"xp": raptors_xp, **ours}),
    ]
    if other is not None:
        names = {name: other.from_dlpack(value) for name, value in theirs.items()}
        contestants.append((row.operation.statement, {"xp": other, **names}))
    timings = interleave(contestants, patience, shuffler, burst=burst)
    stream = _measure_stream(row, theirs["x"], patience, shuffler)
    return Outcome(row, wrong, timings[0], timings[1], stream, timings[2] if other is not None else None)


def _measure_stream(row: Row, matrix: Any, patience: Patience, shuffler: random.Random) -> Timing:
    """Native loops over the row's bytes, on all threads. On their own: among the others they would keep our threads
    awake for us; and in succession: that is what the machine can give."""
    names = {
        "stream": _native.stream,
        "allocate": _native.allocate,
        "count": row.read_bytes,
        "matrix": _native.borrow(matrix)[0],
        "totals": _native.allocate(row.read_bytes // 1024),
    }
    # The copy goes into recycled memory: the block that our own results have, in the same cache.
    copy, read = "stream('copy', allocate(count), matrix)", "stream('read', totals, matrix)"
    shorter = replace(patience, seconds=patience.seconds / 4)
    return interleave([(copy if row.operation.stream == "copy" else read, names)], shorter, shuffler)[0]


def chosen_rows(pattern: str | None) -> list[Row]:
    """The rows whose name holds every word of the pattern."""
    words = (pattern or "").split()
    chosen = [row for row in ROWS if all(word in f"{row.name} " for word in words)]
    if not chosen:
        names = ", ".join(operation.name for operation in OPERATIONS)
        raise UsageError(
            f"--rows {pattern!r} matches no row: give words of a row's name, "
            f"which is an operation ({names}), a dtype ({', '.join(DTYPES)}) and a size ({', '.join(map(str, SIZES))})"
        )
    return chosen

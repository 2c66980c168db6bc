"""`python -m raptors_xp bench`: the seed table and its options. The other parts are in probes.py, the clock in
measuring.py. docs/performance.md explains every choice."""

import argparse
import functools
import importlib
import json
import math
import os
import random
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy

import raptors_xp
from raptors_xp import _native
from raptors_xp._command import doctor, probes
from raptors_xp._command.measuring import Patience, Timing, busy_processes, geometric_mean, interleave
from raptors_xp._command.reporting import Cell, Progress, Table, UsageError, duration, markdown, require_modules, show

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
    values = numpy.random.default_rng(size)
    return {
        "x": raptors_xp.asarray(values.uniform(-1, 1, (size, size)).astype(dtype), copy=True),
        "row": raptors_xp.asarray(values.uniform(-1, 1, size).astype(dtype), copy=True),
    }


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


# --- showing -------------------------------------------------------------------------------------------------------
def table(outcomes: Sequence[Outcome], title: str, other: str | None) -> Table:
    columns: tuple[str, ...] = ("operation", "dtype", "size", "NumPy", "raptors_xp", "ratio", "p90", "bandwidth")
    if other is not None:
        columns = (*columns, other, f"over {other}")
    drawn = Table(title, (*columns, "check"), words=2)
    for outcome in outcomes:
        row = outcome.row
        cells: list[Cell | str] = [
            row.operation.name,
            row.dtype,
            f"{row.size}²",
            duration(outcome.numpy.median),
            duration(outcome.ours.median),
            _ratio(outcome.ratio),
            _ratio(outcome.p90_ratio),
            f"{outcome.share:.0%}",
        ]
        if outcome.other is not None:
            cells += [duration(outcome.other.median), _ratio(outcome.other.median / outcome.ours.median)]
        drawn.add(*cells, Cell("WRONG", "bold red") if outcome.wrong else Cell("right", "green"))
    drawn.notes.append(summary_line(outcomes))
    drawn.notes += [f"WRONG: {outcome.row.name} {outcome.wrong}" for outcome in outcomes if outcome.wrong]
    return drawn


def _ratio(value: float) -> Cell:
    return Cell(f"{value:.2f}x", "bold red" if value < 1 else "yellow" if value < 1.2 else "green")


def summary(outcomes: Sequence[Outcome]) -> dict[str, object]:
    lowest = min(outcomes, key=lambda outcome: outcome.ratio)
    lowest_p90 = min(outcomes, key=lambda outcome: outcome.p90_ratio)
    return {
        "rows": len(outcomes),
        "geometric_mean": geometric_mean([outcome.ratio for outcome in outcomes]),
        "lowest": lowest.ratio,
        "lowest_row": lowest.row.name,
        "below_1": sum(outcome.ratio < 1 for outcome in outcomes),
        "geometric_mean_p90": geometric_mean([outcome.p90_ratio for outcome in outcomes]),
        "lowest_p90": lowest_p90.p90_ratio,
        "lowest_p90_row": lowest_p90.row.name,
        "below_1_p90": sum(outcome.p90_ratio < 1 for outcome in outcomes),
        "wrong": sum(bool(outcome.wrong) for outcome in outcomes),
    }


def summary_line(outcomes: Sequence[Outcome]) -> str:
    found = summary(outcomes)
    return (
        f"geometric mean {found['geometric_mean']:.2f}x, lowest {found['lowest']:.2f}x ({found['lowest_row']}), "
        f"{found['below_1']} of {found['rows']} rows below 1.0x\n"
        f"90th percentile of calls: geometric mean {found['geometric_mean_p90']:.2f}x, "
        f"lowest {found['lowest_p90']:.2f}x ({found['lowest_p90_row']}), {found['below_1_p90']} rows below 1.0x\n"
        f"{found['wrong']} wrong results"
    )


def plot(outcomes: Sequence[Outcome], title: str, file: str) -> None:
    matplotlib = importlib.import_module("matplotlib")
    matplotlib.use("Agg")
    pyplot = importlib.import_module("matplotlib.pyplot")
    figure, axes = pyplot.subplots(figsize=(9, 0.6 + 0.24 * len(outcomes)), layout="constrained")
    colours = {"float32": "#4878a8", "float64": "#d08040"}
    places = range(len(outcomes))
    bars = axes.barh(
        places, [outcome.ratio for outcome in outcomes], color=[colours[outcome.row.dtype] for outcome in outcomes]
    )
    axes.bar_label(bars, [f"{outcome.ratio:.2f}x" for outcome in outcomes], padding=3, fontsize=8)
    axes.set_yticks(places, [f"{outcome.row.name}²" for outcome in outcomes], fontsize=8)
    axes.invert_yaxis()
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xlabel("times as fast as NumPy (median of interleaved calls)")
    axes.set_title(title, fontsize=10)
    axes.margins(x=0.1)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, dpi=150)
    pyplot.close(figure)


# --- the command ---------------------------------------------------------------------------------------------------
def add_options(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_mutually_exclusive_group()
    for name, text in probes.PARTS.items():
        parts.add_argument(f"--{name}", dest="part", action="store_const", const=name, help=text)
    parser.add_argument("--rows", metavar="WORDS", help="only rows whose name holds these words: 'sum float64'")
    parser.add_argument("--rounds", type=_count, metavar="N", help="so many rounds a row (default: until it is stable)")
    parser.add_argument("--seconds", type=_positive, metavar="S", help="at most so long a row (default 2, busy 4)")
    parser.add_argument("--burst", type=_count, default=10, metavar="N", help="calls in a row in a round (default 10)")
    parser.add_argument("--quick", action="store_true", help="a tenth of the time, rougher figures")
    parser.add_argument("--busy", type=_count, metavar="N", help="measure while N other processes compute")
    parser.add_argument("--threads", type=_count, metavar="N", help="use at most N threads (default: as doctor says)")
    parser.add_argument("--compare", choices=("torch",), help="time this library too, if it is installed")
    parser.add_argument("--json", metavar="FILE", help="write all figures as JSON")
    parser.add_argument("--markdown", metavar="FILE", help="write the table as Markdown")
    parser.add_argument("--plot", metavar="FILE.png", help="draw the ratios (needs matplotlib)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the order of calls (default 0)")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return value


def run(options: argparse.Namespace) -> int:
    _check(options)
    other = _other(options)
    patience = _patience(options)
    threads = _native.threads()
    with ExitStack() as stack:
        if options.threads is not None:
            _native.set_threads(options.threads)
            stack.callback(_native.set_threads, threads)
        if options.busy is not None:
            stack.enter_context(busy_processes(options.busy))
        if options.part is not None:
            drawn, figures, good = probes.run(options.part, patience, random.Random(options.seed), other)
            _write(options, drawn, {"part": options.part, **figures})
            return 0 if good else 1
        return _run_rows(options, patience, other)


def _run_rows(options: argparse.Namespace, patience: Patience, other: ModuleType | None) -> int:
    rows = chosen_rows(options.rows)
    shuffler = random.Random(options.seed)
    outcomes = []
    start = time.perf_counter()
    with Progress(len(rows)) as progress:
        for row in rows:
            progress.start(row.name)
            outcome = measure(row, patience, shuffler, options.burst, other)
            progress.finish(row.name, "WRONG" if outcome.wrong else f"{outcome.ratio:.2f}x")
            outcomes.append(outcome)
    title = _title(options)
    figures = {
        "summary": summary(outcomes),
        "seconds": time.perf_counter() - start,
        "rows": [outcome.as_json() for outcome in outcomes],
    }
    _write(options, table(outcomes, title, options.compare), figures)
    if options.plot is not None:
        plot(outcomes, title, options.plot)
    return 1 if any(outcome.wrong for outcome in outcomes) else 0


def _title(options: argparse.Namespace) -> str:
    busy = f", {options.busy} busy processes" if options.busy else ""
    return (
        f"raptors_xp {raptors_xp.__version__} beside NumPy {numpy.__version__}: {_native.isa()}, "
        f"{_native.threads()} threads{busy}"
    )


def _patience(options: argparse.Namespace) -> Patience:
    seconds = options.seconds or (4.0 if options.busy else 2.0)
    if options.quick:
        return Patience(options.rounds, least=20, seconds=seconds / 20, uncertainty=0.05)
    return Patience(options.rounds, seconds=seconds)


def _other(options: argparse.Namespace) -> ModuleType | None:
    if options.compare is None:
        return None
    require_modules([options.compare], f"`pip install {options.compare}`, or leave out --compare {options.compare}")
    return importlib.import_module(options.compare)


def _check(options: argparse.Namespace) -> None:
    """Says what cannot be had before anything is measured."""
    chosen_rows(options.rows)
    if options.part is not None:
        for name in ("rows", "plot"):
            if getattr(options, name) is not None:
                raise UsageError(f"--{name} goes with the seed table: leave it out, or leave out --{options.part}")
    if options.plot is not None:
        require_modules(["matplotlib"], "`pip install matplotlib`, or leave out --plot")
    for name in ("json", "markdown", "plot"):
        file = getattr(options, name)
        if file is not None and (not os.access(Path(file).parent, os.W_OK) or Path(file).is_dir()):
            raise UsageError(f"--{name} {file} cannot be written: give a file in a folder that exists and is yours")
    if options.plot is not None and not options.plot.endswith((".png", ".svg", ".pdf")):
        raise UsageError(f"--plot {options.plot}: give a file that ends in .png, .svg or .pdf")


def _write(options: argparse.Namespace, drawn: Table, figures: Mapping[str, object]) -> None:
    show(drawn)
    if options.json is not None:
        everything = {
            "facts": doctor.facts(),
            "options": {name: value for name, value in vars(options).items() if name != "command"},
            **figures,
        }
        Path(options.json).write_text(json.dumps(everything, indent=2) + "\n", encoding="utf-8")
    if options.markdown is not None:
        Path(options.markdown).write_text(markdown(drawn) + "\n", encoding="utf-8")

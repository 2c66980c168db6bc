"""`python -m raptors_xp bench`: its options, how the seed table is shown, what is written. The rows are in
seed_table.py, the other parts in probes.py, the clock in measuring.py. docs/performance.md explains every choice."""

import argparse
import datetime
import importlib
import json
import math
import os
import random
import time
from collections.abc import Container, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Final, cast

import numpy

import raptors_xp
from raptors_xp import _native
from raptors_xp._command import against, baseline, doctor, html_report, probes
from raptors_xp._command.cases import SIZES
from raptors_xp._command.every_function import chosen, every_function, namespace
from raptors_xp._command.instructions import instructions
from raptors_xp._command.measuring import Patience, busy_processes, geometric_mean
from raptors_xp._command.reporting import (
    Cell,
    Progress,
    Report,
    Table,
    UsageError,
    duration,
    markdown,
    require_modules,
    show,
)
from raptors_xp._command.seed_table import Outcome, chosen_rows, measure
from raptors_xp._command.workloads import workloads


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
    parser.add_argument("--rows", "--only", metavar="WORDS", help="only what has these words: 'sum float64'")
    parser.add_argument("--sizes", type=_sizes, metavar="N,N", help="with --all: only arrays of so many elements")
    parser.add_argument("--rounds", type=_count, metavar="N", help="so many rounds a row (default: until it is stable)")
    parser.add_argument("--seconds", type=_positive, metavar="S", help="at most so long a row (default 2, busy 4)")
    parser.add_argument("--burst", type=_count, default=10, metavar="N", help="calls in a row in a round (default 10)")
    parser.add_argument("--quick", action="store_true", help="a tenth of the time, rougher figures")
    parser.add_argument("--busy", type=_count, metavar="N", help="measure while N other processes compute")
    parser.add_argument("--threads", type=_count, metavar="N", help="use at most N threads (default: as doctor says)")
    parser.add_argument("--beside", choices=("torch",), help="time this library too, if it is installed")
    parser.add_argument("--against", metavar="PYTHON", help="time the raptors_xp of this other interpreter in turn")
    parser.add_argument(
        "--compare", "--baseline", metavar="FILE", help="compare with what an earlier --json has written to FILE"
    )
    parser.add_argument(
        "--tolerance",
        type=_positive,
        metavar="PERCENT",
        help=f"what may be lost: status 1 beyond it (default {against.TOLERANCE:g} of the time with --against, "
        f"{baseline.TOLERANCE:g} of the ratio with --compare)",
    )
    parser.add_argument("--json", metavar="FILE", help="write all figures as JSON")
    parser.add_argument("--markdown", metavar="FILE", help="write the table as Markdown")
    parser.add_argument("--plot", metavar="FILE.png", help="draw the ratios (needs matplotlib)")
    parser.add_argument(
        "--html", metavar="FILE", help="with --all: write a page of tables and plots (needs matplotlib)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the order of calls (default 0)")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def _sizes(text: str) -> tuple[int, ...]:
    chosen = tuple(_count(part) for part in text.split(","))
    unknown = [size for size in chosen if size not in SIZES]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(map(str, SIZES))}")
    return chosen


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


def run(options: argparse.Namespace) -> int:
    _check(options)
    earlier = None if options.compare is None else baseline.load(options.compare, options.part)
    threads = _native.threads()
    with ExitStack() as stack:
        if options.threads is not None:
            _native.set_threads(options.threads)
            stack.callback(_native.set_threads, threads)
        if options.busy is not None:
            stack.enter_context(busy_processes(options.busy))
        drawn, figures, good = _measured(options)
        document = _document(options, figures)
        _write(options, drawn, document)
        if earlier is not None:
            good = _compare(options, earlier, document) and good
    return 0 if good else 1


def _compare(options: argparse.Namespace, earlier: Mapping[str, object], document: Mapping[str, object]) -> bool:
    """Shows what has changed since; measures again while a ratio has fallen, a few times. True if none has."""
    tolerance = baseline.TOLERANCE if options.tolerance is None else options.tolerance
    looks = [document]
    drawn, found, kept = baseline.compare(earlier, looks, tolerance)
    while not kept and len(looks) < baseline.LOOKS:
        looks.append(_document(options, _measured(options, cast("list[str]", found["fallen"]))[1]))
        drawn, found, kept = baseline.compare(earlier, looks, tolerance)
    show(drawn)
    return kept


def _measured(options: argparse.Namespace, only: Container[str] | None = None) -> Report:
    """Measures what was asked for; of --all, which takes half an hour, only what is named."""
    patience, shuffler = _patience(options), random.Random(options.seed)
    if options.against is not None:
        tolerance = against.TOLERANCE if options.tolerance is None else options.tolerance
        if options.part == "instructions":
            return instructions(options.against, tolerance)
        cases = against.cases_of_calls() if options.part else against.cases_of_rows(chosen_rows(options.rows))
        environment = {} if options.threads is None else {"RAPTORS_NUM_THREADS": str(options.threads)}
        return against.against(options.against, cases, patience, shuffler, tolerance, environment)
    other = _other(options)
    if options.part == "workloads":
        return workloads(options.rows, patience, shuffler)
    if options.part == "all":
        pairs = [
            pair for pair in chosen(options.rows, options.sizes) if only is None or f"{pair[0].name} {pair[1]}" in only
        ]
        return every_function(pairs, patience, shuffler, other)
    if options.part is not None:
        return probes.run(options.part, patience, shuffler, other)
    return _rows(options, patience, shuffler, other)


def _rows(options: argparse.Namespace, patience: Patience, shuffler: random.Random, other: ModuleType | None) -> Report:
    rows = chosen_rows(options.rows)
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
    if options.plot is not None:
        plot(outcomes, title, options.plot)
    return table(outcomes, title, options.beside), figures, not any(outcome.wrong for outcome in outcomes)


def _title(options: argparse.Namespace) -> str:
    busy = f", {options.busy} busy processes" if options.busy else ""
    return (
        f"raptors_xp {raptors_xp.__version__} beside NumPy {numpy.__version__}: {_native.isa()}, "
        f"{_native.threads()} threads{busy}"
    )


def _patience(options: argparse.Namespace) -> Patience:
    seconds = options.seconds or (4.0 if options.busy else 2.0)
    if options.part == "all":
        seconds = options.seconds or (0.8 if options.busy else 0.4)
        if not options.quick:
            return Patience(options.rounds, least=20, seconds=seconds, uncertainty=0.02)
    if options.quick:
        return Patience(options.rounds, least=20, seconds=seconds / 20, uncertainty=0.05)
    return Patience(options.rounds, seconds=seconds)


def _other(options: argparse.Namespace) -> ModuleType | None:
    if options.beside is None:
        return None
    needed = [options.beside, "array_api_compat"] if options.part == "all" else [options.beside]
    require_modules(needed, f"`pip install {' '.join(needed)}`, or leave out --beside {options.beside}")
    return namespace(options.beside) if options.part == "all" else importlib.import_module(options.beside)


def _check(options: argparse.Namespace) -> None:
    """Says what cannot be had before anything is measured."""
    _check_combination(options)
    if options.part is None:
        chosen_rows(options.rows)
    if options.part == "all":
        chosen(options.rows, options.sizes)
    for name in ("plot", "html"):
        if getattr(options, name) is not None:
            require_modules(["matplotlib"], f"`pip install matplotlib`, or leave out --{name}")
    for name in ("json", "markdown", "plot", "html"):
        file = getattr(options, name)
        if file is not None and (not os.access(Path(file).parent, os.W_OK) or Path(file).is_dir()):
            raise UsageError(f"--{name} {file} cannot be written: give a file in a folder that exists and is yours")
    if options.plot is not None and not options.plot.endswith((".png", ".svg", ".pdf")):
        raise UsageError(f"--plot {options.plot}: give a file that ends in .png, .svg or .pdf")


# The options that go with some parts only; None is the seed table.
_PARTS_OF: Final = {
    "rows": (None, "workloads", "all"),
    "sizes": ("all",),
    "html": ("all",),
    "plot": (None,),
    "compare": (None, "calls", "all"),
    "against": (None, "calls", "instructions"),
}


def _check_combination(options: argparse.Namespace) -> None:
    for name, parts in _PARTS_OF.items():
        if getattr(options, name) is not None and options.part not in parts:
            known = " and ".join("the seed table" if part is None else f"--{part}" for part in parts)
            raise UsageError(f"--{name} goes with {known}: leave it out, or leave out --{options.part}")
    for name in ("compare", "beside", "plot"):
        if options.against is not None and getattr(options, name) is not None:
            raise UsageError(f"--against and --{name} do not go together: leave one of them out")
    if options.tolerance is not None and options.against is None and options.compare is None:
        raise UsageError("--tolerance goes with --compare and --against: leave it out, or give one of them")


_FILES: Final = ("command", "json", "markdown", "plot", "html", "compare")  # not of the measurement
_PLACES: Final = ("place", "executable")  # of no interest elsewhere


def _document(options: argparse.Namespace, figures: Mapping[str, object]) -> dict[str, object]:
    """What `--json` writes and `--compare` reads."""
    facts = {
        chapter: {name: fact for name, fact in entries.items() if name not in _PLACES}
        for chapter, entries in doctor.facts().items()
    }
    chosen = {name: value for name, value in vars(options).items() if name not in _FILES}
    return {
        "date": datetime.date.today().isoformat(),
        "part": options.part,
        "facts": facts,
        "options": chosen,
        **figures,
    }


def _write(options: argparse.Namespace, drawn: Table, document: Mapping[str, object]) -> None:
    show(drawn)
    if options.json is not None:
        Path(options.json).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    if options.markdown is not None:
        Path(options.markdown).write_text(markdown(drawn) + "\n", encoding="utf-8")
    if options.html is not None:
        Path(options.html).write_text(html_report.page(document), encoding="utf-8")

"""Calls on 16 elements: what a library costs before it computes. The statements, and their times beside NumPy's."""

import random
from collections.abc import Mapping
from types import ModuleType
from typing import Final

import numpy

import raptors_xp
from raptors_xp._command.measuring import Patience, interleave, runs
from raptors_xp._command.reporting import Cell, Progress, Report, Table, duration

# Each statement, and the share of NumPy's time that it is to take at most.
CALLS: Final = (
    ("x + y", 0.7),
    ("x * 2.0", 0.7),
    ("xp.sum(x)", 0.25),
    ("xp.add(x, y)", None),
    ("xp.mean(x)", None),
    ("x < y", None),
    ("xp.astype(x, xp.float32)", None),
    ("x[1:]", None),
    ("x[3]", None),
    ("x[mask]", None),
    ("x[index]", None),
    ("x[3] = 0.5", None),
    ("x[1:] = 0.5", None),
    ("x[mask] = 0.5", None),
    ("x[index] = 0.5", None),
)
NUMBER: Final = 200  # calls a sample: one is too short for the clock
SETUP: Final = """
values = numpy.linspace(0.0, 1.0, 16).tolist()
x, y = xp.asarray(values), xp.asarray(values)
index, mask = xp.asarray([3, 1, 3, 15]), xp.asarray([True, False] * 8)
"""


def operands(library: ModuleType) -> dict[str, object]:
    names: dict[str, object] = {"xp": library, "numpy": numpy}
    exec(SETUP, names)
    return names


def calls(patience: Patience, shuffler: random.Random, other: ModuleType | None) -> Report:
    ours, theirs = operands(raptors_xp), operands(numpy)
    columns: tuple[str, ...] = ("16 float64 elements", "NumPy", "raptors_xp", "of NumPy's time", "aim")
    if other is not None:
        columns = (*columns, other.__name__)
    table = Table("calls on 16 elements", columns)
    figures: list[dict[str, object]] = []
    with Progress(len(CALLS)) as progress:
        for statement, aim in CALLS:
            progress.start(statement)
            contestants: list[tuple[str, Mapping[str, object]]] = [(statement, theirs), (statement, ours)]
            if other is not None:
                names = {name: other.from_dlpack(theirs[name]) for name in ("x", "y", "index", "mask")}
                if runs(statement, {"xp": other, **names}):
                    contestants.append((statement, {"xp": other, **names}))
            timings = interleave(contestants, patience, shuffler, number=NUMBER)
            medians = [timing.median for timing in timings]
            share = medians[1] / medians[0]
            cells: list[Cell | str] = [
                statement,
                duration(medians[0]),
                duration(medians[1]),
                Cell(f"{share:.2f}", "" if aim is None else "green" if share <= aim else "bold red"),
                "" if aim is None else f"at most {aim:.2f}",
            ]
            if other is not None:
                cells.append(duration(medians[2]) if len(medians) > 2 else "")
            table.add(*cells)
            progress.finish(statement, f"{share:.2f} of NumPy's time")
            figures.append(_figures(statement, medians, aim))
    return table, {"calls": figures}, True


def _figures(statement: str, medians: list[float], aim: float | None) -> dict[str, object]:
    return {
        "statement": statement,
        "numpy_median": medians[0],
        "ours_median": medians[1],
        "share": medians[1] / medians[0],
        "aim": aim,
    }

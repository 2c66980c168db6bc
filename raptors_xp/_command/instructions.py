"""`bench --instructions`: how many instructions the calls of calls.py take, counted by valgrind. Counts do not depend
on what else the machine does, so a change of one percent shows; they say nothing of caches and of threads."""

import re
import shutil
from collections.abc import Sequence
from typing import Final

from raptors_xp._command import calls
from raptors_xp._command.against import check_builds
from raptors_xp._command.reporting import Cell, Progress, Report, Table, UsageError
from raptors_xp._command.workers import Worker

_VALGRIND: Final = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
_FEW: Final = 1_000  # runs of every statement, in every process
_MANY: Final = 11_000  # runs of the one that is counted: starting up counts alike in both, and falls out
_ENVIRONMENT: Final = {"PYTHONHASHSEED": "0", "RAPTORS_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def instructions(python: str | None = None, tolerance: float = 0.0) -> Report:
    """The count of each call; with another interpreter, beside those of the build that is there."""
    if shutil.which("valgrind") is None:
        raise UsageError("valgrind is not installed: install it with the system's packages, or use --calls")
    with Worker() as ours:  # without valgrind first: whatever Python compiles and keeps is kept by then
        if python is not None:
            with Worker(python) as theirs:
                check_builds(ours, theirs)
    statements = [statement for statement, _ in calls.CALLS]
    with Progress((len(statements) + 1) * (1 if python is None else 2)) as progress:
        ours_counts = _counts(None, statements, progress)
        theirs_counts = None if python is None else _counts(python, statements, progress)
    if theirs_counts is None:
        table = Table("instructions of calls on 16 elements", ("16 float64 elements", "raptors_xp"))
        for statement, count in zip(statements, ours_counts, strict=True):
            table.add(statement, f"{count:.0f}")
        return table, {"calls": _figures(statements, ours_counts)}, True
    table = Table(
        "instructions of calls on 16 elements",
        ("16 float64 elements", "other build", "this build", "change", "verdict"),
    )
    changes = [100 * (mine / other - 1) for mine, other in zip(ours_counts, theirs_counts, strict=True)]
    for statement, mine, other, change in zip(statements, ours_counts, theirs_counts, changes, strict=True):
        verdict = (
            Cell("MORE", "bold red") if change > tolerance else Cell("fewer" if change < -tolerance else "as before")
        )
        table.add(statement, f"{other:.0f}", f"{mine:.0f}", f"{change:+.1f}%", verdict)
    figures: dict[str, object] = {
        "tolerance": tolerance,
        "calls": _figures(statements, ours_counts),
        "other_calls": _figures(statements, theirs_counts),
    }
    return table, figures, max(changes) <= tolerance


def _figures(statements: Sequence[str], counts: Sequence[float]) -> list[dict[str, object]]:
    return [
        {"statement": statement, "instructions": count} for statement, count in zip(statements, counts, strict=True)
    ]


def _counts(python: str | None, statements: Sequence[str], progress: Progress) -> list[float]:
    """Instructions a run of each statement: a process that runs it more often, less one that does not."""
    build = "this build" if python is None else "other build"
    base = _process(python, statements, None)
    progress.finish(build, "start")
    counts = []
    for statement in statements:
        progress.start(statement)
        counts.append((_process(python, statements, statement) - base) / (_MANY - _FEW))
        progress.finish(build, f"{statement}: {counts[-1]:.0f}")
    return counts


def _process(python: str | None, statements: Sequence[str], counted: str | None) -> int:
    """All instructions of a process that runs every statement, one of them more often."""
    with Worker(python, _ENVIRONMENT, _VALGRIND) as worker:
        worker.setup(calls.SETUP)
        for statement in statements:
            worker.time(statement, _MANY if statement == counted else _FEW, 1)
        output = worker.finish()
    found = re.search(r"I\s+refs:\s+([\d,]+)", output)
    if found is None:
        raise RuntimeError(f"valgrind has not said how many instructions it counted:\n{output}")
    return int(found[1].replace(",", ""))

"""`bench --against PYTHON`: this build beside another one, each in processes of its own that run in turn. What is
timed comes from the seed table and from calls.py; docs/performance.md says how to make the other build."""

import math
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from raptors_xp._command import calls
from raptors_xp._command.measuring import Patience, geometric_mean, quantile, uncertainty
from raptors_xp._command.reporting import Cell, Progress, Report, Table, UsageError, duration
from raptors_xp._command.seed_table import Row, setup
from raptors_xp._command.workers import Worker

TOLERANCE: Final = 3.0  # percent
_PAIRS: Final = 5  # of processes: where a process finds its memory changes its times by some percent
_MOST_PAIRS: Final = 15  # for what is not certain by then
_TURN: Final = 0.01  # seconds: long compared with waking up, short compared with the drift of a machine
_WARM: Final = 3  # samples at the start of a turn that do not count: the caches hold the other one's data


@dataclass(frozen=True, slots=True)
class Case:
    """A statement to be timed, in the names that `setup` makes."""

    name: str
    setup: str
    statement: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """What one pair of processes gave: the median times of their turns, those of the same round side by side."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratio(self) -> float:
        return median([ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)])


@dataclass(slots=True)
class Found:
    """All pairs of a case. Changes are in percent of the other build's time; below 0 this build is faster."""

    pairs: list[Pair] = field(default_factory=list)

    @property
    def ours(self) -> float:
        return median([time for pair in self.pairs for time in pair.ours])

    @property
    def theirs(self) -> float:
        return median([time for pair in self.pairs for time in pair.theirs])

    @property
    def change(self) -> float:
        return 100 * (median([pair.ratio for pair in self.pairs]) - 1)

    @property
    def doubt(self) -> float:
        """How far the true change may be from `change`: half of the 95 percent interval; of five pairs, their range."""
        ratios = [pair.ratio for pair in self.pairs]
        return 100 * uncertainty(ratios) * median(ratios)

    def verdict(self, tolerance: float) -> Cell:
        if self.change - self.doubt > tolerance:
            return Cell("SLOWER", "bold red")
        if self.change + self.doubt > tolerance:
            return Cell("unsure", "yellow")
        return Cell("faster", "green") if self.change + self.doubt < -tolerance else Cell("as before")


def median(values: Sequence[float]) -> float:
    return quantile(sorted(values), 0.5)


def cases_of_rows(rows: Sequence[Row]) -> list[Case]:
    return [Case(row.name, setup(row.dtype, row.size), row.operation.statement) for row in rows]


def cases_of_calls() -> list[Case]:
    return [Case(statement, calls.SETUP, statement, calls.NUMBER) for statement, _ in calls.CALLS]


def check_builds(ours: Worker, theirs: Worker) -> None:
    if ours.place == theirs.place:
        raise UsageError(f"--against: that interpreter has this very build, {ours.place}; give one that has another")


def against(
    python: str,
    cases: Sequence[Case],
    patience: Patience,
    shuffler: random.Random,
    tolerance: float,
    environment: Mapping[str, str],
) -> Report:
    """Times every case in pairs of processes. Good is if no case is slower by more than `tolerance` percent, surely."""
    found = {case.name: Found() for case in cases}
    unsure = list(cases)
    for pair in range(_MOST_PAIRS):
        if pair >= _PAIRS:
            unsure = [case for case in unsure if found[case.name].verdict(tolerance).text == "unsure"]
        if not unsure:
            break
        with (
            Progress(len(unsure)) as progress,
            Worker(environment=environment) as ours,
            Worker(python, environment) as theirs,
        ):
            check_builds(ours, theirs)
            for case in unsure:
                progress.start(case.name)
                found[case.name].pairs.append(_take_turns(case, ours, theirs, patience, shuffler))
                progress.finish(f"pair {pair + 1}, {case.name}", f"{found[case.name].change:+.1f}%")
    return _report(found, tolerance)


def _take_turns(case: Case, ours: Worker, theirs: Worker, patience: Patience, shuffler: random.Random) -> Pair:
    """Lets both run in turn for a _PAIRS-th of the patience."""
    pair = Pair([], [])
    both = [(ours, pair.ours), (theirs, pair.theirs)]
    for worker, _ in both:
        worker.setup(case.setup)
    once = max(median(worker.time(case.statement, case.number, 2 * _WARM)[_WARM:]) for worker, _ in both)
    samples = max(5, math.ceil(_TURN / (once * case.number)))
    rounds = 3 if patience.rounds is None else math.ceil(patience.rounds / _PAIRS)
    start = time.perf_counter()
    done = 0
    while done < rounds or (patience.rounds is None and time.perf_counter() - start < patience.seconds / _PAIRS):
        shuffler.shuffle(both)
        for worker, medians in both:
            medians.append(median(worker.time(case.statement, case.number, _WARM + samples)[_WARM:]))
        done += 1
    return pair


def _report(found: Mapping[str, Found], tolerance: float) -> Report:
    table = Table("this build beside another", ("", "other build", "this build", "change", "+-", "verdict"))
    verdicts = {name: one.verdict(tolerance) for name, one in found.items()}
    for name, one in found.items():
        table.add(
            name,
            duration(one.theirs),
            duration(one.ours),
            f"{one.change:+.1f}%",
            f"{one.doubt:.1f}%",
            verdicts[name],
        )
    words = [verdict.text for verdict in verdicts.values()]
    mean = 100 * (geometric_mean([1 + one.change / 100 for one in found.values()]) - 1)
    table.notes.append(
        f"on average {mean:+.1f}%; of {len(words)}, {words.count('SLOWER')} are slower by more than {tolerance:g} %, "
        f"{words.count('unsure')} may be"
    )
    cases = [
        {
            "name": name,
            "other_median": one.theirs,
            "ours_median": one.ours,
            "change": one.change,
            "doubt": one.doubt,
            "pairs": len(one.pairs),
            "verdict": verdicts[name].text,
        }
        for name, one in found.items()
    ]
    return table, {"tolerance": tolerance, "cases": cases}, not {"SLOWER", "unsure"} & set(words)

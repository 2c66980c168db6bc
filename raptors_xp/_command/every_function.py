"""`bench --all`: the cases of cases.py, each checked and then timed beside NumPy (and torch), at every size.

Most are timed in this process, in turns of some calls each. Where BLAS, LAPACK or an FFT does the work, each library
has a process of its own: the threads of OpenBLAS look for more work for some 30 ms after a call, on the core of
whoever comes next.
"""

import importlib
import random
import time
import timeit
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

import numpy

import raptors_xp
from raptors_xp import _native
from raptors_xp._command.cases import APART, CASES, SIZES, Case
from raptors_xp._command.measuring import Patience, Timing, geometric_mean, interleave, runs
from raptors_xp._command.operands import operands
from raptors_xp._command.reporting import Cell, Progress, Report, Table, UsageError
from raptors_xp._command.workers import Worker

PAUSE: Final = 0.05  # between turns of processes
_SAMPLE: Final = 20e-6  # seconds: a sample is so many calls that the clock's own time does not count
_BURST: Final = 5
_LONG: Final = 0.03  # seconds: such calls are not repeated within a turn
# Beside torch, where it uses threads: so long they look for more work, on the core of whoever comes next.
_TORCH_PAUSE: Final = 0.01
_TORCH_THREADS_FROM: Final = 32_768  # elements
_SMALL: Final = 1_000  # up to so many elements a call is more than its work
_TURNS: Final = (5, 30)  # in processes of their own, at least and at most
# What a ratio is to reach: small sizes, large ones, and in processes of their own.
_BARS: Final = (0.9, 1.0, 0.97)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measured case at one size. `wrong` says what is wrong with the result, or is empty."""

    case: Case
    size: int
    numpy: Timing
    ours: Timing
    other: Timing | None
    wrong: str

    @property
    def name(self) -> str:
        return f"{self.case.name} {self.size}"

    @property
    def ratio(self) -> float:
        return self.numpy.median / self.ours.median

    @property
    def lost(self) -> bool:
        return self.ratio < (_BARS[2] if self.case.apart else _BARS[0] if self.size <= _SMALL else _BARS[1])

    def as_json(self) -> dict[str, object]:
        case = self.case
        return {
            "name": self.name,
            "chapter": case.chapter,
            "function": case.function,
            "statement": case.statement,
            "dtype": case.dtype,
            "layout": case.layout,
            "size": self.size,
            "calls": len(self.ours.samples),
            "numpy_median": self.numpy.median,
            "ours_median": self.ours.median,
            "ratio": self.ratio,
            "lost": self.lost,
            "numpy_p99": self.numpy.p99,
            "ours_p99": self.ours.p99,
            "other_median": None if self.other is None else self.other.median,
            "wrong": self.wrong,
        }


def chosen(words: str | None, sizes: Sequence[int] | None) -> list[tuple[Case, int]]:
    """The cases whose names hold all the words, at the sizes; UsageError if there are none."""
    wanted = (words or "").split()
    found = [case for case in CASES if all(word in case.name.replace(":", "").split() for word in wanted)]
    if not found:
        raise UsageError(f"--only {words!r} names no case: use words of 'statistics mean float64 axis 1', 'fft' ...")
    return [(case, size) for size in sizes or SIZES for case in found if size in case.sizes]


# --- what is right ---------------------------------------------------------------------------------------------------
def fault(case: Case, size: int) -> str:
    """What is wrong with our result; "" if nothing is. Each library has operands of its own."""
    theirs = {"xp": numpy, **operands(case.statement, case.dtype, case.domain, size, numpy.array)}
    ours = {"xp": raptors_xp, **operands(case.statement, case.dtype, case.domain, size, raptors_xp.asarray)}
    return differences(_result(case, ours), _result(case, theirs), case.dtype)


def _result(case: Case, names: dict[str, Any]) -> Any:
    if case.check == "x":  # a statement that changes x
        exec(case.statement, names)
    else:
        names["r"] = eval(case.statement, names)
    return eval(case.check, names)


def differences(got: Any, expected: Any, dtype: str) -> str:
    if isinstance(expected, (tuple, list)) and not isinstance(expected[:1], numpy.ndarray):
        if len(got) != len(expected):
            return f"gives {len(got)} results, and not {len(expected)}"
        return next(filter(None, (differences(*pair, dtype) for pair in zip(got, expected, strict=True))), "")
    got, expected = numpy.asarray(got), numpy.asarray(expected)
    if got.shape != expected.shape:
        return f"has shape {got.shape}, and not {expected.shape}"
    if got.dtype.kind != expected.dtype.kind:
        return f"has dtype {got.dtype}, and not {expected.dtype}"
    if expected.dtype.kind not in "fc":
        return "" if numpy.array_equal(got, expected) else "differs from NumPy's"
    bound = 2e-3 if dtype in ("float32", "complex64") or expected.dtype.itemsize == 4 else 1e-7
    size = numpy.max(numpy.abs(expected), initial=0.0, where=numpy.isfinite(expected))
    if numpy.allclose(got, expected, rtol=bound, atol=bound * float(size), equal_nan=True):
        return ""
    return "differs from NumPy's by more than rounding"


# --- in this process -------------------------------------------------------------------------------------------------
def _measure(case: Case, size: int, patience: Patience, shuffler: random.Random, other: ModuleType | None) -> Outcome:
    wrong = fault(case, size)
    ours = operands(case.statement, case.dtype, case.domain, size, lambda values: raptors_xp.asarray(values, copy=True))
    shared = {name: _shared(value) for name, value in ours.items()}
    contestants: list[tuple[str, Mapping[str, object]]] = [
        (case.statement, {"xp": numpy, **shared}),
        (case.statement, {"xp": raptors_xp, **ours}),
    ]
    if other is not None:
        theirs = {name: _torch_array(value) for name, value in shared.items()}
        if runs(case.statement, {"xp": other, **theirs}):
            contestants.append((case.statement, {"xp": other, **theirs}))
    once = max(_seconds(*contestant) for contestant in contestants[:2])
    number = max(1, int(_SAMPLE / once))
    pause = _TORCH_PAUSE if len(contestants) > 2 and size >= _TORCH_THREADS_FROM else 0.0
    timings = interleave(contestants, patience, shuffler, number, 1 if once > _LONG else _BURST, pause)
    return Outcome(case, size, timings[0], timings[1], timings[2] if len(timings) > 2 else None, wrong)


def _shared(value: Any) -> Any:
    """NumPy works on the same bytes."""
    return numpy.asarray(value) if isinstance(value, raptors_xp.Array) else value


def _seconds(statement: str, names: Mapping[str, object]) -> float:
    timer = timeit.Timer(statement, globals=dict(names))
    timer.timeit(1)
    return min(timer.repeat(3, 1))


def _torch_array(value: Any) -> Any:
    return importlib.import_module("torch").from_numpy(value) if isinstance(value, numpy.ndarray) else value


# --- in processes of their own ---------------------------------------------------------------------------------------
def prepare(names: dict[str, Any], case_name: str, size: int, library: str) -> None:
    """Puts a case's operands into the names of a worker, as arrays of the library."""
    case = next(case for case in CASES if case.name == case_name)
    xp = namespace(library)
    wraps: dict[str, Callable[[Any], Any]] = {"numpy": numpy.array, "torch": _torch_array}
    names.update(operands(case.statement, case.dtype, case.domain, size, wraps.get(library, raptors_xp.asarray)), xp=xp)


def namespace(library: str) -> ModuleType:
    return importlib.import_module("array_api_compat.torch" if library == "torch" else library)


_ENVIRONMENT: Final = {"PYTHONWARNINGS": "ignore"}
_SETUP: Final = """
from raptors_xp._command import every_function
every_function.prepare(globals(), {name!r}, {size}, {library!r})
"""


def _measure_apart(
    case: Case,
    size: int,
    patience: Patience,
    shuffler: random.Random,
    workers: Mapping[str, Worker],
    other: ModuleType | None,
) -> Outcome:
    wrong = fault(case, size)
    running = dict(workers)
    if other is not None and not _takes(other, case, size):
        del running["torch"]
    slowest = 0.0
    for library, worker in running.items():
        worker.setup(_SETUP.format(name=case.name, size=size, library=library))
        slowest = max(slowest, worker.time(case.statement, 1, 2)[1])
    number = max(1, int(_SAMPLE / slowest))
    burst = 1 if slowest > _LONG else _BURST
    samples: dict[str, list[float]] = {library: [] for library in running}
    start = time.perf_counter()
    turns = 0
    while turns < _TURNS[0] or (turns < _TURNS[1] and time.perf_counter() - start < 2 * patience.seconds):
        for library in shuffler.sample(list(running), len(running)):
            time.sleep(PAUSE)
            samples[library] += running[library].time(case.statement, number, burst + 1)[1:]
        turns += 1
    timings = {library: Timing(tuple(times)) for library, times in samples.items()}
    return Outcome(case, size, timings["numpy"], timings["raptors_xp"], timings.get("torch"), wrong)


def _takes(other: ModuleType, case: Case, size: int) -> bool:
    """Whether torch has the case's function for its dtype: a worker would end with the error."""
    names = operands(case.statement, case.dtype, case.domain, size, _torch_array)
    return runs(case.statement, {"xp": other, **names})


def threads_of_all() -> dict[str, str]:
    """What gives each library as many threads as this process has been told to use."""
    names = ("RAPTORS_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    return dict.fromkeys(names, str(_native.threads()))


# --- the part --------------------------------------------------------------------------------------------------------
def every_function(
    pairs: Sequence[tuple[Case, int]], patience: Patience, shuffler: random.Random, other: ModuleType | None
) -> Report:
    outcomes = []
    with warnings.catch_warnings(), numpy.errstate(all="ignore"), ExitStack() as stack:
        warnings.simplefilter("ignore")
        progress = stack.enter_context(Progress(len(pairs)))
        workers: dict[str, Worker] = {}
        if any(case.apart for case, _ in pairs):
            for library in ("numpy", "raptors_xp", *(() if other is None else ("torch",))):
                workers[library] = stack.enter_context(Worker(environment=_ENVIRONMENT | threads_of_all()))
        for case, size in sorted(pairs, key=lambda pair: pair[0].apart):  # OpenBLAS is woken last
            progress.start(f"{case.name} {size}")
            if case.apart:
                outcome = _measure_apart(case, size, patience, shuffler, workers, other)
            else:
                outcome = _measure(case, size, patience, shuffler, other)
            outcomes.append(outcome)
            progress.finish(outcome.name, "WRONG" if outcome.wrong else f"{outcome.ratio:.2f}x")
    figures: dict[str, object] = {"summary": summary(outcomes), "rows": [outcome.as_json() for outcome in outcomes]}
    return _table(outcomes), figures, not any(outcome.wrong for outcome in outcomes)


def summary(outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    """For each size: how many cases, how many below a bar, and means; beside torch also for each chapter."""
    found: list[dict[str, object]] = []
    for size in sorted({outcome.size for outcome in outcomes}):
        here = [outcome for outcome in outcomes if outcome.size == size]
        beside = [outcome for outcome in here if outcome.other is not None]
        chapters = {
            chapter: geometric_mean([_over(outcome) for outcome in beside if outcome.case.chapter == chapter])
            for chapter in sorted({outcome.case.chapter for outcome in beside})
        }
        found.append(
            {
                "size": size,
                "cases": len(here),
                "geometric_mean": geometric_mean([outcome.ratio for outcome in here]),
                "below_0.9": sum(outcome.ratio < 0.9 for outcome in here),
                "below_1": sum(outcome.ratio < 1 for outcome in here),
                "lost": [outcome.name for outcome in here if outcome.lost],
                "p99_no_worse": sum(outcome.ours.p99 <= outcome.numpy.p99 for outcome in here) / len(here),
                "over_torch": geometric_mean([_over(outcome) for outcome in beside]) if beside else None,
                "over_torch_by_chapter": chapters,
                "wrong": sum(bool(outcome.wrong) for outcome in here),
            }
        )
    return found


def _over(outcome: Outcome) -> float:
    assert outcome.other is not None
    return outcome.other.median / outcome.ours.median


def _table(outcomes: Sequence[Outcome]) -> Table:
    sizes = sorted({outcome.size for outcome in outcomes})
    drawn = Table(
        "every function", ("chapter", "function", "dtype", "layout", *(f"{size:,}" for size in sizes)), words=4
    )
    rows: dict[Case, dict[int, Outcome]] = {}
    for outcome in outcomes:
        rows.setdefault(outcome.case, {})[outcome.size] = outcome
    for case, by_size in rows.items():
        cells = [_cell(by_size.get(size)) for size in sizes]
        drawn.add(case.chapter, case.function, case.dtype, case.layout, *cells)
    for each in summary(outcomes):
        line = (
            f"{each['size']:,} elements: {each['cases']} cases, geometric mean {each['geometric_mean']:.2f}x, "
            f"{each['below_1']} below 1.0x, {each['below_0.9']} below 0.9x; 99th percentile no worse in "
            f"{each['p99_no_worse']:.0%}"
        )
        drawn.notes.append(line if each["over_torch"] is None else f"{line}; {each['over_torch']:.2f}x over torch")
    lost = sorted((outcome for outcome in outcomes if outcome.lost), key=lambda outcome: outcome.ratio)
    drawn.notes.append(f"{len(lost)} of {len(outcomes)} below what they are to reach ({_bars()}):")
    drawn.notes += [f"  {outcome.ratio:.2f}x {outcome.name}" for outcome in lost]
    drawn.notes += [f"WRONG: {outcome.name} {outcome.wrong}" for outcome in outcomes if outcome.wrong]
    return drawn


def _bars() -> str:
    return (
        f"{_BARS[0]}x up to {_SMALL:,} elements, {_BARS[1]}x beyond, {_BARS[2]}x for {' and '.join(APART)}, "
        "in processes of their own"
    )


def _cell(outcome: Outcome | None) -> Cell:
    if outcome is None:
        return Cell("")
    if outcome.wrong:
        return Cell("WRONG", "bold red")
    return Cell(f"{outcome.ratio:.2f}x", "bold red" if outcome.lost else "yellow" if outcome.ratio < 1 else "green")

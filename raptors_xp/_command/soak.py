"""`python -m raptors_xp soak`: mixed work by threads and forked children, for long, every result compared with NumPy's.

What must hold: no wrong result, no child that dies or hangs, resident memory that does not grow, and slowest calls that
are not much slower than NumPy's beside the same work.
"""

import argparse
import gc
import math
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any, Final, NamedTuple

import numpy

import raptors_xp
from raptors_xp import _native
from raptors_xp._command.measuring import cores, resident_bytes
from raptors_xp._command.reporting import Cell, Table, UsageError, duration, mebibytes, show

SIZES: Final = {"small": 60, "medium": 8_000, "large": 400_000}  # elements, about
SLOWER_MOST: Final = 1.5  # of the slowest calls, as a multiple of NumPy's
SAMPLES_LEAST: Final = 20_000  # of a size, so that twenty calls are slower than the quantile
GROWTH_MOST: Final = 32 << 20  # bytes between the first and the last quarter
CHILD_SECONDS: Final = 60
CHILD_CALLS: Final = 40


class Task(NamedTuple):
    """Something that both libraries compute from two matrices of small whole numbers, a and b.

    Where it is not `exact`, results are compared to so many digits as the standard's functions have in common.
    """

    name: str
    compute: Callable[[Any, Any, Any], Any]  # of the namespace, a and b
    exact: bool = True


def _assign(xp: Any, a: Any, b: Any) -> Any:
    a = xp.asarray(a, copy=True)
    a[::2, :] = b[::2, :]
    a[:, 0] += 3
    a[a > 4] = -1
    return a


TASKS: Final = (
    Task("add", lambda _, a, b: a + b),
    Task("scale", lambda _, a, __: a * 2.0),
    Task("compare", lambda _, a, b: a < b),
    Task("broadcast", lambda _, a, b: a - b[0, :]),
    Task("where", lambda xp, a, b: xp.where(a > b, a, b)),
    Task("sum", lambda xp, a, _: xp.sum(a)),
    Task("sum of columns", lambda xp, a, _: xp.sum(a, axis=0)),
    Task("max of rows", lambda xp, a, _: xp.max(a, axis=1)),
    Task("cumulative sum", lambda xp, a, _: xp.cumulative_sum(a, axis=1)),
    Task("sort", lambda xp, a, _: xp.sort(a, axis=1)),
    Task("argsort", lambda xp, a, _: xp.argsort(a, axis=0, stable=True)),
    Task("transpose, copy", lambda xp, a, _: xp.asarray(a.T, copy=True)),
    Task("mask", lambda _, a, b: a[a > b]),
    Task("gather", lambda xp, a, _: xp.take(a, xp.asarray([0, 2, 1, 0]), axis=0)),
    Task("assign", _assign),
    Task("concat", lambda xp, a, b: xp.concat([a, b], axis=1)),
    Task("convert", lambda xp, a, _: xp.astype(a, xp.int32)),
    Task("unique", lambda xp, a, _: xp.sort(xp.unique_values(a))),
    Task("product", lambda _, a, b: a[:64, :] @ b[:64, :].T),
    Task("exp", lambda xp, a, _: xp.exp(a), exact=False),
    Task("sin", lambda xp, a, b: xp.sin(a) / (xp.abs(b) + 1.0), exact=False),
    Task("mean", lambda xp, a, _: xp.mean(a, axis=0), exact=False),
    Task("inverse", lambda xp, a, _: xp.linalg.inv(a[:5, :5] + 40.0 * xp.eye(5)), exact=False),
    Task("fft", lambda xp, a, _: xp.fft.fft(a, axis=1), exact=False),
)


# While NumPy computes these the process does not fork: a child forked in the midst of OpenBLAS may hang. Nor are they
# computed in children. What raptors_xp computes with OpenBLAS holds forks back by itself.
BY_BLAS: Final = ("product", "inverse")


class Histogram:
    """How many calls took how long, to 2 percent: in as much memory for many of them as for few."""

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}
        self.total = 0

    def add(self, seconds: float) -> None:
        step = round(math.log(max(seconds, 1e-9)) * 50)
        self.counts[step] = self.counts.get(step, 0) + 1
        self.total += 1

    def quantile(self, share: float) -> float:
        left = share * self.total
        for step in sorted(self.counts):
            left -= self.counts[step]
            if left <= 0:
                break
        return math.exp(step / 50)


class Shared:
    """What the threads have found; each writes to it under the lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forks = threading.Lock()
        self.stop = threading.Event()
        self.wrong: list[str] = []
        self.times = {size: (Histogram(), Histogram()) for size in SIZES}  # ours, NumPy's
        self.calls = 0

    def fail(self, text: str) -> None:
        with self.lock:
            self.wrong.append(text)
        if len(self.wrong) > 20:
            self.stop.set()


def calls(seed: int) -> Iterator[tuple[str, Task, Any, Any]]:
    """Without end: a size, a task, and the matrices a and b."""
    chosen, numbers = random.Random(seed), numpy.random.default_rng(seed)
    while True:
        # As much time for each size, about: small calls are many.
        size = chosen.choices(list(SIZES), (60, 12, 1))[0]
        rows = chosen.choice((8, 16, 200)) if SIZES[size] > 1000 else 6
        dtype = chosen.choice(("float64", "float32"))
        a, b = numbers.integers(-9, 9, (2, rows, SIZES[size] // rows)).astype(dtype)
        for _ in range(20 if size == "small" else 4):
            yield size, chosen.choice(TASKS), a, b


def differs(task: Task, ours: Any, theirs: Any) -> bool:
    ours = numpy.asarray(ours)
    if ours.shape != theirs.shape or ours.dtype.kind != theirs.dtype.kind:
        return True
    if task.exact:
        return not numpy.array_equal(ours, theirs)
    tolerance = 1e-3 if ours.dtype.itemsize <= 4 or ours.dtype == numpy.complex64 else 1e-9
    return not numpy.allclose(ours, theirs, rtol=tolerance, atol=tolerance)


def clock(shared: Shared, task: Task, xp: Any, a: Any, b: Any) -> tuple[Any, float]:
    with shared.forks if xp is numpy and task.name in BY_BLAS else nullcontext():
        started = time.perf_counter()
        result = task.compute(xp, a, b)
        return result, time.perf_counter() - started


def work(shared: Shared, seed: int) -> None:
    """One thread: computes, compares and clocks until it is told to stop."""
    turn = 0
    for size, task, a, b in calls(seed):
        if shared.stop.is_set():
            return
        try:
            x, y = raptors_xp.asarray(a), raptors_xp.asarray(b)
            turn += 1
            if turn % 2:
                ours, our_time = clock(shared, task, raptors_xp, x, y)
                theirs, their_time = clock(shared, task, numpy, a, b)
            else:
                theirs, their_time = clock(shared, task, numpy, a, b)
                ours, our_time = clock(shared, task, raptors_xp, x, y)
            if differs(task, ours, theirs):
                shared.fail(f"{task.name} of {a.shape} {a.dtype}, seed {seed}: another result than NumPy's")
        except Exception as error:
            shared.fail(f"{task.name} of {a.shape} {a.dtype}, seed {seed}: {type(error).__name__}: {error}")
            continue
        with shared.lock:
            shared.calls += 1
            for times, seconds in zip(shared.times[size], (our_time, their_time)):
                times.add(seconds)


def in_child(shared: Shared, seed: int) -> str | None:
    """Some calls in a forked child, beside the threads of the parent; what went wrong."""
    with shared.forks, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads, which is what is tried here
        child = os.fork()
    if child == 0:
        signal.alarm(CHILD_SECONDS)
        status = 0
        try:
            for number, (_, task, a, b) in enumerate(calls(seed)):
                if number == CHILD_CALLS:
                    break
                if task.name in BY_BLAS:
                    continue
                if differs(
                    task,
                    task.compute(raptors_xp, raptors_xp.asarray(a), raptors_xp.asarray(b)),
                    task.compute(numpy, a, b),
                ):
                    status = 1
        except BaseException:
            status = 2
        os._exit(status)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "hung" if number == signal.SIGALRM else f"died of {signal.Signals(number).name}"
    return {0: None, 1: "had another result than NumPy's"}.get(os.WEXITSTATUS(status), "raised an exception")


def held_bytes() -> int:
    """The resident memory but for the blocks that wait for reuse, whose sum has a limit."""
    return resident_bytes() - _native.memory_info()["cached"]


def watch(shared: Shared, minutes: float, forks: bool) -> tuple[list[int], int]:
    """Until the time is over: forks children and looks at the memory. Returns what it saw; the children."""
    seen = [held_bytes()]
    children, ends = 0, time.monotonic() + 60 * minutes
    while time.monotonic() < ends and not shared.stop.is_set():
        if forks:
            trouble = in_child(shared, 1_000_000 + children)
            children += 1
            if trouble is not None:
                shared.fail(f"a forked child {trouble}")
        seen.append(held_bytes())
        shared.stop.wait(min(1.0, max(0.0, ends - time.monotonic())))
    return seen, children


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", type=float, default=5.0, metavar="N", help="how long (default 5)")
    parser.add_argument("--threads", type=int, metavar="N", help="of Python (default: as many as cores)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the work (default 0)")


def run(options: argparse.Namespace) -> int:
    count = len(cores()) if options.threads is None else options.threads
    if options.minutes <= 0 or count < 1:
        raise UsageError("--minutes and --threads must be more than 0")
    shared = Shared()
    _, _, a, b = next(calls(0))
    for task in TASKS:  # a child that is forked while a thread imports a part of NumPy waits for that for ever
        differs(task, task.compute(raptors_xp, *map(raptors_xp.asarray, (a, b))), task.compute(numpy, a, b))
    threads = [threading.Thread(target=work, args=(shared, options.seed * 1000 + number)) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        seen, children = watch(shared, options.minutes, hasattr(os, "fork"))
    finally:
        shared.stop.set()
        for thread in threads:
            thread.join()
    gc.collect()
    return report(shared, seen, children, count, options.minutes)


def report(shared: Shared, seen: list[int], children: int, threads: int, minutes: float) -> int:
    """Prints what was found; the exit status."""
    failed = bool(shared.wrong)
    table = Table(
        f"{shared.calls} calls by {threads} threads, {children} forked children, {minutes:g} minutes",
        ("calls", "how many", "median", "NumPy's", "slowest 0.1 %", "NumPy's", "ratio"),
    )
    for size, both in shared.times.items():
        if both[0].total == 0:
            continue
        middle, slow = [[each.quantile(share) for each in both] for share in (0.5, 0.999)]
        ratio, enough = slow[0] / slow[1], both[0].total >= SAMPLES_LEAST
        too_slow = enough and ratio > SLOWER_MOST
        failed |= too_slow
        table.add(
            *(size, str(both[0].total), duration(middle[0]), duration(middle[1])),
            *(duration(slow[0]), duration(slow[1]), Cell(f"{ratio:.2f}x", "red" if too_slow else "")),
        )
        if not enough:
            table.notes.append(f"{size}: too few calls to judge the slowest")
    quarter = max(1, len(seen) // 4)
    first, last = (sorted(part)[len(part) // 2] for part in (seen[quarter : 2 * quarter] or seen, seen[-quarter:]))
    grows = last - first > GROWTH_MOST
    failed |= grows
    table.notes.append(
        f"resident memory (without blocks that wait for reuse): {mebibytes(first)} in the second quarter, "
        f"{mebibytes(last)} in the last" + (": IT GROWS" if grows else "")
    )
    table.notes.extend([f"WRONG: {text}" for text in shared.wrong] or ["no wrong result, no child that died or hung"])
    show(table)
    sys.stdout.flush()
    return 1 if failed else 0

"""How the benchmarks take time: interleaved rounds, medians, busy neighbours. Never what they measure, never output."""

import gc
import math
import os
import random
import subprocess
import sys
import time
import timeit
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

_Z: Final = 1.96  # 95 percent of a normal distribution: how sure we want to be of a median


@dataclass(frozen=True, slots=True)
class Patience:
    """When a measurement ends: after `rounds`, or once every median is known to `uncertainty`, or after `seconds`."""

    rounds: int | None = None
    least: int = 60
    seconds: float = 2.0
    uncertainty: float = 0.01


@dataclass(frozen=True, slots=True)
class Timing:
    """The times of one contestant's calls, in seconds."""

    samples: tuple[float, ...]

    @property
    def median(self) -> float:
        return quantile(sorted(self.samples), 0.5)

    @property
    def p90(self) -> float:
        return quantile(sorted(self.samples), 0.9)

    @property
    def p99(self) -> float:
        return quantile(sorted(self.samples), 0.99)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of the ordered values lie, interpolated between neighbours."""
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def geometric_mean(values: Sequence[float]) -> float:
    return math.exp(sum(map(math.log, values)) / len(values))


def uncertainty(samples: Sequence[float]) -> float:
    """Half the width of the median's 95 percent interval, relative to the median (order statistics: no assumption
    about the distribution, which preemption makes long-tailed)."""
    ordered = sorted(samples)
    reach = _Z * math.sqrt(len(ordered)) / 2
    low = max(0, math.floor((len(ordered) - 1) / 2 - reach))
    high = min(len(ordered) - 1, math.ceil((len(ordered) - 1) / 2 + reach))
    return (ordered[high] - ordered[low]) / 2 / quantile(ordered, 0.5)


def interleave(
    statements: Sequence[tuple[str, Mapping[str, object]]],
    patience: Patience,
    shuffler: random.Random,
    number: int = 1,
    burst: int = 1,
    pause: float = 0.0,
) -> list[Timing]:
    """Times (statement, names) pairs against one another: every round runs each of them, in random order.

    A sample is one call (`number` of them where one call is too short for the clock), and includes the release of
    its result, as in a loop that rebinds a variable. `burst` calls of one contestant follow one another in a round;
    after a `pause`, if there is one, and a call that does not count. The garbage collector is off.
    """
    timers = [timeit.Timer(statement, globals=dict(names)) for statement, names in statements]
    samples: list[list[float]] = [[] for _ in timers]
    order = list(range(len(timers)))
    collecting = gc.isenabled()
    gc.disable()
    try:
        for timer in timers:  # recycled blocks, faulted pages, the pool's threads: not of the steady state
            timer.timeit(3 * number)
        start = time.perf_counter()
        done = 0
        while not _finished(samples, done, time.perf_counter() - start, patience):
            shuffler.shuffle(order)
            for contestant in order:
                if pause > 0:
                    time.sleep(pause)
                    timers[contestant].timeit(number)
                for _ in range(burst):
                    samples[contestant].append(timers[contestant].timeit(number) / number)
            done += 1
    finally:
        if collecting:
            gc.enable()
    return [Timing(tuple(times)) for times in samples]


def runs(statement: str, names: dict[str, Any]) -> bool:
    """False where a library has not all of the standard, as torch no astype, or no more than that."""
    try:
        exec(statement, names)
    except Exception:
        return False
    return True


def _finished(samples: Sequence[Sequence[float]], done: int, elapsed: float, patience: Patience) -> bool:
    if patience.rounds is not None:
        return done >= patience.rounds
    if done < 5:
        return False
    if elapsed >= patience.seconds:
        return True
    if done < patience.least or done % 20:  # sorting is not free: look at every twentieth round only
        return False
    return max(map(uncertainty, samples)) <= patience.uncertainty


def cores() -> list[int]:
    """The cores this process may use."""
    if sys.platform == "linux":
        return sorted(os.sched_getaffinity(0))
    else:
        return list(range(os.cpu_count() or 1))


_BUSY: Final = """
import os, sys
core, parent = int(sys.argv[1]), int(sys.argv[2])
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {core})
print("busy", flush=True)
while os.getppid() == parent:
    for _ in range(1_000_000):
        pass
"""


@contextmanager
def busy_processes(count: int) -> Iterator[None]:
    """`count` processes that compute without a pause, dealt out to the cores in turn."""
    places = cores()
    processes = [
        subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _BUSY, str(places[index % len(places)]), str(os.getpid())],
            stdout=subprocess.PIPE,
        )
        for index in range(count)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()  # it has started, and sits on its core
        yield
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def resident_bytes() -> int:
    """The memory of this process that is in RAM now."""
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as fields:
            return int(fields.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    else:
        command = ["ps", "-o", "rss=", "-p", str(os.getpid())]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) * 1024

"""Runs random programs in forked children: with raptors_xp and NumPy (programs.py, judge.py), calls of the C extension
(native.py), and what comes from other libraries and from objects that mean harm (exchange.py).

    python -m tests.fuzz --calls 100000 --seed 1
    python -m tests.fuzz --kind native --calls 100000 --seed 1

A child that crashes or hangs loses its batch only. What fails is made short and printed as a program; then the exit
status is 1. The same seed and number of calls give the same programs; a call is a line.
"""

import argparse
import faulthandler
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable

from tests.fuzz import exchange, judge, native, programs

Judge = Callable[[list[str]], str | None]
KINDS: dict[str, tuple[Callable[[int], list[str]], Judge]] = {
    "programs": (lambda seed: programs.Program(seed).lines, judge.judge),
    "native": (native.program, native.judge),
    "exchange": (exchange.program, exchange.judge),
}

BATCH = 200  # programs
SECONDS = 60  # for a batch
MEMORY = 4 << 30  # bytes of address space of a child


def in_child(lines: list[list[str]], seconds: int = SECONDS, judge: Judge = judge.judge) -> tuple[int, str] | None:
    """The number of the first of some programs that fails, and what is wrong with it; None if none does."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        faulthandler.disable()  # a crash is reported by the parent
        limit_memory()
        for number, program in enumerate(lines):
            os.write(writer, f"{number}\n".encode())
            wrong = judge(program)
            if wrong is not None:
                os.write(writer, f"wrong {wrong}\n".encode())
                os._exit(1)
        os._exit(0)
    os.close(writer)
    written = b""
    with os.fdopen(reader, "rb", buffering=0) as pipe:
        given_up = time.monotonic() + seconds
        while select.select([pipe], [], [], max(0.0, given_up - time.monotonic()))[0] and (part := pipe.read(1 << 16)):
            written += part
    hangs = time.monotonic() >= given_up
    if hangs:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if status == 0:
        return None
    told = written.decode(errors="replace").split("wrong ", 1)
    number = int(told[0].split("\n")[-2])
    if hangs:
        return number, "died of waiting: it hangs"
    if os.WIFSIGNALED(status):
        return number, f"died of {signal.Signals(os.WTERMSIG(status)).name}"
    return number, told[1].strip() if len(told) > 1 else f"died with exit status {os.WEXITSTATUS(status)}"


def limit_memory() -> None:
    """What asks for more than MEMORY gets a MemoryError, and not minutes of writing. AddressSanitizer needs more."""
    if "asan" not in os.environ.get("LD_PRELOAD", ""):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def shortened(program: list[str], kind: str, judge: Judge = judge.judge) -> list[str]:
    """A program with as few lines as still fail in this way."""
    size = max(1, len(program) // 2)
    while True:
        start = 0
        while start < len(program):
            shorter = program[:start] + program[start + size :]
            failure = in_child([shorter], 20, judge) if shorter else None
            if failure is not None and kind_of(failure[1]) == kind:
                program = shorter
            else:
                start += size
        if size == 1:
            return program
        size //= 2


def kind_of(wrong: str) -> str:
    """Crashes stay crashes, other errors any error."""
    return wrong if wrong.startswith("died") else "wrong"


def run(kind: str, wanted: int, seed: int, most: int) -> int:
    """Runs so many calls of a kind; prints what fails, and how many. Returns that number, at most `most`."""
    draw, judge = KINDS[kind]
    number, calls, failures, start = seed * 1_000_000_007, 0, 0, time.monotonic()
    waiting: list[list[str]] = []
    while failures < most and (waiting or calls < wanted):
        while len(waiting) < BATCH and calls < wanted:
            waiting.append(draw(number))
            calls += len(waiting[-1])
            number += 1
        failure = in_child(waiting, SECONDS, judge)
        if failure is None:
            waiting = []
            continue
        index, wrong = failure
        failures += 1
        short = shortened(waiting[index], kind_of(wrong), judge)
        again = in_child([short], 20, judge)
        print(f"--- {again[1] if again else wrong}", *short, sep="\n", flush=True)
        waiting = waiting[index + 1 :]
    print(f"{kind}: {calls} calls, seed {seed}: {failures} failures in {time.monotonic() - start:.0f} s", flush=True)
    return failures


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--kind", choices=KINDS, help="of programs (default: all kinds)")
    parser.add_argument("--calls", type=int, default=20_000, metavar="N", help="lines to run of a kind (default 20000)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the programs (default 0)")
    parser.add_argument("--most", type=int, default=5, metavar="N", help="stop after so many failures (default 5)")
    options = parser.parse_args()
    kinds = [options.kind] if options.kind else list(KINDS)
    return 1 if sum(run(kind, options.calls, options.seed, options.most) for kind in kinds) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Runs random programs (programs.py) with raptors_xp and NumPy (judge.py), batches of them in forked children.

    python -m tests.fuzz --calls 100000 --seed 1

A child that crashes or hangs loses its batch only. What fails is made short and printed as a program; then the exit
status is 1. The same seed and number of calls give the same programs; a call is a line.
"""

import argparse
import faulthandler
import os
import signal
import sys
import time
from collections.abc import Iterator

from tests.fuzz.judge import judge
from tests.fuzz.programs import Program

BATCH = 200  # programs
SECONDS = 120  # for a batch


def in_child(lines: list[list[str]], seconds: int = SECONDS) -> tuple[int, str] | None:
    """The number of the first of some programs that fails, and what is wrong with it; None if none does."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        faulthandler.disable()  # a crash is reported by the parent
        signal.alarm(seconds)
        for number, program in enumerate(lines):
            os.write(writer, f"{number}\n".encode())
            wrong = judge(program)
            if wrong is not None:
                os.write(writer, f"wrong {wrong}\n".encode())
                os._exit(1)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8", errors="replace") as pipe:
        told = pipe.read().split("wrong ", 1)
    status = os.waitpid(child, 0)[1]
    if status == 0:
        return None
    number = int(told[0].split("\n")[-2])
    if os.WIFSIGNALED(status):
        return number, f"died of {signal.Signals(os.WTERMSIG(status)).name}"
    return number, told[1].strip()


def shortened(program: list[str], kind: str) -> list[str]:
    """A program with as few lines as still fail in this way."""
    size = max(1, len(program) // 2)
    while True:
        start = 0
        while start < len(program):
            shorter = program[:start] + program[start + size :]
            failure = in_child([shorter], 20) if shorter else None
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


def programs(seed: int) -> Iterator[list[str]]:
    number = seed * 1_000_000_007
    while True:
        yield Program(number).lines
        number += 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=20_000, metavar="N", help="lines to run (default 20000)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the programs (default 0)")
    parser.add_argument("--most", type=int, default=5, metavar="N", help="stop after so many failures (default 5)")
    options = parser.parse_args()
    source, calls, failures, start = programs(options.seed), 0, 0, time.monotonic()
    waiting: list[list[str]] = []
    while failures < options.most and (waiting or calls < options.calls):
        while len(waiting) < BATCH and calls < options.calls:
            waiting.append(next(source))
            calls += len(waiting[-1])
        failure = in_child(waiting)
        if failure is None:
            waiting = []
            continue
        number, wrong = failure
        failures += 1
        short = shortened(waiting[number], kind_of(wrong))
        again = in_child([short], 20)
        print(f"--- {again[1] if again else wrong}", *short, sep="\n", flush=True)
        waiting = waiting[number + 1 :]
    print(f"{calls} calls, seed {options.seed}: {failures} failures in {time.monotonic() - start:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""Measures what an element of every operation costs, and writes it into the manifest: the COST lines of
native/kernels/*/operations.inc, and the two costs of moving elements in native/walks/sizes.h.

    python native/tools/costs.py                measure everything, rewrite what has changed
    python native/tools/costs.py add exp        only these operations
    python native/tools/costs.py --check        change nothing; exit status 1 if a cost is off by more than twice

Costs are ratios: tenths of the time that a float32 element of `add` takes. All operands and results of a call lie in
the second-level cache together, one thread runs, and every timing stands between two of `add`. The time of a call
with a few elements is subtracted. A number that is within a quarter of what is measured stays, so that measuring twice
changes nothing.

The numbers in the manifest are from one core of an AMD EPYC (Zen 4, virtual machine) with the kernels for x86-64-v4.
A float32 element of `add` took 0.12 ns there, which native/pool.h turns costs into time by.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from raptors_xp import _native

NATIVE = Path(__file__).resolve().parent.parent
SIZES_H = NATIVE / "walks/sizes.h"

# By code, as in native/dtypes.h: kind, bytes, column of a COST line.
KINDS = "biiiiuuuuffcc"
BYTES = (1, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8, 8, 16)
COLUMNS = (0, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7)
INT64, FLOAT32 = 4, 9

TOTAL_BYTES = 256 << 10  # of all operands and the result of a call: more than a first-level cache, less than a second
FEW = 64  # elements of the call that is subtracted
LINE = 4096  # elements of a line to sort, and of the sorted ones to search among
TIMED = 100_000  # nanoseconds that a timing takes at least
OFF = 2.0  # times that --check allows
NEAR = 1.25  # times that a written number may be off and stay

Call = Callable[[], object]
Values = Callable[[str], list[object]]


class Case(NamedTuple):
    """An operation on a dtype: a call with many elements, one with few, and by how many units of work they differ."""

    name: str
    column: int
    many: Call
    few: Call
    work: float


# --- operands --------------------------------------------------------------------------------------------------------


def uniform(low: float, high: float) -> Values:
    """Numbers of a kind between two bounds; where these are below 1, integers from 1 to 100."""

    def draw(kind: str) -> object:
        if kind == "b":
            return random.random() < 0.5
        if kind in "iu":
            return random.randint(1, 100) if high <= 1 else random.randint(int(low), int(high))
        if kind == "f":
            return random.uniform(low, high)
        return complex(random.uniform(low, high), random.uniform(low, high))

    return lambda kind: [draw(kind) for _ in range(LINE)]


def constant(value: int) -> Values:
    types = {"b": bool, "i": int, "u": int, "f": float, "c": complex}
    return lambda kind: [types[kind](value)] * LINE


TYPICAL = uniform(0.1, 0.9)
# Where typical numbers are none: inputs by operation, the last one for all that follow.
INPUTS: dict[str, tuple[Values, ...]] = {
    "acosh": (uniform(1.5, 5.0),),
    "power": (TYPICAL, uniform(1.5, 4.0)),
    "bitwise_left_shift": (TYPICAL, uniform(1, 6)),
    "bitwise_right_shift": (TYPICAL, uniform(1, 6)),
    "prod": (uniform(0.999, 1.001),),
    "cumulative_prod": (uniform(0.999, 1.001),),
    "any": (constant(0),),  # else it would be known at once
    "all": (constant(1),),
}


def memory(values: Values, dtype: int, size: int) -> _native.Memory:
    """`size` elements, the same ones again and again."""
    once = values(KINDS[dtype])
    return _native.pack(dtype, [once[i % LINE] for i in range(size)], size)  # type: ignore[misc]


# --- calls -----------------------------------------------------------------------------------------------------------


def elementwise(name: str, op: int, dtype: int, inputs: int) -> Case:
    given = INPUTS.get(name, (TYPICAL,))
    dtypes = [0 if name == "where" and k == 0 else dtype for k in range(inputs)]
    each = BYTES[_native.result_dtype(op, dtype)] + sum(BYTES[code] for code in dtypes)
    size = TOTAL_BYTES // each
    operands: list[_native.Memory | int] = []
    for k, code in enumerate(dtypes):
        operands += [memory(given[min(k, len(given) - 1)], code, size), 0]

    def call(count: int) -> Call:
        return lambda: _native.flat(op * len(BYTES) + dtype, count, *operands)

    return Case(name, COLUMNS[dtype], call(size), call(FEW), size - FEW)


def reduction(name: str, op: int, dtype: int) -> Case:
    size = TOTAL_BYTES // BYTES[dtype]
    data = memory(INPUTS.get(name, (TYPICAL,))[0], dtype, size)

    def call(count: int) -> Call:
        return lambda: _native.reduce_flat(op * len(BYTES) + dtype, count, data, 0)

    return Case(name, COLUMNS[dtype], call(size), call(FEW), size - FEW)


def product(name: str, dtype: int) -> Case:
    each = BYTES[dtype]
    if name == "vecdot":
        size = TOTAL_BYTES // (2 * each)
        a, b = memory(TYPICAL, dtype, size), memory(TYPICAL, dtype, size)

        def dot(count: int) -> Call:
            return lambda: _native.vecdot(dtype, (), count, a, 0, (each,), b, 0, (each,))

        return Case(name, COLUMNS[dtype], dot(size), dot(FEW), size - FEW)
    side = 96
    a, b = memory(TYPICAL, dtype, side * side), memory(TYPICAL, dtype, side * side)

    def matmul(count: int) -> Call:
        strides = (count * each, each)
        return lambda: _native.matmul(dtype, (), count, count, count, a, 0, strides, b, 0, strides, False)

    return Case(name, COLUMNS[dtype], matmul(side), matmul(4), side**3 - 4**3)


def sorting(name: str, dtype: int) -> Case:
    each = BYTES[dtype]
    bits = 8 * each - 2
    values = uniform(0.1, 0.9) if KINDS[dtype] == "f" else uniform(2, float(2 ** min(bits, 50)))
    lines = TOTAL_BYTES // (2 * each * LINE)
    data = memory(values, dtype, lines * LINE)

    def call(count: int) -> Call:
        steps = (LINE * each,)
        return lambda: _native.sort(dtype, False, False, LINE, each, (count,), steps, data, 0, each, steps)

    return Case(name, COLUMNS[dtype], call(lines), call(1), (lines - 1) * LINE)


def transform(name: str, dtype: int) -> Case:
    n = 256  # four steps of radix 4; loading and storing count as three more
    lines = TOTAL_BYTES // (4 * BYTES[dtype] * n)
    data = memory(TYPICAL, dtype + 2, lines * n)

    def call(count: int) -> Call:
        return lambda: _native.fourier(0, dtype + 2, data, 0, count, n, 1, n, 1.0)

    return Case(name, COLUMNS[dtype], call(lines), call(16), (lines - 16) * n * 7)


def search(name: str, dtype: int) -> Case:
    elements = sorted(TYPICAL(KINDS[dtype]))  # type: ignore[type-var]
    data = _native.pack(dtype, elements, len(elements))  # type: ignore[arg-type]
    size = TOTAL_BYTES // (BYTES[dtype] + 8)
    values = memory(TYPICAL, dtype, size)

    def call(count: int) -> Call:
        return lambda: _native.search(dtype, False, LINE, data, 0, count, values, 0, None, 0)

    return Case(name, COLUMNS[dtype], call(size), call(FEW), (size - FEW) * LINE.bit_length())


def along(name: str, op: int, dtype: int, is_scan: bool) -> Case:
    each = BYTES[dtype]
    size = TOTAL_BYTES // (each + (BYTES[_native.result_dtype(op, dtype)] if is_scan else 0))
    data = memory(INPUTS.get(name, (TYPICAL,))[0], dtype, size)

    def call(count: int) -> Call:
        if is_scan:
            return lambda: _native.scan(op, dtype, False, 1, count, each, (), (), data, 0)
        return lambda: _native.extreme(op, dtype, 1, count, each, (), (), data, 0)

    return Case(name, COLUMNS[dtype], call(size), call(FEW), size - FEW)


def case_of(name: str, form: str, dtype: int) -> Case:
    op: int = getattr(_native, name.upper())
    inputs = {"unary": 1, "binary": 2, "ternary": 3, "choice": 3}
    if form in inputs:
        return elementwise(name, op, dtype, inputs[form])
    if form in ("scan", "extreme"):
        return along(name, op, dtype, form == "scan")
    if form == "reduce":
        return reduction(name, op, dtype)
    return {"product": product, "transform": transform, "sort": sorting, "search": search}[form](name, dtype)


def moves() -> list[Case]:
    """Elements found one by one, by index and by mask, and long blocks of them."""
    size = TOTAL_BYTES // 32
    indices = _native.pack(INT64, [random.randrange(size) for _ in range(size)], size)
    data = _native.allocate(8 * size)
    mask = _native.pack(0, [random.random() < 0.5 for _ in range(size)], size)
    block, rows = 512, size * 8 // 512
    row_indices = _native.pack(INT64, [random.randrange(rows) for _ in range(rows)], rows)

    def gather(count: int) -> Call:
        picks = ((indices, INT64, 0, (8,), size, 8),)
        return lambda: _native.gather(8, data, 0, (), (), (count,), (0,), picks, (), ())

    def choose(count: int) -> Call:
        return lambda: _native.mask_read(8, count, mask, 0, data, 0)

    def gather_blocks(count: int) -> Call:
        picks = ((row_indices, INT64, 0, (8,), rows, block),)
        return lambda: _native.gather(8, data, 0, (), (), (count,), (0,), picks, (block // 8,), (8,))

    return [
        Case("FIND_COST", 0, gather(size), gather(FEW), size - FEW),
        Case("FIND_COST", 0, choose(size), choose(FEW), size - FEW),
        Case("BYTE_COST", 0, gather_blocks(rows), gather_blocks(1), (rows - 1) * block),
    ]


# --- timing ----------------------------------------------------------------------------------------------------------


def nanoseconds(call: Call, repeats: int) -> float:
    start = time.perf_counter_ns()
    for _ in range(repeats):
        call()
    return (time.perf_counter_ns() - start) / repeats


def repeats_for(call: Call) -> int:
    call()
    return max(1, round(TIMED / min(nanoseconds(call, 1) for _ in range(3))))


def ratios(cases: list[Case], rounds: int) -> list[float]:
    """What a unit of work of each case costs, in tenths of an element of float32 addition: medians over the rounds."""
    base = elementwise("add", int(_native.ADD), FLOAT32, 2)
    repeats = [(repeats_for(case.many), repeats_for(case.few)) for case in [base, *cases]]

    def unit(case: Case, counts: tuple[int, int]) -> float:
        few = min(nanoseconds(case.few, max(1, counts[1] // 8)) for _ in range(3))
        many = min(nanoseconds(case.many, max(1, counts[0] // 3)) for _ in range(3))
        return (many - few) / case.work

    found: list[list[float]] = [[] for _ in cases]
    seconds = []
    for _ in range(rounds):
        before = unit(base, repeats[0])
        for case, counts, results in zip(cases, repeats[1:], found):
            time_of_case = unit(case, counts)
            after = unit(base, repeats[0])
            results.append(10 * time_of_case / min(before, after))
            before = after
        seconds.append(before)
    print(f"float32 add: {statistics.median(seconds):.3f} ns an element", flush=True)
    return [statistics.median(each) for each in found]


# --- the manifest ----------------------------------------------------------------------------------------------------


def rounded(cost: float) -> int:
    """Two digits, of which the second one is 0 or 5 from 30 on: more would not be the same the next time."""
    if cost < 10:
        return max(1, round(cost))
    digits = 10 ** (len(str(int(cost))) - 2)
    step: int = digits if cost < 30 * digits else 5 * digits
    return round(cost / step) * step


def agreed(written: int, measured: float) -> int:
    """The number to write: the present one if it is near enough."""
    if written > 0 and (abs(measured - written) <= 0.6 or written / NEAR <= measured <= written * NEAR):
        return written
    return rounded(measured)


def is_off(written: int, measured: float) -> bool:
    return abs(measured - written) > 1 and not written / OFF <= measured <= written * OFF


class Line(NamedTuple):
    """A COST line: where it is, whose it is, and its numbers."""

    path: Path
    name: str
    costs: list[int]


def read_lines() -> tuple[dict[str, str], list[Line]]:
    """The forms of all operations, and the lines of their costs."""
    forms: dict[str, str] = {}
    lines = []
    for path in sorted(NATIVE.glob("kernels/*/operations.inc")):
        text = path.read_text()
        forms.update(re.findall(r"^OPERATION\((\w+), (\w+),", text, re.MULTILINE))
        for name, costs in re.findall(r"^COST\((\w+), ([\d, ]+)\)", text, re.MULTILINE):
            lines.append(Line(path, name, [int(cost) for cost in costs.split(",")]))
    return forms, lines


def read_moves() -> Line:
    found = re.search(r"FIND_COST = (\d+), BYTE_COST = (\d+)", SIZES_H.read_text())
    assert found is not None, f"{SIZES_H} does not say FIND_COST and BYTE_COST"
    return Line(SIZES_H, "moves", [int(found[1]), int(found[2])])


def write(line: Line, costs: list[int]) -> None:
    text = line.path.read_text()
    if line.path == SIZES_H:
        text = re.sub(r"FIND_COST = \d+, BYTE_COST = \d+", f"FIND_COST = {costs[0]}, BYTE_COST = {costs[1]}", text)
    else:
        numbers = ", ".join(map(str, costs))
        text = re.sub(rf"^COST\({line.name}, .*\)$", f"COST({line.name}, {numbers})", text, flags=re.MULTILINE)
    line.path.write_text(text)


def measure(names: Iterable[str], rounds: int) -> list[tuple[Line, list[float]]]:
    """The lines of these operations, or of all, with what was measured for each of their numbers."""
    forms, lines = read_lines()
    chosen = [line for line in lines if not names or line.name in names]
    cases = [
        case_of(line.name, forms[line.name], dtype)
        for line in chosen
        for dtype in range(len(KINDS))
        if _native.result_dtype(getattr(_native, line.name.upper()), dtype) >= 0
    ]
    moving = [] if names else moves()
    costs = ratios([*cases, *moving], rounds)
    results = []
    for line in chosen:
        of_line = [(case.column, cost) for case, cost in zip(cases, costs) if case.name == line.name]
        # Dtypes that share a number: the most that one of them costs.
        results.append((line, [max([cost for at, cost in of_line if at == i], default=0.0) for i in range(8)]))
    if moving:
        by_index, by_mask, byte = costs[-3:]
        results.append((read_moves(), [(by_index + by_mask) / 2 - 8 * byte, byte]))
    return results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="operations; all of them if none is given")
    parser.add_argument("--check", action="store_true", help="only compare, and report what is off by more than twice")
    parser.add_argument("--rounds", type=int, default=15, help="timings of each case (default: 15)")
    options = parser.parse_args()
    random.seed(1)
    before = _native.threads()
    _native.set_threads(1)
    try:
        results = measure(options.names, options.rounds)
    finally:
        _native.set_threads(before)
    off = 0
    for line, measured in results:
        shown = ", ".join(f"{cost:.1f}" for cost in measured)
        if options.check:
            if any(is_off(written, cost) for written, cost in zip(line.costs, measured)):
                off += 1
                print(f"{line.name}: written {line.costs}, measured {shown}")
            continue
        costs = [agreed(written, cost) if cost > 0 else 0 for written, cost in zip(line.costs, measured)]
        if costs != line.costs:
            print(f"{line.name}: {line.costs} -> {costs} (measured {shown})")
            write(line, costs)
    return 1 if off else 0


if __name__ == "__main__":
    sys.exit(main())

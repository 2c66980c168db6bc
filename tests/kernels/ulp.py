"""The ulp tool: the largest error of every elementary function, in units in the last place, against mpmath.

    python tests/kernels/ulp.py [FUNCTION ...] [--dtype float32,float64] [--isa v2,v3,v4] [--samples N] [--write FILE]

It calls the kernels themselves (raptors_xp._native, nothing else of the package), on each instruction set in a process
of its own. All arguments are compared with a reference of more precision than the kernel's (float64 for float32, long
double for float64); the worst of them then with mpmath, until no other can be worse. The unit is the distance between
the two numbers of the dtype around the exact result; an infinity counts as the next power of two. What the standard
and C99 say of infinities, nan and signed zeros is held too: a wrong one has an infinite error.
The largest error found must be within what the kernel promises (ulp_bounds.py), else the exit status is 1. Where to try
a function is in ulp_functions.py and ulp_special.py; errors of complex numbers are explained in ulp_complex.py.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
CODES = {"float32": 9, "float64": 10, "complex64": 11, "complex128": 12}  # of the dtypes, in docs/architecture.md
DTYPES = 13
SIZES = {9: 4, 10: 8, 11: 8, 12: 16}  # bytes, of their elements


def load_native() -> Any:
    """The C extension alone, without the package around it."""
    paths = list(ROOT.glob("raptors_xp/_native.*.so"))
    spec = importlib.util.spec_from_file_location("raptors_xp._native", paths[0]) if paths else None
    if spec is None or spec.loader is None:
        sys.exit("ulp: raptors_xp is not built here: run `python native/build.py` first")
    native = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(native)
    return native


# --- the process that runs kernels -----------------------------------------------------------------------------------

HEADER = struct.Struct("<iiqii")  # operation, dtype, elements, inputs, bytes of a result


def read_exactly(stream: IO[bytes], count: int) -> bytearray:
    data = bytearray()
    while len(data) < count:
        more = stream.read(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def serve() -> None:
    """Read arguments from standard input and write results to standard output, until there are no more."""
    native = load_native()
    while True:
        try:
            operation, dtype, count, inputs, result_size = HEADER.unpack(read_exactly(sys.stdin.buffer, HEADER.size))
        except EOFError:
            return
        operands: list[Any] = []
        for _ in range(inputs):
            operands += [native.borrow(read_exactly(sys.stdin.buffer, count * SIZES[dtype]))[0], 0]
        result = native.flat(operation * DTYPES + dtype, count, *operands)
        sys.stdout.buffer.write(ctypes.string_at(result.address, count * result_size))
        sys.stdout.buffer.flush()


class Worker:
    """One such process, on one instruction set."""

    def __init__(self, isa: str) -> None:
        self.isa = isa
        environment = {**os.environ, "RAPTORS_ISA": isa}
        command = [sys.executable, __file__, "--serve"]
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, operation: int, arguments: tuple[Numbers, ...], result: np.dtype[Any]) -> Numbers:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        dtype, count = arguments[0].dtype, arguments[0].size
        self.process.stdin.write(HEADER.pack(operation, CODES[dtype.name], count, len(arguments), result.itemsize))
        for argument in arguments:
            self.process.stdin.write(np.ascontiguousarray(argument, dtype).tobytes())
        self.process.stdin.flush()
        return np.frombuffer(read_exactly(self.process.stdout, count * result.itemsize), result)

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


if __name__ == "__main__" and sys.argv[1:] == ["--serve"]:
    serve()
    sys.exit()

import mpmath  # noqa: E402  (the serving process starts without them)
import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parent))

import ulp_complex  # noqa: E402
from ulp_bounds import BOUNDS  # noqa: E402
from ulp_complex import COMPLEX_FUNCTIONS  # noqa: E402
from ulp_functions import FUNCTIONS, Function, samples  # noqa: E402
from ulp_special import SPECIAL_FUNCTIONS  # noqa: E402

Numbers = NDArray[Any]

# --- errors ----------------------------------------------------------------------------------------------------------

# The rough reference is taken to be this close, in units of the kernel's dtype.
ROUGH_ERROR = {"float32": 1e-6, "float64": 0.01, "complex64": 1e-5, "complex128": 0.02}
LOOKS = {"f": 4000, "c": 500}  # at most so many results of a batch go to mpmath


class Worst(NamedTuple):
    error: float
    arguments: tuple[complex, ...]
    result: complex


def rough_errors(function: Function, arguments: tuple[Numbers, ...], results: Numbers) -> Numbers:
    """In ULP, by the rough reference. A nan or zero of the wrong sign where there should be none: infinite."""
    dtype = results.dtype
    info = np.finfo(dtype)
    wide = np.float64 if dtype == np.float32 else np.longdouble
    with np.errstate(all="ignore"):
        reference = function.rough(*(argument.astype(wide) for argument in arguments))
        limit = np.ldexp(wide(1), int(info.maxexp))
        bounded = np.clip(reference, -limit, limit)
        got = np.clip(results.astype(wide), -limit, limit)
        size = np.abs(bounded)
        exponent = np.where(size == limit, int(info.maxexp), np.frexp(size)[1])
        smallest = int(info.minexp) - int(info.nmant)
        unit = np.ldexp(wide(1), np.maximum(exponent - int(info.nmant) - 1, smallest))
        errors = np.abs(got - bounded) / unit
        wrong = np.isnan(reference) != np.isnan(results)
        wrong |= np.isinf(reference) & (reference != results)
        # The rounding of a subnormal result may give zero, but of the right sign; an exact zero has its sign by C99.
        wrong |= (results == 0) & (np.signbit(results) != np.signbit(reference)) & ~np.isnan(reference)
        errors = np.where(np.isnan(reference) & np.isnan(results), 0, errors)
        return np.where(wrong, np.inf, errors).astype(np.float64)


def exact_error(function: Function, arguments: tuple[Any, ...], result: Any, rough_error: float) -> float:
    """In ULP, by mpmath; what mpmath has no number for keeps the error it has."""
    info = np.finfo(result.dtype)
    if not all(np.isfinite(argument) for argument in arguments) or np.isnan(result):
        return rough_error
    with mpmath.workprec(300):
        try:
            exact = function.exact(*(mpmath.mpf(float(argument)) for argument in arguments))
        except (ValueError, ZeroDivisionError):
            return rough_error
        if isinstance(exact, mpmath.mpc) or not mpmath.isfinite(exact):
            return rough_error
        if exact == 0 or (result == 0 and np.signbit(result) != (exact < 0)):
            return 0.0 if result == 0 and exact == 0 and rough_error == 0 else float("inf")
        exact = max(-mpmath.ldexp(1, int(info.maxexp)), min(mpmath.ldexp(1, int(info.maxexp)), exact))
        got = mpmath.mpf(float(result))
        if mpmath.isinf(got):
            got = mpmath.sign(got) * mpmath.ldexp(1, int(info.maxexp))
        exponent = min(mpmath.frexp(exact)[1], int(info.maxexp))
        smallest = int(info.minexp) - int(info.nmant)
        return float(abs(got - exact) / mpmath.ldexp(1, max(exponent - int(info.nmant) - 1, smallest)))


def worst_of(function: Function, arguments: tuple[Numbers, ...], results: Numbers, known: Worst) -> Worst:
    """The worst of a batch, or `known` if nothing in it is worse."""
    dtype = arguments[0].dtype
    of_kind = ulp_complex if dtype.kind == "c" else sys.modules[__name__]
    errors = of_kind.rough_errors(function, arguments, results)
    slack = ROUGH_ERROR[dtype.name]
    suspects = np.flatnonzero(errors > known.error - slack)
    suspects = suspects[np.argsort(-errors[suspects], kind="stable")]
    for looks, index in enumerate(suspects):
        if errors[index] <= known.error - slack:
            break
        if looks == LOOKS[dtype.kind] and errors[index] <= 0.5 + slack:
            break  # correctly rounded, as far as the rough reference can tell
        if looks == LOOKS[dtype.kind]:
            left = np.count_nonzero(errors[suspects] > known.error - slack) - looks
            print(f"ulp: {function.name}: {left} more suspects in this batch were not looked at", file=sys.stderr)
            break
        chosen = tuple(argument[index] for argument in arguments)
        error = of_kind.exact_error(function, chosen, results[index], float(errors[index]))
        if error > known.error:
            known = Worst(error, tuple(value.item() for value in chosen), results[index].item())
        if known.error == float("inf"):
            break
    return known


class Row(NamedTuple):
    """The worst of one function on one dtype, on each instruction set."""

    function: Function
    dtype: np.dtype[Any]
    tried: int
    worst: dict[str, Worst]

    @property
    def error(self) -> float:
        return max(worst.error for worst in self.worst.values())

    @property
    def bound(self) -> float:
        """What is promised; where nothing is, nothing is allowed."""
        return BOUNDS.get((self.function.operation, self.dtype.name), 0.0)

    @property
    def is_within(self) -> bool:
        return self.error <= self.bound


def measure(function: Function, dtype: np.dtype[Any], workers: list[Worker], operation: int, count: int) -> Row:
    """Try `count` arguments of each kind on every instruction set; of complex numbers fewer, they take longer."""
    result = ulp_complex.part_dtype(dtype) if function.name == "abs" else dtype
    worst = {worker.isa: Worst(-1.0, (), 0.0) for worker in workers}
    tried = 0
    for arguments in samples(function, dtype, count if dtype.kind == "f" else count // 16):
        tried += arguments[0].size
        seen: dict[bytes, tuple[str, Worst]] = {}
        for worker in workers:
            results = worker.run(operation, arguments, result)
            key = results.tobytes()
            if key in seen and worst[worker.isa] == seen[key][1]:
                worst[worker.isa] = worst[seen[key][0]]
                continue
            seen[key] = (worker.isa, worst[worker.isa])
            worst[worker.isa] = worst_of(function, arguments, results, worst[worker.isa])
    return Row(function, dtype, tried, worst)


KINDS = {"f": FUNCTIONS | SPECIAL_FUNCTIONS, "c": COMPLEX_FUNCTIONS}
NAMES = list(dict.fromkeys([*KINDS["f"], *KINDS["c"]]))


def functions_of(dtype: str) -> dict[str, Function]:
    return KINDS[np.dtype(dtype).kind]


def measure_all(names: list[str], dtypes: list[str], isas: list[str], count: int, *, quiet: bool = False) -> list[Row]:
    native = load_native()
    rows = []
    workers = [Worker(isa) for isa in isas or native.isas()]
    try:
        for dtype in dtypes:
            functions = functions_of(dtype)
            for function in [functions[name] for name in names or functions if name in functions]:
                operation = getattr(native, function.operation, None)
                if operation is None:
                    print(f"ulp: there is no kernel {function.operation}", file=sys.stderr)
                    continue
                row = measure(function, np.dtype(dtype), workers, operation, count)
                rows.append(row)
                if not quiet:
                    print(describe(row), flush=True)
    finally:
        for worker in workers:
            worker.close()
    return rows


# --- reports ---------------------------------------------------------------------------------------------------------


def hexadecimal(value: float) -> str:
    text = value.hex()
    if "p" not in text:
        return text
    mantissa, exponent = text.split("p")
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}p{exponent}"


def number(value: complex) -> str:
    if not isinstance(value, complex):
        return hexadecimal(value)
    imaginary = hexadecimal(value.imag)
    return f"{hexadecimal(value.real)} {imaginary[0] if imaginary[0] == '-' else '+'} {imaginary.lstrip('-')}i"


def at(worst: Worst) -> str:
    return ", ".join(number(argument) for argument in worst.arguments)


def describe(row: Row) -> str:
    found: dict[Worst, list[str]] = {}
    for isa, worst in row.worst.items():
        found.setdefault(worst, []).append(isa)
    parts = [f"{'/'.join(isas)} {each.error:.4f} at {at(each)}" for each, isas in found.items()]
    verdict = f"promised {row.bound:g}" if row.is_within else f"BEYOND the promised {row.bound:g}"
    return f"{row.function.name:10} {row.dtype} {row.tried:8} tried: {'; '.join(parts)}; {verdict}"


INTRODUCTION = """# Accuracy

The largest error of each elementary function that is promised, and the largest that was found, in units in the last
place (ULP: the distance between the two floating-point numbers around the exact result), with the argument where it was
found. The promises are made beside the formulas, by the `BOUND` lines of `native/kernels/<family>/operations.inc`; a
correctly rounded result is off by at most 0.5. Elementwise functions that are not listed are exact, or rounded once.

Written by `python tests/kernels/ulp.py --samples {count} --write docs/accuracy.md`: each function is tried on that many
arguments of each kind (any bits, subnormals, all sizes, the neighbourhood of zeros, poles and branch points, huge
arguments close to multiples of pi / 2, exponentials whose sum is close to 1), with fixed seeds, and compared with
mpmath.

{real}
## Complex numbers

The distance from the exact result, in ULP of the larger part of that; of a sixteenth as many arguments of each kind:
both parts of any size, on both sides of the axes and branch cuts, around branch points and the unit circle. Zeros are
on the right side of branch cuts. The bounds of `add`, `subtract`, `multiply`, `square` and `divide`, which are computed
by the textbook, are those of theory. The error of `pow` is up to about 4 |x2 log(x1)|; the bound is for the arguments
that are tried, where |x2| is at most 23 and |log(x1)| at most 5.

{complex}"""


def table(rows: list[Row]) -> str:
    isas = list(rows[0].worst)
    lines = [f"| function | dtype | promised | {' | '.join(isas)} | worst argument | tried |"]
    lines.append(f"|---|---|---:|{'---:|' * len(isas)}---|---:|")
    for row in sorted(rows, key=lambda row: list(KINDS[row.dtype.kind]).index(row.function.name)):
        worst = max(row.worst.values(), key=lambda each: each.error)
        errors = " | ".join(f"{row.worst[isa].error:.3f}" for isa in isas)
        name = f"| `{row.function.name}` | {row.dtype} | {row.bound:g}"
        lines.append(f"{name} | {errors} | `{at(worst)}` | {row.tried} |")
    return "\n".join(lines) + "\n"


def document(rows: list[Row], count: int) -> str:
    tables = {kind: table([row for row in rows if row.dtype.kind == kind]) for kind in KINDS}
    return INTRODUCTION.format(count=count, real=tables["f"], complex=tables["c"])


def main() -> int:
    parser = argparse.ArgumentParser(description="The largest error of every elementary function, in ULP.")
    parser.add_argument("functions", nargs="*", metavar="FUNCTION", help=f"of {' '.join(NAMES)} (all)")
    parser.add_argument("--dtype", default=",".join(CODES), help="which dtypes (%(default)s)")
    parser.add_argument("--isa", default="", help="which instruction sets, such as v2,v3 (all that this machine runs)")
    parser.add_argument("--samples", type=int, default=1 << 17, help="arguments of each kind (%(default)s)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table, docs/accuracy.md")
    options = parser.parse_args()
    unknown = [name for name in options.functions if name not in NAMES]
    if unknown:
        parser.error(f"no function {unknown[0]!r}; there are {', '.join(NAMES)}")
    isas = [isa for isa in options.isa.split(",") if isa]
    rows = measure_all(options.functions, options.dtype.split(","), isas, options.samples)
    if options.write is not None and rows:
        options.write.write_text(document(rows, options.samples))
    beyond = [row for row in rows if not row.is_within]
    for row in beyond:
        print(f"ulp: {describe(row)}", file=sys.stderr)
    return 0 if rows and not beyond else 1


if __name__ == "__main__":
    sys.exit(main())

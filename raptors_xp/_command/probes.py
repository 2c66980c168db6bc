"""The parts of `python -m raptors_xp bench` beside the seed table: memory, import time, equal bits; small calls are in
calls.py. Each gives a table, its figures and whether its promises hold. No promise of time fails a run."""

import hashlib
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy

import raptors_xp
from raptors_xp import _native
from raptors_xp._command.calls import calls
from raptors_xp._command.instructions import instructions
from raptors_xp._command.measuring import Patience, interleave, resident_bytes
from raptors_xp._command.reporting import Cell, Progress, Report, Table, duration, mebibytes

PARTS: Final = {
    "all": "time every function of the namespace beside NumPy, by dtypes, layouts and sizes",
    "calls": "time calls on 16 elements beside NumPy",
    "instructions": "count the instructions of the same calls (needs valgrind)",
    "memory": "check that large results are recycled, and given back",
    "import-time": "time `import raptors_xp`; check that it does not load NumPy",
    "workloads": "time calls of SciPy, scikit-learn and xarray beside NumPy's arrays",
    "bits": "check that sums and means have the same bits on every instruction set and number of threads",
}


def run(part: str, patience: Patience, shuffler: random.Random, other: ModuleType | None) -> Report:
    if part == "calls":
        return calls(patience, shuffler, other)
    if part == "instructions":
        return instructions()
    if part == "memory":
        return memory(patience, shuffler)
    if part == "import-time":
        return import_time(patience)
    return bits()


def _verdict(good: bool) -> Cell:
    return Cell("holds", "green") if good else Cell("BROKEN", "bold red")


# --- memory --------------------------------------------------------------------------------------------------------
def memory(patience: Patience, shuffler: random.Random) -> Report:
    """Large results come from recycled memory; what is deleted goes back, but for a bounded cache."""
    _native.trim()
    start = resident_bytes()
    limit = _native.memory_info()["cache_limit"]
    x = raptors_xp.ones((2048, 2048), dtype=raptors_xp.float64)
    fresh, recycled, same_place = _recycling(x)
    repeated = interleave([("x + 1.0", {"x": numpy.asarray(x)}), ("x + 1.0", {"x": x})], patience, shuffler)
    many = [x + float(index) for index in range(24)]  # 768 MiB: three times the cache limit
    peak = resident_bytes()
    del many, x
    grown = resident_bytes() - start
    cached = _native.memory_info()["cached"]
    _native.trim()
    trimmed = resident_bytes() - start
    left = _native.memory_info()["cached"]

    slack = 8 * 2**20  # the interpreter's own arenas come and go
    promises = {
        "results of 32 MiB, 20 in turn, from fresh memory": (str(fresh), "0", fresh == 0),
        "the same, from recycled memory": (str(recycled), "at least 20", recycled >= 20),
        "the same, at the same address": (str(same_place), "20", same_place == 20),
        "cache limit": (mebibytes(limit), "at most 256 MiB", limit <= 256 * 2**20),
        "cached when 768 MiB are deleted": (mebibytes(cached), "within the limit", cached <= limit),
        "resident memory, beyond the start": (mebibytes(grown), "within the limit", grown <= limit + slack),
        "cached after trim()": (mebibytes(left), "0", left == 0),
        "resident after trim(), beyond the start": (mebibytes(trimmed), "about 0", trimmed <= 2 * slack),
    }
    table = Table("memory", ("promise", "found", "promised", ""))
    for name, (found, promised, good) in promises.items():
        table.add(name, found, promised, _verdict(good))
    table.notes.append(
        f"resident at the peak {mebibytes(peak)}; one `x + 1.0` of 32 MiB: "
        f"NumPy {duration(repeated[0].median)}, raptors_xp {duration(repeated[1].median)}"
    )
    figures: dict[str, object] = {
        "fresh": fresh,
        "recycled": recycled,
        "same_place": same_place,
        "cache_limit": limit,
        "cached": cached,
        "resident_grown": grown,
        "resident_trimmed": trimmed,
        "numpy_median": repeated[0].median,
        "ours_median": repeated[1].median,
    }
    return table, figures, all(good for _, _, good in promises.values())


def _recycling(x: Any) -> tuple[int, int, int]:
    """Of 20 results, each deleted before the next: how many blocks are fresh, recycled, and at the same address."""
    result = x + 1.0  # the first block of its size is fresh
    del result
    result = x + 1.0
    address = numpy.asarray(result).ctypes.data
    del result
    before = _native.memory_info()
    same_place = 0
    for _ in range(20):
        result = x + 1.0
        same_place += numpy.asarray(result).ctypes.data == address
        del result
    after = _native.memory_info()
    return after["fresh"] - before["fresh"], after["recycled"] - before["recycled"], same_place


# --- import time ---------------------------------------------------------------------------------------------------
_IMPORT_AIM: Final = 0.030


def _child(code: str, environment: Mapping[str, str] | None = None) -> str:
    """The output of a new interpreter that finds this very raptors_xp."""
    place = str(Path(raptors_xp.__file__).parent.parent)
    variables = {**os.environ, **(environment or {}), "PYTHONPATH": place}
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"a child interpreter failed with status {done.returncode}:\n{done.stderr}")
    return done.stdout


def import_time(patience: Patience) -> Report:
    """How much longer an interpreter lives that imports raptors_xp, and what it has loaded."""
    loaded = _child("import sys, raptors_xp; print('numpy' in sys.modules, len(sys.modules))").split()
    codes = {"nothing": "pass", "raptors_xp": "import raptors_xp", "numpy": "import numpy"}
    times: dict[str, list[float]] = {name: [] for name in codes}
    rounds = patience.rounds or max(5, round(15 * min(1.0, patience.seconds)))
    with Progress(rounds) as progress:
        for _ in range(rounds):
            for name, code in codes.items():
                start = time.perf_counter()
                _child(code)
                times[name].append(time.perf_counter() - start)
            progress.finish("import", duration(times["raptors_xp"][-1]))
    medians = {name: statistics.median(values) for name, values in times.items()}
    ours = medians["raptors_xp"] - medians["nothing"]
    table = Table("import time", ("", "found", "aim", ""))
    table.add("the interpreter alone", duration(medians["nothing"]), "", "")
    met = Cell("met", "green") if ours <= _IMPORT_AIM else Cell("MISSED", "bold red")
    table.add("import raptors_xp, beyond it", duration(ours), f"at most {duration(_IMPORT_AIM)}", met)
    table.add("import numpy, beyond it", duration(medians["numpy"] - medians["nothing"]), "", "")
    without_numpy = loaded[0] == "False"
    table.add("NumPy loaded by import raptors_xp", "no" if without_numpy else "yes", "no", _verdict(without_numpy))
    figures: dict[str, object] = {"medians": medians, "beyond_the_interpreter": ours, "numpy_loaded": not without_numpy}
    return table, figures, without_numpy


# --- bits ----------------------------------------------------------------------------------------------------------
_THREADS: Final = (1, 2, 7)
_SHAPES: Final = ((1,), (63,), (1000,), (1 << 20,), (3_000_017,), (512, 512), (2048, 1024), (1000, 1003), (40, 50, 60))
_FLOATING: Final = ("float32", "float64", "complex64", "complex128")


def digest() -> str:
    """A hash of the bits of many sums and means: over every axis, contiguous, strided and turned arrays."""
    numbers = numpy.random.default_rng(7)
    whole = hashlib.sha256()
    for dtype in _FLOATING:
        for shape in _SHAPES:
            values: Any = numbers.standard_normal(shape)
            if dtype.startswith("complex"):
                values = values + 1j * numbers.standard_normal(shape)
            x = raptors_xp.asarray(values.astype(dtype), copy=True)
            turned = raptors_xp.asarray(numpy.asarray(x).T, copy=False)
            for view in (x, x[::-1, ...], x[..., ::3], turned):
                for axis in (None, *range(len(shape))):
                    whole.update(numpy.asarray(raptors_xp.sum(view, axis=axis)).tobytes())
                    if not dtype.startswith("complex"):
                        whole.update(numpy.asarray(raptors_xp.mean(view, axis=axis)).tobytes())
    return whole.hexdigest()


def bits() -> Report:
    """One hash a combination of instruction set and threads, each in an interpreter of its own."""
    isas = _native.isas()
    combinations = [(isa, threads) for isa in isas for threads in _THREADS]
    digests: dict[tuple[str, int], str] = {}
    with Progress(len(combinations)) as progress:
        for isa, threads in combinations:
            code = (
                "from raptors_xp import _native; from raptors_xp._command import probes; "
                f"_native.set_threads({threads}); assert _native.threads() == {threads}, _native.threads(); "
                "print(_native.isa(), probes.digest())"
            )
            name = f"{isa}, {threads} threads"
            progress.start(name)
            used, found = _child(code, {"RAPTORS_ISA": isa}).split()
            if used != isa:
                raise RuntimeError(f"RAPTORS_ISA={isa} was asked for, {used} is in use")
            digests[isa, threads] = found
            progress.finish(name, found[:12])
    same = len(set(digests.values())) == 1
    table = Table("the bits of sum and mean", ("instruction set", *(f"{threads} threads" for threads in _THREADS)))
    for isa in isas:
        table.add(isa, *(digests[isa, threads][:12] for threads in _THREADS))
    table.notes.append("the same bits everywhere" if same else "DIFFERENT BITS: see the hashes above")
    figures: dict[str, object] = {
        "digests": {f"{isa} {threads}": found for (isa, threads), found in digests.items()},
        "same": same,
    }
    return table, figures, same

"""The bits that README promises: the same on any number of threads and cores, and of some functions on any processor.

Run as a program, this file prints a hash of the bits of many results; the tests compare what it prints under different
instruction sets, numbers of threads and, where the system allows it, of real cores.
"""

import hashlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import raptors_xp as xp
from raptors_xp import _native

SIZE = 150_000  # elements: shared among threads by all functions
# Each result of these is prescribed to the bit by the standard or by us, on every instruction set.
EXACT = (
    *(
        "abs",
        "bitwise_invert",
        "ceil",
        "conj",
        "floor",
        "imag",
        "isfinite",
        "isinf",
        "isnan",
        "logical_not",
        "negative",
    ),
    *("positive", "real", "reciprocal", "round", "sign", "signbit", "sqrt", "square", "trunc"),
    *("add", "copysign", "divide", "equal", "floor_divide", "greater", "less", "maximum", "minimum", "multiply"),
    *("nextafter", "remainder", "subtract", "clip", "where"),
)
# These are approximations, within 1 ULP on every instruction set: v3 and v4 compute alike, v2 has no fused operations.
APPROXIMATE = (
    *("acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "exp", "expm1", "log", "log1p", "log2"),
    *("log10", "sin", "sinh", "tan", "tanh", "atan2", "hypot", "logaddexp", "pow"),
)
REAL_ONLY = {
    *("ceil", "floor", "trunc", "signbit", "greater", "less", "maximum", "minimum", "floor_divide", "remainder"),
    *("copysign", "nextafter", "atan2", "hypot", "logaddexp", "clip"),
}
BINARY = {
    *("add", "copysign", "divide", "equal", "floor_divide", "greater", "less", "maximum", "minimum", "multiply"),
    *("nextafter", "remainder", "subtract", "atan2", "hypot", "logaddexp", "pow"),
}
COMPLEX_ONLY = {"imag", "real", "conj"}


def numbers(dtype: str, shape: int | tuple[int, ...], seed: int) -> xp.Array:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=shape)
    if dtype.startswith("complex"):
        values = values + 1j * rng.normal(size=shape)
    return xp.asarray(values.astype(dtype))


def elementwise(name: str, dtype: str) -> Any:
    x, y = numbers(dtype, SIZE, 1), numbers(dtype, SIZE, 2)
    if name == "bitwise_invert":
        return xp.bitwise_invert(xp.astype(xp.real(x) if dtype.startswith("complex") else x, xp.int64))
    if name == "clip":
        return xp.clip(x, -0.5, 0.5)
    if name == "where":
        return xp.where(xp.isfinite(x), x, y)
    function = getattr(xp, name)
    return function(x, y) if name in BINARY else function(x)


def sums(dtype: str) -> dict[str, Any]:
    x = numbers(dtype, (300, 500), 3)
    found = {f"sum {axis}": xp.sum(x, axis=axis) for axis in (None, 0, 1)}
    found |= {f"mean {axis}": xp.mean(x.T, axis=axis) for axis in (None, 0, 1)}
    return found | {"sum of a long line": xp.sum(numbers(dtype, 1_000_003, 4))}


def threaded(dtype: str) -> dict[str, Any]:
    """Results of other functions: their bits depend on the instruction set, but not on the threads."""
    x = numbers(dtype, (300, 500), 3)
    found = {"prod": xp.prod(x, axis=0), "cumulative_sum": xp.cumulative_sum(numbers(dtype, 400_000, 5))}
    for rows, inner, columns in ((48, 48, 48), (300, 300, 300), (420, 410, 400), (1400, 300, 700), (1, 70_000, 3)):
        found[f"product {rows}, {inner}, {columns}"] = numbers(dtype, (rows, inner), 6) @ numbers(
            dtype, (inner, columns), 7
        )
    found["products of a stack"] = numbers(dtype, (5, 260, 250), 8) @ numbers(dtype, (5, 250, 270), 9)
    for shape in ((300, 200), (2000, 30), (30, 9000), (4, 300, 100)):
        a = numbers(dtype, shape, 13)
        found |= {f"square {shape}": a @ a.mT, f"turned square {shape}": a.mT @ a}
    for shape in ((40, 9000), (60, 2000)):
        found[f"product of {shape}"] = numbers(dtype, shape, 14) @ numbers(dtype, (shape[1], 50 * shape[0] // 40), 15)
    found["wide product"] = numbers(dtype, (50, 80), 16) @ numbers(dtype, (80, 3000), 17)
    found["vecdot"] = xp.vecdot(numbers(dtype, 500_000, 10), numbers(dtype, 500_000, 11))
    found["norm"] = xp.linalg.vector_norm(x)
    found["fft"] = xp.fft.fft(xp.astype(numbers(dtype, (400, 700), 12), xp.complex128))
    if not dtype.startswith("complex"):
        found |= {"var": xp.var(x, axis=0), "std": xp.std(x), "sort": xp.sort(x, axis=0), "argsort": xp.argsort(x)}
        found |= {"max": xp.max(x, axis=1), "argmax": xp.argmax(x), "unique": xp.unique_values(xp.round(x))}
    return found


def results(dtype: str) -> dict[str, dict[str, Any]]:
    def fits(name: str) -> bool:
        return name not in (REAL_ONLY if dtype.startswith("complex") else COMPLEX_ONLY)

    exact = {name: elementwise(name, dtype) for name in EXACT if fits(name)}
    if dtype.startswith("complex"):  # quotients of complex numbers are no correctly rounded ones
        rounded = {
            name: exact.pop(name) for name in ("abs", "divide", "reciprocal", "sign", "sqrt", "multiply", "square")
        }
    else:
        rounded = {}
    approximate = {name: elementwise(name, dtype) for name in APPROXIMATE if fits(name)} | rounded
    return {"exact": exact | sums(dtype), "approximate": approximate, "threaded": threaded(dtype)}


def hashes() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for dtype in ("float32", "float64", "complex64", "complex128"):
        for group, each in results(dtype).items():
            for name, result in each.items():
                digest = hashlib.sha256(np.ascontiguousarray(np.asarray(result)).tobytes()).hexdigest()
                found.setdefault(group, {})[f"{name} of {dtype}"] = digest[:16]
    return found


@cache
def run(isa: str, threads: int, cores: int) -> dict[str, dict[str, str]]:
    """What this program prints on so many threads and real cores; cores is 0 for all that there are."""
    environment = {**os.environ, "RAPTORS_ISA": isa, "RAPTORS_NUM_THREADS": str(threads) if threads > 0 else ""}
    allowed = sorted(os.sched_getaffinity(0))[:cores] if cores > 0 else []
    done = subprocess.run(
        [sys.executable, Path(__file__), json.dumps(allowed)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, dict[str, str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("threads", [1, 7])
def test_the_same_bits_on_any_number_of_threads(threads: int) -> None:
    assert run(_native.isa(), threads, 0) == run(_native.isa(), 2, 0)


@pytest.mark.parametrize("cores", [1, 2])
def test_the_same_bits_on_any_number_of_cores(cores: int) -> None:
    """The number of threads is what the system offers, for us and for BLAS."""
    if hasattr(os, "sched_getaffinity"):
        assert run(_native.isa(), 0, cores) == run(_native.isa(), 2, 0)


@pytest.mark.parametrize("isa", _native.isas())
def test_what_is_exact_has_the_same_bits_on_every_instruction_set(isa: str) -> None:
    assert run(isa, 2, 0)["exact"] == run(_native.isa(), 2, 0)["exact"]


def test_approximations_have_the_same_bits_where_operations_can_be_fused() -> None:
    if "v4" in _native.isas():
        assert run("v3", 2, 0)["approximate"] == run("v4", 2, 0)["approximate"]


def test_the_hashes_differ_where_bits_do() -> None:
    found = run(_native.isa(), 2, 0)
    assert len(found["exact"]) > 100
    assert len({*found["exact"].values()}) > len(found["exact"]) // 2


if __name__ == "__main__":
    if json.loads(sys.argv[1]):
        os.sched_setaffinity(0, json.loads(sys.argv[1]))
    print(json.dumps(hashes()))

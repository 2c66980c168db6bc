"""`python -m raptors_xp doctor`: what this installation is and what it found on this machine. Changes nothing."""

import argparse
import importlib.metadata
import json
import os
import platform
import sys
from pathlib import Path
from typing import Final

import raptors_xp
from raptors_xp import _native
from raptors_xp._command.measuring import cores
from raptors_xp._command.reporting import Table, UsageError, mebibytes, show
from raptors_xp._engine import elementwise as dispatch

Facts = dict[str, dict[str, str | int | None]]

_VARIABLES: Final = (
    "RAPTORS_ISA",
    "RAPTORS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "RAPTORS_CACHE_LIMIT",
)
_NEIGHBOURS: Final = ("rich", "matplotlib", "torch", "array-api-compat", "threadpoolctl")


def facts() -> Facts:
    """Everything doctor knows, by chapter; the benchmarks put it into their JSON too."""
    return {
        "raptors_xp": {
            "version": raptors_xp.__version__,
            "standard": raptors_xp.__array_api_version__,
            "place": str(Path(raptors_xp.__file__).parent),
            "dispatch": "interpreted" if str(dispatch.__file__).endswith(".py") else "compiled",
            "compiler": _native.compiler(),
        },
        "instruction set": {
            "in use": _native.isa(),
            "available": " ".join(_native.isas()),
        },
        "threads": {
            "in use": _native.threads(),
            **{f"by {name}": count or None for name, count in _native.machine_threads().items()},
        },
        "allocator": dict(_native.memory_info()),
        "environment": {name: os.environ.get(name) for name in _VARIABLES},
        "machine": {
            "processor": _processor(),
            "caches": _caches(),
            "cores": len(cores()),
            "platform": platform.platform(),
            "memory": _memory(),
        },
        "python": {
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "executable": sys.executable,
            "numpy": _installed("numpy"),
            **{name: _installed(name) for name in _NEIGHBOURS},
        },
    }


_ALLOCATOR_BYTES: Final = frozenset({"in_use", "cached", "cache_limit", "peak"})


def _processor() -> str:
    """Its name, and its family and model: two generations of a maker may share a name."""
    if sys.platform == "linux":
        found: dict[str, str] = {}
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            found.setdefault(name.strip(), value.strip())
        if "model name" in found and "cpu family" in found:
            return f"{found['model name']} (family {found['cpu family']}, model {found['model']})"
    return platform.processor() or platform.machine()


def _caches(folder: Path = Path("/sys/devices/system/cpu/cpu0/cache")) -> str | None:
    """The sizes of the caches that hold data, from the first level up; None where the system does not say."""
    sizes: dict[str, str] = {}
    for cache in sorted(folder.glob("index*")):
        level, kind, size = ((cache / name).read_text().strip() for name in ("level", "type", "size"))
        if kind != "Instruction":
            sizes[level] = size
    return ", ".join(f"L{level} {sizes[level]}" for level in sorted(sizes)) or None


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _installed(distribution: str) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def _text(chapter: str, name: str, value: str | int | None) -> str:
    if value is None:
        return "not installed" if chapter == "python" else "not set"
    if isinstance(value, int) and ((chapter == "allocator" and name in _ALLOCATOR_BYTES) or name == "memory"):
        return mebibytes(value)
    return str(value)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", metavar="FILE", help="write the facts as JSON to FILE ('-': standard output)")


def run(options: argparse.Namespace) -> int:
    found = facts()
    if options.json == "-":
        print(json.dumps(found, indent=2))
        return 0
    table = Table("raptors_xp doctor", ("", "fact", "value"), words=3)
    for chapter, entries in found.items():
        heading = chapter
        for name, value in entries.items():
            spelled = name.replace("_", " ") if chapter == "allocator" else name
            table.add(heading, spelled, _text(chapter, name, value))
            heading = ""
    show(table)
    if options.json is not None:
        try:
            Path(options.json).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"--json {options.json}: {error.strerror}; give a file that can be written") from error
    return 0

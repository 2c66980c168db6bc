"""Builds whose every access to memory is checked while they run: their flags, and how to run them.

zig compiles them too, but has the runtime of the undefined-behaviour sanitizer only. That of the others comes from the
system's gcc or clang, and is loaded before Python, which is not built with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from building.requirements import BuildError

SLOW_FLAGS = ["-O1", "-Xclang", "-O1", "-g"]
DIE = "abort_on_error=1:handle_segv=0"  # of a signal, as a program without a sanitizer does


class Sanitizer(NamedTuple):
    """`options` are for its runtime; without a `runtime` nothing needs to be loaded first."""

    flags: list[str]
    runtime: str
    options: dict[str, str]


SANITIZERS = {
    "undefined": Sanitizer([*SLOW_FLAGS, "-fsanitize=undefined"], "", {}),
    # Python itself leaks on purpose. Its own allocator would hide the ends of its objects from the sanitizer.
    "address": Sanitizer(
        [*SLOW_FLAGS, "-fsanitize=undefined", "-Xclang", "-fsanitize=address"],
        "asan",
        {"ASAN_OPTIONS": f"detect_leaks=0:allocator_may_return_null=1:{DIE}", "PYTHONMALLOC": "malloc"},
    ),
}

# For programs without Python: zig has this runtime itself. In Python it would see little, as accesses of a whole vector
# are not watched.
THREAD_FLAGS = [*SLOW_FLAGS, "-fno-sanitize=undefined", "-fsanitize=thread"]


def find_runtime(name: str) -> str:
    """The path of a sanitizer's shared library: clang's, as zig is one, or gcc's.

    A compiler answers with the bare name if it has none.
    """
    for compiler in (*(f"clang-{version}" for version in range(22, 13, -1)), "clang", "gcc", "cc"):
        if shutil.which(compiler) is None:
            continue
        for file in (f"libclang_rt.{name}-{os.uname().machine}.so", f"libclang_rt.{name}.so", f"lib{name}.so"):
            command = [compiler, f"-print-file-name={file}"]
            path = Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
            if path.is_absolute() and path.exists():
                return str(path.resolve())
    raise BuildError(f"this sanitizer needs lib{name} of gcc or clang: apt-get install gcc, or dnf install lib{name}")


def environment_for(sanitizer: Sanitizer, directory: Path, root: Path) -> dict[str, str]:
    """What a Python needs around it to import the package in `directory`, checked by this sanitizer."""
    environment = {**os.environ, **sanitizer.options, "PYTHONPATH": f"{directory}{os.pathsep}{root}"}
    if sanitizer.runtime:
        environment["LD_PRELOAD"] = find_runtime(sanitizer.runtime)
    return environment

"""The commands of a build, run in parallel, each only if its result is not in the cache. What to build is not here."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, NamedTuple

from building.requirements import BuildError, required_version


def cpu_count() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def content_hash(parts: Iterable[str | bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:32]


def replace_file(source: Path, destination: Path) -> None:
    """Copy in one step, so that a running process keeps the library it has mapped."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    if destination.exists() and destination.read_bytes() == source.read_bytes():
        return
    with tempfile.NamedTemporaryFile(dir=destination.parent, prefix=".new-", delete=False) as file:
        file.write(source.read_bytes())
    os.chmod(file.name, 0o755)
    os.replace(file.name, destination)


class Headers(NamedTuple):
    """A folder of headers outside of the project. They change with `version` alone, wherever they are installed.

    `others` is a folder with headers that these include, searched when all others have been.
    """

    folder: str
    version: str
    others: str = ""


class Steps:
    """The commands of one build and the folder of their results. Paths are relative to `root`."""

    def __init__(self, root: Path, triple: str, jobs: int = 0) -> None:
        self.root = root
        self.triple = triple
        self.build = root / "build"
        self.cache = self.build / "cache"
        self.cache.mkdir(parents=True, exist_ok=True)
        self.pool = ThreadPoolExecutor(jobs or cpu_count())
        self.start = time.monotonic()
        self.reused = 0
        self.environment = self.compiler_environment()
        self.compiler = f"zig {required_version('ziglang')}"

    def compiler_environment(self) -> dict[str, str]:
        """zig keeps its C library and object files under the home directory, unless that cannot be written."""
        environment = dict(os.environ)
        environment.setdefault("ZIG_LOCAL_CACHE_DIR", str(self.build / "zig"))
        if "ZIG_GLOBAL_CACHE_DIR" not in environment:
            home = environment.get("XDG_CACHE_HOME") or (
                os.path.join(environment["HOME"], ".cache") if environment.get("HOME") else ""
            )
            try:
                os.makedirs(os.path.join(home, "zig"), exist_ok=True)
                writable = bool(home) and os.access(os.path.join(home, "zig"), os.W_OK)
            except OSError:
                writable = False
            if not writable:
                environment["ZIG_GLOBAL_CACHE_DIR"] = str(self.build / "zig")
        return environment

    def seconds(self) -> float:
        """Since the build began."""
        return time.monotonic() - self.start

    def say(self, step: str, seconds: float) -> None:
        # One write a line: several threads speak.
        print(f"[{self.seconds():6.1f}s] {step} ({seconds:.1f}s)\n", end="", flush=True)

    def run(self, step: str, command: Sequence[str]) -> None:
        """Run one command; its output is shown only if it fails."""
        start = time.monotonic()
        result = subprocess.run(
            command, cwd=self.root, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if result.returncode:
            shown = " ".join(command)
            raise BuildError(f"{step} failed (exit status {result.returncode}):\n  {shown}\n{result.stdout.rstrip()}")
        self.say(step, time.monotonic() - start)

    def compile(
        self, step: str, flags: Sequence[str], inputs: Sequence[Path], suffix: str, outside: Sequence[Headers] = ()
    ) -> Path:
        """The result of `zig cc flags inputs -o result`, from the cache if nothing that it read has changed.

        What it read is known only after it ran: the list of headers is kept beside the results, under a key made of
        the command and the inputs; the key of a result takes the contents of the headers in too.
        """
        arguments = ["-target", self.triple, *flags]
        contents = [path.read_bytes() for path in inputs]
        key = content_hash([self.compiler, *arguments, *(headers.version for headers in outside), *contents])
        list_of_headers = self.cache / f"{key}.headers"
        if list_of_headers.exists():
            result = self.cache / f"{self.full_key(key, list_of_headers.read_text().splitlines())}{suffix}"
            if result.exists():
                self.reused += 1
                return result
        started = time.time()
        with tempfile.TemporaryDirectory(dir=self.cache, prefix="step-") as scratch:
            output, depends = Path(scratch, f"output{suffix}"), Path(scratch, "depends")
            depends_flags = ["-MD", "-MF", str(depends)] if "-c" in flags else []
            names = [str(path.relative_to(self.root)) for path in inputs]
            includes = [word for headers in outside for word in ("-isystem", headers.folder)]
            includes += [word for headers in outside if headers.others for word in ("-idirafter", headers.others)]
            compiler = [sys.executable, "-m", "ziglang", "cc"]
            self.run(step, [*compiler, *arguments, *includes, *depends_flags, *names, "-o", str(output)])
            read = self.own_headers(depends) if depends.exists() else []
            if self.edited_since(started, read) or contents != [path.read_bytes() for path in inputs]:
                key = content_hash([key, str(started)])  # edited meanwhile: of use now, but not to be found again
            else:
                Path(scratch, "headers").write_text("\n".join(read))
                os.replace(Path(scratch, "headers"), list_of_headers)
            result = self.cache / f"{self.full_key(key, read)}{suffix}"
            os.replace(output, result)
        return result

    def edited_since(self, moment: float, headers: Sequence[str]) -> bool:
        edited = [self.root / name for name in headers if not name.startswith("build")]
        return any(path.stat().st_mtime > moment - 0.05 for path in edited)

    def full_key(self, key: str, headers: Sequence[str]) -> str:
        existing = [self.root / name for name in headers]
        return content_hash([key, *(path.read_bytes() if path.exists() else b"" for path in existing)])

    def own_headers(self, depends: Path) -> list[str]:
        """The files of ours that a make rule names; those of zig and Python change with their versions only."""
        words = depends.read_text().split(":", 1)[1].replace("\\\n", " ").split()
        paths = {os.path.normpath(os.path.join(self.root, word)) for word in words if not word.endswith(".c")}
        inside = sorted(path for path in paths if path.startswith(f"{self.root}{os.sep}"))
        return [os.path.relpath(path, self.root) for path in inside if "site-packages" not in path]

    def finish(self, futures: Iterable[Future[Any]]) -> list[Any]:
        """Wait for all of them, so that one run shows every error."""
        futures = list(futures)
        wait(futures)
        errors = [str(future.exception()) for future in futures if isinstance(future.exception(), BuildError)]
        if errors:
            raise BuildError("\n\n".join(dict.fromkeys(errors)))
        return [future.result() for future in futures]

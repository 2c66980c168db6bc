"""The build, as a script and as hatchling's hook: mypyc writes C, zig compiles everything. No project code lives here.

    python native/build.py                      build in place, into raptors_xp/
    python native/build.py --only native        only the C extension (compiled Python modules stay as they are)
    python native/build.py --check [-- ARG...]  build and run the check of the kernels, tests/kernels
    python native/build.py --check-pool [-- SECONDS]
                                                build and run the check of the thread pool, tests/pool
    python native/build.py --into DIR           an interpreted copy of the package, with the C extension only
    python native/build.py --sanitize KIND [-- ARG...]
                                                the same, with every access checked, and `python ARG...` run with it
    python native/build.py --target TRIPLE      compile all C that needs no Python.h for another machine

Every result is kept in build/cache under a hash of the command and of all it read: what did not change costs nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from concurrent.futures import Future
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # hatchling knows this file alone, not its folder
from building.requirements import BuildError, check_packages, check_python, python_headers, required_version

try:
    check_python()
    check_packages()
except BuildError as error:
    sys.exit(f"error: {error}")

from building.mypyc_c import write_c
from building.sanitizers import SANITIZERS, THREAD_FLAGS, environment_for
from building.steps import Headers, Steps, content_hash, replace_file
from building.targets import Target, find_target
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.pop(0)

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "raptors_xp"
GROUP = f"{PACKAGE}._compiled"  # the one library that holds all compiled modules: _compiled__mypyc
# The public face, and so is the command line.
INTERPRETED = {"__init__.py", "__main__.py", "_version.py", "fft.py", "lib.py", "linalg.py", "special.py"}
INTERPRETED_FOLDERS = {"_command"}
EXTENSION_SUFFIX: str = sysconfig.get_config_var("EXT_SUFFIX")
PYTHON = f"Python {platform.python_version()} {EXTENSION_SUFFIX}"  # what is compiled for one is of no use to another

# No contraction and no value-changing freedom: the same bits on every instruction set. Errors and traps are not used.
NATIVE_FLAGS = ["-std=gnu17", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=off", "-fPIC"]
NATIVE_FLAGS += ["-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", "-Inative"]
NATIVE_FLAGS += ["-Wno-pass-failed"]  # what v4 can vectorise, v2 often cannot
# zig takes any -O for -O2, and adds debug information and frame pointers, unless told so.
RELEASE_FLAGS = ["-O3", "-Xclang", "-O3", "-g0", "-fomit-frame-pointer", "-fno-sanitize=undefined"]
# A thread may have a stack of 64 KiB; what is larger belongs into the workspace (native/workspace.h).
RELEASE_FLAGS += ["-Wframe-larger-than=20000"]
# memset and memcpy are to be the C library's, which suit every processor. zig's own, made for the baseline, take their
# place as soon as anything else of its runtime is used, such as a division of 128 bits; without it that is an error.
SYSTEM_RUNTIME = ["-rtlib=none"]
PYTHON_FLAGS = ["-std=gnu17", "-O2", "-g0", "-fomit-frame-pointer", "-fno-sanitize=undefined", "-fPIC"]
PYTHON_FLAGS += ["-fvisibility=hidden", "-DNDEBUG", "-w"]


def mypyc_headers() -> str:
    """The folder of mypyc's runtime, which is not imported here: that takes a second."""
    found = importlib.util.find_spec("mypyc")
    if found is None or found.origin is None:
        raise BuildError("the build needs mypyc, which comes with mypy: pip install '.[build]'")
    return str(Path(found.origin).with_name("lib-rt"))


def is_compiled(module: Path, root: Path) -> bool:
    """True of the modules that mypyc compiles."""
    inside = module.relative_to(root / PACKAGE)
    if inside.name == "__init__.py" or inside.parts[0] in INTERPRETED_FOLDERS:
        return False
    return len(inside.parts) > 1 or inside.name not in INTERPRETED


class Builder(Steps):
    """What is compiled, from which sources, with which flags."""

    def __init__(self, root: Path, target: Target, *, sanitizer: str = "", jobs: int = 0) -> None:
        super().__init__(root, target.triple, jobs)
        self.target = target
        self.optimization = SANITIZERS[sanitizer].flags if sanitizer else RELEASE_FLAGS
        self.runtime = [] if sanitizer or "macos" in target.triple else SYSTEM_RUNTIME

    # --- the C of native/ ------------------------------------------------------------------------------------------

    def native_objects(self, *, python: bool) -> list[Future[Path]]:
        """Start compiling native/: kernels once an instruction set, the rest for the baseline."""
        jobs: list[tuple[str, list[str], Path]] = []
        for source in sorted(self.root.glob("native/kernels/*/*.c")):
            for isa, flags in self.target.isas.items():
                jobs.append((f"cc {source.name} {isa}", [*flags, f"-DISA={isa}"], source))
        folders = ["native", "native/kernels", "native/walks", *(["native/python"] if python else [])]
        sources = [path for folder in folders for path in sorted(self.root.glob(f"{folder}/*.c"))]
        jobs.extend((f"cc {source.name}", self.target.baseline, source) for source in sources)
        jobs.sort(key=lambda job: -job[2].stat().st_size)  # long ones first keep all cores busy to the end
        outside = {"python": [self.python_headers()]} if python else {}
        common = ["-c", *NATIVE_FLAGS, *self.optimization]
        return [
            self.pool.submit(self.compile, step, [*common, *flags], [path], ".o", outside.get(path.parent.name, ()))
            for step, flags, path in jobs
        ]

    def native_module(self, objects: list[Path]) -> dict[str, Path]:
        flags = ["-shared", *self.optimization, *self.target.link_flags, *self.runtime]
        return {f"_native{EXTENSION_SUFFIX}": self.compile("link _native", flags, objects, ".so")}

    def check_program(self) -> Path:
        """The check of the kernels: native/ without Python, and the C of tests/kernels."""
        objects = self.native_objects(python=False)
        flags = ["-c", *NATIVE_FLAGS, *self.optimization, *self.target.baseline]
        for source in sorted(self.root.glob("tests/kernels/*.c")):
            objects.append(self.pool.submit(self.compile, f"cc {source.name}", [*flags], [source], ".o"))
        link = [*self.optimization, *self.target.link_flags]
        program = self.compile("link check", link, self.finish(objects), ".exe")
        replace_file(program, self.build / "check")
        return self.build / "check"

    def pool_program(self) -> Path:
        """The check of the thread pool, under ThreadSanitizer: what that needs of native/, and the C of tests/pool."""
        flags = [*NATIVE_FLAGS, *THREAD_FLAGS, *self.target.baseline]
        sources = [
            *(self.root / "native" / f"{name}.c" for name in ("pool", "cpu", "workspace")),
            *self.root.glob("tests/pool/*.c"),
        ]
        objects = [self.pool.submit(self.compile, f"cc {path.name}", ["-c", *flags], [path], ".o") for path in sources]
        program = self.compile(
            "link check-pool", [*THREAD_FLAGS, *self.target.link_flags], self.finish(objects), ".exe"
        )
        replace_file(program, self.build / "check-pool")
        return self.build / "check-pool"

    @staticmethod
    def python_headers() -> Headers:
        folder = python_headers()
        return Headers(folder, PYTHON, str(Path(folder).parent))  # Debian's include <x86_64-linux-gnu/python3.11/...>

    # --- the Python of raptors_xp/ ---------------------------------------------------------------------------------

    def python_modules(self) -> dict[str, Path | Future[Path]]:
        """All compiled modules of the package: one library, and for each module a shim that finds itself in it."""
        modules = [path for path in sorted(self.root.glob(f"{PACKAGE}/**/*.py")) if is_compiled(path, self.root)]
        if not modules:
            return {}
        library, *shims = self.write_c(modules)
        common, headers = [*PYTHON_FLAGS, *self.target.baseline], self.python_headers()
        products: dict[str, Path | Future[Path]] = {}
        for shim in shims:  # for other threads, while this one compiles the library
            flags = ["-shared", *common, *self.target.link_flags]
            sources = [Path(source) for source in shim["sources"]]
            step = f"cc {shim['name']} shim"
            products[shim["name"]] = self.pool.submit(self.compile, step, flags, sources, ".so", [headers])
        flags = ["-c", *common, *(f"-I{path}" for path in library["include_dirs"])]
        outside = [headers, Headers(mypyc_headers(), f"mypyc {required_version('mypy')}")]
        objects = [self.compile("cc mypyc's C", flags, [Path(source)], ".o", outside) for source in library["sources"]]
        link = ["-shared", *PYTHON_FLAGS, *self.target.link_flags]
        products[library["name"]] = self.compile("link mypyc's C", link, objects, ".so")
        return products

    def write_c(self, modules: list[Path]) -> list[dict[str, Any]]:
        """The C that mypyc makes of them, written once for the same sources."""
        read = sorted([*self.root.glob(f"{PACKAGE}/**/*.py"), *self.root.glob(f"{PACKAGE}/**/*.pyi")])
        contents = [part for path in read for part in (str(path.relative_to(self.root)), path.read_bytes())]
        writer = Path(__file__).with_name("building") / "mypyc_c.py"
        key = content_hash([PYTHON, required_version("mypy"), writer.read_bytes(), *contents])
        directory = self.build / "mypyc" / key
        if not directory.exists():
            directory.parent.mkdir(exist_ok=True)
            scratch = Path(tempfile.mkdtemp(dir=directory.parent, prefix="new-"))
            try:
                names = [str(path.relative_to(self.root)) for path in modules]
                command = [sys.executable, str(Path(__file__).resolve()), "--write-c", str(scratch), *names]
                self.run(f"mypyc {len(modules)} modules", command)
                if not directory.exists():
                    os.rename(scratch, directory)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
        extensions: list[dict[str, Any]] = json.loads((directory / "extensions.json").read_text())
        for extension in extensions:
            for field in ("sources", "include_dirs"):
                extension[field] = [path.replace("@", str(directory), 1) for path in extension[field]]
        return extensions


def write_operation_codes(root: Path) -> None:
    """The end of the C extension's stub: a constant for each line of the manifest of kernels."""
    manifest, stub = root / "native/kernels/manifest.inc", root / PACKAGE / "_native.pyi"
    if not (manifest.exists() and stub.exists()):
        return
    parts = re.findall(r'^#include "([^"]+)"', manifest.read_text(), re.MULTILINE)
    lines = "".join((root / "native" / part).read_text() for part in parts)
    names = re.findall(r"^OPERATION\((\w+),", lines, re.MULTILINE)
    text = stub.read_text()
    heading = re.search(r"^# --- operation codes:.*\n", text, re.MULTILINE)
    if heading is None:
        raise BuildError(f"{stub} has no line '# --- operation codes:', below which the build writes them")
    wanted = text[: heading.end()] + "".join(f"{name.upper()}: Final[int]\n" for name in names)
    if wanted != text:
        stub.write_text(wanted)


# --- whole builds ----------------------------------------------------------------------------------------------------


def build_modules(builder: Builder, *, native: bool = True, python: bool = True) -> dict[str, Path]:
    """All binary modules, by their place in the package."""
    # mypyc and the compilation of its one large file are the longest chain: they start first.
    chain = [builder.pool.submit(builder.python_modules)] if python else []
    objects = builder.native_objects(python=True) if native else []
    results = builder.finish([*chain, *objects])
    products: dict[str, Path] = {}
    if python:
        modules: dict[str, Path | Future[Path]] = results[0]
        builder.finish(module for module in modules.values() if isinstance(module, Future))
        for name, module in modules.items():
            file = f"{name.removeprefix(f'{PACKAGE}.').replace('.', '/')}{EXTENSION_SUFFIX}"
            products[file] = module.result() if isinstance(module, Future) else module
    if native:
        products |= builder.native_module(results[len(chain) :])
    return products


def build_in_place(builder: Builder, *, native: bool = True, python: bool = True) -> None:
    write_operation_codes(builder.root)
    products = build_modules(builder, native=native, python=python)
    for name, path in products.items():
        replace_file(path, builder.root / PACKAGE / name)
    if python:
        for path in builder.root.glob(f"{PACKAGE}/**/*{EXTENSION_SUFFIX}"):
            inside = str(path.relative_to(builder.root / PACKAGE))
            if inside not in products and not inside.startswith("_native."):
                path.unlink()  # of a module that is no more: Python would prefer it to the source


def build_interpreted(builder: Builder, directory: Path) -> None:
    """A package in `directory` that has the C extension and no compiled module."""
    products = build_modules(builder, python=False)
    package = directory / PACKAGE
    shutil.rmtree(package, ignore_errors=True)
    binaries = shutil.ignore_patterns("*.so", "__pycache__", ".new-*")
    shutil.copytree(builder.root / PACKAGE, package, ignore=binaries)
    for name, path in products.items():
        replace_file(path, package / name)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the binary modules into the wheel, or beside the sources for an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        try:
            builder = Builder(Path(self.root), find_target())
            if version == "editable":
                build_in_place(builder)
            else:
                for name, path in build_modules(builder).items():
                    build_data["force_include"][str(path)] = f"{PACKAGE}/{name}"
        except BuildError as error:
            self.app.abort(f"error: {error}")
        python = f"cp{sys.version_info.major}{sys.version_info.minor}"
        build_data["pure_python"] = False
        build_data["tag"] = f"{python}-{python}-{builder.target.wheel_platform}"


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("native", "python"), help="build one half, leave the other as it is")
    parser.add_argument("--target", metavar="TRIPLE", help="only compile, for another machine: aarch64-linux-gnu ...")
    parser.add_argument(
        "--sanitize",
        nargs="?",
        const="undefined",
        choices=SANITIZERS,
        help="check every access while running (slow): undefined, the default, or address (and undefined)",
    )
    parser.add_argument("--check", action="store_true", help="build and run the check of the kernels")
    parser.add_argument("--check-pool", action="store_true", help="build and run the check of the thread pool")
    parser.add_argument("--into", metavar="DIR", type=Path, help="an interpreted copy of the package")
    parser.add_argument("--clean", action="store_true", help="first forget all results of earlier builds")
    parser.add_argument("--jobs", type=int, default=0, help="commands at a time (default: the available cores)")
    parser.add_argument("--write-c", metavar="DIR", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs="*", help="arguments of the check program, or of Python, after --")
    return parser.parse_args()


def clean(root: Path) -> None:
    shutil.rmtree(root / "build", ignore_errors=True)
    for path in root.glob(f"{PACKAGE}/**/*{EXTENSION_SUFFIX}"):
        path.unlink()


def main() -> int:
    options = parse_arguments()
    try:
        if options.write_c:
            write_c(ROOT, options.write_c, options.arguments, GROUP)
            return 0
        if options.clean:
            clean(ROOT)
        builder = Builder(ROOT, find_target(options.target), sanitizer=options.sanitize or "", jobs=options.jobs)
        if options.target:
            builder.finish(builder.native_objects(python=False))
        elif options.check:
            return subprocess.run([builder.check_program(), *options.arguments]).returncode
        elif options.check_pool:
            return subprocess.run([builder.pool_program(), *options.arguments]).returncode
        elif options.sanitize:
            directory = options.into or builder.build / f"sanitized-{options.sanitize}"
            build_interpreted(builder, directory)
            if options.arguments:
                environment = environment_for(SANITIZERS[options.sanitize], directory, ROOT)
                return subprocess.run([sys.executable, "-P", *options.arguments], env=environment).returncode
        elif options.into:
            build_interpreted(builder, options.into)
        else:
            build_in_place(builder, native=options.only != "python", python=options.only != "native")
    except BuildError as error:
        print(f"\nerror: {error}", file=sys.stderr)
        return 1
    print(f"[{builder.seconds():6.1f}s] done, {builder.reused} results from the cache")
    return 0


if __name__ == "__main__":
    sys.exit(main())

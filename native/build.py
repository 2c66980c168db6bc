"""The build, as a script and as hatchling's hook: mypyc writes C, zig compiles everything. No project code lives here.

    python native/build.py                      build in place, into raptors_xp/
    python native/build.py --only native        only the C extension (compiled Python modules stay as they are)
    python native/build.py --check [-- ARG...]  build and run the check of the kernels, tests/kernels
    python native/build.py --into DIR           an interpreted copy of the package, with the C extension only
    python native/build.py --sanitize           the same, into build/sanitized, stopping at undefined behaviour
    python native/build.py --target TRIPLE      compile all C that needs no Python.h for another machine

Every result is kept in build/cache under a hash of the command and of all it read: what did not change costs nothing.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "raptors_xp"
GROUP = f"{PACKAGE}._compiled"  # the one library that holds all compiled modules: _compiled__mypyc
INTERPRETED = {"__init__.py", "__main__.py", "_version.py", "fft.py", "linalg.py"}  # the public face, and so is ...
INTERPRETED_FOLDERS = {"_command"}
EXTENSION_SUFFIX: str = sysconfig.get_config_var("EXT_SUFFIX")

# No contraction and no value-changing freedom: the same bits on every instruction set. Errors and traps are not used.
NATIVE_FLAGS = ["-std=gnu17", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=off", "-fPIC"]
NATIVE_FLAGS += ["-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", "-Inative"]
NATIVE_FLAGS += ["-Wno-pass-failed"]  # what v4 can vectorise, v2 often cannot
# zig takes any -O for -O2, and adds debug information and frame pointers, unless told so.
RELEASE_FLAGS = ["-O3", "-Xclang", "-O3", "-g0", "-fomit-frame-pointer", "-fno-sanitize=undefined"]
SANITIZE_FLAGS = ["-O1", "-Xclang", "-O1", "-g", "-fsanitize=undefined"]
PYTHON_FLAGS = ["-std=gnu17", "-O2", "-g0", "-fomit-frame-pointer", "-fno-sanitize=undefined", "-fPIC"]
PYTHON_FLAGS += ["-fvisibility=hidden", "-DNDEBUG", "-w"]

X86_64_ISAS = {
    "v2": ["-mcpu=x86_64_v2"],
    "v3": ["-mcpu=x86_64_v3"],
    "v4": ["-mcpu=x86_64_v4", "-mprefer-vector-width=512"],
}


class BuildError(Exception):
    """A step that failed; the text says which, how, and what it printed."""


class Target(NamedTuple):
    """A machine to compile for: zig's name of it, the wheel's, and the instruction sets to compile kernels for."""

    triple: str
    wheel_platform: str
    isas: dict[str, list[str]]

    @property
    def baseline(self) -> list[str]:
        return next(iter(self.isas.values()))

    @property
    def link_flags(self) -> list[str]:
        # Python's own symbols are found in the interpreter that loads us; ELF allows that unasked.
        return ["-Wl,-undefined,dynamic_lookup"] if "macos" in self.triple else ["-lm", "-lpthread"]


def find_target(triple: str | None = None) -> Target:
    """The target called so, or else this machine."""
    if triple is None:
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
        system = {"linux": "linux-gnu", "darwin": "macos"}.get(sys.platform, sys.platform)
        triple = f"{machine}-{system}"
    architecture = triple.split("-")[0]
    isas = {"x86_64": X86_64_ISAS, "aarch64": {"neon": ["-mcpu=baseline"]}}.get(architecture)
    if isas is None or not ("-linux-gnu" in triple or "-macos" in triple):
        known = ", ".join(f"{a}-{s}" for s in ("linux-gnu", "macos") for a in ("x86_64", "aarch64"))
        raise BuildError(f"no target {triple!r}: {PACKAGE} can be built for {known}")
    if "-linux-gnu" in triple:
        if triple.endswith("-gnu"):
            triple += ".2.17"  # the oldest C library to run on, and the wheel's promise
        version = triple.rsplit("gnu.", 1)[1].replace(".", "_")
        return Target(triple, f"manylinux_{version}_{architecture}", isas)
    if triple.endswith("-macos"):
        triple += ".11.0"
    version = triple.rsplit("macos.", 1)[1].replace(".", "_")
    return Target(triple, f"macosx_{version}_{'arm64' if architecture == 'aarch64' else architecture}", isas)


def cpu_count() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def is_compiled(module: Path, root: Path) -> bool:
    """True of the modules that mypyc compiles."""
    inside = module.relative_to(root / PACKAGE)
    if inside.name == "__init__.py" or inside.parts[0] in INTERPRETED_FOLDERS:
        return False
    return len(inside.parts) > 1 or inside.name not in INTERPRETED


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


class Builder:
    """Runs the steps, in parallel, each only if its result is not in the cache. Paths are relative to `root`."""

    def __init__(self, root: Path, target: Target, *, sanitize: bool = False, jobs: int = 0) -> None:
        self.root = root
        self.build = root / "build"
        self.cache = self.build / "cache"
        self.cache.mkdir(parents=True, exist_ok=True)
        self.target = target
        self.optimization = SANITIZE_FLAGS if sanitize else RELEASE_FLAGS
        self.pool = ThreadPoolExecutor(jobs or cpu_count())
        self.start = time.monotonic()
        self.reused = 0
        self.environment = self.compiler_environment()
        self.identity = f"zig {required_version('ziglang')}, Python {platform.python_version()}"

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

    # --- steps -----------------------------------------------------------------------------------------------------

    def say(self, step: str, seconds: float) -> None:
        # One write a line: several threads speak.
        print(f"[{time.monotonic() - self.start:6.1f}s] {step} ({seconds:.1f}s)\n", end="", flush=True)

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

    def compile(self, step: str, flags: Sequence[str], inputs: Sequence[Path], suffix: str) -> Path:
        """The result of `zig cc flags inputs -o result`, from the cache if nothing that it read has changed.

        What it read is known only after it ran: the list of headers is kept beside the results, under a key made of
        the command and the inputs; the key of a result takes the contents of the headers in too.
        """
        arguments = ["-target", self.target.triple, *flags]
        contents = [path.read_bytes() for path in inputs]
        key = content_hash([self.identity, *arguments, *contents])
        headers = self.cache / f"{key}.headers"
        if headers.exists():
            result = self.cache / f"{self.full_key(key, headers.read_text().splitlines())}{suffix}"
            if result.exists():
                self.reused += 1
                return result
        started = time.time()
        with tempfile.TemporaryDirectory(dir=self.cache, prefix="step-") as scratch:
            output, depends = Path(scratch, f"output{suffix}"), Path(scratch, "depends")
            depends_flags = ["-MD", "-MF", str(depends)] if "-c" in flags else []
            names = [str(path.relative_to(self.root)) for path in inputs]
            compiler = [sys.executable, "-m", "ziglang", "cc"]
            self.run(step, [*compiler, *arguments, *depends_flags, *names, "-o", str(output)])
            read = self.own_headers(depends) if depends.exists() else []
            if self.edited_since(started, read) or contents != [path.read_bytes() for path in inputs]:
                key = content_hash([key, str(started)])  # edited meanwhile: of use now, but not to be found again
            else:
                Path(scratch, "headers").write_text("\n".join(read))
                os.replace(Path(scratch, "headers"), headers)
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

    # --- the C of native/ ------------------------------------------------------------------------------------------

    def native_objects(self, *, python: bool) -> list[Future[Path]]:
        """Start compiling native/: kernels once an instruction set, the rest for the baseline."""
        jobs: list[tuple[str, list[str], Path]] = []
        for source in sorted(self.root.glob("native/kernels/*/*.c")):
            for isa, flags in self.target.isas.items():
                jobs.append((f"cc {source.name} {isa}", [*flags, f"-DISA={isa}"], source))
        folders = ["native", "native/kernels", "native/walks", *(["native/python"] if python else [])]
        for source in [path for folder in folders for path in sorted(self.root.glob(f"{folder}/*.c"))]:
            include = ["-isystem", sysconfig.get_path("include")] if source.parent.name == "python" else []
            jobs.append((f"cc {source.name}", [*self.target.baseline, *include], source))
        jobs.sort(key=lambda job: -job[2].stat().st_size)  # long ones first keep all cores busy to the end
        common = ["-c", *NATIVE_FLAGS, *self.optimization]
        return [self.pool.submit(self.compile, step, [*common, *flags], [path], ".o") for step, flags, path in jobs]

    def native_module(self, objects: list[Path]) -> dict[str, Path]:
        flags = ["-shared", *self.optimization, *self.target.link_flags]
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

    # --- the Python of raptors_xp/ ---------------------------------------------------------------------------------

    def python_modules(self) -> dict[str, Path | Future[Path]]:
        """All compiled modules of the package: one library, and for each module a shim that finds itself in it."""
        modules = [path for path in sorted(self.root.glob(f"{PACKAGE}/**/*.py")) if is_compiled(path, self.root)]
        if not modules:
            return {}
        library, *shims = self.write_c(modules)
        common = [*PYTHON_FLAGS, *self.target.baseline, "-isystem", sysconfig.get_path("include")]
        products: dict[str, Path | Future[Path]] = {}
        for shim in shims:  # for other threads, while this one compiles the library
            flags = ["-shared", *common, *self.target.link_flags]
            sources = [Path(source) for source in shim["sources"]]
            products[shim["name"]] = self.pool.submit(self.compile, f"cc {shim['name']} shim", flags, sources, ".so")
        flags = ["-c", *common, *(f"-I{path}" for path in library["include_dirs"])]
        objects = [self.compile("cc mypyc's C", flags, [Path(source)], ".o") for source in library["sources"]]
        link = ["-shared", *PYTHON_FLAGS, *self.target.link_flags]
        products[library["name"]] = self.compile("link mypyc's C", link, objects, ".so")
        return products

    def write_c(self, modules: list[Path]) -> list[dict[str, Any]]:
        """The C that mypyc makes of them, written once for the same sources."""
        read = sorted([*self.root.glob(f"{PACKAGE}/**/*.py"), *self.root.glob(f"{PACKAGE}/**/*.pyi")])
        contents = [part for path in read for part in (str(path.relative_to(self.root)), path.read_bytes())]
        key = content_hash([self.identity, required_version("mypy"), Path(__file__).read_bytes(), *contents])
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


def write_c(directory: Path, modules: list[str]) -> None:
    """In a process of its own, because mypyc prints and exits: write C and the list of what to compile."""
    from mypyc.build import mypycify

    # Types of installed packages must not decide what is compiled: the result would depend on the machine.
    options = ["--config-file=", "--no-site-packages", "--ignore-missing-imports", "--explicit-package-bases"]
    extensions = mypycify([*options, *modules], target_dir=str(directory), group_name=GROUP)
    found = list(definitions(modules))
    for path in directory.rglob("*.c"):
        path.write_text(make_positional(add_docstrings(path.read_text(), docstrings_of(found)), found))
    facts = [
        {
            "name": extension.name,
            "sources": [path.replace(str(directory), "@", 1) for path in extension.sources],
            "include_dirs": [path.replace(str(directory), "@", 1) for path in extension.include_dirs],
        }
        for extension in extensions
    ]
    (directory / "extensions.json").write_text(json.dumps(facts, indent=1))


Definition = ast.FunctionDef | ast.ClassDef


def definitions(modules: list[str]) -> Iterator[tuple[str, Definition]]:
    """Functions, methods and classes, with the names that mypyc's C gives them."""
    from mypyc.namegen import NameGenerator

    dotted = {path: path.removesuffix(".py").replace("/", ".") for path in modules}
    names = NameGenerator([list(dotted.values())])

    def read(node: ast.AST, module: str, prefix: str) -> Iterator[tuple[str, Definition]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Definition):
                yield names.private_name(module, f"{prefix}{child.name}"), child
                if isinstance(child, ast.ClassDef):
                    yield from read(child, module, f"{prefix}{child.name}.")

    for path in modules:
        yield from read(ast.parse((ROOT / path).read_text()), dotted[path], "")


def docstrings_of(found: list[tuple[str, Definition]]) -> dict[str, str]:
    """The docstrings by the names in C; those of classes by their own names too."""
    texts = {name: text for name, node in found if (text := ast.get_docstring(node)) is not None}
    return texts | {node.name: texts.get(name, "") for name, node in found if isinstance(node, ast.ClassDef)}


def add_docstrings(source: str, docstrings: dict[str, str]) -> str:
    """mypyc writes the signature where the docstring belongs, and drops the docstring: here it comes back."""

    def literal(name: str) -> str:
        text = docstrings.get(name, "").encode()
        return "".join(chr(c) if 32 <= c < 127 and chr(c) not in '\\"?' else f"\\{c:03o}" for c in text)

    function = r'(\(PyCFunction\)CPyPy_(\w+),\s*METH_[\w |]+,\s*PyDoc_STR\("[^"]*--\\n\\n)"'
    source = re.sub(function, lambda match: f'{match[1]}{literal(match[2])}"', source)
    kind = r'(\.tp_doc = PyDoc_STR\("(\w+)\([^"]*--\\n\\n)"'
    source = re.sub(kind, lambda match: f'{match[1]}{literal(match[2])}"', source)
    attribute = r"(\(getter\)(\w+)_get_(\w+),\s*(?:NULL|\(setter\)\w+),\s*)NULL,"
    return re.sub(attribute, lambda match: f'{match[1]}"{literal(f"{match[2]}___{match[3]}")}",', source)


def make_positional(source: str, found: list[tuple[str, Definition]]) -> str:
    """mypyc lets parameters before the / be given by name. Its parser, CPython's, takes an empty name for none."""
    nodes = dict(found)  # of overloads the last, which is the one with a body

    def without_names(match: re.Match[str]) -> str:
        node = nodes.get(match[2])
        if not isinstance(node, ast.FunctionDef):
            return match[0]
        names = match[3].split(", ")
        first = [each.arg for each in node.args.posonlyargs if f'"{each.arg}"' in names]  # self is none of them
        return match[1] + ", ".join(['""'] * len(first) + names[len(first) :])

    head = r"\bCPyPy_(\w+)\([^)]*\) \{\s*(?:PyObject \*obj_self = self;\s*)?"
    return re.sub(rf"({head}static const char \* const kwlist\[\] = \{{)([^}}]*)", without_names, source)


def required_version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        raise BuildError(f"the build needs {package}: pip install '.[build]'") from None


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
        builder = Builder(Path(self.root), find_target())
        if version == "editable":
            build_in_place(builder)
        else:
            for name, path in build_modules(builder).items():
                build_data["force_include"][str(path)] = f"{PACKAGE}/{name}"
        python = f"cp{sys.version_info.major}{sys.version_info.minor}"
        build_data["pure_python"] = False
        build_data["tag"] = f"{python}-{python}-{builder.target.wheel_platform}"


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("native", "python"), help="build one half, leave the other as it is")
    parser.add_argument("--target", metavar="TRIPLE", help="only compile, for another machine: aarch64-linux-gnu ...")
    parser.add_argument("--sanitize", action="store_true", help="stop at undefined behaviour (slow)")
    parser.add_argument("--check", action="store_true", help="build and run the check of the kernels")
    parser.add_argument("--into", metavar="DIR", type=Path, help="an interpreted copy of the package")
    parser.add_argument("--clean", action="store_true", help="first forget all results of earlier builds")
    parser.add_argument("--jobs", type=int, default=0, help="commands at a time (default: the available cores)")
    parser.add_argument("--write-c", metavar="DIR", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs="*", help="arguments of the check program, after --")
    return parser.parse_args()


def clean(root: Path) -> None:
    shutil.rmtree(root / "build", ignore_errors=True)
    for path in root.glob(f"{PACKAGE}/**/*{EXTENSION_SUFFIX}"):
        path.unlink()


def main() -> int:
    options = parse_arguments()
    if options.write_c:
        write_c(options.write_c, options.arguments)
        return 0
    try:
        if options.clean:
            clean(ROOT)
        builder = Builder(ROOT, find_target(options.target), sanitize=options.sanitize, jobs=options.jobs)
        if options.target:
            builder.finish(builder.native_objects(python=False))
        elif options.check:
            return subprocess.run([builder.check_program(), *options.arguments]).returncode
        elif options.into or options.sanitize:
            build_interpreted(builder, options.into or builder.build / "sanitized")
        else:
            build_in_place(builder, native=options.only != "python", python=options.only != "native")
    except BuildError as error:
        print(f"\nerror: {error}", file=sys.stderr)
        return 1
    print(f"[{time.monotonic() - builder.start:6.1f}s] done, {builder.reused} results from the cache")
    return 0


if __name__ == "__main__":
    sys.exit(main())

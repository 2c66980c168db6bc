"""native/build.py: targets, the cache, the wheel. Kernels and modules are tested elsewhere."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from building import requirements

import raptors_xp

ROOT = Path(__file__).resolve().parent.parent

KERNEL_C = """
#include "kernels/loops.h"
int PASTE(answer_, ISA)(void);
int PASTE(answer_, ISA)(void) { return ANSWER; }
"""
OTHER_C = "int other(int);\nint other(int x) { return x + 1; }\n"
CHECK_C = "int other(int);\nint main(int n, char **words) { return (void)words, other(n > 1 ? 2147483647 : 2); }\n"
MODULE_C = """
#include <Python.h>
int other(int);
static PyObject *answer(PyObject *self, PyObject *none) {
    (void)self, (void)none;
    return PyLong_FromLong(other(41));
}
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, 0}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "_native", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit__native(void) { return PyModule_Create(&module); }
"""


def load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("raptors_xp_build", ROOT / "native/build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build: Any = load_build()
SECOND = '''from raptors_xp._core.first import First


def take(x: First) -> int:
    """The number that it holds."""
    return x.n
'''
SOURCES = {
    "__init__.py",
    "_version.py",
    "py.typed",
    "_core/__init__.py",
    "_core/first.py",
    "_upper/__init__.py",
    "_upper/first.py",
}
pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of the same shape, small enough to be built in seconds."""
    files = {
        "native/build.py": (ROOT / "native/build.py").read_text(),
        **{f"native/building/{path.name}": path.read_text() for path in (ROOT / "native/building").glob("*.py")},
        "native/kernels/loops.h": "#define PASTE_(a, b) a##b\n#define PASTE(a, b) PASTE_(a, b)\n#define ANSWER 42\n",
        "native/kernels/family/family.c": KERNEL_C,
        "native/other.c": OTHER_C,
        "native/python/module.c": MODULE_C,
        "raptors_xp/__init__.py": "",
        "raptors_xp/_version.py": (ROOT / "raptors_xp/_version.py").read_text(),
        "raptors_xp/py.typed": "",
        "raptors_xp/_core/__init__.py": "",
        "raptors_xp/_core/first.py": "class First:\n    def __init__(self, n: int) -> None:\n        self.n = n\n",
        "raptors_xp/_upper/__init__.py": "",
        "raptors_xp/_upper/first.py": SECOND,  # a module of the same name in another room
        "pyproject.toml": (ROOT / "pyproject.toml").read_text(),
        "README.md": "",
        "LICENSE": "",
        "tests/kernels/check.c": CHECK_C,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, (0, 0))  # a file younger than the build is not cached
    return tmp_path


def run(project: Path, *arguments: str, status: int = 0, **environment: str) -> str:
    command = [sys.executable, "native/build.py", *arguments]
    result = subprocess.run(
        command,
        cwd=project,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **environment},
    )
    assert result.returncode == status, result.stdout
    return result.stdout


def steps(output: str) -> set[str]:
    return set(re.findall(r"^\[ *[\d.]+s\] (.*) \([\d.]+s\)$", output, re.MULTILINE))


def test_targets() -> None:
    linux = build.find_target("x86_64-linux-gnu")
    assert linux.triple == "x86_64-linux-gnu.2.17"
    assert linux.wheel_platform == "manylinux_2_17_x86_64"
    assert list(linux.isas) == ["v2", "v3", "v4"]
    assert linux.baseline == ["-mcpu=x86_64_v2"]
    mac = build.find_target("aarch64-macos")
    assert mac.wheel_platform == "macosx_11_0_arm64"
    assert list(mac.isas) == ["neon"]
    with pytest.raises(build.BuildError, match="riscv64-linux-gnu"):
        build.find_target("riscv64-linux-gnu")


def test_requirements_by_hand_are_those_of_the_build() -> None:
    oldest = ".".join(str(part) for part in requirements.OLDEST_PYTHON)
    assert pyproject["project"]["requires-python"] == f">={oldest}"
    by_hand = pyproject["project"]["optional-dependencies"]["build"]
    assert pyproject["build-system"]["requires"] == [f"{each}; python_version >= '{oldest}'" for each in by_hand]
    assert [requirement.split("==")[0] for requirement in by_hand] == list(requirements.PACKAGES)


def test_version_is_that_of_the_package() -> None:
    assert f'__version__ = "{raptors_xp.__version__}"' in (ROOT / "raptors_xp/_version.py").read_text()


def test_stub_has_the_operations_of_the_manifest(tmp_path: Path) -> None:
    stub = ROOT / "raptors_xp/_native.pyi"
    for path in (*(ROOT / "native/kernels").rglob("*.inc"), stub):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text())
    build.write_operation_codes(tmp_path)
    assert (tmp_path / "raptors_xp/_native.pyi").read_text() == stub.read_text()


# --- what a build needs ----------------------------------------------------------------------------------------------

# Programs that see another Python than the one that runs them. What they run is the argument.
OLD_PYTHON = "import sys; sys.version_info = (3, 10, 13, 'final', 0); "
WITHOUT_HEADERS = "import sysconfig; sysconfig.get_path = lambda *words, **more: '/of/no/python'; "
WITHOUT_ZIG = """
import importlib.metadata
def version(package, version=importlib.metadata.version):
    if package == "ziglang":
        raise importlib.metadata.PackageNotFoundError
    return version(package)
importlib.metadata.version = version
"""
SCRIPT = "import runpy; runpy.run_path('native/build.py', run_name='__main__')"
INSTALLER = "import sys; sys.path.insert(0, 'native'); import building.backend"
HOOK = "import sys, hatchling.cli; sys.argv = ['hatchling', 'build', '-t', 'wheel']; hatchling.cli.hatchling()"


@pytest.mark.parametrize(
    ("program", "error"),
    [
        (
            OLD_PYTHON + SCRIPT,
            r"error: raptors_xp needs CPython 3\.11 or newer, and .* is cpython 3\.10: .* -m venv .*",
        ),
        (
            OLD_PYTHON + INSTALLER,
            r"error: raptors_xp needs CPython 3\.11 or newer, and .* is cpython 3\.10: .* -m venv .*",
        ),
        (WITHOUT_ZIG + SCRIPT, r"error: the build needs ziglang: pip install '\.\[build\]'"),
        (
            WITHOUT_HEADERS + SCRIPT,
            r"error: the headers .*/of/no/python/Python\.h.*apt install python3\.\d+-dev.*dnf .*",
        ),
        (WITHOUT_HEADERS + HOOK, r"error: the headers .*/of/no/python/Python\.h.*apt install python3\.\d+-dev.*dnf .*"),
    ],
    ids=["old", "old, installer", "no package", "no headers", "no headers, installer"],
)
def test_what_is_missing_is_one_message(project: Path, program: str, error: str) -> None:
    result = subprocess.run([sys.executable, "-c", program], cwd=project, text=True, capture_output=True)
    assert result.returncode == 1
    assert re.fullmatch(error, result.stderr.strip() or result.stdout.strip())


# --- steps and their results -----------------------------------------------------------------------------------------


def test_only_what_changed_is_built(project: Path) -> None:
    kernels = {"cc family.c v2", "cc family.c v3", "cc family.c v4"}
    if "v2" not in build.find_target().isas:
        kernels = {"cc family.c neon"}
    first = steps(run(project, "--only", "native"))
    assert first == kernels | {"cc other.c", "cc module.c", "link _native"}
    assert steps(run(project, "--only", "native")) == set()

    header = project / "native/kernels/loops.h"
    header.write_text(header.read_text().replace("42", "43"))
    os.utime(header, (0, 0))
    assert steps(run(project, "--only", "native")) == kernels | {"link _native"}
    header.write_text(header.read_text().replace("43", "42"))
    os.utime(header, (0, 0))
    assert steps(run(project, "--only", "native")) == set()


def test_headers_as_debian_installs_them(project: Path) -> None:
    """pyconfig.h is not beside Python.h, and is included by a path that begins at the folder above."""
    folder, include = project / "include", Path(sysconfig.get_path("include"))
    beside, apart = folder / "python", folder / "of-this-machine/python"
    apart.mkdir(parents=True)
    shutil.copytree(include, beside)
    os.remove(beside / "pyconfig.h")
    shutil.copy(sysconfig.get_config_h_filename(), apart / "pyconfig.h")  # which may lie apart already
    (beside / "pyconfig.h").write_text("#include <of-this-machine/python/pyconfig.h>\n")
    (folder / "sitecustomize.py").write_text(
        "import sysconfig\n"
        "real = sysconfig.get_path\n"
        f"sysconfig.get_path = lambda name, *more: {str(beside)!r} if name == 'include' else real(name, *more)\n"
    )
    assert "cc module.c" in steps(run(project, PYTHONPATH=str(folder)))


def test_failure_names_the_command_and_the_error(project: Path) -> None:
    (project / "native/other.c").write_text("int other(int x) { return y; }\n")
    (project / "native/kernels/family/family.c").write_text("nonsense\n")
    output = run(project, "--only", "native", status=1)
    assert "cc other.c failed (exit status 1)" in output
    assert "ziglang cc -target" in output
    assert "undeclared identifier 'y'" in output
    assert re.search("cc family.c (v2|neon) failed", output)  # one run shows every error


def test_failure_of_a_patch_names_it(project: Path) -> None:
    patches = project / "native/building/mypyc_c.py"
    patches.write_text(patches.read_text().replace("METH_", "FUNCTION_"))  # as if mypyc wrote it otherwise
    output = run(project, "--only", "python", status=1)
    assert "error: the patch of docstrings does not fit the C that mypyc writes: no place for 1 of 1: " in output
    assert "Traceback" not in output


def test_check_passes_arguments_and_status_on(project: Path) -> None:
    run(project, "--check", status=3)
    command = [sys.executable, "native/build.py", "--check", "--sanitize", "--", "overflow"]
    result = subprocess.run(command, cwd=project, text=True, capture_output=True)
    assert result.returncode not in (0, 3)
    assert "signed integer overflow" in result.stderr


def test_other_machines(project: Path) -> None:
    for triple in ("aarch64-linux-gnu", "aarch64-macos"):
        assert steps(run(project, "--target", triple)) == {"cc family.c neon", "cc other.c"}


def hatch(project: Path, kind: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (file,) = (project / "dist").iterdir()
    return file


def test_wheel(project: Path) -> None:
    wheel = hatch(project, "wheel")
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    assert wheel.name == f"raptors_xp-0.1.0-{python}-{python}-{build.find_target().wheel_platform}.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("raptors_xp/")}
        sources = {f"raptors_xp/{name}" for name in SOURCES}
        binaries = {f"raptors_xp/{name}{build.EXTENSION_SUFFIX}" for name in ("_native", "_compiled__mypyc")}
        shims = {f"raptors_xp/{name}{build.EXTENSION_SUFFIX}" for name in ("_core/first", "_upper/first")}
        assert names == sources | binaries | shims
        archive.extractall(project / "installed")
    code = (
        "from raptors_xp import _native; from raptors_xp._core import first; from raptors_xp._upper.first import take; "
        "print(_native.answer(), take(first.First(7)), first, take.__doc__)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=project / "installed", text=True, capture_output=True, check=True
    )
    assert result.stdout.startswith("42 7 ")
    assert build.EXTENSION_SUFFIX in result.stdout
    assert "The number that it holds." in result.stdout


def test_wheel_from_the_source_distribution(project: Path) -> None:
    (project / f"raptors_xp/_native{build.EXTENSION_SUFFIX}").write_text("of a build in place")
    (project / ".gitignore").write_text((ROOT / ".gitignore").read_text())
    archive = hatch(project, "sdist")
    with tarfile.open(archive) as opened:
        names = {str(Path(*Path(name).parts[1:])) for name in opened.getnames()}
    sources = {str(path.relative_to(project)) for path in project.glob("native/**/*") if path.is_file()}
    assert names == sources | {f"raptors_xp/{name}" for name in SOURCES} | {
        *("pyproject.toml", "README.md", "LICENSE", "PKG-INFO", ".gitignore", "tests/kernels/check.c")
    }
    command = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "-w", "wheels", str(archive)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (wheel,) = (project / "wheels").iterdir()
    with zipfile.ZipFile(wheel) as opened_wheel:
        assert f"raptors_xp/_native{build.EXTENSION_SUFFIX}" in opened_wheel.namelist()
        assert opened_wheel.getinfo(f"raptors_xp/_native{build.EXTENSION_SUFFIX}").file_size > 1000


def test_interpreted_copy(project: Path, tmp_path: Path) -> None:
    run(project, "--into", str(tmp_path / "copy"))
    copy = tmp_path / "copy/raptors_xp"
    found = {str(path.relative_to(copy)) for path in copy.glob("**/*") if path.is_file()}
    assert found == {*SOURCES, f"_native{build.EXTENSION_SUFFIX}"}


@pytest.mark.parametrize("path", sorted(Path(raptors_xp.__file__).parent.glob("**/*.so")), ids=lambda path: path.name)
def test_binaries_run_on_the_oldest_c_library(path: Path) -> None:
    versions = re.findall(rb"GLIBC_(\d+)\.(\d+)", path.read_bytes())
    assert all((int(major), int(minor)) <= (2, 17) for major, minor in versions)

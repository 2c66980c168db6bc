"""What a build needs: a Python, its headers, packages. What is missing is an error that names the remedy.

An old Python reads this file before it is refused: it must be able to.
"""

from __future__ import annotations

import os
import sys
import sysconfig

OLDEST_PYTHON = (3, 11)
PACKAGES = ("hatchling", "mypy", "setuptools", "ziglang")


class BuildError(Exception):
    """A step that failed; the text says which, how, and what it printed."""


def python_version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def check_python() -> None:
    """Raise BuildError unless this is a Python that the package can be built for."""
    if sys.implementation.name == "cpython" and sys.version_info[:2] >= OLDEST_PYTHON:
        return
    oldest = ".".join(str(part) for part in OLDEST_PYTHON)
    raise BuildError(
        f"raptors_xp needs CPython {oldest} or newer, and {sys.executable} is {sys.implementation.name} "
        f"{python_version()}: make the environment anew with another Python, as in python{oldest} -m venv --clear .venv"
    )


def check_packages() -> None:
    """Raise BuildError unless all packages that the build needs are installed."""
    for package in PACKAGES:
        required_version(package)


def required_version(package: str) -> str:
    import importlib.metadata  # which Python 3.7 has not

    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        raise BuildError(f"the build needs {package}: pip install '.[build]'") from None


def python_headers() -> str:
    """The folder of Python.h, or BuildError."""
    folder = sysconfig.get_path("include")
    header, version = os.path.join(folder, "Python.h"), python_version()
    if not os.path.exists(header):
        raise BuildError(
            f"the headers of Python {version} are missing: there is no {header}. Install them (Debian, Ubuntu: "
            f"apt install python{version}-dev; Fedora: dnf install python3-devel, or python{version}-devel beside "
            "the system's own Python), or use a Python that has them, as those that pyenv builds have"
        )
    return folder

"""native/building/mypyc_c.py: patches are made where mypyc's C is as expected, and are errors where it is not.

What the patches do is tested with the package: docstrings, signatures and weak references elsewhere.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from building.mypyc_c import definitions, patch
from building.requirements import BuildError

MODULE = '''
from typing import Generic, NamedTuple, Protocol, TypeVar

T = TypeVar("T")


class Duck(Protocol):
    def quack(self) -> str: ...


def double(number: int, /, times: int = 1, *, duck: Duck | None = None) -> int:
    """Twice as much."""
    return 2 * number * times


class Box(Generic[T]):
    """Holds one."""

    def __init__(self, content: T) -> None:
        self.content = content

    @property
    def full(self) -> bool:
        """Always."""
        return True

    def swap(self, content: T, other: T, /) -> T:
        """Put this one in."""
        self.content = content
        return other


class Pair(NamedTuple):
    """Not a native class."""

    left: int
'''

WRITE = """
import sys
from mypyc.build import mypycify
mypycify(["--config-file=", "--no-site-packages", "first.py"], target_dir="out")
"""

WEAK = ["CPy_TRASHCAN_BEGIN(self, Box_dealloc)", ".tp_dealloc = (destructor)Box_dealloc,"]
if sys.version_info >= (3, 12):
    WEAK += [" | Py_TPFLAGS_MANAGED_DICT"]
else:
    WEAK += [".tp_weaklistoffset = ", "Box_traverse(first___BoxObject *self, visitproc", '{"__weakref__", ']
    WEAK += ["Py_VISIT(*((PyObject **)((char *)self + sizeof(PyObject *)", "Py_CLEAR(*((PyObject **)((char *)self + "]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module, and what mypyc makes of it."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "first.py").write_text(MODULE)
    subprocess.run([sys.executable, "-c", WRITE], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def written(folder: Path) -> str:
    return (folder / "out/__native.c").read_text()


def patched(folder: Path, source: str) -> str:
    return patch(source, list(definitions(folder, ["first.py"])))


def test_all_patches_are_made(folder: Path, written: str) -> None:
    text = patched(folder, written)
    for docstring in ("Twice as much.", "Holds one.", "Always.", "Put this one in."):
        assert docstring not in written
        assert text.count(docstring) == 1
    assert '{"", "times", "duck", 0}' in text
    assert '{"", "", 0}' in text
    quick = (
        "nargs >= 1 && nargs <= 2) { obj_number = args[0]; if (nargs > 1) obj_times = args[1]; } else if (!CPyArg_Parse"
    )
    assert quick in text
    assert "PyObject_TypeCheck(obj_duck, " in written
    assert "PyObject_TypeCheck(obj_duck, " not in text
    assert re.search(r"CPy_TRASHCAN_BEGIN\(self, Box_dealloc\)\n.*PyObject_ClearWeakRefs", text)
    assert ("Py_TPFLAGS_MANAGED_WEAKREF" in text) == (sys.version_info >= (3, 12))


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("(PyCFunction)CPyPy_double,", "(PyCFunction)double,", "docstrings .*: no place for 1 of 4: double"),
        ("(PyCFunction)CPyPy_", "(PyCFunction)", "docstrings .*: no place for 2 of 4: "),
        (".tp_doc = ", ".tp_text = ", "docstrings .*: no place for 1 of 4: "),
        ("(getter)", "(reader)", "docstrings .*: no place for 1 of 4: "),
        ("kwlist[] = ", "keywords[] = ", "positional-only parameters .*: no place for 2 of 2: "),
        ('"content", "other"', '"other", "content"', "positional-only parameters .*: those of .*swap begin with"),
        ("Keywords(args, nargs, ", "Keywords(nargs, args, ", "calls without keywords .*: 1 of 2 places"),
        ("CPyArg_ParseStackAndKeywords", "parse", "calls without keywords .*: 0 of 2 places"),
        ('"O|O$O:double"', '"O|O:double"', r"calls without keywords .*: O\|O is the format of &obj_number, "),
        ("goto __LL", "goto LL", "vain checks .*: obj_self is not taken"),
        ("__LL2: ;", "__LL2:", "vain checks .*: 1 of 2 places"),
        *((text, "something else", "weak references") for text in WEAK),
    ],
)
def test_other_c_is_an_error(folder: Path, written: str, old: str, new: str, error: str) -> None:
    assert old in written
    with pytest.raises(BuildError, match=f"^the patch of {error}.*Adapt native/building/mypyc_c.py to mypy [0-9.]+$"):
        patched(folder, written.replace(old, new))

"""The architecture: imports and includes point downward only, what a room must not know stays out, files stay short."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "raptors_xp"
NATIVE = ROOT / "native"

# From the ground up, as docs/architecture.md draws them. A module imports from rooms below its own, and from its own
# room as long as no circle arises.
ROOMS = ["_core", "_engine", "_exchange", "_array", "_functions", "face", "_command", "__main__"]
FACE = {"__init__", "linalg", "fft", "lib", "special", "_version"}

# The same for C: folders, and "native" for the files that lie in none.
C_ROOMS = ["native", "kernels", "walks", "python"]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.glob("**/*.py"))}


def room(module: str) -> str:
    """The room of a module of the package."""
    first = module.split(".")[1] if "." in module else "__init__"
    return "face" if first in FACE else first


def imports(path: Path) -> list[tuple[str, int]]:
    """The modules that a file imports when it runs, and the lines."""
    found: list[tuple[str, int]] = []
    tree = ast.parse(path.read_text())
    for_checkers = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]
    unseen = {id(each) for node in for_checkers for part in node.body for each in ast.walk(part)}
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write imports out"
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                known = inside in MODULES or inside == "raptors_xp._native"
                found.append((inside if known else str(node.module), node.lineno))
    return found


def own_imports(module: str) -> list[tuple[str, int]]:
    """As imports, of the package alone and without the C extension, which everything may use."""
    return [
        (name, line)
        for name, line in imports(MODULES[module])
        if name.split(".")[0] == "raptors_xp" and not name.startswith("raptors_xp._native")
    ]


def native_files(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in NATIVE.glob(pattern))


def c_room(path: Path) -> str:
    inside = path.relative_to(NATIVE)
    return inside.parts[0] if len(inside.parts) > 1 else "native"


C_FILES = native_files("**/*.c", "**/*.h", "**/*.inc")


def includes(path: Path) -> list[tuple[Path, int]]:
    """The files of ours that a C file includes, and the lines."""
    found: list[tuple[Path, int]] = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        quoted = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
        if quoted is None:
            continue
        places = [folder / quoted[1] for folder in (path.parent, NATIVE)]
        existing = [place.resolve() for place in places if place.exists()]
        assert existing, f"{path}:{number}: {quoted[1]} is not there"
        found.append((existing[0], number))
    return found


# --- Python ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_downward(module: str) -> None:
    assert room(module) in ROOMS, f"{module} is in no room that docs/architecture.md knows"
    for name, line in own_imports(module):
        if name == "raptors_xp":
            assert room(module) in ("_command", "__main__"), f"{module}:{line} imports the namespace itself"
            continue
        assert ROOMS.index(room(name)) <= ROOMS.index(room(module)), f"{module}:{line} imports {name}, which is above"


def floors(below: dict[str, set[str]]) -> list[list[str]]:
    """The modules by floors: those of a floor import from lower ones only. Fails where some import one another."""
    below = {module: set(others) for module, others in below.items()}
    result: list[list[str]] = []
    while below:
        free = [module for module, others in below.items() if not others & below.keys()]
        assert free, f"these import one another: {sorted(below)}"
        result.append(free)
        for module in free:
            del below[module]
    return result


@pytest.mark.parametrize("name", ROOMS)
def test_no_circles_within_a_room(name: str) -> None:
    inside = [module for module in MODULES if room(module) == name and not module.endswith("__init__")]
    floors({module: {other for other, _ in own_imports(module)} - {module} for module in inside})


@pytest.mark.parametrize("module", MODULES)
def test_no_own_module_is_imported_inside_a_function(module: str) -> None:
    for function in ast.walk(ast.parse(MODULES[module].read_text())):
        if not isinstance(function, (ast.FunctionDef, ast.Lambda)):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom):
                assert not str(node.module).startswith("raptors_xp")
            elif isinstance(node, ast.Import):
                assert not any(alias.name.startswith("raptors_xp") for alias in node.names)


def test_memory_is_reached_through_one_accessor() -> None:
    readers = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "_memory"
    }
    assert readers == {"raptors_xp._core.strided"}


def test_numpy_is_imported_in_one_module() -> None:
    importers = {
        module
        for module, path in MODULES.items()
        for name, _ in imports(path)
        if name.split(".")[0] == "numpy" and room(module) != "_command"
    }
    assert importers == {"raptors_xp._core.numpy"}


@pytest.mark.parametrize("module", MODULES)
def test_files_open_with_their_rule(module: str) -> None:
    docstring = ast.get_docstring(ast.parse(MODULES[module].read_text()))
    assert docstring
    assert docstring.split("\n\n")[0].endswith((".", ":"))


# Longer than 500 lines: lists of names, overloads, and a list of functions of one line each.
LONG = {"raptors_xp/__init__.py", "raptors_xp/_array/array.py", "raptors_xp/_functions/elementwise.py"}
SOURCES = [
    path
    for folder in ("raptors_xp", "native", "tests", "conformance")
    for pattern in ("*.py", "*.c", "*.h", "*.inc")
    for path in sorted((ROOT / folder).rglob(pattern))
    if "build" not in path.relative_to(ROOT).parts
]


def test_files_can_be_read_at_one_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in SOURCES}
    assert {name for name, length in lengths.items() if length > 500} == LONG


@pytest.mark.parametrize("path", [path for path in SOURCES if path.suffix == ".py"], ids=lambda path: path.stem)
def test_functions_fit_on_a_page(path: Path) -> None:
    functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > 60} == {}


def test_c_functions_fit_on_a_page() -> None:
    pattern = re.compile(r"^(?:\w.*?)?\b(\w+)\([^;{}]*\) \{\n(?:.*\n)*?\}", re.MULTILINE)
    found = [
        (match[0].count("\n") + 1, match[1])
        for path in SOURCES
        if path.suffix in (".c", ".h")
        for match in pattern.finditer(path.read_text())
    ]
    assert len(found) > 500
    assert [(length, name) for length, name in found if length > 60] == []


# --- C ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", C_FILES, ids=lambda path: str(path.relative_to(NATIVE)))
def test_includes_go_downward(path: Path) -> None:
    for other, line in includes(path):
        assert C_ROOMS.index(c_room(other)) <= C_ROOMS.index(c_room(path)), f"{path}:{line} includes {other}"


def test_no_circles_among_headers() -> None:
    headers = [path for path in C_FILES if path.suffix != ".c"]
    floors({str(path): {str(other) for other, _ in includes(path)} - {str(path)} for path in headers})


def test_python_h_stays_in_native_python() -> None:
    for path in C_FILES:
        if path.parent.name != "python":
            assert not re.search(r"#\s*include\s*[<\"]Python\.h", path.read_text()), path

"""The architecture: everything imports downward only, NumPy comes in at one place, Python.h stays in native/python."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "raptors_xp"

# Floor 3 has storeys of its own, as docs/architecture.md says: what is beneath `array` comes in this order.
BENEATH_ARRAY = ["interop", "sequences", "views", "lapack", "along", "grouping", "display", "subscripts", "array"]
# The command line: floor 5, not compiled, imports the namespace itself.
COMMAND_LINE = {"__init__", "__main__", "bench", "doctor", "measuring", "probes", "reporting"}


def floors() -> dict[str, int]:
    """Floor by module, from the table of docs/architecture.md."""
    result: dict[str, int] = {}
    for line in (ROOT / "docs" / "architecture.md").read_text().splitlines():
        row = re.match(r"\| ([0-5]) \| (.*?) \|", line)
        if row is None or ".c`" in row[2] or "/`" in row[2]:
            continue
        for quoted in re.findall(r"`([^`]+)`", row[2]):
            for name in quoted.split():
                result.setdefault(name, int(row[1]))
    return result


FLOORS = floors()
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))


def imports(path: Path) -> list[tuple[str, int]]:
    """Modules a file imports, "raptors_xp.x" for those of the package, and the lines."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write imports out"
            if node.module == "raptors_xp":
                found += [(f"raptors_xp.{alias.name}", node.lineno) for alias in node.names]
            else:
                found.append((str(node.module), node.lineno))
    return found


def test_the_table_is_read() -> None:
    assert FLOORS["shape"] == 0
    assert FLOORS["promotion"] == 1
    assert FLOORS["dispatch"] == 2
    assert FLOORS["array"] == 3
    assert FLOORS["creation"] == 4


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_a_floor(module: str) -> None:
    assert module in FLOORS or module == "version", f"add {module} to the table in docs/architecture.md"


@pytest.mark.parametrize("module", sorted(set(MODULES) - COMMAND_LINE))
def test_imports_go_downward(module: str) -> None:
    for name, line in imports(PACKAGE / f"{module}.py"):
        if not name.startswith("raptors_xp"):
            continue
        other = name.split(".")[1]
        where = f"{module}.py:{line} imports {other}"
        if other in ("_native", "version"):
            continue
        if FLOORS[module] == FLOORS[other] == 3:
            assert BENEATH_ARRAY.index(other) < BENEATH_ARRAY.index(module), where
        elif FLOORS[module] == 4:
            assert FLOORS[other] < 4, f"{where}: chapters do not import one another"
        else:
            assert FLOORS[other] <= FLOORS[module], where


def test_no_circles_within_a_floor() -> None:
    below: dict[str, set[str]] = {}
    for module in set(MODULES) - COMMAND_LINE:
        names = [name for name, _ in imports(PACKAGE / f"{module}.py") if name.startswith("raptors_xp.")]
        below[module] = {name.split(".")[1] for name in names} - {"_native", module}
    while below:
        free = [module for module, others in below.items() if not others & below.keys()]
        assert free, f"these import one another: {sorted(below)}"
        for module in free:
            del below[module]


@pytest.mark.parametrize("module", sorted(set(MODULES) - COMMAND_LINE))
def test_no_own_module_is_imported_inside_a_function(module: str) -> None:
    tree = ast.parse((PACKAGE / f"{module}.py").read_text())
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.Lambda)):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom):
                assert not str(node.module).startswith("raptors_xp")
            elif isinstance(node, ast.Import):
                assert not any(alias.name.startswith("raptors_xp") for alias in node.names)


def test_numpy_is_imported_in_one_module() -> None:
    importers = {
        module
        for module in set(MODULES) - COMMAND_LINE
        for name, _ in imports(PACKAGE / f"{module}.py")
        if name.split(".")[0] == "numpy"
    }
    assert importers == {"numpy_bridge"}


def test_python_h_stays_in_native_python() -> None:
    for path in [*ROOT.glob("native/**/*.c"), *ROOT.glob("native/**/*.h"), *ROOT.glob("native/**/*.inc")]:
        if path.parent.name != "python":
            assert not re.search(r"#\s*include\s*[<\"]Python\.h", path.read_text()), path


@pytest.mark.parametrize("module", MODULES)
def test_files_open_with_their_rule(module: str) -> None:
    docstring = ast.get_docstring(ast.parse((PACKAGE / f"{module}.py").read_text()))
    assert docstring
    assert docstring.split("\n\n")[0].endswith((".", ":"))

"""Every elementary function is as accurate as its kernel promises on every instruction set: ulp.py, few arguments."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

TOOL = Path(__file__).with_name("ulp.py")
sys.path.insert(0, str(TOOL.parent))

ulp = pytest.importorskip("ulp", reason="mpmath and numpy")


@pytest.mark.parametrize(("name", "dtype"), [(name, dtype) for dtype in ulp.CODES for name in ulp.functions_of(dtype)])
def test_error_is_within_its_bound(name: str, dtype: str) -> None:
    (row,) = ulp.measure_all([name], [dtype], [], 2000, quiet=True)
    assert row.is_within, ulp.describe(row)


def test_every_promise_is_measured() -> None:
    measured = {(each.operation, dtype) for dtype in ulp.CODES for each in ulp.functions_of(dtype).values()}
    assert measured == set(ulp.BOUNDS)


def test_real_functions_promise_one_ulp() -> None:
    assert all(bound <= 1 for (_, dtype), bound in ulp.BOUNDS.items() if dtype.startswith("float"))


def test_error_beyond_the_bound_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(ulp.BOUNDS, ("EXP", "float64"), 0.6)
    monkeypatch.setattr(sys, "argv", ["ulp.py", "exp", "--dtype", "float64", "--samples", "2000"])
    assert ulp.main() == 1
    assert "BEYOND the promised 0.6" in capsys.readouterr().err


def test_tool_finds_an_error() -> None:
    arguments = (np.array([0.5, 1.0, 2.0]),)
    results = np.array([1.6487212707001282, np.nextafter(np.nextafter(np.e, 9), 9), 7.38905609893065])
    worst = ulp.worst_of(ulp.FUNCTIONS["exp"], arguments, results, ulp.Worst(-1.0, (), 0.0))
    assert 1.5 < worst.error < 2.5
    assert worst.arguments == (1.0,)


@pytest.mark.parametrize(("argument", "result"), [(0.0, -0.0), (-0.0, 0.0), (float("inf"), 1.0), (1.0, float("nan"))])
def test_tool_finds_wrong_special_values(argument: float, result: float) -> None:
    worst = ulp.worst_of(ulp.FUNCTIONS["sin"], (np.array([argument]),), np.array([result]), ulp.Worst(-1.0, (), 0.0))
    assert worst.error == float("inf")


def test_command_line_refuses_unknown_functions() -> None:
    done = subprocess.run([sys.executable, str(TOOL), "sine"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no function 'sine'" in done.stderr


def test_documentation_has_the_promises() -> None:
    text = (TOOL.parents[2] / "docs" / "accuracy.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| ([\d.]+) \| ", text, re.MULTILINE)
    operations = {
        (name, dtype): each.operation for dtype in ulp.CODES for name, each in ulp.functions_of(dtype).items()
    }
    assert {(operations[name, dtype], dtype): float(bound) for name, dtype, bound in rows} == ulp.BOUNDS

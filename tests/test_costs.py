"""What operations cost: the manifest says it for every kernel, and waking, sharing and the GIL follow from it."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from raptors_xp import _native
from raptors_xp._core.chunks import grain
from raptors_xp._core.dtypes import DTYPES, float32, float64
from raptors_xp._core.operations import OPERATIONS
from raptors_xp._core.promotion import COUNT

ROOT = Path(__file__).parent.parent
LIMITS = _native.cost_limits()


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("raptors_xp_costs", ROOT / "native/tools/costs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_shares_of_the_docs_follow_from_the_costs() -> None:
    run = subprocess.run([sys.executable, ROOT / "native/tools/shares.py", "--check"], cwd=ROOT, check=False)
    assert run.returncode == 0  # else: python native/tools/shares.py


def test_every_kernel_has_a_cost_and_nothing_else_has() -> None:
    for op in range(OPERATIONS):
        for dtype in DTYPES:
            assert (_native.cost(op, dtype.code) > 0) == (_native.result_dtype(op, dtype.code) >= 0)
    assert _native.cost(_native.ADD, float32.code) == 10  # the unit


def test_limits_are_in_order() -> None:
    assert 0 < LIMITS["share"] < LIMITS["chunk"] < LIMITS["release"] < LIMITS["wake"]


@pytest.mark.parametrize(
    ("op", "size", "wakes"),
    [
        (_native.POWER, 25_000, True),  # held the GIL for 120 us, on one thread
        (_native.SIN, 25_000, True),
        (_native.ADD, 25_000, False),
        (_native.ADD, 250_000, True),
        (_native.POWER, 250, False),
    ],
)
def test_work_is_shared_by_what_it_costs(op: int, size: int, wakes: bool) -> None:
    cost = _native.cost(op, float64.code) * size
    assert (cost >= LIMITS["wake"]) == wakes
    if wakes:
        assert cost >= LIMITS["release"]
        assert 0 < grain(op * COUNT + float64.code, size) <= size // 2


@pytest.mark.parametrize(
    ("op", "rule"), [(_native.ADD, 0), (_native.EXP, 1), (_native.FLOOR, 2), (_native.CONJ, 3), (_native.REAL, 3)]
)
def test_what_becomes_of_integers(op: int, rule: int) -> None:
    assert _native.integers(op) == rule


@pytest.mark.parametrize("op", [-1, OPERATIONS, 2**40])
def test_what_is_no_operation_is_refused(op: int) -> None:
    with pytest.raises(ValueError, match="is not an operation code"):
        _native.integers(op)
    assert _native.cost(op, float64.code) == 0


def test_the_tool_knows_every_line_of_the_manifest(tool: ModuleType) -> None:
    forms, lines = tool.read_lines()
    assert len(forms) == OPERATIONS
    assert [line.name for line in lines] == list(forms)
    for line in lines:
        op = getattr(_native, line.name.upper())
        for dtype in DTYPES:
            if _native.result_dtype(op, dtype.code) >= 0:
                assert line.costs[tool.COLUMNS[dtype.code]] == _native.cost(op, dtype.code), (line.name, dtype)
    assert min(tool.read_moves().costs) > 0


def test_the_tool_measures_every_form(tool: ModuleType) -> None:
    names = ["add", "exp", "where", "sum", "matmul", "vecdot", "sort", "searchsorted", "cumulative_sum", "argmax"]
    for line, costs in tool.measure(names, 1):
        assert [cost > 0 for cost in costs] == [written > 0 for written in line.costs], line.name


def test_costs_that_are_near_stay(tool: ModuleType) -> None:
    for measured in (1.2, 7.6, 33.0, 127.0, 12_345.0):
        written = tool.agreed(0, measured)
        assert written / 1.2 <= measured <= written * 1.2 or abs(measured - written) <= 0.5
        for again in (measured, measured * 1.1, measured / 1.1):
            assert tool.agreed(written, again) == written
        assert not tool.is_off(written, measured)
        assert tool.is_off(written, 3 * measured + 3)
    assert tool.agreed(100, 130.0) == 130


def test_the_tool_writes_a_line(tool: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "operations.inc"
    path.write_text("OPERATION(one, unary, FLOAT, SAME, REFUSE)\nCOST(one, 0, 1)\nCOST(one_more, 0, 1)\n")
    tool.write(tool.Line(path, "one", [0, 1]), [0, 25])
    assert path.read_text().splitlines()[1:] == ["COST(one, 0, 25)", "COST(one_more, 0, 1)"]

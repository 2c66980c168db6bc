"""`bench --workloads`: all calls run, and give what NumPy's arrays give; what is wrong is said."""

import json
from pathlib import Path

import numpy as np
import pytest

import raptors_xp as xp
from raptors_xp.__main__ import main
from raptors_xp._command import workloads

SMALL = {
    "table": (400, 50),
    "rows": (60, 50),
    "target": (400,),
    "signal": (5000,),
    "batch": (20, 512),
    "image": (128, 96),
    "stack": (240, 50),
    "u": (3000,),
    "v": (3000,),
    "w": (3000,),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("dtype", workloads.DTYPES)
def test_every_call_gives_what_numpys_arrays_give(dtype: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workloads, "_SHAPES", SMALL)
    theirs, ours = workloads.names(np, dtype), workloads.names(xp, dtype)
    rows = [each for each in workloads.chosen(None) if each.dtype == dtype]
    assert len(rows) >= 70
    faults = {}
    for row in rows:
        result = workloads._result(row, ours)
        assert isinstance(result, (xp.Array, float)), row.title
        faults[row.title] = workloads.fault(row, result, workloads._result(row, theirs))
    assert {title: fault for title, fault in faults.items() if fault} == {}


def test_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(workloads, "_SHAPES", SMALL)
    file = tmp_path / "workloads.json"
    assert main(["bench", "--workloads", "--rows", "special erf", "--rounds", "1", "--json", str(file)]) == 0
    found = json.loads(file.read_text())
    assert [each["title"] for each in found["workloads"]] == ["special erf float32", "special erf float64"]
    assert found["summary"]["wrong"] == 0
    assert "geometric mean" in capsys.readouterr().out
    monkeypatch.setattr(workloads, "fault", lambda *_: "is off")
    assert main(["bench", "--workloads", "--rows", "erf float64", "--rounds", "1"]) == 1
    assert "WRONG: special erf float64 is off" in capsys.readouterr().out
    assert main(["bench", "--workloads", "--rows", "no such call"]) == 2
    assert "names no workload" in capsys.readouterr().err


def test_faults_are_found() -> None:
    row = workloads.chosen("gammaln float64")[0]
    assert workloads.fault(row, np.ones(3), np.ones(3)) == ""
    assert "differs by up to 1e-05" in workloads.fault(row, np.array([1, 1 + 1e-5, 1]), np.ones(3))
    assert "shape" in workloads.fault(row, np.ones(3), np.ones(4))

"""`python -m raptors_xp doctor` and `--version`: the facts are there, and true. Knows nothing of how they are found."""

import json
import platform
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

import raptors_xp
from raptors_xp import _native
from raptors_xp.__main__ import main
from raptors_xp._command import doctor


def test_facts_are_those_of_this_process() -> None:
    facts = doctor.facts()
    assert facts["raptors_xp"]["version"] == raptors_xp.__version__
    assert facts["raptors_xp"]["dispatch"] in ("compiled", "interpreted")
    assert facts["instruction set"]["in use"] == _native.isa()
    assert _native.isa() in str(facts["instruction set"]["available"]).split()
    assert facts["threads"]["in use"] == _native.threads()
    assert facts["allocator"]["cache_limit"] == _native.memory_info()["cache_limit"]
    assert facts["python"]["numpy"] == numpy.__version__
    assert facts["python"]["version"] == platform.python_version()


def test_a_machine_is_told_by_processor_and_caches() -> None:
    machine = doctor.facts()["machine"]
    if sys.platform == "linux" and platform.machine() == "x86_64":
        assert " (family " in str(machine["processor"])
    assert machine["caches"] is None or str(machine["caches"]).startswith("L1 ")


def test_caches_are_those_that_hold_data(tmp_path: Path) -> None:
    caches = [("1", "Data", "32K"), ("1", "Instruction", "64K"), ("2", "Unified", "1024K"), ("3", "Unified", "8192K")]
    for index, texts in enumerate(caches):
        folder = tmp_path / f"index{index}"
        folder.mkdir()
        for name, text in zip(("level", "type", "size"), texts, strict=True):
            (folder / name).write_text(f"{text}\n")
    assert doctor._caches(tmp_path) == "L1 32K, L2 1024K, L3 8192K"
    assert doctor._caches(tmp_path / "nowhere") is None


def test_every_fact_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    for chapter in doctor.facts():
        assert chapter in shown
    for name in ("RAPTORS_ISA", "RAPTORS_NUM_THREADS", "RAPTORS_CACHE_LIMIT", "cache limit", "compiler", "numpy"):
        assert name in shown


def test_environment_is_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("RAPTORS_NUM_THREADS", "1234")
    monkeypatch.delenv("RAPTORS_ISA", raising=False)
    assert main(["doctor", "--json", "-"]) == 0
    environment = json.loads(capsys.readouterr().out)["environment"]
    assert environment["RAPTORS_NUM_THREADS"] == "1234"
    assert environment["RAPTORS_ISA"] is None


def test_json_goes_into_a_file(tmp_path: Path) -> None:
    assert main(["doctor", "--json", str(tmp_path / "facts.json")]) == 0
    assert json.loads((tmp_path / "facts.json").read_text()).keys() == doctor.facts().keys()


def test_a_file_that_cannot_be_written_gives_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json", str(tmp_path / "no" / "facts.json")]) == 2
    assert "give a file that can be written" in capsys.readouterr().err


def test_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"raptors_xp {raptors_xp.__version__}\n"


def test_the_module_runs() -> None:
    place = str(Path(raptors_xp.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-m", "raptors_xp", "doctor", "--json", "-"],
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["raptors_xp"]["version"] == raptors_xp.__version__

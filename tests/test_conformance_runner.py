"""conformance/run.py: finding the suite, counting, recording. Runs a small stand-in, never the official suite."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def load_runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("conformance_run", ROOT / "conformance/run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


runner: Any = load_runner()

CONFTEST = """
import os

def pytest_addoption(parser):
    parser.addoption("--max-examples", type=int, default=100)
    parser.addoption("--disable-deadline", action="store_true")
    parser.addoption("--derandomize", action="store_true")
    parser.addoption("--xfails-file")
    parser.addoption("--skips-file")
"""
GOOD = """
import os
import pytest

def test_passes(): pass

@pytest.mark.parametrize("n", [1, 2])
def test_passes_twice(n): pass

def test_module(): assert os.environ["ARRAY_API_TESTS_MODULE"] == "math"

@pytest.mark.skip(reason="not for us")
def test_skipped(): pass
"""
BAD = """
import pytest

@pytest.fixture
def broken_teardown():
    yield
    raise ValueError

def test_fails(): assert 1 == 2

def test_fails_at_the_end(broken_teardown): pass

@pytest.mark.xfail
def test_expected(): assert 1 == 2
"""


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=tests", "-c", "user.email=tests@localhost", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def make_suite(folder: Path, files: dict[str, str]) -> Path:
    for name in ("array_api_tests", "array-api/spec"):
        (folder / name).mkdir(parents=True)
    (folder / "array-api/spec/standard.md").write_text("the standard")
    (folder / "conftest.py").write_text(CONFTEST)
    for name, text in files.items():
        (folder / "array_api_tests" / name).write_text(text)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "suite")
    return folder


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A suite of seven tests, at the pins."""
    folder = make_suite(tmp_path / "suite", {"test_good.py": GOOD, "test_bad.py": BAD})
    pin(folder, monkeypatch)
    monkeypatch.delenv("ARRAY_API_TESTS_DIR", raising=False)
    return folder


def pin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "SUITE_COMMIT", git(folder, "rev-parse", "HEAD"))
    monkeypatch.setattr(runner, "STANDARD_COMMIT", git(folder, "rev-parse", "HEAD:array-api"))


def test_counts_and_status(suite: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    figures = tmp_path / "result.json"
    arguments = ["--suite", str(suite), "--module", "math", "--seed", "5", "--json", str(figures)]
    assert runner.main(arguments) == 1
    assert runner.main([*arguments, "--record"]) == 0
    result = json.loads(figures.read_text())
    assert result["files"] == {
        "test_bad.py": {"passed": 0, "failed": 2, "forced": 0, "skipped": 0, "xfailed": 1},
        "test_good.py": {"passed": 4, "failed": 0, "forced": 0, "skipped": 1, "xfailed": 0},
    }
    assert result["failures"] == ["test_bad.py::test_fails", "test_bad.py::test_fails_at_the_end"]
    assert result["differences"] == []
    assert result["suite_commit"] == runner.SUITE_COMMIT
    assert result["seed"] == "5"
    shown = capfd.readouterr()
    assert "4 passed, 2 failed, 0 forced, 1 skipped, 1 xfailed" in shown.out
    assert "WARNING" not in shown.err


def test_the_checkout_is_left_as_it_was(suite: Path) -> None:
    before = sorted(path for path in suite.rglob("*") if ".git" not in path.parts and "__pycache__" not in path.parts)
    runner.main(["--suite", str(suite), "--module", "math"])
    after = sorted(path for path in suite.rglob("*") if ".git" not in path.parts and "__pycache__" not in path.parts)
    assert after == before
    assert git(suite, "status", "--porcelain", "--untracked-files=no") == ""


def test_what_follows_the_dashes_goes_to_pytest(suite: Path, tmp_path: Path) -> None:
    figures = tmp_path / "result.json"
    arguments = ["--suite", str(suite), "--module", "math", "--derandomize", "--json", str(figures)]
    assert runner.main([*arguments, "--", "-k", "passes"]) == 0
    result = json.loads(figures.read_text())
    assert result["files"] == {"test_good.py": {"passed": 3, "failed": 0, "forced": 0, "skipped": 0, "xfailed": 0}}
    assert result["seed"] == "derandomized"


def test_another_commit_is_used_with_a_loud_warning(
    suite: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner, "SUITE_COMMIT", "0" * 40)
    monkeypatch.setattr(runner, "STANDARD_COMMIT", "1" * 40)
    (suite / "array_api_tests/test_good.py").write_text(GOOD + "\n")
    found = runner.find_suite(str(suite))
    assert len(found.differences) == 3
    assert runner.main(["--suite", str(suite), "--module", "math", "--", "-k", "passes"]) == 0
    shown = capfd.readouterr().err
    assert f"the pin is {'0' * 40}" in shown
    assert "array_api_tests/test_good.py" in shown


def test_a_folder_without_git_is_used_with_a_loud_warning(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for part in ("array_api_tests", "array-api/spec"):
        (copy / part).mkdir(parents=True)
    found = runner.find_suite(str(copy))
    assert found.commit == "unknown"
    assert "no git checkout" in found.differences[0]


def test_the_variable_and_the_cache_folder_name_the_suite(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARRAY_API_TESTS_DIR", str(suite))
    assert runner.find_suite(None).folder == suite
    monkeypatch.delenv("ARRAY_API_TESTS_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cached = make_suite(tmp_path / "cache/raptors_xp/array-api-tests", {})
    assert runner.find_suite(None).folder == cached


def test_the_suite_is_cloned_when_there_is_none(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(runner, "REPOSITORY", str(suite))
    (suite / "later.txt").write_text("of a commit after the pin")
    git(suite, "add", "--all")
    git(suite, "commit", "--quiet", "--message", "later")
    found = runner.find_suite(None)
    assert found.folder == tmp_path / "cache/raptors_xp/array-api-tests"
    assert found.differences == ()
    assert not (found.folder / "later.txt").exists()
    assert "cloning" in capfd.readouterr().out


def test_no_network_is_said_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ARRAY_API_TESTS_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(runner, "REPOSITORY", str(tmp_path / "nowhere"))
    assert runner.main(["--module", "math"]) == 2
    assert "Give a checkout of it by --suite DIR or ARRAY_API_TESTS_DIR" in capfd.readouterr().err
    assert os.listdir(tmp_path / "cache/raptors_xp") == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--suite", "/no/such/folder"], "is no checkout of array-api-tests"),
        (["--module", "no_such_module"], "no_such_module cannot be imported"),
        (["--module", "math", "--write"], "--write records a whole run against raptors_xp"),
        (["--module", "math", "--json", "/no/such/folder/x.json"], "give a file in a folder that exists"),
        (["--module", "math", "--xfails-file", "/no/such/file"], "/no/such/file does not exist"),
        (["--module", "math", "--", "-k", "nothing"], "pytest ended with status 5"),
    ],
)
def test_what_cannot_be_run_gives_status_2(
    arguments: list[str], complaint: str, suite: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    given = [] if "--suite" in arguments else ["--suite", str(suite)]
    assert runner.main([*given, *arguments]) == 2
    assert complaint in capfd.readouterr().err


@pytest.mark.parametrize("arguments", [["--max-examples", "0"], ["--jobs", "0"], ["--isa", "v9"]])
def test_bad_options_give_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        runner.main(arguments)
    assert stop.value.code == 2


def test_only_the_named_tests_of_earlier_versions_are_forced(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "FORCED", {"test_bad.py::test_fails": ("2024.12", "a reason")})
    figures = tmp_path / "result.json"
    arguments = ["--suite", str(suite), "--module", "math", "--json", str(figures)]
    for version, forced in (("2023.12", ["test_bad.py::test_fails"]), ("2024.12", []), ("2025.12", [])):
        assert runner.main([*arguments, "--api-version", version]) == 1  # the other one still fails
        result = json.loads(figures.read_text())
        assert result["forced"] == forced
        assert result["files"]["test_bad.py"]["forced"] == len(forced)
        assert ("test_bad.py::test_fails" in result["failures"]) == (not forced)
    only = ["--", "-k", "test_fails and not end"]
    assert runner.main([*arguments, "--api-version", "2023.12", *only]) == 0
    monkeypatch.setenv("ARRAY_API_TESTS_VERSION", "2023.12")  # the suite's own variable says it as well
    assert runner.main([*arguments, *only]) == 0
    assert json.loads(figures.read_text())["api_version"] == "2023.12"
    assert runner.main([*arguments, "--api-version", "2024.12", *only]) == 1


def test_nothing_is_forced_at_the_newest_version() -> None:
    assert {before for before, _ in runner.FORCED.values()} <= {"2023.12", "2024.12", "2025.12"}


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A README.md with its marks, to write results into."""
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{runner.BEGIN}\nold\n{runner.END}\nafter\n")
    monkeypatch.setattr(runner, "README", readme)
    monkeypatch.setattr(runner, "RESULTS", tmp_path / "results.json")
    facts = {"version": "1.2", "isa": "v3", "dispatch": "compiled", "api": "2025.12"}
    monkeypatch.setattr(runner, "probe", lambda *_: facts)
    monkeypatch.setattr(runner, "own_commit", lambda: "0123456789ab")
    return readme


def test_the_table_is_written_between_the_marks(suite: Path, record: Path) -> None:
    arguments = ["--suite", str(suite), "--record", "--write", "--seed", "7"]
    for _ in range(2):  # writing again replaces
        assert runner.main(arguments) == 0
    text = record.read_text()
    assert text.startswith(f"before\n{runner.BEGIN}\n| standard | on |")
    assert text.endswith(f"{runner.END}\nafter\n")
    run = [line for line in text.splitlines() if line.startswith("| 2025.12 ")]
    assert len(run) == 1
    # test_module wants another module
    assert run[0].startswith("| 2025.12 | v3 | compiled | 50 | 3 | 3 | 0 | 1 | 1 | 7 |")
    assert run[0].endswith("| 0123456789ab |")
    assert "| total | 3 | 3 | 0 | 1 | 1 |" in text
    assert "raptors_xp 1.2 (0123456789ab, compiled) on v3, standard 2025.12" in text
    assert "- `test_bad.py::test_fails` (2025.12, v3, compiled)" in text
    assert "- 1: not for us" in text
    assert "old" not in text


def test_runs_of_every_kind_stand_side_by_side(suite: Path, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "FORCED", {"test_bad.py::test_fails": ("2025.12", "a reason")})
    arguments = ["--suite", str(suite), "--record", "--write", "--max-examples"]
    assert runner.main([*arguments, "9", "--api-version", "2023.12"]) == 0
    assert runner.main([*arguments, "5"]) == 0
    assert runner.main([*arguments, "8"]) == 0
    assert len(json.loads(runner.RESULTS.read_text())) == 2
    text = record.read_text()
    assert text.index("| 2025.12 | v3 | compiled | 8 |") < text.index("| 2023.12 | v3 | compiled | 9 |")
    assert "| compiled | 5 |" not in text
    assert "8 examples a test" in text.partition("By file")[2]
    assert "- `test_bad.py::test_fails`, before 2025.12: a reason" in text


def test_a_spoilt_record_is_said(suite: Path, record: Path, capfd: pytest.CaptureFixture[str]) -> None:
    runner.RESULTS.write_text('[{"module": 1}]')
    before = record.read_text()
    assert runner.main(["--suite", str(suite), "--record", "--write"]) == 2
    assert "restore it, or delete it to begin again" in capfd.readouterr().err
    assert record.read_text() == before


def test_lost_marks_are_said(suite: Path, record: Path, capfd: pytest.CaptureFixture[str]) -> None:
    record.write_text("no marks")
    assert runner.main(["--suite", str(suite), "--record", "--write"]) == 2
    assert "has lost its marks" in capfd.readouterr().err
    assert not runner.RESULTS.exists()


def test_our_readme_shows_our_results() -> None:
    text = (ROOT / "conformance/README.md").read_text()
    assert text.count(runner.BEGIN) == text.count(runner.END) == 1
    shown = text.partition(runner.BEGIN)[2].partition(runner.END)[0].strip("\n")
    assert shown == runner.markdown(runner.read_results())

"""`bench --compare`, `--against` and `--instructions`: figures of an earlier run, another build in turn, instruction
counts. Asserts no speed of ours: what must be slower is made slower."""

import json
import random
import shutil
import stat
import sys
from pathlib import Path
from typing import Any, Self

import pytest

import raptors_xp
from raptors_xp.__main__ import main
from raptors_xp._command import against, baseline, calls, instructions, worker
from raptors_xp._command.measuring import Patience
from raptors_xp._command.reporting import UsageError
from raptors_xp._command.workers import Worker

ONE = ["bench", "--quick", "--rounds", "5", "--rows", "sum float32 512"]
PLACE = Path(raptors_xp.__file__).parent


# --- figures of an earlier run -------------------------------------------------------------------------------------
def document(medians: dict[str, tuple[float, float]], processor: str = "A", numpy: str = "2.0") -> dict[str, Any]:
    """What --json writes, of calls with these median times of NumPy and ours."""
    return {
        "date": "2026-01-31",
        "part": "calls",
        "facts": {
            "machine": {"processor": processor, "cores": 2},
            "instruction set": {"in use": "v3"},
            "threads": {"in use": 2},
            "python": {"version": "3.11.7", "numpy": numpy},
        },
        "calls": [
            {"statement": name, "numpy_median": numpy, "ours_median": ours} for name, (numpy, ours) in medians.items()
        ],
    }


def test_a_ratio_that_fell_is_found() -> None:
    earlier = document({"a": (4.0, 2.0), "b": (4.0, 2.0), "c": (4.0, 2.0), "gone": (1.0, 1.0)})
    now = document({"a": (4.0, 2.5), "b": (4.0, 2.1), "c": (4.0, 1.0), "new": (1.0, 1.0)})
    table, figures, good = baseline.compare(earlier, [now], 10.0)
    assert not good
    assert {row[0].text: row[-1].text for row in table.rows} == {"a": "FELL", "b": "as before", "c": "rose"}
    assert figures["changes"] == pytest.approx({"a": -20.0, "b": 100 / 1.05 - 100, "c": 100.0})
    assert "1 of 3 ratios fell by more than 10 %" in table.notes[0]
    assert baseline.compare(earlier, [now], 20.1)[2]


def test_the_best_look_at_a_row_counts() -> None:
    earlier = document({"a": (4.0, 2.0), "b": (4.0, 2.0)})
    looks = [document({"a": (4.0, 4.0), "b": (4.0, 2.0)}), document({"a": (4.0, 2.0), "b": (4.0, 4.0)})]
    table, figures, good = baseline.compare(earlier, looks, 10.0)
    assert good
    assert figures["changes"] == {"a": 0.0, "b": 0.0}
    assert table.notes[0].endswith("0 of 2 ratios fell by more than 10 %; the best of 2 looks at each")
    assert not baseline.compare(earlier, looks[:1], 10.0)[2]


def test_times_are_compared_on_the_same_machine_only() -> None:
    earlier, slower = document({"a": (4.0, 2.0)}), document({"a": (8.0, 4.0)})
    table, figures, good = baseline.compare(earlier, [slower], 10.0)
    assert good  # NumPy has become slower as well
    assert table.columns[-3:] == ("raptors_xp then", "now", "verdict")
    assert [cell.text for cell in table.rows[0]] == ["a", "2.00x", "2.00x", "+0.0%", "2.00 s", "4.00 s", "as before"]
    assert figures["different"] == []
    elsewhere = document({"a": (8.0, 4.0)}, processor="B", numpy="2.1")
    table, figures, good = baseline.compare(earlier, [elsewhere], 10.0)
    assert good
    assert table.columns[-2:] == ("change", "verdict")
    assert figures["different"] == ["machine, processor: A then, B now", "python, numpy: 2.0 then, 2.1 now"]
    assert "  machine, processor: A then, B now" in table.notes


def test_what_was_written_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.json"
    assert main([*ONE, "--json", str(file)]) == 0
    written = json.loads(file.read_text())
    assert not {"place", "executable"} & {name for facts in written["facts"].values() for name in facts}
    assert str(tmp_path) not in file.read_text()
    written["rows"][0]["ours_median"] = written["rows"][0]["numpy_median"] * 1000
    file.write_text(json.dumps(written))
    capsys.readouterr()
    assert main([*ONE, "--compare", str(file)]) == 0
    shown = capsys.readouterr().out
    assert f"beside the figures of {written['date']}" in shown
    assert "0 of 1 ratios fell" in shown
    assert "another machine" not in shown
    written["rows"][0]["ours_median"] = written["rows"][0]["numpy_median"] / 1000
    file.write_text(json.dumps(written))
    capsys.readouterr()
    assert main([*ONE, "--compare", str(file)]) == 1
    assert "1 of 1 ratios fell by more than 15 %; the best of 3 looks at each" in capsys.readouterr().out
    assert main([*ONE, "--compare", str(file), "--tolerance", "99.99"]) == 0


def test_calls_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "calls.json"
    quick = ["bench", "--quick", "--rounds", "5", "--calls"]
    assert main([*quick, "--json", str(file)]) == 0
    assert main([*quick, "--compare", str(file), "--tolerance", "99.9"]) == 0
    assert f"0 of {len(calls.CALLS)} ratios fell by more than 99.9 %" in capsys.readouterr().out
    assert main([*ONE, "--compare", str(file)]) == 2
    assert "holds the figures of --calls, not of the seed table" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("not JSON", "holds no figures"),
        ("[]", "holds no figures"),
        ('{"rows": []}', "holds no figures"),
        (None, "cannot be read: No such file"),
    ],
)
def test_a_file_without_figures_gives_status_2(
    content: str | None, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    if content is not None:
        file.write_text(content)
    assert main([*ONE, "--compare", str(file)]) == 2
    assert f"--compare {file} {complaint}" in capsys.readouterr().err


def test_files_that_share_no_row_do_not_compare() -> None:
    with pytest.raises(UsageError, match="none of these rows"):
        baseline.compare(document({"a": (1.0, 1.0)}), [document({"b": (1.0, 1.0)})], 10.0)


# --- workers -------------------------------------------------------------------------------------------------------
def test_a_worker_answers_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    requests = [{"setup": "x = xp.ones(3); seen = []"}, {"statement": "seen.append(x)", "number": 4, "samples": 2}]
    worker.serve(json.dumps(request) for request in requests)
    greeting, empty, answer = map(json.loads, capsys.readouterr().out.splitlines())
    assert greeting == {"version": raptors_xp.__version__, "place": str(PLACE)}
    assert empty == {}
    assert len(answer["samples"]) == 2
    assert all(seconds > 0 for seconds in answer["samples"])


def test_a_worker_runs_statements_so_often() -> None:
    names: dict[str, Any] = {}
    worker.respond({"setup": "seen = []"}, names)
    worker.respond({"statement": "seen.append(xp)", "number": 4, "samples": 2}, names)
    assert names["seen"] == [raptors_xp] * 8


def test_a_worker_in_this_interpreter_has_this_build() -> None:
    with Worker() as this:
        assert this.place == str(PLACE)
        this.setup("x = xp.ones(3)")
        assert len(this.time("x + x", 2, 5)) == 5
        with pytest.raises(UsageError, match=r"(?s)ended with status 1.*ZeroDivisionError"):
            this.setup("1 / 0")


@pytest.mark.parametrize("name", ["no such interpreter", "false"])
def test_an_interpreter_that_cannot_be_asked_is_said(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name} .*give .* interpreter"):
        Worker(name)


# --- another build -------------------------------------------------------------------------------------------------
SLOW = """
_sum = sum
def sum(x, /, **options):
    for _ in range(20_000):
        pass
    return _sum(x, **options)
"""


@pytest.fixture(scope="module")
def slow_build(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter that has another build of raptors_xp, whose `sum` is slow."""
    place = tmp_path_factory.mktemp("build")
    shutil.copytree(PLACE, place / "raptors_xp", ignore=shutil.ignore_patterns("__pycache__"))
    with open(place / "raptors_xp" / "__init__.py", "a") as file:
        file.write(SLOW)
    return interpreter(place, place)


@pytest.fixture
def this_build(tmp_path: Path) -> str:
    return interpreter(tmp_path, PLACE.parent)


def interpreter(folder: Path, place: Path) -> str:
    """A file in `folder` that is this Python with the raptors_xp of `place`."""
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{place}" exec "{sys.executable}" "$@"\n')
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    return str(python)


def test_a_slow_build_is_found(
    slow_build: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(against, "_PAIRS", 2)
    file = tmp_path / "figures.json"
    assert main([*ONE, "--against", slow_build, "--threads", "1", "--json", str(file)]) == 0
    [case] = json.loads(file.read_text())["cases"]
    assert case["verdict"] == "faster"
    assert case["ours_median"] < case["other_median"]
    assert "sum float32 512" in capsys.readouterr().out


def test_being_slower_gives_status_1(slow_build: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(against, "_PAIRS", 2)
    monkeypatch.setattr(calls, "CALLS", (("xp.sum(x)", None),))
    here, there = Worker, slow_build
    # The two change places: the slow one is ours.
    monkeypatch.setattr(
        against, "Worker", lambda python=None, environment=None: here(there if python is None else None, environment)
    )
    assert main(["bench", "--calls", "--rounds", "2", "--against", slow_build]) == 1


def test_this_very_build_is_no_other(this_build: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ONE, "--against", this_build]) == 2
    assert "has this very build" in capsys.readouterr().err


def found(*ratios: float) -> against.Found:
    return against.Found([against.Pair([ratio, ratio], [1.0, 1.0]) for ratio in ratios])


@pytest.mark.parametrize(
    ("ratios", "verdict"),
    [
        ((1.05, 1.06, 1.07), "SLOWER"),
        ((1.01, 1.04, 1.07), "unsure"),
        ((0.99, 1.0, 1.09), "unsure"),
        ((0.99, 1.0, 1.01), "as before"),
        ((0.94, 0.96, 0.98), "as before"),
        ((0.94, 0.95, 0.96), "faster"),
    ],
)
def test_a_verdict_is_given_where_it_is_certain(ratios: tuple[float, ...], verdict: str) -> None:
    assert found(*ratios).verdict(3.0).text == verdict


def test_a_pair_compares_turns_of_the_same_round() -> None:
    pair = against.Pair([1.0, 20.0, 3.0], [2.0, 10.0, 6.0])
    assert pair.ratio == 0.5
    one = against.Found([pair, against.Pair([1.0], [1.0])])
    assert one.change == pytest.approx(-25.0)
    assert one.doubt == pytest.approx(25.0)


def test_what_is_unsure_is_timed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter([1.0, 1.0, 1.1, 1.0, *[1.0] * 40])
    timed: list[str] = []

    def turns(case: against.Case, *_: Any) -> against.Pair:
        timed.append(case.name)
        return against.Pair([next(given)], [1.0])

    class Fake:
        place = ""

        def __init__(self, *_: Any, **options: Any) -> None:
            pass

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(against, "_take_turns", turns)
    monkeypatch.setattr(against, "Worker", Fake)
    monkeypatch.setattr(against, "check_builds", lambda *_: None)
    monkeypatch.setattr(against, "_PAIRS", 2)
    monkeypatch.setattr(against, "_MOST_PAIRS", 4)
    cases = [against.Case(name, "", "") for name in "ab"]
    table, figures, good = against.against("python", cases, Patience(), random.Random(0), 3.0, {})
    assert timed == ["a", "b", "a", "b", "a", "a"]  # the second pair found `a` ten percent slower
    assert not good
    assert [row[-1].text for row in table.rows] == ["unsure", "as before"]
    assert "of 2, 0 are slower by more than 3 %, 1 may be" in table.notes[0]
    assert [case["pairs"] for case in figures["cases"]] == [4, 2]  # type: ignore[attr-defined]


# --- instructions --------------------------------------------------------------------------------------------------
# Counts 1000 instructions a process and 7 for every run asked for; for the slow build 8.
VALGRIND = """#!{python}
import json, subprocess, sys
lines = []
command = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
child = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
runs = 0
for line in sys.stdin:
    runs += json.loads(line).get("number", 0)
    child.stdin.write(line)
    child.stdin.flush()
child.communicate()
each = 7 if command[0] == sys.executable else 8
print(f"==123== I   refs:      {{1000 + each * runs:,}}", file=sys.stderr)
"""


@pytest.fixture
def valgrind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "valgrind"
    program.write_text(VALGRIND.format(python=sys.executable))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(calls, "CALLS", (("x + y", None), ("xp.sum(x)", None)))


@pytest.mark.usefixtures("valgrind")
def test_instructions_are_those_of_the_statement_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--instructions", "--json", str(tmp_path / "counts.json")]) == 0
    counts = json.loads((tmp_path / "counts.json").read_text())["calls"]
    assert counts == [{"statement": "x + y", "instructions": 7.0}, {"statement": "xp.sum(x)", "instructions": 7.0}]
    assert "xp.sum(x)" in capsys.readouterr().out


@pytest.mark.usefixtures("valgrind")
def test_instructions_of_two_builds(slow_build: str, this_build: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--instructions", "--against", slow_build]) == 0
    assert "-12.5%" in capsys.readouterr().out
    with pytest.raises(UsageError, match="this very build"):
        instructions.instructions(this_build, 3.0)


@pytest.mark.usefixtures("valgrind")
def test_more_instructions_give_status_1(monkeypatch: pytest.MonkeyPatch, slow_build: str) -> None:
    counts = iter([[103.1, 100.0], [100.0, 100.0]])
    monkeypatch.setattr(instructions, "_counts", lambda *_: next(counts))
    assert main(["bench", "--instructions", "--against", slow_build]) == 1


def test_valgrind_is_needed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["bench", "--instructions"]) == 2
    assert "valgrind is not installed" in capsys.readouterr().err


# --- options -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--memory", "--compare", "x.json"], "--compare goes with the seed table and --calls"),
        (["--bits", "--against", "python"], "--against goes with the seed table and --calls and --instructions"),
        (["--against", "python", "--compare", "x.json"], "--against and --compare do not go together"),
        (["--against", "python", "--beside", "torch"], "--against and --beside do not go together"),
        (["--tolerance", "3"], "--tolerance goes with --compare and --against"),
    ],
)
def test_options_that_do_not_go_together_give_status_2(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", *arguments]) == 2
    assert complaint in capsys.readouterr().err

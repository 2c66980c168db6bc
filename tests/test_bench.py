"""`python -m raptors_xp bench`: the clock, the checks of results, the options. Asserts no speed: machines differ."""

import gc
import importlib
import importlib.util
import io
import json
import os
import random
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import numpy
import pytest

import raptors_xp
from raptors_xp import _native
from raptors_xp.__main__ import main
from raptors_xp._command import bench, calls, measuring, probes, reporting, seed_table, workloads

QUICK = ["bench", "--quick", "--rounds", "5"]
ONE = [*QUICK, "--rows", "sum float32 512"]


# --- the clock -----------------------------------------------------------------------------------------------------
def test_quantile_interpolates() -> None:
    assert measuring.quantile([3.0], 0.9) == 3.0
    assert measuring.quantile([1.0, 2.0, 3.0], 0.5) == 2.0
    assert measuring.quantile([1.0, 2.0], 0.5) == 1.5
    assert measuring.quantile([0.0, 10.0], 0.9) == pytest.approx(9.0)


def test_timing_knows_median_and_p90_of_unordered_samples() -> None:
    timing = measuring.Timing((5.0, 1.0, 4.0, 2.0, 3.0))
    assert timing.median == 3.0
    assert timing.p90 == pytest.approx(4.6)


def test_geometric_mean() -> None:
    assert measuring.geometric_mean([2.0, 8.0]) == pytest.approx(4.0)


def test_uncertainty_shrinks_with_samples_and_grows_with_spread() -> None:
    assert measuring.uncertainty([1.0] * 20) == 0
    assert measuring.uncertainty([1.0, 1.1] * 10) > measuring.uncertainty([1.0, 1.001] * 10)
    spread = [1 + index / 100 for index in range(10)]
    assert measuring.uncertainty(spread * 100) < measuring.uncertainty(spread)


def test_interleave_runs_every_contestant_in_every_round() -> None:
    calls: list[str] = []
    statements = [(f"note({name!r})", {"note": calls.append}) for name in "abc"]
    timings = measuring.interleave(statements, measuring.Patience(rounds=40), random.Random(1))
    assert [len(timing.samples) for timing in timings] == [40, 40, 40]
    rounds = [calls[start : start + 3] for start in range(9, len(calls), 3)]  # after the warm-up
    assert all(sorted(one) == ["a", "b", "c"] for one in rounds)
    assert len({tuple(one) for one in rounds}) > 1


def test_interleave_takes_bursts_and_numbers() -> None:
    calls: list[str] = []
    statements = [(f"note({name!r})", {"note": calls.append}) for name in "ab"]
    timings = measuring.interleave(statements, measuring.Patience(rounds=3), random.Random(1), number=2, burst=4)
    assert [len(timing.samples) for timing in timings] == [12, 12]
    assert len(calls) == 2 * (6 + 3 * 2 * 4)


def test_interleave_ends_when_stable_or_out_of_time() -> None:
    steady = measuring.Patience(least=20, seconds=60, uncertainty=1e9)
    assert len(measuring.interleave([("pass", {})], steady, random.Random(0))[0].samples) == 20
    hurried = measuring.Patience(least=10**9, seconds=0.0)
    assert len(measuring.interleave([("pass", {})], hurried, random.Random(0))[0].samples) == 5


def test_interleave_turns_the_collector_off_and_on_again() -> None:
    states: list[bool] = []
    statement = ("note(enabled())", {"note": states.append, "enabled": gc.isenabled})
    measuring.interleave([statement], measuring.Patience(rounds=2), random.Random(0))
    assert not any(states)
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        measuring.interleave([("1 / 0", {})], measuring.Patience(rounds=2), random.Random(0))
    assert gc.isenabled()


def test_busy_processes_end_with_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(measuring, "subprocess", SimpleNamespace(Popen=start, PIPE=subprocess.PIPE))
    with measuring.busy_processes(2):
        assert [process.poll() for process in started] == [None, None]
    assert all(process.poll() is not None for process in started)


def test_resident_bytes_grows_with_use() -> None:
    before = measuring.resident_bytes()
    block = bytearray(b"x") * (64 * 2**20)
    assert measuring.resident_bytes() - before > 32 * 2**20
    del block


# --- the checks of results -----------------------------------------------------------------------------------------
def row(
    statement: str, stream: str, axis: int | None = None, name: str = "sum", dtype: str = "float64"
) -> seed_table.Row:
    return seed_table.Row(seed_table.Operation(name, statement, stream, axis), dtype, 512)


def test_there_are_36_rows() -> None:
    assert len(seed_table.ROWS) == 36
    assert len({row.name for row in seed_table.ROWS}) == 36


@pytest.mark.parametrize("name", [row.name for row in seed_table.ROWS if row.size == 512])
def test_our_results_are_right(name: str) -> None:
    [chosen] = [row for row in seed_table.ROWS if row.name == name]
    assert seed_table.fault(chosen) == ""


@pytest.mark.parametrize(
    ("ours", "stream", "complaint"),
    [
        ("xp.sum(x[1:, ...])", "read", "differs from NumPy on whole numbers"),
        ("xp.sum(x) + 1e-6 * (float(x[0, 0]) % 1)", "read", "rounding error allowed"),
        ("xp.sum(x) + float('nan') * (float(x[0, 0]) % 1 != 0)", "read", "differs from NumPy on whole numbers"),
        ("xp.sum(x, axis=0)", "read", "gives float64 (512,), NumPy float64 ()"),
        ("xp.sum(xp.astype(x, xp.float32))", "read", "gives float32 (), NumPy float64 ()"),
        ("x * 1.7000000000000002", "copy", "gives float64 (512, 512), NumPy float64 ()"),
    ],
)
def test_wrong_sums_are_found(ours: str, stream: str, complaint: str) -> None:
    assert complaint in seed_table.fault(row(f"xp.sum(x) if xp.__name__ == 'numpy' else {ours}", stream))


@pytest.mark.parametrize("factor", ["1.7000000000000002", "-1.7"])
def test_one_wrong_bit_is_found(factor: str) -> None:
    found = seed_table.fault(row(f"x * (1.7 if xp.__name__ == 'numpy' else {factor})", "copy"))
    assert "elements differ from NumPy" in found


def test_a_wrong_mean_along_an_axis_is_found() -> None:
    statement = "xp.mean(x, axis=0) if xp.__name__ == 'numpy' else xp.mean(x, axis=1)"
    assert seed_table.fault(row(statement, "read", axis=0, name="mean axis 0")) != ""


def test_a_wrong_result_gives_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wrong = row("xp.sum(x) + (0 if xp.__name__ == 'numpy' else 1)", "read")
    monkeypatch.setattr(seed_table, "ROWS", (wrong,))
    assert main([*QUICK, "--json", str(tmp_path / "figures.json")]) == 1
    shown = capsys.readouterr()
    assert "WRONG: sum float64 512" in shown.out
    assert "1 wrong results" in shown.out
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["summary"]["wrong"] == 1
    assert figures["rows"][0]["correct"] is False


# --- the command ---------------------------------------------------------------------------------------------------
def test_a_row_is_measured_and_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = ["--json", str(tmp_path / "figures.json"), "--markdown", str(tmp_path / "table.md")]
    assert main([*ONE, *files]) == 0
    shown = capsys.readouterr()
    assert "sum" in shown.out
    assert "geometric mean" in shown.out
    assert "[1/1] sum float32 512: " in shown.err
    figures = json.loads((tmp_path / "figures.json").read_text())
    [measured] = figures["rows"]
    assert measured["calls"] == 50  # ten in each round
    assert measured["correct"] is True
    assert measured["bytes"] == 2**20
    assert measured["ratio"] == pytest.approx(measured["numpy_median"] / measured["ours_median"])
    assert measured["bandwidth_share"] == pytest.approx(measured["stream_median"] / measured["ours_median"])
    assert figures["facts"]["raptors_xp"]["version"] == raptors_xp.__version__
    assert figures["options"]["rounds"] == 5
    lines = (tmp_path / "table.md").read_text().splitlines()
    assert lines[0].startswith("| operation | dtype |")
    assert lines[2].startswith("| sum | float32 | 512² |")


def test_plain_text_without_rich(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(reporting, "RICH", False)
    assert main(ONE) == 0
    assert "operation  dtype    size" in capsys.readouterr().out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with reporting.Progress(2) as progress:
        progress.start("first row")
        progress.finish("first row", "2.00x")
        assert "first row" in terminal.getvalue()
        assert "1/2" in terminal.getvalue()
        progress.start("second row")
    shown = terminal.getvalue()
    assert "second row" in shown
    assert "2.00x" not in shown  # outcomes are for the table


def test_a_terminal_without_rich_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(reporting, "RICH", False)
    with reporting.Progress(12) as progress:
        progress.finish("first row", "2.00x")
    assert terminal.getvalue().splitlines() == [reporting.RICH_REMEDY, "[ 1/12] first row: 2.00x"]


def test_stopping_a_run_gives_status_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bench, "run", mock.Mock(side_effect=KeyboardInterrupt))
    assert main(ONE) == 130
    assert capsys.readouterr().err == "python -m raptors_xp bench: stopped\n"


def test_rows_are_chosen_by_words() -> None:
    assert len(seed_table.chosen_rows(None)) == 36
    assert len(seed_table.chosen_rows("float64")) == 18
    assert [row.name for row in seed_table.chosen_rows("scale 2048 float32")] == ["scale float32 2048"]


def test_threads_are_set_for_the_run_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    measure = bench.measure

    def spy(*arguments: Any) -> seed_table.Outcome:
        seen.append(_native.threads())
        return measure(*arguments)

    before = _native.threads()
    monkeypatch.setattr(bench, "measure", spy)
    assert main([*ONE, "--threads", "3"]) == 0
    assert seen == [3]
    assert _native.threads() == before


def test_busy_measures_beside_busy_processes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ONE, "--busy", "1"]) == 0
    assert "1 busy processes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--rows", "nothing"], "--rows 'nothing' matches no row"),
        (["--json", "/no/such/folder/x.json"], "--json /no/such/folder/x.json cannot be written"),
        (["--plot", "x.txt"], "--plot x.txt"),
        (["--calls", "--rows", "sum"], "--rows goes with the seed table"),
        (["--beside", "torch"], "torch is not installed: `pip install torch`"),
    ],
)
def test_what_cannot_be_had_gives_status_2(
    arguments: list[str], complaint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    find_spec = importlib.util.find_spec
    known = {"torch": None, "matplotlib": find_spec("json")}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: known[name] if name in known else find_spec(name))
    assert main([*QUICK, *arguments]) == 2
    assert complaint in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rounds", "0"],
        ["--rounds", "many"],
        ["--busy", "-1"],
        ["--threads", "0"],
        ["--seconds", "nan"],
        ["--seconds", "-1"],
        ["--calls", "--memory"],
        ["--beside", "cupy"],
        ["--unknown"],
    ],
)
def test_bad_options_give_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["bench", *arguments])
    assert stop.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_no_command_gives_status_2() -> None:
    with pytest.raises(SystemExit) as stop:
        main([])
    assert stop.value.code == 2


def test_plot_needs_matplotlib(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert main([*ONE, "--plot", "ratios.png"]) == 2
    assert "matplotlib is not installed: `pip install matplotlib`" in capsys.readouterr().err


def test_plot_draws_one_bar_a_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pyplot, figure, axes = mock.MagicMock(), mock.MagicMock(), mock.MagicMock()
    pyplot.subplots.return_value = (figure, axes)
    library = mock.MagicMock(__spec__=mock.MagicMock(), pyplot=pyplot)
    monkeypatch.setitem(sys.modules, "matplotlib", library)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", pyplot)
    file = str(tmp_path / "ratios.png")
    assert main([*QUICK, "--rows", "scale 512", "--plot", file]) == 0
    library.use.assert_called_once_with("Agg")
    assert len(axes.barh.call_args.args[1]) == 2
    assert figure.savefig.call_args.args == (file,)


# --- the other parts -----------------------------------------------------------------------------------------------
def test_calls(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([*QUICK, "--calls", "--json", str(tmp_path / "calls.json")]) == 0
    assert "xp.sum(x)" in capsys.readouterr().out
    figures = json.loads((tmp_path / "calls.json").read_text())
    assert figures["part"] == "calls"
    assert {call["statement"]: call["aim"] for call in figures["calls"]}["x + y"] == 0.7


def test_calls_of_a_third_library_stand_beside() -> None:
    strict = importlib.import_module("array_api_strict")
    patience = measuring.Patience(rounds=1)
    table, figures, good = calls.calls(patience, random.Random(0), strict)
    assert good
    assert table.columns[-1] == "array_api_strict"
    measured = {row[0].text: row[-1].text for row in table.rows}
    assert measured["x + y"] != ""
    assert measured["x[index] = 0.5"] == ""  # the standard has no such assignment
    assert figures.keys() == {"calls"}


def test_memory_is_recycled_and_given_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*QUICK, "--memory"]) == 0, capsys.readouterr().out


def test_import_does_not_load_numpy(tmp_path: Path) -> None:
    assert main(["bench", "--rounds", "1", "--import-time", "--json", str(tmp_path / "import.json")]) == 0
    assert json.loads((tmp_path / "import.json").read_text())["numpy_loaded"] is False


def test_the_same_bits_on_every_instruction_set_and_number_of_threads(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--bits"]) == 0, capsys.readouterr().out


def test_the_digest_sees_every_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_SHAPES", ((3,), (5, 7)))
    found = probes.digest()
    assert found == probes.digest()
    mean = raptors_xp.mean
    monkeypatch.setattr(raptors_xp, "mean", lambda x, **options: mean(x, **options) * (1 + 2**-23))
    assert found != probes.digest()


def test_a_child_that_fails_is_said() -> None:
    with pytest.raises(RuntimeError, match=r"(?s)status 1:.*ZeroDivisionError"):
        probes._child("1 / 0")


def test_an_instruction_set_that_is_not_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_child", lambda *_: "v0 abc")
    with pytest.raises(RuntimeError, match="v0 is in use"):
        probes.bits()


def test_different_bits_give_status_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = iter(range(100))
    isas = iter([isa for isa in _native.isas() for _ in range(3)])
    monkeypatch.setattr(probes, "_child", lambda *_: f"{next(isas)} {next(numbers):064x}")
    assert main(["bench", "--bits"]) == 1
    assert "DIFFERENT BITS" in capsys.readouterr().out


# --- tables --------------------------------------------------------------------------------------------------------
def test_a_table_reads_the_same_in_plain_text_and_markdown() -> None:
    table = reporting.Table("title", ("name", "value"))
    table.add("long name", reporting.Cell("1", "red"))
    table.add("x", "1000")
    assert reporting.plain(table).splitlines() == [
        "title",
        "",
        "name       value",
        "----------------",
        "long name      1",
        "x           1000",
    ]
    assert reporting.markdown(table).splitlines() == [
        "| name | value |",
        "| :-- | --: |",
        "| long name | 1 |",
        "| x | 1000 |",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(2.0, "2.00 s"), (0.0123, "12.3 ms"), (123e-6, "123 us"), (1.5e-7, "150 ns"), (1e-10, "0.10 ns")],
)
def test_duration(seconds: float, text: str) -> None:
    assert reporting.duration(seconds) == text


def test_numpy_works_on_our_bytes() -> None:
    names = seed_table.operands("float32", 512)
    assert numpy.shares_memory(seed_table.as_numpy(names)["x"], numpy.asarray(names["x"]))


# --- workloads -----------------------------------------------------------------------------------------------------
# The calls themselves are in consumers/test_workloads.py; this needs none of the libraries.
def operands(library: Any, dtype: str) -> dict[str, object]:
    scale = 1.0 if library is numpy else 1.1
    values = library.asarray(numpy.linspace(0.1, 1, 1000), dtype=dtype)
    return {"u": values, "scaled": lambda x: x * scale, "cut": lambda x: x[: int(scale * 900)], "dispatch": nullcontext}


def test_workloads_are_checked_timed_and_summed_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    calls_of = {"one": (("right", "u * 2.0"),), "two": (("off", "scaled(u)"), ("short", "cut(u)"))}
    monkeypatch.setattr(workloads, "GROUPS", calls_of)
    monkeypatch.setattr(workloads, "names", operands)
    monkeypatch.setattr(workloads, "check_libraries", lambda: None)
    file = tmp_path / "workloads.json"
    assert main(["bench", "--workloads", "--rounds", "1", "--json", str(file)]) == 1
    shown = capsys.readouterr().out
    assert "WRONG: two off float64 differs by up to 0.1 from NumPy's" in shown
    assert "WRONG: two short float32 shape (990,), and not (900,)" in shown
    found = json.loads(file.read_text())
    assert found["summary"]["calls"] == 6
    assert found["summary"]["wrong"] == 4
    assert set(found["summary"]["by_library"]) == {"one", "two"}
    assert main(["bench", "--workloads", "--rows", "one right", "--rounds", "1"]) == 0
    assert main(["bench", "--workloads", "--rows", "three"]) == 2
    assert "names no workload" in capsys.readouterr().err


def test_workloads_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workloads, "LIBRARIES", ("no_such_library",))
    with pytest.raises(reporting.UsageError, match=r"no_such_library is not installed: `pip install scipy"):
        workloads.check_libraries()
    monkeypatch.setattr(workloads, "LIBRARIES", ())
    monkeypatch.setenv(workloads.SWITCH, "0")
    monkeypatch.setitem(sys.modules, "scipy", SimpleNamespace())
    with pytest.raises(reporting.UsageError, match="set SCIPY_ARRAY_API=1 before"):
        workloads.check_libraries()
    monkeypatch.delitem(sys.modules, "scipy")
    workloads.check_libraries()
    assert os.environ[workloads.SWITCH] == "1"

"""`python -m raptors_xp bench --all`: that every function is among the cases, that they are right, and what is written
about them. Asserts no speed."""

import importlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy
import pytest

import raptors_xp
from raptors_xp.__main__ import main
from raptors_xp._command import every_function
from raptors_xp._command.cases import CASES, SIZES, Case
from raptors_xp._command.operands import operands

# Constants, dtypes, and what takes no array and no time.
NOT_TIMED = {"e", "pi", "inf", "nan", "newaxis", "Array", "linalg", "fft", "from_dlpack", "broadcast_shapes"}
CHAPTERS = sorted({case.chapter for case in CASES})


def run(*words: str) -> int:
    return main(["bench", "--all", "--rounds", "2", *words])


# --- the cases -------------------------------------------------------------------------------------------------------
def test_every_function_of_the_standard_is_a_case() -> None:
    text = " ".join(case.statement for case in CASES).replace("square @ other", "matmul(")
    functions = [
        name
        for name in raptors_xp._STANDARD
        if name not in NOT_TIMED and "__" not in name and callable(getattr(raptors_xp, name))
    ]
    assert len(functions) > 130
    assert [name for name in functions if f"{name}(" not in text] == []


@pytest.mark.parametrize("extension", ["linalg", "fft"])
def test_every_function_of_an_extension_is_a_case(extension: str) -> None:
    standard = importlib.import_module(f"array_api_strict._{extension}").__all__
    alike = {"ifftn", "irfftn", "hfft", "ihfft", "ifftshift"}  # the same transforms the other way round
    assert len(standard) > 10
    assert set(standard) - alike - {case.function for case in CASES} == set()


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 500


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("size", SIZES[:2])
def test_our_results_are_right(chapter: str, size: int) -> None:
    chosen = [case for case in CASES if case.chapter == chapter and size in case.sizes]
    with numpy.errstate(all="ignore"):
        assert [fault for fault in (every_function.fault(case, size) for case in chosen) if fault] == []


@pytest.mark.parametrize(
    ("ours", "complaint"),
    [
        ("xp.sum(x) + 1e-3", "more than rounding"),
        ("xp.sum(x, keepdims=True)", "has shape (1,), and not ()"),
        ("xp.argmax(x)", "has dtype int64"),
    ],
)
def test_a_wrong_result_is_found(ours: str, complaint: str) -> None:
    case = Case("statistics", "sum", f"xp.sum(x) if xp.__name__ == 'numpy' else {ours}", "float64")
    assert complaint in every_function.fault(case, 16)


def test_a_wrong_one_of_several_results_is_found() -> None:
    right = [numpy.asarray([1, 2]), numpy.asarray([0.0, numpy.nan])]
    assert every_function.differences(tuple(right), right, "float64") == ""
    assert "2 results" not in every_function.differences(right, right, "float64")
    assert every_function.differences([right[0]], right, "float64") == "gives 1 results, and not 2"
    assert every_function.differences([right[0] + 1, right[1]], right, "float64") == "differs from NumPy's"


def test_operands_are_what_a_statement_names() -> None:
    made = operands("xp.add(mt, xs)", "float32", "unit", 1000, numpy.asarray)
    assert set(made) == {"mt", "xs", "n", "side", "numbers"}
    assert made["mt"].shape == (40, 25)
    assert made["mt"].flags.f_contiguous
    assert made["xs"].strides == (8,)
    assert numpy.max(numpy.abs(made["xs"])) < 1
    again = operands("xp.add(mt, xs)", "float32", "unit", 1000, numpy.asarray)
    assert numpy.array_equal(made["mt"], again["mt"])


# --- the command -----------------------------------------------------------------------------------------------------
def test_the_figures_and_the_table_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures, table = tmp_path / "all.json", tmp_path / "all.md"
    words = "--only", "statistics mean float64", "--sizes", "16,1000"
    assert run(*words, "--json", str(figures), "--markdown", str(table)) == 0
    shown = capsys.readouterr().out
    document = json.loads(figures.read_text())
    assert document["part"] == "all"
    assert len(document["rows"]) == 10
    assert {row["size"] for row in document["rows"]} == {16, 1000}
    for row in document["rows"]:
        assert row["ratio"] == pytest.approx(row["numpy_median"] / row["ours_median"])
        assert row["wrong"] == ""
    assert [each["cases"] for each in document["summary"]] == [5, 5]
    assert "1,000 elements: 5 cases, geometric mean" in shown
    assert len(table.read_text().splitlines()) == 2 + 5
    assert "| statistics | mean | float64 | middle axis |" in table.read_text()


def test_transforms_are_timed_in_processes_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every_function, "PAUSE", 0.0)
    figures = tmp_path / "all.json"
    assert run("--only", "fft fftfreq", "--sizes", "16", "--quick", "--json", str(figures)) == 0
    [row] = json.loads(figures.read_text())["rows"]
    assert row["function"] == "fftfreq"
    assert row["calls"] >= 25


def test_a_wrong_result_fails_the_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(every_function, "fault", lambda *_: "is wrong")
    assert run("--only", "creation eye float64", "--sizes", "16") == 1
    assert "WRONG: creation: eye float64 contiguous 16 is wrong" in capsys.readouterr().out


def test_what_got_slower_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = tmp_path / "all.json"
    words = "--only", "creation eye", "--sizes", "16"
    assert run(*words, "--json", str(figures)) == 0
    document = json.loads(figures.read_text())
    document["rows"][0]["ours_median"] /= 1000  # it was so fast once
    document["rows"][1]["ours_median"] *= 1000
    figures.write_text(json.dumps(document))
    capsys.readouterr()
    assert run(*words, "--baseline", str(figures)) == 1
    output = capsys.readouterr()
    [fell] = [line for line in output.out.splitlines() if "FELL" in line]
    assert document["rows"][0]["name"] in fell
    looks = [line for line in output.err.splitlines() if ": " in line]
    assert sum("float32" in line for line in looks) == 3  # measured again, and it alone
    assert sum("float64" in line for line in looks) == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--only", "no such"], "names no case"),
        (["--plot", "ratios.png"], "--plot goes with the seed table"),
        (["--html", "no/such/folder/all.html"], "cannot be written"),
    ],
)
def test_what_cannot_be_had_is_said(words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 2
    assert complaint in capsys.readouterr().err


def test_an_unknown_size_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--sizes", "17")
    assert "17 is none of 16, 1000" in capsys.readouterr().err


# --- the page --------------------------------------------------------------------------------------------------------
class Page(HTMLParser):
    """What a page holds: its tables' rows, its plots, and what it would load from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows = self.plots = 0
        self.loaded: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.rows += tag == "tr"
        self.plots += tag == "svg"
        if tag != "meta":
            self.open.append(tag)
        self.loaded += [
            value or "" for name, value in attrs if name in ("src", "data") or (name, tag) == ("href", "link")
        ]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag != "meta":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(tmp_path: Path) -> None:
    file, figures = tmp_path / "all.html", tmp_path / "all.json"
    words = "--only", "utility float64", "--sizes", "16,1000"
    assert run(*words, "--html", str(file), "--json", str(figures)) == 0
    text = file.read_text(encoding="utf-8")
    page = Page(text)
    rows: list[Any] = json.loads(figures.read_text())["rows"]
    lost = sum(row["lost"] for row in rows)
    cases = len(rows) // 2
    assert page.open == []
    assert page.loaded == []
    assert page.plots == 2
    assert page.rows == (1 + 2) + (1 + lost if lost else 0) + (1 + cases)
    assert "@import" not in text
    assert re.search(r"url\((?!#)", text) is None
    for row in rows:
        assert f">{row['ratio']:.2f}</td>" in text

"""How the command line speaks: tables and progress, with rich where it is installed, plain text elsewhere. Measures
and decides nothing."""

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

RICH: Final = importlib.util.find_spec("rich") is not None
RICH_REMEDY: Final = "plain output: `pip install rich` gives a progress bar and colours"


class UsageError(Exception):
    """The command line asks for what cannot be had; the message names it and the remedy. Exit status 2."""


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    style: str = ""  # in the words of rich: "red", "bold" ...; plain text leaves it out


@dataclass(slots=True)
class Table:
    title: str
    columns: tuple[str, ...]
    words: int = 1  # so many leading columns hold words (aligned left); the others hold numbers (right)
    rows: list[list[Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *cells: Cell | str) -> None:
        self.rows.append([cell if isinstance(cell, Cell) else Cell(cell) for cell in cells])


# A table, its figures, and whether its promises hold.
Report = tuple[Table, dict[str, object], bool]


def show(table: Table) -> None:
    """Prints the table and its notes to standard output."""
    if RICH:
        _show_rich(table)
    else:
        print(plain(table))
    for note in table.notes:
        print(note)
    sys.stdout.flush()


def _show_rich(table: Table) -> None:
    console = importlib.import_module("rich.console").Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 160)  # a log file has no edge to wrap at
    box = importlib.import_module("rich.box").SIMPLE_HEAD
    drawn = importlib.import_module("rich.table").Table(
        title=table.title, title_justify="left", box=box, collapse_padding=True, pad_edge=False
    )
    text = importlib.import_module("rich.text").Text
    for index, name in enumerate(table.columns):
        drawn.add_column(name, justify="left" if index < table.words else "right", no_wrap=True)
    for row in table.rows:
        drawn.add_row(*[text(cell.text, style=cell.style) for cell in row])
    console.print(drawn)


def plain(table: Table) -> str:
    """The table as aligned text."""
    lines = [list(table.columns)] + [[cell.text for cell in row] for row in table.rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(table.columns))]
    texts = [
        "  ".join(
            text.ljust(width) if index < table.words else text.rjust(width)
            for index, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([table.title, "", texts[0], "-" * (sum(widths) + 2 * (len(widths) - 1)), *texts[1:], ""])


def markdown(table: Table) -> str:
    """The table as it stands in README.md and docs/performance.md."""
    marks = [":--" if index < table.words else "--:" for index in range(len(table.columns))]
    lines = [list(table.columns), marks] + [[cell.text for cell in row] for row in table.rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


class Progress:
    """A progress bar on a terminal that has rich; elsewhere one line for every step that ends. On standard error."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if RICH and sys.stderr.isatty():
            progress = importlib.import_module("rich.progress")
            self._bar = progress.Progress(
                progress.TextColumn("{task.description}"),
                progress.BarColumn(),
                progress.MofNCompleteColumn(),
                progress.TimeRemainingColumn(),
                console=importlib.import_module("rich.console").Console(stderr=True),
                transient=True,
                auto_refresh=False,  # a drawing thread would take time from what is measured
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=self._total)
        elif sys.stderr.isatty():
            print(RICH_REMEDY, file=sys.stderr)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def start(self, name: str) -> None:
        if self._bar is not None:
            self._bar.update(self._task, description=name, refresh=True)

    def finish(self, name: str, outcome: str) -> None:
        self._done += 1
        if self._bar is not None:
            self._bar.update(self._task, advance=1, refresh=True)
        else:
            width = len(str(self._total))
            print(f"[{self._done:{width}}/{self._total}] {name}: {outcome}", file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """A time with three digits and its unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{_three_digits(seconds / size)} {unit}"
    return f"{_three_digits(seconds / 1e-9)} ns"


def mebibytes(count: int) -> str:
    return f"{count / 2**20:.1f} MiB"


def _three_digits(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def require_modules(names: Sequence[str], remedy: str) -> None:
    """Raises UsageError for the first module that is not installed."""
    for name in names:
        if importlib.util.find_spec(name) is None:
            raise UsageError(f"{name} is not installed: {remedy}")

"""`bench --compare FILE`: what was just measured beside what an earlier `--json FILE` holds. Compares ratios to NumPy,
which two machines may share, and times only where the machine is the same. Measures nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from raptors_xp._command.measuring import geometric_mean
from raptors_xp._command.reporting import Cell, Report, Table, UsageError, duration

TOLERANCE: Final = 15.0  # percent; docs/performance.md
LOOKS: Final = 3  # so often it is measured at most: other tenants of a machine pull a ratio down, and do not lift it
# The facts that make a machine, as chapters and names of doctor's.
_MACHINE: Final = (
    ("machine", "processor"),
    ("machine", "cores"),
    ("machine", "caches"),
    ("instruction set", "in use"),
    ("threads", "in use"),
    ("python", "version"),
    ("python", "numpy"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """The median times of one row or call."""

    numpy: float
    ours: float

    @property
    def ratio(self) -> float:
        return self.numpy / self.ours


def load(file: str, part: str | None) -> dict[str, Any]:
    """The document of an earlier run of the same part; UsageError for anything else."""
    try:
        document = json.loads(Path(file).read_text(encoding="utf-8"))
        figures(document)
        machine(document)
    except OSError as error:
        raise UsageError(f"--compare {file} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"--compare {file} holds no figures: give a file that `bench --json` wrote") from error
    if document.get("part") != part:
        names = ["the seed table" if name is None else f"--{name}" for name in (document.get("part"), part)]
        raise UsageError(f"--compare {file} holds the figures of {names[0]}, not of {names[1]}")
    return dict(document)


def figures(document: Mapping[str, Any]) -> dict[str, Figure]:
    """By the name of the row, or the statement of the call."""
    if "calls" in document:
        return {call["statement"]: Figure(call["numpy_median"], call["ours_median"]) for call in document["calls"]}
    return {
        row.get("name") or f"{row['operation']} {row['dtype']} {row['size']}": Figure(
            row["numpy_median"], row["ours_median"]
        )
        for row in document["rows"]
    }


def machine(document: Mapping[str, Any]) -> dict[str, str]:
    return {f"{chapter}, {name}": str(document["facts"][chapter].get(name)) for chapter, name in _MACHINE}


def compare(earlier: Mapping[str, Any], looks: Sequence[Mapping[str, Any]], tolerance: float) -> Report:
    """Every row that both have; good if no ratio has fallen by more than `tolerance` percent.

    `looks` are the documents of measurements, of which the best ratio of each row counts; a later one may lack rows.
    """
    before, now = figures(earlier), looks[-1]
    measured = [figures(look) for look in looks]
    after = {
        name: max((each[name] for each in measured if name in each), key=lambda figure: figure.ratio)
        for name in measured[0]
    }
    shared = [name for name in after if name in before]
    if not shared:
        raise UsageError("--compare: that file holds none of these rows")
    there, here = machine(earlier), machine(now)
    different = [f"{name}: {there[name]} then, {here[name]} now" for name in here if there[name] != here[name]]
    columns: tuple[str, ...] = ("", "ratio then", "ratio now", "change")
    if not different:
        columns = (*columns, "raptors_xp then", "now")
    table = Table(f"beside the figures of {earlier.get('date', 'an unknown day')}", (*columns, "verdict"))
    changes = {name: 100 * (after[name].ratio / before[name].ratio - 1) for name in shared}
    for name, change in changes.items():
        cells: list[str | Cell] = [name, f"{before[name].ratio:.2f}x", f"{after[name].ratio:.2f}x", f"{change:+.1f}%"]
        if not different:
            cells += [duration(before[name].ours), duration(after[name].ours)]
        table.add(*cells, _verdict(change, tolerance))
    mean = 100 * (geometric_mean([after[name].ratio / before[name].ratio for name in shared]) - 1)
    fallen = [name for name, change in changes.items() if change < -tolerance]
    note = f"on average {mean:+.1f}%; {len(fallen)} of {len(shared)} ratios fell by more than {tolerance:g} %"
    table.notes.append(note if len(looks) == 1 else f"{note}; the best of {len(looks)} looks at each")
    if different:
        table.notes.append("another machine, so that only the ratios to NumPy compare:")
        table.notes += [f"  {line}" for line in different]
    return table, {"tolerance": tolerance, "changes": changes, "different": different, "fallen": fallen}, not fallen


def _verdict(change: float, tolerance: float) -> Cell:
    if change < -tolerance:
        return Cell("FELL", "bold red")
    return Cell("rose", "green") if change > tolerance else Cell("as before")

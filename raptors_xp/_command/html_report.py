"""The page that `bench --all --html FILE` writes: tables and plots in one file that needs nothing else."""

import html
import importlib
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from raptors_xp._command.measuring import geometric_mean

_STYLE: Final = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #222; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; font-size: 0.86rem; }
th, td { padding: 0.16rem 0.7rem; text-align: right; border-bottom: 1px solid #e4e4e4; white-space: nowrap; }
th { background: #f4f5f7; position: sticky; top: 0; }
td.word, th.word { text-align: left; }
td.won { background: #e3f2e4; } td.even { background: #fdf6dc; } td.lost { background: #f8d9d6; font-weight: 600; }
figure { margin: 1rem 0; } svg { max-width: 100%; height: auto; } summary { cursor: pointer; font-weight: 600; }
"""
_BAND: Final = 1.0  # a ratio of at least so much is won


def page(document: Mapping[str, Any]) -> str:
    """The page of what `--json` would write."""
    rows: Sequence[Mapping[str, Any]] = document["rows"]
    sizes = sorted({row["size"] for row in rows})
    chapters = list(dict.fromkeys(row["chapter"] for row in rows))
    parts = [
        "<h1>raptors_xp beside NumPy: every function</h1>",
        f"<p>{html.escape(_machine(document))}</p>",
        "<p>Each figure is NumPy's median time divided by ours, of calls in turn: above 1 we are faster.</p>",
        "<h2>Summary</h2>",
        _summary(document["summary"]),
        f"<figure>{_plot_of_means(rows, sizes, chapters)}</figure>",
        f"<figure>{_plot_of_ratios(rows, sizes)}</figure>",
        "<h2>Where we lose</h2>",
        _losses(rows),
    ]
    for chapter in chapters:
        own = [row for row in rows if row["chapter"] == chapter]
        parts.append(f"<h2>{html.escape(chapter)}</h2>{_chapter(own, sizes)}")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>raptors_xp beside NumPy</title>'
        f"<style>{_STYLE}</style></head>\n<body>{''.join(parts)}</body></html>\n"
    )


def _machine(document: Mapping[str, Any]) -> str:
    chapters = ("machine", "instruction set", "threads", "python")
    facts = [f"{name} {fact}" for chapter in chapters for name, fact in document["facts"][chapter].items()]
    return f"{document['date']}: {', '.join(facts)}"


def _cell(text: object, kind: str = "") -> str:
    return f"<td class={kind}>{html.escape(str(text))}</td>" if kind else f"<td>{html.escape(str(text))}</td>"


def _ratio(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "<td></td>"
    if row["wrong"]:
        return _cell("WRONG", "lost")
    kind = "lost" if row["lost"] else "even" if row["ratio"] < _BAND else "won"
    title = f"NumPy {row['numpy_median']:.3g} s, raptors_xp {row['ours_median']:.3g} s"
    return f'<td class={kind} title="{title}">{row["ratio"]:.2f}</td>'


def _table(columns: Sequence[str], words: int, lines: Sequence[str]) -> str:
    heads = "".join(
        f"<th{' class=word' if place < words else ''}>{html.escape(name)}</th>" for place, name in enumerate(columns)
    )
    return (
        f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
    )


def _summary(sizes: Sequence[Mapping[str, Any]]) -> str:
    columns = ("elements", "cases", "geometric mean", "below 1.0", "below 0.9", "below their bar", "over torch")
    lines = []
    for each in sizes:
        torch = "" if each["over_torch"] is None else f"{each['over_torch']:.2f}"
        mean = f"{each['geometric_mean']:.2f}"
        cells = (f"{each['size']:,}", each["cases"], mean, each["below_1"], each["below_0.9"], len(each["lost"]), torch)
        lines.append("".join(map(_cell, cells)))
    return _table(columns, 0, lines)


def _losses(rows: Sequence[Mapping[str, Any]]) -> str:
    lost = sorted((row for row in rows if row["lost"]), key=lambda row: float(row["ratio"]))
    if not lost:
        return "<p>Nowhere.</p>"
    lines = [
        "".join(_cell(row[name], "word") for name in ("chapter", "function", "dtype", "layout"))
        + _cell(f"{row['size']:,}")
        + _ratio(row)
        for row in lost
    ]
    return _table(("chapter", "function", "dtype", "layout", "elements", "ratio"), 4, lines)


def _chapter(rows: Sequence[Mapping[str, Any]], sizes: Sequence[int]) -> str:
    cases: dict[tuple[str, ...], dict[int, Mapping[str, Any]]] = {}
    for row in rows:
        cases.setdefault((row["function"], row["dtype"], row["layout"]), {})[row["size"]] = row
    lines = [
        "".join(_cell(word, "word") for word in words) + "".join(_ratio(found.get(size)) for size in sizes)
        for words, found in cases.items()
    ]
    table = _table(("function", "dtype", "layout", *(f"{size:,}" for size in sizes)), 3, lines)
    return f"<details open><summary>{len(cases)} cases</summary>{table}</details>"


# --- plots -----------------------------------------------------------------------------------------------------------
def _plot_of_means(rows: Sequence[Mapping[str, Any]], sizes: Sequence[int], chapters: Sequence[str]) -> str:
    """The geometric mean of every chapter, a bar a size."""
    figure, axes = _axes(0.5 + 0.55 * len(chapters))
    height = 0.8 / len(sizes)
    for place, size in enumerate(sizes):
        found: list[tuple[float, float]] = []
        for line, chapter in enumerate(chapters):
            ratios = [float(row["ratio"]) for row in rows if (row["chapter"], row["size"]) == (chapter, size)]
            if ratios:
                found.append((line + (place - (len(sizes) - 1) / 2) * height, geometric_mean(ratios)))
        axes.barh([line for line, _ in found], [mean for _, mean in found], height, label=f"{size:,}")
    axes.set_yticks(range(len(chapters)), chapters)
    axes.invert_yaxis()
    axes.set_title("Geometric mean of each chapter")
    return _drawn(figure, axes)


def _plot_of_ratios(rows: Sequence[Mapping[str, Any]], sizes: Sequence[int]) -> str:
    """All ratios of a size, in order: how many are below 1, and by how much."""
    figure, axes = _axes(4)
    for size in sizes:
        ratios = sorted(float(row["ratio"]) for row in rows if row["size"] == size)
        axes.plot(ratios, [place / len(ratios) for place in range(1, len(ratios) + 1)], label=f"{size:,}")
    axes.set_ylabel("share of the cases below")
    axes.set_title("All cases, in order")
    return _drawn(figure, axes)


def _axes(height: float) -> tuple[Any, Any]:
    matplotlib = importlib.import_module("matplotlib")
    matplotlib.use("Agg")
    figure = importlib.import_module("matplotlib.figure").Figure(figsize=(9, height), layout="constrained")
    return figure, figure.subplots()


def _drawn(figure: Any, axes: Any) -> str:
    """The figure as SVG, with a logarithmic axis of ratios and a line at 1."""
    axes.set_xscale("log")
    axes.axvline(1, color="black", linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}x")
    axes.xaxis.set_minor_formatter("")
    axes.legend(title="elements", fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))
    axes.set_xlabel("times as fast as NumPy")
    axes.spines[["top", "right"]].set_visible(False)
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()[text.getvalue().index("<svg") :]

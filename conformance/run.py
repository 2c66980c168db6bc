"""Runs the official Array API test suite and records its result. Holds no test of its own.

    python conformance/run.py                       run all of it against raptors_xp, 50 examples a test
    python conformance/run.py --write               the same, and put the result into results.json and README.md
    python conformance/run.py --api-version 2023.12         as an earlier version of the standard asks
    python conformance/run.py --module array_api_strict -- -k linalg

The suite is the checkout given by --suite, else by the variable ARRAY_API_TESTS_DIR, else the one in the user's cache
folder, which is cloned at the pinned commit if it does not exist. What follows `--` goes to pytest.

Who asks for an earlier version of the standard meets tests that a later one made wrong. FORCED names them, with the
sentence; a failure of one of them counts as forced, and nothing else does. At the newest version nothing is forced.
"""

import argparse
import importlib
import importlib.util
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

REPOSITORY: Final = "https://github.com/data-apis/array-api-tests"
SUITE_COMMIT: Final = "55fcc60179efa2680ddd6cd926ddf17b83530e2b"
STANDARD_COMMIT: Final = "5f847a3858875c682ae901aa22b0413bf24be9da"  # of its submodule array-api: the standard's text

ROOT: Final = Path(__file__).resolve().parent.parent
README: Final = ROOT / "conformance" / "README.md"
RESULTS: Final = ROOT / "conformance" / "results.json"  # of the last run of each kind: what README.md shows
BEGIN: Final = "<!-- result: written by `python conformance/run.py --write` -->"
END: Final = "<!-- end of result -->"
KINDS: Final = ("passed", "failed", "forced", "skipped", "xfailed")

# Tests that must fail when a version before the one named is asked for, and why.
TUPLES: Final = "return a tuple rather than a list (the standard's changelog, 2025.12, breaking changes)"
SUMS: Final = (
    "when provided a floating-point array, the function must return a floating-point array having the same data type "
    "(the standard's changelog, 2023.12, breaking changes); 2022.12 asked for the default one"
)
HIDDEN: Final = (
    "the test asks for `__array_namespace_info__`, which came with 2023.12 and which the suite therefore hides from it "
    "at 2022.12: no namespace can pass"
)
FORCED: Final = {
    "test_creation_functions.py::test_meshgrid": ("2025.12", TUPLES),
    "test_data_type_functions.py::test_broadcast_arrays": ("2025.12", TUPLES),
    "test_inspection_functions.py::test_devices": ("2025.12", TUPLES),
    "test_statistical_functions.py::test_sum": ("2023.12", SUMS),
    "test_statistical_functions.py::test_prod": ("2023.12", SUMS),
    "test_linalg.py::test_trace": ("2023.12", SUMS),
    "test_dlpack.py::test_from_dlpack": ("2023.12", HIDDEN),
}


class UsageError(Exception):
    """What was asked for cannot be had; the message says what, and the remedy. Exit status 2."""


@dataclass(frozen=True)
class Suite:
    """A checkout, and what in it differs from the pins."""

    folder: Path
    commit: str
    differences: tuple[str, ...]


@dataclass
class Result:
    """What pytest reported, with the facts that a reader needs to repeat it."""

    module: str
    version: str
    api_version: str
    isa: str
    dispatch: str  # compiled or interpreted
    commit: str  # of raptors_xp, with a + if files have been edited since
    suite_commit: str
    differences: tuple[str, ...]
    max_examples: int
    seed: str
    date: str
    machine: str
    python: str
    seconds: float = 0.0
    files: dict[str, dict[str, int]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    forced: list[str] = field(default_factory=list)
    skips: dict[str, int] = field(default_factory=dict)  # how many, by reason

    def total(self, kind: str) -> int:
        return sum(counts[kind] for counts in self.files.values())

    def kind_of_run(self) -> tuple[str, str, str]:
        """A later run of the same kind replaces this one."""
        return self.api_version, self.isa, self.dispatch


# --- the suite -----------------------------------------------------------------------------------------------------
def git(folder: Path, *arguments: str) -> str | None:
    """The output of a git command, or None if it failed (no repository, no git)."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "raptors_xp" / "array-api-tests"


def find_suite(given: str | None) -> Suite:
    chosen = given or os.environ.get("ARRAY_API_TESTS_DIR") or None
    folder = Path(chosen).expanduser().resolve() if chosen else cache_folder()
    if chosen is None and not folder.exists():
        clone(folder)
    for part in ("array_api_tests", "array-api/spec"):
        if not (folder / part).is_dir():
            raise UsageError(
                f"{folder} is no checkout of array-api-tests: it has no folder {part}. Give one by --suite or "
                f"ARRAY_API_TESTS_DIR; in a clone without its submodule, run `git submodule update --init`"
            )
    return inspect_suite(folder)


def clone(folder: Path) -> None:
    """Clones the pinned commit, whole or not at all."""
    print(f"no checkout of the suite: cloning {REPOSITORY} at {SUITE_COMMIT[:12]} into {folder}", flush=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="cloning-") as scratch:
        new = Path(scratch) / "suite"
        for command in (
            ["git", "clone", "--quiet", REPOSITORY, str(new)],
            ["git", "-C", str(new), "checkout", "--quiet", SUITE_COMMIT],
            ["git", "-C", str(new), "submodule", "--quiet", "update", "--init"],
        ):
            try:
                status = subprocess.run(command, check=False, env={**os.environ, "GIT_TERMINAL_PROMPT": "0"}).returncode
            except OSError as error:
                raise UsageError(f"cannot clone the suite: git does not start ({error.strerror}). {_REMEDY}") from error
            if status:
                raise UsageError(f"cannot clone the suite: `{' '.join(command)}` failed. {_REMEDY}")
        new.rename(folder)


_REMEDY: Final = "Give a checkout of it by --suite DIR or ARRAY_API_TESTS_DIR."


def inspect_suite(folder: Path) -> Suite:
    differences = []
    own = git(folder, "rev-parse", "--show-toplevel")
    commit = git(folder, "rev-parse", "HEAD") if own is not None and Path(own).resolve() == folder.resolve() else None
    if commit is None:
        return Suite(folder, "unknown", ("the suite is no git checkout: its commit is unknown",))
    if commit != SUITE_COMMIT:
        differences.append(f"the suite is at {commit}, the pin is {SUITE_COMMIT}")
    changed = git(folder, "status", "--porcelain", "--untracked-files=no")
    if changed:
        differences.append(f"the suite's files have been edited: {', '.join(changed.split()[1::2])}")
    # A copied submodule has no repository of its own; then the commit that the suite asks for has to do.
    own = git(folder / "array-api", "rev-parse", "--show-toplevel")
    if own is not None and Path(own).resolve() == (folder / "array-api").resolve():
        standard = git(folder / "array-api", "rev-parse", "HEAD")
    else:
        standard = (git(folder, "ls-tree", "HEAD", "array-api") or "unknown").split()[-2:][0]
    if standard != STANDARD_COMMIT:
        differences.append(f"its array-api is at {standard}, the pin is {STANDARD_COMMIT}")
    return Suite(folder, commit, tuple(differences))


# --- the run -------------------------------------------------------------------------------------------------------
_PROBE: Final = """
import importlib, json, sys
name = sys.argv[1]
try:
    module = importlib.import_module(name)
except ImportError:
    parent, _, child = name.rpartition(".")
    if not parent:
        raise
    module = getattr(importlib.import_module(parent), child)
facts = {"version": getattr(module, "__version__", "unknown"), "isa": "", "dispatch": ""}
facts["api"] = getattr(module, "__array_api_version__", "")
if name == "raptors_xp":
    from raptors_xp import _native
    from raptors_xp._engine import elementwise as dispatch
    facts["isa"] = _native.isa()
    facts["dispatch"] = "interpreted" if dispatch.__file__.endswith(".py") else "compiled"
print(json.dumps(facts))
"""


def environment(options: argparse.Namespace, storage: str) -> dict[str, str]:
    variables = {**os.environ, "ARRAY_API_TESTS_MODULE": options.module, "HYPOTHESIS_STORAGE_DIRECTORY": storage}
    if options.api_version is not None:
        variables["ARRAY_API_TESTS_VERSION"] = options.api_version
    if options.isa is not None:
        variables["RAPTORS_ISA"] = options.isa
    # Not installed, but built in place: the suite's folder is the working directory, so say where we are.
    in_place = importlib.util.find_spec("raptors_xp") is None and list((ROOT / "raptors_xp").glob("_native.*.so"))
    paths = [str(ROOT) if in_place else None, str(Path(__file__).resolve().parent), os.environ.get("PYTHONPATH")]
    return {**variables, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def own_commit() -> str:
    commit = git(ROOT, "rev-parse", "--short=12", "HEAD") or "unknown"
    return commit + ("+" if git(ROOT, "status", "--porcelain", "--", "raptors_xp", "native") else "")


def probe(module: str, variables: dict[str, str]) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-P", "-c", _PROBE, module], env=variables, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:]
        raise UsageError(
            f"{module} cannot be imported ({' '.join(reason)}). Install it into this environment; raptors_xp itself "
            "by `pip install .`, or build it in place by `python native/build.py`"
        )
    facts: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return facts


def pytest_command(options: argparse.Namespace, report: Path) -> list[str]:
    command = [sys.executable, "-P", "-m", "pytest", "array_api_tests", "-p", "no:cacheprovider"]
    command += [f"--junitxml={report}", "-o", "junit_family=xunit1", "--color=auto", "--disable-warnings"]
    command += ["-p", "none_is_no_dtype", f"--max-examples={options.max_examples}"]
    # A deadline tests the machine, not the standard.
    command += ["--disable-deadline", f"--xfails-file={options.xfails_file}", f"--skips-file={options.skips_file}"]
    command += ["--derandomize"] if options.derandomize else [f"--hypothesis-seed={options.seed}"]
    if options.jobs > 1:
        command += ["-n", str(options.jobs)]
    return [*command, *options.pytest]


def run_suite(options: argparse.Namespace, suite: Suite) -> Result:
    with tempfile.TemporaryDirectory(prefix="raptors_xp-conformance-") as scratch:
        variables = environment(options, str(Path(scratch) / "hypothesis"))
        facts = probe(options.module, variables)
        result = Result(
            module=options.module,
            version=facts["version"],
            api_version=options.api_version or facts["api"] or "2025.12",
            isa=facts["isa"],
            dispatch=facts["dispatch"],
            commit=own_commit() if options.module == "raptors_xp" else "",
            suite_commit=suite.commit,
            differences=suite.differences,
            max_examples=options.max_examples,
            seed="derandomized" if options.derandomize else str(options.seed),
            date=date.today().isoformat(),
            machine=f"{platform.system()} {platform.machine()}, {processor()}",
            python=platform.python_version(),
        )
        report = Path(scratch) / "report.xml"
        start = time.perf_counter()
        command = pytest_command(options, report)
        status = subprocess.run(command, cwd=suite.folder, env=variables, check=False).returncode
        result.seconds = time.perf_counter() - start
        if status not in (0, 1) or not report.exists():
            raise UsageError(f"pytest ended with status {status} before all tests ran; its output is above")
        read_report(report, result)
    if not result.files:
        raise UsageError("pytest ran no test: look at what follows `--`")
    return result


def processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor()
    found = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.processor()


def read_report(report: Path, result: Result) -> None:
    """Counts every test once, under the worst thing that happened to it."""
    outcomes: dict[tuple[str, str], str] = {}
    skips: Counter[str] = Counter()
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        file = Path(case.get("file", "unknown")).name
        name = f"{file}::{case.get('name')}"
        kind = "passed"
        if case.find("failure") is not None or case.find("error") is not None:
            before, _ = FORCED.get(name, ("", ""))
            kind = "forced" if result.api_version < before else "failed"
        else:
            skipped = case.find("skipped")
            if skipped is not None:
                kind = "xfailed" if skipped.get("type") == "pytest.xfail" else "skipped"
                skips[skipped.get("message", "").strip() or "no reason given"] += 1
        known = outcomes.get((file, name))
        if known is None or kind in ("failed", "forced"):  # a second case of one test is an error in its teardown
            outcomes[file, name] = kind
    for (file, name), kind in sorted(outcomes.items()):
        result.files.setdefault(file, dict.fromkeys(KINDS, 0))[kind] += 1
        if kind == "failed":
            result.failures.append(name)
        elif kind == "forced":
            result.forced.append(name)
    result.skips = dict(skips)


# --- showing -------------------------------------------------------------------------------------------------------
def rows(result: Result) -> list[tuple[str, ...]]:
    lines = [(file, *(str(counts[kind]) for kind in KINDS)) for file, counts in sorted(result.files.items())]
    return [*lines, ("total", *(str(result.total(kind)) for kind in KINDS))]


def facts_line(result: Result) -> str:
    commit = f" ({result.commit}, {result.dispatch})" if result.commit else ""
    isa = f" on {result.isa}" if result.isa else ""
    return (
        f"{result.module} {result.version}{commit}{isa}, standard {result.api_version}, "
        f"suite {result.suite_commit[:12]}, {result.max_examples} examples a test, seed {result.seed}, "
        f"{result.date}, Python {result.python}, {result.machine}, {result.seconds:.0f} s"
    )


def show(result: Result) -> None:
    if importlib.util.find_spec("rich") is not None:
        show_rich(result)
    else:
        width = max(len(row[0]) for row in rows(result))
        for row in [("file", *KINDS), *rows(result)]:
            print(row[0].ljust(width), *(cell.rjust(8) for cell in row[1:]))
    print(facts_line(result))
    for difference in result.differences:
        warn(difference)
    print(", ".join(f"{result.total(kind)} {kind}" for kind in KINDS), flush=True)


def show_rich(result: Result) -> None:
    table = importlib.import_module("rich.table").Table(box=importlib.import_module("rich.box").SIMPLE_HEAD)
    table.add_column("file")
    for kind in KINDS:
        table.add_column(kind, justify="right")
    for row in rows(result):
        style = "bold" if row[0] == "total" else ""
        table.add_row(*row, style="red" if row[2] != "0" and not style else style)
    console = importlib.import_module("rich.console").Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 120)  # a log file has no edge to cut names at
    console.print(table)


def warn(text: str) -> None:
    line = "!" * 100
    print(f"{line}\nWARNING: {text}\n{line}", file=sys.stderr, flush=True)


def table(*lines: tuple[str, ...]) -> list[str]:
    """In Markdown, figures to the right."""
    shown = ["| " + " | ".join(line) + " |" for line in lines]
    marks = [" --: " if cell.strip("-+").isdigit() else " :-- " for cell in lines[-1]]
    return [shown[0], "|" + "|".join(marks) + "|", *shown[1:]]


def markdown(results: Sequence[Result]) -> str:
    """All runs in short; the newest version's run with the most examples by file; what was skipped, forced, failed."""
    head = ("standard", "on", "dispatch", "examples a test", *KINDS, "seed", "date", "commit")
    runs = []
    for result in results:
        counts = [str(result.total(kind)) for kind in KINDS]
        facts = (result.api_version, result.isa, result.dispatch, str(result.max_examples))
        runs.append((*facts, *counts, result.seed, result.date, result.commit))
    whole = max(results, key=lambda result: (result.api_version, result.max_examples, result.isa))
    lines = [*table(head, *runs), "", f"By file, {facts_line(whole)}:", "", *table(("file", *KINDS), *rows(whole))]
    lines += [f"\n**Not the pinned suite:** {difference}." for result in results for difference in result.differences]
    if whole.skips:
        lines += ["", "Skipped by the suite itself, of these:", ""]
        lines += [f"- {count}: {reason}" for reason, count in sorted(whole.skips.items())]
    forced = sorted({name for result in results for name in result.forced})
    if forced:
        lines += ["", "Forced, by what later versions of the standard ask for, or by the suite itself:", ""]
        lines += [f"- `{name}`, before {FORCED[name][0]}: {FORCED[name][1]}" for name in forced]
    failures = [f"- `{name}` ({', '.join(result.kind_of_run())})" for result in results for name in result.failures]
    if failures:
        lines += ["", "Failed:", "", *failures]
    return "\n".join(lines)


def write_result(result: Result) -> None:
    """Puts the result beside those of other kinds, and all of them between README.md's two marks."""
    text = README.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise UsageError(f"{README} has lost its marks: put the lines {BEGIN} and {END} back where the table belongs")
    known = [result, *read_results()]
    kinds = {known.kind_of_run(): known for known in reversed(known)}
    results = [kinds[kind] for kind in sorted(kinds, reverse=True)]
    RESULTS.write_text(json.dumps([asdict(one) for one in results], indent=1) + "\n", encoding="utf-8")
    README.write_text(f"{before}{begin}\n{markdown(results)}\n{end}{after}", encoding="utf-8")


def read_results() -> list[Result]:
    names = {one.name for one in fields(Result)}
    try:
        found = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
        return [Result(**{name: one[name] for name in names}) for one in found]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{RESULTS} cannot be read ({error!r}): restore it, or delete it to begin again") from error


# --- the command ---------------------------------------------------------------------------------------------------
def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    own, mark, rest = [*arguments], False, []
    if "--" in own:
        place = own.index("--")
        own, mark, rest = own[:place], True, own[place + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", metavar="DIR", help="a checkout of array-api-tests")
    parser.add_argument("--module", default="raptors_xp", metavar="NAME", help="the namespace (default raptors_xp)")
    parser.add_argument("--max-examples", type=int, default=50, metavar="N", help="examples a test (default 50)")
    parser.add_argument(
        "--api-version", metavar="VERSION", help="of the standard (default: ARRAY_API_TESTS_VERSION or the newest)"
    )
    parser.add_argument("--isa", choices=("v2", "v3", "v4"), help="the instruction set raptors_xp is to use")
    parser.add_argument("--seed", type=int, metavar="N", help="of the examples (default: a new one, which is printed)")
    parser.add_argument("--derandomize", action="store_true", help="the examples follow from the tests alone")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (more than 1 needs pytest-xdist)")
    parser.add_argument("--xfails-file", default=os.devnull, metavar="FILE", help="expected failures (default: none)")
    parser.add_argument("--skips-file", default=os.devnull, metavar="FILE", help="tests to skip (default: none)")
    parser.add_argument("--json", metavar="FILE", help="write the result as JSON")
    parser.add_argument("--write", action="store_true", help="put the result into results.json and README.md")
    parser.add_argument("--record", action="store_true", help="exit with 0 although tests fail: only record the figure")
    options = parser.parse_args(own)
    options.pytest = rest if mark else []
    if options.max_examples < 1:
        parser.error(f"--max-examples {options.max_examples}: give at least 1")
    if options.jobs < 1:
        parser.error(f"--jobs {options.jobs}: give at least 1")
    for name in ("xfails_file", "skips_file"):
        setattr(options, name, os.path.abspath(getattr(options, name)))
    if options.api_version is None:
        options.api_version = os.environ.get("ARRAY_API_TESTS_VERSION") or None
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(2**32)
    return options


def check(options: argparse.Namespace) -> None:
    needed = {"pytest": "pytest", "hypothesis": "hypothesis", "ndindex": "ndindex"}
    needed["pytest_jsonreport"] = "pytest-json-report"  # the suite's conftest imports it
    if options.jobs > 1:
        needed["xdist"] = "pytest-xdist"
    missing = [package for module, package in needed.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise UsageError(f"the suite needs {', '.join(missing)}: run `pip install {' '.join(missing)}`")
    if options.write and (options.pytest or options.module != "raptors_xp"):
        raise UsageError("--write records a whole run against raptors_xp: leave out --module and what follows `--`")
    if options.json is not None and not Path(options.json).absolute().parent.is_dir():
        raise UsageError(f"--json {options.json}: no such folder; give a file in a folder that exists")
    for name in (options.xfails_file, options.skips_file):
        if not os.path.exists(name):
            raise UsageError(f"{name} does not exist: give a file with one test a line")


def main(arguments: Sequence[str]) -> int:
    """0: everything passed, or --record; 1: tests failed; 2: the suite could not be run."""
    options = parse_arguments(arguments)
    try:
        check(options)
        suite = find_suite(options.suite)
        for difference in suite.differences:
            warn(difference)
        again = "--derandomize" if options.derandomize else f"--seed {options.seed}"
        print(f"suite {suite.folder} at {suite.commit}; repeat this run with {again}", flush=True)
        result = run_suite(options, suite)
        show(result)
        if options.json is not None:
            Path(options.json).write_text(json.dumps(asdict(result), indent=2) + "\n", encoding="utf-8")
        if options.write:
            write_result(result)
    except UsageError as error:
        print(f"conformance/run.py: {error}", file=sys.stderr)
        return 2
    if result.total("failed") and options.record:
        print(f"{result.total('failed')} tests failed; recorded only (--record)")
    return 1 if result.total("failed") and not options.record else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

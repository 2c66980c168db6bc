"""The pages of the site that no file of docs/ holds: the public names, a page a chapter, and files that lie elsewhere.
A hook of MkDocs, which mkdocs.yml names; it reads the package's sources and imports nothing of it.

Which names there are says `__all__`; where one is defined decides the chapter. After every build the pages are searched
for the names: one that is missing fails the build.
"""

import json
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import griffe
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = "raptors_xp"
# Files outside of docs/ that are pages of the site, too, and what they are called there.
OUTSIDE: Final = {
    "conformance/README.md": "conformance.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
}
INDEX: Final = "api/index.md"
ATTRIBUTES: Final = {"show_if_no_docstring": True, "show_attribute_values": False}  # of results: names and types
LINK: Final = re.compile(
    r"(?<=\]\()([^()\s#:]+)(#[^()\s]*)?(?=\))"
)  # the target of a Markdown link into this repository


@dataclass
class Chapter:
    """A page of public names, with what they stand for: raptors_xp.linalg.svd and the function."""

    title: str
    names: dict[str, Any] = field(default_factory=dict)

    @property
    def uri(self) -> str:
        words = re.sub(r"\W+", "-", self.title.removesuffix(" Functions").removeprefix(f"{PACKAGE}.").lower())
        return f"api/{words}.md"

    @property
    def modules(self) -> list[griffe.Module]:
        """Those that define functions of the chapter."""
        found = {target.module.path: target.module for target in self.names.values() if target.is_function}
        return list(found.values())


# --- the public names ----------------------------------------------------------------------------------------------
class PlainText(griffe.Extension):  # type: ignore[misc]
    """Docstrings are plain text: what Markdown would take for marks stays as it is, but for `code`."""

    def on_instance(self, *, obj: Any, **_: Any) -> None:
        if not obj.is_alias and obj.docstring:
            obj.docstring.value = plain(obj.docstring.value)


def plain(text: str) -> str:
    parts = re.split("(`[^`]*`)", text)
    parts[::2] = [re.sub(r"([*_\[\]\\])", r"\\\1", part).replace("<", "&lt;") for part in parts[::2]]
    return "".join(parts)


def load() -> griffe.Module:
    extensions = griffe.load_extensions(PlainText)
    package = griffe.load(PACKAGE, search_paths=[ROOT], allow_inspection=False, extensions=extensions)
    assert isinstance(package, griffe.Module)
    return package


def exports(module: griffe.Module) -> list[str]:
    return [str(name) for name in module.exports or ()]


def definition(module: griffe.Module, name: str) -> Any:
    """The object behind a public name, which is re-exported from where it is defined."""
    found = module.members[name]
    return found.final_target if isinstance(found, griffe.Alias) else found


def title(module: griffe.Module) -> str:
    """The standard's chapter, where the module's docstring quotes it; else the module's name, as words."""
    text = " ".join(module.docstring.value.split()) if module.docstring else ""
    quoted = re.search(r'"([^"]+)"(?: and "[^"]+")? of the Array API standard', text)
    return quoted[1] if quoted else module.name.strip("_").replace("_", " ").capitalize()


def chapters(package: griffe.Module) -> list[Chapter]:
    """Every public name on one page; the names of an extension are a chapter of their own."""
    found: dict[str, Chapter] = {}
    extensions: list[Chapter] = []
    for name in exports(package):
        target = definition(package, name)
        if isinstance(target, griffe.Module):
            inside = {f"{target.path}.{inner}": definition(target, inner) for inner in exports(target)}
            extensions.append(Chapter(target.path, inside))
        elif target.module.path not in (PACKAGE, f"{PACKAGE}._version"):  # facts of the namespace: on its first page
            heading = title(target.module)
            found.setdefault(heading, Chapter(heading)).names[f"{PACKAGE}.{name}"] = target
    return sorted(found.values(), key=lambda chapter: chapter.title) + extensions


def public_names(package: griffe.Module) -> list[str]:
    """All that must be on a page: names, those of the extensions, and the public members of classes."""
    names = [
        f"{PACKAGE}.{name}" for name in exports(package) if not isinstance(definition(package, name), griffe.Module)
    ]
    for chapter in chapters(package):
        for name, target in chapter.names.items():
            names += [name] if name not in names else []
            if isinstance(target, griffe.Class):
                names += [f"{name}.{member}" for member in target.members if not member.startswith("_")]
    return names


# --- their pages ---------------------------------------------------------------------------------------------------
def text(chapter: Chapter) -> str:
    """The page: what the modules say to users, then the names. A module's first paragraph is its rule, for us."""
    said = [module.docstring.value.split("\n\n")[1:] for module in chapter.modules if module.docstring]
    parts = [f"# {chapter.title}", *dict.fromkeys(paragraph for paragraphs in said for paragraph in paragraphs)]
    for name, target in chapter.names.items():
        if target.is_function:
            parts.append(f"::: {name}")
            result = target.module.members.get(str(target.returns))
            if isinstance(result, griffe.Class):  # a class of its own: named results, or an object with attributes
                parts.append(entry(result.path, heading_level=3, show_root_full_path=False, **ATTRIBUTES))
        elif isinstance(target, griffe.Class):
            special = sorted(member for member in target.members if re.fullmatch("__.*__", member))
            parts += [f"::: {name}", f"Special methods: {', '.join(f'`{member}`' for member in special)}."]
        else:
            kind = target.module.members.get(str(target.value).partition("(")[0])
            parts.append(entry(name, show_attribute_values=kind is None))
            if kind is not None and kind.docstring:  # a dtype, which its class explains
                parts.append(kind.docstring.value)
    return "\n\n".join(parts) + "\n"


def entry(name: str, **options: object) -> str:
    """Has mkdocstrings write about a name, with options of its own."""
    lines = [
        f"::: {name}",
        "    options:",
        *(f"      {option}: {json.dumps(value)}" for option, value in options.items()),
    ]
    return "\n".join(lines)


def index(package: griffe.Module, pages: list[Chapter]) -> str:
    """The first page: chapters with their names, and the facts of the namespace."""
    lines = ["# The namespace", "", "| chapter | names |", "| :-- | :-- |"]
    for chapter in pages:
        uri = chapter.uri.removeprefix("api/")
        names = " ".join(f"[`{name.rpartition('.')[2]}`]({uri}#{name})" for name in chapter.names)
        lines.append(f"| [{chapter.title}]({uri}) | {names} |")
    listed = {name for chapter in pages for name in (chapter.title, *chapter.names)}
    facts = [name for name in (f"{PACKAGE}.{name}" for name in exports(package)) if name not in listed]
    return "\n".join([*lines, "", *(f"::: {name}\n" for name in facts)])


# --- links ---------------------------------------------------------------------------------------------------------
def site_uri(file: str) -> str | None:
    """What a file of the repository is called on the site; None if it is not there."""
    if file == "README.md":
        return "index.md"
    return OUTSIDE.get(file) or (file.removeprefix("docs/") if file.startswith("docs/") else None)


def site_links(markdown: str, file: str) -> str:
    """The text of a file with its links, which are right in the repository, made right on the site."""
    here = posixpath.dirname(site_uri(file) or "")

    def rewritten(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), match[1]))
        uri = site_uri(target)
        if uri is None:
            raise PluginError(
                f"{file}: the link to {match[1]} leads to no page of the site; name the file without a link"
            )
        return posixpath.relpath(uri, here or ".") + (match[2] or "")

    return LINK.sub(rewritten, markdown)


# --- what MkDocs calls ---------------------------------------------------------------------------------------------
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the chapters where mkdocs.yml says "api/"."""
    pages: list[Any] = [INDEX, *({chapter.title: chapter.uri} for chapter in chapters(load()))]
    assert config.nav is not None
    config.nav = [{name: pages if uri == "api/" else uri} for entry in config.nav for name, uri in entry.items()]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    package = load()
    pages = chapters(package)
    made = {chapter.uri: text(chapter) for chapter in pages} | {INDEX: index(package, pages)}
    for uri, content in made.items():
        files.append(File.generated(config, uri, content=content))
    for file, uri in OUTSIDE.items():
        files.append(File.generated(config, uri, content=(ROOT / file).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    uri = page.file.src_uri
    if uri.startswith("api/"):
        return markdown
    outside = {site: file for file, site in OUTSIDE.items()}
    return site_links(markdown, outside.get(uri, f"docs/{uri}"))


def on_post_build(config: MkDocsConfig) -> None:
    built = "".join(page.read_text(encoding="utf-8") for page in Path(config.site_dir, "api").rglob("*.html"))
    anchors = set(re.findall(r'<h\d id="([^"]+)"', built))
    missing = [name for name in public_names(load()) if name not in anchors]
    if missing:
        raise PluginError(f"these public names are on no page: {', '.join(missing)}")

"""The C that mypyc writes, and the patches that give it what mypyc leaves out. Nothing is compiled here.

A patch knows what it must find, and raises BuildError where it finds anything else: another mypy may write other C, and
must not make docstrings, positional-only parameters, weak references or quick calls vanish in silence.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from building.requirements import BuildError, required_version

Definition = ast.FunctionDef | ast.ClassDef
Definitions = list[tuple[str, Definition]]  # functions, methods and classes, by the names that mypyc's C gives them


def write_c(root: Path, directory: Path, modules: list[str], group: str) -> None:
    """Write C for the modules, one library of the name `group`, and extensions.json: what to compile."""
    from mypyc.build import mypycify

    # Types of installed packages must not decide what is compiled: the result would depend on the machine. Without
    # NumPy's, some overloads are alike.
    options = ["--config-file=", "--no-site-packages", "--ignore-missing-imports", "--explicit-package-bases"]
    options += ["--disable-error-code=overload-cannot-match"]
    extensions = mypycify([*options, *modules], target_dir=str(directory), group_name=group)
    library = extensions[0]
    if library.name != f"{group}__mypyc" or len(library.sources) != 1:
        raise unexpected("the library", f"its first extension is {library.name}, of {len(library.sources)} C files")
    source = Path(library.sources[0])
    source.write_text(patch(source.read_text(), list(definitions(root, modules))))
    here = str(directory)  # for now: the folder will be moved
    facts = [
        {
            "name": extension.name,
            "sources": [path.replace(here, "@", 1) for path in extension.sources],
            "include_dirs": [path.replace(here, "@", 1) for path in extension.include_dirs if path.startswith(here)],
        }
        for extension in extensions
    ]
    (directory / "extensions.json").write_text(json.dumps(facts, indent=1))


def definitions(root: Path, modules: list[str]) -> Iterator[tuple[str, Definition]]:
    """Functions, methods and classes, with the names that mypyc's C gives them."""
    from mypyc.namegen import NameGenerator

    dotted = {path: path.removesuffix(".py").replace("/", ".") for path in modules}
    names = NameGenerator([list(dotted.values())])

    def read(node: ast.AST, module: str, prefix: str) -> Iterator[tuple[str, Definition]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Definition):
                yield names.private_name(module, f"{prefix}{child.name}"), child
                if isinstance(child, ast.ClassDef):
                    yield from read(child, module, f"{prefix}{child.name}.")

    for path in modules:
        yield from read(ast.parse((root / path).read_text()), dotted[path], "")


def patch(source: str, found: Definitions) -> str:
    """The C of the library with all patches made."""
    source = make_positional(add_docstrings(source, found), found)
    return support_weak_references(drop_vain_checks(take_positional(source)), found)


def unexpected(patch: str, why: str) -> BuildError:
    return BuildError(
        f"the patch of {patch} does not fit the C that mypyc writes: {why}. "
        f"Adapt native/building/mypyc_c.py to mypy {required_version('mypy')}"
    )


def check_all(patch: str, wanted: Collection[str], patched: Collection[str]) -> None:
    """Raise BuildError unless all that is wanted was found and patched."""
    missing = sorted(set(wanted) - set(patched))
    if missing:
        shown = ", ".join(missing[:5]) + (", ..." if len(missing) > 5 else "")
        raise unexpected(patch, f"no place for {len(missing)} of {len(wanted)}: {shown}")


# --- docstrings ------------------------------------------------------------------------------------------------------


def add_docstrings(source: str, found: Definitions) -> str:
    """mypyc writes the signature where the docstring belongs, and drops the docstring: here it comes back."""
    native = [(name, node) for name, node in found if not is_named_tuple(node)]
    texts = {name: text for name, node in native if (text := ast.get_docstring(node)) is not None}
    placed: set[str] = set()

    def literal(name: str) -> str:
        placed.add(name)
        text = texts.get(name, "").encode()
        return "".join(chr(c) if 32 <= c < 127 and chr(c) not in '\\"?' else f"\\{c:03o}" for c in text)

    function = r'(\(PyCFunction\)CPyPy_(\w+),\s*METH_[\w |]+,\s*PyDoc_STR\("[^"]*--\\n\\n)"'
    source = re.sub(function, lambda match: f'{match[1]}{literal(match[2])}"', source)
    kind = r'(PyTypeObject CPyType_(\w+)_template_ = \{[^}]*\.tp_doc = PyDoc_STR\("[^"]*--\\n\\n)"'
    source = re.sub(kind, lambda match: f'{match[1]}{literal(match[2])}"', source)
    attribute = r"(\(getter\)(\w+)_get_(\w+),\s*(?:NULL|\(setter\)\w+),\s*)NULL,"
    source = re.sub(attribute, lambda match: f'{match[1]}"{literal(f"{match[2]}___{match[3]}")}",', source)
    check_all("docstrings", texts, placed)
    return source


def is_named_tuple(node: Definition) -> bool:
    """A class that Python makes when the module is loaded, with its docstring."""
    return isinstance(node, ast.ClassDef) and any(isinstance(b, ast.Name) and b.id == "NamedTuple" for b in node.bases)


# --- positional-only parameters --------------------------------------------------------------------------------------


def make_positional(source: str, found: Definitions) -> str:
    """mypyc lets parameters before the / be given by name. Its parser, CPython's, takes an empty name for none."""
    functions = {name: node for name, node in found if isinstance(node, ast.FunctionDef)}  # of overloads the last
    firsts = {name: [each.arg for each in node.args.posonlyargs] for name, node in functions.items()}
    wanted = {name: [arg for arg in first if arg not in ("self", "cls")] for name, first in firsts.items()}
    wanted = {name: first for name, first in wanted.items() if first}
    patched: set[str] = set()

    def without_names(match: re.Match[str]) -> str:
        first = wanted.get(match[2])
        if first is None:
            return match[0]
        names = match[3].split(", ")
        if names[: len(first)] != [f'"{name}"' for name in first]:
            raise unexpected(
                "positional-only parameters", f"those of {match[2]} begin with {match[3]}, not with {first}"
            )
        patched.add(match[2])
        return match[1] + ", ".join(['""'] * len(first) + names[len(first) :])

    head = r"\bCPyPy_(\w+)\([^)]*\) \{\s*(?:PyObject \*obj_self = self;\s*)?"
    source = re.sub(rf"({head}static const char \* const kwlist\[\] = \{{)([^}}]*)", without_names, source)
    check_all("positional-only parameters", wanted, patched)
    return source


# --- quick calls -----------------------------------------------------------------------------------------------------


def take_positional(source: str) -> str:
    """A call without keywords takes its arguments as they stand: mypyc's parser would cost it 50 to 130 instructions.

    In the parser's format an O is a parameter; those after a | are optional, those after a $ given by name alone. What
    else there may be, such as *args, is left to the parser.
    """
    parser = r'static CPyArg_Parser parser = \{"(?P<format>[^":]*)(?::\w+)?", kwlist, 0\};'
    call = r"CPyArg_ParseStackAndKeywords(?:Simple)?\("
    parsing = r"\b\w+(?<!NoArgs)(?<!OneArg)\([\w, ]*, &parser\b"
    declared = r"(?:\s*PyObject \*obj_\w+(?: = NULL)?;)*\s*"

    def read(match: re.Match[str]) -> str:
        required, _, optional = match["format"].partition("$")[0].partition("|")
        if set(match["format"]) - set("O|$"):
            return match[0]
        names = match["places"].replace("&", "").split(", ")
        if len(names) != match["format"].count("O"):
            raise unexpected("calls without keywords", f"{match['format']} is the format of {match['places']}")
        least, most = len(required), len(required) + len(optional)
        lines = [f"{name} = args[{i}];" for i, name in enumerate(names[:least])]
        lines += [f"if (nargs > {i}) {name} = args[{i}];" for i, name in enumerate(names[least:most], least)]
        test = f"kwnames == NULL && nargs >= {least} && nargs <= {most}"
        return f"{match['before']}if ({test}) {{ {' '.join(lines)} }} else if (!{match['call']})"

    pattern = (
        rf"(?P<before>{parser}{declared})if \(!(?P<call>{call}args, nargs, kwnames, &parser, (?P<places>[^()]+)\))\)"
    )
    patched, count = re.subn(pattern, read, source)
    check_count("calls without keywords", len(re.findall(parsing, source)), count)
    return patched


def drop_vain_checks(source: str) -> str:
    """An argument of type `Protocol | object` is taken as it is; mypyc asks first whether it is of the Protocol."""
    error = r'CPy_TypeError\("union\[(?:[^"\[\]]*, )?object(?:, [^"\[\]]*)?\]", obj_'
    block = rf"PyObject \*arg_(\w+);\n(?:(?!.*\bPyObject \*arg_).*\n)*?.*{error}\1\); *\n.*goto fail;\n(__LL\d+): ;"

    def take(match: re.Match[str]) -> str:
        unconditional = re.search(rf"(?<!\))\n *arg_{match[1]} = obj_{match[1]};\n.* goto {match[2]};\n", match[0])
        if unconditional is None:
            raise unexpected("vain checks", f"obj_{match[1]} is not taken without a condition")
        return f"PyObject *arg_{match[1]} = obj_{match[1]};"

    patched, count = re.subn(block, take, source)
    check_count("vain checks", len(re.findall(error, source)), count)
    return patched


def check_count(patch: str, wanted: int, patched: int) -> None:
    """Raise BuildError unless all places were patched."""
    if wanted != patched:
        raise unexpected(patch, f"{patched} of {wanted} places")


# --- weak references -------------------------------------------------------------------------------------------------


def support_weak_references(source: str, found: Definitions) -> str:
    """A class with a dictionary in its instances, as generic ones are, can be weakly referenced, as in Python.

    On Python 3.11 mypyc gives such a class room for weak references, but takes their list for a reference that the
    instance holds, and forgets it when the instance dies. From 3.12 on it gives none: there Python keeps the list
    itself, in front of the object, if the type has a flag. In both cases the references are cleared when the instance
    dies.
    """
    templates = re.findall(r"PyTypeObject CPyType_(\w+)_template_ = \{([^}]*)\}", source)
    patched: set[str] = set()
    for name, fields in templates:
        listed, managed = ".tp_weaklistoffset = " in fields, "Py_TPFLAGS_MANAGED_DICT" in fields
        if ".tp_dealloc = " in fields and (listed or managed):  # one without is a trait, which has no instances
            source = release_list(source, name) if listed else add_managed_list(source, name, fields)
            source = clear_at_death(source, name)
            patched.add(name)
    generic = {name for name, node in found if isinstance(node, ast.ClassDef) and is_generic(node)}
    check_all("weak references", generic, patched)
    return source


def is_generic(node: ast.ClassDef) -> bool:
    return any(
        isinstance(b, ast.Subscript) and isinstance(b.value, ast.Name) and b.value.id == "Generic" for b in node.bases
    )


def replace(source: str, name: str, old: str, new: str, times: int = 1) -> str:
    """`source` with `old`, which stands in it so many times, replaced for the weak references of class `name`."""
    if source.count(old) != times:
        raise unexpected(f"weak references of {name}", f"{source.count(old)} times, not {times}, it has {old!r}")
    return source.replace(old, new)


def release_list(source: str, name: str) -> str:
    """The list in the instance is no reference of it to be visited or dropped, and not to be assigned from Python."""
    struct = re.search(rf"\b{name}_traverse\((\w+) \*self, visitproc", source)
    if struct is None:
        raise unexpected(f"weak references of {name}", f"it has no function {name}_traverse")
    place = f"*((PyObject **)((char *)self + sizeof(PyObject *) + sizeof({struct[1]})))"
    source = replace(source, name, f"Py_VISIT({place});", "")
    source = replace(source, name, f"Py_CLEAR({place});", "", times=2)  # in ..._clear and ..._clear_on_completion
    member = f'{{"__weakref__", T_OBJECT_EX, sizeof({struct[1]}) + sizeof(PyObject *), %s, NULL}}'
    return replace(source, name, member % "0", member % "READONLY")


def add_managed_list(source: str, name: str, fields: str) -> str:
    """Python keeps the list beside the dictionary that it keeps already: the object does not grow."""
    flags = replace(fields, name, "Py_TPFLAGS_MANAGED_DICT", "Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF")
    return replace(source, name, fields, flags)


def clear_at_death(source: str, name: str) -> str:
    start = f"CPy_TRASHCAN_BEGIN(self, {name}_dealloc)"
    listed = "*(PyObject **)((char *)self + Py_TYPE(self)->tp_weaklistoffset) != NULL"
    return replace(source, name, start, f"{start}\n            if ({listed}) PyObject_ClearWeakRefs((PyObject *)self);")

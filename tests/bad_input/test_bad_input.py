"""Bad input everywhere: the right error, whose message names function, argument, value and remedy; arrays stay."""

import ast
import inspect
import operator
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bad_input.calls_of_array import ARRAY_TABLE, NAMES, NOTHING_FORBIDDEN, Doing
from bad_input.kinds import ARRAYS, Bad, Strange
from bad_input.table import TABLE, TAKEN
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp
from raptors_xp._core.arguments import show
from raptors_xp._core.dtypes import DTYPES

# The imperatives that a remedy, the end of a message, begins with.
REMEDIES = {"use", "give", "convert", "make", "name", "reshape", "write", "work", "look", "leave", "count", "index"}
# What can be raised at all. BufferError and AttributeError are DLPack's.
ERRORS = (TypeError, ValueError, IndexError, OverflowError, MemoryError, BufferError, AttributeError)


def snapshot() -> dict[str, tuple[Any, ...]]:
    """What the table's arrays hold."""
    return {name: (value.shape, value.dtype, repr(value)) for name, value in ARRAYS.items()}


SNAPSHOT = snapshot()


def public() -> dict[str, Any]:
    """All functions of the standard's namespaces, by their names in the table."""
    found: dict[str, Any] = {}
    for prefix, module in (("", xp), ("linalg.", xp.linalg), ("fft.", xp.fft)):
        for name in getattr(module, "_STANDARD", module.__all__):  # the others: test_numpy_names.py
            value = getattr(module, name)
            if callable(value) and not isinstance(value, type):
                found[prefix + name] = value
    return found


FUNCTIONS = public()


def call(function: Any, arguments: dict[str, Any]) -> Any:
    """Calls a function with arguments by the names of its parameters, each in the way that it allows."""
    assert set(arguments) <= set(inspect.signature(function).parameters)
    positional: list[Any] = []
    keywords: dict[str, Any] = {}
    by_name = False  # once one has been left out
    for name, parameter in inspect.signature(function).parameters.items():
        if name not in arguments:
            by_name = parameter.kind is not parameter.VAR_POSITIONAL
        elif parameter.kind is parameter.VAR_POSITIONAL:
            positional.extend(arguments[name])
        elif parameter.kind is parameter.KEYWORD_ONLY or (by_name and parameter.kind is not parameter.POSITIONAL_ONLY):
            keywords[name] = arguments[name]
        else:
            positional.append(arguments[name])
    return function(*positional, **keywords)


def faults(function: str, error: Exception, words: tuple[str, ...]) -> str:
    """What is wrong with a message; nothing if it is as the house wants it."""
    message = str(error)
    trouble, _, remedy = message.rpartition("; ")
    if not message.startswith(f"{function}: "):
        return f"does not begin with {function!r}: {message}"
    if re.match(r"[a-z]+", remedy) is None or remedy.split()[0] not in REMEDIES:
        return f"ends in no remedy: {message}"
    for word in words:
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", message) is None:
            return f"does not say {word!r}: {message}"
    return "" if trouble else f"says no trouble: {message}"


def judge(function: Any, name: str, good: dict[str, Any], bad: Bad) -> str:
    """What is wrong with the answer to one bad call; nothing if all is as the table says."""
    said = {key: show(value) for key, value in bad.arguments.items()}
    try:
        result = call(function, {**good, **bad.arguments})
    except Exception as error:
        if not isinstance(error, bad.error):
            return f"{said}: {type(error).__name__}, not {bad.error.__name__}: {error}"
        fault = faults(name, error, bad.words)
        return f"{said}: {fault}" if fault else ""
    return f"{said}: no {bad.error.__name__}, but {show(result)}"


def test_every_function_is_in_the_table() -> None:
    assert set(TABLE) == set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_parameter_has_a_bad_value(name: str) -> None:
    replaced = {parameter for bad in TABLE[name].bad for parameter in bad.arguments}
    assert replaced == set(inspect.signature(FUNCTIONS[name]).parameters)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_bad_calls(name: str) -> None:
    function = FUNCTIONS[name]
    good, bad = TABLE[name]
    call(function, good)
    wrong = [judge(function, name.split(".")[-1], good, each) for each in bad]
    assert [each for each in wrong if each] == []
    assert snapshot() == SNAPSHOT


# --- dtypes ----------------------------------------------------------------------------------------------------------


def in_dtype(good: dict[str, Any], dtype: Any) -> dict[str, Any]:
    """Good arguments, the numbers among them in another dtype."""
    found = dict(good)
    for name in ("x", "x1", "x2"):
        value = good.get(name)
        if isinstance(value, xp.Array):
            found[name] = xp.astype(xp.real(value) if value.dtype.kind == "c" else value, dtype)
    return found


def takes_numbers(name: str) -> bool:
    return name != "astype" and any(isinstance(TABLE[name].good.get(each), xp.Array) for each in ("x", "x1"))


@pytest.mark.parametrize("name", sorted(filter(takes_numbers, TABLE)))
def test_dtypes_are_taken_or_refused(name: str) -> None:
    taken = TAKEN.get(name, "biufc")
    names = [dtype.name for dtype in DTYPES if dtype.kind in taken]
    for dtype in DTYPES:
        arguments = in_dtype(TABLE[name].good, dtype)
        if dtype.kind in taken:
            call(FUNCTIONS[name], arguments)
            continue
        with pytest.raises(TypeError) as caught:
            call(FUNCTIONS[name], arguments)
        assert faults(name.split(".")[-1], caught.value, (dtype.name,)) == ""
        assert re.search(r"\bx1?\b", str(caught.value))
        said = re.search("only (.*);", str(caught.value))
        assert said is None or said[1] in (", ".join(names), "numeric dtypes")


# --- calls that are none ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_calls_that_do_not_fit_the_signature(name: str) -> None:
    function = FUNCTIONS[name]
    short = name.split(".")[-1]
    parameters = inspect.signature(function).parameters
    positional = [
        each for each in parameters.values() if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
    ]
    needed = [TABLE[name].good[each.name] for each in positional if each.default is each.empty]
    with pytest.raises(TypeError, match=rf"\b{short}\(\)"):
        function(*needed, nonsense=1)
    if needed:
        with pytest.raises(TypeError, match=rf"\b{short}\(\) (missing|takes)"):
            function()
    if not any(each.kind is each.VAR_POSITIONAL for each in parameters.values()):
        surplus = [None] * (len(positional) + 1 - len(needed))
        with pytest.raises(TypeError, match=rf"\b{short}\(\) takes"):
            function(*needed, *surplus)


# --- the array -------------------------------------------------------------------------------------------------------


def run(text: str) -> object:
    """Runs a line with the names of calls_of_array.py; the value if it is an expression."""
    names = dict(NAMES)  # an assignment would change it
    if isinstance(ast.parse(text).body[0], ast.Expr):
        return eval(text, names)
    exec(text, names)
    return None


def judge_doing(case: Doing) -> str:
    """What is wrong with the answer to something done to an array; nothing if all is as the table says."""
    try:
        result = run(case.text)
    except Exception as error:
        if type(error) is not case.error:
            return f"{case.text}: {type(error).__name__}, not {case.error.__name__}: {error}"
        if case.function:
            fault = faults(case.function, error, case.words)
        else:  # Python's or NumPy's own words
            fault = "" if all(word in str(error) for word in case.words) else str(error)
        return f"{case.text}: {fault}" if fault else ""
    return f"{case.text}: no {case.error.__name__}, but {show(result)}"


def methods(path: str, name: str) -> set[str]:
    """The public methods and properties of a class, from its source."""
    tree = ast.parse((Path(__file__).parents[2] / "raptors_xp" / path).read_text())
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
    found = {node.name for node in classes[0].body if isinstance(node, ast.FunctionDef)}
    return {each for each in found if re.match("_[a-z]", each) is None}


def test_every_method_is_in_the_table() -> None:
    internal = {"__repr__", "__str__", "__dir__", "__array_ufunc__", "__array_function__"}
    own = methods("_array/array.py", "Array") | methods("_functions/inspection.py", "Info") | {"__init__", "__hash__"}
    assert own - internal - set(NOTHING_FORBIDDEN) == set(ARRAY_TABLE)


@pytest.mark.parametrize("name", sorted(ARRAY_TABLE))
def test_what_is_done_to_arrays(name: str) -> None:
    wrong = [judge_doing(each) for each in ARRAY_TABLE[name]]
    assert [each for each in wrong if each] == []
    assert ARRAY_TABLE[name]
    assert snapshot() == SNAPSHOT


# --- anything at all -------------------------------------------------------------------------------------------------


def is_moderate(value: Any) -> bool:
    """False of what takes long to work through where it is no error, and of what hypothesis cannot print.

    Sizes are small, or larger than all memory.
    """
    if isinstance(value, (xp.Array, np.ndarray)):
        return value.size <= 1000
    if isinstance(value, (tuple, list)):
        return all(is_moderate(each) for each in value)
    if isinstance(value, int):
        return abs(value) <= 100 or 2**60 <= abs(value) <= 10**400
    return not isinstance(value, Strange)


bounds = st.integers(-5, 5) | st.none()
VALUES = [value for entry in TABLE.values() for bad in entry.bad for value in bad.arguments.values()]
VALUES += [value for entry in TABLE.values() for value in entry.good.values()]
VALUES = [each for each in VALUES if is_moderate(each)]
everything: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.sampled_from(VALUES),
        st.integers(-5, 5),
        st.sampled_from([2**62, -(2**63), 2**63, 2**64, 2**70, -(2**70), 10**400]),
        st.sampled_from([0.5, -1.5, -0.0, 1e300, xp.inf, -xp.inf, xp.nan]),
        st.booleans(),
        st.complex_numbers(),
        st.text(max_size=2),
        st.none(),
        st.just(...),
        st.builds(slice, bounds, bounds, st.integers(-2, 2) | st.none()),
        st.sampled_from([np.zeros(2), np.int8(1), np.asarray(3), xp.int8, *ARRAYS.values()]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple),
    max_leaves=5,
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A function, and arguments some of which are good, some bad, some anything."""
    name = draw(st.sampled_from(sorted(TABLE)))
    good, bad = TABLE[name]
    arguments = dict(good)
    for parameter in inspect.signature(FUNCTIONS[name]).parameters.values():
        own = [each.arguments[parameter.name] for each in bad if parameter.name in each.arguments]
        own = [each for each in own if is_moderate(each)]
        chosen = draw(st.sampled_from(["good", "bad", "any"]))
        if chosen != "good":
            value = draw(st.sampled_from(own) if chosen == "bad" and own else everything)
            is_many = parameter.kind is parameter.VAR_POSITIONAL
            arguments[parameter.name] = value if not is_many or isinstance(value, tuple) else (value,)
    return name, arguments


@given(calls())
def test_any_call_answers_or_says_why_not(called: tuple[str, dict[str, Any]]) -> None:
    name, arguments = called
    try:
        call(FUNCTIONS[name], arguments)
    except ERRORS as error:
        if not str(error).startswith("raptors_xp: the system has no "):  # memory, whoever asks for it
            assert faults(name.split(".")[-1], error, ()) == ""  # noqa: PT017
    assert snapshot() == SNAPSHOT


@given(everything, everything)
def test_any_key_selects_or_raises(key: Any, value: Any) -> None:
    x = xp.reshape(xp.arange(12), (3, 4))
    before = x.tolist()
    for name in ("__getitem__", "__setitem__"):
        try:
            result = x[key] if name == "__getitem__" else operator.setitem(x, key, value)
        except (IndexError, TypeError, ValueError, OverflowError) as error:
            assert faults(name, error, ()) == ""  # noqa: PT017
            assert x.tolist() == before
        else:
            assert name == "__setitem__" or isinstance(result, xp.Array)


@given(everything, everything)
def test_asarray_of_anything(value: Any, other: Any) -> None:
    for each in (value, [value, other], [[value], [other]]):
        try:
            result = xp.asarray(each)
        except (TypeError, ValueError, OverflowError) as error:
            assert faults("asarray", error, ()) == ""  # noqa: PT017
        else:
            assert isinstance(result, xp.Array)


@given(st.sampled_from(["zeros", "ones", "empty"]), everything)
def test_shapes_of_any_kind(name: str, shape: Any) -> None:
    given_sizes = tuple(shape) if isinstance(shape, (tuple, list)) else (shape,)
    try:
        sizes = tuple(operator.index(size) for size in given_sizes)
    except TypeError:
        sizes = (-1,)
    if any(isinstance(size, bool) for size in given_sizes) or not all(0 <= size <= 100 for size in sizes):
        # A large integer is a shape, too, but for memory.
        if not hasattr(shape, "__index__"):
            with pytest.raises((TypeError, ValueError, MemoryError), match=f"^{name}: "):
                getattr(xp, name)(shape)
    else:
        assert getattr(xp, name)(shape).shape == sizes


def test_failed_allocations_leave_everything_usable() -> None:
    x = xp.ones(3)
    for work in (
        lambda: xp.zeros(2**59),
        lambda: xp.broadcast_to(x, (2**58, 3)) + 1,
        lambda: xp.tile(x, (2**58,)),
        lambda: xp.concat([xp.broadcast_to(x, (2**57, 3))] * 2),
        lambda: xp.asarray(xp.broadcast_to(x, (2**57, 3)), copy=True),
        lambda: xp.roll(xp.broadcast_to(x, (2**57, 3)), 1, axis=0),
        lambda: xp.meshgrid(*[xp.broadcast_to(x[0], (2**20,))] * 3),
        lambda: xp.linalg.svd(xp.broadcast_to(x, (3, 2**24, 3))),
        lambda: xp.fft.fft(x, n=2**45),
    ):
        with pytest.raises(MemoryError, match=r".: .*; "):
            work()
    assert float(xp.sum(x)) == 3

"""Every function against NumPy: `table.py` says how, `differences.py` where another answer is right."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import differential.rows_of_array  # noqa: F401  (and with it all rows)
import numpy as np
import pytest
from differential.comparing import difference
from differential.differences import DIFFERENCES, Difference, page
from differential.table import TABLE, Row

import raptors_xp as xp
from raptors_xp._array.methods import NumpyMethods

REFUSALS = (ArithmeticError, BufferError, IndexError, TypeError, ValueError)


def ours(value: Any) -> Any:
    """The arrays and dtypes of NumPy in an argument, as ours; arrays over the same memory."""
    if isinstance(value, np.ndarray):
        return xp.asarray(value, copy=False)
    if isinstance(value, np.dtype) or (isinstance(value, type) and issubclass(value, np.generic)):
        return getattr(xp, np.dtype(value).name)
    if isinstance(value, (tuple, list)):
        return type(value)(map(ours, value))
    return value


def arrays_in(value: Any) -> list[np.ndarray]:
    if isinstance(value, np.ndarray):
        return [value]
    if isinstance(value, xp.Array):
        return [np.asarray(value)]
    return [each for one in value for each in arrays_in(one)] if isinstance(value, (tuple, list)) else []


def describe(value: Any) -> str:
    if isinstance(value, np.ndarray):
        text = f"{value.dtype.name}{value.shape}"
        if value.size < 8:
            text += repr(value.tolist())
        return text + ("" if value.flags.c_contiguous else f" strides {value.strides}")
    if isinstance(value, (tuple, list)):
        return "(" + ", ".join(map(describe, value)) + ")"
    if isinstance(value, dict):
        return ", ".join(f"{key}={describe(each)}" for key, each in value.items())
    return repr(value)


def function(name: str) -> Any:
    found: Any = xp
    for part in name.split("."):
        found = getattr(found, part)
    return found


def values_of(found: Any) -> np.ndarray:
    return np.asarray(getattr(found, "values", found))


def due(
    row: Row, intended: Sequence[Difference], met: set[Difference], arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> Any:
    """What the reference gives, or the exception it raises, but for the differences that are intended.

    Those that are met, because NumPy gives something else, are put into `met`.
    """
    try:
        found = row.reference(*arguments, **keywords)
    except REFUSALS as error:
        found = error
    for each in intended:
        if not isinstance(found, Exception):
            before, found = found, each.due(found, *arguments, **keywords)
            if isinstance(found, Exception) or values_of(found).tobytes() != values_of(before).tobytes():
                met.add(each)
    return found


def fault(name: str, row: Row, expected: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> str | None:
    """What is wrong with one call; None if nothing is."""
    given = arrays_in(arguments) + arrays_in(list(keywords.values()))
    before = [each.tobytes() for each in given]
    failed = isinstance(expected, Exception)
    try:
        call = row.ours or function(name)
        found = call(*ours(arguments), **{key: ours(value) for key, value in keywords.items()})
    except (*REFUSALS, Warning) as error:
        return None if failed else f"raises {error!r}"
    if failed:
        return f"does not raise, as is due: {expected!r}"
    wrong = difference(found, expected)
    if wrong:
        return wrong
    if [each.tobytes() for each in given] != before:
        return "an argument has changed"
    may_share = row.views and keywords.get("copy") is not True
    if not may_share and any(
        np.may_share_memory(x, y) and np.shares_memory(x, y) for x in arrays_in(found) for y in given
    ):
        return "the result is a view of an argument"
    return None


def public_names() -> list[str]:
    """Every function, and every attribute of Array that object has not, but for what only the inside uses."""
    names = [name for name in xp._STANDARD if callable(getattr(xp, name)) and not isinstance(getattr(xp, name), type)]
    for extension in ("linalg", "fft"):
        names += [f"{extension}.{name}" for name in getattr(xp, extension).__all__]
    special = {name for name in dir(xp.Array) if name.startswith("__") and name.endswith("__")}
    of_numpy = vars(NumpyMethods)  # tested in test_numpy_names.py
    names += [f"Array.{name}" for name in dir(xp.ones(1)) if not name.startswith("_") and name not in of_numpy]
    names += [f"Array.{name}" for name in sorted(special)]
    return [name for name in names if name not in INSIDE and name.removeprefix("Array.") not in dir(object)]


# What mypyc, typing and Python put into a class.
INSIDE = {
    f"Array.__{name}__"
    for name in [
        "array_function",  # these two: test_numpy_calls.py
        "dask_tokenize",  # and these: tests/consumers/test_dask.py
        "sizeof",
        "dlpack_c_exchange_api",  # tests/consumers/test_torch.py, tests/test_interop.py
        "array_ufunc",
        "array_priority",
        "buffer",  # from Python 3.12 on, as is the next: the buffer protocol, tested in test_interop.py
        "release_buffer",
        "class_getitem",
        "delitem",
        "dict",
        "mypyc_attrs",
        "module",
        "orig_bases",
        "parameters",
        "setstate",
        "slots",
        "weakref",
        "annotations",
        "annotate_func",  # from Python 3.14 on, as is the next
        "annotations_cache",
        "match_args",
        "type_params",
        "static_attributes",
        "firstlineno",
        "final",
        "abstractmethods",
    ]
}


def test_the_table_has_every_function() -> None:
    assert sorted(set(public_names()) - set(TABLE)) == []
    assert [name for name in TABLE if not name.startswith("Array.__") and name not in public_names()] == []


def test_the_page_shows_the_differences() -> None:
    path = Path(__file__).parent.parent.parent / "docs" / "differences.md"
    assert path.read_text() == page(), "python tests/differential/differences.py > docs/differences.md"


@pytest.mark.parametrize("name", TABLE)
def test_function(name: str) -> None:
    row = TABLE[name]
    intended = [each for each in DIFFERENCES if (row.like or name) in each.functions.split()]
    met: set[Difference] = set()
    faults = []
    calls = list(row.calls())
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # NumPy's; a warning of ours is a fault
        expected = [due(row, intended, met, arguments, keywords) for arguments, keywords in calls]
    assert not all(isinstance(result, Exception) for result in expected)
    for (arguments, keywords), result in zip(calls, expected):
        wrong = fault(name, row, result, arguments, keywords)
        if wrong:
            faults.append(f"{name}({describe(arguments)[1:-1]} {describe(keywords)}): {wrong}")
    assert not faults, f"{len(faults)} of {len(calls)} calls:\n" + "\n".join(faults[:8])
    if not row.like:
        assert met == set(intended), "NumPy gives what is called a difference"

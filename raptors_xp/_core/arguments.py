"""Reading of arguments that are not arrays (integers, flags, options), and how error messages show a value.

All errors have one form: `function: what is wrong with which argument and value; what to do instead`. Arrays and Python
scalars as operands are in operands.py.
"""

from collections.abc import Sequence
from operator import index
from typing import Any, Final, Protocol, cast

_LONGEST: Final = 60


class Unchecked(Protocol):
    """A type of no object. mypyc does not check a union with it at run time, so that errors are ours, not mypyc's."""

    def is_what_nothing_is(self) -> None: ...


# The type of a parameter that is True or False in public signatures. At run time as_flag checks it.
Flag = bool | Unchecked


def show(value: object) -> str:
    """The value as error messages show it: its repr on one line, shortened if it is long."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # an int with more digits than Python converts, or a repr that raises
        return f"<{type(value).__name__}>"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def show_typed(value: object) -> str:
    """The value as `show` gives it, with its type: `2.0 of type float`."""
    return f"{show(value)} of type {type(value).__name__}"


def has(value: object, name: str) -> bool:
    """hasattr(value, name), which when compiled would take a KeyboardInterrupt for "no"."""
    return getattr(value, name, None) is not None


def _is_flag(value: object) -> bool:
    """True for what counts as True or False besides these: the ints 1 and 0, and NumPy's bools."""
    if isinstance(value, int):
        return value == 0 or value == 1
    return type(value).__module__ == "numpy" and type(value).__name__ in ("bool", "bool_")


def as_flag(function: str, argument: str, value: object) -> bool:
    """`value` as a bool, if it is Python's or NumPy's, or 0 or 1; TypeError for anything else."""
    if isinstance(value, bool):
        return value
    if _is_flag(value):
        return bool(value)
    raise TypeError(f"{function}: {argument}={show_typed(value)} is not a bool; give True or False")


def as_flag_or_none(function: str, argument: str, value: object) -> bool | None:
    """Like as_flag, for an argument that may also be None."""
    if value is None or isinstance(value, bool):
        return value
    if _is_flag(value):
        return bool(value)
    raise TypeError(f"{function}: {argument}={show_typed(value)} is not a bool; give True, False or None")


def check_option(function: str, argument: str, value: object, options: tuple[str, ...]) -> None:
    """ValueError unless `value` is one of the options."""
    if not isinstance(value, str) or value not in options:
        names = ", ".join([repr(each) for each in options])
        raise ValueError(f"{function}: {argument}={show(value)} is not known; use one of {names}")


def refuse_out(function: str, out: object) -> None:
    """TypeError unless `out`, which NumPy's functions pass on, is None."""
    if out is not None:
        raise TypeError(f"{function}: out={show_typed(out)} is not supported; use out[...] = {function}(x)")


def are_default(order: object, casting: object, subok: object) -> bool:
    """True if the options of NumPy's astype ask for nothing."""
    return (
        isinstance(order, str) and order == "K" and isinstance(casting, str) and casting == "unsafe" and subok is True
    )


def exact_int(value: int) -> int:
    """The value of an int, without the methods of a subclass: what is computed with it is an address in the end."""
    return value if type(value) is int else int.__index__(value)


def as_integer(function: str, argument: str, value: object) -> int:
    """`value` as an int, if it is one or has __index__. TypeError for anything else, including bools."""
    if isinstance(value, int) and not isinstance(value, bool):  # the most frequent case
        return exact_int(value)
    if not isinstance(value, bool):
        try:
            return index(cast(Any, value))
        except TypeError:
            pass
    raise TypeError(f"{function}: {argument}={show_typed(value)} is not an integer; give an int")


def as_real(function: str, argument: str, value: object) -> float:
    """`value` as a float, if it is a float or an int or has __float__ or __index__.

    TypeError for anything else, including bools; OverflowError for an int beyond the range of floats.
    """
    if isinstance(value, (float, int)) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            raise OverflowError(
                f"{function}: {argument}={show(value)} is beyond the range of floats; give a float, such as inf"
            ) from None
    if not isinstance(value, (bool, str, bytes, bytearray)):
        try:
            return float(cast(Any, value))
        except TypeError:
            pass
    raise TypeError(f"{function}: {argument}={show_typed(value)} is not a real number; give an int or a float")


def as_integers(function: str, argument: str, value: object) -> list[int]:
    """A list of the integers in a sequence, or of the single integer `value`. TypeError for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):  # the most frequent case
        return [exact_int(value)]
    items: Sequence[object] | None = None
    if isinstance(value, (tuple, list)):
        items = value
    elif not isinstance(value, (int, str, bytes, bytearray, memoryview)) and isinstance(value, Sequence):
        items = list(value)
    try:
        if items is None:
            return [as_integer(function, argument, value)]
        return [as_integer(function, argument, each) for each in items]
    except TypeError:
        pass
    raise TypeError(
        f"{function}: {argument}={show_typed(value)} is not an integer or a tuple of integers; give one or the other"
    )

"""Arrays from nested lists and tuples: their shape and dtype. Also `array_from`, which makes arrays from any object."""

from itertools import islice
from typing import Any, Final, NoReturn, cast

from raptors_xp import _native
from raptors_xp._core.arguments import has, show, show_typed
from raptors_xp._core.dtypes import DType, bool_, complex128, float64, int64, uint64
from raptors_xp._core.promotion import check_fits, promote_all
from raptors_xp._core.shape import check_rank, product
from raptors_xp._core.strided import Strided, memory_of, wrap_fresh
from raptors_xp._engine.elementwise import convert
from raptors_xp._exchange.borrowed import forbid
from raptors_xp._exchange.buffers import from_foreign

# The kinds of Python scalars, in ascending order: a mixture has the highest kind in it. And their default dtypes.
_BOOL: Final = 0
_INT: Final = 1
_FLOAT: Final = 2
_COMPLEX: Final = 3
_DEFAULTS: Final[list[DType]] = [bool_, int64, float64, complex128]
_KINDS: Final[dict[str, int]] = {"b": _BOOL, "i": _INT, "u": _INT, "f": _FLOAT, "c": _COMPLEX}


def array_from(function: str, argument: str, value: object, dtype: DType | None, copy: bool | None) -> Strided:
    """An array from any object that the standard's asarray takes, with its rules for `dtype` and `copy`."""
    if not isinstance(value, (list, tuple, int, float, complex)):
        found = from_foreign(function, argument, value, copy)
        if found is not None:
            if dtype is not None and dtype is not found._dtype:
                if copy is False:
                    forbid(function, argument, f"of dtype {found._dtype}, not {dtype}")
                return cast_to(function, argument, found, dtype)
            return convert(found, found._dtype, False) if copy is True else found
    if copy is False:
        forbid(function, argument, f"of type {type(value).__name__}, which has no memory to share")
    return _from_python(function, argument, value, dtype)


def cast_to(function: str, argument: str, x: Strided, dtype: DType) -> Strided:
    """A new copy in another dtype; TypeError if imaginary parts would be lost."""
    if x._dtype.kind == "c" and dtype.kind not in "cb":
        raise TypeError(
            f"{function}: {argument} of dtype {x._dtype} to dtype={dtype} would lose the imaginary parts; "
            "use real(x), imag(x) or abs(x) first"
        )
    return convert(x, dtype)


def flat_list(x: Strided) -> list[Any]:
    """A flat list of the elements as Python scalars, in C order."""
    dtype = x._dtype
    if x._size == 0:
        return []
    if not x._contiguous:
        x = convert(x, dtype)
    return cast(list[Any], _native.to_list(dtype.code, memory_of(x), x._offset, (x._size,), (dtype.itemsize,)))


def _from_python(function: str, argument: str, value: object, dtype: DType | None) -> Strided:
    kind = _scalar_kind(value)
    if kind >= 0:
        return _pack(function, argument, [value], kind, dtype, ())
    items = _items(function, value)
    if items is None:
        _refuse(function, argument, value)
    kind = _flat_kind(items)
    if kind >= 0:
        if len(items) == 0:
            kind = _FLOAT
        return _pack(function, argument, items, kind, dtype, (len(items),))
    return _from_nested(function, argument, items, dtype)


def _scalar_kind(value: object) -> int:
    """The kind of a Python scalar; -1 for anything else."""
    if isinstance(value, float):
        return _FLOAT
    if isinstance(value, bool):
        return _BOOL
    if isinstance(value, int):
        return _INT
    if isinstance(value, complex):
        return _COMPLEX
    return -1


def _flat_kind(items: list[object]) -> int:
    """The highest kind in a list of Python scalars; -1 if the list has anything else in it."""
    kind = 0
    for item in items:
        each = _scalar_kind(item)
        if each < 0:
            return -1
        if each > kind:
            kind = each
    return kind


def _items(function: str, value: object) -> list[object] | None:
    """The items of a sequence; None if `value` is not one. Text, sets and mappings do not count as sequences."""
    if isinstance(value, list):
        return value
    if isinstance(value, (tuple, range)):
        return list(value)
    if isinstance(value, (str, bytes, dict, set, frozenset)) or has(value, "keys"):
        return None
    if has(value, "__len__") and has(value, "__getitem__") and not isinstance(value, (type, Strided)):
        try:
            size = len(cast(Any, value))
            items = list(islice(cast(Any, value), size + 1))  # no more: some have no end
        except TypeError:  # some types have these methods without being sequences, such as numpy.dtype
            return None
        if len(items) != size:
            raise ValueError(
                f"{function}: {show_typed(value)} has a length of {size} and gives "
                f"{'more' if len(items) > size else len(items)} items; make it a list first"
            )
        return items
    return None


def _refuse(function: str, where: str, value: object) -> NoReturn:
    if isinstance(value, (str, bytes)):
        remedy = "give booleans or numbers"
    elif isinstance(value, (dict, set, frozenset)) or has(value, "__next__") or has(value, "keys"):
        remedy = "make it a list first"
    elif has(value, "__float__"):
        remedy = "make it a Python float first, with float()"
    else:
        remedy = "give numbers, nested lists of numbers, or an object with a buffer, __dlpack__ or __array__"
    raise TypeError(f"{function}: Unsupported: {where}={show_typed(value)} cannot be made an array; {remedy}")


def _pack(
    function: str, argument: str, values: list[Any], kind: int, dtype: DType | None, shape: tuple[int, ...]
) -> Strided:
    """An array of Python scalars, none of which is of a higher kind than `kind`."""
    if dtype is None:
        dtype = _DEFAULTS[kind]
        if kind == _INT:
            return _pack_integers(function, argument, values, shape)
    elif kind > _KINDS[dtype.kind] and kind != _INT:  # an int is a truth value, too
        if kind == _FLOAT and dtype.kind in "iu":
            return _packed_checked(function, argument, _whole(function, argument, values, dtype), dtype, shape)
        natural = _DEFAULTS[kind]
        return cast_to(function, argument, _packed(natural, values, shape), dtype)
    return _packed_checked(function, argument, values, dtype, shape)


def _packed_checked(function: str, argument: str, values: list[Any], dtype: DType, shape: tuple[int, ...]) -> Strided:
    """_packed, with an OverflowError that names the value which does not fit."""
    try:
        return _packed(dtype, values, shape)
    except OverflowError:
        for value in values:
            check_fits(function, f"{argument}[...]" if shape else argument, value, dtype)
        raise


def _whole(function: str, argument: str, values: list[Any], dtype: DType) -> list[Any]:
    """The values with the fractions of floats cut off. ValueError for nan and OverflowError for infinities."""
    result: list[Any] = []
    for value in values:
        try:
            result.append(int(value) if isinstance(value, float) else value)
        except (ValueError, OverflowError) as error:
            raise type(error)(
                f"{function}: {argument} holds {show(value)}, which dtype={dtype} cannot hold; use a float dtype"
            ) from None
    return result


def _packed(dtype: DType, values: list[Any], shape: tuple[int, ...]) -> Strided:
    return wrap_fresh(_native.pack(dtype.code, values, product(shape)), dtype, shape)


def _pack_integers(function: str, argument: str, values: list[Any], shape: tuple[int, ...]) -> Strided:
    """An array of Python integers: in int64, or in uint64 if they fit only that."""
    try:
        return _packed(int64, values, shape)
    except OverflowError:
        pass
    try:
        return _packed(uint64, values, shape)
    except OverflowError:
        least, most = min(values), max(values)
        numbers = (
            f"={show(least)} fits"
            if len(values) == 1
            else f" has integers from {show(least)} to {show(most)}, which fit"
        )
        raise OverflowError(f"{function}: {argument}{numbers} neither int64 nor uint64; use dtype=float64") from None


# --- nesting -------------------------------------------------------------------------------------------------------


class _Leaves:
    """What a walk through nested sequences collects: the scalars, and what decides the dtype of the array."""

    values: list[Any]
    kind: int  # the highest kind of the Python scalars; -1 if there are none
    strong: list[DType]  # the dtypes of the arrays in the sequences

    def __init__(self) -> None:
        self.values = []
        self.kind = -1
        self.strong = []


def _from_nested(function: str, argument: str, items: list[object], dtype: DType | None) -> Strided:
    shape = _discover(function, argument, items)
    leaves = _Leaves()
    _gather(function, items, shape, 0, leaves, argument)
    kind = leaves.kind
    if not leaves.strong:
        return _pack(function, argument, leaves.values, kind if kind >= 0 else _FLOAT, dtype, shape)
    strong = promote_all([*leaves.strong, _DEFAULTS[kind]] if kind >= 0 else leaves.strong)
    array = _pack(function, argument, leaves.values, kind, strong, shape)
    return array if dtype is None or dtype is strong else cast_to(function, argument, array, dtype)


def _discover(function: str, argument: str, items: list[object]) -> tuple[int, ...]:
    """The shape of nested sequences, read from the first item of every level."""
    shape: list[int] = [len(items)]
    current = items
    while current:
        first = current[0]
        if _scalar_kind(first) >= 0:
            break
        where = argument + "[0]" * len(shape)
        found = None if isinstance(first, (list, tuple)) else from_foreign(function, where, first, None)
        if found is not None:
            shape.extend(found._shape)
            break
        inner = _items(function, first)
        if inner is None:
            _refuse(function, where, first)
        shape.append(len(inner))
        current = inner
        check_rank(function, len(shape))  # at every level, because a list that contains itself has no end
    check_rank(function, len(shape))
    return tuple(shape)


def _gather(function: str, items: list[object], shape: tuple[int, ...], axis: int, leaves: _Leaves, where: str) -> None:
    """Adds the leaves of one sequence of shape shape[axis:]; a ValueError names the place where the shape differs."""
    last = axis + 1 == len(shape)
    for position in range(len(items)):
        item = items[position]
        kind = _scalar_kind(item)
        if kind >= 0:
            if not last:
                _ragged(function, f"{where}[{position}]", "a number", shape[axis + 1 :])
            leaves.values.append(item)
            if kind > leaves.kind:
                leaves.kind = kind
            continue
        found = None if isinstance(item, (list, tuple)) else from_foreign(function, f"{where}[{position}]", item, None)
        if found is not None:
            if found._shape != shape[axis + 1 :]:
                _ragged(function, f"{where}[{position}]", f"an array of shape {found._shape}", shape[axis + 1 :])
            leaves.values.extend(flat_list(found))
            leaves.strong.append(found._dtype)
            continue
        inner = _items(function, item)
        if inner is None:
            _refuse(function, f"{where}[{position}]", item)
        if last or len(inner) != shape[axis + 1]:
            _ragged(function, f"{where}[{position}]", f"a sequence of length {len(inner)}", shape[axis + 1 :])
        _gather(function, inner, shape, axis + 1, leaves, f"{where}[{position}]")


def _ragged(function: str, where: str, what: str, expected: tuple[int, ...]) -> NoReturn:
    wanted = f"shape {expected}" if expected else "a number"
    raise ValueError(
        f"{function}: ragged nested sequence: {where} is {what}, where those before it have {wanted}; "
        "make all sequences of one level the same length"
    )

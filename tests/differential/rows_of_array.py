"""The table's rows of class Array: operators forward, reflected and in place, indexing, methods and attributes."""

import copy
import math
import operator
import pickle
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np
from differential import rows_of_extensions, rows_of_shapes, rows_of_values  # noqa: F401  (before these rows)
from differential.comparing import Close, Near
from differential.inputs import ALL, BITS, FLOATS, NUMERIC, REAL, array, arrays, laid_out, special, values
from differential.table import TABLE, Arguments, Calls, along, one, rows, third

import raptors_xp as xp

OPERATORS = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "truediv": "divide",
    "floordiv": "floor_divide",
    "mod": "remainder",
    "pow": "pow",
    "and": "bitwise_and",
    "or": "bitwise_or",
    "xor": "bitwise_xor",
    "lshift": "bitwise_left_shift",
    "rshift": "bitwise_right_shift",
    "matmul": "matmul",
}
COMPARISONS = {
    "eq": "equal",
    "ne": "not_equal",
    "lt": "less",
    "le": "less_equal",
    "gt": "greater",
    "ge": "greater_equal",
}


def operation(name: str) -> Callable[..., Any]:
    """Of the operator module, where `and` and `or` have another name."""
    return getattr(operator, name + "_" if name in ("and", "or") else name)


# --- forward and reflected -------------------------------------------------------------------------------------------


def some(function: str, reflected: bool = False) -> Calls:
    """Calls of the function with an array first; reflected: with an array second."""

    def calls() -> Iterator[Arguments]:
        for arguments, keywords in third(TABLE[function].calls)():
            if isinstance(arguments[1 if reflected else 0], np.ndarray):
                yield arguments, keywords

    return calls


def reflected(name: str) -> Callable[..., Any]:
    """x1 + x2 for a scalar x1; of two arrays, what Python would ask if the first did not know the second."""

    def call(x1: Any, x2: Any) -> Any:
        return getattr(x2, f"__r{name}__")(x1) if isinstance(x1, xp.Array) else operation(name)(x1, x2)

    return call


for _name, _function in {**OPERATORS, **COMPARISONS}.items():
    _reference = TABLE[_function].reference
    rows(f"Array.__{_name}__", some(_function), _reference, ours=operation(_name), like=_function)
    if _name in OPERATORS:
        rows(f"Array.__r{_name}__", some(_function, True), _reference, ours=reflected(_name), like=_function)
for _name, _function in {"neg": "negative", "pos": "positive", "abs": "abs", "invert": "bitwise_invert"}.items():
    rows(f"Array.__{_name}__", TABLE[_function].calls, TABLE[_function].reference, ours=operation(_name))


# --- in place --------------------------------------------------------------------------------------------------------
#
# Every call makes an array of its own. Compared are its new elements and, with them set to 0, the memory around it. A
# slice stands for that part of the array itself, as the other operand or the value.

Target = tuple[str, tuple[int, ...], str]


def make(target: Target) -> tuple[np.ndarray, np.ndarray]:
    """A fresh array, and all the memory it is in."""
    name, shape, layout = target
    x = laid_out(values(name, int(np.prod(shape, dtype=int)), "powers" if name != "bool" else "ties"), shape, layout)
    assert x is not None
    return x, x if x.base is None else x.base


def in_place(name: str) -> Callable[..., Any]:
    def call(target: Target, other: Any) -> Any:
        memory, owner = make(target)
        x = xp.asarray(memory, copy=False)
        changed = operation(f"i{name}")(x, x[other] if isinstance(other, slice) else other)
        assert changed is x
        found = xp.asarray(x, copy=True)
        memory[...] = 0
        return found, xp.asarray(owner)

    return call


def into(reference: Callable[..., Any]) -> Callable[..., Any]:
    """What the operator gives, cast within its kind to the dtype of the array, which stays as the shape does."""

    def call(target: Target, other: Any) -> Any:
        x, owner = make(target)
        due = reference(x, x[other].copy() if isinstance(other, slice) else other)
        found = due.values if isinstance(due, (Close, Near)) else np.asarray(due)
        made = due.dtype if isinstance(due, Close) else found.dtype
        if not np.can_cast(made, x.dtype, "same_kind"):
            raise TypeError("another kind of dtype")
        if isinstance(due, Close):
            due = due._replace(dtype=x.dtype)
        elif made != x.dtype:
            cast = found.astype(x.dtype)
            due = due._replace(values=cast) if isinstance(due, Near) else cast
        if found.shape != x.shape:
            raise ValueError("another shape")
        x[...] = 0
        return due, owner

    return call


WRITABLE = ("C", "F", "reversed", "stepped", "shifted", "swapped")
SCALARS = (True, 2, 1.5, 1j)


def targets(function: str) -> Calls:
    names = {"bitwise_left_shift": BITS[1:], "bitwise_right_shift": BITS[1:], "divide": NUMERIC, "pow": NUMERIC}
    names |= dict.fromkeys(("bitwise_and", "bitwise_or", "bitwise_xor"), BITS)
    names |= dict.fromkeys(("floor_divide", "remainder"), REAL)

    def calls() -> Iterator[Arguments]:
        chosen = names.get(function, NUMERIC)
        for name, shape, layout in product(chosen, ((), (1,), (0,), (67,), (4, 4), (0, 3), (2, 3, 4)), WRITABLE):
            if laid_out(values(name, int(np.prod(shape, dtype=int)), "ties"), shape, layout) is None:
                continue
            target = (name, shape, layout)
            for other, kind in ((shape, "C"), (shape, "stepped"), (shape[1:], "C"), ((2, *shape), "C")):
                pool = "powers" if name != "bool" else "ties"
                y = array(name, other, kind if other else "C", pool)
                yield (target, np.abs(y) if function in ("pow", "bitwise_left_shift") and name in BITS else y), {}
            if shape and shape[0] > 1:
                yield (target, slice(None, None, -1)), {}
                yield (target, slice(1, 2)), {}
            for scalar in SCALARS:
                if not (name == "bool" and scalar is not True) and not (
                    function.startswith("bitwise") and scalar in (1.5, 1j)
                ):
                    yield (target, scalar), {}
        for name, other in product(chosen, chosen):
            y = array(other, (4, 4), "F", "powers" if other != "bool" else "ties")
            yield ((name, (4, 4), "C"), np.abs(y) if other in BITS else y), {}

    return calls


for _name, _function in OPERATORS.items():
    rows(
        f"Array.__i{_name}__",
        targets(_function),
        into(TABLE[_function].reference),
        ours=in_place(_name),
        like="in place",
    )


# --- indexing --------------------------------------------------------------------------------------------------------

KEYS: tuple[Any, ...] = (
    ...,
    (),
    0,
    -1,
    (1, -1),
    (..., 0),
    (0, ..., -1),
    None,
    (None, 0, None),
    (..., None),
    slice(None),
    slice(1, None),
    slice(None, None, -1),
    slice(-2, None, -2),
    slice(5, 1, -2),
    (slice(None), slice(None, None, 2)),
    (slice(None, None, -1), ..., slice(1, 3)),
    (slice(0, 0), 0),
    (0, 0, 0),
    (7, 0),
    (0, 0, 0, 0),
    np.asarray([0, -1, 1]),
    np.asarray([], np.int64),
    np.asarray([[0, 1], [1, 0]], np.int8),
    np.asarray(1, np.uint8),
    (np.asarray([0, 1]), np.asarray([1, 0])),
    (slice(None), np.asarray([0, 2, 2])),
    (np.asarray([0, 1]), slice(None), np.asarray([1, 2])),
    (np.asarray([[0], [1]]), np.asarray([0, 2])),
    (0, np.asarray([0, 1])),
    (..., np.asarray([-1, 0])),
    (None, np.asarray([0, 1])),
    np.asarray([9]),
    np.asarray([True, False]),
    np.asarray([False, True, True, False]),
    (slice(None), np.asarray([True, False, True])),
    (np.asarray([True, False]), np.asarray([0])),
    True,
    False,
    np.asarray(True),
)


def masks(x: np.ndarray) -> Iterator[Any]:
    """Masks of the array's own shape, and of its first axis."""
    yield array("bool", x.shape)
    yield np.zeros(x.shape, bool)
    if x.ndim > 1:
        yield array("bool", x.shape[:1])
        yield (slice(None), array("bool", x.shape[1:2]))


def read() -> Iterator[Arguments]:
    for x in arrays(ALL):
        for key in (*KEYS, *masks(x)):
            yield (x, key), {}


def written(target: Target, key: Any, value: Any) -> Any:
    memory, owner = make(target)
    x = xp.asarray(memory, copy=False)
    x[key] = x[value] if isinstance(value, slice) else value
    return xp.asarray(owner)


def written_by_numpy(target: Target, key: Any, value: Any) -> np.ndarray:
    x, owner = make(target)
    x[key] = x[value].copy() if isinstance(value, slice) else value
    return owner


def write() -> Iterator[Arguments]:
    for name, shape, layout in product(ALL, ((), (7,), (4, 5), (2, 3, 4), (0, 3)), WRITABLE):
        x = laid_out(values(name, int(np.prod(shape, dtype=int)), "ties"), shape, layout)
        if x is None:
            continue
        if shape:
            yield ((name, shape, layout), ..., slice(None, None, -1)), {}
            yield ((name, shape, layout), slice(1, None), slice(None, -1)), {}
            yield ((name, shape, layout), np.arange(shape[0]), slice(None, None, -1)), {}
        for key in (*KEYS, *masks(x)):
            if isinstance(key, np.ndarray) and key.size == 3:
                key = key[1:]  # writing an element twice, the last one wins in NumPy only
            yield ((name, shape, layout), key, True), {}
            try:
                part = x[key].shape
            except IndexError:
                continue
            yield ((name, shape, layout), key, array(name, part, "stepped" if part else "C", "ties")), {}
            yield (
                (
                    (name, shape, layout),
                    key,
                    array(
                        "bool" if name == "bool" else "uint8" if name in ("uint8", *FLOATS) else name,
                        part[1:],
                        "C",
                        "ties",
                    ),
                ),
                {},
            )


rows("Array.__getitem__", read, operator.getitem, views=True, ours=operator.getitem)
rows("Array.__setitem__", write, written_by_numpy, ours=written)
rows("Array.__len__", one(ALL), len, ours=len)
rows("Array.__iter__", one(ALL), list, views=True, ours=list)
rows(
    "Array.__contains__",
    lambda: (((x, value), {}) for x, value in product(arrays(ALL, "ties"), (1, 2.5, 77))),
    operator.contains,
    ours=operator.contains,
)


# --- one element -----------------------------------------------------------------------------------------------------


def single(names: tuple[str, ...]) -> Calls:
    def calls() -> Iterator[Arguments]:
        for name in names:
            for number, layout in product(range(special(name).size), ("C", "shifted", "one")):
                yield (laid_out(special(name)[number : number + 1], (), layout),), {}
        yield (array("float64", (4, 5)),), {}
        yield (array("int8", (1,)),), {}

    return calls


for _conversion in (bool, int, float, complex, operator.index):
    _name = f"Array.__{_conversion.__name__}__"
    rows(_name, single(REAL if _conversion in (int, float) else ALL), _conversion, ours=_conversion)
for _conversion in (round, math.trunc):
    rows(
        f"Array.__{_conversion.__name__}__",
        single(REAL),
        lambda x, conversion=_conversion: (
            conversion(float(x) if x.dtype.kind == "f" else int(x)) if x.ndim == 0 else round(x)
        ),
        ours=_conversion,
    )
rows("Array.item", single(ALL), np.ndarray.item, ours=xp.Array.item)
rows("Array.tolist", one(ALL), np.ndarray.tolist, ours=xp.Array.tolist)


# --- attributes and methods ------------------------------------------------------------------------------------------

for _name in ("T", "mT"):
    rows(f"Array.{_name}", one(ALL), operator.attrgetter(_name), views=True, ours=operator.attrgetter(_name))
for _name in ("dtype", "shape", "size", "ndim", "itemsize", "nbytes", "device"):
    rows(f"Array.{_name}", one(ALL), operator.attrgetter(_name), ours=operator.attrgetter(_name))
# Where there is one element, or none, no step is taken.
rows(
    "Array.strides",
    lambda: (((x,), {}) for x in arrays(ALL, shapes=((7,), (4, 5), (2, 3, 4)))),
    lambda x: x.strides,
    ours=lambda x: x.strides,
)
for _name in ("sum", "mean", "min", "max", "any", "all"):
    rows(
        f"Array.{_name}",
        along(FLOATS, "mixed", {}, {"keepdims": True}),
        TABLE[_name].reference,
        ours=getattr(xp.Array, _name),
        like=_name,
    )
rows("Array.astype", TABLE["astype"].calls, np.astype, views=True, ours=xp.Array.astype, like="astype")
rows(
    "Array.reshape",
    lambda: (((x, *shape), {}) for x, shape in product(arrays(ALL), (((-1,),), (-1,), (5, 4), ((3, -1),), (2, 1, -1)))),
    np.ndarray.reshape,
    views=True,
    ours=xp.Array.reshape,
)
for _name, _copy in {
    "copy": xp.Array.copy,
    "__copy__": copy.copy,
    "__deepcopy__": copy.deepcopy,
    "__reduce_ex__": lambda x: pickle.loads(pickle.dumps(x)),
}.items():
    rows(f"Array.{_name}", one(ALL), np.copy, ours=_copy)
rows("Array.to_device", one(ALL), lambda x: x, views=True, ours=lambda x: x.to_device(x.device))
rows("Array.__array_namespace__", one(ALL), lambda _: True, ours=lambda x: x.__array_namespace__() is xp)
rows("Array.__array__", one(ALL), lambda x: x, views=True, ours=lambda x: xp.asarray(x.__array__(), copy=False))
rows("Array.__dlpack__", one(ALL), lambda x: x, views=True, ours=lambda x: xp.asarray(np.from_dlpack(x), copy=False))
rows(
    "Array.__dlpack_device__",
    one(ALL),
    lambda x: tuple(map(int, x.__dlpack_device__())),
    ours=lambda x: x.__dlpack_device__(),
)

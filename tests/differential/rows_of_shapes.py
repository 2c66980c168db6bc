"""The table's rows of functions that pick, move and make elements, and of those about data types."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
from differential import references
from differential.inputs import (
    ALL,
    BITS,
    COMPLEX,
    FLOATING,
    FLOATS,
    LAYOUTS,
    NUMERIC,
    REAL,
    SHAPES,
    UNSIGNED,
    array,
    arrays,
    special,
)
from differential.table import KINDS, PAIRS, Arguments, Calls, both, one, rows, with_shapes

# --- picking and moving -----------------------------------------------------------------------------------------------


def picked(function: str) -> Calls:
    def calls() -> Iterator[Arguments]:
        for x in arrays(ALL):
            for axis in range(-x.ndim, x.ndim + 1):
                size = x.shape[axis] if axis < x.ndim else 1
                for kind, key in ((np.int64, [0, -1, 0]), (np.int8, []), (np.uint8, [size - 1]), (np.int64, [size])):
                    if (kind == np.uint8 and size == 0) or (x.size == 0 and key == [size]):
                        continue
                    indices = np.asarray(key, kind)
                    if function == "take_along_axis":
                        indices = indices.reshape((1,) * axis + (-1,) + (1,) * (x.ndim - axis - 1) if axis >= 0 else -1)
                    yield (x, indices), {"axis": axis}
        if function == "take":
            for x in arrays(ALL):
                yield (x, np.asarray([0, -1])), {}
            yield (array("int8", (4, 5)), np.asarray([[0, 1], [2, 3]])), {"axis": 0}
            yield (array("int8", (4, 5)), np.asarray(1)), {"axis": 0}
        else:
            x = array("float32", (4, 5), "swapped")
            yield (x, np.argsort(x, axis=-1)[:, ::-2]), {}

    return calls


rows("take", picked("take"))
rows("take_along_axis", picked("take_along_axis"))


def several(*options: dict[str, Any]) -> Calls:
    """Lists of arrays."""

    def calls() -> Iterator[Arguments]:
        for name, shape, layout in product(ALL, SHAPES, LAYOUTS):
            x, y = array(name, shape, layout), array(name, shape, "stepped" if shape else "C")
            if x is not None:
                for option in options:
                    yield ([x, y, x],), option
        for name, other in product(ALL, ALL):
            yield ((array(name, (4, 5)), array(other, (4, 5), "F")),), {}
        yield ([array("int8", (0, 3)), array("int8", (4, 3))],), {}
        yield ([array("int8", (4, 5)), array("int8", (4, 3))],), {"axis": 1}
        yield ([array("int8", (4, 5)), array("int8", (4, 3))],), {}
        yield ([],), {}

    return calls


AXES = (None, 0, 1, -1, -2, 2, -3, 3)
rows("concat", several({}, {"axis": None}, {"axis": 1}, {"axis": -1}, {"axis": 3}))
rows("stack", several({}, {"axis": 1}, {"axis": -1}, {"axis": -2}, {"axis": 4}, {"axis": -5}))
rows("unstack", with_shapes(((), {}), *(((), {"axis": axis}) for axis in AXES[1:])), views=True)
rows(
    "expand_dims",
    with_shapes(*(((), {"axis": axis}) for axis in (0, 1, -1, 3, -4, -5, (0, 1), (0, -1), (1, 3), (0, 0), ()))),
    views=True,
)
rows(
    "squeeze",
    with_shapes(((), {}), *(((), {"axis": axis}) for axis in (None, 0, -1, 1, (0, 2), (0, -1), (), 3, (0, 0)))),
    views=True,
)
rows(
    "permute_dims",
    with_shapes(*(((axes,), {}) for axes in ((), (0,), (-1,), (1, 0), (-1, 0), (2, 0, 1), (0, -1, 1), (0, 0), (1, 2)))),
    views=True,
)
rows(
    "moveaxis",
    with_shapes(
        *(
            (pair, {})
            for pair in ((0, -1), (-1, 0), (0, 0), (1, 2), ((0, 1), (-1, 0)), ((0, 2), (1, 0)), ((0,), (0, 1)))
        )
    ),
    views=True,
)
rows(
    "reshape",
    with_shapes(
        *(
            ((shape,), {})
            for shape in ((-1,), (), (67,), (5, 4), (3, -1), (0,), (2, 0, 3), (24,), (6, -1, 2), (2, 1, 3))
        ),
        ((), {"shape": (-1, 1), "copy": True}),
    ),
    views=True,
)
rows(
    "roll",
    with_shapes(
        *(
            (((by,), {"axis": axis}))
            for by, axis in (
                (1, None),
                (-2, 0),
                (9, -1),
                (0, 1),
                (3, None),
                ((1, -1), (0, 1)),
                ((1, 2), (0, 0)),
                (1, (0, 1)),
            )
        )
    ),
)


def repeated() -> Iterator[Arguments]:
    for x in arrays(ALL):
        for axis in (None, 0, -1, 2):
            for number in (0, 1, 3, np.asarray(2), np.asarray([2], np.int8), np.asarray([1, 0, 2, 1])):
                yield (x, number), {"axis": axis}
            if axis is None or -x.ndim <= axis < x.ndim:
                counts = np.arange(2 * (x.size if axis is None else x.shape[axis]))[::2] % 3
                yield (x, counts), {"axis": axis}


rows("repeat", repeated)
rows("tile", with_shapes(*(((counts,), {}) for counts in ((), (1,), (0,), (2,), (2, 3), (1, 2, 1), (2, 1, 0, 2)))))
rows(
    "broadcast_to",
    with_shapes(
        *(((shape,), {}) for shape in ((3,), (), (2, 67), (3, 4, 5), (0, 3), (2, 6, 3), (2, 0, 3), (7, 1), (2, 3, 4)))
    ),
    views=True,
)
rows("tril triu", with_shapes(((), {}), ((), {"k": 1}), ((), {"k": -2}), ((), {"k": 9}), ((), {"k": -9})))


def differences_along() -> Iterator[Arguments]:
    for x in arrays(NUMERIC):
        for axis, n in product(range(-x.ndim, x.ndim + 1), (0, 1, 2, 6)):
            if n > 0 or axis < x.ndim:
                yield (x,), {"axis": axis, "n": n}
        if x.ndim:
            edge = array(x.dtype.name, (*x.shape[:-1], 2), "stepped")
            yield (x,), {"prepend": edge}
            yield (x,), {"append": edge, "prepend": edge, "n": 2}
            yield (x,), {"append": array(x.dtype.name, (), "C"), "axis": 0}
        yield (x,), {}
        yield (x,), {"n": -1}


rows("diff", differences_along)


def lists_of_arrays() -> Iterator[Arguments]:
    for left, right in PAIRS:
        for name in ALL:
            x, y = array(name, left), array(name, right)
            yield (x, y), {}
            yield (y, array("float64", ()), x), {}
    yield (array("int8", (2, 3, 4)),), {}
    yield (array("int8", (4, 5)), array("int8", (3,))), {}
    yield (), {}


rows("broadcast_arrays", lists_of_arrays, views=True)
rows(
    "broadcast_shapes",
    lambda: (
        (pair, {})
        for pair in (*PAIRS, ((3,), (4,)), ((2, 3), (3,), (1, 1, 3)), ((0,), (2, 0)), ((0,), (3,)), ((),), ())
    ),
)


def grids() -> Iterator[Arguments]:
    for name, indexing in product(ALL, ("xy", "ij")):
        x = array(name, (7,), "reversed"), array(name, (1,)), array(name, (67,), "stepped"), array(name, (0,))
        for chosen in ((), x[:1], x[:2], x[2::-1], x[:4:3], (x[0], array(name, ()))):
            yield chosen, {"indexing": indexing}
    yield (array("int8", (7,)), array("int8", (67,))), {}


rows("meshgrid", grids, views=True)


# --- creation ---------------------------------------------------------------------------------------------------------

EXTENTS = (0, 1, 7, (), (0,), (3, 0), (2, 3, 4), -1, (2, -1))
rows("zeros ones", lambda: (((shape,), {"dtype": np.dtype(name)}) for shape, name in product(EXTENTS, ALL)))
rows(
    "empty",
    lambda: (((shape,), {"dtype": np.dtype(name)}) for shape, name in product(EXTENTS, ALL)),
    references.blank(np.empty),
)
rows(
    "zeros_like ones_like",
    both(one(ALL), lambda: (((array("int8", (4, 5), "F"),), {"dtype": np.dtype(name)}) for name in ALL)),
)
rows("empty_like", one(ALL), references.blank(np.empty_like))
FILLS = (False, True, 0, 3, -1, 2.5, float("nan"), 1 - 2j)


def filled() -> Iterator[Arguments]:
    for shape, value in product(EXTENTS, FILLS):
        yield (shape, value), {}
        for name in ALL:
            if np.dtype(name).kind in KINDS[type(value)]:
                yield (shape, value), {"dtype": np.dtype(name)}


def filled_like() -> Iterator[Arguments]:
    for x in arrays(ALL):
        for value in FILLS:
            if x.dtype.kind in KINDS[type(value)]:
                yield (x, value), {}
        yield (x, 1), {"dtype": np.complex64}


rows("full", filled)
rows("full_like", filled_like)
rows(
    "eye",
    lambda: (
        ((rows_, columns), {"k": k, "dtype": np.dtype(name)})
        for rows_, columns, k, name in product((0, 1, 4), (None, 0, 3, 6), (0, 1, -2, 9, -9), ALL)
    ),
)
ENDS = (
    (5,),
    (0,),
    (-3,),
    (2.5,),
    (1, 5),
    (5, 1),
    (5, 1, -1),
    (0, 10, 3),
    (10, 0, -3),
    (0.0, 1.0, 0.25),
    (1, 2, 0.3),
    (0, 1, 0.1),
    (3, 3),
    (0, 5, -1),
    (-2.5, 2.5, 0.5),
    (0, 3000),
)
rows(
    "arange",
    lambda: (
        (ends, {"dtype": dtype} if dtype else {})
        for ends, dtype in product(ENDS, (None, np.dtype("float32"), np.dtype("float64")))
    ),
    references.arange,
)
RAMPS = ((0, 1), (1, 0), (-2.5, 7.5), (0, 0), (5, 5), (-1e10, 1e10), (0.1, 0.7), (1 + 2j, -3j), (0, 1j))
rows(
    "linspace",
    lambda: (
        ((*ends, number), {"endpoint": endpoint, **({"dtype": np.dtype(name)} if name else {})})
        for ends, number, endpoint, name in product(RAMPS, (0, 1, 2, 7, 100), (True, False), (None, *FLOATING))
        if name in (None, *COMPLEX) or not any(isinstance(end, complex) for end in ends)
    ),
    references.linspace,
)


def to_arrays() -> Iterator[Arguments]:
    for x in arrays(ALL):
        yield (x,), {"copy": True}
    lists = (
        True,
        3,
        2.5,
        1j,
        [],
        [1, 2],
        [1, 2.5],
        [[True, False]],
        [[1], [2j]],
        ((1, 2), (3, 4)),
        [[]],
        [2**63, 2**64 - 1],
        [1, True],
    )
    for given in lists:
        yield (given,), {}
        for name in ALL:
            if np.asarray(given).dtype.kind in {"b": "b", "i": "iub", "u": "iub", "f": "iubf"}.get(
                np.dtype(name).kind, "iubfc"
            ):
                yield (given,), {"dtype": np.dtype(name)}
    for name, other in product(REAL, FLOATING):
        yield (array(name, (4, 5), "swapped", "whole"),), {"dtype": np.dtype(other)}


rows("asarray", to_arrays, np.asarray, views=True)
rows("from_dlpack", one(ALL), lambda x: x, views=True)


# --- data types -------------------------------------------------------------------------------------------------------

DTYPES = [np.dtype(name) for name in ALL]
WORDS = ("bool", "signed integer", "unsigned integer", "integral", "real floating", "complex floating", "numeric")


def casts() -> Iterator[Arguments]:
    for name, other in product(ALL, ALL):
        for x, options in (
            (array(name, (4, 5), "swapped", "whole"), {}),
            (array(name, (67,), "C", "whole"), {"copy": False}),
        ):
            if name in FLOATS and other in UNSIGNED:
                x = np.abs(x)  # of negative ones C says nothing, and processors differ
            yield (x, np.dtype(other)), options
        if name in BITS or other in (*FLOATING, "bool"):
            yield (special(name), np.dtype(other)), {}
    for x in arrays(ALL):
        yield (x, x.dtype), {}
        yield (x, x.dtype), {"copy": False}
        yield (x, np.complex128), {}


def kinds() -> Iterator[Arguments]:
    for dtype in DTYPES:
        for kind in (*WORDS, *DTYPES, (WORDS[0], np.dtype("float32")), ("integral", "real floating"), (), "number"):
            yield (dtype, kind), {}


def mixtures() -> Iterator[Arguments]:
    yield from ((pair, {}) for pair in product(DTYPES, DTYPES))
    for x, y in product(DTYPES, DTYPES):
        yield (array(x.name, (4, 5)), y), {}
    for scalar, dtype in product((True, 1, 2.5, 1j), DTYPES):
        yield (scalar, dtype), {}
        yield (array(dtype.name, (1,)), scalar, array("int8", ())), {}
    yield (), {}


rows("astype", casts, views=True)
rows("can_cast", lambda: ((pair, {}) for pair in (*product(DTYPES, DTYPES), (array("int8", (7,)), np.dtype("int16")))))
rows("isdtype", kinds)
rows("result_type", mixtures)
rows(
    "finfo",
    lambda: (((each,), {}) for each in (*DTYPES, array("float32", (7,)))),
    references.finfo,
    ours=references.our_finfo,
)
rows(
    "iinfo",
    lambda: (((each,), {}) for each in (*DTYPES, array("int16", (7,)))),
    references.iinfo,
    ours=references.our_iinfo,
)
rows(
    "__array_namespace_info__",
    lambda: [((), {})],
    references.namespace_info,
    ours=references.our_namespace_info,
)

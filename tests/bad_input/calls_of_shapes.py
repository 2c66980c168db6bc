"""Bad calls of functions that make, pick and move elements, and of those about data types."""

from typing import Any

import numpy as np
from bad_input.kinds import (
    ARRAY,
    COMPLEX,
    DEEP,
    DEVICE,
    DTYPE,
    EMPTY,
    FLAG,
    HUGE,
    INTEGER,
    INTEGERS,
    MASK,
    MATRIX,
    NOT_INTEGERS,
    REAL,
    SCALAR,
    SEVERAL_INTEGERS,
    SHAPE,
    TRANSPOSED,
    TWO,
    VECTOR,
    WIDE,
    Bad,
    Function,
    Strange,
    Values,
    and_none,
    axes,
    axis,
    both,
    but_none,
    function,
    of_dtypes,
    option,
    repeatable_axes,
)

import raptors_xp as xp


def among(values: Values) -> Values:
    """Wrong values as the last of several arrays."""
    return [((VECTOR, value), error) for value, error in values]


FILLS = [
    both(TypeError, "fill_value", "1j", "float64", "real", fill_value=1j, dtype=xp.float64),
    both(OverflowError, "fill_value=300", "int8", fill_value=300, dtype=xp.int8),
    both(OverflowError, "fill_value", "float32", fill_value=10**400, dtype=xp.float32),
    both(ValueError, "fill_value=nan", "int8", fill_value=float("nan"), dtype=xp.int8),
    both(ValueError, "fill_value=inf", "uint8", fill_value=float("inf"), dtype=xp.uint8),
    both(TypeError, "fill_value", "complex128", "int8", fill_value=xp.asarray(1j), dtype=xp.int8),
    both(ValueError, "fill_value", "(2,)", "(3,)", fill_value=TWO),
    *[both(TypeError, "fill_value", fill_value=each) for each in (None, "1", object(), {1: 2}, ["a"], Strange())],
]

SHAPE_OF_MEMORY: Values = [*SHAPE, (2**62, MemoryError), ((2**20,) * 3, MemoryError)]
NOT_COMPLEX: Values = [each for each in REAL if not isinstance(each[0], complex)]
NUMBER: Values = [each for each in REAL if each[1] is TypeError]


def nested(depth: int) -> list[Any]:
    """An empty list in a list in a list ..."""
    result: list[Any] = []
    for _ in range(depth - 1):
        result = [result]
    return result


NO_DTYPE: Values = [(each, TypeError) for each in ("float63", None, [1], object, 1.5, np.float16, Strange())]
ONE_AXIS = [
    both(ValueError, "x", "2 axes", "axis=None", x=WIDE, axis=None),
    both(ValueError, "x", "0 axes", "axis=None", x=SCALAR, axis=None),
]
ARRAYS_TO_JOIN: Values = [
    *[
        (each, TypeError)
        for each in (None, 3, VECTOR, (WIDE, None), [WIDE, [1]], (WIDE, 1.0), (WIDE, np.asarray([["a"]])))
    ],
    *[(each, ValueError) for each in ((), [])],
]
CALLS: dict[str, Function] = {
    "__array_namespace_info__": function({}),
    # --- creation
    **{
        name: function({"shape": (2, 3)}, shape=SHAPE_OF_MEMORY, dtype=DTYPE, device=DEVICE)
        for name in ("zeros", "ones", "empty")
    },
    "full": function({"shape": (3,), "fill_value": 1.0}, FILLS, shape=SHAPE_OF_MEMORY, dtype=DTYPE, device=DEVICE),
    **{
        name: function({"x": VECTOR}, x=ARRAY, dtype=DTYPE, device=DEVICE, shape=but_none(SHAPE_OF_MEMORY))
        for name in ("zeros_like", "ones_like", "empty_like")
    },
    "full_like": function(
        {"x": VECTOR, "fill_value": 1.0},
        FILLS,
        x=ARRAY,
        dtype=DTYPE,
        device=DEVICE,
        shape=but_none(SHAPE_OF_MEMORY),
    ),
    "asarray": function(
        {"obj": [1.0, 2.0]},
        [
            *[both(TypeError, "obj", obj=each) for each in (None, "1", object(), {1: 2}, {1}, Strange())],
            *[both(TypeError, "obj[1]", obj=[1, each]) for each in (None, "1", {1: 2})],
            *[both(TypeError, "obj[0]", obj=[each, 1]) for each in (None, "1", {1: 2})],
            both(TypeError, "obj", "float16", obj=np.ones(2, np.float16)),
            both(TypeError, "obj", "datetime64", obj=np.zeros(2, "M8[s]")),
            both(TypeError, "obj", "object", obj=np.asarray([None])),
            both(TypeError, "obj[1]", "float16", obj=[[1.0], np.ones(1, np.float16)]),
            both(ValueError, "obj[1]", "length 1", obj=[[1, 2], [1]]),
            both(ValueError, "obj[1]", "a number", obj=[[1, 2], 3]),
            both(ValueError, "obj[0][1]", obj=[[1, [2]]]),
            both(ValueError, "obj[1]", "(2,)", "(3,)", obj=[VECTOR, TWO]),
            both(OverflowError, "obj", "uint64", obj=2**64),
            both(OverflowError, "obj", "uint64", obj=[-1, 2**63]),
            both(OverflowError, "obj", "uint64", obj=[HUGE]),
            both(OverflowError, "obj=300", "int8", obj=300, dtype=xp.int8),
            both(OverflowError, "obj[...]=-1", "uint8", obj=[1, -1], dtype=xp.uint8),
            both(OverflowError, "obj[...]", "bits", "float64", obj=[[VECTOR[0]], [10**400]]),
            both(OverflowError, "obj", "float32", obj=10**400, dtype=xp.float32),
            both(OverflowError, "obj", "complex64", obj=[1.0, 10**400], dtype=xp.complex64),
            both(TypeError, "obj", "complex128", "float32", obj=[1j], dtype=xp.float32),
            both(TypeError, "obj", "complex128", "int8", obj=COMPLEX, dtype=xp.int8),
            both(ValueError, "obj", "copy=False", obj=[1.0], copy=False),
            both(ValueError, "obj", "copy=False", obj=1.0, copy=False),
            both(ValueError, "obj", "copy=False", "float64", "float32", obj=VECTOR, dtype=xp.float32, copy=False),
            both(ValueError, "obj", "copy=False", "byte order", obj=np.ones(2, ">f8"), copy=False),
            both(ValueError, "obj", "copy=False", "aligned", obj=np.ones(17, np.uint8)[1:].view("f8"), copy=False),
            both(ValueError, "obj", "copy=False", obj=np.float32(1), copy=False),
            both(ValueError, "65 axes", "64", obj=nested(66)),
        ],
        dtype=DTYPE,
        device=DEVICE,
        copy=but_none(FLAG),
    ),
    "from_dlpack": function(
        {"x": VECTOR},
        [
            *[both(AttributeError, "x", obj, x=each) for each, obj in (([1.0], "[1.0]"), (None, "None"), ("a", "'a'"))],
            both(ValueError, "x", "copy=False", "aligned", x=np.ones(17, np.uint8)[1:].view("f8"), copy=False),
        ],
        device=DEVICE,
        copy=but_none(FLAG),
    ),
    "arange": function(
        {"start": 0, "stop": 3, "step": 1},
        [
            *[both(ValueError, "step=0", step=each) for each in (0, 0.0, -0.0)],
            both(ValueError, "step=nan", step=float("nan")),
            both(ValueError, "stop=inf", stop=float("inf")),
            both(ValueError, "start=nan", start=float("nan")),
            both(MemoryError, "stop", stop=2**62),
            both(MemoryError, "stop", stop=HUGE),
            both(MemoryError, "start=-1180591620717411303424", start=-(2**70), dtype=xp.float64),
            both(OverflowError, "stop", stop=HUGE, step=0.5),
            both(OverflowError, "start", start=-(10**400), stop=1.5),
            both(OverflowError, "step", stop=1.5, step=10**400),
            both(MemoryError, "step=1e-300", stop=1e300, step=1e-300),
            both(MemoryError, "stop=1e+300", stop=1e300),
            both(OverflowError, "199", "int8", stop=200, dtype=xp.int8),
            both(OverflowError, "-1", "uint8", start=-1, stop=3, dtype=xp.uint8),
            both(OverflowError, "int64", start=2**64, stop=2**64 + 3),
        ],
        start=but_none(NUMBER),
        stop=but_none(NUMBER),
        step=NUMBER,
        dtype=DTYPE,
        device=DEVICE,
    ),
    "linspace": function(
        {"start": 0.0, "stop": 1.0, "num": 3},
        [
            both(ValueError, "num=-1", num=-1),
            both(ValueError, "num", num=-HUGE),
            both(MemoryError, "num=4611686018427387904", num=2**62),
            both(MemoryError, "num", num=HUGE),
            both(TypeError, "start to stop", "complex128", "float64", start=1j, dtype=xp.float64),
        ],
        start=NOT_COMPLEX,
        stop=NOT_COMPLEX,
        num=INTEGER,
        dtype=DTYPE,
        device=DEVICE,
        endpoint=FLAG,
    ),
    "eye": function(
        {"n_rows": 2, "n_cols": 3},
        [
            both(ValueError, "n_rows=-1", n_rows=-1),
            both(ValueError, "n_cols=-2", n_cols=-2),
            both(MemoryError, "n_rows=4611686018427387904", n_rows=2**62),
            both(MemoryError, "n_rows", n_rows=HUGE),
            both(MemoryError, "shape", n_rows=2**40, n_cols=2**40),
            both(MemoryError, "n_cols", n_cols=2**62),
        ],
        n_rows=INTEGER,
        n_cols=but_none(INTEGER),
        k=INTEGER,
        dtype=DTYPE,
        device=DEVICE,
    ),
    "tril": function({"x": MATRIX}, [both(ValueError, "x", "(3,)", x=VECTOR)], x=ARRAY, k=INTEGER),
    "triu": function({"x": MATRIX}, [both(ValueError, "x", "()", x=SCALAR)], x=ARRAY, k=INTEGER),
    "meshgrid": function(
        {"arrays": (VECTOR, INTEGERS)},
        [
            both(ValueError, "arrays[1]", "(2, 3)", arrays=(VECTOR, WIDE)),
            both(ValueError, "65 axes", "64", arrays=(VECTOR[:1],) * 65),
            both(MemoryError, "shape", arrays=(xp.broadcast_to(VECTOR[0], (2**20,)),) * 4),
        ],
        arrays=among(ARRAY),
        indexing=option("yx", None),
    ),
    # --- data types
    "astype": function(
        {"x": VECTOR, "dtype": xp.float32},
        [both(TypeError, "x", "complex128", "int8", "imaginary", x=COMPLEX, dtype=xp.int8)],
        x=ARRAY,
        dtype=and_none(DTYPE),
        copy=FLAG,
        device=DEVICE,
        order=option("Q", None),
        casting=option("some", None),
        subok=FLAG,
    ),
    "can_cast": function({"from_": xp.int8, "to": xp.int16}, from_=NO_DTYPE, to=and_none(DTYPE)),
    "finfo": function({"type": xp.float32}, [both(TypeError, "type", "int8", type=xp.int8)], type=NO_DTYPE),
    "iinfo": function({"type": xp.int8}, [both(TypeError, "type", "float64", type=VECTOR)], type=NO_DTYPE),
    "isdtype": function(
        {"dtype": xp.int8, "kind": "integral"},
        [
            *[both(ValueError, "kind='integer'", kind=each) for each in ("integer", ("bool", "integer"))],
            *[both(TypeError, "kind", kind=each) for each in (3, None, ["bool"], ("bool", 3), object)],
        ],
        dtype=and_none(DTYPE),
    ),
    "result_type": function(
        {"arrays_and_dtypes": (VECTOR, xp.int8, 1)},
        [
            both(TypeError, "arrays_and_dtypes=()", arrays_and_dtypes=()),
        ],
        arrays_and_dtypes=[
            ((xp.int8, each), TypeError) for each in ("float63", None, [1], object, np.float16, Strange())
        ],
    ),
    # --- manipulation
    "broadcast_arrays": function(
        {"arrays": (VECTOR, SCALAR)},
        [both(ValueError, "(3,)", "(2, 2)", arrays=(VECTOR, MATRIX))],
        arrays=among(ARRAY),
    ),
    "broadcast_shapes": function(
        {"shapes": ((2, 1), (3,))},
        [
            both(ValueError, "(2,)", "(3,)", shapes=((2,), (3,))),
            *[Bad({"shapes": ((2, 3), value)}, error, ("shape",)) for value, error in SHAPE],
        ],
    ),
    "broadcast_to": function(
        {"x": VECTOR, "shape": (2, 3)},
        [
            both(ValueError, "x", "(3,)", "shape=(2, 2)", shape=(2, 2)),
            both(ValueError, "x", "(2, 3)", "shape=(3,)", x=WIDE, shape=(3,)),
        ],
        x=ARRAY,
        shape=SHAPE,
    ),
    "concat": function(
        {"arrays": (WIDE, WIDE)},
        [
            both(ValueError, "arrays[1]", "(2, 2)", "(2, 3)", arrays=(WIDE, MATRIX)),
            both(ValueError, "arrays[1]", "(3,)", "(2, 3)", arrays=(WIDE, VECTOR)),
            both(IndexError, "axis=0", arrays=(SCALAR,)),
            both(MemoryError, "shape", arrays=(xp.broadcast_to(SCALAR, (2**59,)),) * 2),
        ],
        arrays=ARRAYS_TO_JOIN,
        axis=axis(2),
    ),
    "stack": function(
        {"arrays": (WIDE, WIDE)},
        [
            both(ValueError, "arrays[1]", "(2, 2)", "(2, 3)", arrays=(WIDE, MATRIX)),
            both(ValueError, "65 axes", "64", arrays=(DEEP,)),
        ],
        arrays=ARRAYS_TO_JOIN,
        axis=and_none(axis(3)),
    ),
    "unstack": function({"x": WIDE}, [both(IndexError, "axis=0", x=SCALAR)], x=ARRAY, axis=and_none(axis(2))),
    "expand_dims": function(
        {"x": WIDE, "axis": 0},
        [
            *[both(IndexError, "axis=" + str(each), axis=each) for each in (3, -4)],
            both(IndexError, "axis=4", axis=(0, 4)),
            *[both(ValueError, "is repeated in axis", axis=each) for each in ((0, 0), (0, -4))],
            both(ValueError, "65 axes", "64", x=DEEP),
            both(ValueError, "72 axes", "64", axis=tuple(range(70))),
        ],
        x=ARRAY,
        axis=SEVERAL_INTEGERS,
    ),
    "squeeze": function(
        {"x": xp.reshape(VECTOR, (1, 3, 1)), "axis": (0, 2)},
        [both(ValueError, "axis=1", "size 3", "(1, 3, 1)", axis=each) for each in (1, (0, 1), -2)],
        x=ARRAY,
        axis=but_none(axes(3)),
    ),
    "permute_dims": function(
        {"x": WIDE, "axes": (1, 0)},
        [both(ValueError, "axes=(0,)", "1 of 2", axes=(0,)), both(ValueError, "axes=()", "0 of 2", axes=())],
        x=ARRAY,
        axes=and_none(axes(2)),
    ),
    "moveaxis": function(
        {"x": WIDE, "source": 0, "destination": 1},
        [both(ValueError, "source=(0, 1)", "destination=1", source=(0, 1))],
        x=ARRAY,
        source=and_none(axes(2)),
        destination=and_none(axes(2)),
    ),
    "flip": function({"x": WIDE}, x=ARRAY, axis=axes(2)),
    "reshape": function(
        {"x": WIDE, "shape": (3, 2)},
        [
            *[
                both(ValueError, "x", "6 elements", "shape", shape=each)
                for each in (5, (4, -1), (2, 2), (7,), HUGE, 0, (0, -1))
            ],
            *[both(ValueError, "shape", shape=each) for each in (-2, (-1, -1), (3, -2), -HUGE)],
            both(ValueError, "66 axes", "64", shape=(6, *[1] * 65)),
            both(MemoryError, "shape", x=EMPTY, shape=(0, 2**40, 2**40)),
            both(ValueError, "copy=False", "x", "(2, 3)", "shape=(6,)", x=TRANSPOSED, shape=(6,), copy=False),
        ],
        x=ARRAY,
        shape=[each for each in SHAPE if each[1] is TypeError],
        copy=but_none(FLAG),
        order=option(None),
    ),
    "roll": function(
        {"x": WIDE, "shift": 1, "axis": 0},
        [
            both(ValueError, "shift=(1, 2)", "axis", shift=(1, 2), axis=None),
            both(ValueError, "shift=(1, 2, 3)", "axis=(0, 1)", shift=(1, 2, 3), axis=(0, 1)),
        ],
        x=ARRAY,
        shift=SEVERAL_INTEGERS,
        axis=repeatable_axes(2),
    ),
    "repeat": function(
        {"x": VECTOR, "repeats": 2, "axis": 0},
        [
            both(ValueError, "repeats=-1", repeats=-1),
            both(ValueError, "repeats", repeats=-HUGE),
            both(ValueError, "repeats", "-1", repeats=xp.asarray([1, -1, 2])),
            both(ValueError, "repeats", "(2,)", repeats=xp.asarray([1, 2])),
            both(ValueError, "repeats", "(1, 3)", repeats=xp.asarray([[1, 2, 3]])),
            both(TypeError, "repeats", "float64", repeats=VECTOR),
            both(TypeError, "repeats", "bool", repeats=MASK),
            both(MemoryError, "shape", repeats=2**62),
            both(MemoryError, "shape", repeats=HUGE),
            both(MemoryError, "shape", repeats=xp.asarray([2**61, 2**61, 2**61])),
            both(MemoryError, "shape", repeats=xp.asarray([2**45, 2**45, 2**45])),
        ],
        x=ARRAY,
        repeats=[each for each in INTEGER if each[0] is not VECTOR],
        axis=axis(1),
    ),
    "tile": function(
        {"x": VECTOR, "repetitions": (2, 1)},
        [
            *[both(ValueError, "repetitions", repetitions=each) for each in (-1, (2, -1), (-HUGE,))],
            *[both(MemoryError, "shape", repetitions=each) for each in (2**62, (2**40, 2**40), HUGE)],
            both(ValueError, "66 axes", "64", repetitions=(1,) * 66),
        ],
        x=ARRAY,
        repetitions=SEVERAL_INTEGERS,
    ),
    # --- indexing
    "take": function(
        {"x": VECTOR, "indices": INTEGERS},
        [
            *ONE_AXIS,
            *of_dtypes("indices", (2,), NOT_INTEGERS),
            *[both(IndexError, f"index {each}", "axis 0", "size 3", indices=xp.asarray([0, each])) for each in (3, -4)],
            both(IndexError, "index 3", "axis 0", "size 3", indices=3),
            both(IndexError, "index 0", "size 0", x=VECTOR[:0], indices=xp.asarray([0])),
        ],
        x=ARRAY,
        indices=[(each, error) for each, error in ARRAY if not isinstance(each, list)],
        axis=axis(1),
    ),
    "take_along_axis": function(
        {"x": WIDE, "indices": xp.asarray([[0], [2]])},
        [
            both(ValueError, "(2, 3)", "indices", "(3,)", "axes", indices=INTEGERS),
            both(ValueError, "(2, 3)", "(3, 1)", indices=xp.asarray([[0], [1], [2]])),
            *of_dtypes("indices", (2, 1), NOT_INTEGERS),
            both(IndexError, "index 3", "axis 1", "size 3", indices=xp.asarray([[0], [3]])),
        ],
        x=ARRAY,
        indices=ARRAY,
        axis=and_none(axis(2)),
    ),
    "nonzero": function({"x": VECTOR}, [both(ValueError, "x", "()", x=SCALAR)], x=ARRAY),
}

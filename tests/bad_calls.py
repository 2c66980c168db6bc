"""A call that works and calls that must not, for every function: the table of test_bad_input.py.

An entry is a function's good arguments by parameter, and for each parameter the kind of argument that it takes: the
values that this kind does not take, with the error and what its message must say besides function and parameter.
"""

from typing import Any, NamedTuple

import numpy as np

import raptors_xp as xp


class Bad(NamedTuple):
    """Arguments that replace good ones, the error they deserve, and what its message must say."""

    arguments: dict[str, Any]
    error: type[Exception]
    words: tuple[str, ...]


class Function(NamedTuple):
    """A call that works, and those that do not."""

    good: dict[str, Any]
    bad: list[Bad]


# --- arrays that calls are made of -----------------------------------------------------------------------------------

VECTOR = xp.asarray([3.0, 1.0, 2.0])
MATRIX = xp.asarray([[4.0, 0.0], [2.0, 3.0]])
WIDE = xp.asarray([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
STACK = xp.asarray([[[2.0, 1.0], [1.0, 2.0]], [[1.0, 1.0], [1.0, 1.0]], [[3.0, 0.0], [0.0, 1.0]]])
SINGULAR = xp.asarray([[1.0, 2.0], [2.0, 4.0]])
NEGATIVE = xp.asarray([[-1.0, 0.0], [0.0, 1.0]])
NOT_FINITE = xp.asarray([[float("nan"), 1.0], [1.0, float("inf")]])
INTEGERS = xp.asarray([2, 0, 1])
SMALL = xp.asarray([1, 2, 3], dtype=xp.int8)
MASK = xp.asarray([True, False, True])
COMPLEX = xp.asarray([1j, 2.0, 3.0])
SCALAR = xp.asarray(1.5)
EMPTY = xp.asarray([[], []])
CUBE = xp.reshape(xp.arange(12.0), (2, 3, 2))
DEEP = xp.reshape(xp.asarray([5.0, 6.0]), (1,) * 63 + (2,))
TRANSPOSED = xp.reshape(xp.arange(6.0), (3, 2)).T
READONLY = xp.broadcast_to(xp.asarray(7.0), (3,))
ARRAYS = {name: value for name, value in list(globals().items()) if isinstance(value, xp.Array)}
HUGE = 10**5000  # more digits than Python prints


class Strange:
    """No array, no number, and its repr fails."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")


# --- kinds of arguments: values that they are not, with the error ----------------------------------------------------

Values = list[tuple[Any, type[Exception]]]

NOT_ARRAYS: Values = [(each, TypeError) for each in (None, "text", [1, 2], np.ones(2), object, {1: 2}, Strange())]
ARRAY: Values = [*NOT_ARRAYS, (1.5, TypeError), (True, TypeError)]
OPERAND: Values = NOT_ARRAYS
INTEGER: Values = [(each, TypeError) for each in (0.5, 2.0, "1", None, True, [1], 1j, VECTOR, np.float64(1), Strange())]
INTEGER_OR_NONE: Values = [each for each in INTEGER if each[0] is not None]
FLAG: Values = [(each, TypeError) for each in (None, 0, 1, "yes", 1.0, [True], MASK, np.True_)]
FLAG_OR_NONE: Values = FLAG[1:]
REAL: Values = [(each, TypeError) for each in (None, "1", 1j, True, [1.0], VECTOR, Strange())]
REAL += [(10**400, OverflowError), (HUGE, OverflowError)]
DTYPE: Values = [
    (each, TypeError) for each in ("float64", "f8", 3, np.float16, np.dtype("U1"), np.dtype(">f8"), object, str, VECTOR)
]
DTYPE_NOT_NONE: Values = [*DTYPE, (None, TypeError)]
DEVICE: Values = [(each, ValueError) for each in ("gpu", "CPU", 0, ("cpu",), np.asarray(["cpu", "cpu"]), VECTOR)]
SHAPE: Values = [
    *[(each, TypeError) for each in (2.0, "3", None, (1, 2.0), True, (2, True), {2, 3}, {2: 3}, VECTOR, b"ab", 1j)],
    *[(each, ValueError) for each in (-1, (2, -1), (1,) * 65, (-(2**70), 2), -HUGE)],
    *[(each, MemoryError) for each in (2**70, (2**40, 2**40), (2**70, 0), (0, 2**40, 2**40), HUGE)],
]


def axis(rank: int) -> Values:
    """What is no axis of an array of that rank."""
    wrong: Values = [(each, IndexError) for each in (rank, -rank - 1, 2**70, -HUGE)]
    return wrong + [(each, TypeError) for each in (0.5, "0", True, (0,), [0], 0j, VECTOR, Strange())]


def axis_not_none(rank: int) -> Values:
    """As axis, where None is no axis."""
    return [*axis(rank), (None, TypeError)]


def axes(rank: int) -> Values:
    """What are no axes of an array of that rank, one or several."""
    wrong: Values = [(each, IndexError) for each in (rank, -rank - 1, 2**70, (0, rank), [-rank - 1, 0], (0, HUGE))]
    wrong += [(each, ValueError) for each in ((0, 0), (0, -rank), tuple(range(rank)) * 2)]
    return wrong + [(each, TypeError) for each in (0.5, "0", True, (0, True), (0, 1.0), (None,), {0}, {0: 1}, VECTOR)]


def repeatable_axes(rank: int) -> Values:
    """As axes, where one may come twice."""
    return [each for each in axes(rank) if each[1] is not ValueError]


def option(*others: Any) -> Values:
    """What is none of a parameter's options."""
    return [(each, ValueError) for each in ("nonsense", "", 3, ["left"], np.asarray(["a", "b"]), VECTOR, *others)]


def function(good: dict[str, Any], bad: list[Bad] | None = None, /, **kinds: Values) -> Function:
    """An entry: all values that the kinds of the parameters rule out, and special ones."""
    entries = [Bad({name: value}, error, (name,)) for name, values in kinds.items() for value, error in values]
    return Function(good, entries + (bad or []))


def unary(x: xp.Array[Any] = VECTOR) -> Function:
    """A function of one array."""
    return function({"x": x}, x=ARRAY)


def both(error: type[Exception], *words: str, **arguments: Any) -> Bad:
    """Arguments that are wrong together."""
    return Bad(arguments, error, words)


UNFIT = both(ValueError, "(3,)", "(2, 2)", "equal", x1=VECTOR, x2=MATRIX)


def binary(*more: Bad) -> Function:
    """A function of two arrays or Python scalars."""
    special = [
        UNFIT,
        both(TypeError, "x1=1", "x2=2.5", "Python scalars", x1=1, x2=2.5),
        *more,
    ]
    return function({"x1": VECTOR, "x2": VECTOR}, special, x1=OPERAND, x2=OPERAND)


# Python ints that the array's dtype does not hold; some functions make floats of integers first.
FLOAT_RANGES = [
    both(OverflowError, "x2", "1329 bits", "float64", x1=VECTOR, x2=10**400),
    both(OverflowError, "x1", "float64", x1=HUGE, x2=VECTOR),
]
RANGES = [
    *FLOAT_RANGES,
    both(OverflowError, "x2=128", "int8", "-128 to 127", x1=SMALL, x2=128),
    both(OverflowError, "x1=-129", "int8", "-128 to 127", x1=-129, x2=SMALL),
    both(OverflowError, "x2", "int64", x1=INTEGERS, x2=HUGE),
]


def reduction(*more: Bad, **kinds: Values) -> Function:
    """A function over axes."""
    return function({"x": WIDE}, list(more), x=ARRAY, axis=axes(2), keepdims=FLAG, **kinds)


def choice(*more: Bad) -> Function:
    """argmax and argmin."""
    nothing = [
        both(ValueError, "axis 1", "(2, 0)", "no elements", x=EMPTY, axis=1),
        both(ValueError, "x", "(2, 0)", "no elements", x=EMPTY),
        both(IndexError, "axis=0", "no axes", x=SCALAR, axis=0),
    ]
    return function({"x": WIDE}, [*nothing, *more], x=ARRAY, axis=axis(2), keepdims=FLAG)


NOTHING = [
    both(ValueError, "axis 1", "x", "(2, 0)", "no elements", x=EMPTY, axis=1),
    both(ValueError, "axis 1", "x", "(2, 0)", "no elements", x=EMPTY, axis=(0, 1)),
    both(ValueError, "axis 1", "x", "(2, 0)", "no elements", x=EMPTY),
]
REAL_SUM = both(TypeError, "x", "complex128", "dtype=float64", x=COMPLEX, dtype=xp.float64)


def cumulative() -> Function:
    """A running sum or product."""
    special = [
        REAL_SUM,
        both(ValueError, "x", "2 axes", "axis=None", x=WIDE),
        both(ValueError, "x", "0 axes", "axis=None", x=SCALAR),
    ]
    return function({"x": VECTOR}, special, x=ARRAY, axis=axis(1), dtype=DTYPE, include_initial=FLAG)


def sorting() -> Function:
    """sort and argsort."""
    special = [both(IndexError, "axis=-1", "no axes", x=SCALAR)]
    return function({"x": WIDE}, special, x=ARRAY, axis=axis_not_none(2), descending=FLAG, stable=FLAG)


def alike() -> Function:
    """A creation function with an array for its shape."""
    return function({"x": VECTOR}, x=ARRAY, dtype=DTYPE, device=DEVICE)


FILLS = [
    both(TypeError, "fill_value", "1j", "float64", "real", fill_value=1j, dtype=xp.float64),
    both(OverflowError, "fill_value=300", "int8", fill_value=300, dtype=xp.int8),
    both(OverflowError, "fill_value", "float32", fill_value=10**400, dtype=xp.float32),
    both(ValueError, "fill_value=nan", "int8", fill_value=float("nan"), dtype=xp.int8),
    both(ValueError, "fill_value=inf", "uint8", fill_value=float("inf"), dtype=xp.uint8),
    both(TypeError, "fill_value", "complex128", "int8", fill_value=xp.asarray(1j), dtype=xp.int8),
    both(ValueError, "fill_value", "(2,)", "(3,)", fill_value=xp.asarray([1.0, 2.0])),
    *[both(TypeError, "fill_value", fill_value=each) for each in (None, "1", object(), {1: 2}, ["a"], Strange())],
]

NOT_INTEGERS = ("bool", "float32", "float64", "complex64", "complex128")
SHAPE_OF_MEMORY: Values = [*SHAPE, (2**62, MemoryError), ((2**20,) * 3, MemoryError)]
NOT_COMPLEX: Values = [each for each in REAL if not isinstance(each[0], complex)]
NOT_ORDERS: Values = [each for each in REAL if each[0] is not None and not isinstance(each[0], str)]
NUMBER: Values = [each for each in REAL if each[1] is TypeError]
ONLY_INTEGERS: Values = [
    (each, TypeError) for each in (0.5, "01", True, (0, True), (0, 1.0), (None,), {0}, {0: 1}, VECTOR, b"ab", Strange())
]
BAD_SHAPES = [Bad({"shapes": ((2, 3), value)}, error, ("shape",)) for value, error in SHAPE]

PRODUCT = function(
    {"x1": WIDE, "x2": VECTOR},
    [
        both(ValueError, "x1", "()", x1=SCALAR),
        both(ValueError, "x2", "()", x2=SCALAR),
        both(ValueError, "(2, 3)", "(2, 2)", "x1", "x2", x2=MATRIX),
        both(ValueError, "(2, 3)", "(2,)", "x1", "x2", x2=xp.asarray([1.0, 2.0])),
        both(ValueError, "(3,)", "(2,)", x1=STACK, x2=STACK[:2]),
        both(MemoryError, "shape", x1=xp.broadcast_to(SCALAR, (2**40, 1)), x2=xp.broadcast_to(SCALAR, (1, 2**40))),
    ],
    x1=ARRAY,
    x2=ARRAY,
)
TENSORDOT = function(
    {"x1": WIDE, "x2": CUBE, "axes": 2},
    [
        *[both(ValueError, "axes=" + str(each), axes=each) for each in (3, -1)],
        both(ValueError, "axes", axes=HUGE),
        both(ValueError, "(2, 3)", "(2, 3, 2)", "axis 1", "x1", "x2", axes=1),
        both(ValueError, "axes=((0, 1), (0,))", axes=((0, 1), (0,))),
        both(ValueError, "twice in axes", axes=((0, 0), (0, 1))),
        both(IndexError, "axes=2", axes=((2,), (0,))),
        both(IndexError, "axes=-4", axes=((0,), (-4,))),
        both(ValueError, "66 axes", x1=DEEP, x2=xp.ones((1, 1)), axes=0),
        both(MemoryError, "shape", x1=xp.broadcast_to(SCALAR, (2**40,)), x2=xp.broadcast_to(SCALAR, (2**40,)), axes=0),
    ],
    x1=ARRAY,
    x2=ARRAY,
    axes=[
        (each, TypeError)
        for each in (
            None,
            1.5,
            "12",
            True,
            (1,),
            ((0,), (1,), (2,)),
            ((0.5,), (0,)),
            ((True,), (0,)),
            (None, 0),
            VECTOR,
            {0, 1},
        )
    ],
)
VECDOT = function(
    {"x1": WIDE, "x2": VECTOR},
    [
        both(ValueError, "(2, 2)", "(3,)", "axis=-1", x1=MATRIX),
        both(ValueError, "(4,)", "(2,)", x1=xp.ones((4, 3)), x2=WIDE),
        both(ValueError, "x1", "()", x1=SCALAR),
        both(ValueError, "x2", "()", x2=SCALAR),
        both(ValueError, "axis=1", "(2, 3)", "(3,)", axis=1),
        both(IndexError, "axis=2", x2=WIDE, axis=2),
        both(IndexError, "axis=-2", "(2, 3)", "(3,)", axis=-2),
    ],
    x1=ARRAY,
    x2=ARRAY,
    axis=[*INTEGER],
)

# --- the main namespace ----------------------------------------------------------------------------------------------

UNARY = """abs acos acosh asin asinh atan atanh ceil conj cos cosh exp expm1 floor isfinite isinf isnan log log10 log1p
    log2 logical_not negative positive real reciprocal round sign signbit sin sinh sqrt square tan tanh trunc unique_all
    unique_counts unique_inverse unique_values"""
IN_ONE_DTYPE = "add floor_divide maximum minimum multiply remainder subtract"
IN_FLOATS = "atan2 copysign divide hypot logaddexp nextafter"
COMPARING = "equal greater greater_equal less less_equal logical_and logical_or logical_xor not_equal"
BITWISE = "bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor"


def nested(depth: int) -> list[Any]:
    """An empty list in a list in a list ..."""
    result: list[Any] = []
    for _ in range(depth - 1):
        result = [result]
    return result


def among(values: Values, *before: Any) -> Values:
    """Wrong values as the last of several."""
    return [((*before, value), error) for value, error in values]


def not_none(values: Values) -> Values:
    """The values but None, which is allowed."""
    return [each for each in values if each[0] is not None]


NO_DTYPE: Values = [(each, TypeError) for each in ("float64", None, [1], object, 1.5, np.float16, Strange())]
ONE_AXIS = [
    both(ValueError, "x", "2 axes", "axis=None", x=WIDE, axis=None),
    both(ValueError, "x", "0 axes", "axis=None", x=SCALAR, axis=None),
]
ARRAYS_TO_JOIN: Values = [
    *[(each, TypeError) for each in (None, 3, VECTOR, (WIDE, None), [WIDE, [1]], (WIDE, 1.0), (WIDE, np.ones((2, 3))))],
    *[(each, ValueError) for each in ((), [])],
]

TABLE: dict[str, Function] = {
    "__array_namespace_info__": function({}),
    **{name: unary() for name in UNARY.split()},
    "bitwise_invert": unary(INTEGERS),
    "imag": unary(COMPLEX),
    "nonzero": function({"x": VECTOR}, [both(ValueError, "x", "()", x=SCALAR)], x=ARRAY),
    "matrix_transpose": function({"x": MATRIX}, [both(ValueError, "x", "(3,)", x=VECTOR)], x=ARRAY),
    **{name: binary(*RANGES) for name in IN_ONE_DTYPE.split()},
    **{name: binary(*FLOAT_RANGES) for name in IN_FLOATS.split()},
    **{name: binary() for name in COMPARING.split()},
    **{
        name: function(
            {"x1": INTEGERS, "x2": INTEGERS},
            [
                both(ValueError, "(3,)", "(2,)", "equal", x1=INTEGERS, x2=xp.asarray([1, 2])),
                both(TypeError, "x1=1", "x2=True", "Python scalars", x1=1, x2=True),
                both(OverflowError, "x2=128", "int8", "-128 to 127", x1=SMALL, x2=128),
            ],
            x1=OPERAND,
            x2=OPERAND,
        )
        for name in BITWISE.split()
    },
    "pow": binary(
        *RANGES,
        both(ValueError, "x2", "int64", x1=INTEGERS, x2=-1),
        both(ValueError, "x2", "int64", x1=INTEGERS, x2=xp.asarray([1, -1, 2])),
        both(ValueError, "x2", "int8", x1=2, x2=xp.asarray([1, -1], dtype=xp.int8)),
    ),
    "clip": function(
        {"x": VECTOR, "min": 0.0, "max": 2.0},
        [
            both(ValueError, "(3,)", "(2,)", min=xp.asarray([1.0, 2.0])),
            both(ValueError, "(3,)", "(2,)", max=xp.asarray([1.0, 2.0])),
            both(OverflowError, "min=128", "int8", x=SMALL, min=128, max=None),
            both(OverflowError, "max=-129", "int8", x=SMALL, min=None, max=-129),
            both(OverflowError, "max", "float64", max=10**400),
            both(TypeError, "complex128", "x", "min", "max", min=1j),
            both(TypeError, "complex128", "x", "min", "max", max=COMPLEX),
        ],
        x=ARRAY,
        min=not_none(OPERAND),
        max=not_none(OPERAND),
    ),
    # --- creation
    "zeros": function({"shape": (2, 3)}, shape=SHAPE_OF_MEMORY, dtype=DTYPE, device=DEVICE),
    "ones": function({"shape": (2, 3)}, shape=SHAPE_OF_MEMORY, dtype=DTYPE, device=DEVICE),
    "empty": function({"shape": (2, 3)}, shape=SHAPE_OF_MEMORY, dtype=DTYPE, device=DEVICE),
    "full": function({"shape": (3,), "fill_value": 1.0}, FILLS, shape=SHAPE_OF_MEMORY, dtype=DTYPE, device=DEVICE),
    "zeros_like": alike(),
    "ones_like": alike(),
    "empty_like": alike(),
    "full_like": function({"x": VECTOR, "fill_value": 1.0}, FILLS, x=ARRAY, dtype=DTYPE, device=DEVICE),
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
            both(ValueError, "obj[1]", "(2,)", "(3,)", obj=[VECTOR, xp.asarray([1.0, 2.0])]),
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
        copy=FLAG_OR_NONE,
    ),
    "from_dlpack": function(
        {"x": VECTOR},
        [
            *[both(AttributeError, "x", obj, x=each) for each, obj in (([1.0], "[1.0]"), (None, "None"), ("a", "'a'"))],
            both(ValueError, "x", "copy=False", "aligned", x=np.ones(17, np.uint8)[1:].view("f8"), copy=False),
        ],
        device=DEVICE,
        copy=FLAG_OR_NONE,
    ),
    "arange": function(
        {"start": 0, "stop": 3, "step": 1},
        [
            *[both(ValueError, "step=0", step=each) for each in (0, 0.0, -0.0)],
            *[both(ValueError, "step=nan", step=each) for each in (float("nan"),)],
            *[both(ValueError, "stop=inf", stop=each) for each in (float("inf"),)],
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
        start=not_none(NUMBER),
        stop=not_none(NUMBER),
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
        n_cols=not_none(INTEGER),
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
        arrays=among(ARRAY, VECTOR),
        indexing=option("yx", None),
    ),
    # --- data types
    "astype": function(
        {"x": VECTOR, "dtype": xp.float32},
        [both(TypeError, "x", "complex128", "int8", "imaginary", x=COMPLEX, dtype=xp.int8)],
        x=ARRAY,
        dtype=DTYPE_NOT_NONE,
        copy=FLAG,
        device=DEVICE,
    ),
    "can_cast": function({"from_": xp.int8, "to": xp.int16}, from_=NO_DTYPE, to=DTYPE_NOT_NONE),
    "finfo": function({"type": xp.float32}, [both(TypeError, "type", "int8", type=xp.int8)], type=NO_DTYPE),
    "iinfo": function({"type": xp.int8}, [both(TypeError, "type", "float64", type=VECTOR)], type=NO_DTYPE),
    "isdtype": function(
        {"dtype": xp.int8, "kind": "integral"},
        [
            *[both(ValueError, "kind='integer'", kind=each) for each in ("integer", ("bool", "integer"))],
            *[both(TypeError, "kind", kind=each) for each in (3, None, ["bool"], ("bool", 3), object)],
        ],
        dtype=DTYPE_NOT_NONE,
    ),
    "result_type": function(
        {"arrays_and_dtypes": (VECTOR, xp.int8, 1)},
        [
            both(TypeError, "arrays_and_dtypes=" + text, arrays_and_dtypes=each)
            for each, text in (((), "()"), ((1,), "(1,)"))
        ],
        arrays_and_dtypes=[
            ((xp.int8, each), TypeError) for each in ("float64", None, [1], object, np.float16, Strange())
        ],
    ),
    # --- manipulation
    "broadcast_arrays": function(
        {"arrays": (VECTOR, SCALAR)},
        [both(ValueError, "(3,)", "(2, 2)", arrays=(VECTOR, MATRIX))],
        arrays=among(ARRAY, VECTOR),
    ),
    "broadcast_shapes": function(
        {"shapes": ((2, 1), (3,))},
        [both(ValueError, "(2,)", "(3,)", shapes=((2,), (3,))), *BAD_SHAPES],
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
        axis=axis_not_none(3),
    ),
    "unstack": function({"x": WIDE}, [both(IndexError, "axis=0", x=SCALAR)], x=ARRAY, axis=axis_not_none(2)),
    "expand_dims": function(
        {"x": WIDE, "axis": 0},
        [
            *[both(IndexError, "axis=" + str(each), axis=each) for each in (3, -4)],
            both(IndexError, "axis=4", axis=(0, 4)),
            *[both(ValueError, "comes twice in axis", axis=each) for each in ((0, 0), (0, -4))],
            both(ValueError, "65 axes", "64", x=DEEP),
            both(ValueError, "72 axes", "64", axis=tuple(range(70))),
        ],
        x=ARRAY,
        axis=[*ONLY_INTEGERS, (None, TypeError)],
    ),
    "squeeze": function(
        {"x": xp.reshape(VECTOR, (1, 3, 1)), "axis": (0, 2)},
        [both(ValueError, "axis=1", "size 3", "(1, 3, 1)", axis=each) for each in (1, (0, 1), -2)],
        x=ARRAY,
        axis=[*axes(3), (None, TypeError)],
    ),
    "permute_dims": function(
        {"x": WIDE, "axes": (1, 0)},
        [both(ValueError, "axes=(0,)", "1 of 2", axes=(0,)), both(ValueError, "axes=()", "0 of 2", axes=())],
        x=ARRAY,
        axes=[*axes(2), (None, TypeError)],
    ),
    "moveaxis": function(
        {"x": WIDE, "source": 0, "destination": 1},
        [both(ValueError, "source=(0, 1)", "destination=1", source=(0, 1))],
        x=ARRAY,
        source=[*axes(2), (None, TypeError)],
        destination=[*axes(2), (None, TypeError)],
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
        copy=FLAG_OR_NONE,
    ),
    "roll": function(
        {"x": WIDE, "shift": 1, "axis": 0},
        [
            both(ValueError, "shift=(1, 2)", "axis", shift=(1, 2), axis=None),
            both(ValueError, "shift=(1, 2, 3)", "axis=(0, 1)", shift=(1, 2, 3), axis=(0, 1)),
        ],
        x=ARRAY,
        shift=[*ONLY_INTEGERS, (None, TypeError)],
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
        repetitions=[*ONLY_INTEGERS, (None, TypeError)],
    ),
    # --- indexing
    "take": function(
        {"x": VECTOR, "indices": INTEGERS},
        [
            *ONE_AXIS,
            both(ValueError, "indices", "(2, 2)", indices=xp.zeros((2, 2), dtype=xp.int64)),
            both(ValueError, "indices", "()", indices=xp.asarray(0)),
            *[both(TypeError, "indices", each, indices=xp.zeros(2, dtype=getattr(xp, each))) for each in NOT_INTEGERS],
            *[both(IndexError, f"index {each}", "axis 0", "size 3", indices=xp.asarray([0, each])) for each in (3, -4)],
            both(IndexError, "index 0", "size 0", x=VECTOR[:0], indices=xp.asarray([0])),
        ],
        x=ARRAY,
        indices=ARRAY,
        axis=axis(1),
    ),
    "take_along_axis": function(
        {"x": WIDE, "indices": xp.asarray([[0], [2]])},
        [
            both(ValueError, "(2, 3)", "indices", "(3,)", "axes", indices=INTEGERS),
            both(ValueError, "(2, 3)", "(3, 1)", indices=xp.asarray([[0], [1], [2]])),
            *[
                both(TypeError, "indices", each, indices=xp.zeros((2, 1), dtype=getattr(xp, each)))
                for each in NOT_INTEGERS
            ],
            both(IndexError, "index 3", "axis 1", "size 3", indices=xp.asarray([[0], [3]])),
        ],
        x=ARRAY,
        indices=ARRAY,
        axis=axis_not_none(2),
    ),
    # --- linear algebra
    "matmul": PRODUCT,
    "tensordot": TENSORDOT,
    "vecdot": VECDOT,
    # --- searching, sets, sorting
    "argmax": choice(),
    "argmin": choice(),
    "count_nonzero": reduction(),
    "searchsorted": function(
        {"x1": xp.asarray([1.0, 2.0, 3.0]), "x2": VECTOR},
        [
            both(ValueError, "x1", "(2, 2)", x1=MATRIX),
            both(ValueError, "x1", "()", x1=SCALAR),
            both(OverflowError, "x2=128", "int8", x1=SMALL, x2=128),
            both(ValueError, "sorter", "(2,)", "(3,)", sorter=xp.asarray([0, 1])),
            *[both(TypeError, "sorter", each, sorter=xp.zeros(3, dtype=getattr(xp, each))) for each in NOT_INTEGERS],
            *[both(IndexError, "sorter", "3", sorter=xp.asarray([0, 1, each])) for each in (3, -4, 2**62)],
        ],
        x1=ARRAY,
        x2=OPERAND,
        side=option("middle", None),
        sorter=not_none(ARRAY),
    ),
    "where": function(
        {"condition": MASK, "x1": VECTOR, "x2": 0.0},
        [
            both(ValueError, "(3,)", "(2, 2)", x1=MATRIX),
            both(ValueError, "(3,)", "(2, 2)", condition=MATRIX > 0),
            both(TypeError, "x1=1", "x2=2.5", "Python scalars", x1=1, x2=2.5),
            both(OverflowError, "x2=128", "int8", x1=SMALL, x2=128),
            both(OverflowError, "x1=-129", "int8", x1=-129, x2=SMALL),
            both(TypeError, "condition", "float64", "bool", condition=VECTOR),
            both(TypeError, "condition", "int64", "bool", condition=INTEGERS),
        ],
        condition=ARRAY,
        x1=OPERAND,
        x2=OPERAND,
    ),
    "isin": function(
        {"x1": VECTOR, "x2": VECTOR},
        [
            both(TypeError, "x1=1", "x2=2.5", "Python scalars", x1=1, x2=2.5),
            both(OverflowError, "x2", "float64", x2=10**400),
        ],
        x1=OPERAND,
        x2=OPERAND,
        invert=FLAG,
    ),
    "sort": sorting(),
    "argsort": sorting(),
    # --- statistics, utility
    "cumulative_prod": cumulative(),
    "cumulative_sum": cumulative(),
    "max": reduction(*NOTHING),
    "min": reduction(*NOTHING),
    "mean": reduction(),
    "prod": reduction(REAL_SUM, dtype=DTYPE),
    "sum": reduction(REAL_SUM, dtype=DTYPE),
    "std": reduction(correction=REAL),
    "var": reduction(correction=REAL),
    "all": reduction(),
    "any": reduction(),
    "diff": function(
        {"x": WIDE},
        [
            both(ValueError, "n=-1", n=-1),
            both(ValueError, "n", n=-HUGE),
            *[
                both(ValueError, name, "(2, 2)", "(3,)", **{name: VECTOR, "x": MATRIX})
                for name in ("prepend", "append")
            ],
            *[both(ValueError, name, "(2, 3)", "(3, 1)", **{name: xp.ones((3, 1))}) for name in ("prepend", "append")],
        ],
        x=ARRAY,
        axis=axis_not_none(2),
        n=INTEGER,
        prepend=not_none(ARRAY),
        append=not_none(ARRAY),
    ),
}

# --- extensions ------------------------------------------------------------------------------------------------------


def matrix(good: xp.Array[Any] = MATRIX, *more: Bad, square: bool = True, **kinds: Values) -> Function:
    """A function of matrices."""
    wrong = [both(ValueError, "x", str(each.shape), "matrix", x=each) for each in (VECTOR, SCALAR)]
    if square:
        wrong += [both(ValueError, "x", str(each.shape), "square", x=each) for each in (WIDE, EMPTY, CUBE)]
    return function({"x": good}, [*wrong, *more], x=ARRAY, **kinds)


SPOILT = [
    both(ValueError, "the matrix x", "nan and inf", x=NOT_FINITE),
    both(ValueError, "the matrix x[1]", "nan and inf", x=xp.stack([MATRIX, NOT_FINITE])),
]
TOLERANCE = [
    both(ValueError, "(3,)", "(2,)", x=STACK, rtol=xp.asarray([0.1, 0.2])),
    *[
        both(TypeError, "rtol", each, rtol=xp.zeros((), dtype=getattr(xp, each)))
        for each in ("int64", "bool", "complex64")
    ],
]
NOT_TOLERANCES: Values = [*not_none(OPERAND), (True, TypeError), (1j, TypeError)]

TABLE |= {
    "linalg.cholesky": matrix(
        xp.eye(2),
        both(ValueError, "the matrix x", "positive definite", x=NEGATIVE),
        both(ValueError, "the matrix x", "positive definite", x=SINGULAR - 1),
        both(ValueError, "the matrix x[1]", "positive definite", x=xp.stack([xp.eye(2), NEGATIVE])),
        both(ValueError, "the matrix x", "positive definite", x=NEGATIVE, upper=True),
        upper=FLAG,
    ),
    "linalg.cross": function(
        {"x1": VECTOR, "x2": WIDE},
        [
            both(ValueError, "(2, 2)", "(2, 3)", "axis=-1", "3 elements", x1=MATRIX),
            both(ValueError, "(4, 3)", "(2, 3)", x1=xp.ones((4, 3))),
            both(ValueError, "x1", "()", x1=SCALAR),
            both(ValueError, "axis=1", "(3,)", "(2, 3)", axis=1),
            both(IndexError, "axis=-2", "(3,)", "(2, 3)", axis=-2),
        ],
        x1=ARRAY,
        x2=ARRAY,
        axis=INTEGER,
    ),
    "linalg.det": matrix(),
    "linalg.slogdet": matrix(),
    "linalg.diagonal": matrix(square=False, offset=INTEGER),
    "linalg.eig": matrix(MATRIX, *SPOILT),
    "linalg.eigvals": matrix(MATRIX, *SPOILT),
    "linalg.eigh": matrix(),
    "linalg.eigvalsh": matrix(),
    "linalg.inv": matrix(
        MATRIX,
        both(ValueError, "the matrix x", "singular", "pinv", x=SINGULAR),
        both(ValueError, "the matrix x[1]", "singular", "pinv", x=STACK),
    ),
    "linalg.matmul": PRODUCT,
    "linalg.matrix_norm": matrix(
        square=False,
        keepdims=FLAG,
        ord=[*[(each, ValueError) for each in ("l2", "1", 3, 0, 0.5, float("nan"))], *NOT_ORDERS],
    ),
    "linalg.matrix_power": function(
        {"x": MATRIX, "n": 2},
        [
            both(ValueError, "the matrix x", "singular", x=SINGULAR, n=-1),
            both(ValueError, "the matrix x[1]", "singular", x=STACK, n=-2),
            both(ValueError, "x", "(2, 3)", "square", x=WIDE),
            both(ValueError, "x", "(3,)", "matrix", x=VECTOR),
        ],
        x=ARRAY,
        n=INTEGER,
    ),
    "linalg.matrix_rank": matrix(MATRIX, *TOLERANCE, *SPOILT[:0], square=False, rtol=NOT_TOLERANCES),
    "linalg.matrix_transpose": TABLE["matrix_transpose"],
    "linalg.outer": function(
        {"x1": VECTOR, "x2": VECTOR},
        [
            both(ValueError, "x1", "(2, 2)", "one axis", x1=MATRIX),
            both(ValueError, "x2", "()", "one axis", x2=SCALAR),
        ],
        x1=ARRAY,
        x2=ARRAY,
    ),
    "linalg.pinv": matrix(MATRIX, *TOLERANCE, *SPOILT, square=False, rtol=NOT_TOLERANCES),
    "linalg.qr": matrix(square=False, mode=option("raw", None)),
    "linalg.solve": function(
        {"x1": MATRIX, "x2": xp.asarray([1.0, 2.0])},
        [
            both(ValueError, "the matrix x1", "singular", "pinv", x1=SINGULAR),
            both(ValueError, "the matrix x1[1]", "singular", "pinv", x1=STACK),
            both(ValueError, "x1", "(2, 3)", "square", x1=WIDE),
            both(ValueError, "x1", "(3,)", "matrix", x1=VECTOR),
            both(ValueError, "x2", "()", x2=SCALAR),
            both(ValueError, "(2, 2)", "(3,)", "x1", "x2", x2=VECTOR),
            both(ValueError, "(3,)", "(2,)", x1=STACK[:1] + xp.zeros((3, 2, 2)), x2=xp.ones((2, 2, 1))),
        ],
        x1=ARRAY,
        x2=ARRAY,
    ),
    "linalg.svd": matrix(MATRIX, *SPOILT, square=False, full_matrices=FLAG),
    "linalg.svdvals": matrix(MATRIX, *SPOILT, square=False),
    "linalg.tensordot": TENSORDOT,
    "linalg.trace": matrix(
        MATRIX,
        both(TypeError, "x", "complex128", "dtype=int8", x=MATRIX + 0j, dtype=xp.int8),
        square=False,
        offset=INTEGER,
        dtype=DTYPE,
    ),
    "linalg.vecdot": VECDOT,
    "linalg.vector_norm": function(
        {"x": WIDE},
        [
            both(ValueError, "ord=nan", ord=float("nan")),
            both(ValueError, "axis 1", "(2, 0)", x=EMPTY, axis=1, ord=-float("inf")),
        ],
        x=ARRAY,
        axis=axes(2),
        keepdims=FLAG,
        ord=REAL,
    ),
}


def transform(*more: Bad) -> Function:
    """A Fourier transform along one axis."""
    special = [
        *[both(ValueError, "n=" + str(each), n=each) for each in (0, -1)],
        both(ValueError, "n", n=-HUGE),
        *[both(MemoryError, "n", n=each) for each in (2**62, 2**70, HUGE)],
        both(ValueError, "axis 1", "x", "(2, 0)", "n=", x=EMPTY),
        both(IndexError, "axis=-1", "no axes", x=SCALAR),
        *more,
    ]
    kinds = {"n": not_none(INTEGER), "axis": axis_not_none(2), "norm": option("none", None)}
    return function({"x": WIDE}, special, x=ARRAY, **kinds)


def transforms(*more: Bad) -> Function:
    """A Fourier transform along several axes."""
    special = [
        *[both(ValueError, "s=" + str(each), s=(2, each), axes=(0, 1)) for each in (0, -2)],
        *[both(MemoryError, "s", s=(each, 2), axes=(0, 1)) for each in (2**62, HUGE)],
        both(ValueError, "s=(2, 2)", "axes", s=(2, 2)),
        both(ValueError, "s=(2,)", "axes=(0, 1)", s=(2,), axes=(0, 1)),
        both(ValueError, "axis 1", "x", "(2, 0)", "s=", x=EMPTY),
        *more,
    ]
    lengths: Values = [((2, each), error) for each, error in not_none(INTEGER)]
    wrong = [Bad({"s": value, "axes": (0, 1)}, error, ("s",)) for value, error in lengths]
    return function({"x": WIDE}, special + wrong, x=ARRAY, axes=repeatable_axes(2), norm=option("none", None))


def frequencies() -> Function:
    """The frequencies of a transform."""
    special = [
        *[both(ValueError, "n=" + str(each), n=each) for each in (0, -1)],
        *[both(MemoryError, "n", n=each) for each in (2**62, 2**70, HUGE)],
        both(ValueError, "d=0", d=0),
        *[both(TypeError, "dtype=" + each, dtype=getattr(xp, each)) for each in ("int64", "bool", "complex128")],
    ]
    return function({"n": 4}, special, n=INTEGER, d=REAL, dtype=DTYPE, device=DEVICE)


REAL_INPUT = both(TypeError, "x", "complex128", "real", x=COMPLEX)
NO_AXES = both(ValueError, "axes", axes=())
TABLE |= {
    **{f"fft.{name}": transform() for name in ("fft", "ifft")},
    **{f"fft.{name}": transform(REAL_INPUT) for name in ("rfft", "ihfft")},
    **{
        f"fft.{name}": transform(both(ValueError, "axis 0", "x", "(1,)", "n=", x=VECTOR[:1]))
        for name in ("irfft", "hfft")
    },
    **{f"fft.{name}": transforms() for name in ("fftn", "ifftn")},
    "fft.rfftn": transforms(REAL_INPUT, NO_AXES),
    "fft.irfftn": transforms(NO_AXES),
    "fft.fftfreq": frequencies(),
    "fft.rfftfreq": frequencies(),
    "fft.fftshift": function({"x": WIDE}, x=ARRAY, axes=repeatable_axes(2)),
    "fft.ifftshift": function({"x": WIDE}, x=ARRAY, axes=repeatable_axes(2)),
}

# --- dtypes ----------------------------------------------------------------------------------------------------------

# The kinds of dtype that a function takes, where it does not take all: what is not here is a TypeError.
TAKEN = {
    name: kinds
    for kinds, names in {
        "iuf": "ceil floor trunc",
        "iufc": "conj negative positive real round sign subtract linalg.cross",
        "fc": "reciprocal",
        "biu": f"bitwise_invert {BITWISE}",
        "c": "imag",
        "biuf": """signbit floor_divide maximum minimum remainder atan2 copysign hypot logaddexp nextafter greater
            greater_equal less less_equal clip argmax argmin searchsorted max min std var fft.rfft fft.ihfft
            fft.rfftn""",
    }.items()
    for name in names.split()
}

# --- the array -------------------------------------------------------------------------------------------------------

FLOAT16 = np.ones(3, np.float16)
TWO = xp.asarray([1.0, 2.0])


class Doing(NamedTuple):
    """Something done to an array: as text, run with the names of this module; the function that the error names."""

    text: str
    error: type[Exception]
    function: str
    words: tuple[str, ...]


def doing(error: type[Exception], function: str, text: str, *words: str) -> Doing:
    return Doing(text, error, function, words)


def unsupported(text: str) -> Doing:
    """What Python says where both sides leave an operator to the other."""
    return Doing(text, TypeError, "", ("unsupported operand type", "Array"))


SIGNS = (
    ("add", "+", "add"),
    ("sub", "-", "subtract"),
    ("mul", "*", "multiply"),
    ("truediv", "/", "divide"),
    ("floordiv", "//", "floor_divide"),
    ("mod", "%", "remainder"),
    ("pow", "**", "pow"),
    ("matmul", "@", "matmul"),
    ("and", "&", "bitwise_and"),
    ("or", "|", "bitwise_or"),
    ("xor", "^", "bitwise_xor"),
    ("lshift", "<<", "bitwise_left_shift"),
    ("rshift", ">>", "bitwise_right_shift"),
)
COMPARISONS = (("lt", "<", "less"), ("le", "<=", "less_equal"), ("gt", ">", "greater"), ("ge", ">=", "greater_equal"))


def operators() -> dict[str, list[Doing]]:
    """For every binary operator and its reflected and in-place forms."""
    found: dict[str, list[Doing]] = {}
    for short, sign, name in SIGNS:
        x, y = ("INTEGERS", "INTEGERS[:2]") if name.startswith("bitwise") else ("VECTOR", "TWO")
        found[f"__{short}__"] = [
            doing(ValueError, name, f"{x} {sign} {y}", "(3,)", "(2,)"),
            doing(TypeError, name, f"{x} {sign} FLOAT16", "float16", "other"),
            *[unsupported(f"{x} {sign} {other}") for other in ("None", "{}", "Strange()")],
        ]
        found[f"__r{short}__"] = [
            doing(TypeError, name, f"{x}.__r{short}__(FLOAT16)", "float16", "other"),
            *[unsupported(f"{other} {sign} {x}") for other in ("None", "{}", "Strange()")],
        ]
        found[f"__i{short}__"] = [
            doing(ValueError, name, f"{x} {sign}= {y}", "(3,)", "(2,)"),
            doing(TypeError, name, f"{x} {sign}= FLOAT16", "float16", "other"),
            *[unsupported(f"{x} {sign}= {other}") for other in ("None", "{}", "Strange()")],
        ]
        if sign != "*":  # sequences times an integer is what Python tries
            found[f"__{short}__"] += [unsupported(f"{x} {sign} {other}") for other in ("[1, 2, 3]", "(1,)", "'a'")]
        if name == "matmul":
            found["__matmul__"].append(doing(TypeError, name, "VECTOR @ 2", "x2=2"))
            found["__rmatmul__"].append(doing(TypeError, name, "2 @ VECTOR", "x1=2"))
            found["__imatmul__"] += [
                doing(TypeError, name, "INTEGERS @= xp.eye(3)", "float64", "int64"),
                doing(ValueError, name, "VECTOR @= VECTOR", "shape ()", "(3,)"),
                doing(ValueError, name, "READONLY @= xp.eye(3)", "read-only"),
            ]
            continue
        found[f"__i{short}__"] += [
            doing(ValueError, name, f"{x} {sign}= xp.zeros((2, 3), dtype={x}.dtype)", "(2, 3)", "(3,)"),
        ]
        if name.startswith("bitwise"):
            found[f"__{short}__"] += [
                doing(TypeError, name, f"INTEGERS {sign} 1.5", "x1 and x2", "float64", "1.5"),
                doing(TypeError, name, f"VECTOR {sign} VECTOR", "x1 and x2", "float64"),
                doing(OverflowError, name, f"SMALL {sign} 128", "x2=128", "int8"),
            ]
            found[f"__r{short}__"] += [
                doing(TypeError, name, f"1j {sign} INTEGERS", "x1 and x2", "complex128", "1j"),
                doing(OverflowError, name, f"128 {sign} SMALL", "x1=128", "int8"),
            ]
            found[f"__i{short}__"] += [
                doing(TypeError, name, f"SMALL {sign}= INTEGERS", "int64", "int8"),
                doing(OverflowError, name, f"SMALL {sign}= 128", "x2=128", "int8"),
            ]
        else:
            found[f"__i{short}__"] += [
                doing(TypeError, name, f"INTEGERS {sign}= 1.5", "float64", "int64"),
                doing(TypeError, name, f"INTEGERS {sign}= VECTOR", "float64", "int64"),
                doing(ValueError, name, f"READONLY {sign}= 1.0", "read-only"),
            ]
    found["__isub__"].append(doing(TypeError, "subtract", "MASK -= MASK", "x1 and x2", "bool"))
    found["__itruediv__"].append(doing(TypeError, "divide", "INTEGERS /= 2", "float64", "int64"))
    found["__ipow__"].append(doing(ValueError, "pow", "INTEGERS **= -1", "x2", "int64"))
    found["__iadd__"].append(doing(TypeError, "add", "VECTOR += 1j", "complex128", "float64"))
    for short, sign, name in COMPARISONS:
        found[f"__{short}__"] = [
            doing(ValueError, name, f"VECTOR {sign} TWO", "(3,)", "(2,)"),
            doing(TypeError, name, f"COMPLEX {sign} COMPLEX", "x1 and x2", "complex128"),
            doing(TypeError, name, f"VECTOR {sign} 1j", "complex128"),
            doing(TypeError, name, f"VECTOR {sign} FLOAT16", "float16", "other"),
            *[Doing(f"VECTOR {sign} {other}", TypeError, "", ("not supported",)) for other in ("[1]", "None", "'a'")],
        ]
    for short, sign, name in (("eq", "==", "equal"), ("ne", "!=", "not_equal")):
        found[f"__{short}__"] = [doing(ValueError, name, f"VECTOR {sign} TWO", "(3,)", "(2,)")]
    return found


def conversions() -> dict[str, list[Doing]]:
    """int, float, complex, bool and index of arrays that are no such number."""
    found = {
        f"__{name}__": [
            doing(TypeError, name, f"VECTOR.__{name}__()", "(3,)"),
            doing(TypeError, name, f"EMPTY.__{name}__()", "(2, 0)"),
        ]
        for name in ("int", "float", "complex", "index")
    }
    found["__bool__"] = [
        doing(ValueError, "bool", f"bool({name})", shape) for name, shape in (("VECTOR", "(3,)"), ("EMPTY", "(2, 0)"))
    ]
    found["__int__"] += [
        doing(TypeError, "int", "int(COMPLEX[0])", "complex128"),
        doing(ValueError, "int", "int(xp.asarray(xp.nan))", "nan"),
        doing(OverflowError, "int", "int(xp.asarray(xp.inf))", "inf"),
    ]
    found["__float__"].append(doing(TypeError, "float", "float(COMPLEX[0])", "complex128"))
    found["__index__"] += [
        doing(TypeError, "index", f"index({name}[0])", dtype)
        for name, dtype in (("VECTOR", "float64"), ("MASK", "bool"), ("COMPLEX", "complex128"))
    ]
    return found


def keys() -> dict[str, list[Doing]]:
    """Keys that select nothing, and values that do not fit what is selected."""
    found: dict[str, list[Doing]] = {}
    for name, ending in (("__getitem__", ""), ("__setitem__", " = 0")):
        found[name] = [
            doing(IndexError, name, f"WIDE[{key}]{ending}", *words)
            for key, *words in (
                ("2", "index 2", "axis 0", "size 2"),
                ("-3", "index -3", "axis 0", "size 2"),
                ("2**70", "axis 0"),
                ("HUGE", "axis 0"),
                ("0, 3", "index 3", "axis 1", "size 3"),
                ("..., 3", "index 3", "axis 1"),
                ("0, 0, 0", "key", "3 indices", "(2, 3)"),
                ("..., ...", "key", "ellipses"),
                ("0.5", "key=0.5"),
                ("'a'", "key='a'"),
                ("1j", "key=1j"),
                ("object()", "key"),
                ("Strange()", "key"),
                ("{0: 1}", "key"),
                ("xp.asarray(0.5)", "key", "0.5"),
                ("VECTOR", "key", "float64"),
                ("[0.5]", "key", "float64"),
                ("COMPLEX", "key", "complex128"),
                ("['a']", "key"),
                ("FLOAT16", "key"),
                ("[0, 2]", "index 2", "axis 0"),
                ("INTEGERS", "index 2", "axis 0"),
                ("0, [3]", "index 3", "axis 1"),
                ("MASK", "key", "size 3", "axis 0", "size 2"),
                (":, MASK[:2]", "key", "size 2", "axis 1", "size 3"),
                ("[0, 1], [0, 1, 2]", "key", "(2,)", "(3,)"),
                ("xp.ones((2, 3, 1), dtype=xp.bool)", "key", "3 indices"),
                ("np.asarray(['a'])", "key"),
            )
        ]
        found[name] += [
            doing(ValueError, name, f"WIDE[::0]{ending}", "key=slice(None, None, 0)", "zero"),
            doing(ValueError, name, f"WIDE[0, ::0]{ending}", "key", "zero"),
            doing(TypeError, name, f"WIDE[0.5:]{ending}", "key=slice(0.5, None, None)"),
            doing(TypeError, name, f"WIDE['a':]{ending}", "key"),
            doing(TypeError, name, f"WIDE[::1.0]{ending}", "key"),
            doing(TypeError, name, f"WIDE[:, VECTOR:]{ending}", "key"),
            doing(ValueError, name, f"WIDE[(None,) * 63]{ending}", "65 axes", "64"),
            doing(ValueError, name, f"WIDE[(None,) * 63 + ([0],)]{ending}", "65 axes", "64"),
        ]
    found["__setitem__"] += [
        doing(error, "__setitem__", text, *words)
        for error, text, *words in (
            (ValueError, "READONLY[0] = 1.0", "read-only"),
            (ValueError, "READONLY[...] = 1", "read-only"),
            (ValueError, "READONLY[:2] = TWO", "read-only"),
            (ValueError, "READONLY[[0]] = 1", "read-only"),
            (ValueError, "READONLY[MASK] = 1.0", "read-only"),
            (ValueError, "VECTOR[...] = TWO", "value", "(2,)", "(3,)"),
            (ValueError, "VECTOR[:2] = VECTOR", "value", "(3,)", "(2,)"),
            (ValueError, "WIDE[0] = MATRIX", "value", "(2, 2)", "(3,)"),
            (ValueError, "VECTOR[0] = TWO", "value", "(2,)", "()"),
            (ValueError, "VECTOR[[0, 1]] = VECTOR", "value", "(3,)", "(2,)"),
            (ValueError, "VECTOR[MASK] = VECTOR", "value", "(3,)", "(2,)"),
            (ValueError, "WIDE[WIDE > 0] = TWO", "value", "(2,)", "(6,)"),
            (ValueError, "INTEGERS[0] = xp.nan", "value=nan", "int64"),
            (ValueError, "INTEGERS[...] = -xp.inf", "value=-inf", "int64"),
            (ValueError, "INTEGERS[[0]] = xp.nan", "value=nan", "int64"),
            (OverflowError, "SMALL[0] = 128", "value=128", "int8"),
            (OverflowError, "SMALL[...] = -129", "value=-129", "int8"),
            (OverflowError, "SMALL[[0, 1]] = 300", "value=300", "int8"),
            (OverflowError, "SMALL[MASK] = HUGE", "value", "int8"),
            (OverflowError, "VECTOR[0] = 10**400", "value", "float64"),
            (OverflowError, "VECTOR[:] = HUGE", "value", "float64"),
            (TypeError, "VECTOR[0] = 1j", "value=1j", "float64"),
            (TypeError, "VECTOR[:] = COMPLEX", "value", "complex128", "float64"),
            (TypeError, "INTEGERS[MASK] = 1j", "value=1j", "int64"),
            (TypeError, "VECTOR[[0]] = COMPLEX[:1]", "value", "complex128", "float64"),
            (TypeError, "VECTOR[MASK] = COMPLEX[:2]", "value", "complex128", "float64"),
            (TypeError, "VECTOR[0] = None", "value"),
            (TypeError, "VECTOR[0] = 'a'", "value"),
            (TypeError, "VECTOR[0] = object()", "value"),
            (TypeError, "VECTOR[0] = Strange()", "value"),
            (TypeError, "VECTOR[...] = FLOAT16", "value", "float16"),
            (ValueError, "VECTOR[...] = [[1.0], [1.0, 2.0]]", "value[1]"),
        )
    ]
    return found


def reductions() -> dict[str, list[Doing]]:
    """The reductions that are methods."""
    found: dict[str, list[Doing]] = {}
    for name in ("sum", "mean", "min", "max", "any", "all"):
        found[name] = [
            doing(IndexError, name, f"WIDE.{name}(axis=2)", "axis=2"),
            doing(ValueError, name, f"WIDE.{name}(axis=(0, 0))", "twice in axis"),
            doing(TypeError, name, f"WIDE.{name}(axis='0')", "axis='0'"),
            doing(TypeError, name, f"WIDE.{name}(keepdims=1)", "keepdims=1"),
            doing(TypeError, name, f"WIDE.{name}(keepdims=None)", "keepdims=None"),
            doing(TypeError, name, f"WIDE.{name}(out=WIDE)", "out"),
        ]
    for name in ("sum", "mean"):
        found[name] += [
            doing(TypeError, name, f"WIDE.{name}(dtype='f8')", "dtype='f8'"),
            doing(TypeError, name, f"COMPLEX.{name}(dtype=xp.float64)", "complex128", "float64"),
        ]
    for name in ("min", "max"):
        found[name] += [
            doing(TypeError, name, f"COMPLEX.{name}()", "x", "complex128"),
            doing(ValueError, name, f"EMPTY.{name}()", "axis 1", "(2, 0)"),
        ]
    return found


ARRAY_TABLE: dict[str, list[Doing]] = {
    **operators(),
    **conversions(),
    **keys(),
    **reductions(),
    "__neg__": [doing(TypeError, "negative", "-MASK", "x", "bool")],
    "__pos__": [doing(TypeError, "positive", "+MASK", "x", "bool")],
    "__invert__": [doing(TypeError, "bitwise_invert", "~VECTOR", "x", "float64")],
    "__contains__": [doing(ValueError, "equal", "TWO in VECTOR", "(2,)", "(3,)")],
    "__len__": [doing(TypeError, "len", "len(SCALAR)", "zero-dimensional")],
    "__iter__": [doing(TypeError, "iter", "iter(SCALAR)", "zero-dimensional")],
    "__format__": [
        doing(TypeError, "format", "format(VECTOR, '.2f')", "spec='.2f'", "(3,)"),
        Doing("format(SCALAR, 'nonsense')", ValueError, "", ("Invalid format specifier",)),
        Doing("format(SCALAR, 3)", TypeError, "", ("str",)),
    ],
    "__hash__": [Doing("hash(VECTOR)", TypeError, "", ("unhashable type", "Array"))],
    "__init__": [
        Doing("xp.Array()", TypeError, "", ("missing",)),
        Doing("xp.Array([1.0])", TypeError, "", ("missing",)),
    ],
    "item": [
        doing(ValueError, "item", "VECTOR.item()", "3 elements"),
        doing(ValueError, "item", "EMPTY.item()", "0 elements"),
    ],
    "reshape": [
        doing(ValueError, "reshape", "VECTOR.reshape(2)", "x", "3 elements", "shape=2"),
        doing(ValueError, "reshape", "VECTOR.reshape(2, 2)", "3 elements", "shape=(2, 2)"),
        doing(ValueError, "reshape", "VECTOR.reshape((-1, -1))", "shape=(-1, -1)"),
        doing(TypeError, "reshape", "VECTOR.reshape(3.0)", "shape=3.0"),
        doing(TypeError, "reshape", "VECTOR.reshape('3')", "shape='3'"),
        doing(TypeError, "reshape", "VECTOR.reshape(None)", "shape=None"),
        doing(TypeError, "reshape", "VECTOR.reshape(3, copy=1)", "copy=1"),
        doing(ValueError, "reshape", "TRANSPOSED.reshape(6, copy=False)", "copy=False", "shape=(6,)"),
    ],
    "astype": [
        doing(TypeError, "astype", "VECTOR.astype('f8')", "dtype='f8'"),
        doing(TypeError, "astype", "VECTOR.astype(None)", "dtype=None"),
        doing(TypeError, "astype", "VECTOR.astype(xp.int8, copy=0)", "copy=0"),
        doing(TypeError, "astype", "COMPLEX.astype(xp.float64)", "x", "complex128", "float64"),
    ],
    "T": [
        doing(ValueError, "T", f"{name}.T", shape)
        for name, shape in (("VECTOR", "(3,)"), ("SCALAR", "()"), ("CUBE", "(2, 3, 2)"))
    ],
    "mT": [doing(ValueError, "mT", f"{name}.mT", shape) for name, shape in (("VECTOR", "(3,)"), ("SCALAR", "()"))],
    "__array_namespace__": [
        doing(
            ValueError,
            "__array_namespace__",
            f"VECTOR.__array_namespace__(api_version={value})",
            f"api_version={value}",
        )
        for value in ("'1999.01'", "3", "''", "['2025.12']")
    ],
    "to_device": [
        doing(ValueError, "to_device", "VECTOR.to_device('gpu')", "device='gpu'"),
        doing(ValueError, "to_device", "VECTOR.to_device(0)", "device=0"),
        doing(ValueError, "to_device", "VECTOR.to_device(None)", "device=None"),
        doing(ValueError, "to_device", "VECTOR.to_device('cpu', stream=1)", "stream=1"),
    ],
    "__dlpack__": [
        doing(ValueError, "__dlpack__", "VECTOR.__dlpack__(stream=1)", "stream=1"),
        *[
            doing(TypeError, "__dlpack__", f"VECTOR.__dlpack__(max_version={each})", f"max_version={each}")
            for each in ("1", "'ab'", "()", "('1', 0)", "(1.0, 0)", "{1: 0}")
        ],
        *[
            doing(TypeError, "__dlpack__", f"VECTOR.__dlpack__(dl_device={each})", f"dl_device={each}")
            for each in ("1", "'cpu'", "(1,)", "(1, None)")
        ],
        doing(BufferError, "__dlpack__", "VECTOR.__dlpack__(dl_device=(2, 0))", "dl_device=(2, 0)"),
        doing(BufferError, "__dlpack__", "VECTOR.__dlpack__(dl_device=(1, 1))", "dl_device=(1, 1)"),
        doing(BufferError, "__dlpack__", "READONLY.__dlpack__()", "read-only"),
        doing(TypeError, "__dlpack__", "VECTOR.__dlpack__(copy=1)", "copy=1"),
    ],
    "__array__": [
        Doing("VECTOR.__array__('nonsense')", TypeError, "", ("nonsense",)),
        doing(TypeError, "__array__", "VECTOR.__array__(None, 1)", "copy=1"),
        doing(ValueError, "__array__", "VECTOR.__array__(np.float32, False)", "float64", "float32", "copy=False"),
    ],
    **{
        name: [Doing(f"setattr(VECTOR, {name!r}, getattr(VECTOR, {name!r}))", AttributeError, "", (name,))]
        for name in ("dtype", "device", "ndim", "shape", "size", "strides", "itemsize", "nbytes")
    },
    "default_dtypes": [doing(ValueError, "default_dtypes", "INFO.default_dtypes(device='gpu')", "device='gpu'")],
    "dtypes": [
        doing(ValueError, "dtypes", "INFO.dtypes(device='gpu')", "device='gpu'"),
        *[
            doing(ValueError, "dtypes", f"INFO.dtypes(kind={value})", f"kind={said}")
            for value, said in (
                ("'integer'", "'integer'"),
                ("3", "3"),
                ("['bool']", "['bool']"),
                ("('bool', 'x')", "'x'"),
                ("('bool', None)", "None"),
            )
        ],
    ],
}
INFO = xp.__array_namespace_info__()
NOTHING_FORBIDDEN = {
    "__abs__": "all dtypes have an absolute value",
    "__copy__": "no argument",
    "__deepcopy__": "its argument is not used",
    "__dlpack_device__": "no argument",
    "__reduce_ex__": "called by pickle and copy alone",
    "capabilities": "no argument",
    "copy": "no argument",
    "default_device": "no argument",
    "devices": "no argument",
    "tolist": "no argument",
}

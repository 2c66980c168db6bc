"""Bad use of class Array and of the info object: operators, conversions, keys, methods and attributes."""

import operator
from typing import NamedTuple

import numpy as np
from bad_input.kinds import ARRAYS, HUGE, Strange

import raptors_xp as xp

# The names that the texts use.
NAMES = {
    **ARRAYS,
    "FLOAT16": np.ones(3, np.float16),
    "HUGE": HUGE,
    "INFO": xp.__array_namespace_info__(),
    "Strange": Strange,
    "index": operator.index,
    "np": np,
    "xp": xp,
}


class Doing(NamedTuple):
    """Something done to an array, the error it deserves, which function that names, and what else it must say.

    Where the function is "", Python or NumPy raise, in their own words.
    """

    error: type[Exception]
    function: str
    text: str
    words: tuple[str, ...]


def doing(error: type[Exception], function: str, text: str, *words: str) -> Doing:
    return Doing(error, function, text, words)


def unsupported(text: str) -> Doing:
    """What Python says where both sides leave an operator to the other."""
    return doing(TypeError, "", text, "unsupported operand type", "Array")


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
        found |= operator_of_arrays(short, sign, name)
        if name == "matmul":
            continue
        more = operator_of_bits if name.startswith("bitwise") else operator_of_numbers
        for method, cases in more(short, sign, name).items():
            found[method] += cases
    found["__matmul__"].append(doing(TypeError, "matmul", "VECTOR @ 2", "x2=2"))
    found["__rmatmul__"].append(doing(TypeError, "matmul", "2 @ VECTOR", "x1=2"))
    found["__imatmul__"] += [
        doing(TypeError, "matmul", "INTEGERS @= xp.eye(3)", "float64", "int64"),
        doing(ValueError, "matmul", "VECTOR @= VECTOR", "shape ()", "(3,)"),
        doing(ValueError, "matmul", "READONLY @= xp.eye(3)", "read-only"),
    ]
    found["__isub__"].append(doing(TypeError, "subtract", "MASK -= MASK", "x1 and x2", "bool"))
    found["__itruediv__"].append(doing(TypeError, "divide", "INTEGERS /= 2", "float64", "int64"))
    found["__ipow__"].append(doing(ValueError, "pow", "INTEGERS **= -1", "x2", "int64"))
    found["__iadd__"].append(doing(TypeError, "add", "VECTOR += 1j", "complex128", "float64"))
    return found


def operator_of_arrays(short: str, sign: str, name: str) -> dict[str, list[Doing]]:
    """What is wrong for every operator: shapes, foreign dtypes, and what is no array."""
    x, y = ("INTEGERS", "INTEGERS[:2]") if name.startswith("bitwise") else ("VECTOR", "TWO")
    found = {
        f"__{short}__": [
            doing(ValueError, name, f"{x} {sign} {y}", "(3,)", "(2,)"),
            doing(TypeError, name, f"{x} {sign} FLOAT16", "float16", "other"),
            *[unsupported(f"{x} {sign} {other}") for other in ("None", "{}", "Strange()")],
        ],
        f"__r{short}__": [
            doing(TypeError, name, f"{x}.__r{short}__(FLOAT16)", "float16", "other"),
            *[unsupported(f"{other} {sign} {x}") for other in ("None", "{}", "Strange()")],
        ],
        f"__i{short}__": [
            doing(ValueError, name, f"{x} {sign}= {y}", "(3,)", "(2,)"),
            doing(TypeError, name, f"{x} {sign}= FLOAT16", "float16", "other"),
            *[unsupported(f"{x} {sign}= {other}") for other in ("None", "{}", "Strange()")],
        ],
    }
    if sign != "*":  # sequences times an integer is what Python tries
        found[f"__{short}__"] += [unsupported(f"{x} {sign} {other}") for other in ("[1, 2, 3]", "(1,)", "'a'")]
    if name != "matmul":
        wide = doing(ValueError, name, f"{x} {sign}= xp.zeros((2, 3), dtype={x}.dtype)", "(2, 3)", "(3,)")
        found[f"__i{short}__"].append(wide)
    return found


def operator_of_bits(short: str, sign: str, name: str) -> dict[str, list[Doing]]:
    """Floats, and integers that do not fit."""
    return {
        f"__{short}__": [
            doing(TypeError, name, f"INTEGERS {sign} 1.5", "x1 and x2", "float64", "1.5"),
            doing(TypeError, name, f"VECTOR {sign} VECTOR", "x1 and x2", "float64"),
            doing(OverflowError, name, f"SMALL {sign} 128", "x2=128", "int8"),
        ],
        f"__r{short}__": [
            doing(TypeError, name, f"1j {sign} INTEGERS", "x1 and x2", "complex128", "1j"),
            doing(OverflowError, name, f"128 {sign} SMALL", "x1=128", "int8"),
        ],
        f"__i{short}__": [
            doing(OverflowError, name, f"SMALL {sign}= 128", "x2=128", "int8"),
        ],
    }


def operator_of_numbers(short: str, sign: str, name: str) -> dict[str, list[Doing]]:
    """Results of another dtype than the array's, and memory that must not be written to."""
    return {
        f"__i{short}__": [
            doing(TypeError, name, f"INTEGERS {sign}= 1.5", "float64", "int64"),
            doing(TypeError, name, f"INTEGERS {sign}= VECTOR", "float64", "int64"),
            doing(ValueError, name, f"READONLY {sign}= 1.0", "read-only"),
        ],
    }


def comparisons() -> dict[str, list[Doing]]:
    found: dict[str, list[Doing]] = {}
    for short, sign, name in COMPARISONS:
        found[f"__{short}__"] = [
            doing(ValueError, name, f"VECTOR {sign} TWO", "(3,)", "(2,)"),
            doing(TypeError, name, f"COMPLEX {sign} COMPLEX", "x1 and x2", "complex128"),
            doing(TypeError, name, f"VECTOR {sign} 1j", "complex128"),
            doing(TypeError, name, f"VECTOR {sign} FLOAT16", "float16", "other"),
            *[doing(TypeError, "", f"VECTOR {sign} {other}", "not supported") for other in ("[1]", "None", "'a'")],
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
    for name, call in (("round", "round"), ("int", "trunc")):
        found[f"__{call}__"] = [
            doing(TypeError, name, f"VECTOR.__{call}__()", "(3,)"),
            doing(TypeError, name, f"COMPLEX[0].__{call}__()", "complex128"),
            doing(ValueError, name, f"xp.asarray(xp.nan).__{call}__()", "nan"),
            doing(OverflowError, name, f"xp.asarray(xp.inf).__{call}__()", "inf"),
        ]
    found["__round__"].append(doing(TypeError, "round", "round(xp.asarray(1.0), 0.5)", "ndigits=0.5"))
    found["__index__"] += [
        doing(TypeError, "index", f"index({name}[0])", dtype)
        for name, dtype in (("VECTOR", "float64"), ("MASK", "bool"), ("COMPLEX", "complex128"))
    ]
    return found


# Keys that select nothing of WIDE, and what the error must say.
KEYS = (
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
# Values that do not fit what is selected.
ASSIGNMENTS = (
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


def keys() -> dict[str, list[Doing]]:
    """Keys that select nothing, and values that do not fit what is selected."""
    found: dict[str, list[Doing]] = {}
    for name, ending in (("__getitem__", ""), ("__setitem__", " = 0")):
        found[name] = [doing(IndexError, name, f"WIDE[{key}]{ending}", *words) for key, *words in KEYS]
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
    found["__setitem__"] += [doing(error, "__setitem__", text, *words) for error, text, *words in ASSIGNMENTS]
    return found


def reductions() -> dict[str, list[Doing]]:
    """The reductions that are methods."""
    found: dict[str, list[Doing]] = {}
    for name in ("sum", "mean", "min", "max", "any", "all"):
        found[name] = [
            doing(IndexError, name, f"WIDE.{name}(axis=2)", "axis=2"),
            doing(ValueError, name, f"WIDE.{name}(axis=(0, 0))", "repeated in axis"),
            doing(TypeError, name, f"WIDE.{name}(axis='0')", "axis='0'"),
            doing(TypeError, name, f"WIDE.{name}(keepdims=2)", "keepdims=2"),
            doing(TypeError, name, f"WIDE.{name}(keepdims=None)", "keepdims=None"),
            doing(TypeError, name, f"WIDE.{name}(out=WIDE)", "out"),
        ]
    for name in ("sum", "mean"):
        found[name] += [
            doing(TypeError, name, f"WIDE.{name}(dtype='f2')", "dtype='f2'"),
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
    **comparisons(),
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
        doing(ValueError, "", "format(SCALAR, 'nonsense')", "Invalid format specifier"),
        doing(TypeError, "", "format(SCALAR, 3)", "str"),
    ],
    "__hash__": [doing(TypeError, "", "hash(VECTOR)", "unhashable type", "Array")],
    "__init__": [
        doing(TypeError, "", "xp.Array()", "missing"),
        doing(TypeError, "", "xp.Array([1.0])", "missing"),
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
        doing(TypeError, "reshape", "VECTOR.reshape(3, copy=2)", "copy=2"),
        doing(ValueError, "reshape", "TRANSPOSED.reshape(6, copy=False)", "copy=False", "shape=(6,)"),
    ],
    "astype": [
        doing(TypeError, "astype", "VECTOR.astype('f2')", "dtype='f2'"),
        doing(TypeError, "astype", "VECTOR.astype(None)", "dtype=None"),
        doing(TypeError, "astype", "VECTOR.astype(xp.int8, copy=-1)", "copy=-1"),
        doing(TypeError, "astype", "COMPLEX.astype(xp.float64)", "x", "complex128", "float64"),
        doing(ValueError, "astype", "VECTOR.astype(xp.int8, 'Q')", "order='Q'"),
        doing(ValueError, "astype", "VECTOR.astype(xp.int8, casting='some')", "casting='some'"),
        doing(TypeError, "astype", "VECTOR.astype(xp.int8, subok=2)", "subok=2"),
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
        doing(TypeError, "__dlpack__", "VECTOR.__dlpack__(copy=2)", "copy=2"),
    ],
    "__array__": [
        doing(TypeError, "", "VECTOR.__array__('nonsense')", "nonsense"),
        doing(TypeError, "__array__", "VECTOR.__array__(None, 2)", "copy=2"),
        doing(ValueError, "__array__", "VECTOR.__array__(np.float32, False)", "float64", "float32", "copy=False"),
    ],
    **{
        name: [doing(AttributeError, "", f"setattr(VECTOR, {name!r}, getattr(VECTOR, {name!r}))", name)]
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
NOTHING_FORBIDDEN = {
    "__abs__": "all dtypes have an absolute value",
    "__copy__": "no argument",
    "__dask_tokenize__": "no argument",
    "__deepcopy__": "its argument is not used",
    "__dlpack_device__": "no argument",
    "__reduce_ex__": "called by pickle and copy alone",
    "__sizeof__": "no argument",
    "capabilities": "no argument",
    "copy": "no argument",
    "default_device": "no argument",
    "devices": "no argument",
    "tolist": "no argument",
}

"""What `bench --all` measures: every function of the namespace, by chapters, over dtypes and layouts.

A case is a statement in the names of operands.py, the same text for every library: `xp` is one namespace or the other.
Nothing is timed here and nothing shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SIZES: Final = (16, 1_000, 100_000, 1_000_000, 4_000_000)
FLOATS: Final = ("float32", "float64")
INTEGERS: Final = ("int32", "int64")
REALS: Final = ("uint8", *INTEGERS, *FLOATS)
EVERY: Final = ("bool", *REALS, "complex128")

# The chapters whose functions end in BLAS, LAPACK or an FFT are measured in processes of their own, one a library.
APART: Final = ("linear algebra", "fft")
_DEAR: Final = ("eig", "eigvals", "svd", "svdvals", "pinv", "matrix_rank")  # up to DEAR_LIMIT elements
DEAR_LIMIT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Case:
    chapter: str
    function: str
    statement: str
    dtype: str
    layout: str = "contiguous"
    domain: str = "any"  # where the operands lie: a name of operands.DOMAINS
    check: str = "r"  # what is compared, of the result r and the operands
    sizes: tuple[int, ...] = SIZES

    @property
    def name(self) -> str:
        return f"{self.chapter}: {self.function} {self.dtype} {self.layout}"

    @property
    def apart(self) -> bool:
        return self.chapter in APART


# --- cases ---------------------------------------------------------------------------------------------------------
_ELEMENTWISE_LAYOUTS: Final[dict[str, tuple[str, str]]] = {
    "contiguous": ("x", "y"),
    "scalar": ("x", "2"),
    "row": ("m", "row"),
    "column": ("m", "column"),
    "transposed": ("mt", "kt"),
    "strided": ("xs", "ys"),
}
_SOME: Final = ("contiguous", "transposed", "strided")
_ALL: Final = tuple(_ELEMENTWISE_LAYOUTS)

# The functions of one operand: domain, dtypes; of these, with the dtypes that are tried in other layouts too.
_UNARY: Final[dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "abs": ("any", (*INTEGERS, *FLOATS, "complex64", "complex128"), ("float64",)),
    "acos": ("unit", FLOATS, ()),
    "acosh": ("above one", FLOATS, ()),
    "asin": ("unit", FLOATS, ()),
    "asinh": ("any", FLOATS, ()),
    "atan": ("any", FLOATS, ()),
    "atanh": ("unit", FLOATS, ()),
    "bitwise_invert": ("any", ("bool", "uint8", *INTEGERS), ()),
    "ceil": ("any", FLOATS, ()),
    "conj": ("any", ("complex128",), ()),
    "cos": ("any", (*FLOATS, "complex128"), ()),
    "cosh": ("any", FLOATS, ()),
    "exp": ("any", (*FLOATS, "complex128"), ("float32", "float64")),
    "expm1": ("any", FLOATS, ()),
    "floor": ("any", FLOATS, ()),
    "imag": ("any", ("complex128",), ()),
    "isfinite": ("any", (*FLOATS, "complex128"), ()),
    "isinf": ("any", FLOATS, ()),
    "isnan": ("any", (*FLOATS, "complex128"), ("float64",)),
    "log": ("positive", (*FLOATS, "complex128"), ("float64",)),
    "log1p": ("positive", FLOATS, ()),
    "log2": ("positive", FLOATS, ()),
    "log10": ("positive", FLOATS, ()),
    "logical_not": ("any", ("bool", "float64"), ()),
    "negative": ("any", (*INTEGERS, *FLOATS, "complex128"), ("float32", "float64")),
    "positive": ("any", ("int64", "float64"), ()),
    "real": ("any", ("complex128",), ()),
    "reciprocal": ("positive", FLOATS, ()),
    "round": ("any", FLOATS, ()),
    "sign": ("any", ("int64", *FLOATS), ()),
    "signbit": ("any", FLOATS, ()),
    "sin": ("any", (*FLOATS, "complex128"), ("float64",)),
    "sinh": ("any", FLOATS, ()),
    "sqrt": ("positive", (*FLOATS, "complex128"), ("float32",)),
    "square": ("any", (*INTEGERS, *FLOATS, "complex128"), ()),
    "tan": ("any", FLOATS, ()),
    "tanh": ("any", FLOATS, ()),
    "trunc": ("any", FLOATS, ()),
}
# The functions of two operands likewise, with the layouts that the last dtypes are tried in.
_BINARY: Final[dict[str, tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]] = {
    "add": ("any", ("uint8", "int32", "complex128"), ("int64", *FLOATS), _ALL),
    "atan2": ("any", FLOATS, (), ()),
    "bitwise_and": ("any", ("bool", "uint8", *INTEGERS), (), ()),
    "bitwise_left_shift": ("shifts", INTEGERS, (), ()),
    "bitwise_or": ("any", ("bool", "int64"), (), ()),
    "bitwise_right_shift": ("shifts", INTEGERS, (), ()),
    "bitwise_xor": ("any", ("bool", "int64"), (), ()),
    "copysign": ("any", FLOATS, (), ()),
    "divide": ("positive", ("complex128",), FLOATS, ("contiguous", "scalar", "row", "column")),
    "equal": ("any", EVERY, (), ()),
    "floor_divide": ("positive", (*INTEGERS, *FLOATS), (), ()),
    "greater": ("any", ("int64", "float64"), (), ()),
    "greater_equal": ("any", ("int32", "float32"), (), ()),
    "hypot": ("any", FLOATS, (), ()),
    "less": ("any", ("uint8", "int64", "float32"), ("float64",), _ALL),
    "less_equal": ("any", ("int64", "float64"), (), ()),
    "logaddexp": ("any", FLOATS, (), ()),
    "logical_and": ("any", ("bool", "float64"), (), ()),
    "logical_or": ("any", ("bool",), (), ()),
    "logical_xor": ("any", ("bool",), (), ()),
    "maximum": ("any", ("uint8", *INTEGERS, "float32"), ("float64",), ("contiguous", "scalar", "row")),
    "minimum": ("any", ("int64", *FLOATS), (), ()),
    "multiply": ("any", ("uint8", "int32", "complex128"), ("int64", *FLOATS), _ALL),
    "nextafter": ("any", FLOATS, (), ()),
    "not_equal": ("any", ("int64", "float64"), (), ()),
    "pow": ("positive", FLOATS, (), ()),
    "remainder": ("positive", (*INTEGERS, *FLOATS), (), ()),
    "subtract": ("any", ("int32", "int64", "complex128"), FLOATS, ("contiguous", "scalar", "row", "column")),
}


def _elementwise() -> Iterable[Case]:
    def case(function: str, statement: str, dtype: str, layout: str = "contiguous", domain: str = "any") -> Case:
        return Case("elementwise", function, statement, dtype, layout, domain)

    for function, (domain, dtypes, others) in _UNARY.items():
        for dtype in dtypes:
            for layout in _SOME if dtype in others else ("contiguous",):
                yield case(function, f"xp.{function}({_ELEMENTWISE_LAYOUTS[layout][0]})", dtype, layout, domain)
    for function, (domain, dtypes, others, layouts) in _BINARY.items():
        for dtype in (*dtypes, *others):
            for layout in layouts if dtype in others else ("contiguous",):
                x, y = _ELEMENTWISE_LAYOUTS[layout]
                yield case(function, f"xp.{function}({x}, {y})", dtype, layout, domain)
    for exponent in ("2", "3", "0.5", "2.5"):
        for dtype in FLOATS:
            yield case("pow", f"x ** {exponent}", dtype, f"scalar {exponent}", "positive")
    yield case("pow", "x ** 3", "int64", "scalar 3")
    for dtype in ("uint8", "int64", *FLOATS):
        yield case("clip", "xp.clip(x, 3, 7)", dtype, "scalar")
    yield case("clip", "xp.clip(m, row, None)", "float64", "row")
    for dtype in EVERY:
        yield case("where", "xp.where(mask, x, y)", dtype)
    yield case("where", "xp.where(mask, x, 0.0)", "float64", "scalar")


def _creation() -> Iterable[Case]:
    def case(function: str, statement: str, dtype: str, layout: str = "contiguous", check: str = "r") -> Case:
        return Case("creation", function, statement, dtype, layout, check=check)

    yield case("arange", "xp.arange(n)", "int64")
    yield case("arange", "xp.arange(n, dtype=xp.float64)", "float64")
    yield case("arange", "xp.arange(n, dtype=xp.float32)", "float32")
    for dtype in FLOATS:
        yield case("linspace", f"xp.linspace(0.0, 1.0, n, dtype=xp.{dtype})", dtype)
    for dtype in EVERY:
        yield case("asarray", "xp.asarray(x, copy=True)", dtype, "copy")
    for dtype in ("uint8", *FLOATS):
        yield case("asarray", "xp.asarray(xs, copy=True)", dtype, "copy, strided")
        yield case("asarray", "xp.asarray(mt, copy=True)", dtype, "copy, transposed")
    yield Case("creation", "asarray", "xp.asarray(numbers)", "float64", "of a list", sizes=(16, 1_000))
    yield case("empty", "xp.empty(n, dtype=xp.float64)", "float64", check="r.shape")
    yield case("empty_like", "xp.empty_like(x)", "float64", check="r.shape")
    for dtype in ("bool", "int64", *FLOATS):
        for function in ("zeros", "ones"):
            yield case(function, f"xp.{function}(n, dtype=xp.{dtype})", dtype)
        yield case("full", f"xp.full(n, 1, dtype=xp.{dtype})", dtype)
    for dtype in FLOATS:
        for function in ("zeros_like", "ones_like", "tril", "triu"):
            yield case(function, f"xp.{function}({'m' if function.startswith('tri') else 'x'})", dtype)
        yield case("full_like", "xp.full_like(x, 2.0)", dtype)
        yield case("eye", f"xp.eye(side, dtype=xp.{dtype})", dtype)
        yield case("meshgrid", "xp.meshgrid(vector, vector)", dtype)


_CASTS: Final = (
    ("float64", "float32"),
    ("float32", "float64"),
    ("float64", "int64"),
    ("int64", "float64"),
    ("int32", "int64"),
    ("uint8", "float32"),
    ("bool", "float64"),
    ("float64", "bool"),
    ("int64", "uint8"),
    ("float64", "complex128"),
)


def _data_types() -> Iterable[Case]:
    for of, to in _CASTS:
        yield Case("data types", "astype", f"xp.astype(x, xp.{to})", of, f"to {to}", "positive")
    statements = {
        "can_cast": "xp.can_cast(xp.int32, xp.int64)",
        "finfo": "xp.finfo(xp.float64).eps",
        "iinfo": "xp.iinfo(xp.int64).max",
        "isdtype": "xp.isdtype(x.dtype, 'real floating')",
        "result_type": "xp.result_type(x, y)",
        "__array_namespace__": "x.__array_namespace__()",
    }
    for function, statement in statements.items():  # of no size
        yield Case("data types", function, statement, "float64", check="1", sizes=(16,))


def _indexing() -> Iterable[Case]:
    statements = {
        "getitem x[1:]": "x[1:]",
        "getitem x[3]": "x[3]",
        "getitem m[:, 1]": "m[:, 1]",
        "getitem m[1]": "m[1, ...]",
        "getitem x[mask]": "x[mask]",
        "getitem x[index]": "x[index]",
        "take": "xp.take(x, index)",
        "take axis 0": "xp.take(m, rows, axis=0)",
        "take axis 1": "xp.take(kt, rows, axis=1)",
        "take_along_axis": "xp.take_along_axis(m, order, axis=1)",
    }
    for function, statement in statements.items():
        for dtype in FLOATS:
            yield Case("indexing", function, statement, dtype)
    for target, value in (("[3]", "0.5"), ("[1:]", "0.5"), ("[mask]", "0.5"), ("[index]", "0.5"), ("[:]", "y")):
        yield Case("indexing", f"setitem x{target} = {value}", f"x{target} = {value}", "float64", check="x")
    yield Case("indexing", "setitem x += y", "x.__iadd__(y)", "int64", check="x")


def _manipulation() -> Iterable[Case]:
    statements: dict[str, tuple[str, str]] = {
        "broadcast_to": ("row", "xp.broadcast_to(row, m.shape)"),
        "broadcast_arrays": ("row", "xp.broadcast_arrays(m, row)"),
        "expand_dims": ("contiguous", "xp.expand_dims(x, axis=0)"),
        "flip": ("contiguous", "xp.flip(x)"),
        "moveaxis": ("contiguous", "xp.moveaxis(m, 0, 1)"),
        "permute_dims": ("contiguous", "xp.permute_dims(m, (1, 0))"),
        "reshape": ("contiguous", "xp.reshape(m, (-1,))"),
        "squeeze": ("column", "xp.squeeze(column, axis=1)"),
    }
    for function, (layout, statement) in statements.items():
        yield Case("manipulation", function, statement, "float64", layout)
    copying = {
        "concat": (("x", "xp.concat([x, y])"), ("axis 1", "xp.concat([m, k], axis=1)")),
        "stack": (("axis 0", "xp.stack([x, y])"), ("axis -1", "xp.stack([x, y], axis=-1)")),
        "reshape": (("transposed", "xp.reshape(mt, (-1,))"),),
        "roll": (("x", "xp.roll(x, 3)"), ("axis 1", "xp.roll(m, 2, axis=1)")),
        "repeat": (("x", "xp.repeat(x, 2)"), ("axis 0", "xp.repeat(m, 2, axis=0)")),
        "tile": (("x", "xp.tile(x, (2,))"), ("matrix", "xp.tile(m, (2, 2))")),
    }
    for function, entries in copying.items():
        for layout, statement in entries:
            for dtype in ("uint8", *FLOATS):
                yield Case("manipulation", function, statement, dtype, layout)
    yield Case("manipulation", "unstack", "xp.unstack(m)", "float64", sizes=SIZES[:3])


# What is reduced, and along which axis.
_REDUCED: Final[dict[str, tuple[str, str]]] = {
    "all": ("m", ""),
    "axis 0": ("m", ", axis=0"),
    "axis 1": ("m", ", axis=1"),
    "middle axis": ("cube", ", axis=1"),
    "short rows": ("short", ", axis=1"),
    "transposed": ("mt", ""),
    "strided": ("xs", ""),
}
_AXES: Final = ("all", "axis 0", "axis 1", "middle axis")


def _reduced(chapter: str, function: str, dtypes: Iterable[str], layouts: Iterable[str], domain: str) -> Iterable[Case]:
    for dtype in dtypes:
        for layout in layouts:
            x, axis = _REDUCED[layout]
            yield Case(chapter, function, f"xp.{function}({x}{axis})", dtype, layout, domain)


def _searching() -> Iterable[Case]:
    for function in ("argmax", "argmin"):
        yield from _reduced("searching", function, ("uint8", "int32", "int64", *FLOATS), _AXES, "any")
    yield from _reduced("searching", "argmax", FLOATS, ("short rows",), "any")
    yield from _reduced("searching", "count_nonzero", ("bool", "int64", "float64"), ("all", "axis 0", "axis 1"), "few")
    for dtype in ("bool", "float64"):
        yield Case("searching", "nonzero", "xp.nonzero(x)", dtype, domain="few")
    for dtype in ("int64", *FLOATS):
        yield Case("searching", "searchsorted", "xp.searchsorted(ordered, x)", dtype, sizes=SIZES[:4])


def _sets_and_sorting() -> Iterable[Case]:
    for function in ("unique_all", "unique_counts", "unique_inverse", "unique_values"):
        for dtype, domain in (("uint8", "any"), ("int64", "few"), ("float32", "any"), ("float64", "any")):
            layout = "few distinct" if dtype == "uint8" or domain == "few" else "all distinct"
            check = "xp.sort(r)" if function == "unique_values" else "r"  # NumPy's are in no order
            yield Case("sets", function, f"xp.{function}(x)", dtype, layout, domain, check)
    for dtype in ("int64", "float64"):
        yield Case("sets", "isin", "xp.isin(x, eight)", dtype, "in eight")
        yield Case("sets", "isin", "xp.isin(x, y)", dtype, sizes=SIZES[:4])
    for function in ("sort", "argsort"):
        for dtype in REALS:
            check = "xp.take(x, r)" if function == "argsort" else "r"
            yield Case("sorting", function, f"xp.{function}(x)", dtype, check=check)
        for layout, axis in (("axis 0", 0), ("axis 1", 1)):
            for dtype in FLOATS:
                check = f"xp.take_along_axis(m, r, axis={axis})" if function == "argsort" else "r"
                yield Case("sorting", function, f"xp.{function}(m, axis={axis})", dtype, layout, check=check)
    for dtype in ("int64", "float64"):
        check = "xp.take(x, r)"
        yield Case("sorting", "argsort", "xp.argsort(x, stable=True)", dtype, "stable", check=check)


def _statistics() -> Iterable[Case]:
    for function in ("max", "min"):
        yield from _reduced("statistics", function, REALS, _AXES, "any")
    for function in ("sum", "prod"):
        domain = "unit" if function == "prod" else "any"
        yield from _reduced("statistics", function, ("int32", "int64", *FLOATS, "complex128"), _AXES, domain)
    yield from _reduced("statistics", "sum", ("bool", "uint8"), ("all", "axis 1"), "any")
    for function in ("mean", "std", "var"):
        yield from _reduced("statistics", function, FLOATS, _AXES, "any")
    yield from _reduced("statistics", "mean", ("complex128",), ("all",), "any")
    for function in ("sum", "mean", "max", "prod"):
        yield from _reduced("statistics", function, FLOATS, ("short rows",), "any")
    for function in ("sum", "max"):
        yield from _reduced("statistics", function, FLOATS, ("transposed", "strided"), "any")
    for function in ("cumulative_sum", "cumulative_prod"):
        for dtype in ("int64", *FLOATS):
            yield Case("statistics", function, f"xp.{function}(x)", dtype, "all", "unit")
            for axis in (0, 1):
                yield Case("statistics", function, f"xp.{function}(m, axis={axis})", dtype, f"axis {axis}", "unit")


def _utility() -> Iterable[Case]:
    for function in ("all", "any"):
        yield from _reduced("utility", function, ("bool", "float64"), ("all", "axis 0", "axis 1"), "positive")
    for dtype in ("int64", *FLOATS):
        yield Case("utility", "diff", "xp.diff(x)", dtype)
        yield Case("utility", "diff", "xp.diff(m, axis=0)", dtype, "axis 0")


# Function, statement, layout, and what is compared where that is not the whole result.
_OF_MATRICES: Final = (
    ("matmul", "square @ square.T", "by its transpose", "r"),
    ("matmul", "tall.T @ tall", "tall, transposed", "r"),
    ("matmul", "tall @ tall[:4].T", "tall by wide", "r"),
    ("matmul", "square @ vector", "matrix, vector", "r"),
    ("matmul", "stack @ right", "stack", "r"),
    ("matrix_transpose", "xp.matrix_transpose(square)", "square", "r"),
    ("tensordot", "xp.tensordot(square, other, axes=1)", "square", "r"),
    ("vecdot", "xp.vecdot(x, y)", "vectors", "r"),
    ("vecdot", "xp.vecdot(m, k)", "rows", "r"),
    ("outer", "xp.linalg.outer(vector, vector)", "vectors", "r"),
    ("cross", "xp.linalg.cross(threes, threes[::-1])", "vectors", "r"),
    ("cholesky", "xp.linalg.cholesky(definite)", "square", "r"),
    ("det", "xp.linalg.det(stack)", "square", "r"),
    ("diagonal", "xp.linalg.diagonal(square)", "square", "r"),
    ("eig", "xp.linalg.eig(stack)", "square", "xp.sum(r[0], axis=-1)"),
    ("eigvals", "xp.linalg.eigvals(stack)", "square", "xp.sum(r, axis=-1)"),
    ("eigh", "xp.linalg.eigh(symmetric)", "square", "r[0]"),
    ("eigvalsh", "xp.linalg.eigvalsh(symmetric)", "square", "r"),
    ("inv", "xp.linalg.inv(definite)", "square", "r"),
    ("matrix_norm", "xp.linalg.matrix_norm(stack)", "square", "r"),
    ("matrix_power", "xp.linalg.matrix_power(stack, 3)", "square", "r"),
    ("matrix_rank", "xp.linalg.matrix_rank(stack)", "square", "r"),
    ("pinv", "xp.linalg.pinv(definite)", "square", "r"),
    ("qr", "xp.linalg.qr(stack)", "square", "xp.abs(r[1])"),
    ("slogdet", "xp.linalg.slogdet(definite)", "square", "r[1]"),
    ("solve", "xp.linalg.solve(definite, right)", "square", "r"),
    ("svd", "xp.linalg.svd(stack)", "square", "r[1]"),
    ("svdvals", "xp.linalg.svdvals(stack)", "square", "r"),
    ("trace", "xp.linalg.trace(stack)", "square", "r"),
    ("vector_norm", "xp.linalg.vector_norm(x)", "vector", "r"),
    ("vector_norm", "xp.linalg.vector_norm(m, axis=1)", "rows", "r"),
)


def _linear_algebra() -> Iterable[Case]:
    def case(function: str, statement: str, dtypes: Iterable[str], layout: str, check: str = "r") -> Iterable[Case]:
        sizes = tuple(size for size in SIZES if function not in _DEAR or size <= DEAR_LIMIT)
        for dtype in dtypes:
            yield Case("linear algebra", function, statement, dtype, layout, "unit", check, sizes)

    yield from case("matmul", "square @ other", (*FLOATS, "complex128"), "square")
    yield Case("linear algebra", "matmul", "square @ other", "int64", "square", "few", sizes=SIZES[:4])
    for function, statement, layout, check in _OF_MATRICES:
        yield from case(function, statement, FLOATS, layout, check)


def _transforms() -> Iterable[Case]:
    for dtype in (*FLOATS, "complex128"):
        yield Case("fft", "fft", "xp.fft.fft(x)", dtype, "one")
        yield Case("fft", "fft", "xp.fft.fft(m)", dtype, "rows")
        yield Case("fft", "ifft", "xp.fft.ifft(x)", dtype, "one")
        yield Case("fft", "fftn", "xp.fft.fftn(m)", dtype, "matrix")
        yield Case("fft", "fftshift", "xp.fft.fftshift(m)", dtype, "matrix")
        yield Case("fft", "irfft", "xp.fft.irfft(x)", dtype, "one")
    for dtype in FLOATS:
        yield Case("fft", "rfft", "xp.fft.rfft(x)", dtype, "one")
        yield Case("fft", "rfft", "xp.fft.rfft(m)", dtype, "rows")
        yield Case("fft", "rfftn", "xp.fft.rfftn(m)", dtype, "matrix")
    yield Case("fft", "fftfreq", "xp.fft.fftfreq(n)", "float64")
    yield Case("fft", "rfftfreq", "xp.fft.rfftfreq(n)", "float64")


CASES: Final[tuple[Case, ...]] = (
    *_elementwise(),
    *_creation(),
    *_data_types(),
    *_indexing(),
    *_manipulation(),
    *_searching(),
    *_sets_and_sorting(),
    *_statistics(),
    *_utility(),
    *_linear_algebra(),
    *_transforms(),
)

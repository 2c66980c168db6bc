"""The 13 dtypes: small objects that everything inside works with, and the numpy.dtype that each shows outside.

No arrays, and no rules for mixing dtypes (see promotion.py). NumPy is loaded when a dtype is first shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from raptors_xp._core.arguments import Unchecked, show
from raptors_xp._core.numpy import load

if TYPE_CHECKING:
    import numpy


class DType:
    """The type of an array's elements, inside of raptors_xp. There is one object for each; compare with `is`.

    Attributes:
        code: the number that native code uses for it, its position in `DTYPES`
        name: the standard's name, such as "float32"
        itemsize: the number of bytes of one element
        kind: "b" boolean, "i" signed integer, "u" unsigned integer, "f" real floating-point, "c" complex floating-point
        public: the numpy.dtype; None until show_dtype has been called once
    """

    code: Final[int]
    name: Final[str]
    itemsize: Final[int]
    kind: Final[str]
    public: object

    def __init__(self, code: int, name: str, itemsize: int, kind: str) -> None:
        self.code = code
        self.name = name
        self.itemsize = itemsize
        self.kind = kind
        self.public = None

    def __repr__(self) -> str:
        return "raptors_xp." + self.name

    def __str__(self) -> str:
        return self.name


bool_: Final = DType(0, "bool", 1, "b")
int8: Final = DType(1, "int8", 1, "i")
int16: Final = DType(2, "int16", 2, "i")
int32: Final = DType(3, "int32", 4, "i")
int64: Final = DType(4, "int64", 8, "i")
uint8: Final = DType(5, "uint8", 1, "u")
uint16: Final = DType(6, "uint16", 2, "u")
uint32: Final = DType(7, "uint32", 4, "u")
uint64: Final = DType(8, "uint64", 8, "u")
float32: Final = DType(9, "float32", 4, "f")
float64: Final = DType(10, "float64", 8, "f")
complex64: Final = DType(11, "complex64", 8, "c")
complex128: Final = DType(12, "complex128", 16, "c")

DTYPES: Final[tuple[DType, ...]] = (
    bool_,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
    float32,
    float64,
    complex64,
    complex128,
)
BY_NAME: Final[dict[str, DType]] = {each.name: each for each in DTYPES}
# The standard's names of kinds of dtypes, and the values of DType.kind that each includes.
KINDS: Final[dict[str, str]] = {
    "bool": "b",
    "signed integer": "i",
    "unsigned integer": "u",
    "integral": "iu",
    "real floating": "f",
    "complex floating": "c",
    "numeric": "iufc",
}

# The smallest and the largest value of the integer dtypes, by code; 0 for the other dtypes.
MINIMA: Final[list[int]] = [-(1 << (8 * each.itemsize - 1)) if each.kind == "i" else 0 for each in DTYPES]
MAXIMA: Final[list[int]] = [
    (1 << (8 * each.itemsize - (1 if each.kind == "i" else 0))) - 1 if each.kind in "iu" else 0 for each in DTYPES
]

# --- the public face -------------------------------------------------------------------------------------------------

# For type checkers: an array of float64 is an Array[Float64].
Bool: TypeAlias = "numpy.dtype[numpy.bool_]"
Int64: TypeAlias = "numpy.dtype[numpy.int64]"
Float64: TypeAlias = "numpy.dtype[numpy.float64]"
Complex128: TypeAlias = "numpy.dtype[numpy.complex128]"
PublicDType: TypeAlias = "numpy.dtype[Any]"
# A dtype argument: what numpy.dtype takes. At run time as_dtype checks it.
DTypeLike: TypeAlias = "numpy.dtype[Any] | type[Any] | str | Unchecked"

DT = TypeVar("DT", bound="numpy.dtype[Any]", covariant=True)

# What means a dtype: names and Python's types, and once NumPy is loaded its dtypes and scalar types.
_KNOWN: Final[dict[object, DType]] = {bool: bool_, int: int64, float: float64, complex: complex128}
for _each in DTYPES:
    _KNOWN[_each.name] = _each


def show_dtype(dtype: DType) -> Any:
    """The numpy.dtype that stands for a dtype outside."""
    if dtype.public is None:
        _meet_numpy()
    return dtype.public


def _meet_numpy() -> None:
    numpy = load()
    for each in DTYPES:
        each.public = numpy.dtype(each.name)
        _KNOWN[each.public] = each
        _KNOWN[numpy.dtype(each.name).type] = each


def as_dtype(function: str, dtype: object, argument: str = "dtype") -> DType:
    """The DType for a numpy.dtype, or what numpy.dtype takes: names, NumPy's scalar types, bool, int, float, complex.

    TypeError, naming `function`, for anything else and for dtypes that raptors_xp does not have.
    """
    if isinstance(dtype, DType):
        return dtype
    try:
        found = _KNOWN.get(dtype)
    except TypeError:  # what has no hash is no dtype
        found = None
    if found is None:
        found = _read_dtype(dtype)
    if found is None:
        raise TypeError(
            f"{function}: {argument}={show(dtype)} is not a dtype that raptors_xp has; use one of raptors_xp.bool, "
            "int8 ... int64, uint8 ... uint64, float32, float64, complex64, complex128"
        )
    return found


def _read_dtype(dtype: object) -> DType | None:
    """The dtype as NumPy reads it; None if that is not one of ours."""
    numpy = load()
    if not isinstance(dtype, (str, type, numpy.dtype)):  # an array is no dtype, though NumPy would take its own
        return None
    if bool_.public is None:
        _meet_numpy()
    try:
        return _KNOWN.get(numpy.dtype(dtype))
    except (TypeError, ValueError, SyntaxError):
        return None

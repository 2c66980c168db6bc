"""The 13 dtypes as objects, with their properties. No arrays, and no rules for mixing dtypes (see promotion.py)."""

from typing import Final, Protocol, TypeVar

from raptors_xp._core.arguments import show


class DType:
    """The type of an array's elements. There is exactly one object for each dtype; compare with `==` or `is`.

    Attributes:
        code: the number that native code uses for it, its position in `DTYPES`
        name: the standard's name, such as "float32"
        itemsize: the number of bytes of one element
        kind: "b" boolean, "i" signed integer, "u" unsigned integer, "f" real floating-point, "c" complex floating-point
    """

    code: Final[int]
    name: Final[str]
    itemsize: Final[int]
    kind: Final[str]

    def __init__(self, code: int, name: str, itemsize: int, kind: str) -> None:
        self.code = code
        self.name = name
        self.itemsize = itemsize
        self.kind = kind

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return 0x5EED + self.code

    def __repr__(self) -> str:
        return "raptors_xp." + self.name

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> str:
        # pickle and copy look up the single object by its name in this module.
        return "bool_" if self.code == 0 else self.name


# One class for each dtype, so that a type checker can tell Array[Float32] from Array[Float64].
class Bool(DType):
    """True and False, one byte each."""


class Int8(DType):
    """Integers from -2**7 to 2**7 - 1."""


class Int16(DType):
    """Integers from -2**15 to 2**15 - 1."""


class Int32(DType):
    """Integers from -2**31 to 2**31 - 1."""


class Int64(DType):
    """Integers from -2**63 to 2**63 - 1; the default integer dtype."""


class UInt8(DType):
    """Integers from 0 to 2**8 - 1."""


class UInt16(DType):
    """Integers from 0 to 2**16 - 1."""


class UInt32(DType):
    """Integers from 0 to 2**32 - 1."""


class UInt64(DType):
    """Integers from 0 to 2**64 - 1."""


class Float32(DType):
    """Real numbers in IEEE 754 single precision."""


class Float64(DType):
    """Real numbers in IEEE 754 double precision; the default floating-point dtype."""


class Complex64(DType):
    """Complex numbers: two single-precision numbers, the real part and then the imaginary part."""


class Complex128(DType):
    """Complex numbers: two double-precision numbers, real and then imaginary part; the default complex dtype."""


bool_: Final = Bool(0, "bool", 1, "b")
int8: Final = Int8(1, "int8", 1, "i")
int16: Final = Int16(2, "int16", 2, "i")
int32: Final = Int32(3, "int32", 4, "i")
int64: Final = Int64(4, "int64", 8, "i")
uint8: Final = UInt8(5, "uint8", 1, "u")
uint16: Final = UInt16(6, "uint16", 2, "u")
uint32: Final = UInt32(7, "uint32", 4, "u")
uint64: Final = UInt64(8, "uint64", 8, "u")
float32: Final = Float32(9, "float32", 4, "f")
float64: Final = Float64(10, "float64", 8, "f")
complex64: Final = Complex64(11, "complex64", 8, "c")
complex128: Final = Complex128(12, "complex128", 16, "c")

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

DT = TypeVar("DT", bound=DType, covariant=True)


class DTypeLike(Protocol):
    """The type of a dtype argument in public signatures: a DType or a numpy.dtype. At run time as_dtype checks it."""

    @property
    def name(self) -> str: ...
    @property
    def itemsize(self) -> int: ...


# The dtype that a Python type means, as in NumPy.
_PYTHON_TYPES: Final[dict[object, DType]] = {bool: bool_, int: int64, float: float64, complex: complex128}


def as_dtype(function: str, dtype: object, argument: str = "dtype") -> DType:
    """The DType for a DType, a numpy.dtype, a NumPy scalar type, or one of bool, int, float and complex.

    TypeError, naming `function`, for anything else.
    """
    if isinstance(dtype, DType):
        return dtype
    if isinstance(dtype, type):
        found = _PYTHON_TYPES.get(dtype)
        if found is None and dtype.__module__ == "numpy":
            found = BY_NAME.get(dtype.__name__)
        if found is not None:
            return found
    elif type(dtype).__module__.startswith("numpy") and getattr(dtype, "isnative", False) is True:
        found = BY_NAME.get(str(getattr(dtype, "name", "")))
        if found is not None:
            return found
    raise TypeError(
        f"{function}: {argument}={show(dtype)} is not a dtype that raptors_xp has; use one of raptors_xp.bool, "
        "int8 ... int64, uint8 ... uint64, float32, float64, complex64, complex128"
    )

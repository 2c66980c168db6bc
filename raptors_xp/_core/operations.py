"""Which kernel and which dtype an operation is computed with, and the error if there is none. Tables; runs nothing."""

from typing import Final, NoReturn

from raptors_xp import _native
from raptors_xp._core.dtypes import DTYPES, DType, bool_, float64, int8
from raptors_xp._core.promotion import COUNT

# The number of operations. Their codes are the integer constants in _native, whose names are in capitals.
OPERATIONS: Final[int] = 1 + max(code for name, code in vars(_native).items() if name.isupper() and type(code) is int)
FLOAT32: Final = 9  # dtype codes from this one on are floating-point
COMPLEX64: Final = 11  # and from this one on complex
CONVERT: Final[int] = _native.TO_B8  # CONVERT + dtype code is the operation that converts to the dtype


def _result(op: int, dtype: int) -> DType | None:
    code = _native.result_dtype(op, dtype)
    return None if code < 0 else DTYPES[code]


# By operation code * COUNT + dtype code: the dtype of a kernel's results, or None if there is no kernel.
RESULTS: Final[list[DType | None]] = [_result(op, dtype) for op in range(OPERATIONS) for dtype in range(COUNT)]
# The same for operations whose operands need no closer look: all except powers of integers, where the exponents matter.
DIRECT: Final[list[DType | None]] = [
    None if index // COUNT == _native.POWER and index % COUNT < FLOAT32 else result
    for index, result in enumerate(RESULTS)
]
# The operations that stand for others on booleans, as in NumPy. For operations not listed booleans count as int8.
_BOOLEAN_TWINS: Final[dict[int, int]] = {
    _native.ADD: _native.BITWISE_OR,
    _native.MULTIPLY: _native.BITWISE_AND,
    _native.MAXIMUM: _native.BITWISE_OR,
    _native.MINIMUM: _native.BITWISE_AND,
    _native.ABSOLUTE: _native.TO_B8,
}
# The operations that do not take booleans, with the remedy for the error message.
_BOOLEAN_REMEDIES: Final[dict[int, str]] = {
    _native.SUBTRACT: "use logical_xor, or convert with astype",
    _native.NEGATIVE: "use logical_not, or convert with astype",
    _native.SIGN: "convert with astype",
}
# What the manifest says of integers for which an operation has no kernel: they are an error (0), converted to the
# default float, or copied because the operation does not change them. `real` and `conj` copy all real numbers.
_AS_FLOAT: Final = 1
_COPY: Final = 2
_COPY_REAL: Final = 3
_INTEGERS: Final[list[int]] = [_native.integers(op) for op in range(OPERATIONS)]


def twin(op: int, dtype: DType) -> int:
    """The operation to run instead of `op`: a boolean one for booleans, a copy where `op` changes nothing."""
    if dtype is bool_:
        return _BOOLEAN_TWINS.get(op, op)
    rule = _INTEGERS[op]
    if (rule == _COPY and dtype.kind in "iu") or (rule == _COPY_REAL and dtype.kind != "c"):
        return CONVERT + dtype.code
    return op


def compute_dtype(op: int, dtype: DType) -> DType | None:
    """The dtype to compute `op` in for operands that promote to `dtype`; None if they are not supported."""
    code = dtype.code
    if RESULTS[op * COUNT + code] is not None:
        return dtype
    if code < FLOAT32 and _INTEGERS[op] == _AS_FLOAT:
        return float64
    if code != bool_.code or op in _BOOLEAN_REMEDIES or RESULTS[op * COUNT + int8.code] is None:
        return None
    return int8


def refuse_dtype(op: int, function: str, arguments: str, dtype: DType) -> NoReturn:
    """Raises the TypeError for an unsupported dtype, with a list of the dtypes that `function` supports."""
    names = [str(each) for each in DTYPES if compute_dtype(twin(op, each), each) is not None]
    remedy = _BOOLEAN_REMEDIES.get(op, "convert with astype") if dtype is bool_ else "convert with astype"
    raise TypeError(f"{function}: dtype {dtype} of {arguments} is not supported, only {', '.join(names)}; {remedy}")

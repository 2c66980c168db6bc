"""Which kernel serves an operation on a dtype, and the refusal where none does. Tables alone; nothing is run here."""

from typing import Final, NoReturn

from raptors_xp import _native
from raptors_xp._core.dtypes import DTYPES, DType, bool_, float64, int8
from raptors_xp._core.promotion import COUNT

# Operation codes are the integers that native code names in capitals: so many there are.
OPERATIONS: Final[int] = 1 + max(code for name, code in vars(_native).items() if name.isupper() and type(code) is int)
FLOAT32: Final = 9  # dtype codes from here on are floating-point
CONVERT: Final[int] = _native.TO_B8  # the operation that converts to a dtype, less the dtype's code


def _result(op: int, dtype: int) -> DType | None:
    code = _native.result_dtype(op, dtype)
    return None if code < 0 else DTYPES[code]


# By operation code * COUNT + dtype code: the dtype a kernel's results have; None where there is no kernel.
RESULTS: Final[list[DType | None]] = [_result(op, dtype) for op in range(OPERATIONS) for dtype in range(COUNT)]
# The same for what needs no second look at its operands: all but powers.
DIRECT: Final[list[DType | None]] = [
    None if index // COUNT == _native.POWER else result for index, result in enumerate(RESULTS)
]
# What NumPy computes on booleans instead; where it is nothing, booleans count as int8.
_BOOLEAN_TWINS: Final[dict[int, int]] = {
    _native.ADD: _native.BITWISE_OR,
    _native.MULTIPLY: _native.BITWISE_AND,
    _native.MAXIMUM: _native.BITWISE_OR,
    _native.MINIMUM: _native.BITWISE_AND,
    _native.ABSOLUTE: _native.TO_B8,
}
# What booleans are refused for, and the remedy.
_BOOLEAN_REMEDIES: Final[dict[int, str]] = {
    _native.SUBTRACT: "use logical_xor, or convert with astype",
    _native.NEGATIVE: "use logical_not, or convert with astype",
    _native.SIGN: "convert with astype",
}
# Kernels for floating-point dtypes alone that take integers as the default float.
_FROM_INTEGERS: Final = (
    _native.DIVIDE,
    _native.EXP,
    _native.EXPM1,
    _native.SINH,
    _native.COSH,
    _native.TANH,
    _native.LOG,
    _native.LOG2,
    _native.LOG10,
    _native.LOG1P,
    _native.ASINH,
    _native.ACOSH,
    _native.ATANH,
    _native.LOGADDEXP,
    _native.SQRT,
    _native.HYPOT,
    _native.SIN,
    _native.COS,
    _native.TAN,
    _native.ASIN,
    _native.ACOS,
    _native.ATAN,
    _native.ATAN2,
    _native.COPYSIGN,
    _native.NEXTAFTER,
    _native.SIGNBIT,
)
# Kernels without those dtypes that they would only copy: whole numbers rounded, the real part of real ones.
_COPIES_INTEGERS: Final = (_native.FLOOR, _native.CEIL, _native.TRUNC, _native.ROUND)
_COPIES_REALS: Final = (_native.CONJ, _native.REAL)


def twin(op: int, dtype: DType) -> int:
    """The operation to run instead of `op`: booleans have some of their own; where nothing is to do, a copy."""
    if dtype is bool_:
        return _BOOLEAN_TWINS.get(op, op)
    if (op in _COPIES_INTEGERS and dtype.kind in "iu") or (op in _COPIES_REALS and dtype.kind != "c"):
        return CONVERT + dtype.code
    return op


def compute_dtype(op: int, dtype: DType) -> DType | None:
    """The dtype to compute `op` in, for operands that promote to `dtype`; None if there is none."""
    code = dtype.code
    if RESULTS[op * COUNT + code] is not None:
        return dtype
    if code < FLOAT32 and op in _FROM_INTEGERS:
        return float64
    if code != bool_.code or op in _BOOLEAN_REMEDIES or RESULTS[op * COUNT + int8.code] is None:
        return None
    return int8


def refuse_dtype(op: int, function: str, arguments: str, dtype: DType) -> NoReturn:
    """TypeError in the name of `function` for the dtype its arguments have, with the dtypes that it takes."""
    names = [str(each) for each in DTYPES if compute_dtype(twin(op, each), each) is not None]
    remedy = _BOOLEAN_REMEDIES.get(op, "convert with astype") if dtype is bool_ else "convert with astype"
    raise TypeError(f"{function}: dtype {dtype} of {arguments} is not supported, only {', '.join(names)}; {remedy}")

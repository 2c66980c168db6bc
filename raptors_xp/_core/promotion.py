"""Type promotion: the standard's tables, and NumPy 2's rules (NEP 50) where the standard is silent. Knows no arrays."""

from typing import Final, cast

from raptors_xp._core.arguments import show
from raptors_xp._core.dtypes import (
    BY_NAME,
    DTYPES,
    MAXIMA,
    MINIMA,
    DType,
    bool_,
    complex64,
    complex128,
    float32,
    float64,
    int64,
)

Scalar = bool | int | float | complex

_KIND_ORDER: Final = "biufc"
_SAME_KINDS: Final = "buifc"  # each holds the numbers of those before, but for their size


def _join(a: DType, b: DType) -> DType:
    """The smallest dtype that holds the values of both. As in NumPy, float64 counts as holding int64, but rounds it."""
    if _KIND_ORDER.index(a.kind) > _KIND_ORDER.index(b.kind):
        a, b = b, a
    if a.kind == b.kind:
        return a if a.itemsize >= b.itemsize else b
    if a.kind == "b":
        return b
    if b.kind == "u":  # a is signed: only a wider one holds b
        if a.itemsize > b.itemsize:
            return a
        return float64 if b.itemsize == 8 else BY_NAME[f"int{16 * b.itemsize}"]
    if b.kind == "f":  # a is an integer
        return b if a.itemsize < b.itemsize else float64
    if a.kind == "f":  # from here on b is complex
        return b if 2 * a.itemsize <= b.itemsize else complex128
    return b if 2 * a.itemsize < b.itemsize else complex128


_JOINS: Final[list[DType]] = [_join(a, b) for a in DTYPES for b in DTYPES]
COUNT: Final = 13


def promote(a: DType, b: DType) -> DType:
    """The dtype of an operation on arrays of dtypes `a` and `b`, which exists for every pair."""
    if a is b:
        return a
    return _JOINS[a.code * COUNT + b.code]


def promote_all(dtypes: list[DType]) -> DType:
    """The dtype of an operation on arrays of several dtypes, independent of their order.

    The highest dtype is promoted with each of the others. Promoting neighbours would depend on the order: int16 and
    uint16 give int32, which with float32 gives float64, while float32 with each of the two stays float32.
    """
    result = dtypes[0]
    for each in dtypes:
        if each.code > result.code:  # codes are in the order of kinds
            result = each
    for each in dtypes:
        result = promote(result, each)
    return result


def can_cast(from_: DType, to: DType) -> bool:
    """True if promoting the two dtypes gives `to`."""
    return promote(from_, to) is to


def is_same_kind(from_: DType, to: DType) -> bool:
    """True if NumPy's "same_kind" casting allows it, as from int64 to int32 or float32, but not to uint8."""
    return _SAME_KINDS.index(from_.kind) <= _SAME_KINDS.index(to.kind)


def weak_dtype(scalar: Scalar, with_: DType) -> DType:
    """The dtype of an operation on an array of dtype `with_` and a Python scalar, of which only the kind counts."""
    if isinstance(scalar, bool):
        return with_
    if isinstance(scalar, int):
        return int64 if with_ is bool_ else with_
    if isinstance(scalar, float):
        return with_ if with_.code >= float32.code else float64
    if with_.code >= complex64.code:
        return with_
    return complex64 if with_ is float32 else complex128


def scalar_dtype(function: str, argument: str, scalar: Scalar, with_: DType) -> DType:
    """Like weak_dtype, with an OverflowError that names `function` if the dtype cannot hold an int scalar."""
    dtype = weak_dtype(scalar, with_)
    check_fits(function, argument, scalar, dtype)
    return dtype


def fits(scalar: int, dtype: DType) -> bool:
    """True if `scalar` is in the range of an integer dtype."""
    return MINIMA[dtype.code] <= scalar <= MAXIMA[dtype.code]


def holds(dtype: DType, scalar: Scalar) -> bool:
    """False for an int outside the dtype's range. Floats are rounded, so they always fit."""
    if isinstance(scalar, bool) or not isinstance(scalar, int) or dtype is bool_:
        return True
    if dtype.code < float32.code:
        return fits(scalar, dtype)
    try:
        float(scalar)
    except OverflowError:
        return False
    return True


def check_fits(function: str, argument: str, scalar: Scalar, dtype: DType) -> None:
    """OverflowError, naming `function`, if `scalar` is an int that `dtype` cannot hold."""
    if holds(dtype, scalar):
        return
    if dtype.code >= float32.code:
        raise OverflowError(
            f"{function}: {argument} is a Python int of {cast(int, scalar).bit_length()} bits, beyond the range of "
            f"{dtype}; give a float, such as inf"
        )
    raise OverflowError(
        f"{function}: {argument}={show(scalar)} is out of range for {dtype}, which holds "
        f"{MINIMA[dtype.code]} to {MAXIMA[dtype.code]}; use a wider dtype (astype) or a float"
    )

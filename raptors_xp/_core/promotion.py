"""How dtypes mix: the promotion tables, NumPy 2's answers (NEP 50) included. Knows dtypes and scalars, never arrays."""

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


def _join(a: DType, b: DType) -> DType:
    """The smallest dtype that holds the values of both, as NumPy sees it: int64 fits float64, int32 not float32."""
    if _KIND_ORDER.index(a.kind) > _KIND_ORDER.index(b.kind):
        a, b = b, a
    if a.kind == b.kind:
        return a if a.itemsize >= b.itemsize else b
    if a.kind == "b":
        return b
    if b.kind == "u":  # a is signed: it must be wider than b
        if a.itemsize > b.itemsize:
            return a
        return float64 if b.itemsize == 8 else BY_NAME[f"int{16 * b.itemsize}"]
    if b.kind == "f":  # a is an integer
        return b if a.itemsize < b.itemsize else float64
    if a.kind == "f":  # b is complex, here and below
        return b if 2 * a.itemsize <= b.itemsize else complex128
    return b if 2 * a.itemsize < b.itemsize else complex128


_JOINS: Final[list[DType]] = [_join(a, b) for a in DTYPES for b in DTYPES]
COUNT: Final = 13


def promote(a: DType, b: DType) -> DType:
    """The dtype of an operation on arrays of dtypes `a` and `b`; every pair has one."""
    if a is b:
        return a
    return _JOINS[a.code * COUNT + b.code]


def promote_all(dtypes: list[DType]) -> DType:
    """The dtype of an operation on arrays of several dtypes, whatever their order: the highest kind meets all others.

    In pairs, int16 and uint16 would make int32, which is too wide for a float32 that took either.
    """
    result = dtypes[0]
    for each in dtypes:
        if each.code > result.code:  # codes are in the order of kinds
            result = each
    for each in dtypes:
        result = promote(result, each)
    return result


def can_cast(from_: DType, to: DType) -> bool:
    """True if promotion of the two gives `to`."""
    return promote(from_, to) is to


def weak_dtype(scalar: Scalar, with_: DType) -> DType:
    """The dtype of an operation on an array of dtype `with_` and a Python scalar, by the scalar's kind alone."""
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
    """As weak_dtype; OverflowError in the name of `function` if the dtype cannot hold an int scalar."""
    dtype = weak_dtype(scalar, with_)
    check_fits(function, argument, scalar, dtype)
    return dtype


def fits(scalar: int, dtype: DType) -> bool:
    """True if an integer dtype holds the value."""
    return MINIMA[dtype.code] <= scalar <= MAXIMA[dtype.code]


def holds(dtype: DType, scalar: Scalar) -> bool:
    """False of an int that is out of the dtype's range; floats round."""
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
    """OverflowError in the name of `function` if `scalar` is an int that `dtype` cannot hold."""
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

"""The standard's data type functions, under its names: conversion, and questions about dtypes (defined in dtypes.py).

See "Data Type Functions" in the Array API standard 2025.12.
"""

from __future__ import annotations

from typing import Any, Final, cast

from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, Unchecked, are_default, as_flag, check_option, show
from raptors_xp._core.device import check_device
from raptors_xp._core.dtypes import (
    KINDS,
    MAXIMA,
    MINIMA,
    DType,
    DTypeLike,
    PublicDType,
    as_dtype,
    bool_,
    complex64,
    float32,
    float64,
    show_dtype,
)
from raptors_xp._core.numpy import is_numpy
from raptors_xp._core.operands import as_array, is_scalar
from raptors_xp._core.promotion import Scalar, promote, promote_all, weak_dtype
from raptors_xp._core.promotion import can_cast as _can_cast
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine.elementwise import convert
from raptors_xp._exchange.numpy_calls import from_numpy, to_numpy


class finfo_object:
    """The limits of a real floating-point dtype, as `finfo` returns them.

    Attributes: bits, eps (the distance from 1.0 to the next larger number), max, min, smallest_normal, dtype.
    """

    bits: Final[int]
    eps: Final[float]
    max: Final[float]
    min: Final[float]
    smallest_normal: Final[float]
    dtype: Final[PublicDType]

    def __init__(self, dtype: DType) -> None:
        digits, exponent = (23, 127) if dtype is float32 else (52, 1023)
        self.bits = 8 * dtype.itemsize
        self.eps = 2.0**-digits
        self.max = (2.0 - 2.0**-digits) * 2.0**exponent
        self.min = -(2.0 - 2.0**-digits) * 2.0**exponent
        self.smallest_normal = 2.0 ** (1 - exponent)
        self.dtype = show_dtype(dtype)

    def __reduce__(self) -> tuple[Any, ...]:
        return finfo, (self.dtype,)

    def __repr__(self) -> str:
        return (
            f"finfo(bits={self.bits}, eps={self.eps}, max={self.max}, min={self.min}, "
            f"smallest_normal={self.smallest_normal}, dtype={self.dtype})"
        )


class iinfo_object:
    """The limits of an integer dtype, as `iinfo` returns them.

    Attributes: bits, max, min, dtype.
    """

    bits: Final[int]
    max: Final[int]
    min: Final[int]
    dtype: Final[PublicDType]

    def __init__(self, dtype: DType) -> None:
        self.bits = 8 * dtype.itemsize
        self.max = MAXIMA[dtype.code]
        self.min = MINIMA[dtype.code]
        self.dtype = show_dtype(dtype)

    def __reduce__(self) -> tuple[Any, ...]:
        return iinfo, (self.dtype,)

    def __repr__(self) -> str:
        return f"iinfo(bits={self.bits}, max={self.max}, min={self.min}, dtype={self.dtype})"


# What has been asked for, by the codes of dtypes; making one takes longer than NumPy takes to find its own.
_FINFO: Final[dict[int, finfo_object]] = {}
_IINFO: Final[dict[int, iinfo_object]] = {}


def astype(
    x: ArrayOf[Any],
    dtype: DTypeLike,
    /,
    *,
    copy: Flag = True,
    device: object = None,
    order: str | Unchecked = "K",
    casting: str | Unchecked = "unsafe",
    subok: Flag = True,
) -> Array[Any]:
    """A copy of x converted to `dtype`; with copy=False x itself if it has that dtype already.

    The shape is kept. To bool, numbers other than 0 become True; to integers, real numbers lose their fraction and
    integers wrap around. Dtypes: all, but TypeError for complex to real or integer (use real or imag). ValueError for a
    device other than "cpu". `order` and `casting` are NumPy's, and `subok` has no meaning.
    """
    array = as_array("astype", "x", x)
    target = as_dtype("astype", dtype)
    if device is not None:
        check_device("astype", device)
    as_it_is = are_default(order, casting, subok)
    if not as_it_is:
        check_option("astype", "order", order, ("K", "A", "C", "F"))
        check_option("astype", "casting", casting, ("no", "equiv", "safe", "same_kind", "unsafe"))
        as_flag("astype", "subok", subok)
    if copy is not True and not as_flag("astype", "copy", copy) and target is array._dtype and as_it_is:
        return cast("Array[Any]", array)
    if array._dtype.code >= complex64.code and target.kind in "iuf":
        raise TypeError(
            f"astype: x of dtype {array._dtype} to dtype={target} would lose the imaginary parts; "
            "convert real(x), imag(x) or abs(x)"
        )
    if not as_it_is:
        ndarray = to_numpy(array).astype(show_dtype(target), order, casting, copy=as_flag("astype", "copy", copy))
        return cast("Array[Any]", from_numpy(ndarray))
    return cast("Array[Any]", convert(array, target, in_c_order=False))


def can_cast(from_: DTypeLike | ArrayOf[Any], to: DTypeLike, /) -> bool:
    """True if a dtype, or the dtype of an array, can be converted to `to` by the standard's promotion rules.

    That is so if promoting the two dtypes gives `to`. TypeError for arguments of other types.
    """
    return _can_cast(_dtype_of("can_cast", "from_", from_), as_dtype("can_cast", to, "to"))


def finfo(type: DTypeLike | ArrayOf[Any], /) -> finfo_object:
    """The limits of a floating-point dtype, or of an array's; for a complex dtype those of its parts.

    Dtypes: floating-point; TypeError for others. The result has attributes bits, eps, max, min, smallest_normal and
    dtype.
    """
    dtype = _dtype_of("finfo", "type", type)
    if dtype.kind == "c":
        dtype = float32 if dtype.itemsize == 8 else float64
    elif dtype.kind != "f":
        raise TypeError(f"finfo: type={dtype} is not floating-point; use iinfo for integers")
    found = _FINFO.get(dtype.code)
    if found is None:
        found = _FINFO[dtype.code] = finfo_object(dtype)
    return found


def iinfo(type: DTypeLike | ArrayOf[Any], /) -> iinfo_object:
    """The limits of an integer dtype, or of an array's.

    Dtypes: integers; TypeError for others. The result has attributes bits, max, min and dtype.
    """
    dtype = _dtype_of("iinfo", "type", type)
    if dtype.kind not in "iu":
        raise TypeError(f"iinfo: type={dtype} is not an integer dtype; use finfo for floating-point dtypes")
    found = _IINFO.get(dtype.code)
    if found is None:
        found = _IINFO[dtype.code] = iinfo_object(dtype)
    return found


def isdtype(dtype: DTypeLike, kind: DTypeLike | str | tuple[DTypeLike | str, ...]) -> bool:
    """True if `dtype` is of the given kind: a dtype, the name of a kind, or a tuple of these, one of which must match.

    The names are "bool", "signed integer", "unsigned integer", "integral", "real floating", "complex floating" and
    "numeric". TypeError for what is not a dtype, ValueError for an unknown name.
    """
    given = as_dtype("isdtype", dtype)
    for each in kind if isinstance(kind, tuple) else (kind,):
        if isinstance(each, str):
            kinds = KINDS.get(each)
            if kinds is None:
                raise ValueError(f"isdtype: kind={show(each)} is not known; use a dtype or one of {', '.join(KINDS)}")
            if given.kind in kinds:
                return True
        elif as_dtype("isdtype", each, "kind") is given:
            return True
    return False


def result_type(*arrays_and_dtypes: DTypeLike | ArrayOf[Any] | bool | int | float | complex) -> PublicDType:
    """The dtype that the given arrays, dtypes and Python scalars promote to; of scalars only the kind counts.

    Of scalars alone it is the default dtype of their kinds, as in NumPy. TypeError for no arguments, and for arguments
    of other types.
    """
    dtypes: list[DType] = []
    scalars: list[Scalar] = []
    for position, each in enumerate(cast("tuple[object, ...]", arrays_and_dtypes)):
        if isinstance(each, Strided):  # first, as the most frequent, and before the text for an error is made
            dtypes.append(each._dtype)
        elif is_scalar(each):
            scalars.append(each)
        else:
            dtypes.append(_dtype_of("result_type", f"arrays_and_dtypes[{position}]", each))
    if not dtypes and not scalars:
        raise TypeError("result_type: arrays_and_dtypes=() has neither an array nor a dtype; give one")
    if not dtypes:
        dtypes = [weak_dtype(each, bool_) for each in scalars]
    result = found = promote_all(dtypes)
    for scalar in scalars:
        result = promote(result, weak_dtype(scalar, found))
    return cast("PublicDType", show_dtype(result))


def _dtype_of(function: str, argument: str, value: object) -> DType:
    """The dtype of an array, NumPy's among them, or a dtype itself."""
    if isinstance(value, Strided) or is_numpy(value):
        return as_array(function, argument, value)._dtype
    return as_dtype(function, value, argument)

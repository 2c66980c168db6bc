"""raptors_xp: the Array API standard 2025.12 for CPUs. This module re-exports the public names, nothing else."""

import sys as _sys
import typing as _typing

from raptors_xp import _native, fft, lib, linalg, special
from raptors_xp._array.array import Array
from raptors_xp._array.methods import set_namespace as _set_namespace
from raptors_xp._core.dtypes import BY_NAME as _DTYPES
from raptors_xp._core.dtypes import show_dtype as _show_dtype
from raptors_xp._core.numpy_names import METHODS as _METHODS
from raptors_xp._core.numpy_names import NumpyMethod as _NumpyMethod
from raptors_xp._core.numpy_names import missing_function as _missing_function
from raptors_xp._exchange.dlpack import array_of as _array_of
from raptors_xp._exchange.registration import tell_others as _tell_others
from raptors_xp._functions import ufuncs as _ufuncs
from raptors_xp._functions.constants import e, inf, nan, newaxis, pi
from raptors_xp._functions.contractions import (
    cross,
    dot,
    einsum,
    inner,
    kron,
    outer,
    trace,
    vdot,
)
from raptors_xp._functions.creation import (
    asarray,
    empty,
    empty_like,
    eye,
    from_dlpack,
    full,
    full_like,
    meshgrid,
    ones,
    ones_like,
    tril,
    triu,
    zeros,
    zeros_like,
)
from raptors_xp._functions.data_type_functions import astype, can_cast, finfo, iinfo, isdtype, result_type
from raptors_xp._functions.elementwise import (
    abs,
    acos,
    acosh,
    add,
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    bitwise_and,
    bitwise_invert,
    bitwise_left_shift,
    bitwise_or,
    bitwise_right_shift,
    bitwise_xor,
    ceil,
    clip,
    conj,
    copysign,
    cos,
    cosh,
    divide,
    equal,
    exp,
    expm1,
    floor,
    floor_divide,
    greater,
    greater_equal,
    hypot,
    imag,
    isfinite,
    isinf,
    isnan,
    less,
    less_equal,
    log,
    log1p,
    log2,
    log10,
    logaddexp,
    logical_and,
    logical_not,
    logical_or,
    logical_xor,
    maximum,
    minimum,
    multiply,
    negative,
    nextafter,
    not_equal,
    positive,
    pow,
    real,
    reciprocal,
    remainder,
    round,
    sign,
    signbit,
    sin,
    sinh,
    sqrt,
    square,
    subtract,
    tan,
    tanh,
    trunc,
)
from raptors_xp._functions.indexing import take, take_along_axis
from raptors_xp._functions.inspection import __array_namespace_info__
from raptors_xp._functions.joining import (
    append,
    array_split,
    atleast_1d,
    atleast_2d,
    atleast_3d,
    column_stack,
    concatenate,
    delete,
    diag,
    diagonal,
    dstack,
    hstack,
    insert,
    pad,
    ravel,
    resize,
    rot90,
    split,
    swapaxes,
    transpose,
    tri,
    vstack,
)
from raptors_xp._functions.manipulation import (
    broadcast_arrays,
    broadcast_shapes,
    broadcast_to,
    concat,
    expand_dims,
    flip,
    moveaxis,
    permute_dims,
    repeat,
    reshape,
    roll,
    squeeze,
    stack,
    tile,
    unstack,
)
from raptors_xp._functions.matrices import matrix_transpose
from raptors_xp._functions.nan_statistics import (
    nanargmax,
    nanargmin,
    nancumprod,
    nancumsum,
    nanmax,
    nanmean,
    nanmedian,
    nanmin,
    nanpercentile,
    nanprod,
    nanquantile,
    nanstd,
    nansum,
    nanvar,
)
from raptors_xp._functions.products import matmul, tensordot, vecdot
from raptors_xp._functions.ranges import arange, linspace
from raptors_xp._functions.samples import (
    average,
    bincount,
    corrcoef,
    cov,
    digitize,
    gradient,
    histogram,
    interp,
    median,
    percentile,
    ptp,
    quantile,
    trapezoid,
)
from raptors_xp._functions.searching import argmax, argmin, count_nonzero, nonzero, searchsorted, where
from raptors_xp._functions.sets import isin, unique_all, unique_counts, unique_inverse, unique_values
from raptors_xp._functions.sorting import argsort, sort
from raptors_xp._functions.statistics import cumulative_prod, cumulative_sum, max, mean, min, prod, std, sum, var
from raptors_xp._functions.ufuncs import *  # noqa: F403
from raptors_xp._functions.utility import all, any, diff
from raptors_xp._functions.values import (
    allclose,
    array_equal,
    copyto,
    cumprod,
    cumsum,
    isclose,
    logspace,
    nan_to_num,
    place,
    putmask,
    unravel_index,
)
from raptors_xp._version import __version__

__array_api_version__ = "2025.12"

__all__ = [
    "Array",
    "__array_api_version__",
    "__array_namespace_info__",
    "__version__",
    "abs",
    "acos",
    "acosh",
    "add",
    "all",
    "any",
    "arange",
    "argmax",
    "argmin",
    "argsort",
    "asarray",
    "asin",
    "asinh",
    "astype",
    "atan",
    "atan2",
    "atanh",
    "bitwise_and",
    "bitwise_invert",
    "bitwise_left_shift",
    "bitwise_or",
    "bitwise_right_shift",
    "bitwise_xor",
    "bool",
    "broadcast_arrays",
    "broadcast_shapes",
    "broadcast_to",
    "can_cast",
    "ceil",
    "clip",
    "complex64",
    "complex128",
    "concat",
    "conj",
    "copysign",
    "cos",
    "cosh",
    "count_nonzero",
    "cumulative_prod",
    "cumulative_sum",
    "diff",
    "divide",
    "e",
    "empty",
    "empty_like",
    "equal",
    "exp",
    "expand_dims",
    "expm1",
    "eye",
    "fft",
    "finfo",
    "flip",
    "float32",
    "float64",
    "floor",
    "floor_divide",
    "from_dlpack",
    "full",
    "full_like",
    "greater",
    "greater_equal",
    "hypot",
    "iinfo",
    "imag",
    "inf",
    "int8",
    "int16",
    "int32",
    "int64",
    "isdtype",
    "isfinite",
    "isin",
    "isinf",
    "isnan",
    "less",
    "less_equal",
    "linalg",
    "linspace",
    "log",
    "log1p",
    "log2",
    "log10",
    "logaddexp",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "matmul",
    "matrix_transpose",
    "max",
    "maximum",
    "mean",
    "meshgrid",
    "min",
    "minimum",
    "moveaxis",
    "multiply",
    "nan",
    "negative",
    "newaxis",
    "nextafter",
    "nonzero",
    "not_equal",
    "ones",
    "ones_like",
    "permute_dims",
    "pi",
    "positive",
    "pow",
    "prod",
    "real",
    "reciprocal",
    "remainder",
    "repeat",
    "reshape",
    "result_type",
    "roll",
    "round",
    "searchsorted",
    "sign",
    "signbit",
    "sin",
    "sinh",
    "sort",
    "sqrt",
    "square",
    "squeeze",
    "stack",
    "std",
    "subtract",
    "sum",
    "take",
    "take_along_axis",
    "tan",
    "tanh",
    "tensordot",
    "tile",
    "tril",
    "triu",
    "trunc",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "unique_all",
    "unique_counts",
    "unique_inverse",
    "unique_values",
    "unstack",
    "var",
    "vecdot",
    "where",
    "zeros",
    "zeros_like",
]
_STANDARD = tuple(__all__)
# What NumPy has and the standard has not.
__all__ += _ufuncs.__all__
__all__ += [
    "allclose",
    "append",
    "array_equal",
    "array_split",
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "average",
    "bincount",
    "column_stack",
    "concatenate",
    "copyto",
    "corrcoef",
    "cov",
    "cross",
    "cumprod",
    "cumsum",
    "delete",
    "diag",
    "diagonal",
    "digitize",
    "dot",
    "dstack",
    "einsum",
    "gradient",
    "histogram",
    "hstack",
    "inner",
    "insert",
    "interp",
    "isclose",
    "kron",
    "lib",
    "logspace",
    "median",
    "nan_to_num",
    "nanargmax",
    "nanargmin",
    "nancumprod",
    "nancumsum",
    "nanmax",
    "nanmean",
    "nanmedian",
    "nanmin",
    "nanpercentile",
    "nanprod",
    "nanquantile",
    "nanstd",
    "nansum",
    "nanvar",
    "outer",
    "pad",
    "percentile",
    "place",
    "ptp",
    "putmask",
    "quantile",
    "ravel",
    "resize",
    "rot90",
    "special",
    "split",
    "swapaxes",
    "trace",
    "transpose",
    "trapezoid",
    "tri",
    "unravel_index",
    "vdot",
    "vstack",
]


def __dir__() -> list[str]:
    return list(__all__)


if _typing.TYPE_CHECKING:
    import numpy as _numpy

    bool: _numpy.dtype[_numpy.bool_]
    int8: _numpy.dtype[_numpy.int8]
    int16: _numpy.dtype[_numpy.int16]
    int32: _numpy.dtype[_numpy.int32]
    int64: _numpy.dtype[_numpy.int64]
    uint8: _numpy.dtype[_numpy.uint8]
    uint16: _numpy.dtype[_numpy.uint16]
    uint32: _numpy.dtype[_numpy.uint32]
    uint64: _numpy.dtype[_numpy.uint64]
    float32: _numpy.dtype[_numpy.float32]
    float64: _numpy.dtype[_numpy.float64]
    complex64: _numpy.dtype[_numpy.complex64]
    complex128: _numpy.dtype[_numpy.complex128]
else:  # with __getattr__ in sight, a type checker would accept every name

    def __getattr__(name: str) -> object:
        dtype = _DTYPES.get(name)
        if dtype is None:
            raise _missing_function(__name__, name, _sys.modules[__name__])
        public = _show_dtype(dtype)  # which loads NumPy
        globals()[name] = public
        return public


# What mypyc does not give a compiled class: the slot of __index__, the buffer protocol, weak references, and attributes
# that only raise an error.
Array.__index__ = Array.__index__  # type: ignore[method-assign]
_native.adopt(Array)
Array.__dlpack_c_exchange_api__ = _native.exchange_api(_array_of)  # type: ignore[attr-defined]
_set_namespace(_sys.modules[__name__])
_tell_others(Array, __version__)
for _name in _METHODS:
    setattr(Array, _name, _NumpyMethod(_name))

# Error messages and pickles show public functions and classes under their public module names.
for _name in __all__:
    if callable(_value := globals().get(_name)):
        _value.__module__ = __name__
for _module in (linalg, fft, special):
    for _name in _module.__all__:
        _value = getattr(_module, _name)
        if _value is not globals().get(_name):  # matmul and its like belong to both, and keep the shorter name
            _value.__module__ = _module.__name__
del _module, _name, _value

"""Sorting along an axis: the values, or the indices that sort them. The other axes make the lines; loops are native."""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.dtypes import complex64, float32, float64, int64
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import as_axis, contiguous_strides, without
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import compare
from raptors_xp._engine.gather import take_along

_sort: Final = _native.sort
_NOT_EQUAL: Final[int] = _native.NOT_EQUAL


def sort(function: str, x: object, axis: object, descending: bool) -> Strided:
    """The elements sorted along an axis; nan counts as larger than all numbers, and 0.0 and -0.0 keep their order."""
    array = as_array(function, "x", x)
    place = as_axis(function, "axis", axis, len(array._shape))
    if array._dtype.kind == "c":
        return take_along(function, array, _ranks_of_complex(function, array, place, descending), place)
    return _sorted(array, place, descending, False)


def argsort(function: str, x: object, axis: object, descending: bool) -> Strided:
    """The indices that sort the elements along an axis; equal elements keep their order."""
    array = as_array(function, "x", x)
    place = as_axis(function, "axis", axis, len(array._shape))
    if array._dtype.kind == "c":
        return _ranks_of_complex(function, array, place, descending)
    return _sorted(array, place, descending, True)


def _sorted(x: Strided, axis: int, descending: bool, ranks: bool) -> Strided:
    shape = x._shape
    strides = x._strides
    result = int64 if ranks else x._dtype
    out_strides = contiguous_strides(shape, result.itemsize)
    memory = _sort(
        x._dtype.code,
        ranks,
        descending,
        shape[axis],
        strides[axis],
        without(shape, axis),
        without(strides, axis),
        memory_of(x),
        x._offset,
        out_strides[axis],
        without(out_strides, axis),
    )
    return x._make(memory, result, shape)


def _ranks_of_complex(function: str, x: Strided, axis: int, descending: bool) -> Strided:
    """The indices that sort complex numbers by real parts, then by imaginary parts; as in NumPy, nan comes last.

    The numbers are sorted, stably, by one key after the other, beginning with the least important one.
    """
    part = float32 if x._dtype is complex64 else float64
    plain = x._make(memory_of(x), part, ())
    real = plain._view(x._offset, x._shape, x._strides)
    imag = plain._view(x._offset + part.itemsize, x._shape, x._strides)
    result = _sorted_again(function, _sorted(imag, axis, descending, True), real, axis, descending)
    for key in (compare(_NOT_EQUAL, function, imag, imag), compare(_NOT_EQUAL, function, real, real)):
        result = _sorted_again(function, result, key, axis, descending)
    return result


def _sorted_again(function: str, ranks: Strided, key: Strided, axis: int, descending: bool) -> Strided:
    """The indices `ranks`, sorted by a further key; where the key is equal they keep their order."""
    return take_along(function, ranks, _sorted(take_along(function, key, ranks, axis), axis, descending, True), axis)

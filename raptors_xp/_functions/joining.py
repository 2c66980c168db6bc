"""NumPy's functions that join, split and rearrange arrays, beside those of the standard (manipulation.py).

Names, parameters and answers are NumPy's. Views where NumPy gives views.
"""

from collections.abc import Sequence
from itertools import pairwise
from operator import index
from typing import Any, SupportsIndex, cast

from raptors_xp._array.array import Array
from raptors_xp._core.arguments import as_integer, as_integers
from raptors_xp._core.operands import as_array, as_arrays
from raptors_xp._core.shape import normalize_axis
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine.views import permute, reshape
from raptors_xp._exchange.numpy_calls import call_numpy
from raptors_xp._functions.manipulation import concat

Arrays = Sequence[ArrayOf[Any]] | ArrayOf[Any]


def transpose(a: ArrayOf[Any], axes: Sequence[SupportsIndex] | None = None) -> Array[Any]:
    """A view with the axes in another order: `axes`, or by default reversed. See numpy.transpose."""
    x = as_array("transpose", "a", a)
    rank = len(x._shape)
    order = list(range(rank - 1, -1, -1))
    if axes is not None:
        order = [normalize_axis("transpose", "axes", each, rank) for each in as_integers("transpose", "axes", axes)]
        if sorted(order) != list(range(rank)):
            raise ValueError(f"transpose: axes={axes} doesn't match the array's {rank} axes; name each of them once")
    return cast("Array[Any]", permute(x, order))


def swapaxes(a: ArrayOf[Any], axis1: SupportsIndex, axis2: SupportsIndex) -> Array[Any]:
    """A view with two axes exchanged. See numpy.swapaxes."""
    x = as_array("swapaxes", "a", a)
    rank = len(x._shape)
    first = normalize_axis("swapaxes", "axis1", as_integer("swapaxes", "axis1", axis1), rank)
    second = normalize_axis("swapaxes", "axis2", as_integer("swapaxes", "axis2", axis2), rank)
    order = list(range(rank))
    order[first], order[second] = second, first
    return cast("Array[Any]", permute(x, order))


def ravel(a: ArrayOf[Any], order: str = "C") -> Array[Any]:
    """All elements in one axis, as a view if possible. See numpy.ravel."""
    x = as_array("ravel", "a", a)
    if order != "C":
        return cast("Array[Any]", call_numpy("ravel", x, order))
    return cast("Array[Any]", reshape("ravel", x, (-1,), None))


def sliding_window_view(
    x: ArrayOf[Any], window_shape: Any, axis: Any = None, *, subok: bool = False, writeable: bool = False
) -> Array[Any]:
    """A view of all windows of a shape, along new last axes; read-only by default. See numpy.lib.stride_tricks."""
    given = as_array("sliding_window_view", "x", x)
    name = "lib.stride_tricks.sliding_window_view"
    return cast("Array[Any]", call_numpy(name, given, window_shape, axis, subok=subok, writeable=writeable))


def rot90(m: ArrayOf[Any], k: int = 1, axes: tuple[int, int] = (0, 1)) -> Array[Any]:
    """A view, turned k times by 90 degrees in the plane of two axes. See numpy.rot90."""
    return cast("Array[Any]", call_numpy("rot90", as_array("rot90", "m", m), k, axes))


def _at_least(function: str, arrays: tuple[Any, ...], rank: int) -> Any:
    given = as_arrays(function, "arys", list(arrays))
    results = [cast("Array[Any]", _raised(function, x, rank)) for x in given]
    return results[0] if len(results) == 1 else tuple(results)


def _raised(function: str, x: Strided, rank: int) -> Strided:
    """x with at least so many axes: new ones in front, but for the third, which comes last."""
    shape = x._shape
    if len(shape) >= rank:
        return x
    if rank < 3:
        return reshape(function, x, (1,) * (rank - len(shape)) + shape, None)
    return reshape(function, x, (1,) * max(0, 2 - len(shape)) + shape + (1,), None)


def atleast_1d(*arys: ArrayOf[Any]) -> Any:
    """The arrays with at least one axis; one array, or a tuple of them. See numpy.atleast_1d."""
    return _at_least("atleast_1d", arys, 1)


def atleast_2d(*arys: ArrayOf[Any]) -> Any:
    """The arrays with at least two axes: new ones come first. See numpy.atleast_2d."""
    return _at_least("atleast_2d", arys, 2)


def atleast_3d(*arys: ArrayOf[Any]) -> Any:
    """The arrays with at least three axes: (N,) gives (1, N, 1), (M, N) gives (M, N, 1). See numpy.atleast_3d."""
    return _at_least("atleast_3d", arys, 3)


def concatenate(
    arrays: Arrays, /, axis: SupportsIndex | None = 0, out: Any = None, *, dtype: Any = None, casting: str = "same_kind"
) -> Array[Any]:
    """The arrays joined along an axis that they have, or, for None, all elements in one. See numpy.concatenate."""
    given = _several("concatenate", arrays)
    if out is not None or casting != "same_kind":
        result = call_numpy("concatenate", given, axis=axis, out=out, dtype=dtype, casting=casting)
        return cast("Array[Any]", result)
    joined = concat(cast(Any, given), axis=axis)
    return joined if dtype is None else joined.astype(dtype, copy=False)


def _several(function: str, arrays: Arrays) -> list[Strided]:
    """The arrays of a sequence; of one array, those along its first axis."""
    if isinstance(arrays, Strided):
        return list(cast("Any", arrays))
    return as_arrays(function, "arrays", list(cast("Sequence[Any]", arrays)))


def hstack(tup: Arrays, *, dtype: Any = None) -> Array[Any]:
    """The arrays joined along the second axis, or the first if they have one. See numpy.hstack."""
    given = [_raised("hstack", x, 1) for x in _several("hstack", tup)]
    axis = 0 if given and len(given[0]._shape) == 1 else 1
    return concatenate(cast(Any, given), axis, dtype=dtype)


def vstack(tup: Arrays, *, dtype: Any = None) -> Array[Any]:
    """The arrays joined along the first axis; those of shape (N,) as (1, N). See numpy.vstack."""
    return concatenate(cast(Any, [_raised("vstack", x, 2) for x in _several("vstack", tup)]), 0, dtype=dtype)


def dstack(tup: Arrays) -> Array[Any]:
    """The arrays joined along the third axis; those of shape (N,) as (1, N, 1). See numpy.dstack."""
    return concatenate(cast(Any, [_raised("dstack", x, 3) for x in _several("dstack", tup)]), 2)


def column_stack(tup: Arrays) -> Array[Any]:
    """The arrays as columns of a matrix: those of shape (N,) as (N, 1). See numpy.column_stack."""
    columns = [
        x if len(x._shape) > 1 else reshape("column_stack", x, (-1, 1), None) for x in _several("column_stack", tup)
    ]
    return concatenate(cast(Any, columns), 1)


def array_split(ary: ArrayOf[Any], indices_or_sections: Any, axis: SupportsIndex = 0) -> list[Array[Any]]:
    """Views of so many nearly equal parts along an axis, or cut before the given indices. See numpy.array_split."""
    x = as_array("array_split", "ary", ary)
    place = normalize_axis("array_split", "axis", as_integer("array_split", "axis", axis), len(x._shape))
    size = x._shape[place]
    try:
        sections = index(indices_or_sections)
    except TypeError:
        cuts = [0, *as_integers("array_split", "indices_or_sections", _listed(indices_or_sections)), size]
    else:
        if sections <= 0:
            raise ValueError(f"array_split: indices_or_sections={sections} is not positive; use 1 or more")
        each, extra = divmod(size, sections)
        cuts = [number * each + min(number, extra) for number in range(sections + 1)]
    before = (slice(None),) * place
    whole = cast("Array[Any]", x)
    return [whole[(*before, slice(start, stop))] for start, stop in pairwise(cuts)]


def _listed(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def split(ary: ArrayOf[Any], indices_or_sections: Any, axis: SupportsIndex = 0) -> list[Array[Any]]:
    """Like array_split, but ValueError where the parts would not be of equal size. See numpy.split."""
    x = as_array("split", "ary", ary)
    place = normalize_axis("split", "axis", as_integer("split", "axis", axis), len(x._shape))
    try:
        sections = index(indices_or_sections)
    except TypeError:
        return array_split(ary, indices_or_sections, axis)
    if sections > 0 and x._shape[place] % sections != 0:
        raise ValueError(
            f"split: indices_or_sections={sections} does not result in an equal division of axis {place} with size "
            f"{x._shape[place]}; use array_split"
        )
    return array_split(ary, sections, axis)


def pad(array: ArrayOf[Any], pad_width: Any, mode: Any = "constant", **kwargs: Any) -> Array[Any]:
    """A copy with elements added before and after each axis: constant_values, the edge, reflected ... See numpy.pad."""
    return cast("Array[Any]", call_numpy("pad", as_array("pad", "array", array), pad_width, mode, **kwargs))


def insert(arr: ArrayOf[Any], obj: Any, values: Any, axis: int | None = None) -> Array[Any]:
    """A copy with values inserted before the given indices along an axis. See numpy.insert."""
    return cast("Array[Any]", call_numpy("insert", as_array("insert", "arr", arr), obj, values, axis))


def delete(arr: ArrayOf[Any], obj: Any, axis: int | None = None) -> Array[Any]:
    """A copy without the elements at the given indices along an axis. See numpy.delete."""
    return cast("Array[Any]", call_numpy("delete", as_array("delete", "arr", arr), obj, axis))


def append(arr: ArrayOf[Any], values: Any, axis: int | None = None) -> Array[Any]:
    """A copy with values at the end of an axis; for None both as one axis. See numpy.append."""
    return cast("Array[Any]", call_numpy("append", as_array("append", "arr", arr), values, axis))


def resize(a: ArrayOf[Any], new_shape: Any) -> Array[Any]:
    """A copy of another shape, in which the elements are repeated as needed. See numpy.resize."""
    return cast("Array[Any]", call_numpy("resize", as_array("resize", "a", a), new_shape))


def diag(v: ArrayOf[Any], k: int = 0) -> Array[Any]:
    """A matrix with the elements of v on a diagonal; of a matrix its diagonal. See numpy.diag."""
    return cast("Array[Any]", call_numpy("diag", as_array("diag", "v", v), k))


def diagonal(a: ArrayOf[Any], offset: int = 0, axis1: int = 0, axis2: int = 1) -> Array[Any]:
    """A read-only view of the diagonals in the plane of two axes, as the last axis. See numpy.diagonal."""
    return cast("Array[Any]", call_numpy("diagonal", as_array("diagonal", "a", a), offset, axis1, axis2))


def tri(N: int, M: int | None = None, k: int = 0, dtype: Any = None) -> Array[Any]:  # noqa: N803
    """A matrix (N, M), by default of float64, with ones at and below a diagonal. See numpy.tri."""
    return cast("Array[Any]", call_numpy("tri", N, M, k, float if dtype is None else dtype))

"""The standard's creation functions, under its names, but for ranges (ranges.py). Allocation and filling are native.

All take `device`, which may be "cpu" or None. Impossible sizes raise ValueError, sizes beyond memory MemoryError. See
"Creation Functions" in the Array API standard 2025.12.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import (
    Any,
    Final,
    Literal,
    SupportsFloat,
    SupportsIndex,
    TypeVar,
    cast,
    overload,
)

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import (
    Flag,
    Unchecked,
    as_flag_or_none,
    as_integer,
    check_option,
)
from raptors_xp._core.chunks import grain
from raptors_xp._core.device import check_device
from raptors_xp._core.dtypes import (
    DT,
    Bool,
    Complex128,
    DType,
    DTypeLike,
    Float64,
    Int64,
    PublicDType,
    as_dtype,
    bool_,
    float64,
)
from raptors_xp._core.operands import as_array, as_arrays, is_scalar
from raptors_xp._core.operations import CONVERT
from raptors_xp._core.promotion import COUNT
from raptors_xp._core.shape import as_shape, as_size, check_shape, contiguous_strides, product
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine.assignment import assign
from raptors_xp._engine.elementwise import compare, convert
from raptors_xp._engine.ranges import ramp
from raptors_xp._engine.results import filled_memory, fresh_memory, zeroed_memory
from raptors_xp._engine.where import where
from raptors_xp._exchange import dlpack
from raptors_xp._exchange.sequences import array_from
from raptors_xp._native import Memory

Shape = SupportsIndex | Sequence[SupportsIndex]
Real = SupportsFloat | SupportsIndex
Scalar = bool | int | float | complex
D = TypeVar("D", bound=PublicDType)

_place: Final = _native.place
_LESS: Final[int] = _native.LESS
_LESS_EQUAL: Final[int] = _native.LESS_EQUAL


# --- what they all use ---------------------------------------------------------------------------------------------


def _fresh(function: str, shape: tuple[int, ...], dtype: DType) -> Array[Any]:
    """A new array whose elements are not set."""
    return _over(fresh_memory(function, dtype, shape), dtype, shape)


def _zeros(function: str, shape: tuple[int, ...], dtype: DType) -> Array[Any]:
    """A new array whose elements are all 0."""
    return _over(zeroed_memory(function, dtype, shape), dtype, shape)


def _constant(function: str, shape: tuple[int, ...], dtype: DType, value: Scalar) -> Array[Any]:
    """A new array whose elements are all `value`, a scalar that the dtype holds."""
    if dtype is bool_:
        value = bool(value)
    return _over(filled_memory(function, dtype, shape, value), dtype, shape)


def _over(memory: Memory, dtype: DType, shape: tuple[int, ...]) -> Array[Any]:
    """A contiguous array over new memory: wrap_fresh, made by the class itself."""
    return Array(memory, 0, dtype, shape, contiguous_strides(shape, dtype.itemsize), product(shape), True)


# --- from objects --------------------------------------------------------------------------------------------------


@overload
def asarray(
    obj: ArrayOf[DT], /, *, dtype: None = None, device: object = None, copy: Flag | None = None
) -> Array[DT]: ...
@overload
def asarray(obj: object, /, *, dtype: D, device: object = None, copy: Flag | None = None) -> Array[D]: ...
@overload
def asarray(
    obj: object, /, *, dtype: DTypeLike | None = None, device: object = None, copy: Flag | None = None
) -> Array[Any]: ...
def asarray(obj: object, /, *, dtype: object = None, device: object = None, copy: Flag | None = None) -> Array[Any]:
    """An array of the elements of `obj`: an array, scalar, nested sequence, buffer, NumPy array or DLPack producer.

    It shares the memory of `obj` if possible; copy=True always copies, and keeps the order of the axes in memory;
    copy=False raises ValueError where a copy is needed. Dtypes: all. By default that of `obj`; Python scalars give
    bool, int64 (uint64 if needed), float64 or complex128, the highest kind among them. ValueError for ragged sequences,
    TypeError for what is not a number, OverflowError for integers that the dtype cannot hold.
    """
    if device is not None:
        check_device("asarray", device)
    if isinstance(obj, Array) and dtype is None and copy is True:  # frequent, and short
        return cast("Array[Any]", convert(obj, obj._dtype, False))
    wanted = None if dtype is None else as_dtype("asarray", dtype)
    return cast("Array[Any]", array_from("asarray", "obj", obj, wanted, as_flag_or_none("asarray", "copy", copy)))


def from_dlpack(x: object, /, *, device: object = None, copy: Flag | None = None) -> Array[Any]:
    """An array over the memory of any object that has `__dlpack__` and `__dlpack_device__`; copy=True copies.

    Dtypes: all, kept. BufferError for other dtypes, and for data that is not on the CPU unless device="cpu" asks for a
    copy there. AttributeError for objects without these methods.
    """
    return cast(
        "Array[Any]", dlpack.from_dlpack("from_dlpack", "x", x, device, as_flag_or_none("from_dlpack", "copy", copy))
    )


# --- constant arrays -----------------------------------------------------------------------------------------------


@overload
def empty(shape: Shape, *, dtype: None = None, device: object = None) -> Array[Float64]: ...
@overload
def empty(shape: Shape, *, dtype: D, device: object = None) -> Array[D]: ...
@overload
def empty(shape: Shape, *, dtype: DTypeLike, device: object = None) -> Array[Any]: ...
def empty(shape: Shape, *, dtype: object = None, device: object = None) -> Array[Any]:
    """A new array of the given shape, a tuple of sizes or one size, whose elements are not set.

    Dtypes: all; float64 by default.
    """
    if device is not None:
        check_device("empty", device)
    return _fresh("empty", as_shape("empty", shape), float64 if dtype is None else as_dtype("empty", dtype))


@overload
def zeros(shape: Shape, *, dtype: None = None, device: object = None) -> Array[Float64]: ...
@overload
def zeros(shape: Shape, *, dtype: D, device: object = None) -> Array[D]: ...
@overload
def zeros(shape: Shape, *, dtype: DTypeLike, device: object = None) -> Array[Any]: ...
def zeros(shape: Shape, *, dtype: object = None, device: object = None) -> Array[Any]:
    """A new array of the given shape, a tuple of sizes or one size, filled with 0.

    Dtypes: all; float64 by default.
    """
    if device is not None:
        check_device("zeros", device)
    return _zeros("zeros", as_shape("zeros", shape), float64 if dtype is None else as_dtype("zeros", dtype))


@overload
def ones(shape: Shape, *, dtype: None = None, device: object = None) -> Array[Float64]: ...
@overload
def ones(shape: Shape, *, dtype: D, device: object = None) -> Array[D]: ...
@overload
def ones(shape: Shape, *, dtype: DTypeLike, device: object = None) -> Array[Any]: ...
def ones(shape: Shape, *, dtype: object = None, device: object = None) -> Array[Any]:
    """A new array of the given shape, a tuple of sizes or one size, filled with 1.

    Dtypes: all; float64 by default.
    """
    if device is not None:
        check_device("ones", device)
    return _constant("ones", as_shape("ones", shape), float64 if dtype is None else as_dtype("ones", dtype), 1)


@overload
def full(shape: Shape, fill_value: bool, *, dtype: None = None, device: object = None) -> Array[Bool]: ...  # type: ignore[overload-overlap]
@overload
def full(shape: Shape, fill_value: int, *, dtype: None = None, device: object = None) -> Array[Int64]: ...
@overload
def full(shape: Shape, fill_value: float, *, dtype: None = None, device: object = None) -> Array[Float64]: ...
@overload
def full(shape: Shape, fill_value: complex, *, dtype: None = None, device: object = None) -> Array[Complex128]: ...
@overload
def full(shape: Shape, fill_value: object, *, dtype: D, device: object = None) -> Array[D]: ...
@overload
def full(shape: Shape, fill_value: object, *, dtype: DTypeLike | None = None, device: object = None) -> Array[Any]: ...
def full(shape: Shape, fill_value: object, *, dtype: object = None, device: object = None) -> Array[Any]:
    """A new array of the given shape, filled with a Python scalar or with an array that broadcasts to that shape.

    Dtypes: all. By default that of the array; a bool, int, float or complex gives bool, int64, float64 or complex128.
    OverflowError for an int that the dtype cannot hold, TypeError for a complex value and a real dtype.
    """
    if device is not None:
        check_device("full", device)
    return _full("full", as_shape("full", shape), fill_value, None if dtype is None else as_dtype("full", dtype))


def _full(function: str, shape: tuple[int, ...], value: object, dtype: DType | None) -> Array[Any]:
    if isinstance(value, float) and (dtype is None or dtype.kind == "f"):
        return _constant(function, shape, float64 if dtype is None else dtype, value)
    given: Scalar | Strided
    if dtype is not None and is_scalar(value):
        given = value
    else:
        given = array_from(function, "fill_value", value, None, None)
        if dtype is None:
            dtype = given._dtype
        if len(given._shape) > 0:
            result = _fresh(function, shape, dtype)
            assign(function, result, given, "fill_value")
            return result
    # A zero-dimensional array of the dtype: assign checks that the value fits.
    element = _fresh(function, (), dtype)
    assign(function, element, given, "fill_value")
    return _constant(function, shape, dtype, element.item())


@overload
def empty_like(x: ArrayOf[DT], /, *, dtype: None = None, device: object = None) -> Array[DT]: ...
@overload
def empty_like(x: ArrayOf[Any], /, *, dtype: D, device: object = None) -> Array[D]: ...
@overload
def empty_like(
    x: ArrayOf[Any], /, *, dtype: DTypeLike | None = None, device: object = None, shape: Shape | None = None
) -> Array[Any]: ...
def empty_like(
    x: ArrayOf[Any], /, *, dtype: object = None, device: object = None, shape: Shape | None = None
) -> Array[Any]:
    """A new array of x's shape, or of `shape`, whose elements are not set. Dtypes: all; by default x's."""
    sizes, wanted = _pattern("empty_like", x, dtype, device, shape)
    return _fresh("empty_like", sizes, wanted)


@overload
def zeros_like(x: ArrayOf[DT], /, *, dtype: None = None, device: object = None) -> Array[DT]: ...
@overload
def zeros_like(x: ArrayOf[Any], /, *, dtype: D, device: object = None) -> Array[D]: ...
@overload
def zeros_like(
    x: ArrayOf[Any], /, *, dtype: DTypeLike | None = None, device: object = None, shape: Shape | None = None
) -> Array[Any]: ...
def zeros_like(
    x: ArrayOf[Any], /, *, dtype: object = None, device: object = None, shape: Shape | None = None
) -> Array[Any]:
    """A new array of x's shape, or of `shape`, filled with 0. Dtypes: all; by default x's."""
    sizes, wanted = _pattern("zeros_like", x, dtype, device, shape)
    return _zeros("zeros_like", sizes, wanted)


@overload
def ones_like(x: ArrayOf[DT], /, *, dtype: None = None, device: object = None) -> Array[DT]: ...
@overload
def ones_like(x: ArrayOf[Any], /, *, dtype: D, device: object = None) -> Array[D]: ...
@overload
def ones_like(
    x: ArrayOf[Any], /, *, dtype: DTypeLike | None = None, device: object = None, shape: Shape | None = None
) -> Array[Any]: ...
def ones_like(
    x: ArrayOf[Any], /, *, dtype: object = None, device: object = None, shape: Shape | None = None
) -> Array[Any]:
    """A new array of x's shape, or of `shape`, filled with 1. Dtypes: all; by default x's."""
    sizes, wanted = _pattern("ones_like", x, dtype, device, shape)
    return _constant("ones_like", sizes, wanted, 1)


@overload
def full_like(x: ArrayOf[DT], /, fill_value: object, *, dtype: None = None, device: object = None) -> Array[DT]: ...
@overload
def full_like(x: ArrayOf[Any], /, fill_value: object, *, dtype: D, device: object = None) -> Array[D]: ...
@overload
def full_like(
    x: ArrayOf[Any],
    /,
    fill_value: object,
    *,
    dtype: DTypeLike | None = None,
    device: object = None,
    shape: Shape | None = None,
) -> Array[Any]: ...
def full_like(
    x: ArrayOf[Any], /, fill_value: object, *, dtype: object = None, device: object = None, shape: Shape | None = None
) -> Array[Any]:
    """A new array of x's shape, or of `shape`, filled as by `full`, with its errors. Dtypes: all; by default x's."""
    sizes, wanted = _pattern("full_like", x, dtype, device, shape)
    return _full("full_like", sizes, fill_value, wanted)


def _pattern(
    function: str, x: object, dtype: object, device: object, shape: Shape | None
) -> tuple[tuple[int, ...], DType]:
    """The shape and the dtype of an array made after the pattern of x: x's own, unless others are given."""
    like = as_array(function, "x", x)
    check_device(function, device)
    wanted = like._dtype if dtype is None else as_dtype(function, dtype)
    return like._shape if shape is None else as_shape(function, shape), wanted


# --- matrices ------------------------------------------------------------------------------------------------------


def eye(
    n_rows: SupportsIndex,
    n_cols: SupportsIndex | None = None,
    /,
    *,
    k: SupportsIndex = 0,
    dtype: DTypeLike | None = None,
    device: object = None,
) -> Array[Any]:
    """A matrix of shape (n_rows, n_cols) with 1 on the k-th diagonal and 0 elsewhere; n_cols is n_rows by default.

    Diagonal 0 is the main one; positive k are above it, negative k below. Dtypes: all; float64 by default.
    """
    check_device("eye", device)
    wanted = float64 if dtype is None else as_dtype("eye", dtype)
    rows = as_size("eye", "n_rows", n_rows, 0)
    columns = rows if n_cols is None else as_size("eye", "n_cols", n_cols, 0)
    above = as_integer("eye", "k", k)
    shape = as_shape("eye", (rows, columns))
    memory = zeroed_memory("eye", wanted, shape)
    top = max(0, -above)
    left = max(0, above)
    length = min(rows - top, columns - left)
    if length > 0:
        itemsize = wanted.itemsize
        kernel = (CONVERT + wanted.code) * COUNT + wanted.code
        first = (top * columns + left) * itemsize
        _place(kernel, length, 1, (columns + 1) * itemsize, memory, first, 1, 0, grain(kernel, length))
    return _over(memory, wanted, shape)


def tril(x: ArrayOf[DT], /, *, k: SupportsIndex = 0) -> Array[DT]:
    """A copy of x, of shape (..., M, N), in which all elements above the k-th diagonal of each matrix are 0.

    Dtypes: all, kept. ValueError for fewer than two axes.
    """
    return cast("Array[DT]", _triangle("tril", x, as_integer("tril", "k", k), True))


def triu(x: ArrayOf[DT], /, *, k: SupportsIndex = 0) -> Array[DT]:
    """A copy of x, of shape (..., M, N), in which all elements below the k-th diagonal of each matrix are 0.

    Dtypes: all, kept. ValueError for fewer than two axes.
    """
    return cast("Array[DT]", _triangle("triu", x, as_integer("triu", "k", k), False))


def _triangle(function: str, x: object, k: int, lower: bool) -> Strided:
    array = as_array(function, "x", x)
    shape = array._shape
    if len(shape) < 2:
        raise ValueError(f"{function}: x of shape {shape} holds no matrices; reshape it to two axes or more")
    rows, columns = shape[-2], shape[-1]
    k = max(-rows - 1, min(columns + 1, k))
    row = ramp(function, k if lower else k - 1, 1, rows)._view(
        0, (rows, 1), (8, 8)
    )  # the last column of the lower triangle
    kept = compare(_LESS_EQUAL, function, ramp(function, 0, 1, columns), row)
    zero = _constant(function, (), array._dtype, 0)
    return where(function, kept, array, zero) if lower else where(function, kept, zero, array)


def meshgrid(*arrays: ArrayOf[DT], indexing: Literal["xy", "ij"] | Unchecked = "xy") -> tuple[Array[DT], ...]:
    """Coordinate grids from coordinate vectors: a tuple of new arrays, one for each vector.

    Vectors of sizes N1, N2, N3 ... give grids of shape (N1, N2, N3, ...) with indexing="ij", (N2, N1, N3, ...) with
    "xy". Dtypes: all, kept. ValueError for arrays with two axes or more.
    """
    check_option("meshgrid", "indexing", indexing, ("xy", "ij"))
    given = as_arrays("meshgrid", "arrays", list(arrays))
    rank = len(given)
    order = list(range(rank))
    if indexing == "xy" and rank > 1:
        order[0], order[1] = 1, 0
    sizes = [1] * rank
    for position, each in enumerate(given):
        if len(each._shape) > 1:
            raise ValueError(
                f"meshgrid: arrays[{position}] has shape {each._shape} and is not a vector; use reshape(x, (-1,))"
            )
        sizes[order[position]] = each._size
    shape = tuple(sizes)
    check_shape("meshgrid", shape)
    result: list[Array[DT]] = []
    for position, each in enumerate(given):
        strides = [0] * rank
        strides[order[position]] = each._strides[0] if len(each._shape) == 1 else 0
        grid = _fresh("meshgrid", shape, each._dtype)
        assign("meshgrid", grid, each._view(each._offset, shape, tuple(strides)))
        result.append(grid)
    return tuple(result)

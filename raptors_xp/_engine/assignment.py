"""Writing into existing arrays: in-place operators and assignment. Operations that make new arrays: elementwise.py."""

from typing import Final, cast

from raptors_xp import _native
from raptors_xp._core.chunks import grain
from raptors_xp._core.dtypes import DType, bool_
from raptors_xp._core.operands import flat_strides, is_flat, is_scalar, refuse, strides_as
from raptors_xp._core.operations import COMPLEX64, CONVERT, DIRECT, RESULTS
from raptors_xp._core.planning import Nest, nest
from raptors_xp._core.promotion import COUNT, Scalar, check_fits, is_same_kind
from raptors_xp._core.shape import broadcast_pair
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import binary, is_plain, resolve
from raptors_xp._engine.overlap import unaliased
from raptors_xp._engine.walk import walk

_native_fill: Final = _native.fill
_place: Final = _native.place


def binary_into(op: int, function: str, target: Strided, value: object) -> None:
    """Writes op(target, value) into target; an error if the result has another kind of dtype or another shape."""
    try:  # as in assign
        if target._contiguous and _update(op, target, value):
            return
    except ValueError:
        pass
    dtype = target._dtype
    kernel = op
    if not _is_alike(op, dtype, value):
        kernel, dtype = resolve(op, function, target, value)
    result = cast(DType, RESULTS[kernel * COUNT + dtype.code])
    if result is not target._dtype and not is_same_kind(result, target._dtype):
        raise TypeError(
            f"{function}: the result has dtype {result}, and an in-place operator keeps the array's dtype "
            f"{target._dtype}; convert the operand with astype, or write x = {function}(x, ...)"
        )
    if (
        isinstance(value, Strided)
        and value._shape is not target._shape
        and broadcast_pair(function, target._shape, value._shape) != target._shape
    ):
        raise ValueError(
            f"{function}: an operand of shape {value._shape} could not be broadcast to the array's shape "
            f"{target._shape}, which an in-place operator keeps; write x = {function}(x, ...)"
        )
    check_writable(function, target)
    if target._size == 0:
        return
    if result is not target._dtype:
        assign(function, target, binary(op, function, target, value))
        return
    value = unaliased(target, value)
    if target._contiguous and is_flat(value, target._shape):
        steps = flat_strides(target)
        loops = Nest((target._size,), steps, steps, flat_strides(value))
    else:
        loops = nest(target._shape, target._strides, target._strides, strides_as(value, target._shape))
    walk(kernel, dtype, target._size, loops, target, target, value)


def _update(op: int, target: Strided, value: object) -> bool:
    """op(target, value) into contiguous elements where nothing is to be promoted or planned. False for the rest."""
    dtype = target._dtype
    size = target._size
    kernel = op * COUNT + dtype.code
    if DIRECT[kernel] is not dtype:
        return False
    memory = memory_of(target)
    offset = target._offset
    if isinstance(value, Strided):
        other: Strided = value  # as in elementwise.py
        if other._dtype is not dtype or not other._contiguous or other._shape != target._shape:
            return False
        return _native_fill(
            kernel, size, memory, offset, memory, offset, memory_of(other), other._offset, grain(kernel, size)
        )
    if not is_plain(value, dtype.code):
        return False
    return _native_fill(kernel, size, memory, offset, memory, offset, cast(Scalar, value), 0, grain(kernel, size))


def _is_alike(op: int, dtype: DType, value: object) -> bool:
    """True if the value needs no promotion: an array of the dtype, or a Python scalar that the dtype holds."""
    if DIRECT[op * COUNT + dtype.code] is not dtype:
        return False
    return value._dtype is dtype if isinstance(value, Strided) else is_plain(value, dtype.code)


def assign(function: str, target: Strided, value: object, argument: str = "value") -> None:
    """target[...] = value, broadcast and converted to target's dtype; TypeError for complex values in a real array."""
    try:  # it refuses what is read-only itself, and an exception that is not raised costs nothing
        if target._contiguous and _fill(target, value):
            return
    except ValueError:
        pass
    check_writable(function, target)
    dtype = target._dtype
    source = dtype  # the dtype of the values
    if isinstance(value, Strided):
        check_parts(function, argument, value, dtype)
        value = _fitted(function, argument, target, value)
        source = value._dtype
    elif is_scalar(value):
        value = _scalar_as(function, argument, value, dtype)
    else:
        refuse(function, argument, value)
    if target._size == 0:
        return
    value = unaliased(target, value)
    if target._contiguous and is_flat(value, target._shape):
        loops = Nest((target._size,), flat_strides(target), flat_strides(value))
    else:
        loops = nest(target._shape, target._strides, strides_as(value, target._shape))
    walk(CONVERT + dtype.code, source, target._size, loops, target, value)


def _fill(target: Strided, value: object) -> bool:
    """Assigns to contiguous elements what needs no plan and no check: the most frequent case. False for the rest."""
    code = target._dtype.code
    size = target._size
    kernel = (CONVERT + code) * COUNT
    if isinstance(value, Strided):
        source = value._dtype
        if not value._contiguous or value._shape != target._shape or (source.code >= COMPLEX64 and source.code > code):
            return False
        kernel += source.code
        return _native_fill(
            kernel, size, memory_of(target), target._offset, memory_of(value), value._offset, grain(kernel, size)
        )
    if not is_element(value, code):
        return False
    kernel += code
    return _native_fill(kernel, size, memory_of(target), target._offset, cast(Scalar, value), 0, grain(kernel, size))


def place_part(result: Strided, offset: int, outer: int, row: int, part: Strided) -> bool:
    """Writes a contiguous part into a new array: `outer` runs of it, `row` bytes apart, the first at a byte offset.

    False, and nothing is written, for a part that is not contiguous.
    """
    if not part._contiguous:
        return False
    size = part._size
    if size == 0:
        return True
    kernel = (CONVERT + result._dtype.code) * COUNT + part._dtype.code
    if outer == 1:
        return _native_fill(kernel, size, memory_of(result), offset, memory_of(part), part._offset, grain(kernel, size))
    _place(
        kernel, outer, size // outer, row, memory_of(result), offset, memory_of(part), part._offset,
        grain(kernel, size),
    )  # fmt: skip
    return True


def is_element(value: object, code: int) -> bool:
    """True for a Python scalar that an element of the dtype with this code can be made of as it is."""
    if is_plain(value, code) or (code == 0 and isinstance(value, int)):
        return True
    return code >= COMPLEX64 and isinstance(value, complex)


def check_parts(function: str, argument: str, value: Strided, dtype: DType) -> None:
    """TypeError if complex values are to be stored in an array of a real dtype."""
    if value._dtype.kind == "c" and dtype.kind in "iuf":
        raise TypeError(
            f"{function}: {argument} of dtype {value._dtype} does not fit in an array of dtype {dtype}; "
            "use its real() or imag()"
        )


def check_writable(function: str, target: Strided) -> None:
    """ValueError if the array's memory is read-only."""
    if memory_of(target).readonly:
        raise ValueError(f"{function}: the array is read-only; write to a copy of it, asarray(x, copy=True)")


def _scalar_as(function: str, argument: str, value: Scalar, dtype: DType) -> Scalar:
    """The scalar converted to a kind that the dtype holds; floats are truncated for integer dtypes, as in NumPy."""
    if dtype is bool_:
        return bool(value)
    if dtype.kind == "c":
        check_fits(function, argument, value, dtype)
        return value
    if isinstance(value, complex):
        raise TypeError(
            f"{function}: {argument}={value!r} does not fit in an array of dtype {dtype}; use its .real or .imag"
        )
    if isinstance(value, float) and dtype.kind != "f":
        try:
            value = int(value)
        except (OverflowError, ValueError):
            raise ValueError(
                f"{function}: {argument}={value!r} does not fit in an array of dtype {dtype}; use a float dtype"
            ) from None
    check_fits(function, argument, value, dtype)
    return value


def _fitted(function: str, argument: str, target: Strided, value: Strided) -> Strided:
    """`value` without leading axes of size 1 that target does not have; ValueError if it does not broadcast."""
    shape = value._shape
    surplus = len(shape) - len(target._shape)
    if surplus > 0:
        for axis in range(surplus):
            if shape[axis] != 1:
                break
        else:
            value = value._view(value._offset, shape[surplus:], value._strides[surplus:])
    try:
        fits = broadcast_pair(function, target._shape, value._shape) == target._shape
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"{function}: {argument} of shape {shape} could not be broadcast to the shape {target._shape} that it is "
            "assigned to; make its sizes equal to those, or 1"
        )
    return value

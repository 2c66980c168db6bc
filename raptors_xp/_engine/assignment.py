"""Writing into an array that exists: in-place operators and assignment. What makes new arrays is in elementwise.py."""

from typing import Final, cast

from raptors_xp import _native
from raptors_xp._core.dtypes import DType, bool_
from raptors_xp._core.operands import code_of, data_of, flat_strides, is_flat, is_scalar, offset_of, refuse, strides_as
from raptors_xp._core.operations import CONVERT, DIRECT, RESULTS
from raptors_xp._core.planning import Nest, grain, nest
from raptors_xp._core.promotion import COUNT, Scalar, check_fits
from raptors_xp._core.shape import broadcast_pair
from raptors_xp._core.strided import Strided
from raptors_xp._engine.elementwise import convert, is_plain, resolve

_strided: Final = _native.strided


def binary_into(op: int, name: str, target: Strided, value: object) -> None:
    """target = op(target, value), in target's memory: its dtype and shape stay, or it is an error."""
    dtype = target._dtype
    if not _is_alike(op, dtype, value):
        op, dtype = resolve(op, name, target, value)
    result = cast(DType, RESULTS[op * COUNT + dtype.code])
    if result is not target._dtype:
        raise TypeError(
            f"{name}: the result has dtype {result}, and an in-place operator keeps the array's dtype "
            f"{target._dtype}; convert the operand with astype, or write x = {name}(x, ...)"
        )
    if (
        isinstance(value, Strided)
        and value._shape is not target._shape
        and broadcast_pair(name, target._shape, value._shape) != target._shape
    ):
        raise ValueError(
            f"{name}: an operand of shape {value._shape} does not broadcast to the array's shape {target._shape}, "
            f"which an in-place operator keeps; write x = {name}(x, ...)"
        )
    _check_writable(name, target)
    if target._size == 0:
        return
    value = _apart(target, value)
    if target._contiguous and is_flat(value, target._shape):
        shape: tuple[int, ...] = (target._size,)
        steps = flat_strides(target)
        value_steps = flat_strides(value)
    else:
        loops = nest(target._shape, [target._strides, target._strides, strides_as(value, target._shape)])
        shape = loops[0]
        steps = loops[1]
        value_steps = loops[3]
    code = dtype.code
    _strided(
        op,
        code,
        grain(op, code, target._size),
        shape,
        target._memory,
        target._offset,
        steps,
        target._memory,
        target._dtype.code,
        target._offset,
        steps,
        data_of(value),
        code_of(value, code),
        offset_of(value),
        value_steps,
    )


def _is_alike(op: int, dtype: DType, value: object) -> bool:
    """True if the operand needs no closer look: of target's dtype, or a Python scalar that it takes as its own."""
    if DIRECT[op * COUNT + dtype.code] is not dtype:
        return False
    return value._dtype is dtype if isinstance(value, Strided) else is_plain(value, dtype.code)


def assign(name: str, target: Strided, value: object, argument: str = "value") -> None:
    """target[...] = value: broadcast, and converted to target's dtype; complex to real is an error."""
    _check_writable(name, target)
    dtype = target._dtype
    code = dtype.code
    if isinstance(value, Strided):
        check_parts(name, argument, value, dtype)
        value = _fitted(name, argument, target, value)
        code = value._dtype.code
    elif is_scalar(value):
        value = _scalar_as(name, argument, value, dtype)
    else:
        refuse(name, argument, value)
    if target._size == 0:
        return
    value = _apart(target, value)
    loops: Nest
    if target._contiguous and is_flat(value, target._shape):
        loops = [(target._size,), flat_strides(target), flat_strides(value)]
    else:
        loops = nest(target._shape, [target._strides, strides_as(value, target._shape)])
    op = CONVERT + dtype.code
    _strided(
        op,
        code,
        grain(op, code, target._size),
        loops[0],
        target._memory,
        target._offset,
        loops[1],
        data_of(value),
        code,
        offset_of(value),
        loops[2],
    )


def check_parts(name: str, argument: str, value: Strided, dtype: DType) -> None:
    """TypeError for complex values that are to go into an array of real ones."""
    if value._dtype.kind == "c" and dtype.kind in "iuf":
        raise TypeError(
            f"{name}: {argument} of dtype {value._dtype} does not fit in an array of dtype {dtype}; "
            "use real() or imag() of it"
        )


def _check_writable(name: str, target: Strided) -> None:
    if target._memory.readonly:
        raise ValueError(f"{name}: the array is read-only; write to a copy of it, asarray(x, copy=True)")


def _scalar_as(name: str, argument: str, value: Scalar, dtype: DType) -> Scalar:
    """The scalar as one that the dtype holds; a float loses its fraction in an integer dtype, as in NumPy."""
    if dtype is bool_:
        return bool(value)
    if dtype.kind == "c":
        check_fits(name, argument, value, dtype)
        return value
    if isinstance(value, complex):
        raise TypeError(
            f"{name}: {argument}={value!r} does not fit in an array of dtype {dtype}; use its .real or .imag"
        )
    if isinstance(value, float) and dtype.kind != "f":
        try:
            value = int(value)
        except (OverflowError, ValueError):
            raise ValueError(
                f"{name}: {argument}={value!r} does not fit in an array of dtype {dtype}; use a float dtype"
            ) from None
    check_fits(name, argument, value, dtype)
    return value


def _fitted(name: str, argument: str, target: Strided, value: Strided) -> Strided:
    """`value` without the leading dimensions of size 1 that target lacks; ValueError if it does not broadcast."""
    shape = value._shape
    surplus = len(shape) - len(target._shape)
    if surplus > 0:
        for axis in range(surplus):
            if shape[axis] != 1:
                break
        else:
            value = value._view(value._offset, shape[surplus:], value._strides[surplus:])
    try:
        fits = broadcast_pair(name, target._shape, value._shape) == target._shape
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"{name}: {argument} of shape {shape} does not broadcast to the shape {target._shape} assigned to; "
            "make its sizes equal to those, or 1"
        )
    return value


# --- overlap ---------------------------------------------------------------------------------------------------------


def _apart(target: Strided, value: object) -> object:
    """`value`, or a copy of it if writing target could change elements of it before they are read."""
    if not isinstance(value, Strided) or value is target or value._size == 0:
        return value
    target_base = value_base = 0
    if value._memory is not target._memory:  # borrowed memories may share bytes
        target_base = target._memory.address
        value_base = value._memory.address
    target_base += target._offset
    value_base += value._offset
    if (
        target_base == value_base
        and value._dtype is target._dtype
        and value._shape == target._shape
        and value._strides == target._strides
    ):
        return value
    target_first, target_last = _extent(target)
    value_first, value_last = _extent(value)
    if target_base + target_last <= value_base + value_first or value_base + value_last <= target_base + target_first:
        return value
    return convert(value, value._dtype)


def _extent(x: Strided) -> tuple[int, int]:
    """The first byte of an array and the one after its last, counted from its first element."""
    if x._contiguous:
        return 0, x._size * x._dtype.itemsize
    first = 0
    last = x._dtype.itemsize
    for axis in range(len(x._shape)):
        reach = x._strides[axis] * (x._shape[axis] - 1)
        if reach < 0:
            first += reach
        else:
            last += reach
    return first, last

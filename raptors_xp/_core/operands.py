"""Operands, which are arrays or Python scalars, read in one way: a scalar is an array of shape () with strides of 0.

Also the errors for anything else. No promotion happens here, and nothing is computed.
"""

from collections.abc import Callable
from typing import NoReturn, TypeGuard, cast

from raptors_xp._core.arguments import show, show_typed
from raptors_xp._core.numpy import is_numpy
from raptors_xp._core.promotion import Scalar
from raptors_xp._core.shape import broadcast_strides, is_fortran
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._native import Memory

# How a NumPy array or scalar becomes an array. array.py sets it, as it lies above.
_from_numpy: Callable[[str, str, object, bool | None], Strided | None] | None = None


def set_from_numpy(convert: Callable[[str, str, object, bool | None], Strided | None]) -> None:
    """Sets how a NumPy array or scalar becomes an array; called with function, argument, value and copy."""
    global _from_numpy
    _from_numpy = convert


def as_array(function: str, argument: str, value: object) -> Strided:
    """`value` if it is an array, or a NumPy array or scalar as one; otherwise a TypeError that names the argument."""
    return value if isinstance(value, Strided) else _foreign(function, argument, value)


def _foreign(function: str, argument: str, value: object) -> Strided:
    array = _from_numpy(function, argument, value, None) if _from_numpy is not None and is_numpy(value) else None
    if array is None:
        refuse(function, argument, value)
    return array


def as_arrays(function: str, argument: str, values: list[object]) -> list[Strided]:
    """`values` as a list of arrays, each as by as_array; the error names the position."""
    result: list[Strided] = []
    for value in values:
        result.append(value if isinstance(value, Strided) else _foreign(function, f"{argument}[{len(result)}]", value))
    return result


def as_operand(function: str, argument: str, value: object) -> object:
    """`value` if it is an array or a Python scalar; otherwise as by as_array."""
    return value if isinstance(value, Strided) or is_scalar(value) else _foreign(function, argument, value)


def refuse(function: str, argument: str, value: object) -> NoReturn:
    """Raises the TypeError for an argument that is not an array."""
    raise TypeError(f"{function}: {argument}={show_typed(value)} is not an array; convert it with asarray")


def refuse_scalars(function: str, x1: object, x2: object) -> NoReturn:
    """Raises the TypeError for two operands neither of which is an array."""
    raise TypeError(
        f"{function}: x1={show(x1)} and x2={show(x2)} are both Python scalars, and one must be an array; "
        "convert it with asarray"
    )


def is_scalar(value: object) -> TypeGuard[Scalar]:
    """True for Python's bool, int, float and complex."""
    # Not one isinstance with a tuple: mypyc compiles each single type to a pointer comparison, a tuple to a call.
    return isinstance(value, float) or isinstance(value, int) or isinstance(value, complex)  # noqa: SIM101


def data_of(x: object) -> Memory | Scalar:
    return memory_of(x) if isinstance(x, Strided) else cast(Scalar, x)


def code_of(x: object, scalar: int) -> int:
    """The code of an array's dtype; `scalar` if the operand is a scalar."""
    return x._dtype.code if isinstance(x, Strided) else scalar


def offset_of(x: object) -> int:
    return x._offset if isinstance(x, Strided) else 0


def shape_of(x: object) -> tuple[int, ...]:
    return x._shape if isinstance(x, Strided) else ()


def is_flat(x: object, shape: tuple[int, ...]) -> bool:
    """True for scalars, and for contiguous arrays of this shape."""
    return not isinstance(x, Strided) or (x._contiguous and x._shape == shape)


def is_flat_fortran(x: object, shape: tuple[int, ...]) -> bool:
    """True for scalars, and for non-empty arrays of this shape whose elements are dense in Fortran order."""
    if not isinstance(x, Strided):
        return True
    return x._shape == shape and x._size > 0 and is_fortran(shape, x._strides, x._dtype.itemsize)


def flat_strides(x: object) -> tuple[int, ...]:
    """The stride of a dense array, in C or Fortran order, seen as one dimension; 0 for a scalar."""
    return (x._dtype.itemsize,) if isinstance(x, Strided) else (0,)


def line_strides(x: object) -> tuple[int, ...]:
    """The stride of an array of one axis; 0 for a scalar."""
    return x._strides if isinstance(x, Strided) else (0,)


def strides_as(x: object, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The strides that read the operand as if it had `shape`, to which it must broadcast."""
    return broadcast_strides(x._shape, x._strides, shape) if isinstance(x, Strided) else (0,) * len(shape)

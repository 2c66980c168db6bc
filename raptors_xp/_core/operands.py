"""Operands that are arrays or Python scalars, read alike: a scalar broadcasts as an array without axes, in steps of 0.

Also the refusal of everything else. No promotion here, and nothing is computed.
"""

from collections.abc import Iterable
from typing import NoReturn, TypeGuard, cast

from raptors_xp._core.arguments import show, show_typed
from raptors_xp._core.promotion import Scalar
from raptors_xp._core.shape import broadcast_strides, is_fortran
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._native import Memory


def as_array(function: str, argument: str, value: object) -> Strided:
    """`value`, if it is an array; TypeError naming the function and the argument otherwise."""
    if not isinstance(value, Strided):
        refuse(function, argument, value)
    return value


def as_arrays(function: str, argument: str, values: Iterable[object]) -> list[Strided]:
    """`values` as a list, if they are arrays; TypeError naming the function and the position otherwise."""
    result: list[Strided] = []
    for value in values:
        if not isinstance(value, Strided):
            refuse(function, f"{argument}[{len(result)}]", value)
        result.append(value)
    return result


def refuse(function: str, argument: str, value: object) -> NoReturn:
    """TypeError for an argument that is not an array."""
    raise TypeError(f"{function}: {argument}={show_typed(value)} is not an array; convert it with asarray")


def refuse_scalars(function: str, x1: object, x2: object) -> NoReturn:
    """TypeError for two operands none of which is an array."""
    raise TypeError(
        f"{function}: x1={show(x1)} and x2={show(x2)} are both Python scalars, and one must be an array; "
        "convert it with asarray"
    )


def is_scalar(value: object) -> TypeGuard[Scalar]:
    """True of Python's bool, int, float and complex."""
    # One at a time: mypyc turns each into a single check, and a tuple of them into a call.
    return isinstance(value, float) or isinstance(value, int) or isinstance(value, complex)  # noqa: SIM101


def data_of(x: object) -> Memory | Scalar:
    return memory_of(x) if isinstance(x, Strided) else cast(Scalar, x)


def code_of(x: object, scalar: int) -> int:
    """The code of an array's dtype; `scalar` for a scalar."""
    return x._dtype.code if isinstance(x, Strided) else scalar


def offset_of(x: object) -> int:
    return x._offset if isinstance(x, Strided) else 0


def shape_of(x: object) -> tuple[int, ...]:
    return x._shape if isinstance(x, Strided) else ()


def is_flat(x: object, shape: tuple[int, ...]) -> bool:
    """True of scalars, and of contiguous arrays of this shape."""
    return not isinstance(x, Strided) or (x._contiguous and x._shape == shape)


def is_flat_fortran(x: object, shape: tuple[int, ...]) -> bool:
    """True of scalars, and of arrays of this shape, not empty, whose elements follow one another in Fortran order."""
    if not isinstance(x, Strided):
        return True
    return x._shape == shape and x._size > 0 and is_fortran(shape, x._strides, x._dtype.itemsize)


def flat_strides(x: object) -> tuple[int, ...]:
    """The strides of a contiguous array, in either order, seen as one dimension."""
    return (x._dtype.itemsize,) if isinstance(x, Strided) else (0,)


def strides_as(x: object, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The strides that read the operand as if it had `shape`."""
    return broadcast_strides(x._shape, x._strides, shape) if isinstance(x, Strided) else (0,) * len(shape)

"""Elements chosen from two operands by a condition. Promotion and planning only; the loops are native."""

from typing import Final, cast

from raptors_xp import _native
from raptors_xp._core.dtypes import bool_
from raptors_xp._core.operands import as_array, as_operand, code_of, data_of, is_flat, offset_of
from raptors_xp._core.promotion import COUNT, Scalar, promote, weak_dtype
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import check_scalar, common_dtype, ternary_as
from raptors_xp._engine.walk import flat_ternary

_WHERE: Final[int] = _native.WHERE


def where(function: str, condition: object, x1: object, x2: object) -> Strided:
    """x1 where the condition is true, x2 elsewhere."""
    choice = as_array(function, "condition", condition)
    if choice._dtype is not bool_:
        raise TypeError(f"{function}: condition has dtype {choice._dtype}, not bool; use condition != 0")
    x1, x2 = as_operand(function, "x1", x1), as_operand(function, "x2", x2)
    if not isinstance(x1, Strided) and not isinstance(x2, Strided):  # as in NumPy, their default dtypes
        dtype = promote(weak_dtype(cast(Scalar, x1), bool_), weak_dtype(cast(Scalar, x2), bool_))
    else:
        dtype = common_dtype(function, x1, x2)
    check_scalar(function, "x1", x1, dtype)
    check_scalar(function, "x2", x2, dtype)
    code = dtype.code
    shape = choice._shape
    is_alike = code_of(x1, code) == code and code_of(x2, code) == code
    if is_alike and choice._contiguous and is_flat(x1, shape) and is_flat(x2, shape):  # no nest to walk
        kernel = _WHERE * COUNT + code
        memory = flat_ternary(
            kernel,
            choice._size,
            memory_of(choice),
            choice._offset,
            data_of(x1),
            offset_of(x1),
            data_of(x2),
            offset_of(x2),
        )
        return choice._make(memory, dtype, shape)
    return ternary_as(_WHERE, function, dtype, choice, x1, x2)

"""Elements chosen from two operands by a condition. Promotion and planning only; the loops are native."""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.chunks import grain
from raptors_xp._core.dtypes import bool_
from raptors_xp._core.operands import as_array, code_of, data_of, flat_strides, is_flat, offset_of, shape_of, strides_as
from raptors_xp._core.planning import Nest, nest, result_layout
from raptors_xp._core.promotion import COUNT
from raptors_xp._core.shape import broadcast_shapes
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.elementwise import check_scalar, common_dtype
from raptors_xp._engine.results import check_bytes, layout_strides, wrap_result
from raptors_xp._engine.walk import walk

_allocate: Final = _native.allocate
_flat: Final = _native.flat
_WHERE: Final[int] = _native.WHERE


def where(function: str, condition: object, x1: object, x2: object) -> Strided:
    """x1 where the condition is true, x2 elsewhere; at least one of x1 and x2 must be an array."""
    choice = as_array(function, "condition", condition)
    if choice._dtype is not bool_:
        raise TypeError(f"{function}: condition has dtype {choice._dtype}, not bool; use condition != 0")
    dtype = common_dtype(function, x1, x2)
    check_scalar(function, "x1", x1, dtype)
    check_scalar(function, "x2", x2, dtype)
    code = dtype.code
    shape = choice._shape
    layout: tuple[int, ...] | None = None
    if choice._contiguous and is_flat(x1, shape) and is_flat(x2, shape):
        size = choice._size
        if code_of(x1, code) == code and code_of(x2, code) == code:
            kernel = _WHERE * COUNT + code
            memory = _flat(
                kernel,
                size,
                memory_of(choice),
                choice._offset,
                data_of(x1),
                offset_of(x1),
                data_of(x2),
                offset_of(x2),
                grain(kernel, size),
            )
            return choice._make(memory, dtype, shape)
        loops = Nest((size,), (dtype.itemsize,), (1,), flat_strides(x1), flat_strides(x2))
    else:
        shape = broadcast_shapes(function, shape, shape_of(x1), shape_of(x2))
        size = check_bytes(function, shape, dtype.itemsize)
        first, second, third = strides_as(choice, shape), strides_as(x1, shape), strides_as(x2, shape)
        layout = result_layout(shape, [first, second, third], dtype.itemsize)
        loops = nest(shape, layout_strides(shape, layout, dtype.itemsize), first, second, third)
    if size == 0:
        return choice._make(_allocate(0), dtype, shape)
    return wrap_result(choice, walk(_WHERE, dtype, size, loops, None, choice, x1, x2), dtype, shape, layout)

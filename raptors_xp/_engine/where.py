"""Elements chosen from two operands by a condition. The choice itself is native."""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.dtypes import bool_
from raptors_xp._core.operands import as_array, code_of, data_of, flat_strides, is_flat, offset_of, shape_of, strides_as
from raptors_xp._core.planning import Nest, grain, nest, result_layout
from raptors_xp._core.shape import broadcast_shapes
from raptors_xp._core.strided import Strided
from raptors_xp._engine.elementwise import check_scalar, common_dtype
from raptors_xp._engine.results import check_bytes, strides_of, wrap_result

_allocate: Final = _native.allocate
_flat: Final = _native.flat
_strided: Final = _native.strided
_WHERE: Final[int] = _native.WHERE


def where(name: str, condition: object, x1: object, x2: object) -> Strided:
    """x1 where the condition is true, x2 elsewhere; at least one of x1 and x2 is an array."""
    choice = as_array(name, "condition", condition)
    if choice._dtype is not bool_:
        raise TypeError(f"{name}: condition has dtype {choice._dtype}, not bool; use condition != 0")
    dtype = common_dtype(name, x1, x2)
    check_scalar(name, 1, x1, dtype)
    check_scalar(name, 2, x2, dtype)
    code = dtype.code
    shape = choice._shape
    layout: tuple[int, ...] | None = None
    loops: Nest
    if choice._contiguous and is_flat(x1, shape) and is_flat(x2, shape):
        size = choice._size
        if code_of(x1, code) == code and code_of(x2, code) == code:
            memory = _flat(
                _WHERE,
                code,
                grain(_WHERE, code, size),
                size,
                choice._memory,
                choice._offset,
                data_of(x1),
                offset_of(x1),
                data_of(x2),
                offset_of(x2),
            )
            return choice._make(memory, dtype, shape)
        loops = [(size,), (dtype.itemsize,), (1,), flat_strides(x1), flat_strides(x2)]
    else:
        shape = broadcast_shapes(name, shape, shape_of(x1), shape_of(x2))
        size = check_bytes(name, shape, dtype.itemsize)
        strides = [strides_as(choice, shape), strides_as(x1, shape), strides_as(x2, shape)]
        layout = result_layout(shape, strides, dtype.itemsize)
        loops = nest(shape, [strides_of(shape, layout, dtype.itemsize), *strides])
    if size == 0:
        return choice._make(_allocate(0), dtype, shape)
    memory = _strided(
        _WHERE,
        code,
        grain(_WHERE, code, size),
        loops[0],
        None,
        0,
        loops[1],
        choice._memory,
        0,
        choice._offset,
        loops[2],
        data_of(x1),
        code_of(x1, code),
        offset_of(x1),
        loops[3],
        data_of(x2),
        code_of(x2, code),
        offset_of(x2),
        loops[4],
    )
    return wrap_result(choice, memory, dtype, shape, layout)

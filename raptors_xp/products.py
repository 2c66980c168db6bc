"""The matrix product: shapes, batches and dtypes. The arithmetic is native."""

from typing import Final

from raptors_xp import _native
from raptors_xp.dispatch import check_bytes, convert, filled
from raptors_xp.dtypes import bool_, float32
from raptors_xp.operands import as_array
from raptors_xp.promotion import promote
from raptors_xp.shape import broadcast_pair, broadcast_strides
from raptors_xp.strided import Strided

_matmul: Final = _native.matmul


def matmul(name: str, x1: object, x2: object) -> Strided:
    """x1 @ x2: vectors count as a row on the left and as a column on the right, stacks of matrices broadcast."""
    first = as_array(name, 1, x1)
    second = as_array(name, 2, x2)
    if not first._shape or not second._shape:
        position = 1 if not first._shape else 2
        raise ValueError(f"{name}: argument {position} is zero-dimensional; use multiply for a product with a scalar")
    rows, inner = (1, first._shape[0]) if len(first._shape) == 1 else first._shape[-2:]
    second_inner, columns = (second._shape[0], 1) if len(second._shape) == 1 else second._shape[-2:]
    if inner != second_inner:
        raise ValueError(
            f"{name}: shapes {first._shape} and {second._shape} do not fit: the first ends in size {inner}, "
            f"the {'only' if len(second._shape) == 1 else 'second to last'} axis of the second {second_inner}"
        )
    batch = broadcast_pair(name, first._shape[:-2], second._shape[:-2])
    shape = batch
    if len(first._shape) > 1:
        shape = (*shape, rows)
    if len(second._shape) > 1:
        shape = (*shape, columns)

    result = promote(first._dtype, second._dtype)
    # Of booleans: is any pair of elements true? A sum of ones is never 0 in floats.
    dtype = float32 if result is bool_ else result
    if inner == 0 or check_bytes(name, shape, dtype.itemsize) == 0:
        return first.make(filled(shape, result, False if result is bool_ else 0), result, shape)
    first = first if first._dtype is dtype else convert(first, dtype)
    # Native code wants the rows of the second contiguous.
    if second._dtype is not dtype or (columns > 1 and second._strides[-1] != dtype.itemsize):
        second = convert(second, dtype)
    first_steps = (0, first._strides[0]) if len(first._shape) == 1 else first._strides[-2:]
    second_steps = (second._strides[0], 0) if len(second._shape) == 1 else second._strides[-2:]
    memory = _matmul(
        dtype.code,
        batch,
        rows,
        inner,
        columns,
        first._memory,
        first._offset,
        broadcast_strides(first._shape[:-2], first._strides[:-2], batch) + first_steps,
        second._memory,
        second._offset,
        broadcast_strides(second._shape[:-2], second._strides[:-2], batch) + second_steps,
    )
    product = first.make(memory, dtype, shape)
    return convert(product, bool_) if result is bool_ else product

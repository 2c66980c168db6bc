"""The native calls of elementwise kernels: over contiguous elements, and over loop nests. Nothing is decided here.

Operation, dtype and nest have been chosen before. A kernel is a number: operation code * COUNT + dtype code.
"""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.chunks import UNSHARED, grain
from raptors_xp._core.dtypes import DType
from raptors_xp._core.operands import code_of, data_of, offset_of
from raptors_xp._core.planning import Nest
from raptors_xp._core.promotion import COUNT, Scalar
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._native import Memory

_flat: Final = _native.flat
_strided: Final = _native.strided


def flat_unary(kernel: int, size: int, x: Memory | Scalar, offset: int) -> Memory:
    """Runs a kernel on `size` contiguous elements, or on a scalar, and returns the memory of the results."""
    if size < UNSHARED:
        return _flat(kernel, size, x, offset)
    return _flat(kernel, size, x, offset, grain(kernel, size))


def flat_binary(kernel: int, size: int, x1: Memory | Scalar, offset1: int, x2: Memory | Scalar, offset2: int) -> Memory:
    """Like flat_unary, for a kernel with two operands."""
    if size < UNSHARED:
        return _flat(kernel, size, x1, offset1, x2, offset2)
    return _flat(kernel, size, x1, offset1, x2, offset2, grain(kernel, size))


def flat_ternary(
    kernel: int,
    size: int,
    x1: Memory | Scalar,
    offset1: int,
    x2: Memory | Scalar,
    offset2: int,
    x3: Memory | Scalar,
    offset3: int,
) -> Memory:
    """Like flat_unary, for a kernel with three operands."""
    if size < UNSHARED:
        return _flat(kernel, size, x1, offset1, x2, offset2, x3, offset3)
    return _flat(kernel, size, x1, offset1, x2, offset2, x3, offset3, grain(kernel, size))


def walk(
    op: int,
    dtype: DType,
    size: int,
    loops: Nest,
    target: Strided | None,
    x1: object,
    x2: object = None,
    x3: object = None,
) -> Memory:
    """Runs `op`, computed in `dtype`, over all `size` elements of the nest and returns the memory of the results.

    The results are written to `target`, or to new memory if it is None. Operands that `op` does not have are None.
    """
    code = dtype.code
    chunk = grain(op * COUNT + code, size)
    out: Memory | None = None
    offset = 0
    if target is not None:
        out = memory_of(target)
        offset = target._offset
    data1 = data_of(x1)
    code1 = code_of(x1, code)
    offset1 = offset_of(x1)
    if x2 is None:
        return _strided(op, code, chunk, loops.shape, out, offset, loops.out, data1, code1, offset1, loops.first)
    data2 = data_of(x2)
    code2 = code_of(x2, code)
    offset2 = offset_of(x2)
    if x3 is None:
        return _strided(
            op, code, chunk, loops.shape, out, offset, loops.out,
            data1, code1, offset1, loops.first,
            data2, code2, offset2, loops.second,
        )  # fmt: skip
    return _strided(
        op, code, chunk, loops.shape, out, offset, loops.out,
        data1, code1, offset1, loops.first,
        data2, code2, offset2, loops.second,
        data_of(x3), code_of(x3, code), offset_of(x3), loops.third,
    )  # fmt: skip

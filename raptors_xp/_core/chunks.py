"""Chunk planning: how many elements of an operation one thread takes at a time. Only arithmetic, no arrays.

Chunks depend on the operation, its dtype and the size alone, never on the number of threads.
"""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.dtypes import DTYPES
from raptors_xp._core.operations import OPERATIONS
from raptors_xp._core.promotion import COUNT

# One chunk of the cheapest operation, in bytes of one operand: about 5 us of work.
_CHUNK_BYTES: Final = 128 * 1024
# Work of fewer chunks than this, less than about 10 us, is not worth sharing.
_SHARED_CHUNKS: Final = 2
# How many times as long as an addition an operation takes for one element, where the difference matters.
_WEIGHTS: Final[dict[int, int]] = {
    _native.DIVIDE: 2,
    _native.RECIPROCAL: 2,
    _native.FLOOR_DIVIDE: 8,
    _native.REMAINDER: 8,
    _native.POWER: 16,
    _native.EXP: 2,
    _native.EXPM1: 3,
    _native.SINH: 3,
    _native.COSH: 3,
    _native.TANH: 4,
    _native.LOG: 3,
    _native.LOG2: 3,
    _native.LOG10: 3,
    _native.LOG1P: 4,
    _native.ASINH: 6,
    _native.ACOSH: 6,
    _native.ATANH: 6,
    _native.LOGADDEXP: 12,
    _native.HYPOT: 2,
}
_COMPLEX_WEIGHTS: Final[dict[int, int]] = {
    _native.MULTIPLY: 2,
    _native.SQUARE: 2,
    _native.ABSOLUTE: 4,
    _native.DIVIDE: 8,
    _native.RECIPROCAL: 8,
    _native.POWER: 64,
    _native.EXP: 4,
    _native.EXPM1: 6,
    _native.SINH: 5,
    _native.COSH: 5,
    _native.TANH: 5,
    _native.LOG: 6,
    _native.LOG2: 6,
    _native.LOG10: 6,
    _native.LOG1P: 6,
    _native.ASINH: 16,
    _native.ACOSH: 16,
    _native.ATANH: 6,
    _native.SQRT: 2,
}


def _chunk(op: int, dtype: int) -> int:
    weights = _COMPLEX_WEIGHTS if DTYPES[dtype].kind == "c" else _WEIGHTS
    elements = _CHUNK_BYTES // (DTYPES[dtype].itemsize * weights.get(op, 1))
    return max(elements // 64 * 64, 64)


_CHUNKS: Final[list[int]] = [_chunk(op, dtype) for op in range(OPERATIONS) for dtype in range(COUNT)]

# Operations on fewer elements than this are never shared, so callers need not compute the grain for them.
UNSHARED: Final = 256


def grain(op: int, dtype: int, size: int) -> int:
    """The number of elements of a chunk, a multiple of 64; 0 if there is too little work to share."""
    chunk = _CHUNKS[op * COUNT + dtype]
    return chunk if size >= _SHARED_CHUNKS * chunk else 0

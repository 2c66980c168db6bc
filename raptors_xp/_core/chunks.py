"""Chunk planning: how many elements of an operation one thread takes at a time. Only arithmetic, no arrays.

Chunks depend on the operation, its dtype and the size alone, never on the number of threads. The costs of operations
come from the manifest of the kernels.
"""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.operations import OPERATIONS
from raptors_xp._core.promotion import COUNT

_CHUNK_COST: Final[int] = _native.cost_limits()["chunk"]
# Work that has fewer chunks than this is not worth sharing.
_SHARED_CHUNKS: Final = 2


def _chunk(op: int, dtype: int) -> int:
    elements = _CHUNK_COST // max(_native.cost(op, dtype), 1)
    return max(elements // 64 * 64, 64)


_CHUNKS: Final[list[int]] = [_chunk(op, dtype) for op in range(OPERATIONS) for dtype in range(COUNT)]

# Operations on fewer elements than this are never shared, so callers need not compute the grain for them.
UNSHARED: Final = 256


def grain(kernel: int, size: int) -> int:
    """The number of elements of a chunk, a multiple of 64; 0 if there is too little work to share.

    `kernel` is operation code * COUNT + dtype code.
    """
    chunk = _CHUNKS[kernel]
    return chunk if size >= _SHARED_CHUNKS * chunk else 0

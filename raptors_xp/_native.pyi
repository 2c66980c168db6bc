"""What the C extension gives. Types only: the code is in native/, the meaning in docs/architecture.md."""

from collections.abc import Sequence
from typing import Final, Literal, final

@final
class Memory:
    """A block of bytes, 64-byte aligned and recycled, or borrowed from a buffer or a DLPack tensor."""

    @property
    def nbytes(self) -> int: ...
    @property
    def address(self) -> int: ...
    @property
    def readonly(self) -> bool: ...
    def as_readonly(self) -> Memory: ...  # the same bytes, kept alive, not to be written through

def allocate(nbytes: int, /) -> Memory: ...  # uninitialised; MemoryError when it cannot be had

# A Python scalar stands for a step-0 operand of the kernel's dtype; its offset, strides and dtype are ignored.
Operand = Memory | bool | int | float | complex

# --- compute -------------------------------------------------------------------------------------------------------
# op is an operation code, dtype the code of the dtype the kernel computes in; the result dtype follows from both
# (result_dtype). `flat`: operands are (operand, offset) pairs, contiguous, of dtype `dtype` and `size` elements.
# Returns fresh contiguous memory of `size` results.
def flat(op: int, dtype: int, grain: int, size: int, /, *operands: Operand | int) -> Memory: ...

# `strided`: shape is the collapsed loop nest, C order. out None: fresh memory for prod(shape) results, laid out as
# out_strides say. Operands are (operand, dtype, offset, strides) quadruples; one whose dtype differs from `dtype` is
# converted tile by tile on the way. The caller has made sure that out overlaps no operand, except at the same
# addresses in the same order. Raises ValueError if out is read-only.
def strided(
    op: int,
    dtype: int,
    grain: int,
    shape: tuple[int, ...],
    out: Memory | None,
    out_offset: int,
    out_strides: tuple[int, ...],
    /,
    *operands: Operand | int | tuple[int, ...],
) -> Memory: ...

# Reductions (SUM PROD MAX MIN MEAN ANY ALL). dtype is the input's; the result's is result_dtype(op, dtype).
# `fold_flat`: over all `size` contiguous elements. `fold`: kept dimensions have input and output strides (the output
# is fresh memory of prod(kept) results), reduced dimensions have input strides; both collapsed, largest stride first.
def fold_flat(op: int, dtype: int, size: int, memory: Memory, offset: int, /) -> Memory: ...
def fold(
    op: int,
    dtype: int,
    kept: tuple[int, ...],
    kept_strides: tuple[int, ...],
    out_strides: tuple[int, ...],
    reduced: tuple[int, ...],
    reduced_strides: tuple[int, ...],
    memory: Memory,
    offset: int,
    /,
) -> Memory: ...
def result_dtype(op: int, dtype: int, /) -> int: ...  # -1 where there is no kernel
def matmul(
    dtype: int,
    batch: tuple[int, ...],
    rows: int,
    inner: int,
    columns: int,
    a: Memory,
    a_offset: int,
    a_strides: tuple[int, ...],
    b: Memory,
    b_offset: int,
    b_strides: tuple[int, ...],
    /,
) -> Memory: ...  # strides: batch dimensions, then the two of the matrix; b's rows and the result are contiguous

# --- elements ------------------------------------------------------------------------------------------------------
Scalar = bool | int | float | complex

def item(dtype: int, memory: Memory, offset: int, /) -> Scalar: ...
def set_item(dtype: int, memory: Memory, offset: int, value: Scalar, /) -> None: ...  # ValueError if read-only
def to_list(
    dtype: int, memory: Memory, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], /
) -> list[object]: ...  # nested; rank >= 1
def pack(
    dtype: int, values: Sequence[Scalar], /
) -> Memory: ...  # OverflowError if an int does not fit, TypeError if the kind is higher

# --- interchange ---------------------------------------------------------------------------------------------------
# A buffer exporter's memory: (memory, format, itemsize, shape, byte strides, offset). Writable where the exporter
# allows it.
def borrow(exporter: object, /) -> tuple[Memory, str, int, tuple[int, ...], tuple[int, ...], int]: ...

# A "dltensor" or "dltensor_versioned" capsule, consumed: (memory, dtype code, shape, byte strides, offset).
# BufferError for another device or an unsupported dtype.
def from_capsule(capsule: object, /) -> tuple[Memory, int, tuple[int, ...], tuple[int, ...], int]: ...
def to_capsule(
    dtype: int,
    memory: Memory,
    offset: int,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    versioned: bool,
    copied: bool,
    /,
) -> object: ...

# Gives Array what mypyc cannot: the buffer protocol, through Array._export() -> (memory, offset, dtype code, shape,
# byte strides), and safe weak references. Called once, by __init__.
def adopt(array_type: type, /) -> None: ...

# --- machine -------------------------------------------------------------------------------------------------------
def isa() -> str: ...  # the instruction set in use: v2, v3, v4, or neon
def isas() -> tuple[str, ...]: ...  # those this machine can run
def compiler() -> str: ...
def threads() -> int: ...  # the most threads one operation uses, the caller included
def set_threads(count: int, /) -> None: ...
def machine_threads() -> dict[str, int]: ...  # affinity, cgroup, environment: what threads() was made from; 0 = not set
def memory_info() -> dict[
    str, int
]: ...  # in_use, cached, cache_limit, peak, recycled, fresh (bytes, bytes, bytes, bytes, calls, calls)
def trim() -> None: ...  # gives all cached blocks back to the system
def stream(
    kind: Literal["copy", "read"], target: Memory, source: Memory, /
) -> None: ...  # one pass on all threads, for the bandwidth

# --- operation codes: one a line of kernels.inc, in its order ------------------------------------------------------
ADD: Final[int]
SUBTRACT: Final[int]
MULTIPLY: Final[int]
DIVIDE: Final[int]
FLOOR_DIVIDE: Final[int]
REMAINDER: Final[int]
MAXIMUM: Final[int]
MINIMUM: Final[int]
POWER: Final[int]
NEGATIVE: Final[int]
ABSOLUTE: Final[int]
SQUARE: Final[int]
RECIPROCAL: Final[int]
EQUAL: Final[int]
NOT_EQUAL: Final[int]
LESS: Final[int]
LESS_EQUAL: Final[int]
BITWISE_AND: Final[int]
BITWISE_OR: Final[int]
BITWISE_XOR: Final[int]
BITWISE_INVERT: Final[int]
BITWISE_LEFT_SHIFT: Final[int]
BITWISE_RIGHT_SHIFT: Final[int]
TO_B8: Final[int]
TO_I8: Final[int]
TO_I16: Final[int]
TO_I32: Final[int]
TO_I64: Final[int]
TO_U8: Final[int]
TO_U16: Final[int]
TO_U32: Final[int]
TO_U64: Final[int]
TO_F32: Final[int]
TO_F64: Final[int]
TO_C64: Final[int]
TO_C128: Final[int]
WHERE: Final[int]
SUM: Final[int]
PROD: Final[int]
MAX: Final[int]
MIN: Final[int]
MEAN: Final[int]
ANY: Final[int]
ALL: Final[int]
MATMUL: Final[int]
SIN: Final[int]
COS: Final[int]
TAN: Final[int]
ASIN: Final[int]
ACOS: Final[int]
ATAN: Final[int]
ATAN2: Final[int]
FLOOR: Final[int]
CEIL: Final[int]
TRUNC: Final[int]
ROUND: Final[int]
SIGN: Final[int]
SIGNBIT: Final[int]
COPYSIGN: Final[int]
NEXTAFTER: Final[int]
REAL: Final[int]
IMAG: Final[int]
CONJ: Final[int]
ISNAN: Final[int]
ISINF: Final[int]
ISFINITE: Final[int]
EXP: Final[int]
EXPM1: Final[int]
SINH: Final[int]
COSH: Final[int]
TANH: Final[int]
LOG: Final[int]
LOG2: Final[int]
LOG10: Final[int]
LOG1P: Final[int]
ASINH: Final[int]
ACOSH: Final[int]
ATANH: Final[int]
LOGADDEXP: Final[int]
SQRT: Final[int]
HYPOT: Final[int]

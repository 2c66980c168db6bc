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
) -> Memory: ...  # strides: batch dimensions, then the two of the matrix; the result is contiguous

# sum(conj(a) * b) along the vectors; strides: batch dimensions, then the vector's; the result is contiguous.
def vecdot(
    dtype: int,
    batch: tuple[int, ...],
    inner: int,
    a: Memory,
    a_offset: int,
    a_strides: tuple[int, ...],
    b: Memory,
    b_offset: int,
    b_strides: tuple[int, ...],
    /,
) -> Memory: ...

# --- along an axis, and by index -----------------------------------------------------------------------------------
# Lines of `n` elements `step` bytes apart, one for every index of `shape`, whose strides are in bytes.
# `sort`: values, or with `ranks` the indices that sort (int64), where out_step and out_strides say.
def sort(
    dtype: int,
    ranks: bool,
    descending: bool,
    n: int,
    step: int,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    memory: Memory,
    offset: int,
    out_step: int,
    out_strides: tuple[int, ...],
    /,
) -> Memory: ...

# CUMULATIVE_SUM, CUMULATIVE_PROD. Elements stand for rows of `columns` contiguous ones; the result is contiguous, with
# one row more a line if it begins with the initial value.
def scan(
    op: int,
    dtype: int,
    has_initial: bool,
    columns: int,
    n: int,
    step: int,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    memory: Memory,
    offset: int,
    /,
) -> Memory: ...

# ARGMAX, ARGMIN (int64), with rows as in scan.
def extreme(
    op: int,
    dtype: int,
    columns: int,
    n: int,
    step: int,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    memory: Memory,
    offset: int,
    /,
) -> Memory: ...

# Places (int64) of `count` contiguous values among n contiguous elements; the sorter's are int64.
def search(
    dtype: int,
    right: bool,
    n: int,
    elements: Memory,
    offset: int,
    count: int,
    values: Memory,
    values_offset: int,
    sorter: Memory | None,
    sorter_offset: int,
    /,
) -> Memory: ...

# Blocks of elements for every index of `outer` and every position: at the sum of the strides' steps and of the picks'.
# The result is contiguous: outer, positions, block. A pair instead: the pick with an index out of range, and the index.
def gather(
    itemsize: int,
    memory: Memory,
    offset: int,
    outer: tuple[int, ...],
    outer_strides: tuple[int, ...],
    positions: tuple[int, ...],
    position_strides: tuple[int, ...],
    picks: tuple[tuple[Memory, int, int, tuple[int, ...], int, int], ...],
    block: tuple[int, ...],
    block_strides: tuple[int, ...],
    /,
) -> Memory | tuple[int, int]: ...

# The way back; values have strides along all of outer, positions, block. Where positions meet, the last value stays.
def scatter(
    itemsize: int,
    memory: Memory,
    offset: int,
    outer: tuple[int, ...],
    outer_strides: tuple[int, ...],
    positions: tuple[int, ...],
    position_strides: tuple[int, ...],
    picks: tuple[tuple[Memory, int, int, tuple[int, ...], int, int], ...],
    block: tuple[int, ...],
    block_strides: tuple[int, ...],
    values: Memory,
    values_offset: int,
    values_strides: tuple[int, ...],
    /,
) -> tuple[int, int] | None: ...

# Masks are contiguous bytes. `nonzero`: int64 indices for every axis. `mask_read`: the elements where it is true.
# `mask_write`: values to there, unless there are more or fewer than `count`; returns how many elements are true.
def nonzero(shape: tuple[int, ...], mask: Memory, offset: int, /) -> tuple[Memory, ...]: ...
def mask_read(itemsize: int, size: int, mask: Memory, mask_offset: int, memory: Memory, offset: int, /) -> Memory: ...
def mask_write(
    itemsize: int,
    size: int,
    mask: Memory,
    mask_offset: int,
    memory: Memory,
    offset: int,
    count: int,
    values: Memory,
    values_offset: int,
    /,
) -> int: ...

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

# --- operation codes: one an OPERATION of the manifest, native/kernels/manifest.inc -----------------------------
ADD: Final[int]
SUBTRACT: Final[int]
MULTIPLY: Final[int]
MAXIMUM: Final[int]
MINIMUM: Final[int]
NEGATIVE: Final[int]
ABSOLUTE: Final[int]
SQUARE: Final[int]
DIVIDE: Final[int]
FLOOR_DIVIDE: Final[int]
REMAINDER: Final[int]
RECIPROCAL: Final[int]
POWER: Final[int]
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
CLIP: Final[int]
FLOOR: Final[int]
CEIL: Final[int]
TRUNC: Final[int]
ROUND: Final[int]
NEXTAFTER: Final[int]
SIGN: Final[int]
SIGNBIT: Final[int]
COPYSIGN: Final[int]
ISNAN: Final[int]
ISINF: Final[int]
ISFINITE: Final[int]
REAL: Final[int]
IMAG: Final[int]
CONJ: Final[int]
EXP: Final[int]
EXPM1: Final[int]
LOG: Final[int]
LOG2: Final[int]
LOG10: Final[int]
LOG1P: Final[int]
LOGADDEXP: Final[int]
SINH: Final[int]
COSH: Final[int]
TANH: Final[int]
ASINH: Final[int]
ACOSH: Final[int]
ATANH: Final[int]
SIN: Final[int]
COS: Final[int]
TAN: Final[int]
ASIN: Final[int]
ACOS: Final[int]
ATAN: Final[int]
ATAN2: Final[int]
SQRT: Final[int]
HYPOT: Final[int]
SUM: Final[int]
PROD: Final[int]
MAX: Final[int]
MIN: Final[int]
MEAN: Final[int]
ANY: Final[int]
ALL: Final[int]
COUNT_NONZERO: Final[int]
SQUARED_DEVIATIONS: Final[int]
MATMUL: Final[int]
VECDOT: Final[int]
SORT: Final[int]
SEARCHSORTED: Final[int]
CUMULATIVE_SUM: Final[int]
CUMULATIVE_PROD: Final[int]
ARGMAX: Final[int]
ARGMIN: Final[int]

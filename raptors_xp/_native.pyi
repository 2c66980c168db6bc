"""The C extension: types of its functions and what they do. The code is in native/; see also docs/architecture.md."""

from collections.abc import Callable
from typing import Final, Literal, final, overload

@final
class Memory:
    """A block of bytes: 64-byte aligned and recycled, or borrowed from a buffer or a DLPack tensor."""

    @property
    def nbytes(self) -> int: ...
    @property
    def address(self) -> int: ...
    @property
    def readonly(self) -> bool: ...
    def meets(self, other: Memory, /) -> bool: ...  # True if they have bytes in common
    def as_readonly(self) -> Memory: ...  # a read-only Memory over the same bytes, which it keeps alive

def allocate(nbytes: int, /) -> Memory: ...  # uninitialised; MemoryError if there is not enough memory
def zeroed(nbytes: int, /) -> Memory: ...  # all bytes are 0

# A Python scalar is an operand of the kernel's dtype with strides of 0; its offset, strides and dtype are ignored.
Operand = Memory | bool | int | float | complex

# --- compute -------------------------------------------------------------------------------------------------------
# op is an operation code, dtype the code of the dtype that the kernel computes in. Both determine the dtype of the
# results (see result_dtype). grain is the number of elements of a chunk; 0 means that the work is not shared.

# kernel is op * 13 + dtype, because a call with fewer arguments is faster. Operands are (operand, offset) pairs:
# contiguous, of that dtype and with `size` elements; the grain may follow them. Returns new contiguous memory with
# `size` results.
def flat(kernel: int, size: int, /, *operands: Operand | int) -> Memory: ...

# Like flat, into contiguous memory that is there; the grain always comes last.
# False, and nothing is done, if writing would change what is still to be read. Raises ValueError if out is read-only.
def fill(kernel: int, size: int, out: Memory, out_offset: int, /, *operands: Operand | int) -> bool: ...

# shape is that of the collapsed loop nest, in C order. If out is None, the results go to new memory for prod(shape) of
# them, with the strides out_strides. Operands are (operand, dtype, offset, strides) quadruples; one whose dtype differs
# from `dtype` is converted tile by tile. The caller ensures that out overlaps no operand, except at the same addresses
# in the same order. Raises ValueError if out is read-only.
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

# Frequent cases of strided, of one operand that has the dtype of the kernel, op * 13 + dtype. `dense` reads it in any
# strides, and the results follow one another in C order. `place` reads rows * columns contiguous elements, or a scalar,
# and writes rows of results that begin `out_step` bytes after one another; it must not overlap what it reads.
def dense(
    kernel: int, grain: int, memory: Memory, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], /
) -> Memory: ...
def place(
    kernel: int,
    rows: int,
    columns: int,
    out_step: int,
    out: Memory,
    out_offset: int,
    operand: Operand,
    offset: int,
    grain: int,
    /,
) -> None: ...

# Reductions, such as SUM. dtype is that of the input; results have the dtype result_dtype(op, dtype).
# `reduce_flat` reduces all `size` contiguous elements, `reduce_all` all elements with any strides, of which there is at
# least one; their kernel is op * 13 + dtype. In `reduce` kept dimensions have
# strides in the input and in the output (new memory for prod(kept) results), reduced dimensions have strides in the
# input. Both are collapsed, the dimension with the largest stride first.
def reduce_flat(kernel: int, size: int, memory: Memory, offset: int, /) -> Memory: ...
def reduce_all(
    kernel: int, shape: tuple[int, ...], strides: tuple[int, ...], memory: Memory, offset: int, /
) -> Memory: ...
def reduce(
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
def result_dtype(op: int, dtype: int, /) -> int: ...  # -1 if there is no kernel

# What the manifest says. `cost` is that of one element, in tenths of the cost of a float32 element in a long addition;
# 0 if there is no kernel. `integers` says what is done with integers and booleans if there is no kernel for them: 0 is
# an error, 1 a conversion to float, 2 a copy, 3 a copy of them and of all real numbers. `cost_limits` are amounts of
# work in the unit of cost: "chunk" is what one thread takes at a time; work of at least "share" is shared, of at least
# "release" releases the GIL, of at least "wake" wakes threads.
def cost(op: int, dtype: int, /) -> int: ...
def integers(op: int, /) -> int: ...
def cost_limits() -> dict[str, int]: ...
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
    by_blas: bool,
    /,
) -> Memory: ...  # strides are those of the batch dimensions, then the matrix's two; the result is contiguous

# Can fourier() transform lines of n elements in this mode? Not where n has a large prime factor, or is beyond a million
# or so; back from half a spectrum not where n is beyond a thousand.
def has_transform(mode: int, n: int, /) -> bool: ...

# Fourier transforms of length n along the middle axis of outer x own x inner contiguous elements, times the factor:
# the input is cut or padded with zeros. Modes: 0 forward, 1 backward, 2 of real elements to half a spectrum, 3 back.
def fourier(
    mode: int,
    dtype: int,
    memory: Memory,
    offset: int,
    outer: int,
    own: int,
    inner: int,
    n: int,
    factor: float,
    /,
) -> Memory: ...

# Finds the BLAS that a loaded library is linked with; False if there is none. From then on `by_blas` is heeded, where
# BLAS can read the matrices.
def find_blas(library: str, /) -> bool: ...

# sum(conj(a) * b) along the vectors. Strides are those of the batch dimensions, then the vector's; the result is
# contiguous.
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
# These functions work on lines of `n` elements, `step` bytes apart. There is a line for every index of `shape`, which
# has `strides`.

# Gives the sorted values or, with `ranks`, the indices that sort them (int64). Their strides in the result are out_step
# and out_strides.
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

# CUMULATIVE_SUM, CUMULATIVE_PROD. Each element of a line is a row of `columns` contiguous elements. The result is
# contiguous; with has_initial each of its lines begins with an additional row of the initial value.
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

# ARGMAX, ARGMIN (int64). Each element of a line is a row of `columns` contiguous elements, as in scan.
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

# The positions (int64) of `count` contiguous values among n contiguous sorted elements. The sorter has dtype int64.
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

# Reads a block of elements for every index of `outer` and every position. A pick is an index array: (memory, dtype,
# offset, strides along the positions, size and stride of the axis that it indexes). Its index times that stride is
# added to the place of a block. The result is contiguous, with the dimensions outer, positions, block. If an index is
# out of bounds, the result is the number of its pick and the index instead.
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

# Writes such blocks. The values have strides along all of outer, positions and block. Where several values go to one
# place, the last one is kept.
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

# The same along one axis of a size and a stride, by indices that follow one another; the values have a stride. `put`
# does nothing and returns False if the elements and what it reads have bytes in common.
def take(
    itemsize: int,
    memory: Memory,
    offset: int,
    size: int,
    stride: int,
    positions: int,
    indices: Memory,
    indices_dtype: int,
    indices_offset: int,
    /,
) -> Memory | tuple[int, int]: ...
@overload
def put(
    itemsize: int,
    memory: Memory,
    offset: int,
    size: int,
    stride: int,
    positions: int,
    indices: Memory,
    indices_dtype: int,
    indices_offset: int,
    value: bool | int | float | complex,
    value_dtype: int,
    /,
) -> tuple[int, int] | bool | None: ...
@overload
def put(
    itemsize: int,
    memory: Memory,
    offset: int,
    size: int,
    stride: int,
    positions: int,
    indices: Memory,
    indices_dtype: int,
    indices_offset: int,
    values: Memory,
    values_offset: int,
    values_stride: int,
    /,
) -> tuple[int, int] | bool | None: ...

# Masks are contiguous bytes. `nonzero` gives int64 indices for every axis, `mask_read` the elements where the mask is
# true. `mask_write` writes `count` values there, unless another number of elements is true; it returns that number.
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
def copy_item(itemsize: int, memory: Memory, offset: int, /) -> Memory: ...
def set_item(dtype: int, memory: Memory, offset: int, value: Scalar, /) -> None: ...  # ValueError if read-only
def to_list(
    dtype: int, memory: Memory, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], /
) -> list[object]: ...  # nested; rank >= 1
def pack(
    dtype: int, values: list[Scalar], count: int, /
) -> Memory: ...  # OverflowError if an int does not fit, TypeError if the kind is higher

# --- interchange ---------------------------------------------------------------------------------------------------
# The memory of a buffer: (memory, format, itemsize, shape, byte strides, offset). It is writable if the exporter allows
# it.
def borrow(exporter: object, /) -> tuple[Memory, str, int, tuple[int, ...], tuple[int, ...], int]: ...

# Consumes a "dltensor" or "dltensor_versioned" capsule and gives (memory, dtype code, shape, byte strides, offset).
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

# Gives Array what mypyc cannot: the buffer protocol, by Array._export() -> (memory, offset, dtype code, shape, byte
# strides), and safe weak references. It is called once, by __init__.py.
def exchange_api(
    make: Callable[[tuple[Memory, int, tuple[int, ...], tuple[int, ...], int]], object], /
) -> (
    object
): ...  # the capsule __dlpack_c_exchange_api__ of class Array; `make` makes an Array of what from_capsule gives
def exchange(
    producer: object, /
) -> tuple[Memory, int, tuple[int, ...], tuple[int, ...], int] | None: ...  # None: by another way, see exchange.c
def adopt(array_type: type, /) -> None: ...

# Finds where instances of class Array hold memory, offset, dtype, shape, strides, size and whether they are contiguous,
# from two whose fields differ, and serves the class from then on. `dtypes` are all, by their codes. False, and all is
# left to Python, if the fields are not found, as in an interpreted class.
def learn_fields(
    dtypes: tuple[object, ...],
    first: object,
    fields_of_first: tuple[object, ...],
    second: object,
    fields_of_second: tuple[object, ...],
    /,
) -> bool: ...

# --- machine -------------------------------------------------------------------------------------------------------
def isa() -> str: ...  # the instruction set in use: v2, v3, v4, or neon
def isas() -> tuple[str, ...]: ...  # the instruction sets that this machine can run
def compiler() -> str: ...
def check_signals() -> None: ...  # raises what the handler of a signal that has come raises
def threads() -> int: ...  # the largest number of threads that one operation uses, including the caller's
def set_threads(count: int, /) -> None: ...
def machine_threads() -> dict[
    str, int
]: ...  # the limits behind threads(): affinity, cgroup, environment; 0 is no limit
def memory_info() -> dict[
    str, int
]: ...  # in_use, cached, cache_limit, peak, recycled, fresh (bytes, bytes, bytes, bytes, calls, calls)
def trim() -> None: ...  # returns all cached blocks to the system
def stream(
    kind: Literal["copy", "read"], target: Memory, source: Memory, /
) -> None: ...  # one pass over the memory on all threads, to measure the bandwidth

# start + i * step for i below count, computed in an integer dtype (which wraps around), float64 or complex128, stored
# as `dtype`.
def spaced(compute: int, dtype: int, count: int, start: Scalar, step: Scalar, /) -> Memory: ...

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
EXPIT: Final[int]
LOGIT: Final[int]
LOG_EXPIT: Final[int]
SOFTPLUS: Final[int]
ENTR: Final[int]
ERF: Final[int]
ERFC: Final[int]
XLOGY: Final[int]
XLOG1PY: Final[int]
REL_ENTR: Final[int]
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
FOURIER: Final[int]
SORT: Final[int]
SEARCHSORTED: Final[int]
CUMULATIVE_SUM: Final[int]
CUMULATIVE_PROD: Final[int]
ARGMAX: Final[int]
ARGMIN: Final[int]

"""What other libraries hand us, made arrays over the same memory: buffers, NumPy, DLPack; and DLPack the other way.

No operation on elements, and no nested sequences (sequences.py). NumPy arrays come in through the buffer protocol.
"""

import sys
from operator import index
from typing import Any, Final, NoReturn, cast

from raptors_xp import _native
from raptors_xp._native import Memory
from raptors_xp.arguments import show, show_typed
from raptors_xp.dispatch import convert
from raptors_xp.dtypes import BY_NAME, DTYPES, DType, bool_, complex64, complex128, float32, float64, uint8
from raptors_xp.numpy_bridge import is_numpy
from raptors_xp.shape import contiguous_strides, is_contiguous, product
from raptors_xp.strided import Strided

DEVICE: Final = "cpu"
DLPACK_CPU: Final = 1
DLPACK_VERSION: Final = (1, 0)

# The class of the arrays made here. array.py, which imports this module, puts its Array in.
_array_class: type[Strided] = Strided


def set_array_class(array_class: type[Strided]) -> None:
    """Names the class that `wrap` makes."""
    global _array_class
    _array_class = array_class


def wrap(memory: Memory, offset: int, dtype: DType, shape: tuple[int, ...], strides: tuple[int, ...]) -> Strided:
    """An array over `memory`."""
    contiguous = is_contiguous(shape, strides, dtype.itemsize)
    return _array_class(memory, offset, dtype, shape, strides, product(shape), contiguous)


def wrap_fresh(memory: Memory, dtype: DType, shape: tuple[int, ...]) -> Strided:
    """An array over fresh C-contiguous memory."""
    return _array_class(memory, 0, dtype, shape, contiguous_strides(shape, dtype.itemsize), product(shape), True)


def check_device(function: str, device: object) -> None:
    """ValueError, in the name of `function`, for every device but the one there is; None is that."""
    if device is not None and not (isinstance(device, str) and device == DEVICE):
        refuse_device(function, device)


def refuse_device(function: str, device: object) -> NoReturn:
    """ValueError for a device that is not there."""
    raise ValueError(f"{function}: device={show(device)} does not exist here; use device={DEVICE!r} or leave it out")


# --- in ----------------------------------------------------------------------------------------------------------


def from_foreign(function: str, argument: str, value: object, copy: bool | None) -> Strided | None:
    """An array of what `value` holds, over the same memory where that can be; None if `value` is not array-like.

    `copy` says no more than whether a copy is forbidden (False): ValueError then if one is needed.
    """
    if isinstance(value, Strided):
        return value
    if is_numpy(value):
        return _from_numpy(function, argument, value, copy)
    if isinstance(value, (int, float, complex, str, list, tuple, type)):
        return None
    try:
        view: object = memoryview(cast(Any, value))
    except (TypeError, BufferError, ValueError):
        view = None
    if view is not None:
        return _from_buffer(function, argument, value, copy)
    if hasattr(value, "__dlpack__") and hasattr(value, "__dlpack_device__"):
        try:
            return from_dlpack(function, argument, value, None, copy)
        except BufferError as error:
            raise TypeError(
                f"{function}: Unsupported: {argument}, a {type(value).__name__}, cannot come over DLPack ({error}); "
                "convert it to a CPU array of a standard dtype first"
            ) from error
    method = getattr(value, "__array__", None)
    if method is None:
        return None
    array = method()
    if not is_numpy(array):
        raise TypeError(
            f"{function}: {argument}, a {type(value).__name__}, has an __array__() that gave a "
            f"{type(array).__name__}, not a NumPy array; convert it to one first"
        )
    return from_foreign(function, argument, array, copy)


def _from_numpy(function: str, argument: str, value: object, copy: bool | None) -> Strided:
    try:
        memory, form, itemsize, shape, strides, offset = _native.borrow(value)
    except (TypeError, BufferError, ValueError):  # dtypes that buffers know nothing of, such as datetime64
        _refuse_numpy(function, argument, value)
    dtype = _format_dtype(form, itemsize)
    if dtype is None:
        _refuse_numpy(function, argument, value)
    if not hasattr(value, "__setitem__"):  # a scalar, which is not to be written to
        if copy is False:
            forbid(function, argument, "a NumPy scalar without memory to share")
        return wrap_fresh(_native.pack(dtype.code, [cast(Any, value).item()]), dtype, ())
    return _adapt(function, argument, memory, form, dtype, shape, strides, offset, copy)


def _refuse_numpy(function: str, argument: str, value: object) -> NoReturn:
    """TypeError naming the remedy, for an array or scalar of a dtype there is none of here."""
    dtype: Any = cast(Any, value).dtype
    kind = str(dtype.kind)
    if kind == "f":
        remedy = "convert it with .astype('float32') or .astype('float64')"
    elif kind == "c":
        remedy = "convert it with .astype('complex128')"
    elif kind == "O":
        remedy = "give its elements one numeric type first, for example with .astype('float64')"
    elif kind in "mM":
        remedy = "convert it to integers first, with .astype('int64')"
    else:
        remedy = "give booleans or numbers"
    raise TypeError(f"{function}: Unsupported NumPy dtype {dtype} of {argument}; {remedy}")


def forbid(function: str, argument: str, what: str) -> NoReturn:
    """ValueError for a copy that the caller forbade."""
    raise ValueError(f"{function}: copy=False cannot be kept: {argument} is {what}; use copy=None or copy=True")


def _from_buffer(function: str, argument: str, value: object, copy: bool | None) -> Strided:
    memory, form, itemsize, shape, strides, offset = _native.borrow(value)
    dtype = _format_dtype(form, itemsize)
    if dtype is None:
        raise TypeError(
            f"{function}: Unsupported buffer format {form!r} of {argument}, a {type(value).__name__}; convert its "
            "elements to bool, int8 ... int64, uint8 ... uint64, float32, float64, complex64 or complex128"
        )
    return _adapt(function, argument, memory, form, dtype, shape, strides, offset, copy)


def _adapt(
    function: str,
    argument: str,
    memory: Memory,
    form: str,
    dtype: DType,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    offset: int,
    copy: bool | None,
) -> Strided:
    """An array over borrowed memory, or a copy where our kernels could not read it."""
    swapped = dtype.itemsize > 1 and form[0] in (">!" if sys.byteorder == "little" else "<")
    if swapped:
        if copy is False:
            forbid(function, argument, "in foreign byte order")
        return _gather_bytes(memory, offset, dtype, shape, strides, True)
    strides = _tame(shape, strides, dtype.itemsize)
    if not _aligned(memory, offset, dtype, strides):
        if copy is False:
            forbid(function, argument, "not aligned")
        return _gather_bytes(memory, offset, dtype, shape, strides, False)
    return wrap(memory, offset, dtype, shape, strides)


def _format_dtype(form: str, itemsize: int) -> DType | None:
    """The dtype of a buffer format such as "d", "<i" or "Zf"."""
    code = form.lstrip("@=<>!") or "B"
    if code == "?" and itemsize == 1:
        return bool_
    if code in ("b", "h", "i", "l", "q", "n"):
        return BY_NAME.get(f"int{8 * itemsize}")
    if code in ("B", "H", "I", "L", "Q", "N"):
        return BY_NAME.get(f"uint{8 * itemsize}")
    if code == "f":
        return float32
    if code == "d":
        return float64
    if code == "Zf":
        return complex64
    if code == "Zd":
        return complex128
    return None


def _tame(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> tuple[int, ...]:
    """The strides, with those that are never used made harmless."""
    if 0 in shape:
        return contiguous_strides(shape, itemsize)
    if 1 not in shape:
        return strides
    return tuple([itemsize if size == 1 else stride for size, stride in zip(shape, strides)])


def _aligned(memory: Memory, offset: int, dtype: DType, strides: tuple[int, ...]) -> bool:
    part = dtype.itemsize // 2 if dtype.kind == "c" else dtype.itemsize
    if (memory.address + offset) % part != 0:
        return False
    return all(stride % dtype.itemsize == 0 for stride in strides)


def _gather_bytes(
    memory: Memory, offset: int, dtype: DType, shape: tuple[int, ...], strides: tuple[int, ...], swapped: bool
) -> Strided:
    """A copy of elements that lie unaligned or in foreign byte order, byte by byte: their bytes are one more axis."""
    parts = 2 if dtype.kind == "c" else 1
    width = dtype.itemsize // parts
    first, step = (offset + width - 1, -1) if swapped else (offset, 1)
    source = wrap(memory, first, uint8, (*shape, parts, width), (*strides, width, step))
    return wrap_fresh(convert(source, uint8)._memory, dtype, shape)


def from_dlpack(function: str, argument: str, value: object, device: object, copy: bool | None) -> Strided:
    """An array over the memory of a DLPack producer; a copy if `copy` is True. BufferError where that cannot be."""
    check_device(function, device)
    if not hasattr(value, "__dlpack__") or not hasattr(value, "__dlpack_device__"):
        raise AttributeError(
            f"{function}: {argument}={show_typed(value)} has no __dlpack__ and __dlpack_device__ methods; use asarray"
        )
    producer: Any = value
    kind, _ = _device_of(function, "__dlpack_device__()", producer.__dlpack_device__())
    wanted: dict[str, object] = {"max_version": DLPACK_VERSION}
    if kind != DLPACK_CPU:
        if device is None:
            raise BufferError(
                f"{function}: {argument}, a {type(value).__name__}, is on DLPack device type {kind}, not on the "
                f"CPU; use device={DEVICE!r} to have it copied, or move it first"
            )
        wanted["dl_device"] = (DLPACK_CPU, 0)
        if copy is not None:
            wanted["copy"] = copy
    elif copy is False:
        wanted["copy"] = False
    try:
        capsule = producer.__dlpack__(**wanted)
    except TypeError:  # a producer from before DLPack 1.0
        if "dl_device" in wanted:
            raise
        capsule = producer.__dlpack__()
    memory, code, shape, strides, offset = _native.from_capsule(capsule)
    dtype = DTYPES[code]
    strides = _tame(shape, strides, dtype.itemsize)
    if not _aligned(memory, offset, dtype, strides):
        if copy is False:
            forbid(function, argument, "not aligned")
        return _gather_bytes(memory, offset, dtype, shape, strides, False)
    array = wrap(memory, offset, dtype, shape, strides)
    return convert(array, dtype) if copy is True else array


def _device_of(function: str, argument: str, device: object) -> tuple[int, int]:
    """The type and the number of a DLPack device. The standard's type is an Enum; most libraries give integers."""
    try:
        kind, number = cast(Any, device)
        if isinstance(kind, int) and isinstance(number, int):
            return kind, number
        return index(getattr(kind, "value", kind)), index(number)
    except (TypeError, ValueError):
        raise TypeError(
            f"{function}: {argument}={show(device)} is not a DLPack device; give its type and number, such as (1, 0)"
        ) from None


# --- out ---------------------------------------------------------------------------------------------------------


def to_dlpack(x: Strided, stream: object, max_version: object, dl_device: object, copy: bool | None) -> object:
    """A DLPack capsule: versioned if the consumer knows DLPack 1.0, else of the old kind."""
    if stream is not None:
        raise ValueError(f"__dlpack__: stream={show(stream)} has no meaning on the CPU; use stream=None")
    if dl_device is not None and _device_of("__dlpack__", "dl_device", dl_device) != (DLPACK_CPU, 0):
        raise BufferError(f"__dlpack__: dl_device={show(dl_device)} cannot be reached; use (1, 0), the CPU")
    versioned = max_version is not None and _major("__dlpack__", max_version) >= DLPACK_VERSION[0]
    if copy is True:
        x = convert(x, x._dtype)
    elif x._memory.readonly and not versioned:
        raise BufferError(
            "__dlpack__: the array is read-only, which DLPack cannot say before version 1.0; "
            "use a copy, or let the consumer pass max_version=(1, 0)"
        )
    return _native.to_capsule(x._dtype.code, x._memory, x._offset, x._shape, x._strides, versioned, copy is True)


def _major(function: str, version: object) -> int:
    """The first of the two numbers of a DLPack version."""
    try:
        return index(cast(Any, version)[0])
    except (TypeError, LookupError):
        raise TypeError(
            f"{function}: max_version={show(version)} is not a DLPack version; give two integers, such as (1, 0)"
        ) from None


def rebuild(function: str, data: object, dtype: DType, shape: tuple[int, ...]) -> Strided:
    """An array over the raw bytes of any buffer."""
    memory = _native.borrow(data)[0]
    if memory.nbytes != product(shape) * dtype.itemsize:
        raise ValueError(
            f"{function}: {memory.nbytes} bytes of data do not make an array of shape {shape} and dtype {dtype}; "
            "give what was written"
        )
    strides = contiguous_strides(shape, dtype.itemsize)
    if not _aligned(memory, 0, dtype, strides):
        return _gather_bytes(memory, 0, dtype, shape, strides, False)
    return wrap(memory, 0, dtype, shape, strides)

"""DLPack in both directions: arrays from tensors of other libraries, and capsules from arrays. No other protocol."""

from operator import index
from typing import Any, Final, cast

from raptors_xp import _native
from raptors_xp._core.arguments import has, show, show_typed
from raptors_xp._core.device import DEVICE, check_device
from raptors_xp._core.dtypes import DTYPES
from raptors_xp._core.strided import Strided, memory_of, wrap
from raptors_xp._engine.elementwise import convert
from raptors_xp._exchange.borrowed import aligned, forbid, gather_bytes, tame
from raptors_xp._native import Memory

DLPACK_CPU: Final = 1
DLPACK_VERSION: Final = (1, 0)


def from_dlpack(function: str, argument: str, value: object, device: object, copy: bool | None) -> Strided:
    """An array over the memory of a DLPack producer, or a copy if `copy` is True.

    BufferError if the data is on another device and `device` does not ask for the CPU, or has an unsupported dtype.
    """
    check_device(function, device)
    if not has(value, "__dlpack__") or not has(value, "__dlpack_device__"):
        raise AttributeError(
            f"{function}: {argument}={show_typed(value)} has no __dlpack__ and __dlpack_device__ methods; use asarray"
        )
    parts = None if _is_deferred(function, argument, value) else _native.exchange(value)
    if parts is None:
        parts = _native.from_capsule(_capsule_of(function, argument, value, device, copy))
    array = array_of(parts)
    if copy is False and memory_of(array) is not parts[0]:
        forbid(function, argument, "not aligned")
    return convert(array, array._dtype) if copy is True and memory_of(array) is parts[0] else array


def array_of(parts: tuple[Memory, int, tuple[int, ...], tuple[int, ...], int]) -> Strided:
    """An array over the memory of a tensor, or a copy if its elements are not aligned."""
    memory, code, shape, strides, offset = parts
    dtype = DTYPES[code]
    strides = tame(shape, strides, dtype.itemsize)
    if not aligned(memory, offset, dtype, strides):
        return gather_bytes(memory, offset, dtype, shape, strides, False)
    return wrap(memory, offset, dtype, shape, strides)


def _is_deferred(function: str, argument: str, value: object) -> bool:
    """True for tensors of torch that its `__dlpack__` refuses, and its exchange in C does not: conjugates, gradients.

    BufferError for those whose memory holds the negative of their value, which neither of them looks at.
    """
    if not hasattr(type(value), "is_conj"):
        return False
    tensor: Any = value
    if tensor.is_neg():
        raise BufferError(f"{function}: {argument} has the negative bit set; use {argument}.resolve_neg()")
    return bool(tensor.requires_grad or tensor.is_conj())


def _capsule_of(function: str, argument: str, value: object, device: object, copy: bool | None) -> object:
    """What the producer's `__dlpack__` gives."""
    producer: Any = value
    kind, _ = device_of(function, "__dlpack_device__()", producer.__dlpack_device__())
    wanted: dict[str, object] = {"max_version": DLPACK_VERSION}
    if kind != DLPACK_CPU:
        if device is None:
            raise BufferError(
                f"{function}: {argument} of type {type(value).__name__} is on DLPack device type {kind}, not on the "
                f"CPU; use device={DEVICE!r} to have it copied, or move it first"
            )
        wanted["dl_device"] = (DLPACK_CPU, 0)
        if copy is not None:
            wanted["copy"] = copy
    elif copy is False:
        wanted["copy"] = False
    try:
        return producer.__dlpack__(**wanted)
    except TypeError:  # the producer is older than DLPack 1.0 and does not know these arguments
        if "dl_device" in wanted:
            raise
        return producer.__dlpack__()


def device_of(function: str, argument: str, device: object) -> tuple[int, int]:
    """The type and number of a DLPack device. In the standard the type is an Enum; most libraries give an integer."""
    try:
        kind, number = cast(Any, device)
        if isinstance(kind, int) and isinstance(number, int):
            return kind, number
        return index(getattr(kind, "value", kind)), index(number)
    except (TypeError, ValueError):
        raise TypeError(
            f"{function}: {argument}={show(device)} is not a DLPack device; give its type and number, such as (1, 0)"
        ) from None


def to_dlpack(x: Strided, stream: object, max_version: object, dl_device: object, copy: bool | None) -> object:
    """A DLPack capsule: a versioned one if the consumer supports DLPack 1.0, otherwise one of the old kind."""
    if stream is not None:
        raise ValueError(f"__dlpack__: stream={show(stream)} has no meaning on the CPU; use stream=None")
    if dl_device is not None and device_of("__dlpack__", "dl_device", dl_device) != (DLPACK_CPU, 0):
        raise BufferError(f"__dlpack__: dl_device={show(dl_device)} cannot be reached; use (1, 0), the CPU")
    versioned = max_version is not None and _major("__dlpack__", max_version) >= DLPACK_VERSION[0]
    if copy is True:
        x = convert(x, x._dtype)
    elif memory_of(x).readonly and not versioned:
        raise BufferError(
            "__dlpack__: the array is read-only, which DLPack cannot express before version 1.0; "
            "use a copy, or let the consumer pass max_version=(1, 0)"
        )
    return _native.to_capsule(x._dtype.code, memory_of(x), x._offset, x._shape, x._strides, versioned, copy is True)


def _major(function: str, version: object) -> int:
    """The major version, the first of the two integers of a DLPack version."""
    try:
        return index(cast(Any, version)[0])
    except (TypeError, LookupError):
        raise TypeError(
            f"{function}: max_version={show(version)} is not a DLPack version; give two integers, such as (1, 0)"
        ) from None

"""Arrays over the memory of objects from other libraries: buffers, NumPy arrays, DLPack producers, `__array__`.

NumPy arrays are read through the buffer protocol. Nested sequences are in sequences.py.
"""

import sys
from typing import Any, NoReturn, cast

from raptors_xp import _native
from raptors_xp._core.arguments import has, show, show_typed
from raptors_xp._core.dtypes import BY_NAME, DType, bool_, complex64, complex128, float32, float64
from raptors_xp._core.numpy import is_numpy
from raptors_xp._core.shape import as_shape, contiguous_strides, product
from raptors_xp._core.strided import Strided, wrap, wrap_fresh
from raptors_xp._exchange.borrowed import aligned, forbid, gather_bytes, tame
from raptors_xp._exchange.dlpack import from_dlpack
from raptors_xp._native import Memory


def from_foreign(function: str, argument: str, value: object, copy: bool | None) -> Strided | None:
    """An array of the elements of `value`, over the same memory if possible; None if `value` is not array-like.

    copy=False raises a ValueError if a copy is needed. True and None are treated alike: the caller makes the copy.
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
    if has(value, "__dlpack__") and has(value, "__dlpack_device__"):
        try:
            return from_dlpack(function, argument, value, None, copy)
        except BufferError as error:
            raise TypeError(
                f"{function}: Unsupported: {argument} of type {type(value).__name__} cannot be read by DLPack "
                f"({error}); "
                "convert it to a CPU array of a standard dtype first"
            ) from error
    method = getattr(value, "__array__", None)
    if method is None:
        return None
    array = method()
    if not is_numpy(array):
        raise TypeError(
            f"{function}: {argument} of type {type(value).__name__} has an __array__() that gave "
            f"{show_typed(array)}, not a NumPy array; convert it to one first"
        )
    return from_foreign(function, argument, array, copy)


def _from_numpy(function: str, argument: str, value: object, copy: bool | None) -> Strided:
    try:
        memory, form, itemsize, shape, strides, offset = _native.borrow(value)
    except (TypeError, BufferError, ValueError):  # a dtype that has no buffer format, such as datetime64
        _refuse_numpy(function, argument, value)
    dtype = _format_dtype(form, itemsize)
    if dtype is None:
        _refuse_numpy(function, argument, value)
    if not has(value, "__setitem__"):  # a NumPy scalar: it is immutable, so its memory must not be shared
        if cast(Any, value).dtype.kind in "mM":  # these give their bytes
            _refuse_numpy(function, argument, value)
        if copy is False:
            forbid(function, argument, "a NumPy scalar without memory to share")
        return wrap_fresh(_native.pack(dtype.code, [cast(Any, value).item()], 1), dtype, ())
    return _adapt(function, argument, memory, form, dtype, shape, strides, offset, copy)


def _refuse_numpy(function: str, argument: str, value: object) -> NoReturn:
    """Raises the TypeError for a NumPy array or scalar of a dtype that raptors_xp does not have."""
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


def _from_buffer(function: str, argument: str, value: object, copy: bool | None) -> Strided:
    memory, form, itemsize, shape, strides, offset = _native.borrow(value)
    dtype = _format_dtype(form, itemsize)
    if dtype is None:
        raise TypeError(
            f"{function}: Unsupported buffer format {form!r} of {argument} of type {type(value).__name__}; convert its "
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
    """An array over borrowed memory, or a copy if our kernels cannot read that memory."""
    swapped = dtype.itemsize > 1 and form[0] in (">!" if sys.byteorder == "little" else "<")
    if swapped:
        if copy is False:
            forbid(function, argument, "not in native byte order")
        return gather_bytes(memory, offset, dtype, shape, strides, True)
    strides = tame(shape, strides, dtype.itemsize)
    if not aligned(memory, offset, dtype, strides):
        if copy is False:
            forbid(function, argument, "not aligned")
        return gather_bytes(memory, offset, dtype, shape, strides, False)
    return wrap(memory, offset, dtype, shape, strides)


def _format_dtype(form: str, itemsize: int) -> DType | None:
    """The dtype for a buffer format such as "d", "<i" or "Zf"; None if there is none."""
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


def rebuild(function: str, data: object, name: str, shape: tuple[int, ...]) -> Strided:
    """An array over the raw bytes of a buffer, which must have the right number of bytes.

    ValueError or TypeError for a name that is no dtype's and for a shape that no array has.
    """
    dtype = BY_NAME.get(name)
    if dtype is None:
        raise ValueError(
            f"{function}: dtype {show(name)} is not one that raptors_xp has; use one of {', '.join(BY_NAME)}"
        )
    shape = as_shape(function, shape)
    memory = _native.borrow(data)[0]
    if memory.nbytes != product(shape) * dtype.itemsize:
        raise ValueError(
            f"{function}: {memory.nbytes} bytes of data do not make an array of shape {shape} and dtype {dtype}; "
            "give the bytes that were pickled"
        )
    strides = contiguous_strides(shape, dtype.itemsize)
    if not aligned(memory, 0, dtype, strides):
        return gather_bytes(memory, 0, dtype, shape, strides, False)
    return wrap(memory, 0, dtype, shape, strides)

"""The one module that imports NumPy, and only when a function here is called. Knows nothing of Array but its buffer."""

import sys
from typing import Any


def is_numpy(value: object) -> bool:
    """True of NumPy arrays and scalars. Loads nothing: without NumPy loaded there are none."""
    numpy = sys.modules.get("numpy")
    if numpy is None or isinstance(value, type):
        return False
    array_type = getattr(numpy, "ndarray", None)
    scalar_type = getattr(numpy, "generic", None)
    if array_type is None or scalar_type is None:  # NumPy is being imported just now
        return False
    return isinstance(value, (array_type, scalar_type))


def load() -> Any:
    """The numpy module."""
    import numpy

    return numpy


def as_ndarray(view: memoryview) -> Any:
    """A numpy.ndarray over the memory of `view`."""
    return load().asarray(view)


def convert_ndarray(array: Any, dtype: object, copy: bool | None) -> Any:
    """What `__array__(dtype, copy)` answers, given an ndarray over the array's own memory."""
    if dtype is not None and array.dtype != dtype:
        if copy is False:
            raise ValueError(
                f"__array__: dtype {array.dtype} to {dtype} needs a copy, which copy=False forbids; use copy=None"
            )
        return array.astype(dtype)
    return array.copy() if copy else array

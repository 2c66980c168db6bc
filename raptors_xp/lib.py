"""NumPy's module of the same name, as far as libraries look for it."""

from typing import Any

from raptors_xp._array.array import Array
from raptors_xp._core.strided import ArrayOf
from raptors_xp._functions.joining import sliding_window_view as _windows

__all__ = ["stride_tricks"]


class stride_tricks:
    """Views with other strides."""

    @staticmethod
    def sliding_window_view(
        x: ArrayOf[Any], window_shape: Any, axis: Any = None, *, subok: bool = False, writeable: bool = False
    ) -> Array[Any]:
        """A view of all windows of a shape, along new last axes; read-only by default. See NumPy's function."""
        return _windows(x, window_shape, axis, subok=subok, writeable=writeable)

"""NumPy's module of the same name, as far as libraries look for it: re-exports `sliding_window_view`, nothing else."""

from raptors_xp._functions.joining import sliding_window_view

__all__ = ["stride_tricks"]


class stride_tricks:
    """Views of windows of an array."""

    sliding_window_view = staticmethod(sliding_window_view)

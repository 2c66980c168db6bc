"""The standard's Fourier transform extension: re-exports the public names of `raptors_xp.fft`, nothing else."""

import sys as _sys
import typing as _typing

from raptors_xp._core.numpy_names import missing_function as _missing_function
from raptors_xp._functions.fourier import (
    fft,
    fftfreq,
    fftn,
    fftshift,
    hfft,
    ifft,
    ifftn,
    ifftshift,
    ihfft,
    irfft,
    irfftn,
    rfft,
    rfftfreq,
    rfftn,
)

__all__ = [
    "fft",
    "fftfreq",
    "fftn",
    "fftshift",
    "hfft",
    "ifft",
    "ifftn",
    "ifftshift",
    "ihfft",
    "irfft",
    "irfftn",
    "rfft",
    "rfftfreq",
    "rfftn",
]


def __dir__() -> list[str]:
    return list(__all__)


if not _typing.TYPE_CHECKING:  # with __getattr__ in sight, a type checker would accept every name

    def __getattr__(name: str) -> object:
        raise _missing_function(__name__, name, _sys.modules[__name__])

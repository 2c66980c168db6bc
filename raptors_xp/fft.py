"""The Fourier transform extension of the standard: `raptors_xp.fft`.

Re-exports the public names; nothing else lives here.
"""

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


if not _typing.TYPE_CHECKING:  # a type checker would believe that every name is there

    def __getattr__(name: str) -> object:
        raise _missing_function(__name__, name, _sys.modules[__name__])

"""Special functions under SciPy's names: some by our own kernels, all other elementwise ones of SciPy on all cores.

SciPy itself looks here for the functions of our arrays. Without it, only our own are here.
"""

from raptors_xp._functions.special_functions import (
    entr,
    erf,
    erfc,
    expit,
    log_expit,
    log_softmax,
    logit,
    logsumexp,
    rel_entr,
    softmax,
    softplus,
    xlog1py,
    xlogy,
)
from raptors_xp._functions.special_functions import scipy_names as _scipy_names
from raptors_xp._functions.special_functions import special_function as _special_function

__all__ = [
    "entr",
    "erf",
    "erfc",
    "expit",
    "log_expit",
    "log_softmax",
    "logit",
    "logsumexp",
    "rel_entr",
    "softmax",
    "softplus",
    "xlog1py",
    "xlogy",
]


def __dir__() -> list[str]:
    return sorted({*__all__, *_scipy_names()})


def __getattr__(name: str) -> object:
    function = _special_function(name)
    if function is None:
        raise AttributeError(
            f"module {__name__!r} has no attribute {name!r}: it is no elementwise function of scipy.special, or SciPy "
            "is not installed"
        )
    globals()[name] = function
    return function

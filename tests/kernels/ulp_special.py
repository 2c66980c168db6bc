"""The special functions that ulp.py measures: their references, and arguments that are hard for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
from ulp_functions import (
    ANYWHERE,
    EXPONENTS,
    LOGARITHMS,
    PAIRS,
    Function,
    Reals,
    Sampler,
    alike,
    bits,
    near,
    pair,
    scales,
    special_pairs,
    uniform,
)

PROBABILITIES: tuple[Sampler, ...] = (*ANYWHERE, uniform(0, 1), near(0.5, 1.0, 0.25), scales(-1070, 0, positive=True))
ERRORS: tuple[Sampler, ...] = (*ANYWHERE, uniform(-6, 6), uniform(0, 11), uniform(0, 28), uniform(-1.2, 1.2), near(1.0))
WEIGHED: tuple[Sampler, ...] = (
    special_pairs,
    pair(bits, bits),
    pair(uniform(-9, 9), uniform(0, 4)),
    pair(scales(-20, 20), near(1.0)),
    pair(bits, near(0.0, -1.0)),
)
RATIOS: tuple[Sampler, ...] = (
    *PAIRS,
    pair(uniform(0, 4), uniform(0, 4)),
    alike(-1100, 1100),
    pair(near(1.0, 2.0), near(1.0, 0.5)),
)


# --- roughly ---------------------------------------------------------------------------------------------------------


def decay(x: Reals) -> Reals:
    return np.asarray(np.exp(-np.abs(x)))


def expit(x: Reals) -> Reals:
    return np.where(x < 0, decay(x), 1) / (1 + decay(x))


def logit(x: Reals) -> Reals:
    middle = np.abs(x - 0.5) < 0.25
    return np.where(middle, 2 * np.arctanh(np.where(middle, 2 * x - 1, 0)), np.log(x) - np.log1p(-x))


def log_expit(x: Reals) -> Reals:
    return -(np.maximum(-x, 0) + np.log1p(decay(x)))


def softplus(x: Reals) -> Reals:
    return np.asarray(np.maximum(x, 0) + np.log1p(decay(x)))


def entr(x: Reals) -> Reals:
    return np.where(x > 0, -x * np.log(x), np.where(x == 0, 0, np.where(x < 0, -np.inf, x)))


ROOT_PI = np.sqrt(np.longdouble("3.14159265358979323846264338327950288"))


def erf_series(x: Reals) -> Reals:
    """2 / sqrt(pi) exp(-x^2) (x + 2/3 x^3 + 4/15 x^5 ...), for |x| < 1."""
    term = total = x
    for n in range(1, 30):
        term = term * (2 * x * x / (2 * n + 1))
        total = total + term
    return np.asarray(2 / ROOT_PI.astype(x.dtype) * np.exp(-x * x) * total)


def erfc_fraction(x: Reals) -> Reals:
    """exp(-x^2) / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / ...))), for x >= 1."""
    fraction = x
    for n in range(400, 0, -1):
        fraction = x + n / (2 * fraction)
    high = np.rint(x * 2**16) / 2**16  # its square is exact
    return np.asarray(np.exp(-high * high) * np.exp(-(x - high) * (x + high)) / ROOT_PI.astype(x.dtype) / fraction)


def erf(x: Reals) -> Reals:
    size = np.abs(x)
    far = np.copysign(1 - erfc_fraction(np.clip(size, 1, 30)), x)
    return np.where(np.isnan(x), x, np.where(size < 1, erf_series(np.where(size < 1, x, 0)), far))


def erfc(x: Reals) -> Reals:
    size = np.abs(x)
    tail = erfc_fraction(np.clip(size, 1, 30))
    far = np.where(x < 0, 2 - tail, tail)
    return np.where(np.isnan(x), x, np.where(size < 1, 1 - erf_series(np.where(size < 1, x, 0)), far))


def weighed(log: Callable[[Reals], Reals]) -> Callable[[Reals, Reals], Reals]:
    def product(x: Reals, y: Reals) -> Reals:
        return np.where((x == 0) & ~np.isnan(y), 0, x * log(y))

    return product


def rel_entr(x: Reals, y: Reals) -> Reals:
    close = (x < 2 * y) & (y < 2 * x)
    ratio = np.where(close, np.log1p((x - y) / y), np.log(x) - np.log(y))
    inside = np.where((x > 0) & (y > 0), x * ratio, np.where((x == 0) & (y >= 0), 0, np.inf))
    return np.where(np.isnan(x) | np.isnan(y), np.nan, inside)


# --- exactly ---------------------------------------------------------------------------------------------------------


def exact_softplus(x: Any) -> Any:
    return max(x, mpmath.mpf(0)) + mpmath.log1p(mpmath.exp(-abs(x)))


def exact_expit(x: Any) -> Any:
    return (mpmath.exp(x) if x < 0 else 1) / (1 + mpmath.exp(-abs(x)))


def exact_rel_entr(x: Any, y: Any) -> Any:
    return x * mpmath.log(x / y) if x > 0 and y > 0 else mpmath.nan


def exact_weighed(log: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda x, y: x * log(y) if x != 0 else mpmath.mpf(0)


SPECIAL_FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("expit", "EXPIT", expit, exact_expit, 1, EXPONENTS),
        Function("logit", "LOGIT", logit, lambda x: mpmath.log(x / (1 - x)), 1, PROBABILITIES),
        Function("log_expit", "LOG_EXPIT", log_expit, lambda x: -exact_softplus(-x), 1, EXPONENTS),
        Function("softplus", "SOFTPLUS", softplus, exact_softplus, 1, EXPONENTS),
        Function("entr", "ENTR", entr, lambda x: -x * mpmath.log(x) if x > 0 else mpmath.nan, 1, LOGARITHMS),
        Function("erf", "ERF", erf, mpmath.erf, 1, ERRORS),
        Function("erfc", "ERFC", erfc, mpmath.erfc, 1, ERRORS),
        Function("xlogy", "XLOGY", weighed(np.log), exact_weighed(mpmath.log), 2, WEIGHED),
        Function("xlog1py", "XLOG1PY", weighed(np.log1p), exact_weighed(mpmath.log1p), 2, WEIGHED),
        Function("rel_entr", "REL_ENTR", rel_entr, exact_rel_entr, 2, RATIOS),
    )
}

"""How far rounding may take a result from the exact one: bounds from the operands, and references. No tests here.

The order of additions, and so the last bits and the signs of zeros, is the choice of the kernel that NumPy, its BLAS,
LAPACK or FFT has for a processor. No kernel may leave these bounds. References are computed by NumPy in long double,
for which none of them has kernels: there its functions are the plain loops of their definitions.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import raptors_xp as xp

EPSILONS = {name: float(np.finfo(name).eps) for name in ("float32", "float64", "complex64", "complex128")}


def epsilon(dtype: Any) -> float:
    """The distance from 1 to the next number of a floating-point dtype: two roundings."""
    return EPSILONS[np.dtype(dtype).name]


def wide(x: Any) -> np.ndarray:
    """The numbers in long double."""
    x = np.asarray(x)
    return x.astype(np.clongdouble if x.dtype.kind == "c" else np.longdouble)


def within(ours: Any, exact: Any, bound: Any, dtype: str) -> None:
    """Asserts an array of the dtype, and elements off by `bound` at most; nan for nan, infinity for infinity."""
    exact = np.asarray(exact)
    assert isinstance(ours, xp.Array)
    assert (ours.dtype.name, ours.shape) == (dtype, exact.shape)
    found = np.asarray(ours)
    with np.errstate(all="ignore"):
        near = np.isfinite(exact) & (np.abs(found - exact) <= bound)
        right = near | (found == exact) | (np.isnan(found) & np.isnan(exact))
    wrong = np.broadcast_to(~right, exact.shape)
    worst = list(zip(found[wrong], exact[wrong], np.broadcast_to(bound, exact.shape)[wrong]))[:5]
    assert not wrong.any(), f"{np.count_nonzero(wrong)} of {wrong.size} elements, (found, exact, bound): {worst}"


# --- sums and products -----------------------------------------------------------------------------------------------


def sum_bound(x: np.ndarray, axis: Any = None, keepdims: bool = False) -> Any:
    """Of a sum in any order: n roundings of numbers below the sum of all moduli (Higham, Accuracy and Stability, 4.2).
    Where the moduli leave the range, the sum may too."""
    sizes = wide(np.abs(wide(x)))
    total = np.sum(sizes, axis=axis, keepdims=keepdims)
    return x.size / max(1, total.size) * epsilon(x.dtype) * total


def product_bound(a: np.ndarray, b: np.ndarray, dtype: Any, product: Callable[..., Any] = np.matmul) -> Any:
    """Of sums of products in any order: as many roundings as operations, of numbers below the sum of all moduli
    (Higham, 3.5). A product of complex numbers is four, and two sums."""
    inner = a.shape[-1] * (2 if np.dtype(dtype).kind == "c" else 1)
    return (inner + 2) * epsilon(dtype) * product(np.abs(wide(a)), np.abs(wide(b)))


# --- Fourier transforms ----------------------------------------------------------------------------------------------

INVERSE = ("ifft", "irfft", "ihfft", "ifftn", "irfftn")


def transform_bound(
    name: str,
    x: np.ndarray,
    shape: tuple[int, ...],
    dtype: Any,
    *,
    n: int | None = None,
    axis: int = -1,
    s: Sequence[int] | None = None,
    axes: Sequence[int] | None = None,
    norm: str = "backward",
) -> np.ndarray:
    """Of a Fourier transform to a shape and a dtype: log2 of the number of elements times eight roundings of the length
    of the vector that comes out (Higham, 24.1, has seven; those of prime sizes go through longer ones). Half of a
    spectrum stands for the whole."""
    if name.endswith("n"):
        chosen = list(range(x.ndim)) if axes is None else list(axes)
        sizes = [x.shape[each] for each in chosen] if s is None else list(s)
    else:
        chosen, sizes = [axis], [x.shape[axis] if n is None else n]
    if name in ("irfft", "hfft", "irfftn"):
        sizes[-1] = shape[chosen[-1]]
    number = float(np.prod(sizes))
    is_divided = {"backward": name in INVERSE, "forward": name not in INVERSE}
    gain = 1.0 if norm == "ortho" else number**-0.5 if is_divided[norm] else number**0.5
    length = np.sqrt(2 * np.sum(np.abs(wide(x)) ** 2, axis=tuple(chosen), keepdims=True))
    return np.asarray(4 * np.log2(2 + 2 * number) * epsilon(dtype) * gain * length)

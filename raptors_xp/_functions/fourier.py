"""The standard's Fourier transforms, under its names: `raptors_xp.fft`. They are computed on our memory.

Lengths without large prime factors are computed natively. Of the others, and for hfft and ihfft, small transforms are
numpy.fft's, and large ones scipy.fft's, on all cores, where SciPy is installed; otherwise numpy.fft computes large
batches in parts, on all cores too. Several axes are transformed one after another. Where complex input is expected,
real input is converted; integers and booleans count as float64.
See "Fourier transforms" in the Array API standard 2025.12.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, Literal, SupportsFloat, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core import gufuncs
from raptors_xp._core.arguments import Unchecked, as_integers, as_real, check_option, show
from raptors_xp._core.device import check_device
from raptors_xp._core.dtypes import BY_NAME, DT, DType, DTypeLike, as_dtype, complex64, float32, float64, show_dtype
from raptors_xp._core.numpy import NUMPY_RANK, Call, as_ndarray, run_scipy_fft, scipy_fft
from raptors_xp._core.operands import as_array
from raptors_xp._core.shape import as_axes, as_axis, as_size, product, with_size
from raptors_xp._core.strided import ArrayOf, Strided, memory_of
from raptors_xp._engine.elementwise import binary, contiguous, convert
from raptors_xp._engine.ranges import float_range
from raptors_xp._engine.results import check_bytes, filled, fresh, refuse_size
from raptors_xp._engine.shifts import rolled
from raptors_xp._engine.views import reshape
from raptors_xp._exchange.buffers import from_foreign
from raptors_xp._exchange.lapack import as_view

Norm = Literal["backward", "ortho", "forward"] | Unchecked
Axes = Sequence[SupportsIndex]

_MULTIPLY: Final[int] = _native.MULTIPLY
_fourier: Final = _native.fourier
_has_transform: Final = _native.has_transform
# The modes of native/walks/fourier.h.
_MODES: Final = {"fft": 0, "ifft": 1, "rfft": 2, "irfft": 3}
# The work (elements times the logarithm of the length) from which a batch of transforms is divided among threads: about
# four milliseconds. A thread that loses its processor delays the others by about as much.
_SHARED_WORK: Final = 10_000_000
# SciPy's threads wake sooner.
_SCIPY_SHARED_WORK: Final = 1_000_000
# Elements from which SciPy's transforms are as fast as NumPy's (of float32 several times faster), and worth importing.
_SCIPY_SIZE: Final = 4096


# --- one axis --------------------------------------------------------------------------------------------------------


def fft(
    x: ArrayOf[Any], /, *, n: SupportsIndex | None = None, axis: SupportsIndex = -1, norm: Norm = "backward"
) -> Array[Any]:
    """The discrete Fourier transform along `axis`: an axis of size M gives one of size n, by default M.

    The input is cut to its first n elements, or padded with zeros to n. `norm` says which transform divides: "backward"
    the inverse one by n, "forward" this one by n, "ortho" both by sqrt(n). Dtypes: complex, kept; float32 gives
    complex64; float64, integers and bool give complex128. IndexError for an axis that is out of bounds, ValueError for
    n below 1.
    """
    return _transform("fft", "fft", _floating_input("fft", x), n, axis, norm)


def ifft(
    x: ArrayOf[Any], /, *, n: SupportsIndex | None = None, axis: SupportsIndex = -1, norm: Norm = "backward"
) -> Array[Any]:
    """The inverse of `fft` with the same n and norm: an axis of size M gives one of size n, by default M.

    The input is cut to its first n elements, or padded with zeros to n. Dtypes: complex, kept; float32 gives complex64;
    float64, integers and bool give complex128. Errors are those of `fft`.
    """
    return _transform("ifft", "ifft", _floating_input("ifft", x), n, axis, norm)


def rfft(
    x: ArrayOf[Any], /, *, n: SupportsIndex | None = None, axis: SupportsIndex = -1, norm: Norm = "backward"
) -> Array[Any]:
    """The Fourier transform of real input: an axis of size M gives one of size n // 2 + 1, where n is M by default.

    These are the frequencies that are not negative; the others are their conjugates. n and norm are those of `fft`.
    Dtypes: float32 gives complex64; float64, integers and bool give complex128; TypeError for complex.
    """
    return _transform("rfft", "rfft", _real_input("rfft", x, "fft or ifft"), n, axis, norm)


def irfft(
    x: ArrayOf[Any], /, *, n: SupportsIndex | None = None, axis: SupportsIndex = -1, norm: Norm = "backward"
) -> Array[Any]:
    """The inverse of `rfft`: an axis of M frequencies gives n real elements, by default 2 * (M - 1).

    The input is cut or padded to n // 2 + 1 frequencies. norm is that of `rfft`. Dtypes: complex64 and float32 give
    float32, all others float64.
    """
    return _transform("irfft", "irfft", _complex_input("irfft", x), n, axis, norm)


def hfft(
    x: ArrayOf[Any], /, *, n: SupportsIndex | None = None, axis: SupportsIndex = -1, norm: Norm = "backward"
) -> Array[Any]:
    """The Fourier transform of a Hermitian signal, which is real: M elements give n, by default 2 * (M - 1).

    x is the half of the signal that begins at index 0; the other half is made of its conjugates. n and norm are those
    of `fft`. Dtypes: complex64 and float32 give float32, all others float64.
    """
    return _transform("hfft", "hfft", _complex_input("hfft", x), n, axis, norm)


def ihfft(
    x: ArrayOf[Any], /, *, n: SupportsIndex | None = None, axis: SupportsIndex = -1, norm: Norm = "backward"
) -> Array[Any]:
    """The inverse of `hfft`: an axis of M real elements gives one of size n // 2 + 1, where n is M by default.

    norm is that of `hfft`. Dtypes: float32 gives complex64; float64, integers and bool give complex128; TypeError for
    complex.
    """
    return _transform("ihfft", "ihfft", _real_input("ihfft", x, "fft or ifft"), n, axis, norm)


# --- several axes ----------------------------------------------------------------------------------------------------


def fftn(x: ArrayOf[Any], /, *, s: Axes | None = None, axes: Axes | None = None, norm: Norm = "backward") -> Array[Any]:
    """The discrete Fourier transform along several axes: `axes`, or all if it is None.

    Axis axes[i] is cut or padded to s[i] elements before; by default, and for s[i] = -1, all its elements are taken.
    `s` needs `axes`. `norm` is that of `fft`, with the number of elements for n. Dtypes: complex, kept; float32 gives
    complex64; float64, integers and bool give complex128.
    """
    return _transform_axes("fftn", "fft", _floating_input("fftn", x), s, axes, norm)


def ifftn(
    x: ArrayOf[Any], /, *, s: Axes | None = None, axes: Axes | None = None, norm: Norm = "backward"
) -> Array[Any]:
    """The inverse of `fftn` with the same s, axes and norm.

    Sizes and errors are those of `fftn`. Dtypes: complex, kept; float32 gives complex64; float64, integers and bool
    give complex128.
    """
    return _transform_axes("ifftn", "ifft", _floating_input("ifftn", x), s, axes, norm)


def rfftn(
    x: ArrayOf[Any], /, *, s: Axes | None = None, axes: Axes | None = None, norm: Norm = "backward"
) -> Array[Any]:
    """The Fourier transform of real input along several axes: `rfft` along the last of `axes`, `fft` along the others.

    The last axis gives s[-1] // 2 + 1 elements; otherwise s, axes and norm are those of `fftn`. Dtypes: float32 gives
    complex64; float64, integers and bool give complex128; TypeError for complex.
    """
    array = _real_input("rfftn", x, "fftn")
    order, sizes = _axes_and_sizes("rfftn", array, s, axes)
    if not order:
        raise ValueError("rfftn: axes=() names no axis to transform; name at least one")
    whole = _by_scipy("rfftn", "rfftn", array, order, sizes, norm)
    if whole is not None:
        return whole
    result = _transform("rfftn", "rfft", array, sizes[-1], order[-1], norm, "s")
    for place in range(len(order) - 2, -1, -1):
        result = _transform("rfftn", "fft", result, sizes[place], order[place], norm, "s")
    return result


def irfftn(
    x: ArrayOf[Any], /, *, s: Axes | None = None, axes: Axes | None = None, norm: Norm = "backward"
) -> Array[Any]:
    """The inverse of `rfftn`: the last of `axes`, of M frequencies, gives s[-1] real elements, by default 2 * (M - 1).

    Otherwise s, axes and norm are those of `fftn`. Dtypes: complex64 and float32 give float32, all others float64.
    """
    array = _complex_input("irfftn", x)
    order, sizes = _axes_and_sizes("irfftn", array, s, axes)
    if not order:
        raise ValueError("irfftn: axes=() names no axis to transform; name at least one")
    whole = _by_scipy("irfftn", "irfftn", array, order, sizes, norm)
    if whole is not None:
        return whole
    for place in range(len(order) - 1):
        array = _transform("irfftn", "ifft", array, sizes[place], order[place], norm, "s")
    return _transform("irfftn", "irfft", array, sizes[-1], order[-1], norm, "s")


# --- what they use ---------------------------------------------------------------------------------------------------


def _floating_input(function: str, x: object) -> Strided:
    """x in a floating-point dtype, real or complex."""
    array = as_array(function, "x", x)
    return array if array._dtype.kind in "fc" else convert(array, float64)


def _as_complex(x: Strided) -> Strided:
    """x in a complex dtype."""
    return x if x._dtype.kind == "c" else convert(x, BY_NAME[f"complex{16 * x._dtype.itemsize}"])


def _complex_input(function: str, x: object) -> Strided:
    """x in a complex dtype."""
    return _as_complex(_floating_input(function, x))


def _real_input(function: str, x: object, remedy: str) -> Strided:
    """x in a real floating-point dtype; a TypeError that names the remedy if it is complex."""
    array = as_array(function, "x", x)
    if array._dtype.kind == "c":
        raise TypeError(f"{function}: x has dtype {array._dtype}, and it must be real; use {remedy}, or real(x)")
    return array if array._dtype.kind == "f" else convert(array, float64)


def _result_dtype(routine: str, dtype: DType) -> DType:
    """The dtype of the result of a transform along one axis."""
    if routine in ("irfft", "hfft"):
        return BY_NAME[f"float{4 * dtype.itemsize}"]
    return dtype if dtype.kind == "c" else BY_NAME[f"complex{16 * dtype.itemsize}"]


def _transform(
    function: str, routine: str, x: Strided, n: object, axis: object, norm: object, argument: str = "n"
) -> Array[Any]:
    """Runs numpy.fft's `routine` along one axis. `argument` is the public function's name for n."""
    _check_norm(function, norm)
    along = as_axis(function, "axis", axis, len(x._shape))
    own = x._shape[along]
    halved = routine in ("irfft", "hfft")
    size = (2 * (own - 1) if halved else own) if n is None else as_size(function, argument, n, 1)
    if size < 1:
        raise ValueError(
            f"{function}: axis {along} of x, of shape {x._shape}, has too few elements for a transform; "
            f"name the length of the transform with {argument}="
        )
    wanted = _result_dtype(routine, x._dtype)
    length = size // 2 + 1 if routine in ("rfft", "ihfft") else size
    shape = with_size(x._shape, along, length)
    total = check_bytes(function, shape, max(16, wanted.itemsize))
    if own == 0 or total == 0:  # all results are 0; NumPy's irfft would read beyond the end of an empty array
        return cast("Array[Any]", filled(function, x, wanted, shape, 0))
    if routine in _MODES and _has_transform(_MODES[routine], size):
        return cast("Array[Any]", _native_transform(function, routine, x, wanted, shape, size, along, norm))
    if len(x._shape) > NUMPY_RANK:
        sizes = (product(x._shape[:along]), own, product(x._shape[along + 1 :]))
        found = _transform(function, routine, reshape(function, x, sizes, None), n, 1, norm, argument)
        return cast("Array[Any]", reshape(function, found, shape, None))
    whole = _by_scipy(function, routine, x, [along], [size], norm)
    if whole is not None:
        return whole
    if routine in ("fft", "ifft"):
        x = _as_complex(x)
    result = fresh(function, x, wanted, shape)
    _write_transform(function, routine, x, result, size, along, norm)
    return cast("Array[Any]", result)


def _native_transform(
    function: str, routine: str, x: Strided, wanted: DType, shape: tuple[int, ...], size: int, along: int, norm: object
) -> Strided:
    """The transform of length `size` along one axis, by our own kernels. No axis is empty."""
    mode = _MODES[routine]
    if mode == 3:
        x = _as_complex(x)
    x = contiguous(x)
    factor = 1.0
    if norm == "ortho":
        factor = 1.0 / math.sqrt(size)
    elif (norm == "backward") == (mode == 1 or mode == 3):
        factor = 1.0 / size
    outer, inner = product(shape[:along]), product(shape[along + 1 :])
    try:
        memory = _fourier(mode, x._dtype.code, memory_of(x), x._offset, outer, x._shape[along], inner, size, factor)
    except MemoryError:
        refuse_size(function, shape, wanted.itemsize)
    return x._make(memory, wanted, shape)


def _write_transform(
    function: str, routine: str, x: Strided, result: Strided, size: int, along: int, norm: object
) -> None:
    """Writes numpy.fft's transform of length `size` along one axis: by its gufunc, or on several threads in parts."""
    other = -1  # the axis to divide among threads: the longest one that is not transformed
    for place in range(len(x._shape)):
        if place != along and (other < 0 or x._shape[place] > x._shape[other]):
            other = place
    shared = other >= 0 and x._size // x._shape[along] * size * size.bit_length() >= _SHARED_WORK
    source, target = as_view(x), as_view(result)
    if not shared and norm == "backward":
        halves = routine == "rfft"
        gufunc = gufuncs.find_transform(("rfft_n_odd" if size % 2 == 1 else "rfft_n_even") if halves else routine)
        if gufunc is not None:
            factor: Any = 1.0 if halves or routine == "fft" else 1.0 / size
            if x._dtype is complex64 or x._dtype is float32:
                factor = show_dtype(float32).type(factor)  # without its dtype NumPy computes in double precision
            gufuncs.run_transform(gufunc, source, factor, target, along)
            return
    call = Call(function, "fft", routine, {"n": size, "axis": along, "norm": norm})
    if shared:
        call.run_shared_into(source, target, other, _native.threads())
    else:
        call.run_into(source, target)


def _are_native(routine: str, lengths: list[int]) -> bool:
    """True if our own kernels do all axes of a transform of one or more; what is real is along the last one."""
    name = routine.removesuffix("n")
    if name not in _MODES:
        return False
    mode = _MODES[name]
    others = mode & 1  # the complex transform in the same direction
    return _has_transform(mode, lengths[-1]) and all(_has_transform(others, each) for each in lengths[:-1])


def _by_scipy(
    function: str, routine: str, x: Strided, order: list[int], sizes: list[int | None], norm: object
) -> Array[Any] | None:
    """The result of scipy.fft's `routine`; None for what is small or unusual, and without SciPy."""
    if x._size < _SCIPY_SIZE or scipy_fft() is None or len(set(order)) < len(order) or len(x._shape) > NUMPY_RANK:
        return None
    lengths = [x._shape[axis] if size is None else size for axis, size in zip(order, sizes)]
    if routine == "irfftn" and sizes[-1] is None:
        lengths[-1] = 2 * (lengths[-1] - 1)
    if min(lengths) < 1 or _are_native(routine, lengths):
        return None
    shape = list(x._shape)
    for axis, length in zip(order, lengths):
        shape[axis] = length
    total = check_bytes(function, tuple(shape), 16)
    _check_norm(function, norm)
    options: dict[str, Any] = {"norm": norm}
    if routine[-1] == "n":
        options.update(s=lengths, axes=order)
    else:
        options.update(n=lengths[0], axis=order[0])
    work = total * product(tuple(lengths)).bit_length()
    threads = _native.threads() if work >= _SCIPY_SHARED_WORK else 1
    found = run_scipy_fft(function, routine, as_ndarray(memoryview(cast(Any, x))), options, threads)
    return cast("Array[Any]", from_foreign(function, "x", found, None))


def _transform_axes(function: str, routine: str, x: Strided, s: object, axes: object, norm: object) -> Array[Any]:
    """Transforms along several axes, one after another, beginning with the last."""
    order, sizes = _axes_and_sizes(function, x, s, axes)
    _check_norm(function, norm)
    if not order:
        x = _as_complex(x)
        return cast("Array[Any]", convert(x, x._dtype))
    whole = _by_scipy(function, f"{routine}n", x, order, sizes, norm)
    if whole is not None:
        return whole
    result = x
    for place in range(len(order) - 1, -1, -1):
        result = _transform(function, routine, result, sizes[place], order[place], norm, "s")
    return cast("Array[Any]", result)


def _axes_and_sizes(function: str, x: Strided, s: object, axes: object) -> tuple[list[int], list[int | None]]:
    """The axes to transform, counted from the front, and the length of each; None means the size of the axis."""
    rank = len(x._shape)
    if axes is None:
        if s is not None:
            raise ValueError(f"{function}: s={show(s)} does not say which axes it is for; name them with axes=")
        return list(range(rank)), [None] * rank
    order = as_axes(function, "axes", axes, rank)
    if s is None:
        return order, [None] * len(order)
    lengths = as_integers(function, "s", s)
    if len(lengths) != len(order):
        raise ValueError(
            f"{function}: s={show(s)} and axes={show(axes)} have different lengths; give one length for each axis"
        )
    return order, [None if each == -1 else each for each in lengths]


def _check_norm(function: str, norm: object) -> None:
    check_option(function, "norm", norm, ("backward", "ortho", "forward"))


# --- frequencies -----------------------------------------------------------------------------------------------------


def fftfreq(
    n: SupportsIndex,
    /,
    *,
    d: SupportsFloat | SupportsIndex = 1.0,
    dtype: DTypeLike | None = None,
    device: object = None,
) -> Array[Any]:
    """The frequencies of `fft` for n elements at a distance of `d`, in shape (n,).

    They are 0, 1, 2 ... and then the negative ones, all divided by d * n. Dtypes: real floating-point; float64 by
    default. ValueError for n below 1 and for d = 0.
    """
    return _frequencies("fftfreq", n, d, dtype, device)


def rfftfreq(
    n: SupportsIndex,
    /,
    *,
    d: SupportsFloat | SupportsIndex = 1.0,
    dtype: DTypeLike | None = None,
    device: object = None,
) -> Array[Any]:
    """The frequencies of `rfft` for n elements at a distance of `d`, in shape (n // 2 + 1,).

    They are 0, 1, 2 ... n // 2, all divided by d * n. Dtypes: real floating-point; float64 by default. ValueError for n
    below 1 and for d = 0.
    """
    return _frequencies("rfftfreq", n, d, dtype, device)


def _frequencies(function: str, n: object, d: object, dtype: object, device: object) -> Array[Any]:
    check_device(function, device)
    wanted = float64 if dtype is None else as_dtype(function, dtype)
    if wanted.kind != "f":
        raise TypeError(f"{function}: dtype={wanted} is not real floating-point; use float32 or float64")
    size = as_size(function, "n", n, 1)
    spacing = as_real(function, "d", d)
    if spacing == 0.0:
        raise ValueError(f"{function}: d={spacing} puts all samples in one place; use another spacing")
    step = 1.0 / (size * spacing)
    if function == "rfftfreq":
        # From -0.0 on each sum is the product, whatever its sign.
        return cast("Array[Any]", float_range(function, -0.0, step, size // 2 + 1, wanted))
    half = size // 2
    ascending = binary(_MULTIPLY, function, float_range(function, -half, 1, size, float64), step)
    result = rolled(function, ascending, [-half])
    return cast("Array[Any]", result if wanted is float64 else convert(result, wanted))


def fftshift(x: ArrayOf[DT], /, *, axes: SupportsIndex | Axes | None = None) -> Array[DT]:
    """A copy of x with the frequency 0 moved to the middle of `axes`, an axis or a tuple of axes, or of all axes.

    The shape is kept. Dtypes: all, kept.
    """
    return cast("Array[DT]", _shifted("fftshift", x, axes, False))


def ifftshift(x: ArrayOf[DT], /, *, axes: SupportsIndex | Axes | None = None) -> Array[DT]:
    """The inverse of `fftshift`, which differs from it for axes with an odd number of elements.

    The shape is kept. Dtypes: all, kept.
    """
    return cast("Array[DT]", _shifted("ifftshift", x, axes, True))


def _shifted(function: str, x: object, axes: object, inverse: bool) -> Strided:
    """A copy of x, shifted circularly by half the size of each axis."""
    array = as_array(function, "x", x)
    rank = len(array._shape)
    order = list(range(rank)) if axes is None else as_axes(function, "axes", axes, rank)
    shifts = [0] * rank
    for axis in order:
        half = array._shape[axis] // 2
        shifts[axis] += -half if inverse else half
    return rolled(function, array, shifts)

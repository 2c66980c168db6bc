"""The fft extension against NumPy: every dtype, length, axis, norm and layout; what it refuses."""

import inspect
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from rounding import epsilon, transform_bound, wide, within

import raptors_xp as xp
from raptors_xp import _native, fft
from raptors_xp._core import numpy as numpy_bridge

ONE = ["fft", "ifft", "rfft", "irfft", "hfft", "ihfft"]
SEVERAL = ["fftn", "ifftn", "rfftn", "irfftn"]
REAL_INPUT = ["rfft", "ihfft", "rfftn"]
REAL_RESULT = ["irfft", "hfft", "irfftn"]
NORMS = ["backward", "ortho", "forward"]
REAL = ["bool", "int8", "uint64", "float32", "float64"]


@pytest.mark.parametrize("name", fft.__all__)
def test_signatures(name: str) -> None:
    keywords: dict[str, object] = {"n": None, "axis": -1, "norm": "backward"}
    if name in SEVERAL:
        keywords = {"s": None, "axes": None, "norm": "backward"}
    elif name.endswith("freq"):
        keywords = {"d": 1.0, "dtype": None, "device": None}
    elif name.endswith("shift"):
        keywords = {"axes": None}
    parameters = inspect.signature(getattr(xp.fft, name)).parameters
    assert list(parameters) == ["n" if name.endswith("freq") else "x", *keywords]
    for each, parameter in parameters.items():
        if each in keywords:
            assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
            assert parameter.default == keywords[each]
        else:
            assert parameter.kind is inspect.Parameter.POSITIONAL_ONLY
    with pytest.raises(TypeError):
        getattr(xp.fft, name)(xp.ones(3), nonsense=1)


def test_there_are_14_functions() -> None:
    assert len(fft.__all__) == 14
    assert sorted([*ONE, *SEVERAL, "fftfreq", "rfftfreq", "fftshift", "ifftshift"]) == sorted(fft.__all__)


def draw_signal(data: st.DataObject, shape: tuple[int, ...], names: list[str]) -> np.ndarray:
    """Any numbers of moderate size, any layout, read-only too."""
    name = data.draw(st.sampled_from(names))
    generator = np.random.default_rng(data.draw(st.integers(0, 99)))
    a = generator.normal(size=shape) * 4
    a = (a + 1j * generator.normal(size=shape)).astype(name) if name.startswith("complex") else np.abs(a).astype(name)
    layout = data.draw(st.integers(0, 4))
    if layout == 1:
        a = np.asfortranarray(a)
    elif layout == 2:
        a = np.repeat(a, 2, axis=-1)[..., ::2]
    elif layout == 3:
        a = a[::-1].copy()[::-1]
    elif layout == 4:
        a.flags.writeable = False
    return a


def result_name(function: str, a: np.ndarray) -> str:
    """The dtype that the standard asks for."""
    single = a.dtype.name in ("float32", "complex64")
    if function in REAL_RESULT:
        return "float32" if single else "float64"
    return "complex64" if single else "complex128"


def close(function: str, a: np.ndarray, theirs: dict[str, Any] | None = None, **options: Any) -> None:
    """Asserts dtype, shape and elements within the bound of NumPy's in long double, by the options of NumPy if these
    are others."""
    theirs = options if theirs is None else theirs
    ours = getattr(xp.fft, function)(xp.asarray(a), **options)
    exact, name = getattr(np.fft, function)(wide(a), **theirs), result_name(function, a)
    within(ours, exact, transform_bound(function, a, exact.shape, name, **theirs), name)


@pytest.mark.parametrize("name", ONE)
@given(data=st.data())
def test_one_axis(name: str, data: st.DataObject) -> None:
    shape = data.draw(st.sampled_from([(5,), (8, 3), (2, 3, 6), (0, 4), (4, 0, 2), (3, 17)]))
    a = draw_signal(data, shape, REAL if name in REAL_INPUT else [*REAL, "complex64", "complex128"])
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    n = data.draw(st.none() | st.integers(1, 12))
    norm = data.draw(st.sampled_from(NORMS))
    if n is None and shape[axis] < 2:
        n = 3
    options: dict[str, Any] = {"n": n, "axis": axis, "norm": norm}
    if shape[axis] == 0:  # NumPy's irfft reads elements that are not there
        one = np.zeros([1 if size == 0 else size for size in shape])
        expected = np.zeros(getattr(np.fft, name)(one, **options).shape, result_name(name, a))
        same(getattr(xp.fft, name)(xp.asarray(a), **options), expected)
        return
    close(name, a, **options)


@pytest.mark.parametrize("name", SEVERAL)
@given(data=st.data())
def test_several_axes(name: str, data: st.DataObject) -> None:
    shape = data.draw(st.sampled_from([(5,), (8, 3), (2, 3, 6), (0, 4, 2), (2, 2, 3, 4)]))
    a = draw_signal(data, shape, REAL if name in REAL_INPUT else [*REAL, "complex64", "complex128"])
    options: dict[str, Any] = {"norm": data.draw(st.sampled_from(NORMS))}
    if data.draw(st.booleans()) or 0 in shape:
        candidates = [axis for axis in range(-len(shape), 0) if shape[axis] > 0]
        axes = data.draw(st.permutations(candidates))[: data.draw(st.integers(1, len(candidates)))]
        options["axes"] = tuple(axes)
        if data.draw(st.booleans()):
            options["s"] = [data.draw(st.sampled_from([-1, 1, 2, 5, 8])) for _ in axes]
    theirs = dict(options)
    if "s" in theirs:  # NumPy before version 2 has no -1
        theirs["s"] = [shape[axis] if size == -1 else size for axis, size in zip(axes, theirs["s"])]
        if name == "irfftn" and options["s"][-1] == -1:
            theirs["s"][-1] = 2 * (shape[axes[-1]] - 1)
            if theirs["s"][-1] == 0:
                return
    close(name, a, theirs, **options)


@pytest.mark.parametrize("name", [*ONE, *SEVERAL])
def test_large_batches_on_several_threads(name: str) -> None:
    generator = np.random.default_rng(3)
    before = _native.threads()
    _native.set_threads(3)
    function, theirs = getattr(xp.fft, name), getattr(np.fft, name)
    for shape in ((1024, 1200), (256, 5, 1000)):
        a = generator.normal(size=shape)
        if name not in REAL_INPUT:
            a = a + 1j * generator.normal(size=shape)
        for options in ({}, {"axis": 0}) if name in ONE else ({},):
            expected = theirs(a, **options)  # which may be off by as much as ours
            bound = 2 * transform_bound(name, a, expected.shape, expected.dtype, **options)
            within(function(xp.asarray(a), **options), expected, bound, result_name(name, a))
    _native.set_threads(before)


def test_numpy_before_version_2_has_no_out() -> None:
    """And computes everything in float64."""
    a = np.random.default_rng(3).normal(size=(8, 3)).astype("complex64")
    call = numpy_bridge.Call("fft", "fft", "fft", {"n": 8, "axis": 0, "norm": "backward"})
    call._writes = False
    out = np.empty((8, 3), "complex64")
    call.run_into(a, out)
    bound = transform_bound("fft", a, a.shape, "complex64", axis=0)
    within(xp.asarray(out), np.fft.fft(wide(a), axis=0), bound, "complex64")


def test_there_and_back() -> None:
    a = np.random.default_rng(2).normal(size=(6, 7))
    x = xp.asarray(a)
    bound = 2 * transform_bound("fftn", a, a.shape, "float64", norm="ortho")
    for there, back, options in (
        (xp.fft.fft, xp.fft.ifft, {}),
        (xp.fft.fftn, xp.fft.ifftn, {}),
        (xp.fft.rfft, xp.fft.irfft, {"n": 7}),
        (xp.fft.ihfft, xp.fft.hfft, {"n": 7}),
        (xp.fft.rfftn, xp.fft.irfftn, {"s": (6, 7), "axes": (0, 1)}),
    ):
        found = back(there(x), **options)
        within(found, a, bound, "complex128" if found.dtype is xp.complex128 else "float64")


def test_no_axes_at_all() -> None:
    x = xp.asarray([1.0, 2.0])
    y = xp.fft.fftn(x, axes=())
    assert y.tolist() == [1.0, 2.0]
    assert y.dtype is xp.complex128
    assert xp.fft.ifftn(xp.asarray(2.0)).tolist() == 2.0


# --- frequencies -----------------------------------------------------------------------------------------------------


@given(st.integers(1, 50), st.floats(0.1, 5) | st.integers(1, 3), st.sampled_from(["float32", "float64", None]))
def test_frequencies(n: int, d: float, dtype: str | None) -> None:
    for name in ("fftfreq", "rfftfreq"):
        ours = getattr(xp.fft, name)(n, d=d, dtype=None if dtype is None else getattr(xp, dtype), device="cpu")
        exact = np.rint(getattr(np.fft, name)(n) * n) / (np.longdouble(n) * np.longdouble(d))
        within(ours, exact, 2 * epsilon(dtype or "float64") * np.abs(exact), dtype or "float64")


@given(data=st.data(), name=st.sampled_from(["fftshift", "ifftshift"]))
def test_shifts(data: st.DataObject, name: str) -> None:
    a = data.draw(ndarrays(NAMES))
    axes = data.draw(st.none() | st.lists(st.integers(-a.ndim, a.ndim - 1), max_size=3) if a.ndim else st.none())
    x = xp.asarray(a)
    same(getattr(xp.fft, name)(x, axes=axes), getattr(np.fft, name)(a, axes=axes) if a.ndim else a)
    if a.ndim:
        same(getattr(xp.fft, name)(x, axes=a.ndim - 1), getattr(np.fft, name)(a, axes=a.ndim - 1))


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*ONE, *SEVERAL, "fftshift", "ifftshift"])
def test_what_is_no_array(name: str) -> None:
    for wrong in (None, [1.0], 2.0):
        with pytest.raises(TypeError, match=f"^{name}: x1?=.* not an array"):
            getattr(xp.fft, name)(wrong)


@pytest.mark.parametrize("name", REAL_INPUT)
def test_complex_input_where_real_is_wanted(name: str) -> None:
    with pytest.raises(TypeError, match=f"^{name}: x has dtype complex64, and it must be real; use fft"):
        getattr(xp.fft, name)(xp.ones((2, 2), dtype=xp.complex64))


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"n": 0}, ValueError, "n=0 is too small a number of elements; give 1 or more"),
        ({"n": -3}, ValueError, "n=-3 is too small a number of elements"),
        ({"n": 2.0}, TypeError, r"n=2.0 of type float is not an integer"),
        ({"axis": 2}, IndexError, "axis=2: axis 2 is out of bounds"),
        ({"axis": 0.5}, TypeError, r"axis=0.5 of type float is not an integer"),
        ({"norm": "none"}, ValueError, "norm='none' is not known; use one of 'backward'"),
        ({"norm": None}, ValueError, "norm=None is not known; use one of 'backward'"),
    ],
)
def test_bad_options_of_one_axis(name: str, options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{name}: {message}"):
        getattr(xp.fft, name)(xp.ones((2, 3)), **options)


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"s": (2,)}, ValueError, r"s=\(2,\) does not say which axes it is for; name them with axes="),
        ({"s": (2,), "axes": (0, 1)}, ValueError, r"s=\(2,\) and axes=\(0, 1\) have different lengths"),
        ({"s": (2, 0), "axes": (0, 1)}, ValueError, "s=0 is too small a number of elements"),
        ({"s": "ab", "axes": (0, 1)}, TypeError, "s='ab' of type str is not an integer or a tuple"),
        ({"axes": (0, 2)}, IndexError, "axes=2: axis 2 is out of bounds"),
        ({"axes": (0.5,)}, TypeError, r"axes=\(0.5,\) of type tuple is not an integer or a tuple"),
        ({"norm": "x"}, ValueError, "norm='x' is not known; use one of 'backward'"),
    ],
)
def test_bad_options_of_several(name: str, options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{name}: {message}"):
        getattr(xp.fft, name)(xp.ones((2, 3)), **options)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: fft.irfft(xp.ones(1)), ValueError, r"^irfft: axis 0 of x, of shape \(1,\), has too few elements"),
        (lambda: fft.fft(xp.ones((2, 0))), ValueError, r"^fft: axis 1 of x, of shape \(2, 0\), has too few elements"),
        (lambda: fft.fft(xp.ones(())), IndexError, "^fft: axis=-1: axis -1 is out of bounds"),
        (lambda: fft.rfftn(xp.ones(())), ValueError, r"^rfftn: axes=\(\) names no axis to transform"),
        (lambda: fft.irfftn(xp.ones(3), axes=()), ValueError, r"^irfftn: axes=\(\) names no axis to transform"),
        (lambda: fft.fftfreq(0), ValueError, "^fftfreq: n=0 is too small a number of elements"),
        (lambda: fft.rfftfreq(-1), ValueError, "^rfftfreq: n=-1 is too small a number of elements"),
        (lambda: fft.fftfreq(2.5), TypeError, r"^fftfreq: n=2.5 of type float is not an integer"),
        (lambda: fft.fftfreq(2, d=0), ValueError, "^fftfreq: d=0.0 puts all samples in one place"),
        (lambda: fft.fftfreq(2, d="x"), TypeError, "^fftfreq: d='x' of type str is not a real number"),
        (lambda: fft.fftfreq(2, dtype=xp.int32), TypeError, "^fftfreq: dtype=int32 is not real floating-point"),
        (lambda: fft.rfftfreq(2, device="gpu"), ValueError, "^rfftfreq: device='gpu' does not exist"),
        (lambda: fft.fftshift(xp.ones(3), axes=1), IndexError, "^fftshift: axes=1: axis 1 is out of bounds"),
        (lambda: fft.ifftshift(xp.ones(3), axes="a"), TypeError, "^ifftshift: axes='a' of type str is not an integer"),
    ],
)
def test_refusals(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_many_axes() -> None:
    a = np.random.default_rng(4).normal(size=(2, 3, 4))
    ones = (1,) * 20
    x = xp.reshape(xp.asarray(a), (*ones, 2, *ones, 3, *ones, 4))
    for axis, position in ((20, 0), (41, 1), (-1, 2)):
        found = xp.fft.rfft(x, axis=axis)
        exact = np.fft.rfft(wide(a), axis=position)
        assert found.ndim == 63
        bound = transform_bound("rfft", a, exact.shape, "complex128", axis=position)
        within(xp.reshape(found, exact.shape), exact, bound, "complex128")


def test_single_precision_is_computed_in_single_precision() -> None:
    """By powers of two the factor is exact, so the inverse transform differs from the other by conjugates alone."""
    generator = np.random.default_rng(0)
    a = (generator.normal(size=(3, 64)) + 1j * generator.normal(size=(3, 64))).astype("complex64")
    there = np.asarray(xp.fft.fft(xp.asarray(a)))
    back = np.conj(np.asarray(xp.fft.ifft(xp.asarray(np.conj(a))))) * np.float32(64)
    assert there.tobytes() == back.tobytes()


# Blocks of lines along either axis, halves of real lines, lines in two lengths, alone and in groups.
SHAPES = [(1, 1), (3, 16), (9, 15), (250, 40), (2, 1000), (1, 1024), (5, 1200), (3, 2520), (40, 4096), (1, 100_000)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
def test_threads_change_no_bits(shape: tuple[int, int], dtype: str) -> None:
    x = xp.asarray(np.random.default_rng(0).normal(size=shape).astype(dtype))
    names = [name for name in ("fft", "ifft", "rfft", "irfft") if dtype.startswith("float") or name != "rfft"]
    threads = _native.threads()
    found: dict[int, list[bytes]] = {}
    try:
        for count in (1, 2, 5):
            _native.set_threads(count)
            results = [getattr(xp.fft, name)(x, axis=axis) for name in names for axis in (0, 1) if shape[axis] > 1]
            found[count] = [np.asarray(each).tobytes() for each in results]
    finally:
        _native.set_threads(threads)
    assert found[1] == found[2] == found[5]


@pytest.mark.parametrize("n", [1, 2, 61, 64, 135, 1150, 1152, 2520, 4095, 6400])
@pytest.mark.parametrize("lines", [1, 7, 33])
@pytest.mark.parametrize("name", ["fft", "ifft", "rfft", "irfft"])
def test_native_transforms(name: str, lines: int, n: int) -> None:
    """Cut, whole and padded, along either axis; a line is the same alone or among others, up to rounding."""
    generator = np.random.default_rng(n)
    for own in {max(1, n // 3), n // 2 + 1, n, n + 2}:
        for axis in (0, 1):
            a = generator.normal(size=(own, lines) if axis == 0 else (lines, own))
            if name != "rfft":
                a = a + 1j * generator.normal(size=a.shape)
            close(name, a.astype("float32" if name == "rfft" else "complex64"), n=n, axis=axis)
            close(name, a, n=n, axis=axis, norm="ortho")


def test_nan_stays_in_its_line() -> None:
    for n in (16, 64, 135, 2520):
        a = np.ones((20, n))
        a[3, 1] = np.nan
        for name in ("fft", "rfft", "irfft"):
            found = np.isnan(np.asarray(getattr(xp.fft, name)(xp.asarray(a), axis=1)))
            assert found[3].any()
            assert not np.delete(found, 3, axis=0).any()


def test_real_frequencies_have_no_imaginary_part() -> None:
    for n in (1, 2, 15, 16, 1024, 1200):
        found = np.asarray(xp.fft.rfft(xp.asarray(np.random.default_rng(0).normal(size=(3, n)))))
        assert (found[:, 0].imag == 0).all()
        assert n % 2 == 1 or (found[:, -1].imag == 0).all()


def test_native_arguments_are_checked() -> None:
    x = xp.zeros(8, dtype=xp.complex128)
    memory = x._memory
    for mode, dtype, outer, own, n in (
        (4, 12, 1, 8, 8),
        (-1, 12, 1, 8, 8),
        (0, 4, 1, 8, 8),
        (2, 12, 1, 8, 8),
        (3, 10, 1, 8, 8),
        (0, 12, 1, 8, 67),
    ):
        with pytest.raises(ValueError, match="no Fourier transform"):
            _native.fourier(mode, dtype, memory, 0, outer, own, 1, n, 1.0)
    with pytest.raises(IndexError):
        _native.fourier(0, 12, memory, 0, 2, 8, 1, 8, 1.0)
    for outer, own, n in ((2**62, 8, 8), (2**61, 2**61, 8)):
        with pytest.raises((ValueError, IndexError, MemoryError)):
            _native.fourier(0, 12, memory, 0, outer, own, 1, n, 1.0)


FORKS = """
import os, threading, warnings
import raptors_xp as xp
warnings.simplefilter("ignore")
lines, long = xp.ones((600, 400), dtype=xp.complex128), xp.ones(100_000)
stop = threading.Event()
def work():
    while not stop.is_set():
        xp.fft.fft(lines), xp.fft.rfft(long)
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for _ in range(30):
    child = os.fork()
    if child == 0:
        right = float(xp.real(xp.fft.fft(lines)[599, 0])) == 400.0 and float(xp.real(xp.fft.rfft(long)[0])) == 100_000.0
        os._exit(0 if right else 1)
    assert os.waitpid(child, 0)[1] == 0
stop.set()
for thread in threads:
    thread.join()
"""


def test_children_transform_too() -> None:
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
